//! A formula on one line, as far as that is certain to say the same.

use super::spacing::{Neighbour, beside, blanks, is_one_word, is_prefix, is_product, is_single};
use super::tree::{MathClass, MathNode, shown};
use crate::paper::{Style, script_signs};

/// Each part on one line with the blanks after it; none if one cannot be set so.
pub(super) fn parts(nodes: &[MathNode], is_tight: bool) -> Option<Vec<String>> {
    let mut parts = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        if let MathNode::Gap(_) = node {
            parts.push(String::new());
            continue;
        }
        let before = nodes.get(..index).unwrap_or_default();
        let after = nodes.get(index + 1..).unwrap_or_default();
        let previous = shown(before).next_back();
        let next = shown(after).next();
        let sides = (beside(previous, true), beside(next, false));
        // A function of the fraction alone, or of all that follows: TeX's line tells, brackets do not.
        let follows_function = matches!(
            previous.and_then(MathNode::class),
            Some(MathClass::Function { .. })
        );
        let is_fraction = matches!(node, MathNode::Fraction { .. });
        if is_fraction && follows_function && sides.1 == Neighbour::Bound {
            return None;
        }
        let mut part = part(node, sides)?;
        if let Some(next) = next {
            parts_are_apart(&part, next)?;
            let prefix = is_prefix(previous);
            let gap = match after.first() {
                Some(MathNode::Gap(columns)) => *columns,
                _ => 0,
            };
            let mut room = blanks(node, next, prefix, is_tight).max(gap);
            if ends_marked(node, &part) {
                room = room.max(usize::from(binds(next)));
            }
            part.extend(std::iter::repeat_n(' ', room));
        }
        parts.push(part);
    }
    Some(parts)
}

/// All of it on one line.
pub(super) fn line(nodes: &[MathNode], is_tight: bool) -> Option<String> {
    parts(nodes, is_tight).map(|parts| parts.concat())
}

/// None where two numbers would run into one.
fn parts_are_apart(part: &str, next: &MathNode) -> Option<()> {
    let ends_in_digit = part.ends_with(|c: char| c.is_ascii_digit());
    let begins_with_digit = match next {
        MathNode::Sign { text, class } => *class == MathClass::Number && !text.is_empty(),
        MathNode::Script { .. } => next.class() == Some(MathClass::Number),
        _ => false,
    };
    (!ends_in_digit || !begins_with_digit).then_some(())
}

/// Whether the part ends in a raised or lowered letter that has only a mark before it.
fn ends_marked(node: &MathNode, part: &str) -> bool {
    let mut letters = part.chars().rev();
    matches!(node, MathNode::Script { .. })
        && letters.next().is_some()
        && letters.next().is_some_and(|mark| matches!(mark, '^' | '_'))
}

/// Whether what begins here could be taken for a part of what is raised before it.
fn binds(next: &MathNode) -> bool {
    beside(Some(next), false) == Neighbour::Bound
}

fn part(node: &MathNode, sides: (Neighbour, Neighbour)) -> Option<String> {
    let is_alone = sides == (Neighbour::Free, Neighbour::Free);
    Some(match node {
        MathNode::Sign { text, .. } => text.clone(),
        MathNode::Script { base, below, above } => script(base, below, above)?,
        MathNode::Fraction { above, below } => {
            let fraction = fraction(above, below)?;
            if is_alone {
                fraction
            } else {
                format!("({fraction})")
            }
        }
        MathNode::Root { sign, inner } => root(*sign, inner, sides.1)?,
        MathNode::Fenced { open, inner, close } => {
            if open.is_empty() || close.is_empty() {
                return None;
            }
            format!("{open}{}{close}", line(inner, false)?)
        }
        MathNode::Gap(_) => String::new(),
        MathNode::Binomial { .. } | MathNode::Rows { .. } => return None,
    })
}

fn fraction(above: &[MathNode], below: &[MathNode]) -> Option<String> {
    let top = if is_single(above) || is_product(above) {
        line(above, false)?
    } else {
        format!("({})", line(above, false)?)
    };
    let is_one_script =
        matches!(below, [node @ MathNode::Script { .. }] if is_product(std::slice::from_ref(node)));
    let bottom = if is_single(below) || is_one_script {
        line(below, false)?
    } else {
        format!("({})", line(below, false)?)
    };
    if top.is_empty() || bottom.is_empty() {
        return None;
    }
    Some(format!("{top}/{bottom}"))
}

pub(super) fn root(sign: char, inner: &[MathNode], after: Neighbour) -> Option<String> {
    let text = line(inner, false)?;
    let is_one = is_single(inner) && (after == Neighbour::Free || text.starts_with('('));
    Some(if is_one {
        format!("{sign}{text}")
    } else {
        format!("{sign}({text})")
    })
}

/// What a script is set on, in brackets unless it is one thing; none if it cannot be set on one line.
pub(super) fn base(nodes: &[MathNode]) -> Option<String> {
    let [node] = nodes else {
        let text = line(nodes, false)?;
        return Some(if nodes.is_empty() || is_single(nodes) {
            text
        } else {
            format!("({text})")
        });
    };
    match node {
        MathNode::Sign { text, class } => {
            let takes = !matches!(class, MathClass::Comma | MathClass::Open | MathClass::Bar);
            let is_whole = match class {
                MathClass::Word | MathClass::Function { .. } => is_one_word(text),
                _ => true,
            };
            takes.then(|| {
                if is_whole {
                    text.clone()
                } else {
                    format!("({text})")
                }
            })
        }
        MathNode::Fenced { .. } => part(node, (Neighbour::Free, Neighbour::Free)),
        MathNode::Script { .. } | MathNode::Fraction { .. } | MathNode::Root { .. } => {
            let text = part(node, (Neighbour::Free, Neighbour::Free))?;
            Some(format!("({text})"))
        }
        _ => None,
    }
}

fn script(on: &[MathNode], below: &[MathNode], above: &[MathNode]) -> Option<String> {
    let base = base(on)?;
    let (primes, above) = parted_primes(above);
    let above = line(above, true)?;
    let below = line(below, true)?;
    if base.is_empty() && (above.is_empty() || script_signs(&above, Style::Raised).is_none()) {
        return None;
    }
    let lowered = match (script_signs(&below, Style::Lowered), is_letter(&below)) {
        _ if below.is_empty() => String::new(),
        (Some(signs), _) => signs,
        (None, true) if above.is_empty() && primes.is_empty() => format!("_{below}"),
        (None, _) => format!("_({below})"),
    };
    let raised = match (raised(&above), is_letter(&above)) {
        _ if above.is_empty() => String::new(),
        (Some(signs), _) => signs,
        (None, true) => format!("^{above}"),
        (None, false) => format!("^({above})"),
    };
    Some(format!("{base}{primes}{lowered}{raised}"))
}

/// What is raised, in Unicode's signs.
pub(super) fn raised(above: &str) -> Option<String> {
    match above {
        "∘" => Some("°".to_owned()),
        _ => script_signs(above, Style::Raised),
    }
}

/// The primes at the front, and what else is raised.
pub(super) fn parted_primes(above: &[MathNode]) -> (String, &[MathNode]) {
    let is_prime = |node: &MathNode| matches!(node, MathNode::Sign { text, .. } if text == "′");
    let count = above.iter().take_while(|node| is_prime(node)).count();
    let rest = above.get(count..).unwrap_or_default();
    ("′".repeat(count), rest)
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some() && chars.next().is_none()
}
