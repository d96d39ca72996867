//! What hides the text of a page until a script shows it: that is taken off.
//!
//! Some pages have all of their text in an element that is hidden while they load, while a dialog
//! stands over it, or for readers without scripts.

use super::walk::is_unseen;
use crate::formats::markup::{Element, NodeId, Tree, WalkEvent};

/// An element is the text if it has so much of what paragraphs hold, in hundredths.
const TEXT_PERCENT: usize = 60;

/// A page with less in its paragraphs has no text to speak of, in bytes.
const MIN_BYTES: usize = 400;

/// Shows the elements that are hidden and hold most of the page's paragraphs.
pub(super) fn unveil(tree: &mut Tree) {
    for node in veils(tree) {
        let name = match tree.name(node) {
            "noscript" => "div",
            name => name,
        };
        let keeps = |name: &str| matches!(name, "id" | "class" | "lang" | "role");
        let attributes = tree.element(node).map(|element| {
            let kept = element.attributes.iter().filter(|(name, _)| keeps(name));
            kept.cloned().collect()
        });
        let element = Element {
            name: Box::from(name),
            attributes: attributes.unwrap_or_default(),
        };
        tree.replace_element(node, element);
    }
}

/// Those elements, from the outside in.
fn veils(tree: &Tree) -> Vec<NodeId> {
    let mut hidden: Vec<(NodeId, usize)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut paragraphs, mut apart, mut all) = (0_usize, 0_usize, 0_usize);
    for step in tree.walk(Tree::ROOT) {
        let (node, is_entered) = match step {
            WalkEvent::Enter(node) => (node, true),
            WalkEvent::Leave(node) => (node, false),
        };
        let count = match tree.name(node) {
            "p" => &mut paragraphs,
            "head" | "script" | "style" | "template" | "svg" | "textarea" => &mut apart,
            _ if tree.element(node).is_some() => {
                if !is_entered {
                    if open.last().and_then(|at| hidden.get(*at)).map(|it| it.0) == Some(node) {
                        open.pop();
                    }
                } else if may_be_veil(tree, node) {
                    open.push(hidden.len());
                    hidden.push((node, 0));
                }
                continue;
            }
            _ => {
                if is_entered && paragraphs > 0 && apart == 0 {
                    let bytes = tree.text(node).unwrap_or_default().trim().len();
                    all += bytes;
                    for at in open.iter().take(MAX_VEILS) {
                        if let Some((_, sum)) = hidden.get_mut(*at) {
                            *sum += bytes;
                        }
                    }
                }
                continue;
            }
        };
        *count = if is_entered {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
    }
    let is_text = |sum: usize| all >= MIN_BYTES && sum * 100 >= all * TEXT_PERCENT;
    let veils = hidden.into_iter().filter(|(_, sum)| is_text(*sum));
    veils.map(|(node, _)| node).collect()
}

/// Veils within each other are looked at so deep.
const MAX_VEILS: usize = 8;

fn may_be_veil(tree: &Tree, node: NodeId) -> bool {
    let name = tree.name(node);
    let holds_text = matches!(
        name,
        "noscript" | "div" | "main" | "article" | "section" | "body" | "html"
    );
    holds_text && is_unseen(tree, node)
}

#[cfg(test)]
mod tests {
    use crate::formats::html::read;

    #[track_caller]
    fn check(page: &str, is_shown: bool) {
        let paper = read(page.as_bytes(), None).paper;
        let mut blocks = paper.blocks.iter();
        let has_text = blocks.any(|block| block.text.contains("hidden text"));
        assert_eq!(has_text, is_shown, "{page}");
    }

    #[test]
    fn a_text_that_is_hidden_until_a_script_shows_it_is_shown() {
        let text = format!(
            "<h1>T</h1>{}",
            "<p>A hidden text that is long enough to be one.</p>".repeat(20)
        );
        for page in [
            format!(
                "<html><body><div style='display: none'>{text}</div><p>Loading</p></body></html>"
            ),
            format!(
                "<html><body><main aria-hidden=true>{text}</main><div role=dialog><p>Yes?</p></div></body></html>"
            ),
            format!("<html><body><div id=post><noscript>{text}</noscript></div></body></html>"),
        ] {
            check(&page, true);
        }
        let other =
            "<p>What everybody sees on this page, which is a good deal of it.</p>".repeat(20);
        check(
            &format!("<html><body>{other}<div hidden>{text}</div></body></html>"),
            false,
        );
    }
}
