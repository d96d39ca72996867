//! The forms that name a source by something else than its author: a title, the number of a law,
//! the report of a judgment.

use std::ops::Range;

use super::super::cross_reference::CrossReference;
use super::super::date;
use super::super::designation::{Designation, named_report};
use super::super::elements::{Elements, HeadSegment, acronym, is_person};
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::record::is_of_court;
use super::super::vocabulary::{
    NoteDirection, ends_a_phrase, et_al, is_and, is_function_word, reporter, signals,
};
use super::super::words::Words;
use super::grammar::{GrammarRule, ShortElement, ShortHead, Sure, line_for};
use super::parsed_details::ParsedDetails;
use super::{FormKind, MAX_TITLE_WORDS, ShortForm, WorkDescription, title_words};

/// How many words and points a court may have before the name of its judgment.
const MAX_COURT_WORDS: usize = 12;

/// "*Emma*, p. 77", "*Kadi I*, para. 281": a title or a short name, and pages.
pub(super) fn titled(
    words: &Words<'_>,
    start: usize,
    title: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let next = (title..end.min(title + MAX_TITLE_WORDS)).find(|at| !words.is_set_off(*at))?;
    let said = ParsedDetails::read(words, next, end, false);
    let is_plain = said.dates.is_empty() && said.notes.is_empty() && said.title.is_empty();
    let after = locators(words, said.next, end);
    if next == title || !is_plain || !(after > said.next || said.op_cit) {
        return None;
    }
    let head = if title > start {
        ShortHead::Court
    } else {
        ShortHead::Title
    };
    let line = line_for(head, &said.items(), after > said.next)?;
    let mut form = ShortForm::new(line.form, start..after);
    form.is_anonymous = true;
    form.is_sure = line.sure == Sure::Always;
    form.has_pages = true;
    form.head = title..next;
    form.claims = vec![WorkDescription {
        names: Names::whole(words, &form.head),
        title: title_words(words, &form.head),
    }];
    Some((form, line))
}

/// What may be a short citation if a source agrees: a name and a title that is not set off, and
/// the name of a document. Each from the first word to the last.
pub(in super::super) fn unset(words: &Words<'_>, at: usize, end: usize) -> Vec<ShortForm> {
    const MAX_DOCUMENT_NAME_WORDS: usize = 24;
    let start = signals(words, at);
    let end = end - usize::from(end > start && words.is_mark(end - 1, '.'));
    // "1954 Hague Convention, Art. 3"
    let is_dated = date::year(words, start).is_some() && words.is_capital(start + 1);
    if end <= start
        || end - start > MAX_DOCUMENT_NAME_WORDS
        || !(words.is_capital(start) || is_dated)
    {
        return Vec::new();
    }
    let leads =
        |at: usize| words.is_mark(at, ',') || words.folded(at) == "at" && words.is_number(at + 1);
    let pages = (start..end).find(|at| leads(*at) && locators(words, *at, end) >= end);
    let last = pages.unwrap_or(end);
    let form = |names: Names, title: String| {
        let mut form = ShortForm::new(FormKind::Title, start..end);
        form.is_sure = false;
        form.head = start..last;
        form.claims = vec![WorkDescription { names, title }];
        form
    };
    let mut forms = Vec::new();
    let comma = (start..last).find(|at| words.is_mark(*at, ','));
    if let Some(comma) = comma.filter(|comma| is_person(words, &(start..*comma))) {
        let name = HeadSegment {
            words: start..comma,
            after_comma: false,
        };
        let title = title_words(words, &(comma + 1..last));
        // "Rebhahn, EuZA 2010, 83": a journal and its year tell no work.
        if !title.is_empty() && date::year(words, last.wrapping_sub(1)).is_none() {
            forms.push(form(Names::new(words, &[name], false), title));
        }
    }
    forms.extend(dated(words, start, end));
    let whole = Names::whole(words, &(start..last));
    if whole.words() > 2 {
        forms.push(form(whole, String::new()));
    }
    forms
}

/// „Nietzel, Handeln und Überleben, 2012, Kapitel II“: a title that is not set off between a name and
/// a year.
fn dated(words: &Words<'_>, start: usize, end: usize) -> Option<ShortForm> {
    let is_dated = |at: &usize| words.is_mark(*at, ',') && date::year(words, at + 1).is_some();
    let comma = (start..end).find(is_dated)?;
    let elements = Elements::read(words, start, comma);
    let count = names_with_initials(words, &elements);
    let names = elements
        .list
        .iter()
        .take_while(|element| !element.after_comma);
    let count = count.unwrap_or_else(|| names.count());
    let names = elements.list.get(..count)?.to_vec();
    let are_all = count == elements.list.len();
    let others = elements.et_al && are_all;
    let behind = if others {
        elements.next
    } else {
        let last = names.last()?.words.end;
        last + usize::from(words.is_mark(last, '.'))
    };
    let are_persons = names.iter().all(|name| is_person(words, &name.words));
    let title = title_words(words, &(behind + 1..comma));
    if !are_persons || !words.is_mark(behind, ',') || behind >= comma || title.is_empty() {
        return None;
    }
    let year = comma + 1;
    let next = year + 1;
    let is_over = next >= end || locators(words, next, end) > next;
    is_over.then(|| {
        let mut form = ShortForm::new(FormKind::NameYear, start..end);
        form.is_sure = false;
        form.head = start..behind;
        form.dates = date::year(words, year)
            .map(|date| (date::Date::from_year(date), year..year + 1))
            .into_iter()
            .collect();
        form.claims = vec![WorkDescription {
            names: Names::new(words, &names, others),
            title,
        }];
        form
    })
}

/// „Shen, J. H., Tamkin, A., Skill Formation“: how many elements are surnames with the initials behind
/// them.
fn names_with_initials(words: &Words<'_>, elements: &Elements) -> Option<usize> {
    let are_initials = |element: &HeadSegment| {
        let is_letter = |at: usize| words.is_capital(at) && words.folded(at).chars().count() == 1;
        let mut each = element.words.clone().filter(|at| words.is_word(*at));
        element.after_comma && is_letter(element.words.start) && each.all(is_letter)
    };
    let pairs = elements.list.chunks(2);
    let count = pairs
        .take_while(|pair| matches!(pair, [_, initials] if are_initials(initials)))
        .count();
    (count > 0).then_some(2 * count)
}

/// "Smith and Jones.", "Smith et al.": nothing but names, from the first word to the last; and whether
/// these are persons'.
pub(in super::super) fn bare(
    words: &Words<'_>,
    at: usize,
    end: usize,
) -> Option<(ShortForm, bool)> {
    let start = signals(words, at);
    let elements = Elements::read(words, start, end);
    let is_all = elements.next + usize::from(words.is_mark(elements.next, '.')) >= end;
    let are_persons = elements.are_persons(words);
    let is_named = words.is_capital(start) && (are_persons || elements.are_names(words));
    (is_all && is_named && elements.next <= end).then(|| {
        let mut form = ShortForm::new(FormKind::NamePage, start..elements.next);
        form.is_sure = false;
        form.head = elements.words();
        form.claims = vec![WorkDescription {
            names: Names::new(words, &elements.list, elements.et_al),
            title: String::new(),
        }];
        (form, are_persons)
    })
}

/// "CE, Ass., *Barel*, précité": a court before the name of its judgment.
pub(super) fn of_court(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let title = (start..end.min(start + MAX_COURT_WORDS)).find(|at| words.is_set_off(*at))?;
    let read = titled(words, start, title, end).filter(|_| is_of_court(words, start))?;
    let dated = (start..title).any(|at| words.is_number(at));
    (!dated).then_some(read)
}

/// "Refugee & Hum. Rts. Clinic et al., supra note 44", "1 McCarthy, supra note 41": a body by its
/// abbreviated name, or an author behind a volume, and the note above that gives the source.
pub(super) fn abbreviated(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    const MAX_NAME_WORDS: usize = 24;
    let first = start + usize::from(words.is_number(start));
    let is_above = |reference: CrossReference| reference.direction == NoteDirection::Before;
    let is_led = |at: &usize| {
        words.is_mark(*at, ',') && CrossReference::read(words, at + 1).is_some_and(is_above)
    };
    let comma = (first..end.min(first + MAX_NAME_WORDS)).find(is_led)?;
    // "May 2022 Guidance"
    let is_of_name = |at: usize| {
        words.is_capital(at)
            || words.is_number(at)
            || is_and(words, at)
            || ends_a_phrase(words, at)
            || words.is_one_of_marks(at, &['.', ',', '-', '’', '\''])
    };
    let others = (first..comma).find(|at| et_al(words, *at) == Some(comma));
    let names = first..others.unwrap_or(comma);
    let is_named = words.is_capital(first) && !is_function_word(words, first);
    if !is_named || !names.clone().all(is_of_name) {
        return None;
    }
    let said = ParsedDetails::read(words, comma, end, false);
    let line = line_for(ShortHead::Names, &said.items(), false)?;
    let mut form = note_of_designated(words, start..said.next, said, end);
    let whole = Names::whole(words, &names);
    // "1 BLACKSTONE, supra note 23": behind a volume stands its author.
    let is_author = first > start && is_person(words, &names);
    let author = HeadSegment {
        words: names.clone(),
        after_comma: false,
    };
    let author = is_author.then(|| Names::new(words, &[author], others.is_some()));
    form.claims = author
        .into_iter()
        .chain([whole])
        .map(|names| WorkDescription {
            names,
            title: String::new(),
        })
        .collect();
    form.head = names;
    Some((form, line))
}

/// "Case C-293/12 Digital Rights Ireland (n 26)", "EDPB, Guidelines 07/2020 (n 38)": whatever names a
/// source before the number of its note in brackets.
pub(super) fn noted(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    const MAX_NAME_WORDS: usize = 30;
    let is_note = |at: &usize| {
        let close = words.closing(*at).filter(|_| words.is_mark(*at, '('));
        close.filter(|close| *close < end).is_some_and(|close| {
            CrossReference::read(words, at + 1).is_some_and(|read| read.next == close)
        })
    };
    let limit = end.min(start + MAX_NAME_WORDS);
    let open = (start + 1..limit).find(is_note)?;
    let names = start..open;
    let ends = |at: usize| {
        words.is_one_of_marks(at, &[';', '?', '!']) || words.is_link(at) || words.is_set_off(at)
    };
    let capitals = names.clone().filter(|at| words.is_capital(*at)).count();
    let small = names.clone().filter(|at| words.is_small(*at)).count();
    let is_named = words.is_capital(start)
        && (!is_function_word(words, start) || words.is_acronym(start))
        && small <= capitals
        && !names.clone().any(ends);
    if !is_named {
        return None;
    }
    let said = ParsedDetails::read(words, open, end, false);
    let line = line_for(ShortHead::Names, &said.items(), false)?;
    let mut form = note_of_designated(words, start..said.next, said, end);
    let description = |range: &Range<usize>| WorkDescription {
        names: Names::whole(words, range),
        title: String::new(),
    };
    form.claims = vec![description(&names)];
    // "EDPB" may be written out in the source.
    if words.is_acronym(start) && words.is_mark(start + 1, ',') && names.len() > 3 {
        form.claims.push(description(&(start + 2..open)));
    }
    form.head = names;
    Some((form, line))
}

/// "*Brown*, 347 U.S. at 490", "384 U.S. at 479", "BVerfGE 7, 198 (208)", "Directive 93/13, art. 3".
pub(super) fn designated(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let (head, at) = match named_report(words, start) {
        Some(at) => (start..at - 1, at),
        None => (start..start, start),
    };
    let read = Designation::read(words, at);
    // "Case C-40/17 Fashion ID (n 1) para 52"
    if read
        .as_ref()
        .is_some_and(|read| read.key.starts_with("case "))
        && let Some(noted) = noted(words, start, end)
    {
        return Some(noted);
    }
    // "*Brown*, 347 U.S. 483.": without its year it has been cited before.
    let is_repeated = read.as_ref().is_some_and(|read| {
        let is_known = words.is_number(at) && reporter(words, at + 1).is_some();
        !head.is_empty() && is_known && is_rest(words, read.next, end)
    });
    let read = read.filter(|read| read.is_pinpoint || is_repeated);
    let (head, read) = match read {
        Some(read) => (head, read),
        None => {
            let at = (start..end.min(start + 4))
                .find(|at| !words.is_capital(*at) || Designation::read(words, *at).is_some())?;
            (
                start..start,
                Designation::read(words, at)
                    .filter(|read| !read.is_pinpoint && !words.is_number(at))?,
            )
        }
    };
    let said = ParsedDetails::read(words, read.next, end, false);
    let kind = if is_repeated && !read.is_pinpoint {
        ShortHead::Report
    } else if read.is_pinpoint {
        ShortHead::NumberAt
    } else {
        ShortHead::Number
    };
    if !said.notes.is_empty() {
        let line = line_for(kind, &said.items(), false)?;
        return Some((note_of_designated(words, start..read.next, said, end), line));
    }
    // A year or a title behind it is no part of a short citation.
    let (next, items) = if said.op_cit {
        (said.next, vec![ShortElement::OpCit])
    } else {
        // "Reglamento (UE) 2024/1689 [RIA]"
        let called = acronym(words, read.next).filter(|close| *close < end);
        (called.map_or(read.next, |close| close + 1), Vec::new())
    };
    let after = locators(words, next, end);
    let line = line_for(kind, &items, after > next)?;
    let mut form = ShortForm::new(line.form, start..after);
    form.is_sure = line.sure == Sure::Always;
    form.may_be_full = !form.is_sure;
    form.head = start..read.next;
    form.has_pages = after > next || read.is_pinpoint || kind == ShortHead::Report;
    form.designation = read.key;
    form.claims = vec![WorkDescription {
        names: Names::whole(words, &head),
        title: String::new(),
    }];
    Some((form, line))
}

/// "Resolution 2242, supra note 4", "Directive 93/13 (n 26) art 3".
fn note_of_designated(
    words: &Words<'_>,
    head: Range<usize>,
    said: ParsedDetails,
    end: usize,
) -> ShortForm {
    let mut form = ShortForm::new(FormKind::Note, head.start..said.next);
    form.claims = vec![WorkDescription {
        names: Names::whole(words, &head),
        title: String::new(),
    }];
    form.head = head;
    said.give(&mut form);
    form.words.end = locators(words, form.words.end, end);
    form
}
