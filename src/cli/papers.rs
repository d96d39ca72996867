//! `opcit papers`: what has been read, how far, and when.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;

use super::{complain, output};
use crate::paper::clean;
use crate::shelf::{Library, Listed};

/// List the papers that were read, with how far and when
#[derive(Debug, Args)]
pub(super) struct Papers;

impl Papers {
    pub(super) fn run(&self, library: &Library) -> Result<()> {
        let (papers, notices) = library.papers();
        for notice in notices {
            complain(&notice.to_string());
        }
        output::print(|out| papers.iter().try_for_each(|paper| write_paper(paper, out)))?;
        Ok(())
    }
}

/// A line for the title, one for how far and when, and one for each place where it has stood.
fn write_paper(paper: &Listed, out: &mut dyn Write) -> io::Result<()> {
    let title = match paper.title.as_str() {
        "" => "(no title)",
        title => title,
    };
    writeln!(out, "{}", clean(title))?;
    let mut facts = Vec::new();
    if let Some(progress) = paper.progress {
        facts.push(format!("{:.0} % read", progress * 100.0));
    }
    facts.extend(paper.last_read.map(|when| format!("last {when}")));
    facts.push(match paper.bookmarks.len() {
        1 => "1 bookmark".to_owned(),
        count => format!("{count} bookmarks"),
    });
    writeln!(out, "  {}", facts.join(" · "))?;
    for path in &paper.paths {
        writeln!(out, "  {}", clean(&path.to_string_lossy()))?;
    }
    Ok(())
}
