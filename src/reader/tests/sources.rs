//! Short citations that answer themselves, mentions, and the list of sources.

use std::sync::Arc;

use ratatui::style::Modifier;

use super::{Effect, TestReader};
use crate::document::Document;
use crate::formats::Bibliography;
use crate::formats::markdown::parse;
use crate::reader::action::Action;

/// A paper with each outcome that a short citation can have.
const CITING: &str = "\
# One

A[^1] b[^2] c[^3] d[^4] e[^5] f[^6]. The joint statement of 2024 is one.

[^1]: Jane Smith (2020) A first book. London: Verso; Joint Statement of A and B (16 May 2024). https://example.org/js.

[^2]: John Smith (2019) Another book. Oxford: Oxford University Press.

[^3]: Joint Statement 2024.

[^4]: Smith, op. cit., p. 4.

[^5]: Jones (2001).

[^6]: Jane Smith (2020); John Smith (2019).
";

#[test]
fn a_short_citation_says_beneath_it_what_it_stands_for() {
    insta::assert_snapshot!(TestReader::open_own(80, 24).press("2 1 f").wait().screen(), @r#"
    "      Evolution of China’s perceptions in Russia: from arrogance to…            "
    "      be involved in this endeavor.                                            │"
    "                                                                               │"
    "    ▎ Since 2022, China and Russia have adopted a number of agreements         │"
    "    ▎ concerning their military cooperation. The agreements include            │"
    "    ▎ plans for Sino-Russian joint military exercises between the two          │"
    "    ▎ countries’ air forces and navies, and also the rationale for             │"
    "    ▎ the closer cooperation between the PLA and Russia’s armed forces         │"
    "    ▎ (Joint statements 2024, 2025).²¹ Interestingly, according to that        ┃"
    "    ┌ 21 ──────────────────────────────────────────────────────────────────┐   │"
    "    │ 21  Joint Statements 2024, 2025.                                     │   │"
    "    │                                                                      │   │"
    "    │     → 8b  Joint Statement of the Russian Federation and the          │   │"
    "    │           People’s Republic of China on Deepening … (16 May 2024)    │   │"
    "    │           http://www.kremlin.ru/supplement/6132                      │   │"
    "    │     → 8c  Joint Statement of the Russian Federation and the          │   │"
    "    │           People’s Republic of China on Further … (8 May 2025)       │   │"
    "    │           http://www.kremlin.ru/supplement/6309                      │   │"
    "    │     same name, years 2024, 2025                                      │   │"
    "    └─ o: 1 kremlin.ru/supplement/6132  2 kremlin.ru/supplement/6309 ──────┘   │"
    "      in 2024 and undertook steps to withdraw from the alliance.) As their     │"
    "      joint statement of 2025 argued, Russia and China aim to support          │"
    "      peace and security in the whole Eurasia, and undertake unified           │"
    " 51% · 9 min left                  n next  Enter go to  o link  y copy  f close "
    "#);
}

#[test]
fn a_small_screen_shows_the_answer_too() {
    insta::assert_snapshot!(TestReader::open_own(40, 12).press("2 1 f").wait().screen(), @r#"
    "  Evolution of China’s perceptions in…  "
    "▎ navies, and also the rationale       │"
    "▎ for the closer cooperation between   │"
    "▎ the PLA and Russia’s armed forces    │"
    "▎ (Joint statements 2024, 2025).²¹     ┃"
    "┌ 21 ─────────────────────────────────┐│"
    "│ 21  Joint Statements 2024, 2025.    ││"
    "│                                     ││"
    "│     → 8b  Joint Statement of the    ││"
    "└─ o: 1 kre…6132  2…────── ▾ more: j ─┘│"
    "▎ sovereignty of their respective      │"
    "   Enter go to  o link  y copy  f close "
    "#);
}

#[test]
fn a_note_in_the_margin_says_beneath_it_what_it_stands_for() {
    let mut desk = TestReader::open_own(120, 40);
    while !desk.text().contains("¹¹") {
        desk = desk.press("Space");
    }
    insta::assert_snapshot!(desk.wait().screen(), @r#"
    "                       │  Russia-China shared management of post-Soviet security                                        "
    "   KEY TAKEAWAYS       │  topics such as the war in Ukraine, their mutual interests         10  Russian Foreign        │"
    "   Introduction        │  in Central Asia and Caucasus, and China’s prospects in the            Affairs Ministry       │"
    " ▸ Russia-China shared │╶╴Eurasian Economic Union.¹⁰                                            (2025, 15 December).   │"
    "   management of post- │                                                                        https://mid.ru/        │"
    "   Soviet security     │▎ One of the more striking aspects of these developments is             ru/foreign_policy/     │"
    "   Evolution of        │▎ that Russia has acknowledged China’s role in co-managing              news/2065734/ (last    │"
    "   China’s perceptions │▎ the security situation in Central Asia, which was previously          accessed 27 April…     │"
    "   in Russia: from…    │▎ considered as an exclusive domain of Russia. In particular,       11  Joint Statement        ┃"
    "   Unpacking some of   │▎ in the joint statement of 2023, Russia and China agreed               (2023).                ┃"
    "   the Sino-Russian    │▎ to coordinate their activities to preserve Central Asia’s             → 8a Joint Statement   ┃"
    "   agreements in AI    │▎ sovereignty and territorial integrity, and prevent any attempts       of the Russian         │"
    "   Discussion and      │▎ of foreign interference and colour revolutions. Russia and            Federation and the     │"
    "   recommendations:    │▎ China also tend to present themselves as particularly well-           … (21 March 2023)      │"
    "   Licence, links and  │▎ disposed to manage the security of that region.¹¹ For instance,       www.kremlin.ru…        │"
    "   funding             │▎ the Russian foreign affairs minister Lavrov stated that unlike    12  Russian Foreign        │"
    "   Notes               │▎ Russia or China, the U.S. and NATO approach Central Asia as           Affairs Ministry       │"
    "                       │▎ an isolated region and show little interest in solving the            (2025, 28 October).    │"
    "                       │▎ security problems of Eurasia as a whole.¹²                            https://www.mid.ru/ru/ │"
    "                       │                                                                        press_service/vizity   │"
    "                       │  An important feature of Sino-Russian cooperation is that they         -ministra/2056079/…    │"
    "                       │  both support the view that the U.S. is a hegemonic actor at       13  R. James Ferguson      │"
    "                       │  the centre of the international security system. Here, however,       (2018) China’s         │"
    "                       │  their visions of the future of the international security             Eurasian dilemmas:     │"
    "                       │  system are not exactly identical. While China seeks to share          Roads and risks for    │"
    "                       │  power on a multilateral basis Russia merely expects world power       a sustainable global   │"
    "                       │  to be redistributed among several actors, each with their own         power. Cheltenham…     │"
    "                       │  exclusive sphere of influence.¹³ This is where China distances    14  Angela Pennisi di      │"
    "                       │  itself from Russia, claiming to be a benign and fair power            Floristella, Xuechen   │"
    "                       │  capable of managing a peaceful global order.¹⁴ Credibility of         Chen (2024) op cit.    │"
    "                       │  those claims, however, might have been somewhat hurt by the           → 5 Angela Pennisi di  │"
    "                       │  fact that China failed to defend the territorial integrity of         Floristella, Xuechen   │"
    "                       │  Ukraine, despite having a unique leverage over Russia. In fact,       Chen (2024) Strategic… │"
    "                       │  there seem to have been remarkably few voices raised in defence   15  Angela Pennisi di      │"
    "                       │  of Ukraine’s sovereignty in the Chinese official discourse.¹⁵         Floristella, Xuechen   │"
    "                       │  Furthermore, reflecting the widespread U.S. view of Russia and        Chen (2024) op cit.    │"
    "                       │  China being America’s main adversaries, Russian and Chinese           → 5 Angela Pennisi di  │"
    "                       │  officials often describe their countries as being targeted by         Floristella, Xuechen   │"
    "                       │  a consolidated pressure from the West. In this regard, however,       Chen (2024) Strategic… │"
    " Russia-China shared… · 35% · 11 min left  Tab select  t outline  f note  / search  : go to  b bookmark  ? help  q quit "
    "#);
}

#[test]
fn a_note_at_the_foot_says_beneath_it_what_it_stands_for() {
    let mut desk = TestReader::open(CITING, 80, 24);
    desk = desk.press("P P");
    insta::assert_snapshot!(desk.wait().screen(), @r#"
    "                                                                                "
    "                                                                               ┃"
    "                           1 minute to read · 6 notes                          ┃"
    "                                                                               ┃"
    "                                                                               ┃"
    "    ▎ One                                                                      ┃"
    "                                                                               ┃"
    "      A¹ b² c³ d⁴ e⁵ f⁶. The joint statement of 2024 is one.                   ┃"
    "                                                                               ┃"
    "                                                                               ┃"
    "      Notes                                                                    ┃"
    "                                                                               │"
    "       1  Jane Smith (2020) A first book. London: Verso; Joint Statement       │"
    "          of A and B (16 May 2024). https://example.org/js.                    │"
    "          ↑ cited in § One, ¶ 1                                                │"
    "                                                                               │"
    "      ──────────────────────                                                   │"
    "       1  Jane Smith (2020) A first book. London: Verso; Joint Statement…      │"
    "       2  John Smith (2019) Another book. Oxford: Oxford University Press.     │"
    "       3  Joint Statement 2024.…                                               │"
    "       4  Smith, op. cit., p. 4.…                                              │"
    "       5  Jones (2001).…                                                       │"
    "       6  Jane Smith (2020); John Smith (2019).…                               │"
    " foot: notes below the text         t outline  f note  / search  ? help  q quit "
    "#);
}

#[test]
fn what_is_ambiguous_is_a_choice_and_what_is_unresolved_says_what_was_looked_for() {
    let ambiguous = TestReader::open(CITING, 80, 24).press("4 f");
    let ambiguous = ambiguous
        .shows("could be any of these")
        .shows("? 2 ")
        .shows("? 1a");
    ambiguous.press("Tab Enter").shows("4 › 1a");
    let unresolved = TestReader::open(CITING, 80, 24).press("5 f");
    unresolved.shows("unresolved: found no earlier source by Jones, 2001");
}

#[test]
fn what_is_unresolved_is_said_quietly() {
    let desk = TestReader::open(CITING, 80, 24).press("5 f");
    let screen = desk.screen();
    let rows = desk.rows();
    let at = |words: &str| {
        let mut rows = rows.iter().enumerate();
        let place = rows.find_map(|(y, row)| {
            let (before, _) = row.split_once(words)?;
            Some((before.chars().count(), y))
        });
        let (x, y) = place.unwrap_or_else(|| panic!("{words}\n{}", desk.text()));
        let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
        screen.buffer()[(x, y)].style().add_modifier
    };
    assert!(at("unresolved: ").contains(Modifier::DIM));
    assert!(!at("Jones (2001)").contains(Modifier::DIM));
    let ambiguous = TestReader::open(CITING, 80, 24).press("4 f");
    ambiguous.shows_no("unresolved");
}

#[test]
fn a_note_with_several_short_citations_says_which_answer_is_whose() {
    let text = TestReader::open(CITING, 80, 40).press("6 f").text();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}\n{text}"))
    };
    assert!(at("“Jane Smith (2020)”") < at("→ 1a"));
    assert!(at("→ 1a") < at("“John Smith (2019)”"));
    assert!(at("“John Smith (2019)”") < at("→ 2 "));
}

#[test]
fn enter_goes_on_to_the_source_and_backspace_comes_back() {
    let source = TestReader::open_own(80, 24).press("2 1 f Enter");
    let source = source.shows("┌ 21 › 8b ─").shows("Strategic Interaction");
    source.press("Backspace").shows("┌ 21 ─").shows("→ 8b");
    TestReader::open_own(80, 24)
        .press("2 1 f Tab Enter")
        .shows("┌ 21 › 8c ─");
}

#[test]
fn a_figure_goes_on_to_the_source_in_that_note_and_a_letter_to_the_next_one() {
    let source = TestReader::open_own(80, 24).press("2 1 f 8");
    let source = source.shows("┌ 21 › 8b ─").press("c");
    source.shows("┌ 21 › 8c ─").press("b").shows("┌ 21 › 8b ─");
}

#[test]
fn after_the_last_source_tab_goes_to_the_next_marker() {
    let desk = TestReader::open(CITING, 80, 40)
        .press("6 f Tab")
        .shows("┌ 6 ─");
    // The mention in the text comes after the last marker.
    desk.press("Tab").shows("┌ joint statement of 2024 ─");
}

#[test]
fn a_note_tells_what_rests_on_its_sources() {
    let desk = TestReader::open(CITING, 80, 40).press("1 f");
    let desk = desk
        .shows("↑ 1a  used by note 6")
        .shows("↑ 1b  used by note 3 · § One, ¶ 1");
    // A source that nothing rests on is not spoken of, nor is the note itself.
    let open = TestReader::open(CITING, 80, 40).press("2 f").text();
    assert!(open.contains("↑  used by note 6"), "{open}");
    desk.press("Esc").shows_no("used by");
}

#[test]
fn a_mention_is_underlined_and_opens_what_it_stands_for() {
    let desk = TestReader::open(CITING, 80, 24);
    let screen = desk.screen();
    let underlined: String = screen
        .buffer()
        .content()
        .iter()
        .filter(|cell| {
            cell.modifier.contains(ratatui::style::Modifier::UNDERLINED)
                && cell.fg == ratatui::style::Style::reset().fg.unwrap()
        })
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(underlined, "joint statement of 2024");
    let clicked = desk
        .click("joint statement of 2024")
        .shows("→ 1b")
        .shows("same name, year 2024");
    clicked.press("Enter").shows("joint statement of 2024 › 1b");
    TestReader::open(CITING, 80, 24)
        .press("Tab Tab Tab Tab Tab Tab Tab Enter")
        .shows("┌ joint statement of 2024 ─")
        .press("o")
        .shows("https://example.org/js");
}

#[test]
fn a_link_beneath_a_note_is_opened_as_any_other() {
    let asked = TestReader::open_own(80, 24).press("2 3 f o");
    asked.shows("leads to www.kremlin.ru");
    TestReader::open_own(80, 24)
        .press("2 1 f")
        .click("http://www.kremlin.ru/supplement/6132")
        .shows("leads to www.kremlin.ru");
}

#[test]
fn a_click_on_a_source_goes_on_to_it() {
    TestReader::open_own(80, 24)
        .press("2 1 f")
        .click("8c ")
        .shows("┌ 21 › 8c ─");
}

#[test]
fn the_list_of_sources_begins_with_the_most_used() {
    insta::assert_snapshot!(TestReader::open(CITING, 80, 24).press("S").screen(), @r#"
    "                                                                                "
    "                                                                               ┃"
    "                           1 minute to read · 6 notes                          ┃"
    "                                                                               ┃"
    "                                                                               ┃"
    "    ▎ One                                                                      ┃"
    "┌ Sources, most used first ──────────────────────────────────────────────────┐ ┃"
    "│type to filter                                                              │ ┃"
    "│▸ 1b  Joint Statement of A and B (16 May 2024).                       3 uses│ ┃"
    "│  https://example.org/js.                                                   │ ┃"
    "│  1a  Jane Smith (2020) A first book. London: Verso                   2 uses│ ┃"
    "│  2  John Smith (2019) Another book. Oxford: Oxford University Press. 2 uses│ ┃"
    "│                                                                            │ ┃"
    "│                                                                            │ ┃"
    "│                                                                            │ ┃"
    "└────────────────────────────────────────────────────────────────────────────┘ ┃"
    "       2  John Smith (2019) Another book. Oxford: Oxford University Press.     ┃"
    "          ↑ cited in § One, ¶ 1                                                ┃"
    "                                                                               │"
    "       3  Joint Statement 2024.                                                │"
    "          ↑ cited in § One, ¶ 1                                                │"
    "                                                                               │"
    "       4  Smith, op. cit., p. 4.                                               │"
    " One · 100%     F1 help  Ctrl-s sort  Ctrl-y copy  Enter where cited  Esc close "
    "#);
}

#[test]
fn the_list_of_sources_is_sorted_anew_and_keeps_its_filter() {
    let order = |keys: &str| {
        let text = TestReader::open(CITING, 80, 30).press(keys).text();
        let mut names: Vec<_> = ["1a  Jane", "1b  Joint", "2  John"]
            .into_iter()
            .filter_map(|name| Some((text.find(name)?, name.split(' ').next()?)))
            .collect();
        names.sort_unstable();
        let names: Vec<_> = names.into_iter().map(|(_, name)| name).collect();
        names.join(" ")
    };
    assert_eq!(order("S"), "1b 1a 2");
    assert_eq!(order("S Ctrl-s"), "1a 1b 2");
    assert_eq!(order("S Ctrl-s Ctrl-s"), "2 1a 1b");
    assert_eq!(order("S Ctrl-s Ctrl-s Ctrl-s"), "1b 1a 2");
    assert_eq!(order("S s m i t h Ctrl-s Ctrl-s"), "2 1a");
    assert_eq!(order("S Ctrl-s Ctrl-s Esc S"), "2 1a 1b");
}

#[test]
fn the_uses_of_a_source_say_which_of_its_note_it_is() {
    let uses = TestReader::open(CITING, 80, 24).press("S Enter");
    uses.shows("note 1b").shows("note 3").shows_no("note 3b");
}

#[test]
fn a_source_in_the_list_opens_its_passages_one_after_another() {
    let uses = TestReader::open_own(80, 24)
        .press("S Enter")
        .shows("Where it is used");
    let there = uses.press("Enter").wait();
    let there = there.shows("2023, 2024,").shows_no("Where it is");
    let again = there.press("S Enter").shows("▸ …of others");
    let next = again.press("↓ Enter").wait().shows("others”.⁸");
    next.press("S Enter").shows("▸ …at the expense");
    TestReader::open_own(80, 24)
        .press("S Enter Esc")
        .shows("Sources, most used first");
}

#[test]
fn until_the_sources_are_read_a_note_opens_without_them() {
    let document = Arc::new(crate::document::Document::from(
        crate::formats::markdown::parse(CITING).paper,
    ));
    let mut desk = TestReader::unread(Arc::clone(&document), 80, 24).press("S");
    desk = desk.shows("still reading the sources").press("3 f");
    desk = desk.shows("Joint Statement 2024.").shows_no("→ 1b");
    desk.act(Action::TakeSources(Arc::clone(document.sources())));
    desk.shows("→ 1b");
}

#[test]
fn a_source_is_gone_to_by_its_name() {
    let named = TestReader::open_own(80, 24)
        .press(": 8 b")
        .shows("8b  Joint Statement");
    named
        .press("Enter")
        .wait()
        .shows("Strategic Interaction, Entering");
}

#[test]
fn the_tiniest_screens_take_every_key_of_an_open_source() {
    for (columns, rows) in [(0, 0), (1, 1), (2, 3), (5, 4), (12, 6)] {
        TestReader::open_own(columns, rows)
            .press("2 1 f Tab Enter j j Backspace 8 c o Esc S ↓ Ctrl-s Enter Enter Ctrl-o")
            .text();
    }
}

#[test]
fn an_open_note_lists_what_rests_on_its_sources() {
    let list = TestReader::open_own(80, 24)
        .press("5 f S")
        .shows("Where it is used");
    list.shows("note 14")
        .shows("note 15")
        .press("G Enter")
        .shows_no("Where it is used");
    let own = TestReader::open_own(80, 24)
        .press("8 f S")
        .shows("8a · note")
        .press("Esc");
    own.shows("┌ 8 ").press("Esc").shows_no("┌ 8 ");
    TestReader::open_own(80, 24)
        .press("6 f S")
        .shows("Where it is used");
}

#[test]
fn a_source_that_the_readers_bibliography_has_opens_with_what_it_has_there() {
    let mut own = Bibliography::default();
    let bib = "@book{mine, author = {Smith, John}, title = {Another book}, year = 2019, \
               abstract = {All of it.}, file = {/home/me/smith.pdf}}";
    own.add("own.bib", bib.as_bytes()).unwrap();
    let own: &'static Bibliography = Box::leak(Box::new(own));
    let document = Document::from(parse(CITING).paper).with_bibliography(Some(own));
    let screen = TestReader::open_document(document, 80, 24)
        .press("2 f")
        .screen()
        .to_string();
    for words in [
        "in your bibliography as @mine (same author, year and title)",
        "Abstract: All of it.",
        "File: /home/me/smith.pdf",
    ] {
        assert!(screen.contains(words), "{screen}");
    }
}

/// What was copied last.
fn copied(desk: &TestReader) -> String {
    match desk.effects.last() {
        Some(Effect::Copy { text, .. }) => text.clone(),
        other => panic!("{other:?} is no copy"),
    }
}

#[test]
fn the_selected_source_of_the_list_is_copied_in_the_format_set_last() {
    let desk = TestReader::open(CITING, 80, 24).press("S").types("another");
    let desk = desk.press("Ctrl-y");
    let entry = copied(&desk);
    assert!(entry.starts_with("@book{smith2019another,\n"), "{entry}");
    assert!(entry.contains("\n  author = {Smith, John},\n"), "{entry}");
    let desk = desk
        .press("Ctrl-t Ctrl-t Ctrl-t")
        .shows("references are copied as RIS")
        .press("Ctrl-y");
    assert!(copied(&desk).starts_with("TY  - BOOK\r\nID  - smith2019another\r\n"));
}

#[test]
fn an_open_note_copies_what_it_cites_or_the_selected_source() {
    let note = |keys: &str| copied(&TestReader::open(CITING, 80, 24).press(keys));
    let both = note("1 f Ctrl-y");
    assert_eq!(both.matches("\n}").count(), 2, "{both}");
    // What a short citation stands for.
    let short = note("6 f Ctrl-t Ctrl-t Ctrl-t Ctrl-t Ctrl-y");
    assert_eq!(
        short,
        "Jane Smith (2020) A first book. London: Verso\n\
         John Smith (2019) Another book. Oxford: Oxford University Press."
    );
    // What it gives, and what it refers to besides.
    let paper = "A.[^1] B.[^2]\n\n[^1]: Jane Doe, *A First Book* (London: Verso, 1999).\n\n[^2]: John \
                 Smith, *Another Book* (Oxford: Press, 2001); see also Doe, *A First Book*, p. 3.\n";
    let both = copied(&TestReader::open(paper, 80, 24).press("2 f Ctrl-y"));
    let heads = both.lines().filter(|line| line.starts_with("@book{"));
    assert_eq!(heads.count(), 2, "{both}");
    let selected = note("6 f Tab Ctrl-y");
    assert!(
        selected.starts_with("@book{smith2019another,"),
        "{selected}"
    );
    TestReader::open(CITING, 80, 24)
        .press("5 f Ctrl-y")
        .shows("this note cites no source");
}

#[test]
fn a_quotation_takes_the_readers_own_key_of_what_it_quotes_along() {
    let mut own = Bibliography::default();
    let bib = "@book{mine, author = {Smith, John}, title = {Another book}, year = 2019}";
    own.add("own.bib", bib.as_bytes()).unwrap();
    let own: &'static Bibliography = Box::leak(Box::new(own));
    let text = "---\ntitle: On\nauthor: Jane Doe\n---\n\nHe says “all is well”.[^1]\n\n\
                [^1]: John Smith (2019) Another book. Oxford: Oxford University Press.\n";
    let document = Document::from(parse(text).paper).with_bibliography(Some(own));
    let desk = TestReader::open_document(document, 80, 24).press("Y");
    let text = copied(&desk);
    let last = "\n[@mine, quoted in Jane Doe, “On”, para. 1]";
    assert!(text.ends_with(last), "{text}");
}

#[test]
fn a_source_that_the_readers_bibliography_has_is_copied_by_its_key_there() {
    let mut own = Bibliography::default();
    let bib = "@book{mine, author = {Smith, John}, title = {Another book}, year = 2019}";
    own.add("own.bib", bib.as_bytes()).unwrap();
    let own: &'static Bibliography = Box::leak(Box::new(own));
    let document = Document::from(parse(CITING).paper).with_bibliography(Some(own));
    let desk = TestReader::open_document(document, 80, 24).press("2 f Ctrl-y");
    assert!(copied(&desk).starts_with("@book{mine,\n"));
}

#[test]
fn a_title_in_a_short_citation_that_is_quoted_has_single_marks() {
    let paper = "A[^1] b[^2] c[^3].\n\n\
        [^1]: Jane Smith, “Why Water Is Wet,” *Review* 3 (1999): 4–9.\n\n\
        [^2]: Al Roe, *Gardens in the North* (Berlin: Holm, 1990).\n\n\
        [^3]: Smith, “Why Water Is Wet,” 5; Roe, *Gardens in the North*, 7.\n";
    TestReader::open(paper, 80, 24)
        .press("3 f")
        .wait()
        .shows("“Smith, ‘Why Water Is Wet,’ 5”:");
}
