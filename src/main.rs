//! The program: reads the arguments, does what they ask, says what went wrong.

use std::process::ExitCode;

use opcit::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = match Arguments::from_command_line() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    cli::run(arguments).unwrap_or_else(|error| {
        cli::complain(&error.to_string());
        ExitCode::FAILURE
    })
}
