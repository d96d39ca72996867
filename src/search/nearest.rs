//! What was probably meant by a word that was mistyped.

use strsim::osa_distance;

/// The name nearest to a word, if only a few letters are wrong: one in three at most, two
/// neighbours that changed places counting as one. Without regard to case.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = compared(word);
    let near = names.into_iter().filter_map(|name| {
        let letters = compared(name);
        let distance = osa_distance(&word, &letters);
        let length = letters.chars().count().max(word.chars().count());
        (distance > 0 && distance * 3 <= length).then_some((distance, name))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// So many letters of a name are compared.
const MAX_NAME_LETTERS: usize = 64;

fn compared(name: &str) -> String {
    name.to_lowercase().chars().take(MAX_NAME_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let names = ["print", "papers", "bookmarks", "Introduction"];
        assert_eq!(nearest(word, names), expected, "{word}");
    }

    #[test]
    fn a_few_wrong_letters_still_lead_to_the_name() {
        check("prnit", Some("print"));
        check("papres", Some("papers"));
        check("bookmark", Some("bookmarks"));
        check("itnroduction", Some("Introduction"));
    }

    #[test]
    fn another_word_leads_nowhere() {
        check("thesis", None);
        check("p", None);
        check("", None);
    }
}
