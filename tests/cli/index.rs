//! `opcit index`.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::program::{SMALL, file, opcit, text, written};

const PAPER: &str = "---\ntitle: On Notes\nauthor: Ada Author\ndate: May 2026\nlang: en\n\
    keywords: [notes]\npublisher: Press\njournal: Review\ndoi: 10.1/x\n---\n\nBefore.\n\n# Law\n\nOne.[^1] Two.[^b]\n\n\
    [^1]: Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), p. 12, https://example.org/a.\n\n\
    [^b]: Nothing.\n";

fn documents(lines: &str) -> Vec<Value> {
    let lines = lines.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn index(arguments: &[&str]) -> Vec<Value> {
    let all: Vec<_> = ["index"].iter().chain(arguments).copied().collect();
    documents(&written(&all))
}

/// The type of each field in the mapping for OpenSearch.
fn mapped() -> Value {
    let mapping = include_str!("../../docs/opensearch-mapping.json");
    let mapping: Value = serde_json::from_str(mapping).unwrap();
    assert_eq!(mapping["mappings"]["dynamic"], "strict");
    mapping["mappings"]["properties"].clone()
}

#[test]
fn every_field_of_a_document_is_mapped_with_its_type() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "paper.md", PAPER.as_bytes());
    let mapped = mapped();
    let mut seen = BTreeSet::new();
    for document in index(&[&path, SMALL]) {
        for (name, value) in document.as_object().unwrap() {
            let kind = mapped[name]["type"].as_str();
            let texts = |value: &Value| {
                value
                    .as_array()
                    .is_none_or(|all| all.iter().all(Value::is_string))
            };
            let is_right = match kind {
                Some("keyword" | "text") => (value.is_string() || value.is_array()) && texts(value),
                Some("integer") => value.is_u64(),
                Some("object") => value.is_object(),
                _ => false,
            };
            assert!(is_right, "{name}: {value} is mapped as {kind:?}");
            seen.insert(name.clone());
        }
    }
    let all: BTreeSet<String> = mapped.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        seen, all,
        "what is mapped is written, and the other way round"
    );
}

#[test]
fn both_engines_are_told_of_the_same_fields() {
    let quickwit = include_str!("../../docs/quickwit-index.yaml");
    let fields = quickwit
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- { name: "));
    let named: BTreeSet<(String, String)> = fields
        .map(|field| {
            let (name, rest) = field.split_once(", type: ").unwrap();
            let kind = rest.split([',', ' ']).next().unwrap();
            let kind = kind.trim_start_matches("array<").trim_end_matches('>');
            (name.to_owned(), kind.to_owned())
        })
        .collect();
    let mapped = mapped();
    let mapped = mapped.as_object().unwrap().iter().map(|(name, field)| {
        let kind = match field["type"].as_str().unwrap() {
            "keyword" | "text" => "text",
            "integer" => "u64",
            "object" => "json",
            other => other,
        };
        (name.clone(), kind.to_owned())
    });
    assert_eq!(named, mapped.collect());
}

#[track_caller]
fn assert_ids_are_apart(documents: &[Value]) {
    let ids = documents.iter().map(|one| one["id"].as_str().unwrap());
    assert_eq!(ids.collect::<BTreeSet<_>>().len(), documents.len());
}

#[test]
fn ids_are_told_apart_and_places_are_those_that_opcit_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "paper.md", PAPER.as_bytes());
    let documents = index(&[&path]);
    assert_ids_are_apart(&documents);
    let place = |kind: &str| -> Vec<&str> {
        let some = documents.iter().filter(|one| one["kind"] == kind);
        some.map(|one| one["open"].as_str().unwrap().rsplit('#').next().unwrap())
            .collect()
    };
    assert_eq!(place("note"), ["n1", "n2"]);
    assert_eq!(place("source"), ["n1"]);
    assert_eq!(place("section").last(), Some(&"law"));
}

#[test]
fn a_folder_is_gone_through_and_the_bulk_form_names_each_document() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deep")).unwrap();
    file(folder.path(), "deep/b.md", b"# B\n\nText.\n");
    file(folder.path(), "a.md", b"# A\n\nText.\n");
    file(folder.path(), "picture.png", b"none");
    // Links that lead around, one of them called as papers are.
    for name in ["around", "around.md", "deep/around.md"] {
        std::os::unix::fs::symlink(folder.path(), folder.path().join(name)).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let titles: Vec<_> = index(&[path])
        .into_iter()
        .filter(|one| one["kind"] == "paper")
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles, ["A", "B"]);
    let bulk = index(&[path, "--format", "opensearch-bulk"]);
    for pair in bulk.chunks(2) {
        let id = pair[1]["id"].as_str().unwrap();
        let hash = blake3::hash(id.as_bytes()).to_hex();
        assert_eq!(pair[0]["index"]["_id"], *hash.split_at(32).0);
    }
}

#[test]
fn a_section_that_is_called_as_a_note_or_a_source_is_another_document() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# N1\n\nOne.[^1]\n\n# Source 1\n\n# Note 2\n\nTwo.[^b]\n\n# N2\n\n# 50 % {#50%}\n\n\
        [^1]: Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), p. 12.\n\n[^b]: Nothing.\n";
    let path = file(folder.path(), "paper.md", text.as_bytes());
    let documents = index(&[&path]);
    assert_ids_are_apart(&documents);
    let parsed = opcit::formats::markdown::parse(text).paper;
    // What opens at each place is what the document is of.
    for document in &documents {
        let open = document["open"].as_str().unwrap();
        let Some((_, part)) = open.rsplit_once('#') else {
            continue;
        };
        let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
        let place = opcit::search::place_named(&parsed, &part).expect(open);
        let opened = &parsed.blocks[place.block.0].text;
        let expected = match document["kind"].as_str().unwrap() {
            "section" => document["title"].as_str().unwrap(),
            _ => document["text"].as_str().unwrap(),
        };
        assert_eq!(
            opened.trim_end_matches('.'),
            expected.trim_end_matches('.'),
            "{open}"
        );
    }
}

#[test]
fn a_note_that_a_sign_calls_is_opened_by_its_sign() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# N\n\nOne.[^#] Two.[^*] Three.[^†] Four.[^1]\n\n# Section\n\n\
        [^#]: A.\n\n[^*]: B.\n\n[^†]: C.\n\n[^1]: D.\n";
    let path = file(folder.path(), "paper.md", text.as_bytes());
    let documents = index(&[&path]);
    let notes = documents.iter().filter(|one| one["kind"] == "note");
    let parsed = opcit::formats::markdown::parse(text).paper;
    let opened = notes.map(|note| {
        let open = note["open"].as_str().unwrap();
        let (address, part) = open.split_once('#').unwrap();
        assert!(address.ends_with("paper.md"), "{open}");
        let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
        let place = opcit::search::place_named(&parsed, &part).expect(open);
        (
            note["text"].as_str().unwrap(),
            parsed.blocks[place.block.0].text.clone(),
        )
    });
    let opened: Vec<_> = opened.collect();
    let texts: Vec<&str> = opened.iter().map(|(text, _)| *text).collect();
    assert_eq!(texts, ["B.", "C.", "A.", "D."]);
    assert!(
        opened.iter().all(|(text, found)| text == found),
        "{opened:?}"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_go_on() {
    let output = opcit(&["index", "/no/such.md", SMALL]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/no/such.md"));
    assert!(!documents(&text(&output.stdout)).is_empty());
}

#[test]
fn a_folder_that_cannot_be_listed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "a.md", b"# A\n\nText.\n");
    let shut = folder.path().join("shut");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, Permissions::from_mode(0o000)).unwrap();
    // Whoever may do everything can list it all the same.
    let is_told = fs::read_dir(&shut).is_err();
    let arguments = ["index", folder.path().to_str().unwrap()];
    let output = opcit(&arguments).output().unwrap();
    assert_eq!(output.status.success(), !is_told);
    assert_eq!(
        text(&output.stderr).contains("shut: permission denied"),
        is_told
    );
    assert!(!documents(&text(&output.stdout)).is_empty());
}
