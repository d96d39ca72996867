//! Reading PDFs: from letters and their places on pages to text, with the notes at the foot of
//! pages tied to their markers.
//!
//! The steps, each in a file of its own: letters (`interpret`), set upright (`aslant`), become runs (`run`); what is
//! printed on every page is taken out (`furniture`); runs become lines, in the order of columns
//! (`columns`, `line`); notes are found and tied (`notes`); the rest is what loose lines of
//! any format become (`mend`). Reading is a function of the bytes alone.

mod accents;
mod aslant;
mod brackets;
mod calls;
mod chapter_notes;
mod columns;
mod contents;
mod display_notes;
mod document;
mod endnotes;
mod folios;
mod fonts;
mod formula_calls;
mod front;
mod furniture;
mod head_rules;
mod heading_number;
mod imprint;
mod inline;
mod interpret;
mod label;
mod late_zones;
mod leftovers;
mod level_calls;
mod line;
mod line_numbers;
mod links;
mod lone_calls;
mod margin;
mod masthead;
mod measures;
mod mended;
mod named_headings;
mod note_links;
mod notes;
mod numeral_calls;
mod numeral_lists;
mod numerals;
mod overflow;
mod page;
mod page_numbers;
mod places;
mod report;
mod run;
mod run_in;
mod script;
#[cfg(feature = "pictures")]
mod sheet;
mod table_text;
mod tables;
#[cfg(test)]
mod testing;
mod text_string;
mod tie;
mod unanswered;
mod unruled_zones;
mod unstyled;
mod zones;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use serde::{Deserialize, Serialize};

use self::document::PdfFindings;
use self::line::PdfLine;
use self::measures::Measures;
use self::page::Page;
use self::run::GlyphRun;
use crate::paper::Parsed;
pub use script::BuildScript;
#[cfg(feature = "pictures")]
pub use sheet::draw as draw_sheet;

/// Why a PDF cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum PdfRefusal {
    /// It wants a password.
    #[error("it needs a password: write that into a file, and name it by `--password-file`")]
    Encrypted,
    /// Its password is another one.
    #[error("the password in the file that `--password-file` names does not open it")]
    WrongPassword,
    /// It is encrypted in a way that is not known.
    #[error("it is encrypted in a way that opcit cannot read")]
    UnknownEncryption,
    /// It has no pages that can be read.
    #[error("its pages cannot be found: it is broken, or no PDF")]
    Broken,
    /// Its pages have no text.
    #[error("there is no text on its pages")]
    NoText,
    /// It takes more work or memory than a PDF may.
    #[error(
        "reading it takes more memory or time than opcit allows: it is broken, or made to harm"
    )]
    TooMuch,
    /// The process that was to read it did not start.
    #[error("the process that reads PDFs cannot be started; on Linux it needs /proc")]
    NoProcess,
    /// Its pages are pictures.
    #[error("its pages are pictures without text: run `ocrmypdf in.pdf out.pdf` first")]
    Pictures,
}

/// The first so many pages of a long PDF are its beginning, if it has at least so many more.
const BEGINNING_PAGES: usize = 10;
const MIN_MORE_PAGES: usize = 20;

/// What takes the steps that build the beginning of a paper.
pub type TakeBeginning<'a> = &'a dyn Fn(BuildScript);

/// What reads a PDF that a password opens, if it needs one. The beginning of a long one is handed on
/// as soon as it is read, if it is wanted.
pub type PdfReader<'a> =
    dyn Fn(&[u8], &str, Option<TakeBeginning<'_>>) -> Result<BuildScript, PdfRefusal> + 'a;

/// Reads a PDF.
///
/// # Errors
/// When there is no text in it that can be read.
pub fn read(bytes: &[u8]) -> Result<Parsed, PdfRefusal> {
    Ok(script(bytes, "", None)?.play())
}

/// Reads a PDF that this password opens, if it needs one, and gives the steps that build the paper.
/// Those that build the beginning of a long one are handed on before, if they are wanted.
///
/// # Errors
/// When there is no text in it that can be read.
pub fn script(
    bytes: &[u8],
    password: &str,
    begun: Option<TakeBeginning<'_>>,
) -> Result<BuildScript, PdfRefusal> {
    let pdf = Pdf::new_with_password(bytes.to_vec(), password);
    let pdf = pdf.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => match password {
            "" => PdfRefusal::Encrypted,
            _ => PdfRefusal::WrongPassword,
        },
        LoadPdfError::Decryption(_) => PdfRefusal::UnknownEncryption,
        LoadPdfError::Invalid => PdfRefusal::Broken,
    })?;
    if let Some(begun) = begun
        && pdf.pages().len() >= BEGINNING_PAGES + MIN_MORE_PAGES
    {
        let pages = interpret::pages(&pdf, BEGINNING_PAGES);
        if pages.iter().any(|page| !page.glyphs.is_empty()) {
            let mut beginning = script_of(&pdf, pages);
            beginning.be_beginning();
            begun(beginning);
        }
    }
    let pages = interpret::pages(&pdf, usize::MAX);
    if pages.is_empty() {
        return Err(PdfRefusal::Broken);
    }
    if pages.iter().all(|page| page.glyphs.is_empty()) {
        let has_pictures = pages.iter().any(|page| page.has_pictures);
        return Err(if has_pictures {
            PdfRefusal::Pictures
        } else {
            PdfRefusal::NoText
        });
    }
    Ok(script_of(&pdf, pages))
}

/// The steps of the paper that the first pages of a PDF make, or all.
fn script_of(pdf: &Pdf, mut pages: Vec<Page>) -> BuildScript {
    aslant::straighten(&mut pages);
    let outline = links::read(pdf, &mut pages);
    head_rules::take_out(&mut pages);
    let metadata = pdf.metadata();
    let title = metadata.title.as_deref().map(text_string::decode);
    paper(&pages, &outline, &title.unwrap_or_default())
}

/// The steps of the paper that pages make.
fn paper(pages: &[Page], outline: &[links::OutlineEntry], title: &str) -> BuildScript {
    let heights: Vec<f32> = pages.iter().map(|page| page.height).collect();
    let mut runs: Vec<Vec<GlyphRun>> = pages.iter().map(run::runs).collect();
    let furniture = furniture::take_out(&mut runs, &heights);
    let mut lines = run_in::part(lines(pages, runs), pages);
    let raised = calls::all(&lines, pages);
    level_calls::find(&mut lines, &raised);
    numeral_calls::find(&mut lines);
    let marks = calls::all(&lines, pages);
    brackets::find_labels(&mut lines, &marks);
    let measures = Measures::new(&lines, &marks);
    let mut notes = notes::find(&lines, pages, measures, marks);
    if lone_calls::find(&mut lines, &notes) {
        let marks = calls::all(&lines, pages);
        notes = notes::find(&lines, pages, measures, marks);
    }
    let mut script = BuildScript::default();
    let document = PdfFindings {
        lines: &lines,
        pages,
        furniture: &furniture,
        notes: &notes,
        outline,
        title,
    };
    document.write(&mut script);
    report::write(&mut script, &lines, pages, &notes);
    script
}

/// The lines of all pages in reading order.
fn lines(pages: &[Page], runs: Vec<Vec<GlyphRun>>) -> Vec<PdfLine> {
    let letters = runs.iter().flatten();
    let sizes = letters.flat_map(|run| std::iter::repeat_n(run.size, run.letters.len()));
    let em = measures::most_common(sizes, 0.25).unwrap_or(10.0);
    let mut lines = Vec::new();
    for ((index, page), runs) in pages.iter().enumerate().zip(runs) {
        let space_ems = run::space_ems(&page.glyphs);
        let (text, beside) = margin::part(runs, em);
        let regions = columns::regions(text, em).into_iter().chain(beside);
        for (region, part) in regions.enumerate() {
            lines.extend(line::lines(part, index, region, space_ems));
        }
    }
    lines
}
