//! How papers are read: the arguments of the command line, and the configuration.

#[cfg(feature = "pdf")]
use std::fmt;
#[cfg(feature = "pdf")]
use std::fs;
#[cfg(feature = "pdf")]
use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use encoding_rs::Encoding;

use super::own_bibliography::{BibliographyReader, GivenBibliography};
use crate::cli::completing;
use crate::formats::{Bibliography, CitationStyle, Format, ReadBeside, ReadOptions};
use crate::paper::MendingKind;
use crate::reader::Config;
#[cfg(feature = "pdf")]
use crate::shelf::SystemReason;
use crate::shelf::from_short_home;

const FROM_HELP: &str = "\
Read the paper as this format, whatever its bytes look
like";

const ENCODING_HELP: &str = "\
Read text in this encoding, such as windows-1252 or
shift_jis; else UTF-8, UTF-16 or what its letters suggest";

const AS_IS_HELP: &str = "\
Show text that a converter has left broken, or that
says of no heading that it is one, as it is, instead
of mending it";

const BIBLIOGRAPHY_HELP: &str = "\
Look citations and sources up in this bibliography of
your own, in BibTeX, BibLaTeX, CSL-JSON or CSL-YAML;
may be given several times";

#[cfg(feature = "pdf")]
const PASSWORD_FILE_HELP: &str = "\
Open a PDF with the password that is the first line of
this file; opcit takes none as an argument, where other
programs could see it";

/// A password has at most so many bytes.
#[cfg(feature = "pdf")]
const MAX_PASSWORD_BYTES: u64 = 1024;

/// How a paper is to be read, where it does not tell that itself.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ReadingArguments {
    #[arg(long, value_name = "FORMAT", global = true, help = FROM_HELP)]
    #[arg(value_parser = format_named, add = completing::formats())]
    from: Option<Format>,
    #[arg(long, value_name = "NAME", global = true, help = ENCODING_HELP)]
    #[arg(value_parser = encoding_named)]
    encoding: Option<&'static Encoding>,
    #[arg(long, global = true, help = AS_IS_HELP)]
    as_is: bool,
    #[arg(long, value_name = "FILE", global = true, help = BIBLIOGRAPHY_HELP)]
    bibliography: Vec<PathBuf>,
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "FILE", global = true, help = PASSWORD_FILE_HELP)]
    #[arg(value_parser = password_in, value_hint = clap::ValueHint::FilePath)]
    password_file: Option<Password>,
}

/// What opens a PDF; known for as long as the program runs, and shown nowhere.
#[cfg(feature = "pdf")]
#[derive(Clone, Copy)]
struct Password(&'static str);

#[cfg(feature = "pdf")]
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl ReadingArguments {
    /// How many bibliographies are named.
    pub(crate) fn bibliographies(&self) -> usize {
        self.bibliography.len()
    }

    /// The rules with what the configuration says, where the command line does not; and what could
    /// not be read of it.
    ///
    /// # Errors
    /// When a bibliography that the command line names cannot be read.
    pub(crate) fn rules(self, config: &Config) -> Result<(ReadingRules, Vec<String>), String> {
        let (given, configured) = (self.bibliography, config.bibliographies());
        let mut reader = BibliographyReader::default();
        let mut problems = Vec::new();
        if given.is_empty() {
            let added = configured
                .iter()
                .map(|path| reader.add(&from_short_home(path)));
            problems.extend(added.filter_map(Result::err));
        }
        given.iter().try_for_each(|path| reader.add(path))?;
        problems.extend_from_slice(reader.conflicts());
        let is_any = !given.is_empty() || !configured.is_empty();
        let rules = ReadingRules {
            from: self.from,
            encoding: self.encoding,
            as_is: self.as_is,
            bibliography: is_any.then(|| reader.finish()),
            citations: config.citations(),
            #[cfg(feature = "pdf")]
            password_file: self.password_file,
        };
        let left_out = rules.bibliography().map(Bibliography::left_out);
        let left_out = left_out.into_iter().flatten();
        problems.extend(left_out.map(|words| format!("in your own bibliography, {words}")));
        Ok((rules, problems))
    }
}

/// How papers are read: what the command line says, else the configuration.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReadingRules {
    from: Option<Format>,
    encoding: Option<&'static Encoding>,
    as_is: bool,
    bibliography: Option<GivenBibliography>,
    citations: CitationStyle,
    #[cfg(feature = "pdf")]
    password_file: Option<Password>,
}

impl ReadingRules {
    /// The reader's own bibliography.
    pub(crate) fn bibliography(self) -> Option<&'static Bibliography> {
        self.bibliography.map(|given| given.all)
    }

    /// What opens a PDF that needs a password.
    #[cfg(feature = "pdf")]
    pub(crate) fn password(self) -> &'static str {
        self.password_file.map_or("", |password| password.0)
    }

    /// In what way papers are read, as far as their text depends on it.
    pub(super) fn how(self) -> String {
        let bibliography = self.bibliography.map(|given| given.hash);
        format!(
            "{:?} {:?} {} {:?} {bibliography:?} {}",
            self.from,
            self.encoding.map(Encoding::name),
            self.as_is,
            self.citations,
            crate::cli::version::LONG,
        )
    }

    /// How a paper is to be read that has these files beside it.
    pub(super) fn options<'a>(
        self,
        may_mend: &'a dyn Fn(MendingKind, u32) -> bool,
        beside: &'a ReadBeside<'a>,
    ) -> ReadOptions<'a> {
        ReadOptions {
            beside,
            from: self.from,
            encoding: self.encoding,
            #[cfg(feature = "pdf")]
            read_pdf: &crate::cli::pdf::read,
            #[cfg(feature = "pdf")]
            password: self.password(),
            mends: !self.as_is,
            may_mend,
            bibliography: self.bibliography(),
            citations: self.citations,
            ..ReadOptions::default()
        }
    }
}

/// The password in the first line of a file.
#[cfg(feature = "pdf")]
fn password_in(path: &str) -> Result<Password, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| SystemReason(&error).to_string())?;
    let read = file.take(MAX_PASSWORD_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| SystemReason(&error).to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Password(line.to_owned().leak())),
        _ => Err("its first line is empty".to_owned()),
    }
}

fn format_named(name: &str) -> Result<Format, String> {
    let mut all = Format::ALL.into_iter();
    let found = all.find(|format| format.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        format!("the formats are {}", names.join(", "))
    })
}

fn encoding_named(name: &str) -> Result<&'static Encoding, String> {
    let found = Encoding::for_label(name.as_bytes());
    found.ok_or_else(|| "no encoding has this name, among those that browsers know".to_owned())
}
