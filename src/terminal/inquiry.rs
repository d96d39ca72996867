//! What the terminal was asked, and waiting for its answer: never for long, and only so that the
//! answer is there for a first frame, or does not come to the shell.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long after a question an answer may still come, as over a long line.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// A question that is asked of the terminal, and what it has answered.
pub(super) struct Inquiry<A> {
    state: Mutex<InquiryState<A>>,
    answered: Condvar,
}

struct InquiryState<A> {
    /// When the question was asked that is not answered yet.
    asked: Option<Instant>,
    /// What was answered last.
    answer: Option<A>,
}

impl<A: Copy> Inquiry<A> {
    pub(super) const fn new() -> Self {
        Inquiry {
            state: Mutex::new(InquiryState {
                asked: None,
                answer: None,
            }),
            answered: Condvar::new(),
        }
    }

    /// Whether no answer is on its way; then one is from now on.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask_after(LAST_PATIENCE)
    }

    fn may_ask_after(&self, patience: Duration) -> bool {
        let mut state = self.state();
        let may_ask = state.rest(patience).is_none();
        if may_ask {
            state.asked = Some(Instant::now());
        }
        may_ask
    }

    /// The terminal has answered.
    pub(super) fn take(&self, answer: A) {
        let mut state = self.state();
        state.asked = None;
        state.answer = Some(answer);
        self.answered.notify_all();
    }

    /// What it has answered, or answers in time.
    pub(super) fn answer(&self, patience: Duration) -> Option<A> {
        self.wait(patience).answer
    }

    /// Waits for an answer that is still on its way.
    pub(super) fn await_last_answer(&self) {
        drop(self.wait(LAST_PATIENCE));
    }

    fn wait(&self, patience: Duration) -> MutexGuard<'_, InquiryState<A>> {
        let mut state = self.state();
        while let Some(rest) = state.rest(patience) {
            let waited = self.answered.wait_timeout(state, rest);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state
    }

    fn state(&self) -> MutexGuard<'_, InquiryState<A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A> InquiryState<A> {
    /// How long an answer may still take; none if none is to come.
    fn rest(&self, patience: Duration) -> Option<Duration> {
        let rest = patience.checked_sub(self.asked?.elapsed())?;
        (!rest.is_zero()).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Far more than a busy machine takes.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_question_is_asked_again_once_it_is_answered_or_will_not_be() {
        let inquiry = Inquiry::new();
        assert!(inquiry.may_ask_after(LONG) && !inquiry.may_ask_after(LONG));
        inquiry.take(1);
        assert!(inquiry.may_ask_after(LONG));
        assert!(inquiry.may_ask_after(Duration::ZERO));
    }

    #[test]
    fn an_answer_is_waited_for_but_not_for_ever() {
        let inquiry = Inquiry::new();
        assert_eq!(inquiry.answer(LONG), None, "nothing was asked");
        assert!(inquiry.may_ask_after(LONG));
        assert_eq!(inquiry.answer(Duration::from_millis(1)), None);
        thread::scope(|scope| {
            scope.spawn(|| inquiry.take(1));
            assert_eq!(inquiry.answer(LONG), Some(1));
        });
    }
}
