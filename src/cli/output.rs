//! What the commands write: results to standard output, complaints to standard error.

use std::env;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use crate::paper::clean;
use crate::shelf::SystemReason;
use crate::terminal::charset::{Charset, TerminalWriter};

/// Standard output does not take what is written to it.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output; the output is incomplete: {}", SystemReason(.0))]
pub(super) struct OutputError(io::Error);

/// Lets `write` write to standard output. When the reading end has gone away, as `head` does,
/// nobody wants the rest, and that is no error.
pub(super) fn print(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OutputError> {
    let stdout = io::stdout().lock();
    let charset = charset_of(&stdout);
    let mut out = TerminalWriter::new(BufWriter::new(stdout), charset);
    let written = write(&mut out).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(OutputError),
    }
}

/// Says on standard error, after the program's name, what went wrong. Messages quote arguments
/// and papers, so what would act on a terminal is made visible.
pub fn complain(message: &str) {
    let err = io::stderr().lock();
    let charset = charset_of(&err);
    let mut err = TerminalWriter::new(err, charset);
    let lines: Vec<_> = message.lines().map(clean).collect();
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(err, "opcit: {}", lines.join("\n"));
}

/// What an output can be sent: all, unless it is a terminal that is not in UTF-8. One that knows
/// no commands needs not be told which charset to use.
fn charset_of(output: &impl IsTerminal) -> Charset {
    if !output.is_terminal() {
        return Charset::Utf8;
    }
    let term = env::var("TERM").unwrap_or_default();
    match Charset::from_environment() {
        Charset::Unsaid if matches!(term.as_str(), "" | "dumb" | "unknown") => Charset::Utf8,
        charset => charset,
    }
}
