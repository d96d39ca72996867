//! The list of references at the end of a paper: its entries are sources, for what no note gives.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::paper::{Block, Kind, ListedWork, Name, Paper, Section};

use super::super::SourceId;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::reading;
use super::super::text::JoinedText;
use super::super::words::Words;
use super::NotesRead;

impl NotesRead {
    /// Reads the entries of the lists of references.
    pub(super) fn read_list(&mut self, paper: &Paper) {
        for reference in &paper.references {
            self.enter_reference(paper, reference);
        }
        let set: HashSet<usize> = paper.references.iter().map(|one| one.block.0).collect();
        let lists = paper.sections.iter().filter(|section| is_list(section));
        for list in lists {
            for index in list.blocks.clone() {
                if !set.contains(&index) && paper.blocks.get(index).is_some_and(is_entry) {
                    self.read_entry(paper, index);
                }
            }
        }
        // No note's label begins like the name of an entry, so that no two sources are called the
        // same.
        let begins = |mark: &str| paper.notes.iter().any(|note| note.label.starts_with(mark));
        let mut mark = "R".to_owned();
        while !self.sources.is_empty() && begins(&mark) {
            mark.push('R');
        }
        for (source, number) in self.sources.iter_mut().zip(1..) {
            source.name = format!("{mark}{number}");
        }
        let entries = self.sources.iter().enumerate();
        self.entries = entries
            .map(|(id, source)| (source.passage.start.block, SourceId(id)))
            .collect();
    }

    /// Enters a work that was set from a bibliography, which knows best what it is.
    fn enter_reference(&mut self, paper: &Paper, reference: &ListedWork) {
        let index = reference.block.0;
        let text = JoinedText::new(paper, index..index + 1);
        let words = Words::read(text.text(), &text.emphasis, &text.link_ranges());
        let part = 0..words.len();
        let full = reading::read(&words, &part, &text.links).unwrap_or_default();
        let id = self.enter(&text, &words, &part, &full, None);
        let Some(source) = self.sources.get_mut(id.0) else {
            return;
        };
        let work = &reference.work;
        let names = work.makers();
        source.authors = names.iter().map(Name::natural).collect();
        source.head = if names.is_empty() {
            work.title.clone()
        } else {
            source.authors.join(", ")
        };
        source.author_key = if names.is_empty() {
            work.title.to_lowercase()
        } else {
            names
                .iter()
                .map(Name::inverted)
                .collect::<String>()
                .to_lowercase()
        };
        source.dates = work.date.into_iter().collect();
        source.title.clone_from(&work.title);
        source.details = Arc::clone(work);
    }

    fn read_entry(&mut self, paper: &Paper, index: usize) {
        let text = JoinedText::new(paper, index..index + 1);
        let words = Words::read(text.text(), &text.emphasis, &text.link_ranges());
        let part = without_number(&words);
        let Some(mut full) = reading::read_entry(&words, &part, &text.links) else {
            return;
        };
        if !full.same_authors {
            self.enter(&text, &words, &part, &full, None);
            return;
        }
        // "———. *Title*": by whom the entry before is.
        full.names = self.last_names().unwrap_or_default();
        let id = self.enter(&text, &words, &part, &full, None);
        if let Some([.., before, source]) = self.sources.get_mut(..=id.0) {
            source.authors.clone_from(&before.authors);
            if self.reads_details {
                let details = Arc::make_mut(&mut source.details);
                details.authors.clone_from(&before.details.authors);
                details.has_others = before.details.has_others;
            }
        }
    }

    fn last_names(&self) -> Option<Names> {
        let last = self.sources.len().checked_sub(1)?;
        let work = self.index.work_of(SourceId(last))?;
        self.index.names_of(work).cloned()
    }
}

/// Whether a section is a list of references, by its heading.
pub(in super::super) fn is_list(section: &Section) -> bool {
    const MAX_HEADING_WORDS: usize = 4;
    let words = Words::read(&section.title, &[], &[]);
    let is_named = (0..words.len()).any(|at| words.is(at, Class::ReferenceList));
    is_named && words.len() <= MAX_HEADING_WORDS && section.level > 0 && !section.holds_notes
}

fn is_entry(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.is_authors()
}

/// The words of an entry behind "[12]" or "12.".
fn without_number(words: &Words<'_>) -> Range<usize> {
    let start = match words.closing(0) {
        Some(2) if words.is_mark(0, '[') => 3,
        _ if words.is_number(0) && words.is_mark(1, '.') && words.folded(0).len() < 4 => 2,
        _ => 0,
    };
    start..words.len()
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::paper::NoteId;
    use crate::sources::Sources;

    const PAPER: &str = "\
# Text

One[^1] two[^2] three[^3] four[^4]. As Orlandi (2015) shows.

# References

Orlandi, E. P. (2015). *Análise de discurso: princípios*. Campinas: Pontes.

Fiorin, J. L. (1998). *Linguagem e ideologia*. São Paulo: Ática.

———. (2000). *Elementos de análise*. São Paulo: Contexto.

Smith, J. (2019). *The listed book*. Oxford: OUP.

[^1]: ORLANDI, 2015, p. 26.

[^2]: Ibid., p. 42.

[^3]: John Smith, *The listed book* (Oxford: OUP, 2019), 3.

[^4]: Smith 2019, p. 4.
";

    /// In the form of Chicago's bibliographies.
    const CHICAGO: &str = "\
One[^1].

# Bibliography

Hutchinson, Frances, Mary Mellor, and Wendy Olsen. *The Politics of Money: Towards Sustainability*, London: Pluto Press, 2002.

Mellor, Mary. The Future of Money: From Financial Crisis to Public Resource, London: Pluto Press, 2010.

\\_\\_\\_\\_\\_. ‘Money and Gender’, *Feminist Review* 3 (2012): 4–9.

[^1]: Frances Hutchinson, Mary Mellor, and Wendy Olsen, *The Politics of Money: Towards Sustainability*, London: Pluto Press, 2002, p. 3.
";

    #[test]
    fn an_entry_begins_with_a_surname_and_goes_on_with_whole_names() {
        let sources = Sources::read(&parse(CHICAGO).paper);
        let read = |index: usize| {
            let details = &sources.all()[index].details;
            let names = details.authors.iter().map(crate::paper::Name::inverted);
            let names: Vec<String> = names.collect();
            (names.join("; "), details.title.clone())
        };
        let three = "Hutchinson, Frances; Mellor, Mary; Olsen, Wendy";
        assert_eq!(
            read(0),
            (
                three.into(),
                "The Politics of Money: Towards Sustainability".into()
            )
        );
        let unset = "The Future of Money: From Financial Crisis to Public Resource";
        assert_eq!(read(1), ("Mellor, Mary".into(), unset.into()));
        assert_eq!(read(2), ("Mellor, Mary".into(), "Money and Gender".into()));
        assert_eq!(read(3).0, three);
    }

    #[test]
    fn a_work_that_the_list_and_a_note_give_is_one_work() {
        let sources = Sources::read(&parse(CHICAGO).paper);
        let firsts: Vec<usize> = sources.first_of_work().iter().map(|id| id.0).collect();
        assert_eq!(firsts, [0, 1, 2, 0]);
    }

    #[test]
    fn an_entry_is_never_called_what_a_source_of_a_note_is() {
        let paper = parse(&PAPER.replace("^1]", "^R1]").replace("^3]", "^R3]")).paper;
        let sources = Sources::read(&paper);
        let names: Vec<&str> = sources
            .all()
            .iter()
            .map(|source| source.name.as_str())
            .collect();
        assert_eq!(names, ["RR1", "RR2", "RR3", "RR4", "R3"]);
    }

    #[test]
    fn what_no_note_gives_is_found_in_the_list_of_references() {
        let paper = parse(PAPER).paper;
        let sources = Sources::read(&paper);
        let named = |note: usize| -> Vec<&str> {
            let refers = sources.refers_to(NoteId(note)).into_iter();
            refers
                .map(|id| sources.get(id).unwrap().name.as_str())
                .collect()
        };
        assert_eq!(named(0), ["R1"]);
        assert_eq!(named(1), ["R1"]);
        // What a note gives goes before.
        assert_eq!(named(3), ["3"]);
        assert_eq!(sources.mentions().len(), 1);
        let listed = sources.all().iter().filter(|source| source.note.is_none());
        assert_eq!(listed.count(), 4);
    }
}
