//! What is kept of papers, from the command line, in a folder of the test's own.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, and says so"
)]

#[path = "bookmarks/highlights.rs"]
mod highlights;
#[path = "bookmarks/papers.rs"]
mod papers;
#[path = "bookmarks/works.rs"]
mod works;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tempfile::TempDir;

const PAPER: &str = "---\ntitle: On Keeping\nauthor: Ada Author\n---\n\n# Law\n\nNobody keeps a line number for long.\n";

const ANNOTATIONS: &str = r#"{
  "@context": "http://www.w3.org/ns/anno.jsonld",
  "type": "AnnotationPage",
  "items": [{
    "id": "https://example.org/1",
    "type": "Annotation",
    "motivation": "bookmarking",
    "created": "2026-11-23T10:00:00Z",
    "body": [
      {"type": "TextualBody", "purpose": "describing", "value": "the law"},
      {"type": "TextualBody", "purpose": "commenting", "value": "why\nnot?"}
    ],
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": "keeps a line number"}]}
  }]
}"#;

fn opcit(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("opcit runs")
}

/// The program as it is run in a folder, in which all is that it keeps.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opcit"));
    command
        .args(arguments)
        .env("OPCIT_DATA_DIR", folder.join("data"))
        .env("OPCIT_CACHE_DIR", folder.join("cache"))
        .env("OPCIT_CONFIG", folder.join("no-config.toml"))
        .env_remove("ACCESSIBLE")
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// What was complained of, the program having ended with that code.
#[track_caller]
fn complained(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("paper.md"), PAPER).expect("a paper");
    fs::write(folder.path().join("kept.json"), ANNOTATIONS).expect("annotations");
    folder
}

/// A folder with a paper that has a bookmark.
fn folder_with_bookmark() -> TempDir {
    let folder = folder();
    said(&opcit(
        folder.path(),
        &["bookmarks", "import", "kept.json", "paper.md"],
    ));
    folder
}

fn json_of(output: &Output) -> Value {
    serde_json::from_str(&said(output)).expect("JSON")
}

#[test]
fn bookmarks_are_taken_in_once() {
    let folder = folder();
    let import = ["bookmarks", "import", "kept.json", "paper.md"];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "paper.md: 1 added, 0 changed, 0 already here\n"
    );
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "paper.md: 0 added, 0 changed, 1 already here\n"
    );
}

#[test]
fn bookmarks_are_listed_as_text() {
    let folder = folder_with_bookmark();
    let text = said(&opcit(folder.path(), &["bookmarks", "paper.md"]));
    let (kept, day) = text.split_once("2026").unwrap_or((&text, ""));
    assert!(day.ends_with("exact\n"), "{text}");
    assert_eq!(
        kept,
        "the law\n│ keeps a line number\n    why\n    not?\n— § Law, ¶ 1 · "
    );
}

#[test]
fn bookmarks_are_listed_as_markdown_to_be_pasted_into_notes() {
    let folder = folder_with_bookmark();
    let listed = opcit(
        folder.path(),
        &["bookmarks", "paper.md", "--format", "markdown"],
    );
    assert_eq!(
        highlights::with_links_named(&said(&listed), folder.path()),
        "**the law**\n\n> keeps a line number\n>\n\
         > — Ada Author, “On Keeping”, § Law, ¶ 1 [↗](LINK)\n\nwhy\nnot?\n"
    );
}

#[test]
fn what_is_listed_as_json_is_taken_in_elsewhere() {
    let (here, there) = (folder_with_bookmark(), folder());
    let listed = opcit(here.path(), &["bookmarks", "paper.md", "--format", "json"]);
    fs::write(there.path().join("kept.json"), said(&listed)).unwrap();
    let import = ["bookmarks", "import", "kept.json", "paper.md"];
    assert_eq!(
        said(&opcit(there.path(), &import)),
        "paper.md: 1 added, 0 changed, 0 already here\n"
    );
}

#[test]
fn a_paper_without_bookmarks_says_so_and_lists_none() {
    let folder = folder();
    let listed = opcit(folder.path(), &["bookmarks", "paper.md"]);
    assert_eq!(said(&listed), "");
    let complaint = complained(&listed, 0);
    assert!(
        complaint.contains("no bookmarks in paper.md yet"),
        "{complaint}"
    );
    let listed = opcit(
        folder.path(),
        &["bookmarks", "paper.md", "--format", "json"],
    );
    assert_eq!(json_of(&listed)["items"], json!([]));
    assert_eq!(complained(&listed, 0), "");
}

/// A folder with bookmarks in the paper there, and in the one that opcit carries.
fn folder_of_two_papers() -> TempDir {
    let folder = folder_with_bookmark();
    let carried = json!([{ "target": {
        "source": "urn:opcit:embedded",
        "selector": { "type": "TextQuoteSelector", "exact": "February 2026 marked the fifth year" },
    }}]);
    fs::write(folder.path().join("carried.json"), carried.to_string()).unwrap();
    let taken = opcit(folder.path(), &["bookmarks", "import", "carried.json"]);
    assert_eq!(
        said(&taken),
        "the built-in paper: 1 added, 0 changed, 0 already here\n"
    );
    folder
}

#[test]
fn the_bookmarks_of_all_papers_are_listed_together() {
    let folder = folder_of_two_papers();
    let all = |format| {
        said(&opcit(
            folder.path(),
            &["bookmarks", "--all", "--format", format],
        ))
    };
    let text = all("text");
    assert!(text.contains("Ada Author, “On Keeping”\n\n"), "{text}");
    assert!(text.contains("│ keeps a line number\n"), "{text}");
    assert!(
        text.contains("│ February 2026 marked the fifth year\n"),
        "{text}"
    );
    let markdown = all("markdown");
    assert!(
        markdown.contains("# On Keeping\n\n**the law**\n\n> keeps"),
        "{markdown}"
    );
    assert!(markdown.contains("# Russia-China"), "{markdown}");
    let json: Value = serde_json::from_str(&all("json")).unwrap();
    let items = json["items"].as_array().unwrap();
    let mut sources: Vec<_> = items
        .iter()
        .map(|item| item["target"]["source"].as_str().unwrap())
        .collect();
    sources.sort_unstable();
    let path = folder.path().canonicalize().unwrap().join("paper.md");
    let path = format!("file://{}", path.display());
    assert_eq!(sources, [path.as_str(), "urn:opcit:embedded"]);
}

#[test]
fn the_bookmarks_of_a_paper_that_is_gone_are_listed_as_they_were_kept() {
    let folder = folder_with_bookmark();
    fs::remove_file(folder.path().join("paper.md")).unwrap();
    let text = said(&opcit(folder.path(), &["bookmarks", "--all"]));
    assert!(text.starts_with("Ada Author, “On Keeping”\n"), "{text}");
    assert!(text.contains("— § Law · 2026"), "{text}");
}

#[test]
fn the_bookmarks_of_all_papers_are_taken_in_by_each_on_another_machine() {
    let here = folder_of_two_papers();
    let all = opcit(here.path(), &["bookmarks", "--all", "--format", "json"]);
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.json"), said(&all)).unwrap();
    let import = ["bookmarks", "import", "all.json"];
    let taken = said(&opcit(folder.path(), &import));
    assert_eq!(taken.lines().count(), 2, "{taken}");
    assert!(
        taken.lines().all(|line| line.contains(": 1 added, ")),
        "{taken}"
    );
    // One whose paper is not there is told, and keeps nothing from the other.
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.json"), said(&all)).unwrap();
    fs::remove_file(here.path().join("paper.md")).unwrap();
    let half = opcit(folder.path(), &import);
    let complaint = complained(&half, 1);
    assert!(complaint.contains("there is no such file"), "{complaint}");
    assert!(
        complaint.contains("`opcit bookmarks import all.json paper.md`"),
        "{complaint}"
    );
    let taken = String::from_utf8_lossy(&half.stdout).into_owned();
    assert!(taken.starts_with("the built-in paper: 1 added"), "{taken}");
}

#[test]
fn bookmarks_that_name_no_paper_and_fit_none_are_refused() {
    let folder = folder();
    let refused = opcit(folder.path(), &["bookmarks", "import", "kept.json"]);
    let complaint = complained(&refused, 1);
    assert!(
        complaint.contains("does not say which paper"),
        "{complaint}"
    );
    assert_eq!(said(&opcit(folder.path(), &["papers"])), "");
}

/// Annotations of such words, about such a source.
fn annotations_about(source: &str, words: &[&str]) -> String {
    let items = words.iter().map(|words| {
        json!({ "target": {
            "source": source,
            "selector": { "type": "TextQuoteSelector", "exact": words },
        }})
    });
    Value::from(items.collect::<Vec<_>>()).to_string()
}

#[test]
fn bookmarks_about_a_paper_that_cannot_be_opened_go_into_no_other() {
    let folder = folder();
    let there = annotations_about(
        "https://example.org/other.html",
        &["February 2026 marked the fifth year"],
    );
    fs::write(folder.path().join("there.json"), there).unwrap();
    let refused = opcit(folder.path(), &["bookmarks", "import", "there.json"]);
    let complaint = complained(&refused, 1);
    assert!(
        complaint.contains("“https://example.org/other.html”"),
        "{complaint}"
    );
    assert_eq!(said(&opcit(folder.path(), &["papers"])), "");
}

#[test]
fn an_import_says_how_many_bookmarks_are_lost() {
    let folder = folder();
    let words = ["keeps a line number", "Nothing of the kind is said here"];
    fs::write(
        folder.path().join("two.json"),
        annotations_about("x", &words),
    )
    .unwrap();
    let import = ["bookmarks", "import", "two.json", "paper.md"];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "paper.md: 2 added, 0 changed, 0 already here; of those added or changed, 1 is lost: \
         the text is not in this paper\n"
    );
}

#[test]
fn bookmarks_are_taken_in_from_standard_input() {
    let folder = folder();
    let import = |paper: &str| {
        command(folder.path(), &["bookmarks", "import", "-", paper])
            .stdin(fs::File::open(folder.path().join("kept.json")).unwrap())
            .output()
            .expect("opcit runs")
    };
    assert_eq!(
        said(&import("paper.md")),
        "paper.md: 1 added, 0 changed, 0 already here\n"
    );
    let complaint = complained(&import("-"), 2);
    assert!(complaint.contains("cannot both come from"), "{complaint}");
}

#[test]
fn papers_that_were_kept_are_listed_with_their_bookmarks() {
    let folder = folder();
    let listed = opcit(folder.path(), &["papers"]);
    assert_eq!(said(&listed), "");
    assert!(complained(&listed, 0).contains("no papers read yet"));
    let folder = folder_of_two_papers();
    let papers = said(&opcit(folder.path(), &["papers"]));
    assert!(
        papers.contains("On Keeping\n  1 bookmark · 1 note\n"),
        "{papers}"
    );
    assert!(papers.contains("the built-in paper\n"), "{papers}");
    let papers = json_of(&opcit(folder.path(), &["papers", "--format", "json"]));
    let path = folder.path().canonicalize().unwrap().join("paper.md");
    let papers = papers.as_array().unwrap();
    let id = papers
        .iter()
        .find(|paper| paper["carried"] == false)
        .unwrap();
    let id = id["id"].as_str().unwrap();
    assert_eq!(id.len(), 8, "{id}");
    let expected = json!({
        "id": id,
        "title": "On Keeping",
        "authors": ["Ada Author"],
        "paths": [path],
        "carried": false,
        "read": null,
        "last_read": null,
        "bookmarks": 1,
        "highlights": 0,
        "notes": 1,
    });
    assert!(papers.contains(&expected), "{papers:?}");
    assert!(papers.iter().any(|paper| paper["carried"] == true));
}

#[test]
fn a_paper_that_may_be_another_is_not_guessed_at() {
    let folder = folder_with_bookmark();
    let draft = PAPER.replace("Nobody", "Hardly anybody");
    fs::write(folder.path().join("draft.md"), draft).unwrap();
    let refused = opcit(folder.path(), &["bookmarks", "draft.md"]);
    let complaint = complained(&refused, 1);
    assert!(complaint.contains("“On Keeping” ("), "{complaint}");
    assert!(complaint.contains("paper.md"), "{complaint}");
}

#[test]
fn a_file_without_bookmarks_is_refused_and_nothing_is_kept() {
    let folder = folder();
    let refused = opcit(
        folder.path(),
        &["bookmarks", "import", "paper.md", "paper.md"],
    );
    complained(&refused, 1);
    assert_eq!(said(&opcit(folder.path(), &["papers"])), "");
}

#[test]
fn what_belongs_to_listing_is_refused_before_import() {
    let folder = folder();
    for arguments in [
        ["bookmarks", "paper.md", "import", "kept.json"],
        ["bookmarks", "--all", "import", "kept.json"],
        ["bookmarks", "--all", "paper.md", "--format=text"],
    ] {
        complained(&opcit(folder.path(), &arguments), 2);
    }
}

#[test]
fn the_data_folder_may_be_named_anywhere() {
    let folder = folder();
    for (arguments, known) in [
        (
            [
                "--data-dir",
                "d",
                "bookmarks",
                "import",
                "kept.json",
                "paper.md",
            ],
            0,
        ),
        (
            [
                "bookmarks",
                "--data-dir",
                "d",
                "import",
                "kept.json",
                "paper.md",
            ],
            1,
        ),
        (
            [
                "bookmarks",
                "import",
                "kept.json",
                "paper.md",
                "--data-dir",
                "d",
            ],
            1,
        ),
    ] {
        let taken = said(&opcit(folder.path(), &arguments));
        assert!(
            taken.ends_with(&format!("{known} already here\n")),
            "{taken}"
        );
    }
}

/// The commands that list what is kept.
const LISTING: [&[&str]; 4] = [
    &["bookmarks", "paper.md"],
    &["bookmarks", "paper.md", "--format", "json"],
    &["bookmarks", "--all"],
    &["papers"],
];

#[test]
fn a_store_that_is_damaged_is_said_to_be_and_the_exit_code_tells_it() {
    // Within the line of the bookmark.
    let half = |file: &[u8]| file[..file.len() * 2 / 3].to_vec();
    let noise = |_: &[u8]| (0..=255_u8).cycle().take(3_000).collect();
    for damage in [half, noise as fn(&[u8]) -> Vec<u8>] {
        let folder = folder_with_bookmark();
        let data = fs::read_dir(folder.path().join("data")).unwrap();
        let mut files = data.map(|entry| entry.unwrap().path());
        let file = files.find(|path| path.extension().is_some_and(|it| it == "jsonl"));
        let file = file.expect("the file of bookmarks");
        fs::write(&file, damage(&fs::read(&file).unwrap())).unwrap();
        for command in LISTING {
            let complaint = complained(&opcit(folder.path(), command), 1);
            assert!(
                complaint.contains("cannot be read"),
                "{command:?}: {complaint}"
            );
            assert!(
                !complaint.contains("no bookmarks"),
                "{command:?}: {complaint}"
            );
        }
        // Also when nothing tells any more which paper it was about.
        fs::write(folder.path().join("paper.md"), "Quite another paper.\n").unwrap();
        fs::write(&file, "nonsense").unwrap();
        complained(&opcit(folder.path(), LISTING[0]), 1);
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_said_to_be_and_the_exit_code_tells_it() {
    let folder = folder();
    fs::write(folder.path().join("data"), "").unwrap();
    for command in LISTING {
        let complaint = complained(&opcit(folder.path(), command), 1);
        assert!(
            complaint.contains("cannot read"),
            "{command:?}: {complaint}"
        );
        assert!(
            !complaint.contains("no bookmarks"),
            "{command:?}: {complaint}"
        );
    }
}

#[test]
fn a_file_to_import_that_is_missing_is_refused_as_a_missing_paper_is() {
    let folder = folder();
    let import = complained(
        &opcit(folder.path(), &["bookmarks", "import", "no.json"]),
        1,
    );
    let print = complained(&opcit(folder.path(), &["print", "no.json"]), 1);
    assert_eq!(import, print);
    let directory = complained(&opcit(folder.path(), &["bookmarks", "import", "."]), 1);
    assert!(directory.contains("it is a folder"), "{directory}");
}

#[test]
fn a_note_or_a_file_that_is_too_long_is_refused_in_words() {
    let folder = folder();
    let item = |note: &str| {
        json!({
            "target": {"selector": {"type": "TextQuoteSelector", "exact": "keeps a line number"}},
            "body": {"type": "TextualBody", "purpose": "commenting", "value": note},
        })
    };
    let path = folder.path().join("long.json");
    fs::write(&path, json!([item(&"a".repeat(70_000))]).to_string()).unwrap();
    let import = ["bookmarks", "import", "long.json", "paper.md"];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "paper.md: 0 added, 0 changed, 0 already here, 1 skipped with a note over 64 KiB\n"
    );
    fs::write(&path, json!([item(&"a".repeat(17 << 20))]).to_string()).unwrap();
    let complaint = complained(&opcit(folder.path(), &import), 1);
    assert!(complaint.contains("larger than 16 MiB"), "{complaint}");
    fs::write(&path, vec![b' '; 65 << 20]).unwrap();
    let complaint = complained(&opcit(folder.path(), &import), 1);
    assert!(complaint.contains("larger than 64 MiB"), "{complaint}");
}

#[test]
fn a_pattern_is_found_in_all_papers_that_were_read_and_in_no_other() {
    let folder = folder_with_bookmark();
    let path = folder.path();
    let second = PAPER
        .replace("On Keeping", "On Losing")
        .replace("long.", "long.[^1]\n\n[^1]: A Line.");
    fs::write(path.join("second.md"), &second).expect("a paper");
    fs::write(path.join("unread.md"), PAPER).expect("a paper");
    said(&opcit(
        path,
        &["bookmarks", "import", "kept.json", "second.md"],
    ));
    let found = said(&opcit(path, &["find", "--all", "line"]));
    let titles = |text: &str| text.matches("  /").count();
    assert_eq!(titles(&found), 2, "{found}");
    assert!(found.contains("On Keeping") && found.contains("On Losing"));
    assert!(found.contains("note 1: A Line."), "{found}");
    // Folded as in one paper: a capital counts.
    let found = said(&opcit(path, &["find", "--all", "Line"]));
    assert!(
        titles(&found) == 1 && found.contains("On Losing"),
        "{found}"
    );
    let found = json_of(&opcit(path, &["find", "--all", "line", "--format", "json"]));
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    fs::remove_file(path.join("second.md")).expect("a paper");
    // It is found by the text that it had, and said to be away.
    let found = said(&opcit(path, &["find", "--all", "keeps"]));
    assert_eq!(titles(&found), 2, "{found}");
    assert!(found.contains("second.md (not there now)\n"), "{found}");
    fs::remove_dir_all(path.join("cache")).expect("the cache");
    let output = opcit(path, &["find", "--all", "keeps"]);
    let told = complained(&output, 1);
    assert!(told.contains("1 paper is not where it was"), "{told}");
    assert_eq!(titles(&String::from_utf8_lossy(&output.stdout)), 1);
    let sources = opcit(path, &["sources", "--all"]);
    assert_eq!(complained(&sources, 1), told);
    let nothing = opcit(path, &["find", "--all", "no such words"]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn all_papers_are_searched_as_they_are_when_a_bibliography_has_changed() {
    let folder = folder_with_bookmark();
    let path = folder.path();
    let text = "---\ntitle: On Keeping\nbibliography: works.bib\n---\n\nNobody keeps a line number for long [@smith].\n";
    // As if all had been written a while ago.
    let write = |name: &str, text: &str| {
        fs::write(path.join(name), text).unwrap();
        let file = fs::File::options().write(true).open(path.join(name));
        let before = SystemTime::now() - Duration::from_secs(60);
        file.unwrap().set_modified(before).unwrap();
    };
    let work = |title: &str| {
        format!("@book{{smith, author={{Jane Smith}}, title={{{title}}}, year={{2019}}}}")
    };
    write("paper.md", text);
    write("works.bib", &work("The Notes of Others"));
    let finds = |words: &str, more: &[&str]| {
        let arguments = [&["find", "--all", words], more].concat();
        opcit(path, &arguments).status.success()
    };
    assert!(finds("Notes of Others", &[]));
    write("works.bib", &work("The Marks of Some"));
    assert!(!finds("Notes of Others", &[]));
    assert!(finds("Marks of Some", &[]));
    // The reader's own is known by its bytes.
    write("paper.md", &text.replace("works.bib", "none.bib"));
    let own = ["--bibliography", "own.bib"];
    write("own.bib", &work("The Notes of Others"));
    assert!(finds("Notes of Others", &own));
    write("own.bib", &work("The Marks of Some"));
    assert!(finds("Marks of Some", &own));
    assert!(!finds("Notes of Others", &own));
}
