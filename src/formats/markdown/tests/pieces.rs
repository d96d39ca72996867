//! A source that is read in pieces is the paper that it is when it is read in one go.

use proptest::prelude::*;

use crate::formats::ReadOptions;
use crate::formats::generated::markdown;
use crate::formats::markdown::citing::Citing;
use crate::formats::markdown::{
    MarkdownSource, PaperBuilder, ReadingLimits, mask, options, parse, parse_within, pieces,
};
use crate::paper::{Parsed, SourceLocation};

/// Cuts before every heading.
const EVERYWHERE: usize = 1;

fn within(piece_bytes: usize, source: &str) -> Parsed {
    let limits = ReadingLimits {
        piece_bytes,
        ..ReadingLimits::USUAL
    };
    let options = ReadOptions::default();
    parse_within(limits, source, PaperBuilder::new(), &options)
}

/// Whether the source, which has no metadata, is read in pieces of at least so many bytes.
fn is_read_in_pieces(source: &str, least: usize) -> bool {
    let masked = mask::masked(source, &Citing::default());
    let around = MarkdownSource::new(source, 0, &masked);
    let pieces = pieces::cut(&around, &masked.headings, least);
    pieces.is_some_and(|pieces| pieces::read(&around, options(), &pieces).is_some())
}

#[track_caller]
fn check(source: &str, expects_pieces: bool) {
    assert_eq!(
        is_read_in_pieces(source, EVERYWHERE),
        expects_pieces,
        "{source}"
    );
    let whole = within(usize::MAX, source);
    assert_eq!(within(EVERYWHERE, source), whole, "{source}");
}

#[test]
fn notes_may_be_defined_in_other_pieces() {
    check(
        "a[^1] b[^2]\n\n# H\n\nc[^1]\n\n# I\n\n[^1]: x\n\n[^2]: y[^1]\n",
        true,
    );
    check(
        "[^1]: x\n\n# H\n\nc[^1][^A]\n\n## I\n\n[^a]: y\n\n    z[^1]\n",
        true,
    );
    check("a^[b] c[^n]: d\n\n# H\n\n^[e]\n\n# I\n\n[^n]: f^[g]", true);
    check("a[^é]\n\n# H\n\n[^É]: x\n", true);
    for letter in ["ß", "ẞ", "ſs", "\u{fb06}", "\u{212a}"] {
        for other in ["SS", "ss", "st", "K", "k"] {
            let source = format!("a[^{other}]\n\n# H\n\n[^{letter}]: x\n");
            assert_eq!(within(EVERYWHERE, &source), within(usize::MAX, &source));
        }
    }
}

#[test]
fn lists_tables_quotes_code_and_divisions_end_before_a_heading() {
    check(
        "- a\n\n  b\n\n# H\n\n> c\n\n# I\n\n|a|b|\n|-|-|\n|c|d|\n\n# J\n\n    e\n\n# K\n\n```\n# f\n\n# g\n```\n\n# L\n\n::: {.note}\n# M\n\nh\n:::\n\n# N {#id}\n\n[i](#id) [N]\n",
        true,
    );
    check("(@a) b\n\n# H\n\n(@) c\n\n# I\n\n(@d) e as (@a)\n", true);
    check(
        "$$\na\n\n# H\n\n$$\n\n\u{1b}\u{200d}\n\n# I\n\n\u{1b} b\n",
        true,
    );
}

#[test]
fn what_reaches_over_a_heading_is_read_in_one_go() {
    check("<!-- a\n\n# H\n\nb -->\n\n# I\n\nc\n", false);
    check("::: {.note}\n\na\n\n# H\n\nb\n", false);
    check("[a]\n\n# H\n\n[a]: b\n", false);
    check("[^1]: a\n\n# H\n\nb[^1]\n\n[^1]: c\n", false);
    check("a[^1]\n\n# H\n\n```\n[^1]: b\n```\n", false);
    check("a[^b\\]c]\n\n# H\n\n[^b\\]c]: d\n", false);
}

#[test]
fn places_in_the_source_are_those_of_the_whole() {
    let section = "# H\n\n| a\n| b\n\na[^n]\nb\n\n$c$ [d](#nowhere)\n\n";
    let body = format!("{}[^n]: e\n", section.repeat(3));
    assert!(is_read_in_pieces(&body, EVERYWHERE));
    let source = format!("---\ntitle: T\n---\n\n{body}");
    let read = within(EVERYWHERE, &source);
    assert_eq!(read, within(usize::MAX, &source));
    let lines = read.problems.iter().map(|problem| problem.location);
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [13, 23, 33].map(SourceLocation::Line)
    );
}

#[test]
fn a_paper_of_some_length_is_read_in_pieces_as_it_stands() {
    let section = |nth: usize| {
        let words = format!("Words of section {nth}. ").repeat(400);
        format!("## Section {nth}\n\n{words}[^{nth}]\n\n")
    };
    let notes = (0..40).map(|nth| format!("[^{nth}]: Note {nth}.\n\n"));
    let source: String = (0..40).map(section).chain(notes).collect();
    assert!(is_read_in_pieces(&source, pieces::MIN_PIECE_BYTES));
    assert_eq!(parse(&source), within(usize::MAX, &source));
    assert_eq!(parse(&source).paper.notes.len(), 40);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paper_of_fragments_is_the_same_in_pieces(
        parts in prop::collection::vec(markdown(), 2..6),
        head in prop::sample::select(&["# H", "## I {#j}", "### ^[k] [^1]"][..]),
    ) {
        let source = parts.join(&format!("\n\n{head}\n\n"));
        prop_assert_eq!(within(EVERYWHERE, &source), within(usize::MAX, &source));
    }

    #[test]
    fn a_paper_with_notes_is_the_same_in_pieces(
        parts in prop::collection::vec(prop::collection::vec(prop::sample::select(&SOUND[..]), 0..12), 2..6),
    ) {
        let parts: Vec<String> = parts.iter().map(|part| part.concat()).collect();
        let text = parts.join("\n\n# H\n\n");
        let source = format!("{text}\n\n# Notes\n\n[^1]: a [^2]\n\n[^2]: b\n\n    c\n");
        prop_assert!(is_read_in_pieces(&source, EVERYWHERE), "{}", source);
        prop_assert_eq!(within(EVERYWHERE, &source), within(usize::MAX, &source));
    }
}

/// What may stand in a piece without reaching out of it.
#[rustfmt::skip]
const SOUND: [&str; 24] = [
    "word ", "*a* ", "[^1] ", "[^2]; ", "[^1]", "^[b *c* [^2]] ", "\n\n", "\n\n- d\n- e\n\n",
    "\n\n1. f\n\n   g\n\n", "\n\n> h\n\n", "\n\n```\n# i\n\n# j\n```\n\n", "\n\n|k|l|\n|-|-|\n|m|n|\n\n",
    "\n\n    o\n\n", "<sup>p</sup> ", "10^6^ ", "$q$ ", "\n\n$$\nr\n$$\n\n", "[s](#t) ", "[H] ",
    "\n\nterm\n:   definition\n\n", "\n\n(@u) v\n\n", "\u{1b}", "\u{301}", "\n\n# w {#t}\n\n",
];
