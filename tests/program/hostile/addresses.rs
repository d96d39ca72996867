//! Addresses that hide what they are: each is shown for what it is, and what is opened reaches the
//! opener as one argument.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::tour::Tour;
use crate::pty::patiently;
use crate::reading::PROGRAM;

/// Names the file in which the opener notes what it is asked to open.
const NOTES: &str = "OPCIT_TEST_OPENED";

/// What is to become of an address.
enum Fate {
    /// The opener gets this, and the question says where it leads.
    Opened(&'static str, &'static str),
    /// It is said why it is not opened.
    Refused(&'static str),
}

use Fate::{Opened, Refused};

const ONLY: &str = "opcit opens http, https and mailto addresses only";

/// Addresses as they stand in the Markdown.
const ADDRESSES: [(&str, Fate); 30] = [
    (
        "https://a.org/x?y=1#z",
        Opened("https://a.org/x?y=1#z", "leads to a.org"),
    ),
    (
        "https://bank.com@evil.com/",
        Opened(
            "https://bank.com@evil.com/",
            "leads to evil.com, not to bank.com",
        ),
    ),
    (
        "https://bank.com%2Flogin@evil.com",
        Opened(
            "https://bank.com%2Flogin@evil.com",
            "leads to evil.com, not to bank.com%2Flogin",
        ),
    ),
    (
        "https://аррӏе.com/x",
        Opened(
            "https://xn--80ak6aa92e.com/x",
            "leads to xn--80ak6aa92e.com",
        ),
    ),
    (
        "https://bаnk.com:80/",
        Opened("https://xn--bnk-6cd.com:80/", "leads to xn--bnk-6cd.com:80"),
    ),
    (
        "https://ｅｖｉｌ。com/",
        Opened("https://evil.com/", "leads to evil.com"),
    ),
    (
        "https://%65vil.com/",
        Opened("https://evil.com/", "leads to evil.com"),
    ),
    (
        "http://[::1]:8080/",
        Opened("http://[::1]:8080/", "leads to [::1]:8080"),
    ),
    (
        "http://a.org/&#10;x&#13;y&#27;]0;t&#7;",
        Opened("http://a.org/%0Ax%0Dy%1B]0;t%07", "leads to a.org"),
    ),
    (
        "http://a.org/\u{202e}gpj.exe\u{200b}",
        Opened("http://a.org/%E2%80%AEgpj.exe%E2%80%8B", "leads to a.org"),
    ),
    (
        "http://a.org/a b",
        Opened("http://a.org/a%20b", "leads to a.org"),
    ),
    (
        "http://a.org/\";$(touch pwned);`touch pwned`|'&",
        Opened(
            "http://a.org/\";$(touch%20pwned);`touch%20pwned`|'&",
            "leads to a.org",
        ),
    ),
    (
        "http://a.org/;touch${IFS}pwned",
        Opened("http://a.org/;touch${IFS}pwned", "leads to a.org"),
    ),
    (
        "http://a.org/--help",
        Opened("http://a.org/--help", "leads to a.org"),
    ),
    (
        "mailto:me@a.org?subject=x",
        Opened("mailto:me@a.org?subject=x", "opens your mail program"),
    ),
    (
        "mailto:me@a.org?attach=/etc/passwd",
        Refused("attach a file"),
    ),
    ("javascript:alert(1)", Refused(ONLY)),
    ("JaVaScRiPt:alert(1)", Refused(ONLY)),
    ("data:text/html,x", Refused(ONLY)),
    ("file:///etc/passwd", Refused(ONLY)),
    ("smb://host/share", Refused(ONLY)),
    ("//evil.com/", Refused(ONLY)),
    ("/bin/sh", Refused(ONLY)),
    ("-flag", Refused(ONLY)),
    ("--help", Refused(ONLY)),
    ("x-man-page:ls;http://a.org", Refused(ONLY)),
    ("https:///evil.com", Refused("has no host")),
    ("https://evil.com\\\\@bank.com", Refused("backslash")),
    ("https://bank.com⁄evil.com/", Refused("has no valid host")),
    ("https://$(touch pwned)/", Refused("has no valid host")),
];

/// Paragraphs of a link each, which can be searched for by their numbers.
fn paper<'a>(addresses: impl Iterator<Item = &'a str>) -> String {
    let paragraphs = addresses.zip(100..);
    paragraphs
        .map(|(address, number)| format!("Link{number} [bank.com](<{address}>)\n\n"))
        .collect()
}

/// A folder in which the only program is an opener: this test binary, run by a script's first
/// line with that argument.
fn with_opener(home: &Path, argument: &str) -> CommandBuilder {
    let programs = home.join("programs");
    fs::create_dir(&programs).expect("a folder");
    // A short name, since such a line may not be long.
    symlink(env::current_exe().expect("a name"), home.join("t")).expect("a link");
    let script = format!("#!{} {argument}\n", home.join("t").display());
    let opener = programs.join("xdg-open");
    fs::write(&opener, script).expect("an opener");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("a program");
    let mut command = CommandBuilder::new(PROGRAM);
    command.env_clear();
    command.env("PATH", &programs);
    command.env("DISPLAY", ":0");
    command.env(NOTES, home.join("opened"));
    command
}

/// Has the opener note what it is given.
const TAKES_DOWN: &str = "hostile::addresses::takes_down_what_it_is_to_open";

/// Does nothing unless it is run as an opener. What it is given stands behind the script's name.
#[test]
fn takes_down_what_it_is_to_open() {
    let Some(notes) = env::var_os(NOTES) else {
        return;
    };
    let given: Vec<String> = env::args().skip(3).collect();
    let mut notes = OpenOptions::new()
        .create(true)
        .append(true)
        .open(notes)
        .expect("notes");
    // In one piece, so that nobody reads half of it.
    let line = serde_json::to_string(&given).expect("text") + "\n";
    notes.write_all(line.as_bytes()).expect("notes");
}

/// What the opener was given each time.
fn opened(home: &Path) -> Vec<Vec<String>> {
    let notes = fs::read_to_string(home.join("opened")).unwrap_or_default();
    notes
        .lines()
        .map(|line| serde_json::from_str(line).expect("notes"))
        .collect()
}

#[test]
fn an_address_is_shown_for_what_it_is_and_opened_as_one_argument() {
    let home = TempDir::new().expect("a home");
    let path = home.path().join("paper.md");
    fs::write(&path, paper(ADDRESSES.iter().map(|(address, _)| *address))).expect("a paper");
    let mut command = with_opener(home.path(), TAKES_DOWN);
    command.arg(&path);
    let mut tour = Tour::new(command, home.path(), 100, 30);
    let mut expected: Vec<Vec<String>> = Vec::new();
    for ((address, fate), number) in ADDRESSES.iter().zip(100..) {
        tour.press(&format!("/link{number}\r"), "1/1");
        tour.press("o", "Open this address?");
        match fate {
            Opened(given, leads) => {
                tour.press("", leads);
                tour.press("\r", "opening");
                expected.push(vec![(*given).to_owned()]);
                let is_noted = patiently(|| opened(home.path()).len() == expected.len());
                assert!(is_noted, "{address} was not opened");
            }
            Refused(why) => {
                tour.press("", why);
                tour.press("\r\u{1b}", "q quit");
            }
        }
    }
    assert_eq!(opened(home.path()), expected);
    assert!(!home.path().join("pwned").exists());
    if let Err(why) = tour.end() {
        panic!("{why}");
    }
}

#[test]
fn without_a_browser_at_hand_the_address_is_copied() {
    let home = TempDir::new().expect("a home");
    let path = home.path().join("paper.md");
    fs::write(&path, paper(["http://a.org/&#10;x"].into_iter())).expect("a paper");
    let mut command = with_opener(home.path(), TAKES_DOWN);
    command.env("SSH_CONNECTION", "1 2 3 4");
    command.arg(&path);
    let mut tour = Tour::new(command, home.path(), 100, 30);
    tour.press("}o", "Open this address?");
    tour.press("\r", "sent to the");
    let output = tour.end().expect("our own sequences");
    assert_eq!(output.copied, ["http://a.org/%0Ax"]);
    assert!(opened(home.path()).is_empty());
}

#[test]
fn an_address_that_no_opener_opens_can_be_copied() {
    let home = TempDir::new().expect("a home");
    let path = home.path().join("paper.md");
    fs::write(&path, "Link [there](http://a.org/).").expect("a paper");
    let mut command = with_opener(home.path(), "--no-such-option");
    command.arg(&path);
    let mut tour = Tour::new(command, home.path(), 80, 24);
    tour.press("o", "Open this address?");
    tour.press("\r", "nothing opened it; o, then y, copies the address");
    tour.press("o", "Open this address?");
    tour.press("y", "sent to the");
    let output = tour.end().expect("our own sequences");
    assert_eq!(output.copied, ["http://a.org/"]);
}
