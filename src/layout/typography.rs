//! What a typesetter puts for what was typed: curly quotes, dashes, an ellipsis. Only what is
//! shown changes; the text stays.
//!
//! Every decision but for quotes rests on the few characters around.

use super::quotes::{QuotationMarks, Quotes};

/// Words that begin with an apostrophe, not with a quotation.
const ELISIONS: [&str; 6] = ["tis", "twas", "em", "til", "cause", "n"];

/// Others of German and Dutch, where no quote follows them, as in 's and 'ne.
const SHORT_ELISIONS: [&str; 8] = ["s", "t", "k", "ne", "ner", "nen", "nem", "mal"];

/// How many characters a decision looks back or ahead at most.
const REACH: usize = 8;

/// The sign that stands in for what is typed at the offset of the text, and how many bytes it
/// stands for.
pub(super) fn sign(text: &str, at: usize, quotes: &Quotes) -> Option<(usize, &'static str)> {
    let (before, after) = text.split_at_checked(at)?;
    let typed = *after.as_bytes().first()?;
    match typed {
        b'"' | b'\'' => whole(after, 1, quotes.at(at)?),
        b'-' => dash(before, after),
        b'.' if run_of(before, after, '.') == Some(3) => whole(after, 3, "…"),
        _ => None,
    }
}

/// The text with all of its signs set, for titles that stand outside of a block.
pub(crate) fn typeset(text: &str, marks: QuotationMarks) -> String {
    let (set, []) = typeset_with_places(text, marks, []);
    set
}

/// The same, and where the bytes at some offsets have come to stand in it.
pub(crate) fn typeset_with_places<const COUNT: usize>(
    text: &str,
    marks: QuotationMarks,
    places: [usize; COUNT],
) -> (String, [usize; COUNT]) {
    let quotes = Quotes::new(text, marks, |_| false);
    let mut set = String::with_capacity(text.len());
    let mut found = [usize::MAX; COUNT];
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        for (found, place) in found.iter_mut().zip(places) {
            if at >= place {
                *found = set.len().min(*found);
            }
        }
        match sign(text, at, &quotes) {
            Some((bytes, sign)) => {
                set.push_str(sign);
                at += bytes;
            }
            None => {
                set.push(letter);
                at += letter.len_utf8();
            }
        }
    }
    let end = set.len();
    (set, found.map(|found| found.min(end)))
}

/// Whether the quote in front of `after` opens a quotation. Other quotes before it are looked
/// through, so that of two that touch both open or both close.
pub(super) fn opens(before: &str, after: &str) -> bool {
    if after.chars().nth(1).is_none_or(char::is_whitespace) {
        return false;
    }
    // A quotation after an elision, as in l'"État".
    let mut nearest = before.chars().rev();
    if after.starts_with('"')
        && after.chars().nth(1).is_some_and(char::is_alphanumeric)
        && matches!(nearest.next(), Some('\'' | '’'))
        && nearest.next().is_some_and(char::is_alphabetic)
    {
        return true;
    }
    let mut earlier = before.chars().rev().take(REACH);
    earlier
        .find(|c| !matches!(c, '"' | '\''))
        .is_none_or(|c| c.is_whitespace() || "([{<«“‘„‚¿¡/=-–—".contains(c))
}

/// Whether the quote in front of `after` stands for letters or figures left out, as in '90s.
pub(super) fn is_apostrophe(before: &str, after: &str) -> bool {
    if before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
    {
        return true;
    }
    let word: String = after
        .chars()
        .skip(1)
        .take(REACH)
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let is_quoted = after.chars().nth(1 + word.chars().count()) == Some('\'');
    let is_one_of = |elisions: &[&str]| {
        let mut elisions = elisions.iter();
        elisions.any(|elided| word.eq_ignore_ascii_case(elided))
    };
    is_year(&word) || is_one_of(&ELISIONS) || (!is_quoted && is_one_of(&SHORT_ELISIONS))
}

/// Two figures, as in '68, or a decade, as in '90s.
fn is_year(word: &str) -> bool {
    let figures = word.strip_suffix('s').unwrap_or(word);
    figures.len() == 2 && figures.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two hyphens are an en dash and three an em dash; but not in an arrow, nor where a word follows
/// as in the name of an option.
fn dash(before: &str, after: &str) -> Option<(usize, &'static str)> {
    let hyphens = run_of(before, after, '-')?;
    let previous = before.chars().next_back();
    let next = after.chars().nth(hyphens);
    let is_arrow = previous == Some('<') || next == Some('>');
    let is_option =
        previous.is_none_or(char::is_whitespace) && next.is_some_and(char::is_alphanumeric);
    match hyphens {
        2 if !is_arrow && !is_option => whole(after, 2, "–"),
        3 if !is_arrow => whole(after, 3, "—"),
        _ => None,
    }
}

/// How often the character stands in front of `after`, counted up to four; nothing where the one
/// before is the same.
fn run_of(before: &str, after: &str, c: char) -> Option<usize> {
    (!before.ends_with(c)).then(|| after.chars().take(4).take_while(|next| *next == c).count())
}

/// The sign for so many ASCII characters, unless a mark sits on the last one.
fn whole(after: &str, bytes: usize, sign: &'static str) -> Option<(usize, &'static str)> {
    let last = after.get(bytes - 1..)?;
    (super::ruler::first_grapheme(last) == 1).then_some((bytes, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_set_like_the_text() {
        check("China's \"turn\" -- é...", "China’s “turn” – é…");
    }

    fn check(typed: &str, expected: &str) {
        assert_eq!(typeset(typed, QuotationMarks::default()), expected);
    }

    #[test]
    fn a_place_is_found_again_though_what_stands_behind_it_decides_on_a_quote() {
        let text = "Er sagte 'so -- nicht'.";
        let hit = [text.find("nicht").unwrap(), text.find("'.").unwrap()];
        let marks = QuotationMarks::for_language("de");
        let (set, [start, end]) = typeset_with_places(text, marks, hit);
        assert_eq!(set, "Er sagte ‚so – nicht‘.");
        assert_eq!(set.get(start..end), Some("nicht"));
        assert_eq!(typeset_with_places("a", marks, [0, 1, 9]).1, [0, 1, 1]);
    }

    #[test]
    fn quotes_turn_to_what_they_enclose() {
        check(r#""one" (two "three")"#, "“one” (two “three”)");
        check("a 'one' b", "a ‘one’ b");
        check(
            r#"the "community of common destiny"."#,
            "the “community of common destiny”.",
        );
    }

    #[test]
    fn quotes_that_touch_turn_the_same_way() {
        check(r#""'one,' he said""#, "“‘one,’ he said”");
        check(r#"He said: "Say 'one'""#, "He said: “Say ‘one’”");
        check(r#""one"'s end"#, "“one”’s end");
    }

    #[test]
    fn a_quote_after_a_dash_opens_and_before_a_space_closes() {
        check(r#"so--"one" two"#, "so–“one” two");
        check(r#""I was--" he said"#, "“I was–” he said");
    }

    #[test]
    fn an_apostrophe_is_never_an_opening_quote() {
        check("it's Russia's, the states'", "it’s Russia’s, the states’");
        check("the '90s and '68, 'tis so", "the ’90s and ’68, ’tis so");
        check("rock 'n' roll", "rock ’n’ roll");
    }

    #[test]
    fn a_quotation_opens_after_an_elision() {
        check(r#"l'"État" et d'"Art"."#, "l’“État” et d’“Art”.");
        check(r#""the dogs'" he said"#, "“the dogs’” he said");
    }

    #[test]
    fn quotes_around_figures_are_quotes() {
        check("'2024' was", "‘2024’ was");
    }

    #[test]
    fn hyphens_turn_into_dashes() {
        check("2022--2025", "2022–2025");
        check("one---two -- three", "one—two – three");
    }

    #[test]
    fn hyphens_that_are_no_dash_stay() {
        check(
            "Sino-Russian ---- <-- --> use --width",
            "Sino-Russian ---- <-- --> use --width",
        );
    }

    #[test]
    fn three_stops_are_an_ellipsis_and_no_other_number_is() {
        check("so... and .. or ....", "so… and .. or ....");
    }

    #[test]
    fn what_is_set_already_stays() {
        check("“one” ‘two’ it’s – — …", "“one” ‘two’ it’s – — …");
        check("“it's ‘one’ 'two'”", "“it’s ‘one’ ‘two’”");
    }

    #[test]
    fn a_sign_with_a_mark_on_it_stays() {
        check("a\"\u{301} ..\u{2e}\u{301}", "a\"\u{301} ...\u{301}");
    }
}
