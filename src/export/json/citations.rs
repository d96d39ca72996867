//! What a note cites, as JSON.

use serde::Serialize;

use crate::paper::{NoteId, Paper};
use crate::sources::{NoteSegment, Resolution, SourceId, Sources};

/// What a note gives in full, and what its short citations stand for.
#[derive(Default, Serialize)]
pub(super) struct CitationsJson<'a> {
    /// The sources that the note gives in full, in order.
    sources: Vec<GivenJson<'a>>,
    /// The ids of the sources that its short citations stand for, each once, in order.
    refers_to: Vec<&'a str>,
    ambiguous: Vec<AmbiguousJson<'a>>,
    /// Short citations that stand for nothing, as they stand.
    unresolved: Vec<String>,
}

#[derive(Serialize)]
struct GivenJson<'a> {
    /// The note's label, with a letter if it gives several sources.
    id: &'a str,
    text: &'a str,
    links: Vec<&'a str>,
}

/// A short citation that may stand for more than one source.
#[derive(Serialize)]
struct AmbiguousJson<'a> {
    text: String,
    /// Ids, the nearest before it first.
    candidates: Vec<&'a str>,
}

impl<'a> CitationsJson<'a> {
    pub(super) fn new(paper: &Paper, sources: &'a Sources, note: NoteId) -> Self {
        let mut json = CitationsJson {
            refers_to: names(sources, &sources.refers_to(note)),
            ..CitationsJson::default()
        };
        for part in sources.of_note(note) {
            match part {
                NoteSegment::Full(id) => {
                    json.sources
                        .extend(sources.get(*id).map(|source| GivenJson {
                            id: &source.name,
                            text: &source.text,
                            links: source.links.iter().map(|link| &**link).collect(),
                        }));
                }
                NoteSegment::Short(short) => match &short.outcome {
                    Resolution::Resolved { .. } => {}
                    Resolution::Ambiguous { candidates, .. } => {
                        json.ambiguous.push(AmbiguousJson {
                            text: paper.words(short.passage),
                            candidates: names(sources, candidates),
                        });
                    }
                    Resolution::Unresolved { .. } => {
                        json.unresolved.push(paper.words(short.passage));
                    }
                },
                NoteSegment::Comment(_) => {}
            }
        }
        json
    }
}

fn names<'a>(sources: &'a Sources, ids: &[SourceId]) -> Vec<&'a str> {
    let named = ids.iter().filter_map(|id| sources.get(*id));
    named.map(|source| source.name.as_str()).collect()
}
