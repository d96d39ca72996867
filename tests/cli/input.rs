//! Where papers come from, and what is made of those that are no papers.

use std::fs;

use insta::assert_snapshot;

use crate::program::{SMALL, UNTITLED, file, opcit, piped, refused, text, written};

#[test]
fn without_a_terminal_opcit_prints() {
    assert_eq!(written(&[SMALL]), written(&["print", SMALL]));
}

#[test]
fn a_paper_can_be_piped_in_with_and_without_a_dash() {
    let paper = fs::read(SMALL).unwrap();
    let printed = written(&["print", SMALL]);
    assert_eq!(text(&piped(&paper, &["-"]).stdout), printed);
    assert_eq!(text(&piped(&paper, &[]).stdout), printed);
    assert_eq!(
        text(&piped(&paper, &["print", "/dev/stdin"]).stdout),
        printed
    );
}

#[test]
fn a_paper_can_be_redirected_in() {
    let output = opcit(&[])
        .stdin(fs::File::open(SMALL).unwrap())
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout), written(&["print", SMALL]));
}

#[test]
fn nothing_on_standard_input_means_the_embedded_paper() {
    assert_eq!(written(&[]), written(&["print"]));
    assert_ne!(written(&[]), written(&["print", SMALL]));
}

#[test]
fn a_command_wins_over_a_file_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "notes", b"A file that is called notes.\n");
    let at = |argument: &str| {
        let output = opcit(&[argument])
            .current_dir(folder.path())
            .output()
            .unwrap();
        text(&output.stdout)
    };
    assert!(at("./notes").contains("A file that is called notes."));
    assert!(!at("notes").contains("A file that is called notes."));
}

#[test]
fn a_paper_without_a_title_is_called_as_its_file_is() {
    let paper = written(&["print", UNTITLED, "--format", "json"]);
    let paper: serde_json::Value = serde_json::from_str(&paper).unwrap();
    assert_eq!(paper["title"], "untitled");
}

#[test]
fn an_empty_file_is_an_empty_paper_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "empty.md", b"");
    assert_eq!(written(&["print", &paper]).trim(), "This paper is empty.");
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str| {
        let output = opcit(&["print", name])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout), "");
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    };
    file(folder.path(), "paper.pdf", b"%PDF-1.7\n");
    file(
        folder.path(),
        "paper.bin",
        &[0, 1, 2, 3, 4, 5, 6].repeat(99),
    );
    let huge = fs::File::create(folder.path().join("huge.md")).unwrap();
    huge.set_len((256 << 20) + 1).unwrap();
    assert_snapshot!(refused("gone.md"), @"opcit: cannot read gone.md: there is no such file. See `opcit --help`");
    assert_snapshot!(refused("paper.pdf/x"), @"opcit: cannot read paper.pdf/x: there is no such file. See `opcit --help`");
    assert_snapshot!(refused("."), @"opcit: cannot read .: it is a folder. Name a file in it");
    assert_snapshot!(refused("/dev/zero"), @"opcit: cannot read /dev/zero: it is a device or a socket, not a file. Pipe its text into `opcit -`");
    #[cfg(feature = "pdf")]
    assert_snapshot!(refused("paper.pdf"), @"opcit: cannot read paper.pdf: its pages cannot be found: it is broken, or no PDF");
    assert_snapshot!(refused("paper.bin"), @"opcit: cannot read paper.bin: it is a binary file, of no kind that opcit knows");
    assert_snapshot!(refused("huge.md"), @"opcit: cannot read huge.md: it is larger than 256 MiB, the most opcit can read. Split it");
    assert_snapshot!(refused("\u{1b}[31mred.md"), @"opcit: cannot read ␛[31mred.md: there is no such file. See `opcit --help`");
}

#[test]
fn text_that_is_not_utf_8_is_read_as_what_it_is_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "latin1.md", b"# Caf\xE9\n");
    let output = opcit(&["print", "latin1.md"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("Café"));
    assert_snapshot!(text(&output.stderr), @"opcit: latin1.md, line 1: this is not UTF-8, and was read as windows-1252; --encoding names another");
    let output = opcit(&["print", "latin1.md", "--encoding", "macintosh"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(text(&output.stdout).contains("CafÈ"));
    assert_eq!(text(&output.stderr), "");
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_is_read_with_its_notes() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/pdf/paper.typst.pdf"
    );
    let output = opcit(&["notes", "--note", "31", file]).output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert!(text(&output.stdout).contains("Joint Statements 2022, 2023."));
}

#[test]
fn a_format_that_is_named_overrules_what_the_bytes_say() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "a.md", b"%PDF-1.7 is how they begin.\n");
    let printed = written(&["print", &paper, "--from", "markdown"]);
    assert!(printed.contains("is how they begin"));
    let refused = opcit(&["print", &paper, "--from", "word"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("the formats are markdown, text, docx"));
}

#[test]
fn a_packed_paper_is_read_from_standard_input_too() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"# Packed\n\nWords.\n").unwrap();
    let output = piped(&encoder.finish().unwrap(), &["print", "-"]);
    assert!(text(&output.stdout).contains("Packed"));
}

#[test]
fn what_acts_on_a_terminal_is_made_visible() {
    let paper = b"# A \x1B[31mred\x07 &#27;]0;x title\n\n`\x9B`[^\x1B]\n\n[^\x1B]: <\x1B>\n";
    for format in ["text", "markdown", "json"] {
        let output = piped(paper, &["print", "-", "--format", format]);
        assert!(!output.stdout.contains(&0x1B) && !output.stdout.contains(&0x07));
    }
}

#[test]
fn a_mistyped_command_is_suggested() {
    for (typed, meant) in [
        ("bookmark", "bookmarks"),
        ("prnit", "print"),
        ("papres", "papers"),
    ] {
        let alone = refused(1, &[typed]);
        assert!(
            alone.contains(&format!("Did you mean `opcit {meant}`?")),
            "{alone}"
        );
        let with_paper = refused(2, &[typed, SMALL]);
        assert!(
            with_paper.contains(&format!("Did you mean `opcit {meant}`?")),
            "{with_paper}"
        );
    }
    assert!(!refused(1, &["thesis.md"]).contains("Did you mean"));
}

#[test]
fn what_a_converter_left_is_mended_unless_it_is_wanted_as_it_is() {
    let loose = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/source.txt");
    let mended = written(&["notes", loose, "--note", "43"]);
    assert!(mended.contains("Erika Kinetz"), "{mended}");
    let printed = written(&["print", loose]);
    assert!(printed.contains("Mended: 43 notes tied, 7 paragraphs joined"));
    let as_it_is = written(&["print", loose, "--as-is"]);
    assert!(!as_it_is.contains("Mended") && as_it_is.contains("[43] Erika Kinetz"));
    let json: serde_json::Value =
        serde_json::from_str(&written(&["print", loose, "--format", "json"])).unwrap();
    let mendings = json["mendings"].as_array().unwrap();
    let joined = mendings
        .iter()
        .filter(|one| one["code"] == "paragraph-joined");
    assert_eq!(joined.count(), 7);
    assert_eq!(mendings[0]["line"], 5);
    assert_eq!(mendings[0]["before"], "EUROHub4SINO");
}
