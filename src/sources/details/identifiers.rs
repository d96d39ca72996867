//! Identifiers: DOI, ISBN, arXiv, ECLI, CELEX, and the address.

use std::sync::Arc;

use super::Details;
use crate::sources::address::is_cut;

pub(super) fn read(text: &str, links: &[Arc<str>], details: &mut Details) {
    let from_links = links.iter().find_map(|link| doi(link));
    details.doi = from_links.or_else(|| doi(text)).unwrap_or_default();
    let is_page = |link: &&Arc<str>| doi(link).is_none() && !is_registrant(link);
    let url = links.iter().find(is_page);
    details.url = url.map(ToString::to_string).unwrap_or_default();
    details.arxiv = arxiv(text)
        .or_else(|| links.iter().find_map(|link| arxiv(link)))
        .unwrap_or_default();
    details.isbn = isbn(text).unwrap_or_default();
    details.ecli = after(text, "ECLI:", |c| {
        c.is_ascii_alphanumeric() || matches!(c, ':' | '.')
    })
    .map(|rest| format!("ECLI:{rest}"))
    .unwrap_or_default();
    details.celex = after(text, "CELEX:", |c| {
        c.is_ascii_alphanumeric() || matches!(c, '(' | ')')
    })
    .or_else(|| after(text, "CELEX ", |c| c.is_ascii_alphanumeric()))
    .unwrap_or_default();
}

/// "https://doi.org/10.54678/": a blank has cut off what names the work.
fn is_registrant(link: &str) -> bool {
    let behind = link.split_once("doi.org/10.").map(|(_, behind)| behind);
    behind.is_some_and(|behind| {
        let number = behind.strip_suffix('/').unwrap_or(behind);
        number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What stands behind a word, as far as its characters go.
fn after(text: &str, word: &str, goes_on: impl Fn(char) -> bool) -> Option<String> {
    let at = text.find(word)?;
    let rest = text.get(at + word.len()..)?;
    let end = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
    let found = rest.get(..end)?.trim_end_matches(['.', ':']);
    (found.len() > 4).then(|| found.to_owned())
}

/// "10.1111/jcms.12345": a number of four to nine digits, a slash, and more. None if a blank cuts it.
pub(in crate::sources) fn doi(text: &str) -> Option<String> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find("10.") {
        let at = from + found;
        from = at + 3;
        let rest = text.get(at..)?;
        let before = text.get(..at)?.chars().next_back();
        let digits = rest
            .get(3..)?
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let is_start = before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
        if !is_start || !(4..=9).contains(&digits) || rest.as_bytes().get(3 + digits) != Some(&b'/')
        {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | ',' | ';');
        let end = rest.find(ends).unwrap_or(rest.len());
        let mut doi = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':']);
        let count = |mark| doi.matches(mark).count();
        if doi.ends_with(')') && count(')') > count('(') || doi.ends_with(']') {
            doi = doi.get(..doi.len() - 1)?.trim_end_matches('.');
        }
        if is_cut(doi, rest.get(doi.len()..)?) {
            continue;
        }
        return (doi.len() > 4 + digits).then(|| doi.to_owned());
    }
    None
}

fn arxiv(text: &str) -> Option<String> {
    let rest = ["arXiv:", "arxiv:", "arxiv.org/abs/", "arXiv "]
        .iter()
        .find_map(|lead| text.split_once(lead).map(|(_, rest)| rest))?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')));
    let id = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches('.');
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 7).then(|| id.to_owned())
}

/// Ten or thirteen digits behind "ISBN", with the right check digit.
fn isbn(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("ISBN")?;
    let rest = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | ' ' | 'X' | '‑' | '–')));
    let digits: String = rest
        .get(..end.unwrap_or(rest.len()))?
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let digits = [13, 10].iter().find_map(|length| digits.get(..*length))?;
    is_isbn(digits).then(|| digits.to_owned())
}

fn is_isbn(digits: &str) -> bool {
    let value = |c: char| if c == 'X' { Some(10) } else { c.to_digit(10) };
    let values: Option<Vec<u32>> = digits.chars().map(value).collect();
    let Some(values) = values else {
        return false;
    };
    let sum: u32 = match values.len() {
        10 => values.iter().zip((1..=10).rev()).map(|(v, w)| v * w).sum(),
        _ => values
            .iter()
            .zip([1, 3].iter().cycle())
            .map(|(v, w)| v * w)
            .sum(),
    };
    let modulus = if values.len() == 10 { 11 } else { 10 };
    sum.is_multiple_of(modulus)
}
