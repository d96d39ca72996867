//! A program that the reader has made their own.

use std::collections::BTreeSet;

use super::super::config::Config;
use super::super::keys::keymap::{Context, Keymap, command_name};
use super::super::testing::TestReader;
use super::{SMALL, lines};
use crate::document::Document;
use crate::formats::markdown::parse;
use crate::shelf::Origin;

fn configured(paper: &str, config: &str) -> TestReader {
    let (config, problems) = Config::parse(config);
    assert_eq!(problems, []);
    let mut desk = TestReader::open(paper, 80, 24);
    desk.state.app.configure(&config);
    desk
}

#[test]
fn a_key_of_the_readers_own_is_heard_and_named_in_footer_and_help() {
    let keys = "[keys.reading]\nx = \"note\"\nf = \"none\"\n";
    let desk = configured(SMALL, keys).shows("x note").shows_no("f note");
    let desk = desk.press("f").shows_no("The first note");
    let desk = desk.press("x").shows("The first note").press("Esc ? /");
    desk.types("nearest note")
        .press("Enter")
        .shows("14x opens note 14");
}

#[test]
fn what_is_wrong_in_the_configuration_is_told_on_the_first_screen() {
    let (config, _) = Config::parse("mesure = 60\nmouse = 3\n");
    let mut desk = TestReader::open(SMALL, 80, 24);
    desk.state.app.configure(&config);
    desk.shows("the configuration has 2 problems; `opcit config` lists them");
}

#[test]
fn after_the_first_key_of_a_sequence_a_box_says_what_may_follow() {
    let keys = "[keys.reading]\n\"<Space>n\" = \"note\"\n\"<Space>t\" = \"outline\"\n";
    let desk = configured(SMALL, keys).press("Space");
    let desk = desk.shows("┌ Space… ").shows("t  the outline");
    let desk = desk.shows("n  open the nearest note").shows(" Space… ");
    let desk = desk.press("n").shows("The first note").press("Esc");
    let desk = desk.press("Space x").shows("<Space>x does nothing here");
    desk.press("n").shows("nothing to repeat yet");
}

#[test]
fn a_count_holds_through_a_sequence() {
    let desk = configured(&lines(100), "[keys]\npreset = \"vim\"\n");
    let desk = desk.press("5 0 g g").wait();
    let desk = desk.shows("line 50").shows_no("line 1 ");
    desk.press("g g").wait().shows("line 1").shows_no("line 50");
}

#[test]
fn notices_name_the_keys_as_they_are() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut desk = configured(SMALL, "[keys]\npreset = \"vim\"\n");
    desk.open_shelf(folder.path(), crate::shelf::Origin::Elsewhere);
    desk.press("b")
        .shows("bookmark set · u to undo")
        .press("u")
        .shows("Ctrl-r redo");
}

/// A configuration in which every key but those that are typed as text is another one.
fn remapped() -> String {
    let keymap = Keymap::standard();
    let mut config = String::new();
    for (name, context) in Context::ALL {
        config.push_str(&format!("[keys.{name}]\n"));
        let commands = keymap.bindings(context);
        let commands: BTreeSet<_> = commands.filter_map(|it| command_name(&it.action)).collect();
        for (index, command) in commands.into_iter().enumerate() {
            let letter = |at: usize| ('a'..='z').nth(at).unwrap();
            let (first, second) = (letter(index / 26), letter(index % 26));
            let key = if context == Context::Anywhere {
                "F6"
            } else {
                "F5"
            };
            config.push_str(&format!("\"<{key}>{first}{second}\" = \"{command}\"\n"));
        }
    }
    config
}

#[test]
fn no_notice_names_a_key_that_the_reader_has_changed() {
    let config = remapped();
    let folder = tempfile::TempDir::new().unwrap();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    let standard = Keymap::standard();
    for (_, context) in Context::ALL {
        let names = standard.bindings(context).flat_map(|it| it.keys.split(' '));
        keys.extend(names.filter(|key| *key != "a").map(str::to_owned));
    }
    let with = |paper: &str, columns: u16| {
        let mut desk = configured(paper, &config).resize(columns, 24);
        desk.open_shelf(folder.path(), crate::shelf::Origin::Elsewhere);
        desk
    };
    let check = |desk: &TestReader| {
        let Some(notice) = desk.state.notice() else {
            return 0;
        };
        let text = desk.state.app.keymap.expand(&notice.text);
        // A mark is called by its letter.
        let mark = text.strip_prefix("mark ").map(|rest| rest.split_at(1).1);
        let words = mark.unwrap_or(&text);
        let mut named = words.split([' ', ';', '(', ')', ',']);
        let wrong = named.find(|word| keys.contains(*word));
        assert_eq!(wrong, None, "{text}");
        usize::from(text.contains("<F5>"))
    };
    let broken = "# One\n\nWords here.[^1] And [a link](https://example.org).\n";
    let mut named = check(&configured(broken, &config));
    let commands: BTreeSet<String> = with(broken, 80)
        .state
        .app
        .keymap
        .bindings(Context::Reading)
        .filter_map(|it| it.first_key()?.strip_prefix("<F5>").map(str::to_owned))
        .collect();
    for letters in commands {
        let (first, second) = letters.split_at(1);
        let press = format!("F5 {first} {second}");
        for (before, columns) in [("", 80), (press.as_str(), 80), ("", 40)] {
            let desk = with(broken, columns).press(before).press(&press);
            named += check(&desk);
        }
    }
    assert!(named >= 12, "only {named} notices name a key");
}

#[test]
fn what_stops_a_reader_short_names_the_keys_as_they_are() {
    let keys = "[keys.reading]\nx = \"beginning\"\nX = \"problems\"\n\"é\" = \"set-mark\"\n";
    let folder = tempfile::TempDir::new().unwrap();
    let open = || {
        let mut desk = configured(&lines(100), keys);
        desk.open_shelf(folder.path(), crate::shelf::Origin::Elsewhere);
        desk
    };
    open().press("5 0 G").quit();
    open()
        .shows("· x for the beginning")
        .press("' k")
        .shows("no mark k; ék sets it here");
    let document = Document::new(parse("Words.[^1]\n"), Origin::Elsewhere);
    let mut desk = TestReader::open_document(document, 80, 24);
    desk.state.app.configure(&Config::parse(keys).0);
    desk.shows("1 problem · X lists it");
}

#[test]
fn the_kinds_of_highlights_have_the_readers_own_names() {
    let folder = tempfile::TempDir::new().unwrap();
    let kinds = "kinds = [\"thesis\", \"proof\", \"why?\", \"cite\", \"no\"]\n";
    let mut desk = configured(&lines(100), kinds);
    desk.open_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("v Enter").shows("highlighted as thesis");
    let desk = desk.press("c").shows("now proof").press("B");
    desk.shows("proof").shows_no("evidence");
    let (_, problems) = Config::parse("kinds = [\"a\", \"b\"]\n");
    assert_eq!(problems.len(), 1);
}

#[test]
fn the_help_speaks_of_gv_only_where_it_selects_again() {
    let words = |config: &str| {
        let (config, _) = Config::parse(config);
        let mut all = config.keymap.bindings(Context::Reading);
        let again = all.find(|it| command_name(&it.action) == Some("select-again"));
        again.unwrap().words.clone()
    };
    assert!(words("").contains("gv"));
    assert!(!words("[keys]\npreset = \"vim\"\n").contains("gv"));
    assert!(!words("[keys.reading]\nx = \"select-sentence\"\nv = \"none\"\n").contains("gv"));
}

#[test]
fn a_paper_without_settings_of_its_own_has_those_of_the_configuration() {
    let folder = tempfile::TempDir::new().unwrap();
    let open = |config: &str| {
        let mut desk = configured(&lines(100), config);
        desk.open_shelf(folder.path(), crate::shelf::Origin::Elsewhere);
        desk
    };
    open("measure = 40\n").press("j j").quit();
    let desk = open("measure = 50\n");
    assert_eq!(desk.state.app.settings.measure, 50);
    desk.press("+").quit();
    assert_eq!(open("measure = 40\n").state.app.settings.measure, 54);
}

#[test]
fn a_box_shows_what_may_follow_the_first_key_of_a_sequence() {
    let prefix = || TestReader::open(&lines(100), 40, 15).press("z");
    let shown = prefix()
        .shows("┌ z… ")
        .shows("t  scroll this line to the top");
    shown
        .shows("L  the screen's last line")
        .press("Esc")
        .shows_no("z…");
    prefix()
        .press("j")
        .shows_no("┌ z… ")
        .shows("zj does nothing here");
    prefix().press("t").shows_no("z…");
    // Wherever there is room for nothing.
    for (columns, rows) in [(1, 1), (4, 3), (20, 4)] {
        let _ = TestReader::open(&lines(9), columns, rows)
            .press("z")
            .screen();
    }
}

#[test]
fn the_line_in_hand_is_scrolled_to_the_top_the_middle_and_the_bottom() {
    let row = |desk: TestReader| {
        let rows = desk.rows();
        rows.iter().position(|row| row.contains('▎')).unwrap()
    };
    let desk = || TestReader::open(&lines(100), 60, 20).press("5 0 %");
    assert_eq!(row(desk().press("z t")), 1);
    assert_eq!(row(desk().press("z z")), 10);
    assert_eq!(row(desk().press("z b")), 18);
}

#[test]
fn the_vim_preset_goes_to_lines_of_the_screen() {
    let desk = || configured(&lines(100), "[keys]\npreset = \"vim\"\n").press("5 0 %");
    let rows = |keys: &str| -> (usize, usize) {
        let desk = desk().press("j").press(keys);
        let shown = desk.rows();
        let texts: Vec<_> = shown.iter().filter(|row| row.contains(" line ")).collect();
        let at = texts.iter().position(|row| row.contains('▎'));
        (at.unwrap(), texts.len() - 1)
    };
    assert_eq!(rows("H").0, 0);
    assert_eq!(rows("3 H").0, 2);
    let (at, last) = rows("L");
    assert_eq!(at, last);
    let (at, last) = rows("M");
    assert!(at.abs_diff(last / 2) <= 1);
}

#[test]
fn a_screen_repeats_as_many_rows_as_the_reader_wants() {
    for rows in [0, 5] {
        let desk = configured(&lines(200), &format!("scroll-off = {rows}\n"));
        let shown = |desk: &TestReader| -> Vec<String> {
            let rows = desk.rows().into_iter();
            rows.filter(|row| row.contains("line "))
                .map(|row| row.trim().to_owned())
                .collect()
        };
        let before = shown(&desk);
        let after = shown(&desk.press("Space").wait());
        let repeated = after.iter().filter(|row| before.contains(row)).count();
        // A blank row stands between two lines.
        assert!(repeated.abs_diff(rows / 2) <= 1, "{rows}: {repeated}");
    }
}

#[test]
fn a_theme_with_a_ground_covers_the_whole_screen() {
    for keys in ["", "t", "?", "f", "&", "/"] {
        let desk = configured(SMALL, "theme = \"dark\"\n").press(keys);
        let screen = desk.screen();
        let mut cells = screen.buffer().content.iter();
        let reset = ratatui::style::Style::reset().bg;
        assert!(cells.all(|cell| Some(cell.bg) != reset), "after {keys:?}");
    }
}

#[test]
fn ctrl_i_goes_forward_where_the_terminal_tells_it_from_tab_and_is_tab_elsewhere() {
    use crate::reader::action::Action;
    use crate::reader::keys::key::Key;
    let desk = TestReader::open(SMALL, 80, 24);
    let ctrl_i = |desk: &TestReader| desk.state.actions_of(Some(Key::Ctrl('i')));
    assert_eq!(ctrl_i(&desk), [Action::Forward]);
    let desk = desk.press("t");
    let tab = desk.state.actions_of(Some(Key::Named("Tab")));
    assert_eq!(ctrl_i(&desk), tab);
    assert_ne!(tab, [Action::Unbound]);
}
