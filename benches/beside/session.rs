//! One run of a program in a pseudo-terminal, and what was measured of it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use crate::program::Program;

/// Words that stand on the first screen of every sample.
const FIRST_WORDS: &str = "TAKEAWAYS";
/// The screen that papers are read on, and the one that it becomes.
const SCREEN: (u16, u16) = (80, 24);
const WIDE_SCREEN: (u16, u16) = (132, 40);

/// How long a program that shows nothing is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a program is left to come to rest.
const REST: Duration = Duration::from_secs(3);
/// Silence after which a frame is complete.
const SILENCE: Duration = Duration::from_millis(40);
/// How often is looked whether a program has ended.
const GLANCE: Duration = Duration::from_micros(100);
/// How long a program is left alone.
const IDLE: Duration = Duration::from_secs(1);
/// How often each key is pressed.
const PRESSES: usize = 10;

/// What one run took.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub first_frame_ms: f64,
    pub line_ms: f64,
    pub line_bytes: f64,
    pub screen_ms: f64,
    pub resize_ms: f64,
    pub peak_mib: f64,
    pub idle_bytes: f64,
    pub idle_wake_ups: f64,
    pub quit_ms: f64,
}

/// Runs the program on the paper.
pub(crate) fn measure(program: &Program, paper: &Path) -> io::Result<Measured> {
    let mut session = Session::start(program, paper)?;
    let first_frame = session.first_frame()?;
    session.rest();
    let lines = session.press(program.line)?;
    let screens = session.press(program.screen)?;
    let resize = session.resize()?;
    let (idle_bytes, idle_wake_ups) = session.idle();
    let peak_mib = session.peak_mib();
    let quit_ms = session.quit(program.quit)?;
    Ok(Measured {
        first_frame_ms: first_frame,
        line_ms: crate::median(lines.iter().map(|frame| frame.ms)),
        line_bytes: crate::median(lines.iter().map(|frame| frame.bytes)),
        screen_ms: crate::median(screens.iter().map(|frame| frame.ms)),
        resize_ms: resize.ms,
        peak_mib,
        idle_bytes,
        idle_wake_ups,
        quit_ms,
    })
}

/// What a program wrote after something happened.
struct Frame {
    ms: f64,
    bytes: f64,
}

/// A program in its terminal.
struct Session {
    started: Instant,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Chunk>,
    child: Box<dyn Child + Send + Sync>,
    _home: TempDir,
}

/// Bytes that were read at once, and when.
struct Chunk {
    at: Instant,
    bytes: Vec<u8>,
}

impl Session {
    fn start(program: &Program, paper: &Path) -> io::Result<Self> {
        let home = TempDir::new()?;
        let (name, arguments) = program.command.split_first().unwrap_or((&"true", &[]));
        let mut command = CommandBuilder::new(name);
        command.args(arguments);
        command.arg(paper);
        command.cwd(home.path());
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        let pty = native_pty_system()
            .openpty(size(SCREEN))
            .map_err(io::Error::other)?;
        let (sender, output) = mpsc::channel();
        let reader = pty.master.try_clone_reader().map_err(io::Error::other)?;
        thread::spawn(move || read(reader, &sender));
        let keyboard = pty.master.take_writer().map_err(io::Error::other)?;
        let started = Instant::now();
        let child = pty.slave.spawn_command(command);
        let child = child.map_err(|_| io::Error::other("not installed"))?;
        Ok(Session {
            started,
            master: pty.master,
            keyboard,
            output,
            child,
            _home: home,
        })
    }

    /// Waits until the first words are on the screen; gives the milliseconds from the start.
    fn first_frame(&mut self) -> io::Result<f64> {
        let mut emulator = vt100::Parser::default();
        let end = self.started + PATIENCE;
        while let Ok(chunk) = self
            .output
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            emulator.process(&chunk.bytes);
            self.answer(&chunk.bytes)?;
            if emulator.screen().contents().contains(FIRST_WORDS) {
                return Ok(ms(chunk.at - self.started));
            }
        }
        Err(io::Error::other(format!(
            "shows nothing within {} s",
            PATIENCE.as_secs()
        )))
    }

    /// Answers what programs ask a terminal, so that none waits for it: where the cursor is, and
    /// what the terminal can do.
    fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        for (question, answer) in [("\x1b[6n", "\x1b[1;1R"), ("\x1b[c", "\x1b[?62c")] {
            if String::from_utf8_lossy(bytes).contains(question) {
                self.keyboard.write_all(answer.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Lets the program do what it still has to do, unless it never stops writing.
    fn rest(&mut self) {
        let end = Instant::now() + REST;
        while Instant::now() < end && self.output.recv_timeout(5 * SILENCE).is_ok() {}
    }

    /// Presses a key over and over, and waits for each frame.
    fn press(&mut self, key: &str) -> io::Result<Vec<Frame>> {
        (0..PRESSES)
            .map(|_| {
                let pressed = Instant::now();
                self.keyboard.write_all(key.as_bytes())?;
                self.frame_after(pressed)
            })
            .collect()
    }

    fn resize(&mut self) -> io::Result<Frame> {
        let resized = Instant::now();
        self.master
            .resize(size(WIDE_SCREEN))
            .map_err(io::Error::other)?;
        self.frame_after(resized)
    }

    /// Waits for a frame, from its first byte to the silence after its last one.
    fn frame_after(&mut self, asked: Instant) -> io::Result<Frame> {
        let mut last = None;
        let mut bytes = 0;
        loop {
            let wait = if last.is_none() { PATIENCE } else { SILENCE };
            match (self.output.recv_timeout(wait), last) {
                (Ok(_), Some(_)) if asked.elapsed() > PATIENCE => {
                    return Err(io::Error::other("never stops writing"));
                }
                (Ok(chunk), _) => {
                    self.answer(&chunk.bytes)?;
                    bytes += chunk.bytes.len();
                    last = Some(chunk.at);
                }
                (Err(RecvTimeoutError::Timeout), Some(last)) => {
                    return Ok(Frame {
                        ms: ms(last - asked),
                        bytes: bytes as f64,
                    });
                }
                (Err(_), _) => return Err(io::Error::other("did not answer")),
            }
        }
    }

    /// How many bytes the program writes while it is left alone, and how often it wakes up.
    fn idle(&mut self) -> (f64, f64) {
        self.rest();
        let before = self.wake_ups();
        thread::sleep(IDLE);
        let bytes: usize = self.output.try_iter().map(|chunk| chunk.bytes.len()).sum();
        (bytes as f64, self.wake_ups() - before)
    }

    /// How often the program's threads have gone to sleep so far.
    fn wake_ups(&self) -> f64 {
        let threads = fs::read_dir(self.process().join("task"))
            .into_iter()
            .flatten();
        threads
            .filter_map(|thread| field(&thread.ok()?.path(), "voluntary_ctxt_switches:"))
            .sum()
    }

    /// The most memory that the program has had.
    fn peak_mib(&self) -> f64 {
        field(&self.process(), "VmHWM:").unwrap_or(f64::NAN) / 1024.0
    }

    /// Ends the program, and waits until its memory is given back and the shell would go on.
    fn quit(&mut self, key: &str) -> io::Result<f64> {
        let pressed = Instant::now();
        self.keyboard.write_all(key.as_bytes())?;
        while pressed.elapsed() < PATIENCE {
            if self.child.try_wait()?.is_some() {
                return Ok(ms(pressed.elapsed()));
            }
            thread::sleep(GLANCE);
        }
        Err(io::Error::other("does not end"))
    }

    fn process(&self) -> PathBuf {
        let id = self.child.process_id().unwrap_or_default();
        Path::new("/proc").join(id.to_string())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes on what the program writes, with the time at which it came.
fn read(mut output: impl Read, sender: &Sender<Chunk>) {
    let mut bytes = [0; 1 << 16];
    while let Ok(length @ 1..) = output.read(&mut bytes) {
        let chunk = Chunk {
            at: Instant::now(),
            bytes: bytes.iter().take(length).copied().collect(),
        };
        if sender.send(chunk).is_err() {
            return;
        }
    }
}

/// The number behind a name in a process's status.
fn field(process: &Path, name: &str) -> Option<f64> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let rest = status.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

fn size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        ..PtySize::default()
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
