//! The metadata block at the head of a paper: YAML between `---` and `---` or `...`.
//!
//! It is taken off before the Markdown is read. Aliases stand for nothing, so that a small block
//! cannot grow; keys that opcit does not know are passed over.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::clean::clean;
use super::{Metadata, Problem};

/// A metadata block is at most so many bytes long.
const LONGEST: usize = 64 * 1024;

/// What stands at the head of a source.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    pub(super) metadata: Metadata,
    pub(super) problem: Option<Problem>,
    /// The text of a block that could not be read.
    pub(super) broken: Option<&'a str>,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
}

/// Reads the metadata block, if the source begins with one.
///
/// A `---` with a blank line under it is a rule, and so is one that no line closes.
pub(super) fn take_off(source: &str) -> Head<'_> {
    let Some((yaml, body)) = block(source) else {
        return Head::default();
    };
    let read = if yaml.len() > LONGEST {
        Err(Problem {
            line: 1,
            message: format!("the metadata block is longer than {} KiB", LONGEST / 1024),
        })
    } else {
        read(yaml)
    };
    match read {
        Ok(metadata) => Head {
            metadata,
            body,
            ..Head::default()
        },
        Err(problem) => Head {
            problem: Some(problem),
            broken: Some(yaml),
            body,
            ..Head::default()
        },
    }
}

/// The text between the two lines of the block, and the offset of what follows it.
fn block(source: &str) -> Option<(&str, usize)> {
    let mut lines = source.split_inclusive('\n');
    let first = lines.next().filter(|line| is_line(line, &["---"]))?;
    let from = first.len();
    let mut at = from;
    for line in lines {
        if is_line(line, &["---", "..."]) {
            return Some((source.get(from..at)?, at + line.len()));
        }
        if at == from && line.trim().is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

fn is_line(line: &str, wanted: &[&str]) -> bool {
    wanted.contains(&line.trim_end())
}

/// Reads the YAML, whose first line is the source's second.
fn read(yaml: &str) -> Result<Metadata, Problem> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(yaml) {
        let (event, span) = event.map_err(|error| broken(error.marker().line(), error.info()))?;
        let line = span.start.line();
        reader
            .take(&event)
            .map_err(|message| broken(line, message))?;
    }
    Ok(reader.metadata)
}

fn broken(line: usize, what: &str) -> Problem {
    Problem {
        line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1),
        message: format!("the metadata block cannot be read: {}", clean(what)),
    }
}

/// Follows the parser's events down to the values that count.
#[derive(Debug, Default)]
struct Reader {
    metadata: Metadata,
    /// What is open, from the outside in.
    open: Vec<Open>,
}

#[derive(Debug)]
enum Open {
    List,
    /// With the key whose value comes next.
    Map(Option<String>),
}

impl Reader {
    fn take(&mut self, event: &Event<'_>) -> Result<(), &'static str> {
        match event {
            Event::MappingStart(..) => self.open.push(Open::Map(None)),
            Event::SequenceStart(..) if self.open.is_empty() => return Err(NO_KEYS),
            Event::SequenceStart(..) => self.open.push(Open::List),
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.end_value();
            }
            Event::Scalar(..) | Event::Alias(_) if self.open.is_empty() => return Err(NO_KEYS),
            Event::Alias(_) => self.take_scalar("", ScalarStyle::Plain),
            Event::Scalar(text, style, ..) => self.take_scalar(text, *style),
            _ => {}
        }
        Ok(())
    }

    fn take_scalar(&mut self, text: &str, style: ScalarStyle) {
        if let Some(Open::Map(key @ None)) = self.open.last_mut() {
            *key = Some(text.to_lowercase());
            return;
        }
        let is_null = style == ScalarStyle::Plain && matches!(text, "~" | "null" | "Null" | "NULL");
        if !is_null && let Some(key) = self.key() {
            let is_list = self.open.len() > 1;
            set(&mut self.metadata, &key, text, is_list);
        }
        self.end_value();
    }

    /// The top key that the next value belongs to, if it is the value itself, an entry of its
    /// list, or the name of either.
    fn key(&self) -> Option<String> {
        let is_name = |key: &str| matches!(key, "name" | "text");
        match self.open.as_slice() {
            [Open::Map(Some(key))] | [Open::Map(Some(key)), Open::List] => Some(key.clone()),
            [Open::Map(Some(key)), Open::Map(Some(name))]
            | [Open::Map(Some(key)), Open::List, Open::Map(Some(name))]
                if is_name(name) =>
            {
                Some(key.clone())
            }
            _ => None,
        }
    }

    /// After a value in a map comes a key.
    fn end_value(&mut self) {
        if let Some(Open::Map(key)) = self.open.last_mut() {
            *key = None;
        }
    }
}

const NO_KEYS: &str = "it holds no keys";

/// Sets the field that the key stands for; the first value counts, but for what is a list.
fn set(metadata: &mut Metadata, key: &str, text: &str, is_list: bool) {
    let text = one_line(text);
    if text.is_empty() {
        return;
    }
    let field = match key {
        "author" | "authors" => return metadata.authors.push(text),
        "keywords" if is_list => return metadata.keywords.push(text),
        "keywords" => {
            let keywords = text.split(',').map(|word| word.trim().to_owned());
            return metadata
                .keywords
                .extend(keywords.filter(|word| !word.is_empty()));
        }
        "title" => &mut metadata.title,
        "subtitle" => &mut metadata.subtitle,
        "date" => &mut metadata.date,
        "publisher" | "institution" => &mut metadata.publisher,
        "lang" | "language" => &mut metadata.language,
        "licence" | "license" | "rights" => &mut metadata.licence,
        "changes" => &mut metadata.changes,
        _ => return,
    };
    if field.is_empty() {
        *field = text;
    }
}

/// The text, fit to be shown, on one line.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" ")).into_owned()
}
