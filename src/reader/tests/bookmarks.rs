//! Bookmarks, marks and the reading place, by keys on a real shelf in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::TestReader;
use crate::paper::Position;
use crate::reader::persistence::Unsaved;
use crate::shelf::Origin;

const PAPER: &str = "\
---
title: On Keeping
---

# Paper

Nobody keeps the number of a line for long.

Some keep the words that stand there.

# Stone

What is cut in stone cannot be moved.

Nor can it be renamed.
";

pub(super) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The paper, at its first paragraph.
pub(super) fn open(folder: &TempDir, columns: u16, rows: u16) -> TestReader {
    let desk = TestReader::open(PAPER, columns, rows);
    let desk = desk.with_shelf(folder.path(), Origin::Elsewhere);
    desk.press("}")
}

pub(super) fn open_own(folder: &TempDir, columns: u16, rows: u16) -> TestReader {
    TestReader::open_own(columns, rows).with_shelf(folder.path(), Origin::Embedded)
}

fn open_from(paper: &str, data: &Path, origin: Origin) -> TestReader {
    TestReader::open(paper, 80, 24).with_shelf(data, origin)
}

/// A folder that nothing can be written to: a file stands in its way.
fn unwritable(folder: &TempDir) -> PathBuf {
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    file.join("opcit")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect()
}

#[test]
fn b_sets_a_bookmark_that_is_there_when_the_paper_is_opened_again() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("}").press("b");
    let desk = desk.shows("bookmark set · U to undo").shows("◆");
    drop(desk);
    open(&folder, 80, 24)
        .press("B")
        .shows("1 bookmark")
        .shows("Some keep the words that stand there.");
}

#[test]
fn b_on_a_bookmarked_paragraph_removes_the_bookmark() {
    let folder = folder();
    open(&folder, 80, 24)
        .press("b b")
        .shows("bookmark removed · U to undo")
        .press("j")
        .shows_no("◆");
}

#[test]
fn an_empty_list_names_no_key_that_would_do_nothing() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("B").shows("none yet");
    desk.shows("U undo")
        .shows_no("r rename")
        .shows_no("go there");
}

#[test]
fn reading_the_first_page_of_the_built_in_paper_creates_no_file() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("? Esc t Esc }");
    assert_eq!(desk.quit(), Unsaved::default());
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn changes_are_undone_and_redone_one_after_the_other_also_after_a_restart() {
    let folder = folder();
    open(&folder, 80, 24).press("b } b").quit();
    open(&folder, 80, 24)
        .press("U")
        .shows("undone: bookmark “Some keep the…” · U undo more · Ctrl-r redo")
        .press("U")
        .shows("undone: bookmark “Nobody keeps…” · Ctrl-r redo")
        .press("U")
        .shows("nothing left to undo · Ctrl-r redo")
        .quit();
    open(&folder, 80, 24)
        .press("Ctrl-r")
        .shows("redone: bookmark “Nobody keeps…” · U undo · Ctrl-r redo more")
        .press("Ctrl-r")
        .shows("redone: bookmark “Some keep the…” · U undo")
        .press("Ctrl-r")
        .shows("nothing left to redo · U undo");
}

#[test]
fn a_note_undone_by_mistake_is_redone_in_the_text_and_in_the_list() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b B e m i n e Ctrl-s Esc U");
    let desk = desk.shows("undone: your note on “Nobody keeps…” · U undo more · Ctrl-r redo");
    let desk = desk.press("B").shows_no("✎").press("Ctrl-r");
    desk.shows("redone: your note on").shows("✎ mine");
}

#[test]
fn a_bookmark_is_renamed_noted_on_and_deleted_in_the_list() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b B r Ctrl-u K e y Enter");
    let desk = desk.shows("renamed").shows("Key").shows("“Nobody keeps");
    let desk = desk.press("e o n e Enter t w o Ctrl-s").shows("note saved");
    let desk = desk.shows("✎ one").shows("✎ two");
    let desk = desk.press("D").shows("bookmark removed").shows("none yet");
    let desk = desk.press("U").shows("undone: removing “Key”");
    desk.shows("✎ two").press("U").shows_no("✎");
}

#[test]
fn a_long_note_shows_how_it_begins_and_that_it_goes_on() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b B e o n e Enter Enter t w o Enter s i x Ctrl-s");
    desk.shows("✎ one").shows("✎ two …").shows_no("six");
}

#[test]
fn a_filter_finds_words_of_a_note_that_the_list_does_not_show() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b } b B g e o n e Enter t w o Enter s i x Ctrl-s");
    let desk = desk.shows("2 bookmarks").press("/ s i x");
    desk.shows("Nobody keeps").shows_no("▸ Some keep");
}

#[test]
fn what_is_brought_back_is_lit_to_go_on_with() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b } b } } b B g ↓ D");
    let desk = desk.shows("▸ What is cut").press("U");
    desk.shows("▸ Some keep the words").shows("3 bookmarks");
}

#[test]
fn the_label_is_filled_in_and_escape_leaves_it_as_it_was() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b B r");
    let desk = desk.shows("Nobody keeps the number of a line for long.");
    desk.press("Esc").shows_no("┌ Label").shows("┌ Bookmarks");
}

#[test]
fn escape_asks_what_becomes_of_what_was_typed_in_label_and_note_alike() {
    let folder = folder();
    for (key, title) in [("r", "┌ Label"), ("e", "┌ Your note")] {
        let desk = open(&folder, 80, 24).press("b B").press(key);
        let asked = desk.press("x y z Esc").shows("save it?").shows(title);
        let asked = asked.shows("s save  d discard  Esc go on");
        let typed = asked.press("w Esc w").shows("xyzw").press("Ctrl-c");
        let left = typed.shows("save it?").press("d").shows_no("xyz");
        let desk = left.shows("┌ Bookmarks").press(key).press("Esc");
        desk.shows_no("save it?").shows_no(title).press("Esc b");
    }
}

#[test]
fn what_was_typed_is_saved_from_the_question_too() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b B e m i n e Esc s");
    desk.shows("note saved").shows("✎ mine");
}

#[test]
fn letters_filter_the_list_after_a_slash_and_act_again_after_escape() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b } b } } b B");
    let desk = desk.press("/ s t o n e").shows("/stone");
    let desk = desk.shows("What is cut").shows_no("“Nobody");
    let rows = desk.state.overlays().len();
    let desk = desk.press("Esc r Ctrl-u S Enter").shows("/stone");
    assert_eq!(desk.state.overlays().len(), rows);
    let desk = desk.press("Esc").shows("3 bookmarks");
    assert!(desk.press("Esc").state.overlays().is_empty());
}

#[test]
fn enter_goes_to_the_bookmark_and_parentheses_from_one_to_the_next() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("] ] b ] b g");
    let desk = desk.press(">").shows("◆ ");
    let first = desk.state.app.open.view.current_block();
    let desk = desk.press(">");
    let second = desk.state.app.open.view.current_block();
    assert!(first < second);
    let desk = desk.press(">").shows("no bookmark after this one");
    let desk = desk.press("g B ↓ Enter");
    assert_eq!(desk.state.app.open.view.current_block(), second);
    let desk = desk.press("G 2 <");
    assert_eq!(desk.state.app.open.view.current_block(), first);
}

#[test]
fn the_list_is_sorted_by_place_by_age_and_by_label() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b } b B ↓ r Ctrl-u A Enter g");
    let first = |desk: &TestReader| {
        let text = desk.text();
        let lit = text.lines().find(|line| line.contains('▸'));
        lit.expect("a lit row").to_owned()
    };
    assert!(first(&desk).contains("Nobody keeps"));
    let desk = desk.press("s").shows("newest first").press("s g");
    let desk = desk.shows("by label");
    assert!(first(&desk).contains("A  "), "{}", desk.text());
}

#[test]
fn marks_are_gone_to_and_two_apostrophes_go_to_and_fro() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24)
        .press("Space m a")
        .shows("mark a set");
    let marked = desk.state.app.open.view.anchor();
    let desk = desk.press("G");
    let end = desk.state.app.open.view.anchor();
    drop(desk);
    let desk = open_own(&folder, 80, 24).press("G ' a");
    assert!(desk.state.app.open.view.is_visible(marked));
    let desk = desk.press("' '");
    assert_eq!(desk.state.app.open.view.anchor(), end);
    let desk = desk.press("' '");
    assert!(desk.state.app.open.view.is_visible(marked));
    desk.press("' z").shows("no mark z; marks set: a");
}

#[test]
fn what_is_no_letter_sets_no_mark() {
    let folder = folder();
    let desk = open(&folder, 80, 24)
        .press("m")
        .shows("mark this place: a–z");
    let desk = desk.press("7").shows("marks are the letters a to z");
    desk.press("m Esc j").shows_no("marks are");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn what_comes_in_while_something_else_is_saved_is_seen_too() {
    let folder = folder();
    let one = open(&folder, 80, 24);
    let _other = open(&folder, 80, 24).press("m a");
    one.press("b ' a").shows_no("no mark a");
    let mut one = open(&folder, 80, 24).press("G");
    let _other = open(&folder, 80, 24).press("} b");
    one.keep_place();
    let desk = one.glance();
    let count = desk.state.app.open.shelf.annotations.bookmarks.len();
    assert_eq!(count, 2);
}

#[test]
fn two_readers_see_each_others_bookmarks_and_lose_none() {
    let folder = folder();
    let one = open(&folder, 80, 24);
    let other = open(&folder, 80, 24).press("} b");
    let one = one.press("b B").shows("2 bookmarks").press("Esc");
    let other = other.glance().press("<").shows("◆ Nobody keeps");
    let other = other.press("d").press("B D");
    other.shows("bookmark removed");
    one.glance().press("B").shows("1 bookmark");
}

#[test]
fn a_bookmark_in_an_edited_paper_says_how_sure_it_is() {
    let folder = folder();
    let paper = folder.path().join("paper.md");
    let origin = || Origin::File(paper.clone());
    let data = folder.path().join("data");
    fs::write(&paper, PAPER).unwrap();
    let desk = open_from(PAPER, &data, origin());
    desk.press("} b } b } } b").quit();
    let edited = PAPER
        .replace(
            "Some keep the words that stand there.",
            "Another paragraph.",
        )
        .replace("cannot be moved", "can never be moved");
    let desk = open_from(&edited, &data, origin());
    let desk = desk.press("B").shows("moved│").shows("lost│");
    let desk = desk.shows("3 bookmarks, by place · 1 moved · 1 unsure · 1 lost");
    let desk = desk.shows("its text is gone; m puts it here");
    let desk = desk
        .press("G Enter")
        .shows("its text is no longer in the paper");
    let desk = desk.press("B G m").shows("bookmark moved to the current");
    desk.shows_no("lost│");
}

#[test]
fn a_bookmark_that_may_stand_elsewhere_says_so_wherever_it_is_gone_to() {
    let folder = folder();
    let paper = folder.path().join("paper.md");
    let data = folder.path().join("data");
    let twins = PAPER.replace(
        "renamed.\n",
        "renamed.\n\nWhat is cut in wood cannot be moved.\n",
    );
    fs::write(&paper, &twins).unwrap();
    let origin = || Origin::File(paper.clone());
    open_from(&twins, &data, origin()).press("} } } } b").quit();
    let edited = twins.replace("What is cut in stone cannot be moved.\n\n", "");
    let desk = open_from(&edited, &data, origin()).press("g >");
    let desk = desk.shows("◆ unsure: What is cut in stone").press("g B");
    let desk = desk
        .shows("unsure│")
        .shows("the likeliest place; m puts it");
    let desk = desk.shows("§ Stone").press("Enter");
    desk.shows("only the likeliest place");
}

#[test]
fn the_reader_is_asked_which_paper_this_is_and_what_was_done_waits_for_the_answer() {
    let folder = folder();
    let paper = folder.path().join("draft.md");
    let data = folder.path().join("data");
    fs::write(&paper, PAPER).unwrap();
    let desk = open_from(PAPER, &data, Origin::File(paper));
    desk.press("b").quit();
    let edited = PAPER.replace("Nobody", "Hardly anybody");
    let again = || {
        let other = Origin::File(folder.path().join("other.md"));
        open_from(&edited, &data, other)
    };
    let desk = again().shows("Which paper is this?").shows("On Keeping");
    let desk = desk.press("Esc } b").shows("Which paper is this?");
    let desk = desk.press("Enter").shows("bookmark set");
    desk.press("B").shows("2 bookmarks").quit();
}

#[test]
fn who_has_taken_something_in_hand_is_not_carried_off_to_where_they_were() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("Space Space");
    desk.quit();
    let desk = TestReader::open_own(80, 24).press("}");
    let desk = desk.with_shelf(folder.path(), Origin::Embedded);
    assert_eq!(desk.state.app.open.view.anchor(), Position::default());
}

#[test]
fn a_change_made_before_the_answer_is_not_lost_by_quitting() {
    let folder = folder();
    let paper = folder.path().join("draft.md");
    fs::write(&paper, PAPER).unwrap();
    let data = folder.path().join("data");
    let desk = open_from(PAPER, &data, Origin::File(paper));
    desk.press("b").quit();
    let other = || Origin::File(folder.path().join("other.md"));
    let edited = PAPER.replace("Nobody", "Hardly anybody");
    let desk = open_from(&edited, &data, other());
    desk.press("Esc } } b").quit();
    let desk = open_from(&edited, &data, other());
    desk.press("B")
        .shows("Some keep the words that stand there.");
}

#[test]
fn what_cannot_be_saved_is_said_stays_in_hand_and_is_written_elsewhere_at_the_end() {
    let folder = folder();
    let data = unwritable(&folder);
    let desk = open_from(PAPER, &data, Origin::Elsewhere);
    let desk = desk
        .press("} b")
        .shows("not saved yet (still in memory)")
        .shows("◆");
    let desk = desk.press("j").shows("not saved");
    let unsaved = desk.quit();
    let said = unsaved.lines.join("\n");
    assert!(unsaved.is_grave);
    assert!(
        said.contains("not saved: the bookmark “Nobody keeps"),
        "{said}"
    );
    let (_, path) = said.split_once("it is in ").unwrap();
    let (path, _) = path.split_once(';').unwrap();
    let rescued = fs::read_to_string(path).unwrap();
    fs::remove_file(path).unwrap();
    assert!(rescued.contains("Nobody keeps the number of a line"));
}

#[test]
fn what_could_not_be_saved_is_saved_with_the_next_change() {
    let folder = folder();
    let data = unwritable(&folder);
    let desk = open_from(PAPER, &data, Origin::Elsewhere);
    let desk = desk.press("} b").shows("not saved yet (still in memory)");
    fs::remove_file(folder.path().join("file")).unwrap();
    let desk = desk.press("} b").shows("bookmark set").press("j");
    assert_eq!(desk.shows_no("not saved").quit(), Unsaved::default());
    let desk = open_from(PAPER, &data, Origin::Elsewhere);
    desk.press("B").shows("2 bookmarks");
}

#[test]
fn a_place_that_cannot_be_saved_is_said_in_one_line_and_written_nowhere_else() {
    let folder = folder();
    let data = unwritable(&folder);
    let desk = TestReader::open_own(80, 24).with_shelf(&data, Origin::Embedded);
    let unsaved = desk.press("Space Space").quit();
    assert!(!unsaved.is_grave);
    assert_eq!(unsaved.lines.len(), 1);
    assert!(unsaved.lines[0].starts_with("the reading place is not saved: "));
}

#[test]
fn bookmarks_are_places_with_names() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b } } } b");
    let places = desk.state.app.open.bookmarked_places();
    let names: Vec<_> = places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Nobody keeps the number of a line for long.",
            "What is cut in stone cannot be moved."
        ]
    );
}

/// The list, with the day of the test taken out.
fn screen(desk: &TestReader) -> String {
    let kept = &desk.state.app.open.shelf.annotations;
    let day = kept.bookmarks[0].created.day();
    desk.text().replace(&day, "2026-01-01")
}

fn desk_with_bookmarks(folder: &TempDir, columns: u16, rows: u16) -> TestReader {
    let desk = open_own(folder, columns, rows).press("] ] } b } } b ] } b");
    desk.press("B g e s e e Enter m o r e Ctrl-s r Ctrl-u T h e Space l a w Enter j j Esc B")
}

#[test]
fn the_list_of_bookmarks_on_a_screen_of_80_by_24() {
    let folder = folder();
    insta::assert_snapshot!(screen(&desk_with_bookmarks(&folder, 80, 24)), @r#"
    
          Evolution of China’s perceptions in                                      │
          Russia: from arrogance to singularisation                                │
    ┌ Bookmarks, highlights, notes ──────────────────────────────────────────────┐ ◆
    │3 bookmarks, 1 note, by place                                               │ ◆
    │  The law                                                                   │ │
    │  “In general, China has been quite supportive of Russia’s arguments for…   │ ◆
    │  2026-01-01 · exact · § Russia-China shared management of post-Soviet…     │ ┃
    │  ✎ see                                                                     │ │
    │  ✎ more                                                                    │ │
    │  Following these commitments China became very visible at discussions of…  │ │
    │  2026-01-01 · exact · § Russia-China shared management of post-Soviet…     │ │
    │▸ Russia has not always pivoted towards China. In fact, from the 1990s…     │ │
    │  2026-01-01 · exact · § Evolution of China’s perceptions in Russia: from…  │ │
    │                                                                            │ │
    │                                                                            │ │
    │                                                                            │ │
    │                                                                            │ │
    └────────────────────────────────────────────────────────────────────────────┘ │
        ▎ as technologically backward compared to Russia. It was really only       │
        ▎ after the annexation of Crimea in 2014 that, when Russia started to      │
        ▎ fully pivot towards China with the signing of a $400 billion deal on     │
        ▎ the construction of the “Sila Sibiri” pipeline which was planned to      │
     41%    / filter  U undo  D delete  e note  r rename  Enter go there  Esc close
    "#);
}

#[test]
fn the_list_of_bookmarks_on_a_screen_of_40_by_12() {
    let folder = folder();
    insta::assert_snapshot!(screen(&desk_with_bookmarks(&folder, 40, 12)), @"

    ┌ Bookmarks, highlights, notes ───────┐◆
    │3 bookmarks, 1 note, by place        │◆
    │  Examining Russia’s policies and…   ││
    │  2026-01-01 · exact · § Introduction││
    │▸ In general, China has been quite…  ││
    │  2026-01-01 · exact · § Russia-Chin…││
    │                                     ││
    └─────────────────────────────────────┘│
    ▎ 2022 stating that Russia had to      │
    ▎ defend its security interests on     │
        r rename  Enter go there  Esc close
    ");
}

#[test]
fn the_lit_bookmark_is_in_sight_however_many_lines_those_before_it_take() {
    let folder = folder();
    let mut desk = desk_with_bookmarks(&folder, 40, 12).press("g");
    for _ in 0..3 {
        desk = desk.shows("▸").press("↓");
    }
}

#[test]
fn bookmarks_show_in_the_gutter_in_the_outline_and_on_the_scrollbar() {
    let folder = folder();
    let desk = desk_with_bookmarks(&folder, 120, 30).press("Enter").wait();
    insta::assert_snapshot!(screen(&desk), @"
                            │
        KEY TAKEAWAYS       │  Evolution of China’s perceptions in                               17  Alexander Gabuev       │
        Introduction        │  Russia: from arrogance to singularisation                             (2019) Unwanted but    │
        Russia-China      ◆ │                                                                        Inevitable: Russia’s   │
        shared management   │◆ Russia has not always pivoted towards China. In fact, from the        deepening partnership  ◆
        of post-Soviet…     │▎ 1990s until the early 2010s Russian elites largely followed           with China Post-       ◆
      ▸ Evolution         ◆ │▎ the stereotype of Russia being China’s older brother. This            Ukraine. In J. I.      │
        of China’s          │▎ had its origins in the Soviet past when Russia patronised             Bekkevold & B. Lo      │
        perceptions in…     │▎ China in the conduct of its political, military and economic          (Eds.), Sino-Russian   ◆
        Unpacking some of   │▎ reforms. Russian elites generally “looked down” on China,             relations in the       ┃
        the Sino-Russian    │▎ which they considered as “a giant country with far too many           21st century (pp. 41–  │
        agreements in AI    │▎ poor people”.¹⁷ They began to reassess China’s role only after        66). Cham: Palgrave    │
        Discussion and      │▎ the 2008 crisis when, in 2009, Russia’s state-owned companies         Macmillan.             │
        recommendations:    │▎ Rosneft and Transneft signed a 20 years contract with the         18  Gaziza Shakhanova      │
        Licence, links and  │▎ Chinese CNPC on oil supplies, financed with a giant loan of           (2025) Sino-Russian    │
        funding             │▎ $25 billion from China. Even after that, however, did the             rapprochement after    │
        Notes               │▎ overall attitude towards China remain arrogant. An expert of          Russia’s invasion of   │
                            │▎ Russian foreign policy Alexander Gabuev highlighted that when         Ukraine. The Pacific   │
                            │▎ the Russian government was developing a classified strategy on        Review, 38(2), 203–    │
                            │▎ Russia’s cooperation with the Asia-Pacific region back in 2011,       230, Paul N. Schwartz  │
                            │▎ China was still portrayed as technologically backward compared        (2019) The military    │
                            │▎ to Russia. It was really only after the annexation of Crimea          dimension in Sino-     │
                            │▎ in 2014 that, when Russia started to fully pivot towards China        Russian relations.     │
                            │▎ with the signing of a $400 billion deal on the construction           In J. I. Bekkevold &   │
                            │▎ of the “Sila Sibiri” pipeline which was planned to deliver gas        B. Lo (Eds.), Sino-    │
                            │▎ from the Russian Far East to China.¹⁸                                 Russian relations      │
                            │                                                                        in the 21st century    │
                            │  At the same time, Russia and China have not yet formed a              (pp. 87–111). Cham:    │
                            │  military alliance. For many years Russia had been cautious            Palgrave Macmillan.    │
      Evolution of China’… · 42% · 10 min left          Ctrl-o back  t outline  f note  / search  b bookmark  ? help  q quit
    ");
}

#[test]
fn bookmarks_and_what_is_typed_about_them_are_drawn_on_any_screen() {
    let folder = folder();
    for (columns, rows) in [(0, 0), (1, 1), (2, 3), (5, 4), (12, 6), (300, 80)] {
        let desk = desk_with_bookmarks(&folder, 80, 24).resize(columns, rows);
        let _ = desk.screen();
        let desk = desk.press("r x");
        let _ = desk.screen();
        let desk = desk.press("Esc d e l i n e Enter");
        let _ = desk.screen();
        let _ = desk.press("Ctrl-c d Esc m").screen();
    }
}
