//! Small type after the last marker: notes at the end of the text, and not at the foot of a page.

use std::collections::HashSet;
use std::ops::Range;

use super::calls::CallSite;
use super::line::PdfLine;
use super::notes::DOUBTFUL;
use super::{tie, zones};

/// So many notes after the last marker, at least, are notes at the end.
const ENDNOTES: usize = 5;

/// The zones without those of notes at the end of the text.
pub(super) fn dropped(
    mut zones: Vec<Range<usize>>,
    lines: &[PdfLine],
    marks: &[CallSite],
) -> Vec<Range<usize>> {
    let page = |line: usize| lines.get(line).map_or(0, |line| line.page);
    let in_zone: HashSet<usize> = zones.iter().cloned().flatten().collect();
    let in_text = || marks.iter().filter(|mark| !in_zone.contains(&mark.line));
    let last_page = in_text().map(|mark| page(mark.line)).max().unwrap_or(0);
    let sure = in_text().filter(|mark| mark.likeness >= DOUBTFUL);
    let last = sure.map(|mark| mark.line).max().unwrap_or(0);
    // All of them are counted, also those that are further away than a note at the foot may be, if
    // there are markers for them: a list of sources has none.
    let near = |zone: &Range<usize>| page(zone.start) <= last_page + tie::MAX_PAGES_AWAY;
    let near: Vec<Range<usize>> = zones.iter().filter(|zone| near(zone)).cloned().collect();
    let called = in_text().filter(|mark| mark.likeness >= DOUBTFUL).count();
    let are_endnotes = match are_endnotes(&near, lines, last) {
        Some(_) => true,
        None => are_endnotes(&zones, lines, last).is_some_and(|count| called * 2 >= count),
    };
    zones.retain(|zone| {
        let is_near = page(zone.start) <= last_page + tie::MAX_PAGES_AWAY;
        is_near && (zone.start <= last || !are_endnotes)
    });
    zones
}

/// How many numbers the zones after the line of the last marker have, if these are nearly all, from 1
/// on: then they are notes at the end, though they may begin on the last page of the text.
fn are_endnotes(zones: &[Range<usize>], lines: &[PdfLine], last: usize) -> Option<usize> {
    let numbers = |zone: &Range<usize>| {
        let starts = zone.clone();
        let starts = starts.filter_map(|line| zones::start(line, lines.get(line)?));
        let numbers: Vec<u32> = starts.filter_map(|start| start.label.number()).collect();
        numbers
    };
    let all: usize = zones.iter().map(|zone| numbers(zone).len()).sum();
    let after = zones.iter().filter(|zone| zone.start > last);
    let after: Vec<u32> = after.flat_map(numbers).collect();
    let begins = after.iter().find(|number| **number <= 2);
    let are_all = after.len() >= ENDNOTES && after.len() * 10 >= all * 7;
    (begins == Some(&1) && are_all).then_some(after.len())
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn all_notes_after_the_last_marker_are_not_at_the_foot() {
        let mut texts = vec![(10.0, 100.0, 10.0, "one."), (31.0, 96.0, 7.0, "5")];
        let notes = ["1. Ada", "2. Bo", "3. Cy", "4. Di", "5. Ed"];
        let mut y = 200.0;
        for note in notes {
            texts.push((10.0, y, 8.0, note));
            y += 10.0;
        }
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let marks: Vec<CallSite> = calls::marks(0, &lines[0], None);
        let all = std::iter::once(1..6).collect();
        assert!(dropped(all, &lines, &marks).is_empty());
        let few: Vec<Range<usize>> = std::iter::once(2..6).collect();
        assert_eq!(dropped(few.clone(), &lines, &marks), few);
    }

    #[test]
    fn notes_at_the_end_may_go_on_for_many_pages() {
        let mut texts = vec![(10.0, 60.0, 8.0, "1. Ada"), (10.0, 70.0, 8.0, "2. Bo")];
        for y in [100.0, 112.0, 124.0, 136.0, 148.0, 160.0] {
            texts.extend([(10.0, y, 10.0, "one."), (31.0, y - 4.0, 7.0, "5")]);
        }
        let mut read = lines(runs(&page(&texts)), 0, 0, 0.16);
        let numbers: Vec<String> = (1..=12).map(|number| format!("{number}. Ed")).collect();
        for (index, note) in numbers.iter().enumerate() {
            let only = page(&[(10.0, 100.0, 8.0, note.as_str())]);
            read.extend(lines(runs(&only), 1 + index, 0, 0.16));
        }
        let marks = read.iter().enumerate().take(8);
        let marks = marks.flat_map(|(at, line)| calls::marks(at, line, None));
        let marks: Vec<CallSite> = marks.collect();
        let mut zones: Vec<Range<usize>> = std::iter::once(0..2).collect();
        zones.extend((8..read.len()).map(|line| line..line + 1));
        assert_eq!(dropped(zones.clone(), &read, &marks), zones[..1]);
        // A list of sources is long, too, but nothing calls it.
        let last = marks.get(5..).unwrap_or(&[]);
        assert_eq!(dropped(zones.clone(), &read, last), zones[..4]);
    }
}
