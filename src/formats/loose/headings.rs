//! Headings that have no mark, found by their shape and their place.

use std::collections::{HashMap, HashSet};

use super::Mender;
use super::paragraphs::{LooseKind, LooseParagraph, ParagraphPlace};
use crate::paper::MendingKind;

/// What parts of books are called.
const CHAPTERS: [&str; 13] = [
    "chapter",
    "book",
    "part",
    "section",
    "canto",
    "letter",
    "lecture",
    "chapitre",
    "livre",
    "kapitel",
    "buch",
    "capitolo",
    "capítulo",
];

const MAX_HEADING_BYTES: usize = 120;
const MAX_HEADING_WORDS: usize = 18;

/// Reads short lines before a text as its headings, unless the source marks its headings.
pub(super) fn find(mender: &mut Mender<'_>, paragraphs: &mut [LooseParagraph]) {
    let is_marked = |one: &LooseParagraph| one.kind == LooseKind::MarkedHeading;
    if paragraphs.iter().filter(|one| is_marked(one)).count() > 1 {
        return;
    }
    let chapters = chapters(paragraphs);
    for index in 0..paragraphs.len() {
        let is_chapter = chapters.contains(&index);
        let before = index.checked_sub(1).and_then(|at| paragraphs.get(at));
        let is_free = before.is_none_or(ends_properly);
        let next = paragraphs.get(index + 1);
        let leads = next.is_some_and(is_text_under_heading);
        let is_before_list = next.is_some_and(|next| next.kind == LooseKind::List);
        let Some(paragraph) = paragraphs.get_mut(index) else {
            continue;
        };
        // A line with a colon before a list says what is listed.
        let introduces = is_before_list && paragraph.text().ends_with(':');
        if is_free && leads && has_shape(paragraph) && !introduces || is_chapter {
            let text = paragraph.text();
            let words = text.trim_matches('*').trim().to_owned();
            let level = level_of(&words);
            if mender.may(MendingKind::HeadingFound, paragraph.line, &text, &words) {
                paragraph.kind = LooseKind::Heading(level);
                if let Some(row) = paragraph.rows.first_mut() {
                    row.text = words;
                }
            }
        }
    }
}

fn has_shape(paragraph: &LooseParagraph) -> bool {
    let text = paragraph.text();
    let words = text.trim_matches(['*', '_']);
    let end = words.trim_end_matches(['”', '’', '"']);
    paragraph.is_body_text()
        && paragraph.rows.len() == 1
        && words.len() <= MAX_HEADING_BYTES
        && words.split(' ').count() <= MAX_HEADING_WORDS
        && words.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
        && words.chars().any(char::is_alphabetic)
        && !end.ends_with(['.', ',', ';', '!', '—'])
        && !words.ends_with("--")
        // What began on a line before, as the caption of a picture.
        && (!words.ends_with(']') || words.contains('['))
        && !words.contains("://")
}

/// The lines that only name and number a chapter, as "CHAPTER II.". One that comes again is that of
/// the table of contents.
fn chapters(paragraphs: &[LooseParagraph]) -> HashSet<usize> {
    let mut last: HashMap<String, usize> = HashMap::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text();
        if paragraph.is_body_text() && paragraph.rows.len() == 1 && is_chapter(&text) {
            last.insert(text.to_lowercase(), index);
        }
    }
    // One alone may be anything.
    let is_counted = last.len() > 1;
    last.into_values().filter(|_| is_counted).collect()
}

fn is_chapter(text: &str) -> bool {
    let words = text.trim_matches(['*', '_', ' ']).trim_end_matches('.');
    let Some((word, number)) = words.split_once(' ') else {
        return false;
    };
    let is_numeral = |number: &str| {
        let roman = |char: char| matches!(char, 'I' | 'V' | 'X' | 'L' | 'C');
        !number.is_empty()
            && number.len() <= 8
            && (number.chars().all(roman) || number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    CHAPTERS.contains(&word.to_lowercase().as_str()) && is_numeral(number)
}

/// A list, or a paragraph of at least a sentence.
fn is_text_under_heading(paragraph: &LooseParagraph) -> bool {
    let is_sentence = || {
        let text = paragraph.text();
        text.len() > MAX_HEADING_BYTES
    };
    paragraph.place == ParagraphPlace::Body
        && match paragraph.kind {
            LooseKind::Text => is_sentence(),
            LooseKind::List => true,
            LooseKind::Heading(_) | LooseKind::MarkedHeading | LooseKind::Other => false,
        }
}

/// Whether a heading may follow: a paragraph that was cut does not end here.
fn ends_properly(paragraph: &LooseParagraph) -> bool {
    paragraph.kind != LooseKind::Text
        || paragraph.bytes() <= MAX_HEADING_BYTES
        || paragraph
            .text()
            .trim_end_matches(|char: char| !char.is_alphanumeric() && !".!?:".contains(char))
            .ends_with(['.', '!', '?', ':', ']'])
        || paragraph.text().ends_with(']')
}

/// By a number such as "2.1": one more for each point in it; else 1.
fn level_of(words: &str) -> u8 {
    let number: &str = words
        .split(' ')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let is_number = number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|char| char.is_ascii_digit() || char == '.');
    let points = number.chars().filter(|char| *char == '.').count();
    if is_number {
        u8::try_from(points + 1).unwrap_or(6).min(6)
    } else {
        1
    }
}

/// Takes out what a converter has made of the picture of a bullet: the same sign, neither letter
/// nor punctuation, at the start of every item.
pub(super) fn remove_bullet_pictures(mender: &mut Mender<'_>, paragraphs: &mut [LooseParagraph]) {
    for list in paragraphs
        .iter_mut()
        .filter(|one| one.kind == LooseKind::List)
    {
        let items = list
            .rows
            .iter()
            .filter_map(|row| row.text.strip_prefix("- "));
        let mut signs = items.map(|item| item.split(' ').next().unwrap_or_default());
        let Some(sign) = signs.next().map(str::to_owned) else {
            continue;
        };
        let is_picture = !sign.is_empty()
            && !sign.is_ascii()
            && !sign.contains(|char: char| char.is_alphanumeric() || "«»“”‘’„—–…".contains(char));
        let others: Vec<&str> = signs.collect();
        let is_everywhere = others.len() >= 2 && others.iter().all(|other| *other == sign);
        if is_picture
            && is_everywhere
            && mender.may(MendingKind::BulletRemoved, list.line, &sign, "")
        {
            let head = format!("- {sign} ");
            for row in &mut list.rows {
                if let Some(rest) = row.text.strip_prefix(&head) {
                    row.text = format!("- {rest}");
                }
            }
        }
    }
}
