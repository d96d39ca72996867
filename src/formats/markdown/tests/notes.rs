//! Notes: where they stand, what they are called, and which marker cites them.

use crate::formats::markdown::parse;
use crate::formats::outline::{check, check_problems, check_whole};

#[test]
fn notes_stand_at_the_end_with_their_paragraphs_lists_quotes_and_code() {
    check(
        "a[^x] b[^y]\n\n[^x]: One\n\n    two\n\n    - three\n\n    > four\n\n        five\n\n[^y]: six",
        "a[1] b[2]
         # Notes
         (1) One
         () two
         () • three
         () > four
         () code(): five
         (2) six",
    );
}

#[test]
fn a_note_says_where_it_is_cited() {
    check_whole(
        "a[^n]\n\n# One\n\nb\n\n- c[^n]\n\n# Two[^n]\n\n[^n]: d[^m]\n[^m]: e\n[^o]: f",
        "imprint: 1 minute to read · 3 notes
         a[1]
         # One
         b
         • c[1]
         # Two[1]
         # Notes
         (1) d[2]
         ~() back: cited in <¶ 1 -> 1:1> · <§ One, ¶ 2 -> 4:1> · <§ Two -> 5:3>
         (2) e
         ~() back: cited in <note 1 -> 7:1>
         (3) f
         ~() back: never cited in the text",
    );
}

#[test]
fn of_very_many_places_only_the_first_are_named() {
    let paper = parse(&format!("{}[^1]: a", "a[^1]\n\n".repeat(1000))).paper;
    let line = paper.blocks.last().expect("the note's line");
    assert_eq!(line.links.len(), 50);
    assert!(line.text.ends_with("¶ 50 and 950 more"));
    assert_eq!(paper.notes[0].cited_in.len(), 1000);
}

#[test]
fn a_place_is_named_once_however_often_it_cites_the_note() {
    let paper = parse("# A\n\na[^1] b[^1]\n\nc[^1]\n\n[^1]: d").paper;
    let line = paper.blocks.last().expect("the note's line");
    assert_eq!(line.text, "cited in § A, ¶ 1 twice · ¶ 2");
}

#[test]
fn labels_that_are_all_numbers_are_the_numbers() {
    check(
        "a[^7] b[^3]\n\n[^3]: three\n[^7]: seven",
        "a[7] b[3]
         # Notes
         (3) three
         (7) seven",
    );
}

#[test]
fn signs_are_shown_as_they_are_and_do_not_change_the_numbers() {
    check(
        "a[^†] b[^1] c[^**]\n\n[^1]: one\n[^†]: Ada\n[^**]: Bo",
        "a[†] b[1] c[**]
         # Notes
         (†) Ada
         (**) Bo
         (1) one",
    );
    check("a[^†]\n\n[^†]: Ada", "a[†]\n# Notes\n(†) Ada");
    check(
        "a[^†] b[^x]\n\n[^x]: one\n[^†]: Ada",
        "a[1] b[2]\n# Notes\n(1) Ada\n(2) one",
    );
}

/// What the notes with these labels, cited and defined in this order, are called.
fn numbered(labels: &str) -> String {
    let labels: Vec<&str> = labels.split(' ').collect();
    let mut source = String::from("Text");
    for label in &labels {
        source.push_str(&format!("[^{label}] more"));
    }
    for label in &labels {
        source.push_str(&format!("\n\n[^{label}]: Note {label}."));
    }
    let parsed = parse(&source);
    crate::paper::laws::hold(&parsed, &source);
    let labels = labels.iter().map(|label| {
        let mut notes = parsed.paper.notes.iter();
        let note = notes.find(|note| note.label == *label).unwrap();
        note.number.to_string()
    });
    labels.collect::<Vec<_>>().join(" ")
}

#[test]
fn notes_that_are_counted_anew_keep_free_the_numbers_of_those_that_are_missing() {
    assert_eq!(numbered("1 2 12 1.2 2.2 3 1.3"), "1 2 12 13 14 15 16");
    assert_eq!(numbered("a a.2 3.1"), "1 2 3");
    assert_eq!(numbered("1 0 1.2"), "1 2 3");
}

#[test]
fn a_marker_out_of_order_does_not_begin_to_count_anew() {
    assert_eq!(numbered("1 3 2 4 1.2 5"), "1 3 2 4 5 9");
}

#[test]
fn the_signs_of_authors_do_not_keep_numbers_from_being_counted_anew() {
    assert_eq!(numbered("* 1 2 4 1.2"), "* 1 2 4 5");
    assert_eq!(numbered("* 1 *.2 † 1.2"), "* 1 ‡ † 2");
    assert_eq!(numbered("* † *.2"), "1 2 3");
}

#[test]
fn other_notes_are_numbered_as_they_are_cited() {
    check(
        "a[^b] b[^1]\n\n[^x]: never\n[^1]: one[^c]\n[^b]: bee\n[^c]: sea",
        "a[1] b[2]
         # Notes
         (1) bee
         (2) one[3]
         (3) sea
         (4) never",
    );
}

#[test]
fn blanks_in_labels_are_one_and_none_at_their_ends() {
    let paper = parse("[^\u{feff}\u{c}a\u{c}\u{feff}\u{c}b]: c").paper;
    assert_eq!(paper.notes[0].label, "a b");
}

#[test]
fn labels_match_without_regard_to_case() {
    check(
        "a[^Note]\n\n[^NOTE]: b",
        "a[1]
         # Notes
         (1) b",
    );
}

#[test]
fn a_note_whose_label_cannot_be_seen_gets_one() {
    let paper = parse("a[^\u{ad}]\n\n[^\u{ad}]: b\n\n[^\u{ad}]: c").paper;
    let labels = paper.notes.iter().map(|note| note.label.as_str());
    assert_eq!(labels.collect::<Vec<_>>(), ["unseen", "unseen-1"]);
}

#[test]
fn an_inline_note_is_a_note() {
    check(
        "a^[b *c* [d] `]` https://e.f]. g^[h^[i]]",
        "a[1]. g[2]
         # Notes
         (1) b *c* [d] `]` <https://e.f -> https://e.f>
         (2) h[3]
         (3) i",
    );
}

#[test]
fn an_inline_note_that_is_only_a_label_cites_that_note() {
    check(
        "a^[1] b^[ 2 ] c^[3]\n\n[^1]: one\n[^2]: two",
        "a[1] b[2] c[3]
         # Notes
         (1) one
         (2) two
         (3) 3",
    );
}

#[test]
fn an_inline_note_that_looks_like_a_link_is_a_note() {
    check(
        "a^[b](c) d",
        "a[1] d
         # Notes
         (1) <b -> c>",
    );
}

#[test]
fn brackets_that_make_no_inline_note_stay() {
    check(
        r"a\^[b] `^[f]` \^\[g] ^\[h] ^ [i] x^[j",
        r"a^[b] `^[f]` ^[g] ^[h] ^ [i] x^[j",
    );
    check("^[c *d] e*", "^[c *d] e*");
    check(
        r"a\\^[b]",
        r"a\[1]
         # Notes
         (1) b",
    );
}

#[test]
fn a_note_never_defined_is_cited_and_says_so() {
    check_whole(
        "a[^x] b[^ y]\n\nc[^x]",
        "imprint: 1 minute to read · 1 note
         a[1] b[^ y]
         c[1]
         # Notes
         (1) back: cited in <¶ 1 -> 1:1> · <¶ 2 -> 2:1> as [^x], but the paper does not say what it is",
    );
    check_problems("a\nb\n\n*c[^x]*", "4: note [^x] is cited but never defined");
    assert!(!parse("[^x]").paper.notes[0].is_defined());
}

#[test]
fn a_note_never_cited_is_kept_and_a_problem() {
    check("a\n\n[^1]: b", "a\n# Notes\n(1) b");
    check_problems("a\n\n[^1]: b", "3: note [^1] is never cited");
}

#[test]
fn of_a_note_defined_twice_the_first_counts_and_the_second_is_kept() {
    check(
        "a[^1] b[^2]\n\n[^1]: one\n\n[^1]: again\n\n[^2]: two",
        "a[1] b[2]
         # Notes
         (1) one
         (2) two
         (3) again",
    );
    check_problems(
        "a[^1]\n\n[^1]: one\n\n[^1]: again",
        "5: note [^1] is defined again; the first definition counts",
    );
    let notes = parse("a[^x]\n\n[^x]: one\n\n[^X]: again").paper.notes;
    assert_eq!(notes[1].label, "x-1");
}

#[test]
fn a_note_that_says_nothing_is_defined() {
    let paper = parse("a[^1]\n\n[^1]:\n").paper;
    assert!(paper.notes[0].is_defined());
}

#[test]
fn a_note_defined_in_a_list_leaves_the_list_whole() {
    check(
        "- a[^1]\n\n  [^1]: b\n\n- c",
        "• a[1]
         • c
         # Notes
         (1) b",
    );
}

#[test]
fn notes_stand_under_the_papers_own_heading_for_them() {
    check(
        "a[^1]\n\n## Footnotes\n\n[^1]: b",
        "a[1]
         ## Footnotes
         (1) b",
    );
    let paper = parse("a[^1]\n\n## Footnotes\n\n[^1]: b").paper;
    assert!(paper.sections[1].holds_notes);
    assert_eq!(paper.sections.len(), 2);
}

#[test]
fn the_link_that_gitbook_puts_before_a_marker_is_none() {
    let source = "[a *b*](#user-content-fn-1)[^1] [c](#user-content-fn-1)\n\n[^1]: d";
    check(
        source,
        "a *b*[1] <c -> #user-content-fn-1>
         # Notes
         (1) d",
    );
    check_problems(
        source,
        "1: a link goes to #user-content-fn-1, but there is no such heading",
    );
}

#[test]
fn a_marker_behind_an_exclamation_mark_is_one_in_a_block_of_lines_too() {
    let paper = parse("Plain![^1]\n\n| one![^2]\n| two\n\n[^1]: A.\n\n[^2]: B.\n").paper;
    let cited: Vec<usize> = paper.notes.iter().map(|note| note.cited_in.len()).collect();
    assert_eq!(cited, [1, 1]);
    assert!(paper.blocks.iter().any(|block| block.text == "one!\ntwo"));
}
