//! What a reader sees and can do while searching.

use ratatui::style::Modifier;

use super::super::testing::TestReader;

/// A paper with three sections, in which each paragraph has words of its own.
pub(super) const PAPER: &str = "\
# Introduction

The first paragraph speaks of a *lunar* station.[^1] And of nothing else, so that it is
short.

# Method

The second paragraph has a lunar[^2] base, and a “quoted” word.

# Results

The third has neither.

[^1]: A note on the lunar station.
[^2]: A note on bases.
";

/// Paragraphs of one line each, every tenth of which has the word.
pub(super) fn long(paragraphs: usize) -> String {
    let line = |line| match line % 10 {
        0 => format!("line {line} has the word\n\n"),
        _ => format!("line {line}\n\n"),
    };
    (1..=paragraphs).map(line).collect()
}

/// Enough text that it is searched in several slices.
fn heavy() -> String {
    format!("{}\n\n", "some text ".repeat(200)).repeat(600)
}

/// The last row of the screen.
fn footer(desk: &TestReader) -> String {
    desk.rows().pop().unwrap_or_default().trim().to_owned()
}

/// The text on the screen that is reversed, and that is underlined as a match but not reversed.
fn lit(desk: &TestReader) -> (String, String) {
    let screen = desk.screen();
    let rows = screen.buffer().area.height - 1;
    let columns = usize::from(screen.buffer().area.width);
    let cells = screen.buffer().content.iter();
    let text: Vec<_> = cells.take(usize::from(rows) * columns).collect();
    let with = |holds: &dyn Fn(Modifier) -> bool| {
        let cells = text.iter().filter(|cell| holds(cell.modifier));
        cells.map(|cell| cell.symbol()).collect::<String>()
    };
    (
        with(&|modifier| modifier.contains(Modifier::REVERSED)),
        with(&|modifier| {
            modifier.contains(Modifier::UNDERLINED | Modifier::BOLD)
                && !modifier.contains(Modifier::REVERSED)
        }),
    )
}

#[test]
fn the_page_goes_along_while_a_pattern_is_typed() {
    TestReader::open(&long(100), 60, 12)
        .press("/")
        .types("50")
        .shows("line 50 has")
        .types(" has the word")
        .shows("1/1")
        .press("Ctrl-u")
        .types("line 9")
        .shows("line 9");
}

#[test]
fn a_search_begins_where_the_reader_is_and_says_when_it_went_around() {
    let desk = TestReader::open(&long(100), 60, 12)
        .press("/")
        .types("line 55")
        .press("Enter");
    let on = desk.press("/").types("word").press("Enter");
    assert!(footer(&on).starts_with("6/10"), "{}", footer(&on));
    let around = on
        .press("4 n")
        .shows("10/10")
        .shows_no("went on")
        .press("n");
    assert!(footer(&around).starts_with("1/10 · search wrapped to the top"));
    let back = around.press("N");
    assert!(footer(&back).starts_with("10/10 · search wrapped to the end"));
    assert!(footer(&back.press("N")).starts_with("9/10"));
}

#[test]
fn a_search_from_the_end_goes_on_at_the_beginning() {
    TestReader::open(&long(30), 60, 12)
        .press("G /")
        .types("line 1")
        .shows("search wrapped to the top")
        .shows("▎ line 1");
}

#[test]
fn giving_a_search_up_brings_back_the_very_same_screen() {
    for keys in [
        "",
        "2 Space",
        "Space j j",
        "] Tab Tab",
        "G",
        "/ 7 Enter n j k",
    ] {
        let before = TestReader::open_own(80, 24).press(keys).wait();
        let screen = before.screen();
        let after = before
            .press("/")
            .types("military")
            .press("↑ ↓ Ctrl-r Esc")
            .wait();
        assert_eq!(after.screen(), screen, "after {keys:?}");
    }
}

#[test]
fn giving_a_search_up_brings_back_the_one_before_it() {
    let kept = TestReader::open(PAPER, 60, 20)
        .press("/")
        .types("lunar")
        .press("Enter");
    let after = kept.press("/").types("neither").press("Esc n");
    assert!(
        footer(&after).starts_with("2/3 · § Method"),
        "{}",
        footer(&after)
    );
}

#[test]
fn a_search_that_is_kept_is_one_step_back() {
    let start = TestReader::open(&long(100), 60, 12).press("9 j").wait();
    let page = start.rows()[..11].to_vec();
    let kept = start.press("/").types("line 77").press("Enter");
    let back = kept.shows("line 77").press("Ctrl-o").wait();
    assert_eq!(back.rows()[..11], page);
    back.press("Ctrl-o").shows("nothing to go back to");
}

#[test]
fn what_is_in_sight_already_is_no_step_back() {
    TestReader::open(PAPER, 60, 24)
        .press("/")
        .types("lunar")
        .press("Enter n Ctrl-o")
        .shows("nothing to go back to");
}

#[test]
fn going_back_leaves_out_places_that_are_in_sight() {
    TestReader::open(&long(100), 60, 12)
        .press("/")
        .types("line 50")
        .press("Enter 9 9 k")
        .press("Ctrl-o")
        .shows("nothing to go back to");
}

#[test]
fn the_footer_says_which_match_it_is_and_in_which_section() {
    let desk = TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("lunar")
        .press("Enter");
    assert!(
        footer(&desk).starts_with("1/3 · § Introduction"),
        "{}",
        footer(&desk)
    );
    let second = desk.press("n");
    assert!(
        footer(&second).starts_with("2/3 · § Method"),
        "{}",
        footer(&second)
    );
    let third = second.press("n");
    assert!(
        footer(&third).starts_with("3/3 · in note 1"),
        "{}",
        footer(&third)
    );
    assert!(!footer(&third.press("j")).contains("3/3"));
}

#[test]
fn a_match_is_found_across_line_ends_emphasis_and_markers() {
    let desk = TestReader::open(PAPER, 30, 30)
        .press("/")
        .types("lunar station. and of nothing");
    let (current, others) = lit(&desk);
    assert_eq!(
        (current.as_str(), others.as_str()),
        ("lunar station. Andof nothing", "")
    );
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("lunar base")
        .shows("1/1");
}

#[test]
fn kinds_of_quotes_and_case_do_not_count_but_a_capital_does() {
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("A \"QUOTED\" w")
        .shows("not found");
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("a \"quoted\" w")
        .shows("1/1");
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("the")
        .shows("1/5");
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("The")
        .shows("1/3");
}

#[test]
fn the_current_match_is_reversed_and_the_others_are_underlined() {
    let desk = TestReader::open(PAPER, 80, 30).press("/").types("lunar");
    assert_eq!(lit(&desk), ("lunar".to_owned(), "lunarlunar".to_owned()));
    let dark = desk.press("Enter").wait().press("Esc");
    assert_eq!(lit(&dark), (String::new(), String::new()));
    let again = dark.press("n").wait();
    assert_eq!(lit(&again), ("lunar".to_owned(), "lunarlunar".to_owned()));
}

#[test]
fn the_line_that_a_search_led_to_is_lit_and_the_match_in_it_is_not() {
    let desk = TestReader::open(PAPER, 80, 30)
        .press("/")
        .types("neither")
        .press("Enter");
    let (line, matches) = lit(&desk);
    assert!(
        line.starts_with("The third has .") && matches == "neither",
        "{line:?} {matches:?}"
    );
    assert_eq!(lit(&desk.wait()).0, "neither");
}

#[test]
fn matches_are_lit_in_an_open_note_too() {
    let desk = TestReader::open(PAPER, 80, 14)
        .press("/")
        .types("on bases")
        .press("Enter Ctrl-o g 2 f");
    let (current, _) = lit(&desk.shows("A note on bases").wait());
    assert!(current.contains("on bases"), "{current:?}");
}

#[test]
fn a_broken_expression_says_why_and_leaves_what_was_found() {
    let desk = TestReader::open(PAPER, 80, 24)
        .press("/ Ctrl-r")
        .types("lun[ae]r")
        .press("Ctrl-u");
    let found = desk.types("l.nar").shows("regex /l.nar").shows("1/3");
    let page = lit(&found);
    let broken = found.types("(").shows("unclosed group at character 6");
    assert_eq!(lit(&broken), page);
    let kept = broken.press("Enter").shows("regex /l.nar(");
    kept.press("Backspace Enter").shows("1/3");
}

#[test]
fn on_a_narrow_screen_a_fault_stands_above_the_pattern() {
    let desk = TestReader::open(PAPER, 40, 12)
        .press("/ Ctrl-r")
        .types("lunar(");
    let rows = desk.rows();
    assert_eq!(rows[10], " unclosed group at character 6");
    assert_eq!(rows[11], " regex /lunar(");
}

#[test]
fn an_expression_is_plain_text_until_a_key_says_otherwise() {
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("l.nar")
        .shows("not found")
        .press("Ctrl-r")
        .shows("1/3")
        .press("Ctrl-r")
        .shows("not found");
}

#[test]
fn earlier_searches_are_called_up_again() {
    let desk = TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("lunar")
        .press("Enter");
    let desk = desk.press("/ Ctrl-r").types("th.rd").press("Enter");
    desk.press("/")
        .types("own")
        .press("↑")
        .shows("regex /th.rd")
        .press("↑ ↑")
        .shows("/lunar")
        .press("↓ ↓")
        .shows("/own")
        .press("↓")
        .shows("/own");
}

#[test]
fn a_step_without_a_search_says_how_to_search() {
    TestReader::open(PAPER, 80, 24)
        .press("n")
        .shows("nothing to repeat yet");
    TestReader::open(PAPER, 80, 24)
        .press("/")
        .types("zebra")
        .press("Enter n")
        .shows("not found");
}

#[test]
fn a_long_paper_is_searched_between_keys_and_the_first_match_is_shown_at_once() {
    let text = format!("{}the needle\n\n{}", long(10), heavy());
    let first = TestReader::open(&text, 60, 12)
        .press_at_once("/")
        .press_at_once("n");
    let first = first
        .press_at_once("e")
        .press_at_once("e")
        .press_at_once("d");
    let found = first.shows("the needle").shows("so far");
    assert!(found.state.has_work());
    let mut done = found;
    while done.state.has_work() {
        done = done.work();
    }
    done.shows("1/1");
}

#[test]
fn a_match_far_away_is_gone_to_when_it_is_found_unless_the_reader_has_gone_on() {
    let text = format!("{}the needle\n", heavy());
    let typed = |text: &str| {
        "/needle"
            .chars()
            .fold(TestReader::open(text, 60, 12), |desk, letter| {
                desk.press_at_once(&letter.to_string())
            })
    };
    let kept = typed(&text)
        .press_at_once("Enter")
        .shows("searching…")
        .shows_no("the needle");
    let mut arrived = kept;
    while arrived.state.has_work() {
        arrived = arrived.work();
    }
    arrived
        .shows("the needle")
        .press("Ctrl-o")
        .shows("some text");
    let mut gone_on = typed(&text).press_at_once("Enter").press_at_once("j");
    while gone_on.state.has_work() {
        gone_on = gone_on.work();
    }
    gone_on
        .shows_no("the needle")
        .press("n")
        .shows("the needle");
}

#[test]
fn a_reader_without_a_search_has_no_work() {
    assert!(!TestReader::open_own(80, 24).state.has_work());
    assert!(
        !TestReader::open_own(80, 24)
            .press("/")
            .types("china")
            .press("Enter n")
            .state
            .has_work()
    );
}

#[test]
fn the_list_has_all_matches_by_section_and_goes_to_the_chosen_one() {
    let list = TestReader::open(PAPER, 60, 24)
        .press("/")
        .types("lunar")
        .press("Enter &");
    let there = list
        .shows("Matches")
        .shows("1/3")
        .shows("§ Notes")
        .shows("note 1")
        .press("↓");
    let there = there.shows("2/3").press("Enter");
    assert!(
        footer(&there).starts_with("2/3 · § Method"),
        "{}",
        footer(&there)
    );
}

#[test]
fn the_list_follows_what_is_typed_and_leaves_the_page_alone() {
    let before = TestReader::open(&long(100), 60, 14).press("Space").wait();
    let screen = before.screen();
    let list = before.press("&").shows("type to search").types("line 9");
    let list = list
        .shows("/11")
        .press("Backspace")
        .types("50")
        .shows("line 50 has the word");
    assert_eq!(list.press("Esc").wait().screen(), screen);
}

#[test]
fn a_click_on_a_match_in_the_list_goes_there() {
    TestReader::open(&long(100), 60, 14)
        .press("&")
        .types("word")
        .click("line 30")
        .shows_no("Matches")
        .shows("line 30 has");
}

#[test]
fn the_list_lights_what_was_found_where_it_stands_in_typeset_text() {
    let desk = TestReader::open("One -- two --- three needles.\n\nA needle.\n", 60, 14);
    let list = desk.press("&").types("needle").press("↓");
    assert_eq!(lit(&list).1, "needle");
}

#[test]
fn the_list_says_why_an_expression_is_broken() {
    TestReader::open(PAPER, 80, 24)
        .press("& Ctrl-r")
        .types("lunar[")
        .shows("unclosed character class");
}

#[test]
fn the_search_line_fits_every_small_screen() {
    for (columns, rows) in (0..46)
        .step_by(3)
        .flat_map(|columns| (0..14).map(move |rows| (columns, rows)))
    {
        let desk = TestReader::open(PAPER, columns, rows)
            .press("/ Ctrl-r")
            .types("lunar")
            .press("(");
        let desk = desk
            .press("Esc &")
            .types("lunar")
            .press("↓ Esc :")
            .types("1");
        let _ = desk.press("Enter").rows();
    }
}

#[test]
fn the_search_line() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).press("/").types("lunar").screen(), @r#"
    "      Introduction                                                              "
    "                                                                               │"
    "    ▎ February 2026 marked the fifth year since the beginning of the           ┃"
    "    ▎ Russian-Ukrainian war, an event that led to the isolation of Russia      │"
    "    ▎ from the Western world and intensified its pivot towards China.          │"
    "    ▎ Since then, Sino-Russian cooperation has continued to expand and, at     │"
    "    ▎ least on paper, has already reached very ambitious and comprehensive     │"
    "    ▎ scope, ranging from joint efforts in space exploration, such as          │"
    "    ▎ the agreement to build the International Lunar Research Station and      │"
    "    ▎ perhaps even a lunar nuclear power plant by 2035, to collaboration       │"
    "    ▎ in military and AI technologies on earth.¹ Although some aspects of      │"
    "    ▎ Sino-Russian cooperation might seem immaterial or preposterous, for      │"
    "    ▎ instance their joint investigation into the detrimental effects of       │"
    "    ▎ Western colonial and neocolonial practices, there are other aspects      │"
    "    ▎ that deserve immediate attention.² Perhaps the most pertinent among      │"
    "    ▎ them is military cooperation, especially if one considers that some      │"
    "    ▎ EU countries including Germany have not ruled out the possibility        │"
    "    ▎ that open war with Russia could break out as early as 2028.³             │"
    "                                                                               │"
    "      Officially, Beijing denies that it has been providing military           │"
    "      aid to Russia. Despite this, as Bloomberg reports, China-made            │"
    "      drone technologies have been frequently found on the battlefield         │"
    "      in Ukraine, and as the U.S. Department of State reported, as of          │"
    " /lunar   1/5 · § Introduction    Ctrl-r regex  ↑ earlier  Enter stay  Esc back "
    "#);
    insta::assert_snapshot!(TestReader::open_own(40, 12).press("/").types("lunar").screen(), @r#"
    "  Introduction                          "
    "▎ ambitious and comprehensive scope,   ┃"
    "▎ ranging from joint efforts in space  │"
    "▎ exploration, such as the agreement   │"
    "▎ to build the International Lunar     │"
    "▎ Research Station and perhaps even a  │"
    "▎ lunar nuclear power plant by 2035,   │"
    "▎ to collaboration in military and     │"
    "▎ AI technologies on earth.¹ Although  │"
    "▎ some aspects of Sino-Russian         │"
    "▎ cooperation might seem immaterial    │"
    " /lunar   1/5 · § Introduction          "
    "#);
}

#[test]
fn the_list_of_matches() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).press("&").types("eurasian security").screen(), @r#"
    "┌ Matches ───────────────────────────────────────────────────────────────────┐  "
    "│/eurasian security                                                       1/5│ ┃"
    "│§ KEY TAKEAWAYS                                                             │ │"
    "│▸ …the “indivisibility of Eurasian security” has been incorporated into… ¶ 2│ │"
    "│§ Russia-China shared management of post-Soviet security                    │ │"
    "│  …the “Indivisibility of Eurasian security” in the joint statement…     ¶ 1│ │"
    "│  …The “indivisibility of Eurasian security” is essentially a claim…     ¶ 1│ │"
    "│  …the “indivisibility of Eurasian security” with the Chinese concept…   ¶ 2│ │"
    "│§ Discussion and recommendations:                                           │ │"
    "│  …concept of indivisible Eurasian security with the Chinese community…  ¶ 2│ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "│                                                                            │ │"
    "└────────────────────────────────────────────────────────────────────────────┘ │"
    " 2% · 17 min left              F1 help  Ctrl-r regex  Enter go there  Esc close "
    "#);
    insta::assert_snapshot!(TestReader::open_own(40, 12).press("&").types("eurasian security").screen(), @r#"
    "┌ Matches ────────────────────────────┐ "
    "│/eurasian security                1/5│┃"
    "│§ KEY TAKEAWAYS                      ││"
    "│▸ …of Eurasian security” has…     ¶ 2││"
    "│§ Russia-China shared management of… ││"
    "│  …of Eurasian security” in the…  ¶ 1││"
    "│  …of Eurasian security” is…      ¶ 1││"
    "│  …of Eurasian security” with…    ¶ 2││"
    "│§ Discussion and recommendations:    ││"
    "│  …Eurasian security with the…    ¶ 2││"
    "└─────────────────────────────────────┘│"
    " 0%           Enter go there  Esc close "
    "#);
}

#[test]
fn a_section_that_finds_no_room_in_the_list_leaves_its_frame_whole() {
    for rows in 8..24 {
        let list = TestReader::open_own(40, rows).press("&").types("joint");
        let frame = list.rows().swap_remove(usize::from(rows) - 2);
        assert!(frame.starts_with("└─") && !frame.contains('¶'), "{frame}");
    }
}

#[test]
fn a_pattern_keeps_its_first_letters_while_the_section_can_be_cut() {
    let footer = |pattern: &str| {
        let desk = TestReader::open_own(40, 15).press("/").types(pattern);
        desk.rows().pop().unwrap()
    };
    assert_eq!(
        footer("semiconductors").trim(),
        "/semiconductors   1/2 · § KEY TAKEAWA…"
    );
    assert_eq!(
        footer("evolution of china").trim(),
        "/evolution of china   1/1 · § Evoluti…"
    );
    let long = "framework of the \"community of common destiny";
    assert_eq!(
        footer(long).trim(),
        "/he \"community of common destiny   1/1"
    );
}
