//! Citations by key in running text. Only what a bibliography has is one: an address of e-mail and
//! a name on the web are none.

use super::formulas::Formulas;
use super::{MaskFindings, MaskedKind};
use crate::formats::markdown::keys::{KeyCitation, locator, may_precede};

impl<'a> Formulas<'a, '_> {
    /// Hides the citation in brackets that begins here; returns its bytes.
    pub(super) fn citation(&mut self, source: &str, found: &mut MaskFindings<'a>) -> Option<usize> {
        let before = self.text.get(..self.at)?;
        if before.ends_with(['^', '!']) {
            return None;
        }
        let (citation, bytes) =
            KeyCitation::bracketed(self.rest(), &|label| self.citing.has_label(label))?;
        self.cite(&citation, source, self.at..self.at + bytes, found)
    }

    /// Hides the citation in the text whose `@` stands here; returns its bytes.
    pub(super) fn key(&mut self, source: &str, found: &mut MaskFindings<'a>) -> Option<usize> {
        let before = self.text.get(..self.at)?;
        let without = before
            .strip_suffix('-')
            .filter(|before| before.is_empty() || before.ends_with([' ', '\n', '(', '[']));
        let start = without.map_or(self.at, str::len);
        if !may_precede(without.unwrap_or(before)) {
            return None;
        }
        let text = self.text.get(start..)?;
        let (citation, bytes) = KeyCitation::in_text(text, &|label| self.citing.has_label(label))?;
        // Without a place behind it, it may be a name on the web; so it may with a mere number,
        // as in lists of changes, where no bibliography is named.
        let is_number = |suffix: &str| {
            suffix
                .trim_start()
                .starts_with(|it: char| it.is_ascii_digit())
        };
        let is_certain = citation.items.iter().any(|item| {
            locator(item.suffix).1 && (self.citing.is_named() || !is_number(item.suffix))
        });
        let first = citation.items.first()?;
        if !self.citing.has(first.key) && !is_certain {
            return None;
        }
        let end = start + bytes;
        self.cite(&citation, source, start..end, found)?;
        Some(end - self.at)
    }

    /// Hides a citation if any of its keys is known.
    fn cite(
        &self,
        citation: &KeyCitation<'a>,
        source: &str,
        range: std::ops::Range<usize>,
        found: &mut MaskFindings<'a>,
    ) -> Option<usize> {
        let start = self.base + range.start;
        let (known, unknown): (Vec<&'a str>, Vec<&'a str>) = citation
            .items
            .iter()
            .map(|item| item.key)
            .partition(|key| self.citing.has(key));
        found
            .unknown_keys
            .extend(unknown.into_iter().map(|key| (key, start)));
        if known.is_empty() {
            return None;
        }
        found.keys.extend(known);
        found.hide_formula(source, start..start + range.len(), MaskedKind::Citation);
        Some(range.len())
    }
}
