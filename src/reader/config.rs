//! The configuration file: one table of settings, from which the file is read and its commented
//! default is written.

mod command_table;
mod commented;
mod runners;
mod setting;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::setting::{SETTINGS, Setting};
use super::keys::keymap::{Context, Custom, Keymap, Preset};
use super::kinds::KindNames;
use super::own_command::OwnCommand;
use super::settings::Settings;
use super::speech::SpeechSettings;
use super::theme::{ThemeChoice, ThemeRole, parse_style};
use crate::formats::CitationStyle;
use crate::search::nearest;
use crate::terminal::picture::PictureChoice;

/// How the reader wants the program to be.
#[derive(Debug, Clone)]
pub struct Config {
    pub(super) settings: Settings,
    /// Whether to read in plain lines, as [`read_in_lines`](super::read_in_lines) does.
    pub linear: bool,
    pub(super) themes: ThemeChoice,
    pub(super) kinds: KindNames,
    /// By what pictures are shown.
    pub(super) pictures: PictureChoice,
    pub(super) speech: SpeechSettings,
    pub(super) keymap: Arc<Keymap>,
    /// The program that opens an address, with its arguments; the system's if empty.
    pub(super) opener: Vec<String>,
    /// The program that takes what is copied on its standard input; the terminal does if empty.
    pub(super) copy_command: Vec<String>,
    /// Whether the file of a paper is watched, and read again when it is written anew.
    pub(super) watches: bool,
    /// Whether the program goes on with the last paper where none is named.
    pub(crate) continues: bool,
    /// The reader's own bibliographies.
    pub(super) bibliographies: Vec<PathBuf>,
    pub(super) citations: CitationStyle,
    /// How much in its file is wrong.
    pub(super) problems: usize,
}

/// What is wrong in a configuration file. All else in it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The line that it is on, from 1.
    pub line: usize,
    /// What is wrong there, in a sentence.
    pub message: String,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            settings: Settings::default(),
            linear: false,
            themes: ThemeChoice::default(),
            kinds: KindNames::default(),
            pictures: PictureChoice::default(),
            speech: SpeechSettings::default(),
            keymap: Keymap::standard(),
            opener: Vec::new(),
            copy_command: Vec::new(),
            watches: true,
            bibliographies: Vec::new(),
            citations: CitationStyle::default(),
            continues: false,
            problems: 0,
        }
    }
}

impl Config {
    /// The same, but no file is watched.
    #[must_use]
    pub fn without_watching(self) -> Self {
        Config {
            watches: false,
            ..self
        }
    }

    /// Reads a file. What is wrong in it is left out, and said.
    #[must_use]
    pub fn parse(text: &str) -> (Config, Vec<ConfigProblem>) {
        let mut parser = Parser {
            text,
            config: Config::default(),
            preset: Preset::default(),
            customs: Vec::new(),
            commands: Vec::new(),
            problems: Vec::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            parser.problem(error.span().unwrap_or_default(), error.message());
        }
        parser.take_top(table.get_ref());
        parser.make_keymap();
        let mut problems = parser.problems;
        problems.sort_by_key(|problem| problem.line);
        // What is no TOML is no value either.
        problems.dedup_by_key(|problem| problem.line);
        parser.config.problems = problems.len();
        (parser.config, problems)
    }

    /// The reader's own bibliographies, as paths.
    #[must_use]
    pub fn bibliographies(&self) -> &[PathBuf] {
        &self.bibliographies
    }

    /// How citations by key are set.
    #[must_use]
    pub fn citations(&self) -> CitationStyle {
        self.citations
    }

    /// A file with every setting at its default, commented.
    #[must_use]
    pub fn commented() -> String {
        commented::file()
    }
}

struct Parser<'a> {
    text: &'a str,
    config: Config,
    preset: Preset,
    /// What keys are to do, each with where that is written.
    customs: Vec<(Range<usize>, Custom)>,
    /// Programs of the reader's own.
    commands: Vec<Arc<OwnCommand>>,
    problems: Vec<ConfigProblem>,
}

/// The tables of the file, besides the one at its top.
const TABLES: [&str; 3] = ["colours", "keys", "commands"];

impl Parser<'_> {
    fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        let before = self.text.get(..span.start.min(self.text.len()));
        let line = before.map_or(0, |before| before.matches('\n').count()) + 1;
        let message = message.into();
        self.problems.push(ConfigProblem { line, message });
    }

    fn take_top(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let (name, inner) = (key.get_ref().as_ref(), value.get_ref().as_table());
            match (name, inner) {
                ("colours", Some(colours)) => self.colours(colours),
                ("keys", Some(keys)) => self.keys(keys),
                ("commands", Some(commands)) => self.commands(commands),
                ("colours" | "keys" | "commands", None) => {
                    self.problem(key.span(), format!("“{name}” is a table: write [{name}]"));
                }
                _ => self.setting(key.span(), name, value),
            }
        }
    }

    fn setting(&mut self, span: Range<usize>, name: &str, value: &Spanned<DeValue<'_>>) {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
            if name == "preset" {
                return self.problem(span, "“preset” stands below [keys]");
            }
            let names = SETTINGS.iter().map(|setting| setting.name);
            let message = unknown("setting", name, names.chain(TABLES));
            return self.problem(span, message);
        };
        let Setting { set, .. } = setting;
        if let Err(expected) = set(&mut self.config, value.get_ref()) {
            self.problem(value.span(), format!("“{name}” must be {expected}"));
        }
    }

    fn colours(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            let Some((_, role, _)) = ThemeRole::ALL.iter().find(|named| named.0 == name) else {
                let names = ThemeRole::ALL.iter().map(|named| named.0);
                self.problem(key.span(), unknown("role", name, names));
                continue;
            };
            match value.get_ref().as_str().map(parse_style) {
                Some(Ok(style)) => self.config.themes.set_style(*role, style),
                Some(Err(error)) => self.problem(value.span(), error.to_string()),
                None => {
                    let message = format!("“{name}” must be text, as in \"light-blue bold\"");
                    self.problem(value.span(), message);
                }
            }
        }
    }

    fn keys(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            let context = Context::ALL.iter().find(|named| named.0 == name);
            match (name, context, value.get_ref()) {
                ("preset", ..) => self.preset(value),
                (_, Some((_, context)), DeValue::Table(keys)) => self.context(*context, keys),
                (_, Some(_), _) => {
                    let message = format!("“{name}” is a table: write [keys.{name}]");
                    self.problem(key.span(), message);
                }
                (_, None, DeValue::String(_)) => {
                    let message = format!(
                        "“{name}” is in no context: keys stand below one, as in [keys.reading]"
                    );
                    self.problem(key.span(), message);
                }
                (_, None, _) => {
                    let names = Context::ALL.iter().map(|named| named.0).chain(["preset"]);
                    self.problem(key.span(), unknown("context", name, names));
                }
            }
        }
    }

    fn preset(&mut self, value: &Spanned<DeValue<'_>>) {
        let name = value.get_ref().as_str().unwrap_or_default();
        match Preset::ALL.iter().find(|named| named.0 == name) {
            Some((_, preset)) => self.preset = *preset,
            None => {
                let names = Preset::ALL.map(|named| named.0);
                self.problem(value.span(), format!("“preset” must be {}", one_of(&names)));
            }
        }
    }

    fn context(&mut self, context: Context, keys: &DeTable<'_>) {
        for (key, value) in in_order(keys) {
            let keys = key.get_ref().to_string();
            match value.get_ref().as_str() {
                Some(command) => {
                    let command = command.to_owned();
                    let custom = Custom {
                        context,
                        keys,
                        command,
                    };
                    self.customs.push((key.span(), custom));
                }
                None => {
                    let message = format!("“{keys}” must have the name of a command, or \"none\"");
                    self.problem(value.span(), message);
                }
            }
        }
    }

    fn make_keymap(&mut self) {
        let customs: Vec<Custom> = self.customs.iter().map(|(_, it)| it.clone()).collect();
        let (keymap, refusals) = Keymap::new(self.preset, &customs, &self.commands);
        for (index, refusal) in refusals {
            let span = self.customs.get(index).map(|(span, _)| span.clone());
            self.problem(span.unwrap_or_default(), refusal.to_string());
        }
        self.config.keymap = Arc::new(keymap);
    }
}

/// The entries of a table in the order of the file.
fn in_order<'a, 'i>(
    table: &'a DeTable<'i>,
) -> Vec<(
    &'a Spanned<std::borrow::Cow<'i, str>>,
    &'a Spanned<DeValue<'i>>,
)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn unknown<'a>(what: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(name, names) {
        Some(meant) => format!("there is no {what} “{name}”; “{meant}” is meant, perhaps"),
        None => format!("there is no {what} “{name}”"),
    }
}

/// `"a", "b" or "c"`.
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
