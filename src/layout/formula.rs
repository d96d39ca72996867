//! Sets formulas in TeX as a terminal can: on one line within a text, in two dimensions where they
//! have lines of their own.
//!
//! A formula that cannot be set so that it certainly says the same stays as it was typed.

mod linear;
mod parse;
mod signs;
mod spacing;
mod stacked;
#[cfg(test)]
mod tests;
mod tile;
mod tree;

use std::ops::Range;

use super::ruler;
use crate::paper::{Block, Style};
use parse::parse;
use tile::Tile;
use tree::{MathClass, MathNode};

/// A formula of a block's text, as it is shown on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SetFormula {
    /// Bytes of the block's text.
    pub(super) range: Range<usize>,
    /// What it is shown as, from the left to the right. A line may break after each.
    pub(super) pieces: Vec<FormulaPiece>,
    /// Columns of the widest piece.
    pub(super) widest: u16,
}

/// A stretch of a formula that is never cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormulaPiece {
    /// The bytes of the block's text that it stands for.
    pub(super) source: Range<usize>,
    pub(super) text: String,
    pub(super) columns: u16,
}

/// The signs around a formula.
const DELIMITERS: [(&str, &str); 4] = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];

/// The formulas of a block's text that can be set on a line, in order.
pub(super) fn formulas(block: &Block) -> Vec<SetFormula> {
    if block.is_formula() {
        return set(block, 0..block.text.len()).into_iter().collect();
    }
    let spans = block.spans.iter();
    let spans = spans.filter(|span| span.style == Style::Formula);
    spans
        .filter_map(|span| set(block, span.range.clone()))
        .collect()
}

/// A formula with lines of its own, in two dimensions.
pub(super) fn display(block: &Block) -> Option<Tile> {
    let (tex, _) = inner(block.text.trim())?;
    // LaTeX's readers leave the signs around out of `align` and its like, not its rows.
    let placed = parse(tex).or_else(|| parse(&format!("\\begin{{aligned}}{tex}\\end{{aligned}}")));
    let nodes: Vec<MathNode> = placed?.into_iter().map(|(node, _)| node).collect();
    stacked::tile(&nodes)
}

/// What stands between the signs around a formula, and how many bytes of signs are before it.
fn inner(formula: &str) -> Option<(&str, usize)> {
    if formula.starts_with("\\begin{") {
        return Some((formula, 0));
    }
    DELIMITERS.iter().find_map(|(open, close)| {
        let inner = formula.strip_prefix(open)?.strip_suffix(close)?;
        Some((inner, open.len()))
    })
}

fn set(block: &Block, range: Range<usize>) -> Option<SetFormula> {
    let text = block.text.get(range.clone())?;
    let after = block
        .markers
        .partition_point(|marker| marker.offset <= range.start);
    let marker = block.markers.get(after);
    let is_marked = marker.is_some_and(|marker| marker.offset < range.end);
    let after = block
        .links
        .partition_point(|link| link.range.end <= range.start);
    let link = block.links.get(after);
    let is_linked = link.is_some_and(|link| link.range.start < range.end);
    let is_apart = !is_marked && !is_linked;
    if !is_apart || text.contains(['\n', '\t']) {
        return None;
    }
    let (tex, before) = inner(text)?;
    let nodes = parse(tex)?;
    let parts: Vec<MathNode> = nodes.iter().map(|(node, _)| node.clone()).collect();
    let texts = linear::parts(&parts, false)?;
    let mut pieces: Vec<FormulaPiece> = Vec::new();
    let mut start = range.start;
    let mut shown = String::new();
    let count = parts.len();
    for (index, ((node, bytes), text)) in nodes.iter().zip(texts).enumerate() {
        shown.push_str(&text);
        let is_last = index + 1 == count;
        let may_break = matches!(
            node,
            MathNode::Sign {
                class: MathClass::Relation,
                ..
            }
        );
        if is_last || (may_break && !shown.trim().is_empty()) {
            let end = if is_last {
                range.end
            } else {
                range.start + before + bytes.end
            };
            let text = std::mem::take(&mut shown);
            pieces.push(FormulaPiece {
                source: start..end,
                columns: ruler::columns(&text),
                text,
            });
            start = end;
        }
    }
    let widest = pieces.iter().map(|piece| piece.columns).max()?;
    let is_shown = pieces.iter().all(|piece| piece.columns > 0);
    is_shown.then_some(SetFormula {
        range,
        pieces,
        widest,
    })
}
