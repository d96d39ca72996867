//! Which lines the links of markers lead to.

use std::collections::HashMap;

use super::calls::CallSite;
use super::label::Label;
use super::line::PdfLine;
use super::page::{LinkTarget, Page, PdfDestination, PdfLink};
use super::zones::{self, NoteBeginning};

/// Finds the line that the link of each mark leads to.
pub(super) fn follow(marks: &mut [CallSite], lines: &[PdfLine], pages: &[Page]) {
    let mut by_page: HashMap<usize, Vec<NoteBeginning>> = HashMap::new();
    let starts = lines.iter().enumerate();
    for start in starts.filter_map(|(index, line)| zones::start(index, line)) {
        let page = lines.get(start.line).map_or(0, |line| line.page);
        by_page.entry(page).or_default().push(start);
    }
    let target = |mark: &CallSite, place: &PdfDestination| {
        let called: Vec<&Label> = mark.readings.iter().flatten().collect();
        let starts = by_page.get(&place.page)?;
        let alike = starts
            .iter()
            .filter(|start| called.contains(&&start.label) && start.line != mark.line);
        // A line that happens to begin with the number is no rival to a raised label.
        let has_raised = alike.clone().any(|start| start.is_raised);
        let distance = |start: &&NoteBeginning| {
            let rival = if has_raised && !start.is_raised {
                2.0
            } else {
                0.0
            };
            self::distance(start, place, lines, pages) + rival
        };
        alike
            .filter(|start| distance(start) < 4.0)
            .min_by(|one, other| distance(one).total_cmp(&distance(other)))
            .map(|start| start.line)
    };
    let targets = |mark: &CallSite| -> Vec<usize> {
        let places = mark.places.iter();
        places.filter_map(|place| target(mark, place)).collect()
    };
    let targets: Vec<Vec<usize>> = marks.iter().map(targets).collect();
    for (mark, targets) in marks.iter_mut().zip(targets) {
        mark.targets = targets;
    }
}

/// How far a line is from the place that a link leads to, in ems: links lead to the top of a
/// line, or a little above.
fn distance(
    start: &NoteBeginning,
    place: &PdfDestination,
    lines: &[PdfLine],
    pages: &[Page],
) -> f32 {
    let Some(line) = lines.get(start.line) else {
        return f32::MAX;
    };
    let em = line.size.max(1.0);
    if place.top.is_none() {
        // Only the page is known: a label that leads back is surest, then a raised one.
        let links = pages
            .get(line.page)
            .map_or(&[] as &[PdfLink], |page| &page.links);
        let (x, y) = (line.left + 0.2 * em, line.baseline - 0.35 * em);
        let leads_back = links
            .iter()
            .any(|link| matches!(link.target, LinkTarget::Place(_)) && link.area.contains(x, y));
        return match (leads_back, start.is_raised) {
            (true, _) => 0.0,
            (false, true) => 1.0,
            (false, false) => 2.0,
        };
    }
    let below = place
        .top
        .map_or(0.0, |top| (line.baseline - 0.7 * line.size - top) / em);
    let aside = place.left.map_or(0.0, |left| (line.left - left) / em);
    // To another column it is far.
    below.abs() + if aside.abs() > 12.0 { 3.0 } else { 0.0 }
}
