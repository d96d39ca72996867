//! The footer: where the reader is, and the keys that matter now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::page::progress;
use crate::layout::ruler;
use crate::reader::action::Tone;
use crate::reader::keymap;
use crate::reader::state::State;
use crate::reader::theme;

/// Columns between what is said on the left and the keys on the right.
const GAP: usize = 2;

pub(super) fn draw(state: &State, buffer: &mut Buffer) {
    let area = state.geometry().footer;
    if area.is_empty() {
        return;
    }
    let area = Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(2),
        ..area
    };
    let said = said(state);
    let room = usize::from(area.width);
    let keys = keys(state, room.saturating_sub(said.width() + GAP));
    let keys_columns = u16::try_from(keys.width())
        .unwrap_or(area.width)
        .min(area.width);
    let keys_area = Rect {
        x: area.right() - keys_columns,
        width: keys_columns,
        ..area
    };
    said.render(area, buffer);
    keys.render(keys_area, buffer);
}

/// A notice if there is one, else where the reader is.
fn said(state: &State) -> Line<'_> {
    if let Some(notice) = state.notice() {
        let style = match notice.tone {
            Tone::Plain => Style::new(),
            Tone::Warning => theme::warning(),
        };
        return Line::styled(notice.text.as_str(), style);
    }
    let mut line = Line::default();
    if let Some(count) = state.count() {
        line.push_span(Span::styled(format!("{count} "), theme::title()));
    }
    line.push_span(Span::raw(place(state)));
    line
}

/// Section, share of the body that is read, and minutes left.
fn place(state: &State) -> String {
    let section = state.section().and_then(|id| state.paper.section(id));
    let at_end = progress(state, state.view.position_below());
    let percent = format!("{:.0} %", (at_end * 100.0).floor());
    let minutes = (f64::from(state.paper.minutes) * (1.0 - at_end)).ceil();
    let left = if minutes < 1.0 {
        String::new()
    } else {
        format!(" · {minutes:.0} min left")
    };
    match section {
        Some(section) => {
            let columns = state.size().width / 3;
            format!(
                "{} · {percent}{left}",
                ruler::shorten(section.name(), columns)
            )
        }
        None => format!("{percent}{left}"),
    }
}

/// As many of the context's hints as fit; those that leave stand last and are kept longest.
fn keys(state: &State, columns: usize) -> Line<'static> {
    let mut hints: Vec<_> = keymap::bindings(state.context())
        .filter(|binding| !binding.hint.is_empty())
        .collect();
    loop {
        let mut line = Line::default();
        for (index, binding) in hints.iter().enumerate() {
            let gap = if index == 0 { "" } else { "  " };
            line.push_span(Span::styled(
                format!("{gap}{}", binding.first_key()),
                theme::key(),
            ));
            line.push_span(Span::styled(format!(" {}", binding.hint), theme::dim()));
        }
        if line.width() <= columns || hints.is_empty() {
            return line;
        }
        hints.remove(0);
    }
}
