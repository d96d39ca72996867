//! A queue between threads. Whoever puts something in either never waits, or waits for room.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A queue; its clones are the same queue.
#[derive(Debug)]
pub(crate) struct Queue<T>(Arc<Shared<T>>);

#[derive(Debug)]
struct Shared<T> {
    items: Mutex<VecDeque<T>>,
    has_item: Condvar,
    has_room: Condvar,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(Arc::clone(&self.0))
    }
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        Queue(Arc::new(Shared {
            items: Mutex::default(),
            has_item: Condvar::new(),
            has_room: Condvar::new(),
        }))
    }

    /// Puts an item in, however many there are.
    pub(crate) fn push(&self, item: T) {
        self.items().push_back(item);
        self.0.has_item.notify_one();
    }

    /// Puts an item in once there are fewer than `capacity`.
    pub(crate) fn push_when_room(&self, item: T, capacity: usize) {
        let mut items = self.items();
        while items.len() >= capacity {
            items = self
                .0
                .has_room
                .wait(items)
                .unwrap_or_else(PoisonError::into_inner);
        }
        items.push_back(item);
        drop(items);
        self.0.has_item.notify_one();
    }

    /// The next item, if there is one already.
    pub(crate) fn try_pop(&self) -> Option<T> {
        let item = self.items().pop_front();
        self.told_of_room(item)
    }

    /// The next item, waiting for it as long as it takes.
    pub(crate) fn pop(&self) -> T {
        let mut items = self.items();
        loop {
            if let Some(item) = items.pop_front() {
                drop(items);
                self.0.has_room.notify_one();
                return item;
            }
            items = self
                .0
                .has_item
                .wait(items)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next item; none if none comes before the deadline. What is there already is taken even
    /// after it.
    pub(crate) fn pop_until(&self, deadline: Instant) -> Option<T> {
        let mut items = self.items();
        loop {
            let wait = deadline.saturating_duration_since(Instant::now());
            let item = items.pop_front();
            if item.is_some() || wait.is_zero() {
                drop(items);
                return self.told_of_room(item);
            }
            let waited = self.0.has_item.wait_timeout(items, wait);
            items = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn told_of_room(&self, item: Option<T>) -> Option<T> {
        if item.is_some() {
            self.0.has_room.notify_one();
        }
        item
    }

    fn items(&self) -> MutexGuard<'_, VecDeque<T>> {
        self.0.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn items_come_in_order() {
        let queue = Queue::new();
        queue.push(1);
        queue.push(2);
        assert_eq!(
            (queue.pop(), queue.try_pop(), queue.try_pop()),
            (1, Some(2), None)
        );
    }

    #[test]
    fn after_the_deadline_what_is_there_is_still_taken() {
        let queue = Queue::new();
        let past = Instant::now();
        assert_eq!(queue.pop_until(past), None);
        queue.push(1);
        assert_eq!(queue.pop_until(past), Some(1));
    }

    #[test]
    fn who_waits_for_room_never_fills_the_queue_beyond_its_capacity() {
        const CAPACITY: usize = 3;
        let queue = Queue::new();
        let writer = thread::spawn({
            let queue = queue.clone();
            move || (0..100).for_each(|item| queue.push_when_room(item, CAPACITY))
        });
        for expected in 0..100 {
            assert!(queue.items().len() <= CAPACITY);
            assert_eq!(queue.pop(), expected);
        }
        writer.join().unwrap();
    }

    #[test]
    fn who_does_not_wait_for_room_gets_past_a_full_queue() {
        let queue = Queue::new();
        queue.push_when_room(1, 1);
        queue.push(2);
        assert_eq!(queue.pop(), 1);
        let soon = Instant::now() + Duration::from_secs(60);
        assert_eq!(queue.pop_until(soon), Some(2));
    }
}
