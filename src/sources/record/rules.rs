//! Collections of rules that nobody enacted as such, or that courts give themselves: "Restatement
//! (Second) of Torts § 402A", "Model Penal Code § 2.02", "U.C.C. § 2-302", "Fed. R. Evid. 403".

use super::super::words::Words;

/// How many words and points may stand before the number.
const MAX_NAME_WORDS: usize = 18;

/// Whether a citation begins with the name of such rules, and the number of one of them.
pub(super) fn is_rules(words: &Words<'_>, start: usize) -> bool {
    words.is_capital(start)
        && (is_restatement(words, start)
            || is_model(words, start)
            || is_of_courts(words, start)
            || is_of_conduct(words, start))
}

/// "Model Rules of Prof’l Conduct R. 1.1 (Am. Bar Ass’n 2026)", "Model Code of Jud. Conduct Canon 2": rules
/// for lawyers and judges, the whole of them or one.
fn is_of_conduct(words: &Words<'_>, start: usize) -> bool {
    const FIRST: [&str; 4] = ["model", "rules", "code", "standards"];
    let of = start + 1 + usize::from(words.folded(start) == "model");
    let conduct = (of..start + MAX_NAME_WORDS).find(|at| words.folded(*at) == "conduct");
    let Some(conduct) = conduct.filter(|_| FIRST.contains(&words.folded(start))) else {
        return false;
    };
    let is_of_name = |at: usize| {
        words.is_capital(at)
            || words.folded(at) == "of"
            || words.is_one_of_marks(at, &['.', '’', '\''])
    };
    let rule = conduct + 1;
    let number = rule + 1 + usize::from(words.is_mark(rule + 1, '.'));
    let is_numbered = matches!(
        words.folded(rule),
        "r" | "rule" | "canon" | "pmbl" | "preamble"
    ) && (words.is_number(number) || words.folded(rule).starts_with('p'));
    (start..=conduct).all(is_of_name) && (is_numbered || words.is_mark(rule, '('))
}

/// "Restatement (Third) of Torts: Phys. & Emot. Harm § 7"
fn is_restatement(words: &Words<'_>, start: usize) -> bool {
    let close = words.closing(start + 1).filter(|close| *close == start + 3);
    words.folded(start) == "restatement"
        && close.is_some_and(|_| words.is_mark(start + 1, '(') && words.is_capital(start + 2))
        && section(words, start + 4).is_some()
}

/// "Model Penal Code § 2.02", "Unif. Prob. Code § 2-201", "U.C.C. § 2-302", "U.S. Sent’g Guidelines
/// Manual § 2B1.1".
fn is_model(words: &Words<'_>, start: usize) -> bool {
    let Some(section) = section(words, start) else {
        return false;
    };
    let name = start..section;
    let is_first = matches!(words.folded(start), "model" | "unif" | "uniform");
    let is_set = |at: usize| matches!(words.folded(at), "code" | "act" | "rules" | "guidelines");
    let letters: String = name
        .clone()
        .filter(|at| words.is_word(*at))
        .map(|at| words.folded(at))
        .collect();
    letters == "ucc"
        || letters == "ussg"
        || name.clone().any(is_set) && (is_first || words.folded(section - 1) == "manual")
}

/// "Fed. R. Civ. P. 12(b)(6)", "Fed. R. Evid. 403"
fn is_of_courts(words: &Words<'_>, start: usize) -> bool {
    let rule = start + 2;
    let is_of_name = |at: &usize| words.is_capital(*at) || words.is_mark(*at, '.');
    let end = (rule..rule + MAX_NAME_WORDS).find(|at| !is_of_name(at));
    words.folded(start) == "fed"
        && words.is_mark(start + 1, '.')
        && words.folded(rule) == "r"
        && words.is_mark(rule + 1, '.')
        && end.is_some_and(|end| end > rule + 2 && words.is_number(end))
}

/// Where the sign of the section stands, or the "r." of a rule, behind words with capitals.
fn section(words: &Words<'_>, start: usize) -> Option<usize> {
    let is_rule = |at: usize| {
        words.folded(at) == "r"
            && words.is_small(at)
            && words.is_mark(at + 1, '.')
            && words.is_number(at + 2)
    };
    let is_of_name = |at: usize| {
        words.is_capital(at)
            || words.is_one_of_marks(at, &['.', '&', '’', '\'', ':', ','])
            || matches!(words.folded(at), "of" | "and" | "for" | "the")
    };
    let mut name = start..start + MAX_NAME_WORDS;
    let end = name.find(|at| !is_of_name(*at))?;
    (words.is_mark(end, '§') && words.is_number(end + 1) || is_rule(end)).then_some(end)
}
