//! Whether the terminal is lent to another program, which then has the keys and the signals of the
//! keyboard.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Who lends the terminal, and the threads that leave it alone meanwhile, share one of these.
#[derive(Debug, Default)]
pub(super) struct Lending {
    is_lent: Mutex<bool>,
    is_back: Condvar,
}

impl Lending {
    /// Lends it, from now until [`Lending::take_back`].
    pub(super) fn lend(&self) {
        *self.lock() = true;
    }

    pub(super) fn take_back(&self) {
        *self.lock() = false;
        self.is_back.notify_all();
    }

    pub(super) fn is_lent(&self) -> bool {
        *self.lock()
    }

    /// Waits until the terminal is back if it is lent; returns whether it was.
    pub(super) fn wait(&self) -> bool {
        let mut is_lent = self.lock();
        let was_lent = *is_lent;
        while *is_lent {
            is_lent = self
                .is_back
                .wait(is_lent)
                .unwrap_or_else(PoisonError::into_inner);
        }
        was_lent
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn who_waits_goes_on_when_it_is_taken_back() {
        let lending = Arc::new(Lending::default());
        assert!(!lending.wait());
        lending.lend();
        assert!(lending.is_lent());
        let waiting = thread::spawn({
            let lending = Arc::clone(&lending);
            move || lending.wait()
        });
        lending.take_back();
        // Whether it waited depends on which thread was first.
        waiting.join().unwrap();
        assert!(!lending.is_lent());
    }
}
