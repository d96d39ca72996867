//! Code in the colours of its language.

use ratatui::style::{Color, Style};

use super::super::open::code_roles::CodeRole;
use super::super::testing::TestReader;

const PAPER: &str = "Text.[^a]\n\n```rust\n// Why not.\nfn main() { 12 }\n```\n\n\
    ```\nfn plain() {}\n```\n\n[^a]: A note.\n\n    ```rust\n    let x = \"it\";\n    ```\n";

/// How the first letter of a text looks where the screen first shows it.
#[track_caller]
fn look(desk: &TestReader, text: &str) -> Style {
    let rows = desk.rows();
    let found = rows.iter().enumerate().find_map(|(y, row)| {
        let before = row.split(text).next().filter(|_| row.contains(text))?;
        Some((before.chars().count(), y))
    });
    let (x, y) = found.unwrap_or_else(|| panic!("{text:?} is not in {rows:#?}"));
    let cell = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
    desk.screen().buffer()[cell].style()
}

fn colour(desk: &TestReader, text: &str) -> Color {
    look(desk, text).fg.unwrap_or_default()
}

fn of(desk: &TestReader, role: CodeRole) -> Color {
    desk.state.app.theme.code(role).fg.unwrap_or_default()
}

#[test]
fn code_is_coloured_by_its_language_once_there_is_time_for_it() {
    let desk = TestReader::open(PAPER, 60, 24);
    let plain = colour(&desk, "fn plain");
    assert_eq!(colour(&desk, "fn main"), plain);
    let mut desk = desk;
    while desk.state.has_work() {
        desk = desk.work();
    }
    assert_eq!(colour(&desk, "// Why"), of(&desk, CodeRole::Comment));
    assert_eq!(colour(&desk, "fn main"), of(&desk, CodeRole::Keyword));
    assert_eq!(colour(&desk, "12"), of(&desk, CodeRole::Number));
    assert_eq!(colour(&desk, "fn plain"), plain);
    assert_ne!(plain, of(&desk, CodeRole::Keyword));
}

#[test]
fn code_is_coloured_in_an_open_note_and_at_its_full_width() {
    let desk = TestReader::open(PAPER, 60, 12).press("f");
    assert_eq!(colour(&desk, "let x"), of(&desk, CodeRole::Keyword));
    assert_eq!(colour(&desk, "\"it\""), of(&desk, CodeRole::String));
    let long = format!("```rust\nlet x = 1; // {}END\n```\n", "so ".repeat(60));
    let desk = TestReader::open(&long, 60, 24).press("w");
    assert_eq!(colour(&desk, "let x"), of(&desk, CodeRole::Keyword));
    let desk = desk.press("$");
    assert_eq!(colour(&desk, "END"), of(&desk, CodeRole::Comment));
}

#[test]
fn what_is_selected_found_and_highlighted_is_seen_over_the_colours() {
    let desk = TestReader::open(PAPER, 60, 24)
        .press("/")
        .types("main")
        .press("Enter");
    let found = desk.state.app.theme.found();
    assert!(
        look(&desk, "main")
            .add_modifier
            .contains(found.add_modifier)
    );
    let desk = TestReader::open(PAPER, 60, 24).press("} v");
    let lit = desk.state.app.theme.lit();
    let selected = look(&desk, "// Why").add_modifier;
    assert!(selected.contains(lit.add_modifier), "{}", desk.text());
}

#[test]
fn a_search_that_is_typed_over_code_leaves_time_for_its_colours() {
    let desk = TestReader::open(PAPER, 60, 24).press("/").types("pl");
    assert!(!desk.state.has_work());
    assert_eq!(colour(&desk, "// Why"), of(&desk, CodeRole::Comment));
}
