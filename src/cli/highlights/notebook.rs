//! Bringing files of highlights up to date.

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use crate::cli::marked::Marked;
use crate::cli::output;
use crate::export::markdown::update_notebook;
use crate::paper::clean;
use crate::shelf::{Annotation, Library, Listed};

/// The longest name of a file that is made, in characters.
const MAX_NAME_CHARS: usize = 80;

/// Brings the file about a paper up to date, and says whether anything had changed.
pub(super) fn update(
    paper: &Marked<'_>,
    file: &Path,
    is_wanted: impl Fn(&Annotation) -> bool,
) -> Result<()> {
    let name = clean(&file.to_string_lossy()).into_owned();
    let before = match fs::read_to_string(file) {
        Ok(before) => before,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
    };
    let ids = paper.ids();
    let kept = paper.quotations(is_wanted);
    if before.is_empty() && kept.is_empty() {
        return Ok(());
    }
    let after = update_notebook(&before, &kept, |id| ids.contains(id))?;
    if after == before {
        return Ok(output::print(|out| writeln!(out, "{name}: unchanged"))?);
    }
    write_whole(file, &after).with_context(|| format!("cannot write {name}"))?;
    Ok(output::print(|out| writeln!(out, "{name}: up to date"))?)
}

/// The same for a file of each paper in a folder, named for its title and, where two papers have
/// the same one, for what else tells them apart.
pub(super) fn update_all(
    library: &Library,
    papers: &[&Listed],
    folder: &Path,
    is_wanted: impl Fn(&Annotation) -> bool,
) -> Result<()> {
    let shown = clean(&folder.to_string_lossy()).into_owned();
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {shown}"))?;
    let name = |listed: &Listed| file_name(&listed.paper.title);
    let mut named: HashMap<String, usize> = HashMap::new();
    for listed in papers {
        *named.entry(name(listed).to_lowercase()).or_default() += 1;
    }
    for listed in papers {
        let mut name = name(listed);
        if named.get(&name.to_lowercase()) > Some(&1) {
            name = format!("{name} {}", listed.paper.id());
        }
        // One paper at a time, as they may be many.
        let paper = Marked::open(library, listed);
        update(&paper, &folder.join(format!("{name}.md")), &is_wanted)?;
    }
    Ok(())
}

/// The title, as far as a file can be called so on any system.
fn file_name(title: &str) -> String {
    let letters = title.chars().map(|letter| match letter {
        letter if letter.is_alphanumeric() || "-_,()'’".contains(letter) => letter,
        _ => ' ',
    });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(MAX_NAME_CHARS).collect();
    match name.trim() {
        "" => "Untitled".to_owned(),
        name => name.to_owned(),
    }
}

/// Replaces a file whole or not at all; where it is a link, what it leads to.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let target = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut new = tempfile::Builder::new()
        .prefix(".opcit-")
        .tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    if let Ok(before) = fs::metadata(&target) {
        new.as_file().set_permissions(before.permissions())?;
    }
    new.persist(&target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_makes_a_name_that_every_system_takes() {
        assert_eq!(file_name("War: a/b\\c? \u{1b}[31m"), "War a b c 31m");
        assert_eq!(file_name("../../etc"), "etc");
        assert_eq!(file_name("…"), "Untitled");
    }
}
