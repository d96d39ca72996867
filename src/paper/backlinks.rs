//! The line under a note that says where it is cited, and leads there.

use super::rich::Rich;
use super::{BlockId, Link, Note, Paper, Passage, Position, Target};

/// So many places are named; of the others only the number is told.
const MAX_NAMED_PLACES: usize = 50;

/// So many characters of a section's title are named.
const MAX_TITLE_CHARS: usize = 40;

/// Says where the note is cited.
pub(super) fn backlinks(paper: &Paper, note: &Note) -> Rich {
    let mut line = Rich::default();
    if note.cited_in.is_empty() {
        line.text.push_str("never cited in the text");
        return line;
    }
    line.links
        .reserve_exact(note.cited_in.len().min(MAX_NAMED_PLACES));
    line.text.push_str("cited in ");
    let (named, more) = place_names(paper, &note.cited_in, MAX_NAMED_PLACES);
    for (index, (name, place)) in named.into_iter().enumerate() {
        if index > 0 {
            line.text.push_str(" · ");
        }
        let start = line.text.len();
        line.text.push_str(&name);
        let range = start..line.text.len();
        line.links.push(Link::new(range, Target::Place(place)));
    }
    if more > 0 {
        line.text.push_str(&format!(" and {more} more"));
    }
    if !note.is_defined() {
        if note.label != note.number.to_string() {
            line.text.push_str(&format!(" as [^{}]", note.label));
        }
        line.text
            .push_str(", but the paper does not say what it is");
    }
    line
}

/// What up to `most` places are called, each with the first place of that name, and how many there
/// are beyond those. A section is named once for all places in it that follow each other, and a
/// paragraph once with how often it is meant.
pub(crate) fn place_names(
    paper: &Paper,
    places: &[Position],
    most: usize,
) -> (Vec<(String, Position)>, usize) {
    let mut named: Vec<(String, Position)> = Vec::new();
    let mut times: Vec<usize> = Vec::new();
    let mut rest = places.iter();
    for &place in rest.by_ref() {
        let before = named.last().map(|(_, before)| before.block);
        if before == Some(place.block)
            && let Some(times) = times.last_mut()
        {
            *times += 1;
            continue;
        }
        if named.len() == most {
            let more = rest.len() + 1;
            return (counted(named, &times), more);
        }
        let paragraph = paper.block(place.block).map_or(0, |block| block.paragraph);
        let is_in_body = |id| paper.note_at(id).is_none();
        let goes_on = paragraph > 0
            && before.is_some_and(|before| {
                paper.section_of(before) == paper.section_of(place.block)
                    && is_in_body(before)
                    && is_in_body(place.block)
            });
        named.push(if goes_on {
            (format!("¶ {paragraph}"), place)
        } else {
            (place_name(paper, place.block), place)
        });
        times.push(1);
    }
    (counted(named, &times), 0)
}

/// The names with how often each is meant.
fn counted(mut named: Vec<(String, Position)>, times: &[usize]) -> Vec<(String, Position)> {
    for ((name, _), times) in named.iter_mut().zip(times) {
        match times {
            1 => {}
            2 => name.push_str(" twice"),
            times => name.push_str(&format!(" {times} times")),
        }
    }
    named
}

/// What a place is called, in few words.
pub(crate) fn place_name(paper: &Paper, id: BlockId) -> String {
    place_named(paper, id, MAX_TITLE_CHARS).unwrap_or_else(|| "the text".to_owned())
}

/// What a place is called where it is cited, with its page where the source has pages; none if it
/// has no name.
pub(crate) fn place_in_full(paper: &Paper, id: BlockId) -> Option<String> {
    let named = place_named(paper, id, usize::MAX);
    let pages = paper.pages_of(id);
    let named = named.into_iter().chain(pages);
    named.reduce(|name, pages| format!("{name}, {pages}"))
}

/// What a passage is called where it is cited: as a place is, from its first paragraph to its
/// last, with the pages that it is on itself.
pub(crate) fn passage_in_full(paper: &Paper, passage: Passage) -> Option<String> {
    let (first, last) = (passage.start.block, passage.end.block);
    let mut name = place_named(paper, first, usize::MAX);
    if last != first && name.is_some() {
        let paragraph = paper.block(last).map_or(0, |block| block.paragraph);
        let starts_at = paper.block(first).map_or(0, |block| block.paragraph);
        let is_one_section = paper.section_of(first) == paper.section_of(last)
            && paper.note_at(first).is_none()
            && paper.note_at(last).is_none();
        let end = if is_one_section && starts_at > 0 && paragraph > 0 {
            Some(format!("–{paragraph}"))
        } else {
            place_named(paper, last, usize::MAX).map(|last| format!(" – {last}"))
        };
        name = name.map(|name| format!("{name}{}", end.unwrap_or_default()));
    }
    let before_end = Position {
        offset: passage.end.offset.saturating_sub(1),
        ..passage.end
    };
    let pages = match (paper.page_at(passage.start), paper.page_at(before_end)) {
        (Some(first), Some(last)) if first != last => Some(format!("pp. {first}–{last}")),
        (Some(page), _) => Some(format!("p. {page}")),
        (None, _) => None,
    };
    let named = name.into_iter().chain(pages);
    named.reduce(|name, pages| format!("{name}, {pages}"))
}

/// The note that a place stands in, else its section and paragraph.
fn place_named(paper: &Paper, id: BlockId, longest_title: usize) -> Option<String> {
    if let Some(note) = paper.note_at(id).and_then(|note| paper.note(note)) {
        return Some(format!("note {}", note.number));
    }
    let section = paper.section_of(id).and_then(|id| paper.section(id));
    let title = section.map_or("", |section| section.title.as_str());
    let title = shortened(title, longest_title);
    let paragraph = paper.block(id).map_or(0, |block| block.paragraph);
    match (title.as_str(), paragraph) {
        ("", 0) => None,
        ("", paragraph) => Some(format!("¶ {paragraph}")),
        (title, 0) => Some(format!("§ {title}")),
        (title, paragraph) => Some(format!("§ {title}, ¶ {paragraph}")),
    }
}

/// The title on one line, cut between two words if it has more than so many characters.
fn shortened(title: &str, longest: usize) -> String {
    let title = title.replace('\n', " ");
    let Some((cut, _)) = title.char_indices().nth(longest) else {
        return title;
    };
    let kept = title.get(..cut).unwrap_or_default();
    let words = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    format!("{}…", words.trim_end())
}
