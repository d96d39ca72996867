//! Open notes: what keys, figures and sizes do to them.

use crate::reader::action::{Action, Effect};
use crate::reader::pictures::FoundImage;
use crate::reader::testing::TestReader;
use crate::reader::tests::SMALL;

const NOTES: &str = include_str!("../../../tests/data/notes.md");

/// The last row inside of the box on the screen.
fn last_row_of_box(desk: &TestReader) -> String {
    let rows = desk.rows();
    let end = rows.iter().rposition(|row| row.contains('└')).unwrap();
    let column = |corner| rows[end].chars().position(|sign| sign == corner).unwrap();
    let (left, right) = (column('└'), column('┘'));
    let inside = rows[end - 1].chars().take(right).skip(left + 1);
    inside.collect::<String>().trim().to_owned()
}

#[test]
fn a_screen_that_grows_shows_the_whole_note_again() {
    for (columns, rows) in [(80, 40), (200, 50), (160, 60)] {
        let open = TestReader::open_own(40, 12).press("P 8 f G").resize(20, 8);
        let grown = open.resize(columns, rows).shows("┌ 8 ");
        assert!(last_row_of_box(&grown).ends_with("¶ 5"), "{}", grown.text());
    }
}

#[test]
fn a_screen_that_grows_shows_the_help_to_its_last_row() {
    let help = TestReader::open_own(40, 15).press("? G").resize(200, 50);
    assert!(
        last_row_of_box(&help).ends_with("cancel"),
        "{}",
        help.text()
    );
}

#[test]
fn figures_typed_after_a_while_begin_another_number() {
    let open = TestReader::open_own(80, 24).press("] f 4").shows("┌ 4 ");
    open.wait().press("3").shows("┌ 3 ");
}

#[test]
fn figures_after_another_key_begin_another_number() {
    let stepped = TestReader::open_own(80, 24).press("] f 2 n").shows("┌ 3 ");
    stepped.press("4").shows("┌ 4 ");
}

#[test]
fn a_number_opens_the_same_note_however_many_figures_it_takes() {
    // Note 1 cites note 24. On the way there is note 2, which is in sight.
    let open = TestReader::open(NOTES, 80, 24)
        .press("1 f")
        .shows("┌ 1 · outer ");
    let page = open.rows()[3].clone();
    let inner = open.press("2 4").shows("┌ 1 › 24 · inner ");
    assert_eq!(inner.rows()[3], page);
}

#[test]
fn the_page_is_where_it_was_before_the_first_figure_too() {
    // Note 6 cites note 12. On the way there is note 1, which is out of sight.
    let filler = "Word. ".repeat(300);
    let text: String = (1..12)
        .map(|note| format!("Text{note}.[^{note}] {filler}\n\n"))
        .collect();
    let notes: String = (1..13)
        .map(|note| match note {
            6 => "[^6]: Note.[^12]\n".to_owned(),
            _ => format!("[^{note}]: Note.\n"),
        })
        .collect();
    let open = TestReader::open(&format!("{text}{notes}"), 80, 24)
        .press("G 6 f")
        .shows("Text6.");
    open.press("1")
        .shows("Text1.")
        .press("2")
        .shows("Text6.")
        .shows("┌ 6 › 12 ");
}

#[test]
fn back_from_the_notes_section_leads_to_the_marker_and_then_to_where_the_note_was_opened() {
    let notes = TestReader::open_own(80, 24)
        .press("1 4 f Enter Enter")
        .shows("▎  5  Angela")
        .wait();
    let cited = notes.press("Ctrl-o").shows("benign and fair power");
    cited.press("Ctrl-o").shows("KEY TAKEAWAYS");
}

#[test]
fn figures_that_are_no_number_yet_are_shown() {
    let text: String = (10..20).map(|note| format!("[^{note}]")).collect();
    let notes: String = (10..20).map(|note| format!("[^{note}]: Note.\n")).collect();
    let open = TestReader::open(&format!("Text.{text}\n\n{notes}"), 80, 24).press("f 1");
    open.shows("note 1…").press("7").shows("┌ 17 ");
}

#[test]
fn a_note_opens_where_no_marker_follows() {
    let end = TestReader::open_own(80, 24).press("] ] ] ] ] ]").wait();
    end.press("f").shows("┌ 43 ").press("8").shows("┌ 8 ");
}

#[test]
fn in_the_notes_section_the_note_in_hand_opens() {
    let notes = TestReader::open_own(80, 24).press("G 9 {").wait();
    let hand = notes
        .rows()
        .into_iter()
        .find(|row| row.contains('▎'))
        .unwrap();
    let number = hand
        .trim_start_matches([' ', '▎'])
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    notes.press("f").shows(&format!("┌ {number} "));
}

#[test]
fn coming_out_of_a_source_finds_the_one_chosen_before() {
    let second = TestReader::open_own(80, 24).press("2 0 f Tab Enter");
    let second = second.shows("┌ 20 › 8a ").press("Backspace").shows("┌ 20 ");
    second.press("Tab Enter").shows("┌ 20 › 8b ");
}

#[test]
fn each_note_that_a_note_cites_can_be_chosen() {
    let paper = "Text.[^a]\n\n[^a]: See[^b] and also[^c].\n[^b]: One.\n[^c]: Two.\n";
    let open = TestReader::open(paper, 80, 24).press("f");
    let open = open.shows("i into").shows_no("out").press("Tab Tab Enter");
    open.shows("┌ 1 › 3 · c ").shows("Backspace out");
}

#[test]
fn a_copied_note_says_where_it_is_from_and_no_more() {
    let desk = TestReader::open_own(80, 24).press("5 f y");
    let Some(Effect::Copy { text, .. }) = desk.effects.last() else {
        panic!("nothing is copied");
    };
    assert!(text.ends_with("(EuroHub4Sino), May 2026"), "{text}");
    assert!(text.contains("\n— note 5 in Gaziza Shakhanova, "), "{text}");
}

#[test]
fn the_program_is_suspended_from_wherever_the_reader_is() {
    for keys in ["", "f", "F", "/", "?", ":", "B", "m", "8 f o"] {
        let desk = TestReader::open_own(80, 24).press(keys).press("Ctrl-z");
        assert_eq!(desk.effects.last(), Some(&Effect::Suspend), "{keys}");
    }
}

#[test]
fn what_was_said_of_a_screen_is_not_said_of_another() {
    let said = TestReader::open_own(80, 24)
        .press("P P P")
        .shows("no room here");
    said.resize(119, 30).shows_no("no room here");
}

#[test]
fn the_footer_names_no_key_that_does_nothing() {
    TestReader::open_own(80, 24).press("? G").shows_no("more");
    TestReader::open("[x](javascript:x)", 80, 24)
        .press("Tab Enter")
        .shows("Open this address?")
        .shows_no("Enter open");
    TestReader::open_own(80, 24)
        .press("F")
        .types("no such words")
        .shows_no("go there");
    TestReader::open("", 80, 24).shows_no("outline");
}

#[test]
fn an_image_is_asked_about_once_it_is_found_unless_the_reader_has_gone_on() {
    let found = |address: &str| {
        Action::TakeImage(Box::new(FoundImage {
            address: address.to_owned(),
            openable: Err("it is no image".to_owned()),
            source: None,
        }))
    };
    let open = || {
        let desk = TestReader::open("[x](cat.png)", 80, 24).press("Tab Enter");
        let asked = Effect::FindImage("cat.png".to_owned());
        assert!(desk.effects.contains(&asked));
        desk.shows_no("Open this image?")
    };
    let mut desk = open();
    desk.act(found("cat.png"));
    desk.shows("Open this image?").shows_no("Enter open");
    let mut desk = open().press("/");
    desk.act(found("cat.png"));
    let mut desk = desk.shows_no("Open this image?").press("Esc");
    desk.act(found("cat.png"));
    desk.shows_no("Open this image?");
}

#[test]
fn the_margin_says_how_many_notes_it_has_no_room_for() {
    // The page cites 24 notes, the last one in the Notes section.
    let desk = TestReader::open(NOTES, 150, 12)
        .press("G g j j j j j j j j j j j")
        .wait();
    let rows = desk.rows();
    let shown = (1..=24).filter(|number| {
        let beside = format!(" {number:2}  ");
        rows.iter().any(|row| row.contains(&beside))
    });
    let left = 24 - shown.count();
    desk.shows(&format!("… {left} more on this page"));
}

#[test]
fn a_click_on_a_note_in_the_margin_opens_it() {
    let desk = TestReader::open_own(150, 40).press("]").wait();
    let open = desk.click("Germany readies massive").shows("▎  3  ");
    open.press("Esc").wait().shows_no("▎  3  ");
}

#[test]
fn a_note_that_the_margin_shows_whole_opens_there_with_what_a_box_shows() {
    let desk = TestReader::open_own(150, 40).press("]").wait();
    desk.shows_no("used by");
    let open = TestReader::open_own(150, 40).press("] 5 f").wait();
    let open = open.shows_no("┌").shows("▎  5  ").shows("used by notes");
    // What a note leads on to lies in a box of its own.
    let open = open.press("1 4 f").wait().shows_no("┌").shows("▎ 14  ");
    let into = open.press("i").shows("┌ 14 › 5 ");
    into.press("Backspace").shows_no("┌").shows("▎ 14  ");
}

#[test]
fn a_note_that_the_margin_has_no_room_for_opens_in_a_box() {
    TestReader::open_own(150, 9).press("8 f").shows("┌ 8 ");
}

#[test]
fn the_note_of_the_chosen_marker_is_whole_before_others_are() {
    let long = "Words of a long note that fill line after line. ".repeat(9);
    let text = "One.[^1] two.[^2] three.[^3]\n\nFour.[^4] five.[^5]\n\n";
    let filler = "Word. ".repeat(500);
    let notes: String = (1..6)
        .map(|note| format!("[^{note}]: {long} End{note}.\n\n"))
        .collect();
    let desk = TestReader::open(&format!("{text}{filler}\n\n{notes}"), 150, 40);
    let desk = desk.shows("End1").shows_no("End4");
    desk.press("Tab Tab Tab Tab").shows("End4").shows_no("End1");
}

#[test]
fn a_link_to_a_heading_is_listed_and_followed_in_a_note_too() {
    let paper = "# One\n\nText.[^a]\n\n# Two\n\nMore.\n\n[^a]: See [there](#two) and [up](#one).\n";
    let open = TestReader::open(paper, 80, 24)
        .press("f")
        .shows("o: 1 § Two  2 § One");
    open.press("o")
        .shows("▸ § Two")
        .press("Enter")
        .shows_no("┌")
        .shows("▎ Two");
}

#[test]
fn a_link_to_no_heading_says_so() {
    let desk = TestReader::open("[x](#nowhere)", 80, 24).press("Tab Enter");
    desk.shows("there is no heading “nowhere”");
}

#[test]
fn a_search_begun_in_a_note_is_one_of_the_page() {
    let desk = TestReader::open_own(80, 24).press("8 f /").types("semicon");
    desk.shows_no("┌ 8 ").shows("/semicon");
}

#[test]
fn what_a_resize_puts_out_of_sight_is_chosen_until_the_next_key() {
    let chosen = || TestReader::open(SMALL, 80, 24).press("Tab Tab Tab");
    let rows = chosen().rows();
    let to_and_fro = chosen().resize(20, 3).resize(80, 24);
    assert_eq!(to_and_fro.rows(), rows);
    to_and_fro.press("Enter").shows("leads to example.org");
    chosen()
        .resize(60, 4)
        .press("Enter")
        .shows_no("leads to example.org")
        .resize(80, 24)
        .press("Esc")
        .shows_no("leads to example.org");
}

#[test]
fn a_click_beside_what_lies_over_a_note_closes_that_and_does_nothing_else() {
    let open = TestReader::open(SMALL, 200, 30)
        .press("] f ?")
        .shows("┌ Keys ");
    let clicked = open.click("second note").shows_no("┌ Keys ");
    assert_eq!(clicked.state.overlays().len(), 1);
    clicked.shows("▎  1  ");
}

#[test]
fn the_list_of_notes_is_filtered_by_all_of_their_text() {
    let list = TestReader::open_own(80, 24).press("F").types("baptista");
    list.shows("▸ 1  Agreement between the Government");
    let around = "Words that go on and on, past what a row of a list shows of them. ".repeat(4);
    let paper = format!(
        "Cited.[^1] {around} And the faraway ones.\n\n[^1]: Smith, J. (2019) *Title*. Press.\n"
    );
    let uses = TestReader::open(&paper, 80, 24)
        .press("f S")
        .types("faraway");
    uses.shows("▸ Cited.");
}

#[test]
fn a_number_and_f_mean_the_same_with_a_note_open_as_in_the_text() {
    let desk = TestReader::open_own(80, 24).press("f").shows("┌ 1 ");
    let desk = desk.press("1 4 f").shows("┌ 14 ");
    // Closed as ever, once the number is an old one.
    let desk = desk.wait().press("2 1").shows("┌ 21 ").wait();
    desk.press("f").shows_no("┌");
    // Of the notes on the screen 14 alone begins so, but f ends the number.
    let desk = TestReader::open_own(80, 24)
        .press("1 3 f Esc")
        .wait()
        .press("f 1");
    desk.press("f").shows("┌ 1 ");
}

/// How many notes the margin shows on all screens of the paper that opcit carries, and how many of
/// them whole.
fn shown_and_whole(columns: u16, rows: u16) -> (usize, usize) {
    let mut desk = TestReader::open_own(columns, rows).press("]").wait();
    let (mut shown, mut whole) = (0, 0);
    loop {
        let beside = desk.state.app.beside(None);
        let left_out: usize = beside.columns.iter().map(|column| column.left_out).sum();
        shown += beside.notes().count() + left_out;
        whole += beside.notes().filter(|note| !note.is_cut).count();
        let top = desk.state.app.open.view.top();
        desk = desk.press("Space").wait();
        if desk.state.app.open.view.top() == top {
            return (shown, whole);
        }
    }
}

#[test]
fn the_margin_shows_most_notes_of_the_carried_paper_whole() {
    for (columns, rows, percent) in [(120, 40, 25), (200, 50, 80)] {
        let (shown, whole) = shown_and_whole(columns, rows);
        let said = format!("{columns}x{rows}: {whole} of {shown}");
        assert!(whole * 100 >= shown * percent, "{said}");
    }
}

#[test]
fn tab_in_a_note_goes_on_beyond_the_screen_to_the_last_note_and_back_to_the_first() {
    // Of a mention in the text there is none.
    let open = |desk: &TestReader| Some(desk.state.overlays().note()?.note()?.0);
    let mut desk = TestReader::open_own(40, 15).press("1 f");
    for (key, is_back) in [("Tab", false), ("Shift-Tab", true)] {
        let mut shown: Vec<usize> = open(&desk).into_iter().collect();
        loop {
            desk = desk.press(key);
            if desk.text().contains("no more notes") {
                break;
            }
            shown.extend(open(&desk));
        }
        shown.dedup();
        if is_back {
            shown.reverse();
        }
        assert_eq!(shown, (0..43).collect::<Vec<_>>(), "{key}");
    }
}

#[test]
fn the_marker_of_an_open_note_stays_in_sight_at_every_size() {
    for (columns, rows, keys) in [(80, 40, ""), (80, 40, "P P"), (170, 40, "= =")] {
        let mut desk = TestReader::open_own(columns, rows).press(keys);
        desk = desk.press("Space");
        let (_, marker) = *desk.state.app.open.markers_in_sight().last().unwrap();
        desk.state.app.open.view.choose(Some(marker));
        desk = desk.press("Enter").wait();
        let frame = desk.text();
        for size in [(80, 12), (40, 15), (30, 9), (80, 5)] {
            desk = desk.resize(size.0, size.1);
            let row = desk.state.app.open.view.row_of_target(marker.0, marker.1);
            assert!(row.is_some(), "at {size:?}:\n{}", desk.text());
        }
        // At the size before, nothing has moved.
        desk = desk.resize(columns, rows);
        assert_eq!(desk.text(), frame);
    }
}

#[test]
fn the_marker_of_a_note_that_is_closed_in_a_smaller_window_stays_in_sight() {
    for size in [(80, 12), (40, 15), (30, 9), (80, 5)] {
        let mut desk = TestReader::open_own(80, 40).press("Space");
        let (_, marker) = *desk.state.app.open.markers_in_sight().last().unwrap();
        desk.state.app.open.view.choose(Some(marker));
        desk = desk.press("Enter").resize(size.0, size.1).press("Esc");
        assert!(desk.state.overlays().is_empty());
        let row = desk.state.app.open.view.row_of_target(marker.0, marker.1);
        assert!(row.is_some(), "at {size:?}:\n{}", desk.text());
    }
}
