//! The text strings of PDF: UTF-16 or UTF-8 with a mark in front, else an encoding of its own.

/// The letters of codes 0x80 to 0xA0 in the encoding of PDF's own.
const UPPER: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
];

/// The text of a string of PDF.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().map(|byte| letter(*byte)).collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xFFFD,
    });
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or('\u{FFFD}'))
        .collect()
}

fn letter(byte: u8) -> char {
    let upper = byte.checked_sub(0x80).map(usize::from);
    let special = upper.and_then(|index| UPPER.get(index).copied());
    special.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_string_says_its_encoding() {
        assert_eq!(decode(b"\xFE\xFF\x00A\x01\x0D"), "Ač");
        assert_eq!(decode(b"\xEF\xBB\xBF\xC4\x8D"), "č");
        assert_eq!(decode(b"a\x84b\xE9"), "a—bé");
    }
}
