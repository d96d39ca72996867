//! `opcit completions`: what a shell needs in order to complete commands and options.

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::{Arguments, output};

const LONG_ABOUT: &str = "\
Write a script that completes commands and options in a shell.

  bash  opcit completions bash > ~/.local/share/bash-completion/completions/opcit
  zsh   opcit completions zsh > ~/.zfunc/_opcit, with ~/.zfunc in fpath
  fish  opcit completions fish > ~/.config/fish/completions/opcit.fish";

/// Write a script that completes commands and options in a shell
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct CompletionsArguments {
    shell: Shell,
}

impl CompletionsArguments {
    pub(super) fn run(&self) -> Result<()> {
        // What opcit only calls itself is completed for nobody.
        let program = Arguments::command();
        let commands = program.get_subcommands().filter(|it| !it.is_hide_set());
        let mut command = clap::Command::new("opcit")
            .args(program.get_arguments().cloned())
            .subcommands(commands.cloned());
        let mut script = Vec::new();
        generate(self.shell, &mut command, "opcit", &mut script);
        output::print(|out| out.write_all(&script))?;
        Ok(())
    }
}
