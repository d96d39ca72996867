//! The beginning of a long source, to be shown while the rest is read.

use std::collections::BTreeSet;

use memchr::memmem;

/// Of a source that is not longer, all is read as soon as its beginning would be.
const MIN_SOURCE_BYTES: usize = 512 * 1024;

/// So much of it is its beginning: some dozens of screens.
const BEGINNING_BYTES: usize = 48 * 1024;

/// So much of what links and notes of the beginning lead to is looked for in the rest.
const MAX_DEFINITION_BYTES: usize = 64 * 1024;

/// The beginning of a source, up to a blank line, with what it cites and what its links lead to, which
/// the rest defines; none if the source is short.
pub(super) fn of(source: &str) -> Option<String> {
    if source.len() < MIN_SOURCE_BYTES {
        return None;
    }
    let (head, rest) = split(source)?;
    Some(Beginning::new(head, [rest].into_iter()).markdown)
}

/// The same from what a long source begins and ends with; none if these do not define all that the
/// beginning cites.
pub(super) fn of_ends((head, tail): (&str, &str)) -> Option<String> {
    let (head, rest) = split(head)?;
    // Its last definition may be cut.
    let last = memmem::rfind(rest.as_bytes(), b"\n[");
    let rest = rest.get(..last.map_or(0, |last| last + "\n".len()))?;
    let beginning = Beginning::new(head, [rest, tail].into_iter());
    (beginning.is_whole && !has_named_links(head)).then_some(beginning.markdown)
}

/// The first paragraphs of a source, and the rest.
fn split(source: &str) -> Option<(&str, &str)> {
    let near = source.get(..source.floor_char_boundary(BEGINNING_BYTES))?;
    let end = memmem::rfind(near.as_bytes(), b"\n\n")? + "\n\n".len();
    source.split_at_checked(end)
}

/// Whether some link may lead to an address that is named by words and defined elsewhere.
fn has_named_links(text: &str) -> bool {
    let mut ends = text.split("][").skip(1);
    ends.any(|behind| !behind.starts_with('^'))
}

/// The first paragraphs of a source, with what they cite.
struct Beginning {
    markdown: String,
    /// Whether all notes that they cite are defined.
    is_whole: bool,
}

impl Beginning {
    /// The paragraphs with what is defined for them in parts of the rest, in order.
    fn new<'a>(head: &'a str, rest: impl Iterator<Item = &'a str>) -> Self {
        let mut markdown = head.to_owned();
        let mut missing = cited_notes(head);
        for definition in rest.flat_map(definitions) {
            let is_wanted = match definition.note {
                Some(label) => missing.remove(label),
                None => true,
            };
            if is_wanted {
                markdown.extend([definition.text, "\n\n"]);
            }
            if markdown.len() > head.len() + MAX_DEFINITION_BYTES {
                break;
            }
        }
        Beginning {
            markdown,
            is_whole: missing.is_empty(),
        }
    }
}

/// Where the rest says what a note is, or where a link by a name leads.
struct Definition<'a> {
    /// The label of the note that it is of.
    note: Option<&'a str>,
    text: &'a str,
}

/// The labels of notes that a text cites and does not define.
fn cited_notes(text: &str) -> BTreeSet<&str> {
    let (mut cited, mut defined) = (BTreeSet::new(), BTreeSet::new());
    for (at, mark) in text.match_indices("[^") {
        let behind = text.get(at + mark.len()..).unwrap_or_default();
        let Some((label, after)) = behind.split_once(']') else {
            break;
        };
        let labels = if after.starts_with(':') {
            &mut defined
        } else {
            &mut cited
        };
        labels.insert(label);
    }
    cited.difference(&defined).copied().collect()
}

/// The definitions that stand on lines of their own, in order.
fn definitions(text: &str) -> impl Iterator<Item = Definition<'_>> {
    memmem::find_iter(text.as_bytes(), b"\n[").filter_map(|at| {
        let text = text.get(at + "\n".len()..)?;
        let (label, _) = text.strip_prefix('[')?.split_once("]:")?;
        let is_label = !label.is_empty() && !label.contains(['\n', ']', '[']);
        is_label.then(|| match label.strip_prefix('^') {
            Some(note) => Definition {
                note: Some(note),
                text: whole_note(text),
            },
            None => Definition {
                note: None,
                text: text.lines().next().unwrap_or_default(),
            },
        })
    })
}

/// The note that a text begins with: its paragraphs are indented but for the first.
fn whole_note(text: &str) -> &str {
    let mut end = 0;
    let mut was_blank = false;
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        let is_indented = line.starts_with([' ', '\t']);
        let is_another = line.starts_with('[') && end > 0;
        if is_another || (was_blank && !is_blank && !is_indented) {
            break;
        }
        was_blank = is_blank;
        end += line.len();
    }
    text.get(..end).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that is long enough, with this at its end.
    fn long(head: &str, tail: &str) -> String {
        let filler = "Words of a paragraph that nobody reads to its end.\n\n".repeat(12_000);
        format!("{head}\n\n{filler}{tail}")
    }

    #[test]
    fn a_short_source_is_read_in_one_go() {
        assert_eq!(of("# One\n\nWords.[^1]\n\n[^1]: A note.\n"), None);
    }

    #[test]
    fn the_beginning_has_the_notes_and_addresses_that_the_rest_defines() {
        let tail = "Words.[^2]\n\n[^1]: The note,\nand more of it.\n\n    A second paragraph.\n\n\
            [^2]: Another.\n\n[by name]: https://example.org\n";
        let source = long("A marker.[^1] A [link][by name].", tail);
        let beginning = of(&source).unwrap();
        assert!(beginning.len() < BEGINNING_BYTES + 200);
        assert!(beginning.ends_with(
            "\n\n[^1]: The note,\nand more of it.\n\n    A second paragraph.\n\n\
             [by name]: https://example.org\n\n"
        ));
        let head = beginning.split("[^1]:").next().unwrap();
        assert!(source.starts_with(head));
    }

    #[test]
    fn what_the_beginning_defines_itself_is_not_looked_for() {
        let source = long("A marker.[^1]\n\n[^1]: Its note.", "[^1]: Another.\n");
        assert!(!of(&source).unwrap().contains("Another"));
    }
}
