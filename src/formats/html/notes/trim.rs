//! What a note does not need here: the links that lead back, and its label once more.

use super::{Act, HtmlNotes, HtmlPage, Reference};
use crate::formats::html::label;
use crate::formats::html::names::{has_class, is_note, is_way_back};
use crate::formats::markup::{NodeId, WalkEvent};

/// Takes the links back and the repeated label out of each note.
pub(super) fn trim(page: &HtmlPage<'_>, references: &[Reference], notes: &mut HtmlNotes) {
    let mut homes: Vec<Vec<&Reference>> = vec![Vec::new(); notes.list.len()];
    for reference in references {
        if let Some(homes) = homes.get_mut(reference.note) {
            homes.push(reference);
        }
    }
    for (note, homes) in homes.iter().enumerate() {
        let Some(found) = notes.list.get(note) else {
            continue;
        };
        let (parts, label) = (found.parts.clone(), found.label.clone());
        let mut at_start = false;
        for part in &parts {
            at_start |= drop_links_back(page, *part, homes, &label, notes);
        }
        drop_label(page, &parts, &label, at_start, notes);
    }
}

/// Drops the links in a part of a note that lead back to its markers; tells whether one stood at
/// the start.
fn drop_links_back(
    page: &HtmlPage<'_>,
    part: NodeId,
    references: &[&Reference],
    label: &str,
    notes: &mut HtmlNotes,
) -> bool {
    let tree = page.tree;
    let mut at_start = false;
    let links: Vec<_> = page.links_in(part).collect();
    for link in links {
        if notes.act(link.node).is_some() {
            continue;
        }
        let is_home = references.iter().any(|reference| {
            page.order.is_in(link.target, reference.home)
                || page.order.is_in(reference.link, link.target)
                || is_just_before(page, link.target, reference.home)
        });
        let text = tree.line_of_text(link.node);
        // "[40:2]" in the note as in the text, where the page numbers its notes anew.
        let says_marker = references
            .iter()
            .any(|reference| tree.line_of_text(reference.link).trim() == text.trim());
        let is_back = text.is_empty()
            || label::is_way_back(&text, label)
            || is_way_back(tree, link.node)
            || is_home && says_marker;
        let is_up = page.order.is_before(link.target, link.node) || is_way_back(tree, link.node);
        if is_back && (is_home || is_up && is_way_back(tree, link.node)) {
            at_start |= is_at_start(page, part, link.node);
            let dropped = around(page, link.node, part);
            notes.set(dropped, Act::Skip);
            cut_space_before(page, dropped, notes);
        }
    }
    drop_marked(page, part, notes);
    at_start
}

/// Cuts the space off that parts the last words from a link that is dropped.
fn cut_space_before(page: &HtmlPage<'_>, dropped: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let is_last = tree.next(dropped).is_none_or(|next| page.is_blank(next));
    let before = tree.previous(dropped);
    if let Some((node, text)) = before.and_then(|node| Some((node, tree.text(node)?)))
        && is_last
    {
        notes.cuts.entry(node).or_default().1 = text.len() - text.trim_end().len();
    }
}

/// Whether the target is an empty anchor before the block.
fn is_just_before(page: &HtmlPage<'_>, target: NodeId, home: NodeId) -> bool {
    page.is_blank(target) && {
        let (target, home) = (page.order.range(target), page.order.range(home));
        target.end <= home.start && home.start - target.end <= 8
    }
}

/// Drops what makers mark as a label or a way back without a link that says so.
fn drop_marked(page: &HtmlPage<'_>, part: NodeId, notes: &mut HtmlNotes) {
    let classes = [
        "fn-bracket",
        "footnote-backlink",
        "footnote-number",
        "mw-cite-backlink",
        "cite-accessibility-label",
        "ltx_note_mark",
        "ltx_tag_note",
        "sdfootnotesym",
        "sdendnotesym",
        "label-back",
    ];
    let mut has_text = false;
    for node in page.tree.descendants(part) {
        has_text |= page
            .tree
            .text(node)
            .is_some_and(|text| !text.trim().is_empty());
        // A rule before a note parts it from the text, from which it is taken.
        let is_rule = page.tree.name(node) == "hr" && !has_text;
        if node != part && (is_rule || has_class(page.tree, node, &classes))
            || is_sign_back(page, node)
        {
            notes.set(node, Act::Skip);
        }
    }
}

/// Whether the element is a link that reads like a way back, and that a script leads there.
fn is_sign_back(page: &HtmlPage<'_>, node: NodeId) -> bool {
    let tree = page.tree;
    let leads_nowhere = || {
        let to = tree.attribute(node, "href").unwrap_or_default();
        to.starts_with('#') || to.starts_with("javascript:") || to.is_empty()
    };
    tree.name(node) == "a" && leads_nowhere() && label::is_back_sign(&tree.line_of_text(node))
}

/// The outermost element in the part that holds the link and nothing else.
fn around(page: &HtmlPage<'_>, link: NodeId, part: NodeId) -> NodeId {
    let tree = page.tree;
    let mut top = link;
    for around in tree.ancestors(link) {
        let is_bare = around != part
            && !is_note(tree, around)
            && tree.children(around).all(|child| {
                child == top
                    || page.is_blank(child)
                    || tree.text(child).is_some_and(label::is_between)
            });
        if !is_bare {
            break;
        }
        top = around;
    }
    top
}

fn is_at_start(page: &HtmlPage<'_>, part: NodeId, link: NodeId) -> bool {
    let before = page
        .tree
        .descendants(part)
        .take_while(|node| *node != link)
        .filter_map(|node| page.tree.text(node));
    before.into_iter().all(label::is_between)
}

/// Cuts the label off the first words of a note.
fn drop_label(
    page: &HtmlPage<'_>,
    parts: &[NodeId],
    label: &str,
    at_start: bool,
    notes: &mut HtmlNotes,
) {
    let tree = page.tree;
    let is_numbered = parts.first().is_some_and(|part| {
        tree.name(*part) == "li"
            && tree
                .parent(*part)
                .is_some_and(|list| tree.name(list) == "ol")
    });
    let mut is_dropped = at_start;
    for part in parts {
        let mut walk = tree.walk(*part);
        while let Some(step) = walk.next() {
            let WalkEvent::Enter(node) = step else {
                continue;
            };
            if notes.act(node) == Some(Act::Skip) {
                walk.pass_over(node);
                continue;
            }
            let Some(text) = tree.text(node) else {
                continue;
            };
            if text.trim().is_empty() {
                continue;
            }
            let again = label::in_brackets(text, label);
            let cut = if is_dropped {
                again.max(label::after_label(text))
            } else {
                label_at(page, node, text, label, is_numbered)
            };
            if cut > 0 {
                notes.cuts.entry(node).or_default().0 = cut;
            }
            // A label in an element of its own may leave its stop to the text after it.
            let is_over = is_dropped && again == 0;
            if is_over || cut < text.len() || cut == 0 {
                return;
            }
            is_dropped = true;
        }
    }
}

/// Bytes at the text's start that repeat the label. A plain figure at the start of a numbered item
/// is the first word, since the list has the number already.
fn label_at(
    page: &HtmlPage<'_>,
    node: NodeId,
    text: &str,
    label: &str,
    is_numbered: bool,
) -> usize {
    let cut = label::repeated(text, label).max(label::lone_stop(text));
    let is_bare = text
        .get(..cut)
        .is_some_and(|cut| cut.trim().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let is_set_off = page.tree.parent(node).is_some_and(|parent| {
        let name = page.tree.name(parent);
        matches!(name, "sup" | "span" | "strong" | "b" | "td") && cut == text.len()
    });
    if is_numbered && is_bare && !is_set_off {
        0
    } else {
        cut
    }
}
