//! Which of what is printed at the head or the foot of a page is its number.

use std::collections::{HashMap, HashSet};

use super::furniture::{Furniture, FurnitureRow};

/// Whether what may be the number of the page that a row stands on is.
type FolioRule<'a> = &'a dyn Fn(&FurnitureRow, &str) -> bool;

/// Tells the number of each page from the rows that were taken out: one that differs from the page's
/// place by as much as those of most pages do, else one that no page near by has as well, as a volume
/// or a year has that stands in each running head.
pub(super) fn settle(rows: &[FurnitureRow], taken: &mut [Furniture]) {
    let usual = page_offset(rows);
    let all = rows.iter().flat_map(|row| {
        let folios = row.folios().into_iter();
        folios.map(|folio| (row.page, folio))
    });
    let all: HashSet<(usize, &str)> = all.collect();
    let is_near_by = |page: usize, folio: &str| {
        let pages = [
            page.checked_sub(2),
            page.checked_sub(1),
            Some(page + 1),
            Some(page + 2),
        ];
        let mut pages = pages.into_iter().flatten();
        pages.any(|page| all.contains(&(page, folio)))
    };
    let agrees = |row: &FurnitureRow, folio: &str| usual.is_some() && row.offset_of(folio) == usual;
    let differs = |row: &FurnitureRow, folio: &str| !is_near_by(row.page, folio);
    let rules: [FolioRule<'_>; 2] = [&agrees, &differs];
    for rule in rules {
        for row in rows {
            let folio = row.folios().into_iter().find(|folio| rule(row, folio));
            if let Some(taken) = taken.get_mut(row.page)
                && taken.folio.is_none()
            {
                taken.folio = folio.map(str::to_owned);
            }
        }
    }
}

/// By how much the numbers printed on most pages differ from their places.
pub(super) fn page_offset(found: &[FurnitureRow]) -> Option<i64> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for offset in found.iter().flat_map(FurnitureRow::offsets) {
        *counts.entry(offset).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(offset, count)| (*count, *offset));
    most.filter(|(_, count)| *count >= 3)
        .map(|(offset, _)| offset)
}
