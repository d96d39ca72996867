//! Formulas in MathML, as text: simple ones as they read, others in the TeX that comes with them.

use crate::formats::markup::{NodeId, Tree, WalkEvent};
use crate::paper::{PaperBuilder, Style};

/// Tells the formula.
pub(crate) fn tell(tree: &Tree, math: NodeId, builder: &mut PaperBuilder) {
    if !is_simple(tree, math)
        && let Some(tex) = tex(tree, math)
    {
        let is_display = tree.attribute(math, "display") == Some("block");
        let sign = if is_display { "$$" } else { "$" };
        builder.push_text(&format!("{sign}{}{sign}", tex.trim()));
        return;
    }
    tell_linear(tree, math, builder);
}

/// Whether the formula is a row of signs, with at most exponents and indices.
fn is_simple(tree: &Tree, math: NodeId) -> bool {
    let mut walk = tree.walk(math);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        match tree.name(node) {
            "annotation" | "annotation-xml" => walk.pass_over(node),
            "math" | "semantics" | "mrow" | "mi" | "mn" | "mo" | "mtext" | "mspace" | "mstyle"
            | "mpadded" | "" => {}
            "msup" | "msub" => {
                let script = tree
                    .children(node)
                    .filter(|child| tree.element(*child).is_some())
                    .nth(1);
                if script.is_none_or(|script| {
                    tree.descendants(script)
                        .any(|inner| matches!(tree.name(inner), "msup" | "msub"))
                }) {
                    return false;
                }
            }
            _ => return false,
        }
    }
    true
}

/// The TeX that the formula was made from.
fn tex(tree: &Tree, math: NodeId) -> Option<String> {
    let said = tree.descendants(math).find(|node| {
        tree.name(*node) == "annotation"
            && tree
                .attribute(*node, "encoding")
                .is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"))
    });
    let tex = said.map(|said| tree.line_of_text(said));
    let tex = tex.or_else(|| tree.attribute(math, "alttext").map(str::to_owned))?;
    let tex = tex.trim();
    // As Wikipedia has it.
    let bare = tex
        .strip_prefix("{\\displaystyle")
        .and_then(|rest| rest.strip_suffix('}'));
    let tex = bare.unwrap_or(tex).trim();
    (!tex.is_empty()).then(|| tex.to_owned())
}

/// Tells the formula's signs in a row, fractions with a stroke, and roots with their sign.
fn tell_linear(tree: &Tree, math: NodeId, builder: &mut PaperBuilder) {
    let mut walk = tree.walk(math);
    while let Some(step) = walk.next() {
        let (node, is_entered) = match step {
            WalkEvent::Enter(node) => (node, true),
            WalkEvent::Leave(node) => (node, false),
        };
        if is_entered && matches!(tree.name(node), "annotation" | "annotation-xml") {
            walk.pass_over(node);
            continue;
        }
        if let Some(text) = tree.text(node) {
            if is_entered {
                tell_sign(tree, node, text, builder);
            }
            continue;
        }
        tell_edge(tree, node, is_entered, builder);
    }
}

fn tell_sign(tree: &Tree, node: NodeId, text: &str, builder: &mut PaperBuilder) {
    let sign = text.trim();
    let is_token = tree
        .parent(node)
        .is_some_and(|parent| matches!(tree.name(parent), "mi" | "mn" | "mo" | "mtext" | "ms"));
    // Signs without width, by which a product or a call is told.
    if sign.is_empty() && !text.contains('\u{a0}')
        || !is_token
        || matches!(sign, "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}")
    {
        return;
    }
    let is_relation = matches!(
        sign,
        "=" | "≠"
            | "<"
            | ">"
            | "≤"
            | "≥"
            | "≈"
            | "∈"
            | "→"
            | "±"
            | "×"
            | "∼"
            | "⟶"
            | "≡"
            | "⇒"
    );
    let is_sum = matches!(sign, "+" | "−" | "-")
        && tree
            .parent(node)
            .is_some_and(|mo| tree.previous(mo).is_some());
    if is_relation || is_sum {
        builder.push_text(&format!(" {sign} "));
    } else if tree
        .parent(node)
        .is_some_and(|parent| tree.name(parent) == "mtext")
    {
        builder.push_text(text);
    } else {
        builder.push_text(sign);
    }
}

/// Tells what stands before or after the element and between its parts.
fn tell_edge(tree: &Tree, node: NodeId, is_entered: bool, builder: &mut PaperBuilder) {
    let parent = tree.parent(node).map_or("", |parent| tree.name(parent));
    let mut before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
    let place = before
        .by_ref()
        .filter(|node| tree.element(*node).is_some())
        .take(4)
        .count();
    match (parent, place, is_entered) {
        ("msup" | "mover", 1, true) | ("msubsup" | "munderover", 2, true) => {
            builder.open_style(Style::Raised);
        }
        ("msub" | "munder" | "msubsup" | "munderover", 1, true) => {
            builder.open_style(Style::Lowered);
        }
        ("msup" | "mover" | "msub" | "munder" | "msubsup" | "munderover", 1 | 2, false) => {
            builder.close();
        }
        ("mfrac", 0, true) if is_long(tree, node) => builder.push_text("("),
        ("mfrac", 0, false) => builder.push_text(if is_long(tree, node) { ")/" } else { "/" }),
        ("mfrac", 1, true) if is_long(tree, node) => builder.push_text("("),
        ("mfrac", 1, false) if is_long(tree, node) => builder.push_text(")"),
        _ => {}
    }
    match (tree.name(node), is_entered) {
        ("msqrt", true) => builder.push_text("√("),
        ("msqrt", false) => builder.push_text(")"),
        ("mroot", true) => builder.push_text("root("),
        ("mroot", false) => builder.push_text(")"),
        ("mtd" | "mtr", false) => builder.push_text(" "),
        ("mfenced", true) => builder.push_text(tree.attribute(node, "open").unwrap_or("(")),
        ("mfenced", false) => builder.push_text(tree.attribute(node, "close").unwrap_or(")")),
        _ => {}
    }
}

/// Whether a part of a fraction needs brackets.
fn is_long(tree: &Tree, node: NodeId) -> bool {
    let signs = tree
        .descendants(node)
        .filter(|node| tree.text(*node).is_some_and(|text| !text.trim().is_empty()));
    signs.take(2).count() > 1
}
