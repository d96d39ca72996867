//! The sources of a paper as BibTeX and BibLaTeX. What is not certain is left out; the whole
//! citation stands in `note`.

use std::io::{self, Write};

use super::keys::held_by_bibtex;
use super::reference::{KeyedWork, works_of};
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
        writeln!(out, "@{}{{{key},", kind(work.details.kind, dialect))?;
        for (name, value) in fields(work, dialect) {
            if !value.is_empty() {
                writeln!(out, "  {name} = {{{value}}},")?;
            }
        }
        writeln!(out, "}}")?;
    }
    Ok(())
}

fn kind(kind: SourceKind, dialect: BibFlavour) -> &'static str {
    match (kind, dialect) {
        (SourceKind::Article | SourceKind::Newspaper, _) => "article",
        (SourceKind::Book, _) => "book",
        (SourceKind::Chapter, _) => "incollection",
        (SourceKind::ConferencePaper, _) => "inproceedings",
        (SourceKind::Report, BibFlavour::BibTex) => "techreport",
        (SourceKind::Report, BibFlavour::BibLatex) => "report",
        (SourceKind::Thesis, BibFlavour::BibTex) => "phdthesis",
        (SourceKind::Thesis, BibFlavour::BibLatex) => "thesis",
        (SourceKind::WebPage, BibFlavour::BibLatex) => "online",
        (SourceKind::Judgment, BibFlavour::BibLatex) => "jurisdiction",
        (SourceKind::Law, BibFlavour::BibLatex) => "legislation",
        (SourceKind::Treaty, BibFlavour::BibLatex) => "legal",
        _ => "misc",
    }
}

/// Fields in the order in which people write them; empty ones are not written.
fn fields(work: &KeyedWork<'_>, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let details: &Details = work.details;
    let is_latex = dialect == BibFlavour::BibLatex;
    let name = |latex, tex| if is_latex { latex } else { tex };
    let is_in_journal = matches!(
        details.kind,
        SourceKind::Article | SourceKind::Newspaper | SourceKind::Judgment
    );
    let container = match details.kind {
        SourceKind::Judgment => &details.reporter,
        _ => &details.container,
    };
    let in_what = match is_in_journal {
        true => name("journaltitle", "journal"),
        false => "booktitle",
    };
    let house = match (details.kind, is_latex) {
        (SourceKind::Report, _) | (SourceKind::Thesis, true) => "institution",
        (SourceKind::Thesis, false) => "school",
        _ => "publisher",
    };
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
        (in_what, title(container)),
        ("volume", escaped(&details.volume)),
        ("number", escaped(numbers(details))),
        ("pages", escaped(&details.pages).replace('–', "--")),
        ("edition", escaped(&details.edition)),
        (house, braced(&details.publisher)),
        (name("location", "address"), escaped(&details.place)),
        ("doi", verbatim(&details.doi)),
        ("isbn", escaped(&details.isbn)),
        ("url", verbatim(&details.url)),
    ];
    match is_latex {
        true => {
            fields.push(("date", details.date.map(iso).unwrap_or_default()));
            // An access date without an address is none that any style can set.
            let accessed = details.accessed.filter(|_| !details.url.is_empty());
            fields.push(("urldate", accessed.map(iso).unwrap_or_default()));
            fields.push(("entrysubtype", newspaper(details.kind)));
        }
        false => {
            let year = details.date.map(|date| date.year.to_string());
            fields.push(("year", year.unwrap_or_default()));
            let month = details.date.and_then(|date| date.month);
            fields.push((
                "month",
                month.map(|month| month.to_string()).unwrap_or_default(),
            ));
        }
    }
    fields.push(("note", escaped(work.text)));
    fields
}

fn newspaper(kind: SourceKind) -> String {
    match kind {
        SourceKind::Newspaper => "newspaper".to_owned(),
        _ => String::new(),
    }
}

fn numbers(details: &Details) -> &str {
    match details.issue.is_empty() {
        true => &details.number,
        false => &details.issue,
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
    match is_list {
        true => format!("{{{}}}", escaped(name)),
        false => escaped(name),
    }
}

/// In braces of its own a title keeps its capitals.
fn title(text: &str) -> String {
    braced(text)
}

fn braced(text: &str) -> String {
    match text.is_empty() {
        true => String::new(),
        false => format!("{{{}}}", escaped(text)),
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
            "  booktitle = {{The Handbook of Trade}},",
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
        assert!(written.contains("Trade \\& \\textbraceleft{}Tax\\textbraceright{}: 100 \\%"));
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
        for text in ["git --amend, ---, a–b", "He said ''so''", "``Quoted''"] {
            let entry = format!("@book{{k, title = {{{}}}}}", title(text));
            let mut bibliography = Bibliography::default();
            bibliography.add("a.bib", entry.as_bytes()).unwrap();
            assert_eq!(bibliography.get("k").unwrap().title, text, "{entry}");
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
                assert_eq!(is.publisher, was.publisher, "{what}");
                assert_eq!(is.place, was.place, "{what}");
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
}
