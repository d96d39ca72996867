//! What the commands write, where, and with which exit code: the program is run as it is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test may panic"
)]

#[path = "cli/cite.rs"]
mod cite;
#[path = "cli/completing.rs"]
mod completing;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/find.rs"]
mod find;
#[path = "cli/index.rs"]
mod index;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/linear.rs"]
mod linear;
#[path = "cli/notes.rs"]
mod notes;
#[path = "cli/print.rs"]
mod print;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/sections.rs"]
mod sections;
#[path = "cli/sources.rs"]
mod sources;

use std::fs;
use std::process::Stdio;

use insta::assert_snapshot;

use self::program::{SMALL, file, opcit, refused, text, written};

#[test]
fn wrong_usage_is_told_with_code_2() {
    assert_snapshot!(refused(2, &["print", "--format", "pdf"]), @"
    opcit: invalid value 'pdf' for '--format <FORMAT>'
      [possible values: text, markdown, json]

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(2, &["print", "--width", "0"]), @"
    opcit: invalid value '0' for '--width <N>': 0 is not in 1..=65535

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(2, &["one.md", "\u{1b}[31mtwo.md"]), @"opcit: without a terminal opcit writes one paper out, and 2 are named");
    assert_snapshot!(refused(2, &["one.md", "print"]), @"opcit: the paper is named after the command, as in `opcit print paper.md`");
    assert_snapshot!(refused(2, &["print", "one.md", "\u{1b}[31mtwo.md"]), @"opcit: unexpected “␛[31mtwo.md”: this command takes one paper. See `opcit --help`");
}

#[test]
fn help_and_version_are_written_to_standard_output() {
    assert!(written(&["--help"]).contains("Examples:"));
    assert!(written(&["notes", "--help"]).contains("--note"));
    let version = concat!("opcit ", env!("CARGO_PKG_VERSION"));
    assert_eq!(written(&["-V"]), format!("{version}\n"));
    let long = written(&["--version"]);
    assert!(
        long.starts_with(version) && long.contains("\nfeatures: "),
        "{long}"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let long = file(
        folder.path(),
        "long.md",
        "A paragraph.\n\n".repeat(20_000).as_bytes(),
    );
    for arguments in [&["print", long.as_str()][..], &["--help"]] {
        let mut program = opcit(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(program.stdout.take());
        let output = program.wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_with_code_1() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = opcit(&["print", SMALL]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(text(&output.stderr), @"opcit: cannot write to standard output; the output is incomplete: the disk is full");
}
