//! The embedded paper is its source text with the listed corrections, and
//! nothing else.
//!
//! The corrections yield the Markdown itself, so nothing is normalised before
//! the two are compared: a word, a comma or a line end that no correction
//! accounts for fails. The one thing of no account is how many blank lines the
//! source leaves around its parts.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that fails by a panic has done its work"
)]

#[path = "asset/corrections.rs"]
mod corrections;

use corrections::corrections;
use std::ops::Range;

const SOURCE: &str = include_str!("data/source.txt");
const PAPER: &str = include_str!("../assets/paper.md");
const README: &str = include_str!("../assets/README.md");

/// The parts of the source in its own order, each with the words it begins with.
const PARTS_OF_THE_SOURCE: [(&str, &str); 9] = [
    ("publisher", "EUROHub4SINO"),
    ("date", "May 2026"),
    ("title", "**Russia-China"),
    ("author", "by Gaziza"),
    ("takeaways", "KEY TAKEAWAYS"),
    ("keywords", "Keywords"),
    ("body", "Introduction\n"),
    ("notes", "- [1] "),
    ("last page", "EUROHub4SINO"),
];

/// The same parts in the order of the paper: the metadata come first, the notes last.
const PARTS_OF_THE_PAPER: [&str; 9] = [
    "title",
    "author",
    "date",
    "publisher",
    "keywords",
    "takeaways",
    "body",
    "last page",
    "notes",
];

/// A passage as the source has it, and as the paper has it.
type Edit = (String, String);

#[test]
fn the_paper_is_the_source_with_the_corrections_and_nothing_else() {
    let corrected = correct(SOURCE, &edits()).unwrap_or_else(|lost| panic!("{lost}"));
    if let Some(difference) = first_difference(&corrected, PAPER) {
        panic!("{difference}");
    }
}

#[test]
fn no_word_of_the_paper_can_change_unnoticed() {
    let corrected = correct(SOURCE, &edits()).unwrap_or_else(|lost| panic!("{lost}"));
    for mutant in mutants(PAPER) {
        assert!(corrected != mutant.text, "unnoticed: {}", mutant.what());
    }
}

#[test]
fn no_word_of_the_source_can_change_unnoticed() {
    let edits = edits();
    for mutant in mutants(SOURCE) {
        let noticed = correct(&mutant.text, &edits).map_or(true, |corrected| corrected != PAPER);
        assert!(noticed, "unnoticed: {}", mutant.what());
    }
}

#[test]
fn no_correction_can_go_missing_unnoticed() {
    let edits = edits();
    for missing in 0..edits.len() {
        let mut rest = edits.clone();
        let (from, _) = rest.remove(missing);
        let noticed = correct(SOURCE, &rest).map_or(true, |corrected| corrected != PAPER);
        assert!(noticed, "unnoticed: the correction of {from:?} is missing");
    }
}

#[test]
fn a_correction_that_no_longer_applies_is_named() {
    let source = SOURCE.replace("(CIS).", "(C.I.S.).");
    let lost = correct(&source, &edits()).expect_err("the source no longer says (CIS)");
    assert!(lost.contains("States\\n\\n(CIS)."), "{lost}");
}

#[test]
fn a_difference_is_reported_with_its_line_and_both_readings() {
    let difference = first_difference("one\ntwo three\n", "one\ntwo trees\n");
    assert_eq!(
        difference.as_deref(),
        Some("line 2 of the paper has \"trees\" where the corrected source has \"three\"")
    );
}

#[test]
fn the_readme_numbers_every_correction_in_its_own_words() {
    let listed: Vec<&str> = README.lines().filter(|line| is_numbered(line)).collect();
    let expected: Vec<String> = corrections()
        .iter()
        .enumerate()
        .map(|(index, correction)| format!("{}. {}", index + 1, correction.what))
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_metadata_have_the_keys_that_the_title_page_shows() {
    let keys: Vec<&str> = metadata()
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .collect();
    let expected = "title author date publisher keywords lang licence changes";
    assert_eq!(keys.join(" "), expected);
}

#[test]
fn the_publisher_is_named_as_the_funding_statement_names_it() {
    let publisher = metadata()
        .lines()
        .find_map(|line| line.strip_prefix("publisher: "))
        .expect("the metadata name a publisher");
    assert!(SOURCE.contains(&format!("The project \"{publisher}\" has received funding")));
}

#[test]
fn there_are_five_keywords_in_the_metadata() {
    let (_, after) = metadata()
        .split_once("keywords:\n")
        .expect("the metadata have keywords");
    let keywords: Vec<&str> = after
        .lines()
        .map_while(|line| line.strip_prefix("  - "))
        .collect();
    assert_eq!(
        keywords,
        [
            "China",
            "Russia",
            "Sino-Russian military cooperation",
            "Sino-Russian collaboration in AI",
            "Eurasian security",
        ]
    );
}

#[test]
fn the_paper_has_its_takeaways_five_sections_and_the_last_page() {
    let headings: Vec<&str> = sections().iter().map(|section| section.heading).collect();
    assert_eq!(
        headings,
        [
            "KEY TAKEAWAYS",
            "Introduction",
            "Russia-China shared management of post-Soviet security",
            "Evolution of China's perceptions in Russia: from arrogance to singularisation",
            "Unpacking some of the Sino-Russian agreements in AI",
            "Discussion and recommendations:",
            "Licence, links and funding",
        ]
    );
}

#[test]
fn there_are_six_key_takeaways_and_no_other_bullets() {
    let bullets: Vec<usize> = sections()
        .iter()
        .map(|section| section.text.matches("\n- ").count())
        .collect();
    assert_eq!(bullets, [6, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn every_note_is_cited_once_and_in_order() {
    let by_section: Vec<Vec<usize>> = sections()
        .iter()
        .map(|section| note_numbers(section.text))
        .collect();
    let counts: Vec<usize> = by_section.iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 4, 12, 7, 20, 0, 0]);
    assert_eq!(by_section.concat(), Vec::from_iter(1..=43));
}

#[test]
fn every_note_is_defined_once_and_in_order_on_one_line_at_the_end() {
    let definitions = definitions();
    for (index, definition) in definitions.iter().enumerate() {
        assert!(
            definition.starts_with(&format!("[^{}]: ", index + 1)),
            "{definition}"
        );
        assert_eq!(note_numbers(definition), [index + 1]);
    }
    assert_eq!(definitions.len(), 43);
}

#[test]
fn the_notes_hold_twenty_nine_addresses() {
    let notes = definitions().concat();
    let addresses = notes.matches("http://").count() + notes.matches("https://").count();
    let links = notes.matches("<http").count();
    assert_eq!((addresses, links), (29, 19));
    assert_eq!(notes.matches('<').count(), notes.matches('>').count());
}

#[test]
fn every_block_stands_on_a_line_of_its_own_between_blank_lines() {
    let (_, text) = PAPER
        .split_once("\n---\n")
        .expect("the metadata end with a line of dashes");
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.windows(2) {
        let apart = pair[0].is_empty() != pair[1].is_empty();
        let bullets = pair.iter().all(|line| line.starts_with("- "));
        assert!(apart || bullets, "{pair:?}");
    }
    assert!(!PAPER.contains("\n\n\n") && PAPER.ends_with(".\n"));
}

/// The paper that the source and the edits make, or what does not apply.
fn correct(source: &str, edits: &[Edit]) -> Result<String, String> {
    let mut corrected = apply(&arrange(source)?, edits)?;
    corrected.push('\n');
    Ok(corrected)
}

/// Puts the parts of the source in the order of the paper.
fn arrange(source: &str) -> Result<String, String> {
    let parts = parts(source)?;
    let arranged: Vec<&str> = PARTS_OF_THE_PAPER
        .iter()
        .filter_map(|wanted| parts.iter().find(|(name, _)| name == wanted))
        .map(|(_, text)| text.trim_matches('\n'))
        .collect();
    Ok(arranged.join("\n\n"))
}

/// Cuts the source before the first words of each part.
fn parts(source: &str) -> Result<Vec<(&'static str, &str)>, String> {
    let mut starts = Vec::new();
    let mut cursor = 0;
    for (name, opening) in PARTS_OF_THE_SOURCE {
        let start = find_from(source, cursor, opening)
            .ok_or_else(|| format!("the part {name:?} does not begin {opening:?}"))?;
        cursor = start + opening.len();
        starts.push((name, start));
    }
    if !source[..starts[0].1].trim_matches('\n').is_empty() {
        return Err("words stand before the first part".to_owned());
    }
    let ends = starts[1..].iter().map(|(_, start)| *start);
    let ends = ends.chain([source.len()]);
    Ok(starts
        .iter()
        .zip(ends)
        .map(|((name, start), end)| (*name, &source[*start..end]))
        .collect())
}

/// Makes each edit at the first place after the one before it.
fn apply(text: &str, edits: &[Edit]) -> Result<String, String> {
    let mut edited = String::with_capacity(text.len());
    let mut cursor = 0;
    for (from, to) in edits {
        let start = find_from(text, cursor, from)
            .ok_or_else(|| format!("a correction no longer applies: {from:?}"))?;
        edited.push_str(&text[cursor..start]);
        edited.push_str(to);
        cursor = start + from.len();
    }
    edited.push_str(&text[cursor..]);
    Ok(edited)
}

fn find_from(text: &str, cursor: usize, passage: &str) -> Option<usize> {
    text[cursor..].find(passage).map(|offset| cursor + offset)
}

/// Every edit, sorted by its place, which must be the only one that it fits.
fn edits() -> Vec<Edit> {
    let text = arrange(SOURCE).unwrap_or_else(|lost| panic!("{lost}"));
    let mut placed: Vec<(Range<usize>, Edit)> = corrections()
        .into_iter()
        .flat_map(|correction| correction.edits)
        .map(|edit| (only_place(&text, &edit.0), edit))
        .collect();
    placed.sort_by_key(|(place, _)| place.start);
    for pair in placed.windows(2) {
        let apart = pair[0].0.end <= pair[1].0.start;
        assert!(apart, "two corrections overlap: {:?}", pair[1].1);
    }
    placed.into_iter().map(|(_, edit)| edit).collect()
}

fn only_place(text: &str, passage: &str) -> Range<usize> {
    let places: Vec<usize> = text.match_indices(passage).map(|(at, _)| at).collect();
    let [start] = places[..] else {
        panic!(
            "a correction fits {} places, not one: {passage:?}",
            places.len()
        );
    };
    start..start + passage.len()
}

/// Where the paper first differs from what it should be, in words.
fn first_difference(expected: &str, paper: &str) -> Option<String> {
    if expected == paper {
        return None;
    }
    let at = expected
        .bytes()
        .zip(paper.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    let line = paper.as_bytes()[..at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let (has, should_have) = (reading(paper, at), reading(expected, at));
    Some(format!(
        "line {} of the paper has {has:?} where the corrected source has {should_have:?}",
        line + 1
    ))
}

/// The word around a byte and, so that a lost space shows, the few after it.
fn reading(text: &str, at: usize) -> String {
    let mut before = text.as_bytes()[..at].iter();
    let start = before
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |space| space + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    line.chars().take(60).collect()
}

/// A text with one word changed.
struct Mutant {
    text: String,
    change: &'static str,
    word: String,
    offset: usize,
}

impl Mutant {
    fn what(&self) -> String {
        format!("{:?} at byte {} {}", self.word, self.offset, self.change)
    }
}

/// Each word of a text in turn with a letter changed, dropped, doubled, and
/// exchanged with the word after it.
fn mutants(text: &str) -> impl Iterator<Item = Mutant> {
    let words = words(text);
    (0..words.len()).flat_map(move |index| {
        let word = words[index].clone();
        let next = words.get(index + 1).cloned();
        let mut changes = vec![
            (
                "with a letter changed",
                word.clone(),
                respelt(&text[word.clone()]),
            ),
            ("doubled", word.clone(), text[word.clone()].repeat(2)),
            ("repeated", word.clone(), [&text[word.clone()]; 2].join(" ")),
        ];
        let end = next.as_ref().map_or(text.len(), |next| next.start);
        changes.push(("dropped", word.start..end, String::new()));
        if let Some(next) = next.filter(|next| text[next.clone()] != text[word.clone()]) {
            let exchanged = [
                &text[next.clone()],
                &text[word.end..next.start],
                &text[word.clone()],
            ];
            changes.push(("exchanged", word.start..next.end, exchanged.concat()));
        }
        changes
            .into_iter()
            .map(move |(change, range, with)| Mutant {
                text: [&text[..range.start], &with, &text[range.end..]].concat(),
                change,
                word: text[word.clone()].to_owned(),
                offset: word.start,
            })
    })
}

/// The word with its middle character, be it a letter or a sign, replaced.
fn respelt(word: &str) -> String {
    let middle = word.chars().count() / 2;
    word.chars()
        .enumerate()
        .map(|(index, letter)| match letter {
            'x' if index == middle => 'y',
            _ if index == middle => 'x',
            _ => letter,
        })
        .collect()
}

fn words(text: &str) -> Vec<Range<usize>> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| start_of(word)..start_of(word) + word.len())
        .collect()
}

struct Section {
    heading: &'static str,
    text: &'static str,
}

fn sections() -> Vec<Section> {
    let (body, _) = body_and_notes();
    body.split("\n# ")
        .skip(1)
        .filter_map(|section| section.split_once('\n'))
        .map(|(heading, text)| Section { heading, text })
        .collect()
}

fn definitions() -> Vec<&'static str> {
    let (_, notes) = body_and_notes();
    notes.lines().filter(|line| !line.is_empty()).collect()
}

/// The first definition divides the two: nothing but definitions follows it.
fn body_and_notes() -> (&'static str, &'static str) {
    let start = PAPER
        .find("[^1]: ")
        .expect("the paper defines its first note");
    PAPER.split_at(start)
}

fn metadata() -> &'static str {
    PAPER
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map(|(metadata, _)| metadata)
        .expect("the paper begins with metadata")
}

/// The number in each `[^…]`, marker or definition.
fn note_numbers(text: &str) -> Vec<usize> {
    text.split("[^")
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(number, _)| number.parse().expect("a note has a number"))
        .collect()
}

fn is_numbered(line: &str) -> bool {
    line.split_once(". ")
        .is_some_and(|(number, _)| number.parse::<usize>().is_ok())
}
