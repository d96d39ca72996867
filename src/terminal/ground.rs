//! Whether the terminal's ground is dark or light: it is asked for its colour, and here its answer
//! is waited for.
//!
//! The answer is an event like others whenever it comes, and never a key. It is waited for, and
//! never for long, only before the first frame, and before the terminal is given back, so that it
//! does not come to the shell.

use std::io::{self, Write};
use std::time::Duration;

use super::inquiry::Inquiry;

/// Asks for the colour of the ground (OSC 11).
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// How long the first frame waits for an answer; most terminals take a few milliseconds.
const FIRST_PATIENCE: Duration = Duration::from_millis(100);

/// The luminance, of 1 for white, at which black letters are read as well as white ones.
const MIDDLE: f32 = 0.179;

/// The ground that letters stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Dark,
    Light,
}

impl Ground {
    /// What an answer says, without what opens and ends it; none if it is of something else.
    pub(super) fn from_answer(answer: &[u8]) -> Option<Self> {
        let colour = str::from_utf8(answer).ok()?.strip_prefix("11;")?;
        let levels = colour.strip_prefix("rgb:");
        let levels = levels.or_else(|| colour.strip_prefix("rgba:"))?;
        let mut levels = levels.split('/').map(level);
        let [red, green, blue] = [levels.next()??, levels.next()??, levels.next()??];
        let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        Some(if luminance < MIDDLE {
            Ground::Dark
        } else {
            Ground::Light
        })
    }
}

/// How much light a part of a colour gives, up to 1; it is told in one to four hexadecimal digits.
fn level(digits: &str) -> Option<f32> {
    let most = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => u16::MAX,
        _ => return None,
    };
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let level = u16::from_str_radix(digits, 16)
        .ok()
        .filter(|_| are_digits)?;
    Some((f32::from(level) / f32::from(most)).powf(2.2))
}

static INQUIRY: Inquiry<Ground> = Inquiry::new();

/// Asks, unless an answer is on its way: that will be as true.
pub(super) fn ask(output: &mut impl Write) -> io::Result<()> {
    if INQUIRY.may_ask() {
        output.write_all(QUESTION)
    } else {
        Ok(())
    }
}

/// The terminal has answered.
pub(super) fn take_answer(ground: Ground) {
    INQUIRY.take(ground);
}

/// What the terminal has answered, if it does so in time for a first frame.
pub(super) fn answer() -> Option<Ground> {
    INQUIRY.answer(FIRST_PATIENCE)
}

/// Waits for an answer that is still on its way.
pub(super) fn await_last_answer() {
    INQUIRY.await_last_answer();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_dark_where_white_letters_are_read_better() {
        for (answer, ground) in [
            ("11;rgb:0000/0000/0000", Ground::Dark),
            ("11;rgb:ffff/ffff/ffff", Ground::Light),
            ("11;rgb:f/f/f", Ground::Light),
            ("11;rgb:1e/1e/2e", Ground::Dark),
            ("11;rgb:fdfd/f6f6/e3e3", Ground::Light),
            ("11;rgb:000/2b2/363", Ground::Dark),
            ("11;rgba:ffff/ffff/ffff/8000", Ground::Light),
            ("11;rgb:0000/0000/ffff", Ground::Dark),
            ("11;rgb:0000/ffff/0000", Ground::Light),
        ] {
            assert_eq!(
                Ground::from_answer(answer.as_bytes()),
                Some(ground),
                "{answer}"
            );
        }
    }

    #[test]
    fn what_is_no_colour_of_the_ground_says_nothing() {
        for answer in [
            "",
            "11;",
            "11;?",
            "10;rgb:ffff/ffff/ffff",
            "111;rgb:ffff/ffff/ffff",
            "11;rgb:ffff/ffff",
            "11;rgb:ffff/ffff/",
            "11;rgb:fffff/ffff/ffff",
            "11;rgb:+f/ff/ff",
            "11;rgb:gg/ff/ff",
            "11;white",
        ] {
            assert_eq!(Ground::from_answer(answer.as_bytes()), None, "{answer}");
        }
        assert_eq!(Ground::from_answer(b"11;rgb:\xff\xff/ff/ff"), None);
    }
}
