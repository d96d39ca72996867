//! Images inside of a paper's file, where that is an archive.

use percent_encoding::percent_decode_str;

use super::archive::Archive;

/// The part of a DOCX, ODT or EPUB that an address in its text names; none if the file is no
/// archive, or that is not certain.
///
/// Addresses are relative to the part that the text stands in, which is not known any more: the one
/// part counts whose name ends so.
pub(crate) fn name(bytes: &[u8], address: &str) -> Option<String> {
    let address = percent_decode_str(address).decode_utf8().ok()?;
    let is_step = |part: &str| part.is_empty() || part == "." || part == "..";
    let parts = address.split('/').skip_while(|part| is_step(part));
    let end = parts.collect::<Vec<_>>().join("/");
    if end.is_empty() {
        return None;
    }
    let archive = Archive::open(bytes)?;
    if archive.has(&end) {
        return Some(end);
    }
    let is_meant = |name: &&str| {
        let folder = name.strip_suffix(end.as_str());
        folder.is_some_and(|folder| folder.ends_with('/'))
    };
    let mut meant = archive.names().filter(is_meant);
    let found = meant.next()?;
    meant.next().is_none().then(|| found.to_owned())
}

/// The bytes of a part.
#[cfg(feature = "pictures")]
pub(crate) fn read(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    Archive::open(bytes)?.read(name)
}

/// The first bytes of a part, up to so many.
pub(crate) fn head(bytes: &[u8], name: &str, most: usize) -> Option<Vec<u8>> {
    Archive::open(bytes)?.peek(name, most)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn an_address_names_the_one_part_that_ends_so() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for name in [
            "word/document.xml",
            "word/media/image1.png",
            "word/media/a b.png",
            "one/fig.png",
            "two/fig.png",
            "fig.png",
            "one/map.png",
            "two/map.png",
        ] {
            archive
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(name.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        for (address, found) in [
            ("media/image1.png", Some("word/media/image1.png")),
            ("../media/image1.png", Some("word/media/image1.png")),
            ("./media/a%20b.png", Some("word/media/a b.png")),
            ("/word/media/image1.png", Some("word/media/image1.png")),
            ("fig.png", Some("fig.png")),
            ("one/map.png", Some("one/map.png")),
            ("map.png", None),
            ("age1.png", None),
            ("other.png", None),
            ("..", None),
        ] {
            assert_eq!(name(&bytes, address).as_deref(), found, "{address}");
        }
        assert_eq!(name(b"no archive", "fig.png"), None);
        #[cfg(feature = "pictures")]
        assert_eq!(
            read(&bytes, "one/fig.png").as_deref(),
            Some(&b"one/fig.png"[..])
        );
    }
}
