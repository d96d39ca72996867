//! What stands before the items of word processors' lists.

use super::numerals::Numeral;

/// What stands before an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) enum TypedItemLabel {
    /// Any sign that is the same for all.
    Dot,
    /// A number with a full stop.
    Number(u64),
    /// A label of another kind, as it is written.
    Text(String),
    /// Nothing: the paragraph goes on with the item before.
    Blank,
}

/// Labels are cut to so many characters.
const MAX_LABEL_CHARS: usize = 40;

/// The label that a level's text makes, in which `%1` stands for the number of the first level.
///
/// `number_at` gives the number of a level, counted from 0, and how it is written.
pub(in crate::formats) fn label(
    text: &str,
    own: Numeral,
    number_at: impl Fn(usize) -> (u32, Numeral),
) -> TypedItemLabel {
    if own == Numeral::Bullet {
        return if text.trim().is_empty() {
            TypedItemLabel::Blank
        } else {
            TypedItemLabel::Dot
        };
    }
    let mut label = String::new();
    let mut only = None;
    let mut numbers = 0;
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        let level = match (char, rest.peek().and_then(|digit| digit.to_digit(10))) {
            ('%', Some(level @ 1..)) => usize::try_from(level - 1).unwrap_or_default(),
            _ => {
                label.push(char);
                continue;
            }
        };
        rest.next();
        let (number, numeral) = number_at(level);
        numbers += 1;
        only = (numbers == 1 && numeral == Numeral::Decimal).then_some(number);
        label.push_str(&numeral.write(number));
    }
    let label = label.trim();
    match only {
        _ if label.is_empty() => TypedItemLabel::Blank,
        Some(number) if label.strip_suffix('.') == Some(&number.to_string()) => {
            TypedItemLabel::Number(number.into())
        }
        _ => TypedItemLabel::Text(label.chars().take(MAX_LABEL_CHARS).collect()),
    }
}
