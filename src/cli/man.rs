//! `opcit man`: the manual page, made from the arguments and from the table of keys.

use std::io::{self, Write};

use anyhow::{Result, bail};
use clap::{Args, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::{Arguments, output};
use crate::reader::{KeyGroup, key_groups};

const LONG_ABOUT: &str = "\
Write the manual page, or that of a command.

  opcit man > ~/.local/share/man/man1/opcit.1
  opcit man notes > ~/.local/share/man/man1/opcit-notes.1
  opcit man | man -l -";

const FILES: [(&str, &str); 3] = [
    (
        "~/.config/opcit/config.toml",
        "The configuration, unless OPCIT_CONFIG or --config names another file. \
         `opcit config --print` writes it with every setting.",
    ),
    (
        "~/.local/share/opcit/",
        "Bookmarks and reading places, a file for each paper, unless OPCIT_DATA_DIR or --data-dir \
         names another folder.",
    ),
    (
        "~/.cache/opcit/",
        "The texts of papers and what they cite, for searches over all of them, unless OPCIT_CACHE_DIR names another \
         folder. What is deleted there is made anew.",
    ),
];

/// Write the manual page
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct ManArguments {
    /// The command to write it for
    command: Option<String>,
}

impl ManArguments {
    pub(super) fn run(&self) -> Result<()> {
        let mut page = Vec::new();
        let mut program = Arguments::command();
        program.build();
        match &self.command {
            None => write_program(program, &mut page)?,
            Some(name) => {
                let mut commands = program.get_subcommands().filter(|it| !it.is_hide_set());
                let Some(command) = commands.find(|command| command.get_name() == name) else {
                    bail!("there is no command “{name}”; see `opcit --help`");
                };
                let title = format!("opcit-{name}");
                Man::new(command.clone()).title(title).render(&mut page)?;
            }
        }
        output::print(|out| out.write_all(&page))?;
        Ok(())
    }
}

fn write_program(program: clap::Command, page: &mut impl Write) -> io::Result<()> {
    let man = Man::new(program);
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    man.render_subcommands_section(page)?;
    write_keys(&key_groups()).to_writer(page)?;
    let mut files = Roff::new();
    files.control("SH", ["FILES"]);
    for (name, about) in FILES {
        files.control("TP", []);
        files.text([bold(name)]);
        files.text([roman(about)]);
    }
    files.to_writer(page)?;
    man.render_extra_section(page)?;
    man.render_version_section(page)
}

fn write_keys(groups: &[KeyGroup]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for group in groups {
        roff.control("SS", [group.title.as_str()]);
        for (keys, about) in &group.keys {
            roff.control("TP", []);
            roff.text([bold(keys.as_str())]);
            roff.text([roman(about.as_str())]);
        }
    }
    roff
}
