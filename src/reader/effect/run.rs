//! Runs programs of the reader's own beside the loop.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::{command, not_run};
use crate::paper::clean;
use crate::reader::action::Action;
use crate::reader::own_command::{CommandNews, CommandOutlet, CommandRun, StopSign};
use crate::reader::session::Message;
use crate::terminal::events::EventSource;

/// The most that is taken of what a program writes, in bytes.
const MAX_OUTPUT_BYTES: u64 = 1 << 20;

/// How often it is looked whether the reader has stopped a program.
const STOP_INTERVAL: Duration = Duration::from_millis(50);

/// The programs that run now.
#[derive(Debug, Clone, Default)]
pub(super) struct RunningPrograms(Arc<Mutex<Vec<RunningProgram>>>);

#[derive(Debug)]
struct RunningProgram {
    id: u32,
    stop: StopSign,
}

impl RunningPrograms {
    /// Has the program run, and reports what comes of it: as it writes that where it is shown, else
    /// at the end.
    pub(super) fn run(
        &self,
        run: CommandRun,
        events: &impl EventSource<Message>,
    ) -> io::Result<()> {
        let (programs, tell) = (self.clone(), events.sender());
        events.spawn("command", move || {
            finish(&run, &programs, |news| {
                tell(Message::Action(Action::TakeOutput(Box::new(news))));
            });
            None
        })
    }

    /// Ends at once those that the reader has stopped: the threads that would do so end with opcit.
    pub(super) fn end_stopped(&self) {
        let programs = self.lock();
        let stopped = programs.iter().filter(|it| it.stop.is_stopped());
        stopped.for_each(|program| end(program.id));
    }

    /// Starts a program, unless the reader has stopped it already.
    fn start(&self, command: &mut Command, stop: &StopSign) -> io::Result<Option<Child>> {
        let mut programs = self.lock();
        if stop.is_stopped() {
            return Ok(None);
        }
        let child = command.spawn()?;
        programs.push(RunningProgram {
            id: child.id(),
            stop: stop.clone(),
        });
        Ok(Some(child))
    }

    /// How the program has ended, if it has. Its number may be another's from then on, so nobody
    /// can end it meanwhile.
    fn try_wait(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        let mut programs = self.lock();
        let status = child.try_wait()?;
        if status.is_some() {
            programs.retain(|program| program.id != child.id());
        }
        Ok(status)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<RunningProgram>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs the program to its end, or until the reader stops it.
pub(super) fn finish(
    run: &CommandRun,
    programs: &RunningPrograms,
    mut tell: impl FnMut(CommandNews),
) {
    let written = Written::default();
    let mut tell = |lines, end| {
        let (name, stop) = (run.name.clone(), run.stop.clone());
        tell(CommandNews {
            name,
            stop,
            lines,
            end,
        });
    };
    let end = carry_out(run, programs, &written, || {
        let lines = written.take_lines();
        if !lines.is_empty() && run.outlet == CommandOutlet::Pane {
            tell(lines, None);
        }
    });
    let end = end.unwrap_or_else(|error| {
        let program = run.words.first().map(|word| word.to_string_lossy());
        Err(not_run(&program.unwrap_or_default(), &error))
    });
    tell(written.take_rest(), Some(end));
}

/// Runs the program, and says how it ended; `look` is called now and then while it runs.
fn carry_out(
    run: &CommandRun,
    programs: &RunningPrograms,
    written: &Written,
    mut look: impl FnMut(),
) -> io::Result<Result<(), String>> {
    let mut command = command(&run.words).ok_or(io::ErrorKind::NotFound)?;
    let (output, writer) = io::pipe()?;
    command
        .stdin(Stdio::piped())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .process_group(0);
    let Some(mut child) = programs.start(&mut command, &run.stop)? else {
        return Ok(Err("stopped".to_owned()));
    };
    // What it keeps of the pipe would leave it open for ever.
    drop(command);
    let (input, text) = (child.stdin.take(), run.input.clone());
    thread::spawn(move || {
        // A program that does not read it all has its reasons.
        let _ = input.map(|mut input| input.write_all(text.as_bytes()));
    });
    let gathered = written.clone();
    let reader = thread::spawn(move || gathered.gather(output));
    let status = loop {
        if let Some(status) = programs.try_wait(&mut child)? {
            break status;
        }
        if run.stop.is_stopped() {
            end(child.id());
        }
        thread::sleep(STOP_INTERVAL);
        look();
    };
    // What it has started may hold the pipe still, and is waited for a moment only.
    let mut patience = 20;
    while !reader.is_finished() && !run.stop.is_stopped() && patience > 0 {
        patience -= 1;
        thread::sleep(STOP_INTERVAL);
    }
    Ok(if status.success() {
        Ok(())
    } else {
        Err(format!("ended with {status}"))
    })
}

/// What a program has written, taken while it goes on writing.
#[derive(Debug, Clone, Default)]
struct Written(Arc<Mutex<WrittenBytes>>);

#[derive(Debug, Default)]
struct WrittenBytes {
    bytes: Vec<u8>,
    /// How many of them have been taken.
    taken: usize,
}

impl Written {
    /// Reads a program's output to its end, or as much as is taken of it.
    fn gather(&self, output: impl Read) {
        let mut output = output.take(MAX_OUTPUT_BYTES);
        let mut part = [0; 8192];
        loop {
            match output.read(&mut part) {
                Ok(0) => return,
                Ok(count) => {
                    let part = part.get(..count).unwrap_or_default();
                    self.lock().bytes.extend_from_slice(part);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    /// The whole lines that have been written since.
    fn take_lines(&self) -> Vec<String> {
        let mut written = self.lock();
        let since = written.bytes.get(written.taken..).unwrap_or_default();
        let whole = since.iter().rposition(|&byte| byte == b'\n');
        let count = whole.map_or(0, |last| last + 1);
        let lines = lines_of(since.get(..count).unwrap_or_default());
        written.taken += count;
        lines
    }

    /// All that has been written since.
    fn take_rest(&self) -> Vec<String> {
        let mut written = self.lock();
        let lines = lines_of(written.bytes.get(written.taken..).unwrap_or_default());
        written.taken = written.bytes.len();
        lines
    }

    fn lock(&self) -> MutexGuard<'_, WrittenBytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lines of what a program wrote, fit to be shown.
fn lines_of(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(|line| clean(line).into_owned()).collect()
}

/// Ends the program and what it has started.
fn end(program: u32) {
    let id = i32::try_from(program).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        // That it has just ended is no failure.
        let _ = kill_process_group(id, Signal::KILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn run_of(words: &[&str], input: &str) -> CommandRun {
        let words = words.iter().map(OsString::from).collect();
        CommandRun {
            outlet: CommandOutlet::Pane,
            ..CommandRun::new("try", words, input.to_owned())
        }
    }

    /// What it wrote, and why it did not end well.
    fn outcome(run: &CommandRun) -> (String, Option<String>) {
        let told = Mutex::new(Vec::new());
        finish(run, &RunningPrograms::default(), |news| {
            told.lock().unwrap().push(news);
        });
        let told = told.into_inner().unwrap();
        let (last, before) = told.split_last().unwrap();
        assert!(before.iter().all(|news| news.end.is_none()), "{told:?}");
        let lines: Vec<&str> = told
            .iter()
            .flat_map(|news| &news.lines)
            .map(String::as_str)
            .collect();
        (lines.join("\n"), last.end.clone().unwrap().err())
    }

    /// Run as a program of the reader's own.
    #[test]
    #[ignore = "another test runs this binary with it"]
    fn the_input_is_written_back() {
        let input = io::read_to_string(io::stdin()).unwrap();
        println!("given <{input}> \u{1b}[31mred");
    }

    #[test]
    #[ignore = "another test runs this binary with it"]
    fn it_sleeps() {
        println!("going to sleep");
        thread::sleep(Duration::from_secs(60));
    }

    #[test]
    #[ignore = "another test runs this binary with it"]
    #[expect(clippy::zombie_processes, reason = "it is left behind on purpose")]
    fn it_leaves_something_behind() {
        println!("leaving");
        let test = "reader::effect::run::tests::it_lingers";
        let words = [&own_binary(), test, "--exact", "--ignored"].map(str::to_owned);
        let _left = command(&words).unwrap().spawn().unwrap();
    }

    #[test]
    #[ignore = "another test runs this binary with it"]
    fn it_lingers() {
        thread::sleep(Duration::from_secs(4));
    }

    fn own_binary() -> String {
        let binary = std::env::current_exe().unwrap();
        binary.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_program_is_given_its_input_and_what_it_writes_cannot_act_on_the_terminal() {
        let binary = own_binary();
        let test = "reader::effect::run::tests::the_input_is_written_back";
        let words = [&binary, test, "--exact", "--ignored", "--nocapture"];
        let (text, failure) = outcome(&run_of(&words, "a word"));
        assert!(text.contains("given <a word>"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(failure, None);
    }

    #[test]
    fn a_program_that_fails_or_is_not_there_is_said_to() {
        let (_, failure) = outcome(&run_of(&["/no/such/program"], ""));
        let failure = failure.unwrap();
        assert_eq!(failure, "there is no program “/no/such/program”");
        let (_, failure) = outcome(&run_of(&[&own_binary(), "--no-such-option"], ""));
        let failure = failure.unwrap();
        assert!(failure.starts_with("ended with"), "{failure}");
    }

    #[test]
    fn what_a_program_wrote_is_told_though_what_it_started_keeps_its_output_open() {
        let binary = own_binary();
        let test = "reader::effect::run::tests::it_leaves_something_behind";
        let words = [&binary, test, "--exact", "--ignored", "--nocapture"];
        let (text, failure) = outcome(&run_of(&words, ""));
        assert!(text.contains("leaving"), "{text}");
        assert_eq!(failure, None);
    }

    #[test]
    fn what_a_program_writes_is_told_while_it_runs() {
        let binary = own_binary();
        let test = "reader::effect::run::tests::it_sleeps";
        let words = [&binary, test, "--exact", "--ignored", "--nocapture"];
        let run = run_of(&words, "");
        let is_asleep = |news: &CommandNews| {
            let mut lines = news.lines.iter();
            lines.any(|line| line.contains("going to sleep"))
        };
        finish(&run, &RunningPrograms::default(), |news| {
            if is_asleep(&news) {
                assert_eq!(news.end, None);
                run.stop.stop();
            }
        });
        assert!(run.stop.is_stopped());
    }

    #[test]
    fn a_program_that_the_reader_stops_before_it_is_there_is_not_run() {
        let run = run_of(&["/no/such/program"], "");
        run.stop.stop();
        assert_eq!(outcome(&run).1.as_deref(), Some("stopped"));
    }

    #[test]
    fn of_the_programs_that_run_those_that_are_stopped_can_be_ended_at_once() {
        let binary = own_binary();
        let test = "reader::effect::run::tests::it_sleeps";
        let programs = RunningPrograms::default();
        let start = || {
            let stop = StopSign::default();
            let words = [&binary, test, "--exact", "--ignored"];
            let mut command = command(&words).unwrap();
            command.stdout(Stdio::null()).process_group(0);
            let child = programs.start(&mut command, &stop).unwrap().unwrap();
            (child, stop)
        };
        let ((mut stopped, stop), (mut other, _)) = (start(), start());
        stop.stop();
        programs.end_stopped();
        assert!(!stopped.wait().unwrap().success());
        assert_eq!(programs.try_wait(&mut other).unwrap(), None);
        assert!(programs.try_wait(&mut stopped).unwrap().is_some());
        assert_eq!(programs.lock().len(), 1);
        end(other.id());
        assert!(!other.wait().unwrap().success());
    }
}
