use super::*;
use crate::export::keys::keys;
use crate::formats::markdown::parse;
use crate::formats::{Bibliography, embedded};

const NOTE: &str = "Mary Jones and Peter Brown, “A Study of Trade & {Tax}: 100 %,” in *The \
                    Handbook of Trade*, ed. Jane Doe (London: Routledge, 2010), 33–50.";

fn written(dialect: BibFlavour) -> String {
    let paper = parse(&format!("Word[^1].\n\n[^1]: {NOTE}\n")).paper;
    let mut out = Vec::new();
    write_sources(&Sources::read(&paper), dialect, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_entry_has_the_fields_of_its_dialect() {
    let written = written(BibFlavour::BibLatex);
    for line in [
        "@incollection{jones2010study,",
        "  author = {Jones, Mary and Brown, Peter},",
        "  editor = {Doe, Jane},",
        "  booktitle = {The {Handbook} of {Trade}},",
        "  pages = {33--50},",
        "  location = {London},",
        "  date = {2010},",
    ] {
        assert!(
            written.lines().any(|other| other == line),
            "{line}\n{written}"
        );
    }
    assert!(super::tests::written(BibFlavour::BibTex).contains("  address = {London},\n"));
}

#[test]
fn what_latex_would_take_for_its_own_is_escaped_and_braces_pair() {
    let written = written(BibFlavour::BibTex);
    assert!(written.contains("{Trade} \\& \\textbraceleft{}{Tax}\\textbraceright{}: 100 \\%"));
    let count = |mark| written.matches(mark).count();
    assert_eq!(count('{'), count('}'));
}

#[test]
fn a_single_name_is_no_organisation_and_the_citation_begins_with_itself() {
    let text = "1[^1] 2[^2].\n\n[^1]: See also Plato, *The Republic* (Oxford: OUP, 1990).\n\n\
                [^2]: OECD, *Trade Report* (Paris: OECD, 1991).\n";
    let mut out = Vec::new();
    write_sources(
        &Sources::read(&parse(text).paper),
        BibFlavour::BibTex,
        &mut out,
    )
    .unwrap();
    let written = String::from_utf8(out).unwrap();
    assert!(written.contains("  author = {Plato},\n"), "{written}");
    assert!(written.contains("  author = {{OECD}},\n"), "{written}");
    assert!(
        written.contains("  note = {Plato, The Republic (Oxford: OUP, 1990)"),
        "{written}"
    );
}

#[test]
fn signs_that_tex_would_join_are_read_back_as_they_were() {
    for text in [
        "git --amend, ---, a–b",
        "He said ''so''",
        "``Quoted'' Words",
        "--A--B-- --C",
        "{Braces} A {B",
        "Élan, 'Vital' Ünder É",
    ] {
        let entry = format!("@book{{k, title = {{{}}}}}", title(text));
        let mut bibliography = Bibliography::default();
        bibliography.add("a.bib", entry.as_bytes()).unwrap();
        assert_eq!(bibliography.get("k").unwrap().title, text, "{entry}");
    }
}

#[test]
fn the_words_of_a_title_that_have_capitals_keep_them() {
    for (text, written) in [
        ("Bayesian inference of trees", "Bayesian inference of trees"),
        ("iPhone and the World", "{iPhone} and the {World}"),
        ("DNA: A study", "{DNA}: {A} study"),
        (
            "On Long-Term (Mental) Health Care",
            "On {Long-Term} ({Mental}) {Health Care}",
        ),
    ] {
        assert_eq!(title(text), written);
    }
}

#[test]
fn names_are_read_back_as_they_were() {
    let person = |family: &str, given: &str, suffix: &str| Name::Person {
        family: family.to_owned(),
        given: given.to_owned(),
        suffix: suffix.to_owned(),
    };
    let names = [
        person("Plato", "", ""),
        person("King", "Martin Luther", "Jr."),
        person("van Beethoven", "Ludwig", ""),
        Name::Whole("Barnes and Noble, Inc.".to_owned()),
    ];
    let read_back = |names: &[Name]| {
        let text = format!("@book{{k, author = {{{}}}}}", people(names, false));
        let mut bibliography = Bibliography::default();
        bibliography.add("a.bib", text.as_bytes()).unwrap();
        bibliography.get("k").unwrap().authors
    };
    assert_eq!(read_back(&names), names);
    // Without given names, what stands behind a family name is of it for certain only in braces.
    let names = [person("García Márquez", "", ""), person("King", "", "Jr.")];
    assert_eq!(people(&names, false), "{García Márquez} and {King Jr.}");
    let whole = ["García Márquez", "King Jr."].map(|name| Name::Whole(name.to_owned()));
    assert_eq!(read_back(&names), whole);
}

#[test]
fn a_key_is_written_without_what_bibtex_cannot_hold_and_no_two_are_alike() {
    let details = Details::default();
    let works = ["a b", "x,AB", "a-b", "a{b", "a-b"].map(|key| KeyedWork {
        key: key.to_owned(),
        details: &details,
        text: "",
    });
    let mut out = Vec::new();
    write_works(&works, BibFlavour::BibTex, &mut out).unwrap();
    let written = String::from_utf8(out).unwrap();
    let keys = written
        .lines()
        .filter_map(|line| line.strip_prefix("@misc{"));
    let keys: Vec<&str> = keys.collect();
    assert_eq!(keys, ["a-bb,", "x-AB,", "a-b,", "a-bc,", "a-ba,"]);
}

/// Writes the sources of a paper in each form that opcit reads, and reads them back.
fn hold_what_is_read_back(sources: &Sources) {
    let keys = keys(sources);
    let (mut biblatex, mut bibtex, mut csl) = (Vec::new(), Vec::new(), Vec::new());
    write_sources(sources, BibFlavour::BibLatex, &mut biblatex).unwrap();
    write_sources(sources, BibFlavour::BibTex, &mut bibtex).unwrap();
    crate::export::csl::write_sources(sources, &mut csl).unwrap();
    for (name, bytes) in [("a.bib", biblatex), ("b.bib", bibtex), ("a.json", csl)] {
        let mut read = Bibliography::default();
        read.add(name, &bytes).unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), keys, "{name}");
        for (source, key) in sources.all().iter().zip(&keys) {
            let (was, is) = (&source.details, read.get(key).unwrap());
            let what = format!("{name} {key}");
            assert_eq!(is.authors, was.authors, "{what}");
            assert_eq!(is.editors, was.editors, "{what}");
            assert_eq!(is.title, was.title, "{what}");
            assert_eq!((&is.volume, &is.pages), (&was.volume, &was.pages), "{what}");
            assert_eq!((&is.url, &is.doi), (&was.url, &was.doi), "{what}");
            // BibLaTeX has no publisher in a journal.
            let is_latex = name == "a.bib";
            let is_in_journal = matches!(was.kind, SourceKind::Article | SourceKind::Newspaper);
            if !(is_in_journal && is_latex) {
                assert_eq!(is.publisher, was.publisher, "{what}");
                assert_eq!(is.place, was.place, "{what}");
            }
            // The letters of years are the paper's own: styles give them anew.
            let mut date = was.date.map(|date| Date {
                letter: None,
                ..date
            });
            // BibTeX has no field for a day, and no kind for a judgment, whose reporter is a
            // container there.
            if name == "b.bib" {
                date = date.map(|date| Date { day: None, ..date });
            } else {
                assert_eq!(is.container, was.container, "{what}");
            }
            assert_eq!(is.date, date, "{what}");
        }
    }
}

#[test]
fn what_is_written_of_the_carried_paper_is_read_back_as_it_was() {
    hold_what_is_read_back(&Sources::read(&parse(embedded()).paper));
}

#[test]
fn what_is_written_of_papers_in_many_styles_is_read_back_as_it_was() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/citations/papers");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            let sources = Sources::read(&parse(&text).paper);
            if !sources.all().is_empty() {
                hold_what_is_read_back(&sources);
                count += 1;
            }
        }
    }
    assert!(count > 20);
}
