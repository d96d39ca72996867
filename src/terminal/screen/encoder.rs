//! Encodes cells as control sequences in few bytes: only what differs from the cell before is
//! sent.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::mem;
use std::ops::Range;

use foldhash::fast::FixedState;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// The fewest blanks for which it pays to have them erased instead.
const MIN_ERASED_CELLS: usize = 8;

/// The attributes: each with the code that switches it on, and the one that switches it off.
const ATTRIBUTES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Ends a link.
pub(super) const END_OF_LINK: &[u8] = b"\x1b]8;;\x1b\\";

/// Attributes that show where there is no letter.
const SHOWN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// Encodes cells for a screen of some columns. It begins in the default style at an unknown place.
pub(super) struct AnsiEncoder<'a> {
    bytes: &'a mut Vec<u8>,
    columns: u16,
    /// Whether the terminal knows a sequence that erases some cells.
    can_erase: bool,
    /// The column and row of the cursor, where that is certain.
    place: Option<(u16, u16)>,
    style: CellStyle,
    /// What is a link, in reading order; those that are passed are taken out.
    links: VecDeque<EncodedLink>,
    /// Whether what is written now belongs to the first of them.
    is_in_link: bool,
}

/// Columns of a row that lead to an address.
#[derive(Debug)]
pub(super) struct EncodedLink {
    pub(super) row: u16,
    pub(super) columns: Range<u16>,
    /// In ASCII, without control characters.
    pub(super) address: String,
}

/// How a cell looks but for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct CellStyle {
    fg: Color,
    bg: Color,
    underline: Color,
    attributes: Modifier,
}

impl<'a> AnsiEncoder<'a> {
    pub(super) fn new(bytes: &'a mut Vec<u8>, columns: u16, can_erase: bool) -> Self {
        Self {
            bytes,
            columns,
            can_erase,
            place: None,
            style: CellStyle::default(),
            links: VecDeque::new(),
            is_in_link: false,
        }
    }

    /// The same, of which some cells are links, in reading order.
    pub(super) fn with_links(self, links: Vec<EncodedLink>) -> Self {
        let links = links.into();
        Self { links, ..self }
    }

    /// Draws the cells, which are given by column and row, in reading order.
    pub(super) fn draw(&mut self, mut cells: &[(u16, u16, &Cell)]) {
        while let Some((&(column, row, cell), rest)) = cells.split_first() {
            let blanks = blanks_at_head(cells);
            let to_the_edge = usize::from(self.columns.saturating_sub(column)) == blanks;
            self.change_link(column, row);
            if blanks >= MIN_ERASED_CELLS && (to_the_edge || self.can_erase) {
                self.end_link();
                self.move_to(column, row);
                self.erase(blanks, to_the_edge);
                cells = cells.get(blanks..).unwrap_or_default();
            } else {
                self.move_to(column, row);
                self.print(column, row, cell);
                cells = rest;
            }
        }
    }

    /// Goes back to the default style, for what is written next.
    pub(super) fn finish(mut self) {
        self.end_link();
        self.change_style(CellStyle::default());
    }

    /// Begins the link that the cell belongs to, or ends the one before it
    /// (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>). Pieces with one
    /// address are one link, as where it is broken over lines.
    fn change_link(&mut self, column: u16, row: u16) {
        let is_before = |link: &EncodedLink| (link.row, link.columns.end) <= (row, column);
        while self.links.front().is_some_and(is_before) {
            self.end_link();
            self.links.pop_front();
        }
        let Some(link) = self.links.front().filter(|_| !self.is_in_link) else {
            return;
        };
        if link.row == row && link.columns.contains(&column) {
            let mut hasher = FixedState::default().build_hasher();
            hasher.write(link.address.as_bytes());
            let id = hasher.finish() >> 32;
            let _ = write!(self.bytes, "\x1b]8;id={id:x};{}\x1b\\", link.address);
            self.is_in_link = true;
        }
    }

    fn end_link(&mut self) {
        if mem::take(&mut self.is_in_link) {
            self.bytes.extend(END_OF_LINK);
        }
    }

    fn print(&mut self, column: u16, row: u16, cell: &Cell) {
        self.change_style(self.style_of(cell));
        let (symbol, width) = (cell.symbol(), cell.cell_width());
        let is_disputed = is_disputed(symbol);
        if is_disputed && width > 1 {
            // Where it is shown narrower, nothing old may stand beside it.
            self.bytes.extend((0..width).map(|_| b' '));
            self.place = None;
            self.move_to(column, row);
        }
        self.bytes.extend(symbol.as_bytes());
        let after = column.saturating_add(width);
        // At the edge, a terminal may stay in the row or not.
        self.place = (!is_disputed && after < self.columns).then_some((after, row));
    }

    fn erase(&mut self, cells: usize, to_the_edge: bool) {
        // They come in the background that is set, and on some terminals in more than that.
        if self.style.bg != Color::Reset || self.style.attributes.intersects(SHOWN_ON_BLANKS) {
            self.change_style(CellStyle::default());
        }
        if to_the_edge {
            self.bytes.extend(b"\x1b[K");
        } else {
            self.write(format_args!("\x1b[{cells}X"));
        }
    }

    fn move_to(&mut self, column: u16, row: u16) {
        match self.place {
            Some(place) if place == (column, row) => {}
            Some((from, same)) if same == row && from < column => {
                self.write(format_args!("\x1b[{}C", column - from));
            }
            _ => self.write(format_args!(
                "\x1b[{};{}H",
                u32::from(row) + 1,
                u32::from(column) + 1
            )),
        }
        self.place = Some((column, row));
    }

    /// The style that a cell asks for; a blank leaves what cannot be seen on it as it is.
    fn style_of(&self, cell: &Cell) -> CellStyle {
        let attributes = ATTRIBUTES
            .iter()
            .fold(Modifier::empty(), |all, attribute| all | attribute.0)
            .intersection(cell.modifier);
        let style = CellStyle {
            fg: cell.fg,
            bg: cell.bg,
            underline: cell.underline_color,
            attributes,
        };
        let shows_none = |style: CellStyle| !style.attributes.intersects(SHOWN_ON_BLANKS);
        let is_same_blank = cell.symbol() == " "
            && style.bg == self.style.bg
            && shows_none(style)
            && shows_none(self.style);
        if is_same_blank { self.style } else { style }
    }

    fn change_style(&mut self, style: CellStyle) {
        if style == self.style {
            return;
        }
        let mut parts = Vec::new();
        self.style.push_changes(style, &mut parts);
        let mut whole = vec![b'0'];
        CellStyle::default().push_changes(style, &mut whole);
        self.bytes.extend(b"\x1b[");
        let shorter = if whole.len() < parts.len() {
            whole
        } else {
            parts
        };
        self.bytes.extend(shorter);
        self.bytes.push(b'm');
        self.style = style;
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Memory takes all that is written to it.
        let _ = self.bytes.write_fmt(text);
    }
}

impl CellStyle {
    /// Adds the codes that turn this style into the other.
    fn push_changes(self, to: Self, codes: &mut Vec<u8>) {
        let mut kept = self.attributes;
        for (attribute, _, off) in ATTRIBUTES {
            if kept.contains(attribute) && !to.attributes.contains(attribute) {
                push_code(codes, &off.to_string());
                // Bold and dim are switched off by the same code.
                for (other, _, same) in ATTRIBUTES {
                    kept.set(other, kept.contains(other) && same != off);
                }
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if to.attributes.contains(attribute) && !kept.contains(attribute) {
                push_code(codes, &on.to_string());
            }
        }
        if self.fg != to.fg {
            push_code(codes, &code_of(to.fg, 30));
        }
        if self.bg != to.bg {
            push_code(codes, &code_of(to.bg, 40));
        }
        if self.underline != to.underline {
            push_code(codes, &underline_code_of(to.underline));
        }
    }
}

fn push_code(codes: &mut Vec<u8>, code: &str) {
    if !codes.is_empty() {
        codes.push(b';');
    }
    codes.extend(code.as_bytes());
}

/// The code for a colour. `base` is that of black: 30 for letters, 40 for what is behind them. The
/// sixteen have codes of their own, which terminals knew before there were more.
fn code_of(colour: Color, base: u8) -> String {
    match (sixteen(colour), colour) {
        (Some(number @ 0..8), _) => (base + number).to_string(),
        (Some(number), _) => (base + 60 + number - 8).to_string(),
        (None, Color::Indexed(number)) => format!("{};5;{number}", base + 8),
        (None, Color::Rgb(red, green, blue)) => format!("{};2;{red};{green};{blue}", base + 8),
        (None, _) => (base + 9).to_string(),
    }
}

/// With colons, so that a terminal that does not know the code skips all of it.
fn underline_code_of(colour: Color) -> String {
    match (sixteen(colour), colour) {
        (Some(number), _) | (None, Color::Indexed(number)) => format!("58:5:{number}"),
        (None, Color::Rgb(red, green, blue)) => format!("58:2::{red}:{green}:{blue}"),
        (None, _) => "59".to_owned(),
    }
}

/// 25 bits that tell how a colour is shown; 0 for the default.
pub(super) fn colour_bits(colour: Color) -> u64 {
    let bits = match (sixteen(colour), colour) {
        (Some(number), _) => 1 + u32::from(number),
        (None, Color::Indexed(number)) => 1 << 8 | u32::from(number),
        (None, Color::Rgb(red, green, blue)) => 1 << 24 | u32::from_be_bytes([0, red, green, blue]),
        (None, _) => 0,
    };
    u64::from(bits)
}

fn sixteen(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number @ 0..16) => number,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

/// How many cells at the head are blanks side by side that style as if erased.
fn blanks_at_head(cells: &[(u16, u16, &Cell)]) -> usize {
    let Some(&(first, row, _)) = cells.first() else {
        return 0;
    };
    cells
        .iter()
        .zip(first..)
        .take_while(|((column, its_row, cell), expected)| {
            (column, *its_row) == (expected, row)
                && cell.symbol() == " "
                && cell.bg == Color::Reset
                && !cell.modifier.intersects(SHOWN_ON_BLANKS)
        })
        .count()
}

/// Whether terminals differ in how wide the grapheme is: emoji, of which each Unicode brings new
/// ones, and what is made of several characters, such as flags, but for letters with accents.
pub(super) fn is_disputed(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let first = characters.next();
    first.is_some_and(|first| first >= '\u{1f000}')
        || characters.any(|mark| !('\u{300}'..='\u{36f}').contains(&mark))
}
