//! Rules around the running head: what is drawn on every page says nothing of notes or tables.

use super::page::{Page, Rule};

/// They are in so much of the page's height, from above.
const HEAD: f32 = 0.17;
/// They are on so many pages, at the same place.
const MIN_PAGES: usize = 3;
/// And on one page of so many: left and right pages may have places of their own, and what is on
/// fewer is that of tables.
const PAGES_FOR_ONE: usize = 3;
/// Within so many points.
const SAME_PLACE: f32 = 1.0;
/// So many places are kept in mind, at most.
const MAX_PLACES: usize = 64;

/// Takes the rules around running heads out of the pages.
pub(super) fn take_out(pages: &mut [Page]) {
    let in_head = |page: &Page, rule: &Rule| rule.y < HEAD * page.height;
    let all: Vec<(usize, Rule)> = pages
        .iter()
        .enumerate()
        .flat_map(|(index, page)| {
            let rules = page.rules.iter().filter(|rule| in_head(page, rule));
            rules.map(move |rule| (index, *rule))
        })
        .collect();
    let mut places: Vec<(Rule, Vec<usize>)> = Vec::new();
    for (page, rule) in all {
        let known = places.iter_mut().find(|(place, _)| is_same(place, &rule));
        if let Some((_, on)) = known {
            on.push(page);
        } else if places.len() < MAX_PLACES {
            places.push((rule, vec![page]));
        }
    }
    for (_, on) in &mut places {
        on.dedup();
    }
    let min_pages = MIN_PAGES.max(pages.len().div_ceil(PAGES_FOR_ONE));
    places.retain(|(_, on)| on.len() >= min_pages);
    for page in pages {
        let height = page.height;
        page.rules.retain(|rule| {
            rule.y >= HEAD * height || !places.iter().any(|(place, _)| is_same(place, rule))
        });
    }
}

fn is_same(one: &Rule, other: &Rule) -> bool {
    let lengths = [
        one.left - other.left,
        one.right - other.right,
        one.y - other.y,
    ];
    lengths.iter().all(|length| length.abs() < SAME_PLACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_every_page_has_above_go_and_those_above_notes_stay() {
        let rule = |y: f32| Rule {
            left: 60.0,
            right: 400.0,
            y,
        };
        let page = |notes: f32| Page {
            height: 842.0,
            rules: vec![rule(40.0), rule(52.0), rule(notes)],
            ..Page::default()
        };
        let mut pages = [page(700.0), page(700.0), page(700.0), page(90.0)];
        take_out(&mut pages);
        assert_eq!(pages[0].rules, [rule(700.0)]);
        assert_eq!(pages[3].rules, [rule(90.0)]);
        let mut few = [page(700.0), page(700.0)];
        take_out(&mut few);
        assert_eq!(few[0].rules.len(), 3);
    }

    #[test]
    fn the_rules_of_tables_that_begin_some_pages_stay() {
        let rule = |left: f32, y: f32| Rule {
            left,
            right: 400.0,
            y,
        };
        // Heads of left and right pages, and on pages 3 to 5 a table below them.
        let mut pages: Vec<Page> = (0..12_u8)
            .map(|index| {
                let head = rule(if index % 2 == 0 { 60.0 } else { 80.0 }, 40.0);
                let table = (3..6).contains(&index).then_some(rule(70.0, 90.0));
                Page {
                    height: 842.0,
                    rules: [head].into_iter().chain(table).collect(),
                    ..Page::default()
                }
            })
            .collect();
        take_out(&mut pages);
        assert_eq!(pages[4].rules, [rule(70.0, 90.0)]);
        assert!(pages[0].rules.is_empty() && pages[1].rules.is_empty());
    }
}
