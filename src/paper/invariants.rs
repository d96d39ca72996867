//! What holds for every paper, tried on papers made from fragments of Markdown.

use std::collections::HashSet;
use std::ops::Range;

use proptest::prelude::*;

use super::{Block, BlockId, Kind, Nest, Paper, Parsed, Position, Target, decode, parse};

/// Pieces that Markdown is made of, and some that only look like it.
#[rustfmt::skip]
const FRAGMENTS: [&str; 84] = [
    "# ", "## ", "- ", "1. ", "> ", "```\n", "~~~x\n", "    ", "\t", "---\n", "***\n", "===\n",
    "|a|b|\n|-|-|\n", "|c|d\n", "|", "[^1]: ", "[^a]: ", "[^A]", "[^1]", "[^2]", "[^nope]", "[^",
    "^[", "]", "[", "](b)", "](#x)", "# x\n", "{#x}", "![", "*", "**", "_", "~~", "`", "<b>",
    "</b>", "<br>", "<div>", "</div>\n", "<!-- ", " -->", "<script>", "<", "&amp;", "&#27;",
    "&#x202e;", "&#10;", "\\", "\\[", "https://a.b/c", "www.d.e", "mailto:f@g", "<https://h.i>",
    "[j]: k\n", "[j]", "- [x] ", "- [ ] ", "\n", "\n", "\n\n", "\n\n", "\n\n    ", "  \n", "\r\n",
    "\r", " ", " ", "word", "ein Wort", "слово", "字", "e\u{301}", "\u{301}", "👩\u{200d}🚀",
    "\u{200d}", "\u{202e}", "\u{feff}", "\u{1b}[31m", "\u{9b}", "\0", "\u{7f}", "# Notes\n",
    "---\ntitle: a\nlicence: b\n---\n",
];

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..60)
        .prop_map(|fragments| fragments.concat())
}

proptest! {
    // Names of failed cases belong into tests of their own, not into a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paper_of_fragments_keeps_its_promises(markdown in markdown()) {
        hold(&parse(&markdown), &markdown);
    }

    #[test]
    fn a_paper_of_any_characters_keeps_its_promises(text in any::<String>()) {
        hold(&parse(&text), &text);
    }

    #[test]
    fn any_bytes_are_a_text_or_refused(bytes in any::<Vec<u8>>()) {
        if let Ok(decoded) = decode(&bytes) {
            hold(&parse(&decoded.text), &decoded.text);
        }
    }

    #[test]
    fn every_word_of_the_author_appears_once_and_in_order(
        joints in prop::collection::vec(prop::sample::select(&JOINTS[..]), 1..80),
    ) {
        let (markdown, words) = with_words(&joints);
        let paper = parse(&markdown).paper;
        let body = paper.blocks.iter().filter(|block| block.is_authors() && block.line > 0);
        let read = body.flat_map(|block| block.text.split(|char: char| !char.is_alphanumeric()));
        let read: Vec<&str> = read.filter(|word| word.starts_with('w')).collect();
        prop_assert_eq!(read, words);
    }
}

/// What may stand between two words without taking or adding any.
#[rustfmt::skip]
const JOINTS: [&str; 20] = [
    " ", " ", "\n", "\n\n", "\n\n# ", "\n\n- ", "\n\n> ", "\n\n1. ", " *", "* ", " **", "** ",
    " [^n]", "[^u] ", " [link](x) ", " <b>", " `code` ", "  \n", "\n\n```\ncode\n```\n\n",
    " &amp; ",
];

fn with_words(joints: &[&str]) -> (String, Vec<String>) {
    let words = (0..joints.len()).map(|index| format!("w{index}"));
    let words: Vec<String> = words.collect();
    let pairs = joints.iter().zip(&words);
    let markdown: String = pairs
        .map(|(joint, word)| format!("{joint}{word}"))
        .collect();
    (markdown, words)
}

/// Checks everything that the model's types promise.
fn hold(parsed: &Parsed, source: &str) {
    let paper = &parsed.paper;
    for block in &paper.blocks {
        hold_block(block, paper);
    }
    hold_starts(paper);
    hold_sections(paper);
    hold_notes(paper);
    let lines = source.split(['\n', '\r']).count();
    for problem in &parsed.problems {
        assert!((1..=lines).contains(&usize::try_from(problem.line).unwrap()));
        hold_clean(&problem.message);
    }
    hold_clean(&paper.title.replace('\n', " "));
    hold_clean(&format!("{:?}", paper.metadata));
}

fn hold_block(block: &Block, paper: &Paper) {
    let is_code = matches!(block.kind, Kind::Code { .. });
    let is_table = matches!(block.kind, Kind::Table(_));
    let mut text = block.text.replace('\n', " ");
    if is_table {
        text = text.replace('\t', " ");
    }
    hold_clean(&text);
    assert!(is_code || is_table || block.text.trim_matches([' ', '\n']) == block.text);
    assert!(block.nesting.len() <= Block::DEEPEST);
    assert!(
        block
            .links
            .iter()
            .map(|link| &link.range)
            .is_sorted_by(|a, b| a.end <= b.start)
    );
    assert!(block.spans.is_sorted_by_key(|span| span.range.start));
    assert!(block.markers.is_sorted_by_key(|marker| marker.offset));
    let ranges = block.spans.iter().map(|span| &span.range);
    for range in ranges.chain(block.links.iter().map(|link| &link.range)) {
        assert!(!range.is_empty());
        assert!(block.text.get(range.clone()).is_some());
    }
    for marker in &block.markers {
        assert!(block.text.is_char_boundary(marker.offset));
        assert_eq!(paper.note(marker.note).unwrap().number, marker.number);
    }
    for link in &block.links {
        match &link.target {
            Target::Address(address) => hold_clean(address),
            Target::Place(place) => hold_position(*place, paper),
        }
    }
    match &block.kind {
        Kind::Code { language } => hold_clean(language),
        Kind::Table(table) => {
            for row in &table.rows {
                assert_eq!(row.len(), table.alignments.len());
                assert!(row.is_sorted_by(|a, b| a.end <= b.start));
                assert!(
                    row.iter()
                        .all(|cell| block.text.get(cell.clone()).is_some())
                );
            }
        }
        Kind::Heading(level) => assert!((1..=6).contains(level)),
        Kind::Rule => assert!(block.text.is_empty()),
        _ => {}
    }
}

/// No character that acts on a terminal, or on the direction of what follows it.
fn hold_clean(text: &str) {
    let is_foul = |char: char| {
        char.is_control()
            || matches!(
                char,
                '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
            || matches!(char, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(char, '\u{fff9}'..='\u{fffb}')
    };
    assert!(!text.contains(is_foul), "{text:?}");
}

fn hold_position(position: Position, paper: &Paper) {
    let block = paper.block(position.block).expect("a place has a block");
    assert!(block.text.is_char_boundary(position.offset));
}

fn hold_starts(paper: &Paper) {
    let mut start = 0;
    for block in &paper.blocks {
        assert_eq!(block.start, start);
        start += block.text.len() + 1;
    }
    assert_eq!(paper.bytes(), start);
}

/// Sections part everything between the title page and the closing line, with names of their own.
fn hold_sections(paper: &Paper) {
    let front = paper
        .blocks
        .iter()
        .take_while(|block| is_imprint(block))
        .count();
    let closing = paper
        .blocks
        .iter()
        .rev()
        .take_while(|block| is_imprint(block))
        .count();
    let mut end = front;
    let mut ids = HashSet::new();
    for section in &paper.sections {
        assert_eq!(section.blocks.start, end);
        assert!(!section.blocks.is_empty());
        end = section.blocks.end;
        assert!(!section.id.is_empty() && ids.insert(section.id.as_str()));
        hold_heading(
            section.level,
            &section.title,
            &paper.blocks[section.blocks.start],
        );
        hold_paragraphs(&paper.blocks[section.content()]);
    }
    assert_eq!(
        end,
        if paper.sections.is_empty() {
            front
        } else {
            paper.blocks.len() - closing
        }
    );
    let holds_notes = paper
        .sections
        .iter()
        .filter(|section| section.holds_notes)
        .count();
    assert_eq!(holds_notes, usize::from(!paper.notes.is_empty()));
    if holds_notes > 0 {
        assert!(paper.sections.last().unwrap().holds_notes);
    }
}

fn is_imprint(block: &Block) -> bool {
    matches!(block.kind, Kind::Title | Kind::Imprint)
}

fn hold_heading(level: u8, title: &str, first: &Block) {
    match level {
        0 => assert!(title.is_empty()),
        level => {
            assert_eq!(first.kind, Kind::Heading(level));
            assert_eq!(first.text, title);
        }
    }
}

fn hold_paragraphs(blocks: &[Block]) {
    let counted = blocks
        .iter()
        .map(|block| block.paragraph)
        .filter(|number| *number > 0);
    assert!(
        counted.eq(
            1..=u32::try_from(blocks.iter().filter(|block| block.paragraph > 0).count()).unwrap()
        )
    );
    for block in blocks {
        let is_counted = block.is_authors() && !matches!(block.kind, Kind::Heading(_) | Kind::Rule);
        assert_eq!(block.paragraph > 0, is_counted);
    }
}

fn hold_notes(paper: &Paper) {
    assert!(paper.notes.is_sorted_by(|a, b| a.number < b.number));
    let mut labels: Vec<String> = paper
        .notes
        .iter()
        .map(|note| note.label.to_lowercase())
        .collect();
    labels.sort_unstable();
    assert!(labels.is_sorted_by(|a, b| a < b));
    let cited = places(paper);
    for (index, note) in paper.notes.iter().enumerate() {
        hold_clean(&note.label);
        assert!(note.line > 0);
        hold_note_blocks(note.number, &note.blocks, paper);
        assert_eq!(note.cited_in, cited[index]);
    }
}

/// For each note where its markers stand.
fn places(paper: &Paper) -> Vec<Vec<Position>> {
    let mut places = vec![Vec::new(); paper.notes.len()];
    for (index, block) in paper.blocks.iter().enumerate() {
        for marker in &block.markers {
            places[marker.note.0].push(Position {
                block: BlockId(index),
                offset: marker.offset,
            });
        }
    }
    places
}

/// A note's blocks and the line under them are enclosed by it, and the first has its number.
fn hold_note_blocks(number: u32, blocks: &Range<usize>, paper: &Paper) {
    let whole = blocks.start..=blocks.end;
    for (index, block) in paper.blocks[whole].iter().enumerate() {
        let number = (index == 0).then_some(number);
        assert_eq!(block.nesting.first(), Some(&Nest::Note { number }));
    }
    assert_eq!(paper.blocks[blocks.end].kind, Kind::Backlinks);
}

/// Inputs that make a careless reader recurse, or work or store much more than it is given.
#[test]
fn hostile_papers_are_read_within_bounds() {
    let hostile = [
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "[".repeat(20_000),
        "^[".repeat(20_000),
        format!("{}x{}", "^[".repeat(5_000), "]".repeat(5_000)),
        "*a **b ".repeat(5_000),
        format!("{}a{}", "![".repeat(5_000), "](b)".repeat(5_000)),
        "http://-".repeat(5_000),
        "https://a(".repeat(5_000),
        "<script><a ".repeat(5_000),
        format!(
            "|{}\n|{}\n{}",
            "a|".repeat(300),
            "-|".repeat(300),
            "|b\n".repeat(300)
        ),
        format!("{}\n\n[a]: {}", "[a] ".repeat(2_000), "b".repeat(20_000)),
        format!("---\na: &b [{}]\n---\n", "*b, ".repeat(5_000)),
        format!("---\n{}\n---\n", "[".repeat(5_000)),
        format!("# {}\n{}", "a".repeat(60_000), "x[^1]\n\n".repeat(500)),
        (0..2_000)
            .map(|note| format!("[^{note}]: a[^{}]\n\n", note + 1))
            .collect(),
        "a\u{301}".repeat(5_000) + &"\u{301}".repeat(20_000),
    ];
    for source in hostile {
        let parsed = parse(&source);
        hold(&parsed, &source);
        let text: usize = parsed
            .paper
            .blocks
            .iter()
            .map(|block| block.text.len())
            .sum();
        assert!(
            text <= 100 * source.len(),
            "{text} bytes of {}",
            source.len()
        );
    }
}
