//! Which addresses may be opened.

mod host;

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::layout::ruler;
use crate::paper::{Block, Link, Paper, Target, clean, place_name};
use crate::reader::action::PaperRequest;

/// What may be handed to a browser or a mail program, and nothing else.
const OPENABLE: [&str; 3] = ["http://", "https://", "mailto:"];

/// The longest address that is opened, in bytes; no browser needs more.
const MAX_ADDRESS_BYTES: usize = 8_000;

/// The longest address that the terminal is given, in bytes: VTE takes no longer one, and each row
/// that shows a part of it has it anew.
const MAX_TERMINAL_ADDRESS_BYTES: usize = 2_000;

/// An address that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Openable {
    /// What the browser is given, as one argument: the address with its host in ASCII, so that it
    /// goes where the reader was told.
    pub(crate) address: String,
    /// Where it leads, in words for the reader.
    pub(crate) leads: String,
}

/// What the names of images end in that a paper may have beside it.
const IMAGES: [&str; 9] = [
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif",
];

/// Whether an address is one of an image beside the paper, going by its name.
pub(crate) fn is_image(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    !has_scheme(address) && IMAGES.iter().any(|end| lower.ends_with(end))
}

/// What the image with this address shows, as a block says that has it; none where it says nothing.
pub(crate) fn image_words(block: &Block, address: &str) -> Option<String> {
    let is_meant = |link: &&Link| {
        let leads = matches!(&link.target, Target::Address(target) if **target == *address);
        link.is_image && leads
    };
    let link = block.links.iter().find(is_meant)?;
    let words = block.text.get(link.range.clone())?;
    let words = words.strip_prefix("[image: ")?.strip_suffix(']')?;
    Some(words.replace('\n', " "))
}

/// Whether an address begins with a scheme, as `https:`.
fn has_scheme(address: &str) -> bool {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    first.contains(':')
}

/// Whether opcit opens such an address.
///
/// # Errors
/// Why it does not, in words for the reader.
pub(crate) fn check(address: &str) -> Result<Openable, String> {
    let lower = address.to_ascii_lowercase();
    if !OPENABLE.iter().any(|scheme| lower.starts_with(scheme)) {
        return Err("opcit opens http, https and mailto addresses only".into());
    }
    if address.len() > MAX_ADDRESS_BYTES {
        return Err(format!(
            "the address is longer than {MAX_ADDRESS_BYTES} bytes"
        ));
    }
    if address.contains(|char: char| char.is_ascii() && !char.is_ascii_graphic()) {
        return Err("the address contains spaces or control characters".into());
    }
    if lower.starts_with("mailto:") {
        check_mail(address, &lower)
    } else {
        check_web(address)
    }
}

/// What the terminal is given to open an address by itself: only what opcit would open, in ASCII.
pub(crate) fn for_terminal(address: &str) -> Option<String> {
    let openable = check(address).ok()?;
    let address = utf8_percent_encode(&openable.address, CONTROLS).to_string();
    (address.len() <= MAX_TERMINAL_ADDRESS_BYTES).then_some(address)
}

fn check_mail(address: &str, lower: &str) -> Result<Openable, String> {
    // A mail program may attach files that such an address names.
    if lower.contains("attach=") || lower.contains("attachment=") {
        return Err("the address would attach a file to a mail".into());
    }
    Ok(Openable {
        address: address.to_owned(),
        leads: "opens your mail program".into(),
    })
}

fn check_web(address: &str) -> Result<Openable, String> {
    // Programs differ in whether it ends the host.
    if address.contains('\\') {
        return Err("the address contains a backslash".into());
    }
    let parts = parts(address).filter(|parts| !parts.host.is_empty());
    let parts = parts.ok_or("the address has no host")?;
    let Some(host) = host::in_ascii(parts.host) else {
        return Err("the address has no valid host".into());
    };
    let mut leads = format!("leads to {host}");
    if let Some(user) = parts.user {
        // A name before an @ is often made to look like a host.
        leads.push_str(&format!(
            ", not to {}",
            ruler::shorten(user, MAX_USER_COLUMNS)
        ));
    }
    let user = parts.user.map_or(String::new(), |user| format!("{user}@"));
    Ok(Openable {
        address: format!("{}://{user}{host}{}", parts.scheme, parts.rest),
        leads,
    })
}

/// The most columns of what stands before an `@` that are repeated.
const MAX_USER_COLUMNS: u16 = 30;

/// The parts of an address.
struct AddressParts<'a> {
    scheme: &'a str,
    /// A name, perhaps with a password, that stands before the host.
    user: Option<&'a str>,
    host: &'a str,
    rest: &'a str,
}

fn parts(address: &str) -> Option<AddressParts<'_>> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at_checked(end)?;
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    Some(AddressParts {
        scheme,
        user,
        host,
        rest,
    })
}

/// The host that an http address leads to, as it is written, after any name and password.
pub(crate) fn host(address: &str) -> Option<&str> {
    let host = parts(address)?.host;
    (!host.is_empty()).then_some(host)
}

/// The address without what all addresses begin with, where there is little room.
pub(crate) fn without_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest)
}

/// What a link leads to, in words: the address, or what the place is called.
pub(crate) fn name(paper: &Paper, target: &Target) -> String {
    match target {
        Target::Address(address) => address.to_string(),
        Target::Place(place) => place_name(paper, place.block),
    }
}

/// Where the first links of some blocks lead to, up to so many, each once, in the text's order.
pub(crate) fn targets<'a>(blocks: impl IntoIterator<Item = &'a Block>, most: usize) -> Vec<Target> {
    let links = blocks.into_iter().flat_map(|block| &block.links);
    let mut seen = HashSet::new();
    links
        .map(|link| &link.target)
        .filter(|target| seen.insert(*target))
        .take(most)
        .cloned()
        .collect()
}

/// What the names of files end in that opcit reads, and packed ones.
const PAPERS: [&str; 22] = [
    ".md",
    ".markdown",
    ".mdown",
    ".qmd",
    ".rmd",
    ".txt",
    ".text",
    ".pdf",
    ".docx",
    ".odt",
    ".rtf",
    ".epub",
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".mht",
    ".xml",
    ".jats",
    ".nxml",
    ".tex",
    ".gz",
];

/// Whether a file is a paper, going by its name.
pub(crate) fn is_paper(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    PAPERS.iter().any(|end| lower.ends_with(end))
}

/// The other paper that an address names, relative to the paper's folder, and the part of it that
/// stands behind a `#`; none for any other address.
pub(crate) fn other_paper(address: &str, folder: Option<&Path>) -> Option<PaperRequest> {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let file = address.get(..end).filter(|file| !file.starts_with('/'))?;
    if has_scheme(file) || !is_paper(file) {
        return None;
    }
    let file = decoded(file);
    let path = folder.unwrap_or(Path::new("")).join(&*file);
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let path: PathBuf = parts.collect();
    // Nothing that acts on a terminal is the name of a paper.
    let is_clean = path.to_str().is_some_and(|path| clean(path) == path);
    let part = address.split_once('#').map(|(_, part)| part);
    is_clean.then(|| PaperRequest {
        part: part.map(|part| decoded(part).into_owned()),
        ..PaperRequest::new(path)
    })
}

/// A path without `%20` and the like, if that makes text of it.
pub(crate) fn decoded(path: &str) -> Cow<'_, str> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| byte == b'%');
        let code = code.and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) => {
                bytes.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_opened() {
        for good in ["http://a.org", "HTTPS://a.org/x?y#z", "mailto:me@a.org"] {
            assert_eq!(check(good).unwrap().address, good);
        }
        let long = format!("https://a.org/{}", "x".repeat(MAX_ADDRESS_BYTES));
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "-flag",
            "https://a.org/ b",
            "https://a.org/\n",
            "mailto:me@a.org?attach=/etc/passwd",
            "//a.org",
            "https:///a.org",
            "https://",
            "https://a.org\\@b.org",
            "https://a.org:b@",
            "https://$(x)/",
            long.as_str(),
            "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_image_beside_the_paper_is_known_by_its_name() {
        for (address, is) in [
            ("./a.PNG", true),
            ("run.sh", false),
            ("https://a.org/b.png", false),
        ] {
            assert_eq!(is_image(address), is, "{address}");
        }
    }

    #[test]
    fn an_address_leads_where_the_reader_is_told() {
        let check = |address| check(address).map(|it| (it.address, it.leads)).unwrap();
        let told = |address: &str, leads: &str| (address.to_owned(), leads.to_owned());
        assert_eq!(
            check("https://bank.com:pass@evil.com/x"),
            told(
                "https://bank.com:pass@evil.com/x",
                "leads to evil.com, not to bank.com:pass"
            )
        );
        assert_eq!(
            check("https://аррӏе.com/é?ü"),
            told(
                "https://xn--80ak6aa92e.com/é?ü",
                "leads to xn--80ak6aa92e.com"
            )
        );
        assert_eq!(
            check("http://a@b@c.org"),
            told("http://a@b@c.org", "leads to c.org, not to a@b")
        );
    }

    #[test]
    fn a_link_to_another_paper_names_its_file_and_the_part() {
        let check = |address, expected: Option<(&str, Option<&str>)>| {
            let found = other_paper(address, Some(Path::new("papers")));
            let found = found.as_ref();
            let path = |it: &PaperRequest| it.path().and_then(Path::to_str).map(str::to_owned);
            let found = found.map(|it| (path(it).unwrap(), it.part.clone()));
            let expected = expected.map(|(path, part)| (path.to_owned(), part.map(str::to_owned)));
            assert_eq!(found, expected, "{address}");
        };
        check("./other.md#part", Some(("papers/other.md", Some("part"))));
        check("../a%20b.pdf", Some(("papers/../a b.pdf", None)));
        check("it's.MD?x", Some(("papers/it's.MD", None)));
        check("a.docx#%C3%A9", Some(("papers/a.docx", Some("é"))));
        for other in [
            "https://a.org/b.md",
            "mailto:me@a.md",
            "/etc/a.md",
            "x%1b.md",
            "a.png",
            "#a.md",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn the_host_is_what_stands_after_a_name_that_hides_it() {
        assert_eq!(host("https://bank.com@evil.org/x"), Some("evil.org"));
        assert_eq!(host("https://a.org"), Some("a.org"));
        assert_eq!(host("mailto:me@a.org"), None);
    }
}
