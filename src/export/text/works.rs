//! The works that several papers cite, as text.

use std::io::{self, Write};

use crate::paper::clean;
use crate::sources::SharedWorks;

/// Writes for each work its citation, and a line for each paper that cites it: its title, where it
/// is, and the source's name there. `papers` has title and place of each paper by its number.
///
/// # Errors
/// Those of `out`.
pub fn write_works(
    works: &SharedWorks,
    papers: &[(String, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, work) in works.all().iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", work.source.text.replace('\n', " "))?;
        for (paper, names) in work.names_by_paper() {
            let Some((title, place)) = papers.get(paper) else {
                continue;
            };
            let title = clean(title).replace('\n', " ");
            writeln!(out, "  {title}  {}  [{}]", clean(place), names.join(", "))?;
        }
    }
    Ok(())
}
