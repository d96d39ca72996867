//! Makes what the fuzz targets begin with, in `corpus/`:
//!
//! ```sh
//! cargo run --example corpus [SPECIFICATION]…
//! ```
//!
//! The examples of CommonMark, and of tables, strikethrough, task lists and footnotes, are taken
//! from the tests of pulldown-cmark, which cargo has; more from each specification that is named,
//! in the form of CommonMark's and GFM's `spec.txt`; the rest from opcit's own tests.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use opcit_fuzz::formats::markdown::parse;
use opcit_fuzz::paper::{BlockId, Position};
use opcit_fuzz::shelf::{
    Library, MarkLetter, Opened, Origin, ReadingSettings, Shelf, annotation_page, web_annotations,
};
use serde_json::Value;

/// The targets that take a paper.
const OF_PAPERS: [&str; 5] = ["parse", "layout", "search", "citations", "export"];

/// What encloses an example in the tests of pulldown-cmark.
const IN_TESTS: [&str; 2] = ["let original = r##\"", "\"##;"];

/// What encloses an example in a specification; after a line of a dot stands what becomes of it.
const IN_SPECIFICATION: [&str; 2] = ["```````````````````````````````` example", "\n.\n"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut papers = examples(&tests_of_pulldown_cmark()?)?;
    for file in std::env::args_os().skip(1) {
        papers.extend(examples_of_specification(&fs::read_to_string(file)?));
    }
    papers.extend(own_papers()?);
    for target in OF_PAPERS {
        write(&corpus.join(target), &papers)?;
    }
    let (files, pages) = bookmarks()?;
    write(&corpus.join("shelf_file"), &files)?;
    write(&corpus.join("shelf_import"), &[files, pages].concat())?;
    Ok(())
}

fn write(folder: &Path, texts: &[String]) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:04}")), text)?;
    }
    println!("{} in {}", texts.len(), folder.display());
    Ok(())
}

fn tests_of_pulldown_cmark() -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--manifest-path"]);
    let metadata = cargo
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()?;
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let package = packages
        .iter()
        .find(|package| package["name"] == "pulldown-cmark");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = manifest.ok_or("pulldown-cmark is not among the dependencies")?;
    Ok(Path::new(manifest).with_file_name("tests").join("suite"))
}

fn examples(tests: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in sorted(tests)? {
        found.extend(between(&fs::read_to_string(file)?, IN_TESTS));
    }
    Ok(found)
}

fn examples_of_specification(text: &str) -> Vec<String> {
    let examples = between(text, IN_SPECIFICATION);
    let markdown = examples.iter().map(|example| {
        // The rest of the first line names extensions.
        let (_, markdown) = example.split_once('\n').unwrap_or_default();
        markdown.replace('→', "\t")
    });
    markdown.collect()
}

fn between(text: &str, [start, end]: [&str; 2]) -> Vec<String> {
    let rest = text.split(start).skip(1);
    rest.filter_map(|rest| Some(rest.split_once(end)?.0.to_owned()))
        .collect()
}

/// The papers of opcit's tests, and those that their citations make: each note in a line, which
/// the target of citations reads as such.
fn own_papers() -> Result<Vec<String>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data");
    let mut papers = Vec::new();
    for file in sorted(&data)? {
        if file.extension().is_some_and(|ending| ending == "md") {
            papers.push(fs::read_to_string(file)?);
        }
    }
    for file in sorted(&data.join("citations"))? {
        let cases = fs::read_to_string(file)?;
        papers.extend(cases.split("\n\n").map(paper_of_cases));
    }
    Ok(papers)
}

fn paper_of_cases(cases: &str) -> String {
    let lines = cases.lines().filter(|line| !line.starts_with("//"));
    let lines = lines.map(|line| {
        let (text, _) = line.split_once("=>").unwrap_or((line, ""));
        let text = text.strip_prefix("> ").unwrap_or(text).trim_end();
        match text.strip_prefix('[') {
            Some(note) => format!("[^{}", note.replacen(']', "]:", 1)),
            None => text.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

/// Files of bookmarks after each of some changes, and what other programs are told of them.
fn bookmarks() -> Result<(Vec<String>, Vec<String>)> {
    let folder = tempfile::tempdir()?;
    let paper = parse("# One\n\nTwo three.\n\nFour.").paper;
    let library = Library::new(Some(folder.path().to_owned()));
    let Opened::Shelf(mut shelf) = library.open(&paper, &Origin::Embedded) else {
        return Err("an empty folder has no rivals".into());
    };
    let at = |block| Position {
        block: BlockId(block),
        offset: 0,
    };
    let mut files = Vec::new();
    let mut pages = Vec::new();
    for step in 0..8 {
        change(&mut shelf, step, at(step % paper.blocks.len()))?;
        files.push(fs::read_to_string(folder.path().join("embedded.jsonl"))?);
        let page = annotation_page(&web_annotations(
            shelf.bookmarks(),
            Some(shelf.text()),
            "urn:opcit:embedded",
        ));
        pages.push(page.to_string());
    }
    files.push("{\"kind\":\"shelf\",\"version\":2}\n{\"kind\":\"highlight\",\"id\":\"h\",\"modified\":\"2030-01-01T00:00:00Z\",\"from\":1.0}\n".to_owned());
    pages.push("{\"rows\":[{\"id\":\"a\",\"updated\":\"2026-01-01T00:00:00Z\",\"text\":\"note\",\"target\":[{\"selector\":[{\"type\":\"TextQuoteSelector\",\"exact\":\"Four\",\"prefix\":\"three. \",\"suffix\":\".\"}]}]}]}".to_owned());
    Ok((files, pages))
}

fn change(shelf: &mut Shelf, step: usize, at: Position) -> Result<()> {
    let last = shelf.bookmarks().last().map(|kept| kept.id.clone());
    match (step, last) {
        (2, Some(last)) => shelf.rename(&last, "called")?,
        (3, Some(last)) => shelf.annotate(&last, "two\nlines")?,
        (4, _) => shelf.set_mark(MarkLetter::new('a').ok_or("a letter")?, at)?,
        (5, _) => shelf.set_place(at, 0.5)?,
        (6, _) => shelf.set_settings(&ReadingSettings {
            columns: Some(60),
            notes: Some("foot".to_owned()),
            ..ReadingSettings::default()
        })?,
        (7, Some(last)) => shelf.remove(&[last])?,
        _ => {
            shelf.add(at)?;
        }
    }
    Ok(())
}
