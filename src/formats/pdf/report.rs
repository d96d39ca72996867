//! What the reader is told of a PDF that could not be read as it is.

use super::line::PdfLine;
use super::notes::PdfNotes;
use super::page::Page;
use super::script::BuildScript;
use super::unanswered;

/// So many untied notes are named one by one.
const MAX_NAMED: usize = 50;

/// Says what was lost or is uncertain.
pub(super) fn write(script: &mut BuildScript, lines: &[PdfLine], pages: &[Page], notes: &PdfNotes) {
    self::notes(script, lines, notes);
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

/// Says which notes are not tied.
fn notes(script: &mut BuildScript, lines: &[PdfLine], notes: &PdfNotes) {
    let tied = notes.notes.len();
    let missing = &notes.unanswered.missing;
    let untied = notes.untied.len() + missing.len();
    if untied > 0 {
        let found = tied + untied;
        let message = format!(
            "{tied} of {found} notes are tied to their markers; the others are in the text, where they were"
        );
        script.problem(None, message);
    }
    let page = |line: usize| lines.get(line).map_or(0, |line| line.page);
    for (line, label) in notes.untied.iter().take(MAX_NAMED) {
        let label = label.name();
        let message = format!("note {label} has no marker that is certain, and stays in the text");
        script.problem(Some(page(*line)), message);
    }
    for (line, label) in notes.cut.iter().take(MAX_NAMED) {
        let message = format!(
            "note {label} ends within a sentence at the foot of its page; the rest of it may be in the text"
        );
        script.problem(Some(page(*line)), message);
    }
    let mut say = |numbers: &[(usize, u32)], what: &str| {
        if let Some((first, _)) = numbers.first() {
            let message = format!("{what}: {}", unanswered::listed(numbers));
            script.problem(Some(page(*first)), message);
        }
    };
    say(
        missing,
        "notes are missing, for neither their beginnings nor their markers are certain",
    );
    say(
        &notes.unanswered.markers,
        "raised numbers look like markers, and no notes are certainly theirs",
    );
    say(
        &notes.unanswered.notes,
        "numbered lines at the foot of pages look like notes, and no markers are certainly theirs",
    );
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
    use super::super::unanswered::Unanswered;
    use super::*;

    #[test]
    fn a_paper_that_seems_to_have_notes_says_that_they_could_not_be_tied() {
        let mut script = BuildScript::default();
        let notes = PdfNotes {
            unanswered: Unanswered {
                markers: vec![(0, 1), (0, 2), (0, 3)],
                missing: vec![(0, 7)],
                ..Unanswered::default()
            },
            ..PdfNotes::default()
        };
        write(&mut script, &[], &[Page::default()], &notes);
        let problems = script.play().problems;
        let said: Vec<String> = problems.iter().map(|it| it.message().to_string()).collect();
        assert!(
            said.iter()
                .any(|it| it.starts_with("0 of 1 notes are tied"))
        );
        let about = |what: &str| said.iter().any(|it| it.contains(what));
        assert!(
            about("raised numbers look like markers") && about(": 1–3"),
            "{said:?}"
        );
        assert!(about("notes are missing") && about(": 7"));
    }

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
