//! PDFs of a paper whose Markdown is the truth: their notes and the order of their words.
#![cfg(feature = "pdf")]
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, and says so"
)]

#[path = "pdf/long_pdf.rs"]
mod long_pdf;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use opcit::formats::pdf::PdfRefusal;
use opcit::formats::{embedded, markdown, pdf};
use opcit::paper::{BlockId, Kind, MendingKind, Note, Paper, Position, SourceLocation};

/// Notes are the same if so much of their words are.
const ALIKE: f64 = 0.9;
/// A marker is known by so many words before it.
const CONTEXT_WORDS: usize = 4;

/// The paper as eleven programs and settings have set it, with the words of the truth that each
/// does not have, and those that it has in their place.
const PAPERS: [(&str, &[&str], &[&str]); 11] = [
    ("chromium", &[], &[]),
    ("lo-docx", &[], &[]),
    ("lo-odt", &[], &[]),
    ("pdflatex", &[], &[]),
    // An address runs over the edge of the page.
    (
        "pdflatex-a5",
        &[
            "https://www.consultant.ru/document/cons_doc_LAW_335184/1f32224a00901db9cf44793e9a5e35567a4212c7/",
        ],
        &[
            "https://www.consultant.ru/document/cons_doc_LAW_335184/1f32224a00901db9cf44793e9a5e35567a4",
        ],
    ),
    // The paper has both spellings, and the hyphen is at the end of a line.
    ("times2col", &["semi-conductors,"], &["semiconductors,"]),
    ("typst", &[], &[]),
    ("typst2col", &[], &[]),
    ("weasy", &[], &[]),
    ("xelatex", &[], &[]),
    // Two addresses run over the edge of the page.
    (
        "xelatex2col",
        &[
            "https://www.consultant.ru/document/cons_doc_LAW_335184/1f32224a00901db9cf44793e9a5e35567a4212c7/",
            "https://www.trud.ru/article/30-05-2019/1376391_putin_monopolist_v_sfere_iskusstvennogo_razuma_mozhet_zaxvatit_mir.html",
        ],
        &[
            "https://www.consultant.ru/document/cons_doc_LAW_335184/1f32224a00901db",
            "https://www.trud.ru/article/30-05-2019/1376391_putin_monopolist_v_sfere_iskusstvennogo_razuma_mozhet_zax",
        ],
    ),
];

#[test]
fn notes_order_and_words_are_those_of_the_paper_whoever_has_set_it() {
    let truth = markdown::parse(embedded()).paper;
    for (name, missing, instead) in PAPERS {
        let found = read(&format!("paper.{name}.pdf"));
        let agreement = compare(&truth, &found);
        assert_eq!(agreement.right, truth.notes.len(), "{name}: {agreement:?}");
        assert_eq!(agreement.wrong, 0, "{name}: {agreement:?}");
        assert!(agreement.order >= 0.995, "{name}: {agreement:?}");
        let differences = differing_words(&truth, &found);
        let listed = [missing, instead].map(<[&str]>::to_vec);
        assert_eq!(differences, listed, "{name}");
    }
}

fn read(name: &str) -> Paper {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf");
    let bytes = fs::read(path.join(name)).unwrap();
    pdf::read(&bytes).unwrap().paper
}

/// The words with all their signs that one paper has more often than the other, and the reverse.
fn differing_words(truth: &Paper, found: &Paper) -> [Vec<String>; 2] {
    let mut counts: BTreeMap<String, i32> = BTreeMap::new();
    for (paper, step) in [(truth, 1), (found, -1)] {
        let blocks = paper
            .sections
            .iter()
            .flat_map(|section| section.blocks.clone());
        let text = blocks.map(|block| &paper.blocks[block]);
        let text = text.filter(|block| block.kind != Kind::Backlinks);
        for word in text.flat_map(|block| block.text.split_whitespace()) {
            // How quotation marks are drawn is the programs' affair.
            let word = word
                .replace('’', "'")
                .replace(['“', '”'], "\"")
                .replace('\u{2010}', "-");
            *counts.entry(word).or_default() += step;
        }
    }
    let of = |is: fn(i32) -> bool| {
        let words = counts.iter().filter(|(_, count)| is(**count));
        words.map(|(word, _)| word.clone()).collect()
    };
    [of(|count| count > 0), of(|count| count < 0)]
}

#[test]
fn bytes_that_are_broken_are_refused_or_read_and_never_a_panic() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf");
    let whole = fs::read(path.join("paper.weasy.pdf")).unwrap();
    assert!(pdf::read(b"%PDF-1.7\n").is_err());
    for part in 1..8 {
        pdf::read(&whole[..whole.len() * part / 8]).ok();
        let mut broken = whole.clone();
        for byte in broken.iter_mut().skip(part * 97).step_by(1009) {
            *byte = byte.wrapping_mul(31);
        }
        pdf::read(&broken).ok();
    }
}

#[test]
fn a_note_is_on_the_page_that_calls_it() {
    let paper = read("paper.pdflatex.pdf");
    let mut pages = BTreeSet::new();
    for note in &paper.notes {
        let start = Position::start_of(BlockId(note.blocks.start));
        let page = paper.page_at(start);
        assert_eq!(page, paper.page_at(note.cited_in[0]), "{}", note.label);
        pages.extend(page);
    }
    assert!(pages.len() > 5, "{pages:?}");
}

#[test]
fn what_was_put_right_is_listed_with_its_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf");
    let bytes = fs::read(path.join("paper.weasy.pdf")).unwrap();
    let mendings = pdf::read(&bytes).unwrap().mendings;
    let of = |kind| mendings.iter().filter(move |mending| mending.kind == kind);
    assert_eq!(of(MendingKind::NoteTied).count(), 43);
    let first = of(MendingKind::NoteTied).next().unwrap();
    assert!(first.before.starts_with("1 Agreement between"), "{first:?}");
    assert_eq!(of(MendingKind::HeadingFound).count(), 7);
    assert!(of(MendingKind::FurnitureRemoved).all(|mending| mending.after.is_empty()));
    let joined = of(MendingKind::ParagraphJoined).next().unwrap();
    assert!(joined.before.contains(" | ") && !joined.after.contains('|'));
    assert!(
        mendings
            .iter()
            .all(|mending| matches!(mending.location, SourceLocation::Page(_)))
    );
}

/// The beginning of a PDF of so many pages, if it is handed on, and the whole.
fn in_parts(pages: usize) -> (Option<Paper>, Paper) {
    let beginning = RefCell::new(None);
    let begun = |script: pdf::BuildScript| drop(beginning.replace(Some(script.play().paper)));
    let whole = pdf::script(&long_pdf::long_pdf(pages), "", Some(&begun)).unwrap();
    (beginning.take(), whole.play().paper)
}

#[test]
fn the_beginning_of_a_long_pdf_is_handed_on_before_the_rest_is_read() {
    let (beginning, whole) = in_parts(60);
    let beginning = beginning.expect("it is long");
    assert!(beginning.is_beginning && !whole.is_beginning);
    let has = |paper: &Paper, page: usize| {
        let words = long_pdf::words_of(page);
        paper.blocks.iter().any(|block| block.text.contains(&words))
    };
    assert!(has(&beginning, 1) && has(&beginning, 9) && !has(&beginning, 30));
    assert!(has(&whole, 1) && has(&whole, 60));
    // But for the title page, what both have is the same.
    let texts = |paper: &Paper| -> Vec<String> {
        let blocks = paper.blocks.iter().filter(|block| block.is_authors());
        blocks.map(|block| block.text.clone()).collect()
    };
    let (beginning, whole) = (texts(&beginning), texts(&whole));
    assert_eq!(beginning[..9], whole[..9]);
    assert_eq!(in_parts(12).0, None);
}

#[test]
fn a_pdf_that_is_locked_opens_with_its_password_only() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf/locked.pdf");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(pdf::script(&bytes, "", None), Err(PdfRefusal::Encrypted));
    assert_eq!(
        pdf::script(&bytes, "wrong", None),
        Err(PdfRefusal::WrongPassword)
    );
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("password");
    fs::write(&password, "open sesame\n").unwrap();
    let print = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_opcit"));
        let output = command
            .arg("print")
            .arg(&path)
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (String::from_utf8(output.stdout).unwrap(), said)
    };
    assert!(print(&[]).1.contains("`--password-file`"));
    let (text, _) = print(&["--password-file", password.to_str().unwrap()]);
    assert!(text.contains("These words are behind a password."));
}

/// Prints a table for a folder of PDFs of one paper:
/// `OPCIT_PDFS=folder OPCIT_TRUTH=paper.md cargo test --test pdf -- --ignored --nocapture`.
#[test]
#[ignore = "compares a folder that the environment names"]
fn table() {
    let folder = PathBuf::from(env::var("OPCIT_PDFS").unwrap());
    let truth = fs::read_to_string(env::var("OPCIT_TRUTH").unwrap()).unwrap();
    let truth = markdown::parse(&truth).paper;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    files.sort();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let start = Instant::now();
        let name = file.file_name().unwrap().to_string_lossy();
        match pdf::read(&bytes) {
            Ok(parsed) => {
                let time = start.elapsed();
                println!("{name:32} {:?} {time:.0?}", compare(&truth, &parsed.paper));
            }
            Err(refusal) => println!("{name:32} {refusal}"),
        }
    }
}

/// Compares PDFs in a folder with what is known of them (`tests/data/pdf-facts`):
/// `OPCIT_PDFS=folder cargo test --test pdf facts -- --ignored --nocapture`.
#[test]
#[ignore = "compares a folder that the environment names"]
fn facts() {
    let folder = PathBuf::from(env::var("OPCIT_PDFS").unwrap());
    let facts = include_str!("data/pdf-facts/facts.txt");
    let (mut notes, mut wrong) = (0, Vec::new());
    let mut paper = Paper::default();
    for line in facts.lines() {
        if let Some(note) = line.strip_prefix("    ") {
            if !paper.blocks.is_empty() && !has_note(&paper, note) {
                wrong.push(format!("no note {note}"));
            }
            continue;
        }
        let fields: Vec<&str> = line.split(' ').collect();
        let Ok(bytes) = fs::read(folder.join(fields[0])) else {
            println!("{} is not there", fields[0]);
            paper = Paper::default();
            continue;
        };
        paper = pdf::read(&bytes).unwrap().paper;
        println!(
            "{}: {} of {} notes",
            fields[0],
            paper.notes.len(),
            fields[1]
        );
        notes += paper.notes.len();
        if paper.notes.len().to_string() != fields[1] {
            wrong.push(format!("{}: {} notes", fields[0], paper.notes.len()));
        }
    }
    println!("{notes} notes");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a note has the label, the words before its marker, and the first words of
/// `12 | before | note`.
fn has_note(paper: &Paper, fact: &str) -> bool {
    let fields: Vec<&str> = fact.split(" | ").collect();
    paper.notes.iter().any(|note| {
        let text = &paper.blocks[note.blocks.start].text;
        let is_labelled =
            note.label == fields[0] || note.label.starts_with(&format!("{}.", fields[0]));
        is_labelled && text.starts_with(fields[2]) && is_cited_after(paper, note, fields[1])
    })
}

fn is_cited_after(paper: &Paper, note: &Note, words: &str) -> bool {
    let markers = paper.blocks.iter().flat_map(|block| {
        let of_block = block.markers.iter();
        of_block.map(|marker| (&block.text[..marker.offset], marker.note))
    });
    let mut before = markers.filter(|(_, id)| paper.notes[id.0] == *note);
    before.any(|(text, _)| text.ends_with(words))
}

/// How a paper agrees with the truth.
#[derive(Debug)]
#[allow(dead_code, reason = "printed")]
struct Agreement {
    right: usize,
    /// The marker is right and the note is not.
    wrong: usize,
    missed: usize,
    /// Markers where the truth has none.
    false_markers: usize,
    /// How much of the words is in the order of the truth, of what both have once.
    order: f64,
}

fn compare(truth: &Paper, found: &Paper) -> Agreement {
    let mut markers: HashMap<Vec<String>, Vec<Vec<String>>> = HashMap::new();
    let all = markers_of(found);
    let count = all.len();
    for (context, note) in all {
        markers.entry(context).or_default().push(note);
    }
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (context, note) in markers_of(truth) {
        let Some(notes) = markers.get_mut(&context).filter(|notes| !notes.is_empty()) else {
            missed += 1;
            continue;
        };
        let best = (0..notes.len()).max_by(|one, other| {
            alike(&notes[*one], &note).total_cmp(&alike(&notes[*other], &note))
        });
        let best = notes.remove(best.unwrap());
        if alike(&best, &note) >= ALIKE {
            right += 1;
        } else {
            wrong += 1;
        }
    }
    Agreement {
        right,
        wrong,
        missed,
        false_markers: count - right - wrong,
        order: order(&body_words(truth), &body_words(found)),
    }
}

/// Each marker by the words before it, with the words of its note.
fn markers_of(paper: &Paper) -> Vec<(Vec<String>, Vec<String>)> {
    let mut markers = Vec::new();
    for block in &paper.blocks {
        for marker in &block.markers {
            let mut context = words(&block.text[..marker.offset]);
            context.drain(..context.len().saturating_sub(CONTEXT_WORDS));
            let note = &paper.notes[marker.note.0];
            let text: Vec<String> = paper.blocks[note.blocks.clone()]
                .iter()
                .filter(|block| block.kind != Kind::Backlinks)
                .flat_map(|block| words(&block.text))
                .collect();
            markers.push((context, text));
        }
    }
    markers
}

fn body_words(paper: &Paper) -> Vec<String> {
    let end = paper.notes.iter().map(|note| note.blocks.start).min();
    let body = &paper.blocks[..end.unwrap_or(paper.blocks.len())];
    body.iter().flat_map(|block| words(&block.text)).collect()
}

/// The words of a text: letters and figures, in small letters.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| {
            let letters = word.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The share of words that two texts have in common.
fn alike(one: &[String], other: &[String]) -> f64 {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for word in one {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0usize;
    for word in other {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a share")]
    let share = 2.0 * common as f64 / (one.len() + other.len()).max(1) as f64;
    share
}

/// How much of the three words in a row that both texts have once are in the same order.
fn order(truth: &[String], found: &[String]) -> f64 {
    let places = |words: &[String]| {
        let mut places: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (at, three) in words.windows(3).enumerate() {
            places.entry(three.to_vec()).or_default().push(at);
        }
        places.retain(|_, at| at.len() == 1);
        places
    };
    let (truth, found) = (places(truth), places(found));
    let mut pairs: Vec<(usize, usize)> = truth
        .iter()
        .filter_map(|(three, at)| Some((at[0], found.get(three)?[0])))
        .collect();
    pairs.sort_unstable();
    // The title page may be set apart, but nothing else is missing.
    assert!(pairs.len() * 100 >= truth.len() * 97, "words are missing");
    let mut ends: Vec<usize> = Vec::new();
    for (_, at) in &pairs {
        let place = ends.partition_point(|end| end < at);
        match ends.get_mut(place) {
            Some(end) => *end = *at,
            None => ends.push(*at),
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a share")]
    let share = ends.len() as f64 / pairs.len().max(1) as f64;
    share
}
