//! What footnotes and endnotes are called.

use std::collections::HashSet;

/// The counters of notes.
#[derive(Debug, Default)]
pub(super) struct NoteCounters {
    footnotes: u32,
    endnotes: u32,
    defined: HashSet<String>,
    /// Whether there are footnotes, so that endnotes have letters before their numbers.
    has_footnotes: bool,
}

impl NoteCounters {
    pub(super) fn new(has_footnotes: bool) -> Self {
        Self {
            has_footnotes,
            ..Self::default()
        }
    }

    /// The label of a footnote, by the number given to it or the next.
    pub(super) fn footnote(&mut self, said: Option<&str>) -> String {
        let label = self.mark(said);
        self.defined(label)
    }

    /// The label of a marker whose note comes later.
    pub(super) fn mark(&mut self, said: Option<&str>) -> String {
        match said.map(str::trim).filter(|said| !said.is_empty()) {
            Some(said) => said.to_owned(),
            None => {
                self.footnotes += 1;
                self.footnotes.to_string()
            }
        }
    }

    /// The label of a note whose marker came before.
    pub(super) fn text(&mut self, said: Option<&str>) -> String {
        let said = said.map(str::trim).filter(|said| !said.is_empty());
        let label = said.map_or_else(|| self.footnotes.to_string(), str::to_owned);
        self.defined(label)
    }

    pub(super) fn endnote(&mut self, said: Option<&str>) -> String {
        let number = said
            .map(str::trim)
            .filter(|said| !said.is_empty())
            .map_or_else(
                || {
                    self.endnotes += 1;
                    self.endnotes.to_string()
                },
                str::to_owned,
            );
        let label = if self.has_footnotes {
            format!("e{number}")
        } else {
            number
        };
        self.defined(label)
    }

    /// The label, or another if a note has it already.
    fn defined(&mut self, label: String) -> String {
        if self.defined.insert(label.clone()) {
            return label;
        }
        let mut number = 2_u32;
        loop {
            let other = format!("{label}-{number}");
            if self.defined.insert(other.clone()) {
                return other;
            }
            number += 1;
        }
    }
}
