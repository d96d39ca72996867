//! Commands of the reader's own, each a table under `[commands]`.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::runners::runs_a_text;
use super::setting::{command, flag};
use super::{Parser, in_order, one_of, unknown};
use crate::reader::keys::keymap::is_command;
use crate::reader::own_command::{CommandInput, CommandOutlet, FILE_PLACE, OwnCommand, TEXT_PLACE};

/// What a command's table may hold.
const NAMES: [&str; 4] = ["run", "input", "show", "terminal"];

impl Parser<'_> {
    pub(super) fn commands(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                _ if is_command(name) || name == "none" => {
                    let message = format!("“{name}” is a command of opcit’s already");
                    self.problem(key.span(), message);
                }
                DeValue::Table(own) => self.own_command(name, key.span(), own),
                _ => {
                    let message = format!("“{name}” is a table: write [commands.{name}]");
                    self.problem(key.span(), message);
                }
            }
        }
    }

    fn own_command(&mut self, name: &str, span: std::ops::Range<usize>, table: &DeTable<'_>) {
        let mut own = OwnCommand {
            name: name.to_owned(),
            words: Vec::new(),
            input: CommandInput::default(),
            outlet: CommandOutlet::default(),
        };
        let says_program = in_order(table)
            .iter()
            .any(|(key, _)| key.get_ref() == "run");
        for (key, value) in in_order(table) {
            let what = key.get_ref().as_ref();
            if !NAMES.contains(&what) {
                self.problem(key.span(), unknown("setting", what, NAMES));
            } else if let Err(expected) = set(&mut own, what, value) {
                self.problem(value.span(), format!("“{what}” must be {expected}"));
            }
        }
        if own.words.is_empty() {
            // What is wrong with what it says has been told.
            if says_program {
                return;
            }
            self.problem(span, format!("“{name}” says no program to “run”"));
        } else {
            self.commands.push(Arc::new(own));
        }
    }
}

fn set(own: &mut OwnCommand, what: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
    let value = value.get_ref();
    match what {
        "run" => {
            let words = command(value)?;
            check_places(&words)?;
            own.words = words;
        }
        "input" => {
            let name = value.as_str().unwrap_or_default();
            let input = CommandInput::ALL.into_iter().find(|named| named.0 == name);
            let names = CommandInput::ALL.map(|named| named.0);
            own.input = input.ok_or_else(|| one_of(&names))?.1;
        }
        // What has the terminal shows what it writes there, whatever “show” says beside it.
        "terminal" => {
            if flag(value)? {
                own.outlet = CommandOutlet::Terminal;
            }
        }
        _ => {
            if !flag(value)? && own.outlet == CommandOutlet::Pane {
                own.outlet = CommandOutlet::Nowhere;
            }
        }
    }
    Ok(())
}

/// Sees that what the paper says is no program, and nothing that a known program would run.
pub(super) fn check_places(words: &[String]) -> Result<(), String> {
    let is_inside = |word: &str| {
        let mut places = [TEXT_PLACE, FILE_PLACE].into_iter();
        places.any(|place| word != place && word.contains(place))
    };
    if words.iter().any(|word| is_inside(word)) {
        return Err(format!(
            "without anything beside {TEXT_PLACE} or {FILE_PLACE} in one argument"
        ));
    }
    if let Some(first) = words.first().filter(|word| is_place(word)) {
        return Err(format!("with a program of your own first, not {first}"));
    }
    runs_a_text(words).map_or(Ok(()), Err)
}

/// Whether an argument is one that what the paper says stands for.
pub(super) fn is_place(word: &str) -> bool {
    [TEXT_PLACE, FILE_PLACE].contains(&word)
}
