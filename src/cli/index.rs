//! `opcit index`: papers as documents for a search engine.

use std::fs;
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::input::InputError;
use super::output::complain;
use super::{input, output};
use crate::export::json::{self, DocumentLines};
use crate::paper::RefusedMendings;
use crate::reader;
use crate::shelf::Origin;
use crate::sources::Sources;

const ABOUT_INDEX: &str = "\
Write papers as documents for a search engine: a line of JSON for each paper,
section, note and source, each with what `opcit` opens there.

Papers are read one after the other, and only one is in memory. Several
processes can share the work by path. docs/search-engines.md has the fields,
and what Quickwit and OpenSearch need to know of them.";

/// Write papers as documents for a search engine
#[derive(Debug, Args)]
#[command(long_about = ABOUT_INDEX)]
pub(super) struct IndexArguments {
    /// Papers, and folders with papers at any depth
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to write them
    #[arg(long, value_enum, default_value = "ndjson")]
    format: IndexFormat,
}

/// How documents are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IndexFormat {
    /// A document a line, as Quickwit takes them.
    Ndjson,
    /// As the bulk interface of OpenSearch takes them.
    OpensearchBulk,
}

impl IndexArguments {
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<ExitCode> {
        let lines = match self.format {
            IndexFormat::Ndjson => DocumentLines::Ndjson,
            IndexFormat::OpensearchBulk => DocumentLines::Bulk,
        };
        let mut code = ExitCode::SUCCESS;
        output::print(|out| {
            for path in self.paths.into_iter().flat_map(files) {
                let read = path.and_then(|path| {
                    let whole = path.canonicalize().unwrap_or(path);
                    let origin = Origin::File(whole);
                    let refused = RefusedMendings::default();
                    let parsed = input::read_quietly(&origin, reading, &refused)?;
                    Ok((parsed.paper, origin))
                });
                match read {
                    Ok((paper, origin)) => {
                        let sources = Sources::read(&paper);
                        json::write_documents(&paper, &sources, &origin, lines, out)?;
                    }
                    Err(error) => {
                        complain(&format!("{:#}", anyhow::Error::new(error)));
                        code = ExitCode::FAILURE;
                    }
                }
            }
            Ok(())
        })?;
        Ok(code)
    }
}

/// The files to be read at a path, or why there are none.
type PathsToRead = Box<dyn Iterator<Item = Result<PathBuf, InputError>>>;

/// The file at a path; of a folder, the papers in it and in the folders in it, by name. Links in it
/// that lead to folders are not followed, which could lead around.
fn files(path: PathBuf) -> PathsToRead {
    if !path.is_dir() {
        return Box::new(iter::once(Ok(path)));
    }
    let name = input::name(Some(&path));
    let entries = fs::read_dir(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return Box::new(iter::once(Err(InputError::from_io(error, &name)))),
    };
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_fit = if path.is_dir() {
            !path.is_symlink()
        } else {
            reader::is_paper(&name)
        };
        !name.starts_with('.') && is_fit
    };
    let paths = entries.into_iter().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = paths.filter(is_wanted).collect();
    paths.sort();
    Box::new(paths.into_iter().flat_map(files))
}
