//! What the reading of a PDF has put right, listed so that a reader can judge it.

use super::furniture::Furniture;
use super::line::PdfLine;
use super::notes::TiedNote;
use super::script::BuildScript;
use super::zones::NoteBeginning;
use crate::paper::MendingKind;

/// So many characters show what a change was about.
const MAX_SHOWN_CHARACTERS: usize = 48;

/// Running heads, folios and the like that were taken out.
pub(super) fn furniture(script: &mut BuildScript, furniture: &[Furniture]) {
    for (page, taken) in furniture.iter().enumerate() {
        for row in &taken.rows {
            let kind = MendingKind::FurnitureRemoved;
            script.mend(kind, page, beginning(row), String::new());
        }
    }
}

/// Notes that were tied to their markers.
pub(super) fn notes(script: &mut BuildScript, lines: &[PdfLine], notes: &[TiedNote]) {
    for note in notes {
        if let Some(line) = lines.get(note.start.line) {
            let label = note.start.label.name();
            let after = format!("[^{label}]:");
            let before = beginning(&label_apart(line, &note.start));
            script.mend(MendingKind::NoteTied, line.page, before, after);
        }
    }
}

/// The first line of a note with a space after its label, which is set close where it is raised.
fn label_apart(line: &PdfLine, start: &NoteBeginning) -> String {
    let raised = line.pieces.iter().take(start.pieces);
    let letters = raised.map(|piece| piece.run.letters.len()).sum::<usize>() + start.letters;
    let text = line.text();
    let end = text.char_indices().nth(letters).map(|(end, _)| end);
    let (label, rest) = text
        .split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((&text, ""));
    format!("{} {}", label.trim_end(), rest.trim_start())
}

/// Lines, by index, that were read as a heading.
pub(super) fn heading(script: &mut BuildScript, lines: &[PdfLine], own: &[usize]) {
    let texts: Vec<String> = own
        .iter()
        .filter_map(|line| lines.get(*line))
        .map(PdfLine::text)
        .collect();
    let page = own
        .first()
        .and_then(|line| lines.get(*line))
        .map_or(0, |line| line.page);
    let text = beginning(&texts.join(" "));
    script.mend(MendingKind::HeadingFound, page, text.clone(), text);
}

/// Where lines, by index, go on with a text that the end of a column or a page has cut.
pub(super) fn joined(
    script: &mut BuildScript,
    lines: &[PdfLine],
    own: &[usize],
    kind: MendingKind,
) {
    for pair in own.windows(2) {
        let [one, next] = pair else { continue };
        let (Some(one), Some(next)) = (lines.get(*one), lines.get(*next)) else {
            continue;
        };
        if (one.page, one.region) != (next.page, next.region) {
            let (end, begin) = (ending(&one.text()), beginning(&next.text()));
            let before = format!("{end} | {begin}");
            script.mend(kind, next.page, before, format!("{end} {begin}"));
        }
    }
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// The last words of a text.
fn ending(text: &str) -> String {
    let count = text.chars().count();
    let rest: String = text
        .chars()
        .skip(count.saturating_sub(MAX_SHOWN_CHARACTERS))
        .collect();
    if count > MAX_SHOWN_CHARACTERS {
        format!("…{rest}")
    } else {
        rest
    }
}
