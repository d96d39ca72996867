//! What a short citation stands for by the number of a document, or by the report of a judgment.

use std::ops::Range;

use super::super::designation::is_in_database;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::resolve::Resolved;
use super::super::short::{ShortForm, title_words};
use super::super::vocabulary::is_and;
use super::super::words::Words;
use super::super::{Resolution, Source, SourceId, Why};
use super::relative::one_of_found;
use super::says::{
    begins_with, begins_with_initials, first_page, is_case_named, is_filing, says, says_words,
};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// "ICC, *Al Mahdi*, Judgment and Sentence, para. 15": whether what follows is nothing but what a
    /// source says of itself, such as what kind of ruling it is, and a place in it.
    pub(super) fn says_ruling(
        &self,
        words: &Words<'_>,
        rest: Range<usize>,
        resolved: &Resolved,
    ) -> bool {
        const MOST: usize = 8;
        let first = rest.start + 1;
        let is_said = |at: &usize| words.is_capital(*at) || is_and(words, *at);
        let end = first + (first..rest.end).take(MOST).take_while(is_said).count();
        let said = title_words(words, &(first..end));
        let says = |source: &SourceId| {
            let source = self.get(*source);
            source.is_some_and(|source| says_words(source, &said))
        };
        let of = |(_, outcome): &(_, Resolution)| match outcome {
            Resolution::Resolved { sources, .. } => sources.iter().all(says),
            _ => false,
        };
        let is_ruling = (first..end).any(|at| words.is(at, Class::Ruling));
        words.is_mark(rest.start, ',')
            && is_ruling
            && is_rest(words, locators(words, end, rest.end), rest.end)
            && resolved.iter().all(of)
    }

    /// The document or the report of judgments with a number.
    pub(super) fn designated(&self, open: &OpenNoteText<'_>, form: &ShortForm) -> Resolution {
        let names = form.claims.first().map(|claim| &claim.names);
        let acronym = Some(open.words.raw(form.head.start)).filter(|_| {
            open.words.is_acronym(form.head.start) && open.words.is_mark(form.head.start + 1, ',')
        });
        let said = |source: &SourceId| {
            names.is_none_or(|names| {
                let source = self.get(*source);
                names.is_empty()
                    || source.is_some_and(|source| {
                        says(source, names)
                            || acronym.is_some_and(|acronym| begins_with_initials(source, acronym))
                    })
            })
        };
        let mut sources = self.index.designated(&form.designation);
        if form.has_pages && names.is_some_and(|names| !names.is_empty()) {
            sources.retain(|source| !self.get(*source).is_some_and(is_filing));
        }
        let unnamed = self.unnamed_report(open, form, &sources);
        sources.retain(said);
        // The case may be given by another report of it.
        let is_named = || {
            let gives = |source: &Source| names.is_some_and(|names| is_case_named(source, names));
            self.sources.iter().any(gives)
        };
        if let Some(unnamed) = unnamed.filter(|_| sources.is_empty() && !is_named()) {
            sources.push(unnamed);
        }
        // "50 F.4th 906 (9th Cir. 2022), rev’d, 602 U.S. 899" is of another report first of all.
        let is_own = |source: &SourceId| {
            let source = self.get(*source);
            source.is_some_and(|source| first_page(source, &form.designation).is_some())
        };
        if form.has_pages && sources.iter().any(is_own) {
            sources.retain(is_own);
        }
        // Of a case and a brief in it the case is cited by its report.
        if let Some(name) = names
            .and_then(Names::first_word)
            .filter(|_| sources.len() > 1)
        {
            let begins = |source: &&SourceId| {
                let source = self.get(**source);
                source.is_some_and(|source| begins_with(source, name))
            };
            let cases: Vec<SourceId> = sources.iter().filter(begins).copied().collect();
            if !cases.is_empty() {
                sources = cases;
            }
        }
        if form.has_pages {
            self.join_reports(&form.designation, &mut sources);
        }
        // A number in a database is of one judgment, however often that is given in full.
        if let Some(name) = names.and_then(Names::first_word)
            && sources.len() > 1
            && is_in_database(&form.designation)
        {
            let of_case = |source: &SourceId| {
                let source = self.get(*source);
                source.is_some_and(|source| begins_with(source, name))
            };
            let latest = sources.iter().max_by_key(|source| source.0).copied();
            if let Some(latest) = latest.filter(|_| sources.iter().all(of_case)) {
                sources = vec![latest];
            }
        }
        one_of_found(open, form, sources, Why::Document)
    }

    /// "Windsor, 133 S. Ct. at 2696", where the text named the case and its note gave nothing but the
    /// report: the one that begins not long before that page.
    fn unnamed_report(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        sources: &[SourceId],
    ) -> Option<SourceId> {
        // A long judgment is meant by whoever has just given it.
        const LONGEST: u32 = 40;
        const LONGEST_NEAR: u32 = 250;
        const NEAR: usize = 2;
        if let Some(known) = self.case_names.get(&case_name(form)?) {
            return sources.contains(known).then_some(*known);
        }
        let page = form.head.end.checked_sub(1)?;
        let page: u32 = open.words.folded(page).parse().ok()?;
        let is_of_page = |source: &&SourceId| {
            let Some(source) = self.get(**source) else {
                return false;
            };
            let is_near = source
                .note
                .is_some_and(|note| open.note.saturating_sub(note.0) <= NEAR);
            let longest = if is_near { LONGEST_NEAR } else { LONGEST };
            let first = first_page(source, &form.designation).filter(|(_, before)| *before == 0);
            let first = first.and_then(|(first, _)| first.parse().ok());
            first.is_some_and(|first: u32| first <= page && page - first <= longest)
        };
        let mut fitting = sources.iter().filter(is_of_page);
        let one = fitting.next().copied();
        one.filter(|_| fitting.next().is_none())
    }

    /// Learns how a judgment is called that its source does not name.
    pub(super) fn learn_case_name(&mut self, form: &ShortForm, resolved: &Resolved) {
        if let [(_, Resolution::Resolved { sources, .. })] = resolved.as_slice()
            && let [source] = sources.as_slice()
            && form.has_pages
            && let Some(name) = case_name(form)
        {
            self.case_names.entry(name).or_insert(*source);
        }
    }

    /// Of sources that all are the report of one judgment, which begins on one page, the last is
    /// meant. A brief in the case names itself before the report, and is not the judgment.
    fn join_reports(&self, designation: &str, sources: &mut Vec<SourceId>) {
        let page = |source: &SourceId| {
            let (page, before) = first_page(self.get(*source)?, designation)?;
            Some((*source, page, before))
        };
        let own: Vec<_> = sources.iter().filter_map(page).collect();
        let is_one = own.windows(2).all(|pair| match pair {
            [(_, one, _), (_, other, _)] => one == other,
            _ => true,
        });
        let meant = own.iter().min_by_key(|(_, _, before)| *before);
        if let Some((meant, ..)) = meant.filter(|_| is_one) {
            *sources = vec![*meant];
        }
    }
}

/// What a short citation calls a judgment, with its volume.
fn case_name(form: &ShortForm) -> Option<String> {
    let names = &form.claims.first()?.names;
    let is_named = !names.is_empty() && !form.designation.is_empty();
    is_named.then(|| format!("{}\n{}", names.key(), form.designation))
}
