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
    letters(
        script,
        pages,
        |page| page.unknown_letters,
        ["letter says", "letters say"],
        "not what they are, and are shown as �",
    );
    letters(
        script,
        pages,
        |page| page.turned_letters,
        ["letter is", "letters are"],
        "set sideways or aslant, and left out",
    );
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

/// Says on which page letters begin that are not as they should be, and how many they are.
fn letters(
    script: &mut BuildScript,
    pages: &[Page],
    count: impl Fn(&Page) -> usize,
    verbs: [&str; 2],
    what: &str,
) {
    let all: usize = pages.iter().map(&count).sum();
    if all > 0 {
        let first = pages.iter().position(|page| count(page) > 0);
        let [one, several] = verbs;
        let letters = if all == 1 { one } else { several };
        script.problem(Some(first.unwrap_or(0)), format!("{all} {letters} {what}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_left_out_are_said() {
        let mut script = BuildScript::default();
        let page = Page {
            turned_letters: 12,
            ..Page::default()
        };
        write(
            &mut script,
            &[],
            &[Page::default(), page],
            &PdfNotes::default(),
        );
        let problems = script.play().problems;
        assert_eq!(problems.len(), 1);
        let said = problems[0].message();
        assert_eq!(said, "12 letters are set sideways or aslant, and left out");
    }
}
