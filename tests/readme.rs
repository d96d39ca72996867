//! What the README and the manual show of the program is what the program does.
#![allow(clippy::panic, reason = "a test that panics has failed, and says so")]

#[path = "../examples/picture/pictures.rs"]
mod pictures;
#[path = "../examples/keys/table.rs"]
mod table;

use std::fs;
use std::path::Path;

use opcit::export::{Excerpt, json};
use opcit::formats;
use opcit::reader::Config;
use serde_json::Value;

#[test]
fn the_table_of_keys_is_the_one_that_the_program_goes_by() {
    let page = read("docs/keys.md");
    let renewed = table::renewed(&page).expect("a place for keys in docs/keys.md");
    let is_up_to_date = page == renewed;
    assert!(
        is_up_to_date,
        "the keys in docs/keys.md are out of date: run `cargo run --example keys`"
    );
}

#[test]
fn the_pictures_show_the_screen_as_it_is() {
    let readme = read("README.md");
    for (path, svg) in pictures::all() {
        assert!(readme.contains(path), "README.md does not show {path}");
        let is_up_to_date = read(path) == svg;
        assert!(
            is_up_to_date,
            "{path} is out of date: run `cargo run --example picture`, and look at the picture"
        );
    }
}

#[test]
fn the_example_of_json_is_what_the_example_of_a_paper_gives() {
    let paper = read("docs/reading.md");
    let parsed = formats::markdown::parse(example(&paper, "markdown"));
    let mut json = Vec::new();
    let excerpt = Excerpt::whole(&parsed.paper);
    json::write_excerpt(&excerpt, &parsed, &mut json).expect("a vector takes it all");
    let written: Value = serde_json::from_slice(&json).expect("JSON");
    let shown: Value =
        serde_json::from_str(example(&read("docs/json.md"), "json")).expect("JSON in docs/json.md");
    assert_eq!(written, shown);
}

#[test]
fn every_setting_is_described() {
    let page = read("docs/configuration.md");
    let file = Config::commented();
    let (settings, _) = file.split_once("[colours]").expect("the colours");
    let names = settings
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once(" = "));
    let names: Vec<&str> = names
        .map(|(name, _)| name)
        .filter(|name| !name.contains(' '))
        .collect();
    assert!(names.contains(&"measure"), "{names:?}");
    for name in names {
        assert!(
            page.contains(&format!("\n{name} = ")),
            "docs/configuration.md does not describe {name}"
        );
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let reasons = read("docs/dependencies.md");
    let sections = manifest
        .split("\n[")
        .filter(|section| section.contains("dependencies]\n"));
    let names: Vec<&str> = sections
        .flat_map(str::lines)
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    assert!(names.contains(&"ratatui") && names.contains(&"insta"));
    for name in names {
        assert!(
            reasons.contains(&format!("`{name}`")),
            "docs/dependencies.md does not say what {name} is for"
        );
    }
}

#[test]
fn the_manual_has_all_its_pages_and_no_link_leads_nowhere() {
    let summary = read("docs/SUMMARY.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("docs")).expect("the manual") {
        let path = entry.expect("a file of the manual").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("a name in UTF-8");
        let is_page = name.ends_with(".md") && name != "SUMMARY.md";
        assert!(
            !is_page || summary.contains(&format!("]({name})")),
            "docs/SUMMARY.md does not list {name}"
        );
        if name.ends_with(".md") {
            assert_links_lead_somewhere(&format!("docs/{name}"));
        }
    }
    assert_links_lead_somewhere("README.md");
}

/// Holds each link of a page to the project itself to a file, and to a heading where it names one.
fn assert_links_lead_somewhere(page: &str) {
    let text = read(page);
    let folder = Path::new(page).parent().expect("a folder");
    for target in targets(&text) {
        let (file, part) = target.split_once('#').unwrap_or((target, ""));
        let file = match file {
            "" => page.into(),
            _ => folder.join(file),
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        assert!(path.exists(), "{page} leads to {target}");
        assert!(
            part.is_empty() || has_heading(&path, part),
            "{page} leads to {target}, which no heading has for its id"
        );
    }
}

/// Where the links of a page lead, those aside that lead out of the project or stand in code.
fn targets(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').step_by(2).flat_map(|text| {
        let targets = text.split("](").skip(1);
        targets
            .filter_map(|rest| rest.split(')').next())
            .filter(|target| !target.contains(':'))
    })
}

fn has_heading(page: &Path, id: &str) -> bool {
    let text = fs::read_to_string(page).expect("a page");
    let paper = formats::markdown::parse(&text).paper;
    paper.sections.iter().any(|section| section.id == id)
}

/// The first block of code in this language.
fn example<'a>(page: &'a str, language: &str) -> &'a str {
    let (_, rest) = page
        .split_once(&format!("\n```{language}\n"))
        .unwrap_or_else(|| panic!("the page has no example in {language}"));
    rest.split_once("```\n")
        .map_or(rest, |(example, _)| example)
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path:?}: {error}"))
}
