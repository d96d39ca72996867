//! What holds for every bibliography.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use crate::formats::Bibliography;
use crate::formats::bibliography::reference::{
    ReferenceForm, people_in_short, reference_text, year_in_short,
};
use crate::paper::clean;

/// What one entry may take over from others and from texts with names, in bytes, in all of its
/// fields together; a field may stand in a reference twice.
const MAX_GROWTH_BYTES: usize = 64 << 10;

/// Holds a bibliography to all that is promised of it: nothing in it acts on a terminal, and no
/// entry is much longer than what was typed.
pub fn hold(name: &str, bytes: &[u8]) {
    let mut all = Bibliography::default();
    if all.add(name, bytes).is_err() {
        assert!(all.is_empty());
        return;
    }
    for key in all.keys() {
        assert!(all.has(key));
        let work = all.get(key).unwrap();
        assert_eq!(work.key, key);
        assert_eq!(clean(key), key);
        for form in [
            ReferenceForm::AuthorDate,
            ReferenceForm::Note,
            ReferenceForm::Plain,
        ] {
            let text = reference_text(&work, form);
            assert!(!text.contains(char::is_control), "{text:?}");
            assert!(text.len() <= 4 * bytes.len() + MAX_GROWTH_BYTES);
        }
        for text in [people_in_short(&work), year_in_short(&work)] {
            assert!(!text.contains(char::is_control), "{text:?}");
        }
        let words = [&work.abstract_text, &work.annotation, &work.doi, &work.url];
        for text in words.into_iter().chain(&work.files) {
            assert!(!text.contains(char::is_control), "{text:?}");
        }
    }
}
