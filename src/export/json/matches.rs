//! What a search found, as JSON.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{PlaceJson, Places, write};
use crate::paper::{Paper, Position};
use crate::search::{Match, context};

/// Columns of text that show a match with the words around it.
const CONTEXT_COLUMNS: u16 = 80;

/// Writes the matches as an array of
/// `{"section", "note", "block", "offset", "paragraph", "before", "text", "after"}`, in the order
/// given. The first four are the place of the match's first byte, as in `cited_in` of
/// [`super::write_excerpt`].
///
/// # Errors
/// Those of `out`.
pub fn write_matches(paper: &Paper, matches: &[Match], out: &mut dyn Write) -> io::Result<()> {
    write(&MatchesJson { paper, matches }, out)
}

/// An array whose members are made one by one: there may be millions.
struct MatchesJson<'a> {
    paper: &'a Paper,
    matches: &'a [Match],
}

#[derive(Serialize)]
struct MatchJson<'a> {
    #[serde(flatten)]
    place: PlaceJson<'a>,
    /// The number in its section, from 1; null in a note and for what is not counted.
    paragraph: Option<u32>,
    before: String,
    /// What was found, its line ends and runs of spaces as one space.
    text: String,
    after: String,
}

impl Serialize for MatchesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let places = Places::new(self.paper);
        let found = self.matches.iter();
        serializer.collect_seq(found.filter_map(|found| match_json(self.paper, found, &places)))
    }
}

fn match_json<'a>(paper: &'a Paper, found: &Match, places: &Places<'a>) -> Option<MatchJson<'a>> {
    let Position { block, .. } = found.passage.start;
    let paragraph = paper.block(block).map_or(0, |block| block.paragraph);
    let context = context(paper, found.passage, CONTEXT_COLUMNS);
    Some(MatchJson {
        place: places.place(found.passage.start)?,
        paragraph: Some(paragraph).filter(|&number| number > 0 && found.in_note.is_none()),
        before: context.before,
        text: context.hit,
        after: context.after,
    })
}
