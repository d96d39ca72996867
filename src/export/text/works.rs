//! The works that several papers cite, as text.

use std::io::{self, Write};

use crate::paper::clean;
use crate::sources::{PaperCitation, SharedWorks};

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
        for paper in work.papers() {
            let Some((title, place)) = papers.get(paper) else {
                continue;
            };
            let here = |citing: &&PaperCitation| citing.paper == paper;
            let names = work.citings.iter().filter(here);
            let names: Vec<&str> = names.map(|citing| citing.name.as_str()).collect();
            let title = clean(title).replace('\n', " ");
            writeln!(out, "  {title}  {}  [{}]", clean(place), names.join(", "))?;
        }
    }
    Ok(())
}
