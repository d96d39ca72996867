//! What is said of a file that is not read: what it is, and the command that makes a paper of it.

use crate::formats::{Foreign, Format, Refusal};

/// So many names of papers in an archive are told.
const MAX_NAMES: usize = 5;

/// Why the file of this name is not read, and what to do, in words. The name is fit to be shown.
pub(super) fn words(refusal: &Refusal, name: &str) -> String {
    let file = argument(name);
    match refusal {
        Refusal::Unreadable(format) => unreadable(*format, name, &file),
        Refusal::Foreign(foreign) => other(*foreign, &file),
        Refusal::Binary => "it is a binary file, of no kind that opcit knows".to_owned(),
        Refusal::Utf32 => format!(
            "it is text in UTF-32. Convert it first: `iconv -f UTF-32 -t UTF-8 {file} | opcit`"
        ),
        Refusal::Papers(names) if names.is_empty() => {
            "it is an archive, and no paper is in it".to_owned()
        }
        Refusal::Papers(names) => {
            let shown: Vec<&str> = names.iter().take(MAX_NAMES).map(String::as_str).collect();
            let more = if names.len() > MAX_NAMES { ", …" } else { "" };
            let shown = crate::paper::clean(&shown.join(", ")).into_owned();
            format!("it is an archive of several papers ({shown}{more}). Unpack it, and open one")
        }
        Refusal::Unpackable => {
            "it is packed, and cannot be unpacked: it is damaged, or grows too large".to_owned()
        }
        Refusal::NoText => "no text can be found in it: it is damaged, or empty".to_owned(),
        Refusal::Encrypted => "it is encrypted. Save it without a password first".to_owned(),
        Refusal::Locked => {
            "its seller has locked it (DRM), and only the seller's own programs open it".to_owned()
        }
        #[cfg(feature = "pdf")]
        Refusal::Pdf(refusal) => refusal.to_string(),
    }
}

fn unreadable(format: Format, name: &str, file: &str) -> String {
    match format {
        Format::Pdf => format!(
            "it is a PDF, which pandoc cannot read either. `pdftotext {file} - | opcit` shows its \
             text, but does not keep its notes"
        ),
        Format::Mhtml => {
            "it is a page saved as one file (MHTML). Save it as HTML instead".to_owned()
        }
        _ => {
            let format = format.name();
            let ending = format!(".{format}");
            // Pandoc goes by the file's name.
            let from = if name.to_lowercase().ends_with(&ending) {
                String::new()
            } else {
                format!(" -f {format}")
            };
            let kind = format.to_uppercase();
            format!("it is {kind}. Convert it first: `pandoc -s{from} {file} -t gfm | opcit`")
        }
    }
}

fn other(foreign: Foreign, file: &str) -> String {
    let pipe = |program: &str| format!("Unpack it first: `{program} {file} | opcit`");
    match foreign {
        Foreign::OldOffice => format!(
            "it is an old office file, such as DOC. Convert it first: `soffice --headless \
             --convert-to docx {file}`"
        ),
        Foreign::Spreadsheet => "it is a spreadsheet, not a paper".to_owned(),
        Foreign::Presentation => "it is a presentation, not a paper".to_owned(),
        Foreign::Drawing => "it is an office file, but no text".to_owned(),
        Foreign::Bzip2 => format!("it is packed with bzip2. {}", pipe("bzcat")),
        Foreign::Xz => format!("it is packed with xz. {}", pipe("xzcat")),
        Foreign::Zstandard => format!("it is packed with zstd. {}", pipe("zstdcat")),
        Foreign::Image => "it is an image. `ocrmypdf` makes text of a scanned page".to_owned(),
        Foreign::Program => "it is a program, not a paper".to_owned(),
        Foreign::DjVu => format!("it is a DjVu. `djvutxt {file} | opcit` shows its text"),
        Foreign::Mobi => {
            format!("it is a book for Kindle. Convert it first: `ebook-convert {file} book.epub`")
        }
    }
}

/// The file as an argument of a command, where its name can be typed as it is shown.
fn argument(name: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "._/-+,@%=:".contains(char);
    if name == "standard input" || name.contains(['\'', '⟨', '\u{fffd}']) || name.starts_with('-')
    {
        "FILE".to_owned()
    } else if name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{name}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(refusal: &Refusal, name: &str, expected: &str) {
        assert_eq!(words(refusal, name), expected);
    }

    #[test]
    fn each_format_has_the_command_that_converts_it() {
        check(
            &Refusal::Unreadable(Format::Epub),
            "a/book.epub",
            "it is EPUB. Convert it first: `pandoc -s a/book.epub -t gfm | opcit`",
        );
        check(
            &Refusal::Unreadable(Format::Epub),
            "my book",
            "it is EPUB. Convert it first: `pandoc -s -f epub 'my book' -t gfm | opcit`",
        );
        check(
            &Refusal::Unreadable(Format::Odt),
            "standard input",
            "it is ODT. Convert it first: `pandoc -s -f odt FILE -t gfm | opcit`",
        );
        check(
            &Refusal::Foreign(Foreign::Xz),
            "a.md.xz",
            "it is packed with xz. Unpack it first: `xzcat a.md.xz | opcit`",
        );
    }

    #[test]
    fn a_pdf_is_not_said_to_be_fit_for_pandoc() {
        let said = words(&Refusal::Unreadable(Format::Pdf), "a.pdf");
        assert!(
            said.contains("pandoc cannot read") && said.contains("`pdftotext a.pdf - | opcit`")
        );
    }

    #[test]
    fn names_in_an_archive_cannot_act_on_a_terminal() {
        let names = vec!["a\u{1b}.md".to_owned(); 9];
        let said = words(&Refusal::Papers(names), "a.zip");
        assert!(said.contains("a␛.md, a␛.md") && said.contains('…') && !said.contains('\u{1b}'));
    }
}
