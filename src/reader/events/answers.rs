//! Keeps a terminal's answers apart from keys.
//!
//! A program before this one may have asked the terminal for its colours, its name or its
//! pictures, and over a slow line the answer (`ESC ] 11 ; rgb:0000/0000/0000 ESC \`,
//! `ESC P > | name ESC \`, `ESC _ G i=1;OK ESC \`) arrives here. crossterm takes it for the key
//! Alt-], Alt-P or Alt-_ and a word of letters, which would be obeyed one by one.

use std::mem;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The most keys that an answer can be; what is longer was typed.
const LONGEST_ANSWER: usize = 256;

/// The most keys that its head can be.
const LONGEST_HEAD: usize = 16;

/// Passes events on, but for the keys of which an answer consists.
#[derive(Debug, Default)]
pub(super) struct AnswerFilter {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Keys,
    /// After Alt-] and the like: what may be the head of an answer. Held back, since it may be
    /// typed as well.
    Head(Head),
    /// Within an answer, after this many keys of it.
    Answer(usize),
    /// At the end of an answer that was cut between ESC and `\`.
    HalfEnd,
}

/// What may be the head of an answer.
#[derive(Debug)]
struct Head {
    opening: char,
    text: String,
    held: Vec<Event>,
}

/// What a head turns out to be.
enum Meaning {
    Answer,
    /// More keys will tell.
    Perhaps,
    Typed,
}

impl Head {
    /// The head with a further key, if that can be a part of one, and what it means then.
    fn with(&mut self, event: Event, key: KeyEvent) -> Meaning {
        let KeyCode::Char(letter) = key.code else {
            return Meaning::Typed;
        };
        if !is_text(key) || self.text.len() >= LONGEST_HEAD {
            return Meaning::Typed;
        }
        self.text.push(letter);
        let meaning = self.meaning();
        if !matches!(meaning, Meaning::Typed) {
            self.held.push(event);
        }
        meaning
    }

    fn meaning(&self) -> Meaning {
        let text = self.text.as_str();
        let number = |signs: &str| {
            text.trim_start_matches(|c: char| c.is_ascii_digit() || signs.contains(c))
        };
        match (self.opening, text) {
            (']', _) if number("").is_empty() => Meaning::Perhaps,
            (']', _) if number("") == ";" && text.len() > 1 => Meaning::Answer,
            ('_', "G") => Meaning::Answer,
            ('P', _) => match number(";") {
                ">|" | "!|" | "$r" | "+r" => Meaning::Answer,
                "" | ">" | "!" | "$" | "+" => Meaning::Perhaps,
                _ => Meaning::Typed,
            },
            _ => Meaning::Typed,
        }
    }
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
            State::Head(head) => match head.with(event.clone(), key) {
                Meaning::Perhaps => {}
                Meaning::Answer => self.state = State::Answer(0),
                Meaning::Typed => return self.pass_after_all(event, key),
            },
            State::Answer(_) if is_end(key) => self.state = State::Keys,
            State::Answer(_) if key.code == KeyCode::Esc => self.state = State::HalfEnd,
            State::Answer(keys) if is_text(key) && *keys < LONGEST_ANSWER => *keys += 1,
            State::HalfEnd if is_plain(key, '\\') => self.state = State::Keys,
            _ => return self.pass_after_all(event, key),
        }
        Vec::new()
    }

    /// Lets what was held back pass, and the event, unless that may begin an answer.
    fn pass_after_all(&mut self, event: Event, key: KeyEvent) -> Vec<Event> {
        let mut events = self.release();
        match opening(key) {
            Some(opening) => {
                self.state = State::Head(Head {
                    opening,
                    text: String::new(),
                    held: vec![event],
                });
            }
            None => events.push(event),
        }
        events
    }

    /// What was held back; after it, keys are keys again.
    fn release(&mut self) -> Vec<Event> {
        match mem::take(&mut self.state) {
            State::Head(head) => head.held,
            State::Keys | State::Answer(_) | State::HalfEnd => Vec::new(),
        }
    }
}

/// The letter after ESC that opens an answer, if the key is one of those; crossterm adds Shift to
/// capitals.
fn opening(key: KeyEvent) -> Option<char> {
    let is_alt = key.modifiers.difference(KeyModifiers::SHIFT) == KeyModifiers::ALT;
    match key.code {
        KeyCode::Char(opening @ (']' | 'P' | '_')) if is_alt => Some(opening),
        _ => None,
    }
}

/// ESC and `\`, or the older BEL, which is the key Ctrl-G.
fn is_end(key: KeyEvent) -> bool {
    matches!(
        (key.code, key.modifiers),
        (KeyCode::Char('\\'), KeyModifiers::ALT) | (KeyCode::Char('g'), KeyModifiers::CONTROL)
    )
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

    /// A name, what an earlier program asked about, and what became of a picture.
    #[test]
    fn answers_of_other_kinds_are_not_typed() {
        let capital = KeyModifiers::ALT | KeyModifiers::SHIFT;
        for (opening, text) in [
            (modified('P', capital), ">|xterm(370)"),
            (modified('P', capital), "1$r0m"),
            (modified('P', capital), "1+r544e=78"),
            (modified('P', capital), "!|00000000"),
            (modified('_', KeyModifiers::ALT), "Gi=31;OK"),
        ] {
            let mut events = vec![key('j'), opening];
            events.extend(text.chars().map(key));
            events.extend([modified('\\', KeyModifiers::ALT), key('k')]);
            check(events, "jk");
        }
        check([modified('P', capital), key('1'), key('j')], "^P1j");
        check([modified('P', capital), key('>'), key('j')], "^P>j");
        check([modified('_', KeyModifiers::ALT), key('g')], "^_g");
        let figures = vec![key('1'); LONGEST_HEAD + 1];
        let typed = "^P".to_owned() + &"1".repeat(LONGEST_HEAD + 1);
        check([vec![modified('P', capital)], figures].concat(), &typed);
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
