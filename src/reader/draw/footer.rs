//! The footer: where the reader is, and the keys that matter now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{ClickMap, search};
use crate::layout::ruler;
use crate::layout::typography::typeset;
use crate::paper::hours_to_read;
use crate::reader::action::{Action, Tone};
use crate::reader::keys::keymap::{CENTRAL, Context};
use crate::reader::overlays::Overlay;
use crate::reader::overlays::list::{List, RowTarget};
use crate::reader::state::State;
use crate::reader::theme::Theme;

/// Columns between the status on the left and the keys on the right.
const GAP_COLUMNS: usize = 2;
/// What parts a key from what the key before it does.
const HINT_GAP: &str = "  ";
/// Columns that a notice leaves to the key that leads out.
const WAY_OUT_COLUMNS: u16 = 11;
/// Columns that a section's name keeps where the whole of it finds no room: the fewest that are
/// worth showing, and the most.
const MIN_NAME_COLUMNS: u16 = 10;
const MAX_SHORT_NAME_COLUMNS: u16 = 20;

pub(super) fn draw(state: &State, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = state.geometry().footer;
    if area.is_empty() {
        return;
    }
    let hints = Hints::new(state);
    if let Some(top) = state.overlays().top()
        && top.draw_footer(
            &state.app,
            area,
            &|columns| hints.line(columns),
            buffer,
            clicks,
        )
    {
        return;
    }
    let area = search::inset(area);
    let status = status(state, &hints, area.width);
    let room = usize::from(area.width).saturating_sub(status.width() + GAP_COLUMNS);
    let keys = hints.line(room);
    let columns = u16::try_from(keys.width())
        .unwrap_or(area.width)
        .min(area.width);
    if state.notice().is_none() && question(state).is_some() {
        let columns = u16::try_from(status.width()).unwrap_or(area.width);
        clicks.put_cursor(area.x.saturating_add(columns), area.y);
    }
    status.render(area, buffer);
    keys.render(
        Rect {
            x: area.right() - columns,
            width: columns,
            ..area
        },
        buffer,
    );
}

/// What is asked in the footer, to be answered with a key.
fn question(state: &State) -> Option<&'static str> {
    state.overlays().top().and_then(Overlay::question)
}

/// A notice if there is one, else where the reader is: as much of it as leaves room for keys.
fn status<'a>(state: &'a State, hints: &Hints<'_>, columns: u16) -> Line<'a> {
    if let Some(notice) = state.notice() {
        let style = match notice.tone {
            Tone::Plain => Style::new(),
            Tone::Warning => state.app.theme.warning(),
        };
        let room = columns.saturating_sub(WAY_OUT_COLUMNS);
        let text = state.app.words_of(notice);
        return Line::styled(ruler::shorten(&text, room).into_owned(), style);
    }
    if let Some(question) = question(state) {
        return Line::styled(ruler::shorten(question, columns), state.app.theme.title());
    }
    if state.app.open.shelf.annotations.is_unsaved {
        let words = ruler::shorten("not saved", columns);
        return Line::styled(words, state.app.theme.warning());
    }
    if let Some(count) = state.count() {
        return Line::styled(count.to_string(), state.app.theme.title());
    }
    if state.app.open.finder.is_told() {
        let found = state.app.open.finder.said();
        let room = columns.saturating_sub(WAY_OUT_COLUMNS);
        return Line::styled(
            ruler::shorten(&found, room).into_owned(),
            state.app.theme.title(),
        );
    }
    let columns = usize::from(columns);
    let room = if state.overlays().is_empty() {
        let wanted = hints.fitting(CENTRAL, columns).1 + GAP_COLUMNS;
        let left = columns.saturating_sub(wanted);
        left.min(columns / 2).max(columns / 3)
    } else {
        // The keys of what is open over the text go before where the reader is.
        columns
            .saturating_sub(hints.fitting(0, columns).1 + GAP_COLUMNS)
            .min(columns / 3)
    };
    Line::raw(place(state, u16::try_from(room).unwrap_or(u16::MAX)))
}

/// Section, page where the paper has pages, share of the body that is read, and the time left; or as much
/// of it as so many columns hold, with the name cut.
fn place(state: &State, room: u16) -> String {
    let open = &state.app.open;
    let paper = open.document.paper();
    if open.facts.is_blank {
        return String::new();
    }
    let fits = |place: &String| ruler::columns(place) <= room;
    if open.is_beginning() {
        let words = ["reading the rest…", "reading…", "…"].map(str::to_owned);
        return words.into_iter().find(fits).unwrap_or_default();
    }
    let at_end = open.progress(open.view.position_below());
    let percent = format!("{:.0}%", (at_end * 100.0).floor());
    let minutes = (f64::from(paper.minutes) * (1.0 - at_end)).ceil();
    let left = match minutes {
        1.0.. => match hours_to_read(minutes) {
            Some(hours) => format!("{percent} · {hours:.0} hours left"),
            None => format!("{percent} · {minutes:.0} min left"),
        },
        _ => percent.clone(),
    };
    let page = paper.page_cited(open.view.cursor());
    let section = open.section().and_then(|id| paper.section(id));
    let section = section.filter(|section| !section.title.is_empty());
    let name = section.map(|section| typeset(section.name(), open.quotation_marks()));
    // The page is worth more than the minutes.
    let rests = match page {
        Some(page) => vec![format!("{page} · {left}"), format!("{page} · {percent}")],
        None => vec![left],
    };
    if let Some(name) = &name {
        let mut whole = rests.iter().map(|rest| format!("{name} · {rest}"));
        let short = || {
            let rest = rests.last()?;
            let columns = room.saturating_sub(ruler::columns(rest) + 3);
            let columns = columns.min(MAX_SHORT_NAME_COLUMNS);
            let is_enough = columns >= MIN_NAME_COLUMNS;
            is_enough.then(|| format!("{} · {rest}", ruler::shorten(name, columns)))
        };
        if let Some(place) = whole.find(fits).or_else(|| short().filter(fits)) {
            return place;
        }
    }
    let mut rests = rests.into_iter().chain([percent]);
    rests.find(fits).unwrap_or_default()
}

/// The keys that would do something now, as the footer names them.
struct Hints<'a> {
    theme: &'a Theme,
    all: Vec<Hint<'a>>,
}

/// A key and what it does.
#[derive(Clone, Copy)]
struct Hint<'a> {
    key: &'a str,
    does: &'static str,
    rank: u8,
    columns: usize,
}

impl<'a> Hints<'a> {
    fn new(state: &'a State) -> Self {
        let context = state.context();
        let keymap = &state.app.keymap;
        // Where letters are text, help has a key of its own.
        let anywhere = keymap.bindings(Context::Anywhere);
        let anywhere = anywhere.filter(|_| context.takes_text());
        let named = anywhere
            .chain(keymap.bindings(context))
            .filter(|binding| !binding.hint.is_empty());
        let list = state.overlays().top().and_then(Overlay::list);
        let chosen = list.and_then(List::goal).and_then(RowTarget::hint);
        let all = named.filter_map(|binding| {
            let key = binding.first_key()?;
            let does = match binding.action {
                Action::Follow if context == Context::List => chosen.unwrap_or(binding.hint),
                _ => binding.hint,
            };
            let columns = ruler::columns(key) + ruler::columns(does) + 1;
            state.can_do(&binding.action).then_some(Hint {
                key,
                does,
                rank: binding.rank,
                columns: columns.into(),
            })
        });
        Hints {
            theme: &state.app.theme,
            all: all.collect(),
        }
    }

    /// As many as fit of those that have at least this rank, and how many columns they take; the
    /// way out comes last and is kept longest.
    fn fitting(&self, rank: u8, columns: usize) -> (Vec<Hint<'a>>, usize) {
        let ranked = self.all.iter().filter(|hint| hint.rank >= rank);
        let mut hints: Vec<Hint<'_>> = ranked.copied().collect();
        loop {
            let gaps = hints.len().saturating_sub(1) * HINT_GAP.len();
            let taken = hints.iter().map(|hint| hint.columns).sum::<usize>() + gaps;
            if taken <= columns {
                return (hints, taken);
            }
            let least = hints.iter().enumerate().min_by_key(|(_, hint)| hint.rank);
            match least.map(|(index, _)| index) {
                Some(index) => drop(hints.remove(index)),
                None => return (hints, 0),
            }
        }
    }

    /// As many as fit, as they are shown.
    fn line(&self, columns: usize) -> Line<'static> {
        let mut line = Line::default();
        for (index, hint) in self.fitting(0, columns).0.iter().enumerate() {
            let gap = if index == 0 { "" } else { HINT_GAP };
            line.push_span(Span::styled(format!("{gap}{}", hint.key), self.theme.key()));
            line.push_span(Span::styled(format!(" {}", hint.does), self.theme.dim()));
        }
        line
    }
}
