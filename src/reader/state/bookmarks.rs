//! The list of bookmarks, and the question which paper this is.

use std::cmp::Reverse;

use super::{Overlay, State};
use crate::paper::Position;
use crate::reader::action::Notice;
use crate::reader::kept::{Bookmark, Change, Standing};
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::open::BookmarkOrder;
use crate::shelf::{BookmarkId, Candidate, Moment};

/// The most lines of a reader's note that are shown in the list.
const NOTE_LINES: usize = 2;

impl BookmarkOrder {
    fn next(self) -> Self {
        match self {
            BookmarkOrder::Place => BookmarkOrder::NewestFirst,
            BookmarkOrder::NewestFirst => BookmarkOrder::Label,
            BookmarkOrder::Label => BookmarkOrder::Place,
        }
    }

    fn words(self) -> &'static str {
        match self {
            BookmarkOrder::Place => "by place",
            BookmarkOrder::NewestFirst => "newest first",
            BookmarkOrder::Label => "by label",
        }
    }
}

impl State {
    pub(super) fn open_bookmarks(&mut self) -> Option<Change> {
        let rows = self.bookmark_rows();
        let mut list = List::new(Subject::Bookmarks, rows, 0);
        list.caption = self.bookmarks_caption();
        // The one at hand, or the next one, unless the list goes by something else.
        if self.app.open.lists.bookmark_order == BookmarkOrder::Place {
            list.select(
                self.app
                    .open
                    .kept
                    .before(Position::start_of(self.app.open.view.hand())),
            );
        }
        self.overlays.push(Overlay::List(list));
        Some(Change::Look)
    }

    /// Brings an open list of bookmarks up to date.
    pub(super) fn renew_bookmarks(&mut self) {
        if self.bookmark_list().is_none() {
            return;
        }
        let (rows, caption) = (self.bookmark_rows(), self.bookmarks_caption());
        if let Some(list) = self.bookmark_list() {
            let subject = list.subject;
            list.resort(subject, rows, |_| String::new());
            list.caption = caption;
        }
    }

    pub(super) fn lit_bookmark(&self) -> Option<&BookmarkId> {
        let list = self
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::List(list) => Some(list),
                _ => None,
            });
        match list?.goal()? {
            Goal::Bookmark(id) => Some(id),
            _ => None,
        }
    }

    /// Lights a bookmark in its list, if that is open.
    pub(super) fn light_bookmark(&mut self, id: BookmarkId) {
        if let Some(list) = self.bookmark_list() {
            list.light(&Goal::Bookmark(id));
        }
    }

    pub(super) fn sort_bookmarks(&mut self) -> Option<Change> {
        self.app.open.lists.bookmark_order = self.app.open.lists.bookmark_order.next();
        self.app.notice = Some(Notice::plain(self.app.open.lists.bookmark_order.words()));
        self.renew_bookmarks();
        None
    }

    pub(super) fn filter_bookmarks(&mut self) -> Option<Change> {
        if let Some(list) = self.bookmark_list() {
            list.is_filtering = true;
        }
        None
    }

    /// Lets letters act again in a list of bookmarks, or takes its filter away; whether there was
    /// anything of that to do.
    pub(super) fn close_filter(&mut self) -> bool {
        let Some(Overlay::List(list)) = self.overlays.last_mut() else {
            return false;
        };
        let was_filtered = !list.filter().text().is_empty();
        match list.subject == Subject::Bookmarks {
            true if list.is_filtering => list.is_filtering = false,
            true if was_filtered => list.clear_filter(),
            _ => return false,
        }
        true
    }

    /// Moves the lit bookmark to the paragraph in hand: it may be lost, or stand in a wrong place.
    pub(super) fn move_bookmark(&mut self) -> Option<Change> {
        let id = self.lit_bookmark()?.clone();
        Some(Change::Move(
            id,
            Position::start_of(self.app.open.view.hand()),
        ))
    }

    pub(super) fn ask_which_paper(&mut self, candidates: &[Candidate]) -> Option<Change> {
        let is_open = self.overlays.iter().any(
            |overlay| matches!(overlay, Overlay::List(list) if list.subject == Subject::Papers),
        );
        if is_open {
            return None;
        }
        let known = candidates.iter().map(candidate_row);
        let rows = known.chain([ListRow {
            text: "another paper, not read before".to_owned(),
            depth: 0,
            detail: String::new(),
            below: vec!["the papers above stay as they are".to_owned()],
            also: String::new(),
            goal: Goal::Paper(None),
        }]);
        let mut list = List::new(Subject::Papers, rows.collect(), 0);
        list.caption = "its bookmarks come with it; Esc: ask me later".to_owned();
        self.overlays.push(Overlay::List(list));
        None
    }

    fn bookmark_list(&mut self) -> Option<&mut List> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::List(list) if list.subject == Subject::Bookmarks => Some(list),
            _ => None,
        })
    }

    fn bookmark_rows(&self) -> Vec<ListRow> {
        let mut bookmarks: Vec<&Bookmark> = self.app.open.kept.bookmarks.iter().collect();
        match self.app.open.lists.bookmark_order {
            BookmarkOrder::Place => {}
            // Ids of later bookmarks are greater.
            BookmarkOrder::NewestFirst => bookmarks.sort_by_key(|bookmark| Reverse(&bookmark.id)),
            BookmarkOrder::Label => {
                bookmarks.sort_by_cached_key(|bookmark| bookmark.label.to_lowercase());
            }
        }
        let row = |bookmark: &Bookmark| {
            let block = bookmark
                .position
                .and_then(|at| self.app.open.paper.block(at.block));
            bookmark_row(bookmark, block.map_or("", |block| &block.text))
        };
        bookmarks.into_iter().map(row).collect()
    }

    fn bookmarks_caption(&self) -> String {
        let caption = match self.app.open.kept.bookmarks.len() {
            0 => "none yet; press b in the text to set one".to_owned(),
            1 => "1 bookmark".to_owned(),
            count => format!(
                "{count} bookmarks, {}",
                self.app.open.lists.bookmark_order.words()
            ),
        };
        let doubtful = [Standing::Moved, Standing::Unsure, Standing::Lost];
        let counted = doubtful.into_iter().filter_map(|standing| {
            let bookmarks = self.app.open.kept.bookmarks.iter();
            let count = bookmarks
                .filter(|bookmark| bookmark.standing == standing)
                .count();
            (count > 0).then(|| format!("{count} {}", standing.word()))
        });
        let parts: Vec<String> = std::iter::once(caption).chain(counted).collect();
        parts.join(" · ")
    }
}

/// A bookmark's row; it is found by all of its paragraph, too.
fn bookmark_row(bookmark: &Bookmark, paragraph: &str) -> ListRow {
    // What the reader calls it stands first; its first words need not be said twice.
    let words = format!("“{}”", bookmark.words);
    let (text, words) = match bookmark.has_own_label {
        true => (bookmark.label.clone(), Some(words)),
        false => (bookmark.words.clone(), None),
    };
    let section = match bookmark.section.as_str() {
        "" => String::new(),
        section => format!(" · § {section}"),
    };
    // What is not as it was is said at the row's end, and what that means under it.
    let (exact, detail, meaning) = match bookmark.standing {
        Standing::Exact => (" · exact", "", None),
        standing => ("", standing.word(), Some(standing.meaning().to_owned())),
    };
    let place = format!("{}{exact}{section}", bookmark.day);
    let below = words.into_iter().chain([place]).chain(meaning);
    ListRow {
        text,
        depth: 0,
        detail: detail.to_owned(),
        below: below.chain(note_lines(&bookmark.note)).collect(),
        // Of a long note not all is shown.
        also: format!("{} {paragraph}", bookmark.note),
        goal: Goal::Bookmark(bookmark.id.clone()),
    }
}

/// The first lines of the reader's own note, with a sign where it goes on.
fn note_lines(note: &str) -> Vec<String> {
    let mut lines = note.lines().filter(|line| !line.trim().is_empty());
    let mut shown: Vec<String> = lines
        .by_ref()
        .take(NOTE_LINES)
        .map(|line| format!("✎ {line}"))
        .collect();
    if let Some(last) = shown.last_mut().filter(|_| lines.next().is_some()) {
        last.push_str(" …");
    }
    shown
}

fn candidate_row(candidate: &Candidate) -> ListRow {
    let day = candidate.last_read.map(Moment::day);
    let path = candidate.paths.first().map(|path| path.to_string_lossy());
    let path = crate::paper::clean(path.as_deref().unwrap_or_default()).into_owned();
    ListRow {
        text: match candidate.title.as_str() {
            "" => "a paper without a title".to_owned(),
            title => title.to_owned(),
        },
        depth: 0,
        detail: day.unwrap_or_default(),
        below: Some(path)
            .filter(|path| !path.is_empty())
            .into_iter()
            .collect(),
        also: String::new(),
        goal: Goal::Paper(Some(candidate.clone())),
    }
}
