//! The thread that owns the shelf; or the loop's own thread, where nobody waits. What comes of
//! requests is passed on as actions, in the order of the requests.

use std::fmt;
use std::io;
use std::mem;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::{Persistence, Unsaved};
use crate::reader::action::Action;
use crate::reader::open::annotations::{ReadingState, ShelfRequest};
use crate::shelf::{self, Opened};

/// How long a new reading place may be unsaved.
const PLACE_INTERVAL: Duration = Duration::from_secs(3);

/// How often is asked at most what another opcit has changed.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How long a shell waits for the reading place to be saved before the program is stopped.
const SUSPEND_PATIENCE: Duration = Duration::from_millis(500);

/// The main loop's end of it.
#[derive(Debug)]
pub(in crate::reader) struct PersistenceThread {
    worker: Worker,
    schedule: PlaceSchedule,
    /// Whether the page has been led to the place that was kept; before that, where it stands is
    /// no place to keep.
    is_at_place: bool,
    last_poll: Instant,
}

/// Who does what is asked for.
enum Worker {
    Thread {
        requests: Sender<Request>,
        unsaved: Receiver<Unsaved>,
    },
    Inline {
        persistence: Box<Persistence>,
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
    Perform(ShelfRequest),
    /// See what another opcit has changed.
    Poll,
    KeepPlace(ReadingState),
    /// To be answered when all before it is done.
    Answer(Sender<()>),
    End(Option<ReadingState>),
}

impl PersistenceThread {
    /// Starts the thread. `tell` passes on what comes of requests.
    pub(in crate::reader) fn start(
        persistence: Persistence,
        tell: impl Fn(Action) + Send + 'static,
    ) -> io::Result<Self> {
        let (requests, received) = mpsc::channel();
        let (end, unsaved) = mpsc::channel();
        thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || {
                if let Some(left) = serve(persistence, &received, tell) {
                    // When the main loop has ended, nobody is interested any more.
                    let _ = end.send(left);
                }
            })?;
        Ok(PersistenceThread::new(Worker::Thread { requests, unsaved }))
    }

    /// A saver that has done what it is asked for when it is asked.
    pub(in crate::reader) fn inline(
        persistence: Persistence,
        tell: impl Fn(Action) + 'static,
    ) -> Self {
        PersistenceThread::new(Worker::Inline {
            persistence: Box::new(persistence),
            tell: Box::new(tell),
        })
    }

    fn new(worker: Worker) -> Self {
        PersistenceThread {
            worker,
            schedule: PlaceSchedule::default(),
            is_at_place: false,
            last_poll: Instant::now(),
        }
    }

    pub(in crate::reader) fn take(&mut self, opened: Box<Opened>) {
        self.ask(Request::Take(opened));
    }

    pub(in crate::reader) fn perform(&mut self, change: ShelfRequest) {
        self.ask(Request::Perform(change));
    }

    /// Says that the page stands where it was left, or that there is no such place.
    pub(in crate::reader) fn know_place(&mut self) {
        self.is_at_place = true;
    }

    /// Has it seen what another opcit has changed, at most once a second.
    pub(in crate::reader) fn poll(&mut self, now: Instant) {
        if now.saturating_duration_since(self.last_poll) >= POLL_INTERVAL {
            self.last_poll = now;
            self.ask(Request::Poll);
        }
    }

    /// Has the reading place saved, if it is new and has waited long enough.
    pub(in crate::reader) fn keep_place(&mut self, here: &ReadingState, now: Instant) {
        if self.schedule.is_due(here, now) && self.is_at_place {
            self.ask(Request::KeepPlace(here.clone()));
        }
    }

    /// Has the reading place saved as another paper is shown.
    pub(in crate::reader) fn leave_place(&mut self, here: ReadingState) {
        if self.is_at_place {
            self.ask(Request::KeepPlace(here));
        }
    }

    /// When the reading place is to be saved; none if it is.
    pub(in crate::reader) fn deadline(&self) -> Option<Instant> {
        self.schedule.due
    }

    /// Has the reading place saved before the program is stopped, as far as that takes no time.
    pub(in crate::reader) fn keep_place_now(&mut self, here: ReadingState) {
        if self.is_at_place {
            self.ask(Request::KeepPlace(here));
        }
        let (answer, answered) = mpsc::channel();
        self.ask(Request::Answer(answer));
        let _ = answered.recv_timeout(SUSPEND_PATIENCE);
    }

    /// Saves what is left to be saved, and gives what could not be. Another opcit that holds the
    /// lock is not waited for.
    pub(in crate::reader) fn end(self, here: ReadingState) -> Unsaved {
        let here = self.is_at_place.then_some(here);
        match self.worker {
            Worker::Thread { requests, unsaved } => {
                shelf::hurry();
                // The thread ends after the last request only.
                let _ = requests.send(Request::End(here));
                unsaved.recv().unwrap_or_default()
            }
            Worker::Inline { persistence, .. } => persistence.end(here.as_ref()),
        }
    }

    fn ask(&mut self, request: Request) {
        match &mut self.worker {
            // The thread ends after the last request only.
            Worker::Thread { requests, .. } => drop(requests.send(request)),
            Worker::Inline { persistence, tell } => serve_one(persistence, request, &*tell),
        }
    }
}

/// Does what is asked for until the end, and gives what could not be saved.
fn serve(
    mut persistence: Persistence,
    requests: &Receiver<Request>,
    tell: impl Fn(Action),
) -> Option<Unsaved> {
    for request in requests {
        match request {
            Request::End(here) => return Some(persistence.end(here.as_ref())),
            request => serve_one(&mut persistence, request, &tell),
        }
    }
    None
}

fn serve_one(persistence: &mut Persistence, request: Request, tell: impl Fn(Action)) {
    match request {
        Request::Take(opened) => persistence.take(*opened).into_iter().for_each(tell),
        Request::Perform(change) => persistence.perform(change).into_iter().for_each(tell),
        Request::Poll => persistence.reload().into_iter().for_each(tell),
        // Nothing was promised; it is tried again, and at the end it is told.
        Request::KeepPlace(here) => drop(persistence.keep_place(&here)),
        Request::Answer(answer) => drop(answer.send(())),
        // It takes the persistence along.
        Request::End(_) => {}
    }
}

/// When to save the reading place: some time after the first move that is not saved yet.
#[derive(Debug, Default)]
struct PlaceSchedule {
    /// The place that was handed over last, or where the reading began.
    kept: Option<ReadingState>,
    due: Option<Instant>,
}

impl PlaceSchedule {
    /// Takes note of the place, and says whether it is to be saved now.
    fn is_due(&mut self, here: &ReadingState, now: Instant) -> bool {
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

    fn at(block: usize) -> ReadingState {
        ReadingState {
            position: Position::start_of(BlockId(block)),
            ..ReadingState::default()
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
