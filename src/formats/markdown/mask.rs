//! What the parser of Markdown must not read: it is hidden from it behind letters, byte for byte,
//! and put back when the text is taken in.
//!
//! Formulas are hidden, since a star or a backslash in one is no Markdown; they are told as Pandoc
//! tells them. Three faults of the parser are worked around here as well (`docs/upstream.md`).

mod blocks;
mod braces;
mod citations;
mod context;
mod divs;
mod formulas;
mod items;
mod linked_notes;
mod open_notes;
mod shapes;
mod shortcodes;
mod stars;
mod tables;
mod tex;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::citing::Citing;
use super::shape::Shape;
use crate::paper::Style;
use blocks::BlockScanner;
pub(crate) use braces::is_numbered;
pub(super) use context::InnerLine;
use formulas::{Formulas, Signs};
pub(crate) use items::is_label;
use memchr::memmem;
pub(super) use shortcodes::shortcode;

/// A source of which parts are hidden. Every byte that is left stands where it stood.
#[derive(Debug)]
pub(super) struct Masked<'a> {
    pub(super) text: Cow<'a, str>,
    /// By start, apart from each other.
    pub(super) hidden: Vec<Hidden>,
    /// Where lines begin headings that stand in nothing else, behind blank lines.
    pub(super) headings: Vec<usize>,
    /// The numbers of examples, by their names.
    pub(super) examples: HashMap<&'a str, u32>,
    /// The keys that are cited, and those that no bibliography has, each with its place.
    pub(super) keys: Vec<&'a str>,
    pub(super) unknown_keys: Vec<(&'a str, usize)>,
}

/// A part of the source that the parser sees as letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) range: Range<usize>,
    pub(super) what: MaskedKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MaskedKind {
    /// Signs that are text.
    Text,
    /// A formula in running text, with what is around it.
    Formula,
    /// A formula on lines of its own.
    Display,
    /// A block, or what stands between blocks, that only Pandoc and its like have signs for.
    Shape(Shape),
    /// What nothing is shown of.
    Nothing,
    /// What other Markdown is shown instead of.
    Instead(Box<str>),
    /// Attributes of what stands before.
    Attributes,
    /// The beginning and the end of a command's argument.
    OpenStyle(Style),
    CloseStyle,
    OpenNote,
    CloseNote,
    /// `[[a|b]]`, or `![[a]]`.
    WikiLink {
        embeds: bool,
    },
    /// What leads to a figure, a table, a section or the like by its name.
    Reference(Box<str>),
    /// What stands for the number of an example.
    Example,
    /// The marker of a note in the words of a link.
    Marker,
    /// A citation by key, as Pandoc has them.
    Citation,
    /// The sign of a definition, which the parser takes for a bullet.
    Definition,
    /// The label of an item, which the parser takes for a number.
    Label(Box<str>),
}

/// What stands in the place of something, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cover {
    Letters,
    Blanks,
    /// The bullet of an item.
    Bullet,
    /// The number of an item, with the sign behind it.
    Number,
    /// A block of HTML of its own, which ends paragraphs and lists: `<?xxx?>`.
    Block,
}

/// Bytes of one line that are covered.
#[derive(Debug)]
struct Covered {
    range: Range<usize>,
    cover: Cover,
}

/// What is found in a source, from its start to its end.
#[derive(Debug, Default)]
struct MaskFindings<'a> {
    covered: Vec<Covered>,
    hidden: Vec<Hidden>,
    headings: Vec<usize>,
    examples: HashMap<&'a str, u32>,
    keys: Vec<&'a str>,
    unknown_keys: Vec<(&'a str, usize)>,
}

/// Hides what is no Markdown, in time that grows with the source.
pub(super) fn masked<'a>(source: &'a str, citing: &Citing<'_>) -> Masked<'a> {
    let MaskFindings {
        mut covered,
        mut hidden,
        headings,
        examples,
        keys,
        unknown_keys,
    } = BlockScanner::new(source, citing).read();
    if covered.is_empty() {
        return Masked {
            text: Cow::Borrowed(source),
            hidden,
            headings,
            examples,
            keys,
            unknown_keys,
        };
    }
    // What a stretch of text shows only at its end comes behind the rest of it.
    covered.sort_by_key(|covered| covered.range.start);
    hidden.sort_by_key(|hidden| hidden.range.start);
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for Covered { range, cover } in covered {
        if range.start < from {
            continue;
        }
        text.push_str(source.get(from..range.start).unwrap_or_default());
        cover.push(range.len(), &mut text);
        from = range.end;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    Masked {
        text: Cow::Owned(text),
        hidden,
        headings,
        examples,
        keys,
        unknown_keys,
    }
}

/// The keys of the works that a stretch of running text cites, as far as a bibliography has them.
pub(super) fn cited_keys<'a>(text: &'a str, citing: &Citing<'_>) -> Vec<&'a str> {
    let mut found = MaskFindings::default();
    Formulas::new(text, 0, citing).find(text, Signs::new(text), &mut found);
    found.keys
}

impl Cover {
    fn push(self, bytes: usize, out: &mut String) {
        let mut fill = |sign, count| out.extend(std::iter::repeat_n(sign, count));
        match self {
            Cover::Letters => fill('x', bytes),
            Cover::Blanks => fill(' ', bytes),
            Cover::Bullet => fill('+', bytes),
            Cover::Number => {
                // The parser takes at most nine figures.
                fill('0', bytes.saturating_sub("1)".len()));
                out.push_str("1)");
            }
            Cover::Block => {
                // Three signs are enough: the middle one belongs to both ends.
                out.push_str("<?");
                match bytes.checked_sub("<??>".len()) {
                    Some(inner) => {
                        out.extend(std::iter::repeat_n('x', inner));
                        out.push_str("?>");
                    }
                    None => out.push('>'),
                }
            }
        }
    }
}

/// Where something comes next, once that was asked for.
#[derive(Debug, Clone, Copy, Default)]
struct NextOccurrence {
    asked_from: usize,
    found: Option<Option<usize>>,
}

impl NextOccurrence {
    /// The first place at or after the offset, which never goes back. Nothing is looked for twice,
    /// so that many questions cost no more than the text.
    fn from(&mut self, at: usize, find: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        match self.found {
            Some(None) => None,
            Some(Some(place)) if place >= at && self.asked_from <= at => Some(place),
            _ => {
                let place = find(at);
                (self.asked_from, self.found) = (at, Some(place));
                place
            }
        }
    }

    /// The same of a sign.
    fn sign(&mut self, text: &str, sign: &str, at: usize) -> Option<usize> {
        self.from(at, |from| {
            let found = memmem::find(text.as_bytes().get(from..)?, sign.as_bytes());
            found.map(|place| from + place)
        })
    }
}

impl MaskFindings<'_> {
    /// Hides a part of one line.
    fn hide(&mut self, range: Range<usize>, what: MaskedKind) {
        self.cover(range.clone(), Cover::Letters);
        self.hidden.push(Hidden { range, what });
    }

    fn cover(&mut self, range: Range<usize>, cover: Cover) {
        if !range.is_empty() {
            self.covered.push(Covered { range, cover });
        }
    }

    /// Hides a block, which may go over several lines and is at least three bytes long.
    fn hide_block(&mut self, range: Range<usize>, shape: Shape) {
        self.cover(range.clone(), Cover::Block);
        let what = MaskedKind::Shape(shape);
        self.hidden.push(Hidden { range, what });
    }

    /// Hides a formula, which may go over several lines; what quotes begin a line with stays.
    fn hide_formula(&mut self, source: &str, range: Range<usize>, what: MaskedKind) {
        let mut start = range.start;
        let formula = source.get(range.clone()).unwrap_or_default();
        for line in formula.split_inclusive('\n') {
            let shown = line.trim_end_matches('\n').len();
            let begins = if start == range.start {
                0
            } else {
                prefix(line)
            };
            self.cover(start + begins.min(shown)..start + shown, Cover::Letters);
            start += line.len();
        }
        self.hidden.push(Hidden { range, what });
    }
}

/// Bytes at a line's head that belong to quotes around it, and blanks.
fn prefix(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// The lines of a formula without what quotes begin them with.
pub(super) fn lines_of(formula: &str) -> impl Iterator<Item = &str> {
    let lines = formula.split('\n').enumerate();
    lines.map(|(nth, line)| {
        let begins = if nth == 0 { 0 } else { prefix(line) };
        line.get(begins..).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares what the parser sees.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let masked = masked(source, &Citing::default());
        assert_eq!(masked.text.len(), source.len());
        assert_eq!(masked.text, expected);
    }

    #[test]
    fn formulas_are_hidden() {
        check("a $x*y*z$ b", "a xxxxxxx b");
        check("a\n$$\nb\n= *c*\n$$\nd", "a\nxx\nx\nxxxxx\nxx\nd");
        check("> $$\n> - b\n> $$", "> xx\n> xxx\n> xx");
        check(r"\(a_1\) \[sic\]", r"xxxxxxx \[sic\]");
        check("\\[\n\\frac{a}{b}\n\\]", "xx\nxxxxxxxxxxx\nxx");
    }

    #[test]
    fn sums_of_money_are_no_formulas() {
        for text in [
            "$5 and $6",
            "US$20,000 and USD$30",
            "$5[^1] (in US$)",
            "$5 (in US$)",
            "$ a$, a $b $",
            "a $b\n\nc$ d",
            r"\$a\$",
            "- $a\n- b$",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_is_no_text_keeps_its_signs() {
        for text in [
            "`$a$`",
            "```\n$a$\n```",
            "~~~~\n```\n$a$\n~~~~",
            "[a](b$c$)",
            "<a b='$c$'>",
            "<!-- $a$ -->",
            "[a]: b$c$",
        ] {
            check(text, text);
        }
        check("`a\n\n$b$", "`a\n\nxxx");
    }

    #[test]
    fn a_formula_that_never_ends_takes_no_time() {
        for text in [
            "$a ", "$$a ", "\\(a ", "\\[a\n", "$a[^1] ", "`` ` ", "<a ", "$5 a ", "]((",
        ] {
            let long = text.repeat(40_000);
            assert_eq!(masked(&long, &Citing::default()).text.len(), long.len());
        }
    }

    #[test]
    fn a_fence_may_end_in_a_tab() {
        check("```\na\t\n```\t \nb", "```\na\t\n```  \nb");
    }

    #[test]
    fn a_fence_may_have_backticks_in_its_attributes() {
        check(
            "```{#a caption=\"`b`\"}\nc\n```",
            "```xxxxxxxxxxxxxxxxxx\nc\n```",
        );
        check("```a `b```", "```a `b```");
    }

    #[test]
    fn a_line_of_a_note_begins_no_list() {
        check("[^1]: a\n1835. b", "[^1]: a\nxxxxx b");
        check("[^1]: a\n- b", "[^1]: a\nx b");
        check("[^1]: a\n    - b", "[^1]: a\n    - b");
        check("[^1]: a\n1. b", "[^1]: a\n1. b");
        check("[^1]: a\n\n7. b", "[^1]: a\n\n7. b");
        check("[^1]: a\n# b\n7. c", "[^1]: a\n# b\n7. c");
    }
}
