//! What is left where notes were: rules, headings such as "Notes", and boxes that hold nothing.

use super::{Act, HtmlNotes, HtmlPage};
use crate::formats::html::names::heading_level;
use crate::formats::markup::{NodeId, Tree, WalkEvent};
use crate::paper::is_notes_title;

/// What a page is seen as here.
#[derive(Debug, Clone, Copy)]
enum LeftoverItem {
    Heading(u8, NodeId),
    Rule(NodeId),
    Note,
    Text,
}

/// Drops headings and rules with nothing but notes after them.
pub(super) fn drop(page: &HtmlPage<'_>, notes: &mut HtmlNotes) {
    if notes.list.is_empty() {
        return;
    }
    let items = items(page, notes);
    for (at, item) in items.iter().enumerate().rev() {
        let after = items.get(at + 1..).unwrap_or_default();
        match item {
            LeftoverItem::Rule(node) => {
                let is_gone = |item: &&LeftoverItem| {
                    let node = match item {
                        LeftoverItem::Heading(_, node) | LeftoverItem::Rule(node) => *node,
                        LeftoverItem::Note | LeftoverItem::Text => return false,
                    };
                    notes.act(node) == Some(Act::Skip)
                };
                let next = after.iter().find(|item| !is_gone(item));
                if matches!(next, Some(LeftoverItem::Note)) {
                    notes.set(*node, Act::Skip);
                }
            }
            LeftoverItem::Heading(level, node) => {
                let ends = |item: &&LeftoverItem| !matches!(item, LeftoverItem::Heading(other, _) if other <= level);
                let mut section = after.iter().take_while(ends);
                let has_text = section
                    .clone()
                    .any(|item| matches!(item, LeftoverItem::Text));
                // A book may have the notes of its chapters in files before the one with the
                // heading.
                let mut before = items.iter().take(at);
                let is_left = section.clone().next().is_none()
                    && before.any(|item| matches!(item, LeftoverItem::Note))
                    && is_notes_title(&page.tree.text_in(*node));
                let has_notes = section.any(|item| matches!(item, LeftoverItem::Note));
                if !has_text && (has_notes || is_left) {
                    notes.set(*node, Act::Skip);
                }
            }
            LeftoverItem::Note | LeftoverItem::Text => {}
        }
    }
}

/// The page in order; several notes, or several texts, in a row count once.
fn items(page: &HtmlPage<'_>, notes: &HtmlNotes) -> Vec<LeftoverItem> {
    let tree = page.tree;
    let mut items: Vec<LeftoverItem> = Vec::new();
    let mut walk = tree.walk(Tree::ROOT);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        let name = tree.name(node);
        let item = match notes.act(node) {
            Some(Act::Note) => Some(LeftoverItem::Note),
            Some(Act::Skip) => {
                walk.pass_over(node);
                continue;
            }
            _ => match heading_level(name) {
                Some(level) => Some(LeftoverItem::Heading(level, node)),
                None if name == "hr" => Some(LeftoverItem::Rule(node)),
                None if matches!(name, "head" | "script" | "style") => {
                    walk.pass_over(node);
                    continue;
                }
                None => {
                    let is_text = matches!(name, "img" | "math" | "svg")
                        || tree.text(node).is_some_and(|text| !text.trim().is_empty());
                    is_text.then_some(LeftoverItem::Text)
                }
            },
        };
        let Some(item) = item else {
            continue;
        };
        if matches!(item, LeftoverItem::Heading(..) | LeftoverItem::Note) {
            walk.pass_over(node);
        }
        let is_again = matches!(
            (items.last(), item),
            (Some(LeftoverItem::Note), LeftoverItem::Note)
                | (Some(LeftoverItem::Text), LeftoverItem::Text)
        );
        if !is_again {
            items.push(item);
        }
    }
    items
}
