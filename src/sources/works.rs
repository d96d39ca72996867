//! Works that several papers cite: which source of one paper is which of another, for certain or not
//! at all.
//!
//! Two sources are one work if something that tells a work is the same in both, a DOI, an ISBN, an
//! address, where a judgment is reported, or the first author, year and title, and nothing that both
//! say speaks against it. What could be two works is none of them, and stays alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fold::{are_one_title, folded};
use super::own::{MatchedBy, identities};
use super::{Date, Details, Name, Source, SourceId, SourceKind, Sources};

/// The fewest words of a title that tell a work together with its author and year: an
/// "Introduction" there may be in each of an author's books.
const MIN_TITLE_WORDS: usize = 3;

/// What so many works share, as the address of a whole archive may be given for each of its
/// documents, tells none of those that come after them.
const MAX_SHARING: usize = 200;

/// A work, and the papers that cite it.
#[derive(Debug, Clone)]
pub struct SharedWork {
    /// The fullest of the citations.
    pub source: Source,
    /// The citations, in the order in which the papers were taken in.
    pub citings: Vec<PaperCitation>,
}

/// One paper's citation of a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCitation {
    /// The number of the paper, as it was taken in.
    pub paper: usize,
    /// Which of that paper's sources it is.
    pub source: SourceId,
    /// What the source is called there, as `8a` or `R3`.
    pub name: String,
}

/// The works that papers cite.
#[derive(Debug, Default)]
pub struct SharedWorks {
    all: Vec<SharedWork>,
}

/// Gathers the works that papers cite.
#[derive(Debug, Default)]
pub struct WorkGatherer {
    all: Vec<SharedWork>,
    /// Works by what may tell them.
    by: HashMap<String, Vec<usize>>,
}

impl SharedWork {
    /// The papers that cite it, each once.
    #[must_use]
    pub fn papers(&self) -> BTreeSet<usize> {
        self.citings.iter().map(|citing| citing.paper).collect()
    }

    /// What it is called in each paper that cites it.
    #[must_use]
    pub fn names_by_paper(&self) -> BTreeMap<usize, Vec<&str>> {
        let mut by_paper: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for citing in &self.citings {
            by_paper.entry(citing.paper).or_default().push(&citing.name);
        }
        by_paper
    }
}

impl Source {
    /// What [`work_keys`] gives of its fields, which must have been read.
    #[must_use]
    pub fn work_keys(&self) -> Vec<u64> {
        work_keys(&self.details)
    }
}

impl Sources {
    /// For each source the first one that is the same work, for certain: a work may be given in full
    /// by the list of references and by notes. One that has a key of a bibliography is itself. The
    /// sources' fields must have been read.
    #[must_use]
    pub fn first_of_work(&self) -> Vec<SourceId> {
        let mut works = WorkGatherer::default();
        let mut firsts: Vec<SourceId> = (0..self.all.len()).map(SourceId).collect();
        let bare = self.all.iter().zip(&firsts);
        for (source, id) in bare.filter(|(source, _)| source.details.key.is_empty()) {
            let citing = PaperCitation {
                paper: 0,
                source: *id,
                name: String::new(),
            };
            works.add(source, citing);
        }
        for work in works.finish().all() {
            let first = work.citings.iter().map(|citing| citing.source).min();
            for citing in &work.citings {
                if let (Some(place), Some(first)) = (firsts.get_mut(citing.source.0), first) {
                    *place = first;
                }
            }
        }
        firsts
    }
}

/// Numbers of which two sources share one if they are one work; those that do need not be one. The
/// same with every build of opcit.
#[must_use]
pub fn work_keys(details: &Details) -> Vec<u64> {
    let known = telling(details);
    known.map(|(_, identity)| text_key(&identity)).collect()
}

/// A number that stands for a text: the same with every build of opcit.
pub(crate) fn text_key(text: &str) -> u64 {
    let hash = *blake3::hash(text.as_bytes()).as_bytes();
    hash.first_chunk()
        .map_or(0, |first| u64::from_le_bytes(*first))
}

impl WorkGatherer {
    /// Takes in a source of a paper, as one that is known already or as a new one. The source's
    /// fields must have been read.
    pub fn add(&mut self, source: &Source, citing: PaperCitation) {
        let sharing = |identity: &String| self.by.get(identity).map_or(&[][..], Vec::as_slice);
        let known = telling(&source.details);
        let known = known.filter(|(_, identity)| sharing(identity).len() <= MAX_SHARING);
        let identities: Vec<_> = known.collect();
        let mut same = BTreeSet::new();
        for (by, identity) in &identities {
            for &work in sharing(identity) {
                let other = self.all.get(work).map(|work| &work.source.details);
                if other.is_some_and(|other| is_same(*by, &source.details, other)) {
                    same.insert(work);
                }
            }
        }
        let at = match (same.pop_first(), same.is_empty()) {
            (Some(only), true) => only,
            _ => {
                self.all.push(SharedWork {
                    source: source.clone(),
                    citings: Vec::new(),
                });
                self.all.len() - 1
            }
        };
        if let Some(work) = self.all.get_mut(at) {
            work.citings.push(citing);
            if fullness(&source.details) > fullness(&work.source.details) {
                work.source = source.clone();
            }
        }
        for (_, identity) in identities {
            let works = self.by.entry(identity).or_default();
            if !works.contains(&at) {
                works.push(at);
            }
        }
    }

    /// The works that were taken in.
    #[must_use]
    pub fn finish(self) -> SharedWorks {
        SharedWorks { all: self.all }
    }
}

impl SharedWorks {
    /// The works, in the order in which they were first cited.
    #[must_use]
    pub fn all(&self) -> &[SharedWork] {
        &self.all
    }

    /// Leaves only works for which something holds.
    pub fn retain(&mut self, holds: impl FnMut(&SharedWork) -> bool) {
        self.all.retain(holds);
    }

    /// Numbers the papers that cite one of the works anew, in their order, and returns the numbers
    /// that they had, ascending.
    pub fn renumber_papers(&mut self) -> Vec<usize> {
        let citings = self.all.iter().flat_map(|work| &work.citings);
        let mut numbers: Vec<usize> = citings.map(|citing| citing.paper).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for citing in self.all.iter_mut().flat_map(|work| &mut work.citings) {
            if let Ok(number) = numbers.binary_search(&citing.paper) {
                citing.paper = number;
            }
        }
        numbers
    }

    /// The works as the sources of one list, each once, to be written for other programs. What cites
    /// them is not kept.
    #[must_use]
    pub fn as_sources(&self) -> Sources {
        Sources {
            all: self.all.iter().map(|work| work.source.clone()).collect(),
            ..Sources::default()
        }
    }
}

/// What is enough to tell a work of what it may be known by.
fn telling(work: &Details) -> impl Iterator<Item = (MatchedBy, String)> {
    let known = identities(work).into_iter();
    known.filter(|(by, _)| tells(*by, work))
}

/// Whether it is enough to tell a work.
fn tells(by: MatchedBy, details: &Details) -> bool {
    match by {
        MatchedBy::Key => false,
        MatchedBy::Doi => true,
        MatchedBy::Isbn | MatchedBy::Address | MatchedBy::Report => !details.title.is_empty(),
        MatchedBy::Words => words_of(&details.title) >= MIN_TITLE_WORDS,
    }
}

fn words_of(title: &str) -> usize {
    let words = title.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty()).count()
}

/// Whether two sources that share something are the same work, going by all that both say.
fn is_same(by: MatchedBy, one: &Details, other: &Details) -> bool {
    let differ = |one: &str, other: &str| {
        !one.is_empty() && !other.is_empty() && !folded(one).eq(&folded(other))
    };
    let years = |most: u16| match (one.date, other.date) {
        (Some(one), Some(other)) => one.year.abs_diff(other.year) <= most,
        _ => true,
    };
    let letters = match (one.date, other.date) {
        // "2021a" and "2021b" of one author; in another paper the letters may be others.
        (Some(one), Some(other)) => one.year == other.year || one.letter == other.letter,
        _ => true,
    };
    let titles = are_one_title(&one.title, &other.title);
    let kinds =
        one.kind.is_in_book() == other.kind.is_in_book() || is_unknown(one) || is_unknown(other);
    let people = agree(&one.authors, &other.authors);
    match by {
        MatchedBy::Key => false,
        // A DOI may be mistyped, or stand with the wrong source.
        MatchedBy::Doi => titles || (years(0) && people),
        _ if differ(&one.doi, &other.doi) || differ(&one.number, &other.number) => false,
        // A reporter's two reports of a year may be called the same.
        _ if are_apart(one.date, other.date) => false,
        MatchedBy::Isbn | MatchedBy::Address => years(1) && titles && kinds && people,
        // Orders may begin on one page.
        MatchedBy::Report => years(0) && titles,
        MatchedBy::Words => {
            letters
                && people
                && kinds
                && !differ(&one.edition, &other.edition)
                && !differ(&one.volume, &other.volume)
                && !differ(&one.issue, &other.issue)
        }
    }
}

/// Whether two days are more than a week from each other; what is printed may be on the web a few days
/// before or after.
fn are_apart(one: Option<Date>, other: Option<Date>) -> bool {
    let day = |date: Date| {
        let (month, day) = (date.month?, date.day?);
        Some((u32::from(date.year) * 12 + u32::from(month)) * 31 + u32::from(day))
    };
    match (one.and_then(day), other.and_then(day)) {
        (Some(one), Some(other)) => one.abs_diff(other) > 7,
        _ => false,
    }
}

fn is_unknown(work: &Details) -> bool {
    work.kind == SourceKind::Unknown
}

/// Whether the first authors may be the same: their surnames agree, and the initials where both have
/// given names.
fn agree(one: &[Name], other: &[Name]) -> bool {
    let (Some(one), Some(other)) = (one.first(), other.first()) else {
        return true;
    };
    let initial = |name: &Name| match name {
        Name::Person { given, .. } => folded(given).chars().next(),
        Name::Whole(_) => None,
    };
    let given = match (initial(one), initial(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    given && folded(one.family()) == folded(other.family())
}

/// How much a source says.
fn fullness(details: &Details) -> usize {
    let said = [
        &details.title,
        &details.container,
        &details.volume,
        &details.issue,
        &details.pages,
        &details.publisher,
        &details.place,
        &details.doi,
        &details.isbn,
        &details.url,
    ];
    let people = usize::from(!details.authors.is_empty());
    let dated = usize::from(details.date.is_some());
    said.iter().filter(|field| !field.is_empty()).count() + people + dated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    /// How many works two papers cite, each with one note, and how many both do.
    #[track_caller]
    fn check(one: &str, other: &str, is_one: bool) {
        let mut works = WorkGatherer::default();
        for (paper, note) in [one, other].iter().enumerate() {
            let paper_read = parse(&format!("Text.[^1]\n\n[^1]: {note}\n")).paper;
            let sources = Sources::read(&paper_read);
            assert_eq!(sources.all().len(), 1, "{note}");
            for source in sources.all() {
                let citing = PaperCitation {
                    paper,
                    source: SourceId(0),
                    name: source.name.clone(),
                };
                works.add(source, citing);
            }
        }
        let works = works.finish();
        let counts: Vec<_> = works.all().iter().map(|work| work.papers().len()).collect();
        let expected = if is_one { vec![2] } else { vec![1, 1] };
        assert_eq!(counts, expected, "{one}\n{other}");
    }

    const PEDERSEN: &str =
        "Susan Pedersen, “Back to the League,” *American Review* 112, no. 4 (2007): 91–117.";

    #[test]
    fn a_work_is_the_same_in_two_papers_by_author_year_and_title() {
        check(
            PEDERSEN,
            "S. Pedersen, “Back to the League,” *American Review* 112 (2007): 99.",
            true,
        );
        check(PEDERSEN, PEDERSEN, true);
    }

    #[test]
    fn another_author_year_or_title_is_another_work() {
        for other in [
            "Susan Pedersen, “Back to the League,” *American Review* 110, no. 4 (2005): 91–117.",
            "Jane Pedersen, “Back to the League,” *American Review* 112, no. 4 (2007): 91–117.",
            "Susan Pedersen, “Back to the Nations,” *American Review* 112, no. 4 (2007): 91–117.",
            "Susan Pedersen, “Back to the League,” *American Review* 112, no. 3 (2007): 1–17.",
        ] {
            check(PEDERSEN, other, false);
        }
    }

    #[test]
    fn two_reports_of_one_name_and_year_are_two_works() {
        let report = |number: &str, day: &str| {
            format!(
                "Karima Bennoune, *Report of the Special Rapporteur in the Field of Cultural \
                 Rights*, UN doc. {number}, {day}."
            )
        };
        let first = report("A/HRC/31/59", "3 February 2016");
        check(&first, &report("A/71/317", "9 August 2016"), false);
        check(&first, &report("A/HRC/31/59", "3 February 2016"), true);
    }

    #[test]
    fn an_article_is_the_same_in_print_and_on_the_web_a_day_before() {
        let article = |day: &str| {
            format!("Lily Kuo, “New Evidence of a Mission to Raze,” *Guardian*, {day} May 2019.")
        };
        check(&article("7"), &article("6"), true);
    }

    #[test]
    fn a_judgment_is_the_same_where_its_report_is() {
        let loving = "Loving v. Virginia, 388 U.S. 1 (1967).";
        check(loving, "*Loving v. Virginia*, 388 U.S. 1, 12 (1967).", true);
        check(loving, "See Loving v. Virginia, 388 U.S. 1 (1967).", true);
        for other in [
            "Loving v. Virginia, 147 S.E.2d 78 (Va. 1966).",
            "Loving v. Virginia, 388 U.S. 11 (1967).",
            "Walker v. City of Birmingham, 388 U.S. 1 (1967).",
        ] {
            check(loving, other, false);
        }
    }

    #[test]
    fn a_short_title_tells_no_work() {
        let other = "Jane Smith, *Introduction* (Oxford: OUP, 2019), p. 12.";
        check(other, other, false);
    }

    #[test]
    fn a_doi_tells_a_work_whatever_its_form() {
        check(
            "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), https://doi.org/10.1234/ABC.5.",
            "Smith, *The Notes of Others*, 2020, doi:10.1234/abc.5.",
            true,
        );
        check(
            "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), https://doi.org/10.1234/abc.5.",
            "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), https://doi.org/10.1234/abc.6.",
            false,
        );
    }

    #[test]
    fn a_wrong_doi_does_not_join_two_works() {
        check(
            "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), https://doi.org/10.1234/abc.5.",
            "Al Roe, *Gardens in the North* (Berlin: Holm, 1990), https://doi.org/10.1234/abc.5.",
            false,
        );
    }

    #[test]
    fn an_address_that_hundreds_of_works_share_tells_none() {
        let document = |number: usize| {
            let note =
                format!("Jane Smith, “Document {number:04},” https://example.org/archive/all.");
            let paper = parse(&format!("Text.[^1]\n\n[^1]: {note}\n")).paper;
            Sources::read(&paper).all()[0].clone()
        };
        let papers_that_cite_both = |documents: usize| {
            let mut works = WorkGatherer::default();
            let numbers = (0..documents).map(|number| (0, number));
            for (paper, number) in numbers.chain([(1, documents - 1)]) {
                let citing = PaperCitation {
                    paper,
                    source: SourceId(number),
                    name: String::new(),
                };
                works.add(&document(number), citing);
            }
            let works = works.finish();
            works
                .all()
                .iter()
                .filter(|it| it.papers().len() == 2)
                .count()
        };
        assert_eq!(papers_that_cite_both(10), 1);
        assert_eq!(papers_that_cite_both(300), 0);
    }

    #[test]
    fn an_address_tells_a_work_only_with_its_title() {
        let page = |title: &str| {
            format!("Jane Smith, “{title},” 3 May 2021, https://example.org/papers/all.html.")
        };
        check(
            &page("On the Uses of Notes"),
            &page("On the Uses of Notes"),
            true,
        );
        check(
            &page("On the Uses of Notes"),
            &page("On the Abuses of Text"),
            false,
        );
    }
}
