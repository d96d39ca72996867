//! Blocks for tests, from a few marks.

#![allow(clippy::string_slice, reason = "tests may panic")]

use super::{Layout, Line, lay_out};
use crate::paper::{
    Block, Kind, Link, Marker, NoteId, NoteNumber, SourceLocation, Span, Style, Target,
};

/// A paragraph of the marked text: `[^a]` is a marker (they are numbered from 1), `*…*` emphasis,
/// `` `…` `` code and `<…>` an address.
pub(crate) fn paragraph(marked: &str) -> Block {
    let mut block = empty(Kind::Paragraph);
    let mut open_emphasis = None;
    let mut open_code = None;
    let mut open_link = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let at = block.text.len();
        rest = &rest[c.len_utf8()..];
        match c {
            '[' if rest.starts_with('^') => {
                rest = rest.split_once(']').expect("a marker ends").1;
                push_marker(&mut block, at);
            }
            '*' => toggle(&mut block, &mut open_emphasis, at, Style::Emphasis),
            '`' => toggle(&mut block, &mut open_code, at, Style::Code),
            '<' => open_link = Some(at),
            '>' if open_link.is_some() => {
                let range = open_link.take().expect("an address is open")..at;
                let target = Target::Address(block.text[range.clone()].into());
                block.links.push(Link::new(range, target));
            }
            _ => block.text.push(c),
        }
    }
    block.spans.sort_by_key(|span| span.range.start);
    block
}

/// A block of the kind with no text.
pub(crate) fn empty(kind: Kind) -> Block {
    Block {
        kind,
        text: String::new(),
        nesting: Vec::new(),
        spans: Vec::new(),
        links: Vec::new(),
        markers: Vec::new(),
        tight: false,
        paragraph: 1,
        start: 0,
        location: SourceLocation::Line(1),
    }
}

/// What the block looks like at the width, without the blank lines before it.
pub(crate) fn shown(block: &Block, columns: u16) -> String {
    shown_on(&lay_out(block, columns))
}

/// The same of a layout.
pub(crate) fn shown_on(layout: &Layout) -> String {
    let lines = layout.lines.iter().skip(layout.lead);
    lines.map(line_text).collect::<Vec<_>>().join("\n")
}

/// What the line looks like.
pub(crate) fn line_text(line: &Line) -> String {
    let mut shown = String::new();
    let mut column = 0;
    for run in &line.runs {
        shown.extend(std::iter::repeat_n(' ', usize::from(run.column - column)));
        shown.push_str(&run.text);
        column = run.column + run.columns;
    }
    shown
}

fn push_marker(block: &mut Block, offset: usize) {
    let number = u32::try_from(block.markers.len() + 1).expect("few markers");
    block.markers.push(Marker {
        offset,
        note: NoteId(block.markers.len()),
        number: NoteNumber::Number(number),
        location: SourceLocation::Line(1),
    });
}

fn toggle(block: &mut Block, open: &mut Option<usize>, at: usize, style: Style) {
    match open.take() {
        Some(start) => block.spans.push(Span {
            range: start..at,
            style,
        }),
        None => *open = Some(at),
    }
}
