use encoding_rs::{EUC_JP, KOI8_R, WINDOWS_1252};
use proptest::prelude::*;

use super::*;

const ASCII: Charset = Charset::Other(None);
const LATIN_1: Charset = Charset::Other(Some(WINDOWS_1252));

#[test]
fn a_locale_says_what_the_terminal_can_show() {
    for (locale, charset) in [
        ("C.UTF-8", Charset::Utf8),
        ("en_GB.utf8", Charset::Utf8),
        ("de_DE.UTF-8@euro", Charset::Utf8),
        ("", Charset::Unsaid),
        ("en_US", Charset::Unsaid),
        ("de_DE@euro", Charset::Unsaid),
        ("C", ASCII),
        ("POSIX", ASCII),
        ("en_US.US-unknown", ASCII),
        ("en_US.UTF-16", ASCII),
        ("en_US.ISO-8859-1", LATIN_1),
        ("ru_RU.KOI8-R", Charset::Other(Some(KOI8_R))),
        ("ja_JP.eucJP", Charset::Other(None)),
        ("ja_JP.EUC-JP", Charset::Other(Some(EUC_JP))),
    ] {
        assert_eq!(Charset::from_locale(locale, "xterm"), charset, "{locale}");
    }
}

#[test]
fn a_terminal_that_is_older_than_utf_8_is_sent_it_only_if_a_locale_says_so() {
    assert_eq!(Charset::from_locale("", "vt220"), ASCII);
    assert_eq!(Charset::from_locale("C.UTF-8", "vt220"), Charset::Utf8);
}

#[test]
fn a_cell_shows_the_nearest_that_can_be_shown() {
    for (symbol, shown) in [
        ("e", None),
        ("é", Some('e')),
        ("e\u{301}", Some('e')),
        ("“", Some('"')),
        ("│", Some('|')),
        ("¹", Some('1')),
        ("中", Some('?')),
        ("я", Some('?')),
        ("\u{a0}", Some(' ')),
    ] {
        assert_eq!(ASCII.in_cell(symbol), shown, "{symbol}");
        assert_eq!(Charset::Utf8.in_cell(symbol), None);
    }
    assert_eq!(LATIN_1.in_cell("é"), None);
    assert_eq!(LATIN_1.in_cell("“"), Some('"'));
    assert_eq!(Charset::Other(Some(KOI8_R)).in_cell("я"), None);
}

fn written(text: &str, charset: Charset) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = TerminalWriter::new(&mut bytes, charset);
    for byte in text.as_bytes() {
        writer.write_all(&[*byte]).unwrap();
    }
    bytes
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(String::from_utf8(written(text, ASCII)).unwrap(), expected);
}

#[test]
fn text_is_spelled_in_what_the_charset_has() {
    check("“naïve” – Straße…", "\"naive\" - Strasse...");
    check("in 1986¹² and 10² or CO₂", "in 1986^12 and 10^2 or CO_2");
    check("Мир 中 e\u{301}x", "??? ? ex");
    check("👩\u{200d}👧!", "?!");
    check("½ ﬁ ™", "1/2 fi TM");
    assert_eq!(written("é“", LATIN_1), b"\xe9\"");
}

#[test]
fn where_no_locale_speaks_utf_8_is_asked_for_before_it_is_sent() {
    assert_eq!(written("plain", Charset::Unsaid), b"plain");
    assert_eq!(written("aé", Charset::Unsaid), "a\u{1b}%Gé".as_bytes());
    assert_eq!(written("aéé", Charset::Utf8), "aéé".as_bytes());
}

proptest! {
    #[test]
    fn no_byte_is_sent_that_a_terminal_outside_of_utf_8_obeys(text in "\\PC{0,40}") {
        for charset in [ASCII, LATIN_1, Charset::Other(Some(KOI8_R)), Charset::Other(Some(EUC_JP))] {
            let bytes = [written(&text, charset), charset.encode(text.as_bytes())].concat();
            prop_assert!(!bytes.iter().any(|byte| (0x80..FIRST_PLAIN_BYTE).contains(byte)));
        }
    }
}
