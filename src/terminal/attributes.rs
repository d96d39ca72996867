//! What the terminal says that it has (primary device attributes): of that, whether it shows sixels.
//!
//! As its ground, the answer is an event whenever it comes, and never a key.

use std::io::{self, Write};

use super::inquiry::Inquiry;

/// Asks for the attributes (DA1). Every terminal since the VT100 answers.
const QUESTION: &[u8] = b"\x1b[c";

/// The attribute of a terminal that shows sixels.
const SIXELS: &str = "4";

static INQUIRY: Inquiry<bool> = Inquiry::new();

/// Whether a terminal shows sixels that answers so, without what opens and ends it; none if it is
/// an answer to something else. The first number is the kind of terminal, not what it has.
pub(super) fn has_sixels(answer: &str) -> Option<bool> {
    let mut numbers = answer.strip_prefix('?')?.split(';');
    let is_number = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.next().filter(|kind| is_number(kind))?;
    Some(numbers.any(|number| number == SIXELS))
}

/// Asks, unless an answer is on its way.
pub(super) fn ask(output: &mut impl Write) -> io::Result<()> {
    if INQUIRY.may_ask() {
        output.write_all(QUESTION)
    } else {
        Ok(())
    }
}

/// The terminal has answered.
pub(super) fn take_answer(has_sixels: bool) {
    INQUIRY.take(has_sixels);
}

/// Waits for an answer that is still on its way.
pub(super) fn await_last_answer() {
    INQUIRY.await_last_answer();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_has_sixels_says_so_behind_its_kind() {
        for (answer, has) in [
            ("?62;4;22", Some(true)),
            ("?63;1;2;4", Some(true)),
            ("?4;6", Some(false)),
            ("?1;2", Some(false)),
            ("?62;14;41", Some(false)),
            ("?6", Some(false)),
            ("62;4", None),
            (">41;4;0", None),
            ("", None),
        ] {
            assert_eq!(has_sixels(answer), has, "{answer}");
        }
    }
}
