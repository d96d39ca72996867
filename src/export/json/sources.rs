//! What a paper cites, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::super::csl::CslItem;
use super::super::reference::work_of_each;
use super::{PlaceJson, Places, write};
use crate::paper::Paper;
use crate::sources::{Date, Source, SourceId, Sources, Use};

/// Writes the sources in reading order, as an array of `{"id", "note", "text", "head", "authors",
/// "dates", "title", "links", "accessed", "used_by", "mentioned_in", "csl"}`; `csl` is the source as
/// a CSL-JSON item.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(paper: &Paper, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(paper);
    let works = work_of_each(sources);
    let all = sources.all().iter().zip(&works).enumerate();
    let json = all.map(|(index, (source, work))| {
        let uses = sources.used_by(SourceId(index));
        source_json(paper, source, uses, CslItem::from_work(work), &places)
    });
    write(&json.collect::<Vec<_>>(), out)
}

#[derive(Serialize)]
struct SourceJson<'a> {
    id: &'a str,
    /// The label of the note that gives it; null for one of the list of references.
    note: Option<&'a str>,
    text: &'a str,
    head: &'a str,
    authors: &'a [String],
    /// As far as each says: `2024`, `2024-05`, `2024-05-16`, `2021a`.
    dates: Vec<String>,
    title: &'a str,
    links: Vec<&'a str>,
    accessed: &'a str,
    /// Labels of the notes that cite it in short, each once, in order.
    used_by: Vec<&'a str>,
    mentioned_in: Vec<MentionJson<'a>>,
    csl: CslItem<'a>,
}

/// A mention in running text, without a marker.
#[derive(Serialize)]
struct MentionJson<'a> {
    #[serde(flatten)]
    place: PlaceJson<'a>,
    text: String,
}

fn source_json<'a>(
    paper: &'a Paper,
    source: &'a Source,
    uses: &[Use],
    csl: CslItem<'a>,
    places: &Places<'a>,
) -> SourceJson<'a> {
    let label = |id| paper.note(id).map_or("", |note| note.label.as_str());
    let mut used_by = Vec::new();
    let mut mentioned_in = Vec::new();
    for used in uses {
        match used {
            Use::Given(_) => {}
            Use::Short(note, _) => used_by.push(label(*note)),
            Use::Mention(passage) => {
                mentioned_in.extend(places.place(passage.start).map(|place| MentionJson {
                    place,
                    text: paper.words(*passage),
                }));
            }
        }
    }
    used_by.dedup();
    SourceJson {
        id: &source.name,
        note: source.note.map(label),
        text: &source.text,
        head: &source.head,
        authors: &source.authors,
        dates: source.dates.iter().map(iso).collect(),
        title: &source.title,
        links: source.links.iter().map(|link| &**link).collect(),
        accessed: &source.accessed,
        used_by,
        mentioned_in,
        csl,
    }
}

/// The date as ISO 8601 has it, as far as it says; a letter after the year stays there.
fn iso(date: &Date) -> String {
    let mut text = format!("{:04}", date.year);
    text.extend(date.letter);
    if let Some(month) = date.month {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = date.day {
            text.push_str(&format!("-{day:02}"));
        }
    }
    text
}
