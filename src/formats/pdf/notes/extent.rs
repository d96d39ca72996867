//! Which lines are of which note: a note may go on over pages, and lines in it may begin as notes do.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::super::label::Label;
use super::super::overflow;
use super::super::zones::NoteBeginning;
use super::{NoteFinder, PdfNotes, TiedNote};

impl NoteFinder<'_> {
    /// The notes whose last line is that of a zone and full, and ends in no way that notes end.
    pub(super) fn cut(&self, notes: &PdfNotes) -> Vec<(usize, String)> {
        let zone_of = |line: usize| self.zones.iter().find(|zone| zone.end == line + 1);
        let ends = notes.notes.iter().filter_map(|note| {
            let last = *note.lines.last()?;
            let zone = self.lines.get(zone_of(last)?.clone())?;
            let is_cut = overflow::is_cut(zone);
            is_cut.then(|| (last, note.start.label.name()))
        });
        ends.collect()
    }

    /// Whether a note goes on in the lines of a zone above the first note that begins there.
    fn goes_on(
        &self,
        note: &TiedNote,
        area: &Range<usize>,
        note_at: &BTreeMap<usize, usize>,
    ) -> bool {
        let next = self
            .starts
            .iter()
            .find(|start| {
                let begins = start.is_raised || note_at.contains_key(&start.line);
                begins && area.contains(&start.line)
            })
            .map(|start| start.line);
        if self.says_continued(area.start) {
            return true;
        }
        let lead = area.start..next.unwrap_or(area.end);
        note.lines.last().is_some_and(|last| {
            overflow::goes_on(self.lines, self.pages, *last, &lead, next.is_some())
        })
    }

    /// The zones and lists in the order of their lines; true for the lists.
    fn areas(&self) -> Vec<(Range<usize>, bool)> {
        let lists = self.lists.iter().map(|list| (list.lines.clone(), true));
        let zones = self.zones.iter().map(|zone| (zone.clone(), false));
        let mut areas: Vec<(Range<usize>, bool)> = zones.chain(lists).collect();
        areas.sort_by_key(|(area, _)| area.start);
        areas
    }

    fn says_continued(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(overflow::is_continued)
    }

    /// Whether the first note that is tied among lines has the number after the last one, so that
    /// no other begins between them: what looks so is part of the last.
    fn is_next_after(
        &self,
        last: Option<&Label>,
        lines: Range<usize>,
        note_at: &BTreeMap<usize, usize>,
    ) -> bool {
        let next = note_at.range(lines).next();
        let next = next.and_then(|(line, _)| self.starts.iter().find(|it| it.line == *line));
        next.is_some_and(|next| follows(last, &next.label))
    }

    /// Gives each line of a zone or a list to its note.
    pub(super) fn take_lines(&self, note_at: &BTreeMap<usize, usize>, notes: &mut PdfNotes) {
        let starts: HashMap<usize, &NoteBeginning> = self
            .starts
            .iter()
            .map(|start| (start.line, start))
            .collect();
        let mut current: Option<usize> = None;
        let mut last = None;
        for (area, is_list) in self.areas() {
            if is_list {
                current = None;
            }
            // Where a number is missing, its note may have begun out of sight.
            let is_doubtful = skips(&self.starts, area.start, last.as_ref())
                && !self.is_next_after(last.as_ref(), area.start..usize::MAX, note_at);
            let so_far = current.and_then(|current| notes.notes.get(current));
            if is_doubtful || !so_far.is_some_and(|note| self.goes_on(note, &area, note_at)) {
                current = None;
            }
            // Small type that no marker leads to may be anything.
            let is_proved = area.clone().any(|line| note_at.contains_key(&line));
            let area_end = area.end;
            for line in area {
                if current.is_some() && self.says_continued(line) {
                    notes.taken.insert(line);
                    continue;
                }
                if let Some(note) = note_at.get(&line) {
                    current = Some(*note);
                    last = self
                        .starts
                        .iter()
                        .find(|start| start.line == line)
                        .map(|start| start.label.clone());
                } else if let Some(start) = starts.get(&line)
                    && (start.is_raised || follows(last.as_ref(), &start.label))
                    && (start.is_raised
                        || !self.is_next_after(last.as_ref(), line..area_end, note_at))
                {
                    current = None;
                    if is_proved {
                        notes.untied.push((line, start.label.clone()));
                    }
                    last = Some(start.label.clone());
                }
                let note = current.and_then(|current| notes.notes.get_mut(current));
                if let Some(note) = note {
                    note.lines.push(line);
                    notes.taken.insert(line);
                }
            }
        }
    }
}

/// Whether the next start from a line on does not follow the last one.
fn skips(starts: &[NoteBeginning], line: usize, last: Option<&Label>) -> bool {
    let next = starts.iter().find(|start| start.line >= line);
    match (
        next.and_then(|next| next.label.number()),
        last.and_then(Label::number),
    ) {
        (Some(next), Some(last)) => next > last + 1,
        _ => false,
    }
}

fn follows(last: Option<&Label>, label: &Label) -> bool {
    let last = last.and_then(Label::number);
    last.is_some() && label.number() == last.map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::super::super::calls;
    use super::super::super::line::{PdfLine, lines};
    use super::super::super::run::runs;
    use super::super::super::testing::page;
    use super::super::{Measures, PdfNotes, find};

    type PageText<'a> = (f32, f32, f32, &'a str);

    /// The notes of pages, and all their lines.
    fn read(pages: &[&[PageText<'_>]]) -> (PdfNotes, Vec<PdfLine>) {
        let pages: Vec<_> = pages.iter().map(|texts| page(texts)).collect();
        let of_page = |(index, page)| lines(runs(page), index, 0, 0.16);
        let lines: Vec<PdfLine> = pages.iter().enumerate().flat_map(of_page).collect();
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        let marks = calls::all(&lines, &pages);
        (find(&lines, &pages, measures, marks), lines)
    }

    fn texts((notes, lines): &(PdfNotes, Vec<PdfLine>)) -> Vec<String> {
        let text = |lines_of: &Vec<usize>| {
            let own = lines_of.iter().map(|line| lines[*line].text());
            own.collect::<Vec<_>>().join(" ")
        };
        notes.notes.iter().map(|note| text(&note.lines)).collect()
    }

    const MARKED: [PageText<'static>; 6] = [
        (60.0, 100.0, 10.0, "some words."),
        (115.0, 96.0, 7.0, "1"),
        (60.0, 112.0, 10.0, "some words."),
        (115.0, 108.0, 7.0, "2"),
        (60.0, 124.0, 10.0, "some words."),
        (115.0, 120.0, 7.0, "3"),
    ];

    #[test]
    fn a_line_of_a_note_that_begins_with_the_number_of_the_next_one_is_its_own() {
        let notes = [
            (60.0, 700.0, 8.0, "1. Ada, Journal of Notes 11, no."),
            (75.0, 709.0, 8.0, "2 (1910): 62."),
            (60.0, 718.0, 8.0, "2. Bo, a note."),
            (60.0, 727.0, 8.0, "3. Cy, a note."),
        ];
        let found = read(&[&[&MARKED[..], &notes[..]].concat()]);
        let expected = [
            "1. Ada, Journal of Notes 11, no. 2 (1910): 62.",
            "2. Bo, a note.",
            "3. Cy, a note.",
        ];
        assert_eq!(texts(&found), expected);
        assert!(found.0.untied.is_empty());
    }

    #[test]
    fn a_note_goes_on_over_the_page_in_lines_that_begin_with_numbers() {
        let first = [
            (60.0, 700.0, 8.0, "1. Ada, a note."),
            (60.0, 709.0, 8.0, "2. Bo, a note that goes on with"),
        ];
        let second = [
            (60.0, 100.0, 10.0, "some words of the text on this page."),
            (60.0, 700.0, 8.0, "more of it, in the Review,"),
            (60.0, 709.0, 8.0, "223, 230 (2018)."),
            (60.0, 718.0, 8.0, "3. Cy, a note."),
        ];
        let found = read(&[&[&MARKED[..], &first[..]].concat(), &second]);
        let second = "2. Bo, a note that goes on with more of it, in the Review, 223, 230 (2018).";
        assert_eq!(texts(&found)[1], second);
        assert!(found.0.cut.is_empty());
    }

    #[test]
    fn a_note_that_ends_within_a_sentence_at_the_foot_of_its_page_is_said_to_be_uncertain() {
        let notes = |last| {
            [
                (60.0, 700.0, 8.0, "1. Ada, a note."),
                (60.0, 709.0, 8.0, "2. Bo, a note."),
                (60.0, 718.0, 8.0, last),
            ]
        };
        let cut = |last| {
            let texts = [&MARKED[..], &notes(last)[..]].concat();
            read(&[&texts]).0.cut.len()
        };
        assert_eq!(cut("3. Cy, a note with the"), 1);
        assert_eq!(cut("3. Cy, a note with it."), 0);
        assert_eq!(cut("3. Cy"), 0);
    }

    #[test]
    fn a_number_that_begins_a_line_is_no_label_where_all_labels_have_stops() {
        let figures = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
        let mut texts = Vec::new();
        let mut y = 100.0;
        for figure in figures {
            texts.push((60.0, y, 10.0, "some words."));
            texts.push((115.0, y - 4.0, 7.0, figure));
            y += 12.0;
        }
        let labels = figures.map(|figure| format!("{figure}. Ada, a note."));
        for label in &labels {
            texts.push((60.0, y + 300.0, 8.0, label));
            y += 9.0;
        }
        texts.push((60.0, y + 300.0, 8.0, "See 776 F. Supp. 135,"));
        texts.push((60.0, y + 309.0, 8.0, "11 (1991)."));
        let (notes, _) = read(&[&texts]);
        let last = notes.notes.last().unwrap();
        assert_eq!((notes.notes.len(), last.lines.len()), (11, 3));
    }
}
