//! A text that begins with its own title, author and date, which opcit's title page says already.

use std::collections::HashSet;

use super::names::{has_class, is_block};
use crate::formats::markup::{NodeId, Tree, WalkEvent};
use crate::paper::Metadata;

/// A title page has so many lines at most.
const MAX_LINES: usize = 10;

/// The blocks at the start of a text that only repeat its metadata. The first must be the title. A
/// date among them is taken over where the metadata have none.
pub(crate) fn repeated(
    tree: &Tree,
    from: NodeId,
    hidden: &HashSet<NodeId>,
    metadata: &mut Metadata,
) -> Vec<NodeId> {
    let mut repeated = Vec::new();
    let title = plain(&metadata.title);
    let mut is_title_page = false;
    for (block, text) in first_blocks(tree, from, hidden) {
        let said = plain(&text);
        if repeated.is_empty() && (said != title || title.is_empty()) {
            break;
        }
        is_title_page |= has_class(tree, block, &["title"]);
        let is_known = said == title
            || is_title_page && is_marked(tree, block, &text, metadata)
            || [
                &metadata.subtitle,
                &metadata.date,
                &metadata.publisher,
                &metadata.licence,
            ]
            .iter()
            .any(|known| plain(known) == said && !said.is_empty())
            || is_authors(&said, metadata);
        if !is_known {
            if !metadata.date.is_empty() && !same_date(&metadata.date, &text) || !is_date(&text) {
                break;
            }
            if metadata.date.is_empty() {
                metadata.date.clone_from(&text);
            }
        }
        repeated.push(block);
    }
    repeated
}

/// Whether the block's class says that it is a subtitle or a date; takes over what it says.
fn is_marked(tree: &Tree, block: NodeId, text: &str, metadata: &mut Metadata) -> bool {
    if has_class(tree, block, &["subtitle"]) && metadata.subtitle.is_empty() {
        text.clone_into(&mut metadata.subtitle);
    } else if has_class(tree, block, &["date"]) && is_date(text) {
        text.clone_into(&mut metadata.date);
    } else {
        return false;
    }
    true
}

/// Whether these are all blocks of the text.
pub(crate) fn is_all(
    tree: &Tree,
    from: NodeId,
    hidden: &HashSet<NodeId>,
    blocks: &[NodeId],
) -> bool {
    !blocks.is_empty() && first_blocks(tree, from, hidden).len() == blocks.len()
}

/// The first blocks that hold text and no other block, with their words.
fn first_blocks(tree: &Tree, from: NodeId, hidden: &HashSet<NodeId>) -> Vec<(NodeId, String)> {
    let mut blocks = Vec::new();
    let mut walk = tree.walk(from);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        if hidden.contains(&node) || matches!(tree.name(node), "head" | "nav" | "script" | "style")
        {
            walk.pass_over(node);
            continue;
        }
        let is_inner = tree.element(node).is_some()
            && is_block(tree.name(node))
            && !tree
                .children(node)
                .any(|child| tree.element(child).is_some() && is_block(tree.name(child)));
        if !is_inner {
            continue;
        }
        let text = tree.line_of_text(node);
        if text.is_empty() {
            continue;
        }
        blocks.push((node, text));
        if blocks.len() > MAX_LINES {
            break;
        }
        walk.pass_over(node);
    }
    blocks
}

/// Letters and figures only, small.
pub(crate) fn plain(text: &str) -> String {
    let letters = text.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the line names authors and nothing else.
fn is_authors(said: &str, metadata: &Metadata) -> bool {
    let said = said.strip_prefix("by").unwrap_or(said);
    let mut rest = said.to_owned();
    for author in &metadata.authors {
        let author = plain(author);
        if !author.is_empty() {
            rest = rest.replace(&author, "");
        }
    }
    !metadata.authors.is_empty() && rest != said && (rest.is_empty() || rest == "and")
}

/// Whether the line is a date: short, and with a year.
fn is_date(text: &str) -> bool {
    let mut figures = text.split(|char: char| !char.is_ascii_digit());
    let words = text.split_whitespace().count();
    words <= 4
        && figures.any(|run| run.len() == 4 && (run.starts_with('1') || run.starts_with('2')))
}

fn same_date(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}
