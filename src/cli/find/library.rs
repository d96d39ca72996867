//! Finding a pattern in every paper of the library.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use super::{FindArguments, FindFormat, LIT};
use crate::catalogue::{FoundPaper, PaperSearch};
use crate::cli::bookmarks::{told, told_unread};
use crate::cli::print::default_columns;
use crate::cli::{input, output};
use crate::export::{json, text};
use crate::search::Query;
use crate::shelf::Library;

impl FindArguments {
    /// Searches all papers, on all processors, and writes what is found in each as soon as those
    /// before it are done.
    pub(super) fn run_all(
        &self,
        query: &Query,
        library: &Library,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        let (papers, notices) = library.papers();
        let mut code = told(&notices);
        let catalogue = input::catalogue(library, reading);
        let (mut unread, mut is_found) = (0, false);
        output::print(|out| {
            let mut list = self.begin(out)?;
            let mut written = Ok(());
            let show = |found: &FoundPaper| self.written(found);
            catalogue.search(&papers, query, show, |_, result| {
                match result {
                    PaperSearch::Unread => unread += 1,
                    PaperSearch::Nothing => {}
                    PaperSearch::Matches(bytes) => {
                        is_found = true;
                        written = list.write(&bytes, out);
                    }
                }
                written.is_ok()
            });
            written?;
            list.end(out)
        })?;
        catalogue.forget_others(&papers, &notices);
        if let Some(failure) = told_unread(unread) {
            code = failure;
        }
        Ok(if is_found { code } else { ExitCode::FAILURE })
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<Listing> {
        let is_json = self.format == FindFormat::Json;
        if is_json {
            out.write_all(b"[")?;
        }
        Ok(Listing {
            is_json,
            is_begun: false,
        })
    }

    /// What is found in a paper, as it is written out.
    fn written(&self, found: &FoundPaper) -> Vec<u8> {
        let paper = &found.paper;
        let mut bytes = Vec::new();
        // Memory takes all that is written.
        let _ = match self.format {
            FindFormat::Text => {
                let lit = self.color.is_wanted().then_some(LIT);
                let title = paper.title.replace('\n', " ");
                let away = if found.is_away {
                    " (not there now)"
                } else {
                    ""
                };
                let name = format!("{title}  {}{away}\n", input::name_of(&found.origin));
                bytes.extend_from_slice(name.as_bytes());
                text::write_matches(paper, &found.matches, default_columns(), lit, &mut bytes)
            }
            FindFormat::Json => {
                let mut inner = Vec::new();
                let written = json::write_matches(paper, &found.matches, &mut inner);
                let inner: Value = serde_json::from_slice(&inner).unwrap_or_default();
                let entry = serde_json::json!({
                    "title": paper.title,
                    "origin": found.origin.iri(),
                    "away": found.is_away,
                    "matches": inner,
                });
                bytes = entry.to_string().into_bytes();
                written
            }
        };
        bytes
    }
}

/// How what is found in one paper is set apart from the next.
struct Listing {
    is_json: bool,
    is_begun: bool,
}

impl Listing {
    fn write(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        let gap: &[u8] = match (self.is_begun, self.is_json) {
            (false, _) => b"",
            (true, true) => b",\n",
            (true, false) => b"\n",
        };
        self.is_begun = true;
        out.write_all(gap)?;
        out.write_all(bytes)
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_json {
            out.write_all(b"]\n")
        } else {
            Ok(())
        }
    }
}
