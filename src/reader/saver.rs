//! The keeper on a thread of its own, so that no frame and no key waits for the disk; or in the
//! loop's own thread, where nobody waits.
//!
//! What came of a request is told as an action, in the order of the requests.

use std::fmt;
use std::io;
use std::mem;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::action::Action;
use super::keeper::{Keeper, Unsaved};
use super::kept::{Change, Where};
use crate::shelf::{self, Opened};

/// How long a new reading place may be unsaved.
const PLACE_INTERVAL: Duration = Duration::from_secs(3);

/// How often is asked at most what another opcit has changed.
const GLANCE_INTERVAL: Duration = Duration::from_secs(1);

/// How long a shell waits for the reading place to be saved before the program is stopped.
const SUSPEND_PATIENCE: Duration = Duration::from_millis(500);

/// The way to the keeper.
#[derive(Debug)]
pub(super) struct Saver {
    worker: Worker,
    schedule: PlaceSchedule,
    /// Whether the page has been led to the place that was kept; before that, where it stands is
    /// no place to keep.
    is_at_place: bool,
    last_glance: Instant,
}

/// Who does what is asked for.
enum Worker {
    Thread {
        requests: Sender<Request>,
        unsaved: Receiver<Unsaved>,
    },
    Inline {
        keeper: Box<Keeper>,
        tell: Box<dyn Fn(Action)>,
    },
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Worker::Thread { .. } => "Thread",
            Worker::Inline { .. } => "Inline",
        })
    }
}

enum Request {
    Take(Box<Opened>),
    Perform(Change),
    Glance(Instant),
    KeepPlace(Where),
    /// To be answered when all before it is done.
    Answer(Sender<()>),
    End(Option<Where>),
}

impl Saver {
    /// Starts the thread. `tell` passes on what comes of requests.
    pub(super) fn start(
        keeper: Keeper,
        tell: impl Fn(Action) + Send + 'static,
    ) -> io::Result<Self> {
        let (requests, received) = mpsc::channel();
        let (end, unsaved) = mpsc::channel();
        thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || {
                if let Some(left) = serve(keeper, &received, tell) {
                    // When the main loop has ended, nobody is interested any more.
                    let _ = end.send(left);
                }
            })?;
        Ok(Saver::new(Worker::Thread { requests, unsaved }))
    }

    /// A saver that has done what it is asked for when it is asked.
    pub(super) fn inline(keeper: Keeper, tell: impl Fn(Action) + 'static) -> Self {
        Saver::new(Worker::Inline {
            keeper: Box::new(keeper),
            tell: Box::new(tell),
        })
    }

    fn new(worker: Worker) -> Self {
        Saver {
            worker,
            schedule: PlaceSchedule::default(),
            is_at_place: false,
            last_glance: Instant::now(),
        }
    }

    pub(super) fn take(&mut self, opened: Box<Opened>) {
        self.ask(Request::Take(opened));
    }

    pub(super) fn perform(&mut self, change: Change) {
        self.ask(Request::Perform(change));
    }

    /// Says that the page stands where it was left, or that there is no such place.
    pub(super) fn know_place(&mut self) {
        self.is_at_place = true;
    }

    /// Has it seen what another opcit has changed, at most once a second.
    pub(super) fn glance(&mut self, now: Instant) {
        if now.saturating_duration_since(self.last_glance) >= GLANCE_INTERVAL {
            self.last_glance = now;
            self.ask(Request::Glance(now));
        }
    }

    /// Has the reading place saved, if it is new and has waited long enough.
    pub(super) fn keep_place(&mut self, here: &Where, now: Instant) {
        if self.schedule.is_due(here, now) && self.is_at_place {
            self.ask(Request::KeepPlace(here.clone()));
        }
    }

    /// When the reading place is to be saved; none if it is.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.schedule.due
    }

    /// Has the reading place saved before the program is stopped, as far as that takes no time.
    pub(super) fn keep_place_now(&mut self, here: Where) {
        if self.is_at_place {
            self.ask(Request::KeepPlace(here));
        }
        let (answer, answered) = mpsc::channel();
        self.ask(Request::Answer(answer));
        let _ = answered.recv_timeout(SUSPEND_PATIENCE);
    }

    /// Saves what is left to be saved, and gives what could not be. Another opcit that holds the
    /// lock is not waited for.
    pub(super) fn end(self, here: Where) -> Unsaved {
        let here = self.is_at_place.then_some(here);
        match self.worker {
            Worker::Thread { requests, unsaved } => {
                shelf::hurry();
                // The thread ends after the last request only.
                let _ = requests.send(Request::End(here));
                unsaved.recv().unwrap_or_default()
            }
            Worker::Inline { keeper, .. } => keeper.end(here.as_ref()),
        }
    }

    fn ask(&mut self, request: Request) {
        match &mut self.worker {
            // The thread ends after the last request only.
            Worker::Thread { requests, .. } => drop(requests.send(request)),
            Worker::Inline { keeper, tell } => serve_one(keeper, request, &*tell),
        }
    }
}

/// Does what is asked for until the end, and gives what could not be saved.
fn serve(
    mut keeper: Keeper,
    requests: &Receiver<Request>,
    tell: impl Fn(Action),
) -> Option<Unsaved> {
    for request in requests {
        match request {
            Request::End(here) => return Some(keeper.end(here.as_ref())),
            request => serve_one(&mut keeper, request, &tell),
        }
    }
    None
}

fn serve_one(keeper: &mut Keeper, request: Request, tell: impl Fn(Action)) {
    match request {
        Request::Take(opened) => keeper.take(*opened).into_iter().for_each(tell),
        Request::Perform(change) => keeper.perform(change).into_iter().for_each(tell),
        Request::Glance(now) => keeper.glance(now).into_iter().for_each(tell),
        // Nothing was promised; it is tried again, and at the end it is told.
        Request::KeepPlace(here) => drop(keeper.keep_place(&here)),
        Request::Answer(answer) => drop(answer.send(())),
        // It takes the keeper along.
        Request::End(_) => {}
    }
}

/// When to save the reading place: some time after the first move that is not saved yet.
#[derive(Debug, Default)]
struct PlaceSchedule {
    /// The place that was handed over last, or where the reading began.
    kept: Option<Where>,
    due: Option<Instant>,
}

impl PlaceSchedule {
    /// Takes note of the place, and says whether it is to be saved now.
    fn is_due(&mut self, here: &Where, now: Instant) -> bool {
        let kept = self.kept.get_or_insert_with(|| here.clone());
        if kept == here {
            self.due = None;
            return false;
        }
        let due = *self.due.get_or_insert(now + PLACE_INTERVAL);
        let is_due = now >= due;
        if is_due {
            self.due = None;
            let _ = mem::replace(kept, here.clone());
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{BlockId, Position};

    fn at(block: usize) -> Where {
        Where {
            position: Position::start_of(BlockId(block)),
            ..Where::default()
        }
    }

    #[test]
    fn a_move_is_saved_once_some_seconds_later_and_then_nothing_wakes_up() {
        let (mut schedule, start) = (PlaceSchedule::default(), Instant::now());
        assert!(!schedule.is_due(&at(0), start));
        assert_eq!(schedule.due, None);
        assert!(!schedule.is_due(&at(1), start));
        assert_eq!(schedule.due, Some(start + PLACE_INTERVAL));
        assert!(schedule.is_due(&at(1), start + PLACE_INTERVAL));
        assert_eq!(schedule.due, None);
        assert!(!schedule.is_due(&at(1), start + 2 * PLACE_INTERVAL));
        assert_eq!(schedule.due, None);
    }

    #[test]
    fn who_reads_on_without_a_pause_has_the_place_saved_all_the_same() {
        let (mut schedule, start) = (PlaceSchedule::default(), Instant::now());
        let second = Duration::from_secs(1);
        let saved = (0..10).filter(|&step| {
            let block = usize::try_from(step).unwrap();
            schedule.is_due(&at(block), start + step * second)
        });
        assert_eq!(saved.count(), 2);
    }

    #[test]
    fn who_goes_back_in_time_has_nothing_saved() {
        let (mut schedule, start) = (PlaceSchedule::default(), Instant::now());
        schedule.is_due(&at(0), start);
        schedule.is_due(&at(1), start);
        assert!(!schedule.is_due(&at(0), start + 2 * PLACE_INTERVAL));
        assert_eq!(schedule.due, None);
    }
}
