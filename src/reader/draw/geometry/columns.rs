//! How the desk is parted into columns of text, one or two, and the margins beside them.

use ratatui::layout::Rect;

use super::GUTTER;
use crate::reader::settings::{Placement, Settings};

/// Columns between the text and the notes in its margin.
const MARGIN_GAP: u16 = 3;
/// How wide the margin may be, and how narrow the text beside it, in columns.
const NARROWEST_MARGIN: u16 = 26;
const WIDEST_MARGIN: u16 = 46;
const NARROWEST_TEXT: u16 = 56;
/// Columns between the two columns of a spread, from left to right: room for the frame of a note that
/// is open over the left one, the line that parts them, and the gutter of the right one with what
/// stands before that.
const SPREAD_GAP: u16 = 9;
/// How far from the left column the line stands.
pub(super) const SPREAD_LINE: u16 = 3;
/// How narrow each column of a spread may be, if the measure is not narrower.
const NARROWEST_OF_TWO: u16 = 60;
/// Columns left of a spread: its gutter, or the bar of an open note in the margin.
const LEFT_OF_SPREAD: u16 = GUTTER;
/// Columns right of it, for the frame of a note that is open over the right column.
const RIGHT_OF_SPREAD: u16 = 2;

/// The columns of the desk. Those that there is no room for are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct DeskColumns {
    pub(super) text: Rect,
    pub(super) facing: Rect,
    pub(super) margin: Rect,
    pub(super) facing_margin: Rect,
}

impl DeskColumns {
    pub(super) fn new(desk: Rect, settings: &Settings, has_notes: bool) -> Self {
        let wants_margin = matches!(settings.placement, Placement::Margin | Placement::Auto);
        let has_margin = wants_margin && has_notes;
        let measure = settings.measure;
        let spread = settings.is_spread.then(|| {
            let with_margins = has_margin.then(|| spread_with_margins(desk, measure));
            with_margins.flatten().or_else(|| spread(desk, measure))
        });
        spread
            .flatten()
            .unwrap_or_else(|| one_column(desk, measure, has_margin))
    }
}

/// The text in the middle of the desk, with room for the gutter on its left and, where there is some,
/// for the margin on its right.
fn one_column(desk: Rect, measure: u16, has_margin: bool) -> DeskColumns {
    let margin_columns = if has_margin {
        margin_columns(desk.width, measure)
    } else {
        0
    };
    let text = text_column(desk, measure, margin_columns);
    let margin = match margin_columns {
        0 => Rect::default(),
        width => Rect {
            x: text.right() + MARGIN_GAP,
            width,
            ..desk
        },
    };
    DeskColumns {
        text,
        margin,
        ..DeskColumns::default()
    }
}

/// How wide the margin is on a desk of so many columns: what the text leaves, or, if that is too
/// narrow, what a narrower text does. 0 where neither is enough.
fn margin_columns(desk: u16, measure: u16) -> u16 {
    let room = desk.saturating_sub(GUTTER + MARGIN_GAP + 1);
    let left = room.saturating_sub(measure);
    match left {
        NARROWEST_MARGIN.. => left.min(WIDEST_MARGIN),
        _ if room >= NARROWEST_TEXT.min(measure) + NARROWEST_MARGIN => NARROWEST_MARGIN,
        _ => 0,
    }
}

fn text_column(desk: Rect, measure: u16, margin_columns: u16) -> Rect {
    let has_gutter = desk.width > 2 * GUTTER;
    let gutter = if has_gutter { GUTTER } else { 0 };
    let right = u16::from(has_gutter)
        + if margin_columns > 0 {
            margin_columns + MARGIN_GAP
        } else {
            0
        };
    let width = measure.min(desk.width - gutter - right);
    let spare = desk.width - gutter - right - width;
    Rect {
        x: desk.x + gutter + spare / 2,
        width,
        ..desk
    }
}

/// Two columns in the middle of the desk. None where they would be too narrow.
fn spread(desk: Rect, measure: u16) -> Option<DeskColumns> {
    let around = LEFT_OF_SPREAD + RIGHT_OF_SPREAD;
    let room = desk.width.checked_sub(around + SPREAD_GAP)?;
    let width = measure.min(room / 2);
    if width < measure.min(NARROWEST_OF_TWO) {
        return None;
    }
    let left = desk.x + LEFT_OF_SPREAD + (room - 2 * width) / 2;
    let [text, facing] = two_columns(desk, left, width);
    Some(DeskColumns {
        text,
        facing,
        ..DeskColumns::default()
    })
}

/// The same with the notes of each column on its outer side. None where there is no room for that.
fn spread_with_margins(desk: Rect, measure: u16) -> Option<DeskColumns> {
    let around = LEFT_OF_SPREAD + GUTTER + 2 * MARGIN_GAP + RIGHT_OF_SPREAD;
    let room = desk.width.checked_sub(around + SPREAD_GAP)?;
    let beside = room.saturating_sub(2 * measure) / 2;
    let margin = beside.clamp(NARROWEST_MARGIN, WIDEST_MARGIN);
    let width = measure.min(room.checked_sub(2 * margin)? / 2);
    if width < measure.min(NARROWEST_OF_TWO) {
        return None;
    }
    let spare = room - 2 * (width + margin);
    let outer = Rect {
        x: desk.x + LEFT_OF_SPREAD + spare / 2,
        width: margin,
        ..desk
    };
    let [text, facing] = two_columns(desk, outer.right() + MARGIN_GAP + GUTTER, width);
    Some(DeskColumns {
        text,
        facing,
        margin: outer,
        facing_margin: Rect {
            x: facing.right() + MARGIN_GAP,
            ..outer
        },
    })
}

/// The columns of a spread, the first of which begins there.
fn two_columns(desk: Rect, left: u16, width: u16) -> [Rect; 2] {
    let text = Rect {
        x: left,
        width,
        ..desk
    };
    let facing = Rect {
        x: text.right() + SPREAD_GAP,
        ..text
    };
    [text, facing]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(columns: u16, measure: u16, placement: Placement) -> DeskColumns {
        let settings = Settings {
            measure,
            placement,
            is_spread: true,
            ..Settings::default()
        };
        DeskColumns::new(Rect::new(3, 1, columns, 40), &settings, true)
    }

    #[test]
    fn two_columns_begin_where_each_has_sixty_or_the_measure_and_are_alike() {
        for (columns, measure) in [(133, 68), (133, 160), (93, 40)] {
            let narrower = parted(columns - 1, measure, Placement::Popup);
            assert!(narrower.facing.is_empty(), "{narrower:?}");
            let at = parted(columns, measure, Placement::Popup);
            assert_eq!(at.text.width, measure.min(60));
            assert_eq!(at.text.as_size(), at.facing.as_size());
        }
        let wide = parted(300, 68, Placement::Popup);
        assert_eq!((wide.text.width, wide.facing.width), (68, 68));
        let (left, right) = (wide.text.x - 3, 303 - wide.facing.right());
        assert!(left.abs_diff(right) <= 1, "{left} {right}");
    }

    #[test]
    fn notes_stand_on_the_outer_sides_of_two_columns_where_both_have_room() {
        let narrower = parted(192, 68, Placement::Margin);
        assert!(!narrower.facing.is_empty() && narrower.margin.is_empty());
        for columns in 193..400 {
            let at = parted(columns, 68, Placement::Auto);
            let all = [at.margin, at.text, at.facing, at.facing_margin];
            assert!(all.is_sorted_by(|one, next| one.right() < next.x), "{at:?}");
            assert!((60..=68).contains(&at.text.width));
            assert!((26..=46).contains(&at.margin.width));
            assert_eq!(at.text.as_size(), at.facing.as_size());
            assert_eq!(at.margin.as_size(), at.facing_margin.as_size());
            assert!(at.margin.x >= 3 + GUTTER && at.facing_margin.right() < 3 + columns);
        }
    }
}
