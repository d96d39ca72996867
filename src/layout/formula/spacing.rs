//! Where blanks stand between the parts of a formula, and where brackets must.

use super::tree::{MathClass, MathNode, shown};

/// What stands beside a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Neighbour {
    /// Nothing that could be taken together with a fraction's line or a root.
    Free,
    /// An operand, or a sign that binds as tightly as a fraction's line.
    Bound,
}

/// Whether a sign between two operands stands before one alone there, as the minus of `−x` does.
pub(super) fn is_prefix(before: Option<&MathNode>) -> bool {
    let Some(before) = before else {
        return true;
    };
    matches!(before, MathNode::Sign { .. })
        && matches!(
            before.class(),
            Some(
                MathClass::Binary
                    | MathClass::Relation
                    | MathClass::Open
                    | MathClass::Comma
                    | MathClass::Function { .. }
                    | MathClass::Large { .. }
            )
        )
}

/// What stands before or after a part.
pub(super) fn beside(node: Option<&MathNode>, is_before: bool) -> Neighbour {
    let Some(node) = node else {
        return Neighbour::Free;
    };
    let is_free = match node {
        MathNode::Sign { class, .. } => match class {
            MathClass::Relation | MathClass::Comma => true,
            MathClass::Binary => node.is_sum_sign(),
            MathClass::Open => is_before,
            MathClass::Close => !is_before,
            _ => false,
        },
        _ => false,
    };
    if is_free {
        Neighbour::Free
    } else {
        Neighbour::Bound
    }
}

/// Blank columns between two parts that follow one another. `is_prefix` says whether the first
/// stands before an operand alone.
pub(super) fn blanks(one: &MathNode, other: &MathNode, is_prefix: bool, is_tight: bool) -> usize {
    use MathClass::{Binary, Close, Comma, Function, Large, Open, Relation, Word};
    let classes = (one.class(), other.class());
    let sign = |node: &MathNode, class: MathClass| matches!(node, MathNode::Sign { class: own, .. } if *own == class);
    if sign(one, Relation) || sign(other, Relation) {
        return usize::from(!is_tight);
    }
    if sign(one, Comma) {
        let is_point = matches!(one, MathNode::Sign { text, .. } if text == ".");
        return usize::from(!is_tight && !is_point);
    }
    if sign(other, Comma) || sign(other, Close) || sign(one, Open) {
        return 0;
    }
    if sign(one, Binary) {
        return usize::from(!is_tight && !is_prefix);
    }
    if sign(other, Binary) {
        return usize::from(!is_tight);
    }
    match classes {
        (Some(Function { .. }), Some(Open)) => 0,
        (Some(Function { .. } | Large { .. }), _) | (_, Some(Function { .. } | Large { .. })) => {
            usize::from(!matches!(classes.0, Some(Open)))
        }
        (Some(Word), Some(Open)) | (Some(Close), Some(Word)) => 0,
        (Some(Word), _) | (_, Some(Word)) => usize::from(!touches_blank(one, other)),
        _ => usize::from(is_composed(one) || is_composed(other)),
    }
}

/// Whether the words have a blank there already.
fn touches_blank(one: &MathNode, other: &MathNode) -> bool {
    let text = |node: &MathNode| match node {
        MathNode::Sign { text, .. } => text.clone(),
        _ => String::new(),
    };
    text(one).ends_with(' ') || text(other).starts_with(' ')
}

/// Whether a part is made of several, with nothing around it.
fn is_composed(node: &MathNode) -> bool {
    matches!(
        node,
        MathNode::Fraction { .. } | MathNode::Binomial { .. } | MathNode::Rows { .. }
    )
}

/// Whether the parts are one thing, of which any sign beside it takes all.
pub(super) fn is_single(nodes: &[MathNode]) -> bool {
    let mut parts = shown(nodes);
    let (first, more) = (parts.next(), parts.next());
    match (first, more) {
        (Some(MathNode::Sign { class, text }), None) => {
            matches!(class, MathClass::Letter | MathClass::Number)
                || (*class == MathClass::Word && is_one_word(text))
        }
        (Some(MathNode::Fenced { open, close, .. }), None) => !open.is_empty() && !close.is_empty(),
        _ => is_bracketed(nodes),
    }
}

/// Whether the words are one word, which no sign in it parts.
pub(super) fn is_one_word(text: &str) -> bool {
    text.chars().all(char::is_alphanumeric)
}

/// Whether one pair of brackets holds all parts.
fn is_bracketed(nodes: &[MathNode]) -> bool {
    let is =
        |node: &MathNode, class| matches!(node, MathNode::Sign { class: own, .. } if *own == class);
    let mut depth = 0_usize;
    let mut parts = shown(nodes).peekable();
    if !parts.peek().is_some_and(|first| is(first, MathClass::Open)) {
        return false;
    }
    while let Some(node) = parts.next() {
        if is(node, MathClass::Open) {
            depth += 1;
        } else if is(node, MathClass::Close) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return parts.peek().is_none();
            }
        }
    }
    false
}

/// Whether the parts are multiplied with one another and nothing else, so that a line after them
/// divides all.
pub(super) fn is_product(nodes: &[MathNode]) -> bool {
    let is_factor = |node: &MathNode| match node {
        MathNode::Sign { class, text } => {
            matches!(class, MathClass::Letter | MathClass::Number) && text != "/"
        }
        MathNode::Script { base, .. } => matches!(
            base.as_slice(),
            [MathNode::Sign {
                class: MathClass::Letter | MathClass::Number,
                ..
            }]
        ),
        _ => false,
    };
    !nodes.is_empty() && shown(nodes).all(is_factor)
}
