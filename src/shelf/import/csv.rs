//! Tables of highlights, as Readwise and others write them: one a row, with names of columns.
//!
//! Quoted fields are the whole of what is needed of CSV, which is why no crate reads it.

use super::ForeignAnnotation;
use crate::shelf::annotation::{AnnotationKind, HighlightKind};
use crate::shelf::timestamp::Timestamp;

/// What programs call the columns, in lower case.
const QUOTE: [&str; 6] = [
    "highlight",
    "annotationtext",
    "quote",
    "text",
    "highlighted text",
    "exact",
];
const NOTE: [&str; 5] = [
    "note",
    "annotationcomment",
    "comment",
    "comments",
    "annotation",
];
const COLOUR: [&str; 5] = [
    "color",
    "colour",
    "annotationcolor",
    "kind",
    "highlight color",
];
const TITLE: [&str; 3] = ["title", "book title", "document"];
const DATE: [&str; 5] = [
    "date",
    "highlighted at",
    "dateadded",
    "created",
    "date added",
];

/// Whether the first line of a file names a column of quotations.
pub(super) fn is_table(file: &str) -> bool {
    let names = Rows(file).next().unwrap_or_default();
    names.len() > 1 && column(&names, &QUOTE).is_some()
}

/// The highlights of a table.
pub(super) fn read(file: &str) -> Vec<ForeignAnnotation> {
    let mut rows = Rows(file);
    let names = rows.next().unwrap_or_default();
    let columns =
        [&QUOTE[..], &NOTE, &COLOUR, &TITLE, &DATE].map(|names_of| column(&names, names_of));
    let passages = rows.map(|row| {
        let [quote, note, colour, title, date] = columns.map(|column| {
            let field = column.and_then(|column| row.get(column));
            field.map_or("", String::as_str)
        });
        ForeignAnnotation {
            quote: quote.to_owned(),
            note: note.to_owned(),
            kind: AnnotationKind::Highlight(HighlightKind::from_colour(colour)),
            title: title.to_owned(),
            created: Timestamp::parse_local(date).or_else(|| Timestamp::parse(date)),
            must_be_found: true,
            ..ForeignAnnotation::default()
        }
    });
    passages.collect()
}

fn column(names: &[String], wanted: &[&str]) -> Option<usize> {
    let is_wanted = |name: &String| wanted.contains(&name.trim().to_lowercase().as_str());
    names.iter().position(is_wanted)
}

/// The rows of a table, a line each unless a line break is quoted.
struct Rows<'a>(&'a str);

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.0.is_empty() {
            return None;
        }
        let (mut row, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut letters = self.0.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' if is_quoted && letters.next_if(|(_, next)| *next == '"').is_some() => {
                    field.push('"');
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut field)),
                '\r' if !is_quoted => {}
                '\n' if !is_quoted => {
                    row.push(field);
                    self.0 = self.0.get(at + 1..).unwrap_or_default();
                    return Some(row);
                }
                _ => field.push(letter),
            }
        }
        self.0 = "";
        row.push(field);
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_hold_commas_line_breaks_and_quotation_marks() {
        let table = "Highlight,Title,Author,URL,Note,Location,Date\n\
                     \"Nobody, it seems, keeps a \"\"line\nnumber\"\"\",On Keeping,Ada,,really?,,\n";
        assert!(is_table(table));
        let passages = read(table);
        assert_eq!(passages.len(), 1);
        assert_eq!(
            passages[0].quote,
            "Nobody, it seems, keeps a \"line\nnumber\""
        );
        assert_eq!(
            (passages[0].note.as_str(), passages[0].title.as_str()),
            ("really?", "On Keeping")
        );
    }
}
