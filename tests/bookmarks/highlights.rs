//! Highlights, from the files of other readers and out again.

use super::*;

const KOREADER: &str = r#"-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = { ["color"] = "green", ["datetime"] = "2024-08-01 21:02:11", ["drawer"] = "lighten",
            ["note"] = "really, \"never\"?", ["text"] = "keeps a line number" },
        [2] = { ["color"] = "red", ["datetime"] = "2024-08-01 21:02:11", ["drawer"] = "invert",
            ["text"] = "These words are in another paper." },
    },
    ["doc_props"] = { ["title"] = "On Keeping" },
}
"#;

/// A folder with a paper that has a highlight of KOReader's.
fn highlighted() -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("metadata.md.lua"), KOREADER).unwrap();
    let import = ["import", "metadata.md.lua", "paper.md"];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "exact             “keeps a line number”\n\
         not in this paper “These words are in another paper.”\n\
         paper.md: 1 added, 0 changed, 0 already here, 1 not in this paper\n"
    );
    folder
}

#[track_caller]
fn check(arguments: &[&str], expected: &str) {
    let folder = highlighted();
    let arguments: Vec<_> = ["highlights", "paper.md"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let written = said(&opcit(folder.path(), &arguments));
    assert_eq!(with_links_named(&written, folder.path()), expected);
}

/// What was written, with `LINK` for each link that opens a passage of the folder's paper.
pub(super) fn with_links_named(written: &str, folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap();
    let start = format!("file://{}/paper.md#", folder.display());
    let mut parts = written.split(start.as_str());
    let mut named = parts.next().unwrap().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit());
        // Opcit's own ids, and those made for what others have written.
        let is_an_id = [20, 16].contains(&(part.len() - rest.len()));
        assert!(is_an_id, "a link to no passage: {written}");
        named.push_str("LINK");
        named.push_str(rest);
    }
    named
}

#[test]
fn highlights_are_written_as_text_markdown_and_a_table() {
    check(
        &[],
        "Ada Author, “On Keeping”\n\n\
         │ keeps a line number\n    really, “never”?\n\
         — evidence · § Law, ¶ 1 · 2024-08-01 · exact\n",
    );
    check(
        &["--format", "markdown"],
        "# On Keeping\n\n> keeps a line number\n>\n\
         > — Ada Author, “On Keeping”, § Law, ¶ 1 (evidence) [↗](LINK)\n\nreally, \"never\"?\n",
    );
    check(
        &["--format", "csv"],
        "Highlight,Title,Author,URL,Note,Location,Date,Color\n\
         keeps a line number,On Keeping,Ada Author,LINK,\"really, \"\"never\"\"?\",\
         \"§ Law, ¶ 1\",2024-08-01 21:02:11,evidence\n",
    );
    check(&["--format", "csv", "--kind", "claim", "--kind", "note"], {
        "Highlight,Title,Author,URL,Note,Location,Date,Color\n"
    });
}

#[test]
fn highlights_are_written_as_web_annotations_and_come_back_elsewhere() {
    let (here, there) = (highlighted(), folder());
    for format in ["json", "epub"] {
        let listed = opcit(here.path(), &["highlights", "paper.md", "--format", format]);
        let page: Value = serde_json::from_str(&said(&listed)).unwrap();
        assert_eq!(page["items"][0]["motivation"], "highlighting");
        fs::write(there.path().join("out.json"), page.to_string()).unwrap();
        let taken = said(&opcit(there.path(), &["import", "out.json", "paper.md"]));
        let counts = match format {
            "json" => "1 added, 0 changed, 0 already here",
            _ => "0 added, 0 changed, 1 already here",
        };
        assert!(taken.ends_with(&format!("paper.md: {counts}\n")), "{taken}");
    }
    let all = opcit(there.path(), &["highlights", "--all", "--format", "org"]);
    assert!(said(&all).starts_with("* On Keeping\n** keeps a line number :evidence:\n"));
    // What is no bookmark is not among the bookmarks.
    assert_eq!(said(&opcit(there.path(), &["bookmarks", "paper.md"])), "");
}

#[test]
fn a_file_of_notes_is_brought_up_to_date_and_what_was_written_between_stays() {
    let folder = highlighted();
    let into = ["highlights", "paper.md", "--into", "notes.md"];
    assert_eq!(said(&opcit(folder.path(), &into)), "notes.md: up to date\n");
    assert_eq!(said(&opcit(folder.path(), &into)), "notes.md: unchanged\n");
    let file = folder.path().join("notes.md");
    let own = fs::read_to_string(&file).unwrap() + "\nMy own.\n";
    fs::write(&file, &own).unwrap();
    assert_eq!(said(&opcit(folder.path(), &into)), "notes.md: unchanged\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), own);
    let all = ["highlights", "--all", "--into", "all"];
    assert_eq!(
        said(&opcit(folder.path(), &all)),
        "all/On Keeping.md: up to date\n"
    );
}

#[test]
fn a_paper_without_highlights_says_so_and_writes_nothing() {
    let folder = folder();
    for arguments in [
        &["highlights", "paper.md"][..],
        &["highlights", "paper.md", "--into", "n.md"],
    ] {
        let listed = opcit(folder.path(), arguments);
        assert_eq!(said(&listed), "");
        let complaint = complained(&listed, 0);
        assert!(
            complaint.contains("no highlights in paper.md yet"),
            "{complaint}"
        );
    }
    assert!(!folder.path().join("n.md").exists());
}

#[test]
fn a_kind_that_there_is_not_is_refused() {
    let refused = opcit(folder().path(), &["highlights", "--kind", "boring"]);
    let complaint = complained(&refused, 2);
    assert!(complaint.contains("claim, evidence"), "{complaint}");
}
