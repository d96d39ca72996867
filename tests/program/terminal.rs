//! The program as a person meets it: in a terminal, from the first page to the shell's prompt.

use std::env;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use opcit::terminal::{TerminalGuard, WantedModes};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::{Pty, command, kill, patiently, shown};
use super::reading::{FIRST_PAGE, PROGRAM, Reading, files_below, words};

/// Where the test binary, running itself as a shell, takes its notes.
const NOTES: &str = "OPCIT_TEST_NOTES";
/// Set where the test binary runs itself in order to panic.
const MAY_PANIC: &str = "OPCIT_TEST_MAY_PANIC";

/// All that a terminal can be asked to tell.
const WANTED: WantedModes = WantedModes {
    mouse: true,
    ground: true,
};

/// This binary, running one of its tests that are ignored otherwise.
fn this_binary(test: &str, home: &Path) -> CommandBuilder {
    let mut command = command(env::current_exe().expect("a name"), home);
    command.args([
        &format!("terminal::{test}"),
        "--exact",
        "--ignored",
        "--nocapture",
    ]);
    command.env("RUST_BACKTRACE", "0");
    command
}

/// Screen readers and braille displays follow the cursor even while it is hidden.
#[test]
fn the_cursor_is_where_the_reader_is_and_shown_where_text_is_typed() {
    /// The row that the cursor is in, up to it.
    fn before_cursor(screen: &vt100::Screen) -> String {
        let (row, column) = screen.cursor_position();
        screen.contents_between(row, 0, row, column)
    }
    let (mut reading, _) = Reading::start_in_the_text();
    reading.pty.wait_for("the paragraph", |screen| {
        screen.hide_cursor() && before_cursor(screen).trim_end().ends_with('▎')
    });
    reading.pty.send("/tre");
    reading.pty.wait_for("the pattern", |screen| {
        !screen.hide_cursor() && before_cursor(screen).ends_with("/tre")
    });
    reading.pty.send("\x1b[D");
    reading.pty.wait_for("the letter before", |screen| {
        !screen.hide_cursor() && before_cursor(screen).ends_with("/tr")
    });
    reading.pty.send("\x1b[C\r");
    reading.pty.wait_for("the match", |screen| {
        let (row, column) = screen.cursor_position();
        let found = screen.contents_between(row, column, row, column + 3);
        screen.hide_cursor() && found.eq_ignore_ascii_case("tre")
    });
    reading.pty.send("8f");
    reading.pty.wait_for("the note", |screen| {
        let (row, _) = screen.cursor_position();
        let frame = screen.contents_between(row.saturating_sub(1), 0, row, 0);
        screen.hide_cursor() && frame.contains("┌ 8")
    });
}

/// How many lines of text stand `rows` rows higher than before.
fn lines_moved_up(before: &str, after: &str, rows: usize) -> usize {
    let is_text = |line: &str| line.chars().filter(|c| c.is_alphabetic()).count() > 20;
    before
        .lines()
        .skip(rows)
        .zip(after.lines())
        .filter(|(before, after)| is_text(before) && words(before) == words(after))
        .count()
}

fn cells_of(screen: &vt100::Screen) -> impl Iterator<Item = &vt100::Cell> {
    let (rows, columns) = screen.size();
    let cells =
        (0..rows.get()).flat_map(move |row| (0..columns.get()).map(move |column| (row, column)));
    cells.filter_map(|(row, column)| screen.cell(row, column))
}

#[test]
fn the_first_page_is_shown_on_a_screen_of_its_own() {
    let reading = Reading::start();
    reading
        .pty
        .wait_for("a screen of its own", vt100::Screen::alternate_screen);
    let left_on = reading.pty.left_on();
    for mode in ["hidden cursor", "bracketed paste", "mouse", "raw mode"] {
        assert!(left_on.contains(&mode), "{mode} is not among {left_on:?}");
    }
}

#[test]
fn j_moves_the_text_up_by_a_line_and_k_brings_it_back() {
    let (mut reading, before) = Reading::start_in_the_text();
    reading.pty.send("j");
    let is_further = |screen: &vt100::Screen| lines_moved_up(&before, &shown(screen), 1) > 8;
    reading.pty.wait_for("a line further", is_further);
    reading.pty.send("k");
    let is_back = |screen: &vt100::Screen| shown(screen) == before;
    reading.pty.wait_for("the page from before", is_back);
}

#[test]
fn without_colours_what_is_chosen_found_or_a_heading_still_stands_out() {
    let mut reading = Reading::start_with(|command| command.env("NO_COLOR", "1"));
    reading.pty.send("]");
    reading.pty.wait_for("a heading in bold", |screen| {
        let bold = cells_of(screen).filter(|cell| cell.bold());
        let bold: String = bold.map(vt100::Cell::contents).collect();
        bold.contains("Introduction")
    });
    reading.pty.send("\t");
    reading.pty.wait_for("a chosen marker", |screen| {
        cells_of(screen).any(|cell| cell.inverse() && cell.contents() == "¹")
    });
    reading.pty.send("/joint");
    reading.pty.wait_for("a match that is lit", |screen| {
        let lit = cells_of(screen).filter(|cell| cell.inverse() && cell.underline());
        lit.map(vt100::Cell::contents).collect::<String>() == "joint"
    });
    reading.pty.wait_for("no colour", |screen| {
        cells_of(screen).all(|cell| {
            (cell.fgcolor(), cell.bgcolor()) == (vt100::Color::Default, vt100::Color::Default)
        })
    });
}

#[test]
fn a_resize_keeps_the_place_and_the_way_back() {
    let (reading, before) = Reading::start_in_the_text();
    let line = before.lines().filter(|line| words(line).len() > 5).nth(2);
    let place = words(line.expect("a page of text"))[..4].join(" ");
    for (columns, rows) in [(50, 20), (30, 24), (160, 50)] {
        reading.pty.resize(columns, rows);
        reading.pty.wait_for(&place, |screen| {
            words(&shown(screen)).join(" ").contains(&place)
        });
    }
    reading.pty.resize(80, 24);
    reading
        .pty
        .wait_for("the page from before", |screen| shown(screen) == before);
}

#[test]
fn a_storm_of_resizes_is_survived() {
    let mut reading = Reading::start();
    for step in 0..1000_u16 {
        let (columns, rows) = match step % 10 {
            0 => (0, 0),
            5 => (1, 1),
            _ => (1 + step * 37 % 120, 1 + step * 23 % 50),
        };
        reading.pty.resize(columns, rows);
    }
    let bytes = reading.pty.bytes();
    reading.pty.resize(80, 24);
    reading
        .pty
        .wait_until("the storm", |pty| pty.bytes() > bytes);
    reading.pty.wait_for_text(FIRST_PAGE);
    // What is shown is of the last size, to its edge.
    reading.pty.wait_for("a footer in the last row", |screen| {
        screen
            .rows(0, 80)
            .nth(23)
            .is_some_and(|row| row.contains("quit"))
    });
    reading.pty.send("q");
    reading.ends(0);
}

#[test]
fn a_terminal_of_an_absurd_size_is_drawn_in_part() {
    let home = TempDir::new().expect("a home");
    let mut pty = Pty::start(command(PROGRAM, home.path()), 1200, 600);
    pty.wait_for("a screen of its own", vt100::Screen::alternate_screen);
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}

#[test]
fn a_configuration_is_gone_by_and_its_faults_are_told_after_leaving() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("own.toml");
    let config = "mesure = 60\n[keys.reading]\nx = \"outline\"\nZZ = \"quit\"\n";
    fs::write(&file, config).expect("a configuration");
    let mut reading = Reading::start_with(|command| command.env("OPCIT_CONFIG", &file));
    reading.pty.send("x");
    reading.pty.wait_for_text("type to filter");
    reading.pty.send("\x1b");
    reading.pty.wait_for("the page", |screen| {
        !shown(screen).contains("type to filter")
    });
    reading.pty.send("ZZ");
    assert_eq!(reading.pty.wait_for_end(), 0);
    reading.pty.wait_until_given_back();
    let told = reading.pty.close().replace('\n', "");
    assert!(
        told.contains("own.toml:1: there is no setting “mesure”"),
        "{told}"
    );
}

#[test]
fn q_gives_the_terminal_back() {
    let mut reading = Reading::start();
    reading.pty.send("q");
    reading.ends(0);
}

/// tmux 3.3 otherwise pushes rows of a screen that has grown wider up above the prompt.
#[test]
fn the_screen_is_erased_before_it_is_given_back() {
    let mut reading = Reading::start();
    reading.pty.send("q");
    assert_eq!(reading.pty.wait_for_end(), 0);
    reading.pty.wait_until_given_back();
    let written = String::from_utf8(reading.pty.close_and_read()).expect("text");
    let (screen, _) = written
        .rsplit_once("\x1b[?1049l")
        .expect("a screen given back");
    let (_, end) = screen.rsplit_once("\x1b[?2026l").expect("a last frame");
    assert!(end.contains("\x1b[2J"), "{end:?}");
}

#[test]
fn sigterm_gives_the_terminal_back() {
    let reading = Reading::start();
    reading.pty.signal(Signal::TERM);
    reading.ends(143);
}

#[test]
fn sighup_gives_the_terminal_back() {
    let reading = Reading::start();
    reading.pty.signal(Signal::HUP);
    reading.ends(129);
}

#[test]
fn sigint_gives_the_terminal_back() {
    let reading = Reading::start();
    reading.pty.signal(Signal::INT);
    reading.ends(130);
}

#[test]
fn sigquit_gives_the_terminal_back() {
    let reading = Reading::start();
    reading.pty.signal(Signal::QUIT);
    reading.ends(131);
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_seen() {
    check_panic("panics_on_the_screen");
}

#[test]
fn a_panic_of_another_thread_ends_the_program_and_is_seen() {
    check_panic("panics_beside_the_screen");
}

fn check_panic(test: &str) {
    let home = TempDir::new().expect("a home");
    let mut command = this_binary(test, home.path());
    command.env(MAY_PANIC, "1");
    let mut pty = Pty::start(command, 80, 24);
    assert_eq!(pty.wait_for_end(), 101);
    pty.wait_until_given_back();
    let screen = pty.close();
    assert!(screen.contains("a fault in the reader"), "{screen}");
}

#[test]
#[ignore = "panics; another test runs it in a terminal"]
fn panics_on_the_screen() {
    if env::var_os(MAY_PANIC).is_some() {
        let _screen = TerminalGuard::enter(WANTED).expect("a terminal");
        panic!("a fault in the reader");
    }
}

#[test]
#[ignore = "panics; another test runs it in a terminal"]
fn panics_beside_the_screen() {
    if env::var_os(MAY_PANIC).is_some() {
        let _screen = TerminalGuard::enter(WANTED).expect("a terminal");
        thread::spawn(|| panic!("a fault in the reader"));
        loop {
            thread::park();
        }
    }
}

/// The program as the job of a shell.
struct Job {
    pty: Pty,
    home: TempDir,
}

impl Job {
    fn start() -> Self {
        Self::start_with("")
    }

    /// The same, with a configuration.
    fn start_with(config: &str) -> Self {
        let home = TempDir::new().expect("a home");
        let mut command = this_binary("runs_a_job_as_a_shell_does", home.path());
        command.env(NOTES, home.path().join("notes"));
        let path = home.path().join("config.toml");
        fs::write(&path, config).expect("a file");
        command.env("OPCIT_CONFIG", path);
        let pty = Pty::start(command, 80, 24);
        let job = Self { pty, home };
        job.pty.wait_for_text(FIRST_PAGE);
        job.wait_for_note("pid");
        job
    }

    #[track_caller]
    fn wait_for_note(&self, word: &str) -> String {
        let notes = self.home.path().join("notes");
        patiently(|| super::shell::noted(&notes, word).is_some());
        super::shell::noted(&notes, word).unwrap_or_else(|| panic!("the job was never {word}"))
    }

    fn signal(&self, signal: Signal) {
        kill(self.wait_for_note("pid").parse().expect("a number"), signal);
    }

    #[track_caller]
    fn suspends_and_comes_back(mut self) {
        self.wait_for_note("stopped");
        self.pty.wait_until_given_back();
        self.signal(Signal::CONT);
        self.pty.wait_for_text(FIRST_PAGE);
        self.pty
            .wait_for("a screen of its own", vt100::Screen::alternate_screen);
        self.pty.send("q");
        assert_eq!(self.wait_for_note("exit"), "0");
        self.pty.wait_until_given_back();
    }
}

#[test]
#[ignore = "is a shell; other tests run it in a terminal"]
fn runs_a_job_as_a_shell_does() {
    if let Some(notes) = env::var_os(NOTES) {
        super::shell::run(Path::new(PROGRAM), Path::new(&notes));
    }
}

#[test]
fn ctrl_z_gives_the_terminal_back_until_the_shell_calls() {
    let mut job = Job::start();
    job.pty.send("\x1a");
    job.suspends_and_comes_back();
}

#[test]
fn a_terminal_that_was_asked_for_its_ground_is_given_back_and_asked_again() {
    const QUESTION: &str = "\x1b]11;?\x1b\\";
    let mut job = Job::start_with("theme = \"auto\"\n");
    job.pty.send("\x1a");
    job.wait_for_note("stopped");
    job.pty.wait_until_given_back();
    assert_eq!(job.pty.count(QUESTION), 1);
    job.signal(Signal::CONT);
    job.pty
        .wait_until("a question", |pty| pty.count(QUESTION) == 2);
    job.pty.send("q");
    assert_eq!(job.wait_for_note("exit"), "0");
    job.pty.wait_until_given_back();
}

#[test]
fn sigtstp_gives_the_terminal_back_until_the_shell_calls() {
    let job = Job::start();
    job.signal(Signal::TSTP);
    job.suspends_and_comes_back();
}

#[test]
fn a_suspension_within_a_note_or_a_search_comes_back_there() {
    for (keys, shown) in [("1f", "┌ 1 "), ("/joint", "/joint"), ("?", "┌ Keys ")] {
        let mut job = Job::start();
        job.pty.send(keys);
        job.pty.wait_for_text(shown);
        job.signal(Signal::TSTP);
        job.wait_for_note("stopped");
        job.pty.wait_until_given_back();
        job.signal(Signal::CONT);
        job.pty
            .wait_for("a screen of its own", vt100::Screen::alternate_screen);
        job.pty.wait_for_text(shown);
    }
}

#[test]
fn a_suspension_is_not_held_up_by_a_terminal_that_is_stuck() {
    let mut job = Job::start();
    job.pty.hold(true);
    for _ in 0..30 {
        for key in [" ", "\x1b[5~"] {
            job.pty.send(key);
            thread::sleep(Duration::from_millis(8));
        }
    }
    job.pty.send("\x1a");
    job.wait_for_note("stopped");
    job.pty.hold(false);
    job.suspends_and_comes_back();
}

#[test]
fn a_resize_during_a_suspension_is_noticed() {
    let mut job = Job::start();
    job.pty.send("\x1a");
    job.wait_for_note("stopped");
    job.pty.wait_until_given_back();
    job.pty.resize(60, 12);
    job.signal(Signal::CONT);
    job.pty.wait_for("a footer in the last row", |screen| {
        screen.alternate_screen()
            && screen
                .rows(0, 60)
                .nth(11)
                .is_some_and(|row| !row.trim().is_empty())
    });
}

#[test]
fn a_stop_that_cannot_be_caught_is_mended_when_the_shell_calls() {
    let job = Job::start();
    job.signal(Signal::STOP);
    job.wait_for_note("stopped");
    let bytes = job.pty.bytes();
    job.signal(Signal::CONT);
    job.pty.wait_for("the page again", |screen| {
        screen.alternate_screen()
            && shown(screen).contains(FIRST_PAGE)
            && job.pty.bytes() > bytes + 500
    });
}

#[test]
fn a_program_that_no_shell_could_call_back_is_not_suspended() {
    let mut reading = Reading::start();
    reading.pty.send("\x1a");
    reading.pty.signal(Signal::TSTP);
    reading.pty.send("q");
    reading.ends(0);
}

#[test]
fn a_terminal_that_vanishes_ends_the_program() {
    let mut child = Reading::start().pty.vanish();
    assert!(patiently(|| child.try_wait().expect("a status").is_some()));
}

#[test]
fn a_terminal_that_vanishes_without_a_word_ends_the_program() {
    let job = Job::start();
    let notes = job.home.path().join("notes");
    let _shell = job.pty.vanish();
    patiently(|| super::shell::noted(&notes, "exit").is_some());
    assert_eq!(super::shell::noted(&notes, "exit").as_deref(), Some("129"));
}

#[test]
fn a_colour_answer_that_comes_late_is_not_taken_for_keys() {
    let (mut reading, before) = Reading::start_in_the_text();
    for piece in ["\x1b]11;rgb:ff", "ff/0000/ff", "ff\x1b\\"] {
        reading.pty.send(piece);
        thread::sleep(Duration::from_millis(50));
    }
    reading.pty.send("j");
    let is_further = |screen: &vt100::Screen| lines_moved_up(&before, &shown(screen), 1) > 8;
    reading.pty.wait_for("a line further", is_further);
}

/// Sends bytes as a line does that passes them on one by one.
fn send_apart(pty: &mut Pty, bytes: &[u8]) {
    for byte in bytes {
        pty.send_bytes(&[*byte]);
        thread::sleep(Duration::from_millis(3));
    }
}

#[test]
fn a_key_whose_bytes_come_apart_is_that_key() {
    let (mut reading, before) = Reading::start_in_the_text();
    for _ in 0..3 {
        send_apart(&mut reading.pty, b"\x1b[B");
    }
    let is_further = |screen: &vt100::Screen| lines_moved_up(&before, &shown(screen), 3) > 8;
    reading.pty.wait_for("three lines further", is_further);
    // Neither the page nor the wheel, nor a paste, is what its bytes would be one by one.
    for bytes in [
        &b"\x1b[6~\x1b[5~"[..],
        b"\x1b[200~q\x1b[201~",
        b"\x1b\x1b[200~q\x1b[201~",
    ] {
        send_apart(&mut reading.pty, bytes);
    }
    send_apart(&mut reading.pty, b"\x1b[<64;3;3M\x1b[<64;3;3M\x1b\x1b[A");
    let is_back = |screen: &vt100::Screen| shown(screen) == before;
    reading.pty.wait_for("the page from before", is_back);
}

#[test]
fn an_idle_reader_writes_nothing_and_never_wakes_up() {
    let reading = Reading::start();
    let done = |pty: &Pty| (pty.bytes(), wake_ups(pty.process()));
    // A busy machine takes a while to read the sources, after which there is nothing left to do.
    reading.pty.wait_until("the start", |pty| {
        let before = done(pty);
        thread::sleep(Duration::from_millis(500));
        done(pty) == before
    });
    let before = done(&reading.pty);
    thread::sleep(Duration::from_secs(1));
    assert_eq!(done(&reading.pty), before);
}

/// How often the threads of a process have gone to sleep; nothing where the system does not tell.
fn wake_ups(process: u32) -> Vec<String> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    threads
        .into_iter()
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("status")).ok())
        .flat_map(|status| {
            let lines = status.lines().filter(|line| line.starts_with("voluntary"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_paper_of_ones_own_is_read_and_nothing_is_written_beside_it() {
    let papers = TempDir::new().expect("a folder");
    let paper = papers.path().join("mine.md");
    fs::write(&paper, format!("# {FIRST_PAGE}\n\nMine.\n")).expect("a paper");
    let mut reading = Reading::start_with(|command| command.arg(&paper));
    reading.pty.wait_for_text("Mine.");
    reading.pty.send("q");
    // That it was opened is kept on the shelf, if there was time to open that.
    let left = reading.ends_with_files(0);
    let mut kinds = left.iter().filter_map(|path| path.extension());
    assert!(kinds.all(|kind| kind == "jsonl"), "{left:?}");
    assert_eq!(files_below(papers.path()), [paper]);
}

#[test]
fn a_long_wait_for_the_paper_is_shown_and_q_ends_it() {
    let home = TempDir::new().expect("a home");
    // A pipe that nobody writes to is a paper that never comes.
    let paper = home.path().join("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &paper, rustix::fs::FileType::Fifo, mode, 0)
        .expect("a pipe");
    let mut command = command(PROGRAM, home.path());
    command.arg(&paper);
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_for_text("Reading the paper");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
    pty.wait_until_given_back();
}
