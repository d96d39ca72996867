//! Writes the manual's table of keys anew: `cargo run --example keys`.

mod table;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = fs::read_to_string(&path)?;
    let renewed = table::renewed(&page).ok_or_else(|| {
        let missing = format!("docs/keys.md has no place for keys: no {:?}", table::START);
        io::Error::other(missing)
    })?;
    fs::write(path, renewed)
}
