//! Markers in the text: what is raised and reads like the label of a note.

use std::ops::Range;

use super::label::{self, Label};
use super::line::{BaselineShift, LinePiece, PdfLine};
use super::page::{LinkTarget, Page, PdfDestination, PdfLink};

/// Words before which a raised 2 or 3 is a power.
pub(super) const UNITS: [&str; 10] = ["m", "km", "cm", "mm", "s", "ft", "in", "inch", "dm", "nm"];
/// A marker is at most so large beside the letters of its line.
const MOST_BESIDE: f32 = 1.1;

/// A place in the text that may call notes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CallSite {
    pub(super) line: usize,
    /// The pieces of the line that it takes.
    pub(super) pieces: Range<usize>,
    /// What it may mean: each reading is a list of notes.
    pub(super) readings: Vec<Vec<Label>>,
    /// How much it looks like a marker, from 0 to 1.
    pub(super) likeness: f32,
    /// Where its links lead: markers set together, as 1 and 2 in `12`, have one each.
    pub(super) places: Vec<PdfDestination>,
    /// The lines that its links lead to.
    pub(super) targets: Vec<usize>,
}

/// The marks of all lines, in their order.
pub(super) fn all(lines: &[PdfLine], pages: &[Page]) -> Vec<CallSite> {
    let lines = lines.iter().enumerate();
    let marks = lines.flat_map(|(index, line)| marks(index, line, pages.get(line.page)));
    marks.collect()
}

/// The marks of a line.
pub(super) fn marks(index: usize, line: &PdfLine, page: Option<&Page>) -> Vec<CallSite> {
    let mut marks = Vec::new();
    let numerals = &line.numerals.calls;
    for group in groups(line) {
        // What is set together may be several markers.
        let proved = numerals
            .iter()
            .filter(|(pieces, _)| group.contains(&pieces.start));
        if proved.clone().next().is_some() {
            for (pieces, labels) in proved {
                add_read(
                    &mut marks,
                    (index, line),
                    page,
                    pieces.clone(),
                    vec![labels.clone()],
                );
            }
        } else if !add(&mut marks, index, line, page, group.clone()) && group.len() > 1 {
            for one in group {
                add(&mut marks, index, line, page, one..one + 1);
            }
        }
    }
    marks
}

/// The pieces of a line that may call notes, those together that stand together.
pub(super) fn groups(line: &PdfLine) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut at = 0;
    // What is larger than the letters that it is raised at is the head of a fraction or the like.
    let may_call =
        |piece: &LinePiece| piece.may_call() && piece.run.size <= MOST_BESIDE * line.size;
    while let Some(piece) = line.pieces.get(at) {
        if !may_call(piece) {
            at += 1;
            continue;
        }
        let group = line.pieces.iter().skip(at + 1);
        let more = group.take_while(|next| {
            may_call(next) && next.is_call == piece.is_call && !next.after_space
        });
        let end = at + 1 + more.count();
        groups.push(at..end);
        at = end;
    }
    groups
}

fn add(
    marks: &mut Vec<CallSite>,
    index: usize,
    line: &PdfLine,
    page: Option<&Page>,
    pieces: Range<usize>,
) -> bool {
    let members = || line.pieces.iter().skip(pieces.start).take(pieces.len());
    let text: String = members().map(|piece| piece.run.text()).collect();
    let readings = label::readings(&text);
    if readings.is_empty() {
        return false;
    }
    add_read(marks, (index, line), page, pieces, readings);
    true
}

/// Adds what is read of some pieces.
fn add_read(
    marks: &mut Vec<CallSite>,
    (index, line): (usize, &PdfLine),
    page: Option<&Page>,
    pieces: Range<usize>,
    readings: Vec<Vec<Label>>,
) {
    let members = || line.pieces.iter().skip(pieces.start).take(pieces.len());
    // At the head of a line is the label of a note, whose link leads back.
    let linked = page.filter(|_| pieces.start > 0);
    let mut places: Vec<PdfDestination> = Vec::new();
    for place in
        members().flat_map(|piece| linked.map_or(Vec::new(), |page| self::places(page, piece)))
    {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    let before = pieces
        .start
        .checked_sub(1)
        .and_then(|index| line.pieces.get(index));
    let after_space = line
        .pieces
        .get(pieces.start)
        .is_some_and(|piece| piece.after_space);
    let is_proved =
        members().all(|piece| piece.is_call) || readings.iter().flatten().any(Label::is_numeral);
    let likeness = if is_proved {
        1.0
    } else {
        likeness(&readings, before, after_space)
    };
    marks.push(CallSite {
        line: index,
        pieces,
        readings,
        likeness,
        places,
        targets: Vec::new(),
    });
}

/// Where the links over the letters of a piece lead.
fn places<'a>(page: &'a Page, piece: &LinePiece) -> Vec<&'a PdfDestination> {
    let run = &piece.run;
    let y = run.baseline - 0.3 * run.size;
    let links = page.links.iter().filter(|link| {
        let area = link.area;
        area.left <= run.right
            && run.left <= area.right
            && area.top - 1.0 <= y
            && y <= area.bottom + 1.0
    });
    let links: Vec<&PdfLink> = links.collect();
    let letters = run.letters.iter();
    let middles = letters.map(|glyph| f32::midpoint(glyph.left, glyph.right));
    let over = |x: f32| {
        let link = links
            .iter()
            .find(|link| link.area.left <= x && x <= link.area.right)?;
        match &link.target {
            // A marker is a link of its own; a longer link only has a raised letter in it.
            LinkTarget::Place(place)
                if link.area.right - link.area.left < 6.0 * run.size.max(6.0) =>
            {
                Some(place)
            }
            _ => None,
        }
    };
    middles.filter_map(over).collect()
}

/// Powers, degrees and the signs of authors look like markers, but not as much.
pub(super) fn likeness(
    readings: &[Vec<Label>],
    before: Option<&LinePiece>,
    after_space: bool,
) -> f32 {
    let Some(before) = before else {
        return 0.3;
    };
    let text = before.run.text();
    let Some(last) = text.chars().last() else {
        return 0.3;
    };
    let number = readings
        .first()
        .and_then(|labels| labels.first())
        .and_then(Label::number);
    let is_year = text.len() >= 4
        && text
            .chars()
            .rev()
            .take(4)
            .all(|letter| letter.is_ascii_digit())
        && !text
            .chars()
            .rev()
            .nth(4)
            .is_some_and(|letter| letter.is_ascii_digit())
        && matches!(text.chars().rev().nth(3), Some('1' | '2'));
    if before.run.face.is_symbol || before.shift == BaselineShift::Lowered {
        return 0.1;
    }
    if last.is_ascii_digit() && !is_year && !after_space {
        return 0.15;
    }
    if number.is_some_and(|number| number <= 3) && UNITS.contains(&text.trim_matches(['(', '/'])) {
        return 0.1;
    }
    if before.run.face.is_italic && text.chars().count() == 1 {
        return 0.3;
    }
    match last {
        '.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '’' | '"' | '»' | '—' | ']' => 1.0,
        '+' | '−' | '=' | '<' | '>' | '×' | '·' | '/' => 0.1,
        _ if after_space => 0.6,
        _ => 0.8,
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::page::Area;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    fn marks_of(texts: &[(f32, f32, f32, &str)]) -> Vec<CallSite> {
        let lines = lines(runs(&page(texts)), 0, 0, 0.16);
        marks(0, &lines[0], None)
    }

    #[test]
    fn a_raised_figure_after_a_word_looks_like_a_marker_and_a_power_does_not() {
        let marker = marks_of(&[(10.0, 100.0, 10.0, "word."), (35.0, 96.0, 7.0, "6")]);
        let power = marks_of(&[(10.0, 100.0, 10.0, "10"), (20.0, 96.0, 7.0, "6")]);
        assert!(marker[0].likeness > 0.9);
        assert!(power[0].likeness < 0.2);
    }

    #[test]
    fn what_is_larger_than_the_letters_that_it_is_raised_at_is_no_marker() {
        let fraction = marks_of(&[(10.0, 100.0, 7.0, "22"), (22.0, 97.0, 10.0, "1")]);
        assert!(fraction.is_empty());
    }

    #[test]
    fn markers_set_together_have_a_link_each() {
        let mut page = page(&[(10.0, 100.0, 10.0, "word."), (35.0, 96.0, 7.0, "12")]);
        page.links = [(35.0, 200.0), (38.5, 212.0)]
            .map(|(left, top)| PdfLink {
                area: Area {
                    left,
                    top: 90.0,
                    right: left + 3.5,
                    bottom: 97.0,
                },
                target: LinkTarget::Place(PdfDestination {
                    page: 0,
                    left: None,
                    top: Some(top),
                    name: String::new(),
                }),
            })
            .to_vec();
        let lines = lines(runs(&page), 0, 0, 0.16);
        let marks = marks(0, &lines[0], Some(&page));
        let tops: Vec<Option<f32>> = marks[0].places.iter().map(|place| place.top).collect();
        assert_eq!(tops, [Some(200.0), Some(212.0)]);
    }

    #[test]
    fn the_end_of_an_ordinal_is_no_marker() {
        let marks = marks_of(&[(10.0, 100.0, 10.0, "19"), (20.0, 96.0, 7.0, "th")]);
        assert!(marks.is_empty());
    }
}
