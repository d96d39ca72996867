//! Draws the README's pictures anew: `cargo run --example picture`.

mod pictures;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, svg) in pictures::all() {
        fs::write(project.join(path), svg)?;
    }
    Ok(())
}
