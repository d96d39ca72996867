//! The laws of searching, tried on random text.

use proptest::prelude::*;

use super::laws::{hold, hold_words};
use crate::formats::markdown::parse;
use crate::search::{Mode, Query};

/// Letters that fold to others, to several, or to nothing, and what parts blocks.
const TEXT: &str = "([a-eßæÉéﬁ…“‘—İ ]|e\u{301}|\u{ad}|\u{200d}|か\u{3099}|ᄀ|ᅡ|\\*|\n|\n\n){0,60}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_whole_in_order_and_the_same_in_slices(text in TEXT, pattern in "[a-eé. ]{1,3}") {
        for mode in [Mode::Plain, Mode::Regex] {
            hold(&parse(&text).paper, &Query::parse(&pattern, mode).unwrap());
        }
    }

    #[test]
    fn words_are_found_where_they_stand(text in TEXT, seed: usize) {
        hold_words(&parse(&text).paper, seed);
    }
}
