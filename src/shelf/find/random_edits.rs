//! Bookmarks on papers that are edited at random: how many are found, and that none is found wrong.

use std::cell::RefCell;
use std::fmt;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::formats::markdown::parse;
use crate::paper::dice::Dice;
use crate::shelf::passage::find_passage;

fn text(source: &str) -> AnchorText {
    AnchorText::new(&parse(source).paper)
}

/// A word, and which paragraph of the first draft it is from, if from any.
#[derive(Debug, Clone)]
struct EditedWord {
    word: String,
    from: Option<usize>,
    /// Which word of the first draft it is.
    id: Option<usize>,
}

#[derive(Debug, Clone)]
struct EditedParagraph {
    words: Vec<EditedWord>,
    is_heading: bool,
}

/// A paper that knows where each of its words is from.
#[derive(Debug, Clone)]
struct EditedPaper(Vec<EditedParagraph>);

const WORDS: [&str; 48] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "which",
    "for",
    "with",
    "paper",
    "reader",
    "note",
    "policy",
    "war",
    "state",
    "power",
    "trade",
    "between",
    "energy",
    "market",
    "region",
    "treaty",
    "however",
    "although",
    "cooperation",
    "government",
    "institution",
    "evidence",
    "analysis",
    "shows",
    "argues",
    "remains",
    "increasingly",
    "structural",
    "bilateral",
    "economic",
    "ambiguous",
    "strategic",
    "partner",
    "sanction",
    "export",
    "border",
    "century",
    "principle",
    "sovereign",
    "narrative",
    "scholar",
    "question",
];

impl EditedPaper {
    /// Makes a paper from numbers: ordinary paragraphs, and among them those that make trouble.
    fn new(seeds: &[(u8, u64)]) -> Self {
        let mut ids = 0..;
        let paragraphs = seeds.iter().enumerate().map(|(index, (shape, seed))| {
            let mut dice = Dice::new(*seed);
            let words = match shape {
                // One of few headings, so that some stand twice.
                0 => words(["results", "discussion", "further remarks"][dice.below(3)]),
                // Sentences that differ in a word only.
                1 => words(&format!(
                    "the result of test {} was negative",
                    dice.below(9)
                )),
                // The same sentences again and again.
                2 => words(&"the parties shall meet once a year ".repeat(1 + dice.below(3))),
                _ => {
                    let count = 4 + dice.below(60);
                    (0..count).map(|_| word(&mut dice)).collect()
                }
            };
            let from = Some(index);
            let words = words.into_iter().map(|word| {
                let id = ids.next();
                EditedWord { word, from, id }
            });
            let words = words.collect();
            let is_heading = *shape == 0;
            EditedParagraph { words, is_heading }
        });
        EditedPaper(paragraphs.collect())
    }

    fn edit(&mut self, seed: u64) {
        let mut dice = Dice::new(seed);
        let kind = dice.below(12);
        let count = self.0.len();
        if count == 0 {
            return;
        }
        let at = dice.below(count);
        match kind {
            0 => {
                let words = (0..3 + dice.below(40))
                    .map(|_| new_word(&mut dice))
                    .collect();
                let is_heading = false;
                self.0.insert(at, EditedParagraph { words, is_heading });
            }
            1 => drop(self.0.remove(at)),
            2 => {
                let words = &mut self.0[at].words;
                *words = (0..words.len()).map(|_| new_word(&mut dice)).collect();
            }
            3 => {
                let copy = self.0[at].clone();
                self.0.insert(dice.below(count + 1), copy);
            }
            4 => {
                let moved = self.0.remove(at);
                self.0.insert(dice.below(count), moved);
            }
            5 => {
                // Two halves change places, as when sections are put in another order.
                self.0.rotate_left(at);
            }
            6 => {
                let middle = self.0[at].words.len() / 2;
                let words = self.0[at].words.split_off(middle);
                let is_heading = self.0[at].is_heading;
                self.0.insert(at + 1, EditedParagraph { words, is_heading });
            }
            7 if at + 1 < count => {
                let next = self.0.remove(at + 1);
                self.0[at].words.extend(next.words);
            }
            _ => {
                for _ in 0..1 + dice.below(6) {
                    self.edit_word(at, &mut dice);
                }
            }
        }
    }

    fn edit_word(&mut self, at: usize, dice: &mut Dice) {
        let words = &mut self.0[at].words;
        let word = dice.below(words.len().max(1));
        match dice.below(3) {
            0 => words.insert(word.min(words.len()), new_word(dice)),
            1 if word < words.len() => drop(words.remove(word)),
            2 if word < words.len() => words[word] = new_word(dice),
            _ => {}
        }
    }

    /// The Markdown of it, its lines broken at random.
    fn source(&self, seed: u64) -> String {
        let mut dice = Dice::new(seed);
        let mut source = String::new();
        for paragraph in self
            .0
            .iter()
            .filter(|paragraph| !paragraph.words.is_empty())
        {
            source.push_str(if paragraph.is_heading { "## " } else { "" });
            for word in &paragraph.words {
                source.push_str(&word.word);
                let breaks = !paragraph.is_heading && dice.below(9) == 0;
                source.push(if breaks { '\n' } else { ' ' });
            }
            source.push_str("\n\n");
        }
        source
    }

    fn words(&self) -> impl Iterator<Item = &EditedWord> {
        self.0.iter().flat_map(|paragraph| &paragraph.words)
    }

    /// Whether words that were found begin with a word of the first draft. One that was taken out and
    /// typed again in its place, beside its neighbour, is the same in any text; one that was typed
    /// while the first still stands is not.
    fn has_in_place<'a>(
        &self,
        draft: &EditedPaper,
        id: usize,
        neighbour: usize,
        mut found: impl Iterator<Item = &'a &'a EditedWord>,
    ) -> bool {
        let Some(first) = found.next() else {
            return false;
        };
        if first.id == Some(id) {
            return true;
        }
        let is_gone = self.words().all(|word| word.id != Some(id));
        let mut of_draft = draft.words();
        let is_the_word = of_draft.any(|word| word.id == Some(id) && word.word == first.word);
        let is_beside = found.next().is_some_and(|next| next.id == Some(neighbour));
        first.id.is_none() && is_gone && is_the_word && is_beside
    }

    /// Whether a stretch of the text stands where a paragraph of the first draft stood: of its
    /// words that are from the first draft, at least half are from that one.
    fn is_mostly_from(&self, index: usize, text: &AnchorText, start: usize, end: usize) -> bool {
        let first = text.slice(0, start).split_whitespace().count();
        let count = text.slice(start, end).split_whitespace().count();
        let words = self.words().skip(first).take(count);
        let (mut from_it, mut from_any) = (0, 0);
        for from in words.filter_map(|word| word.from) {
            from_it += usize::from(from == index);
            from_any += 1;
        }
        from_it > 0 && from_it * 2 >= from_any
    }
}

fn words(sentence: &str) -> Vec<String> {
    sentence.split_whitespace().map(str::to_owned).collect()
}

fn word(dice: &mut Dice) -> String {
    dice.one_of(&WORDS).to_owned()
}

fn new_word(dice: &mut Dice) -> EditedWord {
    let word = word(dice);
    EditedWord {
        word,
        from: None,
        id: None,
    }
}

/// What became of many bookmarks.
#[derive(Debug, Default)]
struct Tally {
    exact: usize,
    moved: usize,
    partial: usize,
    unsure: usize,
    unsure_but_right: usize,
    lost: usize,
    wrong: usize,
}

impl Tally {
    /// Counts a passage that was found so, rightly or not; false if it was found wrong.
    fn count(&mut self, found: &str, is_right: bool) -> bool {
        match (found, is_right) {
            ("exact", true) => self.exact += 1,
            ("moved", true) => self.moved += 1,
            ("partial", true) => self.partial += 1,
            ("unsure", _) => {
                self.unsure += 1;
                self.unsure_but_right += usize::from(is_right);
            }
            ("lost", _) => self.lost += 1,
            _ => {
                self.wrong += 1;
                return false;
            }
        }
        true
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.exact + self.moved + self.partial + self.unsure + self.lost + self.wrong;
        write!(
            f,
            "{all} annotations: exact {}, moved {}, partial {}, ",
            self.exact, self.moved, self.partial
        )?;
        write!(
            f,
            "unsure {} (of them right {}), ",
            self.unsure, self.unsure_but_right
        )?;
        write!(f, "lost {}, wrong {}", self.lost, self.wrong)
    }
}

/// Edits a paper and looks for each of its paragraphs; counts, and tells the first one found wrong.
fn look_for_all(draft: &EditedPaper, edits: &[u64], tally: &mut Tally) -> Result<(), String> {
    let old = text(&draft.source(1));
    let mut edited = draft.clone();
    edits.iter().for_each(|seed| edited.edit(*seed));
    let new = text(&edited.source(2));
    let words: Vec<_> = edited.words().map(|word| word.word.as_str()).collect();
    assert_eq!(
        words.join(" "),
        new.words(),
        "the words are not those of the text"
    );

    // Of paragraphs that are the same to the letter one may have taken another's place, and nobody
    // can tell: where the whole text is the same, so is every place in it.
    let is_same = old.words() == new.words();
    let mut place = 0;
    for (index, paragraph) in draft.0.iter().enumerate() {
        let anchor = Anchor::at(&old, old.position_of(place));
        let found = find(&anchor, &new);
        let right = found.passage().is_some_and(|passage| {
            let (start, end) = (new.place_of(passage.start), new.place_of(passage.end));
            let is_there = is_same && start == place;
            // What is exact is quoted to the end of its paragraph.
            let rest =
                |text: &AnchorText, start| text.slice(start, text.block_end(start)).to_owned();
            let is_quoted_wrong = found.name() == "exact"
                && !is_same
                && anchor.goes_on
                && rest(&new, start) != rest(&old, place);
            !is_quoted_wrong && (is_there || edited.is_mostly_from(index, &new, start, end))
        });
        let length: usize = paragraph.words.iter().map(|word| word.word.len() + 1).sum();
        place += length;
        if !tally.count(found.name(), right) {
            return Err(format!("{anchor:?} is {found:?} in {:?}", new.words()));
        }
    }
    Ok(())
}

/// Edits a paper and looks for passages of it, of any length and from any word to any other;
/// counts, and tells the first one found wrong.
fn look_for_passages(
    draft: &EditedPaper,
    edits: &[u64],
    passages: &[(u16, u16)],
    tally: &mut Tally,
) -> Result<(), String> {
    let old = text(&draft.source(1));
    let mut edited = draft.clone();
    edits.iter().for_each(|seed| edited.edit(*seed));
    let new = text(&edited.source(2));
    let is_same = old.words() == new.words();
    let count = draft.words().count();
    for (from, length) in passages {
        let first = usize::from(*from) % count.max(1);
        // Short ones and long ones alike.
        let length = match length % 3 {
            0 => 1 + usize::from(*length) % 8,
            1 => 8 + usize::from(*length) % 30,
            _ => 30 + usize::from(*length) % 200,
        };
        let ids = first..(first + length).min(count);
        let (start, end) = (place_of_word(&old, ids.start), place_of_word(&old, ids.end));
        let end = end.saturating_sub(usize::from(ids.end < count)).max(start);
        let anchor = Anchor::between(&old, start, end, &Effort::without_bound());
        let found = find_passage(&anchor, &new, &Effort::without_bound());
        let words = found.passage().map(|passage| {
            let (start, end) = (new.place_of(passage.start), new.place_of(passage.end));
            let before = new.slice(0, start).split_whitespace().count();
            let count = new.slice(start, end).split_whitespace().count();
            let words = edited.words().skip(before).take(count);
            (start, words.collect::<Vec<_>>())
        });
        let right = words.is_some_and(|(at, words)| {
            let is_there = is_same && at == start;
            let last = ids.end.saturating_sub(1);
            let begins = edited.has_in_place(draft, ids.start, ids.start + 1, words.iter());
            let ends = edited.has_in_place(draft, last, last.wrapping_sub(1), words.iter().rev());
            is_there || (begins && ends) || {
                // Of one whose other end is gone, what is left must be of it.
                let ids_here = words.iter().filter_map(|word| word.id);
                let of_it = ids_here.filter(|id| ids.contains(id)).count();
                found.name() == "partial" && of_it * 2 >= words.len()
            }
        });
        if !tally.count(found.name(), right) {
            return Err(format!("{anchor:?} is {found:?} in {:?}", new.words()));
        }
    }
    Ok(())
}

/// Where a word begins, by its number in the text.
fn place_of_word(text: &AnchorText, number: usize) -> usize {
    let words = text.words();
    let mut starts = std::iter::once(0).chain(words.match_indices(' ').map(|(blank, _)| blank + 1));
    starts.nth(number).unwrap_or(words.len())
}

/// The same papers each time; with `OPCIT_CASES`, so many new ones.
fn runner() -> TestRunner {
    let asked = std::env::var("OPCIT_CASES").ok();
    let asked = asked.and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(128),
        failure_persistence: None,
        ..Config::default()
    };
    match asked {
        Some(_) => TestRunner::new(config),
        None => {
            let algorithm = RngAlgorithm::ChaCha;
            TestRunner::new_with_rng(config, TestRng::deterministic_rng(algorithm))
        }
    }
}

#[test]
fn no_bookmark_is_said_to_be_found_where_it_is_not() {
    let tally = RefCell::new(Tally::default());
    let draft = prop::collection::vec((0_u8..10, any::<u64>()), 1..24);
    let edits = prop::collection::vec(any::<u64>(), 0..16);
    let result = runner().run(&(draft, edits), |(draft, edits)| {
        look_for_all(&EditedPaper::new(&draft), &edits, &mut tally.borrow_mut())
            .map_err(TestCaseError::fail)
    });
    println!("{}", tally.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn no_passage_is_said_to_be_found_where_it_is_not() {
    let tally = RefCell::new(Tally::default());
    let draft = prop::collection::vec((0_u8..10, any::<u64>()), 1..24);
    let edits = prop::collection::vec(any::<u64>(), 0..16);
    let passages = prop::collection::vec(any::<(u16, u16)>(), 1..12);
    let result = runner().run(&(draft, edits, passages), |(draft, edits, passages)| {
        look_for_passages(
            &EditedPaper::new(&draft),
            &edits,
            &passages,
            &mut tally.borrow_mut(),
        )
        .map_err(TestCaseError::fail)
    });
    println!("{}", tally.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
}
