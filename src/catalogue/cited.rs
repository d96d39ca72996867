//! A paper's sources as they are cached: beside its text, of the same state of its file.

use flate2::Compression;
use serde_json::Value;

use super::seal::{MadeOf, Magic, is_whole, open_sealed, pack, seal, unpack};
use crate::paper::{Date, Paper, is_harmless};
use crate::shelf::Origin;
use crate::sources::{PaperCitation, Source, SourceId, Sources, WorkGatherer};

/// What such a file begins with; the figure is that of its form.
const MAGIC: &Magic = b"opcit\0s2";

/// The most bytes that the sources of a paper may have once they are unpacked. Those of which more is
/// told are read from the paper's file.
const MAX_UNPACKED_BYTES: u64 = 1 << 28;

/// What a paper cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedSources {
    /// What the paper is called.
    pub title: String,
    /// Its sources, with all that they say.
    pub sources: Vec<Source>,
}

impl CitedSources {
    /// What a paper cites. The fields of its sources must have been read.
    #[must_use]
    pub fn new(paper: &Paper, sources: &Sources) -> Self {
        CitedSources {
            title: paper.title.clone(),
            sources: sources.all().to_vec(),
        }
    }

    /// Takes its sources in among the works that papers cite, as those of the paper of that number.
    pub fn gather(&self, paper: usize, works: &mut WorkGatherer) {
        for (index, source) in self.sources.iter().enumerate() {
            gather_one(source, SourceId(index), paper, works);
        }
    }

    /// The same as those of the next of these papers, which are known by title and place.
    pub fn take_into(
        self,
        works: &mut WorkGatherer,
        papers: &mut Vec<(String, Origin)>,
        origin: Origin,
    ) {
        self.gather(papers.len(), works);
        papers.push((self.title, origin));
    }

    /// The title, and those of the sources, by their numbers.
    pub(super) fn some(&self, wanted: &[usize]) -> SomeSources {
        let source = |number: &usize| Some((*number, self.sources.get(*number)?.clone()));
        let sources = wanted.iter().filter_map(source).collect();
        (self.title.clone(), sources)
    }
}

/// Takes one source in, as one of the paper of that number.
pub(super) fn gather_one(source: &Source, id: SourceId, paper: usize, works: &mut WorkGatherer) {
    let citing = PaperCitation {
        paper,
        source: id,
        name: source.name.clone(),
    };
    works.add(source, citing);
}

/// What a paper is called, and some of its sources by their numbers.
pub(super) type SomeSources = (String, Vec<(usize, Source)>);

/// A paper's sources as they are cached: its title, and each source on a line, without what says
/// nothing.
pub(super) fn encode(cited: &CitedSources, made_of: &MadeOf) -> Vec<u8> {
    let mut lines = Value::from(cited.title.as_str()).to_string();
    for source in &cited.sources {
        let mut source = serde_json::to_value(source).unwrap_or_default();
        leave_out_empty(&mut source);
        if let Some(details) = source.get_mut("details") {
            leave_out_empty(details);
        }
        lines.push('\n');
        lines.push_str(&source.to_string());
    }
    let packed = pack(lines.as_bytes(), Compression::fast());
    seal(MAGIC, made_of, &[&packed])
}

/// Leaves out the fields of a record that say nothing.
fn leave_out_empty(record: &mut Value) {
    if let Value::Object(fields) = record {
        fields.retain(|_, value| match value {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(all) => !all.is_empty(),
            _ => true,
        });
    }
}

/// What a file of sources was made of, and what is in it, packed; none if it is none of this form,
/// or is not as it was written.
pub(super) fn open(bytes: &[u8]) -> Option<(MadeOf, &[u8])> {
    let opened = open_sealed(MAGIC, bytes)?;
    is_whole(bytes).then_some(opened)
}

/// The sources that were packed; none if they were made by something else.
pub(super) fn read(packed: &[u8]) -> Option<CitedSources> {
    let lines = lines(packed)?;
    let mut lines = lines.lines();
    let title = serde_json::from_str(lines.next()?).ok()?;
    Some(CitedSources {
        title,
        sources: lines.map(source).collect::<Option<_>>()?,
    })
}

/// Some of the sources that were packed; nothing if one of them is not there.
pub(super) fn read_some(packed: &[u8], wanted: &[usize]) -> Option<SomeSources> {
    let lines = lines(packed)?;
    let mut lines = lines.lines();
    let title = serde_json::from_str(lines.next()?).ok()?;
    let lines: Vec<&str> = lines.collect();
    let sources = wanted.iter();
    let sources = sources.map(|number| Some((*number, source(lines.get(*number)?)?)));
    Some((title, sources.collect::<Option<_>>()?))
}

/// The packed lines, which are harmless.
fn lines(packed: &[u8]) -> Option<String> {
    let lines = String::from_utf8(unpack(packed, MAX_UNPACKED_BYTES)?).ok()?;
    is_plain(&lines).then_some(lines)
}

fn source(line: &str) -> Option<Source> {
    serde_json::from_str(line).ok().filter(are_dates)
}

/// Whether no string in JSON acts on a terminal, for anybody may have written the file. None that
/// does not is written by a number.
fn is_plain(json: &str) -> bool {
    let mut escapes = json.split('\\').skip(1);
    while let Some(escaped) = escapes.next() {
        match escaped.chars().next() {
            Some('"' | 'n' | 't') => {}
            // A backslash is written as two.
            None if escapes.next().is_some() => {}
            _ => return false,
        }
    }
    is_harmless(json)
}

/// Whether there is each date of a source.
fn are_dates(source: &Source) -> bool {
    let is_date = |date: &Date| {
        date.month.is_none_or(|month| (1..=12).contains(&month))
            && date.day.is_none_or(|day| (1..=31).contains(&day))
            && date.letter.is_none_or(char::is_alphanumeric)
    };
    let fields = &source.details;
    let dates = source.dates.iter().chain(&fields.date);
    dates.chain(&fields.accessed).all(is_date)
}
