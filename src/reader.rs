//! The terminal program: an event becomes an action, an action changes the one state, the state
//! is drawn.

mod action;
mod app;
mod config;
mod draw;
mod effect;
mod elsewhere;
mod keys;
mod kinds;
mod library_search;
mod linear;
mod link;
mod loading;
mod offscreen;
mod open;
mod overlays;
mod own_command;
mod page;
mod papers;
mod persistence;
mod pictures;
mod session;
mod settings;
mod speech;
mod state;
mod theme;
mod tour;
mod watching;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::io;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;

use action::Action;
use effect::Desktop;
use loading::{Loaded, Loading};
use persistence::Unsaved;
use session::{Message, Savers, Session};
use state::State;
use tour::Tour;
use watching::{FileWatcher, PaperFile};

use crate::catalogue::Catalogue;
use crate::document::Document;
use crate::paper::{Parsed, RefusedMendings};
use crate::picture::Drawing;
use crate::shelf::{Library, Origin};
use crate::terminal::capabilities::TerminalCapabilities;
use crate::terminal::events::{EventSource, Events};
use crate::terminal::output::OutputBuffer;
use crate::terminal::screen::Screen;
use crate::terminal::tty::{self, TerminalGuard, WantedModes};

pub use config::{Config, ConfigProblem};
pub use keys::key::UnknownKey;
pub use keys::keymap::{KeyGroup, key_groups, keys_as_markdown};
pub use linear::{LinearPapers, read_in_lines};
pub(crate) use link::is_paper;
pub use offscreen::{Offscreen, frame};
pub use pictures::PictureSource;
pub use watching::{WATCH_COMMAND, watch_for_another};

/// What is to be opened.
#[derive(Debug, Clone)]
pub struct PapersToOpen {
    /// What is shown first.
    pub first: StartPage,
    /// The part of it that is gone to: the id of something kept, or a name that links have.
    pub part: Option<String>,
    /// Files that are opened behind it.
    pub others: Vec<PathBuf>,
    /// Whether a guided tour is shown with it, which is one of the paper that opcit carries. There
    /// is none where a paper is read in lines.
    pub has_tour: bool,
}

/// What the program shows first.
#[derive(Debug, Clone)]
pub enum StartPage {
    /// A paper.
    Paper(Origin),
    /// The list of the papers that have been read, filtered by these words if there are any.
    Library(String),
    /// The papers in a folder, to choose one of; its path, with the sign at its end that parts it from
    /// a name.
    Folder(String),
}

/// Why a paper cannot be shown. `E` is why it could not be read in.
#[derive(Debug, thiserror::Error)]
pub enum OpenError<E: std::error::Error + 'static> {
    /// The paper cannot be read in.
    #[error(transparent)]
    Load(E),
    /// The terminal cannot place text.
    #[error(
        "the terminal cannot show pages, going by its TERM; `opcit print` writes the paper as text"
    )]
    NoScreen,
    /// The terminal cannot be used.
    #[error("cannot use the terminal")]
    Terminal(#[from] io::Error),
}

/// How the program ended.
#[derive(Debug)]
pub struct ReadingOutcome {
    /// The exit code.
    pub code: u8,
    /// What could not be saved, and where it was written instead: a line each, to be said once the
    /// terminal is given back.
    pub unsaved: Vec<String>,
}

/// Reads a paper in with `load` and shows it, as `config` has it, until the reader quits. What the
/// reader keeps about it is in the library, which knows it by its text and by where it comes from.
/// A file is read in again when the reader refuses some of what was mended in it. All papers are
/// searched in the catalogue.
///
/// A page of its file, or an image, is made a picture with `draw`, the longer side of a page about so
/// many pixels.
///
/// The screen is touched only once the paper is there, or the beginning of a long one that nothing is
/// kept about, or after a third of a second, when the wait is shown and can be ended. `load` is given
/// what takes that beginning, if it is wanted.
///
/// # Errors
///
/// When the paper cannot be loaded, or there is no terminal that can place text, or it cannot be
/// written any more; it is then given back.
pub fn open<E>(
    (library, catalogue): (Library, Catalogue),
    papers: PapersToOpen,
    config: &Config,
    load: impl Fn(&Origin, &RefusedMendings, Option<&dyn Fn(Document)>) -> Result<Document, E>
    + Send
    + Sync
    + 'static,
    draw: impl Fn(&Origin, &PictureSource, u32) -> Result<Drawing, String> + Send + Sync + 'static,
) -> Result<ReadingOutcome, OpenError<E>>
where
    E: std::error::Error + Send + 'static,
{
    let capabilities = TerminalCapabilities::from_environment().ok_or(OpenError::NoScreen)?;
    let load = Arc::new(load);
    let file = match &papers.first {
        StartPage::Paper(origin) => PaperFile::from_origin(origin),
        StartPage::Library(_) | StartPage::Folder(_) => None,
    };
    let (first, page) = (Arc::clone(&load), papers.first.clone());
    // A part is gone to in the whole.
    let begins_in = papers.part.is_none().then(|| library.clone());
    let loading = Loading::start(begins_in, move |begun| match page {
        StartPage::Paper(origin) => first(&origin, &RefusedMendings::default(), begun),
        StartPage::Library(_) | StartPage::Folder(_) => {
            Ok(Document::new(Parsed::default(), Origin::Elsewhere))
        }
    });
    let early = loading
        .wait_for_a_moment()
        .transpose()
        .map_err(OpenError::Load)?;
    let mut events = Events::start()?;
    let terminal = TerminalGuard::enter(WantedModes {
        mouse: config.settings.mouse,
        ground: config.themes.follow_ground(),
    })?;
    let mut screen = Screen::new(OutputBuffer::new()?)
        .with_capabilities(capabilities)
        .with_links(link::for_terminal);
    let (document, typed) = match early {
        Some(document) => (document, Vec::new()),
        None => match loading.show(&mut events, &mut screen, config)? {
            Loaded::Paper(document, typed) => ((*document).map_err(OpenError::Load)?, typed),
            Loaded::End(code) => {
                let unsaved = Vec::new();
                return Ok(ReadingOutcome { code, unsaved });
            }
        },
    };
    let read = move |origin: &Origin, refused: &RefusedMendings| {
        load(origin, refused, None).map_err(|error| error.to_string())
    };
    let (read, draw) = (Arc::new(read), Arc::new(draw));
    let mut desktop = Desktop::new(config, read, draw, (library.clone(), catalogue));
    desktop.set_watcher(config.watches.then(FileWatcher::default));
    desktop.open_behind(papers.others, &events)?;
    let first = (papers.first, papers.part);
    let mut session = session(document, library, first, config, events, screen, desktop)?;
    session.state.app.open.set_file(file);
    if cfg!(feature = "pictures") {
        session.state.app.pictures = config.pictures.means(capabilities);
    }
    session.state.app.tour = papers.has_tour.then(Tour::default);
    session.take_later(typed);
    let (refuse, refused) = mpsc::channel();
    if session.state.app.open.is_beginning() {
        session.wait_for_whole(move || {
            let whole = loading.wait_for_whole();
            // Nobody hears it if the program is about to end.
            whole.map_err(|error| refuse.send(error)).ok()
        })?;
    }
    let code = session.run();
    let (state, savers) = session.into_parts();
    let unsaved = savers.end(|id| state.here_in(id));
    // Before anything is said, the terminal is given back.
    drop(terminal);
    // The program is about to end, and to take a long paper apart first would hold it up.
    mem::forget(state);
    match refused.try_recv() {
        Ok(error) => Err(error),
        Err(_) => Ok(ended(code, unsaved)?),
    }
}

/// A session that shows the paper, while the shelf is opened beside it.
fn session(
    document: Document,
    library: Library,
    (first, part): (StartPage, Option<String>),
    config: &Config,
    events: Events<Message>,
    screen: Screen<OutputBuffer>,
    desktop: Desktop,
) -> io::Result<Session<OutputBuffer, Events<Message>, Desktop>> {
    let mut state = State::new(Arc::new(document), tty::size());
    let tell = |action| events.sender()(Message::Action(action));
    let origin = match first {
        StartPage::Paper(origin) => origin,
        StartPage::Library(wanted) => {
            state.app.open.facts.is_blank = true;
            tell(Action::FrontPage(wanted));
            Origin::Elsewhere
        }
        StartPage::Folder(folder) => {
            state.app.open.facts.is_blank = true;
            // Who wants none of them is at the front page.
            tell(Action::FrontPage(String::new()));
            tell(Action::PapersIn(folder));
            Origin::Elsewhere
        }
    };
    state.app.configure(config);
    if let Some(ground) = tty::ground() {
        state.app.take_ground(ground);
    }
    state.app.go_to_part(part.as_deref());
    let mut session = Session::new(state, events, screen, desktop);
    let savers = Savers::new(library, config.settings, session::Beside::Thread);
    session.keep_in(savers, origin)?;
    Ok(session)
}

fn ended(code: io::Result<u8>, unsaved: Unsaved) -> io::Result<ReadingOutcome> {
    let Unsaved { lines, is_grave } = unsaved;
    match code {
        Ok(code) => Ok(ReadingOutcome {
            code: code.max(u8::from(is_grave)),
            unsaved: lines,
        }),
        Err(error) if lines.is_empty() => Err(error),
        Err(error) => Err(io::Error::other(format!("{error}\n{}", lines.join("\n")))),
    }
}
