//! The reader's own notes: marks, popups, the margin, the foot and the list.

use ratatui::buffer::Cell;

use super::super::action::Effect;
use super::super::testing::TestReader;
use crate::shelf::Origin;

const PAPER: &str = "# Title\n\nThe first is long.[^a] A second follows here.\n\n\
    Another paragraph. It has two.\n\n## Part\n\nThe last one.\n\n[^a]: A note.\n";

fn open(folder: &tempfile::TempDir, columns: u16, rows: u16) -> TestReader {
    TestReader::open(PAPER, columns, rows).with_shelf(folder.path(), Origin::Elsewhere)
}

/// The paper with a note of the reader's on the second sentence of its second paragraph.
fn with_note(folder: &tempfile::TempDir, columns: u16, rows: u16) -> TestReader {
    let desk = open(folder, columns, rows).press("} } v a");
    desk.types("*Is* it?").press("Ctrl-s")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_note_has_a_mark_at_the_end_of_its_passage_and_opens_as_the_authors_do() {
    let folder = folder();
    let desk = with_note(&folder, 60, 24).shows("Another paragraph.ᵃ It has two.");
    let desk = desk.press("f").shows("┌ ᵃ · note").shows("ᵃ Is it?");
    let desk = desk.press("f").shows_no("Is it?");
    let desk = desk
        .press("{ f")
        .shows("A note.")
        .shows_no("Is it?")
        .press("Esc");
    // Tab goes from the author's marker to the reader's, and Enter opens it.
    let desk = desk.press("g Tab Tab Enter").shows("ᵃ Is it?");
    desk.press("p").shows("A note.").shows_no("Is it?");
}

#[test]
fn marks_count_in_the_order_of_the_paper() {
    let folder = folder();
    let desk = with_note(&folder, 60, 24).press("g } v a").types("Hm.");
    let desk = desk.press("Ctrl-s").shows("is long.¹·ᵃ A second");
    desk.shows("Another paragraph.ᵇ It has two.");
}

#[test]
fn a_mark_is_no_part_of_what_is_copied() {
    let folder = folder();
    let desk = with_note(&folder, 60, 24).press("V y");
    let copied = desk.effects.last();
    let words = "Another paragraph. It has two.";
    assert!(
        matches!(copied, Some(Effect::Copy { text, .. }) if text == words),
        "{copied:?}"
    );
}

#[test]
fn in_an_open_note_keys_write_on_it_and_remove_it() {
    let folder = folder();
    let desk = with_note(&folder, 60, 24)
        .press("f a")
        .types(" Yes.")
        .press("Ctrl-s");
    let desk = desk.shows("ᵃ Is it? Yes.");
    let desk = desk
        .press("x")
        .shows_no("Is it?")
        .shows("Another paragraph. It");
    desk.press("U").shows("Another paragraph.ᵃ It");
}

#[test]
fn a_note_on_a_highlight_says_its_kind_and_a_key_changes_it() {
    let folder = folder();
    let desk = open(&folder, 60, 24).press("} } v Enter a").types("So.");
    let desk = desk.press("Ctrl-s f").shows("┌ ᵃ · claim");
    desk.press("c").shows("┌ ᵃ · evidence");
}

#[test]
fn notes_of_ones_own_stand_in_the_margin_and_at_the_foot_like_the_authors() {
    let folder = folder();
    let wide = with_note(&folder, 140, 40);
    let row = wide
        .rows()
        .into_iter()
        .find(|row| row.contains("paragraph.ᵃ"));
    let row = row.expect("the marked row");
    assert!(row.contains("ᵃ Is it?"), "{row}");
    drop(wide);
    open(&folder, 80, 24).press("P P").shows("ᵃ Is it?");
}

#[test]
fn notes_of_ones_own_are_in_the_list_of_notes_by_place() {
    let folder = folder();
    let desk = with_note(&folder, 80, 24).press("F");
    let rows = desk.rows();
    let row = |words: &str| rows.iter().position(|row| row.contains(words));
    assert!(
        row("1  A note.").is_some() && row("1  A note.") < row("ᵃ  *Is* it?"),
        "{rows:#?}"
    );
    let desk = desk.types("is it").press("Enter").shows("ᵃ Is it?");
    desk.shows_no("┌ Notes");
}

#[test]
fn notes_of_ones_own_are_searched_and_open_from_the_list_of_matches() {
    let folder = folder();
    let desk = with_note(&folder, 80, 24).press("g /").types("is");
    // In the text: This, his, is; those of the note are told beside.
    let desk = desk.shows("1 in your notes").press("Esc &").types("is it");
    let desk = desk.shows("1/1").shows("Your notes").shows("Is it?");
    let desk = desk.press("Enter").shows("┌ ᵃ · note").shows("ᵃ Is it?");
    let desk = desk.press("Esc /").types("is it").press("Enter");
    desk.shows("only in your notes; & lists them");
}

#[test]
fn tab_goes_to_highlights_and_keys_act_on_the_one_that_is_chosen() {
    let folder = folder();
    let desk = open(&folder, 60, 24).press("} ) v Enter } v Enter g");
    let kinds = |desk: &TestReader| -> Vec<String> {
        let passages = desk.state.app.open.shelf.annotations.passages.iter();
        let kinds = passages.filter_map(|kept| kept.kind.highlight().map(ToString::to_string));
        kinds.collect()
    };
    let desk = desk.press("Tab Tab Tab c");
    assert_eq!(kinds(&desk), ["claim", "evidence"]);
    let desk = desk.press("Shift-Tab Enter").shows("a writes on it");
    assert_eq!(kinds(&desk.press("x")), ["evidence"]);
}

#[test]
fn a_note_that_covers_the_screen_closes_and_no_size_ends_the_program() {
    let folder = folder();
    let mut desk = with_note(&folder, 40, 15).press("f").shows("Is it?");
    for (columns, rows) in [(1, 1), (0, 0), (12, 4), (160, 50), (40, 15)] {
        desk = desk.resize(columns, rows);
        let _ = desk.rows();
    }
    desk.press("Esc").shows_no("Is it?");
}

#[test]
fn a_note_whose_passage_is_lost_is_listed_and_has_no_mark() {
    let folder = folder();
    let from = || Origin::File("/nowhere/paper.md".into());
    let desk = TestReader::open(PAPER, 80, 24).with_shelf(folder.path(), from());
    drop(desk.press("} } v a").types("Is it?").press("Ctrl-s"));
    let other = PAPER.replace(
        "Another paragraph. It has two.",
        "Nothing of what was there.",
    );
    let desk = TestReader::open(&other, 80, 24).with_shelf(folder.path(), from());
    let desk = desk.shows_no("ᵃ").press("F").shows("yours · lost");
    let desk = desk.types("is it").press("Enter");
    desk.shows("its passage is no longer in the paper");
}

#[test]
fn a_paper_opens_at_what_is_kept_if_its_id_is_named() {
    let folder = folder();
    let long = format!("# Title\n\n{}\n\nThe one.\n", "Words.\n\n".repeat(60));
    let desk = TestReader::open(&long, 60, 24).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk
        .press("/")
        .types("the one")
        .press("Enter v Enter g Space");
    let id = desk.state.app.open.shelf.annotations.all()[0]
        .id
        .to_string();
    desk.shows_no("The one.").quit();
    let mut desk = TestReader::open(&long, 60, 24);
    desk.state.app.go_to_part(Some(&id));
    let desk = desk
        .shows_no("The one.")
        .with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.shows("The one.").shows_no("there is no");
    drop(desk.shows_no("back at"));
    // What nothing is called is said not to be there, once that is known.
    for id in ["00000000000000000000", "0000000000000000"] {
        let mut desk = TestReader::open(&long, 60, 24);
        desk.state.app.go_to_part(Some(id));
        let desk = desk.shows_no("there is no heading");
        let desk = desk.with_shelf(folder.path(), Origin::Elsewhere);
        desk.shows(&format!("there is no heading “{id}”"));
    }
}

#[test]
fn the_next_match_may_be_in_a_note_of_ones_own_at_its_mark() {
    let folder = folder();
    let desk = open(&folder, 60, 24).press("} } v a").types("Its second.");
    let desk = desk.press("Ctrl-s g / s e c o n d Enter");
    let desk = desk.shows("1/1 · § Title").press("n").shows("┌ ᵃ · note");
    let desk = desk.shows("ᵃ Its second.").shows("1/1 in your notes");
    // In the open note the keys go on with the search, as on the page.
    let desk = desk
        .press("n")
        .shows_no("┌ ᵃ")
        .shows("1/1 · search wrapped");
    let desk = desk.press("N").shows("┌ ᵃ").shows("wrapped to the end");
    let desk = desk.press("N").shows_no("┌ ᵃ").shows("1/1 · § Title");
    // Two on is where it was, and so is an odd number of them in the note.
    let desk = desk.press("2 n").shows_no("┌ ᵃ");
    let desk = desk.press("5 n").shows("┌ ᵃ").press("Esc");
    // Whoever closes the note is where its mark is.
    desk.press("n")
        .shows_no("┌ ᵃ")
        .shows("1/1 · search wrapped");
}

#[test]
fn matches_in_notes_of_ones_own_are_lit_where_the_notes_show() {
    let folder = folder();
    let lit = |desk: &TestReader| {
        let buffer = desk.screen().buffer().clone();
        let found = desk.state.app.theme.found().add_modifier;
        let cells = buffer.content.iter();
        let cells = cells.filter(|cell| cell.modifier.contains(found));
        cells.map(Cell::symbol).collect::<String>()
    };
    let desk = open(&folder, 60, 24)
        .press("} } v a")
        .types("An *odd* one, odd.");
    let desk = desk.press("Ctrl-s g /").types("odd").press("Enter");
    let desk = desk.shows("ᵃ An odd one, odd.").shows("only in your notes");
    assert_eq!(lit(&desk), "oddodd");
    let desk = desk.press("n").shows("2/2 in your notes");
    let desk = desk.press("n").shows("1/2 in your notes · search wrapped");
    drop(
        desk.press("Esc")
            .resize(140, 40)
            .shows("ᵃ An odd one")
            .press("Esc"),
    );
    let wide = open(&folder, 140, 40)
        .press("/")
        .types("odd")
        .press("Enter Esc");
    assert_eq!(lit(&wide.shows("ᵃ An odd one")), "oddodd");
}

#[test]
fn without_a_search_the_key_opens_the_next_note() {
    let folder = folder();
    let desk = with_note(&folder, 60, 24).press("f").shows("┌ ᵃ · note");
    let desk = desk.press("N").shows("A note.").shows_no("Is it?");
    let desk = desk.press("Tab").shows("ᵃ Is it?").press("n");
    desk.shows("no more notes").shows("ᵃ Is it?");
}

#[test]
fn tab_goes_on_to_the_readers_notes_beyond_the_screen_too() {
    let folder = folder();
    let words = "Words between them. ".repeat(60);
    let paper = format!(
        "One.[^a]\n\n{words}\n\nMine.\n\n{words}\n\nTwo.[^b]\n\n[^a]: First note.\n\n[^b]: Second note.\n"
    );
    let desk = TestReader::open(&paper, 40, 15).with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} } } a").types("Is it?").press("Ctrl-s g f");
    let desk = desk.shows("First note.").press("Tab").shows("ᵃ Is it?");
    let desk = desk.press("Tab").shows("Second note.").press("Shift-Tab");
    let desk = desk.shows("ᵃ Is it?").press("Shift-Tab");
    desk.shows("First note.");
}

#[test]
fn while_text_is_selected_the_next_match_is_one_of_the_text() {
    let folder = folder();
    let desk = open(&folder, 60, 24)
        .press("} } v a")
        .types("It has second.");
    let desk = desk.press("Ctrl-s g /").types("second").press("Enter v n");
    desk.shows_no("┌ ᵃ");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    /// Going on, each match comes once before any comes again, and back the same way.
    #[test]
    fn going_on_through_all_matches_comes_by_each_once_in_order(
        paragraphs in proptest::collection::vec(0usize..3, 1..6),
        noted in proptest::collection::vec(proptest::bool::ANY, 6),
    ) {
        let folder = folder();
        let text: String = paragraphs
            .iter()
            .map(|hits| format!("Words{}.\n\n", " xyz".repeat(*hits)))
            .collect();
        let mut desk = TestReader::open(&text, 60, 40).with_shelf(folder.path(), Origin::Elsewhere);
        let mut expected = Vec::new();
        for (hits, is_noted) in paragraphs.iter().zip(&noted) {
            let block = desk.state.app.open.view.current_block();
            expected.extend((0..*hits).map(|_| (Some(block), false)));
            if *is_noted {
                desk = desk.press("V a").types("xyz").press("Ctrl-s");
                expected.push((Some(block), true));
            }
            desk = desk.press("}");
        }
        desk = desk.press("g /").types("xyz").press("Enter");
        let at = |desk: &TestReader| {
            let place = desk.state.app.open.finder.current_place();
            (place.map(|at| at.block), desk.state.overlays().note().is_some())
        };
        let mut seen = Vec::new();
        for _ in &expected {
            seen.push(at(&desk));
            desk = desk.press("n");
        }
        for expected in seen.iter().rev() {
            desk = desk.press("N");
            proptest::prop_assert_eq!(&at(&desk), expected);
        }
        // It begins with the text.
        let first = seen.first().and_then(|first| expected.iter().position(|it| it == first));
        expected.rotate_left(first.unwrap_or_default());
        proptest::prop_assert_eq!(seen, expected);
    }
}
