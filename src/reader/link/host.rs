//! The host that an address leads to, as a browser understands it: decoded, folded, and in ASCII,
//! where letters that look like others look like what they are.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The host in ASCII, with its port; a label in other letters as `xn--…`. None if no host can be
/// called so.
///
/// It is folded as browsers do it (<https://url.spec.whatwg.org/#host-parsing>) as far as letters
/// go, and what is no letter is not taken at all.
pub(super) fn in_ascii(host: &str) -> Option<String> {
    if host.starts_with('[') {
        let is_address = |char: char| char.is_ascii_hexdigit() || "[]:.".contains(char);
        return host.chars().all(is_address).then(|| host.to_owned());
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = percent_decoded(name)?;
    let folded: String = name.nfkc().flat_map(char::to_lowercase).nfc().collect();
    let labels = folded.split(['.', '\u{3002}']).map(label);
    let name = labels.collect::<Option<Vec<String>>>()?.join(".");
    let is_port = port.chars().all(|char| char.is_ascii_digit());
    match (name.is_empty() || !is_port, port) {
        (true, _) => None,
        (false, "") => Some(name),
        (false, port) => Some(format!("{name}:{port}")),
    }
}

/// One label of a name in ASCII.
fn label(label: &str) -> Option<String> {
    let is_letter =
        |char: char| char.is_alphanumeric() || is_combining_mark(char) || matches!(char, '-' | '_');
    match label.chars().all(is_letter) {
        true if label.is_ascii() => Some(label.to_owned()),
        true => Some(format!("xn--{}", punycode(label)?)),
        false => None,
    }
}

/// The text with `%41` read as `A`; none if that makes no text.
fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default();
    if first.len() == text.len() {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = first.as_bytes().to_vec();
    for piece in pieces {
        let (figures, rest) = piece.split_at_checked(2)?;
        let is_byte = figures.bytes().all(|figure| figure.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(figures, 16).ok().filter(|_| is_byte)?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_OTHER: u32 = 128;

/// The label in Punycode (RFC 3492, section 6.3); none if it is far too long for one.
fn punycode(label: &str) -> Option<String> {
    let mut encoded: String = label.chars().filter(char::is_ascii).collect();
    let plain = u32::try_from(encoded.len()).ok()?;
    if plain > 0 {
        encoded.push('-');
    }
    let letters = u32::try_from(label.chars().count()).ok()?;
    let (mut other, mut delta, mut bias) = (FIRST_OTHER, 0_u32, FIRST_BIAS);
    let mut handled = plain;
    while handled < letters {
        let rest = label.chars().map(u32::from).filter(|char| *char >= other);
        let next = rest.min()?;
        delta = delta.checked_add((next - other).checked_mul(handled + 1)?)?;
        other = next;
        for char in label.chars().map(u32::from) {
            if char < other {
                delta = delta.checked_add(1)?;
            }
            if char == other {
                push_number(&mut encoded, delta, bias);
                bias = adapted(delta, handled + 1, handled == plain);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        other += 1;
    }
    Some(encoded)
}

/// Writes a number in figures whose base depends on their place.
fn push_number(encoded: &mut String, number: u32, bias: u32) {
    let mut left = number;
    for place in (BASE..).step_by(36) {
        let threshold = place.saturating_sub(bias).clamp(LEAST, MOST);
        if left < threshold {
            break;
        }
        encoded.extend(figure(threshold + (left - threshold) % (BASE - threshold)));
        left = (left - threshold) / (BASE - threshold);
    }
    encoded.extend(figure(left));
}

/// `a` to `z` for 0 to 25, then `0` to `9`.
fn figure(value: u32) -> Option<char> {
    let letters = ('a'..='z').chain('0'..='9');
    letters
        .zip(0..)
        .find_map(|(figure, of)| (of == value).then_some(figure))
}

fn adapted(delta: u32, letters: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { DAMP } else { 2 };
    delta += delta / letters;
    let mut bias = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        bias += BASE;
    }
    bias + (BASE - LEAST + 1) * delta / (delta + SKEW)
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
