//! A paper's sources as they are cached: beside its text, of the same state of its file.

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::seal::{MadeOf, Magic, is_whole, open_sealed, seal};
use crate::paper::{BlockId, NoteId, Paper, Passage, Position, is_harmless};
use crate::sources::{
    Date, Details, Name, PaperCitation, Source, SourceId, SourceKind, Sources, WorkGatherer,
};

/// What such a file begins with; the figure is that of its form.
const MAGIC: &Magic = b"opcit\0s1";

/// The most bytes that the sources of a paper may have once they are unpacked. Those of which more is
/// told are read from the paper's file.
const MAX_UNPACKED_BYTES: u64 = 1 << 28;

/// What a paper cites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedSources {
    /// What the paper is called.
    pub title: String,
    /// Its sources, with all that they say.
    pub sources: Vec<CitedSource>,
}

/// A source of a paper that need not be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSource {
    /// The source, with its fields.
    pub source: Source,
    /// The number of the note that gives it, if one does.
    pub note: Option<u32>,
}

impl CitedSources {
    /// What a paper cites, for which its notes are read.
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        let sources = Sources::read(paper);
        let note = |source: &Source| paper.note(source.note?)?.number.number();
        let all = sources.all().iter().map(|source| CitedSource {
            note: note(source),
            source: source.clone(),
        });
        CitedSources {
            title: paper.title.clone(),
            sources: all.collect(),
        }
    }

    /// Takes its sources in among the works that papers cite, as those of the paper of that number.
    pub fn gather(&self, paper: usize, works: &mut WorkGatherer) {
        for (index, cited) in self.sources.iter().enumerate() {
            cited.gather(paper, SourceId(index), works);
        }
    }
}

impl CitedSource {
    /// The same of one source alone.
    pub(super) fn gather(&self, paper: usize, id: SourceId, works: &mut WorkGatherer) {
        let citing = PaperCitation {
            paper,
            source: id,
            name: self.source.name.clone(),
            note: self.note,
        };
        works.add(&self.source, citing);
    }
}

/// A paper's sources as they are cached.
pub(super) fn encode(cited: &CitedSources, made_of: &MadeOf) -> Vec<u8> {
    let form = CachedCited {
        title: cited.title.clone(),
        sources: cited.sources.iter().map(CachedSource::of).collect(),
    };
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Memory takes all that is written.
    let _ = packed.write_all(&serde_json::to_vec(&form).unwrap_or_default());
    seal(MAGIC, made_of, &[&packed.finish().unwrap_or_default()])
}

/// What a file of sources was made of, and what is in it, packed; none if it is none of this form,
/// or is not as it was written.
pub(super) fn open(bytes: &[u8]) -> Option<(MadeOf, &[u8])> {
    let opened = open_sealed(MAGIC, bytes)?;
    is_whole(bytes).then_some(opened)
}

/// The sources that were packed; none if they were made by something else.
pub(super) fn unpack(packed: &[u8]) -> Option<CitedSources> {
    let mut unpacked = Vec::new();
    let mut packed = DeflateDecoder::new(packed).take(MAX_UNPACKED_BYTES);
    packed.read_to_end(&mut unpacked).ok()?;
    let form: CachedCited = serde_json::from_slice(&unpacked).ok()?;
    let sources = form.sources.into_iter().map(CachedSource::source);
    let cited = CitedSources {
        sources: sources.collect::<Option<_>>()?,
        title: form.title,
    };
    is_fit(&cited).then_some(cited)
}

#[derive(Serialize, Deserialize)]
struct CachedCited {
    title: String,
    sources: Vec<CachedSource>,
}

/// A year, the number of its letter, month and day.
type CachedDate = (u16, Option<char>, Option<u8>, Option<u8>);

/// Family, given names and suffix; the family alone is a name that has no parts.
type CachedName = Vec<String>;

/// A source: what it is called, the number of its note, the note, and from where to where it
/// stands; what it says as it stands; and its fields, of which those that say nothing are left out.
#[derive(Serialize, Deserialize)]
struct CachedSource(
    String,
    (Option<u32>, Option<usize>, [usize; 4]),
    [String; 5],
    (Vec<String>, Vec<CachedDate>, Vec<String>),
    (u8, bool, [Option<CachedDate>; 2]),
    [Vec<CachedName>; 3],
    Vec<(usize, String)>,
    Vec<String>,
);

impl CachedSource {
    fn of(cited: &CitedSource) -> Self {
        let source = &cited.source;
        let Passage { start, end } = source.passage;
        let mut details = Details::clone(&source.details);
        let texts = texts_of(&mut details).into_iter().enumerate();
        let texts = texts.filter(|(_, text)| !text.is_empty());
        let texts = texts.map(|(index, text)| (index, text.clone())).collect();
        let dates = [details.date, details.accessed].map(|date| date.map(date_form));
        let people = [&details.authors, &details.editors, &details.translators];
        CachedSource(
            source.name.clone(),
            (
                cited.note,
                source.note.map(|note| note.0),
                [start.block.0, start.offset, end.block.0, end.offset],
            ),
            [
                &source.text,
                &source.head,
                &source.author_key,
                &source.title,
                &source.accessed,
            ]
            .map(String::clone),
            (
                source.authors.clone(),
                source.dates.iter().copied().map(date_form).collect(),
                source.links.iter().map(ToString::to_string).collect(),
            ),
            (kind_code(details.kind), details.has_others, dates),
            people.map(|names| names.iter().map(name_form).collect()),
            texts,
            details.files.clone(),
        )
    }

    fn source(self) -> Option<CitedSource> {
        let CachedSource(
            name,
            places,
            said,
            lists,
            (kind, has_others, dates),
            people,
            texts,
            files,
        ) = self;
        let (note, note_id, place) = places;
        let (authors_said, dates_said, links) = lists;
        let [start_block, start, end_block, end] = place;
        let position = |block, offset| Position {
            block: BlockId(block),
            offset,
        };
        let [date, accessed_on] = dates.map(|date| date.map(date_of));
        let [authors, editors, translators] = people.map(|names| {
            let names = names.into_iter().map(name_of);
            names.collect::<Option<Vec<_>>>()
        });
        let mut details = Details {
            kind: kind_of(kind)?,
            authors: authors?,
            editors: editors?,
            translators: translators?,
            date,
            accessed: accessed_on,
            has_others,
            files,
            ..Details::default()
        };
        for (index, text) in texts {
            let field = texts_of(&mut details).into_iter().nth(index)?;
            *field = text;
        }
        let [text, head, author_key, title, accessed] = said;
        let source = Source {
            name,
            note: note_id.map(NoteId),
            passage: Passage {
                start: position(start_block, start),
                end: position(end_block, end),
            },
            text,
            head,
            author_key,
            authors: authors_said,
            dates: dates_said.into_iter().map(date_of).collect(),
            title,
            links: links.into_iter().map(Arc::from).collect(),
            accessed,
            details: Arc::new(details),
        };
        Some(CitedSource { source, note })
    }
}

/// The fields that are texts, in the order in which they are numbered. A field that is new must be
/// named here.
fn texts_of(details: &mut Details) -> [&mut String; 25] {
    let Details {
        kind: _,
        authors: _,
        editors: _,
        translators: _,
        title,
        container,
        volume,
        issue,
        pages,
        edition,
        publisher,
        place,
        court,
        reporter,
        number,
        date: _,
        accessed: _,
        url,
        doi,
        isbn,
        arxiv,
        ecli,
        celex,
        date_said,
        year_letters,
        short_title,
        series,
        language,
        has_others: _,
        key,
        abstract_text,
        annotation,
        files: _,
    } = details;
    [
        title,
        container,
        volume,
        issue,
        pages,
        edition,
        publisher,
        place,
        court,
        reporter,
        number,
        url,
        doi,
        isbn,
        arxiv,
        ecli,
        celex,
        date_said,
        year_letters,
        short_title,
        series,
        language,
        key,
        abstract_text,
        annotation,
    ]
}

fn date_form(date: Date) -> CachedDate {
    (date.year, date.letter, date.month, date.day)
}

fn date_of((year, letter, month, day): CachedDate) -> Date {
    Date {
        year,
        letter,
        month,
        day,
    }
}

fn name_form(name: &Name) -> CachedName {
    match name {
        Name::Person {
            family,
            given,
            suffix,
        } => vec![family.clone(), given.clone(), suffix.clone()],
        Name::Whole(name) => vec![name.clone()],
    }
}

fn name_of(form: CachedName) -> Option<Name> {
    let mut parts = form.into_iter();
    let family = parts.next()?;
    Some(match (parts.next(), parts.next()) {
        (Some(given), Some(suffix)) => Name::Person {
            family,
            given,
            suffix,
        },
        _ => Name::Whole(family),
    })
}

fn kind_code(kind: SourceKind) -> u8 {
    match kind {
        SourceKind::Unknown => 0,
        SourceKind::Article => 1,
        SourceKind::Newspaper => 2,
        SourceKind::Book => 3,
        SourceKind::Chapter => 4,
        SourceKind::Report => 5,
        SourceKind::Thesis => 6,
        SourceKind::WebPage => 7,
        SourceKind::Judgment => 8,
        SourceKind::Law => 9,
        SourceKind::Treaty => 10,
        SourceKind::Interview => 11,
    }
}

fn kind_of(code: u8) -> Option<SourceKind> {
    Some(match code {
        0 => SourceKind::Unknown,
        1 => SourceKind::Article,
        2 => SourceKind::Newspaper,
        3 => SourceKind::Book,
        4 => SourceKind::Chapter,
        5 => SourceKind::Report,
        6 => SourceKind::Thesis,
        7 => SourceKind::WebPage,
        8 => SourceKind::Judgment,
        9 => SourceKind::Law,
        10 => SourceKind::Treaty,
        11 => SourceKind::Interview,
        _ => return None,
    })
}

/// Whether no string acts on a terminal, for anybody may have written the file, and no date is one
/// that there is none of.
fn is_fit(cited: &CitedSources) -> bool {
    let fit = |text: &String| is_harmless(text);
    let is_date = |date: &Date| {
        date.month.is_none_or(|month| (1..=12).contains(&month))
            && date.day.is_none_or(|day| (1..=31).contains(&day))
            && date.letter.is_none_or(char::is_alphanumeric)
    };
    let is_name = |name: &Name| match name {
        Name::Person {
            family,
            given,
            suffix,
        } => [family, given, suffix].into_iter().all(fit),
        Name::Whole(name) => fit(name),
    };
    let is_source = |CitedSource { source, .. }: &CitedSource| {
        let mut details = Details::clone(&source.details);
        let people = details.authors.iter().chain(&details.editors);
        let people = people.chain(&details.translators).all(is_name);
        let dates = source.dates.iter().chain(&details.date);
        let dates = dates.chain(&details.accessed).all(is_date);
        let said = [
            &source.name,
            &source.text,
            &source.head,
            &source.author_key,
            &source.title,
            &source.accessed,
        ];
        people
            && dates
            && said.into_iter().chain(&source.authors).all(fit)
            && source.links.iter().all(|link| is_harmless(link))
            && details.files.iter().all(fit)
            && texts_of(&mut details).into_iter().all(|text| fit(text))
    };
    is_harmless(&cited.title) && cited.sources.iter().all(is_source)
}
