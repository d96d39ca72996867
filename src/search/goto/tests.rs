use super::*;
use crate::formats::markdown::parse;
use crate::paper::PageStart;

const PAPER: &str = "\
# Introduction

First.[^1]

Second.[^2]

# Über Straßen

Third.[^12]

# Conclusion: on earth

Fourth.

[^1]: One.
[^2]: Two.
[^12]: Twelve.
";

/// Checks what a query offers to a reader of the section with this title, in the paper with
/// two sources and two bookmarks.
#[track_caller]
fn check_in(section: &str, query: &str, expected: &[&str]) {
    let paper = parse(PAPER).paper;
    let section = paper
        .sections
        .iter()
        .find(|it| it.title == section)
        .unwrap();
    let named = |what, name: &str| NamedPlace {
        what,
        name: name.to_owned(),
        position: Position::default(),
    };
    let named = [
        named(PlaceKind::Source, "8a"),
        named(PlaceKind::Source, "8b"),
        named(PlaceKind::Bookmark, "read again"),
        named(PlaceKind::Bookmark, "8 bees"),
    ];
    let from = Position::start_of(BlockId(section.blocks.start));
    let places: Vec<String> = rank(query, &paper, from, &named)
        .iter()
        .map(|place| {
            let block = paper.block(place.position.block).unwrap();
            let there = match place.what {
                PlaceKind::Note | PlaceKind::Paragraph => format!(": {}", block.text),
                _ => String::new(),
            };
            format!("{} ({}){there}", place.name, place.what.words())
        })
        .collect();
    assert_eq!(places, expected);
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    check_in("Introduction", query, expected);
}

#[test]
fn a_section_is_found_by_a_few_letters_of_it() {
    check("intr", &["Introduction (section)"]);
    check("itn", &["Introduction (section)"]);
    check("earth", &["Conclusion: on earth (section)"]);
    check("earth concl", &["Conclusion: on earth (section)"]);
}

#[test]
fn case_and_accents_do_not_count() {
    check("UBER", &["Über Straßen (section)"]);
    check("strassen", &["Über Straßen (section)"]);
    check("über", &["Über Straßen (section)"]);
}

#[test]
fn a_bookmark_is_found_by_its_label() {
    check("again", &["read again (bookmark)"]);
}

#[test]
fn a_source_comes_before_what_has_its_letters_by_chance() {
    check("8b", &["8b (source)", "8 bees (bookmark)"]);
    check("8B", &["8b (source)", "8 bees (bookmark)"]);
    check(
        "8",
        &[
            "8% (of the text)",
            "8a (source)",
            "8b (source)",
            "8 bees (bookmark)",
        ],
    );
}

#[test]
fn a_note_is_found_by_its_number() {
    check("n2", &["n2 (note): Two."]);
    check("n1", &["n1 (note): One.", "n12 (note): Twelve."]);
    check("n 12", &["n12 (note): Twelve."]);
    check("n3", &[]);
}

#[test]
fn a_paragraph_is_one_of_the_section_that_is_read() {
    check("¶2", &["¶ 2 (paragraph of this section): Second."]);
    check("p2", &["¶ 2 (paragraph of this section): Second."]);
    check_in(
        "Über Straßen",
        "¶ 1",
        &["¶ 1 (paragraph of this section): Third."],
    );
    check_in("Über Straßen", "¶2", &[]);
    check("¶0", &[]);
    check("¶", &[]);
}

#[test]
fn a_bare_number_is_a_note_a_paragraph_or_a_percentage() {
    check(
        "2",
        &[
            "n2 (note): Two.",
            "¶ 2 (paragraph of this section): Second.",
            "2% (of the text)",
        ],
    );
    check("50", &["50% (of the text)"]);
}

#[test]
fn a_page_comes_before_a_paragraph_where_the_paper_has_pages() {
    let mut paper = parse(PAPER).paper;
    let second = paper.blocks.iter().position(|it| it.text == "Second.");
    let position = Position::start_of(BlockId(second.unwrap()));
    paper.pages = vec![PageStart {
        sheet: None,
        label: "2".to_owned(),
        position,
    }];
    let found = |query| {
        let places = rank(query, &paper, Position::start_of(BlockId(1)), &[]);
        let places = places.into_iter().map(|it| (it.what, it.name, it.position));
        places.collect::<Vec<_>>()
    };
    for query in ["p2", "p. 2", "page 2"] {
        let page = (PlaceKind::Page, "p. 2".to_owned(), position);
        assert_eq!(found(query)[0], page, "{query}");
    }
    assert_eq!(found("p2")[1].0, PlaceKind::Paragraph);
    assert!(found("p7").is_empty());
}

#[test]
fn a_mistyped_letter_is_forgiven_in_names() {
    let paper = parse(PAPER).paper;
    let near = |query| {
        let places = rank_nearly(query, &paper, &[]).into_iter();
        places.map(|place| place.name).collect::<Vec<_>>()
    };
    assert_eq!(near("introducton"), ["Introduction"]);
    assert_eq!(near("earht conc"), ["Conclusion: on earth"]);
    assert_eq!(near("strasen"), ["Über Straßen"]);
    assert_eq!(near("zzzz"), [""; 0]);
}

#[test]
fn a_percentage_is_a_part_of_the_text() {
    check("42%", &["42% (of the text)"]);
    check("42 %", &["42% (of the text)"]);
    check("101%", &[]);
    check("%", &[]);
    let paper = parse(PAPER).paper;
    let at = |query| rank(query, &paper, Position::default(), &[])[0].position;
    assert_eq!(at("0%"), Position::default());
    let half = &paper.blocks[at("50%").block.0];
    assert_eq!(half.text, "Second.");
    let last = &paper.blocks[at("100%").block.0];
    assert_eq!(last.text, "Fourth.");
}

#[test]
fn a_place_in_a_percentage_is_the_start_of_a_word() {
    let paper = parse("One two\u{a0}three four five six seven eight nine ten.").paper;
    for percent in 0..=100 {
        let query = format!("{percent}%");
        let at = rank(&query, &paper, Position::default(), &[])[0].position;
        let before = paper.blocks[at.block.0].text.get(..at.offset).unwrap();
        assert!(
            before.is_empty() || before.ends_with(char::is_whitespace),
            "{before}"
        );
    }
}

#[test]
fn names_may_be_spelt_out() {
    let first = |query| rank(query, &parse(PAPER).paper, Position::default(), &[])[0].clone();
    assert_eq!(first("note 12").name, "n12");
    assert_eq!(first("§ intro").name, "Introduction");
}

#[test]
fn a_note_is_found_by_its_label_and_where_it_is_cited_if_it_is_nowhere_defined() {
    let paper = parse("One[^smith] two[^nowhere].\n\n[^smith]: Smith.\n").paper;
    let position = |query| {
        let places = rank(query, &paper, Position::default(), &[]);
        places.first().map(|place| (place.what, place.position))
    };
    let smith = BlockId(paper.notes[0].blocks.start);
    assert_eq!(
        position("smith"),
        Some((PlaceKind::Note, Position::start_of(smith)))
    );
    assert_eq!(position("nsmith"), position("smith"));
    if let Some(nowhere) = paper.note_labelled("nowhere") {
        let cited = paper.notes[nowhere.0].cited_in[0];
        assert_eq!(position("nowhere"), Some((PlaceKind::Note, cited)));
    }
}

#[test]
fn a_source_is_found_by_its_first_words_after_all_names() {
    let paper = parse("# On turns\n\nText.[^1]\n\n[^1]: Anna Turner, *Returns* (2020).\n").paper;
    let note = BlockId(paper.notes[0].blocks.start);
    let source = NamedPlace {
        what: PlaceKind::Source,
        name: "1".to_owned(),
        position: Position::start_of(note),
    };
    let found = |query| {
        let places = rank(
            query,
            &paper,
            Position::default(),
            std::slice::from_ref(&source),
        );
        places
            .into_iter()
            .map(|place| place.what)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("turn"), [PlaceKind::Section, PlaceKind::Source]);
    assert_eq!(found("turne"), [PlaceKind::Source]);
    // A word of the source goes before letters that stand apart in a heading.
    assert_eq!(found("tur"), [PlaceKind::Section, PlaceKind::Source]);
    assert_eq!(found("ret"), [PlaceKind::Source]);
    assert_eq!(found("ons"), [PlaceKind::Section]);
    assert_eq!(found("urner"), []);
}

#[test]
fn a_word_of_a_source_goes_before_letters_that_stand_apart() {
    let text =
        "# Kinds of rage in letters\n\nText.[^1]\n\n[^1]: Philip Kragel, *Returns* (2020).\n";
    let paper = parse(text).paper;
    let source = NamedPlace {
        what: PlaceKind::Source,
        name: "1".to_owned(),
        position: Position::start_of(BlockId(paper.notes[0].blocks.start)),
    };
    let places = rank("kragel", &paper, Position::default(), &[source]);
    let kinds: Vec<PlaceKind> = places.iter().map(|place| place.what).collect();
    assert_eq!(kinds, [PlaceKind::Source, PlaceKind::Section]);
}

#[test]
fn nothing_typed_means_every_section_and_name_in_order() {
    check(
        "",
        &[
            "Introduction (section)",
            "Über Straßen (section)",
            "Conclusion: on earth (section)",
            "Notes (section)",
            "8a (source)",
            "8b (source)",
            "read again (bookmark)",
            "8 bees (bookmark)",
        ],
    );
}

#[test]
fn names_of_any_length_are_ranked() {
    let paper = parse(&format!("# {}\n\ntext\n", "long é ".repeat(50_000))).paper;
    let places = rank(&"long é ".repeat(10_000), &paper, Position::default(), &[]);
    assert_eq!(places.len(), 1);
    assert_eq!(rank("\\ \\", &paper, Position::default(), &[]), []);
}

#[test]
fn a_number_of_a_note_is_before_the_same_label_of_another() {
    let paper = parse("A[^2] B[^a].\n\n[^2]: One.\n\n[^a]: Two.\n").paper;
    let text = |name: &str| {
        let place = place_named(&paper, name)?;
        Some(paper.block(place.block)?.text.as_str())
    };
    assert_eq!(text("n2"), Some("Two."));
    assert_eq!(text("n1"), Some("One."));
    assert_eq!(text("na"), Some("Two."));
}

#[test]
fn a_page_that_there_is_not_is_answered_with_those_that_there_are() {
    let mut paper = parse(PAPER).paper;
    assert_eq!(numbers_there_are("p12", &paper), None);
    paper.pages = ["", "iv", "5", "6", ""].map(page_called).to_vec();
    for query in ["p12", "p. 12", "page 12", "P 12"] {
        let said = numbers_there_are(query, &paper);
        assert_eq!(said.as_deref(), Some("no page 12: the pages are iv to 6"));
    }
    assert_eq!(numbers_there_are("p", &paper), None);
    assert_eq!(numbers_there_are("planet 12", &paper), None);
}

fn page_called(label: &str) -> PageStart {
    PageStart {
        label: label.to_owned(),
        position: Position::default(),
        sheet: None,
    }
}
