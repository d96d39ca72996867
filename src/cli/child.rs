//! What is broken, or made to harm, is read in a process of its own, the same program again, which
//! may take only so much memory and time: it costs a line of explanation.

use std::env;
use std::io::{self, Read, Take, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Resource, Rlimit, setrlimit};

/// The process may take so much memory, and [`FILE_COPIES`] times the file.
const MAX_MEMORY_BYTES: u64 = 1 << 30;
const FILE_COPIES: u64 = 4;
/// It may answer so much.
const MAX_ANSWER_BYTES: u64 = 512 << 20;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// The process did not start.
    NoProcess,
    /// It took too much, or ended before.
    TooMuch,
}

/// Has a process run this command of the program, with how many bytes the file and the password
/// have as its first arguments, and `more` behind them. Gives what it answers.
///
/// # Errors
/// When it does not start, or does not take all of the file.
pub(super) fn ask(
    command: &str,
    more: &[u32],
    bytes: &[u8],
    password: &str,
) -> Result<Vec<u8>, NoAnswer> {
    let hear = |answer: &mut Answer| {
        let mut bytes = Vec::new();
        answer.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    ask_and_hear(command, more, (bytes, password), hear)
}

/// What a process answers, up to its end.
pub(super) type Answer = Take<ChildStdout>;

/// The same with what takes the answer while it comes, and makes something of it.
///
/// # Errors
/// When the process does not start, or does not take all of the file, or what takes its answer fails.
pub(super) fn ask_and_hear<T>(
    command: &str,
    more: &[u32],
    (bytes, password): (&[u8], &str),
    hear: impl FnOnce(&mut Answer) -> io::Result<T>,
) -> Result<T, NoAnswer> {
    let sizes = [bytes.len(), password.len()].map(|size| size.to_string());
    let more = more.iter().map(ToString::to_string);
    let mut child =
        start(command, sizes.into_iter().chain(more)).map_err(|_| NoAnswer::NoProcess)?;
    let heard = converse(&mut child, (bytes, password), hear);
    // A process that has answered ends by itself; one that has not is of no more use.
    if heard.is_err() {
        child.kill().ok();
    }
    let ended = child.wait();
    heard
        .and_then(|heard| ended.map(|_| heard))
        .map_err(|_| NoAnswer::TooMuch)
}

fn start(command: &str, arguments: impl Iterator<Item = String>) -> io::Result<Child> {
    Command::new(env::current_exe()?)
        .arg(command)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

fn converse<T>(
    child: &mut Child,
    (bytes, password): (&[u8], &str),
    hear: impl FnOnce(&mut Answer) -> io::Result<T>,
) -> io::Result<T> {
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(password.as_bytes())?;
        stdin.write_all(bytes)?;
    }
    let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    hear(&mut stdout.take(MAX_ANSWER_BYTES))
}

/// In the process that was started: sets its limits, and takes the file of so many bytes and the
/// password of so many that are on standard input. It may work for so many seconds.
pub(super) fn input(
    (file_bytes, password_bytes): (u64, u64),
    cpu_seconds: u64,
) -> io::Result<(Vec<u8>, String)> {
    let memory = MAX_MEMORY_BYTES.saturating_add(file_bytes.saturating_mul(FILE_COPIES));
    limit(Resource::As, memory)?;
    limit(Resource::Cpu, cpu_seconds)?;
    limit(Resource::Core, 0)?;
    let (mut password, mut bytes) = (String::new(), Vec::new());
    let mut stdin = io::stdin().lock();
    stdin
        .by_ref()
        .take(password_bytes)
        .read_to_string(&mut password)?;
    stdin.read_to_end(&mut bytes)?;
    Ok((bytes, password))
}

/// Limits a resource of this process, never beyond the limit that it has.
fn limit(resource: Resource, most: u64) -> io::Result<()> {
    let known = rustix::process::getrlimit(resource);
    let most = known.maximum.map_or(most, |known| known.min(most));
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    Ok(setrlimit(resource, limit)?)
}
