//! What is searched for: a pattern, and how it is meant.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassSetItem, Literal, parse::Parser};
use std::convert::Infallible;

use super::fold::folded;

/// The most memory that a compiled pattern may take, in bytes; what takes more is slow as well.
const LARGEST: usize = 1 << 20;

/// How a pattern is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Every character stands for itself.
    #[default]
    Plain,
    /// A regular expression in the syntax of the `regex` crate.
    Regex,
}

/// A pattern, ready to search with.
///
/// Pattern and text are compared folded: without diacritics, with all kinds of quotes, dashes and
/// spaces taken for one, a run of spaces or a line end for one space. Case counts if the pattern
/// has a capital, else not. In a regular expression the literal characters are folded, and those
/// that fold to one character inside `[…]`, but not the ends of a range such as `à-ü`; `^` and `$`
/// are the ends of a block, `.` is one folded character, and `\S` is no capital.
#[derive(Debug, Clone)]
pub struct Query {
    pattern: String,
    mode: Mode,
    /// None if the pattern holds nothing to search for.
    regex: Option<Regex>,
}

/// Why a pattern cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("{reason} at character {column} of the regular expression")]
    Syntax {
        reason: String,
        /// From 1.
        column: usize,
    },
    #[error("not a regular expression that opcit knows: {reason}")]
    Unsupported { reason: String },
    #[error("the pattern is too long, or repeats too much: search for less of it")]
    TooBig,
}

impl Query {
    /// Makes a pattern ready.
    ///
    /// # Errors
    /// If a regular expression is broken, or a pattern takes more than 1 MiB when compiled; plain
    /// text of up to 5000 letters never does.
    pub fn parse(pattern: &str, mode: Mode) -> Result<Self, Error> {
        let (expression, has_capital) = match mode {
            Mode::Plain => (regex::escape(&folded(pattern)), has_capital(pattern)),
            Mode::Regex => fold_expression(pattern)?,
        };
        let regex = if expression.is_empty() {
            None
        } else {
            Some(compile(&expression, mode, !has_capital)?)
        };
        Ok(Self {
            pattern: pattern.to_owned(),
            mode,
            regex,
        })
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

    /// What finds the pattern in folded text; none if there is nothing to search for.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.regex.as_ref()
    }
}

fn has_capital(pattern: &str) -> bool {
    pattern.chars().any(char::is_uppercase)
}

fn compile(expression: &str, mode: Mode, ignores_case: bool) -> Result<Regex, Error> {
    // Folded text has none of the few letters that match an ASCII letter in Unicode alone (the
    // long s, the Kelvin sign), and without them the search is several times as fast.
    let is_ascii_text = mode == Mode::Plain && expression.is_ascii();
    RegexBuilder::new(expression)
        .case_insensitive(ignores_case)
        .unicode(!is_ascii_text)
        .size_limit(LARGEST)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Error::TooBig,
            other => Error::Unsupported {
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
fn fold_expression(pattern: &str) -> Result<(String, bool), Error> {
    let ast = Parser::new()
        .parse(pattern)
        .map_err(|error| Error::Syntax {
            reason: error.kind().to_string(),
            column: error.span().start.column,
        })?;
    let mut literals = Literals::default();
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
#[derive(Debug, Default)]
struct Literals {
    replacements: Vec<(std::ops::Range<usize>, String)>,
    has_capital: bool,
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
            let plain = folded(literal.c.encode_utf8(&mut [0; 4]));
            if !plain.chars().eq([literal.c]) {
                self.replace(literal, format!("(?:{})", regex::escape(&plain)));
            }
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Infallible> {
        match item {
            ClassSetItem::Literal(literal) => {
                self.see(literal);
                let plain = folded(literal.c.encode_utf8(&mut [0; 4]));
                if plain.chars().count() == 1 && !plain.chars().eq([literal.c]) {
                    self.replace(literal, regex::escape(&plain));
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
