//! Where a text quotes: the words between quotation marks.

use std::collections::HashMap;
use std::ops::Range;

/// How many quotations are looked for inside of each other. Marks that are never closed would
/// make the search for their ends long.
const MAX_DEPTH: usize = 8;

/// The words between the innermost quotation marks around a byte, without the marks; else those
/// of the first quotation after it.
#[must_use]
pub fn quotation_at(text: &str, byte: usize) -> Option<Range<usize>> {
    let all = quotations(text);
    let around = all.iter().filter(|it| it.start <= byte && byte < it.end);
    let innermost = around.min_by_key(|it| it.len());
    let after = || all.iter().filter(|it| it.start > byte);
    innermost
        .or_else(|| after().min_by_key(|it| it.start))
        .cloned()
}

/// All quotations, those inside of others too.
pub(crate) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        let last = before.replace(char);
        if let Some(nth) = closes(&open, char, last, after) {
            let start = open.get(nth).map_or(at, |(_, start)| *start);
            open.truncate(nth);
            if start < at {
                found.push(start..at);
            }
        } else if opens(char, last, after) {
            if open.len() == MAX_DEPTH {
                open.remove(0);
            }
            open.push((char, at + char.len_utf8()));
        }
    }
    found
}

/// The text with the marks of its quotations as they are within double marks: the outermost ones
/// single, those inside of them double, and so on. Straight ones are curly then; apostrophes stay.
pub(crate) fn quotes_within(text: &str) -> String {
    let mut all = quotations(text);
    all.sort_unstable_by_key(|quotation| quotation.start);
    let mut marks: HashMap<usize, Nesting> = HashMap::new();
    let mut around: Vec<usize> = Vec::new();
    for quotation in all {
        while around.last().is_some_and(|end| *end < quotation.start) {
            around.pop();
        }
        let is_double = around.len() % 2 == 1;
        let before = text.get(..quotation.start);
        let before = before.and_then(|it| it.char_indices().next_back());
        let begins = |begins| Nesting { is_double, begins };
        marks.extend(before.map(|(at, _)| (at, begins(true))));
        marks.insert(quotation.end, begins(false));
        around.push(quotation.end);
    }
    let mut before = None;
    let within = text.char_indices().map(|(at, char)| {
        let last = before.replace(char);
        match (marks.get(&at), char) {
            (Some(nesting), _) => nesting.mark(char),
            // A mark that nothing pairs with is one all the same, unless it may be an apostrophe.
            (None, '“' | '”' | '„' | '"' | '«' | '»') => Nesting {
                is_double: false,
                begins: last.is_none_or(is_apart),
            }
            .mark(char),
            _ => char,
        }
    });
    within.collect()
}

/// Where a mark stands in the quotations of a text.
#[derive(Debug, Clone, Copy)]
struct Nesting {
    is_double: bool,
    /// Whether it opens a quotation.
    begins: bool,
}

impl Nesting {
    /// The mark of the same kind that belongs there.
    fn mark(self, mark: char) -> char {
        let (single, double) = match mark {
            '“' | '‘' => ('‘', '“'),
            '”' | '’' => ('’', '”'),
            '„' | '‚' => ('‚', '„'),
            '«' | '‹' => ('‹', '«'),
            '»' | '›' => ('›', '»'),
            '"' | '\'' if self.begins => ('‘', '“'),
            '"' | '\'' => ('’', '”'),
            other => (other, other),
        };
        if self.is_double { double } else { single }
    }
}

/// Which of the open marks a character closes.
fn closes(
    open: &[(char, usize)],
    char: char,
    before: Option<char>,
    after: Option<char>,
) -> Option<usize> {
    let opened_by: &[char] = match char {
        '”' => &['“', '„', '”'],
        '“' => &['„'],
        '’' => &['‘', '‚'],
        '‘' => &['‚'],
        '»' => &['«'],
        '«' => &['»'],
        '›' => &['‹'],
        '‹' => &['›'],
        '"' => &['"'],
        '\'' => &['\''],
        _ => return None,
    };
    let is_inside_word = after.is_some_and(char::is_alphanumeric);
    if matches!(char, '’' | '\'') && is_inside_word {
        return None;
    }
    // A straight mark after a space begins a quotation.
    if matches!(char, '"' | '\'') && before.is_none_or(is_apart) {
        return None;
    }
    open.iter().rposition(|(mark, _)| opened_by.contains(mark))
}

fn opens(char: char, before: Option<char>, after: Option<char>) -> bool {
    let is_before_word = after.is_some_and(|after| !after.is_whitespace());
    let begins = before.is_none_or(is_apart) && is_before_word;
    match char {
        '“' | '„' | '«' | '‹' | '‘' | '‚' => true,
        '»' | '›' | '"' | '\'' => begins,
        _ => false,
    }
}

/// Whether a character stands before the beginning of a quotation.
fn is_apart(char: char) -> bool {
    char.is_whitespace() || matches!(char, '(' | '[' | '{' | '—' | '–' | '“' | '‘' | '"' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is quoted at `|`.
    #[track_caller]
    fn check(marked: &str, expected: Option<&str>) {
        let byte = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let found = quotation_at(&text, byte);
        assert_eq!(found.and_then(|found| text.get(found)), expected);
    }

    #[test]
    fn the_words_between_marks_are_a_quotation() {
        check("He said “so |it is” to her.", Some("so it is"));
        check("He said \"so |it is\" to her.", Some("so it is"));
        check("Er sagte „so |ist es“ zu ihr.", Some("so ist es"));
        check("Il dit « c’|est vrai » ici.", Some(" c’est vrai "));
        check("No quotation |here.", None);
    }

    #[test]
    fn the_innermost_quotation_counts() {
        check("“One ‘tw|o’ three”", Some("two"));
        check("“One ‘two’ th|ree”", Some("One ‘two’ three"));
    }

    #[test]
    fn apostrophes_close_nothing() {
        check("He said ‘it’s th|e one’ then.", Some("it’s the one"));
        check("The workers' 'own |words' count.", Some("own words"));
    }

    #[test]
    fn within_double_marks_quotations_are_single_and_apostrophes_stay() {
        for (text, within) in [
            ("He said “it’s ‘so’”.", "He said ‘it’s “so”’."),
            (
                "Data are ‘the new oil’, it’s said.",
                "Data are ‘the new oil’, it’s said.",
            ),
            ("An 'NPRM' and “a ‘b’” c.", "An ‘NPRM’ and ‘a “b”’ c."),
            ("“a ‘b “c” d’ e” ‘f’", "‘a “b ‘c’ d” e’ ‘f’"),
            ("Er sagte „so“.", "Er sagte ‚so‘."),
            ("the workers’ “own", "the workers’ ‘own"),
            ("own\" words", "own’ words"),
            ("a \"b\" c's", "a ‘b’ c's"),
        ] {
            assert_eq!(quotes_within(text), within);
        }
    }

    #[test]
    fn where_there_is_none_the_next_one_counts() {
        check("He |said “so it is”, “indeed”.", Some("so it is"));
    }
}
