//! Drawing what lies over a line of text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::layout::Line;
use crate::reader::action::Focus;
use crate::reader::open::decorations::{Decoration, DecorationRole};
use crate::reader::open::view::SelectionEnd;
use crate::reader::theme::Theme;

/// Draws the decorations of a line over it. Gives the cells that each takes, from left to right.
pub(super) fn draw(
    theme: &Theme,
    decorations: &[Decoration],
    line: &Line,
    area: Rect,
    buffer: &mut Buffer,
) -> Vec<(DecorationRole, Rect)> {
    let is_jump_target = |it: &Decoration| it.role == DecorationRole::JumpTarget;
    let is_row_lit = decorations.iter().any(is_jump_target);
    let mut drawn = Vec::new();
    for decoration in decorations {
        let style = style(theme, decoration.role, is_row_lit);
        if is_jump_target(decoration) {
            buffer.set_style(area, style);
            continue;
        }
        for cells in cells_of(decoration, line, area) {
            buffer.set_style(cells, style);
            drawn.push((decoration.role, cells));
        }
    }
    drawn
}

/// The first cells of the match that the reader is at.
pub(super) fn cells_of_current_match(drawn: &[(DecorationRole, Rect)]) -> Option<Rect> {
    let mut drawn = drawn.iter();
    let found = drawn.find(|(role, _)| *role == DecorationRole::CurrentMatch);
    found.map(|(_, cells)| *cells)
}

/// The cell at the end of a selection that keys move, as far as it is among what was drawn.
pub(super) fn cell_of_head(drawn: &[(DecorationRole, Rect)], active: SelectionEnd) -> Option<Rect> {
    let mut selected = drawn
        .iter()
        .filter(|(role, _)| *role == DecorationRole::Selection)
        .map(|(_, cells)| *cells);
    match active {
        SelectionEnd::Start => selected.next(),
        SelectionEnd::End => selected.next_back().map(|cells| Rect {
            x: cells.right().saturating_sub(1),
            ..cells
        }),
    }
}

/// The cells of a row that show what is decorated.
fn cells_of(decoration: &Decoration, line: &Line, area: Rect) -> Vec<Rect> {
    // A marker or a link in a mention remains what it is, unless the mention is that link.
    let keeps = |part| match (decoration.role, Focus::from_part(part)) {
        (DecorationRole::Mention { is_linked, .. }, Some(Focus::Link(_))) => is_linked,
        (DecorationRole::Mention { .. }, Some(_)) => false,
        _ => true,
    };
    let runs = line.runs.iter().filter(|run| keeps(run.role.part));
    let columns = runs.filter_map(|run| run.columns_of(&decoration.bytes));
    let cells = columns.map(|columns| {
        Rect {
            x: area.x.saturating_add(columns.start),
            width: columns.end.saturating_sub(columns.start),
            ..area
        }
        .intersection(area)
    });
    cells.collect()
}

/// How what is decorated looks; in a row that a jump has lit, a match does not vanish.
pub(super) fn style(theme: &Theme, role: DecorationRole, is_row_lit: bool) -> Style {
    match role {
        DecorationRole::Code(role) => theme.code(role),
        DecorationRole::Mention { is_chosen, .. } if is_chosen => {
            theme.mention().patch(theme.lit())
        }
        DecorationRole::Mention { .. } => theme.mention(),
        DecorationRole::Highlight(look) => theme.highlight(look),
        DecorationRole::Chosen
        | DecorationRole::JumpTarget
        | DecorationRole::MoveTarget
        | DecorationRole::Selection => theme.lit(),
        DecorationRole::Source => theme.title(),
        DecorationRole::Match => theme.found(),
        DecorationRole::CurrentMatch if is_row_lit => theme.current_match_in_lit_row(),
        DecorationRole::CurrentMatch => theme.current_match(),
    }
}
