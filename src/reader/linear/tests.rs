mod kept;

use std::fs;
use std::path::Path;

use super::*;
use crate::formats::{embedded, markdown};
use crate::paper::{Position, RefusedMendings};
use crate::reader::PapersToOpen;
use crate::shelf::{Library, Opened};

/// Everything that is said and typed when these lines are typed one after the other.
fn transcript(paper: &str, columns: u16, config: &Config, typed: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let piped_in = StartPage::Paper(Origin::Elsewhere);
    let papers = open(folder.path(), piped_in, &[], paper);
    transcript_of(papers, columns, config, typed)
}

/// What is said and typed with these files open, and a library in this folder.
fn transcript_with(library: &Path, first: StartPage, others: &[&Path], typed: &[&str]) -> String {
    let papers = open(library, first, others, "");
    transcript_of(papers, 72, &Config::default(), typed)
}

fn open(library: &Path, first: StartPage, others: &[&Path], piped_in: &str) -> LinearPapers {
    let papers = PapersToOpen {
        first,
        part: None,
        others: others.iter().map(|path| path.to_path_buf()).collect(),
        has_tour: false,
    };
    let library = Library::new(Some(library.to_owned()));
    LinearPapers::open(library, papers, reading(piped_in)).unwrap()
}

fn file(path: &Path) -> StartPage {
    StartPage::Paper(Origin::File(path.to_owned()))
}

/// Reads files as Markdown, and standard input as this paper.
fn reading(
    piped_in: &str,
) -> impl Fn(&Origin, &RefusedMendings) -> Result<Document, io::Error> + Send + Sync + 'static {
    let piped_in = piped_in.to_owned();
    move |origin, _| {
        let text = match origin {
            Origin::Embedded => embedded().to_owned(),
            Origin::Elsewhere => piped_in.clone(),
            Origin::File(path) => fs::read_to_string(path)?,
        };
        Ok(Document::new(markdown::parse(&text), origin.clone()))
    }
}

fn transcript_of(papers: LinearPapers, columns: u16, config: &Config, typed: &[&str]) -> String {
    let mut output = Vec::new();
    let mut input = typed.join("\n");
    input.push('\n');
    let mut input = io::Cursor::new(input);
    read_in_lines(papers, config, columns, &mut input, &mut output).unwrap();
    let output = String::from_utf8(output).unwrap();
    // A terminal shows what is typed behind the prompt.
    let mut typed = typed.iter();
    let mut parts = output.split("> ");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str(&format!("> {}\n{part}", clean(typed.next().unwrap_or(&""))));
    }
    let lines = shown.lines().map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

const EVERYTHING: &str = "\
---
title: A Small Paper
author: Ada Author
---

# One

The first claim.[^1] The second,[^2] which rests on it.

> A quotation.

1. first
   - inner
2. second

| Name | Year |
|------|------|
| Ada  | 1843 |
| Ida  |      |

```rust
let x  = 1;
```

![a cat](cat.png) and [a link](https://example.org/a).

# Two

The end.

[^1]: The first note, see also[^2].
[^2]: Smith, J. (2019) *Title*. Press.
";

#[test]
fn a_paper_is_read_a_paragraph_at_a_time_and_its_notes_when_asked_for() {
    let typed = [
        "", "", "f", "f", "", "", "", "", "", "", "", "o", "", "{", "q",
    ];
    let text = transcript(EVERYTHING, 72, &Config::default(), &typed);
    insta::assert_snapshot!(text, @"
    Title: A Small Paper
    Ada Author
    1 minute to read · 2 notes
    Enter reads on, f reads a note, ? lists all keys, q quits.
    >
    Section 1, level 1: One
    >
    Paragraph 1 of section 1.
    The first claim. (note 1) The second, (note 2) which rests on it.
    > f
    Note 1: The first note, see also (note 2).
    > f
    Note 2: Smith, J. (2019) Title. Press.
    >
    Quotation: A quotation.
    >
    Item 1: first
    >
    Item of level 2: inner
    >
    Item 2: second
    >
    Table, 2 rows and 2 columns.
    Row 1. Name: Ada; Year: 1843
    Row 2. Name: Ida; Year: empty
    >
    Code in rust, 1 line:
    let x  = 1;
    End of the code.
    >
    Paragraph 8 of section 1.
    [image: a cat] and a link.
    > o
    Link 1: [image: a cat], to cat.png
    Link 2: a link, to https://example.org/a
    >
    Section 2, level 1: Two
    > {
    Paragraph 8 of section 1.
    [image: a cat] and a link.
    > q
    ");
}

#[test]
fn the_papers_in_a_folder_are_listed_and_a_number_opens_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("letters.md")).unwrap();
    for name in ["peace.md", "war.md", "cover.png"] {
        fs::write(folder.path().join(name), format!("# About {name}\n")).unwrap();
    }
    let data = tempfile::tempdir().unwrap();
    let start = |path: &Path| StartPage::Folder(format!("{}/", path.display()));
    let text = transcript_with(data.path(), start(folder.path()), &[], &["2", "q"]);
    insta::assert_snapshot!(text, @"
    Paper 1: peace.md
    Paper 2: war.md
    The number of a paper opens it.
    > 2
    Title: About war.md
    1 minute to read
    > q
    ");
    let empty = folder.path().join("letters.md");
    let text = transcript_with(data.path(), start(&empty), &[], &["q"]);
    assert!(text.starts_with("no paper is in "), "{text}");
}

#[test]
fn sources_are_listed_and_a_number_goes_to_where_one_is_cited_first() {
    let paper = "\
# One

A claim.[^1] Another.[^2] A third.[^3]

$$
E = mc^2
$$

[^1]: Doe, J. (2018) *First*. Press.
[^2]: Smith, J. (2019) *Title*. Press.
[^3]: Smith, op. cit., p. 5.
";
    let text = transcript(paper, 72, &Config::default(), &["S", "2", "", "q"]);
    insta::assert_snapshot!(text, @"
    Title: One
    1 minute to read · 3 notes
    Enter reads on, f reads a note, ? lists all keys, q quits.
    > S
    2 sources.
    Source 1: 2 uses, first in paragraph 1 of section 1. Smith, J. (2019)
    Title. Press.
    Source 2: 1 use, first in paragraph 1 of section 1. Doe, J. (2018)
    First. Press.
    The number of one goes there.
    > 2
    Paragraph 1 of section 1.
    A claim. (note 1) Another. (note 2) A third. (note 3)
    >
    Formula in TeX, 1 line:
    E = mc^2
    End of the formula.
    > q
    ");
}

#[test]
fn the_first_section_of_the_carried_paper_is_read_with_two_notes() {
    let typed = ["]", "]", "", "1f", "2f", "", "11f", "20f", "q"];
    let text = transcript(embedded(), 78, &Config::default(), &typed);
    insta::assert_snapshot!(text, @"
    Title: Russia-China Cooperation amidst the war in Ukraine: From Joint
    Management of Security in Eurasia to AI Collaboration
    Gaziza Shakhanova
    European Hub for Contemporary China (EuroHub4Sino) · May 2026
    Keywords: China, Russia, Sino-Russian military cooperation, Sino-Russian
    collaboration in AI, Eurasian security
    17 minutes to read · 43 notes
    Enter reads on, f reads a note, ? lists all keys, q quits.
    > ]
    Section 1, level 1: KEY TAKEAWAYS
    > ]
    Section 2, level 1: Introduction
    >
    Paragraph 1 of section 2.
    February 2026 marked the fifth year since the beginning of the Russian-
    Ukrainian war, an event that led to the isolation of Russia from the Western
    world and intensified its pivot towards China. Since then, Sino-Russian
    cooperation has continued to expand and, at least on paper, has already
    reached very ambitious and comprehensive scope, ranging from joint efforts
    in space exploration, such as the agreement to build the International Lunar
    Research Station and perhaps even a lunar nuclear power plant by 2035, to
    collaboration in military and AI technologies on earth. (note 1) Although some
    aspects of Sino-Russian cooperation might seem immaterial or preposterous,
    for instance their joint investigation into the detrimental effects of
    Western colonial and neocolonial practices, there are other aspects that
    deserve immediate attention. (note 2) Perhaps the most pertinent among them
    is military cooperation, especially if one considers that some EU countries
    including Germany have not ruled out the possibility that open war with Russia
    could break out as early as 2028. (note 3)
    > 1f
    Note 1: Agreement between the Government of the Russian Federation and
    the Government of the People’s Republic of China on cooperation in the
    establishment of an International Scientific Lunar Station (25 November
    2022). http://publication.pravo.gov.ru/document/0001202407250006?index=1 (last
    accessed 27 April 2026); Eduardo Baptista (2025, 23 April) China, Russia may
    build nuclear plant on moon to power lunar station, official says. Reuters.
    https://www.reuters.com/business/energy/china-led-lunar-base-include-nuclear-
    power-plant-moons-surface-space-official-2025-04-23/ (last accessed 27 April
    2026).
    > 2f
    Note 2: Final statement of the participants of the inaugural meeting
    of the forum of supporters of the fight against modern practices of
    neocolonialism (20 February 2024). https://mid.ru/ru/foreign_policy/
    international_safety/1933116/ (last accessed 27 April 2026).
    >
    Paragraph 2 of section 2.
    Officially, Beijing denies that it has been providing military aid to Russia.
    Despite this, as Bloomberg reports, China-made drone technologies have been
    frequently found on the battlefield in Ukraine, and as the U.S. Department of
    State reported, as of the beginning of 2026 China has been providing Russia
    with about 80% of dual-use parts that Russia uses for military application.
    (note 4) And perhaps even more important is the fact that both countries
    expressed their interest to further deepen their military cooperation in
    future. Since 2022 Russia and China have concluded several agreements aimed
    at enhancing cooperation between the People’s Liberation Army (PLA) of China
    and either the Russian Armed Forces or the Russia-led security forces of the
    Collective Security Treaty Organisation (CSTO). These agreements state that
    the cooperation between the two countries’ military forces will contribute
    to building trust between China and Russia and help them to defend not only
    their national interests, but also to counteract any external attempts to
    destabilise Eurasia, and thus to preserve regional or even global security.
    > 11f
    Note 11: Joint Statement (2023).
    This is source 8a Joint Statement of the Russian Federation and the … (21
    March 2023) www.kremlin.ru
    same name, year 2023
    > 20f
    Note 20: Joint Statements 2022, 2023, 2024.
    This is source 7 Joint Statement of the Russian Federation and the … (4
    February 2022) en.kremlin.ru
    This is source 8a Joint Statement of the Russian Federation and the … (21
    March 2023) www.kremlin.ru
    This is source 8b Joint Statement of the Russian Federation and the … (16 May
    2024) www.kremlin.ru
    same name, years 2022, 2023, 2024
    > q
    ");
}

#[test]
fn keys_are_those_of_the_screen_and_may_follow_each_other() {
    let (config, _) = Config::parse("[keys.reading]\nx = \"next-section\"\n");
    let text = transcript(
        EVERYTHING,
        72,
        &config,
        &["xx", "/rests", "n", "2", ":two", "50%"],
    );
    insta::assert_snapshot!(text, @"
    Title: A Small Paper
    Ada Author
    1 minute to read · 2 notes
    Enter reads on, f reads a note, ? lists all keys, q quits.
    > xx
    Section 1, level 1: One
    Section 2, level 1: Two
    > /rests
    Match 1 of 1. Paragraph 1 of section 1.
    The second, (note 2) which rests on it.
    > n
    Match 1 of 1. Paragraph 1 of section 1.
    The second, (note 2) which rests on it.
    > 2
    Note 2: Smith, J. (2019) Title. Press.
    > :two
    Section 2, level 1: Two
    > 50%
    Quotation: A quotation.
    >
    ");
}

#[test]
fn what_means_nothing_here_is_said_in_one_line() {
    let typed = [
        "é",
        "p",
        "99f",
        "/nowhere",
        "n",
        "Ctrl-o",
        "G",
        "",
        "G\u{1b}[2J",
    ];
    let text = transcript(EVERYTHING, 72, &Config::default(), &typed);
    assert!(!text.contains('\u{1b}'));
    insta::assert_snapshot!(text, @"
    Title: A Small Paper
    Ada Author
    1 minute to read · 2 notes
    Enter reads on, f reads a note, ? lists all keys, q quits.
    > é
    “é” is no key here
    > p
    that key does nothing without a screen
    > 99f
    there is no note 99
    > /nowhere
    “nowhere” is not in this paper
    > n
    nothing has been searched for
    > Ctrl-o
    nowhere to go back to
    > G
    Note 2: Smith, J. (2019) Title. Press.
    >
    the end of the paper
    > G␛[2J
    Note 2: Smith, J. (2019) Title. Press.
    “␛[2J” is no key here
    >
    ");
}

#[test]
fn sentences_are_read_one_by_one() {
    let paper = "One is here. Two follows.[^1] Three ends.\n\nFour.\n\n[^1]: Note.\n";
    let text = transcript(
        paper,
        72,
        &Config::default(),
        &["g", "{", ")", ")", ")", ")"],
    );
    insta::assert_snapshot!(text, @"
    1 minute to read · 1 note
    Enter reads on, f reads a note, ? lists all keys, q quits.
    > g
    1 minute to read · 1 note
    > {
    the beginning of the paper
    > )
    One is here.
    > )
    Two follows. (note 1)
    > )
    Three ends.
    > )
    Four.
    >
    ");
}

/// What is said between the line that is typed so and the next prompt.
fn answer<'a>(transcript: &'a str, typed: &str) -> &'a str {
    let (_, after) = transcript.split_once(&format!("> {typed}\n")).unwrap();
    let mut lines = after.split_inclusive('\n');
    let is_said = |line: &&str| line.trim_end() != ">" && !line.starts_with("> ");
    let bytes: usize = lines.by_ref().take_while(is_said).map(str::len).sum();
    after.get(..bytes).unwrap().trim_end_matches('\n')
}

#[test]
fn a_line_that_nobody_can_have_typed_is_no_row_of_keys() {
    let pasted = format!("/{}{}", "x".repeat(5000), "q".repeat(9000));
    let typed = [pasted.as_str(), "]"];
    let text = transcript(EVERYTHING, 72, &Config::default(), &typed);
    let said = text.split("\n> ").nth(1).unwrap();
    assert_eq!(
        said.lines().last(),
        Some("a line of more than 4096 bytes is not read")
    );
    assert_eq!(answer(&text, "]"), "Section 1, level 1: One");
}

#[test]
fn several_blocks_are_read_until_the_end_which_is_said_once() {
    let paper = "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.\n\nSeven.\n";
    let text = transcript(
        paper,
        72,
        &Config::default(),
        &["g", "2d", "k", "2Space", "Space"],
    );
    let words = |typed| {
        let said = answer(&text, typed).lines();
        said.filter(|line| !line.starts_with("Paragraph"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(words("2d"), "One. Two. Three. Four. Five. Six.");
    assert_eq!(words("2Space"), "Six. Seven. the end of the paper");
    assert_eq!(words("Space"), "the end of the paper");
}

#[test]
fn a_search_begins_with_what_was_read_last_and_goes_on_from_where_the_reader_is() {
    let paper = "A mill here. And a mill there.\n\nNo word of it.\n\nThe mill again.\n";
    let typed = ["g", "", "/mill", "n", "", "", "N", "n"];
    let text = transcript(paper, 72, &Config::default(), &typed);
    let matches: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("Match"))
        .collect();
    assert_eq!(
        matches,
        [
            "Match 1 of 3. Paragraph 1 of section 1.",
            "Match 2 of 3. Paragraph 1 of section 1.",
            "Match 2 of 3. Paragraph 1 of section 1.",
            "Match 3 of 3. Paragraph 3 of section 1.",
        ]
    );
}

#[test]
fn what_is_found_in_a_note_is_said_to_be_in_that_note() {
    let paper = "# One\n\nA mill.[^b] And more.[^a]\n\n# Two\n\nNo word of it.\n\n\
                 [^a]: A mill of its own.\n[^b]: First.\n\n    Then the mill.\n";
    let text = transcript(paper, 72, &Config::default(), &["/mill", "n", "n"]);
    let said = text.lines().skip_while(|line| !line.contains("/mill"));
    let said: Vec<&str> = said.filter(|line| !line.starts_with('>')).collect();
    assert_eq!(
        said,
        [
            "Match 1 of 3. Paragraph 1 of section 1.",
            "A mill. (note 1)",
            "Match 2 of 3. Note 1.",
            "Then the mill.",
            "Match 3 of 3. Note 2.",
            "A mill of its own.",
        ]
    );
}

#[test]
fn keys_that_want_words_or_a_number_ask_for_them() {
    let text = transcript(
        EVERYTHING,
        72,
        &Config::default(),
        &["]", ":", "/", "%", ""],
    );
    assert!(answer(&text, ":").starts_with("type where to go"), "{text}");
    assert!(answer(&text, "/").starts_with("type the words"), "{text}");
    assert!(answer(&text, "%").starts_with("type a number"), "{text}");
    assert!(text.contains("Paragraph 1 of section 1."), "{text}");
}

#[test]
fn an_arrow_in_the_authors_words_stays_one() {
    let paper = "A.[^1] B.[^2]\n\n[^1]: Rossi, A. (2019) *From A → B*. Press.\n[^2]: Rossi 2019.\n";
    let text = transcript(paper, 72, &Config::default(), &["2"]);
    let said = answer(&text, "2").replace('\n', " ");
    assert!(said.contains("This is source 1"), "{said}");
    assert!(said.contains("From A → B"), "{said}");
}

#[test]
fn the_help_lists_every_key_that_does_something_here_and_no_other() {
    let keymap = Config::default().keymap;
    let help = transcript(EVERYTHING, 200, &Config::default(), &["?"]);
    for binding in keymap.bindings(Context::Reading) {
        // Here an empty line is Enter.
        let Some(key) = binding.first_key().filter(|key| *key != "Enter") else {
            continue;
        };
        let text = transcript(EVERYTHING, 200, &Config::default(), &[key, ""]);
        let does_nothing = text.contains(&format!("> {key}\nthat key does nothing"));
        let is_listed = answer(&help, "?")
            .lines()
            .any(|line| line.starts_with(&format!("{}: ", binding.keys)));
        assert_eq!(is_listed, !does_nothing, "{key}");
    }
}

#[test]
fn the_previous_sentence_is_read_before_the_previous_paragraph() {
    let paper = "Zero.\n\nOne is here. Two follows. Three ends.\n";
    let typed = ["g", "}", ")", ")", ")", "2(", "(", ""];
    let text = transcript(paper, 72, &Config::default(), &typed);
    assert_eq!(answer(&text, "2("), "One is here.");
    assert_eq!(answer(&text, "("), "Paragraph 1 of section 1.\nZero.");
}

#[test]
fn a_paragraph_that_is_only_a_marker_is_said_where_sentences_are_read() {
    let paper = "One.\n\n[^1]\n\n[^1]\n\nTwo.\n\n[^1]: Note.\n";
    let text = transcript(paper, 72, &Config::default(), &[")", ")", ")", ")", ")"]);
    let said: Vec<&str> = text.split("> )\n").skip(2).map(str::trim_end).collect();
    assert_eq!(
        said,
        [
            "One.",
            "Paragraph 2 of section 1.\n(note 1)",
            "Paragraph 3 of section 1.\n(note 1)",
            "Two.\n>",
        ]
    );
}

#[test]
fn a_section_without_a_heading_is_listed_as_that() {
    let paper = "---\ntitle: A Paper\n---\n\nBefore.\n\n# One\n\nText.\n";
    let text = transcript(paper, 72, &Config::default(), &["t", "q"]);
    assert!(
        answer(&text, "t").starts_with("Section 1, without a heading"),
        "{text}"
    );
}

#[test]
fn another_paper_that_cannot_be_read_is_said_in_a_line() {
    let text = transcript(EVERYTHING, 72, &Config::default(), &[":e nowhere.md", "]"]);
    assert!(
        answer(&text, ":e nowhere.md").contains("No such file"),
        "{text}"
    );
    assert_eq!(answer(&text, "]"), "Section 1, level 1: One");
}
