//! Keeps a terminal's answers apart from keys.
//!
//! A program before this one may have asked the terminal for its colours, and over a slow line the
//! answer (`ESC ] 11 ; rgb:0000/0000/0000 ESC \`) arrives here. crossterm takes it for the key
//! Alt-] and a word of letters, which would be obeyed one by one.

use std::mem;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The most keys that an answer can be; what is longer was typed.
const LONGEST_ANSWER: usize = 256;

/// Passes events on, but for the keys of which an answer consists.
#[derive(Debug, Default)]
pub(super) struct AnswerFilter {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Keys,
    /// After Alt-]: what may be the number of an answer. Held back, since it may be typed as well.
    Number(Vec<Event>),
    /// Within an answer, after this many keys of it.
    Answer(usize),
    /// At the end of an answer that was cut between ESC and `\`.
    HalfEnd,
}

impl AnswerFilter {
    /// What is left of `event`, after what was held back and turns out to have been typed.
    pub(super) fn pass(&mut self, event: Event) -> Vec<Event> {
        let Event::Key(key) = event else {
            let mut events = self.release();
            events.push(event);
            return events;
        };
        match &mut self.state {
            State::Number(held) if is_digit(key) => held.push(event),
            State::Number(held) if is_plain(key, ';') && held.len() > 1 => {
                self.state = State::Answer(0);
            }
            State::Answer(_) if is_end(key) => self.state = State::Keys,
            State::Answer(_) if key.code == KeyCode::Esc => self.state = State::HalfEnd,
            State::Answer(keys) if is_text(key) && *keys < LONGEST_ANSWER => *keys += 1,
            State::HalfEnd if is_plain(key, '\\') => self.state = State::Keys,
            _ => {
                let mut events = self.release();
                if is_start(key) {
                    self.state = State::Number(vec![event]);
                } else {
                    events.push(event);
                }
                return events;
            }
        }
        Vec::new()
    }

    /// What was held back; after it, keys are keys again.
    fn release(&mut self) -> Vec<Event> {
        match mem::take(&mut self.state) {
            State::Number(held) => held,
            State::Keys | State::Answer(_) | State::HalfEnd => Vec::new(),
        }
    }
}

fn is_start(key: KeyEvent) -> bool {
    key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT
}

/// ESC and `\`, or the older BEL, which is the key Ctrl-G.
fn is_end(key: KeyEvent) -> bool {
    matches!(
        (key.code, key.modifiers),
        (KeyCode::Char('\\'), KeyModifiers::ALT) | (KeyCode::Char('g'), KeyModifiers::CONTROL)
    )
}

fn is_digit(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char('0'..='9')) && key.modifiers.is_empty()
}

fn is_plain(key: KeyEvent, character: char) -> bool {
    key.code == KeyCode::Char(character) && key.modifiers.is_empty()
}

/// Whether the key is a character that an answer can hold; crossterm adds Shift to capitals.
fn is_text(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char(' '..='~'))
        && key.modifiers.difference(KeyModifiers::SHIFT).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(code), KeyModifiers::NONE))
    }

    fn modified(code: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(code), modifiers))
    }

    /// What passes, each key by its character, with a `^` before it if it has a modifier.
    fn check(events: impl IntoIterator<Item = Event>, passed: &str) {
        let mut filter = AnswerFilter::default();
        let mut text = String::new();
        for event in events.into_iter().flat_map(|event| filter.pass(event)) {
            match event {
                Event::Key(key) => {
                    if !key.modifiers.is_empty() {
                        text.push('^');
                    }
                    match key.code {
                        KeyCode::Char(character) => text.push(character),
                        _ => text.push('?'),
                    }
                }
                _ => text.push('!'),
            }
        }
        assert_eq!(text, passed);
    }

    fn answer(end: Vec<Event>) -> Vec<Event> {
        let mut events = vec![key('j'), modified(']', KeyModifiers::ALT)];
        events.extend("11;rgb:FFFF/0000/aaaa".chars().map(|c| {
            let shift = c.is_ascii_uppercase();
            modified(
                c,
                if shift {
                    KeyModifiers::SHIFT
                } else {
                    KeyModifiers::NONE
                },
            )
        }));
        events.extend(end);
        events.push(key('k'));
        events
    }

    #[test]
    fn a_colour_answer_is_not_typed() {
        check(answer(vec![modified('\\', KeyModifiers::ALT)]), "jk");
        check(answer(vec![modified('g', KeyModifiers::CONTROL)]), "jk");
    }

    #[test]
    fn an_answer_whose_end_comes_in_two_pieces_is_not_typed() {
        let escape = Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
        check(answer(vec![escape, key('\\')]), "jk");
    }

    #[test]
    fn keys_after_alt_bracket_are_still_keys() {
        check(
            [
                modified(']', KeyModifiers::ALT),
                key('1'),
                key('2'),
                key('j'),
            ],
            "^]12j",
        );
        check([modified(']', KeyModifiers::ALT), key(';')], "^];");
        check([key(']'), key('1'), key(';')], "]1;");
    }

    #[test]
    fn an_answer_without_an_end_does_not_swallow_keys_for_ever() {
        let endless = [modified(']', KeyModifiers::ALT), key('4'), key(';')];
        let typed = "x".repeat(LONGEST_ANSWER + 2);
        check(endless.into_iter().chain(typed.chars().map(key)), "xx");
    }

    #[test]
    fn what_was_held_back_comes_before_a_resize() {
        check(
            [
                modified(']', KeyModifiers::ALT),
                key('7'),
                Event::Resize(1, 1),
            ],
            "^]7!",
        );
    }
}
