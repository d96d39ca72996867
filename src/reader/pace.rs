//! How long inputs and work may go on before a frame shows what came of them.

use std::io;
use std::time::{Duration, Instant};

use super::Next;

/// How long a new frame is put off while there is something else to do.
pub(super) const FRAME: Duration = Duration::from_millis(50);

/// Has inputs taken until there are no more, the program is to end, or a frame is due. `take` takes
/// the next one, and returns `None` if there is none.
pub(super) fn take_until_due(
    now: impl Fn() -> Instant,
    mut take: impl FnMut() -> io::Result<Option<Next>>,
) -> io::Result<Next> {
    let due = now() + FRAME;
    loop {
        match take()? {
            None => return Ok(Next::GoOn),
            Some(Next::End(code)) => return Ok(Next::End(code)),
            Some(Next::GoOn) if now() >= due => return Ok(Next::GoOn),
            Some(Next::GoOn) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How long taking a key takes by the test's own clock.
    const KEY: Duration = Duration::from_millis(3);

    #[test]
    fn keys_that_come_without_end_are_shown_at_least_every_fifty_milliseconds() {
        let clock = Cell::new(Instant::now());
        let end = clock.get() + Duration::from_secs(1);
        let mut frames = 0;
        while clock.get() < end {
            let start = clock.get();
            let next = take_until_due(
                || clock.get(),
                || {
                    clock.set(clock.get() + KEY);
                    Ok(Some(Next::GoOn))
                },
            );
            assert!(matches!(next, Ok(Next::GoOn)));
            assert!(clock.get() - start < FRAME + KEY);
            frames += 1;
        }
        assert_eq!(frames, 20);
    }

    #[test]
    fn keys_that_are_queued_are_all_taken_before_the_frame() {
        let now = Instant::now();
        let mut queued = 500;
        let next = take_until_due(
            || now,
            || {
                queued -= 1;
                Ok((queued >= 0).then_some(Next::GoOn))
            },
        );
        assert!(matches!(next, Ok(Next::GoOn)));
        assert_eq!(queued, -1);
    }

    #[test]
    fn after_the_key_that_quits_nothing_is_taken() {
        let mut keys = [Next::GoOn, Next::End(3), Next::GoOn].into_iter();
        let next = take_until_due(Instant::now, || Ok(keys.next()));
        assert!(matches!(next, Ok(Next::End(3))));
        assert!(keys.next().is_some());
    }
}
