//! Keys by which sources are cited in other programs: `shakhanova2025sinorussian`.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::paper::letters;
use crate::sources::{Details, Name, Source, Sources};

/// Words that begin titles and tell nothing of them.
const EMPTY_WORDS: [&str; 36] = [
    "a", "an", "the", "on", "of", "in", "to", "for", "and", "der", "die", "das", "den", "dem",
    "des", "ein", "eine", "zur", "zum", "le", "la", "les", "l", "un", "une", "des", "du", "de",
    "el", "los", "las", "il", "o", "os", "het", "een",
];

/// How a key is to be told apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum KeyClaim {
    /// It stays as it is, before all others.
    Stays,
    /// It has letters only where another one is the same.
    IfTaken,
    /// It has letters, since several begin so.
    Always,
}

/// A key for each source, in their order, no two alike but for those of one work: the first surname,
/// the year, the first word of the title that says something; works that agree in all of this have a
/// letter behind. A source of a bibliography keeps its own. The same paper always gives the same keys.
pub(super) fn keys(sources: &Sources) -> Vec<String> {
    let firsts = sources.first_of_work();
    let works = firsts.iter().zip(sources.all()).enumerate();
    let works: Vec<(usize, &Source)> = works
        .filter(|(index, (first, _))| first.0 == *index)
        .map(|(index, (_, source))| (index, source))
        .collect();
    let bare: Vec<String> = works.iter().map(|(_, source)| key(source)).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for key in &bare {
        *seen.entry(key).or_default() += 1;
    }
    let mut own: HashSet<&str> = HashSet::new();
    let claims = works.iter().zip(&bare).map(|((_, source), key)| {
        let is_own = !source.details.key.is_empty() && own.insert(&source.details.key);
        let is_alone = seen.get(key.as_str()) == Some(&1);
        if is_own || is_alone {
            (KeyClaim::Stays, key.clone())
        } else {
            (KeyClaim::Always, key.clone())
        }
    });
    let told = told_apart(&claims.collect::<Vec<_>>(), str::to_owned);
    let of_works: HashMap<usize, String> =
        works.iter().map(|(index, _)| *index).zip(told).collect();
    let each = firsts.iter().map(|first| of_works.get(&first.0).cloned());
    each.map(Option::unwrap_or_default).collect()
}

fn key(source: &Source) -> String {
    match key_of(&source.details) {
        key if key.is_empty() => format!("source{}", folded(&source.name)),
        key => key,
    }
}

/// The key of a work by itself; empty if nothing is known of it.
pub(super) fn key_of(details: &Details) -> String {
    if !details.key.is_empty() {
        return details.key.clone();
    }
    let makers = details.authors.iter().chain(&details.editors);
    let name = makers.map(Name::family).next().unwrap_or_default();
    let mut key = folded(name);
    key.truncate(24);
    if let Some(date) = details.date {
        key.push_str(&date.year.to_string());
    }
    let mut words = details
        .title
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '—'));
    let word = words.find_map(|word| {
        let word = folded(word);
        (!word.is_empty() && !EMPTY_WORDS.contains(&word.as_str())).then_some(word)
    });
    let mut word = word.unwrap_or_default();
    word.truncate(24);
    key.push_str(&word);
    key
}

/// The keys with hyphens for what ends a key in BibTeX or is a sign of TeX, no two alike.
pub(super) fn held_by_bibtex<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_held = |char: &char| !char.is_whitespace() && !"\"#%'(),=@\\{}~$^&".contains(*char);
    let held = keys.map(|key| {
        let held: String = key
            .chars()
            .map(|char| if is_held(&char) { char } else { '-' })
            .collect();
        if held == key {
            (KeyClaim::Stays, held)
        } else {
            (KeyClaim::IfTaken, held)
        }
    });
    // Capitals count as small letters in BibTeX.
    told_apart(&held.collect::<Vec<_>>(), str::to_lowercase)
}

/// The keys, no two alike, also not as `compared` has them: with letters behind where they need them.
pub(super) fn told_apart(keys: &[(KeyClaim, String)], compared: fn(&str) -> String) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut tried: HashMap<String, usize> = HashMap::new();
    let mut told = vec![String::new(); keys.len()];
    for are_to_stay in [true, false] {
        let keys = keys.iter().zip(&mut told);
        let keys = keys.filter(|((claim, _), _)| (*claim == KeyClaim::Stays) == are_to_stay);
        for ((claim, key), told) in keys {
            let mut candidate = key.clone();
            let mut has_letters = *claim != KeyClaim::Always;
            while !has_letters || !taken.insert(compared(&candidate)) {
                let tried = tried.entry(compared(key)).or_default();
                candidate = format!("{key}{}", letters(*tried));
                *tried += 1;
                has_letters = true;
            }
            *told = candidate;
        }
    }
    told
}

/// Small ASCII letters and digits, and nothing else.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c if c.is_ascii_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::formats::{Format, ReadOptions, read};

    #[test]
    fn keys_are_of_name_year_and_title_and_no_two_are_alike() {
        let paper = parse(
            "1[^1] 2[^2] 3[^3].\n\n\
             [^1]: Björn Düben (2019) The First Book. Oxford: OUP.\n\n\
             [^2]: Björn Düben (2019) The First Article. Oxford: OUP.\n\n\
             [^3]: *Brown v. Board of Education*, 347 U.S. 483 (1954).\n",
        );
        let keys = keys(&Sources::read(&paper.paper));
        assert_eq!(keys, ["duben2019firsta", "duben2019firstb", "1954brown"]);
    }

    #[test]
    fn a_key_of_a_bibliography_stays_as_it_is() {
        let bib = r#"[{"id": "doi:10.1/a_b", "title": "One"}, {"id": "a{b},c d", "title": "Two"},
            {"id": "a-b--c-d", "title": "Three"}, {"id": "smith2019first", "title": "Other"}]"#;
        let options = ReadOptions {
            from: Some(Format::Markdown),
            beside: &|_| Some(bib.as_bytes().to_vec()),
            ..ReadOptions::default()
        };
        let text = "---\nbibliography: a.json\nnocite: '@*'\n---\nText[^1].\n\n\
                    [^1]: John Smith, *The First Book* (Oxford: OUP, 2019).\n";
        let paper = read(text.as_bytes(), &options).unwrap().paper;
        let keys = keys(&Sources::read(&paper));
        let own = ["doi:10.1/a_b", "smith2019first", "a-b--c-d", "a{b},c d"];
        assert_eq!(keys, [&own[..], &["smith2019firsta"]].concat());
    }

    #[test]
    fn a_key_that_another_has_already_has_letters_behind() {
        let keys = [
            (KeyClaim::IfTaken, "a"),
            (KeyClaim::Stays, "b"),
            (KeyClaim::Stays, "a"),
            (KeyClaim::IfTaken, "aa"),
            (KeyClaim::Stays, "a"),
            (KeyClaim::Always, "c"),
        ];
        let keys = keys.map(|(claim, key)| (claim, key.to_owned()));
        let told = told_apart(&keys, str::to_owned);
        assert_eq!(told, ["ab", "b", "a", "aaa", "aa", "ca"]);
    }

    #[test]
    fn keys_that_differ_in_capitals_alone_are_told_apart_for_bibtex() {
        let keys = ["Smith2019", "smith2019", "SMITH2019a"];
        let held = held_by_bibtex(keys.into_iter());
        assert_eq!(held, ["Smith2019", "smith2019a", "SMITH2019aa"]);
    }

    #[test]
    fn letters_go_on_behind_z() {
        assert_eq!([0, 25, 26, 27].map(letters), ["a", "z", "aa", "ab"]);
    }
}
