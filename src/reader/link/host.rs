//! The host that an address leads to, as a browser understands it: decoded, folded, and in ASCII,
//! where letters that look like others look like what they are.

use idna::AsciiDenyList;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The host in ASCII, with its port; a label in other letters as `xn--…`. None if no host can be
/// called so.
///
/// It is folded as browsers do it (<https://url.spec.whatwg.org/#host-parsing>), and what is no
/// letter is not taken at all.
pub(super) fn in_ascii(host: &str) -> Option<String> {
    if host.starts_with('[') {
        let is_address = |char: char| char.is_ascii_hexdigit() || "[]:.".contains(char);
        return host.chars().all(is_address).then(|| host.to_owned());
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = percent_decode_str(name).decode_utf8().ok()?;
    let is_taken = |char: char| {
        let is_letter = char.is_alphanumeric() || is_combining_mark(char);
        is_letter || matches!(char, '-' | '_' | '.' | '\u{3002}')
    };
    if !name.nfkc().all(is_taken) {
        return None;
    }
    let name = idna::domain_to_ascii_cow(name.as_bytes(), AsciiDenyList::URL).ok()?;
    let is_port = port.chars().all(|char| char.is_ascii_digit());
    match (name.is_empty() || !is_port, port) {
        (true, _) => None,
        (false, "") => Some(name.into_owned()),
        (false, port) => Some(format!("{name}:{port}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, expected: &str) {
        assert_eq!(in_ascii(host).as_deref(), Some(expected), "{host}");
    }

    #[test]
    fn letters_beyond_ascii_are_written_out() {
        check("münchen.example", "xn--mnchen-3ya.example");
        // Cyrillic letters that look like “apple” and “a”.
        check("аррӏе.com", "xn--80ak6aa92e.com");
        check("bаnk.com", "xn--bnk-6cd.com");
        check("例え.テスト", "xn--r8jz45g.xn--zckzah");
        check("faß.de", "xn--fa-hia.de");
    }

    #[test]
    fn a_host_is_folded_as_browsers_do_it() {
        check("EVIL.com:8080", "evil.com:8080");
        check("ｅｖｉｌ．com", "evil.com");
        check("evil。com", "evil.com");
        check("%65vil.com", "evil.com");
        check("mu%CC%88nchen.de", "xn--mnchen-3ya.de");
        check("[2001:db8::1]:80", "[2001:db8::1]:80");
    }

    #[test]
    fn what_no_host_is_called_is_not_taken_for_one() {
        for host in [
            "",
            "a b",
            "a%20b",
            "a%2Fb",
            "a%",
            "a%zz",
            "a%ff",
            "bank.com⁄evil",
            "℀.com",
            "a\u{200b}b",
            "a%E2%80%8Bb",
            "a$(x)",
            "a:b",
            "[x]",
            "a\"b",
        ] {
            assert_eq!(in_ascii(host), None, "{host}");
        }
    }
}
