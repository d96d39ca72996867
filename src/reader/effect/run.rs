//! Runs programs of the reader's own beside the loop.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::command;
use crate::paper::clean;
use crate::reader::action::Action;
use crate::reader::own_command::{CommandResult, CommandRun};
use crate::reader::session::Message;
use crate::terminal::events::EventSource;

/// The most that is taken of what a program writes, in bytes.
const MAX_OUTPUT_BYTES: u64 = 1 << 20;

/// How often it is looked whether the reader has stopped a program.
const STOP_INTERVAL: Duration = Duration::from_millis(50);

/// Has the program run, and reports what came of it.
pub(super) fn run(run: CommandRun, events: &impl EventSource<Message>) -> io::Result<()> {
    events.spawn("command", move || {
        let result = finish(&run);
        Some(Message::Action(Action::TakeOutput(Box::new(result))))
    })
}

/// Runs the program to its end, or until the reader stops it.
pub(super) fn finish(run: &CommandRun) -> CommandResult {
    let (output, failure) = outcome(run)
        .unwrap_or_else(|error| (String::new(), Some(format!("cannot be run: {error}"))));
    CommandResult {
        name: run.command.name.clone(),
        stop: run.stop.clone(),
        lines: output
            .lines()
            .map(|line| clean(line).into_owned())
            .collect(),
        failure,
    }
}

/// What it wrote, and what there is to say of its end.
fn outcome(run: &CommandRun) -> io::Result<(String, Option<String>)> {
    let mut command = command(&run.words).ok_or(io::ErrorKind::NotFound)?;
    let (output, writer) = io::pipe()?;
    command
        .stdin(Stdio::piped())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .process_group(0);
    let mut child = command.spawn()?;
    // What it keeps of the pipe would leave it open for ever.
    drop(command);
    let (input, text) = (child.stdin.take(), run.input.clone());
    let feeder = thread::spawn(move || {
        // A program that does not read it all has its reasons.
        let _ = input.map(|mut input| input.write_all(text.as_bytes()));
    });
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut output = output.take(MAX_OUTPUT_BYTES);
        let _ = output.read_to_end(&mut bytes);
        bytes
    });
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if run.stop.is_stopped() {
            end(&child);
        }
        thread::sleep(STOP_INTERVAL);
    };
    // What it has started may hold the pipe still, and may be waited for no longer than it.
    let output = match reader.is_finished() || !run.stop.is_stopped() {
        true => wait_for(reader),
        false => Vec::new(),
    };
    drop(feeder);
    let failure = (!status.success()).then(|| format!("ended with {status}"));
    Ok((String::from_utf8_lossy(&output).into_owned(), failure))
}

/// What was read, once a moment has passed at most.
fn wait_for(reader: thread::JoinHandle<Vec<u8>>) -> Vec<u8> {
    let mut patience = 20;
    while !reader.is_finished() && patience > 0 {
        patience -= 1;
        thread::sleep(STOP_INTERVAL);
    }
    match reader.is_finished() {
        true => reader.join().unwrap_or_default(),
        false => Vec::new(),
    }
}

/// Ends the program and what it has started.
fn end(child: &Child) {
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        // That it has just ended is no failure.
        let _ = kill_process_group(id, Signal::KILL);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::reader::own_command::{CommandInput, OwnCommand, StopSign};

    fn run_of(words: &[&str], input: &str) -> CommandRun {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        CommandRun {
            command: Arc::new(OwnCommand {
                name: "try".to_owned(),
                words: words.clone(),
                input: CommandInput::Selection,
                is_shown: true,
            }),
            words,
            input: input.to_owned(),
            stop: StopSign::default(),
        }
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
        thread::sleep(Duration::from_secs(60));
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
        let result = finish(&run_of(&words, "a word"));
        let text = result.lines.join("\n");
        assert!(text.contains("given <a word>"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(result.failure, None);
    }

    #[test]
    fn a_program_that_fails_or_is_not_there_is_said_to() {
        let result = finish(&run_of(&["/no/such/program"], ""));
        let failure = result.failure.unwrap();
        assert!(failure.starts_with("cannot be run"), "{failure}");
        let result = finish(&run_of(&[&own_binary(), "--no-such-option"], ""));
        let failure = result.failure.unwrap();
        assert!(failure.starts_with("ended with"), "{failure}");
    }

    #[test]
    fn a_program_ends_when_the_reader_stops_it() {
        let binary = own_binary();
        let test = "reader::effect::run::tests::it_sleeps";
        let run = run_of(&[&binary, test, "--exact", "--ignored"], "");
        run.stop.stop();
        let result = finish(&run);
        assert!(result.failure.is_some());
    }
}
