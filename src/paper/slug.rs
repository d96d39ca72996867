//! Names for headings that have none of their own.

use std::collections::HashMap;

use super::script::letter;

/// The longest name of a heading, in bytes. Every place in JSON repeats its section's.
pub(super) const MAX_SLUG_BYTES: usize = 300;

/// The words of a heading as GitHub makes an anchor of them: lower case, blanks as hyphens,
/// punctuation left out. Never empty, and cut off where it is very long.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(MAX_SLUG_BYTES));
    for char in title.trim().chars().map(letter) {
        if slug.len() >= MAX_SLUG_BYTES {
            break;
        }
        match char {
            ' ' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(char),
            _ if char.is_alphanumeric() => slug.extend(char.to_lowercase()),
            _ => {}
        }
    }
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

/// Names that have been given away, so that none is given twice.
#[derive(Debug, Default)]
pub(super) struct SlugSet {
    /// For each name the number to try next.
    taken: HashMap<String, u64>,
}

impl SlugSet {
    /// Whether the name was free; it is not from now on.
    pub(super) fn reserve(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned(), 1).is_none()
    }

    /// The name itself if it is free, else with the first number that makes it so.
    pub(super) fn claim(&mut self, name: String) -> String {
        let Some(next) = self.taken.get(&name).copied() else {
            self.taken.insert(name.clone(), 1);
            return name;
        };
        let free = (next..).map(|number| (number, format!("{name}-{number}")));
        let mut free = free.skip_while(|(_, candidate)| self.taken.contains_key(candidate));
        let (number, claimed) = free.next().unwrap_or((next, name.clone()));
        drop(free);
        self.taken.insert(name, number + 1);
        self.taken.insert(claimed.clone(), 1);
        claimed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_slug_is_cut_off() {
        let long = slug(&"Größe ".repeat(1000));
        assert!((MAX_SLUG_BYTES..MAX_SLUG_BYTES + 4).contains(&long.len()));
        assert!(long.starts_with("größe-größe"));
    }

    #[test]
    fn a_slug_is_the_words_in_lower_case_with_hyphens() {
        assert_eq!(slug("What's New in 2.0?"), "whats-new-in-20");
        assert_eq!(
            slug("Über uns_und–andere - Größen"),
            "über-uns_undandere---größen"
        );
        assert_eq!(slug(" !? "), "section");
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = SlugSet::default();
        assert!(names.reserve("a-1"));
        assert!(!names.reserve("a-1"));
        let claimed = ["a", "a", "a-1", "a"].map(|name| names.claim(name.to_owned()));
        assert_eq!(claimed, ["a", "a-2", "a-1-1", "a-3"]);
    }
}
