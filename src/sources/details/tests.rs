//! Fields, against what a reader takes references to say: `tests/data/citations/fields.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::super::{Name, Sources};
use super::Details;
use crate::formats::markdown::parse;

#[derive(Debug, Default)]
struct Score {
    wanted: usize,
    right: usize,
    wrong: usize,
}

fn names(names: &[Name]) -> String {
    let each = names.iter().map(|name| match name {
        Name::Whole(name) => format!("={name}"),
        Name::Person { family, given, .. } if given.is_empty() => family.clone(),
        Name::Person { family, given, .. } => format!("{family}, {given}"),
    });
    each.collect::<Vec<_>>().join(" | ")
}

fn fields(details: &Details) -> BTreeMap<&'static str, String> {
    let date =
        |date: Option<crate::paper::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let year = details.date.map(|date| date.year.to_string());
    BTreeMap::from([
        ("type", details.kind.name().to_owned()),
        ("author", names(&details.authors)),
        ("editor", names(&details.editors)),
        ("translator", names(&details.translators)),
        ("court", details.court.clone()),
        ("title", details.title.clone()),
        ("container", details.container.clone()),
        ("volume", details.volume.clone()),
        ("issue", details.issue.clone()),
        ("pages", details.pages.clone()),
        ("edition", details.edition.clone()),
        ("publisher", details.publisher.clone()),
        ("place", details.place.clone()),
        ("reporter", details.reporter.clone()),
        ("number", details.number.clone()),
        ("year", year.unwrap_or_default()),
        ("accessed", date(details.accessed)),
        ("doi", details.doi.clone()),
        ("isbn", details.isbn.clone()),
        ("arxiv", details.arxiv.clone()),
        ("ecli", details.ecli.clone()),
        ("celex", details.celex.clone()),
        ("url", details.url.clone()),
    ])
}

/// Fields that a citation may well say though the facts leave them out.
const UNSAID: [&str; 6] = ["type", "url", "volume", "pages", "number", "reporter"];

#[test]
fn fields_are_what_a_reader_takes_them_for_or_are_left_out() {
    let file = include_str!("../../../tests/data/citations/fields.txt");
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut failures = String::new();
    for line in file.lines().filter(|line| line.contains(" => ")) {
        let (text, facts) = line.rsplit_once(" => ").unwrap();
        let paper = parse(&format!("Word[^1].\n\n[^1]: {text}\n")).paper;
        let sources = Sources::read(&paper);
        let wanted: BTreeMap<&str, &str> = facts
            .split("; ")
            .map(|fact| fact.split_once('=').unwrap())
            .collect();
        let found = sources.all().first().map(|source| fields(&source.details));
        let found = found.unwrap_or_default();
        for (key, value) in &wanted {
            scores.entry((*key).to_owned()).or_default().wanted += 1;
            if found.get(key).is_none_or(String::is_empty) {
                writeln!(failures, "left out {key}={value}\n    {text}").unwrap();
            }
        }
        for (key, value) in found.iter().filter(|(_, value)| !value.is_empty()) {
            let score = scores.entry((*key).to_owned()).or_default();
            match wanted.get(key) {
                Some(wanted) if wanted == value => score.right += 1,
                None if UNSAID.contains(key) => {}
                // A name that is given whole claims nothing about its parts.
                Some(_) if value.starts_with('=') => {}
                wanted => {
                    score.wrong += 1;
                    writeln!(
                        failures,
                        "WRONG {key}={value}, wanted {wanted:?}\n    {text}"
                    )
                    .unwrap();
                }
            }
        }
    }
    for (key, score) in &scores {
        println!(
            "{key:10} {:3} wanted {:3} right {:3} wrong",
            score.wanted, score.right, score.wrong
        );
    }
    println!("{failures}");
    let sum = |of: fn(&Score) -> usize| scores.values().map(of).sum::<usize>();
    assert_eq!(sum(|score| score.wrong), 0);
    assert!(sum(|score| score.right) * 100 >= sum(|score| score.wanted) * 95);
}

#[test]
fn without_fields_the_sources_are_the_same_but_for_them() {
    let paper = parse(crate::formats::embedded()).paper;
    let mut whole = Sources::read(&paper);
    assert!(
        whole
            .all()
            .iter()
            .any(|one| *one.details != Details::default())
    );
    whole
        .all
        .iter_mut()
        .for_each(|one| one.details = Arc::default());
    assert_eq!(Sources::read_without_details(&paper), whole);
}

#[test]
fn what_a_judgment_quotes_or_what_became_of_it_gives_no_field_of_it() {
    let paper = parse(
        "A.[^1] B.[^2]\n\n\
         [^1]: Roe v. Wade, 410 U.S. 113, 120 (1973) (“We hold so.” (quoting Doe v. Bolton, 410 U.S. 179, 180 (1972))).\n\
         [^2]: Foo v. Bar, 367 F.3d 212, 226 (4th Cir. 1990), *aff’d*, 500 U.S. 1 (1991).\n",
    )
    .paper;
    let sources = Sources::read(&paper);
    let read = sources.all().iter().map(|source| {
        let details = &source.details;
        let year = details.date.map(|date| date.year);
        (details.title.clone(), year, details.court.clone())
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            ("Roe v. Wade".to_owned(), Some(1973), String::new()),
            ("Foo v. Bar".to_owned(), Some(1990), "4th Cir.".to_owned()),
        ]
    );
}

#[test]
fn a_judgment_whose_report_stands_behind_its_year_has_both() {
    let paper = parse(
        "A.[^1] B.[^2]\n\n\
         [^1]: *R. v. Oakes* (1986), 26 D.L.R. (4th) 200 (citing *R. v. Big M* (1985), 18 D.L.R. (4th) 321).\n\
         [^2]: *Osman v. United Kingdom* (1998) 29 E.H.R.R. 245.\n",
    )
    .paper;
    let sources = Sources::read(&paper);
    let read = sources.all().iter().map(|source| {
        let found = fields(&source.details);
        ["year", "volume", "reporter", "pages"].map(|field| found[field].clone())
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            ["1986", "26", "D.L.R. (4th)", "200"],
            ["1998", "29", "E.H.R.R.", "245"],
        ]
    );
}

#[test]
fn a_sentence_is_no_author_a_congress_no_volume_and_jr_no_title() {
    let paper = parse(
        "A.[^1] B.[^2] C.[^3] D.[^4]\n\n\
         [^1]: This holds true for both civilian and military procurement systems. See generally Office of the Under Sec'y of Def. for Acquisition, Report of the Board (2009).\n\
         [^2]: *Examining the Plan for Eliminating Spending: Hearing Before the S. Subcomm. on Sec.*, 112th Cong. 3 (2011).\n\
         [^3]: Ralph C. Nash, Jr., Solutions-Based Contracting: A Better Way?, 11 Nash & Cibinic Rep. ¶ 17, at 60 (Apr. 1997).\n\
         [^4]: Vivek Kundra, White House, 25 Point Implementation Plan to Reform Information Technology Management 17 (2010).\n",
    )
    .paper;
    let sources = Sources::read(&paper);
    let read = sources.all().iter().map(|source| {
        let found = fields(&source.details);
        ["author", "title", "volume"].map(|field| found.get(field).cloned().unwrap_or_default())
    });
    // What is a body between a name and a title, and what the title, nothing tells in the last.
    let [hearing, nash, [kundra, _, volume]] = read.collect::<Vec<_>>().try_into().unwrap();
    let title =
        "Examining the Plan for Eliminating Spending: Hearing Before the S. Subcomm. on Sec.";
    assert_eq!(hearing, ["", title, ""]);
    assert_eq!(nash, ["Nash, Ralph C.", "", ""]);
    assert_eq!([kundra.as_str(), volume.as_str()], ["Kundra, Vivek", ""]);
}

#[test]
fn an_agency_is_a_journal_or_a_publisher_and_not_both() {
    let sources = Sources::read(&parse(crate::formats::embedded()).paper);
    let mut agency = sources.all().iter().map(|source| &source.details);
    let details = agency
        .find(|details| details.container == "The Associated Press")
        .unwrap();
    assert_eq!(details.publisher, "");
}

/// The fields of the first source of a note.
fn details_of(note: &str) -> Details {
    let paper = parse(&format!("Word[^1].\n\n[^1]: {note}\n")).paper;
    let sources = Sources::read(&paper);
    sources.all().first().unwrap().details.as_ref().clone()
}

#[test]
fn of_sources_in_brackets_within_sentences_each_has_its_own_fields() {
    let prose = "There is at least one paper by researchers (J. Song et al., “The National Project,” \
                 *Forensic Science* 216 (2012): 168–82, https://doi.org/10.1016/j.a.2011.09.016) which \
                 discusses measurement of the standard bullet, but there are no error rates. Similarly, \
                 methods of others (Michael Heizmann, “Comparison of Marks,” in *AeroSense*, ed. Zeno \
                 Geradts (Orlando, 2002), 80–91) may have been adopted by them.";
    let paper = parse(&format!("Word[^1].\n\n[^1]: {prose}\n")).paper;
    let sources = Sources::read(&paper);
    let read: Vec<_> = sources
        .all()
        .iter()
        .map(|source| {
            let details = &source.details;
            let year = details.date.map(|date| date.year);
            (details.title.as_str(), details.pages.as_str(), year)
        })
        .collect();
    let first = ("The National Project", "168–82", Some(2012));
    let second = ("Comparison of Marks", "80–91", Some(2002));
    assert_eq!(read, [first, second]);
}

#[test]
fn the_name_of_a_journal_is_no_imprint() {
    let details = details_of(
        "Lassaline, M. E. (1996). Structural alignment in induction and similarity. *Journal of \
         Experimental Psychology: Learning, Memory, and Cognition*, 22(3), 754–770.",
    );
    assert_eq!(
        (
            details.place.as_str(),
            details.publisher.as_str(),
            details.pages.as_str()
        ),
        ("", "", "754–770")
    );
    assert_eq!(
        details.title,
        "Structural alignment in induction and similarity"
    );
}

#[test]
fn pages_that_look_like_years_are_pages_behind_an_issue() {
    let details = details_of(
        "Bardolet, D., & Lovallo, D. (2011). Corporate capital allocation. *Strategic Management \
         Journal*, 32(13), 1465–1483.",
    );
    assert_eq!(details.pages, "1465–1483");
}

#[test]
fn a_place_in_brackets_is_whole() {
    for (place, house) in [
        ("Washington, D.C.", "National Academies Press"),
        ("Fort Belvoir, VA", "Technical Center"),
        ("Oxford", "Hart"),
    ] {
        let details = details_of(&format!(
            "Jane Smith, *A Title of Some* ({place}: {house}, 2009)."
        ));
        assert_eq!(
            (details.place.as_str(), details.publisher.as_str()),
            (place, house)
        );
    }
    let series = details_of(
        "Jane Smith, *A Title of Some* (Law and Society Series, Cambridge: Polity, 2009).",
    );
    assert_eq!(series.place, "Cambridge");
    let journal = details_of(
        "Alan Dorfman, “Inconclusives and Errors,” *Forensic Science International: Synergy* 2022, no. 5 (June 2022).",
    );
    assert_eq!(
        (journal.place.as_str(), journal.publisher.as_str()),
        ("", "")
    );
}

#[test]
fn a_statement_of_a_body_keeps_its_fields_however_long_it_is() {
    let long = details_of(
        "American Psychological Association, Ethical principles of psychologists and code of conduct as \
         they have been amended by the council of representatives for the benefit of all of its members \
         and for all of its students. Retrieved from https://www.apa.org/ethics/code and archived.",
    );
    assert_eq!(long.url, "https://www.apa.org/ethics/code");
}

#[test]
fn a_short_doi_stands_in_an_address() {
    let details = details_of(
        "Jane Smith, “A Title of Some,” *Review* 3 (2009): 4–9, https://doi.org/10/f6vdsw.",
    );
    assert_eq!(details.doi, "10/f6vdsw");
}

#[test]
fn more_names_are_no_title() {
    let unset = details_of(
        "H. Hofmann, A. Carriquiry, S. Vanderplas, Treatment of inconclusives, Law and Risk (2020) 317, https://doi.org/10.1093/lpr/mgab002.",
    );
    assert_eq!(unset.title, "");
    assert_eq!(unset.doi, "10.1093/lpr/mgab002");
    for (title, behind) in [
        ("U.S. Senate Committee on Rules", "(Oxford: OUP, 2020) 3"),
        ("A. Title of Notes", "(Oxford: OUP, 2020) 3"),
        ("Freedom", "W. W. Norton, New York, 2020"),
        ("E.U. Enlargement", "12 J. Eur. Pol. 3 (2010)"),
    ] {
        let kept = details_of(&format!("Jane Smith, {title}, {behind}."));
        assert_eq!(
            (kept.title.as_str(), kept.has_others),
            (title, false),
            "{title}"
        );
    }
    let body =
        details_of("U.K. Parliament, The Budget Report, 12 March 2019, https://example.org/a.");
    assert!(!body.title.is_empty() || !body.authors.is_empty());
    let inverted = details_of(
        "Keisler, M. A., Hartman, S., & Kil, A., Isolated Pairs Research Study, 50 AFTE J. 56–58 (2018).",
    );
    assert_eq!((inverted.title.as_str(), inverted.has_others), ("", true));
    assert_eq!(inverted.pages, "56–58");
}

#[test]
fn what_stands_in_a_title_is_no_date_and_a_page_behind_the_imprint_is_none() {
    for (note, title, year) in [
        (
            "Stephan Kuttner, *Repertorium der Kanonistik (1140–1234): Prodromus* (Rome: Vatican, 1937), 453.",
            "Repertorium der Kanonistik (1140–1234): Prodromus",
            1937,
        ),
        (
            "Philip A. Kragel et al., “It Depends: A Commentary on Elliott et al. (2020),” *Psychological Science* 32, no. 4 (2021): 622–26.",
            "It Depends: A Commentary on Elliott et al. (2020)",
            2021,
        ),
        (
            "Paul Winroth, “Law Schools,” in *Mélanges en l’honneur*, ed. Bernard Alteroche et al. (Paris: Panthéon-Assas, 2009), 1060.",
            "Law Schools",
            2009,
        ),
        (
            "Stephan Kuttner, Repertorium der Kanonistik (1140–1234) (Rome: Vatican, 1937).",
            "Repertorium der Kanonistik (1140–1234)",
            1937,
        ),
    ] {
        let details = details_of(note);
        assert_eq!(details.title, title);
        assert_eq!(details.date.map(|date| date.year), Some(year), "{note}");
    }
}

#[test]
fn people_before_a_title_are_authors_editors_or_translators() {
    let people = |note: &str| {
        let details = details_of(note);
        let all = [&details.authors, &details.editors, &details.translators];
        all.map(|names| {
            names
                .iter()
                .map(Name::inverted)
                .collect::<Vec<_>>()
                .join("; ")
        })
    };
    for (note, expected) in [
        (
            "Katherine Jansen, Joanna H. Drell, and Frances Andrews, eds., *Medieval Italy* (Philadelphia: Press, 2009).",
            [
                "",
                "Jansen, Katherine; Drell, Joanna H.; Andrews, Frances",
                "",
            ],
        ),
        (
            "Augustine Thompson and James Gordley, trans., *The Treatise on Laws* (Oxford: Press, 1993).",
            ["", "", "Thompson, Augustine; Gordley, James"],
        ),
        (
            "Jane Doe, ed. and trans., *The Treatise on Laws* (Oxford: Press, 1993).",
            ["", "Doe, Jane", "Doe, Jane"],
        ),
        (
            "“They were taken from it.” J. T. Gilchrist, ed., *The Collection in Titles* (Toronto: Institute, 1980).",
            ["", "Gilchrist, J. T.", ""],
        ),
        (
            "J. C. F. de Winter, D. Dodou, and P. A. Wieringa, “Factors,” *Research* 44, no. 2 (2009): 147–81.",
            ["de Winter, J. C. F.; Dodou, D.; Wieringa, P. A.", "", ""],
        ),
        (
            "Mayke De Jong, *The Penitential State* (Cambridge: CUP, 2009).",
            ["Mayke De Jong", "", ""],
        ),
        (
            "R Core Team, *R: A Language* (Vienna: Foundation, 2020).",
            ["R Core Team", "", ""],
        ),
        (
            "Simon Doe, *Summa in Decretum*, ed. Pier Aimone-Braida, Monumenta Iuris Canonici 8 (Rome: Press, 2014).",
            ["Doe, Simon", "Aimone-Braida, Pier", ""],
        ),
    ] {
        assert_eq!(people(note), expected, "{note}");
    }
}

#[test]
fn places_are_whole_and_a_series_is_no_journal() {
    for (note, wanted) in [
        (
            "Jane Doe, *The Book of Laws* (New Haven, Conn: Yale University Press, 1998), 200.",
            ["New Haven, Conn", "Yale University Press", "", "", ""],
        ),
        (
            "Jane Doe, *The Book of Laws* (Oxford ; New York: Oxford University Press, 1998).",
            ["Oxford; New York", "Oxford University Press", "", "", ""],
        ),
        (
            "Jane Doe, *Studien zur Summa*, Forschungen zur Rechtsgeschichte, Bd. 12 (Innsbruck: Wagner, 1983), 113–20.",
            [
                "Innsbruck",
                "Wagner",
                "Forschungen zur Rechtsgeschichte",
                "",
                "",
            ],
        ),
        (
            "Jane Doe, “The Whorfian Brain,” *Neuropsychology* 37, no. 5–6 (2020): 393–412.",
            ["", "", "", "5–6", "393–412"],
        ),
    ] {
        let details = details_of(note);
        let Details {
            place,
            publisher,
            series,
            issue,
            pages,
            ..
        } = &details;
        assert_eq!([place, publisher, series, issue, pages], wanted, "{note}");
    }
}

#[test]
fn an_address_that_a_blank_has_cut_is_left_out() {
    let check = |address: &str, url: &str, doi: &str| {
        let note = format!(
            "John Smith, ‘A Title of Some Words’, 4 May 2019, {address} (accessed 3 May 2020)."
        );
        let details = details_of(&note);
        assert_eq!((&*details.url, &*details.doi), (url, doi), "{note}");
        assert_eq!(details.title, "A Title of Some Words");
    };
    check("https://doi.org/10.54678/ ABCD1234", "", "");
    check(
        "https://law.example.org/ legal-content/EN/TXT/?uri=X%3A32",
        "",
        "",
    );
    check("https://law.example.org/EN/ TXT/?uri=X%3A32", "", "");
    check("https://doi.org/10.1000/some- article-of-this", "", "");
    check(
        "https://law.example.org/EN/",
        "https://law.example.org/EN/",
        "",
    );
    check(
        "https://doi.org/10.1000/some-article",
        "",
        "10.1000/some-article",
    );
}
