//! Programs that have the terminal until they end: an editor, or what the reader has set so.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use super::{command, not_run};
use crate::reader::action::{Action, Notice};
use crate::reader::session::{EffectResult, Message};
use crate::terminal::events::EventSource;
use crate::terminal::tty;

/// The editor that there is on every system of Unix's kind, where none is named.
const USUAL_EDITOR: &str = "vi";

/// Has the reader's editor open a file at a line, from 1, and looks afterwards whether it has changed.
///
/// # Errors
/// When the terminal cannot be taken over again.
pub(super) fn edit(
    file: PathBuf,
    line: usize,
    events: &impl EventSource<Message>,
) -> io::Result<EffectResult> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os);
    let editor = named.into_iter().find(|editor| !editor.is_empty());
    let editor = editor.unwrap_or_else(|| USUAL_EDITOR.into());
    let mut words = words_of(&editor);
    words.push(format!("+{line}").into());
    words.push(path_as_argument(file));
    let failed = run("the editor", &words, events)?;
    Ok(EffectResult::Action(
        failed.map_or(Action::FileChanged, Action::Tell),
    ))
}

/// Runs a program, and says what went wrong with it, if anything did.
///
/// # Errors
/// When the terminal cannot be taken over again.
pub(super) fn run(
    name: &str,
    words: &[OsString],
    events: &impl EventSource<Message>,
) -> io::Result<Option<Notice>> {
    let status = events.lend_terminal(|| status(words))?;
    let program = words.first().map(|word| word.to_string_lossy());
    Ok(match status {
        Ok(status) if status.success() => None,
        Ok(status) => Some(Notice::warning(format!("{name} ended with {status}"))),
        Err(error) => {
            let why = not_run(&program.unwrap_or_default(), &error);
            Some(Notice::warning(why))
        }
    })
}

/// How a program has ended that had the keyboard and the screen.
fn status(words: &[OsString]) -> io::Result<ExitStatus> {
    let mut command = command(words).ok_or(io::ErrorKind::NotFound)?;
    // What opcit reads on its own standard input may be a paper.
    command.stdin(tty::keyboard()?).status()
}

/// An editor and its arguments, as in `emacs -nw`.
fn words_of(editor: &OsString) -> Vec<OsString> {
    match editor.to_str() {
        Some(words) => words.split_whitespace().map(Into::into).collect(),
        None => vec![editor.clone()],
    }
}

/// A path that no program takes for an option.
fn path_as_argument(path: PathBuf) -> OsString {
    if path.to_string_lossy().starts_with(['-', '+']) {
        PathBuf::from(".").join(path).into()
    } else {
        path.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_have_arguments_and_a_file_a_name_like_an_option() {
        assert_eq!(words_of(&"emacs -nw".into()), ["emacs", "-nw"]);
        assert_eq!(path_as_argument("-c.md".into()), "./-c.md");
        assert_eq!(path_as_argument("/a/-c.md".into()), "/a/-c.md");
    }
}
