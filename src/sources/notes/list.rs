//! The list of references at the end of a paper: its entries are sources, for what no note gives.

mod place;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::paper::{Block, BlockId, Kind, ListedWork, Name, Paper};

use super::super::SourceId;
use super::super::date;
use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::mention;
use super::super::names::Names;
use super::super::reading;
use super::super::text::JoinedText;
use super::super::words::Words;
use super::NotesRead;

pub(in super::super) use place::lists;

impl NotesRead {
    /// Reads the entries of the lists of references.
    pub(super) fn read_list(&mut self, paper: &Paper) {
        for reference in &paper.references {
            self.enter_reference(paper, reference);
        }
        let set: HashSet<usize> = paper.references.iter().map(|one| one.block.0).collect();
        for list in lists(paper) {
            let is_unset = |index: usize| !set.contains(&index) && index < list.end;
            let is_entry =
                |index: usize| is_unset(index) && paper.blocks.get(index).is_some_and(is_entry);
            let mut author = None;
            let mut index = list.start;
            while index < list.end {
                let mut end = index + 1;
                if is_entry(index) {
                    while is_entry(end) && goes_on(paper, end) {
                        end += 1;
                    }
                    self.read_entries(paper, index..end, &mut author);
                }
                index = end;
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
        let mut several = HashSet::new();
        for (id, source) in self.sources.iter().enumerate() {
            let block = source.passage.start.block;
            if self.entries.insert(block, SourceId(id)).is_some() {
                several.insert(block);
            }
        }
        // Nobody can tell which of them a link there means.
        self.entries.retain(|block, _| !several.contains(block));
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

    /// Reads a paragraph, or several that are one: it may hold more than one entry. `author` is who
    /// the entry before is by, if that is known.
    fn read_entries(&mut self, paper: &Paper, blocks: Range<usize>, author: &mut Option<Names>) {
        let text = JoinedText::new(paper, blocks);
        let words = Words::read(text.text(), &text.emphasis, &text.link_ranges());
        let mut part = without_number(&words);
        while !part.is_empty() {
            let end = part
                .clone()
                .find(|at| *at > part.start && begins_entry(&words, &part, *at))
                .unwrap_or(part.end);
            self.read_entry(&text, &words, part.start..end, author);
            part.start = end;
        }
    }

    fn read_entry(
        &mut self,
        text: &JoinedText,
        words: &Words<'_>,
        part: Range<usize>,
        author: &mut Option<Names>,
    ) {
        let title = behind_dash(words, part.start);
        let part = title.unwrap_or(part.start)..part.end;
        // "(1984), “A Title”" is by the same author too.
        let is_same =
            title.is_some() && !begins_with_others(words, &part) || words.is_mark(part.start, '(');
        let Some(mut full) = reading::read_entry(words, &part, &text.links, is_same) else {
            if !is_same {
                *author = None;
            }
            return;
        };
        if full.same_authors {
            // "———. *Title*": by whom the entry before is.
            full.names = author.clone().unwrap_or_default();
        }
        let id = self.enter(text, words, &part, &full, None);
        if !full.same_authors {
            let is_known = title.is_none() && !full.names.is_empty();
            *author = is_known.then(|| full.names.clone());
        } else if author.is_some() {
            self.take_authors_before(id);
        }
    }

    fn take_authors_before(&mut self, id: SourceId) {
        if let Some([.., before, source]) = self.sources.get_mut(..=id.0) {
            source.authors.clone_from(&before.authors);
            if self.reads_details {
                let details = Arc::make_mut(&mut source.details);
                details.authors.clone_from(&before.details.authors);
                details.has_others = before.details.has_others;
            }
        }
    }
}

/// Whether a text says a year.
fn says_year(text: &str) -> bool {
    mention::has_four_digits(text) && {
        let words = Words::read(text, &[], &[]);
        (0..words.len()).any(|at| date::year(&words, at).is_some())
    }
}

fn is_entry(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.is_authors()
}

/// Whether a paragraph goes on with the entry that the one before breaks off: that one ends in the
/// midst of a sentence, and this one is no entry of its own.
fn goes_on(paper: &Paper, index: usize) -> bool {
    let text = |index: usize| {
        paper
            .block(BlockId(index))
            .map_or("", |block| block.text.trim())
    };
    let (before, this) = (text(index.wrapping_sub(1)), text(index));
    let is_open =
        before.ends_with([',', '-']) || !before.ends_with(['.', ')', ']']) && !says_year(before);
    // A heading says no author and title.
    let says_author = before.contains(',') || before.starts_with(['—', '–', '_']);
    let is_heading = !says_author || before.ends_with(':');
    let begins_anew = this.starts_with([',', '(', '[', '—', '–', '_']);
    is_open && !is_heading && !begins_anew && says_year(this)
}

/// Whether another entry begins here in the same paragraph: "1970. , *Title*", "1993. Colom,
/// Francisco, “Title”".
fn begins_entry(words: &Words<'_>, part: &Range<usize>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let is_over = words.is_one_of_marks(before, &['.', ')']) && words.is_outside(at);
    let is_dated =
        words.is_mark(before, '.') && date::year(words, before.wrapping_sub(1)).is_some();
    if !is_over {
        return false;
    }
    if words.is_mark(at, ',') {
        return is_dated && words.is_set_off(at + 1);
    }
    let elements = Elements::read(words, at, words.len());
    let [surname, given, ..] = elements.list.as_slice() else {
        return false;
    };
    let is_inverted = given.after_comma && surname.words.len() <= 3 && given.words.len() <= 3;
    words.is_capital(at)
        && is_inverted
        && elements.title_of_persons(words).is_some()
        && says_all(words, part.start..before)
}

/// Whether words may be a whole entry: they say a year or end in pages, and no "in ed." leads to
/// whoever is named behind them.
fn says_all(words: &Words<'_>, entry: Range<usize>) -> bool {
    let last = entry.end.wrapping_sub(1);
    let mut said = entry.clone().filter(|at| !words.is_set_off(*at));
    let is_dated = said.any(|at| date::year(words, at).is_some());
    let is_led = if words.is_mark(entry.end, ')') {
        let open = entry
            .clone()
            .rev()
            .find(|at| words.closing(*at) == Some(entry.end));
        let mut within = open.unwrap_or(entry.start)..entry.end;
        within.any(|at| leads_to_names(words, at))
    } else {
        words.is_small(last) || leads_to_names(words, last)
    };
    (is_dated || words.is_number(last)) && !is_led
}

fn leads_to_names(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Editors) || words.is(at, Class::TranslatedBy)
}

/// Where the title begins of an entry that has a dash in place of its author, or the comma behind
/// one that is drawn as a line and is no letter of the text.
fn behind_dash(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_dash = |at: &usize| words.is_one_of_marks(*at, &['—', '–', '_', '-']);
    let dashes = (at..words.len()).take_while(is_dash).count();
    let next = at + dashes;
    words.is_mark(next, ',').then_some(next + 1)
}

/// ", Ulrich Rödel and Günther Frankenberg, *Title*": others stand beside the author before.
fn begins_with_others(words: &Words<'_>, part: &Range<usize>) -> bool {
    let elements = Elements::read(words, part.start, part.end);
    elements.title_of_persons(words).is_some()
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
        assert_eq!(names, ["RR1", "RR2", "RR3", "RR4", "3"]);
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

    #[test]
    fn an_entry_may_have_several_given_names_and_a_day_of_access_in_short() {
        let paper = "One[^1] two[^2].\n\n# REFERÊNCIAS\n\n\
            COSTA, Geraldo Eulálio do Nascimento. **Direito Ambiental**. 2ª ed. Rio de Janeiro: Thex Editora, 2002.\n\n\
            BRASIL. **Lei nº 1**. Disponível em: <https://example.org/1>. Acesso em: 20 abr. 2025.\n\n\
            [^1]: Cf. COSTA, 2002, p. 28.\n\n[^2]: BRASIL, 2025.\n";
        let sources = Sources::read(&parse(paper).paper);
        let refers = [0, 1].map(|note| sources.refers_to(NoteId(note)));
        assert_eq!(refers, [vec![crate::sources::SourceId(0)], Vec::new()]);
    }

    #[test]
    fn an_entry_says_in_brackets_what_it_is_called_and_when() {
        let paper = "One[^1] two[^2] three[^3] four[^4].\n\n# Literaturverzeichnis\n\n\
            Becker, Joel, Rush, Nate, Barnes, Beth (Frühe Tees, 2025): Wie Tee die Arbeit trägt, Basel: Lamm, 2025\n\n\
            Shen, Judy, Tamkin, Alex (Teeküche, 2026): Die Küche der Ämter, in: Tee Digital, 23. Jg. (2026), Heft 4, S. 7–9\n\n\
            Preuß, Jörg (Agiler Tee, 2020): Agiler Tee im Umfeld, 2. Aufl., Freiburg: Haube, 2020\n\n\
            [^1]: Vgl. Becker, J. et al., Frühe Tees, 2025, S. 2; Preuß, J., Agiler Tee, 2020, S. 93.\n\n\
            [^2]: Vgl. ebd., S. 13.\n\n[^3]: Vgl. Shen, J., Tamkin, A., Teeküche, 2026, S. 4.\n\n\
            [^4]: Vgl. Shen, J., Tamkin, A., Teeküche, 2025, S. 4.\n";
        let sources = Sources::read(&parse(paper).paper);
        let refers = |note| {
            let refers = sources.refers_to(NoteId(note)).into_iter();
            refers.map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(
            [refers(0), refers(1), refers(2)],
            [vec![0, 2], vec![], vec![1]]
        );
        assert_eq!(refers(3), Vec::<usize>::new());
        let first = &sources.all()[0];
        assert_eq!(first.title, "Wie Tee die Arbeit trägt");
        assert_eq!(
            first.authors,
            ["Becker, Joel", "Rush, Nate", "Barnes, Beth"]
        );
        let families = first
            .details
            .authors
            .iter()
            .map(crate::paper::Name::natural);
        assert_eq!(
            families.collect::<Vec<_>>(),
            ["Joel Becker", "Nate Rush", "Beth Barnes"]
        );
        let second = &sources.all()[1].details;
        assert_eq!(
            (second.container.as_str(), second.volume.as_str()),
            ("Tee Digital", "23")
        );
        assert_eq!(first.dates[0].year, 2025);
    }

    #[test]
    fn two_surnames_have_an_initial_behind_them() {
        let paper = "One[^1].\n\n# Bibliografía\n\n\
            Ruiz Vega, Á., «El derecho a la siesta», Diario, núm. 10500 (2024), pp. 1–8.\n\n[^1]: RUIZ VEGA, op. cit., p. 3.\n";
        let sources = Sources::read(&parse(paper).paper);
        assert_eq!(sources.refers_to(NoteId(0)).len(), 1);
        let first = &sources.all()[0];
        assert_eq!(first.title, "«El derecho a la siesta»");
        assert_eq!(first.authors, ["Ruiz Vega, Á."]);
    }

    /// As a PDF gives it that draws the dashes as lines, and breaks entries in two.
    const DRAWN: &str = "\
One[^1] two[^2] three[^3] four[^4] five[^5].

# Bibliography

Ruiz, Ana, *La primera ciudad*, Madrid, Alianza, 1985.

, *La segunda ciudad*, Madrid, Alianza, 1992a. , *La tercera ciudad*, Madrid, Fondo de Cul-

tura, 1992b. Vega, Luis, *Otra ciudad*, Lima, Siglo, 1970.

(1999), “La cuarta ciudad”, en *Revista de Lima* 3, 1999, pp. 1–9.

An entry that is none, and says no year.

, *De nadie*, Madrid, Alianza, 1967.

[^1]: Ruiz, op. cit., 1985, p. 3.

[^2]: Ruiz, op. cit., 1992b, p. 3.

[^3]: Vega, op. cit., 1970, p. 3.

[^4]: Vega, op. cit., 1967, p. 3.

[^5]: Ruiz, op. cit., 1967, p. 3.
";

    #[test]
    fn whoever_edits_the_book_around_an_entry_begins_no_other() {
        let leads = ["in ed. ", "in (ed.) ", "in: Hrsg. "];
        for (lead, year) in leads
            .iter()
            .flat_map(|lead| [(lead, ""), (lead, " (1999)")])
        {
            let paper = format!(
                "One[^1].\n\n# Bibliography\n\n\
                Roe, Jane{year}, “A Chapter on Doors”, {lead}Smith, John, *The Book of Doors*, \
                London, Verso, 1999.\n\n[^1]: Roe, op. cit., p. 3.\n"
            );
            let sources = Sources::read(&parse(&paper).paper);
            assert_eq!(sources.all().len(), 1, "{lead}{year}");
            assert_eq!(sources.refers_to(NoteId(0)).len(), 1, "{lead}{year}");
        }
    }

    #[test]
    fn an_entry_that_says_its_author_by_dashes_goes_on_where_a_page_broke_it() {
        let torn = CHICAGO.replace(
            "‘Money and Gender’, *Feminist Review* 3 (2012): 4–9.",
            "‘Money and Gender.’ In *The Origins of*\n\n*Wealth*. London: Pluto Press, 2012.",
        );
        let sources = Sources::read(&parse(&torn).paper);
        let text = &sources.all()[2].text;
        assert!(text.ends_with("London: Pluto Press, 2012."), "{text}");
    }

    #[test]
    fn an_entry_behind_a_drawn_line_is_by_the_author_before_or_by_nobody() {
        let sources = Sources::read(&parse(DRAWN).paper);
        let all: Vec<(String, &str)> = sources
            .all()
            .iter()
            .map(|source| (source.authors.join(" "), source.title.as_str()))
            .collect();
        let expected = [
            ("Ruiz Ana", "La primera ciudad"),
            ("Ruiz Ana", "La segunda ciudad"),
            ("Ruiz Ana", "La tercera ciudad"),
            ("Vega Luis", "Otra ciudad"),
            ("Vega Luis", "“La cuarta ciudad”"),
            ("", "De nadie"),
        ];
        let expected = expected.map(|(author, title)| (author.to_owned(), title));
        assert_eq!(all, expected);
        let refers = |note: usize| sources.refers_to(NoteId(note));
        let ids = [0, 2, 3].map(crate::sources::SourceId);
        assert_eq!([refers(0), refers(1), refers(2)].concat(), ids);
        assert_eq!([refers(3), refers(4)].concat(), []);
    }
}
