//! Fonts of signs, in which a letter's place holds another sign.

/// What the Symbol font shows for the characters from 0x20 to 0x7E.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// The same from 0xA1 to 0xFE; a space where it has nothing.
const SYMBOL_HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// What Wingdings shows, as far as papers use it.
const WINGDINGS: [(u32, char); 16] = [
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x76, '❖'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfe, '☑'),
];

/// The sign that a font shows for a character, which may be given in the private range that such
/// fonts are put in. Nothing if it is not known.
pub(in crate::formats) fn sign(font: &str, character: u32) -> Option<char> {
    let place = match character {
        0xf000..=0xf0ff => character - 0xf000,
        _ => character,
    };
    if font == "Symbol" {
        let (signs, first) = match place {
            0x20..=0x7e => (SYMBOL_LOW, 0x20),
            0xa1..=0xfe => (SYMBOL_HIGH, 0xa1),
            _ => return None,
        };
        return signs.chars().nth(usize::try_from(place - first).ok()?);
    }
    if font.starts_with("Wingdings") {
        let found = WINGDINGS.iter().find(|(at, _)| *at == place);
        return found.map(|(_, sign)| *sign);
    }
    char::from_u32(character).filter(|_| place == character)
}

/// A text set in a font of signs, as what it shows.
pub(in crate::formats) fn shown(font: &str, text: &str) -> String {
    let signs = text.chars().filter_map(|char| match char {
        '\u{f000}'..='\u{f0ff}' => sign(font, u32::from(char)),
        _ if font == "Symbol" => sign(font, u32::from(char)).or(Some(char)),
        _ => Some(char),
    });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_their_font_shows() {
        assert_eq!(sign("Symbol", 0xf061), Some('α'));
        assert_eq!(sign("Symbol", 0xf0b7), Some('•'));
        assert_eq!(sign("Symbol", 0xf0a3), Some('≤'));
        assert_eq!(sign("Symbol", 0xfe), Some('⎭'));
        assert_eq!(sign("Symbol", 0xe5), Some('∑'));
        assert_eq!(sign("Wingdings", 0xf0fc), Some('✓'));
        assert_eq!(sign("Wingdings", 0xf001), None);
        assert_eq!(sign("Times", 0x201c), Some('“'));
        assert_eq!(shown("Symbol", "\u{f061} b"), "α β");
    }
}
