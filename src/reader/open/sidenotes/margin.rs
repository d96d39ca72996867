//! Where notes stand in the margin: each beside its line, moved down where two would collide, and
//! up where the margin's end would cut them.

/// A note that wants to stand in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarginRequest {
    /// Row of its marker, from the margin's top.
    pub(crate) row: usize,
    /// How many rows the whole note takes; at least 1.
    pub(crate) rows: usize,
    /// Whether it is the one that is read, which the others make room for.
    pub(crate) is_read: bool,
}

/// Where a note came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarginSlot {
    pub(crate) row: usize,
    /// Fewer than wanted where there is no room for all of them.
    pub(crate) rows: usize,
}

/// Places notes, given in the order of their rows, in a margin of so many rows. A blank row parts
/// two notes as long as all of them are whole so. Notes are cut only where they fill the margin,
/// the tallest first. None stands for a note that finds no room at all.
pub(crate) fn arrange(wanted: &[MarginRequest], height: usize) -> Vec<Option<MarginSlot>> {
    let gaps = wanted.len().saturating_sub(1);
    let rows: usize = wanted.iter().map(|note| note.rows).sum();
    if rows + gaps <= height {
        settle(wanted, &whole(wanted), height, 1)
    } else {
        arrange_close(wanted, height)
    }
}

/// Places notes as [`arrange`] does, without blank rows between them.
pub(crate) fn arrange_close(wanted: &[MarginRequest], height: usize) -> Vec<Option<MarginSlot>> {
    settle(wanted, &share(wanted, height), height, 0)
}

fn whole(wanted: &[MarginRequest]) -> Vec<usize> {
    wanted.iter().map(|note| note.rows).collect()
}

/// How many rows each note gets of so many: all, if there are enough; none, for those at the end
/// that find no room.
fn share(wanted: &[MarginRequest], height: usize) -> Vec<usize> {
    let mut rows = whole(wanted);
    if rows.iter().sum::<usize>() <= height {
        return rows;
    }
    let read = wanted.iter().position(|note| note.is_read);
    let others = wanted.len() - usize::from(read.is_some());
    let kept_for_read = match read.and_then(|read| wanted.get(read)) {
        Some(note) => note.rows.min(height.saturating_sub(others)).max(1),
        None => 0,
    };
    let mut left = height.saturating_sub(kept_for_read);
    let other_rows = rows.iter().enumerate();
    let other_rows = other_rows.filter(|(index, _)| Some(*index) != read);
    let level = level(other_rows.map(|(_, rows)| *rows).collect(), left);
    let mut spare = left.saturating_sub(level.filled);
    for (index, rows) in rows.iter_mut().enumerate() {
        if Some(index) == read {
            *rows = kept_for_read.min(height);
            continue;
        }
        let more = usize::from(*rows > level.rows && spare > 0);
        spare -= more;
        *rows = (*rows).min(level.rows + more).min(left);
        left -= *rows;
    }
    rows
}

/// The most rows that none of the notes may go beyond, if they are to fill no more than there are.
struct Level {
    rows: usize,
    /// How many rows they fill so.
    filled: usize,
}

fn level(mut rows: Vec<usize>, room: usize) -> Level {
    rows.sort_unstable();
    let mut filled = 0;
    let mut count = rows.len();
    for note in rows {
        if filled + note * count > room {
            let level = (room - filled).checked_div(count).unwrap_or(0);
            let filled = filled + level * count;
            return Level {
                rows: level,
                filled,
            };
        }
        filled += note;
        count -= 1;
    }
    Level {
        rows: usize::MAX - 1,
        filled,
    }
}

/// Puts each note beside its line, below the one before; then, from the last one back, as far up
/// as it takes to leave room for those below.
fn settle(
    wanted: &[MarginRequest],
    rows: &[usize],
    height: usize,
    gap: usize,
) -> Vec<Option<MarginSlot>> {
    let mut free = 0;
    let mut stands: Vec<_> = wanted
        .iter()
        .zip(rows)
        .map(|(note, &rows)| {
            let stands = (rows > 0).then(|| MarginSlot {
                row: note.row.max(free),
                rows,
            });
            free = stands.map_or(free, |stands| stands.row + rows + gap);
            stands
        })
        .collect();
    let mut end = height;
    for stands in stands.iter_mut().rev().flatten() {
        stands.row = stands.row.min(end.saturating_sub(stands.rows));
        end = stands.row.saturating_sub(gap);
    }
    stands
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(notes: &[(usize, usize)]) -> Vec<MarginRequest> {
        let wanted = |&(row, rows): &(usize, usize)| MarginRequest {
            row,
            rows,
            is_read: false,
        };
        notes.iter().map(wanted).collect()
    }

    #[track_caller]
    fn check(notes: &[(usize, usize)], height: usize, expected: &[(usize, usize)]) {
        check_wanted(&wanted(notes), height, expected);
    }

    #[track_caller]
    fn check_wanted(wanted: &[MarginRequest], height: usize, expected: &[(usize, usize)]) {
        let stands: Vec<_> = arrange(wanted, height)
            .iter()
            .map(|note| note.map_or((0, 0), |note| (note.row, note.rows)))
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
    fn notes_that_the_margins_end_would_cut_move_up_into_free_rows() {
        check(&[(15, 3), (16, 7)], 20, &[(9, 3), (13, 7)]);
        check(&[(0, 9), (12, 4), (13, 6)], 20, &[(0, 9), (10, 4), (14, 6)]);
    }

    #[test]
    fn blank_rows_are_given_up_before_words() {
        check(&[(0, 9), (1, 2)], 11, &[(0, 9), (9, 2)]);
    }

    #[test]
    fn the_tallest_notes_are_cut_where_the_margin_is_full() {
        check(&[(0, 9), (1, 2)], 10, &[(0, 8), (8, 2)]);
        check(&[(0, 9), (1, 2), (2, 8)], 13, &[(0, 6), (6, 2), (8, 5)]);
    }

    #[test]
    fn the_note_that_is_read_is_whole_first() {
        let mut notes = wanted(&[(0, 9), (1, 2), (2, 8)]);
        notes[2].is_read = true;
        check_wanted(&notes, 13, &[(0, 3), (3, 2), (5, 8)]);
        // Even of more than there are rows for.
        let mut notes = wanted(&[(0, 1); 4]);
        notes[3].is_read = true;
        check_wanted(&notes, 2, &[(0, 1), (0, 0), (0, 0), (1, 1)]);
    }

    #[test]
    fn twenty_notes_of_one_line_stand_close_together() {
        let expected: Vec<_> = (2..22).map(|row| (row, 1)).collect();
        check(&[(2, 1); 20], 24, &expected);
    }

    fn notes() -> impl Strategy<Value = Vec<MarginRequest>> {
        let note = (0_usize..30, 1_usize..9);
        (prop::collection::vec(note, 0..20), 0_usize..40).prop_map(|(mut notes, read)| {
            notes.sort_by_key(|(row, _)| *row);
            let mut wanted = wanted(&notes);
            if let Some(read) = wanted.get_mut(read) {
                read.is_read = true;
            }
            wanted
        })
    }

    proptest! {
        #[test]
        fn notes_keep_their_order_and_never_overlap_or_leave_the_margin(wanted in notes(), height in 0_usize..40) {
            for stands in [arrange(&wanted, height), arrange_close(&wanted, height)] {
                prop_assert_eq!(stands.len(), wanted.len());
                let mut end = 0;
                for (wanted, stands) in wanted.iter().zip(&stands) {
                    let Some(stands) = stands else { continue };
                    prop_assert!(stands.row >= end);
                    prop_assert!((1..=wanted.rows).contains(&stands.rows));
                    end = stands.row + stands.rows;
                }
                prop_assert!(end <= height);
            }
        }

        #[test]
        fn a_note_is_cut_only_where_notes_fill_the_margin(wanted in notes(), height in 0_usize..40) {
            let stands = arrange(&wanted, height);
            let filled: usize = stands.iter().flatten().map(|note| note.rows).sum();
            let is_whole = |(wanted, stands): (&MarginRequest, &Option<MarginSlot>)| {
                stands.is_some_and(|stands| stands.rows == wanted.rows)
            };
            prop_assert!(filled == height || wanted.iter().zip(&stands).all(is_whole));
        }

        #[test]
        fn a_note_stands_off_its_line_only_as_its_neighbours_make_it(wanted in notes(), height in 0_usize..40) {
            let placed = arrange(&wanted, height);
            let rows: usize = wanted.iter().map(|note| note.rows).sum();
            let gap = usize::from(rows + wanted.len().saturating_sub(1) <= height);
            let all: Vec<_> = wanted.iter().zip(placed).filter_map(|(w, s)| Some((w, s?))).collect();
            for (index, (wanted, stands)) in all.iter().enumerate() {
                let end_before = index.checked_sub(1).map_or(0, |before| {
                    let (_, before) = all[before];
                    before.row + before.rows + gap
                });
                let start_after = all.get(index + 1).map_or(height, |(_, after)| after.row - gap);
                prop_assert!(stands.row <= wanted.row || stands.row == end_before);
                prop_assert!(stands.row >= wanted.row || stands.row + stands.rows == start_after);
            }
        }

        #[test]
        fn the_note_that_is_read_leaves_the_others_a_row_each_and_no_more(wanted in notes(), height in 1_usize..40) {
            let stands = arrange(&wanted, height);
            let at = wanted.iter().position(|note| note.is_read);
            if let Some(at) = at {
                let read = stands[at].map_or(0, |stands| stands.rows);
                let others = height.saturating_sub(wanted.len() - 1).max(1);
                prop_assert_eq!(read, wanted[at].rows.min(others));
            }
        }
    }
}
