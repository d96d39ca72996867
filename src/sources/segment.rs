//! Parting a note into what may each be a citation: at semicolons and the like, and where
//! another citation plainly begins.

mod begins;

use std::ops::Range;

use super::anchor::{self, plain_citation};
use super::cross_reference::CrossReference;
use super::date;
use super::designation::{Designation, named_report};
use super::elements::Elements;
use super::languages::Class;
use super::pages::{is_onward, locators, of_translation};
use super::record::{is_report_alone, talk};
use super::short::{self, FormKind, ShortForm};
use super::vocabulary::{
    ibid, idem, is_and, is_function_word, is_locator, is_within_op_cit, op_cit, signal, signals,
};
use super::words::{PARAGRAPH, Words};
pub(super) use begins::begins_second;
use begins::{
    begins_behind_measure, begins_dated, begins_edited, begins_full, begins_imprint, begins_linked,
    begins_name, begins_of_body, begins_paged, begins_set_off, begins_short_with_colon,
    begins_surnamed, begins_titled, begins_unset, begins_with_colon, is_bare_lead,
    is_marked_sentence,
};

/// The parts of a note, in order, without the marks between them. Ranges of words.
pub(super) fn split(words: &Words<'_>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut has_year = false;
    let mut at = 0;
    while at < words.len() {
        has_year |= date::year(words, at).is_some() || words.is_link(at);
        match next_part(words, start, at, has_year) {
            Some((end, next)) => {
                parts.push(start..end);
                start = next;
                at = next.max(at + 1);
                has_year = next <= at && date::year(words, next).is_some();
            }
            None => at += 1,
        }
    }
    parts.push(start..words.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// If a part ends here: its end, and where the next begins.
fn next_part(words: &Words<'_>, start: usize, at: usize, has_year: bool) -> Option<(usize, usize)> {
    if words.is_mark(at, PARAGRAPH) {
        return ends_paragraph(words, at).then_some((at, at + 1));
    }
    let opens = opens_citation(words, at) || opens_full(words, at).is_some();
    if at > start && opens || at == start && holds_ibid(words, at) {
        return Some((at, at + 1));
    }
    let open = start.checked_sub(1);
    let closes = |open: &usize| at > start && words.closing(*open) == Some(at);
    if open
        .filter(closes)
        .is_some_and(|open| opens_full(words, open).is_some())
    {
        return Some((at, at + 1));
    }
    if at > start && words.is_outside(at + 1) && ends_quoted_sentence(words, at) {
        return Some((at + 1, at + 1));
    }
    if at <= start || !(words.is_outside(at) || is_level(words, start, at)) {
        return None;
    }
    let is_in_title = emphasised(words, at) && emphasised(words, at + 1);
    if is_in_title && !is_form(words, signals(words, at + 1)) && !leaves_emphasis(words, at) {
        return None;
    }
    let parted = if begins_behind_dash(words, at, has_year) {
        Some((at, at + 2))
    } else if words.is_mark(at, ';') {
        begins_after_semicolon(words, start, at).then_some((at, at + 1))
    } else if words.is_mark(at, '.') && words.is(at + 1, Class::Accessed) {
        // "Platypus Review 111 (November 2018). Accessed April 8, 2019."
        None
    } else if words.is_mark(at, '.') {
        let is_over = is_over(words, start, at)
            || begins_sentence(words, start, at, has_year)
            || (has_year && ends_in_pages(words, at) && begins_prose(words, at + 1));
        is_over.then_some((at + 1, at + 1))
    } else if is_compared(words, at) {
        Some((at, at + 2))
    } else if words.is_mark(at, ',') || is_and(words, at) {
        let next = behind_and(words, at);
        // „Paris: Seuil 2006 und Karen Barad: Meeting the Universe Halfway“
        let is_joined = is_and(words, at)
            && date::year(words, at.wrapping_sub(1)).is_some()
            && begins_with_colon(words, at + 1);
        let begins =
            is_joined || begins_in_list(words, start, at, has_year) || begins_second(words, at);
        begins.then_some((at, next))
    } else {
        (at >= signals(words, start) && begins_after_signal(words, start, at)).then_some((at, at))
    };
    parted.filter(|(_, next)| *next < words.len())
}

/// „S. 13 (15 ff.). — Siehe auch Villmow/Albrecht, …“: another citation behind a point and a dash.
fn begins_behind_dash(words: &Words<'_>, at: usize, has_year: bool) -> bool {
    let next = at + 2;
    let is_dash = words.is_mark(at, '.') && words.is_one_of_marks(at + 1, &['—', '–', '-']);
    if !is_dash || words.touches_previous(next) && words.is_mark(at + 1, '-') || !has_year {
        return false;
    }
    let from = signals(words, next);
    is_form(words, from)
        || begins_dated(words, from)
        || from > next
            && (begins_titled(words, from)
                || begins_with_colon(words, from)
                || begins_unset(words, from)
                || begins_surnamed(words, from))
}

/// "*Id.; see also* Roe", "they lost, *see Brown*, 347 U.S. at 490": a signal may be set as what stands
/// beside it.
fn leaves_emphasis(words: &Words<'_>, at: usize) -> bool {
    let next = signals(words, at + 1);
    let ends = words.is_one_of_marks(at, &[';', '.']) && next > at + 1 && !emphasised(words, next);
    ends || leads_into_emphasis(words, at)
}

/// Whether a signal begins what is emphasised, and a report follows.
fn leads_into_emphasis(words: &Words<'_>, at: usize) -> bool {
    let from = signals(words, at);
    let is_first = from > at && emphasised(words, at) && !emphasised(words, at.wrapping_sub(1));
    is_first && named_report(words, from).is_some()
}

/// "Compare Roe, 410 U.S. at 153 (“…”), with Brown, 347 U.S. at 490".
fn is_compared(words: &Words<'_>, comma: usize) -> bool {
    words.is_mark(comma, ',')
        && words.is_mark(comma.wrapping_sub(1), ')')
        && words.is(comma + 1, Class::JoinsNames)
        && named_report(words, comma + 2).is_some()
}

/// Whether a bracket opens that holds a citation: "(citing Smith (n 3) 61)".
fn opens_citation(words: &Words<'_>, at: usize) -> bool {
    if !words.is_mark(at, '(') || words.closing(at).is_none() {
        return false;
    }
    let from = signals(words, at + 1);
    from > at + 1
        && words.is_small(at + 1)
        && (is_form(words, from) || begins_titled(words, from) || is_pinpoint(words, from))
        || holds_ibid(words, at)
}

/// "(Ibid.)", "(vgl. ebd., S. 3)", "(ivi, p. 5)": brackets around nothing else.
fn holds_ibid(words: &Words<'_>, open: usize) -> bool {
    let Some(close) = words.closing(open) else {
        return false;
    };
    let from = signals(words, open + 1);
    let next =
        ibid(words, from).or_else(|| idem(words, from).filter(|_| words.folded(from) == "id"));
    next.is_some_and(|next| next == close || locators(words, next, close) == close)
}

/// "Brown, 347 U.S. at 490": nothing but a citation, and a short one.
fn is_pinpoint(words: &Words<'_>, at: usize) -> bool {
    named_report(words, at)
        .and_then(|volume| Designation::read(words, volume))
        .is_some_and(|read| read.is_pinpoint)
}

/// "Acme Co. Ltd., 347 U.S. at 490": whether the word before a point belongs to the name of the case
/// that goes on behind it.
fn is_abbreviated_party(words: &Words<'_>, point: usize) -> bool {
    let word = point.wrapping_sub(1);
    words.is_capital(word) && words.is(word, Class::OfParty) && named_report(words, word).is_some()
}

/// Where the bracket closes that holds a citation in full behind a sentence: "… and spirit” (T. Mann,
/// *Title*, Milan 2005, p. 528)".
fn opens_full(words: &Words<'_>, at: usize) -> Option<usize> {
    let close = words.closing(at).filter(|_| words.is_mark(at, '('))?;
    let from = signals(words, at + 1);
    if !words.is_capital(from) || words.is_set_off(from) {
        return None;
    }
    let elements = Elements::read(words, from, close);
    let title = elements.title_of_persons(words)?;
    let is_year = |at: usize| date::year(words, at).is_some() && !words.is_set_off(at);
    (title..close).any(is_year).then_some(close)
}

/// Whether a part that began within a bracket is still in it.
fn is_level(words: &Words<'_>, start: usize, at: usize) -> bool {
    let depth = |at: usize| words.get(at).map(|word| (word.depth, word.quoted));
    words
        .get(start)
        .is_some_and(|word| word.depth > 0 && !word.quoted)
        && depth(start) == depth(at)
}

fn emphasised(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|word| word.emphasised)
}

/// A paragraph's end parts, unless the sentence goes on.
fn ends_paragraph(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let ends = ['.', '?', '!', ';', ':', ')', ']', '”', '»', '"'];
    // "[https://perma.cc/T875-ANNZ]" is the address of what stands before it.
    let is_address = words.is_mark(at + 1, '[') && words.is_link(at + 2);
    let is_over = words.is_one_of_marks(before, &ends) || words.is_link(before);
    is_over && !words.is_small(at + 1) && !is_address
}

fn begins_after_semicolon(words: &Words<'_>, start: usize, at: usize) -> bool {
    let next = at + 1;
    let is_list_of_authors = {
        let from = signals(words, start);
        let elements = Elements::read(words, from, at);
        elements.next == at && elements.are_persons(words) && begins_name(words, next)
    };
    let is_page = words.is_number(next) && date::year(words, next).is_none();
    let is_led_page = is_locator(words, next)
        && (words.is_number(next + 1)
            || (words.is_mark(next + 1, '.') && words.is_number(next + 2)));
    let is_number = words.is(next, Class::NumberFollows);
    let is_record = words.is(next, Class::AfterSemicolon);
    // "*R v Roe* [2017] 1 Cr App R 12; [2016] EWCA Crim 1613": one judgment in two reports.
    let is_parallel =
        words.is_mark(next, '[') && is_report_alone(words, &(next..end_of(words, next)));
    if of_translation(words, at, words.len()).is_some() || is_parallel {
        return false;
    }
    if is_cited_again(words, next) {
        return true;
    }
    let goes_on = words.is_small(next)
        && !is_record
        && signals(words, next) == next
        && !is_form(words, next)
        && !begins_name(words, next);
    !(is_list_of_authors
        || is_among_editors(words, start, at)
        || is_page
        || is_led_page
        || is_number
        || goes_on)
}

/// Where what begins here ends: at a semicolon or a paragraph's end.
fn end_of(words: &Words<'_>, at: usize) -> usize {
    const MOST: usize = 40;
    let ends = |at: &usize| words.is_one_of_marks(*at, &[';', PARAGRAPH]);
    let last = words.len().min(at + MOST);
    (at..last).find(ends).unwrap_or(last)
}

/// „in: Wozniak, Thomas; Nemitz, Jürgen (Hg.): Wikipedia“: whether a semicolon parts those whose book
/// it is.
fn is_among_editors(words: &Words<'_>, start: usize, at: usize) -> bool {
    const MAX_NAME_WORDS: usize = 40;
    let first = start.max(at.saturating_sub(MAX_NAME_WORDS));
    let leads = |colon: &usize| words.is_mark(*colon, ':') && words.is(colon - 1, Class::In);
    let Some(colon) = (first + 1..at).rev().find(leads) else {
        return false;
    };
    let elements = Elements::read(words, colon + 1, words.len());
    elements.next > at
        && elements.are_persons(words)
        && (elements.ends_in_initials || short::after_editors(words, elements.next) > elements.next)
}

/// "concluding observations on Brazil, 23 May 2003, cit., par. 58": a thing of a list that is cited
/// again.
fn is_cited_again(words: &Words<'_>, at: usize) -> bool {
    let end = end_of(words, at);
    let comma = (at..end).find(|at| words.is_mark(*at, ',') && op_cit(words, at + 1).is_some());
    comma.is_some_and(|comma| comma > at + 3)
}

/// Whether a form of words that only short citations have begins here.
fn is_form(words: &Words<'_>, at: usize) -> bool {
    ibid(words, at).is_some()
        || idem(words, at).is_some()
        || CrossReference::read(words, at).is_some()
        || op_cit(words, at).is_some_and(|_| words.folded(at) != "supra")
}

/// After a full stop: "See Smith (2019).", "Ibid.", and after a citation with a year "Smith (2019)".
fn begins_sentence(words: &Words<'_>, start: usize, at: usize, has_year: bool) -> bool {
    // "vom 17. April 2019"
    let is_of_day = words.is_number(at.wrapping_sub(1)) && date::month(words, at + 1).is_some();
    let is_abbreviation = is_of_day
        || is_initial_within(words, at) && !is_form(words, signals(words, at + 1))
        || is_editor_within(words, at)
        || is_of_translation(words, at)
        // „hrsg. v. E. Forsthoff“
        || is_of_helper(words, at)
        // „Éd. du Seuil“
        || words.is(at.wrapping_sub(1), Class::Editors) && words.is_small(at + 1)
        || is_of_volume(words, at);
    if words.touches_previous(at + 1) || is_abbreviation || is_within_short(words, start, at) {
        return false;
    }
    let next = at + 1;
    let from = signals(words, next);
    let is_led = from > next && signal(words, next).is_some();
    is_form(words, from)
        || ((has_year || is_led) && begins_dated(words, from))
        || (has_year && ends_in_pages(words, at) && begins_with_colon(words, next))
        || (is_led
            && (begins_titled(words, from)
                || begins_surnamed(words, from)
                || begins_of_body(words, from)
                || begins_with_colon(words, from)
                || begins_short_with_colon(words, from)
                || begins_unset(words, from)
                || begins_paged(words, from)
                || begins_linked(words, from)
                || begins_numbered(words, from)
                || named_report(words, from).is_some()))
        || begins_behind_measure(words, at)
        || (is_pinpoint(words, from) && !is_abbreviated_party(words, at))
        || ((anchor::ends_sentence(words, at) || closes(words, at.wrapping_sub(1)))
            && (is_marked_sentence(words, from) || talk(words, from, words.len()).is_some()))
        || (closes(words, at.wrapping_sub(1)) && begins_set_off(words, next))
        || (!words.is_capital(at.wrapping_sub(1))
            && !words.is(at.wrapping_sub(1), Class::Editors)
            && plain_citation(words, next).is_some())
}

/// "Case C-378/08 *Roe and Others*", "Directive 93/13": the number of a judgment or a law.
fn begins_numbered(words: &Words<'_>, at: usize) -> bool {
    words.is_capital(at)
        && words.is(at, Class::Instrument)
        && Designation::read(words, at).is_some()
}

/// "a cura di G. Barone", "2 vols., M. Nijhoff", "H.R. Sepp": an initial behind what cannot end a
/// sentence; „Neustadt a. d. Weinstraße“.
fn is_initial_within(words: &Words<'_>, point: usize) -> bool {
    let initial = point.wrapping_sub(1);
    let before = initial.wrapping_sub(1);
    let letters = words.folded(initial).chars().count();
    if !words.is_capital(point + 1) {
        return false;
    }
    let is_of_place = letters == 1 && matches!(words.raw(initial), "a" | "d");
    let is_second = words.is_mark(before, '.')
        && words.is_capital(before.wrapping_sub(1))
        && words.folded(before.wrapping_sub(1)).chars().count() == 1;
    let is_within = words.is_mark(before, ',') || words.is_small(before) || is_second;
    is_of_place || words.is_capital(initial) && letters <= 2 && is_within
}

/// "trad. it. cit.", "tr. it."
fn is_of_translation(words: &Words<'_>, point: usize) -> bool {
    let word = point.wrapping_sub(1);
    let before = word.wrapping_sub(1);
    let is_translation = |at: usize| words.is(at, Class::TranslatedBy);
    is_translation(word)
        || words.is(word, Class::OfLanguage)
            && (is_translation(before)
                || words.is_one_of_marks(before, &['.', ','])
                    && is_translation(before.wrapping_sub(1)))
}

/// „hrsg. v.“, „übers. v.“
fn is_of_helper(words: &Words<'_>, point: usize) -> bool {
    let by = point.wrapping_sub(1);
    let role = by.wrapping_sub(2);
    words.folded(by) == "v"
        && words.is_mark(by.wrapping_sub(1), '.')
        && (words.is(role, Class::EditedBy) || words.is(role, Class::TranslatedBy))
}

/// „In: MEW, Band 42. Berlin 2015“: the place and the year of the volume follow.
fn is_of_volume(words: &Words<'_>, point: usize) -> bool {
    let number = point.wrapping_sub(1);
    let before = number.wrapping_sub(1);
    let word = before.wrapping_sub(usize::from(words.is_mark(before, '.')));
    words.is_number(number)
        && words.is(word, Class::Volume)
        && words.is_capital(point + 1)
        && date::year(words, point + 2).is_some()
}

/// „hrsg. von R. Smid“
fn is_editor_within(words: &Words<'_>, point: usize) -> bool {
    let word = point.wrapping_sub(1);
    words.is_small(word) && words.is(word, Class::Editors) && words.is_small(point + 1)
}

fn closes(words: &Words<'_>, at: usize) -> bool {
    words.is_one_of_marks(at, &[')', ']', '”', '"'])
}

/// Whether a citation in full has said all by this point: its year in brackets, and what is said
/// of it in more brackets, stand right before.
fn is_over(words: &Words<'_>, start: usize, at: usize) -> bool {
    if is_behind_address(words, at) {
        return is_function_word(words, at + 1) && words.is_capital(at + 1);
    }
    let mut end = match plain_citation(words, start) {
        Some(end) if end <= at => end,
        _ => return false,
    };
    while let Some(close) = words.closing(end).filter(|close| *close < at) {
        end = close + 1;
    }
    end == at && !words.touches_previous(at + 1) && words.get(at + 1).is_some()
}

/// Whether the pages of a citation end at this point: ": 45–67.", ", p. 12."
fn ends_in_pages(words: &Words<'_>, at: usize) -> bool {
    let page = at.wrapping_sub(1);
    let before = page.wrapping_sub(1);
    let is_led = words.is_one_of_marks(before, &[',', ':', '–', '-'])
        || is_locator(words, before)
        || words.is_mark(before, '.') && is_locator(words, before.wrapping_sub(1));
    words.is_number(page) && is_led && date::year(words, page).is_none()
}

/// Whether a sentence of the author's begins here, and no title: "The episode is recounted by".
pub(super) fn begins_prose(words: &Words<'_>, at: usize) -> bool {
    const LOOKED_AT: usize = 7;
    let is_said = |at: usize| words.is_small(at) && words.is_outside(at);
    let capitals = (at + 1..at + LOOKED_AT)
        .filter(|at| words.is_capital(*at))
        .count();
    words.is_capital(at)
        && !words.is_set_off(at)
        && is_function_word(words, at)
        && (at + 1..at + LOOKED_AT).filter(|at| is_said(*at)).count() > capitals
}

/// Whether an address, or one in brackets, stands right before.
fn is_behind_address(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let is_bracket = words.is_one_of_marks(before, &[')', ']']);
    words.is_link(before) || (is_bracket && words.is_link(before.wrapping_sub(1)))
}

/// Whether a sentence in quotation marks or brackets ends here, and a citation begins behind it:
/// "… of their establishments.” Richard L. Oliver, Satisfaction 402 (2d ed. 2015)".
fn ends_quoted_sentence(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    // "… a quotation within one.’” Id."
    let is_inner = words.is_one_of_marks(before, &['’', '\'']) && words.is_mark(at, '”');
    let before = before.wrapping_sub(usize::from(is_inner));
    let is_ended = words.is_one_of_marks(before, &['.', '?', '!'])
        && words.is_one_of_marks(at, &['”', '"', ')', '’']);
    let next = at + 1;
    if !is_ended {
        return false;
    }
    let from = signals(words, next);
    is_ended
        && !words.touches_previous(next)
        && (plain_citation(words, next).is_some()
            || begins_edited(words, from)
            || is_marked_sentence(words, from)
            || talk(words, from, words.len()).is_some()
            || (words.is_capital(next) && is_form(words, from)))
}

/// Whether the point belongs to an abbreviation of the short citation that goes on behind it.
fn is_within_short(words: &Words<'_>, start: usize, at: usize) -> bool {
    let before = words.folded(at.wrapping_sub(1));
    let is_abbreviation = before.chars().count() == 1 && !words.is_number(at - 1)
        || matches!(
            before,
            "cf" | "vgl" | "al" | "cit" | "esp" | "zit" | "ders" | "dies"
        )
        || is_within_op_cit(words, at);
    is_abbreviation
        && short::read(words, start, words.len()).is_none_or(|form| form.words.end > at + 1)
}

/// The place behind a comma, and behind the "and" that follows it.
fn behind_and(words: &Words<'_>, comma: usize) -> usize {
    let next = comma + 1;
    next + usize::from(words.is_mark(comma, ',') && words.is_word(next) && is_and(words, next))
}

/// After a comma or "and": another short citation after one, or "Paul Schwartz (2019) Title"
/// after a citation in full.
fn begins_in_list(words: &Words<'_>, start: usize, at: usize, has_year: bool) -> bool {
    let next = behind_and(words, at);
    let from = signals(words, next);
    // "op. cit." and a note's number belong to what stands before them.
    let is_form = ibid(words, from).is_some() || idem(words, from).is_some();
    if !is_form && !words.is_capital(from) {
        return false;
    }
    let is_led = words.is_capital(next) && from > next;
    let is_behind = is_led || plain_citation(words, start).is_some_and(|end| end <= at);
    if is_behind && plain_citation(words, next).is_some()
        || is_led && words.is_mark(at, ',') && is_marked_sentence(words, from)
    {
        return true;
    }
    let is_dated = begins_dated(words, from) && !begins_imprint(words, from);
    if is_form || is_dated || begins_titled(words, from) {
        return ends_short(words, start, at)
            || (is_dated && is_and(words, at) && ends_in_pages(words, at))
            || (has_year && words.is_mark(at, ',') && begins_full(words, from));
    }
    false
}

fn ends_short(words: &Words<'_>, start: usize, at: usize) -> bool {
    // "Ders., Der Nomos der Erde": what follows is a title.
    let from = signals(words, start);
    let is_idem = idem(words, from).is_some_and(|next| next == at);
    let is_short = |form: &ShortForm| {
        // "Smith, *Title*, Berlin 2019": what follows a mere title is its imprint.
        let is_title = form.kind == FormKind::Title && !form.has_pages;
        // "Kennan to Byrnes, 22 February 1946, FRUS 1946": what follows a day is where it stands.
        let is_dated = form.dates.iter().any(|(date, _)| date.day.is_some());
        form.words.end == at && !is_title && !is_dated
    };
    !is_idem && short::read(words, start, at).is_some_and(|form| is_short(&form))
}

/// Before "see", "quoted in" and the like within a sentence, if a citation follows.
fn begins_after_signal(words: &Words<'_>, start: usize, at: usize) -> bool {
    if leads_into_emphasis(words, at) {
        return true;
    }
    if !words.is_small(at) || words.is_set_off(at) || signal(words, at).is_none() {
        return false;
    }
    // "p. 3 e.v. en Blok 1980": no Italian "vedi".
    if words.is(at, Class::Joins) || is_onward(words, at) {
        return false;
    }
    let from = signals(words, at);
    let names_whom = is_quoting(words, at) && words.is_capital(from);
    is_form(words, from)
        || names_whom
        || begins_dated(words, from)
        || begins_titled(words, from)
        || begins_edited(words, from)
        || named_report(words, from).is_some()
        || plain_citation(words, at).is_some()
        || words.is_mark(at.wrapping_sub(1), ',') && begins_unset(words, from)
        || is_bare_lead(words, start..at) && begins_surnamed(words, from)
}

/// Whether what follows can be nothing but a citation: "quoted in", "zit. nach".
fn is_quoting(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Quoting) && signal(words, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_an_abbreviation_part_nothing() {
        for said in [
            "op. cit.",
            "ob. cit.",
            "ouvr. cit.",
            "art. préc.",
            "a. a. O.",
        ] {
            let note = format!("Dupont, {said}, p. 4. Ibid., p. 5.");
            let words = Words::read(&note, &[], &[]);
            let parts = split(&words);
            let parts = parts.iter().map(|part| words.slice(part));
            let expected = [format!("Dupont, {said}, p. 4."), "Ibid., p. 5.".to_owned()];
            assert!(parts.eq(expected.iter()), "{said}");
        }
    }
}
