//! The papers that are open at once: one of them is shown, the others wait as they were left.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::action::{Action, Effect, FoundPlace, Notice, OpenedPaper, PaperRequest};
use super::app::App;
use super::open::annotations::ReadingState;
use super::open::history::WayBack;
use super::open::{DocumentId, OpenDocument};
use super::settings::Settings;
use crate::paper::clean;
use crate::search::{Query, place_named};
use crate::shelf::Origin;

/// How many figures the id of something that is kept has: one that the reader has made here, and one
/// that was taken in from elsewhere.
const ID_DIGITS: [usize; 2] = [20, 16];

/// The papers that are open behind the one that is shown, the one left last at the end.
#[derive(Debug, Default)]
pub(crate) struct Parked(Vec<ParkedPaper>);

/// A paper as it was left.
#[derive(Debug)]
struct ParkedPaper {
    open: OpenDocument,
    /// How it was shown.
    settings: Settings,
    here: ReadingState,
    /// What has come for it meanwhile, to be heard when it is shown again.
    waiting: Vec<Action>,
}

impl Parked {
    /// The paper that was left last.
    pub(crate) fn last(&self) -> Option<DocumentId> {
        self.0.last().map(|parked| parked.open.id)
    }

    /// The papers, the one left last first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &OpenDocument> {
        self.0.iter().rev().map(|parked| &parked.open)
    }

    /// Where the reader was in a paper when it was left.
    pub(crate) fn here(&self, id: DocumentId) -> Option<&ReadingState> {
        let mut parked = self.0.iter();
        let parked = parked.find(|parked| parked.open.id == id)?;
        Some(&parked.here)
    }

    /// Has an action wait until its paper is shown again.
    pub(crate) fn wait(&mut self, id: DocumentId, action: Action) {
        let mut parked = self.0.iter_mut();
        if let Some(parked) = parked.find(|parked| parked.open.id == id) {
            // Of two readings of the text the later one counts, and so it is with its changes.
            if matches!(action, Action::TakeReading(_) | Action::FileChanged) {
                let kind = std::mem::discriminant(&action);
                let is_other = |it: &Action| std::mem::discriminant(it) != kind;
                parked.waiting.retain(is_other);
            }
            parked.waiting.push(action);
        }
    }

    /// Takes note that more is known of what papers cite.
    fn outdate_elsewhere(&mut self) {
        for parked in &mut self.0 {
            parked.open.facts.elsewhere.outdate();
        }
    }

    fn take(&mut self, id: DocumentId) -> Option<ParkedPaper> {
        let index = self.0.iter().position(|parked| parked.open.id == id)?;
        Some(self.0.remove(index))
    }
}

impl OpenedPaper {
    /// Whether it is the paper that is open as one from there, with its file, without links in its
    /// path.
    pub(crate) fn is_that_of(&self, origin: &Origin, file: Option<&Path>) -> bool {
        match origin {
            Origin::Embedded => *self.document.origin() == Origin::Embedded,
            Origin::Elsewhere => false,
            Origin::File(_) => {
                let both = file.zip(self.file.as_ref());
                both.is_some_and(|(file, own)| *file == own.path)
            }
        }
    }
}

impl App {
    /// Where the reader is in one of the open papers.
    pub(crate) fn here_in(&self, id: DocumentId) -> ReadingState {
        match self.parked.here(id) {
            Some(here) => here.clone(),
            None => self.here(),
        }
    }

    /// Takes note that more of what papers cite is in the catalogue: whether they cite the sources of
    /// those that are open is looked up again, when they are shown.
    pub(crate) fn take_note_of_sources(&mut self) {
        self.open.facts.elsewhere.outdate();
        self.parked.outdate_elsewhere();
    }

    /// What has come for the shown paper while it was not shown.
    pub(crate) fn take_waiting(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.waiting)
    }

    /// Shows the paper that was shown before this one.
    pub(crate) fn show_paper_before(&mut self) {
        match self.parked.last() {
            Some(id) => self.show_paper(id),
            None => self.notify(Notice::plain(
                "no other paper is open; {go-to}e FILE opens one",
            )),
        }
    }

    /// Shows another one of the open papers as it was left. This one is left as it is.
    pub(crate) fn show_paper(&mut self, id: DocumentId) {
        let Some(paper) = self.parked.take(id) else {
            return;
        };
        self.park_for(paper.open);
        self.settings = self.settings.with_paper_of(paper.settings);
        self.waiting = paper.waiting;
        self.fit();
        self.name_paper();
    }

    /// Shows a paper in place of this one, which is left as it is.
    fn park_for(&mut self, open: OpenDocument) {
        let here = self.here();
        let parked = ParkedPaper {
            open: std::mem::replace(&mut self.open, open),
            settings: self.settings,
            here,
            waiting: std::mem::take(&mut self.waiting),
        };
        self.parked.0.push(parked);
    }

    /// Says which paper is shown now.
    fn name_paper(&mut self) {
        let count = self.parked.0.len() + 1;
        if count == 1 {
            return;
        }
        let title = self.open.name();
        self.notify(Notice::plain(format!(
            "{title} · {count} papers open · {{paper-before}} the one before"
        )));
    }

    /// Opens a paper from a file, or shows it if it is open. The file is read beside the loop.
    pub(crate) fn open_paper(&mut self, request: PaperRequest) {
        let is_it = |open: &OpenDocument| match (open.document.origin(), &request.origin) {
            (Origin::File(own), Origin::File(wanted)) => plain_path(own) == plain_path(wanted),
            (Origin::Embedded, Origin::Embedded) => true,
            _ => false,
        };
        let wanted = (request.part.as_deref(), request.found.as_ref());
        if is_it(&self.open) {
            return self.go_to_wanted(wanted);
        }
        let known = self.parked.iter().find(|open| is_it(open));
        if let Some(id) = known.map(|open| open.id) {
            return self.follow_to(id, wanted);
        }
        let path = request.path().unwrap_or(Path::new("the paper"));
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = clean(&name.to_string_lossy()).into_owned();
        self.notify(Notice::plain(format!("opening {name}…")));
        self.request(Effect::OpenPaper(request));
    }

    /// Takes a paper that was read. Shown or not, it is open from now on.
    pub(crate) fn take_paper(&mut self, paper: &OpenedPaper) {
        let is_it = |open: &OpenDocument| {
            let file = open.file().map(|file| file.path.as_path());
            paper.is_that_of(open.document.origin(), file)
        };
        let wanted = (paper.part.as_deref(), paper.found.as_ref());
        if is_it(&self.open) {
            return self.go_to_wanted(wanted);
        }
        let known = self.parked.iter().find(|open| is_it(open)).map(|it| it.id);
        let id = known.unwrap_or_else(|| self.take_in(paper));
        if paper.is_shown {
            self.follow_to(id, wanted);
        }
    }

    /// Opens a paper behind those that are open.
    fn take_in(&mut self, paper: &OpenedPaper) -> DocumentId {
        let id = self.next_id();
        let mut open = OpenDocument::new(Arc::clone(&paper.document)).with_id(id);
        open.set_file(paper.file.clone());
        let parked = ParkedPaper {
            settings: self.settings.with_paper_of(self.default_settings),
            here: ReadingState::default(),
            waiting: Vec::new(),
            open,
        };
        // Those that were named together come one after the other.
        self.parked.0.insert(0, parked);
        id
    }

    /// The number of the next paper that is opened.
    fn next_id(&self) -> DocumentId {
        let all = self.parked.0.iter().map(|parked| parked.open.id);
        all.fold(self.open.id, DocumentId::max).next()
    }

    /// Shows a paper that a link or a list leads to; back leads back to this one.
    fn follow_to(&mut self, id: DocumentId, wanted: (Option<&str>, Option<&FoundPlace>)) {
        let (from, was_blank) = (self.open.id, self.open.facts.is_blank);
        self.show_paper(id);
        if was_blank {
            // Nobody has been there.
            self.parked.take(from);
            self.notice = None;
        } else {
            self.open.trail.history.come_from(from);
        }
        self.go_to_wanted(wanted);
    }

    /// Goes to a part of the paper, or to where something was found, which is searched for again.
    fn go_to_wanted(&mut self, (part, found): (Option<&str>, Option<&FoundPlace>)) {
        let Some(FoundPlace { pattern, position }) = found else {
            return self.go_to_part(part);
        };
        // It was searched for before, so it can be.
        let Ok(query) = Query::parse(&pattern.text, pattern.mode) else {
            return;
        };
        let finder = &mut self.open.finder;
        let own = self.open.shelf.annotations.own.find(query.clone());
        let at = finder.begin(query, own, *position);
        finder.keep();
        if let Some(at) = at {
            self.land(at);
        }
    }

    /// Goes to a part of the paper by the name that links have for it.
    pub(super) fn go_to_part(&mut self, part: Option<&str>) {
        let Some(part) = part.filter(|part| !part.is_empty()) else {
            return;
        };
        let kept = self.open.shelf.annotations.position_of(part);
        let named = || place_named(self.open.document.paper(), part);
        match kept.or_else(named) {
            Some(position) => self.jump(position),
            // It may be the id of something that is kept.
            None if !self.open.is_shelf_open() && is_an_id(part) => {
                self.open.shelf.wanted_part = Some(part.to_owned());
            }
            None => {
                let part = clean(part);
                let words = format!("there is no heading “{part}” in this paper");
                self.notify(Notice::warning(words));
            }
        }
    }

    /// Has the file of the paper read again, because the reader asks or because it has changed. One
    /// reading at a time is under way.
    pub(crate) fn reload(&mut self, is_asked: bool) {
        if !matches!(self.open.document.origin(), Origin::File(_)) {
            let words = "only a file can be read again";
            return self.notify(Notice::plain(words));
        }
        if self.open.rereading.reload.begin() {
            let refused = self.open.rereading.refusals.refused().clone();
            self.request(Effect::Reload { refused, is_asked });
        }
    }

    /// Says why the text stays as it is. Without a reason it is what the file has, and what was said
    /// of a file that could not be read is true no more.
    pub(crate) fn keep_text(&mut self, why: Option<Notice>) {
        let told = self.open.rereading.told.take();
        if why.is_some() || self.notice == told {
            self.notice.clone_from(&why);
        }
        self.open.rereading.told = why;
        self.end_reload();
    }

    /// Takes note that the file was read; if it has changed since, it is read again.
    pub(crate) fn end_reload(&mut self) {
        if self.open.rereading.reload.end() {
            self.waiting.push(Action::FileChanged);
        }
    }

    /// Goes back to before the last jump, also to another paper that it led from.
    pub(crate) fn go_back(&mut self) {
        let left = self.open.id;
        match self.open.go_back(self.now) {
            WayBack::Here => {}
            WayBack::Paper(id) => {
                self.show_paper(id);
                self.open.trail.history.go_on_to(left);
            }
            WayBack::None => self.notify(Notice::plain("nothing to go back to")),
        }
    }

    /// Goes forward again, also to another paper.
    pub(crate) fn go_forward(&mut self) {
        let left = self.open.id;
        match self.open.go_forward(self.now) {
            WayBack::Here => {}
            WayBack::Paper(id) => {
                self.show_paper(id);
                self.open.trail.history.return_to(left);
            }
            WayBack::None => self.notify(Notice::plain("nothing to go forward to")),
        }
    }
}

/// Whether a part is named as what the reader keeps is, so that it can be found only there.
fn is_an_id(part: &str) -> bool {
    ID_DIGITS.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A path without what changes nothing in it.
fn plain_path(path: &Path) -> PathBuf {
    let parts = path.components();
    parts.filter(|part| *part != Component::CurDir).collect()
}
