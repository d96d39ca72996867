//! Selecting text by keys and by the mouse.

use crossterm::event::{MouseButton, MouseEventKind};

use super::super::action::{Action, Effect};
use super::super::open::annotations::ShelfRequest;
use super::super::open::decorations::{self, DecorationRole, HighlightLook};
use super::super::testing::TestReader;
use crate::paper::{BlockId, Position};
use crate::shelf::{AnnotationKind, HighlightKind, Origin};
use crate::terminal::events::EventSource;

const PAPER: &str = "# Title\n\nThe first one, as Smith says, op. cit. p. 4, is long.[^a] \
    Then he said “so it is” to her. A third follows here.\n\n\
    Another paragraph. It has two.\n\n- one item\n- another item\n\n[^a]: A note.\n";

/// What is copied after some keys; none if nothing is selected.
fn selected(keys: &str) -> Option<String> {
    copied(TestReader::open(PAPER, 60, 24).press(keys))
}

fn copied(desk: TestReader) -> Option<String> {
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
    TestReader::open(PAPER, 60, 24)
        .press("} } v i q")
        .shows("no quotation in this paragraph");
}

#[test]
fn what_was_selected_last_is_selected_again() {
    check("} } v Esc g v", "Another paragraph.");
    check("} } v Esc G v", "A note.");
    // The second key of who goes to the beginning as in vim is no first key of `gv`.
    check("} } v Esc g g v", FIRST);
    check("} } v Esc g g g v", "Another paragraph.");
    TestReader::open(PAPER, 60, 24)
        .press("g v")
        .shows("nothing was selected yet");
}

#[test]
fn esc_ends_the_selection_and_the_keys_are_those_of_reading_again() {
    assert_eq!(selected("} v Esc"), None);
    assert_eq!(selected("} v q"), None);
    check("} v Esc } v", "Another paragraph.");
}

/// The column and row of the first place where the screen shows a text.
fn place_of(desk: &TestReader, text: &str) -> (u16, u16) {
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
    let mut desk = TestReader::open(PAPER, 60, 24);
    let (from, to) = (place_of(&desk, "long"), place_of(&desk, "he said"));
    desk.mouse(MouseEventKind::Down(MouseButton::Left), from);
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), (to.0 + 1, to.1));
    assert_eq!(copied(desk).as_deref(), Some("long. Then he"));
}

/// A table, a list and what stands around them.
const TABLE: &str = "Before it.\n\n| Year | Who | What was said |\n|--|--|--|\n\
    | 2019 | Smith | A long cell that wraps in a narrow window |\n| 2020 | Doe | Short |\n\n\
    1. The first item.\n2. The second.\n   - Nested one\n\n> Quoted words.\n\nAfter it.\n";

/// What dragging selects from one text to a column right of the start of another and so many rows
/// below.
fn dragged(from: &str, to: &str, columns: u16, rows: u16) -> String {
    let mut desk = TestReader::open(TABLE, 40, 40);
    let (from, to) = (place_of(&desk, from), place_of(&desk, to));
    desk.mouse(MouseEventKind::Down(MouseButton::Left), from);
    let to = (to.0 + columns, to.1 + rows);
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), to);
    copied(desk).unwrap()
}

#[test]
fn dragging_over_cells_and_items_selects_their_words_in_order() {
    assert_eq!(
        dragged("Smith", "Doe", 2, 0),
        "Smith | A long cell that wraps in a narrow window\n2020 | Doe"
    );
    assert_eq!(
        dragged("Doe", "Smith", 0, 0),
        "Smith | A long cell that wraps in a narrow window\n2020 | D"
    );
    assert_eq!(
        dragged("Short", "Nested", 3, 0),
        "Short\n\nThe first item.\nThe second.\nNest"
    );
    assert_eq!(
        dragged("second", "Quoted", 1, 0),
        "second.\nNested one\n\nQu"
    );
    // A number or a bar beside the words is none of them.
    assert_eq!(dragged("2. ", "Nested", 0, 0), "The second.\nN");
}

#[test]
fn dragging_beyond_the_end_of_words_selects_nothing_of_what_follows() {
    let far = 12;
    assert_eq!(dragged("Before", "it.", far, 0), "Before it.");
    assert_eq!(dragged("Before", "it.", far, 1), "Before it.");
    assert_eq!(dragged("Doe", "Short", far, 0), "Doe | Short");
    assert_eq!(dragged("first", "item.", far, 0), "first item.");
    // On the line below the heads of a table these end.
    assert_eq!(dragged("Who", "Who", 0, 1), "Who | What was said");
    // What is begun beyond the end begins with what follows.
    let mut desk = TestReader::open(TABLE, 40, 40);
    let ((column, row), to) = (place_of(&desk, "it."), place_of(&desk, "2019"));
    desk.mouse(MouseEventKind::Down(MouseButton::Left), (column + far, row));
    desk.mouse(MouseEventKind::Drag(MouseButton::Left), to);
    let words = "Year | Who | What was said\n2";
    assert_eq!(copied(desk).as_deref(), Some(words));
}

#[test]
fn keys_select_in_cells_and_items() {
    let selected = |keys: &str| copied(TestReader::open(TABLE, 60, 40).press(keys)).unwrap();
    assert_eq!(selected("} v"), "Year");
    assert_eq!(selected("} v )"), "Year | Who");
    assert_eq!(selected("} v w o w"), "Who");
    assert_eq!(selected("} v j"), "Year | Who | What was said\n2019");
    assert_eq!(selected("} } v"), "The first item.");
    assert_eq!(selected("} } V }"), "The first item.\nThe second.");
    assert_eq!(selected("} } } v ) o )"), "Nested one");
}

#[test]
fn a_double_click_selects_a_word_and_a_triple_click_the_sentence() {
    let mut desk = TestReader::open(PAPER, 60, 24);
    let at = place_of(&desk, "Smith");
    let press = |desk: &mut TestReader| {
        desk.mouse(MouseEventKind::Down(MouseButton::Left), at);
    };
    press(&mut desk);
    press(&mut desk);
    let mut desk = desk.press("y");
    let words = |desk: &TestReader| match desk.effects.last() {
        Some(Effect::Copy { text, .. }) => text.clone(),
        other => panic!("{other:?} is no copy"),
    };
    assert_eq!(words(&desk), "Smith");
    press(&mut desk);
    assert_eq!(words(&desk.press("y")), FIRST);
}

#[test]
fn the_cursor_is_at_the_end_that_keys_move() {
    let cursor = |keys: &str| TestReader::open(PAPER, 60, 24).press(keys).cursor_row();
    let end = cursor("} } v");
    assert!(end.contains("Another paragraph▯."), "{end}");
    let start = cursor("} } v o");
    assert!(start.contains("▯Another paragraph."), "{start}");
}

#[test]
fn enter_highlights_what_is_selected_and_keys_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let kinds = |desk: &TestReader| -> Vec<String> {
        let passages = desk.state.app.open.shelf.annotations.passages.iter();
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
fn at_a_heading_the_sentence_beneath_it_is_selected() {
    let paper = "# One\n\nFirst. Second.\n\n## Two\n\n### Three\n\nThird. Fourth.\n";
    let selected = |keys: &str| copied(TestReader::open(paper, 60, 24).press(keys));
    assert_eq!(selected("] ] v").as_deref(), Some("Third."));
    assert_eq!(selected("] ] V").as_deref(), Some("Third. Fourth."));
    // What is not to be seen is not selected.
    let heading = "# One\n\nFirst.\n\n## Two\n";
    let last = copied(TestReader::open(heading, 60, 24).press("] ] v"));
    assert_eq!(last.as_deref(), Some("Two"));
}

/// What is kept on passages: its kind, the words it stands on, and the note.
fn kept(desk: &TestReader) -> Vec<String> {
    let open = &desk.state.app.open;
    let paper = open.document.paper();
    let passages = open.shelf.annotations.passages.iter();
    let kept = passages.map(|annotation| {
        let words = annotation
            .found
            .passage()
            .map(|passage| paper.words(passage));
        let words = words.unwrap_or_default();
        format!("{}: {words}: {}", annotation.kind.name(), annotation.note)
    });
    kept.collect()
}

#[test]
fn a_note_is_written_on_what_is_selected() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} } v a").types("Is it?").press("Ctrl-s");
    assert_eq!(kept(&desk), ["note: Another paragraph.: Is it?"]);
    assert!(desk.state.app.open.view.selection().is_none());
}

#[test]
fn a_note_is_written_on_the_highlight_at_the_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk
        .press("} } v Enter a")
        .shows("Your note on “Another paragraph.”");
    let desk = desk.types("Yes.").press("Ctrl-s");
    assert_eq!(kept(&desk), ["highlight: Another paragraph.: Yes."]);
    assert_eq!(kept(&desk.press("U")), ["highlight: Another paragraph.: "]);
}

#[test]
fn a_note_is_written_on_the_paragraph_and_changed_by_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk
        .press("} } a")
        .types("Two")
        .press("Ctrl-s a")
        .types("!");
    let desk = desk.press("Ctrl-s");
    let words = "note: Another paragraph. It has two.: Two!";
    assert_eq!(kept(&desk), [words]);
    // A note without words is none.
    let desk = desk.press("a Ctrl-u Ctrl-s").shows("note removed");
    assert_eq!(kept(&desk), [""; 0]);
    assert_eq!(kept(&desk.press("U")), [words]);
}

#[test]
fn a_note_that_is_left_empty_or_discarded_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} } a Ctrl-s v a x Esc d");
    assert_eq!(kept(&desk), [""; 0]);
    // What was selected still is, to be written on again.
    assert!(desk.state.app.open.view.selection().is_some());
}

#[test]
fn the_box_for_a_note_leaves_what_it_is_on_in_sight() {
    for (columns, rows) in [(80, 24), (60, 18), (160, 50)] {
        for motion in ["v", "} } v", "} } V } }"] {
            let desk = TestReader::open(PAPER, columns, rows)
                .press("}")
                .press(motion);
            let words = copied(desk).unwrap();
            let first: String = words.lines().next().unwrap().chars().take(10).collect();
            let desk = TestReader::open(PAPER, columns, rows)
                .press("}")
                .press(motion);
            let row = desk.rows().iter().position(|row| row.contains(&first));
            let after = desk.press("a").rows();
            let shown = row.and_then(|row| after.get(row));
            let is_shown = shown.is_some_and(|shown| shown.contains(&first));
            assert!(is_shown, "{motion} at {columns}x{rows}: {after:#?}");
        }
    }
}

#[test]
fn highlights_and_what_is_selected_are_decorations_of_the_lines_they_are_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} ) v Enter v");
    let open = &desk.state.app.open;
    let page = open.view.page();
    let rows = page.iter().map(|row| decorations::of_row(open, None, row));
    let roles: Vec<DecorationRole> = rows.flatten().map(|it| it.role).collect();
    let highlight = DecorationRole::Highlight(HighlightLook::Claim);
    assert_eq!(roles, [highlight, DecorationRole::Selection]);
}

#[test]
fn a_key_copies_a_quotation_with_its_reference() {
    let quoted = |keys: &str| {
        let desk = TestReader::open(PAPER, 60, 24).press(keys).press("Y");
        match desk.effects.last() {
            Some(Effect::Copy { text, .. }) => text.clone(),
            other => panic!("{other:?} is no copy"),
        }
    };
    let words = "“Another paragraph.”\n— “Title”, § Title, ¶ 2";
    assert_eq!(quoted("} } v"), words);
    let words = "“Another paragraph. It has two.”\n— “Title”, § Title, ¶ 2";
    assert_eq!(quoted("} }"), words);
}

#[test]
fn the_list_has_bookmarks_highlights_and_notes_by_place_age_and_kind() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 100, 30).with_shelf(folder.path(), Origin::Elsewhere);
    // Their times have milliseconds, and must differ.
    let moment_later = |desk: TestReader| {
        std::thread::sleep(std::time::Duration::from_millis(5));
        desk
    };
    let desk = moment_later(desk.press("} } v Enter c"));
    let desk = moment_later(desk.press("} b"));
    let desk = desk.press("{ { ) v a").types("Why?");
    let order = |desk: &TestReader| -> Vec<String> {
        let rows = desk.rows().into_iter();
        let kept = rows.filter(|row| row.contains('│') && !row.contains(" · exact"));
        let first = |row: String| {
            let words = ["Another", "one item", "Then he said"];
            words.into_iter().find(|words| row.contains(words))
        };
        kept.filter_map(first).map(str::to_owned).collect()
    };
    let desk = desk
        .press("Ctrl-s B")
        .shows("1 bookmark, 1 highlight, 1 note, by place");
    let desk = desk.shows("e evidence").shows("n note").shows("✎ Why?");
    assert_eq!(order(&desk), ["Then he said", "Another", "one item"]);
    let desk = desk.press("s").shows("newest first");
    assert_eq!(order(&desk), ["Then he said", "one item", "Another"]);
    let desk = desk.press("s s").shows("by kind");
    assert_eq!(order(&desk), ["one item", "Another", "Then he said"]);
}

#[test]
fn in_the_list_a_highlight_is_given_another_kind_moved_deleted_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 100, 30).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk
        .press("} } v Enter B c")
        .shows("now evidence")
        .shows("e evidence");
    let desk = desk.press("D").shows("highlight removed").shows("none yet");
    assert_eq!(kept(&desk), [""; 0]);
    let desk = desk.press("U").shows("e evidence").press("e").types("So.");
    let desk = desk.press("Ctrl-s").shows("✎ So.").press("Esc");
    // What is selected while the list opens is where it is put.
    let desk = desk.press("} } v B m Esc");
    assert_eq!(kept(&desk), ["highlight: another item: So."]);
}

#[test]
fn of_highlights_that_overlap_the_shorter_one_shows_within_the_longer_one() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} ) v Enter c { } V Enter");
    let open = &desk.state.app.open;
    let page = open.view.page();
    let rows = page.iter().map(|row| decorations::of_row(open, None, row));
    let roles = rows.map(|row| row.into_iter().map(|it| it.role).collect::<Vec<_>>());
    let both = roles.into_iter().find(|roles| roles.len() == 2);
    let look = DecorationRole::Highlight(HighlightLook::Evidence);
    assert_eq!(both, Some(vec![look, look]));
    let lengths: Vec<usize> = page
        .iter()
        .map(|row| decorations::of_row(open, None, row))
        .filter(|row| row.len() == 2)
        .flat_map(|row| row.into_iter().map(|it| it.bytes.len()))
        .collect();
    assert!(
        lengths.chunks(2).all(|pair| pair[0] > pair[1]),
        "{lengths:?}"
    );
}

#[test]
fn a_highlight_in_a_note_shows_where_the_note_opens() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("G v Enter g f").shows("A note.");
    let open = &desk.state.app.open;
    let note = open.document.paper().notes[0].blocks.start;
    let layout = open.notes.popup.layout(BlockId(note)).unwrap();
    let found = layout.lines.iter();
    let found = found.flat_map(|line| decorations::of_line(open, BlockId(note), line));
    let roles: Vec<_> = found.map(|it| it.role).collect();
    assert_eq!(roles, [DecorationRole::Highlight(HighlightLook::Claim)]);
}

#[test]
fn a_kind_that_is_asked_for_while_the_highlight_is_being_saved_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 60, 24);
    let mut desk = desk
        .with_shelf(folder.path(), Origin::Elsewhere)
        .press("} } v");
    let now = desk.events.now();
    let Some(Effect::Shelf(request)) = desk.state.update(Action::Highlight, now) else {
        panic!("nothing is asked of the shelf");
    };
    assert_eq!(desk.state.update(Action::NextKind, now), None);
    // The answer to what was asked for before it is none to this.
    let before = ShelfRequest::Toggle(Position::default());
    desk.saver().expect("a shelf").perform(before);
    desk.take_queued();
    assert_eq!(desk.state.update(Action::NextKind, now), None);
    desk.saver().expect("a shelf").perform(request);
    desk.take_queued();
    let kinds = desk.state.app.open.shelf.annotations.passages.iter();
    let kinds: Vec<_> = kinds
        .filter_map(|it| it.kind.highlight().cloned())
        .collect();
    assert_eq!(kinds, [HighlightKind::Question]);
}
