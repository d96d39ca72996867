//! A passage cited as Pandoc reads it, by the keys of the reader's own bibliography.

use super::credit;
use crate::paper::{Paper, Passage};
use crate::sources::{SourceId, Sources};

/// The citation of a passage that rests on these sources, and whether its words are those of all of
/// them: a source that the reader has not read itself is cited as quoted, or cited, in the paper.
/// None where the reader's own bibliography has none of them.
pub(super) fn by_key(
    paper: &Paper,
    sources: &Sources,
    passage: Passage,
    (cited, is_quoted): (&[SourceId], bool),
) -> Option<String> {
    let keys = cited.iter().filter_map(|id| sources.citation_key(*id));
    let keys: Vec<String> = keys
        .filter_map(|key| Some(format!("@{}", held_by_pandoc(key)?)))
        .collect();
    let verb = if is_quoted { "quoted in" } else { "cited in" };
    let place = place(paper, passage);
    let place_of_key = if place.is_empty() {
        String::new()
    } else {
        format!(", {{{}}}", escaped(&place))
    };
    let own = sources.citation_key_of_paper().and_then(held_by_pandoc);
    match (keys.is_empty(), own) {
        (true, None) => None,
        (true, Some(own)) => Some(format!("[@{own}{place_of_key}]")),
        (false, Some(own)) => {
            let keys = keys.join("; ");
            Some(format!("[{keys}; {verb} @{own}{place_of_key}]"))
        }
        (false, None) => {
            let named = [credit(paper), place];
            let named: Vec<String> = named.into_iter().filter(|it| !it.is_empty()).collect();
            let paper = if named.is_empty() {
                String::new()
            } else {
                format!(", {verb} {}", escaped(&named.join(", ")))
            };
            Some(format!("[{}{paper}]", keys.join("; ")))
        }
    }
}

/// A key with signs that Pandoc would end it at stands in braces; none if these cannot hold it.
fn held_by_pandoc(key: &str) -> Option<String> {
    let is_plain = key.split('-').all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|char| char.is_alphanumeric() || char == '_')
    });
    if key.contains(|char: char| matches!(char, '{' | '}') || char.is_whitespace()) {
        return None;
    }
    Some(if is_plain {
        key.to_owned()
    } else {
        format!("{{{key}}}")
    })
}

/// Text as it stands within the brackets of a citation, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if "[]{}@;\\*_`^~$<&".contains(char) {
            escaped.push('\\');
        }
        escaped.push(if matches!(char, '\n' | '\t') {
            ' '
        } else {
            char
        });
    }
    escaped
}

/// Section and paragraphs, or the note that the passage stands in. A section goes by the number that
/// its title begins with, else by its title. Empty where the passage is in several sections.
fn place(paper: &Paper, passage: Passage) -> String {
    let (first, last) = (passage.start.block, passage.end.block);
    let (note, section) = (paper.note_at(first), paper.section_of(first));
    if note != paper.note_at(last) || section != paper.section_of(last) {
        return String::new();
    }
    if let Some(note) = note.and_then(|note| paper.note(note)) {
        return format!("n. {}", note.number);
    }
    let title = section
        .and_then(|id| paper.section(id))
        .map_or("", |section| section.title.as_str());
    let name = number_of(title).unwrap_or(title);
    let mut parts = Vec::new();
    // What would end the place is left out with the whole title.
    if !name.is_empty() && !name.contains(['{', '}', '[', ']', '@', ';']) {
        parts.push(format!("sec. {name}"));
    }
    let paragraph = |id| paper.block(id).map_or(0, |block| block.paragraph);
    match (paragraph(first), paragraph(last)) {
        (0, _) | (_, 0) => {}
        (one, other) if one == other => parts.push(format!("para. {one}")),
        (one, other) => parts.push(format!("paras. {one}-{other}")),
    }
    parts.join(", ")
}

/// The number that a title begins with, as "3." or "3.1": "10 rules" has none.
fn number_of(title: &str) -> Option<&str> {
    let first = title.split_whitespace().next()?;
    let number = first.trim_end_matches(['.', ')']);
    let is_part =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
    let is_number = first.contains(['.', ')']) && number.split('.').all(is_part);
    is_number.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_a_number_stands_for_a_title() {
        for (title, number) in [
            ("3. Method", Some("3")),
            ("3.1 Data", Some("3.1")),
            ("10 rules", None),
            ("2024. A year", None),
            ("Method", None),
        ] {
            assert_eq!(number_of(title), number, "{title}");
        }
    }

    #[test]
    fn what_ends_a_key_or_a_citation_is_held() {
        let held = |key| held_by_pandoc(key).unwrap_or_default();
        assert_eq!(held("smith_2019-b"), "smith_2019-b");
        assert_eq!(held("doi:10.1/a,b"), "{doi:10.1/a,b}");
        assert_eq!(held("a-b-3"), "a-b-3");
        for key in ["a--b", "x-", "-x", "-"] {
            assert_eq!(held(key), format!("{{{key}}}"));
        }
        for key in ["a{b", "a}b", "a b"] {
            assert_eq!(held_by_pandoc(key), None, "{key}");
        }
        assert_eq!(escaped("a [b]; c"), "a \\[b\\]\\; c");
        assert_eq!(escaped("a\n*b* _c"), "a \\*b\\* \\_c");
    }
}
