//! Where notes stand in the margin: each beside its line, pushed down where two would collide.

/// A note that wants to stand in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Row of its marker, from the margin's top.
    pub(crate) row: usize,
    /// How many rows the whole note takes; at least 1.
    pub(crate) rows: usize,
}

/// Where a note came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stands {
    pub(crate) row: usize,
    /// Fewer than wanted where there is no room for all of them.
    pub(crate) rows: usize,
}

/// Places notes, given in the order of their rows, in a margin of so many rows. A blank row parts
/// two notes where there is room for it. Those that find no room at all are left out at the end.
pub(crate) fn arrange(wanted: &[Wanted], height: usize) -> Vec<Stands> {
    let mut rows: Vec<usize> = wanted.iter().map(|note| note.rows).collect();
    loop {
        let stands = push_down(wanted, &rows);
        let overflow = stands
            .last()
            .map_or(0, |last| (last.row + last.rows).saturating_sub(height));
        let tallest = rows
            .iter()
            .enumerate()
            .max_by_key(|&(index, &rows)| (rows, index));
        match tallest {
            // The tallest gives way first: it has the most to lose and the most left.
            Some((index, &most)) if overflow > 0 && most > 1 => {
                if let Some(rows) = rows.get_mut(index) {
                    *rows = most - overflow.min(most - 1).min((most / 2).max(1));
                }
            }
            _ => {
                return stands
                    .into_iter()
                    .filter(|note| note.row + note.rows <= height)
                    .collect();
            }
        }
    }
}

fn push_down(wanted: &[Wanted], rows: &[usize]) -> Vec<Stands> {
    let mut free = 0;
    let place = |(note, &rows): (&Wanted, &usize)| {
        let row = note.row.max(free);
        free = row + rows + 1;
        Stands { row, rows }
    };
    wanted.iter().zip(rows).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &[(usize, usize)], height: usize, expected: &[(usize, usize)]) {
        let wanted: Vec<_> = wanted
            .iter()
            .map(|&(row, rows)| Wanted { row, rows })
            .collect();
        let stands: Vec<_> = arrange(&wanted, height)
            .iter()
            .map(|note| (note.row, note.rows))
            .collect();
        assert_eq!(stands, expected);
    }

    #[test]
    fn a_note_stands_beside_its_line() {
        check(&[(3, 2), (10, 4)], 20, &[(3, 2), (10, 4)]);
    }

    #[test]
    fn a_note_is_pushed_down_by_the_one_above() {
        check(&[(3, 5), (4, 2)], 20, &[(3, 5), (9, 2)]);
    }

    #[test]
    fn the_tallest_notes_are_cut_where_there_is_no_room() {
        check(&[(0, 9), (1, 2)], 10, &[(0, 7), (8, 2)]);
    }

    #[test]
    fn notes_never_overlap_or_leave_the_margin() {
        for height in 0..30 {
            for count in 0..25 {
                let wanted: Vec<_> = (0..count)
                    .map(|index| Wanted {
                        row: index / 3,
                        rows: 1 + index % 7,
                    })
                    .collect();
                let stands = arrange(&wanted, height);
                assert!(
                    stands
                        .windows(2)
                        .all(|pair| pair[0].row + pair[0].rows <= pair[1].row)
                );
                assert!(stands.iter().all(|note| note.row + note.rows <= height));
                assert!(
                    stands
                        .iter()
                        .zip(&wanted)
                        .all(|(note, wanted)| note.row >= wanted.row)
                );
            }
        }
    }
}
