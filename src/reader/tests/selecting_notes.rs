//! Selecting text of notes where they show: in an open note, in the margin and at the foot.

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::super::action::Effect;
use super::super::testing::TestReader;
use crate::shelf::Origin;

const TEXT_AND_NOTES: &str = "# Title\n\nThe first is long.[^a] Another one follows.[^b]\n\n\
    Second paragraph.\n\n\
    [^a]: It says so. Smith (2019) said “it is so” to her, op. cit. p. 4, at length. A third follows here.\n\n    \
    Its second paragraph. It ends.\n\n\
    [^b]: The other note. It has two.\n";

/// A paper whose Notes section is out of sight.
fn open(columns: u16, rows: u16) -> TestReader {
    let filler = "More words of the paper.\n\n".repeat(80);
    let (text, notes) = TEXT_AND_NOTES.split_once("[^a]:").unwrap();
    TestReader::open(&format!("{text}{filler}[^a]:{notes}"), columns, rows)
}

/// What is copied as the selection; none if nothing is selected.
fn copied(desk: TestReader) -> Option<String> {
    let desk = desk.press("y");
    match desk.effects.last() {
        Some(Effect::Copy { text, what }) if what == "the selection" => Some(text.clone()),
        _ => None,
    }
}

/// What is copied after some keys in the paper's first note, which opens in a box.
#[track_caller]
fn check(keys: &str, expected: &str) {
    let desk = open(60, 24).press("} f").shows("┌ 1 ");
    let selected = copied(desk.press(keys));
    assert_eq!(selected.as_deref(), Some(expected), "{keys}");
}

const FIRST: &str = "It says so.";
const SECOND: &str = "Smith (2019) said “it is so” to her, op. cit. p. 4, at length.";
const THIRD: &str = "A third follows here.";

#[test]
fn a_key_selects_the_sentence_or_the_paragraph_of_an_open_note() {
    check("v", FIRST);
    check("V", &format!("{FIRST} {SECOND} {THIRD}"));
    check(") v", SECOND);
    check(") ) ( v", SECOND);
}

#[test]
fn the_ends_move_in_a_note_as_in_the_text() {
    check("v w", "It says so. Smith");
    check("v 2 w", "It says so. Smith (2019");
    check("v h", "It says so");
    check("v b", "It says so");
    check("v b b", "It says");
    check("v )", &format!("{FIRST} {SECOND}"));
    check("v ) o )", SECOND);
    check("v ) o l l", &format!(" says so. {SECOND}"));
    check(") v i q", "it is so");
    check("v i p", &format!("{FIRST} {SECOND} {THIRD}"));
    let all = format!("{FIRST} {SECOND} {THIRD}\n\nIts second paragraph. It ends.");
    check("V }", &all);
    // It goes no further than the note does.
    check("V } } } ) l j", &all);
    let down = all.trim_end_matches("paragraph. It ends.");
    check("v j j j j j j j j o k k k", down);
}

#[test]
fn esc_selects_nothing_and_leaves_the_note_open() {
    let desk = open(60, 24).press("} f v Esc");
    let desk = desk.shows("┌ 1 ").press("y");
    assert!(
        matches!(desk.effects.last(), Some(Effect::Copy { what, .. }) if what == "the note with its source")
    );
    desk.press("Esc").shows_no("┌ 1 ");
}

#[test]
fn selecting_in_a_note_leaves_the_page_where_it_is() {
    let desk = open(60, 24).press("} f");
    let top = desk.state.app.open.view.top();
    let desk = desk.press("v ) o w V } Enter").shows("┌ 1 ");
    assert_eq!(desk.state.app.open.view.top(), top);
    assert!(desk.state.app.open.view.current_block().0 < 3);
}

/// What is kept, and the words that it is on.
fn kept(desk: &TestReader) -> Vec<String> {
    let open = &desk.state.app.open;
    let passages = open.shelf.annotations.passages.iter();
    let kept = passages.map(|it| {
        let words = it.found.passage().map(|at| open.document.paper().words(at));
        let kind = it
            .kind
            .highlight()
            .map_or("note".to_owned(), ToString::to_string);
        format!("{kind}: {}: {}", words.unwrap_or_default(), it.note)
    });
    kept.collect()
}

#[test]
fn what_is_selected_in_a_note_is_highlighted_written_on_and_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let desk = open(60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} f v Enter").shows("┌ 1 ");
    assert_eq!(kept(&desk), [format!("claim: {FIRST}: ")]);
    // The keys for a highlight act on it where it was made.
    let desk = desk.press("c c");
    assert_eq!(kept(&desk), [format!("question: {FIRST}: ")]);
    let desk = desk
        .press("a")
        .types("Does it?")
        .press("Ctrl-s")
        .shows("┌ 1 ");
    assert_eq!(kept(&desk), [format!("question: {FIRST}: Does it?")]);
    let desk = desk.shows("It says so.ᵃ").press("x");
    assert_eq!(kept(&desk), [""; 0]);
    let desk = desk.press("U");
    assert_eq!(kept(&desk), [format!("question: {FIRST}: Does it?")]);
    let desk = desk
        .press("Ctrl-r ) v a")
        .types("Hm.")
        .press("Ctrl-s")
        .shows("┌ 1 ");
    assert_eq!(kept(&desk), [format!("note: {SECOND}: Hm.")]);
    let desk = desk.press("v Y");
    let quoted = "— “Title”, note 1";
    assert!(
        matches!(desk.effects.last(), Some(Effect::Copy { text, .. }) if text.contains(quoted)),
        "{:?}",
        desk.effects.last()
    );
}

#[test]
fn the_box_for_a_note_of_ones_own_leaves_the_words_in_sight_that_it_is_on() {
    for (columns, rows) in [(60, 24), (80, 24), (140, 40), (160, 50)] {
        let desk = open(columns, rows).press("} f v a");
        desk.shows("Your note on “It says so.”")
            .shows(" It says so.");
    }
}

#[test]
fn letters_name_sources_where_no_highlight_is() {
    let paper = "Text.[^1]\n\n[^1]: Smith, J. (2019) *One*. Press; Doe, A. (2020) *Two*. Press; \
        Roe, B. (2021) *Three*. Press.\n";
    let desk = TestReader::open(paper, 60, 24).press("f 1 c");
    desk.shows("┌ 1c ");
    TestReader::open(paper, 60, 24).press("f a").shows("┌ 1a ");
}

#[test]
fn what_is_selected_in_a_long_note_stays_in_its_box() {
    let words: String = (1..60).map(|n| format!("Sentence {n} is here. ")).collect();
    let paper = format!("Text.[^a]\n\n[^a]: {words}\n");
    let desk = TestReader::open(&paper, 60, 24).press("f v");
    let desk = desk
        .press("3 0 )")
        .shows("Sentence 31 is")
        .shows_no("Sentence 1 is");
    let desk = desk.press("o").shows("Sentence 1 is");
    let desk = desk.press("Esc G v").shows_no("Sentence 1 is");
    let last = copied(desk).unwrap();
    assert!(!last.starts_with("Sentence 1 "), "{last}");
}

/// The column and row of the first place where the screen shows a text in a column or beyond.
#[track_caller]
fn place_of(desk: &TestReader, text: &str, least_column: usize) -> (u16, u16) {
    let rows = desk.rows();
    let found = rows.iter().enumerate().find_map(|(row, line)| {
        let signs: Vec<char> = line.chars().collect();
        let wanted: Vec<char> = text.chars().collect();
        let mut columns = least_column..signs.len();
        let column = columns.find(|&column| {
            let rest = signs.iter().skip(column);
            rest.take(wanted.len()).eq(&wanted)
        });
        Some((column?, row))
    });
    let (column, row) = found.unwrap_or_else(|| panic!("{text:?} is not in {rows:#?}"));
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

/// Drags from one text to another, each at or right of a column.
fn drag(desk: &mut TestReader, from: &str, to: &str, least_column: usize) {
    let (from, to) = (
        place_of(desk, from, least_column),
        place_of(desk, to, least_column),
    );
    drag_between(desk, from, to);
}

fn drag_between(desk: &mut TestReader, from: (u16, u16), to: (u16, u16)) {
    desk.mouse(MouseEventKind::Down(MouseButton::Left), from);
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), to);
    desk.mouse(MouseEventKind::Up(MouseButton::Left), to);
}

#[test]
fn dragging_selects_the_words_of_a_note_in_its_box_in_the_margin_and_at_the_foot() {
    let mut desk = open(60, 24).press("} f");
    drag(&mut desk, "says", "it is so", 0);
    assert_eq!(
        copied(desk).as_deref(),
        Some("says so. Smith (2019) said “i")
    );
    let mut desk = open(140, 40);
    let column = usize::from(desk.state.geometry().margin.x);
    drag(&mut desk, "says", "Its second", column);
    let words = format!("says so. {SECOND} {THIRD}\n\nI");
    assert_eq!(copied(desk.shows_no("┌")), Some(words));
    let mut desk = open(80, 30).press("P P").shows("──");
    drag(&mut desk, "says", "it is so", 0);
    assert_eq!(
        copied(desk).as_deref(),
        Some("says so. Smith (2019) said “i")
    );
}

#[test]
fn a_drag_that_begins_in_a_note_stays_in_it() {
    // In the margin, to the left and beyond its end: neither the text nor the next note.
    let desk = || open(140, 40);
    let column = usize::from(desk().state.geometry().margin.x);
    let mut beyond = desk();
    let (x, y) = place_of(&beyond, "says", column);
    drag_between(&mut beyond, (x, y), (2, y));
    assert_eq!(copied(beyond).as_deref(), Some("It s"));
    let mut below = desk();
    drag_between(&mut below, (x, y), (x, 38));
    let words = format!("says so. {SECOND} {THIRD}\n\nIts second paragraph. It ends.");
    assert_eq!(copied(below), Some(words));
    let mut above = desk();
    drag_between(&mut above, (x, y), (x, 0));
    assert_eq!(copied(above).as_deref(), Some("It s"));
    // From the text into the margin is the text alone.
    let mut from_text = desk();
    let start = place_of(&from_text, "first is long", 0);
    drag_between(&mut from_text, start, (x + 10, start.1));
    let text = copied(from_text).unwrap();
    assert!(text.starts_with("first is long. Another one"), "{text}");
}

#[test]
fn a_double_click_in_a_note_selects_a_word_and_a_triple_click_the_sentence() {
    for (columns, rows, keys) in [(60, 24, "} f"), (140, 40, ""), (80, 30, "P P")] {
        let mut desk = open(columns, rows).press(keys);
        let at = match keys {
            "" => place_of(&desk, "says", usize::from(desk.state.geometry().margin.x)),
            _ => place_of(&desk, "says", 0),
        };
        let click = |desk: &mut TestReader| {
            desk.mouse(MouseEventKind::Down(MouseButton::Left), at);
            desk.mouse(MouseEventKind::Up(MouseButton::Left), at);
        };
        click(&mut desk);
        click(&mut desk);
        let mut desk = desk.press("y");
        let words = |desk: &TestReader| match desk.effects.last() {
            Some(Effect::Copy { text, .. }) => text.clone(),
            other => panic!("{other:?} is no copy at {columns}x{rows}"),
        };
        assert_eq!(words(&desk), "says", "at {columns}x{rows}");
        click(&mut desk);
        assert_eq!(words(&desk.press("y")), FIRST, "at {columns}x{rows}");
    }
}

#[test]
fn a_click_on_a_note_beside_the_text_opens_it_when_the_button_is_let_go() {
    let mut desk = open(80, 30).press("P P");
    let at = place_of(&desk, "The other note", 0);
    desk.mouse(MouseEventKind::Down(MouseButton::Left), at);
    let mut desk = desk.shows_no("┌ 2 ");
    desk.mouse(MouseEventKind::Up(MouseButton::Left), at);
    desk.shows("┌ 2 ");
}

#[test]
fn what_is_selected_beside_the_text_is_highlighted_and_its_ends_move() {
    let folder = tempfile::tempdir().unwrap();
    let desk = open(140, 40).with_shelf(folder.path(), Origin::Elsewhere);
    let column = usize::from(desk.state.geometry().margin.x);
    let mut desk = desk;
    drag(&mut desk, "It says", "so.", column);
    let desk = desk.press(") ) Enter c");
    assert_eq!(kept(&desk), [format!("evidence: {FIRST} {SECOND}: ")]);
    // Once the page has moved, keys act on that.
    let desk = desk.press("} } v Enter");
    assert_eq!(
        kept(&desk).first().map(String::as_str),
        Some("evidence: Second paragraph.: ")
    );
}

#[test]
fn the_search_goes_as_far_as_the_next_match_in_the_note() {
    let desk = open(60, 24).press("} /").types("said").press("Enter");
    let desk = desk.press("f v n");
    assert_eq!(
        copied(desk).as_deref(),
        Some("It says so. Smith (2019) said")
    );
}

/// The marked cells of a row of the screen, which stand where text is selected or highlighted.
fn lit_words(desk: &TestReader) -> Vec<String> {
    let buffer = desk.screen().buffer().clone();
    let rows = (0..buffer.area.height).map(|y| {
        let cells = (0..buffer.area.width).map(|x| &buffer[(x, y)]);
        let lit = cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        lit.map(Cell::symbol).collect::<String>()
    });
    rows.filter(|words| !words.is_empty()).collect()
}

#[test]
fn what_is_selected_in_a_note_is_lit_and_neither_its_number_nor_its_frame_is() {
    // With the marker, from which the note was opened.
    let desk = open(60, 24).press("} f V");
    let expected = [
        "¹",
        "It says so. Smith (2019) said “it is so” to her,",
        "op. cit. p. 4, at length. A third follows here.",
    ];
    assert_eq!(lit_words(&desk), expected);
    insta::assert_snapshot!(desk.screen());
    let mut desk = open(140, 40);
    let column = usize::from(desk.state.geometry().margin.x);
    drag(&mut desk, "says", "said", column);
    assert_eq!(lit_words(&desk), ["says so. Smith (2019) s"]);
    insta::assert_snapshot!(desk.screen());
}
