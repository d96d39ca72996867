//! Citations by key.

use crate::formats::markdown::read;
use crate::formats::outline::check_parsed;
use crate::formats::{CitationStyle, ReadOptions};
use crate::paper::{Parsed, SourceLocation};

const BIB: &str = r"
@book{smith2019, author = {Smith, Jane}, title = {On Notes}, year = 2019, publisher = {OUP}, abstract = {All of it.}}
@article{doe99, author = {Doe, Jo and Roe, Al}, title = {A Title}, journal = {Review}, volume = 3, pages = {1--9}, year = 1999}
@article{doe99b, author = {Doe, Jo and Roe, Al}, title = {B Title}, journal = {Review}, year = 1999}
@misc{law, title = {A Law: In Parts}}
";

fn parsed(text: &str, style: CitationStyle) -> Parsed {
    let beside = |name: &str| (name == "refs.bib").then(|| BIB.as_bytes().to_vec());
    let options = ReadOptions {
        beside: &beside,
        citations: style,
        ..ReadOptions::default()
    };
    read(
        &format!("---\nbibliography: refs.bib\n---\n{text}"),
        &options,
    )
}

/// The first paragraph as it is set by author and year.
#[track_caller]
fn check(text: &str, expected: &str) {
    let parsed = parsed(text, CitationStyle::Auto);
    let first = parsed.paper.blocks.iter().find(|block| block.paragraph > 0);
    assert_eq!(first.map(|block| block.text.as_str()), Some(expected));
    assert_eq!(parsed.problems, []);
}

#[test]
fn keys_are_set_by_author_and_year() {
    check("See [@smith2019].", "See (Smith 2019).");
    check(
        "See [@smith2019, pp. 33-35; see also @law, ch. 2].",
        "See (Smith 2019, 33–35; see also A Law n.d., ch. 2).",
    );
    check(
        "@smith2019 says, and @smith2019 [p. 33] too.",
        "Smith (2019) says, and Smith (2019, 33) too.",
    );
    check("Smith [-@smith2019, 3] says.", "Smith (2019, 3) says.");
    check("[see @smith2019 chap. 3]", "(see Smith 2019, chap. 3)");
    check("[@smith2019 p. **32**]", "(Smith 2019, 32)");
    check(
        "[see *also* @smith2019 for more]",
        "(see also Smith 2019 for more)",
    );
    check(
        "[@doe99; @doe99b]",
        "(Doe and Roe 1999a; Doe and Roe 1999b)",
    );
    check(
        "A[@smith2019]\nand [@smith2019,\n33] b.",
        "A(Smith 2019) and (Smith 2019, 33) b.",
    );
}

#[test]
fn what_stands_behind_a_citation_makes_no_link_of_it_but_for_a_label_that_is_defined() {
    check("See [@smith2019]:\nmore", "See (Smith 2019): more");
    check("[@smith2019]{ x", "(Smith 2019){ x");
    check("[@smith2019][@doe99] x", "(Smith 2019)(Doe and Roe 1999) x");
    check("[@smith2019][a] x", "(Smith 2019)[a] x");
    check("[@smith2019][^1] x\n\n[^1]: Note.", "(Smith 2019) x");
    let link = "[@smith2019][Lab] @smith2019 [lab] x\n\n[lab]: http://lab.org";
    check(link, "Smith (2019) Smith (2019) lab x");
}

#[test]
fn words_in_brackets_behind_a_key_stay_apart_from_it() {
    check("@smith2019 [for more]", "Smith (2019, for more)");
    check("@smith2019 [p. 3; 5]", "Smith (2019) [p. 3; 5]");
    check("@smith2019 [see @law]", "Smith (2019; see A Law n.d.)");
    check("@smith2019 [@law, 3] x", "Smith (2019; A Law n.d., 3) x");
    check("Smith -@smith2019 [p. 3]", "Smith (2019, 3)");
    let parsed = parsed(
        "[see @smith2019; @no2 x], @smith2019 [p. 3; @no3], @no4 [p. 3].",
        CitationStyle::Auto,
    );
    let text = "(see Smith 2019; @no2 x), Smith (2019, 3; @no3), @no4 [p. 3].";
    assert!(parsed.paper.blocks.iter().any(|block| block.text == text));
    let told: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
    let words = |key: &str| format!("line 4: @{key} is cited, but no bibliography has it");
    assert_eq!(told, ["no2", "no3", "no4"].map(words));
}

#[test]
fn what_stands_behind_a_key_that_stands_for_nothing_stays_in_brackets() {
    let text = |typed: &str, style| {
        let paper = parsed(typed, style).paper;
        let first = paper.blocks.iter().find(|block| block.paragraph > 0);
        let note = paper.notes.first();
        let note = note.map(|note| paper.blocks[note.blocks.start].text.as_str());
        (
            first.unwrap().text.clone(),
            note.unwrap_or_default().to_owned(),
        )
    };
    for (typed, set) in [
        (
            "@no4 [p. 3; @smith2019] says",
            "@no4 (p. 3; Smith 2019) says",
        ),
        ("@no4 [@smith2019] says", "@no4 (Smith 2019) says"),
        ("As -@no4 [p. 3; @smith2019]", "As (@no4 p. 3; Smith 2019)"),
        ("[@no4, p. 3; @smith2019]", "(@no4, p. 3; Smith 2019)"),
    ] {
        assert_eq!(text(typed, CitationStyle::Auto).0, set);
    }
    let (first, note) = text("@no4 [p. 3; @law] says", CitationStyle::Notes);
    assert_eq!(first, "@no4 says");
    assert_eq!(note, "@no4 p. 3; A Law: In Parts (n.d.).");
}

#[test]
fn words_around_a_key_begin_no_block() {
    check("[@smith2019, # a]", "(Smith 2019, # a)");
    check("[1. see @smith2019 - a]", "(1. see Smith 2019 - a)");
    check("[_see_ @smith2019, > a]", "(see Smith 2019, > a)");
}

#[test]
fn a_name_on_the_web_with_a_number_is_no_citation_where_no_bibliography_is_named() {
    let told = |text: &str| read(text, &ReadOptions::default()).problems.len();
    assert_eq!(told("- Mended by @name [1], and @other [#2].\n"), 0);
    assert_eq!(told("As @name [p. 1] says.\n"), 1);
    assert_eq!(
        parsed("As @name [1].", CitationStyle::Auto).problems.len(),
        1
    );
}

#[test]
fn the_first_place_of_a_work_is_one_that_cites_it() {
    let table = "| a                     |\n+=======================+\n| `@smith2019` x@law    |\n";
    let line = "+-----------------------+\n";
    let parsed = parsed(
        &format!(
            "A[^1].\n\n{line}{table}{line}\nB [@smith2019]. C [@law x@doe99]. D [@doe99].\n\n[^1]: Note.\n"
        ),
        CitationStyle::Notes,
    );
    let notes = parsed.paper.notes.iter();
    let notes: Vec<&str> = notes
        .map(|note| parsed.paper.blocks[note.blocks.start].text.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "Note.",
            "Jane Smith, On Notes (OUP, 2019).",
            "A Law: In Parts (n.d.) x@doe99.",
            "Jo Doe and Al Roe, “A Title,” Review 3 (1999): 1–9.",
        ]
    );
}

#[test]
fn works_are_called_by_whom_they_are_cited_by() {
    const BIB: &str = "---\nreferences:\n\
        - {id: c, type: chapter, title: Part, container-title: Whole, editor: [{family: E}], issued: 1991}\n\
        - {id: w, type: book, title: Whole, editor: [{family: E}], issued: 1991}\n---\n";
    let set = |style| {
        let options = ReadOptions {
            citations: style,
            ..ReadOptions::default()
        };
        read(&format!("{BIB}[@c] [@w] [@w]\n"), &options).paper
    };
    let paper = set(CitationStyle::Auto);
    assert!(
        paper
            .blocks
            .iter()
            .any(|block| block.text == "(“Part” 1991) (E 1991) (E 1991)")
    );
    let paper = set(CitationStyle::Notes);
    assert!(paper.blocks.iter().any(|block| block.text == "E, Whole."));
}

#[test]
fn letters_of_years_go_on_behind_z() {
    let works = (0..28).map(|at| {
        format!("- id: k{at}\n  title: T {at:02}\n  author:\n  - family: F\n  issued: 2001\n")
    });
    let works: String = works.collect();
    let keys: Vec<String> = (0..28).map(|at| format!("@k{at}")).collect();
    let text = format!("---\nreferences:\n{works}---\n[{}]", keys.join("; "));
    let paper = read(&text, &ReadOptions::default()).paper;
    let texts: Vec<&str> = paper
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    assert!(
        texts
            .iter()
            .any(|text| text.ends_with("; F 2001z; F 2001aa; F 2001ab)")),
        "{texts:#?}"
    );
    assert!(texts.contains(&"F. 2001ab. T 27."), "{texts:#?}");
}

#[test]
fn what_is_no_key_stays_as_it_is() {
    check(
        "me@smith2019 `@smith2019` \\@smith2019",
        "me@smith2019 @smith2019 @smith2019",
    );
    check("@somebody and a@b.org", "@somebody and a@b.org");
    check("[x](https://a.org/@smith2019)", "x");
}

#[test]
fn keys_stand_in_notes_cells_and_headings() {
    let text = "# H [@smith2019]\n\nA[^1]^[In @doe99.]\n\n| a |\n|---|\n| [@law] |\n\n[^1]: See @smith2019 [3].\n";
    let paper = parsed(text, CitationStyle::Auto).paper;
    let all: Vec<&str> = paper
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    for expected in [
        "H (Smith 2019)",
        "See Smith (2019, 3).",
        "In Doe and Roe (1999).",
        "a\n(A Law n.d.)",
    ] {
        assert!(all.contains(&expected), "{expected}\n{all:#?}");
    }
}

#[test]
fn what_is_cited_is_listed_and_leads_there() {
    let parsed = parsed("A [@smith2019; @doe99].\n\n# Works\n", CitationStyle::Auto);
    check_parsed(
        &parsed,
        "A (<Smith 2019 -> 4:0>; <Doe and Roe 1999 -> 3:0>).
# Works
Doe, Jo, and Al Roe. 1999. “A Title.” *Review* 3: 1–9.
Smith, Jane. 2019. *On Notes*. OUP.",
    );
    let keys: Vec<&str> = parsed
        .paper
        .references
        .iter()
        .map(|one| one.work.key.as_str())
        .collect();
    assert_eq!(keys, ["doe99", "smith2019"]);
}

#[test]
fn a_list_may_have_its_place_and_works_that_are_not_cited() {
    let text = "A [@smith2019].\n\n::: {#refs}\n:::\n\n# Appendix\n\nB [@law].\n";
    let parsed = parsed(&format!("{text}\nC\n"), CitationStyle::Auto);
    let titles: Vec<&str> = parsed
        .paper
        .sections
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    assert_eq!(titles, ["", "Appendix"]);
    assert_eq!(parsed.paper.references.len(), 2);
}

#[test]
fn a_style_of_notes_sets_notes() {
    let parsed = parsed(
        "A [@smith2019, p. 3]. B [see @smith2019; @law].\n\nC[^1].\n\n[^1]: In [@doe99].\n",
        CitationStyle::Notes,
    );
    let notes: Vec<&str> = parsed
        .paper
        .notes
        .iter()
        .map(|note| parsed.paper.blocks[note.blocks.start].text.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "Jane Smith, On Notes (OUP, 2019), 3.",
            "See Smith, On Notes; A Law: In Parts (n.d.).",
            "In (Jo Doe and Al Roe, “A Title,” Review 3 (1999): 1–9).",
        ]
    );
    assert_eq!(
        parsed
            .paper
            .blocks
            .iter()
            .find(|block| block.paragraph > 0)
            .map(|block| block.text.as_str()),
        Some("A. B.")
    );
}

#[test]
fn the_marker_of_a_citation_stands_behind_a_point_or_a_comma() {
    let text = "A [@smith2019], b [@law]. C @doe99, d “e [@law].” F [@law]... *g [@law].* h [@law]";
    let parsed = parsed(text, CitationStyle::Notes);
    let block = parsed
        .paper
        .blocks
        .iter()
        .find(|it| it.paragraph > 0)
        .unwrap();
    let mut shown = block.text.clone();
    for marker in block.markers.iter().rev() {
        shown.insert(marker.offset, '°');
    }
    assert_eq!(shown, "A,° b.° C Doe and Roe,° d “e.°” F°... g.° h°");
}

#[test]
fn a_point_that_is_there_already_is_not_set_twice() {
    let text = "He et al. [@law]. She “so.” [@law].";
    let parsed = parsed(text, CitationStyle::Notes);
    let block = parsed.paper.blocks.iter().find(|it| it.paragraph > 0);
    assert_eq!(
        block.map(|block| block.text.as_str()),
        Some("He et al. She “so.”")
    );
}

#[test]
fn the_first_note_has_a_reference_in_full_wherever_notes_are_defined() {
    let parsed = parsed(
        "A[^1]. B [@smith2019]. C @doe99 says.\n\n[^1]: See @smith2019 [3]; cf. [@doe99; @doe99, 4].\n",
        CitationStyle::Notes,
    );
    let notes: Vec<&str> = parsed
        .paper
        .notes
        .iter()
        .map(|note| parsed.paper.blocks[note.blocks.start].text.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "See Jane Smith, On Notes (OUP, 2019), 3; cf. (Jo Doe and Al Roe, “A Title,” Review 3 (1999): 1–9; Doe and Roe, “A Title,” 4).",
            "Smith, On Notes.",
            "Doe and Roe, “A Title.”",
        ]
    );
}

#[test]
fn keys_of_tables_that_stand_for_nothing_are_told_too() {
    let text = "+-----------------------+\n| [@none; @smith2019]   |\n+=======================+\n| a                     |\n+-----------------------+\n\n  a        b\n  -------- ---\n  [@no2]   c\n";
    let told: Vec<String> = parsed(text, CitationStyle::Auto)
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    let words =
        |line: u32, key: &str| format!("line {line}: @{key} is cited, but no bibliography has it");
    assert_eq!(told, [words(4, "none"), words(10, "no2")]);
}

#[test]
fn keys_that_stand_for_nothing_are_told() {
    let parsed = parsed(
        "A [@smith2019; @none].\n\nB [@none] [@other].\n",
        CitationStyle::Auto,
    );
    let told: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 4: @none is cited, but no bibliography has it",
            "line 6: @other is cited, but no bibliography has it"
        ]
    );
    let bare = read("A [@a] [@b] me@x.org @c.\n", &ReadOptions::default());
    assert_eq!(
        bare.paper.blocks.last().map(|block| block.text.as_str()),
        Some("A [@a] [@b] me@x.org @c.")
    );
    assert_eq!(bare.problems.len(), 1);
    let lost = read(
        "---\nbibliography: [../a.bib, b.bib]\n---\nText.",
        &ReadOptions::default(),
    );
    assert_eq!(lost.problems.len(), 2);
}

#[test]
fn works_stand_in_the_metadata_too() {
    let text = "---\nreferences:\n- id: a\n  title: T\n  author:\n  - family: F\n  issued:\n    year: 2001\n---\n[@a]";
    let paper = read(text, &ReadOptions::default()).paper;
    assert_eq!(
        paper.references.first().map(|one| one.work.title.as_str()),
        Some("T")
    );
    assert!(paper.blocks.iter().any(|block| block.text == "(F 2001)"));
}

#[test]
fn a_key_that_no_bibliography_has_leaves_the_places_before_it_alone() {
    let parsed = crate::formats::markdown::parse("a\n\nb\n\nc [@smith2020]\n");
    let lines = parsed.paper.blocks.iter().map(|block| block.location);
    let lines: Vec<SourceLocation> = lines.filter(|location| location.is_known()).collect();
    assert_eq!(lines, [1, 3, 5].map(SourceLocation::Line));
    assert_eq!(parsed.problems[0].location, SourceLocation::Line(5));
}
