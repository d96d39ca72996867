//! Accents that were drawn apart from their letters, as TeX does, are put on them.

use unicode_normalization::char::compose as compose_pair;

use super::page::PdfGlyph;

/// Puts accents on the letters that they are drawn over, before or after.
pub(super) fn compose(glyphs: &mut Vec<PdfGlyph>) {
    if !glyphs.iter().any(|glyph| combining(glyph.letter).is_some()) {
        return;
    }
    let mut composed: Vec<PdfGlyph> = Vec::with_capacity(glyphs.len());
    let mut rest = glyphs.iter().copied().peekable();
    while let Some(glyph) = rest.next() {
        let Some(mark) = combining(glyph.letter) else {
            composed.push(glyph);
            continue;
        };
        if let Some(next) = rest.peek_mut()
            && is_over(&glyph, next)
            && let Some(letter) = accented(next.letter, mark)
        {
            next.letter = letter;
            next.after_space |= glyph.after_space;
            continue;
        }
        if let Some(last) = composed.last_mut()
            && is_over(&glyph, last)
            && let Some(letter) = accented(last.letter, mark)
        {
            last.letter = letter;
            continue;
        }
        composed.push(glyph);
    }
    *glyphs = composed;
}

/// Whether an accent lies over a letter: its middle is within the letter's width.
fn is_over(accent: &PdfGlyph, letter: &PdfGlyph) -> bool {
    let middle = f32::midpoint(accent.left, accent.right);
    let near = (accent.baseline - letter.baseline).abs() < letter.size * 0.5;
    near && letter.left - 0.05 * letter.size < middle && middle < letter.right + 0.05 * letter.size
}

fn accented(letter: char, mark: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        letter => letter,
    };
    compose_pair(letter, mark)
}

/// The combining mark that an accent standing alone means.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | '\u{2CB}' | '\u{300}' => '\u{300}',
        '´' | '\u{2CA}' | '\u{301}' => '\u{301}',
        '^' | '\u{2C6}' | '\u{302}' => '\u{302}',
        '~' | '\u{2DC}' | '\u{303}' => '\u{303}',
        '¯' | '\u{2C9}' | '\u{304}' => '\u{304}',
        '\u{2D8}' | '\u{306}' => '\u{306}',
        '\u{2D9}' | '\u{307}' => '\u{307}',
        '¨' | '\u{308}' => '\u{308}',
        '\u{2DA}' | '\u{30A}' => '\u{30A}',
        '\u{2DD}' | '\u{30B}' => '\u{30B}',
        '\u{2C7}' | '\u{30C}' => '\u{30C}',
        '¸' | '\u{327}' => '\u{327}',
        '\u{2DB}' | '\u{328}' => '\u{328}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::page::Face;
    use super::*;

    fn glyph(letter: char, left: f32, right: f32) -> PdfGlyph {
        PdfGlyph {
            letter,
            left,
            right,
            baseline: 100.0,
            size: 10.0,
            face: Face::default(),
            after_space: false,
            is_superior: false,
        }
    }

    #[test]
    fn an_accent_goes_on_the_letter_below_it() {
        let mut glyphs = vec![
            glyph('ˇ', 11.0, 16.0),
            glyph('C', 10.0, 17.0),
            glyph('a', 17.0, 22.0),
            glyph('´', 17.0, 22.0),
        ];
        compose(&mut glyphs);
        let text: String = glyphs.iter().map(|glyph| glyph.letter).collect();
        assert_eq!(text, "Čá");
    }

    #[test]
    fn an_accent_that_stands_alone_stays() {
        let mut glyphs = vec![glyph('~', 10.0, 15.0), glyph('a', 15.0, 20.0)];
        compose(&mut glyphs);
        assert_eq!(glyphs.len(), 2);
    }
}
