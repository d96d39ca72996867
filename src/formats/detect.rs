//! What a file is, told by its bytes and not by its name.

use super::Format;
use super::archive::Archive;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A format of papers.
    Paper(Format),
    /// A file that is packed with gzip.
    Gzip,
    /// An archive that is no paper itself, but may hold one.
    Archive,
    /// Something else that is known.
    Foreign(Foreign),
}

/// What people have beside papers, or in place of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// The files of Word before 2007, and of its contemporaries.
    OldOffice,
    /// Tables, as of Excel.
    Spreadsheet,
    /// Slides, as of PowerPoint.
    Presentation,
    /// A drawing of OpenDocument.
    Drawing,
    /// A file packed with bzip2.
    Bzip2,
    /// A file packed with xz.
    Xz,
    /// A file packed with zstd.
    Zstandard,
    /// A picture.
    Image,
    /// A program for some machine.
    Program,
    /// Scanned pages.
    DjVu,
    /// A Kindle book.
    Mobi,
}

/// How files begin.
const BEGINNINGS: [(&[u8], FileKind); 15] = [
    (b"%PDF-", FileKind::Paper(Format::Pdf)),
    (b"{\\rtf", FileKind::Paper(Format::Rtf)),
    (b"\x1F\x8B", FileKind::Gzip),
    (b"\xD0\xCF\x11\xE0", FileKind::Foreign(Foreign::OldOffice)),
    (b"BZh", FileKind::Foreign(Foreign::Bzip2)),
    (b"\xFD7zXZ\0", FileKind::Foreign(Foreign::Xz)),
    (b"\x28\xB5\x2F\xFD", FileKind::Foreign(Foreign::Zstandard)),
    (b"\x89PNG\r\n", FileKind::Foreign(Foreign::Image)),
    (b"\xFF\xD8\xFF", FileKind::Foreign(Foreign::Image)),
    (b"GIF8", FileKind::Foreign(Foreign::Image)),
    (b"II*\0", FileKind::Foreign(Foreign::Image)),
    (b"MM\0*", FileKind::Foreign(Foreign::Image)),
    (b"\x7FELF", FileKind::Foreign(Foreign::Program)),
    (b"AT&TFORM", FileKind::Foreign(Foreign::DjVu)),
    (b"PK\x05\x06", FileKind::Archive),
];

/// What the part `mimetype` of an archive says, from its beginning.
const MIMETYPES: [(&str, FileKind); 6] = [
    (
        "application/vnd.oasis.opendocument.text",
        FileKind::Paper(Format::Odt),
    ),
    ("application/epub+zip", FileKind::Paper(Format::Epub)),
    (
        "application/vnd.oasis.opendocument.spreadsheet",
        FileKind::Foreign(Foreign::Spreadsheet),
    ),
    (
        "application/vnd.oasis.opendocument.presentation",
        FileKind::Foreign(Foreign::Presentation),
    ),
    (
        "application/vnd.oasis.opendocument.graphics",
        FileKind::Foreign(Foreign::Drawing),
    ),
    (
        "application/vnd.oasis.opendocument",
        FileKind::Foreign(Foreign::Drawing),
    ),
];

/// Folders and parts by which an archive without a `mimetype` is known.
const PARTS: [(&str, FileKind); 5] = [
    ("word/", FileKind::Paper(Format::Docx)),
    ("xl/", FileKind::Foreign(Foreign::Spreadsheet)),
    ("ppt/", FileKind::Foreign(Foreign::Presentation)),
    ("META-INF/container.xml", FileKind::Paper(Format::Epub)),
    ("META-INF/manifest.xml", FileKind::Paper(Format::Odt)),
];

/// How the list of types in a DOCX names the part with the text.
const WORD_TYPE: &[u8] = b"wordprocessingml.document.main+xml";

/// The name of the stream in which Office keeps a file that is protected by a password.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// Whether an office file is one of today's, protected by a password.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = ENCRYPTED_STREAM
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// Bytes at the start of a text in which markup is told.
const LOOKED_AT: usize = 64 * 1024;

/// What the bytes of a file are. What is nothing else is text: Markdown, or what can be read as it.
#[must_use]
pub fn detect(bytes: &[u8]) -> FileKind {
    let begins = BEGINNINGS
        .iter()
        .find(|(beginning, _)| bytes.starts_with(beginning));
    if let Some((_, kind)) = begins {
        return *kind;
    }
    if bytes.get(60..68) == Some(b"BOOKMOBI") {
        return FileKind::Foreign(Foreign::Mobi);
    }
    // The header of a PDF may come after a few bytes of something else.
    let head = bytes.get(..1024).unwrap_or(bytes);
    if head.starts_with(b"PK\x03\x04") {
        return in_archive(bytes);
    }
    if memchr::memmem::find(head, b"\n%PDF-1.").is_some() && head.contains(&0) {
        return FileKind::Paper(Format::Pdf);
    }
    FileKind::Paper(text(&beginning(bytes)))
}

fn in_archive(bytes: &[u8]) -> FileKind {
    let Some(mut archive) = Archive::open(bytes) else {
        return FileKind::Archive;
    };
    if let Some(mimetype) = archive.peek("mimetype", 100) {
        let known = MIMETYPES
            .iter()
            .find(|(name, _)| mimetype.trim_ascii().starts_with(name.as_bytes()));
        if let Some((_, kind)) = known {
            return *kind;
        }
    }
    let known = PARTS.iter().find(|(part, _)| {
        // A folder of that name is in many an archive, the list of types only in Office's.
        let needs_types = part.ends_with('/');
        (!needs_types || archive.has("[Content_Types].xml"))
            && archive.names().any(|name| name.starts_with(part))
    });
    match known {
        Some((_, kind)) => *kind,
        // The text may be in a folder of any name; the list of types then says what it is.
        None => match archive.peek("[Content_Types].xml", LOOKED_AT) {
            Some(types) if memchr::memmem::find(&types, WORD_TYPE).is_some() => {
                FileKind::Paper(Format::Docx)
            }
            _ => FileKind::Archive,
        },
    }
}

/// The beginning of a text, in whatever encoding it is; marks and blanks before it are left out.
fn beginning(bytes: &[u8]) -> String {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let text = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    };
    text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}')
        .to_owned()
}

/// What a text is.
fn text(text: &str) -> Format {
    if is_latex(text) {
        return Format::Latex;
    }
    if is_saved_page(text) {
        return Format::Mhtml;
    }
    match root(text) {
        Some(("html", _)) => Format::Html,
        Some(("office:document", tag)) if is_flat_odt(tag) => Format::Odt,
        Some(("article", tag)) if is_jats(text, tag) => Format::Jats,
        _ if is_part_of_page(text) => Format::Html,
        _ => Format::Text,
    }
}

/// Whether the first line that is no comment is a command of LaTeX that begins a paper, or the text
/// is a chapter that another file takes in.
fn is_latex(text: &str) -> bool {
    let lines = || {
        let lines = text.lines().map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with('%'))
    };
    begins_latex(lines()) || is_latex_chapter(lines())
}

fn begins_latex<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    let begins = |line: &str| {
        let commands = [r"\documentclass", r"\documentstyle", r"\begin{document}"];
        commands.iter().any(|command| line.starts_with(command))
    };
    let Some(first) = lines.next() else {
        return false;
    };
    begins(first) || (first.starts_with('\\') && lines.any(begins))
}

/// Whether the lines have headings of LaTeX, the first line or several, and none of Markdown's
/// signs for headings and code: a text in Markdown may have a command of LaTeX here and there.
/// It has more of Markdown's other signs then than of commands.
fn is_latex_chapter<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut headings = 0;
    let (mut commands, mut signs) = (0_u32, 0_u32);
    for (nth, line) in lines.enumerate() {
        let is_markdown = markdown_heading(line) || line.starts_with("```");
        if is_markdown || (nth == 0 && (line.starts_with("---") || line.starts_with("+++"))) {
            return false;
        }
        commands += u32::from(has_command(line));
        signs += u32::from(has_sign_of_markdown(line));
        if is_latex_heading(line) {
            // Where the first line is one, the file begins as a chapter does.
            headings += if nth == 0 { 2 } else { 1 };
        }
    }
    headings >= 2 && commands > signs
}

fn has_command(line: &str) -> bool {
    let mut behind = line.split('\\').skip(1);
    behind.any(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic()))
}

/// Whether the line has what only Markdown has signs for: a note, a link, strong words, an item.
fn has_sign_of_markdown(line: &str) -> bool {
    let begins = ["- ", "* ", "+ ", "> "];
    begins.iter().any(|sign| line.starts_with(sign))
        || line.contains("[^")
        || line.contains("](")
        || line.matches("**").count() >= 2
}

fn markdown_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    text.len() < line.len() && text.starts_with(' ')
}

fn is_latex_heading(line: &str) -> bool {
    const NAMES: [&str; 6] = [
        r"\part",
        r"\chapter",
        r"\section",
        r"\subsection",
        r"\subsubsection",
        r"\addchap",
    ];
    NAMES
        .iter()
        .filter_map(|name| line.strip_prefix(name))
        .any(|rest| {
            rest.trim_start_matches('*')
                .trim_start()
                .starts_with(['{', '['])
        })
}

/// Whether the text is a page of the web without its root: it begins with an element of HTML, has
/// paragraphs, and nothing but elements stands behind blank lines, as Markdown would.
fn is_part_of_page(text: &str) -> bool {
    const FIRST: [&str; 14] = [
        "body",
        "main",
        "section",
        "article",
        "header",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "ol",
        "ul",
        "blockquote",
    ];
    let Some(after) = text.strip_prefix('<') else {
        return false;
    };
    let is_element = FIRST.iter().any(|name| starts_with_name(after, name));
    let ends = memchr::memmem::find_iter(text.as_bytes(), "</p>").take(3);
    if !is_element || ends.count() < 3 {
        return false;
    }
    let mut is_behind_blank = false;
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        if is_behind_blank && !is_comment && !line.is_empty() && !line.starts_with('<') {
            return false;
        }
        is_behind_blank = line.is_empty();
        is_comment = match (line.rfind("<!--"), line.rfind("-->")) {
            (Some(open), close) => close.is_none_or(|close| close < open),
            (None, Some(_)) => false,
            (None, None) => is_comment,
        };
    }
    true
}

/// Whether the text is a message with the parts of a page in it, as browsers save one.
fn is_saved_page(text: &str) -> bool {
    let header = text.split("\n\n").next().unwrap_or_default();
    let header = header.split("\r\n\r\n").next().unwrap_or_default();
    let is_field = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let header = header.to_ascii_lowercase();
    header.lines().next().is_some_and(is_field)
        && header.contains("mime-version:")
        && (header.contains("multipart/related") || header.contains("text/html"))
}

/// The name of the first element in lower case, without its prefix, and what follows the name; of
/// a document type that names HTML, `html`.
fn root(text: &str) -> Option<(&'static str, &str)> {
    let mut rest = text.trim_start();
    loop {
        let after = rest.strip_prefix('<')?;
        if after.starts_with('?') {
            rest = after.split_once("?>")?.1.trim_start();
        } else if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1.trim_start();
        } else if after
            .get(..8)
            .is_some_and(|it| it.eq_ignore_ascii_case("!DOCTYPE"))
        {
            let name = after.get(8..)?.trim_start();
            if starts_with_name(name, "html") {
                return Some(("html", ""));
            }
            // Declarations in square brackets may have signs of their own.
            let end = match (after.find('['), after.find('>')) {
                (Some(open), Some(close)) if open < close => after.find("]>").map(|at| at + 1)?,
                (_, close) => close?,
            };
            rest = after.get(end + 1..)?.trim_start();
        } else {
            let names = ["html", "article", "office:document"];
            let name = names
                .into_iter()
                .find(|name| starts_with_name(after, name))?;
            return Some((name, after));
        }
    }
}

fn starts_with_name(text: &str, name: &str) -> bool {
    let (head, rest) = text.split_at_checked(name.len()).unwrap_or((text, ""));
    let ends = !rest.starts_with(|char: char| char.is_alphanumeric() || char == '-');
    head.eq_ignore_ascii_case(name) && ends
}

/// Whether a document of an office in one XML file is a text.
fn is_flat_odt(tag: &str) -> bool {
    let tag = tag.split('>').next().unwrap_or_default();
    tag.contains("application/vnd.oasis.opendocument.text")
}

/// Whether an article in XML is one of a journal, by its document type or its attributes. HTML has
/// an element of that name too.
fn is_jats(text: &str, tag: &str) -> bool {
    let tag = tag.split('>').next().unwrap_or_default();
    let before = text.split("<article").next().unwrap_or_default();
    let type_names = ["JATS", "NLM", "journalpublishing", "archivearticle"];
    let has_attribute = ["dtd-version", "article-type", "xmlns:mml", "xmlns:xlink"];
    has_attribute.iter().any(|name| tag.contains(name))
        || (before.contains("<!DOCTYPE") && type_names.iter().any(|name| before.contains(name)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[track_caller]
    fn check(bytes: impl AsRef<[u8]>, expected: Format) {
        assert_eq!(detect(bytes.as_ref()), FileKind::Paper(expected));
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let options = SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn archives_are_told_by_their_parts() {
        let types = ("[Content_Types].xml", "");
        check(archive(&[types, ("word/document.xml", "")]), Format::Docx);
        let odt = "application/vnd.oasis.opendocument.text\n";
        check(archive(&[("mimetype", odt)]), Format::Odt);
        let epub = [("mimetype", "application/epub+zip"), ("word/a.html", "")];
        check(archive(&epub), Format::Epub);
        check(archive(&[("META-INF/container.xml", "")]), Format::Epub);
        let sheet = archive(&[types, ("xl/workbook.xml", "")]);
        assert_eq!(detect(&sheet), FileKind::Foreign(Foreign::Spreadsheet));
        assert_eq!(detect(&archive(&[("word/a.md", "")])), FileKind::Archive);
        assert_eq!(detect(b"PK\x03\x04broken"), FileKind::Archive);
    }

    #[test]
    fn a_docx_is_told_by_its_types_whatever_its_folder() {
        let types = format!("<Types>{}</Types>", String::from_utf8_lossy(WORD_TYPE));
        let parts = [
            ("[Content_Types].xml", types.as_str()),
            ("text/main.xml", ""),
        ];
        check(archive(&parts), Format::Docx);
    }

    #[test]
    fn a_flat_odt_is_told_by_its_type() {
        check(
            "<?xml version='1.0'?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">",
            Format::Odt,
        );
        check("<office:document office:mimetype=\"x\">", Format::Text);
    }

    #[test]
    fn html_is_told_by_its_first_element_or_its_document_type() {
        check("<!doctype HTML>\n<p>", Format::Html);
        check("\u{feff}\n<HTML lang=en>", Format::Html);
        check("<!-- a > b --><?xml version='1.0'?>\n<html>", Format::Html);
        check("<htmlx>", Format::Text);
        check("text <html>", Format::Text);
        check(b"\xff\xfe<\0h\0t\0m\0l\0>\0", Format::Html);
    }

    #[test]
    fn an_article_is_jats_only_with_the_signs_of_it() {
        check("<?xml?><article dtd-version='1.2'>", Format::Jats);
        let doctype = "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS v1.2//EN\" [<!ENTITY a '>'>]>";
        check(format!("{doctype}\n<article>"), Format::Jats);
        check("<article><p>A page of HTML.</p></article>", Format::Text);
    }

    #[test]
    fn latex_is_told_by_the_command_that_begins_a_paper() {
        check("% a comment\n\n\\documentclass{article}", Format::Latex);
        check("\\RequirePackage{a}\n\\documentclass[b]{c}", Format::Latex);
        check("On `\\documentclass`.\n\n\\documentclass{a}", Format::Text);
        check("\\alpha is a letter", Format::Text);
    }

    #[test]
    fn a_chapter_of_latex_is_told_by_its_headings() {
        check("% a comment\n\\chapter{One}\nText.", Format::Latex);
        check("Text.\n\n\\section*{A}\n\n\\section[b]{B}", Format::Latex);
        check("Text.\n\n\\section{A}\n\nText.", Format::Text);
        check("\\section{A}\n\n## B\n", Format::Text);
        check("---\na: b\n---\n\\part{A}\n\\part{B}", Format::Text);
        check("\\sectional{A}\n\\sectional{B}", Format::Text);
        let notes = "\\section{A}\n\nText.[^1]\n\n\\section{B}\n\n- one\n- **two**\n\n[^1]: Note.";
        check(notes, Format::Text);
        check(
            "\\section{A}\n\\emph{a} \\[b\\]\n\\cite{c}\n- d",
            Format::Latex,
        );
    }

    #[test]
    fn a_page_without_its_root_is_html_if_all_of_it_is() {
        let text = "<p>A</p>\n<p>B</p>\n\n<!-- # C\n\nD -->\n<p>E</p>";
        check(text, Format::Html);
        check(format!("<body>\n{text}</body>"), Format::Html);
        check(format!("{text}\n\n# F"), Format::Text);
        check("<div align=center>\n<p>A</p>\n</div>", Format::Text);
        check(format!("<TEI>{text}</TEI>"), Format::Text);
    }

    #[test]
    fn other_formats_are_told_by_how_they_begin() {
        check("%PDF-1.7", Format::Pdf);
        check("{\\rtf1\\ansi", Format::Rtf);
        check("Just text about %PDF-1.7", Format::Text);
        check("", Format::Text);
        let page = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\nMIME";
        check(page, Format::Mhtml);
        check("Title: MIME-Version: 1.0\n\ntext/html", Format::Text);
        assert_eq!(detect(b"\x1f\x8b\x08"), FileKind::Gzip);
        assert_eq!(detect(b"\x89PNG\r\n"), FileKind::Foreign(Foreign::Image));
    }
}
