//! What repeats on pages and is no part of the text: running heads, page numbers, logos.

use std::collections::HashMap;

use super::Mender;
use super::paragraphs::{LooseKind, LooseParagraph};
use crate::paper::MendingKind;

/// Longer ones are text.
const MAX_FURNITURE_BYTES: usize = 80;

/// A head must stand at the top or the foot of so many pages.
const MIN_PAGES: usize = 3;

/// Takes page furniture out.
pub(super) fn remove(mender: &mut Mender<'_>, paragraphs: &mut Vec<LooseParagraph>) {
    let numbers = page_numbers(paragraphs);
    let heads = repeated(paragraphs);
    let mut index = 0;
    paragraphs.retain(|paragraph| {
        let is_furniture =
            numbers.contains(&index) || is_short_text(paragraph) && heads.contains(&key(paragraph));
        index += 1;
        !(is_furniture
            && mender.may(
                MendingKind::FurnitureRemoved,
                paragraph.line,
                &paragraph.text(),
                "",
            ))
    });
}

fn is_short_text(paragraph: &LooseParagraph) -> bool {
    paragraph.is_body_text()
        && paragraph.rows.len() <= 3
        && paragraph.bytes() <= MAX_FURNITURE_BYTES
        && !paragraph.text().ends_with(['.', '!', '?'])
}

/// Its words without emphasis.
fn key(paragraph: &LooseParagraph) -> String {
    let text = paragraph.text();
    text.trim_matches(['*', '_', ' ']).to_owned()
}

/// Short texts that open the paper and come again behind its notes, and those at the tops or the
/// feet of several pages.
fn repeated(paragraphs: &[LooseParagraph]) -> Vec<String> {
    let first_long = paragraphs
        .iter()
        .position(|one| one.kind != LooseKind::Text || one.bytes() > 3 * MAX_FURNITURE_BYTES);
    let first_long = first_long.unwrap_or(paragraphs.len());
    let last_note = paragraphs.iter().rposition(|one| one.place.is_note());
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if is_short_text(paragraph) {
            places.entry(key(paragraph)).or_default().push(index);
        }
    }
    let is_at_edge = |index: &usize| {
        let next = paragraphs.get(index + 1);
        let begins_page = paragraphs.get(*index).is_some_and(|one| one.begins_page);
        begins_page || next.is_some_and(|next| next.begins_page)
    };
    let heads = places.into_iter().filter(|(_, at)| {
        let opens = at.iter().any(|index| *index < first_long);
        let closes = at
            .iter()
            .any(|index| last_note.is_some_and(|last| *index > last));
        opens && closes || at.iter().filter(|index| is_at_edge(index)).count() >= MIN_PAGES
    });
    heads.map(|(words, _)| words).collect()
}

/// Paragraphs that are a number and nothing else, each one more than the one before.
fn page_numbers(paragraphs: &[LooseParagraph]) -> Vec<usize> {
    let numbers = paragraphs.iter().enumerate().filter_map(|(index, one)| {
        let text = one.text();
        let digits = text.trim_matches(['-', '–', '—', ' ', '[', ']']);
        let is_number = one.is_body_text() && digits.len() <= 4;
        Some((index, digits.parse::<u32>().ok().filter(|_| is_number)?))
    });
    let mut run: Vec<(usize, u32)> = Vec::new();
    for (index, number) in numbers {
        let follows = run.last().is_none_or(|(_, last)| number == last + 1);
        if !follows && run.len() < MIN_PAGES {
            run.clear();
        }
        if follows || run.is_empty() {
            run.push((index, number));
        }
    }
    if run.len() < MIN_PAGES {
        run.clear();
    }
    run.into_iter().map(|(index, _)| index).collect()
}
