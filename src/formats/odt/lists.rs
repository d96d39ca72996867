//! The numbers of list items and headings, as an ODF text counts them.

use std::collections::HashMap;

use crate::formats::office::item_labels::TypedItemLabel;
use crate::formats::office::numerals::Numeral;
use crate::formats::office::xml::XmlElement;

/// How deep lists go.
const LEVELS: usize = 10;

/// Labels are cut to so many characters.
const MAX_LABEL_CHARS: usize = 40;

/// How lists are numbered, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: HashMap<String, [OdtListLevel; LEVELS]>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// How a level of a list is written.
#[derive(Debug, Clone)]
struct OdtListLevel {
    numeral: Numeral,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels the label shows.
    shown_levels: usize,
}

/// The name under which the numbers of headings are kept.
const OUTLINE: &str = "\u{0}outline";

impl Default for OdtListLevel {
    fn default() -> Self {
        OdtListLevel {
            numeral: Numeral::Bullet,
            prefix: String::new(),
            suffix: String::new(),
            start: 1,
            shown_levels: 1,
        }
    }
}

impl Lists {
    /// Reads the list styles among the children of these elements.
    pub(super) fn new<'a>(groups: impl Iterator<Item = &'a XmlElement>) -> Self {
        let mut lists = Lists::default();
        for element in groups.flat_map(XmlElement::elements) {
            let name = match element.name() {
                "list-style" => element.attribute("name").unwrap_or_default(),
                "outline-style" => OUTLINE,
                _ => continue,
            };
            lists.styles.insert(name.to_owned(), levels(element));
        }
        lists
    }

    /// Begins a list of this style anew.
    pub(super) fn restart(&mut self, style: &str) {
        self.counts.remove(style);
    }

    /// Counts the next item of a list, at a level from 0.
    pub(super) fn next(&mut self, style: &str, level: usize, start: Option<u32>) -> TypedItemLabel {
        let level = level.min(LEVELS - 1);
        let Some(levels) = self.styles.get(style) else {
            return TypedItemLabel::Dot;
        };
        let counts = self.counts.entry(style.to_owned()).or_default();
        let Some(own) = levels.get(level) else {
            return TypedItemLabel::Dot;
        };
        for (index, count) in counts.iter_mut().enumerate() {
            if index == level {
                *count = Some(match (start, *count) {
                    (Some(start), _) => start,
                    (None, Some(count)) => count.saturating_add(1),
                    (None, None) => own.start,
                });
            } else if index > level {
                *count = None;
            }
        }
        own.label(levels, counts, level)
    }

    /// Counts the next heading; its label is empty where headings have no numbers.
    pub(super) fn next_heading(&mut self, level: u8, start: Option<u32>) -> String {
        let level = usize::from(level).saturating_sub(1);
        match self.next(OUTLINE, level, start) {
            TypedItemLabel::Number(number) => format!("{number}."),
            TypedItemLabel::Text(text) => text,
            TypedItemLabel::Dot | TypedItemLabel::Blank => String::new(),
        }
    }
}

impl OdtListLevel {
    fn new(element: &XmlElement) -> Option<Self> {
        let attribute = |name| element.attribute(name);
        let text = |name| attribute(name).unwrap_or_default().to_owned();
        let numeral = match element.name() {
            "list-level-style-number" | "outline-level-style" => {
                numeral(attribute("num-format").unwrap_or_default())
            }
            "list-level-style-bullet" | "list-level-style-image" => Numeral::Bullet,
            _ => return None,
        };
        let number = |name| attribute(name).and_then(|number| number.parse().ok());
        Some(OdtListLevel {
            numeral,
            prefix: text("num-prefix"),
            suffix: text("num-suffix"),
            start: number("start-value").unwrap_or(1),
            shown_levels: attribute("display-levels")
                .and_then(|levels| levels.parse().ok())
                .unwrap_or(1),
        })
    }

    fn label(
        &self,
        levels: &[OdtListLevel; LEVELS],
        counts: &[Option<u32>; LEVELS],
        level: usize,
    ) -> TypedItemLabel {
        match self.numeral {
            Numeral::Bullet => return TypedItemLabel::Dot,
            Numeral::None => {
                let sign = format!("{}{}", self.prefix, self.suffix);
                return match sign.trim() {
                    "" => TypedItemLabel::Blank,
                    sign => TypedItemLabel::Text(sign.chars().take(MAX_LABEL_CHARS).collect()),
                };
            }
            _ => {}
        }
        let from = (level + 1).saturating_sub(self.shown_levels.max(1));
        let numbers: Vec<String> = levels
            .iter()
            .zip(counts)
            .take(level + 1)
            .skip(from)
            .filter(|(level, _)| !matches!(level.numeral, Numeral::None | Numeral::Bullet))
            .map(|(level, count)| level.numeral.write(count.unwrap_or(level.start)))
            .collect();
        let count = counts.get(level).copied().flatten().unwrap_or(self.start);
        if let [number] = numbers.as_slice()
            && *number == count.to_string()
            && (self.prefix.trim(), self.suffix.trim()) == ("", ".")
        {
            return TypedItemLabel::Number(count.into());
        }
        let label = format!("{}{}{}", self.prefix, numbers.join("."), self.suffix);
        TypedItemLabel::Text(label.trim().chars().take(MAX_LABEL_CHARS).collect())
    }
}

fn levels(element: &XmlElement) -> [OdtListLevel; LEVELS] {
    let mut levels: [OdtListLevel; LEVELS] = Default::default();
    for child in element.elements() {
        let index = child
            .attribute("level")
            .and_then(|level| level.parse::<usize>().ok())
            .and_then(|level| level.checked_sub(1));
        if let Some(slot) = index.and_then(|index| levels.get_mut(index))
            && let Some(level) = OdtListLevel::new(child)
        {
            *slot = level;
        }
    }
    levels
}

/// The writing of an ODF number format; an empty one shows no number.
pub(super) fn numeral(format: &str) -> Numeral {
    match format {
        "" => Numeral::None,
        "i" => Numeral::LowerRoman,
        "I" => Numeral::UpperRoman,
        "a" => Numeral::LowerLetter,
        "A" => Numeral::UpperLetter,
        _ => Numeral::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::office::xml;

    fn lists() -> Lists {
        let (root, _) = xml::parse(
            r#"<office:styles><text:list-style style:name="L1">
                 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
                 <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
                 <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3" text:start-value="4"/>
                 <text:list-level-style-bullet text:level="4" text:bullet-char="•"/>
               </text:list-style>
               <text:outline-style>
                 <text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
                 <text:outline-level-style text:level="2" style:num-format=""/>
               </text:outline-style></office:styles>"#.as_bytes(),
        );
        Lists::new([&root].into_iter())
    }

    fn text(text: &str) -> TypedItemLabel {
        TypedItemLabel::Text(text.to_owned())
    }

    #[test]
    fn items_are_counted_and_written_as_their_level_says() {
        let mut lists = lists();
        assert_eq!(lists.next("L1", 0, None), TypedItemLabel::Number(1));
        assert_eq!(lists.next("L1", 1, None), text("(a)"));
        assert_eq!(lists.next("L1", 2, None), text("1.a.4"));
        assert_eq!(lists.next("L1", 0, Some(7)), TypedItemLabel::Number(7));
        assert_eq!(lists.next("L1", 1, None), text("(a)"));
        assert_eq!(lists.next("L1", 3, None), TypedItemLabel::Dot);
        lists.restart("L1");
        assert_eq!(lists.next("L1", 0, None), TypedItemLabel::Number(1));
        assert_eq!(lists.next("unknown", 99, None), TypedItemLabel::Dot);
    }

    #[test]
    fn headings_have_the_numbers_of_the_outline() {
        let mut lists = lists();
        assert_eq!(lists.next_heading(1, None), "I.");
        assert_eq!(lists.next_heading(2, None), "");
        assert_eq!(lists.next_heading(1, None), "II.");
    }
}
