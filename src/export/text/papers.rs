//! What a reader has read, as text.

use std::io::{self, Write};

use crate::export::counted;
use crate::paper::clean;
use crate::shelf::Listed;

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
            writeln!(out, "  {}", clean(&path.to_string_lossy()))?;
        }
    }
    Ok(())
}

fn facts(listed: &Listed) -> String {
    let mut facts = Vec::new();
    if let Some(read) = listed.read {
        facts.push(format!("seen to {:.0} %", (read * 100.0).floor()));
    }
    if let Some(when) = listed.paper.last_read {
        facts.push(format!("last on {}", when.day()));
    }
    facts.extend(counted(listed.annotations.iter()));
    facts.join(" · ")
}
