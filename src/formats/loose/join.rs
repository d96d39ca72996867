//! What a line's or a page's end has cut, made whole: words, addresses, paragraphs, notes.

use super::Mender;
use super::paragraphs::{LooseKind, LooseParagraph, ParagraphPlace, ParagraphRow};
use super::words::{LooseWords, first_letters, last_letters};
use crate::paper::MendingKind;

/// A paragraph that is shorter may be a heading or a line of a table.
const MIN_CUT_BYTES: usize = 90;

/// Joins what was cut between two lines of a paragraph.
pub(super) fn lines(
    mender: &mut Mender<'_>,
    paragraphs: &mut [LooseParagraph],
    words: &LooseWords,
) {
    for paragraph in paragraphs
        .iter_mut()
        .filter(|one| one.kind == LooseKind::Text)
    {
        let rows = std::mem::take(&mut paragraph.rows);
        for row in rows {
            match paragraph.rows.last_mut() {
                Some(last) => {
                    if !join_rows(mender, last, &row, words) {
                        paragraph.rows.push(row);
                    }
                }
                None => paragraph.rows.push(row),
            }
        }
    }
}

/// Joins two lines where the end of the first has cut a word or an address.
fn join_rows(
    mender: &mut Mender<'_>,
    last: &mut ParagraphRow,
    next: &ParagraphRow,
    words: &LooseWords,
) -> bool {
    if let Some(address) = joined_address(&last.text, &next.text, words) {
        let cut = last_token(&last.text).to_owned();
        let may = mender.may(MendingKind::AddressJoined, last.line, &cut, &address.whole);
        if may {
            last.text.truncate(last.text.len() - cut.len());
            last.text.push_str(&address.whole);
            last.text.push_str(address.rest);
        }
        return may;
    }
    let Some(head) = last.text.strip_suffix('-') else {
        return false;
    };
    let (start, end) = (last_letters(head), first_letters(&next.text));
    let goes_on = next.text.starts_with(char::is_lowercase);
    if start.is_empty() || !goes_on {
        return false;
    }
    let joined = if words.confirm(start, end) {
        let may = mender.may(
            MendingKind::WordJoined,
            last.line,
            &format!("{start}- {end}"),
            &format!("{start}{end}"),
        );
        if !may {
            return false;
        }
        format!("{head}{}", next.text)
    } else {
        // The hyphen may be the author's own, so it stays; the gap is the line's end's.
        format!("{}{}", last.text, next.text)
    };
    last.text = joined;
    true
}

/// An address made whole, and what follows it on its second line.
struct Address<'a> {
    whole: String,
    rest: &'a str,
}

/// The address that is cut between two lines, where the text itself confirms it.
fn joined_address<'a>(last: &str, next: &'a str, words: &LooseWords) -> Option<Address<'a>> {
    let token = last_token(last);
    if !token.contains("://") {
        return None;
    }
    let is_enclosed = token.starts_with('<') && token.ends_with('>');
    let end = next.find(' ').unwrap_or(next.len());
    let (first, rest) = next.split_at_checked(end)?;
    let is_of_address = |char: char| char.is_ascii_alphanumeric() || "-_./%?=&~#+".contains(char);
    let looks_so = first.chars().all(is_of_address) && first.contains(['-', '_', '/', '%', '=']);
    if !looks_so {
        return None;
    }
    let address = token.trim_end_matches('>');
    let address = match address.strip_suffix('-') {
        // Cut like a word: the hyphen goes only where the text has the whole word.
        Some(cut) if words.confirm(last_letters(cut), first_letters(first)) => cut,
        Some(_) => return None,
        None if address.ends_with('/') && !is_enclosed => address,
        None => return None,
    };
    let close = if is_enclosed { ">" } else { "" };
    Some(Address {
        whole: format!("{address}{first}{close}"),
        rest,
    })
}

fn last_token(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

/// Joins paragraphs that a page's end has cut in two; the notes at the page's foot may come
/// between the halves.
pub(super) fn paragraphs(
    mender: &mut Mender<'_>,
    paragraphs: &mut Vec<LooseParagraph>,
    words: &LooseWords,
) {
    let pieces = std::mem::take(paragraphs);
    let mut last_of_body = None;
    for piece in pieces {
        let before = if piece.place.is_note() {
            paragraphs.len().checked_sub(1)
        } else {
            last_of_body
        };
        let before = before.and_then(|at| paragraphs.get_mut(at));
        let cut =
            before.filter(|last| last.kind == LooseKind::Text && piece.kind == LooseKind::Text);
        let piece = match cut.filter(|last| is_cut(last, &piece)) {
            Some(last) => join_pieces(mender, last, piece, words),
            None => Some(piece),
        };
        if let Some(piece) = piece {
            if !piece.place.is_note() {
                last_of_body = Some(paragraphs.len());
            }
            paragraphs.push(piece);
        }
    }
}

/// Puts the second piece to the first; gives it back if that may not be.
fn join_pieces(
    mender: &mut Mender<'_>,
    last: &mut LooseParagraph,
    piece: LooseParagraph,
    words: &LooseWords,
) -> Option<LooseParagraph> {
    let kind = if last.place.is_note() {
        MendingKind::NoteJoined
    } else {
        MendingKind::ParagraphJoined
    };
    let (end, begin) = (last.ending(), piece.opening());
    let before = format!("{end} | {begin}");
    if !mender.may(kind, piece.line, &before, &format!("{end} {begin}")) {
        return Some(piece);
    }
    let mut rows = piece.rows.into_iter();
    if let (Some(row), Some(next)) = (last.rows.last_mut(), rows.next())
        && !join_rows(mender, row, &next, words)
    {
        last.rows.push(next);
    }
    last.rows.extend(rows);
    None
}

/// Whether a paragraph goes on in the next piece of its kind.
fn is_cut(last: &LooseParagraph, next: &LooseParagraph) -> bool {
    if last.place != next.place {
        return false;
    }
    let (end, begin) = (last.text(), next.text());
    let end = without_markers(&end);
    let is_open = is_unfinished(end);
    let first = begin.chars().next();
    match last.place {
        // Between two numbers there is nothing but the one note.
        ParagraphPlace::Note(_) => is_open || cuts_address(end, &begin),
        ParagraphPlace::Body => {
            let goes_on = first.is_some_and(|first| first.is_lowercase() || first == '(')
                || has_open_parenthesis(end);
            is_open && last.bytes() >= MIN_CUT_BYTES && goes_on
        }
    }
}

/// An address that ends with a hyphen has lost its end.
fn cuts_address(end: &str, begin: &str) -> bool {
    let token = last_token(end).trim_end_matches('>');
    token.contains("://") && token.ends_with('-') && begin.starts_with(char::is_lowercase)
}

/// Whether a text stops in the middle of a sentence.
fn is_unfinished(text: &str) -> bool {
    let closers = ['"', '”', '’', '»', ')', ']', '*', '_', '>'];
    let last = text.trim_end_matches(closers).chars().next_back();
    last.is_some_and(|last| !matches!(last, '.' | '!' | '?' | ':' | ';' | '…'))
        && !text.ends_with(['>', '*'])
}

fn has_open_parenthesis(text: &str) -> bool {
    text.rfind('(') > text.rfind(')')
}

/// A text without the markers at its end.
fn without_markers(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(at) = text.rfind("[^").filter(|_| text.ends_with(']')) {
        text = text.get(..at).unwrap_or_default().trim_end();
    }
    text
}
