//! The line under a note that says where it is cited, and leads there.

use super::rich::Rich;
use super::{BlockId, Link, Note, Paper, Position, Target};

/// So many places are named; of the others only the number is told.
const MOST_PLACES: usize = 50;

/// So many characters of a section's title are named.
const LONGEST_TITLE: usize = 40;

/// Says where the note is cited.
pub(super) fn backlinks(paper: &Paper, note: &Note) -> Rich {
    let mut line = Rich::default();
    if note.cited_in.is_empty() {
        line.text.push_str("never cited in the text");
        return line;
    }
    if !note.is_defined() {
        let text = "This note is cited but the paper does not define it. ";
        line.text.push_str(text);
    }
    line.links
        .reserve_exact(note.cited_in.len().min(MOST_PLACES));
    line.text.push_str("cited in ");
    for (index, place) in note.cited_in.iter().take(MOST_PLACES).enumerate() {
        if index > 0 {
            line.text.push_str(" · ");
        }
        push_place(&mut line, paper, *place);
    }
    let more = note.cited_in.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        line.text.push_str(&format!(" and {more} more"));
    }
    line
}

fn push_place(line: &mut Rich, paper: &Paper, place: Position) {
    let start = line.text.len();
    line.text.push_str(&place_name(paper, place.block));
    line.links.push(Link {
        range: start..line.text.len(),
        target: Target::Place(place),
    });
}

/// What a place is called: the note that it stands in, else its section and paragraph.
pub(crate) fn place_name(paper: &Paper, id: BlockId) -> String {
    if let Some(note) = note_at(paper, id) {
        return format!("note {}", note.number);
    }
    let section = paper.section_of(id).and_then(|id| paper.section(id));
    let title = section.map_or("", |section| section.title.as_str());
    let paragraph = paper.block(id).map_or(0, |block| block.paragraph);
    match (title, paragraph) {
        ("", 0) => "the text".to_owned(),
        ("", paragraph) => format!("¶ {paragraph}"),
        (title, 0) => format!("§ {}", short(title)),
        (title, paragraph) => format!("§ {}, ¶ {paragraph}", short(title)),
    }
}

/// The note whose definition holds the block.
fn note_at(paper: &Paper, id: BlockId) -> Option<&Note> {
    let after = paper
        .notes
        .partition_point(|note| note.blocks.start <= id.0);
    let note = paper.notes.get(after.checked_sub(1)?)?;
    note.blocks.contains(&id.0).then_some(note)
}

fn short(title: &str) -> String {
    let mut short: String = title.chars().take(LONGEST_TITLE).collect();
    if short.len() < title.len() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short.replace('\n', " ")
}
