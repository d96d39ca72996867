//! Languages as LaTeX's Babel calls them, and so BibLaTeX in `langid`.

/// The names and the tags of languages. Of several names of one language the first is written.
/// From Babel's manual, section 1.20, "Tentative list of locales and languages".
const LANGUAGES: [(&str, &str); 44] = [
    ("english", "en"),
    ("american", "en-US"),
    ("usenglish", "en-US"),
    ("british", "en-GB"),
    ("ukenglish", "en-GB"),
    ("australian", "en-AU"),
    ("canadian", "en-CA"),
    ("ngerman", "de"),
    ("german", "de"),
    ("naustrian", "de-AT"),
    ("austrian", "de-AT"),
    ("nswissgerman", "de-CH"),
    ("swissgerman", "de-CH"),
    ("french", "fr"),
    ("francais", "fr"),
    ("acadian", "fr-CA"),
    ("italian", "it"),
    ("spanish", "es"),
    ("catalan", "ca"),
    ("portuguese", "pt"),
    ("portuges", "pt"),
    ("brazilian", "pt-BR"),
    ("brazil", "pt-BR"),
    ("dutch", "nl"),
    ("danish", "da"),
    ("swedish", "sv"),
    ("norsk", "nb"),
    ("nynorsk", "nn"),
    ("finnish", "fi"),
    ("icelandic", "is"),
    ("polish", "pl"),
    ("czech", "cs"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("croatian", "hr"),
    ("hungarian", "hu"),
    ("magyar", "hu"),
    ("romanian", "ro"),
    ("bulgarian", "bg"),
    ("russian", "ru"),
    ("ukrainian", "uk"),
    ("greek", "el"),
    ("turkish", "tr"),
    ("latin", "la"),
];

/// The tag of a language by its name in Babel: `de` for `ngerman`.
pub(crate) fn tag_of(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let mut all = LANGUAGES.iter();
    let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, tag)| *tag)
}

/// The name that Babel has for the language with this tag: `ngerman` for `de`.
pub(crate) fn name_of(tag: &str) -> Option<&'static str> {
    let mut all = LANGUAGES.iter();
    let found = all.find(|(_, known)| known.eq_ignore_ascii_case(tag));
    found.map(|(name, _)| *name)
}

/// The tag of the language that a document is in, by the options of its class or of Babel:
/// `main=french`, else the last that is a language.
pub(super) fn tag_in_options(options: &str) -> Option<&'static str> {
    let options = options.split(',').map(str::trim);
    let main = options.clone().filter_map(|option| {
        let (key, value) = option.split_once('=')?;
        (key.trim() == "main").then_some(value)
    });
    main.chain(options.rev()).find_map(tag_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_goes_to_its_tag_and_back() {
        for (name, tag) in LANGUAGES {
            assert_eq!(tag_of(name), Some(tag));
            assert_eq!(name_of(tag).and_then(tag_of), Some(tag), "{tag}");
        }
        assert_eq!(tag_of("nGerman "), Some("de"));
        assert_eq!(name_of("de"), Some("ngerman"));
        assert_eq!(tag_of("klingon"), None);
    }

    #[test]
    fn the_main_language_is_named_or_the_last_option() {
        for (options, tag) in [
            ("a4paper, 12pt", None),
            ("12pt,english, ngerman", Some("de")),
            ("main=french,english", Some("fr")),
            ("ngerman,shorthands=off", Some("de")),
        ] {
            assert_eq!(tag_in_options(options), tag, "{options}");
        }
    }
}
