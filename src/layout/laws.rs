//! What holds for every block at every width.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]
#![allow(clippy::string_slice, reason = "tests may panic")]

use crate::layout::{
    Hyphenation, Layout, Line, LineEnds, OwnMark, PageForm, Part, QuotationMarks, Run, lay_out,
    lay_out_marked, lay_out_page, mark_of, ruler,
};
use crate::paper::laws::hold_clean;
use crate::paper::{Block, Kind};

/// Holds a block of a paper to all of the laws at a width.
pub fn hold(block: &Block, columns: u16) {
    let layout = lay_out(block, columns);
    let laws = [
        no_line_is_wider_than_asked,
        every_word_is_shown_once_and_in_order,
        a_run_shows_its_source_or_stands_in_for_it,
        every_marker_is_shown_whole,
        no_line_starts_with_a_marker,
        the_lines_are_the_whole_text,
        a_place_leads_to_its_line_and_back,
        a_letter_is_found_where_it_is_shown,
        a_click_anywhere_on_a_line_stays_on_the_line,
        nothing_that_is_shown_acts_on_the_terminal,
    ];
    let marks = some_marks(block);
    let marked = lay_out_marked(block, columns, &marks);
    let form = PageForm {
        sets_formulas: true,
        quotation_marks: QuotationMarks::for_language("fr"),
        ..PageForm::from(columns)
    };
    let set = lay_out_page(block, form, &marks);
    let justified = PageForm {
        line_ends: LineEnds::Justified(Hyphenation::for_language("en")),
        ..form
    };
    let justified = lay_out_page(block, justified, &marks);
    for law in laws {
        law(block, &layout, columns.max(1));
        law(block, &marked, columns.max(1));
        law(block, &set, columns.max(1));
        law(block, &justified, columns.max(1));
    }
    every_mark_is_shown_whole(&marks, &marked);
    every_mark_is_shown_whole(&marks, &set);
    every_mark_is_shown_whole(&marks, &justified);
}

/// Marks of a reader's notes in a block, two of them in one place.
fn some_marks(block: &Block) -> Vec<OwnMark> {
    if block.kind == Kind::Rule {
        // It has no words to be written about.
        return Vec::new();
    }
    let bytes = block.text.len();
    let places = [bytes / 3, bytes / 2, bytes / 2, bytes];
    let marks = places.into_iter().zip([0, 7, 24, 25]);
    let marks = marks.map(|(place, number)| OwnMark {
        offset: block.text.floor_char_boundary(place),
        number,
        key: number as u64,
    });
    marks.collect()
}

fn every_mark_is_shown_whole(marks: &[OwnMark], layout: &Layout) {
    for mark in marks {
        let own = runs(layout).filter(|run| run.role.part == Part::OwnMark(mark.key));
        let shown: String = own.map(|run| run.text.as_str()).collect();
        assert_eq!(shown, mark_of(mark.number), "{layout:?}");
    }
}

pub fn no_line_is_wider_than_asked(_: &Block, layout: &Layout, columns: u16) {
    for line in &layout.lines {
        let mut end = 0;
        for run in &line.runs {
            assert!(run.column >= end, "{run:?} overlaps in {line:?}");
            assert_eq!(run.columns, ruler::columns(&run.text), "{run:?}");
            end = run.column + run.columns;
        }
        assert!(end <= columns, "{line:?} at {columns}");
    }
}

pub fn every_word_is_shown_once_and_in_order(block: &Block, layout: &Layout, columns: u16) {
    let mut sources: Vec<_> = runs(layout).map(|run| run.source.clone()).collect();
    sources.retain(|source| !source.is_empty());
    if matches!(block.kind, Kind::Table(_)) {
        sources.sort_by_key(|source| source.start);
    }
    let mut shown = 0;
    for source in sources {
        assert!(
            source.start >= shown,
            "{source:?} again, at {columns}: {block:?}"
        );
        let skipped = &block.text[shown..source.start];
        assert!(
            is_space(skipped),
            "{skipped:?} lost, at {columns}: {block:?}"
        );
        shown = source.end;
    }
    let skipped = &block.text[shown..];
    assert!(
        is_space(skipped),
        "{skipped:?} lost, at {columns}: {block:?}"
    );
}

pub fn a_run_shows_its_source_or_stands_in_for_it(block: &Block, layout: &Layout, _: u16) {
    for run in runs(layout).filter(|run| !run.source.is_empty()) {
        let source = &block.text[run.source.clone()];
        let typed = ["\"", "'", "--", "---", "...", "\t"];
        let is_set = run.role.part == Part::Formula;
        let is_blank = |text: &str| text.chars().all(|letter| letter == ' ');
        let is_wide_blank = is_space(source) && run.text.strip_prefix(source).is_some_and(is_blank);
        let stands_in = typed.contains(&source) || run.text == "…" || is_set || is_wide_blank;
        assert!(run.text == source || stands_in, "{run:?} for {source:?}");
        assert!(run.is_verbatim() <= (run.text == source), "{run:?}");
    }
}

pub fn every_marker_is_shown_whole(block: &Block, layout: &Layout, columns: u16) {
    let mut shown = vec![String::new(); block.markers.len()];
    for run in runs(layout) {
        if let Part::Marker(index) = run.role.part {
            shown[index].push_str(&run.text);
        }
    }
    let figures: Vec<char> = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().collect();
    let expected = block.markers.iter().map(|marker| {
        let letters = marker.number.to_string();
        let letters = letters.chars().map(|letter| match letter.to_digit(10) {
            Some(digit) => figures[digit as usize],
            None => letter,
        });
        letters.collect::<String>()
    });
    assert_eq!(
        shown,
        expected.collect::<Vec<_>>(),
        "at {columns}: {block:?}"
    );
}

pub fn no_line_starts_with_a_marker(block: &Block, layout: &Layout, columns: u16) {
    if columns < 68 || matches!(block.kind, Kind::Table(_)) {
        return;
    }
    for line in text_lines(layout) {
        let mut set = line.runs.iter();
        let first = set.find(|run| !matches!(run.role.part, Part::Bullet | Part::Furniture));
        let marker =
            first.is_some_and(|run| matches!(run.role.part, Part::Marker(_) | Part::OwnMark(_)));
        let before = &block.text[..line.text.start];
        let authors = before.is_empty() || before.ends_with('\n');
        assert!(!marker || authors, "{line:?} of {block:?}");
    }
}

pub fn the_lines_are_the_whole_text(block: &Block, layout: &Layout, columns: u16) {
    let mut end = 0;
    for line in text_lines(layout) {
        assert!(line.text.start <= end, "a gap at {columns}: {layout:?}");
        end = end.max(line.text.end);
    }
    assert_eq!(end, block.text.len(), "at {columns}: {layout:?}");
}

pub fn a_place_leads_to_its_line_and_back(block: &Block, layout: &Layout, columns: u16) {
    for (offset, _) in block.text.char_indices() {
        let line = layout.line_of(offset);
        assert!(line >= layout.lead);
        assert!(
            layout.start_of(line) <= offset,
            "{offset} at {columns}: {layout:?}"
        );
    }
    for (index, line) in layout.lines.iter().enumerate() {
        if line.runs.iter().any(|run| !run.source.is_empty()) {
            let start = layout.start_of(index);
            assert_eq!(
                layout.line_of(start),
                index,
                "{start} at {columns}: {layout:?}"
            );
        }
    }
}

pub fn a_letter_is_found_where_it_is_shown(_: &Block, layout: &Layout, columns: u16) {
    for run in runs(layout).filter(|run| run.is_verbatim()) {
        let mut offset = run.source.start;
        for grapheme in ruler::graphemes(&run.text) {
            let (line, column) = layout.column_of(offset);
            if ruler::grapheme_columns(grapheme) > 0 {
                let found = layout.offset_at(line, column);
                assert_eq!(found, offset, "{grapheme:?} at {columns}: {layout:?}");
            }
            offset += grapheme.len();
        }
    }
}

pub fn a_click_anywhere_on_a_line_stays_on_the_line(_: &Block, layout: &Layout, columns: u16) {
    for (index, line) in layout.lines.iter().enumerate().skip(layout.lead) {
        if line.runs.iter().all(|run| run.source.is_empty()) {
            continue;
        }
        for column in [0, columns / 2, columns, u16::MAX] {
            let offset = layout.offset_at(index, column);
            assert_eq!(
                layout.line_of(offset),
                index,
                "{column} at {columns}: {layout:?}"
            );
        }
    }
}

pub fn nothing_that_is_shown_acts_on_the_terminal(_: &Block, layout: &Layout, _: u16) {
    for run in runs(layout) {
        hold_clean(&run.text);
    }
}

/// Whether all of it may go away where a line is broken.
fn is_space(text: &str) -> bool {
    let joins = |c| matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    text.chars().all(|c| c.is_whitespace() && !joins(c))
}

fn text_lines(layout: &Layout) -> &[Line] {
    &layout.lines[layout.lead..]
}

fn runs(layout: &Layout) -> impl Iterator<Item = &Run> {
    layout.lines.iter().flat_map(|line| &line.runs)
}
