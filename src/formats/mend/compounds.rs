//! Which halves of a word that is broken at a hyphen make a compound, whose hyphen is its own.
//!
//! The lists are of English, for there compounds have hyphens; in other languages nearly every
//! hyphen at the end of a line is the line's.

/// What makes a compound with nearly every word that is not an ending.
const HEADS: [&str; 22] = [
    "all", "cross", "deep", "east", "far", "full", "half", "hard", "high", "ill", "long", "low",
    "mid", "much", "near", "north", "quasi", "self", "short", "south", "well", "west",
];
/// What makes one with a word that stands by itself.
const PREFIXES: [&str; 8] = [
    "anti", "co", "counter", "multi", "non", "post", "semi", "vice",
];
/// What makes one with the word before it.
const TAILS: [&str; 46] = [
    "affiliated",
    "aligned",
    "approved",
    "armed",
    "backed",
    "based",
    "built",
    "centred",
    "centric",
    "century",
    "class",
    "controlled",
    "dominated",
    "driven",
    "equipped",
    "friendly",
    "funded",
    "intensive",
    "launched",
    "level",
    "linked",
    "made",
    "making",
    "mile",
    "minded",
    "month",
    "occupied",
    "oriented",
    "owned",
    "party",
    "powered",
    "range",
    "related",
    "run",
    "scale",
    "sector",
    "sized",
    "speaking",
    "specific",
    "sponsored",
    "style",
    "supplied",
    "term",
    "type",
    "wide",
    "year",
];
/// What ends words, and is no word of a compound.
const ENDINGS: [&str; 30] = [
    "able", "age", "ages", "ally", "ance", "ation", "ed", "en", "ence", "ened", "ening", "ent",
    "er", "ers", "est", "ful", "ing", "ings", "ion", "ions", "ish", "ism", "ist", "ity", "less",
    "ly", "ment", "ments", "ness", "ward",
];
/// What is in one word with what follows, where it is broken at all.
const OPENINGS: [&str; 24] = [
    "any", "every", "for", "her", "here", "him", "how", "it", "my", "not", "our", "over", "some",
    "their", "them", "there", "through", "under", "what", "when", "where", "who", "with", "your",
];
/// The small words in the middle of chains, as in `surface-to-air`.
const LINKS: [&str; 14] = [
    "a", "and", "at", "by", "de", "for", "in", "la", "of", "on", "or", "the", "to", "up",
];

/// Whether two halves in small letters keep the hyphen between them, as far as their form tells:
/// `last` and `next` are the parts beside it; `knows` says whether the text has a word.
pub(super) fn is_compound(last: &str, rest: &str, knows: impl Fn(&str) -> bool) -> bool {
    let next = rest.split(is_hyphen).next().unwrap_or(rest);
    if LINKS.contains(&last) {
        // `state-of-` and `the-art`; the letters alone may begin any word.
        return false;
    }
    if next != rest && LINKS.contains(&next) {
        return true;
    }
    if ENDINGS.contains(&next) || OPENINGS.contains(&last) {
        return false;
    }
    let is_known = knows(next);
    if HEADS.contains(&last) && next.len() > 2 {
        return true;
    }
    if PREFIXES.contains(&last) && next.len() > 3 && is_known {
        return true;
    }
    if TAILS.contains(&next) && (last.len() > 3 || knows(last)) {
        return true;
    }
    last.len() > 2 && next.len() > 1 && is_known && knows(last)
}

/// Whether a hyphen after this part of a chain is one of its own.
pub(super) fn is_link(part: &str) -> bool {
    LINKS.contains(&part)
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}')
}
