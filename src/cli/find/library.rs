//! Finding a pattern in every paper of the library.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZero;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::Result;
use serde_json::Value;

use super::{FindArguments, FindFormat, LIT};
use crate::cli::bookmarks::told;
use crate::cli::output::complain;
use crate::cli::print::default_columns;
use crate::cli::{input, output};
use crate::export::{json, text};
use crate::paper::{RefusedMendings, clean};
use crate::search::{Query, find};
use crate::shelf::{Library, Listed, Origin};

/// What was found in a paper.
enum FoundIn {
    /// Its file is not where it was, or cannot be read.
    Unread,
    Nothing,
    /// As it is written out.
    Matches(Vec<u8>),
}

impl FindArguments {
    /// Reads all papers, on all processors, and writes what is found in each as soon as those
    /// before it are done.
    pub(super) fn run_all(
        &self,
        query: &Query,
        library: &Library,
        reading: input::ReadingArguments,
    ) -> Result<ExitCode> {
        let (papers, notices) = library.papers();
        let code = told(&notices);
        let next = AtomicUsize::new(0);
        let (sender, found) = mpsc::channel();
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let (mut unread, mut is_found) = (0, false);
        thread::scope(|scope| {
            for _ in 0..threads.min(papers.len()) {
                let sender = sender.clone();
                let (next, papers) = (&next, &papers);
                scope.spawn(move || self.serve(query, papers, reading, next, &sender));
            }
            drop(sender);
            output::print(|out| {
                let mut waiting = BTreeMap::new();
                let mut list = self.begin(out)?;
                let mut written = 0;
                for (index, result) in found {
                    waiting.insert(index, result);
                    while let Some(result) = waiting.remove(&written) {
                        written += 1;
                        match result {
                            FoundIn::Unread => unread += 1,
                            FoundIn::Nothing => {}
                            FoundIn::Matches(bytes) => {
                                is_found = true;
                                list.write(&bytes, out)?;
                            }
                        }
                    }
                }
                list.end(out)
            })
        })?;
        match unread {
            0 => {}
            1 => complain(
                "1 paper is not where it was, or cannot be read; `opcit papers` lists them",
            ),
            count => complain(&format!(
                "{count} papers are not where they were, or cannot be read; `opcit papers` lists them"
            )),
        }
        Ok(match is_found {
            true => code,
            false => ExitCode::FAILURE,
        })
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

    /// Searches paper by paper until there is none left.
    fn serve(
        &self,
        query: &Query,
        papers: &[Listed],
        reading: input::ReadingArguments,
        next: &AtomicUsize,
        found: &Sender<(usize, FoundIn)>,
    ) {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(listed) = papers.get(index) else {
                return;
            };
            let result = self.search(query, listed, reading);
            if found.send((index, result)).is_err() {
                return;
            }
        }
    }

    fn search(&self, query: &Query, listed: &Listed, reading: input::ReadingArguments) -> FoundIn {
        let Some(origin) = listed.origin() else {
            return FoundIn::Unread;
        };
        let Ok(parsed) = input::read_quietly(&origin, reading, &RefusedMendings::default()) else {
            return FoundIn::Unread;
        };
        let paper = &parsed.paper;
        let matches = find(paper, query.clone());
        if matches.is_empty() {
            return FoundIn::Nothing;
        }
        let mut bytes = Vec::new();
        // Memory takes all that is written.
        let _ = match self.format {
            FindFormat::Text => {
                let lit = self.color.is_wanted().then_some(LIT);
                let name = format!("{}  {}\n", paper.title.replace('\n', " "), place(&origin));
                bytes.extend_from_slice(name.as_bytes());
                text::write_matches(paper, &matches, default_columns(), lit, &mut bytes)
            }
            FindFormat::Json => {
                let mut inner = Vec::new();
                let written = json::write_matches(paper, &matches, &mut inner);
                let inner: Value = serde_json::from_slice(&inner).unwrap_or_default();
                let entry = serde_json::json!({
                    "title": paper.title,
                    "origin": origin.iri(),
                    "matches": inner,
                });
                bytes = entry.to_string().into_bytes();
                written
            }
        };
        FoundIn::Matches(bytes)
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
        match self.is_json {
            true => out.write_all(b"]\n"),
            false => Ok(()),
        }
    }
}

/// Where a paper is, fit to be shown.
fn place(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => clean(&path.to_string_lossy()).into_owned(),
        Origin::Embedded | Origin::Elsewhere => "the built-in paper".to_owned(),
    }
}
