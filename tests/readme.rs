//! What the README shows of the program is what the program does.
#![allow(clippy::panic, reason = "a test that panics has failed, and says so")]

#[path = "../examples/picture/pictures.rs"]
mod pictures;
#[path = "../examples/keys/table.rs"]
mod table;

use std::fs;
use std::path::Path;

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

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path:?}: {error}"))
}
