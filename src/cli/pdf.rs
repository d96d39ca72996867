//! PDFs are read in a process of their own.

use std::io::{self, Write};
use std::process::ExitCode;

use super::child::{self, NoAnswer};
use crate::formats::pdf::{self, BuildScript, PdfRefusal};

/// The name under which the program is called to read a PDF for another process.
pub(super) const COMMAND: &str = "read-pdf-for-opcit";

/// The process may work for so long.
const MAX_CPU_SECONDS: u64 = 60;

/// Reads a PDF in a process of its own.
///
/// # Errors
/// When there is no text in it that can be read, or the reading took too much.
pub(super) fn read(bytes: &[u8], password: &str) -> Result<BuildScript, PdfRefusal> {
    let answer = child::ask(COMMAND, &[], bytes, password).map_err(|why| match why {
        NoAnswer::NoProcess => PdfRefusal::NoProcess,
        NoAnswer::TooMuch => PdfRefusal::TooMuch,
    })?;
    serde_json::from_slice(&answer).unwrap_or(Err(PdfRefusal::TooMuch))
}

/// Reads the PDF on standard input for another process; the file and the password have so many
/// bytes.
pub(super) fn serve(sizes: (u64, u64)) -> io::Result<ExitCode> {
    let (bytes, password) = child::input(sizes, MAX_CPU_SECONDS)?;
    let answer = serde_json::to_vec(&pdf::script(&bytes, &password))?;
    io::stdout().lock().write_all(&answer)?;
    Ok(ExitCode::SUCCESS)
}
