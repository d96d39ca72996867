//! The numbers of list items and headings, as a DOCX file counts them.

use std::collections::{HashMap, HashSet};

use super::properties::{NumberReference, value};
use super::styles::DocxStyles;
use crate::formats::office::item_labels::{TypedItemLabel, label};
use crate::formats::office::numerals::Numeral;
use crate::formats::office::xml::XmlElement;

/// How deep lists go.
const LEVELS: usize = 9;

/// The lists of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct DocxNumbering {
    patterns: HashMap<String, AbstractNumbering>,
    lists: HashMap<String, NumberingInstance>,
    /// By pattern, since lists of one pattern are counted together.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// The lists that have begun anew at a level, which each does once.
    restarted: HashSet<(String, usize)>,
}

/// How the levels of a list are written.
#[derive(Debug, Default)]
struct AbstractNumbering {
    levels: [NumberingLevel; LEVELS],
    /// The style in whose list the levels are.
    linked_style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct NumberingLevel {
    start: Option<u32>,
    numeral: Numeral,
    /// The label, with `%1` for the number of the first level and so on.
    text: String,
    /// Up to which level, from 1, a number begins this one anew; none for every one above.
    restart: Option<usize>,
    is_decimal_only: bool,
    style: Option<String>,
    indent: Option<i32>,
}

/// A list: a pattern, and what is different in it.
#[derive(Debug, Default)]
struct NumberingInstance {
    pattern: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<NumberingLevel>; LEVELS],
}

/// What stands before an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbered {
    pub(super) label: TypedItemLabel,
    /// From 0.
    pub(super) level: u32,
    /// How far the text of the level is moved in, in twentieths of a point.
    pub(super) indent: Option<i32>,
}

impl DocxNumbering {
    /// Reads the part that holds the lists.
    pub(super) fn new(part: &XmlElement) -> Self {
        let mut numbering = DocxNumbering::default();
        for element in part.elements() {
            match element.name() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    numbering
                        .patterns
                        .insert(id.to_owned(), AbstractNumbering::new(element));
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    numbering
                        .lists
                        .insert(id.to_owned(), NumberingInstance::new(element));
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts the next paragraph of a list. Nothing if the reference leads to no list.
    pub(super) fn next(
        &mut self,
        reference: &NumberReference,
        styles: &DocxStyles,
    ) -> Option<Numbered> {
        let id = reference.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let pattern_id = self.pattern_of(list, styles);
        let pattern = self.patterns.get(pattern_id)?;
        let index = level_index(reference, pattern);
        let levels: [&NumberingLevel; LEVELS] =
            std::array::from_fn(|index| list.level(pattern, index));
        let start = |index: usize| {
            let own = list.starts.get(index).copied().flatten();
            own.or_else(|| levels.get(index)?.start).unwrap_or(1)
        };
        let counts = self.counts.entry(pattern_id.to_owned()).or_default();
        let begins_anew = list.starts.get(index).is_some_and(Option::is_some)
            && self.restarted.insert((id.to_owned(), index));
        let count = counts.get_mut(index)?;
        *count = Some(match *count {
            Some(count) if !begins_anew => count.saturating_add(1),
            _ => start(index),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(index + 1) {
            let restart = levels.get(deeper).and_then(|level| level.restart);
            if restart.is_none_or(|restart| index < restart) {
                *count = None;
            }
        }
        let level = levels.get(index)?;
        let number_at = |at: usize| {
            let count = counts.get(at).copied().flatten();
            let numeral = levels.get(at).map_or(Numeral::Decimal, |at| at.numeral);
            let numeral = if level.is_decimal_only {
                Numeral::Decimal
            } else {
                numeral
            };
            (count.unwrap_or_else(|| start(at)), numeral)
        };
        Some(Numbered {
            label: label(&level.text, level.numeral, number_at),
            level: u32::try_from(index).unwrap_or_default(),
            indent: level.indent,
        })
    }

    /// The pattern of a list, which may be the one of a style's list.
    fn pattern_of<'a>(&'a self, list: &'a NumberingInstance, styles: &DocxStyles) -> &'a str {
        let linked = self
            .patterns
            .get(&list.pattern)
            .and_then(|pattern| pattern.linked_style.as_deref())
            .and_then(|style| styles.list(style))
            .and_then(|id| self.lists.get(id));
        linked.map_or(&list.pattern, |linked| &linked.pattern)
    }
}

/// Which level is meant; without one, the level that is made for the paragraph's style.
fn level_index(reference: &NumberReference, pattern: &AbstractNumbering) -> usize {
    let by_style = || {
        let style = reference.style.as_deref()?;
        let mut levels = pattern.levels.iter();
        levels.position(|level| level.style.as_deref() == Some(style))
    };
    let index = match reference.level {
        Some(level) => usize::try_from(level).unwrap_or_default(),
        None => by_style().unwrap_or_default(),
    };
    index.min(LEVELS - 1)
}

impl AbstractNumbering {
    fn new(element: &XmlElement) -> Self {
        let mut pattern = AbstractNumbering::default();
        for child in element.elements() {
            match child.name() {
                "lvl" => {
                    if let Some(level) = level_of(child)
                        && let Some(slot) = pattern.levels.get_mut(level)
                    {
                        *slot = NumberingLevel::new(child);
                    }
                }
                "numStyleLink" => pattern.linked_style = value(child).map(str::to_owned),
                _ => {}
            }
        }
        pattern
    }
}

impl NumberingInstance {
    fn new(element: &XmlElement) -> Self {
        let mut list = NumberingInstance::default();
        for child in element.elements() {
            match child.name() {
                "abstractNumId" => list.pattern = value(child).unwrap_or_default().to_owned(),
                "lvlOverride" => {
                    let Some(index) = level_of(child) else {
                        continue;
                    };
                    if let Some(slot) = list.starts.get_mut(index) {
                        *slot = child.child("startOverride").and_then(number);
                    }
                    if let Some(slot) = list.levels.get_mut(index) {
                        *slot = child.child("lvl").map(NumberingLevel::new);
                    }
                }
                _ => {}
            }
        }
        list
    }

    fn level<'a>(&'a self, pattern: &'a AbstractNumbering, index: usize) -> &'a NumberingLevel {
        const NONE: &NumberingLevel = &NumberingLevel {
            start: None,
            numeral: Numeral::None,
            text: String::new(),
            restart: None,
            is_decimal_only: false,
            style: None,
            indent: None,
        };
        let own = self.levels.get(index).and_then(Option::as_ref);
        own.or_else(|| pattern.levels.get(index)).unwrap_or(NONE)
    }
}

impl NumberingLevel {
    fn new(element: &XmlElement) -> Self {
        let mut level = NumberingLevel::default();
        for child in element.elements() {
            match child.name() {
                "start" => level.start = number(child),
                "numFmt" => level.numeral = numeral(value(child).unwrap_or_default()),
                "lvlText" => level.text = value(child).unwrap_or_default().to_owned(),
                "lvlRestart" => {
                    level.restart = number(child).and_then(|to| usize::try_from(to).ok());
                }
                "isLgl" => level.is_decimal_only = value(child) != Some("0"),
                "pStyle" => level.style = value(child).map(str::to_owned),
                "pPr" => {
                    let indent = child.child("ind");
                    let left = indent.and_then(|indent| {
                        indent
                            .attribute("left")
                            .or_else(|| indent.attribute("start"))
                    });
                    level.indent = left.and_then(|left| left.parse().ok());
                }
                _ => {}
            }
        }
        level
    }
}

fn level_of(element: &XmlElement) -> Option<usize> {
    element.attribute("ilvl")?.parse().ok()
}

fn number(element: &XmlElement) -> Option<u32> {
    value(element)?.parse().ok()
}

/// The writing that Word calls by this name. One that is not known here is written in figures.
pub(super) fn numeral(name: &str) -> Numeral {
    match name {
        "decimalZero" => Numeral::DecimalZero,
        "lowerRoman" => Numeral::LowerRoman,
        "upperRoman" => Numeral::UpperRoman,
        "lowerLetter" => Numeral::LowerLetter,
        "upperLetter" => Numeral::UpperLetter,
        "ordinal" => Numeral::Ordinal,
        "chicago" => Numeral::Symbols,
        "russianLower" => Numeral::Cyrillic,
        "bullet" => Numeral::Bullet,
        "none" => Numeral::None,
        _ => Numeral::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::office::xml;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="5">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/><w:lvlRestart w:val="1"/></w:lvl>
          <w:lvl w:ilvl="3"><w:isLgl/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%4"/></w:lvl>
          <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
          <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl>
          <w:lvl w:ilvl="6"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%7."/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="5"/>
          <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
      </w:numbering>"#;

    /// The labels of paragraphs, each given by its list and its level.
    #[track_caller]
    fn check(paragraphs: &[(&str, u32)], expected: &[&str]) {
        let mut numbering = DocxNumbering::new(&xml::parse(LISTS.as_bytes()).0);
        let styles = DocxStyles::default();
        let labels: Vec<String> = paragraphs
            .iter()
            .map(|(list, level)| {
                let reference = NumberReference {
                    list: Some((*list).to_owned()),
                    level: Some(*level),
                    style: None,
                };
                match numbering.next(&reference, &styles).map(|next| next.label) {
                    Some(TypedItemLabel::Number(number)) => format!("{number}."),
                    Some(TypedItemLabel::Text(text)) => text,
                    Some(TypedItemLabel::Dot) => "-".to_owned(),
                    Some(TypedItemLabel::Blank) => "blank".to_owned(),
                    None => "none".to_owned(),
                }
            })
            .collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn levels_are_counted_each_within_the_one_above() {
        check(
            &[("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)],
            &["I.", "I.1", "I.2", "II.", "II.1"],
        );
    }

    #[test]
    fn a_level_starts_and_restarts_as_it_says() {
        check(
            &[("1", 0), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 2)],
            &["I.", "(c)", "I.1", "(d)", "II.", "(c)"],
        );
    }

    #[test]
    fn a_list_begins_anew_once_and_is_counted_on_by_others_of_its_pattern() {
        check(
            &[("1", 0), ("2", 0), ("2", 0), ("1", 0)],
            &["I.", "VII.", "VIII.", "IX."],
        );
    }

    #[test]
    fn a_legal_level_writes_all_in_figures() {
        check(&[("1", 0), ("1", 0), ("1", 3)], &["I.", "II.", "2.1"]);
    }

    #[test]
    fn bullets_and_figures_are_what_they_are() {
        check(&[("1", 4), ("1", 5), ("1", 6)], &["-", "blank", "1."]);
    }

    #[test]
    fn what_leads_to_no_list_has_no_number() {
        check(&[("0", 0), ("9", 0)], &["none", "none"]);
        check(&[("1", 4_000_000_000)], &["blank"]);
    }
}
