//! What is broken, or made to harm, is read in a process of its own, the same program again, which
//! may take only so much memory and time: it costs a line of explanation.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};

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
    let sizes = [bytes.len(), password.len()].map(|size| size.to_string());
    let more = more.iter().map(ToString::to_string);
    let child = start(command, sizes.into_iter().chain(more)).map_err(|_| NoAnswer::NoProcess)?;
    answer(child, bytes, password).map_err(|_| NoAnswer::TooMuch)
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

fn answer(mut child: Child, bytes: &[u8], password: &str) -> io::Result<Vec<u8>> {
    let answer = converse(&mut child, bytes, password);
    // A process that has answered ends by itself; one that has not is of no more use.
    if answer.is_err() {
        child.kill().ok();
    }
    child.wait()?;
    answer
}

fn converse(child: &mut Child, bytes: &[u8], password: &str) -> io::Result<Vec<u8>> {
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(password.as_bytes())?;
        stdin.write_all(bytes)?;
    }
    let mut answer = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(MAX_ANSWER_BYTES).read_to_end(&mut answer)?;
    }
    Ok(answer)
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
