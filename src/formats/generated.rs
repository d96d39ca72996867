//! The laws of papers, tried on papers made from fragments of Markdown.

use proptest::prelude::*;

use super::decode;
use super::markdown::parse;
use crate::paper::laws::hold;

/// Pieces that Markdown is made of, and some that only look like it.
#[rustfmt::skip]
const FRAGMENTS: [&str; 102] = [
    "# ", "## ", "- ", "1. ", "> ", "```\n", "~~~x\n", "    ", "\t", "---\n", "***\n", "===\n",
    "|a|b|\n|-|-|\n", "|c|d\n", "|", "[^1]: ", "[^a]: ", "[^A]", "[^1]", "[^2]", "[^nope]", "[^",
    "^[", "]", "[", "](b)", "](#x)", "# x\n", "{#x}", "![", "*", "**", "_", "~~", "`", "<b>",
    "</b>", "<br>", "<sup>", "</sup>", "<sub>", "</sub>", "<sup>2</sup>", "x<sub>é</sub>", "^", "~",
    "$", "$$", "$a*b$", "$$\n", r"\(", r"\)", r"\[", r"\]", "\\ ",
    "<div>", "</div>\n", "<!-- ", " -->", "<script>", "<", "&amp;", "&#27;",
    "&#x202e;", "&#10;", "\\", "\\[", "https://a.b/c", "www.d.e", "mailto:f@g", "<https://h.i>",
    "[j]: k\n", "[j]", "- [x] ", "- [ ] ", "\n", "\n", "\n\n", "\n\n", "\n\n    ", "  \n", "\r\n",
    "\r", " ", " ", "word", "ein Wort", "слово", "字", "e\u{301}", "\u{301}", "👩\u{200d}🚀",
    "\u{200d}", "\u{202e}", "\u{feff}", "\u{1b}[31m", "\u{9b}", "\0", "\u{7f}", "# Notes\n",
    "---\ntitle: a\nlicence: b\n---\n", "---\ndoi: 10.1/a\njournal: b\n---\n",
];

/// A paper made of fragments.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
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
        let body = paper.blocks.iter().filter(|block| block.is_authors() && block.location.is_known());
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
