//! What is printed on every page beside the text: running heads, folios, stamps, line numbers.
//! It is found by being repeated, and taken out.

use std::collections::HashMap;

use super::folios;
use super::line_numbers;
use super::page_numbers::{is_roman, number, trim};
use super::run::GlyphRun;

/// Running heads and feet are in so much of the page's height, above and below.
const EDGE: f32 = 0.17;
/// So many rows at each edge may be furniture.
const EDGE_ROWS: usize = 3;
/// What is repeated is at the same height, within so many points.
const SAME_HEIGHT: f32 = 2.5;
/// A number that is apart from the words beside it has so much white between, in ems.
const FOLIO_GAP_EMS: f32 = 1.2;
/// A line of text takes so much of the width of the text at least.
const FILLED: f32 = 0.6;
/// A document of so many pages is short.
const FEW_PAGES: usize = 6;
/// Furniture has so much white between it and the text, in ems.
const APART_EMS: f32 = 1.6;

/// A marker is so small beside the word that it is raised at, at most so high above it, and so near.
const SMALL: f32 = 0.87;
const RAISED_EMS: f32 = 0.7;
const MARKER_GAP_EMS: f32 = 0.4;

/// What was taken out of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Furniture {
    /// The number printed on it.
    pub(super) folio: Option<String>,
    pub(super) rows: Vec<String>,
}

/// Takes furniture out of the runs of all pages; `heights` are those of the pages, in points.
pub(super) fn take_out(pages: &mut [Vec<GlyphRun>], heights: &[f32]) -> Vec<Furniture> {
    line_numbers::take_out(pages);
    let mut taken = vec![Furniture::default(); pages.len()];
    let mut all = Vec::new();
    for _ in 0..EDGE_ROWS {
        let rows: Vec<Vec<FurnitureRow>> = pages
            .iter()
            .zip(heights)
            .enumerate()
            .map(|(page, (runs, height))| outer_rows(page, runs, *height))
            .collect();
        let found = repeated(&rows);
        if found.is_empty() {
            break;
        }
        for row in found {
            let Some(runs) = pages.get_mut(row.page) else {
                continue;
            };
            runs.retain(|run| !row.has(run));
            if let Some(taken) = taken.get_mut(row.page) {
                taken.rows.push(row.text.clone());
            }
            all.push(row);
        }
    }
    folios::settle(&all, &mut taken);
    taken
}

/// The outermost row of a page, above or below.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FurnitureRow {
    pub(super) page: usize,
    is_head: bool,
    baseline: f32,
    size: f32,
    text: String,
    /// Whether it begins with a figure that is smaller or higher than what follows, as notes do.
    begins_like_note: bool,
    /// White between it and the next row, in ems.
    gap_ems: f32,
    /// Whether it fills the width of the text with words, without a gap: then its number is one of
    /// its words. What is set in capitals is a running head all the same.
    is_filled: bool,
}

impl FurnitureRow {
    fn has(&self, run: &GlyphRun) -> bool {
        (run.baseline - self.baseline).abs() <= 0.6 * self.size
    }

    /// The letters of it, with figures told by one sign.
    fn skeleton(&self) -> String {
        let mut skeleton = String::new();
        for letter in self.text.chars() {
            if letter.is_alphabetic() {
                skeleton.extend(letter.to_lowercase());
            } else if letter.is_ascii_digit() && !skeleton.ends_with('#') {
                skeleton.push('#');
            }
        }
        skeleton
    }

    /// All letters and figures of it, sorted: a line that is drawn twice is not always in one order.
    fn letters(&self) -> Vec<char> {
        let letters = self.text.chars().filter(|letter| letter.is_alphanumeric());
        let mut letters: Vec<char> = letters.collect();
        letters.sort_unstable();
        letters
    }

    /// What may be the number of the page: the first of its words, or the last, and in a head both, as
    /// a year may be at the other end: `2023] NIL COMPLIANCE 71`.
    pub(super) fn folios(&self) -> Vec<&str> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let ends = match words.as_slice() {
            [word] => vec![*word],
            [first, .., last] => vec![*first, *last],
            [] => Vec::new(),
        };
        let is_folio = |word: &&str| number(word).is_some() || is_roman(word);
        let folios = ends.into_iter().map(trim).filter(is_folio);
        folios.take(if self.is_head { 2 } else { 1 }).collect()
    }

    /// By how much a number differs from the page's place.
    pub(super) fn offset_of(&self, folio: &str) -> Option<i64> {
        Some(number(folio)? - i64::try_from(self.page).ok()?)
    }

    /// By how much its numbers differ from the page's place.
    pub(super) fn offsets(&self) -> Vec<i64> {
        let folios = self.folios().into_iter();
        folios.filter_map(|folio| self.offset_of(folio)).collect()
    }

    /// Whether it may be a note at the foot of the page: a number, and words.
    fn is_like_note(&self) -> bool {
        let text = self.text.trim_start();
        let is_numbered = text.starts_with(|first: char| first.is_ascii_digit());
        !self.is_head && is_numbered && !self.is_lone_folio()
    }

    fn is_lone_folio(&self) -> bool {
        let text = trim(&self.text);
        number(text).is_some() || is_roman(text)
    }
}

/// The highest and the lowest row of a page, if they are near its edges.
fn outer_rows(page: usize, runs: &[GlyphRun], height: f32) -> Vec<FurnitureRow> {
    let first = runs
        .iter()
        .min_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let last = runs
        .iter()
        .max_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let mut rows = Vec::new();
    if let Some(first) = first.filter(|run| run.baseline < EDGE * height) {
        rows.push(row(page, runs, below_marker(first, runs), true));
    }
    if let Some(last) = last.filter(|run| run.baseline > (1.0 - EDGE) * height) {
        rows.push(row(page, runs, last, false));
    }
    rows
}

/// The word that a raised marker stands at, if the highest run of a page is one: it is of that word's
/// row, and no number of the page.
fn below_marker<'r>(highest: &'r GlyphRun, runs: &'r [GlyphRun]) -> &'r GlyphRun {
    let is_word = |run: &&GlyphRun| {
        let raise = run.baseline - highest.baseline;
        let gap = (highest.left - run.right).max(run.left - highest.right);
        highest.size < SMALL * run.size
            && raise > 0.0
            && raise < RAISED_EMS * run.size
            && gap < MARKER_GAP_EMS * run.size
    };
    runs.iter().find(is_word).unwrap_or(highest)
}

fn row(page: usize, runs: &[GlyphRun], outermost: &GlyphRun, is_head: bool) -> FurnitureRow {
    let near = |run: &&GlyphRun| (run.baseline - outermost.baseline).abs() <= 0.6 * outermost.size;
    let mut members: Vec<&GlyphRun> = runs.iter().filter(near).collect();
    members.sort_by(|one, other| one.left.total_cmp(&other.left));
    let size = members.iter().map(|run| run.size).fold(0.0, f32::max);
    let baseline = if is_head {
        members.iter().map(|run| run.baseline).fold(0.0, f32::max)
    } else {
        outermost.baseline
    };
    let mut text = String::new();
    let mut right = f32::MAX;
    let mut widest = 0.0f32;
    for run in &members {
        if right < f32::MAX {
            widest = widest.max(run.left - right);
        }
        if run.after_space || run.left - right > 0.16 * run.size {
            text.push(' ');
        }
        text.push_str(&run.text());
        right = run.right;
    }
    let next = runs
        .iter()
        .filter(|run| !near(run))
        .map(|run| (run.baseline - baseline).abs())
        .fold(f32::MAX, f32::min);
    let begins_like_note = match members.as_slice() {
        [first, second, ..] => {
            first.text().chars().all(|letter| letter.is_ascii_digit())
                && (first.size < 0.87 * second.size
                    || first.baseline < second.baseline - 0.15 * second.size)
        }
        _ => false,
    };
    let is_in_capitals = !text.contains(char::is_lowercase);
    FurnitureRow {
        page,
        is_head,
        baseline,
        size,
        text,
        begins_like_note,
        gap_ems: next / size.max(1.0),
        is_filled: widest < FOLIO_GAP_EMS * size
            && width(members.iter().copied()) > FILLED * width(runs.iter())
            && !is_in_capitals,
    }
}

/// From the first letter to the last.
fn width<'r>(runs: impl Iterator<Item = &'r GlyphRun>) -> f32 {
    let (left, right) = runs.fold((f32::MAX, 0.0f32), |(left, right), run| {
        (left.min(run.left), right.max(run.right))
    });
    (right - left).max(0.0)
}

/// Those rows that are furniture.
fn repeated(pages: &[Vec<FurnitureRow>]) -> Vec<FurnitureRow> {
    let rows = || pages.iter().flatten();
    let mut by_skeleton: HashMap<(bool, String), Vec<&FurnitureRow>> = HashMap::new();
    for row in rows() {
        by_skeleton
            .entry((row.is_head, row.skeleton()))
            .or_default()
            .push(row);
    }
    let enough = if pages.len() <= 4 { 2 } else { 3 };
    let mut by_letters: HashMap<(bool, Vec<char>), usize> = HashMap::new();
    for row in rows() {
        *by_letters.entry((row.is_head, row.letters())).or_default() += 1;
    }
    let same = |row: &FurnitureRow| by_letters.get(&(row.is_head, row.letters())).copied();
    let same = |row: &FurnitureRow| same(row).unwrap_or_default();
    // What is the same to the letter on most pages is a stamp, though a number begins it.
    let is_on_most = |row: &FurnitureRow| same(row) >= enough && same(row) * 2 > pages.len();
    let is_note = |row: &FurnitureRow| row.is_like_note() && !is_on_most(row);
    let mut found: Vec<FurnitureRow> = Vec::new();
    for row in rows() {
        let alike = by_skeleton.get(&(row.is_head, row.skeleton()));
        let alike = alike.map_or(0, |alike| {
            let same = |other: &&&FurnitureRow| (other.baseline - row.baseline).abs() < SAME_HEIGHT;
            alike.iter().filter(same).count()
        });
        let letters = row
            .skeleton()
            .chars()
            .filter(|letter| *letter != '#')
            .count();
        // `No. 21-50498`, the same on most pages, is no number of a page.
        let has_words = letters >= 3 || letters > 0 && same(row) * 2 > pages.len();
        // At the foot, what begins with a number is a note, if the number is not the page's.
        let may_be_note = row.begins_like_note || is_note(row);
        // Notes end alike, as in `University Press, pp. 3–9.`; what is printed on every page stands
        // apart from them.
        let is_apart = row.is_head || row.gap_ems > APART_EMS || alike * 2 > pages.len();
        // Of few pages every other one has a foot of its own.
        let is_of_few = pages.len() <= FEW_PAGES && same(row) >= 2 && row.gap_ems > APART_EMS;
        let is_often = alike >= enough || is_of_few && alike >= 2 && !row.is_head;
        let is_repeated = has_words && is_often && !may_be_note && is_apart;
        // Notes, of which each page has about one, count on as pages do.
        let is_numbered = is_numbered(row, pages) && (!is_note(row) || alike > 1);
        if is_repeated || is_numbered {
            found.push(row.clone());
        }
    }
    let offset = folios::page_offset(&found);
    found.retain(|row| {
        let is_pages = offset.is_none_or(|offset| row.offsets().contains(&offset));
        !is_note(row) || is_pages
    });
    let lone: Vec<FurnitureRow> = rows()
        .filter(|row| {
            row.is_lone_folio() && offset.is_some_and(|offset| row.offsets().contains(&offset))
        })
        .filter(|row| !found.contains(row))
        .cloned()
        .collect();
    found.extend(lone);
    // A running head that changes is where those that are repeated are.
    let others: Vec<FurnitureRow> = rows()
        .filter(|row| !found.contains(row) && !row.begins_like_note && row.gap_ems > APART_EMS)
        .filter(|row| !row.is_filled)
        .filter(|row| {
            let beside = found.iter().filter(|other| {
                other.is_head == row.is_head
                    && (other.baseline - row.baseline).abs() < 1.0
                    && (other.size - row.size).abs() < 0.5
            });
            beside.count() >= enough
        })
        .cloned()
        .collect();
    found.extend(others);
    found
}

/// Whether a row has a number that goes on from page to page at its height.
fn is_numbered(row: &FurnitureRow, pages: &[Vec<FurnitureRow>]) -> bool {
    if row.begins_like_note || row.is_filled {
        return false;
    }
    let beside = |other: &&FurnitureRow| {
        other.is_head == row.is_head
            && other.page != row.page
            && (other.baseline - row.baseline).abs() < SAME_HEIGHT
    };
    let near = pages
        .iter()
        .skip(row.page.saturating_sub(6))
        .take(13)
        .flatten()
        .filter(beside);
    let offsets = row.offsets();
    if row.is_lone_folio() && offsets.is_empty() {
        return near.filter(|other| other.is_lone_folio()).count() >= 1;
    }
    let near: Vec<Vec<i64>> = near.map(FurnitureRow::offsets).collect();
    let needed = if row.is_lone_folio() { 1 } else { 2 };
    let needed = needed.min(pages.len().saturating_sub(1)).max(1);
    offsets.iter().any(|offset| {
        let agree = near.iter().filter(|other| other.contains(offset));
        agree.count() >= needed
    })
}

#[cfg(test)]
mod tests {
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    fn take(pages: &[Vec<(f32, f32, f32, &str)>]) -> (Vec<String>, Vec<Furniture>) {
        let mut pages: Vec<Vec<GlyphRun>> = pages.iter().map(|texts| runs(&page(texts))).collect();
        let heights = vec![842.0; pages.len()];
        let taken = take_out(&mut pages, &heights);
        let text = |runs: &Vec<GlyphRun>| {
            let words: Vec<String> = runs.iter().map(GlyphRun::text).collect();
            words.join(" ")
        };
        (pages.iter().map(text).collect(), taken)
    }

    #[test]
    fn the_number_of_a_case_above_every_page_is_furniture() {
        let texts = |page: usize| {
            let word = ["alpha", "beta", "gamma", "delta"][page];
            vec![
                (250.0, 70.0, 10.0, "No. 21-50498"),
                (60.0, 300.0, 10.0, word),
            ]
        };
        let pages: Vec<_> = (0..4).map(texts).collect();
        assert_eq!(take(&pages).0, ["alpha", "beta", "gamma", "delta"]);
    }

    #[test]
    fn a_stamp_at_the_foot_of_every_page_is_no_note_though_a_number_begins_it() {
        let texts = |page: usize| {
            let word = ["alpha", "beta", "gamma", "delta"][page];
            vec![
                (60.0, 300.0, 10.0, word),
                (
                    60.0,
                    800.0,
                    4.0,
                    "10.5771/26-99 - am 11.08.2025 - Open Access -",
                ),
            ]
        };
        let pages: Vec<_> = (0..4).map(texts).collect();
        assert_eq!(take(&pages).0, ["alpha", "beta", "gamma", "delta"]);
    }

    #[test]
    fn a_marker_in_the_first_line_of_a_page_is_no_number_of_the_page() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = ["i", "ii", "iii", "iv"]
            .iter()
            .zip(["rust.", "blue.", "teal.", "gold."])
            .map(|(number, word)| {
                vec![
                    (60.0, 80.0, 12.0, word),
                    (90.0, 74.0, 7.0, *number),
                    (60.0, 100.0, 12.0, "words"),
                ]
            })
            .collect();
        let texts = [
            "rust. i words",
            "blue. ii words",
            "teal. iii words",
            "gold. iv words",
        ];
        assert_eq!(take(&pages).0, texts);
    }

    #[test]
    fn running_heads_and_folios_go_and_the_number_is_kept() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = ["7", "8", "9", "10"]
            .iter()
            .zip(["red", "blue", "green", "black"])
            .map(|(number, word)| {
                vec![
                    (60.0, 50.0, 9.0, "The Journal"),
                    (60.0, 100.0, 10.0, word),
                    (300.0, 800.0, 10.0, *number),
                ]
            })
            .collect();
        let (texts, taken) = take(&pages);
        assert_eq!(texts, ["red", "blue", "green", "black"]);
        assert_eq!(taken[1].folio.as_deref(), Some("8"));
    }

    #[test]
    fn the_volume_in_each_head_is_not_the_number_of_a_page() {
        let pages = |has_numbers: bool| {
            let page = |(number, word)| {
                let mut texts = vec![
                    (60.0, 50.0, 9.0, "The Review: Issue VIII"),
                    (60.0, 100.0, 10.0, word),
                ];
                texts.extend(has_numbers.then_some((300.0, 800.0, 10.0, number)));
                texts
            };
            let pages = [("7", "red"), ("8", "blue"), ("9", "green"), ("10", "black")];
            pages.map(page)
        };
        let folios = |has_numbers| {
            let (_, taken) = take(&pages(has_numbers));
            taken.into_iter().map(|it| it.folio).collect::<Vec<_>>()
        };
        let numbers = ["7", "8", "9", "10"].map(|number| Some(number.to_owned()));
        assert_eq!(folios(true), numbers);
        assert_eq!(folios(false), vec![None; 4]);
    }

    #[test]
    fn notes_that_end_alike_at_the_foot_of_some_pages_keep_their_last_lines() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = [
            "University Press, pp. 3–9.",
            "University Press, pp. 12–19.",
            "See there, p. 8.",
            "University Press, pp. 4–40.",
            "Another thing.",
            "And a last one.",
        ]
        .iter()
        .map(|last| {
            vec![
                (60.0, 788.0, 8.0, "A source that ends in"),
                (60.0, 798.0, 8.0, *last),
            ]
        })
        .collect();
        let (texts, _) = take(&pages);
        assert!(texts[0].ends_with("3–9.") && texts[3].ends_with("4–40."));
    }

    #[test]
    fn the_number_of_a_page_is_told_from_a_year_at_the_other_end() {
        const LONG: &str = "a-line-of-the-text-that-is-as-wide-as-the-text";
        let heads = [
            "",
            "94 THE REVIEW [Vol. 103:92",
            "2023] A TITLE 95",
            "96 THE REVIEW",
            "2023] A TITLE 97",
        ];
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = heads
            .iter()
            .zip(["red", "blue", "green", "black", "white"])
            .map(|(head, word)| {
                let mut texts = vec![(60.0, 300.0, 10.0, word), (60.0, 320.0, 10.0, LONG)];
                match *head {
                    "" => texts.push((300.0, 800.0, 10.0, "93")),
                    head => texts.push((60.0, 50.0, 10.0, head)),
                }
                texts
            })
            .collect();
        let (texts, taken) = take(&pages);
        let rest = |text: &String| text.replace(LONG, "").trim().to_owned();
        let texts: Vec<String> = texts.iter().map(rest).collect();
        assert_eq!(texts, ["red", "blue", "green", "black", "white"]);
        let folios: Vec<&str> = taken.iter().filter_map(|it| it.folio.as_deref()).collect();
        assert_eq!(folios, ["93", "94", "95", "96", "97"]);
    }

    #[test]
    fn notes_that_say_the_same_at_the_foot_of_pages_stay() {
        let notes = |number| {
            vec![
                (60.0, 300.0, 10.0, "words"),
                (60.0, 797.0, 6.0, number),
                (68.0, 800.0, 8.0, "Ibid."),
            ]
        };
        let (texts, _) = take(&[notes("1"), notes("2"), notes("3"), notes("4")]);
        assert_eq!(texts[2], "words 3 Ibid.");
    }

    #[test]
    fn notes_that_count_on_from_page_to_page_stay() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = [
            ("12", "30", "A note of the author."),
            ("13", "31", "A note of the author."),
            ("14", "32", "What another book says."),
            ("15", "33", "A note of the author."),
        ]
        .iter()
        .map(|(folio, label, note)| {
            vec![
                (60.0, 50.0, 9.0, *folio),
                (60.0, 300.0, 10.0, "words"),
                (60.0, 800.0, 8.0, *label),
                (76.0, 800.0, 8.0, *note),
            ]
        })
        .collect();
        let (texts, taken) = take(&pages);
        assert_eq!(taken[0].folio.as_deref(), Some("12"));
        for (text, label) in texts.iter().zip(["30", "31", "32", "33"]) {
            assert!(text.starts_with(&format!("words {label}")), "{text}");
        }
    }

    #[test]
    fn a_line_of_text_that_begins_with_the_number_of_its_page_stays() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = [
            ("[*7]", "The Commissioner does not cite any authority"),
            ("[*8]", "A case from this Court and one from another"),
            ("[*9]", "On the facts that both of the parties stipulate"),
            ("[*10]", "In the end the amount is taken for what it is"),
        ]
        .iter()
        .map(|(star, line)| {
            vec![
                (60.0, 90.0, 10.0, *star),
                (88.0, 90.0, 10.0, *line),
                (60.0, 114.0, 10.0, "for the relevance of these propositions"),
            ]
        })
        .collect();
        let (texts, _) = take(&pages);
        assert!(texts[0].contains("Commissioner") && texts[3].contains("amount"));
    }

    #[test]
    fn a_running_head_in_capitals_goes_though_it_fills_the_width() {
        let pages: Vec<Vec<(f32, f32, f32, &str)>> = [
            ("7", "THE COMMISSIONER AND THE OLD AUTHORITIES"),
            ("8", "A CASE FROM THIS COURT AND FROM ANOTHER"),
            ("9", "ON FACTS THAT BOTH PARTIES STIPULATED"),
            ("10", "THE AMOUNT THAT IS TAKEN IN THE END"),
        ]
        .iter()
        .map(|(number, head)| {
            vec![
                (60.0, 90.0, 10.0, *number),
                (75.0, 90.0, 10.0, *head),
                (60.0, 114.0, 10.0, "for the relevance of these propositions"),
            ]
        })
        .collect();
        let (texts, _) = take(&pages);
        assert!(!texts[0].contains("COMMISSIONER") && !texts[3].contains("AMOUNT"));
    }
}
