//! Notes of pages that link nothing: a raised number in the text, and a paragraph or an item with
//! that number further down.
//!
//! Nothing but the sequence proves that they belong together: both count 1, 2, 3 … without a gap,
//! each number once, and each note comes after its marker.

use super::label;
use super::names::{has_class, heading_level, is_block, is_note};
use super::sidenotes::SIDE_NOTES;
use crate::formats::markup::{NodeId, Tree};
use crate::paper::is_notes_title;

/// So many nodes of a block are looked at for its first words, and so many elements around one.
const MAX_NODES: usize = 16;
const MAX_AROUND: usize = 4;

/// A raised number, or a block that begins with a number.
#[derive(Debug, Clone, Copy)]
struct UnlinkedNumber {
    number: usize,
    node: NodeId,
    /// The block that it stands in.
    block: NodeId,
    /// Where it stands, counted in nodes.
    at: usize,
}

/// The markers of a page with the blocks that they call, in order; none if that is not certain.
/// Links with a target are told by `is_link`.
pub(super) fn find(tree: &Tree, is_link: impl Fn(NodeId) -> bool) -> Vec<(NodeId, NodeId)> {
    let mut seen = Unlinked::default();
    for (at, node) in tree.descendants(Tree::ROOT).enumerate() {
        match tree.name(node) {
            "sup" => seen.add_raised(tree, node, at, &is_link),
            "b" | "strong" => seen.add_strong(tree, node, at),
            "li" => seen.add_item(tree, node, at),
            _ => {}
        }
    }
    let Unlinked { markers, .. } = &seen;
    if !are_counted(markers) {
        return Vec::new();
    }
    let all = [&seen.raised, &seen.items, &seen.strong];
    let notes = all.into_iter().find(|notes| answer(tree, markers, notes));
    let pairs = markers.iter().zip(notes.into_iter().flatten());
    pairs
        .map(|(marker, note)| (marker.node, note.block))
        .collect()
}

/// What may be markers and notes.
#[derive(Debug, Default)]
struct Unlinked {
    markers: Vec<UnlinkedNumber>,
    /// Blocks that begin with a raised number, with a strong one, and items of a list of notes.
    raised: Vec<UnlinkedNumber>,
    strong: Vec<UnlinkedNumber>,
    items: Vec<UnlinkedNumber>,
    /// The last list, and whether it is one of notes.
    list: Option<(NodeId, bool)>,
}

impl Unlinked {
    fn add_raised(
        &mut self,
        tree: &Tree,
        node: NodeId,
        at: usize,
        is_link: &impl Fn(NodeId) -> bool,
    ) {
        let Some(number) = number(&tree.line_of_text(node)) else {
            return;
        };
        let around = tree.ancestors(node).take(MAX_AROUND);
        let is_linked = tree.descendants(node).chain(around).any(is_link);
        let mut around = tree.ancestors(node).take(MAX_AROUND);
        let is_in_side_note = around.any(|around| has_class(tree, around, &SIDE_NOTES));
        if is_linked || is_in_side_note {
            return;
        }
        let block = block_of(tree, node);
        let found = UnlinkedNumber {
            number,
            node,
            block,
            at,
        };
        if is_first(tree, node, block) {
            self.raised.push(found);
        } else if !is_exponent(tree, node) {
            self.markers.push(found);
        }
    }

    fn add_strong(&mut self, tree: &Tree, node: NodeId, at: usize) {
        let block = block_of(tree, node);
        let number = number(&tree.line_of_text(node));
        if let Some(number) = number.filter(|_| is_first(tree, node, block)) {
            self.strong.push(UnlinkedNumber {
                number,
                node,
                block,
                at,
            });
        }
    }

    fn add_item(&mut self, tree: &Tree, node: NodeId, at: usize) {
        let Some(list) = tree.parent(node).filter(|list| tree.name(*list) == "ol") else {
            return;
        };
        let known = self.list.filter(|(known, _)| *known == list);
        let (_, holds_notes) = known.unwrap_or_else(|| (list, is_said_to_hold_notes(tree, list)));
        self.list = Some((list, holds_notes));
        if !holds_notes {
            return;
        }
        let start = tree.attribute(list, "start");
        let start: usize = start.and_then(|start| start.parse().ok()).unwrap_or(1);
        let last = self.items.last();
        let number = last
            .filter(|last| tree.parent(last.node) == Some(list))
            .map_or(start, |last| last.number + 1);
        self.items.push(UnlinkedNumber {
            number,
            node,
            block: node,
            at,
        });
    }
}

fn are_counted(numbers: &[UnlinkedNumber]) -> bool {
    let mut numbers = numbers.iter().zip(1..);
    numbers.all(|(found, next)| found.number == next)
}

/// Whether the blocks are the notes of these markers.
fn answer(tree: &Tree, markers: &[UnlinkedNumber], notes: &[UnlinkedNumber]) -> bool {
    let (Some(first_marker), Some(first)) = (markers.first(), notes.first()) else {
        return false;
    };
    let mut pairs = markers.iter().zip(notes);
    let are_below = pairs.all(|(marker, note)| marker.at < note.at && marker.block != note.block);
    if notes.len() != markers.len() || !are_counted(notes) || !are_below {
        return false;
    }
    // Numbers behind the names of authors, and below them where they work, look the same.
    let is_spread = markers
        .iter()
        .any(|marker| marker.block != first_marker.block);
    let is_strong = matches!(tree.name(first.node), "b" | "strong");
    is_spread && !is_strong || is_said_to_hold_notes(tree, first.block)
}

/// Whether a note or a list of them is said to be that: by its class, or by a rule or a heading such
/// as "Notes" right above.
fn is_said_to_hold_notes(tree: &Tree, node: NodeId) -> bool {
    let mut around = std::iter::once(node).chain(tree.ancestors(node).take(MAX_AROUND));
    around.any(|node| {
        let class = tree.attribute(node, "class").unwrap_or_default();
        let class = class.to_ascii_lowercase();
        let is_named = class.contains("footnote") || class.contains("endnote");
        let mut before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
        let above = before.find(|node| tree.name(*node) == "hr" || has_words(tree, *node));
        let is_parted = above.is_some_and(|above| {
            tree.name(above) == "hr"
                || heading_level(tree.name(above)).is_some()
                    && is_notes_title(&tree.line_of_text(above))
        });
        is_named || is_note(tree, node) || tree.name(node) == "aside" || is_parted
    })
}

fn has_words(tree: &Tree, node: NodeId) -> bool {
    let mut texts = tree.descendants(node).filter_map(|node| tree.text(node));
    texts.any(|text| !text.trim().is_empty())
}

/// The number that a text is, in brackets or not.
fn number(text: &str) -> Option<usize> {
    let label = label::parse(text)?;
    let is_number = label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| label.parse().ok()).flatten()
}

fn block_of(tree: &Tree, node: NodeId) -> NodeId {
    let mut around = tree.ancestors(node);
    around
        .find(|node| tree.element(*node).is_some() && is_block(tree.name(*node)))
        .unwrap_or(Tree::ROOT)
}

/// Whether nothing in the block is before the node.
fn is_first(tree: &Tree, node: NodeId, block: NodeId) -> bool {
    for before in tree.descendants(block).take(MAX_NODES) {
        if before == node {
            return true;
        }
        if tree
            .text(before)
            .is_some_and(|text| !text.trim().is_empty())
        {
            return false;
        }
    }
    false
}

/// Whether a raised number belongs to the number or the single letter before it: `10²`, `m²`.
fn is_exponent(tree: &Tree, node: NodeId) -> bool {
    let mut at = node;
    for _ in 0..MAX_AROUND {
        if let Some(before) = tree.previous(at) {
            let text = tree.text_in(before);
            let mut letters = text.chars().rev();
            return match letters.next() {
                None => false,
                Some(last) if last.is_ascii_digit() => true,
                Some(last) => {
                    let is_alone = letters.next().is_none_or(|char| !char.is_alphanumeric());
                    last.is_alphabetic() && is_alone
                }
            };
        }
        match tree.parent(at) {
            Some(parent) if !is_block(tree.name(parent)) => at = parent,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::formats::html::read;

    /// Compares the notes of a page, each as its number and its text.
    #[track_caller]
    fn check(page: &str, notes: &[&str]) {
        let paper = read(page.as_bytes(), None).paper;
        let found: Vec<String> = paper
            .notes
            .iter()
            .map(|note| {
                let blocks = paper.blocks.get(note.blocks.clone()).unwrap();
                let text: Vec<&str> = blocks.iter().map(|block| &*block.text).collect();
                format!("{} {}", note.number, text.join(" / "))
            })
            .collect();
        assert_eq!(found, notes);
    }

    const TEXT: &str = "<h1>On notes</h1><p>One claim.<sup>1</sup> About 10<sup>6</sup> m<sup>2</sup>.</p><p>Another.<sup>2</sup></p>";

    #[test]
    fn raised_numbers_call_the_paragraphs_that_begin_with_them() {
        let notes = ["1 The first.", "2 The second."];
        for tail in [
            "<hr><p><sup>1</sup> The first.</p><p><sup>2</sup> The second.</p>",
            "<h2>Notes</h2><p><b><sup>1</sup></b> The first.</p><p><b><sup>2</sup></b> The second.</p>",
            "<p>End.</p><p><sup>1</sup> The first.</p><p><sup>2</sup> The second.</p>",
            "<hr><p><strong>1</strong> The first.</p><p><strong>2</strong> The second.</p>",
            "<div class=\"post__footnotes\"><h4>Footnotes</h4><ol><li>The first.</li><li>The second.</li></ol></div>",
            "<aside><ol start=1><li>The first.</li></ol></aside><aside><ol start=2><li>The second.</li></ol></aside>",
        ] {
            check(&format!("<article>{TEXT}{tail}</article>"), &notes);
        }
    }

    #[test]
    fn a_note_in_the_text_follows_its_paragraph() {
        check(
            "<h1>On notes</h1><p>One claim<sup>1</sup> here.</p><p class=footnote><sup>1</sup>The first.</p>\
             <p>Another.<sup>2</sup></p><p class=footnote><sup>2</sup>The second.</p><p>End.</p>",
            &["1 The first.", "2 The second."],
        );
    }

    #[test]
    fn notes_may_be_lines_of_one_paragraph() {
        check(
            "<h1>On notes</h1><p>One claim.<a href='#one'><sup>1</sup></a></p><p>Another.<a href='#two'><sup>2</sup></a></p><hr>\
             <p><a name=one><sup>1</sup></a> The <em>first</em>. <a href='#' onclick='back()'>↩</a><br><br>\
             <a name=two><sup>2</sup></a> The second.</p>",
            &["1 The first.", "2 The second."],
        );
    }

    #[test]
    fn a_side_note_that_stands_below_as_well_is_one_note() {
        check(
            "<h1>On notes</h1><p>One claim<sup><a id=r1 href='#footnote-1'>1</a></sup><span class=sidenote>1. The first.</span> here.</p>\
             <div class=footnotes><div class=footnote><sup id=footnote-1><a href='#r1'>1</a></sup> <p>The first.</p></div></div>",
            &["1 The first."],
        );
    }

    #[test]
    fn the_number_of_a_side_note_is_said_once() {
        check(
            "<h1>On notes</h1><p>One claim.<label for=n>1</label><input id=n type=checkbox><span class=sidenote><sup>1</sup> The first.</span> On.</p>",
            &["1 The first."],
        );
    }

    #[test]
    fn a_note_within_its_call_is_shown_though_the_page_hides_it() {
        check(
            "<h1>On notes</h1><p>One claim.<span class=inline-footnote>1<span class=footnoteContent style='display:none'>The first.</span></span> On.</p>",
            &["1 The first."],
        );
    }

    #[test]
    fn what_is_not_certain_stays_in_the_text() {
        for tail in [
            // One is missing, one is there twice, they are in another order.
            "<hr><p><sup>1</sup> The first.</p>",
            "<hr><p><sup>1</sup> A.</p><p><sup>2</sup> B.</p><p><sup>2</sup> C.</p>",
            "<hr><p><sup>2</sup> B.</p><p><sup>1</sup> A.</p>",
            // Strong numbers and lists are notes only where that is said.
            "<p>End.</p><p><strong>1</strong> A.</p><p><strong>2</strong> B.</p>",
            "<p>End.</p><ol><li>A.</li><li>B.</li></ol>",
        ] {
            check(&format!("<article>{TEXT}{tail}</article>"), &[]);
        }
        // Where authors work.
        check(
            "<h1>On notes</h1><p>A. One<sup>1</sup>, B. Two<sup>2</sup></p><p><sup>1</sup> Here</p><p><sup>2</sup> There</p><p>Text.</p>",
            &[],
        );
    }
}
