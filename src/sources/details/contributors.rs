//! Who edited and who translated a source, where that stands behind its title.

use std::ops::Range;

use super::super::elements::{Elements, HeadSegment};
use super::super::languages::Class;
use super::super::people::{Name, people};
use super::super::vocabulary::is_and;
use super::Details;
use super::fields::Rest;

impl Rest<'_> {
    /// ", edited by Jane Doe", ", trans. John Roe", "hrsg. von Jane Doe", "ed. and trans. Max Poe".
    pub(super) fn contributors(&self, details: &mut Details) {
        let words = self.words;
        let mut at = self.range.start;
        while at < self.range.end {
            // "2. ed. Rio de Janeiro" is an edition.
            let is_counted = words.is_mark(at.wrapping_sub(1), '.')
                && words.is_number(at.wrapping_sub(2))
                && words.is(at, Class::Edition);
            let is_behind =
                words.is_one_of_marks(at.wrapping_sub(1), &[',', '.', '(']) && !is_counted;
            match self.role(at).filter(|_| is_behind && !words.is_set_off(at)) {
                Some(role) => {
                    let (names, next) = self.helpers(role.end);
                    if role.edits && details.editors.is_empty() {
                        details.editors.clone_from(&names);
                    }
                    if role.translates && details.translators.is_empty() {
                        details.translators = names;
                    }
                    at = next.max(role.end);
                }
                None => at += 1,
            }
        }
    }

    /// The words that say what somebody did.
    fn role(&self, at: usize) -> Option<Contribution> {
        let words = self.words;
        let edits = |at: usize| words.is(at, Class::EditedBy);
        let translates = |at: usize| words.is(at, Class::TranslatedBy);
        let mut role = Contribution {
            edits: false,
            translates: false,
            end: at,
        };
        while edits(role.end) || translates(role.end) {
            role.edits |= edits(role.end);
            role.translates |= translates(role.end);
            role.end = self.skip(role.end + 1, &['.']);
            let next = role.end + 1;
            role.end += usize::from(is_and(words, role.end) && (edits(next) || translates(next)));
        }
        let by = matches!(
            words.folded(role.end),
            "by" | "von" | "v" | "par" | "por" | "da" | "door"
        );
        role.end = if by && role.end > at {
            self.skip(role.end + 1, &['.'])
        } else {
            role.end
        };
        (role.edits || role.translates).then_some(role)
    }

    /// The persons named here, and the place behind them; none if they cannot be told for certain.
    fn helpers(&self, at: usize) -> (Vec<Name>, usize) {
        let words = self.words;
        let stops = |at: &usize| self.role(*at).is_some() || words.is_set_off(*at);
        let end = (at..self.range.end).find(stops).unwrap_or(self.range.end);
        let elements = Elements::read(words, at, end);
        let is_full =
            |names: &Range<usize>| names.clone().filter(|at| words.is_capital(*at)).count() > 1;
        let are_full = elements.list.iter().all(|element| is_full(&element.words));
        if elements.are_persons(words) && are_full {
            // "ed. Pier Aimone-Braida, Monumenta Iuris Canonici. Series A": a series, and nobody.
            let is_joined = |element: &HeadSegment| !element.after_comma;
            let all = elements.list.as_slice();
            let named = match all {
                [first, rest @ ..] if !rest.is_empty() && !rest.last().is_some_and(is_joined) => {
                    std::slice::from_ref(first)
                }
                all => all,
            };
            (people(words, named, true), elements.next)
        } else {
            (Vec::new(), at)
        }
    }
}

/// What somebody did for a source.
#[derive(Debug)]
struct Contribution {
    edits: bool,
    translates: bool,
    /// The place behind the words for it.
    end: usize,
}
