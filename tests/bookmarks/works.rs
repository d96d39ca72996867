//! What all papers cite, joined.

use super::*;

const SMITH: &str = "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019)";

/// A library of two papers that both cite Smith, one with a page, one with a DOI.
fn folder_of_citing_papers() -> TempDir {
    let folder = folder();
    for (name, title, notes) in [
        (
            "war.md",
            "On War",
            format!(
                "[^1]: {SMITH}, p. 12.\n\n[^2]: Al Roe, *Gardens in the North* (Berlin: Holm, 1990).\n"
            ),
        ),
        (
            "peace.md",
            "On Peace",
            format!(
                "[^1]: {SMITH}, https://doi.org/10.1234/abc.5.\n\n[^2]: Jo Doe, *Rivers of the South* (Rome: Fiume, 2001).\n"
            ),
        ),
    ] {
        let text = format!("# {title}\n\nIt keeps a line number.[^1] And more.[^2]\n\n{notes}");
        fs::write(folder.path().join(name), text).unwrap();
        said(&opcit(
            folder.path(),
            &["bookmarks", "import", "kept.json", name],
        ));
    }
    folder
}

fn works(folder: &Path, arguments: &[&str]) -> String {
    let all: Vec<_> = ["sources", "--all"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    said(&opcit(folder, &all))
}

#[test]
fn a_work_that_two_papers_cite_is_written_once_with_both() {
    let folder = folder_of_citing_papers();
    let shared = works(folder.path(), &["--shared"]);
    assert!(
        shared.starts_with("Jane Smith, The Notes of Others"),
        "{shared}"
    );
    assert!(
        shared.contains("  On War  ") && shared.contains("  On Peace  "),
        "{shared}"
    );
    assert!(!shared.contains("Gardens"), "{shared}");
    let bibtex = works(folder.path(), &["--format", "bibtex"]);
    assert_eq!(
        bibtex.matches("The Notes of Others}").count(),
        1,
        "{bibtex}"
    );
    assert_eq!(bibtex.matches("\n@").count() + 1, 3, "{bibtex}");
    let csl = opcit(folder.path(), &["sources", "--all", "--format", "csl-json"]);
    assert_eq!(json_of(&csl).as_array().unwrap().len(), 3);
}

#[test]
fn the_papers_that_cite_a_work_are_found_by_its_doi_or_by_words() {
    let folder = folder_of_citing_papers();
    for asked in [
        "10.1234/ABC.5",
        "https://doi.org/10.1234/abc.5",
        "smith notes 2019",
    ] {
        let citing = works(folder.path(), &["--citing", asked]);
        assert!(
            citing.contains("On War") && citing.contains("On Peace"),
            "{asked}: {citing}"
        );
    }
    let json = opcit(
        folder.path(),
        &[
            "sources", "--all", "--citing", "gardens", "--format", "json",
        ],
    );
    let json = json_of(&json);
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(json[0]["cited_by"][0]["title"], "On War");
    assert_eq!(json[0]["cited_by"][0]["sources"], json!(["2"]));
}

#[test]
fn what_two_papers_share_is_written_with_both() {
    let folder = folder_of_citing_papers();
    let arguments = ["sources", "war.md", "--shared-with", "peace.md"];
    let shared = said(&opcit(folder.path(), &arguments));
    assert!(
        shared.starts_with("Jane Smith, The Notes of Others"),
        "{shared}"
    );
    assert_eq!(shared.lines().count(), 3, "{shared}");
}

#[test]
fn a_work_is_not_meant_by_what_is_no_address() {
    let folder = folder_of_citing_papers();
    for asked in ["/", "https://", "https://doi.org/"] {
        let citing = works(folder.path(), &["--citing", asked]);
        let is_said = |line: &str| line.starts_with("Al Roe") || line.starts_with("Jo Doe");
        assert!(!citing.lines().any(is_said), "{asked}: {citing}");
    }
}

#[test]
fn a_paper_from_standard_input_is_called_so() {
    let folder = folder_of_citing_papers();
    let input = fs::File::open(folder.path().join("war.md")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_opcit"))
        .args(["sources", "-", "--shared-with", "peace.md"])
        .env("OPCIT_DATA_DIR", folder.path().join("data"))
        .current_dir(folder.path())
        .stdin(input)
        .output()
        .unwrap();
    let shared = said(&output);
    assert!(shared.contains("On War  standard input"), "{shared}");
}
