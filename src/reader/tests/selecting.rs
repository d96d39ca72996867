//! Selecting text by keys and by the mouse.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::super::action::Effect;
use super::super::open::decorations::{self, DecorationRole, HighlightLook};
use super::super::testing::Desk;
use crate::shelf::{AnnotationKind, Origin};
use crate::terminal::events::Event;

const PAPER: &str = "# Title\n\nThe first one, as Smith says, op. cit. p. 4, is long.[^a] \
    Then he said “so it is” to her. A third follows here.\n\n\
    Another paragraph. It has two.\n\n- one item\n- another item\n\n[^a]: A note.\n";

/// What is copied after some keys; none if nothing is selected.
fn selected(keys: &str) -> Option<String> {
    copied(Desk::open(PAPER, 60, 24).press(keys))
}

fn copied(desk: Desk) -> Option<String> {
    let desk = desk.press("y");
    match desk.effects.last() {
        Some(Effect::Copy { text, what }) if what == "the selection" => Some(text.clone()),
        _ => None,
    }
}

#[track_caller]
fn check(keys: &str, expected: &str) {
    assert_eq!(selected(keys).as_deref(), Some(expected), "{keys}");
}

const FIRST: &str = "The first one, as Smith says, op. cit. p. 4, is long.";
const SECOND: &str = "Then he said “so it is” to her.";

#[test]
fn a_key_selects_the_sentence_at_the_cursor() {
    check("} v", FIRST);
    check("} ) v", SECOND);
    check("} ) ) ( v", SECOND);
    check("/ t h i r d Enter v", "A third follows here.");
    check("Tab v", FIRST);
}

#[test]
fn a_key_selects_the_paragraph_at_the_cursor_and_a_count_more_of_them() {
    check("} } V", "Another paragraph. It has two.");
    check("} 2 v", &format!("{FIRST} {SECOND}"));
    check("} } 2 V", "Another paragraph. It has two.\n\none item");
}

#[test]
fn keys_move_the_end_that_is_active() {
    check("} } v w", "Another paragraph. It");
    check("} } v 3 w", "Another paragraph. It has two");
    check("} } v )", "Another paragraph. It has two.");
    check("} } v h", "Another paragraph");
    check("} } v b", "Another paragraph");
    check("} } v b b", "Another");
    check("} } v ) o )", "It has two.");
    check("} } v ) o w", "paragraph. It has two.");
    check("} } v o l l", "other paragraph.");
    check("} } v }", "Another paragraph. It has two.");
    check("} } V }", "Another paragraph. It has two.\n\none item");
    check(
        "} } V } }",
        "Another paragraph. It has two.\n\none item\nanother item",
    );
}

#[test]
fn an_end_that_passes_the_other_one_leaves_something_selected() {
    check("} } ) v o )", "one item");
    check("} } ) v (", "Another paragraph. ");
}

#[test]
fn a_search_extends_the_selection_to_the_match() {
    check(
        "} v / s o Space i t Enter",
        &format!("{FIRST} Then he said “so it"),
    );
}

#[test]
fn objects_are_selected_by_a_letter() {
    check("} ) v i q", "so it is");
    check(
        "} v i p",
        &format!("{FIRST} {SECOND} A third follows here."),
    );
    check("} ) ) v i n", FIRST);
    check("} ) v i w", "her");
    check("} v ) i s", SECOND);
    Desk::open(PAPER, 60, 24)
        .press("} } v i q")
        .shows("no quotation in this paragraph");
}

#[test]
fn what_was_selected_last_is_selected_again() {
    check("} } v Esc g v", "Another paragraph.");
    check("} } v Esc G v", "A note.");
    Desk::open(PAPER, 60, 24)
        .press("g v")
        .shows("nothing was selected yet");
}

#[test]
fn esc_ends_the_selection_and_the_keys_are_those_of_reading_again() {
    assert_eq!(selected("} v Esc"), None);
    assert_eq!(selected("} v q"), None);
    check("} v Esc } v", "Another paragraph.");
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event<super::super::session::Message> {
    Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    })
}

/// The column and row of the first place where the screen shows a text.
fn place_of(desk: &Desk, text: &str) -> (u16, u16) {
    let rows = desk.rows();
    let found = rows.iter().enumerate().find_map(|(row, line)| {
        let before = line.split(text).next().filter(|_| line.contains(text))?;
        Some((before.chars().count(), row))
    });
    let (column, row) = found.expect("a text on the screen");
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

#[test]
fn dragging_selects_the_text_alone() {
    let mut desk = Desk::open(PAPER, 60, 24);
    let (from, to) = (place_of(&desk, "long"), place_of(&desk, "he said"));
    desk.draw().unwrap();
    desk.send(mouse(
        MouseEventKind::Down(MouseButton::Left),
        from.0,
        from.1,
    ));
    desk.send(mouse(
        MouseEventKind::Drag(MouseButton::Left),
        to.0 + 1,
        to.1,
    ));
    assert_eq!(copied(desk).as_deref(), Some("long. Then he"));
}

#[test]
fn a_double_click_selects_a_word_and_a_triple_click_the_sentence() {
    let mut desk = Desk::open(PAPER, 60, 24);
    let (column, row) = place_of(&desk, "Smith");
    let press = || mouse(MouseEventKind::Down(MouseButton::Left), column, row);
    desk.draw().unwrap();
    desk.send(press());
    desk.send(press());
    let mut desk = desk.press("y");
    let words = |desk: &Desk| match desk.effects.last() {
        Some(Effect::Copy { text, .. }) => text.clone(),
        other => panic!("{other:?} is no copy"),
    };
    assert_eq!(words(&desk), "Smith");
    desk.draw().unwrap();
    desk.send(press());
    assert_eq!(words(&desk.press("y")), FIRST);
}

#[test]
fn the_cursor_is_at_the_end_that_keys_move() {
    let cursor = |keys: &str| Desk::open(PAPER, 60, 24).press(keys).cursor_row();
    let end = cursor("} } v");
    assert!(end.contains("Another paragraph▯."), "{end}");
    let start = cursor("} } v o");
    assert!(start.contains("▯Another paragraph."), "{start}");
}

#[test]
fn enter_highlights_what_is_selected_and_keys_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let kinds = |desk: &Desk| -> Vec<String> {
        let passages = desk.state.app.open.annotations.passages.iter();
        let kinds = passages.map(|annotation| match &annotation.kind {
            AnnotationKind::Highlight(kind) => kind.to_string(),
            other => format!("{other:?}"),
        });
        kinds.collect()
    };
    let desk = desk.press("} } v Enter");
    assert_eq!(kinds(&desk), ["claim"]);
    assert!(desk.state.app.open.view.selection().is_none());
    let desk = desk.press("c c").shows("? Another paragraph.");
    assert_eq!(kinds(&desk), ["question"]);
    // The kind used last is that of the next one.
    let desk = desk.press("V Enter x U");
    assert_eq!(kinds(&desk), ["question", "question"]);
    let desk = desk.press("{ c").shows("no highlight here");
    assert_eq!(kinds(&desk.press("} x x")), [""; 0]);
}

#[test]
fn highlights_and_what_is_selected_are_decorations_of_the_lines_they_are_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} ) v Enter v");
    let open = &desk.state.app.open;
    let page = open.view.page();
    let rows = page.iter().map(|row| decorations::of_row(open, None, row));
    let roles: Vec<DecorationRole> = rows.flatten().map(|it| it.role).collect();
    let highlight = DecorationRole::Highlight(HighlightLook::Claim);
    assert_eq!(roles, [highlight, DecorationRole::Selection]);
}
