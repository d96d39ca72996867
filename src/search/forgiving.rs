//! Forgiving a mistyped letter where nothing matches exactly.

/// Words with fewer letters are not forgiven: too much is like them.
const MIN_WORD_LETTERS: usize = 4;

/// Whether a text has the word, or one that begins like it but for one letter: left out, added,
/// mistaken, or swapped with the next. Both are plain. Figures are meant as they are typed.
pub(crate) fn nearly_has(text: &str, word: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let is_forgiven =
        word.chars().all(char::is_alphabetic) && word.chars().nth(MIN_WORD_LETTERS - 1).is_some();
    text.contains(word) || is_forgiven && words.any(|said| nearly_begins(said, word))
}

fn nearly_begins(said: &str, typed: &str) -> bool {
    let pairs = said.chars().zip(typed.chars());
    let same: usize = pairs
        .take_while(|(said, typed)| said == typed)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let said = said.get(same..).unwrap_or_default();
    let typed = typed.get(same..).unwrap_or_default();
    let (Some((first, said_on)), Some((begun, typed_on))) = (split(said), split(typed)) else {
        // Whichever is longer has at most a letter more.
        return typed.chars().nth(1).is_none();
    };
    let is_swapped = || match (split(said_on), split(typed_on)) {
        (Some((second, said)), Some((then, typed))) => {
            (first, second) == (then, begun) && said.starts_with(typed)
        }
        _ => false,
    };
    let (is_mistaken, is_left_out) = (said_on.starts_with(typed_on), said_on.starts_with(typed));
    is_mistaken || is_left_out || said.starts_with(typed_on) || is_swapped()
}

fn split(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    letters.next().map(|first| (first, letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_be_left_out_added_mistaken_or_swapped() {
        for typed in [
            "gabeuv", "gabuv", "gabuuev", "gabxev", "xabuev", "gabeu", "gabuevs",
        ] {
            assert!(nearly_has("alexander gabuev", typed), "{typed}");
        }
        for typed in ["gxbxev", "bage", "gabuevss", "evubag"] {
            assert!(!nearly_has("alexander gabuev", typed), "{typed}");
        }
    }

    #[test]
    fn short_words_and_figures_are_meant_as_they_are_typed() {
        assert!(!nearly_has("method", "mth"));
        assert!(!nearly_has("in 2024", "2025"));
        assert!(nearly_has("in 2024", "202"));
    }

    #[test]
    fn letters_of_several_bytes_are_letters() {
        assert!(nearly_has("введение", "ввдение"));
        assert!(nearly_has("straße øre", "strøße"));
    }
}
