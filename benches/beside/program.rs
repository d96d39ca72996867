//! The programs that are measured beside each other.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that shows a paper.
pub(crate) struct Program {
    pub name: &'static str,
    /// The program and its arguments; the paper comes last.
    pub command: &'static [&'static str],
    /// What it reads.
    pub form: Form,
    /// The keys that go a line and a screen further.
    pub line: &'static str,
    pub screen: &'static str,
    /// The key that ends it.
    pub quit: &'static str,
}

/// What a program reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Markdown,
    /// Made of the Markdown by pandoc.
    Epub,
}

/// What the others are compared with.
pub(crate) const YARDSTICK: &str = "less";

pub(crate) static PROGRAMS: [Program; 5] = [
    Program {
        name: "opcit",
        command: &[env!("CARGO_BIN_EXE_opcit")],
        form: Form::Markdown,
        line: "j",
        screen: " ",
        quit: "q",
    },
    Program {
        name: "less",
        command: &["less"],
        form: Form::Markdown,
        line: "j",
        screen: " ",
        quit: "q",
    },
    Program {
        name: "mdmost",
        command: &["mdmost"],
        form: Form::Markdown,
        line: "j",
        screen: " ",
        quit: "q",
    },
    Program {
        name: "md-tui",
        command: &["mdt"],
        form: Form::Markdown,
        line: "j",
        screen: "f",
        quit: "q",
    },
    Program {
        name: "bookokrat",
        command: &["bookokrat"],
        form: Form::Epub,
        line: "j",
        screen: "\x06",
        quit: "q",
    },
];

impl Program {
    /// The paper in the form that the program reads.
    pub(crate) fn paper(&self, markdown: &Path) -> io::Result<PathBuf> {
        if self.form == Form::Markdown {
            return Ok(markdown.to_owned());
        }
        let epub = markdown.with_extension("epub");
        let pandoc = Command::new("pandoc")
            .arg(markdown)
            .arg("-o")
            .arg(&epub)
            .output();
        match pandoc {
            Ok(output) if output.status.success() => Ok(epub),
            Ok(_) => Err(io::Error::other("pandoc made no EPUB of it")),
            Err(_) => Err(io::Error::other("needs pandoc")),
        }
    }
}
