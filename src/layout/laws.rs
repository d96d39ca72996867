//! What holds for every block at every width.

#![allow(clippy::string_slice, reason = "tests may panic")]

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;

use super::testing::empty;
use super::{Layout, Line, Part, Run, lay_out, ruler};
use crate::paper::{Block, Bullet, Kind, Link, Marker, Nest, NoteId, Span, Style, Target, parse};

const WIDTHS: [u16; 8] = [1, 2, 3, 8, 20, 40, 68, 200];

/// Pieces of running text, and what stands between two of them.
const WORDS: [&str; 30] = [
    "word",
    "a",
    "Sino-Russian",
    "of",
    "cooperation,",
    "end.",
    "\"quoted\"",
    "'90s",
    "it's",
    "one--two",
    "---",
    "wait...",
    "[^a]",
    "[^b]",
    "[^a][^b][^a]",
    "*so*",
    "**it is**",
    "`a--\"b\"`",
    "~~gone~~",
    "[link *text*](https://a.b)",
    "https://example.org/a-b/c?d=e&f=g#h_i.j~k",
    "<https://x.org/%E4%B8%AD>",
    "中俄联合声明",
    "👩‍👩‍👧🇺🇸",
    "e\u{301}a\u{308}",
    "ｶﾞ",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "a\u{a0}b",
    "\\\n",
    "1.5%",
];
const GLUES: [&str; 5] = [" ", " ", " ", "", "\n"];
const OPENINGS: [&str; 10] = [
    "", "", "# ", "### ", "- ", "10. ", "> ", "- [x] ", "- > 1. ", "    ",
];
const WHOLE_BLOCKS: [&str; 6] = [
    "---",
    "```rs\nfn main() {\n    print(\"a very long line of code -- that does not fit\");\n}\n\n```",
    "| Head | Other head | 数 |\n|:--|:-:|--:|\n| one two three four five | `x` | 1 |\n| | [^a] *seven eight* nine | 12345 |",
    "| A | B |\n|---|---|\n| https://example.org/a/very/long/address?with=a&query=too | plain words that go on for a while |\n| | |",
    "- a\n  - b\n    - c\n      - d\n        - e\n\n          more of it",
    "|a|\n|-|",
];

fn running_text() -> impl Strategy<Value = String> {
    prop::collection::vec((select(&WORDS[..]), select(&GLUES[..])), 1..40).prop_map(|words| {
        words
            .iter()
            .flat_map(|(word, glue)| [*word, *glue])
            .collect()
    })
}

fn markdown() -> impl Strategy<Value = String> {
    let text = (select(&OPENINGS[..]), running_text())
        .prop_map(|(opening, text)| opening.to_owned() + &text);
    let block = prop_oneof![4 => text, 1 => select(&WHOLE_BLOCKS[..]).prop_map(str::to_owned)];
    prop::collection::vec(block, 1..5).prop_map(|blocks| {
        let body = blocks.join("\n\n");
        format!("---\ntitle: A long title of a paper, in words\nauthor: Somebody\n---\n\n{body}\n\n[^a]: Note one.\n\n[^b]: Note *two*,\n    at <https://a.b/c>.\n")
    })
}

/// A block whose text, spans, links and markers come as they may, in the middle of letters too.
fn rough_block() -> impl Strategy<Value = Block> {
    let text = "([a-z]{1,9} |\\PC|[\"'.-]{1,4}|[🇦-🇿]|[\u{300}-\u{303}]|\u{200d}|\u{fe0f}|中|\n| |\u{3000}){0,60}";
    let kinds = [
        Kind::Paragraph,
        Kind::Title,
        Kind::Heading(2),
        Kind::Backlinks,
        Kind::Code {
            language: String::new(),
        },
    ];
    let nests = [
        Nest::Quote,
        Nest::Item { bullet: None },
        Nest::Item {
            bullet: Some(Bullet::Dot),
        },
        Nest::Item {
            bullet: Some(Bullet::Number(u64::MAX)),
        },
        Nest::Note { number: Some(123) },
    ];
    let nesting = prop::collection::vec(select(nests.to_vec()), 0..Block::DEEPEST);
    let places = prop::collection::vec(any::<prop::sample::Index>(), 0..16);
    (text, select(kinds.to_vec()), nesting, places).prop_map(|(text, kind, nesting, places)| {
        let mut block = Block {
            kind,
            nesting,
            ..empty(Kind::Paragraph)
        };
        let place =
            |index: &prop::sample::Index| text.floor_char_boundary(index.index(text.len() + 1));
        let mut places: Vec<usize> = places.iter().map(place).collect();
        places.sort_unstable();
        for (index, pair) in places.chunks_exact(2).enumerate() {
            lay_over(&mut block, index, pair[0]..pair[1]);
        }
        block.text = text;
        block
    })
}

/// Lays a span, a link or markers over the range.
fn lay_over(block: &mut Block, index: usize, range: Range<usize>) {
    let marker = |offset| Marker {
        offset,
        note: NoteId(0),
        number: 98 + u32::try_from(index).expect("few places"),
        line: 1,
    };
    match index % 4 {
        0 => block
            .markers
            .extend([range.start, range.end, range.end].map(marker)),
        1 => block.links.push(Link {
            range,
            target: Target::Address("https://a.b/c".into()),
        }),
        2 => block.spans.push(Span {
            range,
            style: Style::Code,
        }),
        _ => block.spans.push(Span {
            range,
            style: Style::Emphasis,
        }),
    }
}

/// Holds the blocks of random papers, and rough ones, against the law, at every width.
fn hold(law: fn(&Block, &Layout, u16)) {
    hold_for_papers(law);
    proptest!(config(64), |(block in rough_block(), columns in 0..80_u16)| {
        law(&block, &lay_out(&block, columns), columns.max(1));
    });
}

/// A paragraph that is not broken in one go.
fn long_paragraph() -> Block {
    let words = WORDS.iter().filter(|word| !word.contains('\\'));
    let sentence = words.flat_map(|word| [*word, " "]).collect::<String>();
    let mut block = empty(Kind::Paragraph);
    for _ in 0..40 {
        let offset = block.text.len();
        block.text.push_str(&sentence);
        lay_over(&mut block, 0, offset..offset + 4);
        lay_over(&mut block, 1, offset + 10..offset + 90);
    }
    block
}

/// A long word with markers at every letter.
fn long_word() -> Block {
    let mut block = empty(Kind::Paragraph);
    for offset in 0..9_000 {
        block.text.push('a');
        lay_over(&mut block, 0, offset..offset + 1);
    }
    block
}

/// Holds the blocks of random papers against the law, at every width.
fn hold_for_papers(law: fn(&Block, &Layout, u16)) {
    for long in [long_paragraph(), long_word()] {
        for columns in [1, 3, 68] {
            law(&long, &lay_out(&long, columns), columns);
        }
    }
    hold_for_paper(&WHOLE_BLOCKS.join("\n\n"), law);
    proptest!(config(32), |(source in markdown())| {
        hold_for_paper(&source, law);
    });
}

fn hold_for_paper(source: &str, law: fn(&Block, &Layout, u16)) {
    for block in &parse(source).paper.blocks {
        for columns in WIDTHS {
            law(block, &lay_out(block, columns), columns);
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
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

#[test]
fn no_line_is_wider_than_asked() {
    hold(|_, layout, columns| {
        for line in &layout.lines {
            let mut end = 0;
            for run in &line.runs {
                assert!(run.column >= end, "{run:?} overlaps in {line:?}");
                assert_eq!(run.columns, ruler::columns(&run.text), "{run:?}");
                end = run.column + run.columns;
            }
            assert!(end <= columns, "{line:?} at {columns}");
        }
    });
}

#[test]
fn every_word_is_shown_once_and_in_order() {
    hold(|block, layout, columns| {
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
    });
}

#[test]
fn a_run_shows_its_source_or_stands_in_for_it() {
    hold(|block, layout, _| {
        for run in runs(layout).filter(|run| !run.source.is_empty()) {
            let source = &block.text[run.source.clone()];
            let typed = ["\"", "'", "--", "---", "...", "\t"];
            let stands_in = typed.contains(&source) || run.text == "…";
            assert!(run.text == source || stands_in, "{run:?} for {source:?}");
            assert!(run.is_verbatim() <= (run.text == source), "{run:?}");
        }
    });
}

#[test]
fn every_marker_is_shown_whole() {
    hold(|block, layout, columns| {
        let mut shown = vec![String::new(); block.markers.len()];
        for run in runs(layout) {
            if let Part::Marker(index) = run.role.part {
                shown[index].push_str(&run.text);
            }
        }
        let figures: Vec<char> = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().collect();
        let expected = block.markers.iter().map(|marker| {
            let digits = marker.number.to_string();
            let digits = digits.chars().filter_map(|digit| digit.to_digit(10));
            digits
                .map(|digit| figures[digit as usize])
                .collect::<String>()
        });
        assert_eq!(
            shown,
            expected.collect::<Vec<_>>(),
            "at {columns}: {block:?}"
        );
    });
}

#[test]
fn no_line_starts_with_a_marker() {
    hold_for_papers(|block, layout, columns| {
        if columns < 68 || matches!(block.kind, Kind::Table(_)) {
            return;
        }
        for line in text_lines(layout) {
            let mut set = line.runs.iter();
            let first = set.find(|run| !matches!(run.role.part, Part::Bullet | Part::Furniture));
            let marker = first.is_some_and(|run| matches!(run.role.part, Part::Marker(_)));
            let before = &block.text[..line.text.start];
            let authors = before.is_empty() || before.ends_with('\n');
            assert!(!marker || authors, "{line:?} of {block:?}");
        }
    });
}

#[test]
fn the_lines_are_the_whole_text() {
    hold(|block, layout, columns| {
        let mut end = 0;
        for line in text_lines(layout) {
            assert!(line.text.start <= end, "a gap at {columns}: {layout:?}");
            end = end.max(line.text.end);
        }
        assert_eq!(end, block.text.len(), "at {columns}: {layout:?}");
    });
}

#[test]
fn a_place_leads_to_its_line_and_back() {
    hold(|block, layout, columns| {
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
    });
}

#[test]
fn a_letter_is_found_where_it_is_shown() {
    hold(|_, layout, columns| {
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
    });
}

#[test]
fn a_click_anywhere_on_a_line_stays_on_the_line() {
    hold(|_, layout, columns| {
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
    });
}
