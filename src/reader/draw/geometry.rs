//! Where everything stands on a screen of a given size: a pure function, so that drawing and
//! scrolling cannot disagree.

mod columns;

use ratatui::layout::{Rect, Size};

use self::columns::{DeskColumns, SPREAD_LINE};
use crate::reader::open::view::ColumnRows;
use crate::reader::settings::{Placement, Settings};

/// From how many columns on the outline stands beside the text.
const COLUMNS_FOR_OUTLINE: u16 = 100;
/// From how many columns on there is a scrollbar.
const COLUMNS_FOR_SCROLLBAR: u16 = 30;
/// From how many rows on there are a head and a footer.
const ROWS_FOR_HEAD: u16 = 8;
const ROWS_FOR_FOOTER: u16 = 3;
/// From how many rows of text on notes can stand at its foot.
const ROWS_FOR_FOOT: u16 = 9;
/// From how many rows on there is room for what the guided tour says, and how many it takes, its
/// rule included.
const ROWS_FOR_TOUR: u16 = 12;
const TOUR_ROWS: u16 = 4;
/// The widest that a box over the text is, frame included, in columns.
pub(crate) const WIDEST_BOX: u16 = 78;
/// Columns for the bar beside the current paragraph, and the space after it.
pub(crate) const GUTTER: u16 = 2;
/// The parts of the screen. A part that there is no room for is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Geometry {
    pub(crate) screen: Rect,
    /// The section's title.
    pub(crate) head: Rect,
    pub(crate) outline: Rect,
    /// All of the room for the text, from the outline to the scrollbar.
    pub(crate) desk: Rect,
    /// The text's own column, with the foot of the page; the left one of a spread.
    pub(crate) text: Rect,
    /// The right column of a spread, in which the text goes on; empty where there is but one.
    pub(crate) facing: Rect,
    /// The text with the room to its right, for code and tables; as wide as the text where notes or
    /// a column stand there.
    pub(crate) wide_text: Rect,
    /// The notes beside the text; left of the left column of a spread.
    pub(crate) margin: Rect,
    /// The notes beside the right column of a spread.
    pub(crate) facing_margin: Rect,
    /// How many rows of the text's column the foot of the page may take, its line included.
    pub(crate) foot_rows: u16,
    pub(crate) scrollbar: Rect,
    /// What the guided tour says, above the footer.
    pub(crate) tour: Rect,
    pub(crate) footer: Rect,
}

impl Geometry {
    /// Parts a screen.
    pub(crate) fn new(
        size: Size,
        settings: &Settings,
        has_outline: bool,
        has_notes: bool,
        has_tour: bool,
    ) -> Self {
        let screen = Rect::new(0, 0, size.width, size.height);
        let head_rows = u16::from(size.height >= ROWS_FOR_HEAD);
        let footer_rows = u16::from(size.height >= ROWS_FOR_FOOTER);
        let tour_rows = if has_tour && size.height >= ROWS_FOR_TOUR {
            TOUR_ROWS
        } else {
            0
        };
        let body = Rect {
            y: head_rows,
            height: size.height - head_rows - footer_rows - tour_rows,
            ..screen
        };
        let wants_outline = has_outline && settings.outline_pane;
        let outline_columns = if wants_outline && size.width >= COLUMNS_FOR_OUTLINE {
            (size.width / 5).clamp(24, 34)
        } else {
            0
        };
        let bar_columns = u16::from(size.width >= COLUMNS_FOR_SCROLLBAR);
        let desk = Rect {
            x: outline_columns,
            width: size.width - outline_columns - bar_columns,
            ..body
        };
        let columns = DeskColumns::new(desk, settings, has_notes);
        let (text, facing, margin) = (columns.text, columns.facing, columns.margin);
        let is_alone = facing.is_empty() && margin.is_empty();
        let wide_text = Rect {
            width: if is_alone {
                desk.right().saturating_sub(text.x + 1).max(text.width)
            } else {
                text.width
            },
            ..text
        };
        // Where two columns leave no room beside them, notes stand below each.
        let wants_foot = match settings.placement {
            Placement::Foot => has_notes,
            Placement::Margin => has_notes && !facing.is_empty() && margin.is_empty(),
            Placement::Auto | Placement::Popup => false,
        };
        Geometry {
            screen,
            head: Rect {
                x: desk.x,
                width: desk.width,
                height: head_rows,
                ..screen
            },
            outline: Rect {
                width: outline_columns,
                y: 0,
                height: body.bottom(),
                ..screen
            },
            desk,
            text,
            facing,
            wide_text,
            margin,
            facing_margin: columns.facing_margin,
            foot_rows: if wants_foot && body.height >= ROWS_FOR_FOOT {
                body.height / 3
            } else {
                0
            },
            scrollbar: Rect {
                x: desk.right(),
                width: bar_columns,
                ..body
            },
            tour: Rect {
                y: body.bottom(),
                height: tour_rows,
                ..screen
            },
            footer: Rect {
                y: body.bottom() + tour_rows,
                height: footer_rows,
                ..screen
            },
        }
    }

    /// Whether the text is shown in two columns, as the pages of an open book.
    pub(crate) fn is_spread(&self) -> bool {
        !self.facing.is_empty()
    }

    /// The columns of the text, in reading order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Rect> {
        let facing = Some(self.facing).filter(|_| self.is_spread());
        std::iter::once(self.text).chain(facing)
    }

    /// Where the notes of each column of the text stand that are beside it.
    pub(crate) fn margins(&self) -> [Rect; 2] {
        [self.margin, self.facing_margin]
    }

    /// How many rows each column of the text has, if the foot of each takes so many of them.
    pub(crate) fn column_rows(&self, foot_rows: u16) -> ColumnRows {
        let rows = |column: Rect| usize::from(column.height.saturating_sub(foot_rows));
        ColumnRows {
            first: rows(self.text),
            second: rows(self.facing),
        }
    }

    /// Where the rows of the page stand, so many of them in the first column.
    pub(crate) fn rows_of_page(&self, in_first: usize) -> impl Iterator<Item = Rect> {
        self.text.rows().take(in_first).chain(self.facing.rows())
    }

    /// Where the line stands that parts the columns of a spread.
    pub(crate) fn line_between(&self) -> Option<Rect> {
        self.is_spread().then(|| Rect {
            x: self.text.right() + SPREAD_LINE,
            width: 1,
            ..self.text
        })
    }

    /// The columns of the text and what lies between them.
    pub(crate) fn whole_text(&self) -> Rect {
        self.columns().fold(self.text, Rect::union)
    }

    /// How wide the notes are that are shown unasked.
    pub(crate) fn notes_columns(&self) -> u16 {
        if self.margin.is_empty() {
            self.text.width
        } else {
            self.margin.width
        }
    }

    /// Rows inside of the highest box that the screen has room for.
    pub(crate) fn box_rows(&self) -> usize {
        usize::from(self.rows_for_boxes()).saturating_sub(2).max(1)
    }

    /// Columns inside of the help's box.
    pub(crate) fn help_columns(&self) -> u16 {
        WIDEST_BOX.min(self.desk.width).saturating_sub(4)
    }

    /// A box in the middle of the text, as large as asked or as the screen allows.
    pub(crate) fn middle(&self, columns: u16, rows: u16) -> Rect {
        let room = self.room_for_box();
        let width = columns.min(room.width);
        let height = rows.min(room.height);
        Rect {
            x: room.x + (room.width - width) / 2,
            y: room.y + (room.height - height) / 2,
            width,
            height,
        }
    }

    /// The same, above or below some rows, given by the first and the last of them, on the side
    /// with more room.
    pub(crate) fn away_from(&self, kept: Option<(u16, u16)>, columns: u16, rows: u16) -> Rect {
        let placed = self.middle(columns, rows);
        let room = self.room_for_box();
        let Some((first, last)) = kept else {
            return placed;
        };
        let above = first.saturating_sub(room.y);
        let below = room.bottom().saturating_sub(last.saturating_add(1));
        let y = if above > below {
            first.saturating_sub(placed.height)
        } else {
            last.saturating_add(1).min(room.bottom() - placed.height)
        };
        Rect { y, ..placed }
    }

    /// What of the screen a box may cover.
    fn room_for_box(&self) -> Rect {
        Rect {
            y: 0,
            height: self.rows_for_boxes(),
            ..self.desk
        }
    }

    /// All of the screen that stands above what is said at its foot.
    pub(crate) fn above_footer(&self) -> Rect {
        Rect {
            height: self.rows_for_boxes(),
            ..self.screen
        }
    }

    /// How many rows of the screen, from the top, a box may cover.
    fn rows_for_boxes(&self) -> u16 {
        self.screen.height - self.footer.height - self.tour.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(columns: u16, rows: u16, measure: u16, placement: Placement) -> Geometry {
        let settings = Settings {
            measure,
            placement,
            ..Settings::default()
        };
        Geometry::new(Size::new(columns, rows), &settings, true, true, false)
    }

    #[test]
    fn no_part_leaves_the_screen_or_covers_another() {
        for (columns, rows) in (0..200).flat_map(|columns| (0..14).map(move |rows| (columns, rows)))
        {
            for (measure, placement, has_tour, is_spread) in [
                (1, Placement::Foot, false, false),
                (20, Placement::Margin, true, false),
                (68, Placement::Auto, true, false),
                (200, Placement::Margin, false, false),
                (1, Placement::Foot, false, true),
                (68, Placement::Margin, true, true),
            ] {
                let size = Size::new(columns, rows);
                let settings = Settings {
                    measure,
                    placement,
                    is_spread,
                    ..Settings::default()
                };
                let at = Geometry::new(size, &settings, true, true, has_tour);
                let parts = [
                    at.head,
                    at.outline,
                    at.text,
                    at.facing,
                    at.line_between().unwrap_or_default(),
                    at.margin,
                    at.facing_margin,
                    at.scrollbar,
                    at.tour,
                    at.footer,
                ];
                for (index, part) in parts.iter().enumerate() {
                    assert!(
                        part.is_empty() || at.screen.union(*part) == at.screen,
                        "{at:?}"
                    );
                    assert!(
                        parts
                            .iter()
                            .skip(index + 1)
                            .all(|other| !part.intersects(*other)),
                        "{at:?}"
                    );
                }
                assert!(at.foot_rows <= at.text.height / 3);
            }
        }
    }

    #[test]
    fn the_text_is_as_wide_as_the_measure_where_there_is_room() {
        assert_eq!(parted(200, 50, 68, Placement::Popup).text.width, 68);
        assert_eq!(parted(80, 24, 68, Placement::Auto).text.width, 68);
        assert_eq!(parted(40, 15, 68, Placement::Auto).text.width, 36);
    }

    #[test]
    fn the_margin_begins_at_120_columns_beside_the_outline() {
        assert!(parted(80, 24, 68, Placement::Auto).margin.is_empty());
        let at_120 = parted(120, 40, 68, Placement::Auto);
        assert_eq!(
            (at_120.outline.width, at_120.text.width, at_120.margin.width),
            (24, 63, 26)
        );
        let at_160 = parted(160, 50, 68, Placement::Auto);
        assert_eq!(
            (at_160.outline.width, at_160.text.width, at_160.margin.width),
            (32, 68, 46)
        );
    }
}
