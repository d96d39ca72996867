//! The process that draws, and how it is asked.

use std::io;
use std::process::ExitCode;

use crate::cli::child::{self, NoAnswer};
use crate::formats::pdf;
use crate::picture::{Drawing, PictureRefusal, image_file, wire};

/// The name under which the program is called to draw a picture for another process.
pub(in crate::cli) const COMMAND: &str = "draw-picture-for-opcit";

/// The process may work for so long.
const MAX_CPU_SECONDS: u64 = 20;

/// Draws a page of a PDF in a process of its own, as [`pdf::draw_sheet`] does.
///
/// # Errors
/// Why there is no picture of it.
pub(super) fn draw_sheet(
    bytes: &[u8],
    password: &str,
    sheet: u32,
    longest: u32,
) -> Result<Drawing, PictureRefusal> {
    draw(bytes, password, [sheet, longest])
}

/// Draws an image in a process of its own, as [`image_file::read`] does.
///
/// # Errors
/// Why there is no picture of it.
pub(super) fn draw_image(bytes: &[u8]) -> Result<Drawing, PictureRefusal> {
    draw(bytes, "", [0, 0])
}

fn draw(bytes: &[u8], password: &str, of: [u32; 2]) -> Result<Drawing, PictureRefusal> {
    let answer = child::ask(COMMAND, &of, bytes, password).map_err(|why| match why {
        NoAnswer::NoProcess => PictureRefusal::NoProcess,
        NoAnswer::TooMuch => PictureRefusal::TooMuch,
    })?;
    wire::read(answer)
}

/// Draws what is on standard input for another process: a page, from 1, its longer side so many
/// pixels, or with 0 an image. The file and the password have so many bytes.
pub(in crate::cli) fn serve(sizes: (u64, u64), sheet: u32, longest: u32) -> io::Result<ExitCode> {
    let (bytes, password) = child::input(sizes, MAX_CPU_SECONDS)?;
    let drawn = match sheet {
        0 => image_file::read(&bytes),
        sheet => pdf::draw_sheet(&bytes, &password, sheet, longest),
    };
    wire::write(&mut io::stdout().lock(), &drawn)?;
    Ok(ExitCode::SUCCESS)
}
