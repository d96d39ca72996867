//! Citations that lead to an entry of the list of references: what they stand for is certain.

use std::ops::Range;

use super::super::{NoteSegment, Resolution, Short, SourceId, Why};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// Reads a part of a note: the citations in it that lead to an entry, and what is around them.
    pub(super) fn read_around_leads(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        let leads = open.text.leads_in(&open.words.bytes(&part)).iter();
        let leads = leads.filter_map(|(bytes, block)| {
            let source = *self.entries.get(block)?;
            let words = open.words.within(bytes);
            let range = words.start.max(part.start)..words.end.min(part.end);
            (!range.is_empty()).then_some((range, source))
        });
        let leads: Vec<(Range<usize>, SourceId)> = leads.collect();
        if leads.is_empty() {
            return self.read_part(open, part);
        }
        let mut start = part.start;
        for (range, source) in leads {
            if range.start < start {
                continue;
            }
            self.comment(open, start..range.start);
            let passage = open.text.passage(&open.words.bytes(&range));
            let outcome = Resolution::Resolved {
                sources: vec![source],
                why: Why::Linked,
            };
            self.last = None;
            self.push(open.note, NoteSegment::Short(Short { passage, outcome }));
            start = range.end;
        }
        self.comment(open, start..part.end);
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::{Format, ReadOptions, read};
    use crate::sources::{SourceId, Sources, Use};

    const PAPER: &str = "---\nbibliography: refs.bib\n---\n\
        A [@smith2019, 3] and @doe99.\n\nB[^1].\n\n[^1]: A word. See [@smith2019, 5], and more.\n";
    const BIB: &str = "@book{smith2019, author = {Smith, Jane}, title = {On Notes}, year = 2019, abstract = {All of it.}}\
        @book{doe99, author = {Doe, Jo}, title = {A Title}, year = 1999}";

    #[test]
    fn every_citation_is_a_use_of_a_source_that_the_bibliography_knows() {
        let options = ReadOptions {
            from: Some(Format::Markdown),
            beside: &|name| (name == "refs.bib").then(|| BIB.as_bytes().to_vec()),
            ..ReadOptions::default()
        };
        let paper = read(PAPER.as_bytes(), &options).unwrap().paper;
        let sources = Sources::read(&paper);
        assert_eq!((sources.all().len(), sources.mentions().len()), (2, 2));
        let first = sources.mentions().first().unwrap();
        assert_eq!(paper.words(first.passage), "Smith 2019, 3");
        let mut all = sources.all().iter();
        let smith = all
            .position(|source| source.details.key == "smith2019")
            .unwrap();
        let uses = sources.used_by(SourceId(smith));
        assert!(
            matches!(uses, [Use::Short(..), Use::Mention(_)]),
            "{uses:?}"
        );
        let abstract_text = &sources.get(SourceId(smith)).unwrap().details.abstract_text;
        assert_eq!(abstract_text, "All of it.");
    }

    #[test]
    fn citations_behind_the_list_of_references_are_uses_too() {
        let paper = "---\nbibliography: refs.bib\n---\nA [@smith2019].\n\n# References\n\n::: {#refs}\n:::\n\n\
            # Appendix\n\n> B [@smith2019].\n\n- C [@smith2019]\n";
        let options = ReadOptions {
            from: Some(Format::Markdown),
            beside: &|_| Some(BIB.as_bytes().to_vec()),
            ..ReadOptions::default()
        };
        let paper = read(paper.as_bytes(), &options).unwrap().paper;
        let sources = Sources::read(&paper);
        assert_eq!(sources.used_by(SourceId(0)).len(), 3);
    }
}
