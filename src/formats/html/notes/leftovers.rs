//! What is left where notes were: rules, headings such as "Notes", and boxes that hold nothing.

use super::{Act, Notes, Page};
use crate::formats::html::names::heading_level;
use crate::formats::markup::{NodeId, Step, Tree};

/// What a page is seen as here.
#[derive(Debug, Clone, Copy)]
enum Item {
    Heading(u8, NodeId),
    Rule(NodeId),
    Note,
    Text,
}

/// Drops headings and rules with nothing but notes after them.
pub(super) fn drop(page: &Page<'_>, notes: &mut Notes) {
    if notes.list.is_empty() {
        return;
    }
    let items = items(page, notes);
    for (at, item) in items.iter().enumerate().rev() {
        let after = items.get(at + 1..).unwrap_or_default();
        match item {
            Item::Rule(node) => {
                let is_gone = |item: &&Item| {
                    let node = match item {
                        Item::Heading(_, node) | Item::Rule(node) => *node,
                        Item::Note | Item::Text => return false,
                    };
                    notes.act(node) == Some(Act::Skip)
                };
                let next = after.iter().find(|item| !is_gone(item));
                if matches!(next, Some(Item::Note)) {
                    notes.set(*node, Act::Skip);
                }
            }
            Item::Heading(level, node) => {
                let ends =
                    |item: &&Item| !matches!(item, Item::Heading(other, _) if other <= level);
                let mut section = after.iter().take_while(ends);
                let has_text = section.clone().any(|item| matches!(item, Item::Text));
                if !has_text && section.any(|item| matches!(item, Item::Note)) {
                    notes.set(*node, Act::Skip);
                }
            }
            Item::Note | Item::Text => {}
        }
    }
}

/// The page in order; several notes, or several texts, in a row count once.
fn items(page: &Page<'_>, notes: &Notes) -> Vec<Item> {
    let tree = page.tree;
    let mut items: Vec<Item> = Vec::new();
    let mut walk = tree.walk(Tree::ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else {
            continue;
        };
        let name = tree.name(node);
        let item = match notes.act(node) {
            Some(Act::Note) => Some(Item::Note),
            Some(Act::Skip) => {
                walk.pass_over(node);
                continue;
            }
            _ => match heading_level(name) {
                Some(level) => Some(Item::Heading(level, node)),
                None if name == "hr" => Some(Item::Rule(node)),
                None if matches!(name, "head" | "script" | "style") => {
                    walk.pass_over(node);
                    continue;
                }
                None => {
                    let is_text = matches!(name, "img" | "math" | "svg")
                        || tree.text(node).is_some_and(|text| !text.trim().is_empty());
                    is_text.then_some(Item::Text)
                }
            },
        };
        let Some(item) = item else {
            continue;
        };
        if matches!(item, Item::Heading(..) | Item::Note) {
            walk.pass_over(node);
        }
        let is_again = matches!(
            (items.last(), item),
            (Some(Item::Note), Item::Note) | (Some(Item::Text), Item::Text)
        );
        if !is_again {
            items.push(item);
        }
    }
    items
}
