//! Reading over the words that citations are made of besides names and titles: which words these
//! are, `languages` knows.

use std::ops::Range;

use super::date;
use super::languages::{Class, Phrase, phrases};
use super::words::{Word, Words};

/// In which direction a cross-reference says that its note lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteDirection {
    Before,
    After,
    Unsaid,
}

/// How many phrases that lead up to a citation are read over in a row.
const MAX_SIGNALS: usize = 6;

/// Reads over one of the phrases, the longest that is there, and over its points.
fn one_of(words: &Words<'_>, at: usize, kind: Phrase) -> Option<usize> {
    if !words.classes(at).begins(kind) {
        return None;
    }
    phrases(words.folded(at), kind).find_map(|phrase| phrase_at(words, at, phrase))
}

fn phrase_at(words: &Words<'_>, at: usize, phrase: &[&str]) -> Option<usize> {
    let mut next = at;
    for wanted in phrase {
        if words.folded(next) != *wanted {
            return None;
        }
        next += 1;
        next += usize::from(words.is_mark(next, '.'));
    }
    Some(next)
}

pub(super) fn is_particle(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Particle)
}

pub(super) fn is_function_word(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::NoName) && !is_given_name(words, at)
}

/// "Nous Faes, ‘De nieuwe messias’": no sentence has a surname right behind this pronoun.
fn is_given_name(words: &Words<'_>, at: usize) -> bool {
    matches!(words.folded(at), "nous" | "elle")
        && words.is_capital(at)
        && words.is_capital(at + 1)
        && words.is_mark(at + 2, ',')
        && words.is_one_of_marks(at + 3, &['‘', '“', '\'', '"', '«', '„'])
}

pub(super) fn ends_a_phrase(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::PhraseEnd)
}

pub(super) fn is_organisation(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Organisation) || is_document(words, at)
}

pub(super) fn is_document(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Document)
}

pub(super) fn is_locator(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Locator)
}

/// Whether a remark by the author who cites begins here.
pub(super) fn is_remark(words: &Words<'_>, at: usize) -> bool {
    let french = words.folded(at) == "cest" && words.folded(at + 1) == "moi";
    let german = words.folded(at) == "meine" && words.folded(at + 1) == "ubersetzung";
    words.is(at, Class::Remark) || french || german
}

/// "and" between names.
pub(super) fn is_and(words: &Words<'_>, at: usize) -> bool {
    (words.is(at, Class::And) && words.is_small(at)) || words.is_mark(at, '&')
}

/// Reads over "et al.", "u. a.", "et coll.".
pub(super) fn et_al(words: &Words<'_>, at: usize) -> Option<usize> {
    // "E. A. Walker" is somebody, and "e. a." are others.
    let is_initial = words.is_capital(at) && words.folded(at).len() == 1;
    one_of(words, at, Phrase::Others).filter(|_| !is_initial)
}

/// Reads over all the words that lead up to a citation: "see also, for example,", "vgl. dazu".
/// Gives the place itself where there are none.
pub(super) fn signals(words: &Words<'_>, at: usize) -> usize {
    let mut next = at;
    for _ in 0..MAX_SIGNALS {
        let Some(after) = signal(words, next) else {
            break;
        };
        next = after + usize::from(words.is_one_of_marks(after, &[',', ':']));
    }
    next
}

/// The stretches of a citation that give what it cites itself: "(citing *In re Flat Glass*, 385 F.3d
/// 350)". What is said there is said of another source.
pub(super) fn cited_within(words: &Words<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut at = range.start + 1;
    while at < range.end {
        let before = at - 1;
        let is_led = words.is_one_of_marks(before, &['(', '['])
            || words.is_mark(before, ',') && is_comma_between(words, before);
        if !is_led || !words.is_small(at) || !words.is(at, Class::Citing) {
            at += 1;
            continue;
        }
        // Behind a comma the rest is meant.
        let end = words.closing(before).unwrap_or(range.end).min(range.end);
        stretches.push(at..end);
        at = end.max(at + 1);
    }
    stretches
}

/// Whether a comma parts what a citation says, and not the words of a title: "*Courts, applying law*".
/// Behind a year or a bracket no title goes on.
fn is_comma_between(words: &Words<'_>, comma: usize) -> bool {
    let before = comma.wrapping_sub(1);
    !words.is_set_off(comma)
        || words.is_one_of_marks(before, &[')', ']'])
        || date::year(words, before).is_some()
}

/// Reads over one such phrase.
pub(super) fn signal(words: &Words<'_>, at: usize) -> Option<usize> {
    match words.folded(at) {
        "s" if words.is_mark(at + 1, '.') => abbreviated_see(words, at),
        "v" if words.is_mark(at + 1, '.') => abbreviated_voir(words, at),
        // "CFR, art 47" is a charter, and "cfr." is "see".
        "cfr" if words.is_acronym(at) => None,
        // „a. A.“, „Anderer Ansicht“, but not „a. a. O.“.
        "a" if op_cit(words, at).is_some() => None,
        _ if words.is(at, Class::BeforeNoteWord) => is_note_word(words, at + 1).then_some(at + 1),
        _ if words.is(at, Class::BeforeJudgment) => {
            let named = words.is_set_off(at + 1) || words.is_capital(at + 1);
            named.then_some(at + 1)
        }
        _ => one_of(words, at, Phrase::See).map(|next| without_title_word(words, at, next)),
    }
}

/// "*See Further Details on Contracting*" has "Further" in its title, not in what leads up to it.
fn without_title_word(words: &Words<'_>, at: usize, next: usize) -> usize {
    let last = next.saturating_sub(1);
    let is_emphasised = |at: usize| words.get(at).is_some_and(|word| word.emphasised);
    let is_title = last > at
        && words.is(last, Class::SeeOrTitle)
        && words.is_capital(last)
        && words.is_capital(next)
        && is_emphasised(last)
        && is_emphasised(next);
    if is_title { last } else { next }
}

/// Reads over "v." for « voir » and "vedi", which is also "von" and an initial.
fn abbreviated_voir(words: &Words<'_>, at: usize) -> Option<usize> {
    let next = at + 2;
    let leads = words.is(next, Class::SeeAfterV) || is_note_word(words, next);
    let leads = leads || one_of(words, next, Phrase::Above).is_some();
    leads.then_some(next)
}

/// Reads over "s." for „siehe“, which is also „Seite“, an initial, and half of „s. o.“.
fn abbreviated_see(words: &Words<'_>, at: usize) -> Option<usize> {
    let next = at + 2;
    if words.is(next, Class::SeeAfterS) {
        return Some(next);
    }
    let is_half = matches!(words.folded(next), "o" | "u");
    let is_see = words.is_small(at) && !words.is_number(next) && !is_half;
    is_see.then_some(next)
}

/// Reads over "ibid." and its like.
pub(super) fn ibid(words: &Words<'_>, at: usize) -> Option<usize> {
    let points = words.folded(at) == "ib" && words.is_mark(at + 1, '.');
    let next = one_of(words, at, Phrase::Ibid).or(points.then_some(at + 2))?;
    (!is_of_title(words, at, next)).then_some(next)
}

/// Whether the phrase is part of a title that goes on behind it: *Ibid.: A Life*, "Op. Cit.".
pub(super) fn is_of_title(words: &Words<'_>, at: usize, next: usize) -> bool {
    let is = |at: usize, kind: fn(&Word) -> bool| words.get(at).is_some_and(kind);
    if is(at, |word| word.quoted) {
        return true;
    }
    if !is(next.wrapping_sub(1), |word| word.emphasised) {
        return false;
    }
    let mut after = next;
    while words.is_one_of_marks(after, &[',', '.', ':', ';']) && is(after, |word| word.emphasised) {
        after += 1;
    }
    is(after, |word| word.emphasised)
        && words.is_word(after)
        && !is_locator(words, after)
        && !is_note_word(words, after)
        && (!is_and(words, after) || words.is_capital(after + 1))
        && !words.is(after, Class::GoesOn)
}

/// Reads over "id.", "idem", "ders.": the same author, or, with no more than a page, the same
/// source.
pub(super) fn idem(words: &Words<'_>, at: usize) -> Option<usize> {
    if words.is(at, Class::IdemPoint) && words.is_mark(at + 1, '.') {
        return Some(at + 2);
    }
    // "Id at 7", where the point was forgotten.
    let is_paged = words.folded(at + 1) == "at" && words.is_number(at + 2);
    let is_all = words.len() == 1 && words.is_capital(at);
    if words.is(at, Class::IdemPoint) && (is_paged || is_all) {
        return Some(at + 1);
    }
    // "———, *Second Title*", "_____. *Second Title*"
    const MAX_DASHES: usize = 12;
    let dashes = (at..at + MAX_DASHES)
        .take_while(|at| words.is_one_of_marks(*at, &['—', '–', '_']))
        .count();
    let behind = at + dashes + 1;
    let is_year = dashes > 1 && words.is_mark(behind, '(');
    if dashes > 0
        && words.is_one_of_marks(behind - 1, &[',', '.'])
        && (words.is_set_off(behind) || is_year)
    {
        return Some(at + dashes);
    }
    // "see also his *Second Title*"
    let is_his = words.is(at, Class::His) && words.is_small(at) && words.is_set_off(at + 1);
    (words.is(at, Class::Idem) || is_his).then_some(at + 1)
}

/// Reads over "op. cit." and its like.
pub(super) fn op_cit(words: &Words<'_>, at: usize) -> Option<usize> {
    let points = words.is(at, Class::OpCitPoint) && words.is_mark(at + 1, '.');
    let next = one_of(words, at, Phrase::OpCit).or(points.then_some(at + 2))?;
    // "citado en la nota anterior" is what stands right before.
    let is_ibid = || one_of(words, at, Phrase::Ibid).is_some();
    (!is_of_title(words, at, next) && !is_ibid()).then_some(next)
}

/// Whether the point stands within "op. cit." or its like.
pub(super) fn is_within_op_cit(words: &Words<'_>, point: usize) -> bool {
    let before = point.checked_sub(1);
    let next = before.and_then(|before| one_of(words, before, Phrase::OpCit));
    next.is_some_and(|next| next > point + 1)
}

/// Whether the phrase that begins here can stand alone for the source right before.
pub(super) fn stands_alone(words: &Words<'_>, at: usize) -> bool {
    one_of(words, at, Phrase::Alone).is_some()
}

/// Reads over the name of a reporter of judgments, without its series: "U.S.", "F. Supp.".
pub(super) fn reporter(words: &Words<'_>, at: usize) -> Option<usize> {
    one_of(words, at, Phrase::Reporter)
}

/// Reads over the name of a register of laws or proceedings: "Fed. Reg.", "Cong. Rec.".
pub(super) fn register(words: &Words<'_>, at: usize) -> Option<usize> {
    one_of(words, at, Phrase::Register)
}

pub(super) fn is_note_word(words: &Words<'_>, at: usize) -> bool {
    [Class::Note, Class::Notes, Class::NoteOrNotes]
        .iter()
        .any(|class| words.is(at, *class))
}

/// Reads over a word that says where a note lies; gives the place itself if there is none.
pub(super) fn direction(words: &Words<'_>, at: usize) -> (NoteDirection, usize) {
    if let Some(next) = one_of(words, at, Phrase::Above) {
        (NoteDirection::Before, next)
    } else if let Some(next) = one_of(words, at, Phrase::Below) {
        (NoteDirection::After, next)
    } else {
        (NoteDirection::Unsaid, at)
    }
}
