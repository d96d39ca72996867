//! `opcit completions`: what a shell needs in order to have opcit complete what is typed.

use anyhow::{Context, Result};
use clap::Args;
use clap_complete::Shell;
use clap_complete::env::Shells;

use super::{completing, output};

const LONG_ABOUT: &str = "\
Write a script by which a shell completes commands, options and papers, the
sections and notes of a paper, and titles of papers that you have read.

  bash  opcit completions bash > ~/.local/share/bash-completion/completions/opcit
  zsh   opcit completions zsh > ~/.zfunc/_opcit, with ~/.zfunc in fpath
  fish  opcit completions fish > ~/.config/fish/completions/opcit.fish";

/// Zsh runs a file of `fpath` when the word is completed for the first time: what the file defines has
/// to answer at once, too.
const AT_ONCE_IN_ZSH: &str = "\
if [[ ${funcstack[1]} == _opcit ]]; then
    _clap_dynamic_completer_opcit \"$@\"
fi
";

/// Write a script that completes commands, options, papers and their parts in a shell
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct CompletionsArguments {
    shell: Shell,
}

impl CompletionsArguments {
    pub(super) fn run(&self) -> Result<()> {
        let name = self.shell.to_string();
        let shells = Shells::builtins();
        let shell = shells.completer(&name);
        let shell = shell.with_context(|| format!("nothing is known of {name}"))?;
        let mut script = Vec::new();
        shell.write_registration(completing::VARIABLE, "opcit", "opcit", "opcit", &mut script)?;
        if self.shell == Shell::Zsh {
            script.extend(AT_ONCE_IN_ZSH.as_bytes());
        }
        output::print(|out| out.write_all(&script))?;
        Ok(())
    }
}
