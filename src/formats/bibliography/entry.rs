//! An entry of BibTeX or BibLaTeX as a record.

use std::collections::BTreeMap;

use super::bibtex::EntryFields;
use super::dates::{before_our_era, date, month, number};
use super::doi::{bare_doi, short_doi_of_address};
use super::pages::spans;
use super::people::people;
use super::tex::{plain, verbatim};
use crate::formats::babel;
use crate::paper::{Details, SourceKind, one_line};

/// The record that an entry is, but for its key; what it is about, what was noted of it and its
/// files only where the whole is asked for.
pub(super) fn details(fields: &EntryFields, is_whole: bool) -> Details {
    let text = |names: &[&str]| fields.get(names).map(plain).unwrap_or_default();
    let kind = kind(fields);
    let named = |names: &[&str]| fields.get(names).map(people).unwrap_or_default();
    let (authors, has_others) = named(&["author"]);
    let mut details = Details {
        kind,
        authors,
        has_others,
        editors: named(&["editor"]).0,
        translators: named(&["translator"]).0,
        title: with_subtitle(text(&["title"]), &text(&["subtitle"])),
        short_title: text(&["shorttitle"]),
        container: container(fields),
        volume: text(&["volume"]),
        pages: fields
            .get(&["pages"])
            .map(|pages| plain(&spans(pages)))
            .unwrap_or_default(),
        edition: text(&["edition"]),
        publisher: house(fields),
        place: text(&["location", "address"]),
        series: text(&["series"]),
        language: language(fields),
        url: fields.get(&["url"]).map(verbatim).unwrap_or_default(),
        doi: fields
            .get(&["doi"])
            .map(|doi| bare_doi(&verbatim(doi)))
            .unwrap_or_default(),
        isbn: text(&["isbn"]),
        issn: text(&["issn"]),
        genre: genre(fields),
        accessed: fields.get(&["urldate"]).and_then(date),
        ..Details::default()
    };
    if is_whole {
        details.abstract_text = text(&["abstract"]);
        details.note = text(&["note"]);
        details.annotation = text(&["annotation", "annote", "annotate"]);
        details.files = fields.get(&["file"]).map(files).unwrap_or_default();
        details.tex_fields = tex_fields(fields);
    }
    set_number(fields, &mut details);
    set_date(fields, &mut details);
    set_address(fields, &mut details);
    details
}

/// The fields whose braces say something, as they are typed.
fn tex_fields(fields: &EntryFields) -> BTreeMap<String, String> {
    const NAMES: [&str; 6] = [
        "author",
        "editor",
        "title",
        "shorttitle",
        "booktitle",
        "series",
    ];
    let typed = NAMES.into_iter().filter_map(|name| {
        let typed = one_line(fields.get(&[name])?);
        let typed = match (name, fields.get(&["subtitle"])) {
            ("title", Some(subtitle)) => with_subtitle(typed, &one_line(subtitle)),
            _ => typed,
        };
        Some((name.to_owned(), typed))
    });
    typed.filter(|(_, typed)| are_braces_even(typed)).collect()
}

/// Whether each brace that opens is closed again, so that the text may stand within braces.
fn are_braces_even(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && !is_escaped
}

fn kind(fields: &EntryFields) -> SourceKind {
    let subtype = fields.get(&["entrysubtype"]).map(str::to_ascii_lowercase);
    let is_newspaper =
        subtype.is_some_and(|said| said.contains("newspaper") || said.contains("magazine"));
    match fields.kind.as_str() {
        "article" | "suppperiodical" | "review" if is_newspaper => SourceKind::Newspaper,
        "article" | "suppperiodical" | "review" => SourceKind::Article,
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings"
        | "booklet" | "manual" | "reference" | "mvreference" | "periodical" => SourceKind::Book,
        "inbook" | "bookinbook" | "suppbook" | "incollection" | "suppcollection"
        | "inreference" => SourceKind::Chapter,
        "inproceedings" | "conference" => SourceKind::ConferencePaper,
        "report" | "techreport" => SourceKind::Report,
        "thesis" | "phdthesis" | "mastersthesis" => SourceKind::Thesis,
        "online" | "electronic" | "www" => SourceKind::WebPage,
        "jurisdiction" => SourceKind::Judgment,
        "legislation" => SourceKind::Law,
        "legal" => SourceKind::Treaty,
        "dataset" => SourceKind::Dataset,
        "software" => SourceKind::Software,
        _ => SourceKind::Unknown,
    }
}

/// Who published it; of what has no other publisher, how that was done, unless that is an address.
fn house(fields: &EntryFields) -> String {
    let names = ["publisher", "institution", "school", "organization"];
    let published = || {
        let said = fields.get(&["howpublished"])?;
        address_in(said).is_none().then_some(said)
    };
    let said = fields.get(&names).or_else(published);
    said.map(plain).unwrap_or_default()
}

/// The kinds of theses and reports that have a name in BibLaTeX, and what they are called.
pub(crate) const GENRES: [(&str, &str); 6] = [
    ("phdthesis", "PhD thesis"),
    ("mathesis", "Master’s thesis"),
    ("bathesis", "Bachelor’s thesis"),
    ("candthesis", "Candidate thesis"),
    ("techreport", "Technical report"),
    ("resreport", "Research report"),
];

/// What an entry says of its type, else what the type of the entry itself does.
fn genre(fields: &EntryFields) -> String {
    let of_entry = match fields.kind.as_str() {
        "mastersthesis" => "mathesis",
        kind => kind,
    };
    let said = fields.get(&["type"]).unwrap_or(of_entry);
    let known = GENRES.iter().find(|(name, _)| *name == said);
    match (known, fields.get(&["type"])) {
        (Some((_, words)), _) => (*words).to_owned(),
        (None, said) => said.map(plain).unwrap_or_default(),
    }
}

/// The tag of the language, where it is called as Babel does.
fn language(fields: &EntryFields) -> String {
    let said = fields.get(&["langid", "language"]).map(plain);
    let said = said.unwrap_or_default();
    babel::tag_of(&said).map_or(said, str::to_owned)
}

fn with_subtitle(title: String, subtitle: &str) -> String {
    match title.is_empty() || subtitle.is_empty() {
        true => title,
        false if title.ends_with(['?', '!', ':', '.']) => format!("{title} {subtitle}"),
        false => format!("{title}: {subtitle}"),
    }
}

fn container(fields: &EntryFields) -> String {
    let text = |names: &[&str]| fields.get(names).map(plain).unwrap_or_default();
    let journal = with_subtitle(
        text(&["journaltitle", "journal"]),
        &text(&["journalsubtitle"]),
    );
    if journal.is_empty() {
        with_subtitle(text(&["booktitle", "maintitle"]), &text(&["booksubtitle"]))
    } else {
        journal
    }
}

/// In a journal the number is the issue's.
fn set_number(fields: &EntryFields, details: &mut Details) {
    let text = |names: &[&str]| fields.get(names).map(plain).unwrap_or_default();
    let is_issue = matches!(details.kind, SourceKind::Article | SourceKind::Newspaper);
    if is_issue {
        details.issue = text(&["number", "issue"]);
    } else {
        details.number = text(&["number"]);
    }
    if details.kind == SourceKind::Judgment {
        details.reporter = std::mem::take(&mut details.container);
        details.court = text(&["institution"]);
        if details.publisher == details.court {
            details.publisher.clear();
        }
    }
}

fn set_date(fields: &EntryFields, details: &mut Details) {
    let said = fields.get(&["date", "year"]);
    details.date = said.and_then(date);
    if let Some(found) = &mut details.date
        && found.month.is_none()
        && let Some(said) = fields.get(&["month"])
    {
        let (month, beside) = month(said).unzip();
        let day = fields.get(&["day"]).and_then(|day| number(day, 1..=31));
        found.month = month;
        found.day = day.or(beside.flatten()).filter(|_| month.is_some());
    }
    if details.date.is_none() {
        let era = said.and_then(before_our_era);
        let said = fields.get(&["date", "year", "pubstate"]).map(plain);
        details.date_said = era.or(said).unwrap_or_default();
    }
}

/// Addresses that stand elsewhere than in their fields.
fn set_address(fields: &EntryFields, details: &mut Details) {
    let kind = fields
        .get(&["eprinttype", "archiveprefix"])
        .unwrap_or_default();
    if kind.eq_ignore_ascii_case("arxiv") {
        details.arxiv = fields.get(&["eprint"]).map(verbatim).unwrap_or_default();
    } else if let Some(said) = fields.get(&["doi"]).map(verbatim)
        && let Some((sign, number)) = said.split_once(':')
        && sign.eq_ignore_ascii_case("arxiv")
    {
        number.trim().clone_into(&mut details.arxiv);
    }
    // A note may hold the whole citation, of which the DOI is known already.
    if details.url.is_empty() && details.doi.is_empty() {
        let said = fields.get(&["howpublished", "note"]);
        details.url = said.and_then(address_in).unwrap_or_default();
    }
    if details.doi.is_empty() && details.url.contains("doi.org/10.") {
        details.doi = bare_doi(&details.url);
    } else if details.doi.is_empty() {
        details.doi = short_doi_of_address(&details.url).unwrap_or_default();
    }
}

/// The first address of the web in a text.
fn address_in(said: &str) -> Option<String> {
    let starts = said.match_indices("http").map(|(at, _)| at);
    let mut found = starts.filter_map(|at| address_at(said.get(at..)?));
    found.next()
}

/// The address that a text begins with, without the signs of the sentence behind it.
fn address_at(text: &str) -> Option<String> {
    const MAX_HOST_BYTES: usize = 255;
    let rest = ["http://", "https://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))?;
    let ends = |char: char| char.is_whitespace() || matches!(char, '}' | ',' | '>' | '"');
    let near = rest.get(..rest.floor_char_boundary(MAX_HOST_BYTES))?;
    let host = near.split(|char| char == '/' || ends(char)).next()?;
    if !(host.starts_with(char::is_alphanumeric) && host.contains('.')) {
        return None;
    }
    let mut address = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let count = |bracket: char| address.matches(bracket).count();
    let mut unopened = count(')').saturating_sub(count('('));
    // A bracket that is opened within the address is its own, as in "Mercury_(planet)".
    loop {
        let shorter = match address.strip_suffix(')').filter(|_| unopened > 0) {
            Some(shorter) => {
                unopened -= 1;
                Some(shorter)
            }
            None => address.strip_suffix(['.', ';']),
        };
        match shorter {
            Some(shorter) => address = shorter,
            None => break,
        }
    }
    Some(verbatim(address))
}

/// `path`, `path;path`, or `description:path:type;…`.
fn files(said: &str) -> Vec<String> {
    const MAX_FILES: usize = 20;
    let all = said.split(';').take(MAX_FILES).filter_map(|one| {
        let one = one.replace("\\:", "\u{0}");
        let parts: Vec<&str> = one.split(':').collect();
        let path = match parts.as_slice() {
            [_, path, _] => path,
            [whole] => whole,
            _ => one.as_str(),
        };
        let path = verbatim(&path.replace('\u{0}', ":"));
        (!path.is_empty()).then_some(path)
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::super::bibtex::{Strings, fields};
    use super::*;
    use crate::paper::Name;

    fn read(entry: &str) -> Details {
        details(&fields(entry, &Strings::default()), true)
    }

    #[test]
    fn an_article_has_its_fields() {
        let read = read(
            r"@article{k, author = {Smith, Jane and others}, title = {{On} Notes}, subtitle = {A Study},
            journal = {Review}, volume = 12, number = 3, pages = {1--9}, year = 1999, month = may,
            doi = {https://doi.org/10.1/x}, abstract = {What it is about.}, file = {PDF:a\:b.pdf:application/pdf;c.pdf}}",
        );
        assert_eq!(read.kind, SourceKind::Article);
        assert_eq!(read.authors.first().map(Name::family), Some("Smith"));
        assert!(read.has_others);
        assert_eq!(read.title, "On Notes: A Study");
        assert_eq!(
            (
                read.container.as_str(),
                read.volume.as_str(),
                read.issue.as_str()
            ),
            ("Review", "12", "3")
        );
        assert_eq!(read.pages, "1–9");
        assert_eq!(
            read.date.map(|date| (date.year, date.month)),
            Some((1999, Some(5)))
        );
        assert_eq!(read.doi, "10.1/x");
        assert_eq!(read.abstract_text, "What it is about.");
        assert_eq!(read.files, ["a:b.pdf", "c.pdf"]);
    }

    #[test]
    fn a_date_that_is_none_is_kept_in_words() {
        let read = read("@book{k, title = {T}, year = {in press}}");
        assert_eq!(read.date, None);
        assert_eq!(read.date_said, "in press");
    }

    #[test]
    fn what_only_looks_like_an_identifier_is_none() {
        let work =
            read("@misc{k, note={A study of http servers}, doi={arXiv:2010.12345}, date={-0044}}");
        assert_eq!((work.url.as_str(), work.doi.as_str()), ("", ""));
        assert_eq!(
            (work.arxiv.as_str(), work.date_said.as_str()),
            ("2010.12345", "45 BC")
        );
        let work = read(r"@misc{k, howpublished={See \url{https://a.org/b_c}, or http://d.org}}");
        assert_eq!(work.url, "https://a.org/b_c");
        let work = read("@misc{k, note={https://a.org}, doi={doi:10.1000/x}}");
        assert_eq!((work.url.as_str(), work.doi.as_str()), ("", "10.1000/x"));
        let work = read("@misc{k, note={The http:// scheme; (https://a.org/Mercury_(planet)).}}");
        assert_eq!(work.url, "https://a.org/Mercury_(planet)");
    }

    #[test]
    fn a_month_that_is_put_together_is_a_month_and_a_day() {
        let date = read("@book{k, year=2001, month= \"10~\" # jan}").date;
        assert_eq!(
            date.map(|date| date.to_string()).as_deref(),
            Some("10 January 2001")
        );
    }

    #[test]
    fn hyphens_of_pages_stay() {
        assert_eq!(
            read("@book{k, pages={A-12--A-15, 5-B}}").pages,
            "A-12–A-15, 5-B"
        );
    }
}
