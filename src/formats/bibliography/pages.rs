//! Pages from one to another.

/// The text with a dash where a hyphen parts two pages of one kind: "33-35", "xii-xv", "e1-e4". A
/// hyphen that belongs to a page stays: "A-12", "5-B", "3-12--3-14".
pub(in crate::formats) fn spans(text: &str) -> String {
    // "35-–51"
    let text = &text.replace("-–", "–");
    let mut set = String::with_capacity(text.len());
    let ends = |char: char| char.is_whitespace() || matches!(char, ',' | ';' | '&' | '(' | ')');
    for word in text.split_inclusive(ends) {
        match parted(word.trim_end_matches(ends)) {
            Some((first, last)) => {
                set.push_str(first);
                set.push('–');
                set.push_str(last);
                let end = word.len() - word.trim_end_matches(ends).len();
                set.push_str(word.get(word.len() - end..).unwrap_or_default());
            }
            None => set.push_str(word),
        }
    }
    set
}

/// The two pages of a word.
fn parted(word: &str) -> Option<(&str, &str)> {
    if let Some((first, last)) = word.split_once("--") {
        let last = last.trim_start_matches('-');
        let are_pages = !first.is_empty() && last.starts_with(char::is_alphanumeric);
        return are_pages.then_some((first, last));
    }
    let (first, last) = word.split_once('-')?;
    let is_kind = |page: &str, other: &str| {
        let letters = |page: &str| {
            page.trim_end_matches(|char: char| char.is_ascii_digit())
                .len()
        };
        let (at, other_at) = (letters(page), letters(other));
        let is_numbered = at < page.len() && other_at < other.len();
        is_numbered && page.get(..at) == other.get(..other_at)
    };
    let is_roman =
        |page: &str| !page.is_empty() && page.bytes().all(|byte| b"ivxlcdm".contains(&byte));
    let last_page = last.trim_end_matches(['.', ':', '?', '!']);
    let are_pages = is_kind(first, last_page) || (is_roman(first) && is_roman(last_page));
    (are_pages && !first.contains('-')).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_parts_pages_and_a_hyphen_stays_in_one() {
        for (typed, expected) in [
            ("33-35, 38", "33–35, 38"),
            ("12--14", "12–14"),
            ("12---14", "12–14"),
            ("xii-xv; 3-4.", "xii–xv; 3–4."),
            ("e1-e4 S12-S15", "e1–e4 S12–S15"),
            ("A-12", "A-12"),
            ("5-B", "5-B"),
            ("A-12--A-15", "A-12–A-15"),
            ("3-12--3-14", "3-12–3-14"),
            ("2019-05-01", "2019-05-01"),
            ("Smith-Jones", "Smith-Jones"),
            ("12–14", "12–14"),
            ("12-–14", "12–14"),
            ("12 -- 14", "12 -- 14"),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(spans(typed), expected, "{typed}");
        }
    }
}
