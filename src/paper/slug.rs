//! Names for headings that have none of their own.

use std::collections::HashMap;

/// The words of a heading as GitHub makes an anchor of them: lower case, blanks as hyphens,
/// punctuation left out. Never empty.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for char in title.trim().chars() {
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
pub(super) struct Names {
    /// For each name the number to try next.
    taken: HashMap<String, u64>,
}

impl Names {
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
