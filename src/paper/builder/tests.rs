//! What importers build, however their calls come.

use proptest::prelude::*;

use super::PaperBuilder;
use crate::paper::laws::hold;
use crate::paper::{
    Alignment, Block, Bullet, Kind, Nest, Paper, Parsed, Position, SourceLocation, Style, Target,
};

fn built(build: impl FnOnce(&mut PaperBuilder)) -> Parsed {
    let mut builder = PaperBuilder::new();
    build(&mut builder);
    let parsed = builder.finish();
    hold(&parsed, "");
    parsed
}

fn paper(build: impl FnOnce(&mut PaperBuilder)) -> Paper {
    built(build).paper
}

/// The texts of the author's blocks.
fn texts(paper: &Paper) -> Vec<&str> {
    let blocks = paper.blocks.iter().filter(|block| block.is_authors());
    blocks.map(|block| block.text.as_str()).collect()
}

fn block_of<'a>(paper: &'a Paper, text: &str) -> &'a Block {
    let mut blocks = paper.blocks.iter();
    blocks.find(|block| block.text == text).expect(text)
}

#[test]
fn a_label_of_an_item_is_clean() {
    let paper = paper(|paper| {
        paper.open_list(None, true);
        paper.open_item();
        paper.set_item_bullet(Bullet::Label("(\u{1b}a)".into()));
        paper.push_text("one");
    });
    let nesting = &block_of(&paper, "one").nesting;
    let Some(Nest::Item {
        bullet: Some(Bullet::Label(label)),
    }) = nesting.first()
    else {
        panic!("{nesting:?}");
    };
    assert!(!label.contains('\u{1b}'), "{label:?}");
}

#[test]
fn white_space_folds_and_begins_no_block() {
    let paper = paper(|paper| {
        paper.push_text("\n  ");
        paper.begin_paragraph();
        paper.push_text("  one\n\t two ");
        paper.open_style(Style::Strong);
        paper.push_text(" three");
        paper.close();
        paper.line_break();
        paper.push_text("  four\u{a0} ");
        paper.end_block();
        paper.push_text("\n");
    });
    assert_eq!(texts(&paper), ["one two three\nfour\u{a0}"]);
}

#[test]
fn a_note_in_the_middle_of_a_paragraph_leaves_it_whole() {
    let paper = paper(|paper| {
        paper.push_text("before ");
        paper.open_style(Style::Emphasis);
        paper.push_text("one");
        paper.cite("i");
        paper.begin_note("i");
        paper.begin_paragraph();
        paper.push_text("the note");
        paper.begin_paragraph();
        paper.push_text("goes on");
        paper.end_note();
        paper.push_text("two");
        paper.close();
        paper.push_text(" after");
    });
    assert_eq!(
        texts(&paper),
        ["before onetwo after", "Notes", "the note", "goes on"]
    );
    let body = block_of(&paper, "before onetwo after");
    assert_eq!(body.spans[0].range, 7..13);
    assert_eq!(body.markers[0].offset, 10);
    assert_eq!(paper.notes[0].label, "i");
}

#[test]
fn a_note_may_come_before_its_marker_and_without_any_words() {
    let paper = paper(|paper| {
        paper.begin_note("a");
        paper.end_note();
        paper.push_text("text");
        paper.cite("A");
    });
    assert_eq!(paper.notes.len(), 1);
    assert_eq!(paper.notes[0].cited_in.len(), 1);
}

#[test]
fn a_paragraph_without_words_is_none_unless_its_bullet_shows() {
    let paper = paper(|paper| {
        paper.begin_paragraph();
        paper.begin_paragraph();
        paper.push_text("one");
        paper.open_list(None, true);
        paper.open_item();
        paper.begin_paragraph();
        paper.close_item();
        paper.close_list();
        paper.begin_paragraph();
    });
    assert_eq!(texts(&paper), ["one", ""]);
}

#[test]
fn items_are_numbered_and_a_tight_list_is_tight_after_its_first() {
    let paper = paper(|paper| {
        paper.open_list(Some(3), true);
        for text in ["one", "two"] {
            paper.open_item();
            paper.begin_paragraph();
            paper.push_text(text);
            paper.close_item();
        }
        paper.open_item();
        paper.set_item_bullet(Bullet::Task(true));
        paper.push_text("three");
        paper.close_item();
        paper.close_list();
        paper.begin_paragraph();
        paper.push_text("four");
    });
    let shape: Vec<_> = paper.blocks.iter().filter(|it| it.is_authors()).collect();
    let shape: Vec<_> = shape.iter().map(|it| (&it.nesting[..], it.tight)).collect();
    let item = |bullet| [Nest::Item { bullet }];
    assert_eq!(
        shape,
        [
            (&item(Some(Bullet::Number(3)))[..], false),
            (&item(Some(Bullet::Number(4)))[..], true),
            (&item(Some(Bullet::Task(true)))[..], true),
            (&[][..], false),
        ]
    );
}

#[test]
fn cells_hold_words_and_rows_are_filled_up() {
    let paper = paper(|paper| {
        paper.begin_table(&[Alignment::Right]);
        for row in [&["a"][..], &["b", "c", "d"], &[]] {
            paper.begin_row();
            for cell in row {
                paper.begin_cell();
                paper.begin_paragraph();
                paper.push_text(cell);
                paper.end_block();
                paper.begin_paragraph();
                paper.push_text("e");
                paper.end_block();
                paper.end_cell();
            }
            paper.end_row();
        }
        paper.end_table();
        paper.push_text("after");
    });
    assert_eq!(texts(&paper), ["a e\nb e\tc e\td e", "after"]);
    let Kind::Table(table) = &paper.blocks[1].kind else {
        panic!("no table");
    };
    assert_eq!(table.rows, [[0..3, 3..3, 3..3], [4..7, 8..11, 12..15]]);
    assert_eq!(
        table.alignments,
        [Alignment::Right, Alignment::Left, Alignment::Left]
    );
}

#[test]
fn a_cell_has_no_space_at_its_end_nor_has_what_is_set_in_it() {
    let paper = paper(|paper| {
        paper.begin_table(&[]);
        paper.begin_row();
        paper.begin_cell();
        paper.push_text("one ");
        paper.open_style(Style::Emphasis);
        paper.push_spaced("two ");
        paper.close();
        paper.end_cell();
        paper.begin_cell();
        paper.open_link("https://a.b");
        paper.push_spaced("three  ");
        paper.end_table();
    });
    let table = block_of(&paper, "one two\tthree");
    assert_eq!(table.spans[0].range, 4..7);
    assert_eq!(table.links[0].range, 8..13);
}

#[test]
fn a_table_within_a_cell_is_the_text_of_the_cell() {
    let paper = paper(|paper| {
        paper.begin_table(&[]);
        paper.begin_row();
        paper.begin_cell();
        paper.push_text("a");
        paper.begin_table(&[]);
        paper.begin_row();
        for text in ["b", "c"] {
            paper.begin_cell();
            paper.push_text(text);
            paper.end_cell();
        }
        paper.end_table();
        paper.push_text("d");
        paper.end_cell();
        paper.begin_cell();
        paper.push_text("e");
        paper.end_table();
    });
    assert_eq!(texts(&paper), ["a b c d\te"]);
}

#[test]
fn a_table_of_far_more_cells_than_text_is_text() {
    let parsed = built(|paper| {
        paper.begin_table(&[]);
        for row in 0..1000 {
            paper.begin_row();
            for _ in 0..if row == 0 { 1000 } else { 1 } {
                paper.begin_cell();
            }
        }
        paper.end_table();
    });
    assert_eq!(parsed.problems.len(), 1);
    let tables = parsed.paper.blocks.iter();
    assert!(
        !tables
            .clone()
            .any(|block| matches!(block.kind, Kind::Table(_)))
    );
}

#[test]
fn a_link_leads_to_any_anchor_and_to_headings_by_their_own_ids_first() {
    let paper = paper(|paper| {
        paper.begin_heading(1, Some("own"));
        paper.push_text("One");
        paper.begin_heading(2, None);
        paper.push_text("Two");
        paper.anchor("next");
        paper.begin_paragraph();
        paper.push_text("text ");
        paper.anchor("own");
        paper.anchor("two");
        paper.push_text("goes on");
        paper.begin_paragraph();
        for id in ["#own", "#two", "#next", "#last", "#none"] {
            paper.open_link(id);
            paper.push_text(id);
            paper.close();
            paper.push_text(" ");
        }
        paper.anchor("last");
    });
    let last = paper.blocks.last().unwrap();
    let places = last.links.iter().map(|link| match &link.target {
        Target::Place(place) => (place.block.0, place.offset),
        Target::Address(_) => (0, 0),
    });
    let places: Vec<_> = places.collect();
    assert_eq!(places, [(1, 0), (3, 5), (2, 3), (4, 27), (0, 0)]);
}

#[test]
fn a_page_is_known_in_the_text_and_in_the_notes_that_are_on_it() {
    let paper = paper(|paper| {
        paper.push_text("before");
        paper.page_break("11");
        paper.begin_paragraph();
        paper.push_text("one ");
        paper.cite("1");
        paper.begin_note("1");
        paper.push_text("note");
        paper.end_note();
        paper.page_break("12");
        paper.push_text("two");
        paper.page_break("");
        paper.begin_note("2");
        paper.push_text("endnote");
        paper.end_note();
    });
    let page = |text: &str, offset| {
        let found = paper.blocks.iter().position(|block| block.text == text);
        let block = crate::paper::BlockId(found.expect(text));
        paper.page_at(Position { block, offset })
    };
    assert_eq!(page("before", 0), None);
    assert_eq!(page("one two", 0), Some("11"));
    assert_eq!(page("one two", 4), Some("12"));
    assert_eq!(page("note", 0), Some("11"));
    assert_eq!(page("endnote", 0), None);
    let two = paper.page_labelled("12").expect("a page");
    assert_eq!(two.offset, 4);
    assert_eq!(paper.page_labelled("13"), None);
    assert_eq!(paper.page_labelled(""), None);
}

#[test]
fn a_long_text_keeps_its_anchors_and_pages_where_they_are() {
    let words = "word ".repeat(20_000);
    let paper = paper(|paper| {
        paper.page_break("1");
        paper.push_text(&words);
        paper.anchor("end");
        paper.page_break("2");
        paper.push_text("last");
        paper.open_link("#end");
        paper.push_text("there");
    });
    let last = paper.blocks.last().unwrap();
    let offset = last.text.find("last").unwrap();
    let Target::Place(place) = last.links[0].target else {
        panic!("{:?}", last.links[0].target);
    };
    assert_eq!(
        (place.block.0, place.offset),
        (paper.blocks.len() - 1, offset)
    );
    assert_eq!(paper.page_labelled("2"), Some(place));
}

#[test]
fn what_an_importer_passes_on_cannot_act_on_a_terminal() {
    let parsed = built(|paper| {
        paper.metadata_mut().title = "a\u{1b}\nb".to_owned();
        paper.metadata_mut().authors = vec![" ".to_owned(), "c\u{202e}".to_owned()];
        paper.set_location(SourceLocation::Page(3));
        paper.problem("d\u{1b}");
        paper.push_verbatim("e\u{9b}\t");
        paper.page_break("\u{1b}");
        paper.anchor("\u{1b}");
        paper.cite("\u{1b}");
    });
    assert_eq!(parsed.paper.metadata.title, "a␛ b");
    assert_eq!(parsed.paper.metadata.authors, ["c⟨RLO⟩"]);
    let problems = parsed.problems.iter().map(ToString::to_string);
    assert!(problems.clone().any(|problem| problem == "page 3: d␛"));
    assert!(
        problems
            .clone()
            .any(|problem| problem.contains("1 hidden character"))
    );
}

/// A call of the builder, by its number.
fn call(paper: &mut PaperBuilder, call: usize) {
    match call {
        0 => paper.begin_paragraph(),
        1 => paper.begin_heading(9, Some("#a\u{1b}")),
        2 => paper.begin_code("x"),
        3 => paper.end_block(),
        4 => paper.rule(),
        5 => paper.open_quote(),
        6 => paper.close_quote(),
        7 => paper.open_list(Some(u64::MAX), false),
        8 => paper.close_list(),
        9 => paper.open_item(),
        10 => paper.close_item(),
        11 => paper.set_item_bullet(Bullet::Task(false)),
        12 => paper.begin_table(&[Alignment::Left]),
        13 => paper.begin_row(),
        14 => paper.begin_cell(),
        15 => paper.end_cell(),
        16 => paper.end_row(),
        17 => paper.end_table(),
        18 => paper.push_text(" word\n\u{202e}"),
        19 => paper.push_spaced("  e\u{301}"),
        20 => paper.push_verbatim("a\tb\n"),
        21 => paper.push_code("code"),
        22 => paper.line_break(),
        23 => paper.open_style(Style::Raised),
        24 => paper.open_link("#a"),
        25 => paper.open_image("b c"),
        26 => paper.close(),
        27 => paper.anchor("a"),
        28 => paper.page_break("7"),
        29 => paper.page_break(""),
        30 => paper.cite("1"),
        31 => paper.begin_note("1"),
        32 => paper.begin_note("b"),
        33 => paper.end_note(),
        _ => paper.set_location(SourceLocation::Paragraph(1)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calls_in_any_order_build_a_paper_that_keeps_its_promises(
        calls in prop::collection::vec(0..35_usize, 0..80),
    ) {
        let mut builder = PaperBuilder::new();
        builder.set_location(SourceLocation::Paragraph(1));
        for number in calls {
            call(&mut builder, number);
        }
        hold(&builder.finish(), "");
    }

    #[test]
    fn no_word_is_lost_in_whatever_order_the_calls_come(
        calls in prop::collection::vec(0..35_usize, 0..80),
    ) {
        let mut builder = PaperBuilder::new();
        builder.set_location(SourceLocation::Paragraph(1));
        let mut words = 0;
        for number in calls {
            words += usize::from(number == 18);
            call(&mut builder, number);
        }
        let paper = builder.finish().paper;
        let authors = paper.blocks.iter().filter(|block| block.is_authors());
        let shown = authors.map(|block| match &block.kind {
            Kind::Table(table) => {
                let cells = table.rows.iter().flatten();
                cells.map(|cell| block.text.get(cell.clone()).unwrap().matches("word").count()).sum()
            }
            _ => block.text.matches("word").count(),
        });
        prop_assert_eq!(shown.sum::<usize>(), words);
    }
}
