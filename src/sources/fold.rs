//! Folding: what is the same word when case, accents and apostrophes are left aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the word in lower case, without accents, apostrophes and the ending of a genitive:
/// `Düben` gives `duben`, `O'Meara's` gives `omeara`, `Straße` gives `strasse`.
pub(super) fn fold_into(folded: &mut String, word: &str) {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let word = word.strip_suffix("’s").unwrap_or(word);
    if word.is_ascii() {
        let kept = word.chars().filter(|c| *c != '\'');
        folded.extend(kept.map(|c| c.to_ascii_lowercase()));
        return;
    }
    let bare = word.nfkd().filter(|c| !is_combining_mark(*c));
    for c in bare.flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '‘' | 'ʼ' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            '‐' | '‑' => folded.push('-'),
            _ if is_combining_mark(c) => {}
            _ => folded.push(c),
        }
    }
}

/// A text in small letters without accents, signs and blanks.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::new();
    for word in text.split(|char: char| !char.is_alphanumeric()) {
        fold_into(&mut folded, word);
    }
    folded
}

/// Whether two titles may be one: it goes on where the other ends. So they may where one is not said.
#[must_use]
pub fn are_one_title(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// An address as it is compared: in small letters, without its scheme, `www.` and slashes at its end.
#[must_use]
pub fn bare_address(address: &str) -> String {
    let address = address.trim_end_matches('/').to_lowercase();
    let rest = address
        .split_once("://")
        .map_or(address.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).to_owned()
}

/// A folded word without the ending of its plural, so that "Joint Statements" finds a
/// "Joint Statement" and „Erklärungen“ an „Erklärung“. For comparing only: the stem need not be
/// a word.
pub(super) fn stem(folded: &str) -> &str {
    if folded.len() < 4 {
        return folded;
    }
    if let Some(stem) = folded.strip_suffix("ungen") {
        let kept = stem.len() + "ung".len();
        return folded.get(..kept).unwrap_or(folded);
    }
    match folded.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem,
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let mut folded = String::new();
        fold_into(&mut folded, word);
        assert_eq!(folded, expected);
    }

    #[test]
    fn case_accents_and_apostrophes_do_not_matter() {
        check("DÜBEN", "duben");
        check("O’Meara", "omeara");
        check("O'Meara", "omeara");
        check("Gabuev’s", "gabuev");
        check("Łukasz", "lukasz");
        check("Żiżek", "zizek");
        check("Weiß", "weiss");
        check("Sørensen", "sorensen");
        check("Œuvre", "oeuvre");
    }

    #[test]
    fn a_plural_has_the_stem_of_its_singular() {
        assert_eq!(stem("statements"), stem("statement"));
        assert_eq!(stem("erklarungen"), stem("erklarung"));
        assert_ne!(stem("communique"), stem("statement"));
    }
}
