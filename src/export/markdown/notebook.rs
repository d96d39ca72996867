//! A file of notes that is brought up to date: what opcit wrote is between two comments, and all
//! else is the reader's own and stays.
//!
//! ```markdown
//! <!-- opcit 01a2b3 -->
//! > The words.
//! <!-- /opcit -->
//! ```

use std::collections::{BTreeMap, HashMap};
use std::io;

use super::bookmarks::{write_quotation, write_title};
use crate::export::Quotations;

const CLOSE: &str = "<!-- /opcit -->";

/// The file with the highlights as they are now: those that have changed are replaced, new ones
/// come after the one before them in the paper, or at the end, and those that `is_kept` no longer
/// knows go. An empty file begins with the paper's title.
///
/// # Errors
/// None but those of writing into memory.
pub fn update_notebook(
    file: &str,
    kept: &Quotations<'_>,
    is_kept: impl Fn(&str) -> bool,
) -> io::Result<String> {
    let mut entries: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for quotation in &kept.quotations {
        let mut text = Vec::new();
        write_quotation(kept, quotation, &mut text)?;
        entries.insert(quotation.annotation.id.as_str(), text);
    }
    let mut parts = parts(file);
    parts.retain(|part| part.id().is_none_or(&is_kept));
    let mut out = Vec::new();
    if file.trim().is_empty() {
        parts.clear();
        write_title(kept, &mut out)?;
    }
    let there: HashMap<String, ()> = parts
        .iter()
        .filter_map(|part| Some((part.id()?.to_owned(), ())))
        .collect();
    // Each new entry, by the one of the file that it comes after.
    let mut after: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut last = "";
    for quotation in &kept.quotations {
        let id = quotation.annotation.id.as_str();
        if there.contains_key(id) {
            last = id;
        } else {
            after.entry(last).or_default().push(id);
        }
    }
    for part in &parts {
        match part {
            NotebookPart::Own(line) => push_line(&mut out, line),
            NotebookPart::Entry { id, lines } => {
                match entries.get(id) {
                    Some(text) => push_entry(&mut out, id, &String::from_utf8_lossy(text)),
                    // It was not asked for this time.
                    None => push_entry(&mut out, id, &lines.join("\n")),
                }
                for new in after.remove(id).unwrap_or_default() {
                    out.push(b'\n');
                    push_entry(&mut out, new, &entry(&entries, new));
                }
            }
        }
    }
    for new in after.remove("").unwrap_or_default() {
        if !out.is_empty() && !out.ends_with(b"\n\n") {
            out.push(b'\n');
        }
        push_entry(&mut out, new, &entry(&entries, new));
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A part of a file: a line of the reader's own, or what opcit wrote of a highlight.
#[derive(Debug)]
enum NotebookPart<'a> {
    Own(&'a str),
    Entry { id: &'a str, lines: Vec<&'a str> },
}

impl NotebookPart<'_> {
    fn id(&self) -> Option<&str> {
        match self {
            NotebookPart::Own(_) => None,
            NotebookPart::Entry { id, .. } => Some(id),
        }
    }
}

/// An entry that nothing closes is the reader's own: nobody can tell where it ends.
fn parts(file: &str) -> Vec<NotebookPart<'_>> {
    let mut parts = Vec::new();
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        let Some(id) = opening(line) else {
            parts.push(NotebookPart::Own(line));
            continue;
        };
        let mut rest = lines.clone();
        let inner: Vec<&str> = rest
            .by_ref()
            .take_while(|line| line.trim() != CLOSE && opening(line).is_none())
            .collect();
        let closes = lines.clone().nth(inner.len());
        if closes.is_some_and(|line| line.trim() == CLOSE) {
            lines = rest;
            parts.push(NotebookPart::Entry { id, lines: inner });
        } else {
            parts.push(NotebookPart::Own(line));
        }
    }
    parts
}

fn opening(line: &str) -> Option<&str> {
    let id = line.trim().strip_prefix("<!-- opcit ")?;
    id.strip_suffix(" -->")
}

fn entry(entries: &BTreeMap<&str, Vec<u8>>, id: &str) -> String {
    let text = entries.get(id).map(Vec::as_slice).unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

fn push_entry(out: &mut Vec<u8>, id: &str, text: &str) {
    push_line(out, &format!("<!-- opcit {id} -->"));
    for line in text.trim_end().lines() {
        // A note may hold anything, also what would end the entry.
        if line.trim() == CLOSE || opening(line).is_some() {
            push_line(out, &format!("\\{}", line.trim()));
        } else {
            push_line(out, line);
        }
    }
    push_line(out, CLOSE);
}

fn push_line(out: &mut Vec<u8>, line: &str) {
    out.extend_from_slice(line.as_bytes());
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::paper::{BlockId, Passage, Position};
    use crate::shelf::{HighlightKind, Library, Opened, Origin, Shelf};

    const PAPER: &str = "# Law\n\nFirst words.\n\nSecond words.\n\nThird words.";

    fn shelf() -> Shelf {
        let paper = parse(PAPER).paper;
        match Library::new(None).open(&paper, &Origin::Elsewhere) {
            Opened::Shelf(shelf) => *shelf,
            Opened::Ambiguous(_) => panic!("there is nothing to be asked"),
        }
    }

    /// Highlights a paragraph; without a folder it is only kept in memory.
    fn highlight(shelf: &mut Shelf, paragraph: u32) {
        let blocks = parse(PAPER).paper.blocks;
        let block = blocks.iter().position(|block| block.paragraph == paragraph);
        let start = Position::start_of(BlockId(block.unwrap()));
        let end = Position { offset: 5, ..start };
        let passage = Passage { start, end };
        let _ = shelf.highlight(passage, HighlightKind::Claim);
    }

    fn update(file: &str, shelf: &Shelf) -> String {
        let paper = parse(PAPER).paper;
        let kept = Quotations::new(&paper, shelf.passages(), shelf.text());
        let is_kept = |id: &str| shelf.passages().iter().any(|one| one.id.as_str() == id);
        update_notebook(file, &kept, is_kept).unwrap()
    }

    #[test]
    fn a_file_brought_up_to_date_twice_is_the_same_and_what_the_reader_wrote_stays() {
        let mut shelf = shelf();
        highlight(&mut shelf, 1);
        highlight(&mut shelf, 3);
        let file = update("", &shelf);
        assert!(file.starts_with("# Law\n"), "{file}");
        assert_eq!(update(&file, &shelf), file);
        let own = file.replacen(CLOSE, &format!("{CLOSE}\n\nMy own thoughts.\n"), 1);
        assert_eq!(update(&own, &shelf), own);
        // A new one comes between the two, after the one before it.
        highlight(&mut shelf, 2);
        let more = update(&own, &shelf);
        let places = ["> First", "> Secon", "My own thoughts.", "> Third"];
        let places = places.map(|words| more.find(words).unwrap());
        assert!(places.is_sorted(), "{more}");
        // One that is deleted goes, and a change to another is made in its place.
        let ids: Vec<_> = shelf.passages().iter().map(|one| one.id.clone()).collect();
        let _ = shelf.remove(&ids[..1]);
        let _ = shelf.annotate(&ids[2], "<!-- /opcit -->");
        let less = update(&more, &shelf);
        assert!(!less.contains("> First") && less.contains("My own thoughts."));
        assert_eq!(update(&less, &shelf), less);
    }

    #[test]
    fn an_entry_that_is_not_closed_is_left_as_it_is() {
        let file = "# Mine\n\n<!-- opcit 1 -->\n> words\n\nand so on\n";
        assert_eq!(update(file, &shelf()), file);
    }
}
