//! Notes that are lines of one block, parted by nothing but line breaks.

use std::collections::HashMap;

use super::{HtmlPage, Reference};
use crate::formats::html::label;
use crate::formats::markup::NodeId;

/// So many nodes around a target are looked at for the start of its line.
const MAX_NODES: usize = 8;

/// For each target that begins a line of a block in which other markers have theirs: what is on its
/// lines, down to the next.
pub(super) fn split(page: &HtmlPage<'_>, references: &[Reference]) -> HashMap<NodeId, Vec<NodeId>> {
    let mut by_block: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for reference in references {
        let targets = by_block.entry(reference.block).or_default();
        targets.push(reference.target);
    }
    let mut found = HashMap::new();
    for (block, mut targets) in by_block {
        targets.sort_by_key(|target| page.order.range(*target).start);
        targets.dedup();
        if targets.len() < 2 {
            continue;
        }
        let starts: Option<Vec<NodeId>> = targets
            .iter()
            .map(|target| start_of_line(page, *target, block))
            .collect();
        let Some(starts) = starts else {
            continue;
        };
        for (at, (target, start)) in targets.iter().zip(&starts).enumerate() {
            let end = starts.get(at + 1);
            found.insert(*target, lines(page, *start, end.copied()));
        }
    }
    found
}

/// The first node of the line that begins with the target, if it begins one and the line is the
/// block's own: a bracket may stand before it.
pub(super) fn start_of_line(page: &HtmlPage<'_>, target: NodeId, block: NodeId) -> Option<NodeId> {
    let tree = page.tree;
    if target == block || !page.order.is_in(target, block) {
        return None;
    }
    let mut start = target;
    while tree.parent(start)? != block {
        let is_first = std::iter::successors(tree.previous(start), |node| tree.previous(*node))
            .all(|before| page.is_blank(before));
        start = tree.parent(start).filter(|_| is_first)?;
    }
    for _ in 0..MAX_NODES {
        match tree.previous(start) {
            None => return Some(start),
            Some(before) if tree.name(before) == "br" => return Some(start),
            Some(before) => {
                let is_between = tree.text(before).is_some_and(label::is_between);
                start = Some(before).filter(|_| is_between || page.is_blank(before))?;
            }
        }
    }
    None
}

/// The nodes from the start of a line to before another's, without breaks at the end.
fn lines(page: &HtmlPage<'_>, start: NodeId, end: Option<NodeId>) -> Vec<NodeId> {
    let tree = page.tree;
    let mut nodes: Vec<NodeId> = std::iter::successors(Some(start), |node| tree.next(*node))
        .take_while(|node| Some(*node) != end)
        .collect();
    while nodes
        .pop_if(|last| tree.name(*last) == "br" || page.is_blank(*last))
        .is_some()
    {}
    nodes
}
