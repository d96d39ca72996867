#![allow(clippy::string_slice)]

use super::*;
use crate::formats::markdown::parse;
use crate::paper::{Block, Kind, SourceLocation};
use crate::search::fold::Accents;
use proptest::prelude::*;

fn plain(pattern: &str) -> Query {
    Query::parse(pattern, Mode::Plain).unwrap()
}

fn regex(pattern: &str) -> Query {
    Query::parse(pattern, Mode::Regex).unwrap()
}

/// A paper of paragraphs with just these texts.
fn paper_of(texts: &[String]) -> Paper {
    let mut paper = Paper::default();
    for text in texts {
        paper.blocks.push(Block {
            kind: Kind::Paragraph,
            text: text.clone(),
            nesting: Vec::new(),
            spans: Vec::new(),
            links: Vec::new(),
            markers: Vec::new(),
            tight: false,
            paragraph: 0,
            start: paper.bytes(),
            location: SourceLocation::Unknown,
        });
    }
    paper
}

fn words_at(paper: &Paper, passage: Passage) -> &str {
    assert_eq!(passage.start.block, passage.end.block);
    let text = &paper.block(passage.start.block).unwrap().text;
    &text[passage.start.offset..passage.end.offset]
}

/// Checks what is found in a paper in Markdown, each match with its section and its note.
#[track_caller]
fn check(markdown: &str, query: Query, expected: &[&str]) {
    let paper = parse(markdown).paper;
    let describe = |found: Match| {
        let words = words_at(&paper, found.passage);
        let section = found.section.and_then(|id| paper.section(id));
        let title = section.map_or("", |it| if it.holds_notes { "(notes)" } else { &it.title });
        let note = found.in_note.and_then(|id| paper.note(id));
        let note = note.map_or(String::new(), |note| format!(" n{}", note.number));
        format!("{words:?} {title}{note}")
    };
    let found: Vec<String> = find(&paper, query).into_iter().map(describe).collect();
    assert_eq!(found, expected);
}

#[test]
fn raised_and_lowered_text_is_found_however_it_is_typed() {
    let markdown = "10<sup>6</sup> and x<sup>n/2</sup>\n\npage 106, CO<sub>2</sub>";
    check(markdown, plain("10^6"), &["\"10⁶\" "]);
    check(markdown, plain("10⁶"), &["\"10⁶\" ", "\"106\" "]);
    check(markdown, plain("106"), &["\"10⁶\" ", "\"106\" "]);
    check(markdown, plain("x^(n/2)"), &["\"x^(n/2\" "]);
    check(markdown, plain("x^n"), &["\"x^(n\" "]);
    check(markdown, plain("xn/2"), &["\"x^(n/2\" "]);
    check(markdown, plain("co2"), &["\"CO₂\" "]);
    check(markdown, plain("co_2"), &["\"CO₂\" "]);
    check("typed 10^6, snake_case", plain("10^6"), &["\"10^6\" "]);
    check(
        "typed 10^6, snake_case",
        plain("snake_case"),
        &["\"snake_case\" "],
    );
    check("snakecase", plain("snake_case"), &[]);
}

#[test]
fn a_match_runs_over_emphasis_markers_and_line_ends() {
    check(
        "# One\n\nOn *ear*th.[^1] Al**though**\nthe\\\nend\n\n[^1]: A note.\n",
        plain("earth. although the end"),
        &["\"earth. Although the\\nend\" One"],
    );
}

#[test]
fn notes_are_searched_and_say_which_they_are() {
    check(
        "# One\n\nGibson[^b] and[^a].\n\n# Two\n\nno gibson\n\n[^a]: See Gibson,\n\n    and GIBSON.\n[^b]: Gibson.\n",
        plain("gibson"),
        &[
            "\"Gibson\" One",
            "\"gibson\" Two",
            "\"Gibson\" (notes) n1",
            "\"Gibson\" (notes) n2",
            "\"GIBSON\" (notes) n2",
        ],
    );
}

#[test]
fn what_opcit_sets_itself_is_not_found() {
    let paper =
        "---\ntitle: Gibson\nauthor: Gibson\n---\n\n# Gibson\n\nText.[^1]\n\n[^1]: Gibson.\n";
    check(
        paper,
        plain("gibson"),
        &["\"Gibson\" Gibson", "\"Gibson\" (notes) n1"],
    );
}

#[test]
fn a_match_does_not_run_from_one_block_into_the_next() {
    let paper = "one two\n\nthree four\n";
    check(paper, plain("two three"), &[]);
    check(paper, regex(r"two\s*three"), &[]);
    check(paper, regex("two[^x]three"), &[]);
    check(paper, regex("[^x]+"), &["\"one two\" ", "\"three four\" "]);
}

#[test]
fn the_ends_of_a_regular_expression_are_those_of_a_block() {
    check(
        "one two\n\nthree one\n",
        regex("^one|one$"),
        &["\"one\" ", "\"one\" "],
    );
    check(
        "one two\n\nthree one\n",
        regex(r"\bo"),
        &["\"o\" ", "\"o\" "],
    );
}

#[test]
fn a_character_is_found_once_though_it_folds_to_two() {
    check("Straße\n", plain("s"), &["\"S\" ", "\"ß\" "]);
    check("ﬁx\n", plain("i"), &["\"ﬁ\" "]);
}

#[test]
fn an_expression_that_matches_nothing_at_all_finds_what_it_can() {
    check("axxb é\n", regex("x*"), &["\"xx\" "]);
    check("one\n", regex("$|^"), &[]);
}

#[test]
fn an_empty_query_is_done_at_once() {
    let paper = parse("one\n").paper;
    let index = SearchIndex::new(&paper);
    let mut search = Search::new(plain(""), &index, Position::default());
    let progress = search.advance(&paper, &index, 1);
    assert_eq!(
        progress,
        Progress {
            matches: 0,
            is_done: true
        }
    );
}

#[test]
fn an_expression_that_reads_the_rest_in_vain_for_each_match_soon_lets_keys_be_heard() {
    let paper = parse(&"x".repeat(2000)).paper;
    let index = SearchIndex::new(&paper);
    let mut search = Search::new(regex(".*;|x"), &index, Position::default());
    let matches = search.advance(&paper, &index, 10 * MATCH).matches;
    assert!((1..=10).contains(&matches), "{matches} matches at once");
    assert_eq!(find(&paper, regex(".*;|x")).len(), 2000);
}

#[test]
fn a_paper_without_text_has_no_matches() {
    check("", plain("a"), &[]);
    assert_eq!(find(&Paper::default(), plain("a")), []);
}

/// Five blocks of two matches each, but none in the last; a search of "a" from the third on.
fn begun(slices: usize) -> (Paper, Search) {
    let texts = ["a a", "a a", "a a", "a a", "b b"].map(String::from);
    let paper = paper_of(&texts);
    let index = SearchIndex::in_chunks_of(&paper, 1);
    let mut search = Search::new(plain("a"), &index, at(2, 0));
    for _ in 0..slices {
        search.advance(&paper, &index, 3 + 2 * MATCH);
    }
    (paper, search)
}

fn at(block: usize, offset: usize) -> Position {
    let block = BlockId(block);
    Position { block, offset }
}

#[track_caller]
fn check_step(step: Option<MatchStep>, expected: Option<(usize, bool)>) {
    assert_eq!(step.map(|step| (step.index, step.wrapped)), expected);
}

#[test]
fn the_first_match_is_known_before_the_search_is_done() {
    let (paper, search) = begun(1);
    assert!(!search.progress().is_done);
    check_step(search.first_from(&paper, at(2, 1)), Some((1, false)));
    check_step(search.first_from(&paper, at(4, 0)), None);
}

#[test]
fn steps_go_forward_and_back_and_say_when_they_go_around() {
    let (paper, search) = begun(100);
    assert!(search.progress().is_done);
    check_step(search.first_from(&paper, at(2, 0)), Some((4, false)));
    check_step(search.next_after(&paper, at(2, 0)), Some((5, false)));
    check_step(search.next_after(&paper, at(1, 2)), Some((4, false)));
    check_step(search.next_after(&paper, at(3, 2)), Some((0, true)));
    check_step(search.previous_before(&paper, at(2, 0)), Some((3, false)));
    check_step(search.previous_before(&paper, at(0, 0)), Some((7, true)));
    check_step(search.previous_before(&paper, at(4, 3)), Some((7, false)));
}

#[test]
fn a_search_without_matches_has_nowhere_to_step() {
    let (paper, index) = (paper_of(&[String::from("b")]), &SearchIndex::default());
    let mut search = Search::new(plain("a"), index, Position::default());
    search.advance(&paper, index, 9);
    check_step(search.next_after(&paper, at(0, 0)), None);
    check_step(search.previous_before(&paper, at(0, 0)), None);
}

#[test]
fn the_passages_of_one_block_are_those_that_the_list_has() {
    let (paper, search) = begun(100);
    for block in 0..5 {
        let offsets: Vec<usize> = search
            .touching(&paper, BlockId(block), &(0..usize::MAX))
            .map(|passage| {
                assert_eq!(passage.start.block, BlockId(block));
                passage.start.offset
            })
            .collect();
        assert_eq!(offsets, if block < 4 { vec![0, 2] } else { vec![] });
    }
}

#[test]
fn the_passages_of_a_line_are_those_that_reach_into_it() {
    let paper = paper_of(&[String::from("a bcd e bcd")]);
    let index = SearchIndex::new(&paper);
    let mut search = Search::new(plain("bcd"), &index, Position::default());
    search.advance(&paper, &index, usize::MAX);
    let starts = |bytes: Range<usize>| -> Vec<usize> {
        let found = search.touching(&paper, BlockId(0), &bytes);
        found.map(|passage| passage.start.offset).collect()
    };
    assert!(starts(0..2).is_empty());
    assert_eq!(starts(0..3), [2]);
    assert_eq!(starts(4..8), [2]);
    assert!(starts(5..8).is_empty());
    assert_eq!(starts(4..9), [2, 8]);
}

/// Pieces of text, and what each folds to by the word of this table alone.
const PIECES: &[(&str, &str)] = &[
    ("a", "a"),
    ("A", "A"),
    ("s", "s"),
    ("S", "S"),
    ("i", "i"),
    ("f", "f"),
    ("e", "e"),
    ("é", "e"),
    ("e\u{301}", "e"),
    ("É", "E"),
    ("ß", "ss"),
    ("ẞ", "SS"),
    ("ﬁ", "fi"),
    ("æ", "ae"),
    ("İ", "I"),
    ("ı", "i"),
    ("I\u{307}", "I"),
    ("ς", "σ"),
    ("Σ", "Σ"),
    ("σ", "σ"),
    ("ø", "o"),
    (" ", " "),
    ("\n", " "),
    ("\u{A0}", " "),
    ("\u{2009}", " "),
    ("\t", " "),
    ("\u{AD}", ""),
    ("\u{200B}", ""),
    ("…", "..."),
    (".", "."),
    ("-", "-"),
    ("—", "-"),
    ("‐", "-"),
    ("’", "'"),
    ("'", "'"),
    ("“", "\""),
    ("人", "人"),
    ("🚀", "🚀"),
    ("が", "が"),
    ("か\u{3099}", "が"),
    ("б", "б"),
    ("й", "и"),
];

type Piece = (&'static str, &'static str);

fn pieces(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Piece>> {
    proptest::collection::vec(proptest::sample::select(PIECES), count)
}

fn written(pieces: &[Piece]) -> String {
    pieces.iter().map(|(source, _)| *source).collect()
}

/// The pieces as characters to compare, each with the source that it stands for.
fn compared(pieces: &[Piece], ignores_case: bool) -> Vec<(char, Range<usize>)> {
    let mut chars: Vec<(char, Range<usize>)> = Vec::new();
    let mut end = 0;
    for (source, folded) in pieces {
        let range = end..end + source.len();
        end = range.end;
        match chars.last_mut() {
            Some((last @ (' ' | '-'), before)) if *folded == last.to_string() => {
                before.end = range.end;
            }
            _ => chars.extend(folded.chars().map(|char| {
                let small = char.to_lowercase().next().unwrap();
                (if ignores_case { small } else { char }, range.clone())
            })),
        }
    }
    chars
}

/// Every place of the pattern in the text, by comparing all windows from left to right.
fn naive(text: &[Piece], pattern: &[Piece]) -> Vec<Range<usize>> {
    let ignores_case = !written(pattern).chars().any(char::is_uppercase);
    let (text, pattern) = (
        compared(text, ignores_case),
        compared(pattern, ignores_case),
    );
    let mut found: Vec<Range<usize>> = Vec::new();
    if pattern.is_empty() {
        return found;
    }
    for window in text.windows(pattern.len()) {
        let start = window[0].1.start;
        let end = window[pattern.len() - 1].1.end;
        let is_free = found.last().is_none_or(|last| start >= last.end);
        if is_free
            && window
                .iter()
                .map(|it| it.0)
                .eq(pattern.iter().map(|it| it.0))
        {
            found.push(start..end);
        }
    }
    found
}

proptest! {
    #[test]
    fn what_is_found_is_what_comparing_every_window_finds(
        blocks in proptest::collection::vec(pieces(0..20), 1..5),
        random in pieces(1..4), quoted in proptest::option::of((0..20_usize, 1..6_usize)),
    ) {
        let quoted: Vec<Piece> = quoted.map_or(Vec::new(), |(from, count)| {
            blocks[0].iter().skip(from).take(count).copied().collect()
        });
        let pattern = if quoted.is_empty() { random } else { quoted };
        // What an accent in the pattern means is held by tests of its own.
        prop_assume!(plain(&written(&pattern)).accents() == Accents::Dropped);
        let paper = paper_of(&blocks.iter().map(|it| written(it)).collect::<Vec<_>>());
        let expected: Vec<(usize, Range<usize>)> = (0..).zip(&blocks)
            .flat_map(|(nth, block)| naive(block, &pattern).into_iter().map(move |it| (nth, it)))
            .collect();
        let found: Vec<(usize, Range<usize>)> = find(&paper, plain(&written(&pattern))).into_iter()
            .map(|it| (it.passage.start.block.0, it.passage.start.offset..it.passage.end.offset))
            .collect();
        prop_assert_eq!(&found, &expected);
    }

    #[test]
    fn a_literal_finds_the_same_as_plain_text_and_as_an_expression(
        blocks in proptest::collection::vec(pieces(0..20), 1..5), word in "[a-fsioAS]{1,3}",
    ) {
        let paper = paper_of(&blocks.iter().map(|it| written(it)).collect::<Vec<_>>());
        prop_assert_eq!(find(&paper, plain(&word)), find(&paper, regex(&word)));
    }

    #[test]
    fn searching_in_slices_from_anywhere_finds_the_same_as_at_once(
        blocks in proptest::collection::vec(pieces(0..12), 1..8), pattern in "[a-fsi .]{1,2}",
        is_regex: bool, from in 0..9_usize, chunk in 1..60_usize, slice in 0..30_usize,
    ) {
        let paper = paper_of(&blocks.iter().map(|it| written(it)).collect::<Vec<_>>());
        let query = if is_regex { regex(&pattern) } else { plain(&pattern) };
        let index = SearchIndex::in_chunks_of(&paper, chunk);
        let mut search = Search::new(query.clone(), &index, at(from, 0));
        let mut known = 0;
        while !search.progress().is_done {
            let progress = search.advance(&paper, &index, slice);
            prop_assert!(progress.matches >= known);
            known = progress.matches;
        }
        let found: Vec<Match> = (0..known).map(|nth| search.nth(&paper, &index, nth).unwrap()).collect();
        prop_assert_eq!(&found, &find(&paper, query));
        let by_block = (0..paper.blocks.len()).flat_map(|it| search.touching(&paper, BlockId(it), &(0..usize::MAX)));
        prop_assert!(by_block.eq(found.iter().map(|it| it.passage)));
    }

    #[test]
    fn folding_ahead_makes_no_difference(
        blocks in proptest::collection::vec(pieces(0..12), 1..8), bytes in 0..80_usize, times in 0..5,
    ) {
        let paper = paper_of(&blocks.iter().map(|it| written(it)).collect::<Vec<_>>());
        let index = SearchIndex::in_chunks_of(&paper, 10);
        for _ in 0..times {
            index.fold_ahead(&paper, bytes);
        }
        let mut search = Search::new(plain("s"), &index, Position::default());
        let matches = search.advance(&paper, &index, usize::MAX).matches;
        prop_assert_eq!(matches, find(&paper, plain("s")).len());
    }
}
