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
        bibtex.matches("title = {The {Notes} of {Others}}").count(),
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
        "otes of oth",
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
fn what_a_paper_shares_with_others_is_written_with_all_of_them() {
    let folder = folder_of_citing_papers();
    for paper in ["war.md", "peace.md"] {
        let shared = said(&opcit(folder.path(), &["sources", paper, "--shared"]));
        assert!(
            shared.starts_with("Jane Smith, The Notes of Others"),
            "{shared}"
        );
        assert!(
            shared.contains("  On War  ") && shared.contains("  On Peace  "),
            "{shared}"
        );
        assert_eq!(shared.lines().count(), 3, "{shared}");
    }
    let json = ["sources", "war.md", "--shared", "--format", "json"];
    let json = json_of(&opcit(folder.path(), &json));
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(json[0]["cited_by"].as_array().unwrap().len(), 2);
}

#[test]
fn a_work_is_not_meant_by_what_is_no_address() {
    let folder = folder_of_citing_papers();
    for asked in ["/", "https://", "https://doi.org/"] {
        let output = opcit(folder.path(), &["sources", "--all", "--citing", asked]);
        let citing = String::from_utf8(output.stdout).unwrap();
        let is_said = |line: &str| line.starts_with("Al Roe") || line.starts_with("Jo Doe");
        assert!(!citing.lines().any(is_said), "{asked}: {citing}");
    }
}

#[test]
fn where_no_work_is_found_that_is_said_and_the_exit_code_is_1() {
    let folder = folder_of_citing_papers();
    let other = "# Other\n\nA line.[^1]\n\n[^1]: Ann Poe, *Hills* (Rome: Fiume, 2003).\n";
    fs::write(folder.path().join("other.md"), other).unwrap();
    for (arguments, expected) in [
        (
            &["--all", "--citing", "hills poe"][..],
            "none of your papers cites “hills poe”",
        ),
        (
            &["--all", "--shared", "--citing", "gardens"],
            "no work that several of your papers cite is “gardens”",
        ),
        (
            &["other.md", "--shared"],
            "no other of your papers cites what this one does",
        ),
        (
            &["other.md", "--shared-with", "war.md"],
            "no work is cited by both papers",
        ),
    ] {
        let output = opcit(folder.path(), &[&["sources"], arguments].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told, format!("opcit: {expected}\n"));
        assert_eq!((output.stdout, output.status.code()), (Vec::new(), Some(1)));
    }
}

#[test]
fn a_paper_from_standard_input_is_called_so() {
    let folder = folder_of_citing_papers();
    let input = fs::File::open(folder.path().join("war.md")).unwrap();
    let arguments = ["sources", "-", "--shared-with", "peace.md"];
    let output = command(folder.path(), &arguments)
        .stdin(input)
        .output()
        .unwrap();
    let shared = said(&output);
    assert!(shared.contains("On War  standard input"), "{shared}");
}

/// What `sources --all` writes in a way, from a cache or where none can be.
fn all_works(folder: &Path, cache: &str, arguments: &[&str]) -> (Vec<u8>, Vec<u8>, Option<i32>) {
    let output = command(folder, &["sources", "--all"])
        .args(arguments)
        .env("OPCIT_CACHE_DIR", folder.join(cache))
        .output()
        .expect("opcit runs");
    (output.stdout, output.stderr, output.status.code())
}

/// Holds what is written from the cache, twice, to what is written without one.
#[track_caller]
fn check_cache(folder: &Path) {
    let ways: [&[&str]; 11] = [
        &[],
        &["--format", "json"],
        &["--format", "csl-json"],
        &["--format", "bibtex"],
        &["--format", "biblatex"],
        &["--format", "ris"],
        &["--shared"],
        &["--citing", "10.1234/abc.5"],
        &[
            "--citing",
            "https://doi.org/10.1234/ABC.5",
            "--format",
            "json",
        ],
        &["--citing", "10.1234/abc"],
        &["--citing", "gardens north"],
    ];
    for way in ways {
        let without = all_works(folder, "no-folder", way);
        for _ in 0..2 {
            assert_eq!(all_works(folder, "cache", way), without, "{way:?}");
        }
    }
}

/// Makes a file look as if it had been written a while ago, so that its cache is used.
fn settle(path: &Path) {
    let file = fs::File::options().write(true).open(path).unwrap();
    let before = SystemTime::now() - Duration::from_secs(60);
    file.set_modified(before).unwrap();
}

#[test]
fn the_works_of_all_papers_are_the_same_with_the_cache_and_without() {
    let folder = folder_of_citing_papers();
    let path = folder.path();
    fs::write(path.join("no-folder"), "a file").unwrap();
    for name in ["war.md", "peace.md"] {
        settle(&path.join(name));
    }
    check_cache(path);

    let text = fs::read_to_string(path.join("war.md")).unwrap();
    fs::write(path.join("war.md"), text.replace("Al Roe", "Al Rowe")).unwrap();
    settle(&path.join("war.md"));
    check_cache(path);

    let is_of_sources = |file: &Path| file.extension().is_some_and(|it| it == "sources");
    let library = fs::read_dir(path.join("cache")).unwrap().next().unwrap();
    let files = fs::read_dir(library.unwrap().path()).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let files: Vec<_> = files.filter(|file| is_of_sources(file)).collect();
    assert_eq!(files.len(), 2);
    fs::write(&files[0], "damaged").unwrap();
    fs::remove_file(&files[1]).unwrap();
    check_cache(path);

    fs::remove_file(path.join("peace.md")).unwrap();
    check_cache(path);
    said(&opcit(
        path,
        &["papers", "forget", "--with-what-is-kept", "war.md"],
    ));
    check_cache(path);
}
