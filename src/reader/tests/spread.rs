//! Two columns on a wide screen, as the pages of an open book.

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::layout::Rect;

use super::super::open::layout_cache::{CachedRow, LaidOutRow};
use super::super::settings::Placement;
use super::super::testing::TestReader;
use super::{lines, monkey::Book};
use crate::layout::Part;
use crate::paper::Position;
use crate::reader::action::Focus;
use crate::reader::overlays::note::popup::PopupContent;

/// The paper that opcit carries, in two columns, with its title page scrolled away.
fn open(columns: u16, rows: u16) -> TestReader {
    TestReader::open_own(columns, rows).press("= = ]").wait()
}

fn is_spread(desk: &TestReader) -> bool {
    desk.state.app.geometry().is_spread()
}

/// A row of the text, and its words.
type Shown = (CachedRow, String);

/// The rows of the text on the screen, without the blank ones.
fn shown(desk: &TestReader) -> Vec<Shown> {
    let page = desk.state.app.open.view.page();
    let rows = page.iter().filter(|row| !row.is_blank());
    let words = |row: &LaidOutRow| {
        let runs = row.line().into_iter().flat_map(|line| &line.runs);
        runs.map(|run| run.text.as_str()).collect()
    };
    rows.map(|row| (row.row, words(row))).collect()
}

/// Chooses the last marker in the right column.
fn choose_in_right_column(mut desk: TestReader) -> TestReader {
    let markers = desk.state.app.open.view.targets();
    let last = markers
        .iter()
        .rposition(|(_, focus)| matches!(focus, Focus::Marker(_)))
        .unwrap();
    desk.state.app.open.view.choose(Some(markers[last]));
    let (block, focus) = markers[last];
    let row = desk.state.app.open.view.row_of_target(block, focus);
    assert!(row.unwrap() >= desk.state.app.open.view.page().in_first());
    desk
}

#[test]
fn a_note_opens_beside_its_marker_in_the_right_column() {
    for (columns, rows) in [(170, 40), (200, 50), (240, 60)] {
        let desk = choose_in_right_column(open(columns, rows)).press("Enter");
        let name = format!("spread_{columns}x{rows}");
        insta::assert_snapshot!(name, desk.screen());
        let geometry = desk.state.app.geometry();
        let note = desk.state.overlays().note().unwrap();
        match note.lay_out(&desk.state.app) {
            Some(note) => assert!(note.area.x > geometry.text.right()),
            None => assert!(columns == 240 && !geometry.facing_margin.is_empty()),
        }
    }
}

#[test]
fn a_click_on_a_marker_in_the_right_column_opens_its_note() {
    let desk = choose_in_right_column(open(200, 50));
    let (block, focus) = desk.state.app.open.view.chosen().unwrap();
    let paper = desk.state.app.open.document.paper();
    let Focus::Marker(marker) = focus else {
        unreachable!("a marker was chosen")
    };
    let note = paper.block(block).unwrap().markers[marker].note;
    let sign = desk.cursor_row();
    let after = sign.split('▯').nth(1).unwrap().chars();
    let sign: String = after
        .take_while(|sign| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*sign))
        .collect();
    let desk = desk.press("Esc").click(&sign);
    let open = desk.state.overlays().note().unwrap();
    assert_eq!(open.step(), PopupContent::Note(note));
    assert_eq!(open.origin, Some((block, focus)));
}

/// All rows that are shown from the beginning of the paper to its end, screen by screen.
fn read_on(mut desk: TestReader) -> Vec<Shown> {
    let mut rows = shown(&desk);
    while desk.state.app.open.view.position_below().is_some() {
        desk = desk.press("Space").wait();
        let page = shown(&desk);
        let repeated = rows.iter().position(|row| *row == page[0]);
        let repeated = repeated.unwrap_or(rows.len());
        let is_last = desk.state.app.open.view.position_below().is_none();
        assert!(is_last || rows.len() - repeated <= 2, "too much twice");
        rows.truncate(repeated);
        rows.extend(page);
    }
    rows
}

/// All rows of the paper, as one column of the same width shows them.
fn all_rows(desk: &TestReader) -> Vec<Shown> {
    let columns = desk.state.app.geometry().text.width;
    let one = TestReader::open_own(columns + 4, 40);
    let geometry = one.state.app.geometry();
    assert_eq!(
        (geometry.text.width, geometry.is_spread()),
        (columns, false)
    );
    read_on(one)
}

#[test]
fn paging_on_leaves_no_row_out() {
    for notes in ["", "P P"] {
        let desk = TestReader::open_own(170, 24).press("= =").press(notes);
        assert!(is_spread(&desk));
        let all = all_rows(&desk);
        assert!(read_on(desk.wait()) == all, "with notes: {notes:?}");
    }
}

#[test]
fn paging_back_leaves_no_row_out_however_many_rows_the_notes_take() {
    for (columns, screen_rows, keys) in [
        (170, 24, "= ="),
        (170, 27, "= ="),
        (170, 31, "= ="),
        (170, 24, "= = P P"),
        (80, 24, "P P"),
        (80, 24, ""),
    ] {
        let mut desk = TestReader::open_own(columns, screen_rows).press(keys);
        desk = desk.press("G");
        let (all, mut rows) = (all_rows(&desk), shown(&desk));
        while rows[0] != all[0] {
            desk = desk.press("PageUp").wait();
            let page = shown(&desk);
            let repeated = page.iter().position(|row| *row == rows[0]);
            let repeated = repeated.unwrap_or(page.len());
            assert!(repeated > 0, "the text does not move");
            let (twice, foot) = (page.len() - repeated, desk.state.app.geometry().foot_rows);
            if page[0] != all[0] && foot == 0 && twice > 2 {
                // A page that begins a row further up repeats too few.
                desk = desk.press("k").wait();
                let is_enough = shown(&desk).contains(&rows[1]);
                assert!(!is_enough, "{twice} rows are repeated");
                desk = desk.press("j").wait();
            } else {
                let most = 2 + usize::from(foot);
                assert!(page[0] == all[0] || twice <= most, "{twice} rows twice");
            }
            rows.splice(0..0, page[..repeated].iter().cloned());
        }
        assert!(
            rows == all,
            "back from the end, {columns} columns, “{keys}”"
        );
    }
}

#[test]
fn a_screen_that_is_too_narrow_has_one_column_and_the_same_line_on_top() {
    let mut desk = open(200, 50).press("Space");
    let top = desk.state.app.open.view.top();
    let frame = desk.text();
    for (columns, rows) in [(160, 50), (80, 24), (40, 15), (170, 40)] {
        desk = desk.resize(columns, rows);
        assert_eq!(is_spread(&desk), columns == 170);
        assert!(desk.state.app.open.view.is_visible(top));
    }
    let desk = desk.resize(200, 50);
    assert_eq!(desk.text(), frame);
    // Without the outline there is room for two.
    assert!(is_spread(&desk.resize(160, 50).press("T")));
}

#[test]
fn a_key_sets_the_text_in_each_of_the_ways_that_the_screen_has_room_for() {
    let says = |desk: &TestReader| desk.rows().pop().unwrap();
    let mut desk = TestReader::open_own(170, 40);
    for (words, columns) in [
        ("one column, justified", 1),
        ("two columns, with a ragged right edge", 2),
        ("two columns, justified", 2),
        ("one column, with a ragged right edge", 1),
    ] {
        desk = desk.press("=");
        assert!(says(&desk).contains(words), "{}", says(&desk));
        assert_eq!(desk.state.app.geometry().columns().count(), columns);
    }
    // What there is no room for is not lost.
    let desk = desk.press("= =").resize(80, 24).press("=");
    let told = "the text: justified (no room for two columns here)";
    assert!(says(&desk).contains(told), "{}", says(&desk));
    assert!(is_spread(&desk.resize(170, 40)));
}

#[test]
fn keys_take_the_two_columns_for_one_page() {
    let mut desk = TestReader::open(&lines(300), 170, 30)
        .press("= = 8 0 G z t")
        .wait();
    let first = |desk: &TestReader| desk.state.app.open.view.page()[0].row.block.0;
    let rows = desk.state.app.open.view.page().len();
    let top = first(&desk);
    desk = desk.press("z L").wait();
    assert_eq!(
        desk.state.app.open.view.current_block().0,
        top + (rows - 1) / 2
    );
    desk = desk.press("z H").wait();
    assert_eq!(desk.state.app.open.view.current_block().0, top);
    // Half of the page is a column.
    desk = desk.press("z M").wait();
    let middle = desk.state.app.open.view.current_block().0;
    let half = desk.press("d").wait();
    assert_eq!(first(&half), middle);
    assert_eq!(half.cursor_row().matches('▎').count(), 1);
}

#[test]
fn what_is_found_in_the_right_column_is_lit_there_and_nothing_moves() {
    let desk = TestReader::open(&lines(300), 170, 30).press("= =").wait();
    let top = desk.state.app.open.view.top();
    let desk = desk.press("/").types("line 20").press("Enter");
    assert_eq!(desk.state.app.open.view.top(), top);
    let row = desk.cursor_row();
    assert!(row.contains("│") && row.contains("▯line 20"), "{row}");
}

#[test]
fn dragging_from_the_left_column_into_the_right_one_selects_what_lies_between() {
    let mut desk = TestReader::open(&lines(300), 170, 30).press("= =").wait();
    let at = |desk: &TestReader, text: &str| {
        let rows = desk.rows();
        let row = rows.iter().position(|row| row.contains(text)).unwrap();
        let before = rows[row].split(text).next().unwrap().chars().count();
        let cell = (u16::try_from(before).unwrap(), u16::try_from(row).unwrap());
        assert!(desk.state.app.geometry().columns().any(|it| it.x == cell.0));
        cell
    };
    let (from, to) = (at(&desk, "line 9"), at(&desk, "line 18"));
    assert!(to.0 > from.0 && to.1 < from.1);
    desk.mouse(MouseEventKind::Down(MouseButton::Left), from);
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), to);
    desk.mouse(MouseEventKind::Up(MouseButton::Left), to);
    let selection = desk.state.app.open.view.selection().unwrap();
    let paper = desk.state.app.open.document.paper();
    let words = paper.words(selection.passage);
    assert!(
        words.starts_with("line 9") && words.ends_with('l'),
        "{words}"
    );
    assert!(desk.cursor_row().contains("▯line 18"));
}

/// Drags on from row to row of the screen, and gives where what is selected ends after each.
fn ends_of_drag(desk: &mut TestReader, from: (u16, u16), over: &[(u16, u16)]) -> Vec<Position> {
    desk.mouse(MouseEventKind::Down(MouseButton::Left), from);
    let ends = over.iter().map(|&to| {
        desk.mouse(MouseEventKind::Drag(MouseButton::Left), to);
        let selection = desk.state.app.open.view.selection();
        selection.expect("something selected").passage.end
    });
    ends.collect()
}

/// Beyond the end of the last line of text in each column.
fn ends_of_columns(desk: &TestReader) -> [(u16, u16); 2] {
    let (geometry, page) = (desk.state.app.geometry(), desk.state.app.open.view.page());
    let columns = page.columns();
    let end = |rows: &[LaidOutRow], column: Rect| {
        let last = rows.iter().rposition(LaidOutRow::has_text).unwrap();
        (column.right(), column.y + u16::try_from(last).unwrap())
    };
    [
        end(columns[0], geometry.text),
        end(columns[1], geometry.facing),
    ]
}

#[test]
fn a_drag_below_a_column_stays_in_it() {
    let (mut below_left, mut below_right) = (0, 0);
    for keys in ["G", "P P", "P P ]", "P P 3 0 %", "P P G"] {
        let open = || {
            let desk = TestReader::open_own(170, 40).press("= =").press(keys);
            desk.wait()
        };
        let desk = open();
        let geometry = desk.state.app.geometry();
        let from = (geometry.text.x + 1, geometry.text.y);
        let [left, right] = ends_of_columns(&desk);
        let rows = |above: u16| above + 1..geometry.text.bottom();
        let top = desk.state.app.open.view.top();
        // Nothing is scrolled, whatever stands to its right.
        let mut over = vec![left];
        over.extend(rows(left.1).map(|y| (geometry.text.x, y)));
        let mut desk = open();
        let ends = ends_of_drag(&mut desk, from, &over);
        assert!(ends.iter().all(|end| *end == ends[0]), "{keys}: {ends:?}");
        assert_eq!(desk.state.app.open.view.top(), top);
        below_left += usize::from(left.1 < right.1);
        // The text goes on, and never back.
        let mut over = vec![right];
        over.extend(rows(right.1).map(|y| (geometry.facing.x, y)));
        let ends = ends_of_drag(&mut open(), from, &over);
        assert!(ends.is_sorted(), "{keys}: {ends:?}");
        below_right += usize::from(right.1 < left.1);
    }
    assert!(below_left > 0 && below_right > 0);
}

#[test]
fn notes_stand_at_the_foot_of_the_column_that_cites_them() {
    for (presses, placement) in [("P P", Placement::Foot), ("P P P", Placement::Margin)] {
        let desk = open(200, 50).press(presses).press("Esc").wait();
        assert_eq!(desk.state.app.settings.placement, placement);
        let beside = desk.state.app.beside(None);
        let numbers = beside.columns.iter().map(|column| {
            let notes = column.notes.iter().filter_map(|note| note.note.note());
            notes.map(|note| note.0 + 1).collect::<Vec<_>>()
        });
        assert_eq!(
            numbers.collect::<Vec<_>>(),
            [vec![1, 2, 3, 4], vec![5, 6, 7]]
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!("spread_notes_at_foot", desk.screen());
        }
    }
    open(200, 50)
        .press("P P P")
        .shows("margin: notes below each of two columns, which leave no room beside");
}

#[test]
fn on_a_very_wide_screen_notes_stand_on_the_outer_side_of_the_column_that_cites_them() {
    let mut desk = open(240, 60);
    let geometry = desk.state.app.geometry();
    let beside = desk.state.app.beside(None);
    let cited_in = |column: usize| {
        let page = desk.state.app.open.view.page();
        let rows = page.columns()[column];
        let markers = rows.iter().flat_map(|row| row.line().unwrap().runs.iter());
        let markers = markers.filter(|run| matches!(run.role.part, Part::Marker(_)));
        markers.count()
    };
    for (column, notes) in beside.columns.iter().enumerate() {
        assert_eq!(notes.notes.len() + notes.left_out, cited_in(column));
        assert!(notes.notes.len() > 3);
    }
    // A click on one of them opens it where it stands.
    for (margin, words) in [
        (geometry.margin, "3  Johanna"),
        (geometry.facing_margin, "9  Russian"),
    ] {
        desk = desk.click(words);
        let note = desk.state.overlays().note().unwrap();
        assert!(note.is_in_margin(&desk.state.app));
        let cursor = desk.cursor_row();
        let column = cursor.split('▯').next().unwrap().chars().count();
        let columns = usize::from(margin.left())..usize::from(margin.right());
        assert!(columns.contains(&column), "{column} is not in {columns:?}");
        desk = desk.press("Esc");
    }
}

#[test]
fn a_paper_that_fits_the_left_column_leaves_the_right_one_empty() {
    let desk = TestReader::open_document(
        Book::named("small").document.paper().clone().into(),
        170,
        40,
    );
    let desk = desk.press("= = j G").wait();
    let view = &desk.state.app.open.view;
    assert_eq!(view.page().in_first(), view.page().len());
    assert_eq!(view.position_below(), None);
}
