//! The list of papers kept in order: forgetting one, and saying where files are now.

use std::path::PathBuf;

use super::*;

/// The titles and places of the papers that are listed.
fn listed(folder: &Path) -> Vec<(String, Vec<String>)> {
    let json = json_of(&opcit(folder, &["papers", "--format", "json"]));
    let papers = json.as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    papers
        .map(|paper| {
            let paths = paper["paths"].as_array().unwrap().iter();
            (text(&paper["title"]), paths.map(text).collect())
        })
        .collect()
}

/// What is put aside.
fn forgotten(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("data/forgotten"));
    let entries = entries.into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_is_kept_is_not_forgotten_unless_that_is_said() {
    let folder = folder_with_bookmark();
    let forget = opcit(folder.path(), &["papers", "forget", "keeping"]);
    let complaint = complained(&forget, 1);
    assert!(
        complaint.contains("not forgotten: you have kept 1 bookmark, 1 note in “On Keeping”"),
        "{complaint}"
    );
    assert_eq!(listed(folder.path()).len(), 1);
    assert!(forgotten(folder.path()).is_empty());
}

#[test]
fn a_name_without_words_is_that_of_no_paper() {
    let folder = folder_with_bookmark();
    for name in ["", " ", "…"] {
        let forget = ["papers", "forget", "--with-what-is-kept", name];
        let complaint = complained(&opcit(folder.path(), &forget), 1);
        assert!(complaint.contains("say which paper"), "{complaint}");
    }
    assert_eq!(listed(folder.path()).len(), 1);
}

#[test]
fn a_forgotten_paper_comes_back_with_all_that_was_kept_when_its_file_is_moved_back() {
    let folder = folder_with_bookmark();
    let forget = ["papers", "forget", "--with-what-is-kept", "paper.md"];
    let told = said(&opcit(folder.path(), &forget));
    assert!(told.starts_with("forgotten: “On Keeping” ("), "{told}");
    assert!(
        told.contains("its reading place, 1 bookmark, 1 note\n"),
        "{told}"
    );
    assert!(listed(folder.path()).is_empty());
    let aside = forgotten(folder.path());
    let [file] = &aside[..] else {
        panic!("{aside:?}");
    };
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(told.contains("without the time before its name"), "{told}");
    let (_, name) = name.split_once('-').unwrap();
    fs::rename(file, folder.path().join("data").join(name)).unwrap();
    let bookmarks = said(&opcit(folder.path(), &["bookmarks", "paper.md"]));
    assert!(bookmarks.contains("│ keeps a line number"), "{bookmarks}");
}

#[test]
fn what_is_kept_of_a_forgotten_paper_can_be_imported_too() {
    let folder = folder_with_bookmark();
    let forget = ["papers", "forget", "--with-what-is-kept", "paper.md"];
    said(&opcit(folder.path(), &forget));
    let aside = forgotten(folder.path());
    let import = [
        "bookmarks",
        "import",
        aside[0].to_str().unwrap(),
        "paper.md",
    ];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "paper.md: 1 added, 0 changed, 0 already here\n"
    );
}

#[test]
fn a_paper_whose_file_is_away_stays_in_the_list() {
    let folder = folder_with_bookmark();
    fs::remove_file(folder.path().join("paper.md")).unwrap();
    assert_eq!(listed(folder.path())[0].0, "On Keeping");
}

#[test]
fn papers_that_words_do_not_tell_apart_are_named_with_their_ids() {
    let folder = folder_with_bookmark();
    let other = PAPER.replace("Nobody keeps", "Everybody keeps");
    fs::write(folder.path().join("other.md"), other).unwrap();
    let kept = ANNOTATIONS.replace("keeps a line number", "Everybody keeps");
    fs::write(folder.path().join("other.json"), kept).unwrap();
    let title = fs::read_to_string(folder.path().join("other.md")).unwrap();
    let title = title.replace("On Keeping", "On Keeping Everything");
    fs::write(folder.path().join("other.md"), title).unwrap();
    said(&opcit(
        folder.path(),
        &["bookmarks", "import", "other.json", "other.md"],
    ));
    let complaint = complained(&opcit(folder.path(), &["papers", "forget", "keeping"]), 1);
    assert!(complaint.contains("which one?"), "{complaint}");
    let line = complaint
        .lines()
        .find(|line| line.contains("Everything"))
        .unwrap();
    let id = line.split_whitespace().next().unwrap();
    let forget = ["papers", "forget", "--with-what-is-kept", id];
    said(&opcit(folder.path(), &forget));
    assert_eq!(listed(folder.path())[0].0, "On Keeping");
}

#[test]
fn a_folder_that_was_moved_takes_the_places_of_its_papers_along() {
    let folder = folder();
    let old = folder.path().join("old");
    fs::create_dir_all(old.join("deep")).unwrap();
    fs::write(old.join("deep/paper.md"), PAPER).unwrap();
    let import = ["bookmarks", "import", "kept.json", "old/deep/paper.md"];
    said(&opcit(folder.path(), &import));
    fs::rename(&old, folder.path().join("new")).unwrap();

    let told = said(&opcit(folder.path(), &["papers", "move", "old", "new"]));
    assert!(told.starts_with("“On Keeping” is at "), "{told}");
    let (_, paths) = listed(folder.path()).remove(0);
    let place = folder.path().canonicalize().unwrap();
    let place = place.join("new/deep/paper.md");
    assert_eq!(paths, [place.to_str().unwrap()]);
}

#[test]
fn a_move_to_where_no_file_is_changes_nothing_and_says_so() {
    let folder = folder_with_bookmark();
    let before = listed(folder.path());
    let moved = opcit(folder.path(), &["papers", "move", "paper.md", "gone.md"]);
    let complaint = complained(&moved, 1);
    assert!(complaint.contains("there is no file"), "{complaint}");
    assert_eq!(listed(folder.path()), before);
    let moved = opcit(folder.path(), &["papers", "move", "never.md", "paper.md"]);
    assert!(complained(&moved, 1).contains("no paper that you have read was at"));
}

#[test]
fn the_text_of_a_paper_that_is_forgotten_is_not_kept_in_the_cache() {
    let folder = folder_with_bookmark();
    said(&opcit(folder.path(), &["find", "--all", "line"]));
    let cached = || {
        let of_library = fs::read_dir(folder.path().join("cache")).unwrap().next();
        fs::read_dir(of_library.unwrap().unwrap().path())
            .unwrap()
            .count()
    };
    assert_eq!(cached(), 1);
    let forget = ["papers", "forget", "--with-what-is-kept", "keeping"];
    said(&opcit(folder.path(), &forget));
    assert_eq!(cached(), 0);
}
