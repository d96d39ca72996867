//! What the screen shows, and the fewest bytes that make it show the next frame.
//!
//! Every frame is painted whole into a buffer and compared with the one before. Where lines have
//! merely moved up or down, the terminal is told to scroll them, so that a line of text further
//! costs a line of text and not a page.

mod adapt;
mod encoder;
mod pictures;
mod row;
mod scroll;

use std::io::{self, Write};
use std::mem;
use std::ops::Range;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};

use self::encoder::{AnsiEncoder, EncodedLink};
pub(crate) use self::pictures::ScreenPicture;
use self::pictures::ShownPictures;
use self::row::{RowPrint, RowPrinter, is_same};
use self::scroll::ScrollRegion;
use super::capabilities::TerminalCapabilities;
use super::tty;

/// The most unchanged cells that are sent again between two changed ones: moving the cursor on
/// takes about as many bytes.
const MAX_BRIDGE_CELLS: u16 = 4;

/// The most bytes of addresses that a frame has; what is beyond is no link for the terminal.
const MAX_LINK_BYTES: usize = 16 * 1024;

/// The most characters of a window's title.
const MAX_TITLE_CHARS: usize = 200;

/// The terminal's own cursor, which screen readers and magnifiers follow even while it is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TerminalCursor {
    /// Its column and row.
    pub(crate) cell: Position,
    pub(crate) is_shown: bool,
}

/// Columns of a row that lead to an address when the terminal is asked to open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScreenLink<'a> {
    pub(crate) row: u16,
    pub(crate) columns: Range<u16>,
    pub(crate) address: &'a str,
}

/// What a frame has besides its cells.
#[derive(Debug, Default)]
pub(crate) struct FrameDetails<'a> {
    /// Without one, the terminal's own cursor is hidden.
    pub(crate) cursor: Option<TerminalCursor>,
    /// In any order, none over another.
    pub(crate) links: Vec<ScreenLink<'a>>,
    /// In their places no cell has a letter.
    pub(crate) pictures: Vec<ScreenPicture>,
}

impl From<Option<TerminalCursor>> for FrameDetails<'_> {
    fn from(cursor: Option<TerminalCursor>) -> Self {
        FrameDetails {
            cursor,
            ..FrameDetails::default()
        }
    }
}

/// A screen that is drawn in frames, each written to `W` in one piece.
#[derive(Debug)]
pub(crate) struct Screen<W: Write> {
    output: W,
    /// What the terminal shows, unless that is `stale`.
    shown: Buffer,
    /// The rows of `shown`.
    shown_rows: Vec<RowPrint>,
    /// The frame being painted; between two frames, the one before the last.
    next: Buffer,
    printer: RowPrinter,
    /// The bytes of the frame; kept for their room.
    bytes: Vec<u8>,
    /// Whether it is unknown what the terminal shows.
    stale: bool,
    /// Where the last frame left the cursor; none if it left it hidden wherever it was.
    cursor: Option<TerminalCursor>,
    pictures: ShownPictures,
    capabilities: TerminalCapabilities,
    /// What an address is given to the terminal as; none for what it is not to open.
    address_of: fn(&str) -> Option<String>,
    /// The title of the window; empty where it keeps its own.
    title: String,
    /// Whether the terminal has yet to be told the title.
    is_title_new: bool,
}

impl<W: Write> Screen<W> {
    /// A screen of which nothing is shown yet: the first frame clears the screen.
    pub(crate) fn new(output: W) -> Self {
        Self {
            output,
            shown: Buffer::default(),
            shown_rows: Vec::new(),
            next: Buffer::default(),
            printer: RowPrinter::default(),
            bytes: Vec::new(),
            stale: true,
            cursor: None,
            pictures: ShownPictures::default(),
            capabilities: TerminalCapabilities::default(),
            address_of: |_| None,
            title: String::new(),
            is_title_new: false,
        }
    }

    /// The same for a terminal that understands only this.
    pub(crate) fn with_capabilities(self, capabilities: TerminalCapabilities) -> Self {
        Self {
            capabilities,
            ..self
        }
    }

    /// The same, which lets a terminal of windows open links by itself: with the address that this
    /// makes of theirs, in ASCII without blanks, or not at all.
    pub(crate) fn with_links(self, address_of: fn(&str) -> Option<String>) -> Self {
        Self { address_of, ..self }
    }

    /// Where frames go, for what else is to go there, between two of them.
    pub(crate) fn output(&mut self) -> &mut W {
        &mut self.output
    }

    /// Forgets what the terminal shows, so that the next frame clears the screen and is sent
    /// whole: after a suspension, and after a resize even if the size is as before, since the
    /// terminal has cut off meanwhile what did not fit.
    pub(crate) fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Has the next frame give the window this title, where windows have one. Of a title that is too
    /// long the end is left out; what is a control character is as well.
    pub(crate) fn set_title(&mut self, title: &str) {
        if !self.capabilities.has_window {
            return;
        }
        let shown = title.chars().filter(|c| !c.is_control());
        let shown = shown.take(MAX_TITLE_CHARS);
        if !shown.clone().eq(self.title.chars()) {
            self.title = shown.collect();
            self.is_title_new = true;
        }
    }

    /// Draws with the cursor hidden.
    #[cfg(test)]
    fn draw<R>(&mut self, size: Size, paint: impl FnOnce(&mut Buffer, Rect) -> R) -> io::Result<R> {
        self.draw_with_details(size, |buffer, area| (paint(buffer, area), None))
    }

    /// Has `paint` fill an empty buffer of `size` columns and rows, place the cursor and say what is
    /// a link, and makes the terminal show it.
    ///
    /// `size` is clamped by [`tty::clamp`]. A frame that changes nothing writes nothing; any
    /// other is one write, marked as one update where the terminal knows how to hold it back until
    /// it is complete. Returns what `paint` returns.
    ///
    /// # Errors
    ///
    /// When the output cannot be written; the frame after that is sent whole.
    pub(crate) fn draw_with_details<'a, R, D: Into<FrameDetails<'a>>>(
        &mut self,
        size: Size,
        paint: impl FnOnce(&mut Buffer, Rect) -> (R, D),
    ) -> io::Result<R> {
        let area = Rect::from((Position::ORIGIN, tty::clamp(size)));
        self.prepare(area);
        let (painted, details) = paint(&mut self.next, area);
        let FrameDetails {
            cursor,
            mut links,
            mut pictures,
        } = details.into();
        pictures.retain(|picture| picture.fits(area));
        self.stale |= self.pictures.need_clearing(&pictures);
        mend_wide_graphemes(&mut self.next);
        adapt::adapt(&mut self.next, self.capabilities);
        self.bytes.clear();
        let mut next_rows = self.printer.of(&self.next);
        if !self.capabilities.has_window {
            links.clear();
        }
        for link in &links {
            if let Some(row) = next_rows.get_mut(usize::from(link.row)) {
                self.printer.add_link(row, link);
            }
        }
        self.encode(&next_rows, &links, cursor, pictures)?;
        self.send()?;
        self.cursor = cursor;
        self.shown_rows = next_rows;
        mem::swap(&mut self.shown, &mut self.next);
        Ok(painted)
    }

    /// Makes both buffers fit `area`, and the next one empty.
    fn prepare(&mut self, area: Rect) {
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.stale = true;
        }
        if self.next.area == area {
            self.next.reset();
        } else {
            self.next = Buffer::empty(area);
        }
    }

    /// Puts into `bytes` what turns the screen from `shown` into `next`, and moves the cursor.
    fn encode(
        &mut self,
        next_rows: &[RowPrint],
        links: &[ScreenLink<'_>],
        cursor: Option<TerminalCursor>,
        pictures: Vec<ScreenPicture>,
    ) -> io::Result<()> {
        if self.next.area.is_empty() {
            return Ok(());
        }
        if self.capabilities.has_synchronized_output {
            queue!(self.bytes, BeginSynchronizedUpdate)?;
        }
        let introduction = self.bytes.len();
        if self.stale {
            self.clear()?;
        } else if let Some(region) = self.scrolled(next_rows) {
            region.apply(&mut self.shown);
            let blank = self.printer.of_blank(self.next.area.width);
            region.apply_to_prints(&mut self.shown_rows, blank);
            scroll(&mut self.bytes, &region)?;
        }
        let is_changed = |(shown, next): (&RowPrint, &RowPrint)| shown != next;
        let changed: Vec<bool> = self
            .shown_rows
            .iter()
            .zip(next_rows)
            .map(is_changed)
            .collect();
        let is_whole =
            |(shown, next): (&RowPrint, &RowPrint)| shown.is_sent_whole || next.is_sent_whole;
        let whole = self.shown_rows.iter().zip(next_rows).map(is_whole);
        forget_rows_sent_whole(&mut self.shown, changed.iter().copied().zip(whole));
        let columns = self.next.area.width;
        let links = self.links_of_changed_rows(links, &changed);
        let mut encoder = AnsiEncoder::new(
            &mut self.bytes,
            columns,
            self.capabilities.can_scroll_and_erase,
        )
        .with_links(links);
        encoder.draw(&bridged(&self.shown, &self.next, &changed));
        encoder.finish();
        let has_title = !self.title.is_empty() && (self.is_title_new || self.stale);
        if has_title {
            write!(self.bytes, "\x1b]2;{}\x1b\\", self.title)?;
        }
        self.is_title_new = false;
        self.pictures
            .encode(&mut self.bytes, pictures, self.stale)?;
        let is_moved = self.bytes.len() > introduction;
        place_cursor(&mut self.bytes, self.cursor, cursor, is_moved)?;
        if self.bytes.len() == introduction {
            self.bytes.clear();
        } else if self.capabilities.has_synchronized_output {
            queue!(self.bytes, EndSynchronizedUpdate)?;
        }
        Ok(())
    }

    /// Puts into `bytes` what clears the screen, whatever it shows.
    fn clear(&mut self) -> io::Result<()> {
        self.shown.reset();
        self.shown_rows = self.printer.of(&self.shown);
        if self.capabilities.has_window {
            self.bytes.extend(encoder::END_OF_LINK);
        }
        queue!(
            self.bytes,
            SetAttribute(Attribute::Reset),
            Clear(ClearType::All)
        )?;
        Ok(())
    }

    /// What is a link in the rows that are sent, in reading order.
    fn links_of_changed_rows(
        &self,
        links: &[ScreenLink<'_>],
        changed: &[bool],
    ) -> Vec<EncodedLink> {
        let links = links.iter().filter(|link| {
            let row = changed.get(usize::from(link.row));
            row.is_some_and(|is_changed| *is_changed)
        });
        let links = links.filter_map(|link| {
            Some(EncodedLink {
                row: link.row,
                columns: link.columns.clone(),
                address: (self.address_of)(link.address)?,
            })
        });
        // A slow line is not to wait for links.
        let mut bytes = 0;
        let links = links.take_while(|link| {
            bytes += link.address.len();
            bytes <= MAX_LINK_BYTES
        });
        let mut links: Vec<EncodedLink> = links.collect();
        links.sort_unstable_by_key(|link| (link.row, link.columns.start));
        links
    }

    /// The rows that the terminal is to move, if it can and it pays.
    fn scrolled(&self, next_rows: &[RowPrint]) -> Option<ScrollRegion> {
        let region = || {
            let shown = (&self.shown, self.shown_rows.as_slice());
            ScrollRegion::between(shown, (&self.next, next_rows))
        };
        // A picture would be scrolled, too.
        let can_scroll = self.capabilities.can_scroll_and_erase && self.pictures.is_empty();
        can_scroll.then(region)?
    }

    fn send(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        // A frame that is cut off leaves a screen that nobody knows.
        self.stale = true;
        let charset = self.capabilities.charset;
        if charset.is_utf8() {
            self.output.write_all(&self.bytes)?;
        } else {
            self.output.write_all(&charset.encode(&self.bytes))?;
        }
        self.output.flush()?;
        self.stale = false;
        Ok(())
    }
}

/// Puts the cursor where it belongs, if it was elsewhere or the frame has moved it.
fn place_cursor(
    bytes: &mut Vec<u8>,
    before: Option<TerminalCursor>,
    after: Option<TerminalCursor>,
    is_moved: bool,
) -> io::Result<()> {
    let cell_of = |cursor: Option<TerminalCursor>| cursor.map(|cursor| cursor.cell);
    if let Some(cell) = cell_of(after).filter(|_| is_moved || cell_of(before) != cell_of(after)) {
        queue!(bytes, MoveTo(cell.x, cell.y))?;
    }
    let is_shown = |cursor: Option<TerminalCursor>| cursor.is_some_and(|cursor| cursor.is_shown);
    match (is_shown(before), is_shown(after)) {
        // It may be hidden since the terminal was taken over again, which the whole frame is for.
        (was_shown, true) if is_moved || !was_shown => queue!(bytes, Show),
        (true, false) => queue!(bytes, Hide),
        _ => Ok(()),
    }
}

/// Tells the terminal to move rows. The rows that come in get the background that is set at the
/// time, which between two frames is the default.
fn scroll(bytes: &mut Vec<u8>, region: &ScrollRegion) -> io::Result<()> {
    let (ScrollRegion::Up { rows, by } | ScrollRegion::Down { rows, by }) = region;
    let (first, last) = (u32::from(rows.start) + 1, rows.end);
    let direction = match region {
        ScrollRegion::Up { .. } => 'S',
        ScrollRegion::Down { .. } => 'T',
    };
    write!(bytes, "\x1b[{first};{last}r\x1b[{by}{direction}\x1b[r")
}

/// Replaces by blanks what a terminal would not show in its cell and no further: a wide grapheme
/// cut off by the edge or by what is painted over its second half, and a mark without a base.
fn mend_wide_graphemes(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for column in 0..row.len() {
            // A character of one byte takes one column.
            if row.get(column).is_some_and(|cell| cell.symbol().len() == 1) {
                continue;
            }
            let Some((cell, after)) = row.get_mut(column..).and_then(<[Cell]>::split_first_mut)
            else {
                continue;
            };
            let fits = match usize::from(cell.cell_width()) {
                0 => false,
                1 => true,
                width => after
                    .get(..width - 1)
                    .is_some_and(|covered| covered.iter().all(|cell| cell.symbol() == " ")),
            };
            if !fits {
                cell.set_symbol(" ");
            }
        }
    }
}

/// Has rows that change be sent whole when wide graphemes stood or will stand there, or such as
/// terminals do not agree on, which differ in what remains of one that is overwritten by half; or
/// links, which no cell tells. Of each row is told whether it has changed and whether it is such a
/// one.
fn forget_rows_sent_whole(shown: &mut Buffer, rows: impl Iterator<Item = (bool, bool)>) {
    // No cell is painted with an empty symbol, so none is taken for unchanged.
    const UNKNOWN: Cell = Cell::new("");
    let columns = usize::from(shown.area.width).max(1);
    for (shown, (is_changed, is_whole)) in shown.content.chunks_mut(columns).zip(rows) {
        if is_changed && is_whole {
            shown.fill(UNKNOWN);
        }
    }
}

/// The changed cells, and the few unchanged ones between them that are cheaper to send again than
/// to jump over. Rows that are known to be the same are not looked at.
fn bridged<'a>(shown: &Buffer, next: &'a Buffer, changed: &[bool]) -> Vec<(u16, u16, &'a Cell)> {
    let columns = usize::from(next.area.width).max(1);
    let shown = shown.content.chunks(columns);
    let next = next.content.chunks(columns);
    let mut cells = Vec::new();
    for (row, ((shown, next), is_changed)) in (0..).zip(shown.zip(next).zip(changed)) {
        if *is_changed {
            bridge_row(shown, next, row, &mut cells);
        }
    }
    cells
}

/// Adds the cells of one row.
fn bridge_row<'a>(
    shown: &[Cell],
    next: &'a [Cell],
    row: u16,
    cells: &mut Vec<(u16, u16, &'a Cell)>,
) {
    // The column behind the changed cell before.
    let mut after: Option<u16> = None;
    for (column, (shown, cell)) in (0..).zip(shown.iter().zip(next)) {
        // The second half of a wide grapheme would be cut off by a blank.
        let is_covered = after.is_some_and(|after| column < after);
        if is_covered || is_same(shown, cell) {
            continue;
        }
        if let Some(after) = after {
            let gap = after..column;
            let between = || {
                let cells = next.get(usize::from(gap.start)..usize::from(gap.end));
                cells.unwrap_or_default().iter()
            };
            let is_bridge = gap.len() <= usize::from(MAX_BRIDGE_CELLS)
                && between().all(|gap| gap.cell_width() == 1 && gap.style() == cell.style());
            if is_bridge {
                cells.extend(gap.clone().zip(between()).map(|(x, cell)| (x, row, cell)));
            }
        }
        cells.push((column, row, cell));
        after = Some(column.saturating_add(cell.cell_width()));
    }
}

#[cfg(test)]
mod tests;
