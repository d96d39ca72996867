//! Equations of Word (OMML) as a line of text: `a^2`, `(a + b)/c`, `√x`.

use crate::formats::office::linear::{atom, push_all};
use crate::formats::office::xml::{XmlElement, XmlNode};

/// What a bracket holds is at most nested so deep; what is deeper is left out.
const MAX_DEPTH: usize = 64;

/// The equation in one line.
pub(super) fn linear(equation: &XmlElement) -> String {
    let mut text = String::new();
    write_children(equation, &mut text, 0);
    text
}

fn write_children(element: &XmlElement, text: &mut String, depth: usize) {
    if depth < MAX_DEPTH {
        for child in element.elements() {
            write(child, text, depth + 1);
        }
    }
}

fn write(element: &XmlElement, text: &mut String, depth: usize) {
    let part = |name| part(element, name, depth);
    match element.name() {
        "r" => write_run(element, text),
        "f" => write_fraction(element, text, depth),
        "sSup" => push_all(text, &[&atom(&part("e")), "^", &atom(&part("sup"))]),
        "sSub" => push_all(text, &[&atom(&part("e")), "_", &atom(&part("sub"))]),
        "sSubSup" => {
            let (sub, sup) = (atom(&part("sub")), atom(&part("sup")));
            push_all(text, &[&atom(&part("e")), "_", &sub, "^", &sup]);
        }
        "sPre" => {
            let (sub, sup) = (atom(&part("sub")), atom(&part("sup")));
            push_all(text, &["_", &sub, "^", &sup, " ", &part("e")]);
        }
        "rad" => match part("deg").trim() {
            "" => push_all(text, &["√", &atom(&part("e"))]),
            degree => push_all(text, &["√[", degree, "]", &atom(&part("e"))]),
        },
        "nary" => write_operator(element, text, depth),
        "d" => write_brackets(element, text, depth),
        "m" => write_matrix(element, text, depth),
        "eqArr" => write_rows(element, "e", "; ", text, depth),
        "func" => {
            let argument = part("e");
            let gap = if argument.starts_with(['(', '[', ' ']) {
                ""
            } else {
                " "
            };
            push_all(text, &[&part("fName"), gap, &argument]);
        }
        "limLow" => push_all(text, &[&part("e"), "_", &atom(&part("lim"))]),
        "limUpp" => push_all(text, &[&part("e"), "^", &atom(&part("lim"))]),
        "acc" => write_accent(element, text, depth),
        "bar" => {
            let is_below = setting(element, "barPr", "pos") != Some("top");
            let accent = if is_below { "\u{332}" } else { "\u{305}" };
            push_all(text, &[&atom(&part("e")), accent]);
        }
        name if name.ends_with("Pr") => {}
        _ => write_children(element, text, depth),
    }
}

fn write_run(run: &XmlElement, text: &mut String) {
    for child in run.elements().filter(|child| child.name() == "t") {
        for node in child.children() {
            if let XmlNode::Text(inner) = node {
                text.push_str(inner);
            }
        }
    }
}

fn write_fraction(element: &XmlElement, text: &mut String, depth: usize) {
    let (above, below) = (part(element, "num", depth), part(element, "den", depth));
    if setting(element, "fPr", "type") == Some("noBar") {
        push_all(text, &[above.trim(), " choose ", below.trim()]);
    } else {
        push_all(text, &[&atom(&above), "/", &atom(&below)]);
    }
}

fn write_operator(element: &XmlElement, text: &mut String, depth: usize) {
    text.push_str(setting(element, "naryPr", "chr").unwrap_or("∫"));
    for (name, sign) in [("sub", "_"), ("sup", "^")] {
        let bound = part(element, name, depth);
        if !bound.trim().is_empty() {
            push_all(text, &[sign, &atom(&bound)]);
        }
    }
    push_all(text, &[" ", &part(element, "e", depth)]);
}

fn write_brackets(element: &XmlElement, text: &mut String, depth: usize) {
    let sign = |name, usual| setting(element, "dPr", name).unwrap_or(usual);
    text.push_str(sign("begChr", "("));
    write_rows(element, "e", sign("sepChr", "|"), text, depth);
    text.push_str(sign("endChr", ")"));
}

fn write_matrix(element: &XmlElement, text: &mut String, depth: usize) {
    text.push('[');
    let rows = element.elements().filter(|child| child.name() == "mr");
    for (index, row) in rows.enumerate() {
        if index > 0 {
            text.push_str("; ");
        }
        write_rows(row, "e", ", ", text, depth);
    }
    text.push(']');
}

/// Each child of this name, with a sign between two.
fn write_rows(element: &XmlElement, name: &str, between: &str, text: &mut String, depth: usize) {
    let rows = element.elements().filter(|child| child.name() == name);
    for (index, row) in rows.enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        write_children(row, text, depth);
    }
}

fn write_accent(element: &XmlElement, text: &mut String, depth: usize) {
    let accent = setting(element, "accPr", "chr").unwrap_or("\u{302}");
    let base = part(element, "e", depth);
    push_all(text, &[&atom(&base), accent]);
}

/// What a child of this name holds.
fn part(element: &XmlElement, name: &str, depth: usize) -> String {
    let mut text = String::new();
    if let Some(child) = element.child(name) {
        write_children(child, &mut text, depth);
    }
    text
}

/// A value among the properties of an element.
fn setting<'a>(element: &'a XmlElement, properties: &str, name: &str) -> Option<&'a str> {
    element.child(properties)?.child(name)?.attribute("val")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::office::xml;

    #[track_caller]
    fn check(equation: &str, expected: &str) {
        let xml = format!(r#"<m:oMath xmlns:m="m">{equation}</m:oMath>"#);
        assert_eq!(linear(&xml::parse(xml.as_bytes()).0), expected);
    }

    fn run(text: &str) -> String {
        format!("<m:r><m:t>{text}</m:t></m:r>")
    }

    #[test]
    fn powers_and_indices_have_brackets_only_where_they_must() {
        let power = |e: &str, sup: &str| {
            format!(
                "<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>",
                run(e),
                run(sup)
            )
        };
        check(&power("a", "2"), "a^2");
        check(&power("a+b", "n-1"), "(a+b)^(n-1)");
        check(&power("(a+b)", "2"), "(a+b)^2");
        check(&power("(a)(b)", "2"), "((a)(b))^2");
    }

    #[test]
    fn fractions_roots_and_sums_are_read_aloud_in_order() {
        check(
            &format!(
                "<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>",
                run("a+b"),
                run("c")
            ),
            "(a+b)/c",
        );
        check(
            &format!("<m:rad><m:radPr/><m:deg/><m:e>{}</m:e></m:rad>", run("x")),
            "√x",
        );
        check(
            &format!(
                r#"<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e></m:nary>"#,
                run("i=1"),
                run("n"),
                run("i")
            ),
            "∑_(i=1)^n i",
        );
    }

    #[test]
    fn brackets_matrices_and_functions_keep_their_signs() {
        check(
            &format!(
                r#"<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{}</m:e></m:d>"#,
                run("x")
            ),
            "[x]",
        );
        check(
            &format!(
                "<m:m><m:mr><m:e>{0}</m:e><m:e>{0}</m:e></m:mr><m:mr><m:e>{0}</m:e></m:mr></m:m>",
                run("1")
            ),
            "[1, 1; 1]",
        );
        check(
            &format!(
                "<m:func><m:fName>{}</m:fName><m:e>{}</m:e></m:func>",
                run("sin"),
                run("x")
            ),
            "sin x",
        );
    }
}
