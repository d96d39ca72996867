//! Blocks and signs that Pandoc, Obsidian and generators of sites have beyond CommonMark.

use crate::formats::outline::check;

#[test]
fn a_term_is_followed_by_its_definitions() {
    check(
        "Term *one*\n:   First\n    line.\n\n    More.\n:   Second\n\nTerm two\n\n~ Third\n\nText",
        "term: Term *one*
         ~: First line.
         · More.
         ~: Second
         term: Term two
         ~: Third
         Text",
    );
    check("a\n:   ```\n    b\n    ```", "term: a\n~: code(): b");
}

#[test]
fn a_colon_that_defines_nothing_is_text() {
    check("a\nb\n: c", "a b : c");
    check(": a", ": a");
    check("- a\n: b", "• a : b");
    check("# a\n: b", "# a\n: b");
}

#[test]
fn labels_of_every_kind_are_kept() {
    check(
        "(a) one\n(b) two\n\n    more\n\niv. four\n\n#. five\n#. six\n\nA.  seven\n\nB. Eight",
        "(a) one
         (b) two
         · more
         iv. four
         1. five
         2. six
         A. seven
         B. Eight",
    );
}

#[test]
fn a_list_with_labels_may_begin_within_an_item() {
    check(
        "7. one\n    a) two\n    b) three\n        i. four\n        ii. five\n    c) six\n8. seven\n",
        "7. one
         ~· a) two
         ~· b) three
         ~· · i. four
         ~· · ii. five
         ~· c) six
         ~8. seven",
    );
    // Without a second item it is text.
    check(
        "- one that goes on,\n  i. e. here\n- two",
        "• one that goes on, i. e. here\n~• two",
    );
    check(
        "I.  one\nII. two\nIII. three",
        "I. one\n~II. two\n~III. three",
    );
}

#[test]
fn a_list_with_numbers_after_one_with_labels_keeps_its_numbers() {
    check("(a) one\n\n7) two\n8) three", "(a) one\n7. two\n8. three");
}

#[test]
fn lines_behind_bars_keep_their_ends_and_their_blanks() {
    check(
        "| One *two*\n|   three\n  four\n| five\n\nText",
        "One *two*⏎\u{a0}\u{a0}three four⏎five
         Text",
    );
}

#[test]
fn fences_of_divisions_are_left_out() {
    check(
        "::: {#a .epigraph}\nOne\n\n- two\n:::\n\n::::: sidebar :::::\nThree\n\n::: {.x}\nfour\n:::\n:::::\n\nFive",
        "> One
         > • two
         Three
         four
         Five",
    );
}

#[test]
fn a_callout_has_its_title() {
    check(
        "::: {.callout-tip title=\"A *b*\"}\nc\n:::",
        "> **A *b***\n> c",
    );
}

#[test]
fn a_division_ends_with_what_it_stands_in() {
    check("- ::: note\n  a\n\nb\n:::\n\nc", "• > a\nb\nc");
    check("> ::: note\n> a\n\nb", "> > a\nb");
}

#[test]
fn attributes_are_left_out_and_spans_are_set() {
    check(
        "`a`{.b} [c](d){#e .f} ![g](h){width=50%} [Smith]{.smallcaps} [i]{.ul} [j]{.k} l{.m} {.n}",
        "`a` <c -> d> *<[image: g]* -> h> ᴀ{Smith} *i* j l{.m} {.n}",
    );
}

#[test]
fn attributes_may_go_on_on_the_next_line() {
    check(
        "a []{#b\n.c}d[^1].\n\n[^1]: e []{#f\n    .g}h",
        "a d[1].\n# Notes\n(1) e h",
    );
}

#[test]
fn a_line_break_at_the_end_of_a_heading_is_none() {
    check("# A\\\n\n# B\\\\\n\nc\\", "# A\n# B\\\nc\\");
}

#[test]
fn a_backslash_hides_signs_beyond_ascii_too() {
    check("\\£5 and 20\\° \\\\£ \\é", "£5 and 20° \\£ \\é");
}

#[test]
fn a_note_to_the_reader_has_a_title() {
    check(
        "> [!NOTE]\n> One\n\n> [!tip]+ The *title*\n> Two\n\n[!x] a",
        "> **Note**
         > One
         > **The *title***
         > Two
         [!x] a",
    );
}

#[test]
fn a_table_of_contents_by_kramdown_is_left_out() {
    check("* toc\n{:toc}\n\nText", "Text");
}

#[test]
fn an_address_that_a_generator_fills_in_leads_nowhere() {
    check("[a]({{ site.url }}/b) [c]({% link d.md %})", "a c");
}

#[test]
fn blocks_of_prose_that_knitr_sets_apart_are_markdown() {
    check(
        "```{block2, type='note'}\n*a* b[^1]\n\n- c\n```\n\n```{theorem, d}\ne\n```\nf\n\n```{r}\ng\n```\n\n[^1]: One.",
        "*a* b[1]
         • c
         e
         f
         code(r): g
         # Notes
         (1) One.",
    );
}

#[test]
fn a_command_of_the_authors_own_may_set_the_first_letter() {
    check(
        r"\initial{A}s you read, \ref{no-such} and \@ref(chap2) \foo{B} c",
        r"As you read, no-such and chap2 \foo{B} c",
    );
}

#[test]
fn a_label_of_multimarkdown_at_the_end_of_a_heading_is_left_out() {
    check(
        "# The End [the-end]\n\n## Of [sources]\n\n[a](#the-end)",
        "# The End
         ## Of [sources]
         <a -> 1:0>",
    );
}
