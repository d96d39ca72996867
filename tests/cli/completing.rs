//! What the program answers a shell that asks what a word may become.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

use super::program::{SMALL, file, opcit, text};

/// What is offered for the last of the words, in a folder, a line each.
fn offered_in(folder: &Path, words: &[&str], set: impl FnOnce(&mut Command)) -> Vec<String> {
    let arguments: Vec<&str> = [&["--", "opcit"], words].concat();
    let mut command = opcit(&arguments);
    command.env("OPCIT_COMPLETE", "fish").current_dir(folder);
    set(&mut command);
    let output = command.output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[track_caller]
fn check(words: &[&str], expected: &[&str]) {
    let folder = tempdir().unwrap();
    assert_eq!(offered_in(folder.path(), words, |_| {}), expected);
}

#[test]
fn commands_and_options_are_offered_and_none_that_only_opcit_calls() {
    check(&["outl"], &["outline\tList a paper's sections"]);
    check(&["read-pd"], &[]);
    let folder = tempdir().unwrap();
    let options = offered_in(folder.path(), &["print", "--sec"], |_| {});
    assert_eq!(options.len(), 1, "{options:?}");
    assert!(options[0].starts_with("--section\t"), "{options:?}");
    check(&["print", "--from", "e"], &["epub"]);
}

#[test]
fn the_sections_and_notes_are_those_of_the_paper_that_is_named() {
    check(
        &["print", "--section", "INTRO"],
        &["introduction\tIntroduction"],
    );
    check(
        &["print", "--section", "key"],
        &["key-takeaways\tKEY TAKEAWAYS"],
    );
    check(&["print", SMALL, "--section", "key"], &[]);
    let folder = tempdir().unwrap();
    let note =
        "[^1]: A note that is\n    wrapped, and goes on for longer than there is room beside it.\n";
    let paper = format!("# Ends\n\nText.[^1]\n\n## Means & more\n\nText.\n\n{note}");
    let paper = file(folder.path(), "paper.md", paper.as_bytes());
    check(
        &["print", &paper, "--section", "me"],
        &["means--more\tMeans & more"],
    );
    check(
        &["notes", &paper, "--note", ""],
        &["1\tA note that is wrapped, and goes on for longer than there is"],
    );
    // What cannot be read has none, and nothing is said where the next word is typed.
    check(&["print", "no-such.md", "--section", ""], &[]);
    check(&["print", "-", "--section", ""], &[]);
}

#[test]
fn papers_and_folders_are_offered_and_for_the_reader_titles_as_the_shell_takes_them() {
    let folder = tempdir().unwrap();
    for name in ["war.md", "war.docx", "warp.png"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    fs::create_dir(folder.path().join("wares")).unwrap();
    let files = offered_in(folder.path(), &["check", "war"], |_| {});
    assert_eq!(files, ["war.docx", "war.md", "wares/"]);

    let data = folder.path().join("data");
    let paper = "# War, and peace (1812)\n\nBread was dear.\n";
    let paper = file(folder.path(), "paper.md", paper.as_bytes());
    let kept = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage",
        "items": [{"id": "https://example.org/1", "type": "Annotation", "motivation": "bookmarking",
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "Bread was dear"}]}}]}"#;
    let kept = file(folder.path(), "kept.json", kept.as_bytes());
    let mut import = opcit(&["bookmarks", "import", &kept, &paper]);
    assert!(
        import
            .env("OPCIT_DATA_DIR", &data)
            .output()
            .unwrap()
            .status
            .success()
    );

    let titles = |words: &[&str], shell: &str| {
        let offered = offered_in(folder.path(), words, |command| {
            command
                .env("OPCIT_DATA_DIR", &data)
                .env("OPCIT_COMPLETE", shell);
            if shell == "bash" {
                command.env("_CLAP_COMPLETE_INDEX", "1");
                command.env("_CLAP_COMPLETE_COMP_TYPE", "9");
            }
        });
        offered
            .into_iter()
            .filter(|it| it.starts_with("War"))
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&["war"], "fish"), ["War, and peace (1812)"]);
    assert_eq!(
        titles(&["war"], "bash"),
        ["War,\\ and\\ peace\\ \\(1812\\)"]
    );
    assert_eq!(
        titles(&["War,\\ a"], "bash"),
        ["War,\\ and\\ peace\\ \\(1812\\)"]
    );
    assert!(titles(&["print", "war"], "fish").is_empty());
}
