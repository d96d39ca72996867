//! What the running text calls a judgment whose note gives nothing but its report: "in *Arnold v
//! Britton*,⁴⁶ the Court held", with "[2015] UKSC 36" in the note.

use crate::paper::{Block, Note, Paper, Style};

use super::super::languages::Class;
use super::super::names::Names;
use super::super::vocabulary::{is_function_word, is_organisation};
use super::super::words::Words;

/// How far before its marker the text names a case.
const NEAR_BYTES: usize = 200;

/// How many markers of a note are looked at.
const MAX_MARKERS: usize = 4;

/// The names by which the text calls a judgment right before the marker of a note that begins as a
/// report does.
pub(super) fn case_in_text(paper: &Paper, note: &Note) -> Vec<Names> {
    let first = paper.blocks.get(note.blocks.start);
    let begins =
        |text: &str| text.starts_with(['[', '(']) || text.starts_with(|c: char| c.is_ascii_digit());
    if !first.is_some_and(|block| begins(&block.text)) {
        return Vec::new();
    }
    note.cited_in
        .iter()
        .take(MAX_MARKERS)
        .filter_map(|marker| Some((paper.block(marker.block)?, marker.offset)))
        .flat_map(|(block, offset)| case_before(block, offset))
        .collect()
}

/// The names of the case that a block names right before a place.
fn case_before(block: &Block, offset: usize) -> Vec<Names> {
    let is_near = |end: usize| end <= offset && end + NEAR_BYTES > offset;
    let italic = block
        .spans
        .iter()
        .filter(|span| span.style == Style::Emphasis && is_near(span.range.end));
    let mut names = Vec::new();
    let mut is_case = false;
    for span in italic {
        let words = Words::read(
            block.text.get(span.range.clone()).unwrap_or_default(),
            &[],
            &[],
        );
        if is_case_name(&words) {
            // The nearest is the one that is cited.
            names.clear();
            is_case = true;
            names.extend(parties(&words));
        }
        let between = block.text.get(span.range.end..offset).unwrap_or_default();
        let is_right_before = !between.contains(char::is_alphanumeric);
        if is_case || is_right_before && words.is_capital(0) {
            names.push(Names::whole(&words, &(0..words.len())));
        }
    }
    names
}

/// "Arnold v Britton", "Re A", "In re B"
fn is_case_name(words: &Words<'_>) -> bool {
    let versus = |at: usize| {
        words.is_small(at) && matches!(words.folded(at), "v" | "vs") && words.is_capital(at - 1)
    };
    let of = usize::from(words.folded(0) == "in");
    (1..words.len()).any(versus) || words.folded(of) == "re" && words.is_capital(of + 1)
}

/// Each word that tells a party.
fn parties(words: &Words<'_>) -> Vec<Names> {
    let is_party = |at: &usize| {
        words.is_capital(*at)
            && words.folded(*at).chars().count() > 2
            && !words.is(*at, Class::OfParty)
            && !is_organisation(words, *at)
            && !is_function_word(words, *at)
    };
    let parties = (0..words.len()).filter(is_party);
    parties
        .map(|at| Names::whole(words, &(at..at + 1)))
        .collect()
}
