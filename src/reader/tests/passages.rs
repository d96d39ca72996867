//! How many keys it takes to highlight a passage that is on the screen.

use super::super::testing::TestReader;
use crate::paper::{BlockId, Passage, Position, sentences};
use crate::shelf::Origin;

/// The sentences of what is on the screen, in order, headings among them, and which of them the
/// cursor is in.
fn sentences_in_sight(desk: &TestReader) -> (Vec<Passage>, usize) {
    let open = &desk.state.app.open;
    let (paper, view) = (open.document.paper(), &open.view);
    let mut blocks: Vec<BlockId> = view.page().iter().map(|row| row.row.block).collect();
    blocks.dedup();
    let mut found = Vec::new();
    for block in blocks {
        let text = paper.block(block).filter(|block| block.is_authors());
        let text = text.map_or("", |block| block.text.as_str());
        found.extend(sentences(text).into_iter().map(|bytes| {
            let at = |offset| Position { block, offset };
            let (start, end) = (at(bytes.start), at(bytes.end));
            Passage { start, end }
        }));
    }
    let cursor = view.cursor();
    let at = found.iter().rposition(|it| it.start <= cursor).unwrap_or(0);
    (found, at)
}

/// The keys that go from one sentence to another and highlight it.
fn keys(from: usize, to: usize) -> Vec<String> {
    let (key, away) = match to.checked_sub(from) {
        Some(away) => (")", away),
        None => ("(", from - to),
    };
    let mut keys: Vec<String> = match away {
        0..=2 => vec![key.to_owned(); away],
        _ => {
            let digits = away.to_string();
            let digits = digits.chars().map(|digit| digit.to_string());
            digits.chain([key.to_owned()]).collect()
        }
    };
    keys.extend(["v", "Enter"].map(str::to_owned));
    keys
}

#[test]
fn any_sentence_on_the_screen_is_highlighted_with_five_keys_or_fewer() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = TestReader::open_own(80, 24).with_shelf(folder.path(), Origin::Embedded);
    let (mut passages, mut pressed) = (0, 0);
    for screen in 3..13 {
        let way = vec!["Space"; screen].join(" ");
        desk = desk.press("g").press(&way);
        let (all, at) = sentences_in_sight(&desk);
        // Ten of each screen, from its top to its end.
        for nth in 0..10 {
            let to = nth * all.len().saturating_sub(1) / 9;
            let Some(wanted) = all.get(to).copied() else {
                continue;
            };
            let open = &desk.state.app.open;
            let block = open.document.paper().block(wanted.start.block);
            let is_heading = block.is_none_or(|block| block.paragraph == 0);
            if is_heading || !open.view.is_visible(wanted.start) {
                continue;
            }
            let keys = keys(at, to);
            desk = desk.press(&keys.join(" "));
            let kept = &desk.state.app.open.shelf.annotations;
            let is_there = kept
                .passages
                .iter()
                .any(|it| it.found.passage() == Some(wanted));
            assert!(is_there, "{keys:?} on screen {screen}");
            assert!(keys.len() <= 5, "{keys:?} on screen {screen}");
            (passages, pressed) = (passages + 1, pressed + keys.len());
            desk = desk.press("U g").press(&way);
        }
    }
    assert!(passages >= 40, "{passages}");
    println!("{passages} passages, {pressed} keys");
}
