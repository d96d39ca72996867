//! What blocks look like at a width.

use super::testing::{empty, paragraph, shown, shown_on};
use super::{Hyphenation, LineEnds, PageForm, Part, lay_out, lay_out_page};
use crate::paper::{Block, Bullet, Kind, Nest, NoteNumber};

fn check(marked: &str, columns: u16, expected: &str) {
    check_block(&paragraph(marked), columns, expected);
}

fn check_kind(kind: Kind, text: &str, columns: u16, expected: &str) {
    let block = Block {
        kind,
        ..paragraph(text)
    };
    check_block(&block, columns, expected);
}

fn check_nested(nesting: Vec<Nest>, text: &str, columns: u16, expected: &str) {
    let block = Block {
        nesting,
        ..paragraph(text)
    };
    check_block(&block, columns, expected);
}

fn check_block(block: &Block, columns: u16, expected: &str) {
    assert_eq!(shown(block, columns), expected);
}

fn item(bullet: Bullet) -> Nest {
    Nest::Item {
        bullet: Some(bullet),
    }
}

#[test]
fn words_fill_the_lines_evenly() {
    check("aa bb cc dddddd ee", 8, "aa bb cc\ndddddd\nee");
    check(
        "To be, or not to be: that is the question.",
        22,
        "To be, or not to be:\nthat is the question.",
    );
}

#[test]
fn an_empty_paragraph_has_an_empty_line() {
    check("", 10, "");
}

#[test]
fn no_width_counts_as_one_column() {
    check("ab c", 0, "a\nb\nc");
}

#[test]
fn a_marker_stays_with_its_word() {
    check("one two[^a]", 7, "one\ntwo¹");
}

#[test]
fn a_marker_stays_with_its_word_across_a_space() {
    check("one two [^a] six", 8, "one\ntwo ¹\nsix");
}

#[test]
fn a_marker_takes_the_end_of_a_word_that_is_too_long_along() {
    check("one two[^a]", 3, "one\ntw\no¹");
}

#[test]
fn markers_that_touch_are_parted() {
    check("one[^a][^b] two", 20, "one¹·² two");
}

#[test]
fn a_marker_before_all_text_stays_with_the_first_word() {
    check("[^a]one two", 4, "¹one\ntwo");
    check("[^a]", 4, "¹");
}

#[test]
fn a_marker_after_the_last_line_end_has_a_line() {
    check("one\n[^a]", 9, "one\n¹");
}

#[test]
fn a_marker_parts_hyphens_that_would_be_a_dash() {
    check("one-[^a]-two", 20, "one-¹-two");
}

#[test]
fn no_gap_is_so_wide_that_the_next_line_runs_over() {
    let word = "w".repeat(67);
    check(&format!("a {word} b"), 68, &format!("a\n{word}\nb"));
}

#[test]
fn twenty_markers_in_a_row_break_between_markers() {
    let marked = format!("word{}", "[^a]".repeat(20));
    check(
        &marked,
        8,
        "word¹·²·\n³·⁴·⁵·⁶·\n⁷·⁸·⁹·\n¹⁰·¹¹·\n¹²·¹³·\n¹⁴·¹⁵·\n¹⁶·¹⁷·\n¹⁸·¹⁹·²⁰",
    );
}

#[test]
fn a_line_end_of_the_authors_stays() {
    check("one\ntwo three", 20, "one\ntwo three");
    check("one\n\ntwo\n", 20, "one\n\ntwo");
}

#[test]
fn a_word_wider_than_the_line_is_cut_between_letters() {
    check("a Donaudampfschiff b", 6, "a\nDonaud\nampfsc\nhiff b");
}

#[test]
fn a_letter_is_never_cut() {
    check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}e\u{301}\ne\u{301}");
    check("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧\n👩‍👩‍👧");
}

#[test]
fn chinese_breaks_between_characters() {
    check("中俄联合声明全文", 8, "中俄联合\n声明全文");
}

#[test]
fn a_letter_wider_than_the_page_is_stood_in_for() {
    check("中a", 1, "…\na");
}

#[test]
fn an_address_breaks_where_an_address_may() {
    check(
        "See <https://example.org/one/two-three?q=4&r=5>.",
        16,
        "See https://\nexample.org/one/\ntwo-three?q=4&\nr=5.",
    );
    check("<https://www.example.org>", 12, "https://www\n.example.org");
}

#[test]
fn a_hyphen_in_an_address_begins_a_line() {
    check("<https://a.b/one-two>", 16, "https://a.b/one\n-two");
}

#[test]
fn words_joined_by_a_hyphen_may_part_after_it() {
    check("the Sino-Russian pact", 10, "the Sino-\nRussian\npact");
}

#[test]
fn quotes_and_dashes_are_set_as_a_typesetter_does() {
    check(
        r#""It's 'so'--so," he said..."#,
        60,
        "“It’s ‘so’–so,” he said…",
    );
}

#[test]
fn code_and_addresses_stay_as_typed() {
    check(
        r#"`"a--b"` <https://a.b/--'> "c""#,
        60,
        r#""a--b" https://a.b/--' “c”"#,
    );
}

#[test]
fn a_bracket_goes_to_the_next_line_from_behind_a_quotation() {
    check("say ‘so.’” (quoting", 13, "say ‘so.’”\n(quoting");
    check("“so” [quoting", 9, "“so”\n[quoting");
    // What a bracket opens within a quotation stays with its mark.
    check("one “(two)” three", 7, "one\n“(two)”\nthree");
    check("one « (two) »", 9, "one\n« (two) »");
}

#[test]
fn a_heading_is_balanced() {
    check_kind(
        Kind::Heading(2),
        "Russia and China share the management of security",
        40,
        "Russia and China share the\nmanagement of security",
    );
}

#[test]
fn a_title_stands_in_the_middle() {
    check_kind(Kind::Title, "A Title", 11, "  A Title");
    check_kind(Kind::Imprint, "May 2026", 11, " May 2026");
}

#[test]
fn blank_lines_part_blocks_by_their_kind() {
    let lead = |kind: Kind, tight: bool| {
        let block = Block {
            tight,
            ..empty(kind)
        };
        lay_out(&block, 20).lead
    };
    assert_eq!(lead(Kind::Heading(1), false), 2);
    assert_eq!(lead(Kind::Heading(2), false), 1);
    assert_eq!(lead(Kind::Paragraph, false), 1);
    assert_eq!(lead(Kind::Paragraph, true), 0);
}

#[test]
fn a_list_item_hangs_beside_its_bullet() {
    check_nested(
        vec![item(Bullet::Dot)],
        "one two three",
        13,
        "  • one two\n    three",
    );
    check_nested(vec![Nest::Item { bullet: None }], "more", 13, "    more");
    check_nested(vec![item(Bullet::Task(true))], "done", 13, "  ☑ done");
}

#[test]
fn numbers_of_a_list_end_in_one_column() {
    check_nested(vec![item(Bullet::Number(9))], "nine", 20, " 9. nine");
    check_nested(vec![item(Bullet::Number(10))], "ten", 20, "10. ten");
    check_nested(vec![item(Bullet::Number(1000))], "many", 20, "1000. many");
}

#[test]
fn a_label_of_another_kind_is_shown_as_it_is_written() {
    let label = |label: &str| vec![item(Bullet::Label(label.into()))];
    check_nested(label("a)"), "letter", 20, " a) letter");
    check_nested(label("2.1.iv"), "deep", 20, "2.1.iv deep");
}

#[test]
fn a_list_in_a_list_has_another_bullet() {
    let nesting = vec![Nest::Item { bullet: None }, item(Bullet::Dot)];
    check_nested(nesting, "deep", 30, "      – deep");
}

#[test]
fn indentation_stops_where_little_room_is_left() {
    let nesting = vec![item(Bullet::Dot); Block::MAX_DEPTH];
    let block = Block {
        nesting,
        ..paragraph("one two three four")
    };
    check_block(&block, 24, "  •   – – – one two\n            three four");
}

#[test]
fn a_quote_has_a_bar_on_every_line() {
    check_nested(
        vec![Nest::Quote { begins: true }],
        "one two",
        5,
        "│ one\n│ two",
    );
    check_nested(
        vec![Nest::Quote { begins: true }, Nest::Quote { begins: true }],
        "one two",
        40,
        "│ │ one two",
    );
}

#[test]
fn the_bar_of_a_quote_goes_on_between_its_blocks() {
    let lead = |begins: [bool; 2]| {
        let nesting = begins.map(|begins| Nest::Quote { begins }).to_vec();
        let block = Block {
            nesting,
            ..paragraph("one")
        };
        let layout = lay_out(&block, 20);
        let runs = layout.lines[0].runs.iter();
        runs.map(|run| run.text.clone()).collect::<String>()
    };
    assert_eq!(lead([false, false]), "││");
    assert_eq!(lead([false, true]), "│");
    assert_eq!(lead([true, true]), "");
}

#[test]
fn a_note_hangs_beside_its_number() {
    check_nested(
        vec![Nest::Note {
            number: Some(NoteNumber::Number(8)),
        }],
        "one two",
        8,
        " 8  one\n    two",
    );
    check_nested(
        vec![Nest::Note {
            number: Some(NoteNumber::Number(43)),
        }],
        "one",
        20,
        "43  one",
    );
    check_nested(vec![Nest::Note { number: None }], "more", 20, "    more");
}

#[test]
fn places_of_citation_are_led_by_an_arrow() {
    let block = Block {
        nesting: vec![Nest::Note { number: None }],
        ..paragraph("Introduction ¶ 2")
    };
    let block = Block {
        kind: Kind::Backlinks,
        ..block
    };
    check_block(&block, 30, "    ↑ Introduction ¶ 2");
}

#[test]
fn code_keeps_its_lines_and_spaces() {
    let kind = Kind::Code {
        language: Box::default(),
    };
    check_kind(
        kind.clone(),
        "if a {\n    \"b\" -- c...\n}",
        30,
        "  if a {\n      \"b\" -- c...\n  }",
    );
    check_kind(kind, "a = b + c", 8, "  a = b\n↳ + c");
}

#[test]
fn code_breaks_at_blanks_before_it_breaks_in_a_token_and_never_in_a_number() {
    let kind = Kind::Code {
        language: Box::default(),
    };
    let check = |text, columns, expected| check_kind(kind.clone(), text, columns, expected);
    check("    let mean = total", 14, "      let mean\n↳ = total");
    check("sum(a,b)+c", 8, "  sum(a,\n↳ b)+c");
    check("x=f(1234.56)", 10, "  x=f(\n↳ 1234.56)");
    check("f(12,000,000)", 13, "  f(\n↳ 12,000,000)");
    // What is as long as the line has to be parted somewhere.
    check("1234567890", 8, "  123456\n↳ 7890");
    check("ab   cd", 8, "  ab\n↳ cd");
}

#[test]
fn a_rule_stands_in_the_middle() {
    check_kind(Kind::Rule, "", 11, "   * * *");
    check_kind(Kind::Rule, "", 1, "*");
}

#[test]
fn a_very_long_paragraph_breaks_as_one() {
    let marked = "word[^a] ".repeat(4_000);
    let block = paragraph(&marked);
    let layout = lay_out(&block, 40);
    let markers = layout.lines.iter().flat_map(|line| &line.runs);
    let markers = markers.filter(|run| matches!(run.role.part, Part::Marker(_)));
    assert_eq!(markers.count(), 4_000);
    let (last, full) = layout.lines[layout.lead..].split_last().unwrap();
    assert!(
        full.iter().all(|line| line.columns() > 28),
        "a line is short"
    );
    assert!(!last.runs.is_empty());
}

#[test]
fn emphasis_and_links_go_on_over_broken_lines() {
    let layout = lay_out(&paragraph("a *bb cc* <www.d.e>"), 4);
    let look = |line: usize| {
        let runs = layout.lines[layout.lead + line].runs.iter();
        let look = runs.map(|run| (run.text.as_str(), run.role.emphasis, run.role.part));
        look.collect::<Vec<_>>()
    };
    assert_eq!(
        look(0),
        [("a ", false, Part::Body), ("bb", true, Part::Body)]
    );
    assert_eq!(look(1), [("cc", true, Part::Body)]);
    assert_eq!(look(2), [("www", false, Part::Link(0))]);
}

#[test]
fn lines_that_are_justified_end_at_the_right_edge_but_for_the_last() {
    let text = "The responsibilities of international organisations are considered \
        extraordinarily complicated, notwithstanding the considerable harmonisation.";
    let form = PageForm {
        line_ends: LineEnds::Justified(Hyphenation::for_language("en")),
        ..PageForm::from(40)
    };
    let layout = lay_out_page(&paragraph(text), form, &[]);
    assert_eq!(
        shown_on(&layout),
        "The  responsibilities  of  international\n\
         organisations  are considered extraordi-\n\
         narily complicated, notwithstanding  the\n\
         considerable harmonisation."
    );
}

#[test]
fn a_wide_space_is_widened_by_blanks_behind_it() {
    let words = "one two three four five six seven eight nine ten eleven twelve";
    let text = words.replace(' ', "\u{3000}");
    let form = PageForm {
        line_ends: LineEnds::Justified(None),
        ..PageForm::from(43)
    };
    let layout = lay_out_page(&paragraph(&text), form, &[]);
    assert_eq!(
        shown_on(&layout),
        "one\u{3000}two\u{3000} three\u{3000} four\u{3000}five\u{3000} six\u{3000} seven\n\
         eight\u{3000}nine\u{3000}ten\u{3000}eleven\u{3000}twelve"
    );
    for columns in 38..50 {
        super::laws::hold(&paragraph(&text), columns);
    }
}
