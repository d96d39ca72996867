//! What a source is called besides its head: an abbreviation, what it is "hereinafter", the parties
//! of a judgment.

use std::ops::Range;

use super::super::elements::{Elements, acronym};
use super::super::languages::Class;
use super::super::names::Names;
use super::super::vocabulary::{is_function_word, is_organisation};
use super::super::words::Words;
use super::Full;

/// So many words before an abbreviation may be its long form.
const LONGEST_NAME: usize = 40;

impl Full {
    pub(super) fn take_aliases(
        &mut self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) {
        if let Some(acronym) = &elements.acronym {
            self.aliases.push(Names::whole(words, acronym));
        }
        let acronyms = range.clone().filter_map(|at| {
            let close = acronym(words, at)?;
            is_abbreviated(
                words,
                &(range.start.max(at.saturating_sub(LONGEST_NAME))..at),
                words.raw(at + 1),
            )
            .then_some(at + 1..close)
        });
        let acronyms = acronyms.map(|at| Names::whole(words, &at));
        self.aliases.extend(acronyms.collect::<Vec<_>>());
        for at in range.clone() {
            let is_named = words.is(at, Class::Hereinafter);
            let german = words.folded(at) == "im"
                && matches!(words.folded(at + 1), "folgenden" | "weiteren");
            if is_named || german {
                let start = after_naming(words, at + 1 + usize::from(german));
                let ends = |at: &usize| {
                    words.is_one_of_marks(*at, &[')', ']', '.', ';', ',', '”', '“', '»', '’'])
                };
                let end = (start..range.end).find(ends).unwrap_or(range.end);
                self.aliases.push(Names::whole(words, &(start..end)));
            }
        }
        self.aliases.retain(|names| !names.is_empty());
    }

    /// What a judgment is called: its name that is set off, and each word of it that names a
    /// party.
    pub(super) fn take_parties(&mut self, words: &Words<'_>, range: &Range<usize>) {
        let Some(start) = range.clone().find(|at| words.is_set_off(*at)) else {
            return;
        };
        let end = (start..range.end).find(|at| !words.is_set_off(*at));
        let name = start..end.unwrap_or(range.end);
        let is_party = |at: &usize| {
            words.is_capital(*at)
                && words.folded(*at).chars().count() > 2
                && !is_organisation(words, *at)
                && !is_function_word(words, *at)
        };
        let parties: Vec<Names> = name
            .clone()
            .filter(is_party)
            .map(|at| Names::whole(words, &(at..at + 1)))
            .collect();
        self.aliases.push(Names::whole(words, &name));
        self.aliases.extend(parties);
    }
}

/// Reads over "cited as", "zitiert als" and an opening quotation mark.
fn after_naming(words: &Words<'_>, at: usize) -> usize {
    let mut next = at;
    while words.is(next, Class::Called)
        || words.is_one_of_marks(next, &['“', '„', '«', '"', ':', '‘', '.', ','])
    {
        next += 1;
    }
    next
}

/// Whether the letters begin words that stand before: TEU, "Treaty on European Union".
fn is_abbreviated(words: &Words<'_>, range: &Range<usize>, letters: &str) -> bool {
    let mut initials = range
        .clone()
        .filter(|at| words.is_capital(*at))
        .filter_map(|at| words.raw(at).chars().next());
    letters
        .chars()
        .all(|letter| initials.any(|initial| initial == letter))
}
