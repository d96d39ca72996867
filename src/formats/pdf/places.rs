//! Links to places in the document: where they lead in the text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::line::PdfLine;
use super::page::{LinkTarget, Page, PdfDestination, PdfGlyph, PdfLink};
use crate::formats::mend::MendedParagraph;

/// The line that a link leads to rests so many ems below its place: links lead to the top of a line,
/// or to a little above it.
const BELOW_EMS: Range<f32> = 0.3..5.0;
/// One that has the number which the link names may rest on the place.
const NAMED_EMS: Range<f32> = -0.3..5.0;
/// A number that a link names has at most so many figures; more are a year.
const FIGURES: usize = 3;

/// A line that is so many ems to the right of a place is of another column.
const ASIDE_EMS: f32 = 12.0;

/// A place by what tells it from others.
type PlaceKey = (usize, i32, i32);

/// The paragraphs that links lead to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LinkedPlaces {
    /// By the first line of a paragraph in the flow, the number of its place.
    numbers: HashMap<usize, usize>,
    /// The first line of the paragraph that a place is in.
    found: HashMap<PlaceKey, usize>,
}

impl LinkedPlaces {
    /// The places of the links on pages, in these paragraphs of the flow, which are lines of all by
    /// index, in order; not in those that are not written as they are.
    pub(super) fn new(
        pages: &[Page],
        lines: &[PdfLine],
        flow: &[usize],
        paragraphs: &[MendedParagraph],
        is_written: impl Fn(usize) -> bool,
    ) -> Self {
        let mut by_page: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            by_page.entry(line.page).or_default().push(index);
        }
        // What leads to a line of a note leads to none of the text.
        let paragraph_of = |line: usize| {
            let line = flow.binary_search(&line).ok()?;
            let after = paragraphs.partition_point(|it| it.lines.end <= line);
            let own = paragraphs.get(after).filter(|it| it.lines.contains(&line));
            own.filter(|_| is_written(after)).map(|it| it.lines.start)
        };
        let mut places = LinkedPlaces::default();
        let links = pages.iter().flat_map(|page| {
            let links = page.links.iter();
            links.map(move |link| (page, link))
        });
        for (page, link) in links {
            let LinkTarget::Place(place) = &link.target else {
                continue;
            };
            if places.found.contains_key(&key(place)) {
                continue;
            }
            let own = by_page
                .get(&place.page)
                .map_or(&[] as &[usize], Vec::as_slice);
            let first =
                line_at(place, number_of(page, link).as_deref(), own, lines).and_then(paragraph_of);
            if let Some(first) = first {
                places.found.insert(key(place), first);
            }
        }
        let firsts: HashSet<usize> = places.found.values().copied().collect();
        let mut firsts: Vec<usize> = firsts.into_iter().collect();
        firsts.sort_unstable();
        places.numbers = firsts.into_iter().zip(1..).collect();
        places
    }

    /// What the paragraph that begins with a line is called, if a link leads to it.
    pub(super) fn name(&self, first: usize) -> Option<String> {
        let number = self.numbers.get(&first)?;
        Some(format!("place-{number}"))
    }

    /// Where a link to a place leads.
    pub(super) fn address(&self, place: &PdfDestination) -> Option<String> {
        let first = self.found.get(&key(place))?;
        Some(format!("#{}", self.name(*first)?))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page")]
fn key(place: &PdfDestination) -> PlaceKey {
    let points = |length: Option<f32>| length.map_or(i32::MIN, |length| length.round() as i32);
    (place.page, points(place.left), points(place.top))
}

/// The number that a link names, if that is all of it, as in `[12]` and `(3)`.
fn number_of(page: &Page, link: &PdfLink) -> Option<String> {
    let is_in = |glyph: &&PdfGlyph| {
        let x = f32::midpoint(glyph.left, glyph.right);
        link.area.contains(x, glyph.baseline - 0.25 * glyph.size)
    };
    let letters = page.glyphs.iter().filter(is_in).take(2 * FIGURES + 1);
    let text: String = letters.map(|glyph| glyph.letter).collect();
    let number = text.trim_matches(is_bracket);
    let is_number =
        (1..=FIGURES).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

fn is_bracket(letter: char) -> bool {
    matches!(letter, '[' | ']' | '(' | ')' | '.' | ',' | ';')
}

/// The line of a page that a place is at: one that has the number which its link names, in brackets
/// or at its head; else the highest one below it; or the first of the page.
fn line_at(
    place: &PdfDestination,
    number: Option<&str>,
    own: &[usize],
    lines: &[PdfLine],
) -> Option<usize> {
    let Some(top) = place.top else {
        return own.first().copied();
    };
    let near = |within: Range<f32>| {
        own.iter().copied().filter_map(move |index| {
            let line = lines.get(index)?;
            let below = (line.baseline - top) / line.size.max(1.0);
            let is_beside = place
                .left
                .is_some_and(|left| left > line.right || line.left - left > ASIDE_EMS * line.size);
            (within.contains(&below) && !is_beside).then_some((index, line))
        })
    };
    let has_number = |line: &PdfLine| {
        let text = line.text();
        let mut words = text.split(' ').enumerate();
        words.any(|(at, word)| {
            // As in `9. Ada`, `Table 9` and `x = y (9)`.
            let is_label = at <= 1 || word.starts_with(['[', '(']);
            is_label && Some(word.trim_matches(is_bracket)) == number
        })
    };
    let highest = |one: &(usize, &PdfLine), other: &(usize, &PdfLine)| {
        one.1.baseline.total_cmp(&other.1.baseline)
    };
    let named = near(NAMED_EMS).filter(|(_, line)| number.is_some() && has_number(line));
    let found = named
        .min_by(highest)
        .or_else(|| near(BELOW_EMS).min_by(highest));
    found.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::super::page::Area;
    use super::super::testing::page;
    use crate::paper::Target;

    const TEXT: &str = "a line of the text that is as long as the lines of the text are";

    fn link(page: usize, top: Option<f32>) -> super::PdfLink {
        super::PdfLink {
            area: Area {
                left: 70.0,
                top: 92.0,
                right: 95.0,
                bottom: 103.0,
            },
            target: super::LinkTarget::Place(super::PdfDestination {
                page,
                left: None,
                top,
                name: String::new(),
            }),
        }
    }

    /// The text of the paragraph that a link in the first of two pages leads to.
    fn led_to(link: super::PdfLink) -> Option<String> {
        let mut first = page(&[
            (60.0, 100.0, 10.0, TEXT),
            (60.0, 112.0, 10.0, "to its end."),
        ]);
        first.links.push(link);
        let second = page(&[
            (60.0, 100.0, 10.0, "First words here."),
            (60.0, 130.0, 10.0, "Second words there."),
        ]);
        let paper = super::super::paper(&[first, second], &[], "").play().paper;
        let links = paper.blocks.iter().flat_map(|block| &block.links);
        links.into_iter().find_map(|link| match &link.target {
            Target::Place(place) => Some(paper.blocks[place.block.0].text.clone()),
            _ => None,
        })
    }

    #[test]
    fn a_link_to_a_place_without_a_heading_leads_to_its_paragraph() {
        let second = led_to(link(1, Some(118.0)));
        assert_eq!(second.as_deref(), Some("Second words there."));
        let first = led_to(link(1, None));
        assert_eq!(first.as_deref(), Some("First words here."));
        assert_eq!(led_to(link(1, Some(500.0))), None);
        assert_eq!(led_to(link(9, None)), None);
    }

    #[test]
    fn a_link_that_names_a_number_leads_to_the_line_that_has_it() {
        let mut only = page(&[
            (
                60.0,
                100.0,
                10.0,
                "See [8] and so on, as far as this line of the text goes here.",
            ),
            (60.0, 300.0, 10.0, "[7] Ada."),
            (60.0, 330.0, 10.0, "[8] Bo."),
            (60.0, 360.0, 10.0, "[9] Cy."),
        ]);
        let mut link = link(0, Some(331.0));
        link.area.left = 72.0;
        link.area.right = 92.0;
        only.links.push(link);
        let paper = super::super::paper(&[only], &[], "").play().paper;
        let mut links = paper.blocks.iter().flat_map(|block| &block.links);
        let Some(Target::Place(place)) = links.next().map(|link| &link.target) else {
            panic!("no link");
        };
        assert!(paper.blocks[place.block.0].text.contains("Bo."));
    }
}
