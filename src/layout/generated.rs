//! The laws of layouts, tried on random blocks and on those of random papers.

#![allow(clippy::string_slice, reason = "tests may panic")]

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;

use crate::formats::markdown::parse;
use crate::layout::testing::empty;
use crate::layout::{Layout, PageForm, laws, lay_out, lay_out_page};
use crate::paper::{
    Block, Bullet, Kind, Link, Marker, Nest, NoteId, NoteNumber, SourceLocation, Span, Style,
    Target,
};

const WIDTHS: [u16; 8] = [1, 2, 3, 8, 20, 40, 68, 200];

/// Pieces of running text, and what stands between two of them.
const WORDS: [&str; 33] = [
    "$x^2 + y^2 = \\frac{a}{b}$",
    "$\\unknown$",
    "$\\alpha \\leq \\beta \\leq \\gamma$",
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
const WHOLE_BLOCKS: [&str; 8] = [
    "$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a} \\quad \\sum_{i=1}^n x_i\n$$",
    "$$\\unknown{x}$$",
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

/// A paper of whole words and blocks.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
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
        Kind::Caption,
        Kind::Term,
        Kind::Code {
            language: Box::default(),
        },
    ];
    let nests = [
        Nest::Quote { begins: true },
        Nest::Quote { begins: false },
        Nest::Item { bullet: None },
        Nest::Item {
            bullet: Some(Bullet::Dot),
        },
        Nest::Item {
            bullet: Some(Bullet::Number(u64::MAX)),
        },
        Nest::Item {
            bullet: Some(Bullet::Label("Section 12.中 (xxviii)".into())),
        },
        Nest::Definition { begins: true },
        Nest::Note {
            number: Some(NoteNumber::Number(123)),
        },
    ];
    let nesting = prop::collection::vec(select(nests.to_vec()), 0..Block::MAX_DEPTH);
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
        number: match index {
            0 => NoteNumber::Sign {
                times: 2,
                sign: '†',
            },
            index => NoteNumber::Number(98 + u32::try_from(index).expect("few places")),
        },
        location: SourceLocation::Line(1),
    };
    match index % 4 {
        0 => block
            .markers
            .extend([range.start, range.end, range.end].map(marker)),
        1 => {
            let target = Target::Address("https://a.b/c".into());
            block.links.push(Link::new(range, target));
        }
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
    proptest!(config(32), |(source in markdown())| {
        for block in &parse(&source).paper.blocks {
            for columns in WIDTHS {
                law(block, &lay_out(block, columns), columns);
                let form = PageForm {
                    sets_formulas: true,
                    ..PageForm::from(columns)
                };
                law(block, &lay_out_page(block, form, &[]), columns);
            }
        }
    });
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn long_blocks_and_odd_ones_keep_all_laws() {
    for block in &parse(&WHOLE_BLOCKS.join("\n\n")).paper.blocks {
        for columns in WIDTHS {
            laws::hold(block, columns);
        }
    }
    for block in [long_paragraph(), long_word()] {
        for columns in [1, 3, 68] {
            laws::hold(&block, columns);
        }
    }
}

#[test]
fn no_line_is_wider_than_asked() {
    hold(laws::no_line_is_wider_than_asked);
}

#[test]
fn every_word_is_shown_once_and_in_order() {
    hold(laws::every_word_is_shown_once_and_in_order);
}

#[test]
fn a_run_shows_its_source_or_stands_in_for_it() {
    hold(laws::a_run_shows_its_source_or_stands_in_for_it);
}

#[test]
fn every_marker_is_shown_whole() {
    hold(laws::every_marker_is_shown_whole);
}

#[test]
fn no_line_starts_with_a_marker() {
    hold_for_papers(laws::no_line_starts_with_a_marker);
}

#[test]
fn the_lines_are_the_whole_text() {
    hold(laws::the_lines_are_the_whole_text);
}

#[test]
fn a_place_leads_to_its_line_and_back() {
    hold(laws::a_place_leads_to_its_line_and_back);
}

#[test]
fn a_letter_is_found_where_it_is_shown() {
    hold(laws::a_letter_is_found_where_it_is_shown);
}

#[test]
fn a_click_anywhere_on_a_line_stays_on_the_line() {
    hold(laws::a_click_anywhere_on_a_line_stays_on_the_line);
}

#[test]
fn nothing_that_is_shown_acts_on_the_terminal() {
    hold_for_papers(laws::nothing_that_is_shown_acts_on_the_terminal);
}

#[test]
fn every_line_is_found_again_by_its_place_and_those_above_it_show_no_text() {
    hold(|_, layout, columns| {
        for line in 0..layout.lines.len() {
            let (offset, lead) = layout.place_of(line);
            assert_eq!(
                layout.line_at(offset, lead),
                line,
                "at {columns}: {layout:?}"
            );
            let first = layout.line_at(offset, usize::MAX);
            assert!((first..=line).all(|above| layout.start_of(above) == offset));
        }
    });
}
