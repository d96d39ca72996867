//! An item of CSL-JSON or CSL-YAML as a record. What it has of another type than it should is read
//! as far as it says anything.

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::dates::{date, month};
use super::doi::{bare_doi, short_doi_of_address};
use super::pages::spans;
use super::tex::plain;
use crate::paper::{Date, Details, Name, SourceKind, clean};

/// The fields of an item.
pub(super) type CslItem = Map<String, Value>;

/// The keys of the items of a list in JSON, and where each is.
pub(super) fn items(source: &str) -> Vec<(String, Range<usize>)> {
    #[derive(Deserialize)]
    struct NamedList<'a> {
        #[serde(borrow, alias = "items")]
        references: Vec<&'a RawValue>,
    }
    #[derive(Deserialize)]
    struct Keyed {
        id: Option<Value>,
        #[serde(rename = "citation-key")]
        citation_key: Option<Value>,
    }
    let items = if source.trim_start().starts_with('[') {
        serde_json::from_str(source).unwrap_or_default()
    } else {
        serde_json::from_str(source)
            .map_or_else(|_| Vec::new(), |list: NamedList<'_>| list.references)
    };
    let start = source.as_ptr() as usize;
    let found = items.into_iter().filter_map(|item: &RawValue| {
        let json = item.get();
        let keyed: Keyed = serde_json::from_str(json).ok()?;
        let key = keyed.id.or(keyed.citation_key)?;
        let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        let from = (json.as_ptr() as usize).checked_sub(start)?;
        Some((key, from..from + json.len()))
    });
    found.collect()
}

/// The key of an item.
pub(super) fn key(item: &CslItem) -> Option<String> {
    text(item, "id").or_else(|| text(item, "citation-key"))
}

/// The record that an item is, but for its key; what it is about and what was noted of it only where
/// the whole is asked for.
pub(super) fn details(item: &CslItem, is_whole: bool) -> Details {
    let text = |name: &str| {
        text(item, name)
            .map(|said| plain_of_html(&said))
            .unwrap_or_default()
    };
    let raw = |name: &str| {
        self::text(item, name)
            .map(|said| clean(said.trim()).into_owned())
            .unwrap_or_default()
    };
    let kind = kind(&raw("type"));
    let is_case = kind == SourceKind::Judgment;
    let mut details = Details {
        kind,
        authors: people(item, "author"),
        editors: people(item, "editor"),
        translators: people(item, "translator"),
        title: text("title"),
        short_title: first_of(text("title-short"), || text("shortTitle")),
        volume: text("volume"),
        issue: text("issue"),
        pages: spans(&text("page")),
        edition: text("edition"),
        publisher: text("publisher"),
        place: first_of(text("publisher-place"), || text("event-place")),
        court: text("authority"),
        number: text("number"),
        series: text("collection-title"),
        language: raw("language"),
        url: raw("URL"),
        doi: bare_doi(&raw("DOI")),
        isbn: raw("ISBN"),
        issn: raw("ISSN"),
        genre: text("genre"),
        accessed: item.get("accessed").and_then(day),
        date: item.get("issued").and_then(day),
        ..Details::default()
    };
    if is_whole {
        details.abstract_text = text("abstract");
        details.note = text("note");
        details.annotation = first_of(text("annote"), || text("annotation"));
    }
    if raw("archive").eq_ignore_ascii_case("arxiv") {
        details.arxiv = first_of(raw("archive_location"), || raw("number"));
    }
    if details.doi.is_empty() {
        details.doi = short_doi_of_address(&details.url).unwrap_or_default();
    }
    if is_case {
        details.reporter = text("container-title");
    } else {
        details.container = text("container-title");
    }
    if details.date.is_none() {
        let literal = item.get("issued").and_then(|said| said.get("literal"));
        details.date_said = literal
            .and_then(as_text)
            .map_or_else(|| text("status"), |said| plain(&said));
    }
    details
}

fn first_of(said: String, other: impl FnOnce() -> String) -> String {
    if said.is_empty() { other() } else { said }
}

/// CSL knows no TeX, but a few tags: a backslash or a brace stands for itself.
fn plain_of_html(said: &str) -> String {
    if said.contains(['\\', '{', '}', '~', '`']) || said.contains("--") || said.contains("''") {
        let words: Vec<&str> = said.split_whitespace().collect();
        clean(&words.join(" ")).into_owned()
    } else {
        plain(said)
    }
}

fn kind(kind: &str) -> SourceKind {
    match kind {
        "article-journal" | "review" | "review-book" => SourceKind::Article,
        "article-newspaper" | "article-magazine" => SourceKind::Newspaper,
        "book" | "collection" => SourceKind::Book,
        "chapter" | "entry-encyclopedia" | "entry-dictionary" => SourceKind::Chapter,
        "paper-conference" => SourceKind::ConferencePaper,
        "report" => SourceKind::Report,
        "thesis" => SourceKind::Thesis,
        "webpage" | "post" | "post-weblog" => SourceKind::WebPage,
        "legal_case" => SourceKind::Judgment,
        "legislation" | "bill" | "regulation" => SourceKind::Law,
        "treaty" => SourceKind::Treaty,
        "interview" => SourceKind::Interview,
        "dataset" => SourceKind::Dataset,
        "software" => SourceKind::Software,
        _ => SourceKind::Unknown,
    }
}

fn text(item: &CslItem, name: &str) -> Option<String> {
    let said = as_text(item.get(name)?)?;
    (!said.trim().is_empty()).then_some(said)
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => as_text(values.first()?),
        _ => None,
    }
}

fn people(item: &CslItem, name: &str) -> Vec<Name> {
    const MAX_PEOPLE: usize = 500;
    let people = match item.get(name) {
        Some(Value::Array(people)) => people.as_slice(),
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    };
    people.iter().take(MAX_PEOPLE).filter_map(person).collect()
}

fn person(value: &Value) -> Option<Name> {
    let Value::Object(names) = value else {
        return as_text(value).map(|name| Name::Whole(plain_of_html(&name)));
    };
    let part = |name: &str| {
        text(names, name)
            .map(|said| plain_of_html(&said))
            .unwrap_or_default()
    };
    if !part("literal").is_empty() {
        return Some(Name::Whole(part("literal")));
    }
    let joined = |parts: &[&str]| {
        let said: Vec<String> = parts
            .iter()
            .map(|name| part(name))
            .filter(|said| !said.is_empty())
            .collect();
        said.join(" ")
    };
    let family = joined(&["dropping-particle", "non-dropping-particle", "family"]);
    let given = part("given");
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Name::Whole(given)),
        _ => Some(Name::Person {
            family,
            given,
            suffix: part("suffix"),
        }),
    }
}

/// `{"date-parts": [[2019, 5, 1]]}`, `{"raw": "2019-05-01"}`, or a text.
fn day(value: &Value) -> Option<Date> {
    let Value::Object(said) = value else {
        return as_text(value).and_then(|said| date(&said));
    };
    let parts = said.get("date-parts").and_then(|parts| parts.get(0));
    if let Some(Value::Array(parts)) = parts {
        let number = |at: usize| {
            let said = parts.get(at).and_then(as_text)?;
            said.trim().parse::<u16>().ok()
        };
        let small = |at: usize, most: u16| {
            let found = number(at).filter(|found| (1..=most).contains(found))?;
            u8::try_from(found).ok()
        };
        let month = small(1, 12);
        // A negative one, of before our era, is no number of this type.
        return Some(Date {
            year: number(0)?,
            letter: None,
            month,
            day: small(2, 31).filter(|_| month.is_some()),
        });
    }
    if let Some(year) = said.get("year").and_then(as_text) {
        let part = |name: &str| said.get(name).and_then(as_text).unwrap_or_default();
        let mut found = date(&year)?;
        let (month, _) = month(&part("month")).unzip();
        found.month = month;
        found.day = super::dates::number(&part("day"), 1..=31).filter(|_| month.is_some());
        return Some(found);
    }
    let said = said.get("raw").or_else(|| said.get("literal"))?;
    as_text(said).and_then(|said| date(&said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_its_fields_whatever_their_types() {
        let json = r#"{"id": 7, "type": "article-journal", "title": "On <i>Notes</i>",
            "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                       {"literal": "WHO"}, "Plato", {}, {"family": "King", "given": "M", "suffix": "Jr"}],
            "issued": {"date-parts": [["2019", 5]]}, "volume": 12, "page": "1-9",
            "container-title": ["Review"], "DOI": "doi:10.1/x", "abstract": 3}"#;
        let item: CslItem = serde_json::from_str(json).unwrap();
        assert_eq!(key(&item).as_deref(), Some("7"));
        let read = details(&item, true);
        assert_eq!(read.title, "On Notes");
        let families: Vec<&str> = read.authors.iter().map(Name::family).collect();
        assert_eq!(families, ["van Beethoven", "WHO", "Plato", "King"]);
        let last = read.authors.last().map(Name::natural);
        assert_eq!(last.as_deref(), Some("M King Jr"));
        assert_eq!(
            read.date.map(|date| (date.year, date.month)),
            Some((2019, Some(5)))
        );
        assert_eq!((read.volume.as_str(), read.pages.as_str()), ("12", "1–9"));
        assert_eq!(
            (read.container.as_str(), read.doi.as_str()),
            ("Review", "10.1/x")
        );
    }
}
