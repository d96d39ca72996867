//! Programs of the reader's own, and what becomes of them when opcit ends.

use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::{Pty, command, patiently};
use super::reading::PROGRAM;

/// The folder that the program shows itself in.
const TRACES: &str = "OPCIT_TEST_TRACES";

/// Far longer than opcit takes to end.
const LONG: Duration = Duration::from_secs(120);

#[test]
#[ignore = "runs on; another test runs this binary with it"]
fn runs_until_it_may_end() {
    let Some(traces) = env::var_os(TRACES).map(PathBuf::from) else {
        return;
    };
    let lock = File::create(traces.join("lock")).unwrap();
    lock.lock().unwrap();
    fs::write(traces.join("runs"), "").unwrap();
    let end = Instant::now() + LONG;
    while !traces.join("may end").exists() && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
    fs::write(traces.join("ended"), "").unwrap();
}

/// Has opcit run the program with a key, and end while it runs.
fn end_while_it_runs(traces: &Path, settings: &str, key: &str, end: impl FnOnce(Pty)) {
    let paper = traces.join("paper.md");
    fs::write(&paper, "# On Peace\n\nIt was signed.\n").unwrap();
    let own = env::current_exe().unwrap();
    let test = "own_programs::runs_until_it_may_end";
    let words = format!(
        "[{:?}, {test:?}, \"--exact\", \"--ignored\"]",
        own.to_str().unwrap()
    );
    let config = traces.join("config.toml");
    fs::write(&config, settings.replace("PROGRAM", &words)).unwrap();
    let mut start = command(PROGRAM, traces);
    start.env("OPCIT_DATA_DIR", traces.join("data"));
    start.env("OPCIT_CONFIG", &config);
    start.env(TRACES, traces);
    start.arg(&paper);
    let mut pty = Pty::start(start, 80, 24);
    pty.wait_for_text("On Peace");
    pty.send(key);
    pty.wait_until("the program runs", |_| traces.join("runs").exists());
    end(pty);
}

/// Whether the program is gone. Its lock goes with it, however it ends.
fn is_gone(traces: &Path) -> bool {
    let lock = File::open(traces.join("lock")).unwrap();
    match lock.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(error) => panic!("{error}"),
    }
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}

/// Leaves what is open over the text, and opcit at once behind it.
fn leave(mut pty: Pty) {
    pty.send("qq");
    assert_eq!(pty.wait_for_end(), 0);
}

fn hang_up(mut pty: Pty) {
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_for_end(), 129);
}

fn vanish(pty: Pty) {
    pty.vanish().wait().unwrap();
}

const READ_ALOUD: &str = "speak = PROGRAM\n";
const SHOWN: &str = "[commands.try]\nrun = PROGRAM\n[keys.reading]\nK = \"try\"\n";

#[test]
fn what_is_read_aloud_or_shown_ends_with_opcit_however_that_ends() {
    let ends: [fn(Pty); 3] = [leave, hang_up, vanish];
    for (name, end) in ["qq", "SIGHUP", "vanish"].into_iter().zip(ends) {
        for (settings, key) in [(READ_ALOUD, "~"), (SHOWN, "K")] {
            let home = TempDir::new().unwrap();
            end_while_it_runs(home.path(), settings, key, end);
            let is_gone = patiently(|| is_gone(home.path()));
            assert!(is_gone, "{name} behind {key}");
            assert!(!home.path().join("ended").exists(), "{name} behind {key}");
        }
    }
}

#[test]
fn a_program_that_is_not_shown_outlives_opcit_as_an_editor_must() {
    let settings = SHOWN.replace("PROGRAM", "PROGRAM\nshow = false");
    let home = TempDir::new().unwrap();
    end_while_it_runs(home.path(), &settings, "K", quit);
    assert!(!is_gone(home.path()));
    fs::write(home.path().join("may end"), "").unwrap();
    let has_ended = patiently(|| home.path().join("ended").exists());
    assert!(has_ended, "it was ended with opcit");
}

#[test]
#[ignore = "waits for a line; another test runs this binary with it"]
fn adds_a_line_that_is_typed() {
    if env::var_os(TRACES).is_none() {
        return;
    }
    let arguments: Vec<String> = env::args().collect();
    let [.., line, file] = &arguments[..] else {
        panic!("{arguments:?}");
    };
    println!("adds a line, from {line}:");
    let mut typed = String::new();
    io::stdin().read_line(&mut typed).unwrap();
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, format!("{text}\n{typed}")).unwrap();
}

/// opcit with this program as the editor, which has just been asked for.
fn edit(home: &Path) -> Pty {
    let paper = home.join("paper.md");
    fs::write(&paper, "# On Peace\n\nIt was signed.\n").unwrap();
    let own = env::current_exe().unwrap();
    let test = "own_programs::adds_a_line_that_is_typed";
    let editor = format!("{} {test} --exact --ignored --nocapture", own.display());
    let mut start = command(PROGRAM, home);
    start.env("OPCIT_DATA_DIR", home.join("data"));
    start.env("EDITOR", &editor);
    start.env_remove("VISUAL");
    start.env(TRACES, home);
    start.arg("--no-watch");
    start.arg(&paper);
    let mut pty = Pty::start(start, 80, 24);
    pty.wait_for_text("On Peace");
    pty.send("}E");
    pty.wait_for_text("adds a line, from +3:");
    pty
}

#[test]
fn an_editor_has_the_terminal_until_it_ends_and_what_it_has_changed_is_read() {
    let home = TempDir::new().unwrap();
    let mut pty = edit(home.path());
    pty.send("It holds.\r");
    pty.wait_for_text("▎ It was signed.");
    pty.wait_for_text("It holds.");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}

#[test]
fn an_editor_that_is_interrupted_takes_opcit_with_it_nowhere() {
    let home = TempDir::new().unwrap();
    let mut pty = edit(home.path());
    pty.send("\x03");
    pty.wait_for_text("the editor ended with signal");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}
