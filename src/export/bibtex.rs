//! The sources of a paper as BibTeX and BibLaTeX. What is not certain is left out; of a source
//! that was read from the paper's words the whole citation stands in `note`.

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use super::keys::held_by_bibtex;
use super::reference::{KeyedWork, works_of};
use crate::formats::babel;
use crate::formats::bibliography::dates::is_publication_state;
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
        (SourceKind::Thesis, BibFlavour::BibTex) => match genre_meant(details) {
            Some(("mathesis", _)) => "mastersthesis",
            _ => "phdthesis",
        },
        (SourceKind::Thesis, BibFlavour::BibLatex) => "thesis",
        (SourceKind::WebPage, BibFlavour::BibLatex) => "online",
        (SourceKind::Judgment, BibFlavour::BibLatex) => "jurisdiction",
        (SourceKind::Law, BibFlavour::BibLatex) => "legislation",
        (SourceKind::Treaty, BibFlavour::BibLatex) => "legal",
        (SourceKind::Dataset, BibFlavour::BibLatex) => "dataset",
        (SourceKind::Software, BibFlavour::BibLatex) => "software",
        _ => "misc",
    }
}

/// What BibLaTeX calls the kind of a thesis or a report, if its words are exactly those that the name
/// stands for.
fn genre_name(details: &Details) -> Option<&'static str> {
    let exact = genre_meant(details).filter(|(_, words)| *words == details.genre);
    exact.map(|(name, _)| name)
}

/// The kind of a thesis or a report that has a name in BibLaTeX and is meant by its words, and what
/// the name stands for.
fn genre_meant(details: &Details) -> Option<(&'static str, &'static str)> {
    let plain = |words: &str| {
        let words = words.replace('’', "'").to_lowercase();
        words
            .replace(['.', ' '], "")
            .replace("dissertation", "thesis")
    };
    let said = plain(&details.genre);
    let mut all = GENRES.into_iter();
    all.find(|(_, words)| plain(words) == said)
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
    for (name, value) in &mut fields {
        if let Some(typed) = details.tex_fields.get(*name) {
            value.clone_from(typed);
        }
    }
    fields
}

/// Where it was printed.
fn printed(details: &Details, dialect: BibFlavour) -> Vec<(&'static str, String)> {
    let is_latex = dialect == BibFlavour::BibLatex;
    let name = |latex, tex| if is_latex { latex } else { tex };
    let is_in_journal = matches!(details.kind, SourceKind::Article | SourceKind::Newspaper);
    let is_case = details.kind == SourceKind::Judgment;
    let is_loose = matches!(
        details.kind,
        SourceKind::Unknown | SourceKind::WebPage | SourceKind::Interview
    );
    let container = match is_case {
        true => escaped(&details.reporter),
        false if is_in_journal => escaped(&details.container),
        false => title(&details.container),
    };
    let in_what = match is_in_journal || is_case {
        true => name("journaltitle", "journal"),
        // No field is made for it; this is the one that Pandoc takes the container of a web page from.
        false if is_latex && is_loose => "journaltitle",
        false => "booktitle",
    };
    let house = match (details.kind, is_latex) {
        (SourceKind::Report, _) | (SourceKind::Thesis, true) => "institution",
        (SourceKind::Thesis, false) => "school",
        (_, true) if is_loose => "organization",
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
            // A `date` that is none is passed over, a `year` is set as it stands.
            if is_publication_state(&details.date_said) {
                ("pubstate", said)
            } else {
                ("year", said)
            },
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
    let in_babel = babel::name_of(&details.language).filter(|_| is_latex);
    let language = match in_babel {
        Some(name) => ("langid", name.to_owned()),
        None => ("language", escaped(&details.language)),
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
        language,
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
            ' ' => kept.push_str("%20"),
            c if c.is_whitespace() => {}
            c => kept.push(c),
        }
    }
    kept
}
