//! The people of a field of BibTeX.

use super::tex::plain;
use crate::paper::Name;

/// So many people of one entry are read.
const MAX_PEOPLE: usize = 500;

/// The people of a field, which `and` parts, and whether there are others.
pub(super) fn people(field: &str) -> (Vec<Name>, bool) {
    let mut all: Vec<&str> = parted(field);
    let has_others = all.last().is_some_and(|last| *last == "others");
    if has_others {
        all.pop();
    }
    let names = all.into_iter().take(MAX_PEOPLE).filter_map(person);
    (names.collect(), has_others)
}

/// The texts between the `and`s that stand in no braces.
fn parted(field: &str) -> Vec<&str> {
    let mut people = Vec::new();
    let (mut depth, mut from, mut at) = (0_usize, 0, 0);
    for word in field.split_inclusive(char::is_whitespace) {
        if depth == 0 && word.trim().eq_ignore_ascii_case("and") {
            people.push(field.get(from..at).unwrap_or_default().trim());
            from = at + word.len();
        }
        depth = (depth + word.matches('{').count()).saturating_sub(word.matches('}').count());
        at += word.len();
    }
    people.push(field.get(from..).unwrap_or_default().trim());
    people.retain(|person| !person.is_empty());
    people
}

/// `{Whole Name}`, `family=…, given=…`, `von Family, Jr, Given`, `Given von Family`.
fn person(text: &str) -> Option<Name> {
    if is_enclosed(text) {
        let name = plain(text);
        return (!name.is_empty()).then_some(Name::Whole(name));
    }
    let parts = commas(text);
    let (family, given, suffix) = match parts.as_slice() {
        _ if text.contains("family=") || text.contains("family =") => by_names(&parts),
        [family, given] => (plain(family), plain(given), String::new()),
        [family, suffix, given, ..] => (plain(family), plain(given), plain(suffix)),
        _ => {
            let (family, given) = natural(text);
            (family, given, String::new())
        }
    };
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Name::Whole(given)),
        _ => Some(Name::Person {
            family,
            given,
            suffix,
        }),
    }
}

/// Whether one pair of braces encloses the whole.
fn is_enclosed(text: &str) -> bool {
    let mut depth = 0_usize;
    let last = text.len().saturating_sub(1);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && at < last {
            return false;
        }
    }
    text.len() > 1 && text.ends_with('}')
}

/// The parts between commas that stand in no braces.
fn commas(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(text.get(from..at).unwrap_or_default().trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default().trim());
    parts
}

/// `family=Beethoven, prefix=van, given=Ludwig, suffix=…`.
fn by_names(parts: &[&str]) -> (String, String, String) {
    let part = |wanted: &str| {
        let mut found = parts.iter().filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            (name.trim() == wanted).then(|| plain(value.trim().trim_matches('"')))
        });
        found.next().unwrap_or_default()
    };
    let family = format!("{} {}", part("prefix"), part("family"));
    (family.trim().to_owned(), part("given"), part("suffix"))
}

/// `Ludwig van Beethoven`: what is small belongs to the family name.
fn natural(text: &str) -> (String, String) {
    let mut words: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for word in text.split_whitespace() {
        match words.last_mut().filter(|_| depth > 0) {
            Some(last) => {
                last.push(' ');
                last.push_str(word);
            }
            None => words.push(word.to_owned()),
        }
        depth = (depth + word.matches('{').count()).saturating_sub(word.matches('}').count());
    }
    let is_small = |word: &String| plain(word).starts_with(char::is_lowercase);
    let last = words.len().saturating_sub(1);
    let first_small = words.iter().take(last).position(is_small);
    let start = first_small.unwrap_or(last);
    let joined = |words: &[String]| plain(&words.join(" "));
    let (given, family) = words.split_at_checked(start).unwrap_or_default();
    (joined(family), joined(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: &str, expected: &[(&str, &str)]) {
        let (names, _) = people(field);
        let shown: Vec<(&str, &str)> = names
            .iter()
            .map(|name| match name {
                Name::Person { family, given, .. } => (family.as_str(), given.as_str()),
                Name::Whole(name) => ("", name.as_str()),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn people_are_parted_into_their_names() {
        check(
            "Smith, Jane and Ludwig van Beethoven",
            &[("Smith", "Jane"), ("van Beethoven", "Ludwig")],
        );
        check(
            "{World Health and Safety}",
            &[("", "World Health and Safety")],
        );
        check(
            "{\\'A}lvarez, {\\'E}va and de la Cruz, Juan",
            &[("Álvarez", "Éva"), ("de la Cruz", "Juan")],
        );
        check("King, Jr, Martin Luther", &[("King", "Martin Luther")]);
        check(
            "family=Beethoven, prefix=van, given=Ludwig",
            &[("van Beethoven", "Ludwig")],
        );
        check("Plato", &[("Plato", "")]);
        check("{Barnes and Noble}, Inc.", &[("Barnes and Noble", "Inc.")]);
        assert!(people("A and others").1);
        check("", &[]);
    }

    #[test]
    fn what_stands_behind_a_name_is_no_given_name() {
        for field in [
            "King, Jr., Martin Luther",
            "family=King, given=Martin Luther, suffix=Jr.",
        ] {
            let (names, _) = people(field);
            assert_eq!(
                names.first().map(Name::natural).as_deref(),
                Some("Martin Luther King Jr.")
            );
            assert_eq!(
                names.first().map(Name::inverted).as_deref(),
                Some("King, Martin Luther, Jr.")
            );
        }
    }
}
