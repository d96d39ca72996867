//! What the reader calls the kinds of highlights. Files and exports have names of their own.

use crate::layout::ruler;
use crate::paper::clean;
use crate::shelf::HighlightKind;

/// The most columns of a name, which has to fit beside a row of a list.
const MAX_NAME_COLUMNS: u16 = 20;

/// The names of [`HighlightKind::ALL`], in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindNames([String; 5]);

impl Default for KindNames {
    fn default() -> Self {
        KindNames(HighlightKind::ALL.map(|kind| kind.name().to_owned()))
    }
}

impl KindNames {
    /// These names.
    ///
    /// # Errors
    /// What they must be, where they are not.
    pub(crate) fn new(names: Vec<String>) -> Result<Self, String> {
        let expected = || format!("five different names of up to {MAX_NAME_COLUMNS} columns");
        let is_name = |name: &String| {
            let columns = ruler::columns(name);
            !name.trim().is_empty() && columns <= MAX_NAME_COLUMNS && clean(name) == *name
        };
        let are_names = names.iter().all(is_name);
        let mut known = names.iter().enumerate();
        let are_distinct = known.all(|(at, name)| !names.iter().skip(at + 1).any(|it| it == name));
        let names: [String; 5] = names.try_into().map_err(|_| expected())?;
        if are_names && are_distinct {
            Ok(KindNames(names))
        } else {
            Err(expected())
        }
    }

    pub(crate) fn name<'a>(&'a self, kind: &'a HighlightKind) -> &'a str {
        let known = HighlightKind::ALL.iter().position(|it| it == kind);
        let name = known.and_then(|index| self.0.get(index));
        name.map_or_else(|| kind.name(), String::as_str)
    }

    /// The text with each kind in braces, as [`KindNames::placeholder`] writes it, replaced by its
    /// name.
    pub(crate) fn expand(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for kind in &HighlightKind::ALL {
            text = text.replace(&Self::placeholder(kind), self.name(kind));
        }
        text
    }

    /// What stands for a kind in a notice.
    pub(crate) fn placeholder(kind: &HighlightKind) -> String {
        match kind {
            HighlightKind::Other(name) => name.clone(),
            kind => format!("{{kind/{kind}}}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: [&str; 5]) -> Result<KindNames, String> {
        KindNames::new(names.map(str::to_owned).to_vec())
    }

    #[test]
    fn each_kind_has_the_readers_name_in_words_and_in_notices() {
        let names = named(["thesis", "proof", "why?", "cite", "no"]).unwrap();
        assert_eq!(names.name(&HighlightKind::Evidence), "proof");
        let other = HighlightKind::from_name("later");
        assert_eq!(names.name(&other), "later");
        let notice = format!("now {}", KindNames::placeholder(&HighlightKind::Claim));
        assert_eq!(names.expand(&notice), "now thesis");
        assert_eq!(KindNames::default().expand(&notice), "now claim");
        assert_eq!(KindNames::placeholder(&other), "later");
    }

    #[test]
    fn names_that_cannot_be_told_apart_or_shown_are_refused() {
        assert!(named(["a", "b", "c", "d", "a"]).is_err());
        assert!(named(["a", "b", "c", "d", " "]).is_err());
        assert!(named(["a", "b", "c", "d", "\u{1b}[2J"]).is_err());
        assert!(named(["a", "b", "c", "d", "a name that is far too long"]).is_err());
        assert!(KindNames::new(vec!["a".to_owned()]).is_err());
    }
}
