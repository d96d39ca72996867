//! Citations as people write them, with what each stands for: `tests/data/citations/*.txt`.
//!
//! A line `[5] Smith (2019).  => 1` is note 5 of a paper, and stands for source 1; papers are
//! parted by blank lines, and `# …` names the form of the cases below it. A line `> …` is a
//! paragraph of running text. After `=>` stands what each part of the note, or each mention of
//! the text, is, parted by `;`:
//!
//! - `full`: a source; a note without `=>` must be one source.
//! - `8a 8b`: stands for these sources.
//! - `8b|8a`: ambiguous, with these candidates, nearest first.
//! - `?`: unresolved.
//! - `-`: no citation at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{NoteSegment, Resolution, SourceId, Sources};
use crate::formats::markdown::parse;
use crate::paper::{NoteId, Paper};

const FILES: [(&str, &str); 14] = [
    (
        "english",
        include_str!("../../tests/data/citations/english.txt"),
    ),
    (
        "german",
        include_str!("../../tests/data/citations/german.txt"),
    ),
    (
        "french",
        include_str!("../../tests/data/citations/french.txt"),
    ),
    (
        "spanish",
        include_str!("../../tests/data/citations/spanish.txt"),
    ),
    (
        "italian",
        include_str!("../../tests/data/citations/italian.txt"),
    ),
    (
        "traps",
        include_str!("../../tests/data/citations/traps.txt"),
    ),
    (
        "mentions",
        include_str!("../../tests/data/citations/mentions.txt"),
    ),
    (
        "numbers",
        include_str!("../../tests/data/citations/numbers.txt"),
    ),
    (
        "dutch",
        include_str!("../../tests/data/citations/dutch.txt"),
    ),
    (
        "portuguese",
        include_str!("../../tests/data/citations/portuguese.txt"),
    ),
    (
        "polish",
        include_str!("../../tests/data/citations/polish.txt"),
    ),
    ("laws", include_str!("../../tests/data/citations/laws.txt")),
    (
        "prose",
        include_str!("../../tests/data/citations/prose.txt"),
    ),
    (
        "adversary",
        include_str!("../../tests/data/citations/adversary.txt"),
    ),
];

/// A note or a paragraph of a paper, and what is expected of it.
#[derive(Debug)]
struct Case<'a> {
    form: &'a str,
    /// None for running text.
    label: Option<&'a str>,
    text: &'a str,
    expected: Option<&'a str>,
}

#[derive(Debug, Default)]
struct Score {
    cases: usize,
    traps: usize,
    right: usize,
    missed: usize,
    wrong: usize,
    /// Sources that should be found, that were found, and that were found and should be.
    wanted: usize,
    found: usize,
    hit: usize,
}

#[test]
fn citations_stand_for_what_their_readers_know_they_do() {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut failures = String::new();
    for (file, text) in FILES {
        for paper in papers(text) {
            score_paper(file, &paper, &mut scores, &mut failures);
        }
    }
    let (table, total) = table(&scores);
    println!("{table}\n{failures}");
    assert!(total.cases >= 180, "{} cases", total.cases);
    assert!(total.traps * 10 >= total.cases * 4, "{} traps", total.traps);
    assert_eq!(total.wrong, 0, "{failures}");
    assert_eq!(total.found, total.hit, "{failures}");
    assert!(total.right * 100 >= total.cases * 97, "{failures}");
    assert!(total.hit * 100 >= total.wanted * 97, "{failures}");
}

fn papers(text: &str) -> Vec<Vec<Case<'_>>> {
    let mut papers = vec![Vec::new()];
    let mut form = "";
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("# ") {
            form = name;
        } else if line.is_empty() {
            papers.push(Vec::new());
        } else if !line.starts_with("//") {
            papers.last_mut().unwrap().push(case(form, line));
        }
    }
    papers.retain(|paper| !paper.is_empty());
    papers
}

fn case<'a>(form: &'a str, line: &'a str) -> Case<'a> {
    let (text, expected) = match line.rsplit_once(" => ") {
        Some((text, expected)) => (text.trim(), Some(expected.trim())),
        None => (line, None),
    };
    if let Some(text) = text.strip_prefix("> ") {
        return Case {
            form,
            label: None,
            text,
            expected,
        };
    }
    let (label, text) = text
        .strip_prefix('[')
        .unwrap()
        .split_once("] ")
        .expect(line);
    Case {
        form,
        label: Some(label),
        text,
        expected,
    }
}

/// The paper that the cases are, as Markdown.
fn markdown(cases: &[Case<'_>]) -> String {
    let mut body = String::new();
    let mut notes = String::new();
    for case in cases {
        match case.label {
            None => writeln!(body, "{}\n", case.text).unwrap(),
            Some(label) => writeln!(notes, "[^{label}]: {}\n", case.text).unwrap(),
        }
    }
    let labels = cases.iter().filter_map(|case| case.label);
    for label in labels {
        let marker = format!("[^{label}]");
        if !body.contains(&marker) {
            write!(body, "Word{marker} ").unwrap();
        }
    }
    format!("{body}\n\n{notes}")
}

fn score_paper(
    file: &str,
    cases: &[Case<'_>],
    scores: &mut BTreeMap<String, Score>,
    failures: &mut String,
) {
    let paper = parse(&markdown(cases)).paper;
    let sources = Sources::read(&paper);
    for case in cases {
        let got = match case.label {
            Some(label) => parts(&paper, &sources, label),
            None => mentions(&paper, &sources, case.text),
        };
        if case.label.is_none() && case.expected.is_none() {
            continue;
        }
        let expected = case.expected.unwrap_or("full");
        let wanted: Vec<String> = expected
            .split(';')
            .map(|part| part.trim().to_owned())
            .collect();
        if case.expected.is_some() {
            let name = format!("{file}: {}", case.form);
            scores.entry(name).or_default().add(&wanted, &got);
        }
        if got != wanted {
            let got = got.join("; ");
            writeln!(
                failures,
                "{file}: {} {}\n    wanted {expected}, got {got}",
                case.label.unwrap_or(">"),
                case.text
            )
            .unwrap();
            if case.expected.is_none() {
                scores.entry("given in full".to_owned()).or_default().missed += 1;
            }
        }
    }
}

fn is_resolved(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit()) && !part.contains('|')
}

impl Score {
    fn add(&mut self, wanted: &[String], got: &[String]) {
        let resolved = |parts: &[String]| -> Vec<String> {
            let parts = parts.iter().filter(|part| is_resolved(part));
            parts
                .flat_map(|part| part.split(' '))
                .map(str::to_owned)
                .collect()
        };
        let (want, found) = (resolved(wanted), resolved(got));
        let hit = found.iter().filter(|source| want.contains(source)).count();
        self.cases += 1;
        self.traps += usize::from(want.is_empty());
        self.wanted += want.len();
        self.found += found.len();
        self.hit += hit;
        if wanted == got {
            self.right += 1;
        } else if hit < found.len() {
            self.wrong += 1;
        } else {
            self.missed += 1;
        }
    }
}

/// The sources, each by the label of its note, as the cases have it.
fn names(paper: &Paper, sources: &Sources, ids: &[SourceId], between: &str) -> String {
    let names = ids.iter().map(|id| {
        let source = sources.get(*id).unwrap();
        let note = source.note.and_then(|note| paper.note(note));
        note.map_or_else(
            || source.name.clone(),
            |note| {
                source
                    .name
                    .replacen(&note.number.to_string(), &note.label, 1)
            },
        )
    });
    names.collect::<Vec<_>>().join(between)
}

fn parts(paper: &Paper, sources: &Sources, label: &str) -> Vec<String> {
    let note: NoteId = paper.note_labelled(label).unwrap();
    let parts = sources.of_note(note).iter();
    let mut parts: Vec<String> = parts
        .filter_map(|part| match part {
            NoteSegment::Full(_) => Some("full".to_owned()),
            NoteSegment::Comment(_) => None,
            NoteSegment::Short(short) => Some(match &short.outcome {
                Resolution::Resolved { sources: ids, .. } => names(paper, sources, ids, " "),
                Resolution::Ambiguous { candidates, .. } => {
                    let shown = names(paper, sources, candidates, "|");
                    if candidates.len() == 1 {
                        format!("{shown}|")
                    } else {
                        shown
                    }
                }
                Resolution::Unresolved { .. } => "?".to_owned(),
            }),
        })
        .collect();
    if parts.is_empty() {
        parts.push("-".to_owned());
    }
    parts
}

fn mentions(paper: &Paper, sources: &Sources, text: &str) -> Vec<String> {
    let plain: String = text
        .split("[^")
        .enumerate()
        .map(|(index, part)| match part.split_once(']') {
            Some((_, rest)) if index > 0 => rest,
            _ => part,
        })
        .collect();
    let plain = plain.replace('*', "");
    let block = paper
        .blocks
        .iter()
        .position(|block| block.text == plain)
        .expect(text);
    let inside = sources
        .mentions()
        .iter()
        .filter(|mention| mention.passage.start.block.0 == block);
    let mut found: Vec<String> = inside
        .map(|mention| names(paper, sources, &mention.sources, " "))
        .collect();
    if found.is_empty() {
        found.push("-".to_owned());
    }
    found
}

fn table(scores: &BTreeMap<String, Score>) -> (String, Score) {
    let mut table = format!(
        "{:<52} {:>5} {:>5} {:>6} {:>5}\n",
        "form", "cases", "right", "missed", "wrong"
    );
    let mut total = Score::default();
    for (form, score) in scores {
        row(&mut table, form, score);
        total.cases += score.cases;
        total.traps += score.traps;
        total.right += score.right;
        total.missed += score.missed;
        total.wrong += score.wrong;
        total.wanted += score.wanted;
        total.found += score.found;
        total.hit += score.hit;
    }
    row(&mut table, "all", &total);
    writeln!(
        table,
        "traps {} of {}; precision {}/{}, recall {}/{}",
        total.traps, total.cases, total.hit, total.found, total.hit, total.wanted
    )
    .unwrap();
    (table, total)
}

fn row(table: &mut String, form: &str, score: &Score) {
    writeln!(
        table,
        "{form:<52} {:>5} {:>5} {:>6} {:>5}",
        score.cases, score.right, score.missed, score.wrong
    )
    .unwrap();
}
