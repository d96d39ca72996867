//! Which links are written as links.

use crate::paper::{Block, Link, Paper, Target, clean_address};

/// Whether the link can be written: a place can be named only by the heading above it.
pub(super) fn leads_somewhere(paper: &Paper, link: &Link) -> bool {
    let Target::Place(place) = &link.target else {
        return true;
    };
    let section = paper
        .section_of(place.block)
        .and_then(|id| paper.section(id));
    section.is_some_and(|section| section.level > 0)
}

/// Whether the link is an address in the text that emphasis begins or ends in. No brackets can
/// hold it then, and reading finds it without.
pub(super) fn is_left_bare(block: &Block, link: &Link, boundaries: &[usize]) -> bool {
    let Target::Address(address) = &link.target else {
        return false;
    };
    let text = block.text.get(link.range.clone()).unwrap_or_default();
    let text = clean_address(text);
    let is_shown = **address == *text || address.strip_prefix("http://") == Some(&text);
    let next = boundaries.partition_point(|boundary| *boundary <= link.range.start);
    let next = boundaries.get(next);
    is_shown && next.is_some_and(|boundary| *boundary < link.range.end)
}
