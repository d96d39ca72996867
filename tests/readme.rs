//! What the README shows of the program is what the program does.
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
    let readme = read("README.md");
    let renewed = table::renewed(&readme).expect("a place for keys in README.md");
    let is_up_to_date = readme == renewed;
    assert!(
        is_up_to_date,
        "the keys in README.md are out of date: run `cargo run --example keys`"
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
    let readme = read("README.md");
    let parsed = formats::markdown::parse(example(&readme, "markdown"));
    let mut json = Vec::new();
    let excerpt = Excerpt::whole(&parsed.paper);
    json::write_excerpt(&excerpt, &parsed, &mut json).expect("a vector takes it all");
    let written: Value = serde_json::from_slice(&json).expect("JSON");
    let shown: Value = serde_json::from_str(example(&readme, "json")).expect("JSON in README.md");
    assert_eq!(written, shown);
}

#[test]
fn every_setting_is_described() {
    let readme = read("README.md");
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
            readme.contains(&format!("\n{name} = ")),
            "README.md does not describe {name}"
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

/// The first block of code in this language.
fn example<'a>(readme: &'a str, language: &str) -> &'a str {
    let (_, rest) = readme
        .split_once(&format!("\n```{language}\n"))
        .unwrap_or_else(|| panic!("README.md has no example in {language}"));
    rest.split_once("```\n")
        .map_or(rest, |(example, _)| example)
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path:?}: {error}"))
}
