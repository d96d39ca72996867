//! The captions of figures and tables, told by their words.

/// What captions begin with, before their number.
const NAMES: [&str; 11] = [
    "figure",
    "fig",
    "figura",
    "table",
    "tabla",
    "tableau",
    "listing",
    "abbildung",
    "abb",
    "tabelle",
    "tab",
];

/// Whether a text begins as `Table 3.1` or `Figure 2:` do.
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(name), Some(number)) = (words.next(), words.next()) else {
        return false;
    };
    let name = name.trim_end_matches('.').to_lowercase();
    NAMES.contains(&name.as_str()) && number.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_told_by_its_name_and_number() {
        for caption in ["Table 3.1", "FIG. 2: Wool", "Abb. 7"] {
            assert!(is_caption(caption), "{caption}");
        }
        for text in ["Table", "Tables 3", "Figure of speech", ""] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
