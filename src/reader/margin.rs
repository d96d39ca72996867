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

/// Rows that a note keeps before the blank rows between notes are given up.
const FEW: usize = 3;

/// Places notes, given in the order of their rows, in a margin of so many rows. A blank row parts
/// two notes unless that would leave too little of them. Those that find no room at all are left
/// out at the end.
pub(crate) fn arrange(wanted: &[Wanted], height: usize) -> Vec<Stands> {
    let apart = arrange_with_gap(wanted, height, 1);
    let keeps_enough = |(wanted, stands): (&Wanted, &Stands)| stands.rows >= wanted.rows.min(FEW);
    if apart.len() == wanted.len() && wanted.iter().zip(&apart).all(keeps_enough) {
        return apart;
    }
    arrange_close(wanted, height)
}

/// Places notes as [`arrange`] does, without blank rows between them.
pub(crate) fn arrange_close(wanted: &[Wanted], height: usize) -> Vec<Stands> {
    arrange_with_gap(wanted, height, 0)
}

fn arrange_with_gap(wanted: &[Wanted], height: usize, gap: usize) -> Vec<Stands> {
    let mut rows: Vec<usize> = wanted.iter().map(|note| note.rows).collect();
    loop {
        let stands = push_down(wanted, &rows, gap);
        let overflow = stands
            .last()
            .map_or(0, |last| (last.row + last.rows).saturating_sub(height));
        let crowd = start_of_crowd(wanted, &stands);
        let in_crowd = rows.iter_mut().skip(crowd);
        // The tallest gives way first: it has the most left.
        match in_crowd
            .max_by_key(|rows| **rows)
            .filter(|rows| overflow > 0 && **rows > 1)
        {
            Some(rows) => *rows -= overflow.min(*rows / 4).max(1),
            None => {
                let fits = |note: &Stands| note.row + note.rows <= height;
                return stands.into_iter().take_while(fits).collect();
            }
        }
    }
}

/// The first of the notes that push one another down to the last one. Those before it have no part
/// in how low the last one stands.
fn start_of_crowd(wanted: &[Wanted], stands: &[Stands]) -> usize {
    let pairs = wanted.iter().zip(stands).rev();
    let pushed = pairs
        .take_while(|(wanted, stands)| stands.row > wanted.row)
        .count();
    stands.len().saturating_sub(pushed + 1)
}

fn push_down(wanted: &[Wanted], rows: &[usize], gap: usize) -> Vec<Stands> {
    let mut free = 0;
    let place = |(note, &rows): (&Wanted, &usize)| {
        let row = note.row.max(free);
        free = row + rows + gap;
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
    fn a_note_that_crowds_nobody_is_not_cut() {
        check(&[(0, 9), (12, 4), (13, 6)], 20, &[(0, 9), (12, 4), (17, 3)]);
    }

    #[test]
    fn twenty_notes_of_one_line_stand_close_together() {
        let wanted = [(2, 1); 20];
        let expected: Vec<_> = (2..22).map(|row| (row, 1)).collect();
        check(&wanted, 24, &expected);
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
