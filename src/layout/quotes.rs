//! Quotation marks: which a language has, and which of them stands for a straight one.
//!
//! Whether a quote opens or closes rests on the few characters around it. Which marks it takes rests
//! on those that enclose it, as far as the block opens and closes them in pairs; where it does not,
//! as in a passage that goes on in the next paragraph, none counts as enclosed.

use memchr::memchr2_iter;

use super::typography::{is_apostrophe, opens};
use crate::paper::Paper;

/// What opens and what closes a quotation.
type Pair = [&'static str; 2];

/// The marks of a language's quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotationMarks {
    /// Of a quotation, and of one three deep.
    outer: Pair,
    /// Of a quotation within another.
    inner: Pair,
}

/// What a straight quote is where it stands for letters left out.
const APOSTROPHE: &str = "’";

const ENGLISH: QuotationMarks = QuotationMarks {
    outer: ["“", "”"],
    inner: ["‘", "’"],
};

/// Languages that have others, by their tags, and what opens and closes a quotation
/// and one within it. From Unicode's CLDR (<https://cldr.unicode.org>, delimiters), but that Swiss
/// German has the marks of Swiss books. The first that fits counts. French ones stand apart from
/// what they enclose.
const LANGUAGES: [(&[&str], [&str; 4]); 11] = [
    (&["fr"], ["«\u{a0}", "\u{a0}»", "“", "”"]),
    (&["de-ch", "de-li"], ["«", "»", "‹", "›"]),
    (
        &["de", "cs", "sk", "sl", "is", "et", "lt"],
        ["„", "“", "‚", "‘"],
    ),
    (&["bg"], ["„", "“", "’", "’"]),
    (&["hr"], ["„", "”", "‘", "’"]),
    (&["pl", "ro"], ["„", "”", "«", "»"]),
    (&["hu"], ["„", "”", "»", "«"]),
    (&["fi", "sv"], ["”", "”", "’", "’"]),
    (&["nb", "nn", "no"], ["«", "»", "‘", "’"]),
    (&["it", "es", "ca", "el", "pt-pt"], ["«", "»", "“", "”"]),
    (&["ru", "uk", "be"], ["«", "»", "„", "“"]),
];

impl Default for QuotationMarks {
    fn default() -> Self {
        ENGLISH
    }
}

impl QuotationMarks {
    /// Those of the language that a paper says it is in.
    #[must_use]
    pub fn for_paper(paper: &Paper) -> Self {
        Self::for_language(&paper.metadata.language)
    }

    /// Those of a language by its tag, as `de-AT`; the English ones where it is not known.
    #[must_use]
    pub fn for_language(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        let region = parts.next().unwrap_or_default();
        let is_meant = |name: &str| match name.split_once('-') {
            Some((own, of)) => {
                own.eq_ignore_ascii_case(language) && of.eq_ignore_ascii_case(region)
            }
            None => name.eq_ignore_ascii_case(language),
        };
        let found = LANGUAGES
            .iter()
            .find(|(names, _)| names.iter().any(|name| is_meant(name)));
        found.map_or(ENGLISH, |(_, [open, close, open_inner, close_inner])| {
            QuotationMarks {
                outer: [open, close],
                inner: [open_inner, close_inner],
            }
        })
    }
}

/// What stands for the straight quotes of a text, by their offsets in bytes.
#[derive(Debug, Default)]
pub(super) struct Quotes(Vec<(usize, &'static str)>);

impl Quotes {
    /// Those of a text, but for what stays as it was typed.
    pub(super) fn new(text: &str, marks: QuotationMarks, stays: impl Fn(usize) -> bool) -> Self {
        let mut pairing = Pairing {
            text,
            marks,
            ..Pairing::default()
        };
        for at in memchr2_iter(b'"', b'\'', text.as_bytes()).filter(|at| !stays(*at)) {
            match text.as_bytes().get(at) {
                Some(b'"') => pairing.take_double(at),
                _ => pairing.take_single(at),
            }
        }
        Quotes(pairing.finish())
    }

    /// What stands for the quote at an offset; none where it stays as it was typed.
    pub(super) fn at(&self, offset: usize) -> Option<&'static str> {
        let index = self.0.binary_search_by_key(&offset, |quote| quote.0).ok()?;
        self.0.get(index).map(|quote| quote.1)
    }
}

/// Quotes of a text under way.
#[derive(Debug, Default)]
struct Pairing<'a> {
    text: &'a str,
    marks: QuotationMarks,
    /// The double quotes, with whether each opens and by how many it is enclosed.
    doubles: Vec<(usize, bool, usize)>,
    depth: usize,
    is_unbalanced: bool,
    single: Option<OpenSingle>,
    signs: Vec<(usize, &'static str)>,
}

/// A single quote that opens.
#[derive(Debug)]
struct OpenSingle {
    at: usize,
    /// By how many double quotes it is enclosed.
    depth: usize,
    /// Those that may close it.
    closing: Vec<usize>,
}

impl Pairing<'_> {
    fn take_double(&mut self, at: usize) {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let is_opening = opens(before, after);
        match is_opening {
            true => self.depth += 1,
            false if self.depth == 0 => self.is_unbalanced = true,
            false => {}
        }
        self.doubles
            .push((at, is_opening, self.depth.saturating_sub(1)));
        if !is_opening {
            self.depth = self.depth.saturating_sub(1);
            let is_left = |single: &OpenSingle| single.depth > self.depth;
            if self.single.as_ref().is_some_and(is_left) {
                self.end_single();
            }
        }
    }

    /// A single quote that closes looks like an apostrophe. Where the language tells them apart, it
    /// closes only what has no other that could.
    fn take_single(&mut self, at: usize) {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let [open, close] = self.marks.inner;
        let is_opening = !is_apostrophe(before, after) && opens(before, after);
        if close == APOSTROPHE {
            self.signs.push((at, if is_opening { open } else { close }));
            return;
        }
        let may_close = !before.ends_with(char::is_whitespace)
            && !after.chars().nth(1).is_some_and(char::is_alphanumeric);
        match &mut self.single {
            _ if is_opening => {
                self.end_single();
                self.single = Some(OpenSingle {
                    at,
                    depth: self.depth,
                    closing: Vec::new(),
                });
            }
            Some(single) if may_close => single.closing.push(at),
            _ => self.signs.push((at, APOSTROPHE)),
        }
    }

    fn end_single(&mut self) {
        let [open, close] = self.marks.inner;
        match self.single.take() {
            Some(OpenSingle { at, closing, .. }) if closing.len() == 1 => {
                self.signs.push((at, open));
                self.signs.extend(closing.into_iter().map(|at| (at, close)));
            }
            // Where it is not certain what is a pair, no half of one is set.
            Some(OpenSingle { closing, .. }) => {
                let apostrophes = closing.into_iter().filter(|at| self.is_in_word(*at));
                let apostrophes: Vec<_> = apostrophes.map(|at| (at, APOSTROPHE)).collect();
                self.signs.extend(apostrophes);
            }
            None => {}
        }
    }

    /// Whether letters stand on both sides of a quote.
    fn is_in_word(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        before.ends_with(char::is_alphabetic)
            && after.chars().nth(1).is_some_and(char::is_alphabetic)
    }

    fn finish(mut self) -> Vec<(usize, &'static str)> {
        self.end_single();
        let is_balanced = self.depth == 0 && !self.is_unbalanced;
        let marks = self.marks;
        let doubles = self.doubles.into_iter().map(|(at, is_opening, depth)| {
            let pair = if is_balanced && depth % 2 == 1 {
                marks.inner
            } else {
                marks.outer
            };
            let [open, close] = pair;
            (at, if is_opening { open } else { close })
        });
        self.signs.extend(doubles);
        self.signs.sort_unstable_by_key(|sign| sign.0);
        self.signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::typography::typeset;

    #[track_caller]
    fn check(language: &str, typed: &str, expected: &str) {
        let marks = QuotationMarks::for_language(language);
        assert_eq!(typeset(typed, marks), expected, "{language}");
    }

    #[test]
    fn each_language_has_its_own_marks() {
        let typed = r#"He said: "one "two" three"."#;
        check("", typed, "He said: “one ‘two’ three”.");
        check("en-GB", typed, "He said: “one ‘two’ three”.");
        check("de_AT", typed, "He said: „one ‚two‘ three“.");
        check("de-CH-1901", typed, "He said: «one ‹two› three».");
        check("fr-CA", typed, "He said: «\u{a0}one “two” three\u{a0}».");
        check("ru", typed, "He said: «one „two“ three».");
        check("pt-PT", typed, "He said: «one “two” three».");
        check("pt-BR", typed, "He said: “one ‘two’ three”.");
    }

    #[test]
    fn a_quotation_that_goes_on_elsewhere_encloses_none() {
        check("", r#""one "two" three"#, "“one “two” three");
        check("", r#"one" and "two""#, "one” and “two”");
    }

    #[test]
    fn a_quotation_of_three_levels_begins_anew() {
        check("", r#""a "b "c" d" e""#, "“a ‘b “c” d’ e”");
    }

    #[test]
    fn an_apostrophe_closes_no_quotation_in_any_language() {
        check(
            "de",
            "Hans' Buch, 'so' und gibt's",
            "Hans’ Buch, ‚so‘ und gibt’s",
        );
        check("fr", "l'État d'\"Art\"", "l’État d’«\u{a0}Art\u{a0}»");
        // Which of the two closes it is not certain.
        check("de", "'alle Hunde' Knochen'", "'alle Hunde' Knochen'");
        check("de", "'alle \"so\" dort'", "‚alle „so“ dort‘");
        check(
            "de",
            "Wie geht 's dir? Hans' Buch",
            "Wie geht ’s dir? Hans’ Buch",
        );
        check("de", "\"'so' nicht\"", "„‚so‘ nicht“");
    }

    #[test]
    fn what_is_typed_as_it_should_be_stays() {
        check("de", "„so“ und «so» und “so”", "„so“ und «so» und “so”");
    }
}
