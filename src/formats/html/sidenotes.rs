//! Notes that stand within the text: side notes in the manner of Tufte, and those of LaTeXML.

use super::names::{has_class, has_type};
use super::notes::{Act, HtmlNote, HtmlNotes, HtmlPage};
use crate::formats::markup::{NodeId, Tree};

/// What makers of pages call a note beside the text.
pub(super) const SIDE_NOTES: [&str; 5] = [
    "sidenote",
    "side-note",
    "marginnote",
    "margin-note",
    "marginal-note",
];

/// So many nodes before a side note are looked at for its marker.
const MAX_BEFORE: usize = 8;

/// Makes notes of those that no link leads to and that stand where their marker would.
pub(super) fn find(page: &HtmlPage<'_>, notes: &mut HtmlNotes) {
    let tree = page.tree;
    for node in tree.descendants(Tree::ROOT) {
        if notes.act(node).is_some() {
            continue;
        }
        if has_class(tree, node, &["ltx_note"]) {
            add_latexml(page, node, notes);
        } else if let Some((content, label)) = content_within(page, node) {
            add(node, content, label, notes);
        } else if let Some(call) = call_before(page, node) {
            let label = tree.line_of_text(call);
            let label = super::label::parse(&label).unwrap_or_default();
            drop_controls(page, node, notes);
            add(call, node, label, notes);
            notes.set(node, Act::Note);
        } else if is_side_note(page, node, notes) {
            if is_note_again(page, node, notes) {
                notes.set(node, Act::Skip);
                continue;
            }
            drop_switch(page, node, notes);
            let label = take_number(page, node, notes);
            add(node, node, label, notes);
        }
    }
}

/// A note whose marker is to stand where the node is.
fn add(node: NodeId, content: NodeId, label: String, notes: &mut HtmlNotes) {
    let index = notes.list.len();
    notes.set(node, Act::Cite(index));
    let parts = vec![content];
    notes.list.push(HtmlNote { label, parts });
}

/// The button or the raised number right before a note that plugins of web pages have put into the
/// text, to be opened there; none if the node is no such note.
fn call_before(page: &HtmlPage<'_>, node: NodeId) -> Option<NodeId> {
    let tree = page.tree;
    let (note, call) = match tree.name(node) {
        "span" => (
            "modern-footnotes-footnote__note",
            "modern-footnotes-footnote",
        ),
        "cite" => ("footnote", "footnote-count"),
        _ => return None,
    };
    if !has_class(tree, node, &[note]) || page.is_blank(node) {
        return None;
    }
    let mut before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
    let before = before.find(|sibling| !page.is_blank(*sibling))?;
    has_class(tree, before, &[call]).then_some(before)
}

/// The note that another plugin puts into its call, behind the number, with that number.
fn content_within(page: &HtmlPage<'_>, node: NodeId) -> Option<(NodeId, String)> {
    let tree = page.tree;
    if !has_class(tree, node, &["inline-footnote"]) {
        return None;
    }
    let mut inner = tree.children(node);
    let content = inner.find(|inner| has_class(tree, *inner, &["footnoteContent"]))?;
    let before = std::iter::successors(tree.previous(content), |node| tree.previous(*node));
    let number = before.into_iter().find(|node| !page.is_blank(*node));
    let label = number.map(|number| tree.line_of_text(number));
    let label = label.and_then(|label| super::label::parse(&label));
    (!page.is_blank(content)).then_some((content, label.unwrap_or_default()))
}

/// Leaves out what opens and closes a note on a web page, and its number, which is the call's.
fn drop_controls(page: &HtmlPage<'_>, node: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let controls = tree.descendants(node).filter(|inner| {
        tree.name(*inner) == "button" || has_class(tree, *inner, &["aside-footnote-count"])
    });
    for control in controls.collect::<Vec<NodeId>>() {
        notes.set(control, Act::Skip);
    }
}

/// LaTeXML writes the mark, and in it the text with the mark once or twice again.
fn add_latexml(page: &HtmlPage<'_>, node: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let class = |wanted: &'static str| {
        tree.descendants(node)
            .find(|inner| has_class(tree, *inner, &[wanted]))
    };
    let Some(content) = class("ltx_note_content") else {
        return;
    };
    let mark = class("ltx_note_mark").map(|mark| tree.line_of_text(mark));
    let mark = mark.and_then(|mark| super::label::parse(&mark));
    if has_class(tree, node, &["ltx_role_footnotemark"]) {
        return;
    }
    let marks: Vec<NodeId> = tree
        .descendants(content)
        .filter(|inner| {
            has_class(
                tree,
                *inner,
                &["ltx_note_mark", "ltx_tag_note", "ltx_note_type"],
            )
        })
        .collect();
    for mark in marks {
        notes.set(mark, Act::Skip);
    }
    add(node, content, mark.unwrap_or_default(), notes);
}

/// Whether the element is a note beside the text, and stands within a paragraph.
fn is_side_note(page: &HtmlPage<'_>, node: NodeId, notes: &HtmlNotes) -> bool {
    let tree = page.tree;
    let is_inline = matches!(tree.name(node), "span" | "small" | "aside");
    is_inline
        && (has_class(tree, node, &SIDE_NOTES)
            || has_type(tree, node, &["footnote", "endnote"]) && tree.name(node) == "span")
        && !page.is_blank(node)
        && tree
            .ancestors(node)
            .all(|around| notes.act(around) != Some(Act::Note))
        && is_in_text(page, node)
}

/// Leaves out the number that a side note begins with, and gives it.
fn take_number(page: &HtmlPage<'_>, node: NodeId, notes: &mut HtmlNotes) -> String {
    let tree = page.tree;
    for inner in tree.descendants(node).take(MAX_BEFORE) {
        let is_number = tree.name(inner) == "sup" || has_class(tree, inner, &["sidenote-number"]);
        let label = is_number.then(|| super::label::parse(&tree.line_of_text(inner)));
        if let Some(label) = label.flatten() {
            notes.set(inner, Act::Skip);
            return label;
        }
        if tree.text(inner).is_some_and(|text| !text.trim().is_empty()) {
            break;
        }
    }
    String::new()
}

/// Whether the marker right before it calls a note of the same words: some pages have each note twice,
/// beside the text for wide windows and below it for others.
fn is_note_again(page: &HtmlPage<'_>, node: NodeId, notes: &HtmlNotes) -> bool {
    let tree = page.tree;
    let before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
    let before = before.take(MAX_BEFORE).find(|node| !page.is_blank(*node));
    let marker = before.and_then(|before| {
        let mut inner = tree.descendants(before).take(MAX_BEFORE);
        inner.find_map(|node| match notes.act(node) {
            Some(Act::Cite(note)) => notes.list.get(note),
            _ => None,
        })
    });
    let words = |node: NodeId, label: &str| {
        let text = tree.line_of_text(node);
        let label = super::label::repeated(&text, label);
        text.get(label..).unwrap_or_default().to_owned()
    };
    marker.is_some_and(|note| {
        let own = words(node, &note.label);
        let [part] = note.parts.as_slice() else {
            return false;
        };
        !own.is_empty() && words(*part, &note.label) == own
    })
}

fn is_in_text(page: &HtmlPage<'_>, node: NodeId) -> bool {
    let block = page.tree.parent(node);
    block.is_some_and(|block| page.tree.name(block) != "body")
}

/// Tufte's side notes have a label and a box to tick before them, which show the note.
fn drop_switch(page: &HtmlPage<'_>, node: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
    for sibling in before.take(6) {
        let name = tree.name(sibling);
        if name == "label" || name == "input" {
            notes.set(sibling, Act::Skip);
        } else if !page.is_blank(sibling) {
            break;
        }
    }
}
