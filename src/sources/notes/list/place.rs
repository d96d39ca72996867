//! Where the lists of references stand in a paper.

use std::ops::Range;

use crate::paper::{Block, Kind, Paper, Section};

use super::super::super::languages::Class;
use super::super::super::words::Words;
use super::{is_entry, says_year};

/// The lists of references, as ranges of blocks, in order.
pub(in super::super::super) fn lists(paper: &Paper) -> Vec<Range<usize>> {
    let mut sections = paper.sections.iter().peekable();
    let mut lists = Vec::new();
    while let Some(list) = sections.next() {
        if !is_list(list) {
            continue;
        }
        let mut blocks = list.blocks.clone();
        // A line of an entry that was taken for a heading.
        let is_within =
            |next: &&Section| next.title.starts_with(char::is_lowercase) && !next.holds_notes;
        while let Some(next) = sections.next_if(is_within) {
            blocks.end = next.blocks.end;
        }
        let beneath = sections.clone().take_while(|next| is_beneath(list, next));
        let beneath: Vec<&Section> = beneath.collect();
        if let Some(last) = beneath.last().filter(|_| holds_entries(paper, &beneath)) {
            blocks.end = last.blocks.end;
            sections.nth(beneath.len() - 1);
        }
        lists.push(blocks);
    }
    if lists.is_empty() {
        lists.extend(list_without_heading(paper));
    }
    lists
}

/// Whether a section is a list of references, by its heading.
fn is_list(section: &Section) -> bool {
    names_list(&section.title) && section.level > 0 && !section.holds_notes
}

/// Whether a section stands beneath the heading of a list of references.
fn is_beneath(list: &Section, section: &Section) -> bool {
    section.level > list.level && !section.holds_notes
}

/// Whether sections part a list of references, as "Primary sources" and "Case law" do: they hold nothing
/// but entries. The sections of a chapter on the literature call notes, and say much besides.
fn holds_entries(paper: &Paper, sections: &[&Section]) -> bool {
    let blocks = sections
        .iter()
        .filter_map(|section| paper.blocks.get(section.blocks.clone()));
    let entries: Vec<&Block> = blocks.flatten().filter(|block| is_entry(block)).collect();
    let is_told = |block: &&&Block| block.markers.is_empty() && tells_entry(block);
    let told = entries.iter().filter(is_told).count();
    !entries.is_empty() && told * 3 >= entries.len() * 2
}

/// Whether a paragraph says a year or an address, as nearly every entry does.
fn tells_entry(block: &Block) -> bool {
    says_year(&block.text) || !block.links.is_empty()
}

/// Whether a heading is that of a list of references.
fn names_list(heading: &str) -> bool {
    const MAX_HEADING_WORDS: usize = 4;
    let words = Words::read(heading, &[], &[]);
    let is_named = (0..words.len()).any(|at| words.is(at, Class::ReferenceList));
    is_named && words.len() <= MAX_HEADING_WORDS
}

/// What stands behind the last paragraph "Bibliography", where a format knows no headings: entries up
/// to the next heading or the first note, and nothing else.
fn list_without_heading(paper: &Paper) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    const LEAST: usize = 2;
    let names_list = |block: &Block| {
        let text = block.text.trim();
        block.kind == Kind::Paragraph
            && block.text.len() <= LONGEST
            && text.chars().all(|c| c.is_alphabetic() || c == ' ')
            && text.starts_with(char::is_uppercase)
            && names_list(text)
    };
    let heading = paper.blocks.iter().rposition(names_list)?;
    let notes = paper.notes.iter().map(|note| note.blocks.start);
    let first_note = notes.filter(|start| *start > heading).min();
    let behind = heading + 1..first_note.unwrap_or(paper.blocks.len());
    let blocks = paper.blocks.get(behind.clone()).unwrap_or_default();
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(_));
    let count = blocks.iter().position(is_heading).unwrap_or(blocks.len());
    let entries = blocks.iter().take(count).filter(|block| is_entry(block));
    let (told, others): (Vec<&Block>, Vec<&Block>) = entries.partition(|block| tells_entry(block));
    let is_list = told.len() >= LEAST && told.len() > 2 * others.len();
    is_list.then_some(behind.start..behind.start + count)
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::paper::NoteId;
    use crate::sources::Sources;

    const LIST: &str = "Doe, Jo. *Rivers of the South*. Rome: Fiume, 2001.\n\nRoe, Jane. *The Gardens of Others*. \
        Oxford: OUP, 2019.\n\n\u{201c}The Noble Book.\u{201d} Accessed 4 May 2019. https://example.org/book.\n\n";

    #[test]
    fn a_title_alone_is_meant_whole_or_of_what_nobody_has_written() {
        let entry = "Moe, Ann. \u{201c}Rivers: A Book of Maps.\u{201d} *Post*, 3 May 2001.";
        let paper = format!(
            "One[^1] two[^2].\n\n# Bibliography\n\n{LIST}{entry}\n\n[^1]: \u{201c}The Noble Book.\u{201d}\n\n[^2]: \u{201c}Rivers: A Book.\u{201d}\n"
        );
        assert_eq!(meant(&paper), [vec!["R3"], Vec::new()]);
    }

    /// The sources that each note stands for.
    fn meant(paper: &str) -> Vec<Vec<String>> {
        let paper = parse(paper).paper;
        let sources = Sources::read(&paper);
        let name = |id| sources.get(id).unwrap().name.clone();
        let notes = 0..paper.notes.len();
        notes
            .map(|note| {
                sources
                    .refers_to(NoteId(note))
                    .into_iter()
                    .map(name)
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_list_without_a_heading_is_found_by_the_word_above_it() {
        let notes = "[^1]: Roe, *The Gardens of Others*, 12.\n\n[^2]: Doe, 2001.\n";
        let text = |above: &str| format!("One[^1] two[^2].\n\n{above}\n\n{LIST}{notes}");
        assert_eq!(meant(&text("Bibliography")), [["R2"], ["R1"]]);
        for none in ["The bibliography follows.", "Bibliography: books"] {
            assert_eq!(
                meant(&text(none)),
                [Vec::<String>::new(), Vec::new()],
                "{none}"
            );
        }
        let prose = "One[^1] two[^2].\n\nSources\n\nIt began in 1990.\n\nMore of it.\n\n";
        assert_eq!(
            meant(&format!("{prose}{notes}")),
            [Vec::<String>::new(), Vec::new()]
        );
    }

    #[test]
    fn headings_part_a_list_but_a_chapter_on_the_literature_is_none() {
        let text = |list: &str| {
            format!(
                "One[^1] two[^2].\n\n## Bibliography\n\n### Books\n\n{list}\n\n## Thanks\n\nMoe, Ann. *Not This*. Rome: Fiume, 2001.\n\n[^1]: Roe, op. cit., 12.\n\n[^2]: Moe, op. cit., 3.\n"
            )
        };
        let parted = LIST.replace("Roe, Jane", "#### Gardens\n\nRoe, Jane");
        assert_eq!(meant(&text(&parted)), [vec!["R2"], Vec::new()]);
        let prose = "Roe wrote *The Gardens* in 2019.[^2]\n\nMuch has been said of her gardens.\n\n\
            Roe, Jane. *The Gardens of Others*. Oxford: OUP, 2019.";
        assert_eq!(meant(&text(prose)), [Vec::<String>::new(), Vec::new()]);
    }

    #[test]
    fn a_line_of_an_entry_that_looks_like_a_heading_ends_no_list() {
        let paper = format!(
            "One[^1].\n\n# References\n\nAda, A. *Of*\n\n## compliance: a book\n\nRome: Fiume, 1999.\n\n{LIST}[^1]: Doe, 2001.\n"
        );
        assert_eq!(meant(&paper)[0].len(), 1);
    }

    #[test]
    fn what_holds_the_place_of_a_citation_is_no_address() {
        let link = "https://www.zotero.org/google-docs/?DXRm";
        let paper = format!(
            "One[^1] two[^2].\n\n# Bibliography\n\n{LIST}[^1]: [Roe, *The Gardens of Others*.]({link})\n\n[^2]: [\u{201c}The Noble Book.\u{201d}]({link})\n"
        );
        assert_eq!(meant(&paper), [["R2"], ["R3"]]);
    }
}
