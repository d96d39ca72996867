//! The works that have been cited in full so far, by name and year.

use std::collections::{HashMap, HashSet};

use super::SourceId;
use super::date::Date;
use super::fold::stem;
use super::names::Names;
use super::reading::Full;

/// A work, and every source that gives it.
#[derive(Debug)]
pub(super) struct Work {
    names: Names,
    aliases: Vec<Names>,
    dates: Vec<Date>,
    title: String,
    /// The title of the book that it stands in; empty if there is none.
    book: String,
    /// Whether only the list of references gives it: then it is meant by what no note gives.
    is_listed: bool,
    /// In reading order; never empty.
    pub(super) sources: Vec<SourceId>,
}

/// What a work is looked for by.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WorkQuery<'a> {
    pub(super) names: Option<&'a Names>,
    pub(super) date: Option<Date>,
    /// Folded words with a space around each; empty for any.
    pub(super) title: &'a str,
}

/// The works known so far.
#[derive(Debug, Default)]
pub(super) struct WorkIndex {
    works: Vec<Work>,
    /// Two sources are the same work if they say the same name, date and title.
    by_identity: HashMap<String, usize>,
    /// Works by a word of their head, and by that word and a year.
    by_word: HashMap<String, Vec<usize>>,
    /// Works by any word of their persons' names.
    by_name: HashMap<String, Vec<usize>>,
    /// Works by the first word of their title, and of what else they are called.
    by_title: HashMap<String, Vec<usize>>,
    /// Works by the first word of the title of the book that they stand in.
    by_book: HashMap<String, Vec<usize>>,
    /// Works by what they are designated by.
    by_designation: HashMap<String, Vec<usize>>,
    /// Words of heads, and such words with a year, that stand in what could not be read but may
    /// be a citation.
    suspects: HashSet<String>,
    /// The work of each source.
    work_of: Vec<usize>,
}

/// How many works with one name are looked at, the nearest first. More than that, and nothing
/// is certain.
const LOOKED_AT: usize = 200;

/// What looking for a work has found.
#[derive(Debug, Default)]
pub(super) struct WorkMatches {
    /// The works that fit, the last cited first.
    pub(super) works: Vec<usize>,
    /// Whether they fit but for a letter after the year, or were too many to look at.
    pub(super) is_doubtful: bool,
}

impl WorkIndex {
    /// Takes in the next source in reading order.
    pub(super) fn add(&mut self, id: SourceId, full: &Full, link: Option<&str>, is_listed: bool) {
        let mut identity = identity(id, full, link);
        if self.is_named_apart(&identity, full) {
            identity.extend(
                full.aliases
                    .iter()
                    .map(|alias| format!("\n{}", alias.key())),
            );
        }
        if let Some(work) = self.by_identity.get(&identity).copied() {
            if let Some(known) = self.works.get_mut(work) {
                known.sources.push(id);
                known.is_listed &= is_listed;
            }
            self.work_of.push(work);
            return;
        }
        let work = self.works.len();
        for names in std::iter::once(&full.names).chain(&full.aliases) {
            for word in names.index_words() {
                post(&mut self.by_word, word, work);
                for date in &full.dates {
                    post(&mut self.by_word, &key(word, Some(date.year)), work);
                }
            }
        }
        for name in full.names.each_name() {
            post(&mut self.by_name, name, work);
        }
        for title in titles(full) {
            post(&mut self.by_title, title, work);
        }
        if let Some(first) = full.book_words.split_whitespace().next() {
            post(&mut self.by_book, first, work);
        }
        for designation in &full.designations {
            post(&mut self.by_designation, designation, work);
        }
        self.works.push(Work {
            names: full.names.clone(),
            aliases: full.aliases.clone(),
            dates: full.dates.clone(),
            title: full.title_words.clone(),
            book: full.book_words.clone(),
            is_listed,
            sources: vec![id],
        });
        self.by_identity.insert(identity, work);
        self.work_of.push(work);
    }

    /// Whether the work of this identity is called something else: "[hereinafter Moe Statement]", where
    /// both were made at one hearing.
    fn is_named_apart(&self, identity: &str, full: &Full) -> bool {
        let work = self.by_identity.get(identity);
        work.and_then(|work| self.works.get(*work))
            .is_some_and(|work| {
                let is_shared = |alias: &Names| work.aliases.contains(alias);
                !work.aliases.is_empty()
                    && !full.aliases.is_empty()
                    && !full.aliases.iter().any(is_shared)
            })
    }

    /// Takes note of names that stand in what could not be read: they may be another work's.
    pub(super) fn suspect(&mut self, names: &Names, years: &[u16]) {
        for word in names.called() {
            for year in years {
                self.suspects.insert(key(&word, Some(*year)));
            }
            self.suspects.insert(word);
        }
    }

    /// Whether what could not be read may be meant.
    fn is_suspect(&self, wanted: WorkQuery<'_>, names: &Names) -> bool {
        let year = wanted.date.map(|date| date.year);
        let mut called = names.called().into_iter();
        !self.suspects.is_empty()
            && wanted.title.is_empty()
            && called.any(|word| self.suspects.contains(&key(&word, year)))
    }

    /// The works that are called by a title or a short name, whoever their authors are.
    pub(super) fn titled(&self, names: &Names, title: &str) -> Vec<SourceId> {
        let mut near: Vec<usize> = Vec::new();
        let first = title.split_whitespace().next();
        for word in first.into_iter().chain(names.first_word()) {
            let posted = self
                .by_title
                .get(word)
                .map(Vec::as_slice)
                .unwrap_or_default();
            if posted.len() > LOOKED_AT {
                return Vec::new();
            }
            near.extend(posted);
        }
        near.sort_unstable();
        near.dedup();
        let called = |work: &Work| work.aliases.iter().any(|alias| alias.key() == names.key());
        let known = |work: &usize| self.works.get(*work);
        let aliased: Vec<usize> = near
            .iter()
            .copied()
            .filter(|work| known(work).is_some_and(called))
            .collect();
        if aliased.is_empty() {
            near.retain(|work| {
                known(work).is_some_and(|work| !title.is_empty() && work.title.starts_with(title))
            });
            self.pick_by_title(&mut near, title);
        } else {
            near = aliased;
        }
        let latest = near.iter().rev();
        latest.filter_map(|work| self.last_source(*work)).collect()
    }

    /// Whether a title alone can mean a source: as its whole title, or as the beginning of one where
    /// nobody is named. Else its author would be named too.
    pub(super) fn is_meant_by(&self, source: SourceId, title: &str) -> bool {
        let work = self.work_of(source).and_then(|work| self.works.get(work));
        work.is_some_and(|work| {
            work.title == title || work.names.is_empty() && work.title.starts_with(title)
        })
    }

    /// The books of a title: what was given under it, else the first of what was said to stand in it.
    pub(super) fn books(&self, names: &Names, title: &str) -> Vec<SourceId> {
        const LEAST: usize = 2;
        let is_long = title.split_whitespace().count() >= LEAST;
        let is_whole = |source: &SourceId| {
            let work = self.work_of(*source).and_then(|work| self.works.get(work));
            work.is_some_and(|work| work.title == title)
        };
        let mut given = self.titled(names, title);
        given.retain(|source| is_long || is_whole(source));
        if !given.is_empty() {
            return given;
        }
        let first = title.split_whitespace().next().unwrap_or_default();
        let posted = self
            .by_book
            .get(first)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let works = posted
            .iter()
            .take(LOOKED_AT)
            .filter_map(|work| self.works.get(*work));
        let fits = |work: &&Work| work.book == title || is_long && work.book.starts_with(title);
        let mut found: Vec<&Work> = Vec::new();
        for work in works.filter(fits) {
            if found.iter().all(|other| other.book != work.book) {
                found.push(work);
            }
        }
        let sources = found.iter().rev();
        sources
            .filter_map(|work| work.sources.first().copied())
            .collect()
    }

    /// The works with a designation, the last first.
    pub(super) fn designated(&self, designation: &str) -> Vec<SourceId> {
        let works = self.by_designation.get(designation);
        let works = works.map(Vec::as_slice).unwrap_or_default();
        let latest = works.iter().rev().take(LOOKED_AT);
        let is_listed = |work: &&usize| self.works.get(**work).is_some_and(|work| work.is_listed);
        let (listed, given): (Vec<&usize>, Vec<&usize>) = latest.partition(is_listed);
        let found = if given.is_empty() { listed } else { given };
        let sources = found.into_iter();
        sources.filter_map(|work| self.last_source(*work)).collect()
    }

    /// The work that a source gives.
    pub(super) fn work_of(&self, source: SourceId) -> Option<usize> {
        self.work_of.get(source.0).copied()
    }

    pub(super) fn work(&self, work: usize) -> Option<&Work> {
        self.works.get(work)
    }

    /// The works that fit what is said of them.
    pub(super) fn find(&self, wanted: WorkQuery<'_>) -> WorkMatches {
        let Some(names) = wanted.names else {
            return WorkMatches::default();
        };
        let mut found = WorkMatches {
            is_doubtful: self.is_suspect(wanted, names),
            ..WorkMatches::default()
        };
        let mut near = Vec::new();
        let mut look_at = |posted: Option<&Vec<usize>>| {
            let posted = posted.map(Vec::as_slice).unwrap_or_default();
            found.is_doubtful |= posted.len() > LOOKED_AT;
            near.extend(posted.iter().rev().take(LOOKED_AT));
        };
        for word in names.index_words() {
            look_at(
                self.by_word
                    .get(&key(word, wanted.date.map(|date| date.year))),
            );
        }
        let is_titled = !wanted.title.is_empty();
        if is_titled && wanted.date.is_none() {
            for name in names.each_name() {
                look_at(self.by_name.get(name));
            }
        }
        near.sort_unstable();
        near.dedup();
        let named = |work: &Work| {
            names.mean(&work.names)
                || work.aliases.iter().any(|alias| names.mean(alias))
                || (is_titled && names.are_among(&work.names))
        };
        near.retain(|work| {
            let work = self.works.get(*work);
            work.is_some_and(|work| {
                named(work) && (work.has_title(wanted.title) || work.is_called(wanted.title))
            })
        });
        self.pick_by_body(&mut near, names);
        let is_listed = |work: &usize| self.works.get(*work).is_some_and(|work| work.is_listed);
        let (mut listed, mut near): (Vec<usize>, Vec<usize>) =
            near.iter().partition(|work| is_listed(work));
        self.pick_by_title(&mut near, wanted.title);
        self.pick_by_date(&mut near, wanted.date, &mut found);
        if near.is_empty() {
            self.pick_by_title(&mut listed, wanted.title);
            self.pick_by_date(&mut listed, wanted.date, &mut found);
            near = listed;
        }
        near.sort_by_key(|work| std::cmp::Reverse(self.last_source(*work)));
        found.works = near;
        found
    }

    /// A title that is a work's whole title means that work, whatever begins like it; one that a
    /// title begins with means that one, whatever says it further on.
    fn pick_by_title(&self, works: &mut Vec<usize>, title: &str) {
        let known = |work: &usize| self.works.get(*work).map(|work| work.title.as_str());
        let is_whole = |work: &usize| known(work) == Some(title);
        let begins = |work: &usize| known(work).is_some_and(|known| known.starts_with(title));
        if title.is_empty() {
            return;
        }
        if works.iter().any(is_whole) {
            works.retain(is_whole);
        } else if works.iter().any(begins) {
            works.retain(begins);
        }
    }

    /// A body that is named wholly is meant, and none that it is only a part of.
    fn pick_by_body(&self, works: &mut Vec<usize>, names: &Names) {
        let is_whole = |work: &usize| {
            let work = self.works.get(*work);
            work.is_some_and(|work| work.names.key() == names.key())
        };
        if !names.are_persons() && works.iter().any(is_whole) {
            works.retain(is_whole);
        }
    }

    fn pick_by_date(&self, works: &mut Vec<usize>, date: Option<Date>, found: &mut WorkMatches) {
        let Some(date) = date else {
            return;
        };
        let dates = |work: &usize| {
            let work = self.works.get(*work);
            work.map(|work| work.dates.as_slice()).unwrap_or_default()
        };
        let fits = |work: &usize| dates(work).iter().any(|other| date.means(other));
        if works.iter().any(fits) {
            works.retain(fits);
            return;
        }
        // "Smith 2021" may be either of 2021a and 2021b, and the other way round.
        let but_for_letter = |work: &usize| {
            let same = |other: &Date| {
                let letters = other.letter.is_none() != date.letter.is_none();
                letters
                    && date.means(&Date {
                        letter: date.letter,
                        ..*other
                    })
            };
            dates(work).iter().any(same)
        };
        works.retain(but_for_letter);
        found.is_doubtful |= !works.is_empty();
    }

    fn last_source(&self, work: usize) -> Option<SourceId> {
        self.works.get(work)?.sources.last().copied()
    }

    /// Whether a source's names fit, for a citation that says where to look.
    pub(super) fn fits(&self, work: usize, names: &Names) -> bool {
        self.works.get(work).is_some_and(|work| {
            let in_title = work.title.contains(&format!(" {} ", names.key()));
            in_title
                || names.mean(&work.names)
                || work.aliases.iter().any(|alias| names.mean(alias))
        })
    }

    /// Whether a source is by these, or goes by this name: enough if it stands in the note that is named.
    pub(super) fn is_by(&self, work: usize, names: &Names) -> bool {
        self.works.get(work).is_some_and(|work| {
            names.mean(&work.names) || work.aliases.iter().any(|alias| names.mean(alias))
        })
    }

    pub(super) fn names_of(&self, work: usize) -> Option<&Names> {
        self.works.get(work).map(|work| &work.names)
    }
}

/// Enters a work under a word.
fn post(works: &mut HashMap<String, Vec<usize>>, word: &str, work: usize) {
    match works.get_mut(word) {
        Some(list) if list.last() == Some(&work) => {}
        Some(list) => list.push(work),
        None => {
            works.insert(word.to_owned(), vec![work]);
        }
    }
}

/// The first words of what a work may be called by without its author.
fn titles(full: &Full) -> impl Iterator<Item = &str> {
    let title = full.title_words.split_whitespace().next();
    let aliases = full.aliases.iter().filter_map(Names::first_word);
    title.into_iter().chain(aliases)
}

impl Work {
    pub(super) fn has_title(&self, title: &str) -> bool {
        title.is_empty() || self.title.contains(title)
    }

    /// Whether it is called so for short, with its author before: "Barth, *CD*".
    fn is_called(&self, title: &str) -> bool {
        let mut aliases = self.aliases.iter();
        !self.aliases.is_empty() && {
            let stems: Vec<&str> = title.split_whitespace().map(stem).collect();
            let title = stems.join(" ");
            aliases.any(|alias| alias.key() == title)
        }
    }

    pub(super) fn has_date(&self, date: &Date) -> bool {
        self.dates.iter().any(|other| date.means(other))
    }
}

fn key(word: &str, year: Option<u16>) -> String {
    match year {
        Some(year) => format!("{word} {year}"),
        None => word.to_owned(),
    }
}

/// What makes two sources one work. Without a title the first link counts too, and what it is
/// designated by; without anything but a head they are two.
fn identity(id: SourceId, full: &Full, link: Option<&str>) -> String {
    let dates = &full.dates;
    if !full.title_words.is_empty() {
        return format!("{}\n{dates:?}\n{}", full.names.key(), full.title_words);
    }
    let designations = &full.designations;
    let is_told = !dates.is_empty() || !designations.is_empty() || link.is_some();
    let id = (!is_told).then_some(id.0);
    let head = full.names.key();
    format!("{head}\n{dates:?}\n{designations:?}\n{link:?}\n{id:?}")
}
