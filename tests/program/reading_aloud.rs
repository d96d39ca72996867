//! Reading aloud, with a program that writes down what it is given to speak.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::symlink;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::pty::{Pty, command};
use super::reading::PROGRAM;

/// The file that is written to.
const SPOKEN: &str = "OPCIT_TEST_SPOKEN";

const PAPER: &str = "# On Peace\n\nIt was signed.[^1] It held, pp. 4-5.\n\nThe end.\n\n\
    [^1]: Ada Roe, *The Book of Peace*, 1999, <https://a.org/peace>.\n";

#[test]
#[ignore = "speaks; another test runs this binary with it"]
fn writes_down_what_it_is_given() {
    let Some(file) = env::var_os(SPOKEN) else {
        return;
    };
    let words = io::read_to_string(io::stdin()).unwrap();
    let mut file = OpenOptions::new().append(true).open(file).unwrap();
    writeln!(file, "{words}|").unwrap();
}

#[test]
#[ignore = "waits; another test runs this binary with it"]
fn speaks_for_long() {
    if let Some(file) = env::var_os(SPOKEN) {
        fs::write(file, "speaks").unwrap();
        thread::sleep(Duration::from_secs(120));
    }
}

#[test]
fn what_asks_a_speaker_to_be_silent_has_no_part_in_the_screen() {
    let home = TempDir::new().unwrap();
    let [paper, spoken, config, program] =
        ["paper.md", "spoken", "config.toml", "spd-say"].map(|it| home.path().join(it));
    fs::write(&paper, PAPER).unwrap();
    // Asked to `--cancel`, it complains.
    symlink(env::current_exe().unwrap(), &program).unwrap();
    let test = "reading_aloud::speaks_for_long";
    let settings = format!("speak = [{program:?}, \"{test}\", \"--exact\", \"--ignored\"]\n");
    fs::write(&config, settings).unwrap();
    let mut start = command(PROGRAM, home.path());
    start.env("OPCIT_DATA_DIR", home.path().join("data"));
    start.env("OPCIT_CONFIG", &config);
    start.env(SPOKEN, &spoken);
    start.arg(&paper);
    let mut pty = Pty::start(start, 80, 24);
    pty.wait_for_text("On Peace");
    pty.send("~");
    pty.wait_until("it speaks", |_| spoken.exists());
    fs::remove_file(&spoken).unwrap();
    pty.send(")");
    pty.wait_until("it speaks on", |_| spoken.exists());
    assert!(!pty.text().contains("cancel"), "{}", pty.text());
    pty.send("qq");
    pty.wait_for_end();
}

#[test]
fn a_paper_is_read_aloud_to_its_end_with_its_notes() {
    let home = TempDir::new().unwrap();
    let [paper, spoken, config] =
        ["paper.md", "spoken", "config.toml"].map(|it| home.path().join(it));
    fs::write(&paper, PAPER).unwrap();
    fs::write(&spoken, "").unwrap();
    let own = env::current_exe().unwrap();
    let test = "reading_aloud::writes_down_what_it_is_given";
    let settings = format!(
        "speak = [{:?}, \"{test}\", \"--exact\", \"--ignored\"]\nspeak-notes = \"spoken\"\n",
        own.to_str().unwrap()
    );
    fs::write(&config, settings).unwrap();
    let mut start = command(PROGRAM, home.path());
    start.env("OPCIT_DATA_DIR", home.path().join("data"));
    start.env("OPCIT_CONFIG", &config);
    start.env(SPOKEN, &spoken);
    start.arg(&paper);
    let mut pty = Pty::start(start, 80, 24);
    pty.wait_for_text("On Peace");
    pty.send("~");
    pty.wait_for_text("Esc stop");
    let words = || fs::read_to_string(&spoken).unwrap();
    pty.wait_until("all is spoken", |_| words().contains("The end.|"));
    let expected = "On Peace|\nIt was signed.\nNote 1: Ada Roe, The Book of Peace, 1999, .|\n\
        It held, pp. 4-5.|\nThe end.|\n";
    assert!(words().starts_with(expected), "{}", words());
    pty.send("\x1b");
    pty.wait_until("nothing is read any more", |pty| {
        !pty.text().contains("Esc stop")
    });
    pty.send("q");
    pty.wait_for_end();
}
