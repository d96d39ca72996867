//! Equations (MathML) as a line of text, as those of DOCX are.

use crate::formats::office::linear::{atom, push_all};
use crate::formats::office::xml::XmlElement;

/// What an equation holds is nested at most so deep; what is deeper is left out.
const MAX_DEPTH: usize = 64;

/// The equation in one line.
pub(super) fn linear(equation: &XmlElement) -> String {
    let mut text = String::new();
    write(equation, &mut text, 0);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write(element: &XmlElement, text: &mut String, depth: usize) {
    if depth >= MAX_DEPTH {
        return;
    }
    let part = |index: usize| {
        let mut part = String::new();
        if let Some(child) = element.elements().nth(index) {
            write(child, &mut part, depth + 1);
        }
        part
    };
    match element.name() {
        "mi" | "mn" | "mtext" | "ms" => text.push_str(element.text().trim()),
        "mo" => write_operator(element, text),
        "mfrac" => push_all(text, &[&atom(&part(0)), "/", &atom(&part(1))]),
        "msup" | "mover" => push_all(text, &[&atom(&part(0)), "^", &atom(&part(1))]),
        "msub" | "munder" => push_all(text, &[&atom(&part(0)), "_", &atom(&part(1))]),
        "msubsup" | "munderover" => {
            let (sub, sup) = (atom(&part(1)), atom(&part(2)));
            // The next sign would look like a part of what is raised.
            push_all(text, &[&atom(&part(0)), "_", &sub, "^", &sup, " "]);
        }
        "msqrt" => {
            let mut inner = String::new();
            write_all(element, &mut inner, depth);
            push_all(text, &["√", &atom(&inner)]);
        }
        "mroot" => push_all(text, &["√[", part(1).trim(), "]", &atom(&part(0))]),
        "mfenced" => {
            let sign = |name, usual| element.attribute(name).unwrap_or(usual);
            text.push_str(sign("open", "("));
            write_rows(element, ", ", text, depth);
            text.push_str(sign("close", ")"));
        }
        "mtable" => {
            text.push('[');
            write_rows(element, "; ", text, depth);
            text.push(']');
        }
        "mtr" => write_rows(element, ", ", text, depth),
        "mspace" => text.push(' '),
        "annotation" | "annotation-xml" => {}
        _ => write_all(element, text, depth),
    }
}

/// An operator, with spaces where it stands between two terms.
fn write_operator(element: &XmlElement, text: &mut String) {
    let sign = element.text();
    let sign = sign.trim();
    let is_between = matches!(
        sign,
        "=" | "+"
            | "-"
            | "−"
            | "±"
            | "<"
            | ">"
            | "≤"
            | "≥"
            | "≠"
            | "≈"
            | "→"
            | "⇒"
            | "∈"
            | "·"
            | "⋅"
            | "×"
    );
    if is_between && !text.is_empty() {
        push_all(text, &[" ", sign, " "]);
    } else {
        text.push_str(sign);
    }
}

fn write_all(element: &XmlElement, text: &mut String, depth: usize) {
    for child in element.elements() {
        write(child, text, depth + 1);
    }
}

/// Each child, with a sign between two.
fn write_rows(element: &XmlElement, between: &str, text: &mut String, depth: usize) {
    for (index, child) in element.elements().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        write(child, text, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::office::xml;

    #[track_caller]
    fn check(equation: &str, expected: &str) {
        let xml = format!("<math:math>{equation}</math:math>");
        assert_eq!(linear(&xml::parse(xml.as_bytes()).0), expected);
    }

    #[test]
    fn equations_are_read_in_a_line() {
        check(
            "<semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><mo>⋅</mo><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation>E = m cdot c^2</annotation></semantics>",
            "E = m ⋅ c^2",
        );
        check(
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt></mfrac>",
            "(a + b)/(√(x − 1))",
        );
        check(
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mfenced><mi>i</mi><mi>j</mi></mfenced>",
            "∑_(i = 1)^n (i, j)",
        );
    }
}
