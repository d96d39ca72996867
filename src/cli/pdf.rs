//! PDFs are read in a process of their own, the same program again, which may take only so much
//! memory and time: what is broken, or made to harm, costs a line of explanation.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::formats::pdf::{self, BuildScript, PdfRefusal};

/// The name under which the program is called to read a PDF for another process.
pub(super) const COMMAND: &str = "read-pdf-for-opcit";

/// The reading process may take so much memory, and [`FILE_COPIES`] times the file.
const MAX_MEMORY_BYTES: u64 = 1 << 30;
const FILE_COPIES: u64 = 4;
/// It may work for so long.
const MAX_CPU_SECONDS: u64 = 60;
/// It may answer so much.
const MAX_ANSWER_BYTES: u64 = 512 << 20;

/// Reads a PDF in a process of its own.
///
/// # Errors
/// When there is no text in it that can be read, or the reading took too much.
pub(super) fn read(bytes: &[u8], password: &str) -> Result<BuildScript, PdfRefusal> {
    let child = start(bytes, password).map_err(|_| PdfRefusal::NoProcess)?;
    let answer = ask(child, bytes, password).map_err(|_| PdfRefusal::TooMuch)?;
    serde_json::from_slice(&answer).unwrap_or(Err(PdfRefusal::TooMuch))
}

fn start(bytes: &[u8], password: &str) -> io::Result<Child> {
    Command::new(env::current_exe()?)
        .arg(COMMAND)
        .arg((bytes.len() as u64).to_string())
        .arg((password.len() as u64).to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

fn ask(mut child: Child, bytes: &[u8], password: &str) -> io::Result<Vec<u8>> {
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

/// Reads the PDF of so many bytes on standard input for another process; before it is the password,
/// of so many bytes.
pub(super) fn serve(file_bytes: u64, password_bytes: u64) -> io::Result<ExitCode> {
    let memory = MAX_MEMORY_BYTES.saturating_add(file_bytes.saturating_mul(FILE_COPIES));
    limit(Resource::As, memory)?;
    limit(Resource::Cpu, MAX_CPU_SECONDS)?;
    limit(Resource::Core, 0)?;
    let (mut password, mut bytes) = (String::new(), Vec::new());
    let mut stdin = io::stdin().lock();
    stdin
        .by_ref()
        .take(password_bytes)
        .read_to_string(&mut password)?;
    stdin.read_to_end(&mut bytes)?;
    let answer = serde_json::to_vec(&pdf::script(&bytes, &password))?;
    io::stdout().lock().write_all(&answer)?;
    Ok(ExitCode::SUCCESS)
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
