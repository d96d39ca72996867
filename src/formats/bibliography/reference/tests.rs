use super::super::Bibliography;
use super::*;

/// The reference with stars around what is set in italics.
fn set(work: &Details, form: ReferenceForm) -> String {
    let pieces = reference(work, form).into_iter();
    let marked = pieces.map(|piece| match piece.style {
        Some(_) => format!("*{}*", piece.text),
        None => piece.text,
    });
    marked.collect()
}

#[track_caller]
fn check(entry: &str, list: &str, note: &str, plain: &str) {
    let mut all = Bibliography::default();
    all.add("a.bib", entry.as_bytes()).unwrap();
    let work = all.get("k").expect("an entry");
    assert_eq!(set(&work, ReferenceForm::AuthorDate), list);
    assert_eq!(set(&work, ReferenceForm::Note), note);
    assert_eq!(set(&work, ReferenceForm::Plain), plain);
}

#[test]
fn a_book() {
    check(
        "@book{k, author={Smith, Jane and Ludwig van Beethoven}, title={On Notes: A Study}, year=1999, publisher={OUP}, address={Oxford}, edition={2}}",
        "Smith, Jane, and Ludwig van Beethoven. 1999. *On Notes: A Study*. 2nd ed. Oxford: OUP.",
        "Jane Smith and Ludwig van Beethoven, *On Notes: A Study*, 2nd ed. (Oxford: OUP, 1999)",
        "Smith, Jane; van Beethoven, Ludwig. 1999. On Notes: A Study. Oxford: OUP.",
    );
}

#[test]
fn an_article() {
    check(
        "@article{k, author={{WHO}}, title={Why?}, year=2020, journal={Journal}, volume=3, number=2, pages={1--9}, doi={10.1/x}}",
        "WHO. 2020. “Why?” *Journal* 3 (2): 1–9. https://doi.org/10.1/x.",
        "WHO, “Why?” *Journal* 3, no. 2 (2020): 1–9, https://doi.org/10.1/x",
        "WHO. 2020. Why? Journal 3(2). 1–9. https://doi.org/10.1/x.",
    );
}

#[test]
fn a_chapter() {
    check(
        "@incollection{k, author={A B and C D and E F}, title={Part}, booktitle={Whole}, editor={Jane Doe}, year=2010, pages={33-50}, publisher={P}}",
        "B, A, C D, and E F. 2010. “Part.” In *Whole*, edited by Jane Doe, 33–50. P.",
        "A B, C D, and E F, “Part,” in *Whole*, ed. Jane Doe (P, 2010), 33–50",
        "B, A; D, C; F, E. 2010. Part. Whole. 33–50. P.",
    );
}

#[test]
fn what_has_no_author_stands_under_its_title() {
    check(
        "@misc{k, title={A Declaration: In Parts}}",
        "*A Declaration: In Parts*. n.d.",
        "*A Declaration: In Parts* (n.d.)",
        "n.d. A Declaration: In Parts.",
    );
    check(
        "@book{k, editor={A B and C D}, title={Whole}, year={in press}}",
        "B, A, and C D, eds. in press. *Whole*.",
        "A B and C D, eds., *Whole* (in press)",
        "B, A; D, C. in press. Whole.",
    );
}

#[test]
fn a_page_of_the_web_and_a_newspaper_have_their_day() {
    check(
        "@online{k, author={Jane Doe}, title={Page}, date={2020-05-04}, url={https://a.org/b}}",
        "Doe, Jane. 2020. “Page.” 4 May. https://a.org/b.",
        "Jane Doe, “Page” (4 May 2020), https://a.org/b",
        "Doe, Jane. 2020. Page. https://a.org/b.",
    );
}

#[test]
fn works_are_called_by_their_people_and_year() {
    let mut all = Bibliography::default();
    let text = "@book{a, author={A and B and C}, year=1}@book{b, author={A, X and others}, date={1999a}}\
                @book{c, title={{On} X: Y}}@book{d, author={A B and C D}, date={2001-01}}";
    all.add("a.bib", text.as_bytes()).unwrap();
    let short = |key: &str| {
        let work = all.get(key).unwrap();
        format!("{} {}", people_in_short(&work), year_in_short(&work))
    };
    assert_eq!(
        ["a", "b", "c", "d"].map(short),
        ["A et al. 1", "A et al. 1999a", "On X n.d.", "B and D 2001"]
    );
}

#[test]
fn a_note_has_no_publisher_of_a_journal_and_no_letter_of_a_year() {
    check(
        "@article{k, author={A B}, title={\"Polywater\" and Sweat}, year=2022, month=jan, journal={Tests}, volume=11, publisher={Elsevier}, address={Oxford}}",
        "B, A. 2022. “‘Polywater’ and Sweat.” *Tests* 11. Oxford: Elsevier.",
        "A B, “‘Polywater’ and Sweat,” *Tests* 11 (2022)",
        "B, A. 2022. \"Polywater\" and Sweat. Tests 11. Oxford: Elsevier.",
    );
    let mut all = Bibliography::default();
    all.add("a.bib", b"@book{k, title={T}, year={2022b}}")
        .unwrap();
    let mut work = all.get("k").unwrap();
    work.year_letters = "c".to_owned();
    assert_eq!(set(&work, ReferenceForm::Note), "*T* (2022)");
}

#[test]
fn a_note_has_the_volume_of_a_book() {
    let mut work = Details {
        kind: SourceKind::Book,
        title: "T".to_owned(),
        volume: "1".to_owned(),
        edition: "2".to_owned(),
        date: Some(Date {
            year: 2001,
            letter: None,
            month: None,
            day: None,
        }),
        ..Details::default()
    };
    assert_eq!(
        set(&work, ReferenceForm::Note),
        "*T*, 2nd ed., vol. 1 (2001)"
    );
    work.kind = SourceKind::Chapter;
    work.container = "B".to_owned();
    work.edition.clear();
    assert_eq!(
        set(&work, ReferenceForm::Note),
        "“T,” in *B*, vol. 1 (2001)"
    );
}

#[test]
fn straight_marks_within_quotation_marks_are_changed_in_pairs() {
    for (title, inner) in [
        (
            "\"Polywater\" and (\"so\") Sweat",
            "‘Polywater’ and (‘so’) Sweat",
        ),
        ("Why \"so\" 12\" long?", "Why ‘so’ 12\" long?"),
        ("12\" and \"so\"", "12\" and ‘so’"),
        ("\"He said \"so\" then\"", "‘He said ‘so’ then’"),
        ("“So” and \"no end", "‘So’ and \"no end"),
    ] {
        assert_eq!(within_quotation(title), inner);
    }
}
