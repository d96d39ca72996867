//! Pages as browsers save them in one file (`.mhtml`, `.mht`): the page among its pictures and style
//! sheets, each in the form of a mail's attachment.

use encoding_rs::Encoding;

use crate::formats::html;
use crate::paper::Parsed;

/// Parts within parts are looked into so deep.
const MAX_DEPTH: usize = 4;

/// A header's lines are so many at most.
const MAX_HEADER_LINES: usize = 200;

/// Reads the page; none if there is none in the file.
pub(crate) fn read(bytes: &[u8]) -> Option<Parsed> {
    let page = find_page(bytes, 0)?;
    let charset = page.charset.as_deref();
    let named = charset.and_then(|charset| Encoding::for_label(charset.trim().as_bytes()));
    let (text, lost) = html::charset::decode(&page.bytes, named);
    Some(html::read_text(&text, lost, page.address.as_deref()))
}

/// The page in the file.
struct MhtmlPage {
    bytes: Vec<u8>,
    charset: Option<String>,
    address: Option<String>,
}

/// The first part that is a page. What was saved first is what was looked at.
fn find_page(entity: &[u8], depth: usize) -> Option<MhtmlPage> {
    let (header, body) = split_header(entity);
    let kind = header.get("content-type").unwrap_or("text/plain");
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < MAX_DEPTH {
        let boundary = parameter(kind, "boundary")?;
        return parts(body, &boundary).find_map(|part| find_page(part, depth + 1));
    }
    if !lower.starts_with("text/html") && !lower.starts_with("application/xhtml+xml") {
        return None;
    }
    let encoding = header
        .get("content-transfer-encoding")
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let bytes = match encoding.as_str() {
        "quoted-printable" => unquoted(body),
        "base64" => from_base64(body),
        _ => body.to_vec(),
    };
    let address = header
        .get("content-location")
        .or_else(|| header.get("snapshot-content-location"));
    Some(MhtmlPage {
        bytes,
        charset: parameter(kind, "charset"),
        address: address.map(|address| address.trim().to_owned()),
    })
}

/// The fields of a header, with their lines joined.
#[derive(Debug, Default)]
struct MimeHeader {
    fields: Vec<(String, String)>,
}

impl MimeHeader {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The header, and what comes after the blank line that ends it.
fn split_header(entity: &[u8]) -> (MimeHeader, &[u8]) {
    let mut header = MimeHeader::default();
    let mut rest = entity;
    for _ in 0..MAX_HEADER_LINES {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let Some((line, tail)) = rest.split_at_checked(end) else {
            break;
        };
        rest = tail;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = header.fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name
                .trim_start_matches('\u{feff}')
                .trim()
                .to_ascii_lowercase();
            header.fields.push((name, value.trim().to_owned()));
        }
    }
    (header, rest)
}

/// The value of a parameter such as `charset`, without quotes.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let is_named = key.trim().eq_ignore_ascii_case(name);
        is_named.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines that part a body with this boundary.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> {
    let mark = format!("--{boundary}");
    let finder = memchr::memmem::Finder::new(mark.as_bytes()).into_owned();
    let mut starts = Vec::new();
    if !boundary.is_empty() {
        starts.extend(finder.find_iter(body));
    }
    let length = mark.len();
    (0..starts.len()).filter_map(move |index| {
        let from = starts.get(index)? + length;
        let to = starts.get(index + 1).copied().unwrap_or(body.len());
        let part = body.get(from..to)?;
        let part = part
            .strip_prefix(b"\r\n")
            .or_else(|| part.strip_prefix(b"\n"))?;
        Some(
            part.strip_suffix(b"\r\n")
                .or_else(|| part.strip_suffix(b"\n"))
                .unwrap_or(part),
        )
    })
}

/// Undoes quoted-printable: `=E2=80=99`, and `=` at a line's end.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first != b'=' {
            bytes.push(first);
            continue;
        }
        let digit = |at: usize| rest.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if let Some(next) = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
        {
            rest = next;
        } else if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = rest.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
        }
    }
    bytes
}

/// Undoes base64; what is no sign of it is passed over.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{from_base64, read, unquoted};

    const SAVED: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
        \tboundary=\"----b----\"\r\n\r\n\r\n------b----\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/a\r\n\r\n\
        <meta charset=3D\"utf-8\"><p>It=E2=80=99s said=\r\n.<sup><a href=3D\"https://example.org/a#fn1\">1</a></sup></p>\r\n\
        <p id=3D\"fn1\">1. The note.</p>\r\n------b----\r\nContent-Type: image/png\r\n\r\nx\r\n------b------\r\n";

    #[test]
    fn a_saved_page_is_read_with_its_notes() {
        let paper = read(SAVED.as_bytes()).unwrap().paper;
        assert!(paper.blocks.iter().any(|block| block.text == "It’s said."));
        assert_eq!(paper.notes.len(), 1);
        assert!(paper.blocks.iter().any(|block| block.text == "The note."));
    }

    #[test]
    fn a_file_without_a_page_has_none() {
        assert!(
            read(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n")
                .is_none()
        );
        assert!(read(b"").is_none());
    }

    #[test]
    fn encodings_are_undone() {
        assert_eq!(unquoted(b"a=3Db=\r\nc=zz"), b"a=bc=zz");
        assert_eq!(from_base64(b"SGVs\nbG8="), b"Hello");
    }
}
