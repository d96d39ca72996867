//! Going to places by their names, and by links to them.

use super::super::testing::TestReader;
use super::lines;

/// A paper with two headings and a note.
const PAPER: &str = "\
# Introduction

The first paragraph.[^1]

# Method

The second paragraph.[^2]

# Results

The third.

[^1]: A note on the lunar station.
[^2]: A note on bases.
";

#[test]
fn a_place_is_gone_to_by_its_name() {
    let goto = |name: &str| {
        TestReader::open(PAPER, 60, 12)
            .press(":")
            .types(name)
            .press("Enter")
            .wait()
    };
    goto("meth").shows("▎ Method");
    goto("rslt").shows("Results");
    goto("n2").shows("▎  2  A note on bases.");
    goto("¶1").shows("▎ The first paragraph");
    goto("100%").shows("▎ The third.");
}

#[test]
fn each_place_says_beside_its_name_what_it_is() {
    let list = TestReader::open(PAPER, 70, 20)
        .press(":")
        .shows("a section, n14, 8b, p12, 42%, an action");
    list.shows("Introduction")
        .shows("section")
        .types("1")
        .shows("n1  A note on the lunar station.")
        .shows("note")
        .shows("¶ 1  The first paragraph.")
        .shows("paragraph of this section")
        .press("Backspace")
        .types("zzz")
        .shows("nothing matches");
}

#[test]
fn a_number_that_the_paper_does_not_have_is_answered_with_those_that_it_has() {
    let asked = |paper: &str, name: &str| TestReader::open(paper, 60, 12).press(":").types(name);
    asked(PAPER, "n7").shows("no note 7: the notes are 1 to 2");
    asked(PAPER, "note 7").shows("no note 7: the notes are 1 to 2");
    asked(PAPER, "n").shows_no("no note");
    // It has no pages.
    asked(PAPER, "p99").shows("nothing matches");
}

#[test]
fn going_to_a_place_is_one_step_back() {
    let start = TestReader::open(&lines(100), 60, 12).wait();
    let rows = start.rows();
    assert_eq!(start.press(": 5 0 % Enter Ctrl-o").wait().rows(), rows);
}

#[test]
fn a_link_to_a_heading_is_a_jump() {
    let paper = format!(
        "See [there](#the-end).\n\n{}# The end\n\nLast words.\n",
        lines(40)
    );
    let start = TestReader::open(&paper, 60, 12).wait();
    let there = start.press("Tab Enter").shows("Last words.");
    there.press("Ctrl-o").shows("See there.");
}

#[test]
fn the_places_with_names() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).press("2 ] :").types("1").screen(), @r#"
    "┌ Go to ─────────────────────────────────────────────────────────────────────┐  "
    "│:1                                                                          │ │"
    "│▸ n1  Agreement between the Government of the Russian Federation and    note│ │"
    "│  the Government of the People’s Republic of China on…                      │ ┃"
    "│  ¶ 1  In general, China has been quite supportive paragraph of this section│ ┃"
    "│  of Russia’s arguments for its invasion of                                 │ │"
    "│  Ukraine. It endorsed one of the…                                          │ │"
    "│  1%  cooperation, Sino-Russian collaboration in AI, Eurasian    of the text│ │"
    "│  security                                                                  │ │"
    "│  1a  Agreement between the Government of the Russian Federation and  source│ │"
    "│  the Government of the People’s Republic of China on…                      │ │"
    "│  1b  Eduardo Baptista (2025, 23 April) China, Russia may build       source│ │"
    "│  nuclear plant on moon to power lunar station, official says.…             │ │"
    "│  10  Russian Foreign Affairs Ministry (2025, 15 December).           source│ │"
    "│  https://mid.ru/ru/foreign_policy/news/2065734/ (last accessed 27…         │ │"
    "│  12  Russian Foreign Affairs Ministry (2025, 28 October).            source│ │"
    "│  https://www.mid.ru/ru/press_service/vizity-ministra/2056079/ (last…       │ │"
    "│  13a  R. James Ferguson (2018) China’s Eurasian dilemmas: Roads and  source│ │"
    "│  risks for a sustainable global power. Cheltenham &…                       │ │"
    "│  13b  Andrey Makarychev and Viatcheslav Morozov (2011)               source│ │"
    "│  Multilateralism, multipolarity, and beyond: A menu of Russia’s            │ │"
    "│  policy…                                                                   │ │"
    "└────────────────────────────────────────────────────────────────────────────┘ │"
    " 23% · 14 min left                           F1 help  Enter go there  Esc close "
    "#);
    insta::assert_snapshot!(TestReader::open_own(40, 12).press("2 ] :").types("s").screen(), @r#"
    "┌ Go to ──────────────────────────────┐ "
    "│:s                                   │┃"
    "│▸ Russia-China shared         section││"
    "│  management of post-Soviet          ││"
    "│  security                           ││"
    "│  Evolution of China’s        section││"
    "│  perceptions in Russia:             ││"
    "│  from arrogance to singular…        ││"
    "│  Unpacking some of the Sino- section││"
    "│  Russian agreements in AI           ││"
    "└─────────────────────────────────────┘│"
    " 8%  F1 help  Enter go there  Esc close "
    "#);
}
