//! Commands that stand for a character, and accents.

use unicode_normalization::UnicodeNormalization;

/// The character that a command stands for.
pub(in crate::formats) fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "ldots" | "dots" | "textellipsis" => "…",
        "S" | "textsection" => "§",
        "P" | "textparagraph" => "¶",
        "dag" | "textdagger" => "†",
        "ddag" | "textdaggerdbl" => "‡",
        "copyright" | "textcopyright" => "©",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "textregistered" => "®",
        "texttrademark" => "™",
        "textdegree" | "degree" => "°",
        "textbackslash" => "\\",
        "textasciitilde" | "textasciimacron" => "~",
        "textasciicircum" => "^",
        "textbar" => "|",
        "textless" => "<",
        "textgreater" => ">",
        "textbullet" => "•",
        "textperiodcentered" => "·",
        "textquotedblleft" | "lq" if name.len() > 2 => "“",
        "textquotedblright" => "”",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "quotedblbase" | "glqq" => "„",
        "grqq" => "“",
        "quotesinglbase" | "glq" => "‚",
        "guillemotleft" | "guillemetleft" | "flqq" | "og" => "«",
        "guillemotright" | "guillemetright" | "frqq" | "fg" => "»",
        "guilsinglleft" | "flq" => "‹",
        "guilsinglright" | "frq" => "›",
        "textendash" => "–",
        "textemdash" => "—",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "ss" => "ß",
        "SS" => "ẞ",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "aa" => "å",
        "AA" => "Å",
        "i" => "ı",
        "j" => "ȷ",
        "th" => "þ",
        "TH" => "Þ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "LaTeX" => "LaTeX",
        "LaTeXe" => "LaTeX2e",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        "XeTeX" => "XeTeX",
        "textnumero" => "№",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "quad" | "qquad" | "enspace" | "enskip" | "thinspace" | "space" | "nobreakspace" => " ",
        "slash" => "/",
        "textvisiblespace" => "␣",
        "textunderscore" => "_",
        "textdollar" => "$",
        "checkmark" => "✓",
        "aftergroup" | "relax" => "",
        _ => return None,
    })
}

/// The mark that an accent sets on the letter after it.
pub(in crate::formats) fn mark(accent: &str) -> Option<char> {
    Some(match accent {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// The letters, the first of which gets the mark.
pub(in crate::formats) fn marked(letters: &str, mark: char) -> String {
    let letters = match letters.trim() {
        "\\i" | "ı" => "i",
        "\\j" | "ȷ" => "j",
        letters => letters,
    };
    let inner = letters.trim_start_matches('\\');
    let letters = sign(inner)
        .filter(|_| letters.starts_with('\\'))
        .unwrap_or(letters);
    let mut chars = letters.chars();
    let Some(first) = chars.next() else {
        return alone(mark).to_owned();
    };
    let accented = [first, mark];
    accented.into_iter().chain(chars).nfc().collect()
}

/// A mark above no letter, as in `\~{}`: people write signs so that are commands by themselves.
fn alone(mark: char) -> &'static str {
    match mark {
        '\u{300}' => "`",
        '\u{302}' => "^",
        '\u{303}' => "~",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{mark, marked};

    #[test]
    fn accents_make_one_letter_of_two() {
        for (accent, letter, expected) in [
            ("'", "e", "é"),
            ("\"", "\\i ", "ï"),
            ("c", "c", "ç"),
            ("v", "C", "Č"),
            ("'", "\\ae ", "ǽ"),
        ] {
            assert_eq!(marked(letter, mark(accent).unwrap()), expected);
        }
        assert_eq!(marked("", '\u{303}'), "~");
        assert_eq!(marked("", '\u{327}'), "");
    }
}
