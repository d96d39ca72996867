//! What is searched for: a pattern, and how it is meant.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassSetItem, Literal, parse::Parser};
use regex_syntax::hir::HirKind;
use std::convert::Infallible;
use std::ops::Range;

use super::fold::{Accents, accented, folded, folded_with};
use crate::paper::without_marks;

/// The most memory that a compiled pattern may take, in bytes; what takes more is slow as well.
const MAX_COMPILED_BYTES: usize = 1 << 20;

/// How a pattern is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// Every character stands for itself.
    #[default]
    Plain,
    /// A regular expression in the syntax of the `regex` crate.
    Regex,
}

/// A pattern, ready to search with.
///
/// Pattern and text are compared folded: without diacritics, all quotes, dashes and spaces of one
/// kind, a run of spaces and line ends as one space. Case counts if the pattern has a capital, and
/// an accent where the pattern has one: `ö` is found only as that, `o` with any accent or none. (In
/// a pattern with marks such as `10^6`, or one of thousands of letters, accents do not count.)
/// Raised and lowered text is found by its letters, and in plain text also as `10^6` or `CO_2`.
///
/// A regular expression is matched against a block's folded text: `^` and `$` are the ends of the
/// block, `.` is one folded character, and spaces stand alone. Its literal characters are folded,
/// and inside `[…]` those that fold to one character, but not the ends of a range such as `à-ü`.
/// `\S` is no capital.
#[derive(Debug, Clone)]
pub struct Query {
    pattern: String,
    mode: Mode,
    /// None if the pattern holds nothing to search for.
    regex: Option<Regex>,
    /// How long the folded pattern is, if it also means raised or lowered text, as `10^6` does.
    marked: Option<usize>,
    /// How the text must be folded that is searched.
    accents: Accents,
    /// Folded text without accents of which, but for case, some is in all that is found; none where
    /// that cannot be told.
    literals: Option<Vec<String>>,
}

/// Why a pattern cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It is no regular expression.
    #[error("{reason} at character {column}")]
    Syntax {
        /// What is wrong with it, in a line.
        reason: String,
        /// From 1.
        column: usize,
    },
    /// It uses what is not searched for, such as a look behind.
    #[error("not a regular expression that opcit knows: {reason}")]
    Unsupported {
        /// What it is, in a line.
        reason: String,
    },
    /// It would take too much memory.
    #[error("the pattern is too long, or repeats too much: search for less of it")]
    TooBig,
}

impl Query {
    /// Makes a pattern ready.
    ///
    /// # Errors
    /// If a regular expression is broken, or a pattern takes more than 1 MiB when compiled; plain
    /// text of up to 5000 letters never does.
    pub fn parse(pattern: &str, mode: Mode) -> Result<Self, PatternError> {
        let is_marked = mode == Mode::Plain && without_marks(pattern).is_some();
        if is_marked || !has_accent(pattern) {
            return Self::parse_with(pattern, mode, Accents::Dropped);
        }
        match Self::parse_with(pattern, mode, Accents::Kept) {
            Err(PatternError::TooBig) => Self::parse_with(pattern, mode, Accents::Dropped),
            parsed => parsed,
        }
    }

    fn parse_with(pattern: &str, mode: Mode, accents: Accents) -> Result<Self, PatternError> {
        let typed = folded(pattern);
        let letters = without_marks(pattern).map(|letters| folded(&letters));
        let letters = letters.filter(|letters| !letters.is_empty() && mode == Mode::Plain);
        let (expression, has_capital) = match (mode, &letters) {
            (Mode::Plain, None) => (loose(pattern, accents), has_capital(pattern)),
            (Mode::Plain, Some(letters)) => {
                let both = [&typed, letters].map(|form| regex::escape(form));
                (both.join("|"), has_capital(pattern))
            }
            (Mode::Regex, _) => fold_expression(pattern, accents)?,
        };
        let literals = match (mode, &letters) {
            (Mode::Plain, None) => Some(vec![typed.clone()]),
            (Mode::Plain, Some(letters)) => Some(vec![typed.clone(), letters.clone()]),
            (Mode::Regex, _) => literal_in(&expression).map(|literal| vec![folded(&literal)]),
        };
        let regex = if expression.is_empty() {
            None
        } else {
            Some(compile(&expression, mode, !has_capital)?)
        };
        let regex_is_empty = regex.is_none();
        Ok(Self {
            pattern: pattern.to_owned(),
            mode,
            regex,
            marked: letters.map(|_| typed.len()),
            accents,
            literals: if regex_is_empty {
                Some(Vec::new())
            } else {
                literals
            },
        })
    }

    /// How the text must be folded that is searched.
    pub(super) fn accents(&self) -> Accents {
        self.accents
    }

    /// The pattern as it was given.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// How the pattern is meant.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether folded text that was found counts only if some of it is raised or lowered.
    pub(super) fn needs_script(&self, found: &Range<usize>) -> bool {
        self.marked.is_some_and(|typed| typed != found.len())
    }

    /// Folded text without accents of which, but for case, some is in all that is found; none where
    /// that cannot be told.
    pub(super) fn literals(&self) -> Option<&[String]> {
        self.literals.as_deref()
    }

    /// What finds the pattern in folded text; none if there is nothing to search for.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.regex.as_ref()
    }
}

fn has_accent(pattern: &str) -> bool {
    folded(pattern) != folded_with(pattern, Accents::Kept)
}

/// An expression for plain text. Where accents are kept in the text that is searched, a letter
/// without one stands for itself with any.
fn loose(text: &str, accents: Accents) -> String {
    let text = folded_with(text, accents);
    if accents == Accents::Dropped {
        return regex::escape(&text);
    }
    let mut expression = String::new();
    for letter in text.chars() {
        match accented(letter) {
            Some(others) => expression.push_str(&format!("[{letter}{others}]")),
            None => expression.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    expression
}

/// The longest text that is in all that an expression finds, if there is any.
fn literal_in(expression: &str) -> Option<String> {
    let hir = regex_syntax::parse(expression).ok()?;
    let mut parts = vec![&hir];
    let mut longest: Option<&str> = None;
    while let Some(part) = parts.pop() {
        match part.kind() {
            HirKind::Literal(literal) => {
                let text = str::from_utf8(&literal.0).unwrap_or_default();
                if text.len() > longest.map_or(0, str::len) {
                    longest = Some(text);
                }
            }
            HirKind::Concat(inner) => parts.extend(inner),
            HirKind::Capture(inner) => parts.push(&inner.sub),
            HirKind::Repetition(inner) if inner.min > 0 => parts.push(&inner.sub),
            _ => {}
        }
    }
    longest.map(str::to_owned)
}

fn has_capital(pattern: &str) -> bool {
    pattern.chars().any(char::is_uppercase)
}

fn compile(expression: &str, mode: Mode, ignores_case: bool) -> Result<Regex, PatternError> {
    // Folded text has none of the few letters that match an ASCII letter in Unicode alone (the
    // long s, the Kelvin sign), and without them the search is several times as fast.
    let is_ascii_text = mode == Mode::Plain && expression.is_ascii();
    RegexBuilder::new(expression)
        .case_insensitive(ignores_case)
        .unicode(!is_ascii_text)
        .size_limit(MAX_COMPILED_BYTES)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => PatternError::TooBig,
            other => PatternError::Unsupported {
                reason: last_line(&other.to_string()),
            },
        })
}

/// The reason in a message of the `regex` crate, whose other lines show the pattern.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// The regular expression with its literal characters folded, and whether one of them is a
/// capital.
fn fold_expression(pattern: &str, accents: Accents) -> Result<(String, bool), PatternError> {
    let ast = Parser::new()
        .parse(pattern)
        .map_err(|error| PatternError::Syntax {
            reason: error.kind().to_string(),
            column: error.span().start.column,
        })?;
    let mut literals = Literals {
        replacements: Vec::new(),
        has_capital: false,
        accents,
    };
    let Ok(()) = ast::visit(&ast, &mut literals);
    let mut expression = String::new();
    let mut copied = 0;
    for (range, replacement) in literals.replacements {
        expression.push_str(pattern.get(copied..range.start).unwrap_or_default());
        expression.push_str(&replacement);
        copied = range.end;
    }
    expression.push_str(pattern.get(copied..).unwrap_or_default());
    Ok((expression, literals.has_capital))
}

/// Collects from a regular expression what folding changes in it.
#[derive(Debug)]
struct Literals {
    replacements: Vec<(std::ops::Range<usize>, String)>,
    has_capital: bool,
    accents: Accents,
}

impl Literals {
    fn see(&mut self, literal: &Literal) {
        self.has_capital |= literal.c.is_uppercase();
    }

    fn replace(&mut self, literal: &Literal, replacement: String) {
        let range = literal.span.start.offset..literal.span.end.offset;
        self.replacements.push((range, replacement));
    }
}

impl ast::Visitor for &mut Literals {
    type Output = ();
    type Err = Infallible;

    fn finish(self) -> Result<(), Infallible> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Infallible> {
        if let Ast::Literal(literal) = ast {
            self.see(literal);
            let letter = literal.c.encode_utf8(&mut [0; 4]).to_owned();
            let plain = loose(&letter, self.accents);
            if plain != regex::escape(&letter) {
                self.replace(literal, format!("(?:{plain})"));
            }
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Infallible> {
        match item {
            ClassSetItem::Literal(literal) => {
                self.see(literal);
                let plain = folded_with(literal.c.encode_utf8(&mut [0; 4]), self.accents);
                let mut letters = plain.chars();
                if let (Some(letter), None) = (letters.next(), letters.next()) {
                    let others = accented(letter).filter(|_| self.accents == Accents::Kept);
                    let others = others.unwrap_or_default();
                    if letter != literal.c || !others.is_empty() {
                        self.replace(literal, format!("{}{others}", regex::escape(&plain)));
                    }
                }
            }
            ClassSetItem::Range(range) => {
                self.see(&range.start);
                self.see(&range.end);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, mode: Mode, text: &str) -> bool {
        let query = Query::parse(pattern, mode).unwrap();
        let text = folded_with(text, query.accents());
        query.regex().is_some_and(|regex| regex.is_match(&text))
    }

    #[track_caller]
    fn check_plain(pattern: &str, text: &str, expected: bool) {
        assert_eq!(
            finds(pattern, Mode::Plain, text),
            expected,
            "{pattern} in {text}"
        );
    }

    #[track_caller]
    fn check_regex(pattern: &str, text: &str, expected: bool) {
        assert_eq!(
            finds(pattern, Mode::Regex, text),
            expected,
            "{pattern} in {text}"
        );
    }

    #[track_caller]
    fn check_error(pattern: &str, expected: &str) {
        let error = Query::parse(pattern, Mode::Regex).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn small_letters_match_capitals_but_not_the_other_way_round() {
        check_plain("gibson", "GIBSON", true);
        check_plain("Gibson", "gibson", false);
        check_plain("Gibson", "Gibson", true);
    }

    #[test]
    fn an_accent_counts_once_it_is_typed() {
        for text in ["Köln", "Ko\u{308}ln", "KÖLN"] {
            check_plain("kö", text, true);
            check_plain("ko", text, true);
            check_plain("kó", text, false);
            check_regex("k[ö]l", text, true);
            check_regex("kö", text, true);
            check_regex("k.l", text, true);
        }
        check_plain("kö", "Koln", false);
        check_plain("koln über", "Köln über", true);
        check_plain("köln uber", "Köln über", true);
        check_plain("Köln uber", "Koln über", false);
        check_plain("ø", "o", false);
        check_plain("o", "Ø", true);
        check_plain("россий", "РОССИИ", false);
        check_plain("россии", "Россий", true);
        check_regex("ö|a", "Koln", false);
    }

    #[test]
    fn case_is_that_of_all_scripts() {
        check_plain("λόγος", "ΛΌΓΟΣ", true);
        check_plain("λογοσ", "λόγος", true);
        check_plain("Λόγος", "λόγος", false);
        check_plain("слово", "СЛОВО", true);
        check_plain("istanbul", "İSTANBUL", true);
        check_plain("strasse", "STRAẞE", true);
    }

    #[test]
    fn plain_text_may_hold_what_means_something_in_regular_expressions() {
        check_plain("(1979).", "Gibson (1979).", true);
        check_plain("a.c", "abc", false);
        check_plain(r"\d", "1", false);
    }

    #[test]
    fn the_pattern_is_folded_as_the_text_is() {
        check_plain("“cafe”", "\"café\"", true);
        check_plain("two\u{A0} words", "two\nwords", true);
        check_plain("…", "...", true);
    }

    #[test]
    fn literal_characters_of_a_regular_expression_are_folded() {
        check_regex("é+t", "e\u{301}te", true);
        check_regex("“.*”", "he said \"so\"", true);
        check_regex("[éß]t", "ét", true);
        check_regex("^(æ){2}$", "aeæ", true);
        check_regex("stra(ß)e", "strasse", true);
        check_regex(r"a\u{A0}b", "a b", true);
        check_regex("a…b", "a---b", false);
        check_regex("[a–z]", "b", false);
    }

    #[test]
    fn a_capital_letter_in_an_escape_is_no_capital() {
        check_regex(r"\Sibson", "GIBSON", true);
        check_regex(r"\x{67}ibson", "GIBSON", true);
        check_regex(r"(?P<Name>gibson)", "GIBSON", true);
        check_regex("[G]ibson", "gibson", false);
        check_regex(r"\x{47}ibson", "gibson", false);
    }

    #[test]
    fn a_broken_expression_says_why_and_where() {
        check_error("a(b", "unclosed group at character 2");
        check_error("é[b", "unclosed character class at character 2");
        check_error("*", "repetition operator missing expression at character 1");
        check_error(
            r"a\",
            "incomplete escape sequence, reached end of pattern prematurely at character 2",
        );
    }

    #[test]
    fn an_unknown_class_of_letters_is_named_as_such() {
        check_error(
            r"\p{Foo}",
            "not a regular expression that opcit knows: Unicode property not found",
        );
    }

    #[test]
    fn an_expression_that_grows_too_big_is_refused() {
        check_error(
            r"\w{1000}",
            "the pattern is too long, or repeats too much: search for less of it",
        );
    }

    #[test]
    fn a_page_of_plain_text_is_not_too_long() {
        check_plain(&"lorem ipsum ".repeat(400), "lorem", false);
        check_plain(&"ὦ ξεῖν’ ἀγγέλλειν ".repeat(280), "ὦ", false);
        check_plain(&"人工智能ЖЮ".repeat(800), "人", false);
    }

    #[test]
    fn deep_nesting_is_refused_not_run_into() {
        let pattern = "(".repeat(100_000);
        assert!(Query::parse(&pattern, Mode::Regex).is_err());
    }

    #[test]
    fn what_folds_to_nothing_is_searched_for_nowhere() {
        for pattern in ["", "\u{AD}", "\u{301}"] {
            check_plain(pattern, "a\u{AD}e\u{301}", false);
        }
    }
}
