//! The author's own macros.

use std::collections::HashMap;

use super::input::Input;

/// A macro's text is at most so long, and there are so many.
const MAX_BODY_BYTES: usize = 16 * 1024;
const MAX_MACROS: usize = 4096;

/// The macros defined so far, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Macros {
    by_name: HashMap<String, Macro>,
}

/// What a command stands for.
#[derive(Debug, Clone)]
pub(super) struct Macro {
    arguments: usize,
    /// What the first argument is if it is left out.
    default: Option<String>,
    pub(super) body: String,
}

impl Macros {
    /// Reads a definition after its command, and keeps it unless it has a meaning here already.
    pub(super) fn define(
        &mut self,
        command: &str,
        input: &mut Input,
        is_known: impl Fn(&str) -> bool,
    ) {
        let (name, found) = match command {
            "def" | "gdef" | "edef" | "xdef" => define_by_tex(input),
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                define_by_latex(input)
            }
            _ => return,
        };
        let may = self.by_name.len() < MAX_MACROS && found.body.len() <= MAX_BODY_BYTES;
        if may && !name.is_empty() && !is_known(&name) && !measures(&found.body) {
            self.by_name.insert(name, found);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Macro> {
        self.by_name.get(name)
    }

    /// Gives the command the meaning that it had before.
    pub(super) fn restore(&mut self, name: &str, found: Option<Macro>) {
        match found {
            Some(found) => self.by_name.insert(name.to_owned(), found),
            None => self.by_name.remove(name),
        };
    }

    /// Puts what the command stands for in its place; tells whether it stands for anything.
    pub(super) fn expand(&self, name: &str, input: &mut Input) -> bool {
        let Some(found) = self.by_name.get(name) else {
            return false;
        };
        let mut arguments = Vec::new();
        for index in 0..found.arguments {
            let argument = match &found.default {
                Some(default) if index == 0 => input.optional().unwrap_or_else(|| default.clone()),
                _ => input.argument(),
            };
            arguments.push(argument);
        }
        input.expand(&filled(&found.body, &arguments));
        true
    }
}

/// `\newcommand{\name}[1][default]{body}`.
fn define_by_latex(input: &mut Input) -> (String, Macro) {
    let name = bare(&input.argument());
    let count = input.optional();
    let default = count.as_ref().and_then(|_| input.optional());
    let arguments = count
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0_usize);
    let body = input.argument();
    (
        name,
        Macro {
            arguments: arguments.min(9),
            default,
            body,
        },
    )
}

/// `\def\name#1#2{body}`.
fn define_by_tex(input: &mut Input) -> (String, Macro) {
    let name = bare(&input.argument());
    let pattern = input.until("{");
    let arguments = pattern.matches('#').count();
    let body = input.braced();
    // What a pattern with other signs in it would match is not known.
    let is_simple = pattern
        .chars()
        .all(|char| char == '#' || char.is_ascii_digit() || char.is_whitespace());
    let name = if is_simple { name } else { String::new() };
    (
        name,
        Macro {
            arguments: arguments.min(9),
            default: None,
            body,
        },
    )
}

/// Whether a macro measures what it sets, so that only its look depends on it.
fn measures(body: &str) -> bool {
    ["\\sbox", "\\setbox", "\\settowidth", "\\ifdim"]
        .iter()
        .any(|command| body.contains(command))
}

fn bare(name: &str) -> String {
    name.trim().trim_start_matches('\\').trim().to_owned()
}

/// The body with the arguments in place of `#1` and so on.
fn filled(body: &str, arguments: &[String]) -> String {
    if arguments.is_empty() {
        return body.to_owned();
    }
    let mut filled = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('#') {
        filled.push_str(before);
        let digit = after.chars().next().and_then(|char| char.to_digit(10));
        let argument = digit.and_then(|digit| arguments.get((digit as usize).checked_sub(1)?));
        match argument {
            Some(argument) => {
                filled.push_str(argument);
                rest = after.get(1..).unwrap_or_default();
            }
            None => {
                filled.push('#');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
