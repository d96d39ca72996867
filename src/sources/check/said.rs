//! What notes and lists of references say besides short citations: whether the source that one
//! looks for may stand there, and was not read as one.

use std::collections::HashMap;

use crate::paper::{NoteId, Paper};

use super::super::fold::folded;
use super::super::{NoteSegment, Sources};

/// The words of every source and every remark, each with where it stands.
#[derive(Debug)]
pub(super) struct SaidWords {
    places: HashMap<String, Vec<usize>>,
}

impl SaidWords {
    pub(super) fn new(paper: &Paper, sources: &Sources) -> SaidWords {
        let mut said = SaidWords {
            places: HashMap::new(),
        };
        let mut place = 0;
        for source in sources.all() {
            said.add(place, &source.text);
            place += 1;
        }
        for note in 0..paper.notes.len() {
            for part in sources.of_note(NoteId(note)) {
                if let NoteSegment::Comment(passage) = part {
                    said.add(place, &paper.words(*passage));
                    place += 1;
                }
            }
        }
        said
    }

    fn add(&mut self, place: usize, text: &str) {
        for word in words(text) {
            let places = self.places.entry(word).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }

    /// Whether one place says the last word of a name, and most of what a short citation says
    /// behind that name: its year, or the longer words of its title.
    pub(super) fn may_hold(&self, name: &str, citation: &str) -> bool {
        let Some(surname) = words(name).last() else {
            return false;
        };
        let behind = words(without_place(citation)).skip(words(name).count());
        let wanted: Vec<String> = behind.filter(|word| word.chars().count() > 3).collect();
        let Some(places) = self.places.get(&surname) else {
            return false;
        };
        let places_of = |word: &String| self.places.get(word).map_or(&[][..], Vec::as_slice);
        let mut lists: Vec<&[usize]> = wanted.iter().map(places_of).collect();
        lists.sort_unstable_by_key(|list| list.len());
        // What says most of the words says one of the rarer half.
        let rarer = lists.iter().take(lists.len() - lists.len() / 2);
        let has = |list: &[usize], place: usize| list.binary_search(&place).is_ok();
        let says_most = |place: &usize| {
            let said = lists.iter().filter(|list| has(list, *place));
            has(places, *place) && 2 * said.count() > lists.len()
        };
        wanted.is_empty() || rarer.copied().flatten().any(says_most)
    }
}

/// A citation without its pages: "Roe, “The Law”, arts. 40-43" names no "arts".
fn without_place(citation: &str) -> &str {
    let Some((before, place)) = citation.rsplit_once(", ") else {
        return citation;
    };
    let is_place =
        place.starts_with(char::is_lowercase) && place.contains(|c: char| c.is_ascii_digit());
    if is_place { before } else { citation }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(folded)
}
