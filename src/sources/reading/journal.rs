//! Where the journal begins behind a title that is not set off.

use super::super::anchor;
use super::super::date;
use super::super::languages::Class;
use super::super::words::Words;

/// „Macaulay, Elegant Models, Empirical Pictures, Law & Soc. Rev. 11 (1977) 507“: the comma before the
/// journal, where the title has some itself.
pub(super) fn comma_before_journal(words: &Words<'_>, from: usize, end: usize) -> Option<usize> {
    let ends = |at: &usize| words.is_one_of_marks(*at, &['(', ';']);
    let open = (from..end).find(ends)?;
    let close = words.closing(open)?;
    let is_year = close == open + 2 && date::year(words, open + 1).is_some();
    let is_journal = is_year && anchor::is_volume(words, open, close + 1);
    let is_comma = |at: &usize| words.is_mark(*at, ',');
    let comma = (from..open).rev().find(is_comma).filter(|_| is_journal)?;
    // „in: Jahrbuch für Rechtssoziologie 3 (1972) 305“ begins at its "in".
    let is_in = (from..open).any(|at| words.is(at, Class::In) && words.is_mark(at + 1, ':'));
    (!is_in).then_some(comma)
}
