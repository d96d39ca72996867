//! Lists whose items have numbers of another kind than figures, as markup has them.

use super::office::numerals::Numeral;
use crate::paper::Bullet;

/// The items of a list that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListNumbers {
    numeral: Numeral,
    /// What stands around each number.
    around: (String, String),
    next: u64,
}

impl ListNumbers {
    pub(crate) fn new(numeral: Numeral, around: (&str, &str), first: u64) -> Self {
        Self {
            numeral,
            around: (around.0.to_owned(), around.1.to_owned()),
            next: first,
        }
    }

    /// The bullet of the next item, or of the one with this number.
    pub(crate) fn next(&mut self, value: Option<u64>) -> Bullet {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        if self.numeral == Numeral::Decimal && self.around.0.is_empty() && self.around.1 == "." {
            return Bullet::Number(number);
        }
        let written = match u32::try_from(number) {
            Ok(number) => self.numeral.write(number),
            Err(_) => number.to_string(),
        };
        let (before, after) = &self.around;
        Bullet::Label(format!("{before}{written}{after}").into())
    }

    /// The number that the next item has.
    pub(crate) fn set_next(&mut self, number: u64) {
        self.next = number;
    }
}

/// The numerals that one of the words of CSS for them names, or the letter that HTML has.
pub(crate) fn numeral(name: &str) -> Option<Numeral> {
    Some(match name.trim() {
        "a" | "lower-alpha" | "lower-latin" | "alpha-lower" => Numeral::LowerLetter,
        "A" | "upper-alpha" | "upper-latin" | "alpha-upper" => Numeral::UpperLetter,
        "i" | "lower-roman" | "roman-lower" => Numeral::LowerRoman,
        "I" | "upper-roman" | "roman-upper" => Numeral::UpperRoman,
        "decimal-leading-zero" => Numeral::DecimalZero,
        "1" | "decimal" | "arabic" | "order" => Numeral::Decimal,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_numbers_are_labels_and_figures_are_not() {
        let mut letters = ListNumbers::new(Numeral::LowerLetter, ("(", ")"), 3);
        assert_eq!(letters.next(None), Bullet::Label("(c)".into()));
        assert_eq!(letters.next(None), Bullet::Label("(d)".into()));
        assert_eq!(letters.next(Some(1)), Bullet::Label("(a)".into()));
        let mut figures = ListNumbers::new(Numeral::Decimal, ("", "."), 1);
        assert_eq!(figures.next(None), Bullet::Number(1));
        assert_eq!(figures.next(Some(7)), Bullet::Number(7));
        assert_eq!(figures.next(None), Bullet::Number(8));
    }
}
