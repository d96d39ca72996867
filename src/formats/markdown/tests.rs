mod citations;
mod dialects;
mod formulas;
mod html;
mod notes;
mod pieces;
mod script;
mod tables;

use super::{ReadingLimits, parse_within, signs};
use crate::formats::ReadOptions;
use crate::formats::markdown::parse;
use crate::formats::outline::{check, check_problems, check_whole};
use crate::paper::PaperBuilder;
use crate::paper::{Block, Kind, SourceLocation};

#[test]
fn headings_and_paragraphs_follow_each_other() {
    check(
        "One\ntwo.\n\n## Three ##\nFour\n====\n",
        "One two.
         ## Three
         # Four",
    );
}

#[test]
fn a_soft_line_end_is_a_space_and_a_hard_one_is_kept() {
    check("a\nb\\\nc  \nd<br>e<br>\nf", "a b⏎c⏎d⏎e⏎f");
}

#[test]
fn windows_and_old_mac_line_ends_make_the_same_paper() {
    let unix =
        "---\ntitle: T\n---\n\n# H\n\na\nb[^1]\n\n```\nx\n\ty\n```\n\n|a|\n|-|\n|b|\n\n[^1]: n\n";
    let paper = parse(unix);
    assert_eq!(parse(&unix.replace('\n', "\r\n")), paper);
    assert_eq!(parse(&unix.replace('\n', "\r")), paper);
}

#[test]
fn a_byte_order_mark_does_not_hide_the_first_heading() {
    check("\u{feff}# One", "# One");
}

#[test]
fn emphasis_strong_struck_and_code_lie_over_the_text() {
    check("*a **b*** ~~c~~ `d *e*`", "*a **b*** ~~c~~ `d *e*`");
}

#[test]
fn a_tight_list_is_tight_after_its_first_item() {
    check(
        "Text\n- a\n- b\n\n1. c",
        "Text
         • a
         ~• b
         1. c",
    );
}

#[test]
fn a_loose_list_is_loose() {
    check(
        "- a\n\n- b\n\n  c",
        "• a
         • b
         · c",
    );
}

#[test]
fn nested_lists_keep_their_bullets() {
    check(
        "3. a\n   - b\n   - [x] c\n   - [ ] d\n4. e",
        "3. a
         ~· • b
         ~· [x] c
         ~· [ ] d
         ~4. e",
    );
}

#[test]
fn a_task_of_a_loose_list_shows_its_box() {
    check(
        "- [x] a\n\n- [ ] b",
        "[x] a
         [ ] b",
    );
}

#[test]
fn an_item_without_text_still_shows_its_bullet() {
    check(
        "- \n- a\n- - b",
        "•
         ~• a
         ~• • b",
    );
}

#[test]
fn quotes_and_lists_enclose_each_other() {
    check(
        "> a\n>\n> - b\n>   > c",
        "> a
         > • b
         > · > c",
    );
}

#[test]
fn nesting_beyond_the_deepest_is_not_kept() {
    let deep = parse(&format!("{}a", "> ".repeat(100_000))).paper;
    let deepest = deep.blocks.iter().map(|block| block.nesting.len()).max();
    assert_eq!(deepest, Some(Block::MAX_DEPTH));
    assert_eq!(
        deep.blocks.last().map(|block| block.text.as_str()),
        Some("a")
    );
}

#[test]
fn code_keeps_its_lines_and_spaces() {
    check(
        "```rust ignore\nfn a() {\n    b\n}\n\n```\n\n    c\n\td",
        "code(rust): fn a() {⏎    b⏎}⏎
         code(): c⏎d",
    );
}

#[test]
fn a_tab_in_code_reaches_to_the_next_stop() {
    check("```\na\tb\n\tc\té\td\n```", "code(): a   b⏎    c   é   d");
}

#[test]
fn a_table_keeps_its_shape() {
    check(
        "|a|b|c|\n|-|:-:|-:|\n|1 `x`|2\n",
        "table[Left, Centre, Right]: a⇥b⇥c⏎1 `x`⇥2⇥",
    );
}

#[test]
fn a_note_and_an_address_in_a_table_lie_in_their_cell() {
    check(
        "|a|b|\n|-|-|\n|x[^1]^[in]|https://a.b/c|\n\n[^1]: n",
        "table[Left, Left]: a⇥b⏎x[1][2]⇥<https://a.b/c -> https://a.b/c>
         # Notes
         (1) n
         (2) in",
    );
}

#[test]
fn a_bracket_does_not_reach_out_of_its_cell() {
    check(
        "|a^[b|c]|\n|-|-|\n|[^d|e]|",
        "table[Left, Left]: a^[b⇥c]⏎[^d⇥e]",
    );
}

#[test]
fn a_table_of_next_to_nothing_but_cells_is_shown_as_it_stands() {
    let source = format!(
        "x\n\n{}|\n{}|\n{}",
        "|a".repeat(1000),
        "|-".repeat(1000),
        "|\n".repeat(9000)
    );
    check_problems(
        &source,
        "4: this table has far more cells than text; all tables are shown as they stand in the source",
    );
    let windows = parse(&source.replace('\n', "\r\n"));
    assert_eq!(windows.problems.len(), 1);
}

#[test]
fn a_rule_is_a_block() {
    check(
        "a\n\n***\n\nb",
        "a
         rule
         b",
    );
}

#[test]
fn links_lead_to_their_address() {
    check(
        "[a *b*](http://c.d \"title\") <http://e.f> <g@h.i> [j] [](k)\n\n[j]: l%20m",
        "<a *b* -> http://c.d> <http://e.f -> http://e.f> <g@h.i -> mailto:g@h.i> <j -> l%20m> <k -> k>",
    );
}

#[test]
fn an_image_is_shown_as_its_description() {
    check(
        "![a *b*](c.png) ![](d.png) [![e](f.png)](g)",
        "*<[image: a b]* -> c.png> *<[image]* -> d.png> *<[image: e]* -> g>",
    );
}

#[test]
fn a_note_may_be_all_that_an_image_shows() {
    check(
        "![[^1]](a) b",
        "*<[image[1]]* -> a> b
         # Notes",
    );
}

#[test]
fn a_marker_may_stand_in_the_words_of_a_link() {
    check(
        "![a.[^1]](b) [c[^1] *d*](e) [f[^1]][g] [h[^1]] `[i[^1]](j)`\n\n[g]: k\n\n[^1]: One.",
        "*<[image: a.[1]]* -> b> <c[1] *d* -> e> <f -> k>[1] [h[1]] `[i[^1]](j)`
         # Notes
         (1) One.",
    );
}

#[test]
fn a_link_to_a_heading_leads_there() {
    check(
        "[a](#the-end) [b](#own)\n\n# The End\n\n## Two {#own}",
        "<a -> 2:0> <b -> 3:0>
         # The End
         ## Two",
    );
}

#[test]
fn a_link_to_no_heading_stays_an_address_and_is_a_problem() {
    check_problems(
        "a\n\n[b](#fn1)",
        "3: a link goes to #fn1, but there is no such heading",
    );
    check("[b](#fn1)", "<b -> #fn1>");
}

#[test]
fn of_html_the_text_is_kept() {
    check(
        "<p align=\"x>y\">One &amp;\n  <b>two</b></p>\n<!-- no -->\n<script>if (a<b) {}</script>\nthree<br>four\n\na <i>b</i><!-- c --> d",
        "One & **two**
         three⏎four
         a *b* d",
    );
}

#[test]
fn text_in_html_is_raised_too_and_stars_in_it_stay() {
    // CommonMark reads no Markdown within a block of HTML.
    check("<div>10<sup>6</sup> *a*</div>", "10^{⁶} *a*");
    check("<div>\n\n*a*\n\n</div>", "*a*");
}

#[test]
fn html_without_text_is_nothing() {
    check("<div>\n\na\n\n</div>\n\n<!-- b\n\nc -->\n", "a");
}

#[test]
fn a_blank_before_a_tag_does_not_slip_into_the_next_block() {
    let paper = parse(" <b>\n\n|-\n|-\n\n <b>\n\n```\nc\n```").paper;
    let texts = paper.blocks.iter().skip(1).map(|block| block.text.as_str());
    assert_eq!(texts.collect::<Vec<_>>(), ["-", "c"]);
}

#[test]
fn the_title_page_comes_from_the_metadata() {
    check_whole(
        "---\ntitle: A Title\nsubtitle: and more\nauthor: [B, C]\ndate: 2026-05-01\npublisher: D\nkeywords: e, f\nlicense: CC BY 4.0 (https://cc.org/by)\nchanges: see www.g.org\n---\n\n# A\n",
        "title: A Title
         ~imprint: and more
         imprint: B, C
         ~imprint: D · 2026-05-01
         imprint: Keywords: e, f
         imprint: 1 minute to read
         # A
         imprint: B, C. A Title. D, 2026-05-01. CC BY 4.0 (<https://cc.org/by -> https://cc.org/by>)
         ~imprint: Changes: see <www.g.org -> http://www.g.org>",
    );
}

#[test]
fn a_title_that_the_paper_begins_with_is_not_said_twice() {
    check_whole(
        "---\ntitle: A\n---\n\n# A",
        "imprint: 1 minute to read
         # A",
    );
}

#[test]
fn the_first_heading_is_the_title_if_there_is_no_other() {
    assert_eq!(parse("> # no\n\n## Yes\n\n# No").paper.title, "Yes");
}

#[test]
fn an_empty_paper_says_so() {
    check_whole("", "imprint: This paper is empty.");
    check_whole(
        "\u{feff} \n\n <!-- x -->\n",
        "imprint: This paper is empty.",
    );
}

#[test]
fn sections_part_the_body() {
    let paper = parse("a\n\n# B b!\n\nc\n\n## B b\n\n> # d\n\n# E {#start}\n\n[^1]: x").paper;
    let sections = paper.sections.iter();
    let sections =
        sections.map(|section| (section.id.as_str(), section.level, section.blocks.clone()));
    let expected = [
        ("start-1", 0, 1..2),
        ("b-b", 1, 2..4),
        ("b-b-1", 2, 4..6),
        ("start", 1, 6..7),
        ("notes", 1, 7..10),
    ];
    assert_eq!(sections.collect::<Vec<_>>(), expected);
}

#[test]
fn paragraphs_are_counted_in_their_section() {
    let paper = parse("a\n\n# B\n\n---\n\nc\n\n- d\n\n```\ne\n```\n").paper;
    let numbers = paper.blocks.iter().map(|block| block.paragraph);
    assert_eq!(numbers.collect::<Vec<_>>(), [0, 1, 0, 0, 1, 2, 3]);
}

#[test]
fn blocks_and_markers_know_their_line() {
    let source =
        "\u{feff}---\ntitle: A\n---\n\n# B\n\nc\nd[^1] e^[f]\n\n- g\n- \n\n[^1]: h\n\n    i\n";
    let paper = parse(source).paper;
    let lines = paper.blocks.iter().filter(|block| block.is_authors());
    let lines: Vec<_> = lines
        .map(|block| (block.text.as_str(), block.location.line().unwrap_or(0)))
        .collect();
    let expected = [
        ("B", 5),
        ("c d e", 7),
        ("g", 10),
        ("", 11),
        ("Notes", 0),
        ("h", 13),
        ("i", 15),
        ("f", 8),
    ];
    assert_eq!(lines, expected);
    let markers = paper.blocks.iter().flat_map(|block| &block.markers);
    assert_eq!(
        markers
            .map(|marker| marker.location.line().unwrap())
            .collect::<Vec<_>>(),
        [8, 8]
    );
}

#[test]
fn what_acts_on_a_terminal_is_shown_wherever_it_stands() {
    check(
        "&#27;]0;a\u{7} `b\u{1b}` [c\u{202e}](<d\u{1b}e%1b f\u{202e}>)\n\n~~~\u{1b}x\ny\u{9b}\n~~~",
        "␛]0;a␇ `b␛` <c⟨RLO⟩ -> d%1Be%1b%20f%E2%80%AE>
         code(␛x): y\u{fffd}",
    );
    check_problems(
        "a\n\nb\u{1b}\u{200b}",
        "3: 2 hidden characters, shown by signs or left out",
    );
}

#[test]
fn a_very_long_paragraph_goes_on_in_the_next_block() {
    let words: Vec<String> = (0..30_000).map(|word| format!("w{word}")).collect();
    let source = format!("> **{}** end[^1]\n\n[^1]: n", words.join(" "));
    let paper = parse(&source).paper;
    let parts: Vec<&Block> = paper
        .blocks
        .iter()
        .filter(|block| block.location == SourceLocation::Line(1))
        .collect();
    assert!(parts.len() > 1);
    assert!(
        parts
            .iter()
            .all(|part| part.text.len() <= 64 * 1024 && part.spans.len() == 1)
    );
    let text: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(text.join(" "), format!("{} end", words.join(" ")));
    assert_eq!(parts.last().map(|part| part.markers.len()), Some(1));
    assert!(parts.iter().skip(1).all(|part| part.tight));
}

#[test]
fn a_paper_of_too_many_signs_is_shown_as_it_was_typed() {
    let body = "# One\n\n  *two*[^1]\n\n[^1]: n\n";
    let source = format!("---\ntitle: T\n---\n{body}");
    let signs = (0..).find(|most| !signs::exceed(*most, body)).unwrap();
    assert!(signs < body.len());
    let within = |signs| {
        let limits = ReadingLimits {
            signs,
            ..ReadingLimits::USUAL
        };
        let options = ReadOptions::default();
        parse_within(limits, &source, PaperBuilder::new(), &options)
    };
    let parsed = within(signs - 1);
    assert_eq!(parsed.paper.title, "T");
    let typed: Vec<&Block> = parsed
        .paper
        .blocks
        .iter()
        .filter(|it| it.is_authors())
        .collect();
    let [block] = typed.as_slice() else {
        panic!("{typed:?}");
    };
    assert_eq!(block.text, "# One\n\n  *two*[^1]\n\n[^1]: n");
    assert!(matches!(block.kind, Kind::Code { .. }));
    let told = parsed.problems[0].message();
    assert!(told.contains("as it was typed"), "{told}");
    assert_eq!(within(signs).paper.notes.len(), 1);
}

#[test]
fn a_joiner_after_what_is_taken_out_of_the_text_joins_nothing() {
    for source in ["[^a]\u{200d}b", "^[a]\u{200d}b", "- ^[a\u{200d}] b"] {
        let paper = parse(source).paper;
        assert!(
            paper
                .blocks
                .iter()
                .all(|block| !block.text.contains('\u{200d}'))
        );
    }
    let marks = format!("a{}", format!("{}[^x]", "\u{301}".repeat(9)).repeat(9));
    let paper = parse(&marks).paper;
    let most = paper
        .blocks
        .iter()
        .map(|block| block.text.matches('\u{301}').count());
    assert_eq!(most.max(), Some(10));
}
