//! What touches the world outside the terminal's picture: the clipboard, the browser, files that are
//! read, and the library that is listed.

mod elsewhere;
mod files;
mod foreground;
mod image;
mod library;
mod library_search;
mod picture;
mod references;
mod reload;
mod run;
mod speaker;
mod taking_in;

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;

pub(super) use files::{ReadPaper, names_in, read_paper};
pub(super) use library::{papers, papers_of};
use library_search::LibrarySearcher;
use run::RunningPrograms;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use self::speaker::Speaker;
use super::action::{Action, Effect, Notice, RereadPaper};
use super::config::Config;
use super::open::OpenDocument;
use super::own_command::CommandOutlet;
use super::pictures::DrawPicture;
use super::session::{EffectResult, Effects, Message};
use super::watching::FileWatcher;
use crate::catalogue::Catalogue;
use crate::paper::RefusedMendings;
use crate::shelf::{Library, Origin, SystemReason};
use crate::terminal::events::EventSource;
use crate::terminal::tty;

/// The most bytes that are copied: terminals refuse clipboard sequences of over 100,000 bytes,
/// and base64 makes four of three.
const MAX_COPIED_BYTES: usize = 74_994;

/// Performs effects on the reader's own desktop.
pub(super) struct Desktop {
    clipboard: Clipboard,
    /// The program that opens an address, with its arguments; the system's if empty.
    opener: Vec<String>,
    /// The program that takes what is copied; the terminal does if empty.
    copy_command: Vec<String>,
    speaker: Speaker,
    read: Arc<ReadPaper>,
    draw: Arc<DrawPicture>,
    library: Library,
    catalogue: Catalogue,
    searcher: LibrarySearcher,
    programs: RunningPrograms,
    /// None where files are not watched.
    watcher: Option<FileWatcher>,
}

impl fmt::Debug for Desktop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut desktop = f.debug_struct("Desktop");
        desktop.field("clipboard", &self.clipboard);
        desktop.finish_non_exhaustive()
    }
}

impl Desktop {
    /// A desktop where papers are read in with `read`, listed in a library, and searched in its
    /// catalogue, and pictures are drawn with `draw`.
    pub(super) fn new(
        config: &Config,
        read: Arc<ReadPaper>,
        draw: Arc<DrawPicture>,
        (library, catalogue): (Library, Catalogue),
    ) -> Self {
        Desktop {
            clipboard: Clipboard::from_environment(),
            opener: config.opener.clone(),
            copy_command: config.copy_command.clone(),
            speaker: Speaker::new(&config.speech.program),
            read,
            draw,
            searcher: LibrarySearcher::new(library.clone(), catalogue.clone()),
            programs: RunningPrograms::default(),
            catalogue,
            library,
            watcher: None,
        }
    }

    /// Has the files of papers watched that are shown from now on.
    pub(super) fn set_watcher(&mut self, watcher: Option<FileWatcher>) {
        self.watcher = watcher;
    }

    /// Has files read beside the loop, to be open behind the paper that is shown.
    pub(super) fn open_behind(
        &self,
        paths: Vec<PathBuf>,
        events: &impl EventSource<Message>,
    ) -> io::Result<()> {
        files::open_behind(&self.read, paths, events)
    }

    fn copy<O: Write>(
        &mut self,
        text: String,
        what: &str,
        output: &mut O,
        events: &impl EventSource<Message>,
    ) -> io::Result<EffectResult> {
        let command = self.copy_command.clone();
        if command.is_empty() {
            let action = self.clipboard.copy(output, &text, what)?;
            return Ok(EffectResult::Action(action));
        }
        let what = what.to_owned();
        events.spawn("copy", move || {
            let notice = copy_with(&command, &text, &what);
            Some(Message::Action(Action::Tell(notice)))
        })?;
        Ok(EffectResult::Nothing)
    }

    /// Has the paper read again, beside the loop. Returns what to tell the reader.
    fn read_again(
        &self,
        refused: RefusedMendings,
        shown: &OpenDocument,
        events: &impl EventSource<Message>,
    ) -> io::Result<Action> {
        let origin = shown.document.origin().clone();
        if !matches!(origin, Origin::File(_)) {
            let words = "only a file can be read again";
            return Ok(Action::KeepPaper(Notice::warning(words)));
        }
        let (id, read) = (shown.id, Arc::clone(&self.read));
        events.spawn("reading", move || {
            let action = match read(&origin, &refused) {
                Ok(document) => Action::TakeReading(Box::new(RereadPaper::new(document, refused))),
                Err(why) => Action::KeepPaper(Notice::warning(why)),
            };
            Some(Message::To(id, action))
        })?;
        Ok(Action::Tell(Notice::plain("reading the paper again…")))
    }

    /// Has the browser open an address, or copies it where there is none. Returns what to tell the
    /// reader.
    fn open<O: Write>(
        &mut self,
        address: String,
        output: &mut O,
        events: &impl EventSource<Message>,
    ) -> io::Result<EffectResult> {
        let opener = self.opener.clone();
        if let Some(why) = no_browser().filter(|_| opener.is_empty()) {
            let what = format!("the address ({why})");
            return self.copy(address, &what, output, events);
        }
        let notice = Notice::plain(format!("opening {address}"));
        events.spawn("browser", move || {
            open(&opener, &address).map(Message::Action)
        })?;
        Ok(EffectResult::Action(Action::Tell(notice)))
    }
}

impl<O: Write, E: EventSource<Message>> Effects<O, E> for Desktop {
    fn watch(&mut self, shown: &OpenDocument, events: &E) {
        if let (Some(watcher), Some(file)) = (&mut self.watcher, shown.file()) {
            watcher.watch(shown.id, file, events.sender());
        }
    }

    fn look_up(&mut self, shown: &OpenDocument, events: &E) -> io::Result<()> {
        elsewhere::look_up(&self.library, &self.catalogue, shown, events)
    }

    fn perform(
        &mut self,
        effect: Effect,
        shown: &OpenDocument,
        output: &mut O,
        events: &E,
    ) -> io::Result<EffectResult> {
        Ok(match effect {
            Effect::Quit => EffectResult::Quit,
            Effect::Suspend if events.suspend() => EffectResult::Nothing,
            Effect::Suspend => {
                let notice = Notice::plain("there is no shell to go back to");
                EffectResult::Action(Action::Tell(notice))
            }
            Effect::Mouse(on) => {
                tty::set_mouse(output, on)?;
                EffectResult::Nothing
            }
            Effect::AskGround => {
                tty::ask_ground(output)?;
                EffectResult::Nothing
            }
            Effect::Copy { text, what } => self.copy(text, &what, output, events)?,
            Effect::Open(address) => self.open(address, output, events)?,
            Effect::ReadAgain(refused) => {
                EffectResult::Action(self.read_again(refused, shown, events)?)
            }
            Effect::OpenPaper(request) => {
                self.searcher.stop();
                files::open(&self.read, request, events)?;
                EffectResult::Nothing
            }
            Effect::Reload { refused, is_asked } => {
                reload::read(&self.read, shown, refused, is_asked, events)?;
                EffectResult::Nothing
            }
            Effect::Run(command) if command.outlet == CommandOutlet::Terminal => {
                let name = format!("“{}”", command.name);
                let failed = foreground::run(&name, &command.words, events)?;
                failed.map_or(EffectResult::Nothing, |why| {
                    EffectResult::Action(Action::Tell(why))
                })
            }
            Effect::Run(command) => {
                self.programs.run(command, events)?;
                EffectResult::Nothing
            }
            Effect::EditFile { file, line } => foreground::edit(file, line, events)?,
            Effect::FindImage(address) => {
                image::find(address, shown, events)?;
                EffectResult::Nothing
            }
            Effect::MeasureFigures { asks_for_sixels } => {
                if asks_for_sixels {
                    tty::ask_for_sixels(output)?;
                    output.flush()?;
                }
                image::measure(shown, events)?;
                EffectResult::Nothing
            }
            Effect::DrawPicture(request) => {
                if request.asks_for_sixels {
                    tty::ask_for_sixels(output)?;
                    output.flush()?;
                }
                picture::draw(&self.draw, request, shown, events)?;
                EffectResult::Nothing
            }
            Effect::Speak(speech) => {
                self.speaker.speak(speech, &self.programs, events)?;
                EffectResult::Nothing
            }
            Effect::ListLibrary => {
                library::list(&self.library, events)?;
                EffectResult::Nothing
            }
            Effect::SearchLibrary(query) => {
                self.searcher.search(query, events)?;
                EffectResult::Nothing
            }
            Effect::StopLibrarySearch => {
                self.searcher.stop();
                EffectResult::Nothing
            }
            Effect::ListFolder(folder) => {
                files::list(folder, events)?;
                EffectResult::Nothing
            }
            Effect::WriteReferences { of, format } => {
                references::write(of, format, shown, events)?;
                EffectResult::Nothing
            }
            // Nothing is kept here, else the saver does that.
            Effect::Shelf(_) => EffectResult::Nothing,
        })
    }
}

/// Whatever opcit ends by, no program that the reader waits for outlives it, and nothing speaks on.
/// What is not shown goes on: it may be an editor.
impl Drop for Desktop {
    fn drop(&mut self) {
        self.programs.end_stopped();
        self.speaker.silence();
    }
}

/// Writes references, which touches nothing; performs nothing else, and remembers what there was to
/// perform.
impl<O, E: EventSource<Message>> Effects<O, E> for Vec<Effect> {
    fn perform(
        &mut self,
        effect: Effect,
        shown: &OpenDocument,
        _: &mut O,
        events: &E,
    ) -> io::Result<EffectResult> {
        match effect {
            Effect::WriteReferences { of, format } => {
                references::write(of, format, shown, events)?;
            }
            effect => self.push(effect),
        }
        Ok(EffectResult::Nothing)
    }
}

/// The way to the clipboard, which is the terminal's.
#[derive(Debug)]
struct Clipboard {
    /// Whether the reader is still to be told what copying needs under tmux.
    needs_tmux_hint: bool,
}

impl Clipboard {
    fn from_environment() -> Self {
        Self {
            needs_tmux_hint: env::var_os("TMUX").is_some(),
        }
    }

    /// Puts text on the clipboard through the terminal, so that it works over SSH as well; without a
    /// line end at its end, which would send off what it is pasted into. Returns what to tell the
    /// reader: whether the terminal takes it cannot be known.
    fn copy(&mut self, terminal: &mut impl Write, text: &str, what: &str) -> io::Result<Action> {
        let kept = text
            .get(..text.floor_char_boundary(MAX_COPIED_BYTES))
            .unwrap_or(text);
        let copied = kept.trim_end_matches('\n');
        execute!(terminal, CopyToClipboard::to_clipboard_from(copied))?;
        let is_cut = kept.len() < text.len();
        let part = if is_cut {
            format!("the first {} bytes of ", kept.len())
        } else {
            String::new()
        };
        // A narrow screen cuts the end off, which here is what the reader knows.
        let told = if mem::take(&mut self.needs_tmux_hint) {
            format!("sent to tmux (needs `set -g set-clipboard on`): {part}{what}")
        } else {
            format!("{part}{what} sent to the terminal’s clipboard")
        };
        Ok(Action::Tell(if is_cut {
            Notice::warning(told)
        } else {
            Notice::plain(told)
        }))
    }
}

/// Why no browser can be started: one on another machine's screen helps nobody.
fn no_browser() -> Option<&'static str> {
    if env::var_os("SSH_CONNECTION").is_some() || env::var_os("SSH_TTY").is_some() {
        return Some("over SSH");
    }
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some());
    let needs_screen = cfg!(target_os = "linux") && env::var_os("WSL_DISTRO_NAME").is_none();
    (needs_screen && !has_screen).then_some("no browser here")
}

/// Has the first of the system's openers that can do it open an address, without a shell, and
/// waits until it has, which may be as long as the browser runs. Returns what to tell the reader
/// if none can.
fn open(opener: &[String], address: &str) -> Option<Action> {
    let own = command(opener).map(|mut command| {
        command.arg(address);
        vec![command]
    });
    let is_open = own
        .unwrap_or_else(|| open::commands(address))
        .iter_mut()
        .any(|command| quiet(command).status().is_ok_and(|status| status.success()));
    (!is_open).then(|| {
        Action::Tell(Notice::warning(
            "nothing opened it; {open-link}, then {address/copy}, copies the address",
        ))
    })
}

/// A program by its name and its arguments.
fn command<Word: AsRef<OsStr>>(words: &[Word]) -> Option<Command> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments);
    Some(command)
}

/// Why a program was not run.
fn not_run(program: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no program “{program}”"),
        _ => format!("cannot run {program}: {}", SystemReason(error)),
    }
}

/// Gives the text to a program's standard input, and says what came of it.
fn copy_with(words: &[String], text: &str, what: &str) -> Notice {
    let program = words.first().map_or("", String::as_str);
    match feed(words, text.trim_end_matches('\n')) {
        Ok(status) if status.success() => Notice::plain(format!("{what} copied with {program}")),
        Ok(status) => Notice::warning(format!("not copied: {program} ended with {status}")),
        Err(error) => Notice::warning(format!("not copied: {}", not_run(program, &error))),
    }
}

fn feed(words: &[String], text: &str) -> io::Result<ExitStatus> {
    let mut command = command(words).ok_or(io::ErrorKind::NotFound)?;
    let mut child = quiet(&mut command).stdin(Stdio::piped()).spawn()?;
    // A program that does not read it all has its reasons, and an exit status.
    let written = child
        .stdin
        .take()
        .map(|mut input| input.write_all(text.as_bytes()));
    drop(written);
    child.wait()
}

/// A program that has no part in the terminal, nor in what happens to the job.
fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the reader is told when so much is copied one after the other.
    fn told(is_under_tmux: bool, texts: [&str; 2]) -> [String; 2] {
        let mut clipboard = Clipboard {
            needs_tmux_hint: is_under_tmux,
        };
        texts.map(|text| {
            let action = clipboard.copy(&mut Vec::new(), text, "the note").unwrap();
            match action {
                Action::Tell(notice) => notice.text,
                other => panic!("{other:?} says nothing"),
            }
        })
    }

    #[test]
    fn what_copying_needs_under_tmux_is_said_once() {
        let [first, second] = told(true, ["a", "b"]);
        assert_eq!(
            first,
            "sent to tmux (needs `set -g set-clipboard on`): the note"
        );
        assert_eq!(second, "the note sent to the terminal’s clipboard");
        let [first, _] = told(false, ["a", "b"]);
        assert_eq!(first, second);
    }

    /// Run as the program that takes what is copied.
    #[test]
    #[ignore = "another test runs this binary with it"]
    fn the_input_is_what_was_copied() {
        let input = io::read_to_string(io::stdin()).unwrap();
        assert_eq!(input, "two\nlines");
    }

    #[test]
    fn a_program_of_the_readers_own_takes_what_is_copied() {
        let binary = env::current_exe().unwrap();
        let binary = binary.to_str().unwrap();
        let test = "reader::effect::tests::the_input_is_what_was_copied";
        let words = [binary, test, "--exact", "--ignored"].map(str::to_owned);
        let notice = copy_with(&words, "two\nlines\n", "the note");
        let copied = format!("the note copied with {binary}");
        assert_eq!(notice, Notice::plain(copied));
        let notice = copy_with(&words, "other words", "the note");
        let why = format!("not copied: {binary} ended with");
        assert!(notice.text.starts_with(&why), "{notice:?}");
        let notice = copy_with(&["/no/such/program".to_owned()], "text", "the note");
        let why = "not copied: there is no program “/no/such/program”";
        assert_eq!(notice.text, why);
    }

    #[test]
    fn what_is_too_long_for_the_clipboard_is_said_to_be_cut() {
        let long = "x".repeat(MAX_COPIED_BYTES + 1);
        let [first, _] = told(false, [&long, "b"]);
        assert!(
            first.starts_with("the first 74994 bytes of the note sent"),
            "{first}"
        );
    }
}
