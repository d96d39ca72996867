//! The program that reads aloud.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use super::quiet;
use super::run::{self, RunningPrograms};
use crate::reader::action::Action;
use crate::reader::own_command::{CommandNews, CommandRun, TEXT_PLACE};
use crate::reader::session::Message;
use crate::reader::speech::Speech;
use crate::terminal::events::EventSource;

/// Programs that speak and are gone by when none is named: the first of them that is there.
const PROGRAMS: [&[&str]; 4] = [
    &["espeak-ng", "--stdin"],
    &["espeak", "--stdin"],
    &["say", "-f", "-"],
    &["spd-say", "--wait", "--", TEXT_PLACE],
];

/// Programs that only ask another one to speak, and how that is asked to be silent.
const SILENCERS: [(&str, &[&str]); 1] = [("spd-say", &["--cancel"])];

/// How often it is looked whether that has been done, and how many times at most.
const SILENCER_INTERVAL: Duration = Duration::from_millis(10);
const SILENCER_LOOKS: u32 = 50;

/// What speaks, one thing after the other.
#[derive(Debug, Default)]
pub(super) struct Speaker {
    /// The program and its arguments; empty for the first that is there.
    program: Vec<String>,
    /// Held by what speaks, so that what is stopped is silent before the next begins.
    mouth: Arc<Mutex<()>>,
}

impl Speaker {
    pub(super) fn new(program: &[String]) -> Self {
        Speaker {
            program: program.to_vec(),
            mouth: Arc::default(),
        }
    }

    /// Has what speaks now be silent; nothing is waited for.
    pub(super) fn silence(&self) {
        let speaks = matches!(self.mouth.try_lock(), Err(TryLockError::WouldBlock));
        if speaks {
            let found = found();
            let program = if self.program.is_empty() {
                &found
            } else {
                &self.program
            };
            let _ = program.first().and_then(|program| silence(program));
        }
    }

    /// Has words spoken beside the loop, and tells when that has ended.
    pub(super) fn speak(
        &self,
        speech: Speech,
        programs: &RunningPrograms,
        events: &impl EventSource<Message>,
    ) -> io::Result<()> {
        let (own, mouth) = (self.program.clone(), Arc::clone(&self.mouth));
        let programs = programs.clone();
        events.spawn("speaking", move || {
            let program = if own.is_empty() { found() } else { own };
            let news = speak(&program, speech, &mouth, &programs);
            Some(Message::Action(Action::TakeOutput(Box::new(news))))
        })
    }
}

/// Speaks once nothing else does.
fn speak(
    program: &[String],
    speech: Speech,
    mouth: &Mutex<()>,
    programs: &RunningPrograms,
) -> CommandNews {
    let Speech { words, stop } = speech;
    let name = program.first().map_or("speech", String::as_str);
    let mut news = CommandNews {
        name: name.to_owned(),
        stop: stop.clone(),
        lines: Vec::new(),
        end: Some(Ok(())),
    };
    let _held = mouth.lock().unwrap_or_else(PoisonError::into_inner);
    if program.is_empty() {
        news.end = Some(Err("install espeak-ng, or set `speak`".to_owned()));
    } else if !stop.is_stopped() {
        let arguments = program.iter().map(OsString::from).collect();
        let run = CommandRun {
            stop: stop.clone(),
            ..CommandRun::new(name, arguments, words)
        };
        run::finish(&run, programs, |ended| news.end = ended.end);
        if stop.is_stopped()
            && let Some(silencer) = silence(name)
        {
            wait_for(silencer);
        }
    }
    news
}

/// Has what the program has asked to speak be silent. Where that fails, it speaks to the end of the
/// sentence.
fn silence(program: &str) -> Option<Child> {
    let name = Path::new(program).file_name().unwrap_or_default();
    let (_, arguments) = SILENCERS.iter().find(|(known, _)| name == *known)?;
    let mut command = Command::new(program);
    quiet(command.args(*arguments)).spawn().ok()
}

/// Waits until it has said so, but not for ever.
fn wait_for(mut silencer: Child) {
    for _ in 0..SILENCER_LOOKS {
        if !matches!(silencer.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(SILENCER_INTERVAL);
    }
    let _ = silencer.kill();
    let _ = silencer.wait();
}

fn found() -> Vec<String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let is_there = |program: &str| env::split_paths(&path).any(|it| it.join(program).is_file());
    let found = PROGRAMS
        .iter()
        .find(|words| words.first().is_some_and(|program| is_there(program)));
    let words = found.copied().unwrap_or_default().iter();
    words.map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::own_command::StopSign;

    fn speech(stop: &StopSign) -> Speech {
        Speech {
            words: "Some words.".to_owned(),
            stop: stop.clone(),
        }
    }

    #[test]
    fn without_a_program_it_is_said_what_to_do() {
        let news = speak(
            &[],
            speech(&StopSign::default()),
            &Mutex::default(),
            &RunningPrograms::default(),
        );
        let why = news.end.unwrap().unwrap_err();
        assert_eq!(why, "install espeak-ng, or set `speak`");
    }

    #[test]
    fn what_was_stopped_while_it_waited_is_not_begun() {
        let stop = StopSign::default();
        stop.stop();
        let program = ["there/is/no/such/program".to_owned()];
        let news = speak(
            &program,
            speech(&stop),
            &Mutex::default(),
            &RunningPrograms::default(),
        );
        assert_eq!(news.end, Some(Ok(())));
        let news = speak(
            &program,
            speech(&StopSign::default()),
            &Mutex::default(),
            &RunningPrograms::default(),
        );
        assert!(news.end.unwrap().is_err());
    }
}
