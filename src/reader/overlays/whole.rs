//! A table or code at its full width, scrolled sideways where the screen is narrower; and formulas
//! as they were typed.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::layout::{Layout, Line, PageForm, lay_out_page};
use crate::paper::{Block, BlockId, Kind, Style};
use crate::reader::action::{Action, ClickTarget, Direction, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, whole as drawing};
use crate::reader::keys::keymap::Context;
use crate::reader::open::quotation;

/// Columns that a key scrolls sideways.
const SIDE_STEP: u16 = 8;

/// A block whose lines are as long as they are.
#[derive(Debug)]
pub(crate) struct WholeBlock {
    pub(crate) block: BlockId,
    pub(crate) title: &'static str,
    pub(crate) layout: Layout,
    /// Columns of its longest line.
    pub(crate) columns: u16,
    /// How many lines at the top stay where they are: the heads of a table, with the rule below.
    fixed_lines: usize,
    /// How many of the other lines are scrolled out at the top.
    line: usize,
    /// How many columns are scrolled out at the left.
    column: u16,
}

impl WholeBlock {
    /// Opens the current paragraph if it is a table or code or has formulas, else the first that is
    /// or has on the screen.
    pub(crate) fn open(app: &mut App) -> Response {
        let current = app.open.view.current_block();
        let columns = app.geometry().help_columns();
        let page = app.open.view.page();
        let on_page = page.iter().map(|row| row.row.block);
        let paper = app.open.document.paper();
        let found = std::iter::once(current).chain(on_page).find_map(|id| {
            let block = paper.block(id)?;
            Some(WholeBlock::new(id, block, title_of(block)?, columns))
        });
        match found {
            Some(whole) => Response::open(whole),
            None => {
                app.notify(Notice::plain("no table, code or formula on this screen"));
                Response::Consumed
            }
        }
    }

    /// Code and tables are as wide as they are; running text is set on lines of so many columns.
    fn new(id: BlockId, block: &Block, title: &'static str, columns: u16) -> Self {
        let bare = Block {
            nesting: Vec::new(),
            tight: true,
            ..block.clone()
        };
        let columns = match bare.kind {
            Kind::Code { .. } | Kind::Table(_) => u16::MAX,
            _ => columns,
        };
        let layout = lay_out_page(&bare, PageForm::from(columns), &[]);
        let lines = layout.lines.iter();
        WholeBlock {
            block: id,
            title,
            columns: lines.map(Line::columns).max().unwrap_or(0),
            fixed_lines: match &bare.kind {
                Kind::Table(_) => layout.lines_with_heads(),
                _ => 0,
            },
            layout,
            line: 0,
            column: 0,
        }
    }

    /// How far it is scrolled, in lines and columns, where so many columns and rows are shown: as
    /// far as the reader has scrolled, but never beyond its end.
    pub(crate) fn scrolled(&self, columns: u16, rows: u16) -> (usize, u16) {
        // What is fixed takes as many of the lines as of the rows.
        let most_lines = self.layout.lines.len().saturating_sub(rows.into());
        let most_columns = self.columns.saturating_sub(columns);
        (self.line.min(most_lines), self.column.min(most_columns))
    }

    /// How many lines at the top stay where they are, where so many rows are shown; none if they
    /// would leave no row to what is below.
    pub(crate) fn fixed(&self, rows: u16) -> usize {
        if self.fixed_lines < usize::from(rows) {
            self.fixed_lines
        } else {
            0
        }
    }

    fn scroll(&mut self, action: &Action, app: &App) {
        let inside = drawing::inside(&app.geometry(), self);
        let (line, column) = self.scrolled(inside.width, inside.height);
        (self.line, self.column) = (line, column);
        let rows = usize::from(inside.height).saturating_sub(self.fixed(inside.height));
        match action {
            Action::Move(motion) => self.line = motion.scrolled(line, rows),
            Action::Sideways(Direction::Next) => self.column = column.saturating_add(SIDE_STEP),
            Action::Sideways(Direction::Previous) => self.column = column.saturating_sub(SIDE_STEP),
            Action::SidewaysEnd(Direction::Next) => self.column = u16::MAX,
            Action::SidewaysEnd(Direction::Previous) => self.column = 0,
            _ => {}
        }
    }
}

/// What a block is called that can be shown whole, or as it was typed; none if it is shown so.
fn title_of(block: &Block) -> Option<&'static str> {
    let mut styles = block.spans.iter().map(|span| span.style);
    match &block.kind {
        Kind::Code { .. } if block.is_formula() => Some("Formula as typed"),
        Kind::Code { .. } => Some("Code"),
        Kind::Table(_) => Some("Table"),
        _ => styles
            .any(|style| style == Style::Formula)
            .then_some("Formulas as typed"),
    }
}

impl Overlay for WholeBlock {
    fn context(&self) -> Context {
        Context::Whole
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Move(_) | Action::Sideways(_) | Action::SidewaysEnd(_) => {
                self.scroll(action, app);
            }
            Action::Copy => {
                let text = quotation::of_block(app.open.document.paper(), self.block);
                app.copy(text, "the whole of it with its source");
            }
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => {}
            Action::Close | Action::Click(_) | Action::Whole => return Response::Close,
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        drawing::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        let inside = drawing::inside(&app.geometry(), self);
        match action {
            Action::Sideways(_) => self.columns > inside.width,
            Action::Move(_) => self.layout.lines.len() > usize::from(inside.height),
            _ => true,
        }
    }
}
