//! What the commands write: results to standard output, complaints to standard error.

use std::io::{self, BufWriter, ErrorKind, Write};

use crate::paper::clean;

/// Standard output does not take what is written to it.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output; the result is not whole")]
pub(super) struct OutputError(#[from] io::Error);

/// Lets `write` write to standard output. When the reading end has gone away, as `head` does,
/// nobody wants the rest, and that is no error.
pub(super) fn print(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OutputError> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Says on standard error, after the program's name, what went wrong. Messages quote arguments
/// and papers, so what would act on a terminal is made visible.
pub fn complain(message: &str) {
    let mut err = io::stderr().lock();
    let lines: Vec<_> = message.lines().map(clean).collect();
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(err, "opcit: {}", lines.join("\n"));
}
