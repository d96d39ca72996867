//! A terminal for tests: a pseudo-terminal that a program runs in, and an emulator that shows what
//! a person would see.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// Far more than anything takes, so that only what never happens fails.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(5);

/// A program in a terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal and its settings outlive the program.
    slave: Box<dyn SlavePty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    display: Arc<Display>,
    reader: JoinHandle<()>,
    settings_before: String,
}

/// What the thread that reads the program's output shares with the test.
struct Display {
    emulator: Mutex<Parser>,
    written: Mutex<Vec<u8>>,
    bytes: AtomicUsize,
    is_closing: AtomicBool,
    is_held: AtomicBool,
}

impl Pty {
    /// Starts the program as the leader of a session in a terminal of this size.
    pub(crate) fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pty = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        let settings_before = settings(pty.master.as_ref());
        let emulator = Parser::new(side(rows), side(columns), 0);
        let display = Arc::new(Display {
            emulator: Mutex::new(emulator),
            written: Mutex::default(),
            bytes: AtomicUsize::new(0),
            is_closing: AtomicBool::new(false),
            is_held: AtomicBool::new(false),
        });
        let output = pty.master.try_clone_reader().expect("an output");
        let reader = thread::spawn({
            let display = Arc::clone(&display);
            move || display.read(output)
        });
        Self {
            keyboard: pty.master.take_writer().expect("a keyboard"),
            child: pty.slave.spawn_command(command).expect("the program"),
            master: pty.master,
            slave: pty.slave,
            display,
            reader,
            settings_before,
        }
    }

    /// Types the keys, as the bytes that a terminal sends.
    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Sends bytes that may be no text.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).expect("a reader");
        self.keyboard.flush().expect("a reader");
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(self.process(), signal);
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("a running program")
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut emulator = self.display.lock();
        let screen = emulator.screen_mut();
        // The emulator has no screen without a cell.
        screen.set_size(side(rows.max(1)), side(columns.max(1)));
        self.master.resize(size(columns, rows)).expect("a resize");
    }

    /// Waits until the screen is as described.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let shows = || is_so(self.display.lock().screen());
        assert!(
            patiently(shows),
            "{what} never came; the screen shows\n{}",
            self.text()
        );
    }

    /// Waits until it is so.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        assert!(
            patiently(|| is_so(self)),
            "after {what:?}, the screen shows\n{}",
            self.text()
        );
    }

    /// Waits until the text is on the screen.
    #[track_caller]
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| shown(screen).contains(text));
    }

    /// Waits until the program has written nothing for a while; returns what the screen shows.
    pub(crate) fn settled_text(&self) -> String {
        let mut seen = self.bytes();
        loop {
            thread::sleep(Duration::from_millis(200));
            if self.bytes() == seen {
                return self.text();
            }
            seen = self.bytes();
        }
    }

    /// What the screen shows.
    pub(crate) fn text(&self) -> String {
        shown(self.display.lock().screen())
    }

    /// How many bytes the program has written.
    pub(crate) fn bytes(&self) -> usize {
        self.display.bytes.load(Ordering::SeqCst)
    }

    /// How often the program has written a sequence.
    pub(crate) fn count(&self, sequence: &str) -> usize {
        let written = self.display.written.lock().expect("what was written");
        count(&written, sequence.as_bytes())
    }

    /// Has the terminal take no output any more, as over a line that is stuck; or take it again.
    pub(crate) fn hold(&self, is_held: bool) {
        self.display.is_held.store(is_held, Ordering::SeqCst);
    }

    /// The switches of the terminal that are not as a shell has them.
    pub(crate) fn left_on(&self) -> Vec<&'static str> {
        let emulator = self.display.lock();
        let mut left = modes_on(emulator.screen());
        if settings(self.master.as_ref()) != self.settings_before {
            left.push("raw mode");
        }
        let written = self.display.written.lock().expect("what was written");
        let is_left = |on: &[u8], off: &[u8]| count(&written, on) > count(&written, off);
        if is_left(b"\x1b[>5u", b"\x1b[<u") {
            left.push("keyboard protocol");
        }
        if is_left(b"\x1b[?2031h", b"\x1b[?2031l") {
            left.push("reports of colours");
        }
        if is_left(b"\x1b[?1004h", b"\x1b[?1004l") {
            left.push("reports of focus");
        }
        if is_left(b"\x1b[22;2t", b"\x1b[23;2t") {
            left.push("title");
        }
        left
    }

    /// Waits until the terminal is as a shell has it.
    #[track_caller]
    pub(crate) fn wait_until_given_back(&self) {
        patiently(|| self.left_on().is_empty());
        assert_eq!(self.left_on(), [""; 0], "left on");
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a status").is_some()
    }

    /// Waits until the program ends; returns its exit code.
    #[track_caller]
    pub(crate) fn wait_for_end(&mut self) -> u32 {
        let mut status = None;
        patiently(|| {
            status = self.child.try_wait().expect("a status");
            status.is_some()
        });
        let Some(status) = status else {
            panic!("the program goes on and on; it shows\n{}", self.text());
        };
        status.exit_code()
    }

    /// Ends the session; returns what is on the screen when all has been read that was written.
    pub(crate) fn close(self) -> String {
        drop(self.slave);
        self.reader.join().expect("a reader");
        shown(self.display.lock().screen())
    }

    /// Ends the session; returns all that was written.
    pub(crate) fn close_and_read(self) -> Vec<u8> {
        let display = Arc::clone(&self.display);
        self.close();
        std::mem::take(&mut *display.written.lock().expect("what was written"))
    }

    /// Takes the terminal away, as when a window is closed or a line is cut; returns the program.
    pub(crate) fn vanish(self) -> Box<dyn Child + Send + Sync> {
        self.display.is_closing.store(true, Ordering::SeqCst);
        // Makes the program draw, so that the reader wakes up and lets go.
        self.master.resize(size(70, 20)).expect("a resize");
        self.reader.join().expect("a reader");
        drop((self.keyboard, self.slave, self.master));
        self.child
    }
}

impl Display {
    fn read(&self, mut output: impl Read) {
        let mut bytes = [0; 1 << 16];
        let mut held_back = Vec::new();
        while let Ok(length @ 1..) = output.read(&mut bytes) {
            while self.is_held.load(Ordering::SeqCst) {
                thread::sleep(GLANCE);
            }
            held_back.extend(&bytes[..length]);
            self.lock().process(&shown_as_terminals_do(&mut held_back));
            let written = &mut self.written.lock().expect("what was written");
            written.extend(&bytes[..length]);
            self.bytes.fetch_add(length, Ordering::SeqCst);
            if self.is_closing.load(Ordering::SeqCst) {
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Parser> {
        self.emulator.lock().expect("an emulator")
    }
}

/// Starts a program in a home of its own, with nothing else about it that a user may have set.
pub(crate) fn command(program: impl AsRef<Path>, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program.as_ref());
    command.cwd(home);
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    for name in [
        "NO_COLOR",
        "COLORTERM",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "OPCIT_DATA_DIR",
    ] {
        command.env_remove(name);
    }
    command
}

/// The bytes with a question mark for each `�`, which the emulator leaves out, against terminals.
/// The beginning of one at the end is held back.
fn shown_as_terminals_do(bytes: &mut Vec<u8>) -> Vec<u8> {
    const SIGN: &[u8] = "\u{fffd}".as_bytes();
    let begun = (1..SIGN.len()).find(|&length| bytes.ends_with(&SIGN[..length]));
    let rest = bytes.split_off(bytes.len() - begun.unwrap_or(0));
    let whole = std::mem::replace(bytes, rest);
    let mut shown = Vec::with_capacity(whole.len());
    for byte in whole {
        shown.push(byte);
        if shown.ends_with(SIGN) {
            shown.truncate(shown.len() - SIGN.len());
            shown.push(b'?');
        }
    }
    shown
}

/// Sends a signal to a process.
pub(crate) fn kill(process: u32, signal: Signal) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    kill_process(process.expect("a process id"), signal).expect("a process");
}

/// Looks until it is so, but not for ever; returns whether it is.
pub(crate) fn patiently(mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if is_so() {
            return true;
        }
        thread::sleep(GLANCE);
    }
    is_so()
}

fn modes_on(screen: &Screen) -> Vec<&'static str> {
    [
        ("alternate screen", screen.alternate_screen()),
        ("hidden cursor", screen.hide_cursor()),
        ("bracketed paste", screen.bracketed_paste()),
        (
            "mouse",
            screen.mouse_protocol_mode() != MouseProtocolMode::None,
        ),
        ("application keypad", screen.application_keypad()),
        ("application cursor", screen.application_cursor()),
        ("colour", screen.fgcolor() != vt100::Color::Default),
        ("background", screen.bgcolor() != vt100::Color::Default),
        ("bold", screen.bold()),
        ("reverse", screen.inverse()),
    ]
    .into_iter()
    .filter_map(|(mode, is_on)| is_on.then_some(mode))
    .collect()
}

/// How often a sequence stands among bytes.
fn count(bytes: &[u8], sequence: &[u8]) -> usize {
    bytes
        .windows(sequence.len())
        .filter(|window| *window == sequence)
        .count()
}

/// The line settings of the terminal, raw or not, in a form that can be compared.
fn settings(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios().expect("the settings"))
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

/// The emulator's side; of a terminal without a size it shows a cell.
fn side(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).unwrap_or(NonZeroU16::MIN)
}

/// The rows of a screen, without the blanks at their ends: whether those were drawn or never
/// touched looks the same.
pub(crate) fn shown(screen: &vt100::Screen) -> String {
    let rows = screen.rows(0, screen.size().1.get());
    rows.map(|row| row.trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
