//! The sources of a paper as BibTeX and BibLaTeX. What is not certain is left out; of a source
//! that was read from the paper's words the whole citation stands in `note`.

use std::io::{self, Write};

use super::keys::held_by_bibtex;
use super::reference::{KeyedWork, works_of};
use crate::formats::bibliography::entry::GENRES;
use crate::sources::{Date, Details, Name, SourceKind, Sources};

/// Which of the two it is: they name types and fields differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibFlavour {
    /// The older of the two.
    BibTex,
    /// The one that biber reads.
    BibLatex,
}

/// Writes an entry for each source, in reading order.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(
    sources: &Sources,
    dialect: BibFlavour,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_works(&works_of(sources), dialect, out)
}

/// Writes an entry for each work.
pub(super) fn write_works(
    works: &[KeyedWork<'_>],
    dialect: BibFlavour,
    out: &mut dyn Write,
) -> io::Result<()> {
    let keys = held_by_bibtex(works.iter().map(|work| work.key.as_str()));
    for (index, (work, key)) in works.iter().zip(keys).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "@{}{{{key},", kind(work.details, dialect))?;
        for (name, value) in fields(work, dialect) {
            if !value.is_empty() {
                writeln!(out, "  {name} = {{{value}}},")?;
            }
        }
        writeln!(out, "}}")?;
    }
    Ok(())
}

fn kind(details: &Details, dialect: BibFlavour) -> &'static str {
    match (details.kind, dialect) {
        (SourceKind::Article | SourceKind::Newspaper, _) => "article",
        (SourceKind::Book, BibFlavour::BibLatex) if details.is_edited() => "collection",
        (SourceKind::Book, _) => "book",
        (SourceKind::Chapter, _) => "incollection",
        (SourceKind::ConferencePaper, _) => "inproceedings",
        (SourceKind::Report, BibFlavour::BibTex) => "techreport",
        (SourceKind::Report, BibFlavour::BibLatex) => "report",
        (SourceKind::Thesis, BibFlavour::BibTex) => match genre_name(details) {
            Some("mathesis") => "mastersthesis",
            _ => "phdthesis",
        },
        (SourceKind::Thesis, BibFlavour::BibLatex) => "thesis",
        (SourceKind::WebPage, BibFlavour::BibLatex) => "online",
        (SourceKind::Judgment, BibFlavour::BibLatex) => "jurisdiction",
        (SourceKind::Law, BibFlavour::BibLatex) => "legislation",
        (SourceKind::Treaty, BibFlavour::BibLatex) => "legal",
        _ => "misc",
    }
}

/// What BibLaTeX calls the kind of a thesis or a report, if that is said in its words.
fn genre_name(details: &Details) -> Option<&'static str> {
    let plain = |words: &str| {
        let words = words.replace('’', "'").to_lowercase();
        words
            .replace(['.', ' '], "")
            .replace("dissertation", "thesis")
    };
    let said = plain(&details.genre);
    let known = GENRES.iter().find(|(_, words)| plain(words) == said);
    known.map(|(name, _)| *name)
}

/// Fields in the order in which people write them; empty ones are not written.
fn fields(work: &KeyedWork<'_>, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let details: &Details = work.details;
    let is_edited = details.is_edited();
    let mut fields = vec![
        (
            "author",
            people(&details.authors, details.has_others && !is_edited),
        ),
        (
            "editor",
            people(&details.editors, details.has_others && is_edited),
        ),
        ("translator", people(&details.translators, false)),
        ("title", title(&details.title)),
        ("shorttitle", title(&details.short_title)),
    ];
    fields.extend(printed(details, dialect));
    fields.extend(dated(details, dialect));
    fields.extend(identified(details, dialect));
    let annotation = match dialect {
        BibFlavour::BibLatex => "annotation",
        BibFlavour::BibTex => "annote",
    };
    fields.extend([
        ("abstract", escaped(&details.abstract_text)),
        ("note", escaped(work.note())),
        (annotation, escaped(&details.annotation)),
    ]);
    fields
}

/// Where it was printed.
fn printed(details: &Details, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let is_latex = dialect == BibFlavour::BibLatex;
    let name = |latex, tex| if is_latex { latex } else { tex };
    let is_in_journal = matches!(details.kind, SourceKind::Article | SourceKind::Newspaper);
    let is_case = details.kind == SourceKind::Judgment;
    let is_loose = matches!(details.kind, SourceKind::Unknown | SourceKind::WebPage);
    let container = match is_case {
        true => escaped(&details.reporter),
        false if is_in_journal => escaped(&details.container),
        false => title(&details.container),
    };
    let in_what = match is_in_journal || is_case {
        true => name("journaltitle", "journal"),
        false if is_latex && is_loose => "howpublished",
        false => "booktitle",
    };
    let house = match (details.kind, is_latex) {
        (SourceKind::Report, _) | (SourceKind::Thesis, true) => "institution",
        (SourceKind::Thesis, false) => "school",
        (SourceKind::Unknown | SourceKind::WebPage, true) => "organization",
        _ => "publisher",
    };
    // BibLaTeX knows neither for what is in a journal.
    let is_housed = !(is_latex && is_in_journal);
    let housed = |value: String| if is_housed { value } else { String::new() };
    let court = if is_case && is_latex {
        &details.court
    } else {
        ""
    };
    vec![
        (in_what, container),
        ("series", escaped(&details.series)),
        ("volume", escaped(&details.volume)),
        ("number", escaped(numbers(details))),
        ("pages", escaped(&details.pages).replace('–', "--")),
        ("edition", escaped(&details.edition)),
        ("institution", braced(court)),
        (house, housed(braced(&details.publisher))),
        (name("location", "address"), housed(escaped(&details.place))),
        ("type", genre(details, is_latex)),
    ]
}

/// The kind of a thesis or a report, or of what has no kind that has a name.
fn genre(details: &Details, is_latex: bool) -> String {
    let is_typed = matches!(
        details.kind,
        SourceKind::Thesis | SourceKind::Report | SourceKind::Unknown
    );
    match genre_name(details) {
        _ if !is_typed => String::new(),
        Some(name) if is_latex => name.to_owned(),
        Some("phdthesis" | "mathesis") if details.kind == SourceKind::Thesis => String::new(),
        _ => escaped(&details.genre),
    }
}

/// When it appeared, and when it was seen.
fn dated(details: &Details, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let said = match details.date {
        None => escaped(&details.date_said),
        Some(_) => String::new(),
    };
    let mut fields = match dialect {
        BibFlavour::BibLatex => vec![
            ("date", details.date.map(iso).unwrap_or_default()),
            ("pubstate", said),
            ("entrysubtype", newspaper(details.kind)),
        ],
        BibFlavour::BibTex => {
            let year = details.date.map(|date| date.year.to_string());
            let month = details.date.and_then(|date| date.month);
            let month = month.map(|month| month.to_string());
            vec![
                ("year", year.unwrap_or(said)),
                ("month", month.unwrap_or_default()),
            ]
        }
    };
    // An access date without an address is none that any style can set.
    let accessed = details.accessed.filter(|_| !details.url.is_empty());
    fields.push(("urldate", accessed.map(iso).unwrap_or_default()));
    fields
}

/// What it is found by, and the language that it is in.
fn identified(details: &Details, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let is_latex = dialect == BibFlavour::BibLatex;
    let archive = if details.arxiv.is_empty() {
        ""
    } else {
        "arxiv"
    };
    // As Babel calls it: "ngerman".
    let is_word = |said: &str| said.len() > 3 && said.bytes().all(|it| it.is_ascii_lowercase());
    let language = if is_latex && is_word(&details.language) {
        "langid"
    } else {
        "language"
    };
    vec![
        ("doi", verbatim(&details.doi)),
        ("isbn", escaped(&details.isbn)),
        ("issn", escaped(&details.issn)),
        ("eprint", verbatim(&details.arxiv)),
        (
            if is_latex {
                "eprinttype"
            } else {
                "archiveprefix"
            },
            archive.to_owned(),
        ),
        ("url", verbatim(&details.url)),
        (language, escaped(&details.language)),
    ]
}

fn newspaper(kind: SourceKind) -> String {
    match kind {
        SourceKind::Newspaper => "newspaper".to_owned(),
        _ => String::new(),
    }
}

fn numbers(details: &Details) -> &str {
    if details.issue.is_empty() {
        &details.number
    } else {
        &details.issue
    }
}

/// People as BibTeX parts them; `and others` where there are more.
fn people(names: &[Name], has_others: bool) -> String {
    let each = names.iter().map(|name| match name {
        Name::Whole(name) => braced(name),
        Name::Person {
            family,
            given,
            suffix,
        } => match (given.is_empty(), suffix.is_empty()) {
            // A family of several words, and a suffix, would be read as given names.
            (true, true) if family.contains(char::is_whitespace) => braced(family),
            (true, true) => part(family),
            (true, false) => braced(&name.natural()),
            (false, true) => format!("{}, {}", part(family), part(given)),
            (false, false) => format!("{}, {}, {}", part(family), part(suffix), part(given)),
        },
    });
    let has_others = has_others && !names.is_empty();
    let others = has_others.then(|| "others".to_owned());
    each.chain(others).collect::<Vec<_>>().join(" and ")
}

/// Part of a name; a comma or an "and" within it is no mark of the list.
fn part(name: &str) -> String {
    let is_list = name.contains(',') || name.split_whitespace().any(|word| word == "and");
    if is_list {
        format!("{{{}}}", escaped(name))
    } else {
        escaped(name)
    }
}

/// A title, of which styles may change the case: words with capitals stand in braces, in which
/// they keep them. The first word needs none for the capital that every title begins with.
fn title(text: &str) -> String {
    let mut held = String::with_capacity(text.len() + 16);
    let mut is_open = false;
    for (index, word) in text.split(' ').enumerate() {
        let letters = word.trim_matches(|char: char| !char.is_alphanumeric());
        let from = word.find(letters).unwrap_or_default();
        let (before, behind) = (
            word.get(..from).unwrap_or_default(),
            word.get(from + letters.len()..).unwrap_or_default(),
        );
        let inner = letters.chars().skip(usize::from(index == 0));
        let is_held = inner.into_iter().any(char::is_uppercase);
        let goes_on = is_open && is_held && before.is_empty();
        if is_open && !goes_on {
            held.push('}');
        }
        held.push_str(if index > 0 { " " } else { "" });
        held.push_str(&escaped(before));
        if is_held && !goes_on {
            held.push('{');
        }
        held.push_str(&escaped(letters));
        is_open = is_held && behind.is_empty();
        if is_held && !is_open {
            held.push('}');
        }
        held.push_str(&escaped(behind));
    }
    held.push_str(if is_open { "}" } else { "" });
    held
}

fn braced(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{{{}}}", escaped(text))
    }
}

fn iso(date: Date) -> String {
    let mut text = format!("{:04}", date.year);
    if let Some(month) = date.month {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = date.day {
            text.push_str(&format!("-{day:02}"));
        }
    }
    text
}

/// Text without what LaTeX would take for its own. Braces must pair for every reader of the file,
/// so they are written by name.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '_' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            '`' => escaped.push_str("\\`{}"),
            // Two of them are another sign: a dash, a quotation mark.
            '-' | '\'' if escaped.ends_with(c) => {
                escaped.push_str("{}");
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address, which is read as it stands; what could end the field is percent-encoded.
fn verbatim(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => kept.push_str("%7B"),
            '}' => kept.push_str("%7D"),
            '\\' => kept.push_str("%5C"),
            c if c.is_whitespace() => {}
            c => kept.push(c),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
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
                // BibLaTeX has no publisher in a journal, and no container for what has no kind.
                let is_latex = name == "a.bib";
                let is_loose =
                    matches!(was.kind, SourceKind::Unknown | SourceKind::WebPage) && is_latex;
                let is_in_journal = matches!(was.kind, SourceKind::Article | SourceKind::Newspaper);
                if is_loose {
                    let house = [&was.publisher, &was.container];
                    assert!(house.contains(&&is.publisher), "{what}");
                } else if !(is_in_journal && is_latex) {
                    assert_eq!(is.publisher, was.publisher, "{what}");
                }
                if !(is_in_journal && is_latex) {
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
                } else if !is_loose {
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
}
