//! What a reader sees and can do.

mod bookmarks;
#[cfg(feature = "code")]
mod code;
mod configured;
mod counts;
mod cursor;
mod elsewhere;
mod figures;
mod goto;
mod ground;
mod help;
mod laws;
mod library_search;
mod links;
mod lists;
mod long_notes;
mod long_ways;
mod mendings;
mod monkey;
mod notes;
mod outline;
mod own_commands;
mod own_notes;
mod palette;
mod papers;
mod passages;
mod pictures;
mod reading_aloud;
mod reading_place;
mod reloading;
mod search;
mod selecting;
mod selecting_notes;
mod sizes;
mod sources;
mod spread;
mod tour;
mod whole;

use super::action::Effect;
use super::testing::TestReader;

/// A paper with what papers have, each in small.
const SMALL: &str = "\
---
title: A Small Paper
author: Ada Author
date: May 2026
---

# One

The first paragraph cites a note.[^1] It goes on for a while, so that it takes more than one
line on any screen that this test knows, and cites another.[^2]

The second paragraph links to <https://example.org/a>.

# Two

A paragraph of the second section, which cites the first note again.[^1]

[^1]: The first note, see also note[^2] two.
[^2]: The second note, with <https://example.org/b>.
";

/// A paper of numbered paragraphs, one line each.
fn lines(count: usize) -> String {
    (1..=count).map(|line| format!("line {line}\n\n")).collect()
}

#[test]
fn the_carried_paper_opens_with_its_title_page() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).screen(), @r#"
    "                                                                                "
    "                                                                               ┃"
    "                                                                               │"
    "            Russia-China Cooperation amidst the war in Ukraine: From           │"
    "          Joint Management of Security in Eurasia to AI Collaboration          │"
    "                                                                               │"
    "                               Gaziza Shakhanova                               │"
    "         European Hub for Contemporary China (EuroHub4Sino) · May 2026         │"
    "                                                                               │"
    "          Keywords: China, Russia, Sino-Russian military cooperation,          │"
    "              Sino-Russian collaboration in AI, Eurasian security              │"
    "                                                                               │"
    "                         17 minutes to read · 43 notes                         │"
    "                                                                               │"
    "                                                                               │"
    "    ▎ KEY TAKEAWAYS                                                            │"
    "                                                                               │"
    "        • Although China and Russia have not yet formed a military             │"
    "          alliance, they ought to be considered as de-facto allies. In         │"
    "          fact, their leaders have themselves been claiming that Sino-         │"
    "          Russian strategic cooperation exceeds the level of a formal          │"
    "          military alliance.                                                   │"
    "        • There is an ongoing process of synthesis of a common                 │"
    " KEY TAKEAWAYS · 2% · 17 min left   t outline  f note  / search  ? help  q quit "
    "#);
}

#[test]
fn a_wide_screen_has_the_outline_and_the_notes_beside_the_text() {
    insta::assert_snapshot!(TestReader::open_own(120, 40).press("]").wait().screen(), @r#"
    "                       │                                                                                                "
    "   KEY TAKEAWAYS       │▎ Introduction                                                       1  Agreement between      │"
    " ▸ Introduction        │                                                                        the Government of the  ┃"
    "   Russia-China shared │  February 2026 marked the fifth year since the beginning of the        Russian Federation and ┃"
    "   management of post- │  Russian-Ukrainian war, an event that led to the isolation of          the Government of the  ┃"
    "   Soviet security     │  Russia from the Western world and intensified its pivot towards       People’s Republic of   ┃"
    "   Evolution of        │  China. Since then, Sino-Russian cooperation has continued             China on cooperation   │"
    "   China’s perceptions │  to expand and, at least on paper, has already reached very            in the establishment   │"
    "   in Russia: from…    │  ambitious and comprehensive scope, ranging from joint efforts         of an International    │"
    "   Unpacking some of   │  in space exploration, such as the agreement to build the              Scientific Lunar       │"
    "   the Sino-Russian    │  International Lunar Research Station and perhaps even a lunar         Station (25 November…  │"
    "   agreements in AI    │  nuclear power plant by 2035, to collaboration in military          2  Final statement of     │"
    "   Discussion and      │  and AI technologies on earth.¹ Although some aspects of Sino-         the participants       │"
    "   recommendations:    │  Russian cooperation might seem immaterial or preposterous, for        of the inaugural       │"
    "   Licence, links and  │  instance their joint investigation into the detrimental effects       meeting of the forum   │"
    "   funding             │  of Western colonial and neocolonial practices, there are other        of supporters of       │"
    "   Notes               │  aspects that deserve immediate attention.² Perhaps the most           the fight against      │"
    "                       │  pertinent among them is military cooperation, especially if           modern practices       │"
    "                       │  one considers that some EU countries including Germany have not       of neocolonialism      │"
    "                       │  ruled out the possibility that open war with Russia could break       (20 February 2024).    │"
    "                       │  out as early as 2028.³                                                https://mid.ru/…       │"
    "                       │                                                                     3  Johanna Urbancik       │"
    "                       │  Officially, Beijing denies that it has been providing military        (2025, 28 November)    │"
    "                       │  aid to Russia. Despite this, as Bloomberg reports, China-             Germany readies        │"
    "                       │  made drone technologies have been frequently found on the             massive defence plan   │"
    "                       │  battlefield in Ukraine, and as the U.S. Department of State           to counter potential   │"
    "                       │  reported, as of the beginning of 2026 China has been providing        Russian threat.        │"
    "                       │  Russia with about 80% of dual-use parts that Russia uses for          Euronews. https://www  │"
    "                       │  military application.⁴ And perhaps even more important is the         .euronews.com/2025/    │"
    "                       │  fact that both countries expressed their interest to further          11/28/germany-readies… │"
    "                       │  deepen their military cooperation in future. Since 2022 Russia     4  Antony Squazzin,       │"
    "                       │  and China have concluded several agreements aimed at enhancing        Andy Lin and Pathom    │"
    "                       │  cooperation between the People’s Liberation Army (PLA) of China       Sangwongwanich (2026,  │"
    "                       │  and either the Russian Armed Forces or the Russia-led security        20 February) China’s   │"
    "                       │  forces of the Collective Security Treaty Organisation (CSTO).         Drone Exports to       │"
    "                       │  These agreements state that the cooperation between the two           Russia Use a New Route │"
    "                       │  countries’ military forces will contribute to building trust          Through Thailand.      │"
    "                       │  between China and Russia and help them to defend not only             Bloomberg. https://    │"
    "                       │  their national interests, but also to counteract any external         www.bloomberg.com/…    │"
    " Introduction · 15% · 15 min left         Ctrl-o back  t outline  f note  / search  : go to  b bookmark  ? help  q quit "
    "#);
}

#[test]
fn a_small_screen_has_the_text() {
    insta::assert_snapshot!(TestReader::open_own(40, 15).press("] Space").screen(), @r#"
    "  KEY TAKEAWAYS                         "
    "▎   • There is an ongoing process      ┃"
    "▎     of synthesis of a common         │"
    "╶╴    geopolitical worldview shared    │"
    "▎     by both countries. In their      │"
    "▎     joint statements, the Russia-    │"
    "▎     originated concept of the        │"
    "▎     “indivisibility of Eurasian      │"
    "▎     security” has been incorporated  │"
    "▎     into the Chinese framework of    │"
    "▎     the “community of common destiny │"
    "▎     for all mankind”.                │"
    "    • After 2022, and in a stark       │"
    "      contrast to its earlier modus    │"
    " 3%    f note  / search  ? help  q quit "
    "#);
}

#[test]
fn a_screen_of_one_cell_has_something_of_the_text() {
    insta::assert_snapshot!(TestReader::open_own(1, 1).press("j j").screen(), @r#""R""#);
}

#[test]
fn an_empty_paper_says_so() {
    TestReader::open("", 40, 10)
        .shows("This paper is empty.")
        .press("j k G g ] [ Tab Enter f t y o");
}

#[test]
fn a_screen_further_keeps_two_rows() {
    let text = |row: &String| {
        row.trim_matches(|sign: char| !sign.is_alphanumeric())
            .to_owned()
    };
    let before = TestReader::open(&lines(100), 40, 20);
    let last_two: Vec<_> = before.rows()[17..19].iter().map(text).collect();
    let after = before.press("Space");
    let first_two: Vec<_> = after.rows()[1..3].iter().map(text).collect();
    assert_eq!(first_two, last_two);
    assert!(last_two.iter().any(|row| row.starts_with("line")));
}

#[test]
fn a_count_repeats_a_motion() {
    let once = TestReader::open(&lines(50), 40, 12).press("7 j");
    let often = TestReader::open(&lines(50), 40, 12).press("j j j j j j j");
    assert_eq!(once.rows(), often.rows());
}

#[test]
fn the_end_shows_the_last_line_at_the_bottom_and_goes_no_further() {
    let end = TestReader::open(&lines(50), 40, 12)
        .press("G")
        .shows("line 50");
    assert_eq!(end.rows(), end.press("j Space").shows("line 50").rows());
}

#[test]
fn any_number_of_resizes_leads_back_to_the_same_line() {
    let before = TestReader::open_own(80, 24).press("5 Space").wait();
    let rows = before.rows();
    let mut desk = before;
    for (columns, size) in [
        (40, 15),
        (200, 50),
        (1, 1),
        (0, 0),
        (120, 40),
        (30, 80),
        (80, 24),
    ] {
        desk = desk.resize(columns, size);
    }
    assert_eq!(desk.rows(), rows);
}

#[test]
fn a_place_in_the_help_is_kept_at_any_size() {
    for keys in ["? Space j j", "? G"] {
        let desk = TestReader::open_own(80, 24).press(keys);
        let rows = desk.rows();
        let there = desk
            .resize(40, 12)
            .resize(160, 90)
            .resize(0, 0)
            .resize(80, 24);
        assert_eq!(there.rows(), rows);
    }
}

#[test]
fn resizes_lead_back_to_a_line_between_two_rows_of_a_table_too() {
    let table = "| Head | Other |\n|---|---|\n".to_owned() + &"| a | b |\n".repeat(30);
    for keys in 1..12 {
        let desk = TestReader::open(&table, 40, 9)
            .press(&"j ".repeat(keys))
            .wait();
        let rows = desk.rows();
        assert_eq!(desk.resize(9, 4).resize(120, 5).resize(40, 9).rows(), rows);
    }
}

#[test]
fn the_section_being_read_is_named_above_the_text_once_its_heading_is_gone() {
    let at_heading = TestReader::open(SMALL, 60, 12).press("]").wait();
    assert_eq!(at_heading.rows()[0], "");
    let further = at_heading.press("j j j");
    assert_eq!(further.rows()[0].trim(), "One");
}

#[test]
fn back_leads_to_where_a_jump_was_made_and_forward_to_where_it_led() {
    let start = TestReader::open_own(80, 24).press("2 Space").wait();
    let rows = start.rows();
    let there = start.press("3 ]").wait();
    let landed = there.rows();
    let back = there.press("Ctrl-o").wait();
    assert_eq!(back.rows(), rows);
    assert_eq!(back.press("L").wait().rows(), landed);
}

#[test]
fn back_leads_to_where_the_way_to_the_beginning_was_taken() {
    let paper = format!("{}\n# Late\n\n{}", lines(40), lines(40));
    let start = TestReader::open(&paper, 60, 12).press("4 Space").wait();
    let rows = start.rows();
    let beginning = start.press("[").wait();
    assert_ne!(beginning.rows(), rows);
    assert_eq!(beginning.press("Ctrl-o").wait().rows(), rows);
}

#[test]
fn back_passes_over_a_place_in_sight_also_within_a_long_paragraph() {
    let start = TestReader::open(&"many words ".repeat(400), 40, 12);
    let rows = start.rows();
    assert_eq!(start.press("G G Ctrl-o").wait().rows(), rows);
}

#[test]
fn a_key_that_leads_nowhere_leaves_no_place_to_go_back_to() {
    let start = TestReader::open_own(80, 24).press("5 Space");
    let anchor = start.state.app.open.view.anchor();
    for (keys, columns, height) in [("G G", 30, 10), ("g g [ [", 30, 10), ("g [ g", 500, 2)] {
        let there = TestReader::open_own(80, 24).press("5 Space");
        let there = there.resize(columns, height).press(keys);
        let back = there.resize(30, 10).press("Ctrl-o");
        assert_eq!(back.state.app.open.view.anchor(), anchor);
    }
}

#[test]
fn the_outline_goes_where_its_row_says() {
    TestReader::open(SMALL, 60, 12)
        .press("t")
        .shows("Outline")
        .press("t w o Enter")
        .shows("second section");
}

#[test]
fn a_click_on_the_outline_beside_the_text_goes_there() {
    let desk = TestReader::open_own(120, 40).click("Discussion and");
    assert!(desk.wait().rows()[1].contains("Discussion and recommendations"));
}

#[test]
fn an_address_is_opened_only_after_it_was_shown_whole() {
    let asked = TestReader::open(SMALL, 80, 30)
        .press("} } o")
        .shows("https://example.org/a")
        .shows("leads to example.org");
    assert_eq!(asked.effects, []);
    let left = asked.press("Esc").shows_no("leads to");
    assert_eq!(
        left.press("o Enter").effects,
        [Effect::Open("https://example.org/a".into())]
    );
}

#[test]
fn an_address_that_could_do_harm_is_shown_and_not_opened() {
    let desk = TestReader::open("See [here](javascript:alert(1)).", 80, 20)
        .press("o Enter")
        .shows("opens http, https and mailto");
    assert_eq!(desk.effects, []);
}

#[test]
fn copying_takes_the_words_without_markers_and_says_where_they_are_from() {
    let desk = TestReader::open(SMALL, 80, 24).press("} y");
    let [Effect::Copy { text, .. }] = &desk.effects[..] else {
        panic!("{:?}", desk.effects)
    };
    assert!(
        text.starts_with("The first paragraph cites a note. It goes on"),
        "{text}"
    );
    assert!(
        text.ends_with("— Ada Author, “A Small Paper”, May 2026, § One, ¶ 1"),
        "{text}"
    );
}

#[test]
fn a_note_opens_beside_its_marker_and_the_page_stays() {
    let page = TestReader::open(SMALL, 80, 24).press("]").wait();
    let marker = page
        .rows()
        .iter()
        .position(|row| row.contains('¹'))
        .unwrap();
    let line = page.rows()[marker].clone();
    let open = page.press("f").shows("The first note");
    assert_eq!(open.rows()[marker], line);
    let closed = open.press("f").wait();
    assert_eq!(closed.rows()[marker], line);
    closed.shows_no("┌");
}

#[test]
fn figures_open_the_note_with_that_number_from_anywhere() {
    TestReader::open_own(80, 24)
        .press("2 1 f")
        .shows("┌ 21 ")
        .shows("Joint Statements 2024, 2025.");
    TestReader::open_own(80, 24).press("f 2 1").shows("┌ 21 ");
    TestReader::open_own(80, 24)
        .press("9 9 f")
        .shows("there is no note 99");
}

#[test]
fn figures_open_a_note_as_soon_as_they_leave_one_marker_on_the_screen() {
    // Notes 13 to 16 are on the screen: 1 fits four of them, 14 is the only one.
    let desk = TestReader::open_own(80, 24).press("1 3 f Esc").wait();
    desk.press("f 1 4")
        .shows("┌ 14 ")
        .press("1 6")
        .shows("┌ 16 ");
}

#[test]
fn closing_a_note_that_was_opened_from_afar_leads_back() {
    let start = TestReader::open_own(80, 24).press("Space j k").wait();
    let rows = start.rows();
    assert_eq!(start.press("2 1 f Esc").wait().rows(), rows);
}

#[test]
fn a_long_note_scrolls_and_says_that_there_is_more() {
    let open = TestReader::open_own(80, 24).press("8 f").shows("▾ more");
    open.press("G")
        .shows("▴ end")
        .shows("used by notes 21, 23, 32")
        .press("g")
        .shows("▾ more");
}

#[test]
fn a_note_in_a_note_opens_on_top_and_back() {
    let inside = TestReader::open(SMALL, 80, 24)
        .press("1 f i")
        .shows("┌ 1 › 2 ")
        .shows("The second note");
    inside
        .press("Backspace")
        .shows("┌ 1 ")
        .press("i Esc")
        .shows_no("┌");
}

#[test]
fn a_note_that_is_not_defined_says_so() {
    TestReader::open("Cited.[^gone]", 70, 14)
        .press("f")
        .shows("cited in ¶ 1 as [^gone], but the paper");
}

#[test]
fn a_note_is_gone_to_in_the_notes_section_and_left_again() {
    let start = TestReader::open_own(80, 24).press("3 Space").wait();
    let rows = start.rows();
    let there = start.press("f Enter").wait().shows("cited in");
    assert_eq!(there.press("Ctrl-o").wait().rows(), rows);
}

#[test]
fn notes_stand_at_the_foot_of_the_page_for_the_lines_above() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).press("] P P").wait().screen(), @r#"
    "                                                                                "
    "    ▎ Introduction                                                             │"
    "                                                                               ┃"
    "      February 2026 marked the fifth year since the beginning of the           │"
    "      Russian-Ukrainian war, an event that led to the isolation of Russia      │"
    "      from the Western world and intensified its pivot towards China.          │"
    "      Since then, Sino-Russian cooperation has continued to expand and, at     │"
    "      least on paper, has already reached very ambitious and comprehensive     │"
    "      scope, ranging from joint efforts in space exploration, such as          │"
    "      the agreement to build the International Lunar Research Station and      │"
    "      perhaps even a lunar nuclear power plant by 2035, to collaboration       │"
    "      in military and AI technologies on earth.¹ Although some aspects of      │"
    "      Sino-Russian cooperation might seem immaterial or preposterous, for      │"
    "      instance their joint investigation into the detrimental effects of       │"
    "      Western colonial and neocolonial practices, there are other aspects      │"
    "      that deserve immediate attention.² Perhaps the most pertinent among      │"
    "      ──────────────────────                                                   │"
    "       1  Agreement between the Government of the Russian Federation and       │"
    "          the Government of the People’s Republic of China on cooperation      │"
    "          in the establishment of an International Scientific Lunar…           │"
    "       2  Final statement of the participants of the inaugural meeting of      │"
    "          the forum of supporters of the fight against modern practices        │"
    "          of neocolonialism (20 February 2024). https://mid.ru/ru/foreign…     │"
    " foot: notes below the text         t outline  f note  / search  ? help  q quit "
    "#);
}

#[test]
fn at_the_end_of_the_paper_the_foot_hides_no_line() {
    let paper = format!(
        "{}the last line[^1]\n\n[^1]: noted[^2]\n[^2]: twice\n",
        lines(40)
    );
    TestReader::open(&paper, 60, 20)
        .press("P P G")
        .shows("twice")
        .shows("cited in note 1");
}

/// Notes in notes, long ones, many on a line, and labels that are words.
const NOTES: &str = include_str!("../../tests/data/notes.md");

#[test]
fn notes_lead_into_one_another_as_deep_as_they_go_and_never_in_a_ring() {
    let outer = TestReader::open(NOTES, 80, 24)
        .press("f")
        .shows("┌ 1 · outer ");
    let deepest = outer.press("i i").shows("┌ 1 › 24 › 25 · deepest ");
    deepest
        .press("i")
        .shows("no source or note within this one")
        .press("Backspace Backspace")
        .shows("┌ 1 · outer ");
}

#[test]
fn a_note_of_five_paragraphs_is_whole_on_a_small_screen() {
    let mut open = TestReader::open(NOTES, 40, 12)
        .press("2 f")
        .shows("┌ 2 · five ")
        .shows("▾ more");
    for words in [
        "The first paragraph",
        "• two",
        "Quoted in a note",
        "The fifth and last",
    ] {
        for _ in 0..30 {
            if open.text().contains(words) {
                break;
            }
            open = open.press("j");
        }
        open = open.shows(words);
    }
    open.shows("▴ end");
}

#[test]
fn each_of_twenty_notes_on_one_line_opens_by_its_number() {
    let open = TestReader::open(NOTES, 80, 24).press("f");
    open.press("1 3")
        .shows("Note j.")
        .press("2 3")
        .shows("Note t.")
        .press("Tab")
        .shows("The outer note");
}

#[test]
fn a_note_that_is_cited_nowhere_is_among_the_notes() {
    TestReader::open(NOTES, 80, 24)
        .press("G")
        .shows("A note that is cited nowhere.")
        .shows("never cited");
    TestReader::open(NOTES, 80, 24)
        .press("F n o w h e r e Enter")
        .shows("┌ 26 · uncited ");
}

#[test]
fn a_note_cited_twice_on_a_page_stands_in_the_margin_once() {
    let page = TestReader::open(NOTES, 120, 30);
    let beside = page
        .rows()
        .iter()
        .filter(|row| row.contains("  1  The outer note, which"))
        .count();
    assert_eq!(
        beside,
        2,
        "once in the margin and once in the Notes section:\n{}",
        page.text()
    );
}

#[test]
fn a_click_opens_a_marker_and_a_click_beside_the_note_closes_it() {
    let open = TestReader::open(SMALL, 80, 24).click("¹").shows("┌ 1 ");
    open.click("One").shows_no("┌");
}

#[test]
fn the_foot_says_how_many_notes_it_has_no_room_for() {
    TestReader::open(NOTES, 80, 24)
        .press("P P j j")
        .shows("more on this page");
}

#[test]
fn a_narrow_footer_keeps_what_matters_most() {
    let footer = |desk: &TestReader| desk.rows().pop().unwrap();
    let desk = TestReader::open(&format!("Text.[^1]\n\n{}[^1]: A note.\n", lines(9)), 60, 12);
    let hints = "f note  / search  ? help  q quit";
    assert!(footer(&desk).ends_with(hints), "{}", footer(&desk));
    let chosen = desk.press("Tab");
    let hints = "Enter open  / search  ? help  q quit";
    assert!(footer(&chosen).ends_with(hints), "{}", footer(&chosen));
    let searched = chosen.press("Esc /").types("line").press("Enter");
    let footer = footer(&searched);
    assert!(footer.ends_with("n next  ? help  q quit"), "{footer}");
}

#[test]
fn a_title_that_finds_no_room_above_the_text_is_seen_to_be_cut() {
    let title = "A title that goes on for longer than the text below it is wide";
    let paper = format!("# {title}\n\n{}", lines(40));
    let desk = TestReader::open(&paper, 40, 12).press("Space Space");
    let head = desk.rows().swap_remove(0);
    assert_eq!(head.trim(), "A title that goes on for longer…");
}
