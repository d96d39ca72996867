//! The bytes of a page as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes at a page's start in which it says how its text is encoded.
const LOOKED_AT: usize = 4096;

/// The text, and what was lost of it. An encoding that is named overrules what the page says.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    named: Option<&'static Encoding>,
) -> (Cow<'a, str>, Option<String>) {
    let is_utf8 = !bytes.is_ascii() && str::from_utf8(bytes).is_ok();
    let said = said(bytes).and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    let encoding = match (named, said) {
        (Some(named), _) => named,
        // Text in another encoding hardly ever happens to be UTF-8 too.
        _ if is_utf8 => UTF_8,
        // A page that says anything in ASCII is not in UTF-16.
        (None, Some(said)) if said.is_ascii_compatible() => said,
        _ if bytes.is_ascii() || Encoding::for_bom(bytes).is_some() || is_mostly_utf8(bytes) => {
            UTF_8
        }
        _ => WINDOWS_1252,
    };
    let (text, encoding, is_lossy) = encoding.decode(bytes);
    let lost = is_lossy.then(|| {
        format!(
            "bytes that are no text in {} are shown as \u{fffd}",
            encoding.name()
        )
    });
    (text, lost)
}

/// Whether only few bytes are no UTF-8, so that it is UTF-8 with faults.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    wide > bad * 4
}

/// What the page says of its encoding, in a `meta` element or an XML declaration.
fn said(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let key = if head.trim_start().starts_with("<?xml")
        && head.split("?>").next()?.contains("encoding=")
    {
        "encoding="
    } else {
        "charset="
    };
    let (_, rest) = head.split_once(key)?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end =
        rest.find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '-' | '_' | ':'));
    rest.get(..end.unwrap_or(rest.len()))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}
