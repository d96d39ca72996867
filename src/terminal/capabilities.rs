//! What the terminal understands, as far as its name tells.
//!
//! It is not asked for that: an answer may come late, or when the shell is back. What is sent to a
//! terminal that does not know it is either skipped by every terminal that knows control sequences
//! at all, as switches are, or it is sent only where it is known.

use std::env;

use crate::terminal::charset::Charset;

/// What a terminal understands beyond moving the cursor, bold and reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TerminalCapabilities {
    pub(crate) has_colours: bool,
    /// The 256 colours, not just the sixteen.
    pub(crate) has_256_colours: bool,
    /// Colours of any red, green and blue.
    pub(crate) has_rgb_colours: bool,
    /// Where it has none, italics are underlined, or shown in reverse.
    pub(crate) has_italics: bool,
    /// The colour of an underline; taken for blinking, or for hiding the text, where it is unknown.
    pub(crate) colours_underlines: bool,
    /// Sequences that scroll rows, and erase some cells.
    pub(crate) can_scroll_and_erase: bool,
    /// Updates that are shown when they are complete.
    pub(crate) has_synchronized_output: bool,
    /// What goes beyond the screen: a title of the window, links that it opens by itself, keys that
    /// are told apart which share a byte.
    pub(crate) has_window: bool,
    pub(crate) charset: Charset,
}

impl Default for TerminalCapabilities {
    /// What the terminals of today have in common.
    fn default() -> Self {
        Self {
            has_colours: true,
            has_256_colours: true,
            has_rgb_colours: false,
            has_italics: true,
            colours_underlines: false,
            can_scroll_and_erase: true,
            has_synchronized_output: true,
            has_window: true,
            charset: Charset::Utf8,
        }
    }
}

impl TerminalCapabilities {
    /// What the terminal that the program runs in understands; `None` when it cannot even place
    /// text.
    pub(crate) fn from_environment() -> Option<Self> {
        let variable = |name| env::var(name).unwrap_or_default();
        let (term, colorterm) = (variable("TERM"), variable("COLORTERM"));
        let capabilities = Self::from_variables(&term, &colorterm, &variable("NO_COLOR"))?;
        Some(Self {
            charset: Charset::from_environment(),
            ..capabilities
        })
    }

    fn from_variables(term: &str, colorterm: &str, no_color: &str) -> Option<Self> {
        if matches!(term, "" | "dumb" | "unknown") {
            return None;
        }
        let family = term.split('-').next().unwrap_or_default();
        let is_of_paper = family.starts_with("vt");
        let is_plain = is_of_paper || matches!(family, "linux" | "ansi" | "cygwin" | "screen");
        // Whoever sets it is of this century's terminals, which all know the colon.
        let is_modern = matches!(colorterm, "truecolor" | "24bit") && !is_plain;
        Some(Self {
            has_colours: no_color.is_empty() && !is_of_paper && !term.ends_with("-mono"),
            has_256_colours: !is_plain || term.ends_with("-256color"),
            has_rgb_colours: is_modern,
            has_italics: !is_plain,
            colours_underlines: is_modern,
            can_scroll_and_erase: !is_of_paper,
            has_synchronized_output: !is_plain,
            has_window: !is_plain,
            charset: Charset::Utf8,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capabilities(term: &str) -> TerminalCapabilities {
        TerminalCapabilities::from_variables(term, "", "").unwrap()
    }

    #[test]
    fn where_text_cannot_be_placed_there_is_nothing_to_speak() {
        for term in ["", "dumb", "unknown"] {
            assert_eq!(
                TerminalCapabilities::from_variables(term, "truecolor", ""),
                None,
                "{term}"
            );
        }
    }

    #[test]
    fn a_terminal_of_today_is_spoken_to_in_full() {
        for term in [
            "xterm-256color",
            "tmux-256color",
            "xterm-kitty",
            "alacritty",
            "foot",
            "xterm",
        ] {
            assert_eq!(
                capabilities(term),
                TerminalCapabilities::default(),
                "{term}"
            );
            let modern = TerminalCapabilities::from_variables(term, "truecolor", "").unwrap();
            assert!(modern.colours_underlines, "{term}");
        }
    }

    #[test]
    fn an_old_terminal_is_sent_nothing_that_it_would_misread() {
        for term in ["vt100", "vt220", "vt100-am"] {
            let old = TerminalCapabilities::from_variables(term, "truecolor", "").unwrap();
            assert!(
                !old.has_colours && !old.can_scroll_and_erase && !old.has_synchronized_output,
                "{term}"
            );
        }
        for term in ["linux", "screen", "screen-256color", "ansi"] {
            let plain = TerminalCapabilities::from_variables(term, "truecolor", "").unwrap();
            assert!(plain.has_colours && plain.can_scroll_and_erase, "{term}");
            assert!(
                !plain.has_italics && !plain.has_synchronized_output && !plain.colours_underlines,
                "{term}"
            );
            assert!(!plain.has_window, "{term}");
        }
    }

    #[test]
    fn no_color_counts_unless_it_is_empty() {
        let has_colours = |no_color| {
            TerminalCapabilities::from_variables("xterm", "truecolor", no_color)
                .unwrap()
                .has_colours
        };
        assert!(has_colours(""));
        assert!(!has_colours("1"));
    }
}
