//! What a reader has read, as text.

use std::io::{self, Write};

use crate::export::counted;
use crate::paper::clean;
use crate::shelf::Listed;

/// What is said of a place that a paper has no more, since another one was read there.
pub const OTHER_SINCE: &str = " (another paper was read there since)";

/// Writes for each paper a line for its title, one for how far it was seen, when it was read last and
/// how much is kept of it, and one for each place where it has been.
///
/// # Errors
/// Those of `out`.
pub fn write_papers(papers: &[Listed], out: &mut dyn Write) -> io::Result<()> {
    for listed in papers {
        let title = match listed.paper.title.as_str() {
            "" => "(no title)",
            title => title,
        };
        writeln!(out, "{}", title.replace('\n', " "))?;
        writeln!(out, "  {}", facts(listed))?;
        if listed.is_embedded {
            writeln!(out, "  the built-in paper")?;
        }
        for path in &listed.paper.paths {
            let since = if listed.own_files().any(|own| own == path) {
                ""
            } else {
                OTHER_SINCE
            };
            writeln!(out, "  {}{since}", clean(&path.to_string_lossy()))?;
        }
    }
    Ok(())
}

fn facts(listed: &Listed) -> String {
    let mut facts = Vec::new();
    if let Some(read) = listed.read {
        facts.push(format!("seen to {:.0}%", (read * 100.0).floor()));
    }
    if let Some(when) = listed.paper.last_read {
        facts.push(format!("last on {}", when.day()));
    }
    facts.extend(counted(listed.annotations.iter()));
    facts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::paper::Position;
    use crate::shelf::{Library, Origin};

    #[test]
    fn a_place_where_another_paper_was_read_since_is_said_to_be_that() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("draft.md");
        let library = Library::new(Some(folder.path().join("library")));
        for title in ["On War", "On Peace"] {
            let paper = parse(&format!("# {title}\n\nOf {title}.\n")).paper;
            let mut shelf = library.open_new(&paper, &Origin::File(path.clone()));
            shelf.set_place(Position::default(), 0.5).unwrap();
        }
        let mut text = Vec::new();
        write_papers(&library.papers().0, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let mut places: Vec<_> = text
            .lines()
            .filter(|line| line.contains("draft.md"))
            .collect();
        places.sort_unstable();
        let plain = format!("  {}", path.display());
        assert_eq!(places, [plain.clone(), format!("{plain}{OTHER_SINCE}")]);
    }
}
