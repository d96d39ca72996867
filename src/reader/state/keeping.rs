//! Bookmarks and marks on the page, and what the shelf has to say of them.

use std::time::Instant;

use super::{Overlay, State};
use crate::paper::Position;
use crate::reader::action::{Direction, Effect, Notice};
use crate::reader::kept::{Change, Keeping, News, Purpose, Remembered, Standing, Where};
use crate::reader::settings::Settings;
use crate::shelf::{BookmarkId, Letter};

/// What stands beside a bookmarked paragraph, in the outline and on the scrollbar.
pub(crate) const SIGN: &str = "◆";

impl State {
    pub(super) fn keep(
        &mut self,
        keeping: Keeping,
        count: Option<u32>,
        now: Instant,
    ) -> Option<Effect> {
        let change = match keeping {
            Keeping::Toggle => Some(Change::Toggle(Position::start_of(
                self.app.open.view.hand(),
            ))),
            Keeping::List => self.open_bookmarks(),
            Keeping::Step(direction) => self.step_bookmark(direction, count, now),
            Keeping::Replay(way) => Some(Change::Replay(way)),
            Keeping::Ask(purpose) => self.ask_for_letter(purpose),
            Keeping::Letter(letter) => self.take_letter(letter, now),
            Keeping::Rename => self.open_label(),
            Keeping::Annotate => self.open_annotation(),
            Keeping::Remove => self.lit_bookmark().cloned().map(Change::Remove),
            Keeping::Move => self.move_bookmark(),
            Keeping::Sort => self.sort_bookmarks(),
            Keeping::Filter => self.filter_bookmarks(),
            Keeping::NewLine => self.break_line(),
            Keeping::Enter => self.take_entry(),
            Keeping::Which(candidates) => self.ask_which_paper(&candidates),
            Keeping::Opened(remembered) => self.come_back(*remembered),
            Keeping::Changed(news) => self.take_news(*news),
        };
        change.map(Effect::Keep)
    }

    /// Where the reader is, and how the paper is shown, to be kept for the next opening.
    pub(crate) fn here(&self) -> Where {
        Where {
            position: self.app.open.view.anchor(),
            read: self.app.open.furthest(),
            settings: self.app.settings.to_keep(),
        }
    }

    pub(super) fn go_to_bookmark(&mut self, id: &BookmarkId, now: Instant) {
        let Some(bookmark) = self.app.open.kept.get(id) else {
            return;
        };
        match bookmark.position {
            Some(position) => {
                let is_unsure = bookmark.standing == Standing::Unsure;
                self.jump(position, now);
                if is_unsure {
                    let words = "only the likeliest place; m in the list (B) moves it";
                    self.app.notice = Some(Notice::warning(words));
                }
            }
            None => {
                let words = "its text is no longer in the paper; m in the list (B) puts it here";
                self.app.notice = Some(Notice::warning(words));
            }
        }
    }

    fn take_news(&mut self, news: News) -> Option<Change> {
        self.app.open.kept = news.kept;
        self.renew_bookmarks();
        if let Some(bookmark) = news.changed {
            self.light_bookmark(bookmark);
        }
        if news.notice.is_some() {
            self.app.notice = news.notice;
        }
        None
    }

    /// Brings back the place, unless the reader has gone elsewhere meanwhile, and the width.
    fn come_back(&mut self, remembered: Remembered) -> Option<Change> {
        self.app.open.kept = remembered.kept;
        self.renew_bookmarks();
        if self.app.settings.to_keep() == Settings::default().to_keep() {
            let kept = Settings::of(&remembered.settings);
            self.app.settings.measure = kept.measure;
            self.app.settings.placement = kept.placement;
            self.app.fit();
        }
        let is_untouched = self.app.open.view.is_as_opened() && self.overlays.is_empty();
        if let Some((position, is_known)) = remembered.place
            && is_untouched
            && position != Position::default()
        {
            self.app.open.view.come_back_to(position);
            self.app.fit();
            self.app.notice = Some(Notice::plain(self.welcome(is_known)));
        }
        None
    }

    /// Where the reader is back at.
    fn welcome(&self, is_known: bool) -> String {
        let percent = (self.app.open.progress(self.app.open.view.position_below()) * 100.0).floor();
        let about = if is_known { "" } else { "about " };
        let section = self
            .app
            .open
            .section()
            .and_then(|id| self.app.open.paper.section(id));
        match section.filter(|section| !section.title.is_empty()) {
            Some(section) => format!(
                "back at {about}{percent:.0}% · g for the beginning · § {}",
                section.name()
            ),
            None => format!("back at {about}{percent:.0}% · g for the beginning"),
        }
    }

    fn step_bookmark(
        &mut self,
        direction: Direction,
        count: Option<u32>,
        now: Instant,
    ) -> Option<Change> {
        let times = count.map_or(1, |count| count as usize);
        let from = self.app.open.view.hand();
        match self.app.open.kept.step(from, direction, times) {
            Some(bookmark) => {
                let (position, label) = (bookmark.position, bookmark.label.clone());
                let notice = match bookmark.standing {
                    Standing::Unsure => Notice::warning(format!("{SIGN} unsure: {label}")),
                    _ => Notice::plain(format!("{SIGN} {label}")),
                };
                if let Some(position) = position {
                    self.jump(position, now);
                }
                self.app.notice = Some(notice);
            }
            None => {
                let words = match (self.app.open.kept.standing(), direction) {
                    ([], _) => "no bookmarks in this paper yet; b sets one",
                    (_, Direction::Next) => "no bookmark after this one",
                    (_, Direction::Previous) => "no bookmark before this one",
                };
                self.app.notice = Some(Notice::plain(words));
            }
        }
        None
    }

    fn ask_for_letter(&mut self, purpose: Purpose) -> Option<Change> {
        self.overlays.push(Overlay::Letter(purpose));
        None
    }

    fn take_letter(&mut self, letter: char, now: Instant) -> Option<Change> {
        let Some(Overlay::Letter(purpose)) = self.overlays.last() else {
            return None;
        };
        let purpose = *purpose;
        self.overlays.pop();
        match (purpose, Letter::new(letter)) {
            (Purpose::SetMark, Some(letter)) => {
                return Some(Change::Mark(letter, self.app.open.view.hand_or_top()));
            }
            (Purpose::GoToMark, Some(letter)) => self.go_to_mark(letter, now),
            (Purpose::GoToMark, None) if letter == '\'' => self.go_to_where_jump_began(now),
            (_, None) => self.app.notice = Some(Notice::plain("marks are the letters a to z")),
        }
        None
    }

    fn go_to_mark(&mut self, letter: Letter, now: Instant) {
        match self.app.open.kept.marks.get(&letter) {
            Some(Some(position)) => self.jump(*position, now),
            Some(None) => {
                let words = format!("the text at mark {letter} is no longer in the paper");
                self.app.notice = Some(Notice::warning(words));
            }
            None => {
                let set: String = self
                    .app
                    .open
                    .kept
                    .marks
                    .keys()
                    .map(ToString::to_string)
                    .collect();
                let words = match set.as_str() {
                    "" => format!("no mark {letter}; m{letter} sets it here"),
                    set => format!("no mark {letter}; marks set: {set}"),
                };
                self.app.notice = Some(Notice::plain(words));
            }
        }
    }

    /// To where the last jump began; once more, and back again.
    fn go_to_where_jump_began(&mut self, now: Instant) {
        match self.app.open.history.last_left() {
            Some(place) => {
                self.app.open.history.leave(self.app.open.view.place());
                self.return_to(place, now);
            }
            None => self.app.notice = Some(Notice::plain("no jump yet")),
        }
    }
}
