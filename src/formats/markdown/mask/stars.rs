//! Stars that CommonMark takes for text though a pair of them is meant: converters leave blanks and
//! signs of punctuation in what is stressed, `*a *b`, `*:*` and `** **`, which Pandoc reads.

use super::{MaskFindings, MaskedKind};
use crate::paper::Style;

/// Between stars so many signs of punctuation may stand alone.
const MAX_PUNCTUATION_BYTES: usize = 4;

/// A row of stars in running text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stars {
    pub(super) at: usize,
    pub(super) count: usize,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StarsState {
    Unpaired,
    Paired,
    /// Closes what the row before it opens, with a blank before it.
    MayClose(usize),
}

/// Mends the rows of a text, each apart from the others.
pub(super) fn mend(text: &str, base: usize, rows: &[Stars], found: &mut MaskFindings<'_>) {
    let states = states(text, rows);
    let mut nth = 0;
    while let (Some(row), Some(state)) = (rows.get(nth), states.get(nth)) {
        if let StarsState::MayClose(opener) = state
            && states.get(*opener) == Some(&StarsState::Unpaired)
            && let Some(opener) = rows.get(*opener)
            && let Some(style) = style(text, *opener, *row)
        {
            let begins = base + opener.at;
            found.hide(begins..begins + opener.count, MaskedKind::OpenStyle(style));
            let before = text.get(..row.at).unwrap_or_default();
            let blanks = before.len() - before.trim_end_matches(' ').len();
            let ends = base + row.at;
            found.hide(ends - blanks..ends + row.count, MaskedKind::CloseStyle);
        } else if let (Some(next), Some(StarsState::Unpaired), StarsState::Unpaired) =
            (rows.get(nth + 1), states.get(nth + 1), state)
            && holds_nothing(text, *row, *next)
        {
            for row in [row, next] {
                let start = base + row.at;
                found.hide(start..start + row.count, MaskedKind::Nothing);
            }
            nth += 1;
        } else if *state == StarsState::Unpaired && parts_words(text, &states, rows, nth) {
            let start = base + row.at;
            found.hide(start..start + row.count, MaskedKind::Nothing);
        }
        nth += 1;
    }
}

/// Whether the row ends one emphasis and begins the next, as in `*m**c*`, which CommonMark takes for
/// a row of bold within one.
fn parts_words(text: &str, states: &[StarsState], rows: &[Stars], nth: usize) -> bool {
    let around = |at: Option<usize>| {
        let at = at?;
        let row = rows.get(at)?;
        (states.get(at) == Some(&StarsState::Paired) && row.count == 1).then_some(*row)
    };
    let (Some(before), Some(row), Some(after)) = (
        around(nth.checked_sub(1)),
        rows.get(nth),
        around(Some(nth + 1)),
    ) else {
        return false;
    };
    let is_word = |from: usize, to: usize| {
        let between = text.get(from..to).unwrap_or_default();
        !between.is_empty() && between.chars().all(char::is_alphanumeric)
    };
    row.count == 2
        && is_word(before.at + before.count, row.at)
        && is_word(row.at + row.count, after.at)
}

/// What CommonMark makes of the rows, and which may close where it pairs none.
fn states(text: &str, rows: &[Stars]) -> Vec<StarsState> {
    let mut states = vec![StarsState::Unpaired; rows.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        let before = text.get(..row.at).and_then(|text| text.chars().next_back());
        let after = text.get(row.at + row.count..);
        let after = after.and_then(|text| text.chars().next());
        let is_blank = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let is_sign = |char: Option<char>| char.is_some_and(is_punctuation);
        let opens = !is_blank(after) && (!is_sign(after) || is_blank(before) || is_sign(before));
        let closes = !is_blank(before) && (!is_sign(before) || is_blank(after) || is_sign(after));
        let pair = open.iter().rposition(|(_, count)| *count == row.count);
        if closes && let Some(pair) = pair {
            if let Some((opener, _)) = open.get(pair) {
                for one in [*opener, nth] {
                    if let Some(state) = states.get_mut(one) {
                        *state = StarsState::Paired;
                    }
                }
            }
            open.truncate(pair);
        } else if opens {
            open.push((nth, row.count));
        } else if before == Some(' ')
            && (is_blank(after) || is_sign(after))
            && let Some(previous) = nth.checked_sub(1)
            && open.last() == Some(&(previous, row.count))
            && let Some(state) = states.get_mut(nth)
        {
            *state = StarsState::MayClose(previous);
        }
    }
    states
}

/// The style of what stands between the rows, where that is plain text.
fn style(text: &str, opener: Stars, closer: Stars) -> Option<Style> {
    let between = text.get(opener.at + opener.count..closer.at)?;
    let style = match opener.count {
        1 => Style::Emphasis,
        2 => Style::Strong,
        _ => return None,
    };
    let is_plain = !between.contains(['[', ']', '_', '`', '<', '~', '{']);
    (is_plain && !between.contains("\n\n")).then_some(style)
}

/// Whether nothing that could be stressed stands between the rows: a blank between two rows of
/// bold, or signs of punctuation.
fn holds_nothing(text: &str, row: Stars, next: Stars) -> bool {
    let between = text.get(row.at + row.count..next.at).unwrap_or_default();
    let is_blank = !between.is_empty() && between.bytes().all(|byte| byte == b' ');
    let is_signs = (1..=MAX_PUNCTUATION_BYTES).contains(&between.len())
        && between.chars().all(is_punctuation)
        && text.get(..row.at).is_some_and(ends_in_letter);
    row.count == next.count && ((is_blank && row.count > 1) || is_signs)
}

fn ends_in_letter(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

fn is_punctuation(char: char) -> bool {
    !char.is_alphanumeric() && !char.is_whitespace()
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn a_blank_may_stand_before_the_stars_that_close() {
        check("a *b * c *d*", "a *b* c *d*");
        check("**Open ** **and ** x", "**Open** **and** x");
        check("*Data and * Intelligence.", "*Data and* Intelligence.");
    }

    #[test]
    fn stars_around_nothing_are_left_out() {
        check("London*:* Yale", "London: Yale");
        check("a ** ** b", "a   b");
    }

    #[test]
    fn one_emphasis_may_follow_another_without_a_blank() {
        check("E = *m**c*<sup>2</sup>", "E = *mc*^{²}");
        check("*a b**c*", "*a b**c*");
    }

    #[test]
    fn other_stars_are_text() {
        for text in ["2 * 3 * 4", "a* b, c *d", "a * b", "`*a * b`", "a*b *c"] {
            let shown = text.trim_matches('`');
            let code = format!("`{shown}`");
            check(text, if text == shown { text } else { &code });
        }
        check("*a * b*", "*a * b*");
        check(r"\*a * b", "*a * b");
    }
}
