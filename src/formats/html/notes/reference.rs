//! Which links are markers.

use std::collections::HashMap;

use super::{Act, HtmlNotes, HtmlPage, lines};
use crate::formats::html::label;
use crate::formats::html::names::{
    ends_as_note_id, has_class, has_type, heading_level, is_note, is_note_id, is_raised,
    is_reference, is_way_back,
};
use crate::formats::markup::NodeId;

/// Bytes of a note in which its label is looked for.
const MAX_LABEL_BYTES: usize = 64;

/// Links in a note that are looked at for one that leads back.
const MAX_LINKS: usize = 64;

/// A link that is a marker.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) link: NodeId,
    pub(super) target: NodeId,
    /// As the link has it; empty where that is words or a picture.
    pub(super) label: String,
    /// The block that holds the link.
    pub(super) home: NodeId,
    /// The block that the link leads to.
    pub(super) block: NodeId,
    /// Which note it belongs to.
    pub(super) note: usize,
}

/// All markers, in the order of the source.
pub(super) fn find(page: &HtmlPage<'_>) -> Vec<Reference> {
    let found = page.links.list.iter().filter_map(|link| {
        let label = label::parse(&page.tree.line_of_text(link.node));
        let reference = Reference {
            link: link.node,
            target: link.target,
            label: label.unwrap_or_default(),
            home: page.block_of(link.node),
            block: target_block(page, link.target)?,
            note: 0,
        };
        is_marker(page, &reference).then_some(reference)
    });
    let references: Vec<Reference> = found.collect();
    without_containers(page, references)
}

/// The block that a link to the target means: the one it is in, or the next if the target is
/// only an empty anchor between blocks.
fn target_block(page: &HtmlPage<'_>, target: NodeId) -> Option<NodeId> {
    let tree = page.tree;
    if !page.is_blank(target) {
        // A note may be a `span` that holds its paragraphs.
        let mut children = tree.children(target);
        let is_block = children.any(|child| page.is_block(child));
        return Some(if is_block {
            target
        } else {
            page.block_of(target)
        });
    }
    let mut at = target;
    loop {
        let mut next = tree.next(at);
        while let Some(sibling) = next {
            if page.is_block(sibling) {
                return (!page.is_blank(sibling)).then_some(sibling);
            }
            if !page.is_blank(sibling) {
                return Some(page.block_of(sibling));
            }
            next = tree.next(sibling);
        }
        at = tree.parent(at)?;
        if matches!(tree.name(at), "body" | "html" | "" | "li" | "td") {
            return None;
        }
    }
}

fn is_marker(page: &HtmlPage<'_>, reference: &Reference) -> bool {
    let Reference {
        link,
        target,
        label,
        home,
        block,
        ..
    } = reference;
    let tree = page.tree;
    // The note cannot hold its own marker, and a whole page is no note.
    if page.order.is_in(*link, *block) || matches!(tree.name(*block), "body" | "main" | "html" | "")
    {
        return false;
    }
    if has_type(tree, *link, &["biblioref", "glossref", "pagebreak"]) || is_contents(page, *link) {
        return false;
    }
    let is_down = page.order.is_before(*link, *block);
    let is_typed = is_note(tree, *target) || is_note(tree, *block);
    let is_said = is_reference(tree, *link) && (!is_way_back(tree, *link) || is_down);
    if heading_level(tree.name(*block)).is_some() {
        return is_down
            && !label.is_empty()
            && is_only_label(page, reference)
            && leads_back(page, reference);
    }
    if is_said && (is_down || is_typed) {
        return true;
    }
    if label.is_empty() && !is_typed || !is_down {
        return false;
    }
    if is_typed
        && !is_way_back(tree, *link)
        && (!label.is_empty() || has_type(tree, *target, &["footnote", "endnote", "rearnote"]))
    {
        return true;
    }
    let is_alone = *home != *block && is_alone(page, *link, *home);
    if label.is_empty() || is_alone {
        return false;
    }
    leads_back(page, reference)
        || page.links.is_answered(*link)
        || is_raised_link(page, *link) && begins_with_label(page, reference)
        || tree
            .attribute(*target, "id")
            .or(tree.attribute(*target, "name"))
            .is_some_and(|id| {
                (is_note_id(id) || ends_as_note_id(id) && begins_with_label(page, reference))
                    && label.bytes().all(|byte| byte.is_ascii_digit())
                    && ends_with_number(id, label)
            })
}

/// Whether the block has no words but the link's.
fn is_alone(page: &HtmlPage<'_>, link: NodeId, block: NodeId) -> bool {
    page.tree.descendants(block).all(|node| {
        let text = page.tree.text(node).unwrap_or_default();
        text.trim().is_empty() || page.order.is_in(node, link)
    })
}

/// Whether the link stands in a table of contents or the like.
fn is_contents(page: &HtmlPage<'_>, link: NodeId) -> bool {
    page.tree.ancestors(link).any(|ancestor| {
        page.tree.name(ancestor) == "nav"
            || has_type(
                page.tree,
                ancestor,
                &["toc", "index", "page-list", "landmarks"],
            )
            || has_class(page.tree, ancestor, &["toc", "ltx_TOC"])
    })
}

fn ends_with_number(id: &str, label: &str) -> bool {
    let rest = id.trim_end_matches(|char: char| char.is_ascii_digit());
    id.get(rest.len()..)
        .is_some_and(|number| number.trim_start_matches('0') == label.trim_start_matches('0'))
}

/// Whether a link in the target's block leads to the block of the marker. Which element there it
/// names varies from maker to maker.
fn leads_back(page: &HtmlPage<'_>, reference: &Reference) -> bool {
    let mut links = page.links_in(reference.block).take(MAX_LINKS);
    links.any(|back| {
        let is_home = page.order.is_in(back.target, reference.home)
            || page.order.is_in(reference.link, back.target)
                && page.block_of(back.target) == back.target
                && back.target == reference.home
            || page.is_blank(back.target)
                && target_block(page, back.target) == Some(reference.home);
        is_home && is_short_way(page, back.node, &reference.label)
    })
}

/// Whether the link reads like one that only leads back.
fn is_short_way(page: &HtmlPage<'_>, link: NodeId, label: &str) -> bool {
    is_way_back(page.tree, link) || {
        let text = page.tree.line_of_text(link);
        text.is_empty() || label::is_way_back(&text, label)
    }
}

fn is_only_label(page: &HtmlPage<'_>, reference: &Reference) -> bool {
    label::parse(&page.tree.line_of_text(reference.block)).as_ref() == Some(&reference.label)
}

/// Whether the link or what is in it or around it is raised.
pub(super) fn is_raised_link(page: &HtmlPage<'_>, link: NodeId) -> bool {
    let tree = page.tree;
    let around = tree
        .ancestors(link)
        .take_while(|node| !page.is_block(*node));
    tree.descendants(link)
        .take(8)
        .any(|node| is_raised(tree, node))
        || around.take(4).any(|node| is_raised(tree, node))
        || tree
            .text_in(link)
            .contains(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
}

/// Whether the target's block begins with the label, or is the item with that number.
fn begins_with_label(page: &HtmlPage<'_>, reference: &Reference) -> bool {
    let mut text = String::new();
    // Where notes are lines of one block, each has its own label.
    let line = lines::start_of_line(page, reference.target, reference.block);
    let nodes = std::iter::successors(Some(line.unwrap_or(reference.block)), |node| {
        line.and_then(|_| page.tree.next(*node))
    });
    for node in nodes.flat_map(|node| page.tree.descendants(node)) {
        text.push_str(page.tree.text(node).unwrap_or_default());
        if text.trim_start().len() > MAX_LABEL_BYTES {
            break;
        }
    }
    label::repeated(&text, &reference.label) > 0 || is_numbered(page, reference)
}

fn is_numbered(page: &HtmlPage<'_>, reference: &Reference) -> bool {
    let tree = page.tree;
    let mut line = std::iter::once(reference.block).chain(tree.ancestors(reference.block));
    let Some(item) = line.by_ref().take(3).find(|node| tree.name(*node) == "li") else {
        return false;
    };
    let Some(list) = tree.parent(item).filter(|list| tree.name(*list) == "ol") else {
        return false;
    };
    let Ok(label) = reference.label.parse::<usize>() else {
        return false;
    };
    let first = tree
        .attribute(list, "start")
        .and_then(|start| start.parse().ok())
        .unwrap_or(1_usize);
    let items = tree
        .children(list)
        .filter(|child| tree.name(*child) == "li");
    let Some(skipped) = label.checked_sub(first) else {
        return false;
    };
    items.take(skipped.saturating_add(1)).nth(skipped) == Some(item)
}

/// Leaves out markers whose target holds the targets of others: that is a list of notes. A target
/// within another's is the same note.
fn without_containers(page: &HtmlPage<'_>, references: Vec<Reference>) -> Vec<Reference> {
    let mut blocks: Vec<NodeId> = references.iter().map(|reference| reference.block).collect();
    blocks.sort_by_key(|block| page.order.range(*block).start);
    blocks.dedup();
    // By block, how many others are in it, and the one it is in.
    let mut inner: HashMap<NodeId, usize> = HashMap::new();
    let mut outer: HashMap<NodeId, NodeId> = HashMap::new();
    let mut open: Vec<NodeId> = Vec::new();
    for block in blocks {
        while open
            .last()
            .is_some_and(|last| !page.order.is_in(block, *last))
        {
            open.pop();
        }
        for around in &open {
            *inner.entry(*around).or_default() += 1;
        }
        if let Some(around) = open.first() {
            outer.insert(block, *around);
        }
        open.push(block);
    }
    let mut kept: Vec<Reference> = references
        .into_iter()
        .filter(|reference| inner.get(&reference.block).is_none_or(|count| *count == 1))
        .collect();
    for reference in &mut kept {
        if let Some(around) = outer.get(&reference.block)
            && inner.get(around) == Some(&1)
        {
            reference.block = *around;
        }
    }
    kept
}

/// Puts markers in the place of links, and of what holds nothing else.
pub(super) fn mark(page: &HtmlPage<'_>, references: &[Reference], notes: &mut HtmlNotes) {
    for reference in references {
        let is_words = reference.label.is_empty() && !page.is_blank(reference.link);
        if is_words && label_of_words(page, reference.link).is_none() {
            notes.set(reference.link, Act::CiteAfter(reference.note));
            continue;
        }
        notes.set(reference.link, Act::Cite(reference.note));
        clear_around(page, reference.link, notes);
    }
}

/// Short text of a link that is no label but says nothing either, such as `[Note]` and `[40:2]`.
fn label_of_words(page: &HtmlPage<'_>, link: NodeId) -> Option<String> {
    let text = page.tree.line_of_text(link);
    let word = text
        .trim_matches(|char: char| !char.is_alphanumeric())
        .to_lowercase();
    let is_word = matches!(word.as_str(), "note" | "footnote" | "endnote" | "fn" | "");
    // "[40:2]": the second note of a page.
    let is_of_page =
        text.trim_start().starts_with('[') && word.chars().all(|c| c.is_ascii_digit() || c == ':');
    (is_word || is_of_page).then_some(word)
}

/// Takes off the brackets and commas between the link and what raises it, and brackets beside it.
fn clear_around(page: &HtmlPage<'_>, link: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let mut inner = link;
    for around in tree.ancestors(link).take(4) {
        if page.is_block(around) || around == link {
            break;
        }
        let others = tree.children(around).filter(|child| *child != inner);
        let texts: Vec<NodeId> = others.filter(|child| tree.text(*child).is_some()).collect();
        let is_raised = is_raised(tree, around);
        let is_bare = texts
            .iter()
            .all(|text| label::is_between(tree.text(*text).unwrap_or_default()));
        if !is_bare {
            break;
        }
        let brackets = ['[', ']', '(', ')'];
        for text in texts {
            let found = tree.text(text).unwrap_or_default();
            if is_raised || found.contains(brackets) {
                notes.set(text, Act::Skip);
            }
        }
        inner = around;
    }
    cut_brackets(page, inner, notes);
}

/// Cuts a bracket off that opens right before the node and closes right after it.
fn cut_brackets(page: &HtmlPage<'_>, node: NodeId, notes: &mut HtmlNotes) {
    let tree = page.tree;
    let (Some(before), Some(after)) = (tree.previous(node), tree.next(node)) else {
        return;
    };
    let (Some(head), Some(tail)) = (tree.text(before), tree.text(after)) else {
        return;
    };
    if head.ends_with('[') && tail.starts_with(']') {
        notes.cuts.entry(before).or_default().1 = 1;
        notes.cuts.entry(after).or_default().0 = 1;
    }
}
