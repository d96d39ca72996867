//! Numbers as the lists and notes of word processors write them.

/// How a number is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) enum Numeral {
    #[default]
    Decimal,
    /// With a nought before figures below 10.
    DecimalZero,
    LowerRoman,
    UpperRoman,
    LowerLetter,
    UpperLetter,
    Ordinal,
    /// `*`, `†`, `‡`, `§`, doubled after the fourth.
    Symbols,
    Cyrillic,
    /// A sign that is the same for each item.
    Bullet,
    /// Nothing.
    None,
}

/// Letters are repeated, and symbols too, at most so often: `aaa` for 53.
const MAX_REPEATS: u32 = 20;

/// The greatest number that Roman numerals are used for.
const MAX_ROMAN: u32 = 3999;

impl Numeral {
    /// The number in this writing.
    pub(in crate::formats) fn write(self, number: u32) -> String {
        match self {
            Numeral::Decimal => number.to_string(),
            Numeral::DecimalZero => format!("{number:02}"),
            Numeral::LowerRoman => roman(number).to_lowercase(),
            Numeral::UpperRoman => roman(number),
            Numeral::LowerLetter => repeated("abcdefghijklmnopqrstuvwxyz", number),
            Numeral::UpperLetter => repeated("ABCDEFGHIJKLMNOPQRSTUVWXYZ", number),
            Numeral::Ordinal => ordinal(number),
            Numeral::Symbols => repeated("*†‡§", number),
            Numeral::Cyrillic => repeated("абвгдежзиклмнопрстуфхцчшщыэюя", number),
            Numeral::Bullet | Numeral::None => String::new(),
        }
    }
}

/// The sign for 1, 2 and so on; after the last one the first again, doubled.
fn repeated(signs: &str, number: u32) -> String {
    let Some(index) = number.checked_sub(1) else {
        return String::new();
    };
    let count = u32::try_from(signs.chars().count()).unwrap_or(1).max(1);
    let repeats = index / count + 1;
    if repeats > MAX_REPEATS {
        return number.to_string();
    }
    let sign = signs.chars().nth((index % count) as usize);
    let times = usize::try_from(repeats).unwrap_or(1);
    sign.into_iter()
        .flat_map(|sign| std::iter::repeat_n(sign, times))
        .collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MAX_ROMAN {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            rest -= value;
            text.push_str(sign);
        }
    }
    text
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numeral: Numeral, numbers: &[u32], expected: &str) {
        let written: Vec<String> = numbers.iter().map(|n| numeral.write(*n)).collect();
        assert_eq!(written.join(" "), expected);
    }

    #[test]
    fn numbers_are_written_as_the_list_says() {
        check(Numeral::LowerRoman, &[1, 4, 9, 49], "i iv ix xlix");
        check(Numeral::UpperLetter, &[1, 26, 27, 53], "A Z AA AAA");
        check(Numeral::Symbols, &[1, 2, 5], "* † **");
        check(
            Numeral::Ordinal,
            &[1, 2, 3, 11, 22],
            "1st 2nd 3rd 11th 22nd",
        );
        check(Numeral::DecimalZero, &[7, 12], "07 12");
    }

    #[test]
    fn a_number_that_is_out_of_all_proportion_is_written_in_figures() {
        check(
            Numeral::UpperRoman,
            &[0, 4000, u32::MAX],
            "0 4000 4294967295",
        );
        check(Numeral::LowerLetter, &[u32::MAX], "4294967295");
    }
}
