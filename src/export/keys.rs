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

/// A key for each source, in their order, no two alike: the first surname, the year, the first
/// word of the title that says something; sources that agree in all of this have a letter behind.
/// A source of a bibliography keeps its own. The same paper always gives the same keys.
pub(super) fn keys(sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let bare: Vec<String> = sources.all().iter().map(key).collect();
    for key in &bare {
        *seen.entry(key.clone()).or_default() += 1;
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(bare.len());
    let mut own: HashSet<&str> = HashSet::new();
    for (source, key) in sources.all().iter().zip(bare) {
        let is_own = !source.details.key.is_empty() && own.insert(&source.details.key);
        if is_own || seen.get(&key).copied().unwrap_or_default() < 2 {
            keys.push(key);
            continue;
        }
        let count = taken.entry(key.clone()).or_default();
        loop {
            let candidate = format!("{key}{}", letters(*count));
            *count += 1;
            if !seen.contains_key(&candidate) {
                keys.push(candidate);
                break;
            }
        }
    }
    keys
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
        (held == key, held)
    });
    told_apart(&held.collect::<Vec<_>>())
}

/// The keys, no two alike, also where capitals count as small letters, as in BibTeX: one that another
/// has already has letters behind. Those that are to stay as they are come first.
pub(super) fn told_apart(keys: &[(bool, String)]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut tried: HashMap<String, usize> = HashMap::new();
    let mut told = vec![String::new(); keys.len()];
    for are_to_stay in [true, false] {
        let keys = keys.iter().zip(&mut told);
        for ((_, key), told) in keys.filter(|((stays, _), _)| *stays == are_to_stay) {
            let mut candidate = key.clone();
            while !taken.insert(candidate.to_lowercase()) {
                let tried = tried.entry(key.to_lowercase()).or_default();
                candidate = format!("{key}{}", letters(*tried));
                *tried += 1;
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
            (false, "a"),
            (true, "b"),
            (true, "a"),
            (false, "aa"),
            (true, "a"),
        ];
        let keys = keys.map(|(stays, key)| (stays, key.to_owned()));
        assert_eq!(told_apart(&keys), ["ab", "b", "a", "aaa", "aa"]);
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
