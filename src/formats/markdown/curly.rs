//! Attributes in braces, as Pandoc has them: `{#id .class key="value"}`; and Kramdown's, with a
//! colon: `{: .class}`.

/// Attributes are at most so many bytes long; what is longer is text.
const MAX_ATTRIBUTES_BYTES: usize = 1000;

/// What stands in braces.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Curly<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) classes: Vec<&'a str>,
    pub(super) pairs: Vec<(&'a str, &'a str)>,
    /// The format of raw text, as in `{=html}`.
    pub(super) format: Option<&'a str>,
}

impl<'a> Curly<'a> {
    /// Reads the attributes that the text begins with, and says how many bytes they are. Braces
    /// in which anything else stands are text.
    pub(super) fn parse(text: &'a str) -> Option<(Self, usize)> {
        let near = text.get(..text.floor_char_boundary(MAX_ATTRIBUTES_BYTES))?;
        let mut rest = near.strip_prefix('{')?;
        rest = rest.strip_prefix(':').unwrap_or(rest);
        let mut curly = Curly::default();
        loop {
            rest = next_word(rest)?;
            if let Some(behind) = rest.strip_prefix('}') {
                let bytes = near.len() - behind.len();
                return (curly != Curly::default()).then_some((curly, bytes));
            }
            rest = curly.take_word(rest)?;
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        let mut pairs = self.pairs.iter();
        pairs
            .find(|(known, _)| *known == key)
            .map(|(_, value)| *value)
    }

    /// Whether one of the classes is this one.
    pub(super) fn has(&self, class: &str) -> bool {
        self.classes.contains(&class)
    }

    /// Takes the word that the text begins with; returns what follows it.
    fn take_word(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(rest) = text.strip_prefix('#') {
            let (id, rest) = name(rest)?;
            self.id = Some(id);
            return Some(rest);
        }
        if let Some(rest) = text.strip_prefix('.') {
            let (class, rest) = name(rest)?;
            self.classes.push(class);
            return Some(rest);
        }
        if let Some(rest) = text.strip_prefix('=') {
            let (format, rest) = name(rest)?;
            self.format = Some(format);
            return Some(rest);
        }
        if let Some(rest) = text.strip_prefix('-') {
            self.classes.push("unnumbered");
            return rest.starts_with([' ', '\t', '}']).then_some(rest);
        }
        let (key, rest) = name(text)?;
        let rest = rest.strip_prefix('=')?;
        let (value, rest) = value(rest)?;
        self.pairs.push((key, value));
        Some(rest)
    }
}

/// What follows the blanks, among which a line may end: Pandoc breaks lines there.
fn next_word(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t', '\n']);
    let blanks = text.get(..text.len() - rest.len())?;
    (blanks.matches('\n').count() <= 1).then_some(rest)
}

/// The name that the text begins with, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let is_sound = |char: char| char.is_alphanumeric() || "-_.:/%+".contains(char);
    let end = text.find(|char| !is_sound(char)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    (!name.is_empty()).then_some((name, rest))
}

/// The value that the text begins with, in quotes or without, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote);
        }
    }
    let end = text.find([' ', '\t', '}', '"', '\'', '{'])?;
    text.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of the text, and what is left of it.
    fn read(text: &str) -> Option<(Curly<'_>, &str)> {
        Curly::parse(text).map(|(curly, bytes)| (curly, text.get(bytes..).unwrap()))
    }

    #[test]
    fn names_classes_and_values_are_read() {
        let (curly, rest) = read("{#a .b .c-d key=1% title=\"An 'e'\" -} f").unwrap();
        assert_eq!(curly.id, Some("a"));
        assert_eq!(curly.classes, ["b", "c-d", "unnumbered"]);
        assert_eq!(curly.get("key"), Some("1%"));
        assert_eq!(curly.get("title"), Some("An 'e'"));
        assert_eq!(rest, " f");
    }

    #[test]
    fn a_colon_may_stand_at_the_head() {
        assert_eq!(read("{:.a}b").unwrap().0.classes, ["a"]);
        assert_eq!(read("{: #a }").unwrap().0.id, Some("a"));
        assert_eq!(read("{=html}").unwrap().0.format, Some("html"));
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{}", "{a}", "{a, b}", "{#}", "{.a", "{.a .b c}", "{\"a\"}"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
