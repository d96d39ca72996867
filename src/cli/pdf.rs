//! PDFs are read in a process of their own.

mod kept;

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

pub(super) use self::kept::KeptPdfs;
use super::child::{self, Answer, NoAnswer};
use crate::formats::pdf::{self, BuildScript, PdfRefusal, TakeBeginning};

/// The name under which the program is called to read a PDF for another process.
pub(super) const COMMAND: &str = "read-pdf-for-opcit";

/// The process may work for so long.
const MAX_CPU_SECONDS: u64 = 60;

/// What the process says, one after the other. Before each stands how many bytes of JSON it has, in
/// eight bytes, the least of them first.
#[derive(Debug, Serialize, Deserialize)]
enum PdfAnswer {
    /// The beginning of a long paper, before the rest is read.
    Beginning(BuildScript),
    /// All of it, or why there is nothing. It is the last.
    Whole(Result<BuildScript, PdfRefusal>),
}

/// What reads the PDF at a path in a process of its own. If it is kept what that reads, it is not read
/// again as long as it is the same, unless it needs a password.
pub(super) fn reader_of(
    path: &Path,
    is_kept: bool,
) -> impl Fn(&[u8], &str, Option<TakeBeginning<'_>>) -> Result<BuildScript, PdfRefusal> {
    let kept = is_kept.then(KeptPdfs::new);
    move |bytes, password, begun| {
        let read = || read(bytes, password, begun);
        match &kept {
            Some(kept) if password.is_empty() => kept.read(path, bytes, read),
            _ => read(),
        }
    }
}

/// Reads a PDF in a process of its own.
///
/// # Errors
/// When there is no text in it that can be read, or the reading took too much.
pub(super) fn read(
    bytes: &[u8],
    password: &str,
    begun: Option<TakeBeginning<'_>>,
) -> Result<BuildScript, PdfRefusal> {
    let hear = |answer: &mut Answer| {
        loop {
            match PdfAnswer::read(answer)? {
                PdfAnswer::Beginning(script) => {
                    if let Some(begun) = begun {
                        begun(script);
                    }
                }
                PdfAnswer::Whole(script) => return Ok(script),
            }
        }
    };
    let wants_beginning = u32::from(begun.is_some());
    let heard = child::ask_and_hear(COMMAND, &[wants_beginning], (bytes, password), hear);
    heard.unwrap_or_else(|why| {
        Err(match why {
            NoAnswer::NoProcess => PdfRefusal::NoProcess,
            NoAnswer::TooMuch => PdfRefusal::TooMuch,
        })
    })
}

/// Reads the PDF on standard input for another process; the file and the password have so many
/// bytes. `wants_beginning` says whether that is told before the rest is read.
pub(super) fn serve(sizes: (u64, u64), wants_beginning: bool) -> io::Result<ExitCode> {
    let (bytes, password) = child::input(sizes, MAX_CPU_SECONDS)?;
    let begun = |script| {
        // If nobody hears it, the whole is not heard either.
        let _ = PdfAnswer::Beginning(script).write();
    };
    let begun = wants_beginning.then_some(&begun as TakeBeginning<'_>);
    PdfAnswer::Whole(pdf::script(&bytes, &password, begun)).write()?;
    Ok(ExitCode::SUCCESS)
}

impl PdfAnswer {
    fn read(from: &mut Answer) -> io::Result<Self> {
        let mut size = [0; size_of::<u64>()];
        from.read_exact(&mut size)?;
        let mut json = Vec::new();
        from.take(u64::from_le_bytes(size)).read_to_end(&mut json)?;
        Ok(serde_json::from_slice(&json)?)
    }

    fn write(&self) -> io::Result<()> {
        let json = serde_json::to_vec(self)?;
        let mut out = io::stdout().lock();
        out.write_all(&(json.len() as u64).to_le_bytes())?;
        out.write_all(&json)?;
        out.flush()
    }
}
