//! What was probably meant by a word that was mistyped.

/// The name nearest to a word, if only a few letters are wrong: one in three at most, two
/// neighbours that changed places counting as one. Without regard to case.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(MOST_LETTERS).collect();
    let near = names.into_iter().filter_map(|name| {
        let letters: Vec<char> = name.to_lowercase().chars().take(MOST_LETTERS).collect();
        let distance = distance(&word, &letters);
        (distance > 0 && distance * 3 <= letters.len().max(word.len())).then_some((distance, name))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// So many letters of a name are compared.
const MOST_LETTERS: usize = 64;

/// How many letters must be put in, left out or changed, or change places with the next.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut next = vec![index + 1];
        for (column, beside) in other.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&row, column) + usize::from(letter != beside))
                .min(at(&row, column + 1) + 1)
                .min(at(&next, column) + 1);
            let before = index.checked_sub(1).and_then(|last| one.get(last));
            let left = column.checked_sub(1).and_then(|last| other.get(last));
            if before == Some(beside) && left == Some(letter) {
                least = least.min(at(&above, column - 1) + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
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
