//! Which sources of a paper the reader's own bibliography has. A source that could be two entries
//! is said to be neither.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::fold::{are_one_title, bare_address, folded};
use super::{SourceId, SourceKind, Sources, work_of};
use crate::formats::Bibliography;
use crate::paper::{Details, Paper};

/// An entry of the reader's own bibliography that is a source of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEntry {
    /// What the bibliography has of it.
    pub work: Arc<Details>,
    /// By what that is known.
    pub by: MatchedBy,
}

/// By what a source is known to be an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// It is the entry that the citation leads to.
    Key,
    /// Both have the same Digital Object Identifier.
    Doi,
    /// Both have the same number of a book.
    Isbn,
    /// Both have the same address.
    Address,
    /// Both begin on the same page of a collection of judgments.
    Report,
    /// Both have the same first author, year and title.
    Words,
}

impl fmt::Display for MatchedBy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            MatchedBy::Key => "same key",
            MatchedBy::Doi => "same DOI",
            MatchedBy::Isbn => "same ISBN",
            MatchedBy::Address => "same address",
            MatchedBy::Report => "same report",
            MatchedBy::Words => "same author, year and title",
        })
    }
}

impl Sources {
    /// Looks the sources of a paper up in the reader's own bibliography, and the paper itself. Their
    /// fields must have been read.
    pub fn look_up(&mut self, paper: &Paper, bibliography: &Bibliography) {
        let own = OwnIndex::new(bibliography);
        let all = self.all.iter();
        let found = all.map(|source| own.find(&source.details, bibliography));
        self.own = found.collect();
        let found = own.find(&work_of(paper), bibliography);
        self.own_paper = found.map(|entry| entry.work.key.clone());
    }

    /// The entry of the reader's own bibliography that a source is, if it has it for certain.
    #[must_use]
    pub fn own_entry(&self, id: SourceId) -> Option<&OwnEntry> {
        self.own.get(id.0)?.as_ref()
    }

    /// The sources that the reader's own bibliography has, or those that it has not for certain,
    /// with what rests on them; of notes and mentions nothing is kept.
    #[must_use]
    pub fn only_own(self, has: bool) -> Sources {
        let mut uses = self.uses.into_iter();
        let mut own = self.own.into_iter();
        let mut kept = Sources::default();
        for source in self.all {
            let (used, entry) = (uses.next().unwrap_or_default(), own.next().flatten());
            if entry.is_some() == has {
                kept.all.push(source);
                kept.uses.push(used);
                kept.own.push(entry);
            }
        }
        kept
    }

    /// The key that the reader cites a source by, if their own bibliography has it for certain.
    #[must_use]
    pub fn citation_key(&self, id: SourceId) -> Option<&str> {
        self.own_entry(id).map(|own| own.work.key.as_str())
    }

    /// The key that the reader cites the paper itself by, if their own bibliography has it for
    /// certain.
    #[must_use]
    pub fn citation_key_of_paper(&self) -> Option<&str> {
        self.own_paper.as_deref()
    }
}

/// The keys of a bibliography, by what their works may be known by; none where two are the same.
/// The works themselves are read again, for the few that are found.
#[derive(Default)]
struct OwnIndex<'a> {
    by: HashMap<String, Option<&'a str>>,
}

impl<'a> OwnIndex<'a> {
    fn new(bibliography: &'a Bibliography) -> Self {
        let mut index = OwnIndex::default();
        for key in bibliography.keys() {
            let Some(work) = bibliography.get_in_brief(key) else {
                continue;
            };
            for (_, identity) in identities(&work) {
                let known = index.by.entry(identity).or_insert(Some(key));
                // An address or a title that two entries have tells neither.
                if *known != Some(key) {
                    *known = None;
                }
            }
        }
        index
    }

    fn find(&self, details: &Details, bibliography: &Bibliography) -> Option<OwnEntry> {
        let own_key = (MatchedBy::Key, details.key.as_str());
        let known = identities(details);
        let known = known.iter().filter_map(|(by, identity)| {
            let key = (*self.by.get(identity)?)?;
            Some((*by, key))
        });
        let mut found = std::iter::once(own_key)
            .chain(known)
            .filter_map(|(by, key)| {
                let work = bibliography.get(key)?;
                agrees(by, details, &work).then(|| OwnEntry {
                    work: Arc::new(work),
                    by,
                })
            });
        found.next()
    }
}

/// Whether nothing that both say of a work speaks against its being the same.
fn agrees(by: MatchedBy, one: &Details, other: &Details) -> bool {
    let years = match (one.date, other.date) {
        (Some(one), Some(other)) => one.year.abs_diff(other.year) <= 1,
        _ => true,
    };
    let titles = || are_one_title(&one.title, &other.title);
    match by {
        MatchedBy::Doi | MatchedBy::Words => true,
        // A chapter has the number of its book.
        MatchedBy::Isbn => years && titles() && one.kind.is_in_book() == other.kind.is_in_book(),
        MatchedBy::Key | MatchedBy::Address | MatchedBy::Report => years && titles(),
    }
}

/// What a work may be known by, the surest first.
pub(super) fn identities(work: &Details) -> Vec<(MatchedBy, String)> {
    let mut all = Vec::new();
    if !work.doi.is_empty() {
        all.push((MatchedBy::Doi, format!("doi {}", work.doi.to_lowercase())));
    }
    let isbn: String = work
        .isbn
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    // Nine figures of a number are the same in its old and its new form.
    let body = match isbn.len() {
        13 => isbn.get(3..12),
        10 => isbn.get(..9),
        _ => None,
    };
    all.extend(body.map(|body| (MatchedBy::Isbn, format!("isbn {body}"))));
    let address = bare_address(&work.url);
    if address.contains('/') {
        all.push((MatchedBy::Address, format!("url {address}")));
    }
    all.extend(report_of(work).map(|report| (MatchedBy::Report, report)));
    let title = folded(&work.title);
    let maker = work.makers().first().or_else(|| work.translators.first());
    if let (Some(date), Some(maker)) = (work.date, maker)
        && title.len() >= SHORTEST_TITLE
    {
        // "De Jong" may be called "Jong", and "Mayke De Jong" stand unparted.
        let family = maker.family().split_whitespace().next_back();
        let family = folded(family.unwrap_or_default());
        let words = format!("words {family} {} {title}", date.year);
        all.push((MatchedBy::Words, words));
    }
    all
}

/// Where the report of a judgment begins, as in "600 U.S. 181".
fn report_of(work: &Details) -> Option<String> {
    let is_report = work.kind == SourceKind::Judgment && !work.reporter.is_empty();
    let page = work.pages.split(|char: char| !char.is_ascii_digit()).next();
    let page = page.filter(|page| is_report && !page.is_empty() && !work.volume.is_empty())?;
    let (volume, reporter) = (&work.volume, folded(&work.reporter));
    Some(format!("report {volume} {reporter} {page}"))
}

/// Shorter titles, in bytes, tell no work.
const SHORTEST_TITLE: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    const BIB: &str = "\
        @book{own1, author = {Smith, Jane}, title = {The first book of notes}, year = 2019, file = {a.pdf}}\
        @article{own2, author = {Doe, Jo}, title = {Another}, year = 2020, doi = {10.1234/ABC}}\
        @book{own3, author = {Roe, Al}, title = {Twice the same title}, year = 2001}\
        @book{own4, author = {Roe, Al}, title = {Twice the same title}, year = 2001}\
        @online{own5, title = {Other}, author = {Poe, E}, year = 1990, url = {https://example.org/page/}}\
        @book{own6, title = {Wortkonkordanz zum Decretum}, editor = {Reuter, Timothy and Silagi, Gabriel}, year = 1990}\
        @book{own7, title = {The penitential state}, author = {De Jong, Mayke}, year = 2009}";

    #[test]
    fn a_source_is_known_by_identifiers_else_by_author_year_and_title() {
        let paper = parse(
            "1[^1] 2[^2] 3[^3] 4[^4] 5[^5] 6[^6] 7[^7].\n\n\
             [^1]: Jane Smith, *The First Book of Notes* (Oxford: OUP, 2019), 3.\n\n\
             [^2]: Jo Doe, “A Title,” *Review* 3 (2020): 1–9, https://doi.org/10.1234/abc.\n\n\
             [^3]: Al Roe, *Twice the Same Title* (Oxford: OUP, 2001).\n\n\
             [^4]: Jane Smith, *The Second Book of Notes* (Oxford: OUP, 2019).\n\n\
             [^5]: E. Poe, “Something Else Again,” 2015, https://example.org/page.\n\n\
             [^6]: Timothy Reuter and Gabriel Silagi, eds., *Wortkonkordanz zum Decretum* (München: MGH, 1990).\n\n\
             [^7]: Mayke De Jong, *The Penitential State* (Cambridge: CUP, 2009).\n",
        )
        .paper;
        let mut sources = Sources::read(&paper);
        let mut own = Bibliography::default();
        own.add("a.bib", BIB.as_bytes()).unwrap();
        sources.look_up(&paper, &own);
        let found: Vec<Option<(&str, MatchedBy)>> = (0..7)
            .map(|id| {
                let own = sources.own_entry(SourceId(id))?;
                Some((own.work.key.as_str(), own.by))
            })
            .collect();
        assert_eq!(
            found,
            [
                Some(("own1", MatchedBy::Words)),
                Some(("own2", MatchedBy::Doi)),
                None,
                None,
                None,
                Some(("own6", MatchedBy::Words)),
                Some(("own7", MatchedBy::Words)),
            ]
        );
        assert_eq!(sources.citation_key(SourceId(0)), Some("own1"));
        assert_eq!(sources.citation_key(SourceId(2)), None);
        assert_eq!(sources.citation_key_of_paper(), None);
    }

    #[test]
    fn a_short_doi_in_an_address_is_that_of_the_library() {
        let note =
            "D. Cousineau, “Error Bars,” *Methods* 46 (2014): 1–9, https://doi.org/10/f6vdsw.";
        let paper = parse(&format!("1[^1].\n\n[^1]: {note}\n")).paper;
        let mut sources = Sources::read(&paper);
        let mut own = Bibliography::default();
        let entry = "@article{c, title = {Error bars in designs}, year = 2014, doi = {10/F6vdsw}}";
        own.add("a.bib", entry.as_bytes()).unwrap();
        sources.look_up(&paper, &own);
        let found = sources.own_entry(SourceId(0));
        assert_eq!(found.map(|own| own.by), Some(MatchedBy::Doi));
    }

    #[test]
    fn the_paper_itself_is_known_as_a_source_is() {
        let front = "title: The first book of notes\nauthor: Jane Smith\ndate: 2019";
        let paper = parse(&format!("---\n{front}\n---\n\nText.\n")).paper;
        let mut sources = Sources::read(&paper);
        let mut own = Bibliography::default();
        own.add("a.bib", BIB.as_bytes()).unwrap();
        sources.look_up(&paper, &own);
        assert_eq!(sources.citation_key_of_paper(), Some("own1"));
    }
}
