//! What the reader is told of a PDF that could not be read as it is.

use super::line::PdfLine;
use super::notes::PdfNotes;
use super::page::Page;
use super::script::BuildScript;

/// So many untied notes are named one by one.
const MAX_NAMED: usize = 50;

/// Says what was lost or is uncertain.
pub(super) fn write(script: &mut BuildScript, lines: &[PdfLine], pages: &[Page], notes: &PdfNotes) {
    let tied = notes.notes.len();
    let found = tied + notes.untied.len();
    if !notes.untied.is_empty() {
        let message = format!(
            "{tied} of {found} notes are tied to their markers; the others are in the text, where they were"
        );
        script.problem(None, message);
    }
    for (line, label) in notes.untied.iter().take(MAX_NAMED) {
        let page = lines.get(*line).map_or(0, |line| line.page);
        let message = format!("note {label} has no marker that is certain, and stays in the text");
        script.problem(Some(page), message);
    }
    let unknown: usize = pages.iter().map(|page| page.unknown_letters).sum();
    if unknown > 0 {
        let first = pages.iter().position(|page| page.unknown_letters > 0);
        let letters = if unknown == 1 {
            "letter says"
        } else {
            "letters say"
        };
        let message = format!("{unknown} {letters} not what they are, and are shown as �");
        script.problem(Some(first.unwrap_or(0)), message);
    }
    let pictures: Vec<usize> = (0..pages.len())
        .filter(|index| {
            pages
                .get(*index)
                .is_some_and(|page| page.has_pictures && page.glyphs.is_empty())
        })
        .collect();
    if let Some(first) = pictures.first() {
        let message = match pictures.len() {
            1 => "the page is a picture without text: `ocrmypdf in.pdf out.pdf` can read it"
                .to_owned(),
            count => format!(
                "{count} pages from here on are pictures without text: `ocrmypdf in.pdf out.pdf` can read them"
            ),
        };
        script.problem(Some(*first), message);
    }
}
