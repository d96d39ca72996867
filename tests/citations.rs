//! Papers in many styles of citing, held to what their short citations stand for:
//! `tests/data/citations/papers`, whose README says what the facts mean.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed, and says so"
)]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use opcit::formats::markdown::parse;
use opcit::paper::{NoteId, Paper};
use opcit::sources::{NoteSegment, Resolution, SourceId, Sources};

/// What a paper's readers know of a note.
#[derive(Debug, Default)]
struct Fact {
    /// How many sources it gives in full, if that is beyond dispute.
    sources: Option<usize>,
    short: Short,
}

#[derive(Debug, Default)]
enum Short {
    #[default]
    None,
    Unresolved,
    Refers(Vec<String>),
    /// May be answered thus, or not at all.
    MayRefer(Vec<String>),
}

/// What opcit makes of a note.
#[derive(Debug, Default)]
struct Reading {
    sources: usize,
    refers_to: Vec<String>,
    /// How many short citations it asks about, or finds nothing for.
    asks: usize,
}

/// How a reading differs from the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// A source is given as certain that the note does not stand for.
    Wrong,
    /// A question where there is nothing to ask.
    Noise,
    /// A source too few.
    Missed,
    /// Another number of full sources.
    Parted,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/citations/papers")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The papers' names, in order.
fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".truth").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

/// The facts of a paper by note.
fn facts(truth: &str) -> BTreeMap<String, Fact> {
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for line in truth.lines().filter(|line| !line.trim().is_empty()) {
        let (kind, rest) = line.split_once(' ').expect(line);
        let (label, value) = rest.split_once(": ").unwrap_or((rest, ""));
        let ids = || value.split_whitespace().map(str::to_owned).collect();
        let fact = facts.entry(label.to_owned()).or_default();
        match kind {
            "sources" => fact.sources = Some(value.parse().expect(line)),
            "refers" => fact.short = Short::Refers(ids()),
            "refers?" => fact.short = Short::MayRefer(ids()),
            "unresolved" => fact.short = Short::Unresolved,
            "none" => fact.short = Short::None,
            _ => panic!("{line}"),
        }
    }
    facts
}

fn reading(paper: &Paper, sources: &Sources, note: NoteId) -> Reading {
    let mut reading = Reading::default();
    for part in sources.of_note(note) {
        match part {
            NoteSegment::Full(_) => reading.sources += 1,
            NoteSegment::Short(short) if !matches!(short.outcome, Resolution::Resolved { .. }) => {
                reading.asks += 1;
            }
            NoteSegment::Short(_) | NoteSegment::Comment(_) => {}
        }
    }
    // The facts call a source after the label of its note, and the screen after what that shows.
    let name = |id: SourceId| {
        let source = sources.get(id).unwrap();
        let note = source.note.and_then(|note| paper.note(note));
        note.map_or_else(
            || source.name.clone(),
            |note| {
                let shown = note.number.to_string();
                source.name.replacen(&shown, &note.label, 1)
            },
        )
    };
    reading.refers_to = sources.refers_to(note).into_iter().map(name).collect();
    reading
}

/// How the answers of a note differ from the fact, if they do.
fn difference(fact: &Fact, reading: &Reading, parted: &HashSet<String>) -> Option<Difference> {
    let none = Vec::new();
    let (wanted, must) = match &fact.short {
        Short::Refers(ids) => (ids, true),
        Short::MayRefer(ids) => (ids, false),
        Short::None | Short::Unresolved => (&none, false),
    };
    let found = &reading.refers_to;
    let is_false = |id: &&String| !wanted.contains(id);
    if found.iter().any(|id| is_false(&id)) {
        // "12" for "12a" is no other source where note 12 was parted otherwise.
        let of_parted = |id: &String| parted.contains(note_of(id));
        let only_parted = found.iter().filter(is_false).all(of_parted);
        let lost_parted = wanted.iter().any(of_parted);
        let is_parted = only_parted && lost_parted;
        return Some(if is_parted {
            Difference::Missed
        } else {
            Difference::Wrong
        });
    }
    let lacks = wanted.iter().any(|id| !found.contains(id));
    if lacks && (must || !found.is_empty()) {
        return Some(Difference::Missed);
    }
    let nothing_to_ask = matches!(fact.short, Short::None | Short::Refers(_));
    (nothing_to_ask && reading.asks > 0).then_some(Difference::Noise)
}

/// The note of a source: 8 of 8b.
fn note_of(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_lowercase())
}

fn compare(name: &str, known: &mut BTreeSet<String>, errors: &mut String) -> usize {
    let source = read(&folder().join(format!("{name}.md")));
    let facts = facts(&read(&folder().join(format!("{name}.truth"))));
    let paper: Paper = parse(&source).paper;
    let sources = Sources::read(&paper);
    let labelled = |label: &str| paper.note_labelled(label).expect(label);
    let readings: BTreeMap<&String, Reading> = facts
        .keys()
        .map(|label| (label, reading(&paper, &sources, labelled(label))))
        .collect();
    let parted: HashSet<String> = facts
        .iter()
        .filter(|(label, fact)| {
            let sources = readings[label].sources;
            fact.sources.is_some_and(|count| count != sources)
        })
        .map(|(label, _)| label.clone())
        .collect();
    for (label, fact) in &facts {
        let reading = &readings[label];
        let mut differences: Vec<Difference> =
            difference(fact, reading, &parted).into_iter().collect();
        if parted.contains(label) {
            differences.push(Difference::Parted);
        }
        for difference in differences {
            let kind = match difference {
                Difference::Missed => "missed",
                Difference::Parted => "parted",
                Difference::Wrong | Difference::Noise => {
                    writeln!(
                        errors,
                        "{name} [{label}] {difference:?}: {fact:?}, {reading:?}"
                    )
                    .unwrap();
                    continue;
                }
            };
            known.insert(format!("{name} {label} {kind}"));
        }
    }
    facts.len()
}

#[test]
fn short_citations_of_papers_in_many_styles_stand_for_their_sources_or_for_nothing() {
    let mut found = BTreeSet::new();
    let mut errors = String::new();
    let notes: usize = names()
        .iter()
        .map(|name| compare(name, &mut found, &mut errors))
        .sum();
    let list = found
        .iter()
        .fold(String::new(), |list, line| list + line + "\n");
    if std::env::var_os("OPCIT_RENEW_KNOWN").is_some() {
        fs::write(folder().join("known.txt"), &list).unwrap();
    }
    assert!(errors.is_empty(), "{errors}");
    assert!(notes >= 500, "{notes} notes");
    assert_eq!(
        list,
        read(&folder().join("known.txt")),
        "if this is meant: OPCIT_RENEW_KNOWN=1 cargo test --test citations"
    );
}
