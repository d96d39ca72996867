//! Annotations of the W3C's data model, in whatever holds them: a page or collection with `items`,
//! the `AnnotationSet` of EPUB, a list, one alone, or the `rows` of Hypothesis.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{About, ForeignAnnotation};
use crate::paper::clean;
use crate::shelf::annotation::{AnnotationKind, HighlightKind};
use crate::shelf::failure::Failure;
use crate::shelf::origin::Origin;
use crate::shelf::timestamp::Timestamp;
use crate::shelf::w3c;

/// The annotations in whatever holds them, each as it is written.
pub(super) fn items(file: &str) -> Result<Vec<&RawValue>, Failure> {
    let not_found = || Failure::NoBookmarks("it holds no annotations".to_owned());
    let whole: &RawValue =
        serde_json::from_str(file).map_err(|error| Failure::NoBookmarks(error.to_string()))?;
    if let Some(items) = array(whole) {
        return Ok(items);
    }
    let fields = object(whole).ok_or_else(not_found)?;
    let first = fields.get("first").and_then(|first| object(first));
    let held = [
        fields.get("items"),
        fields.get("rows"),
        first.as_ref().and_then(|first| first.get("items")),
    ];
    let mut held = held.into_iter().flatten();
    match held.find_map(|items| array(items)) {
        Some(items) => Ok(items),
        None if fields.contains_key("target") => Ok(vec![whole]),
        None => Err(not_found()),
    }
}

fn array(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

fn object(value: &RawValue) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// Reads an annotation; none if it quotes nothing. One that does not say what it is for is of the
/// kind `otherwise`.
pub(super) fn read(item: &Value, otherwise: &AnnotationKind) -> Option<ForeignAnnotation> {
    let targets = list(item.get("target")?);
    let mut selectors = targets.iter().flat_map(|target| selectors(target));
    let quotation = selectors.find(|selector| {
        let quote = selector.get("exact").and_then(Value::as_str);
        quote.is_some_and(|quote| !quote.trim().is_empty())
    })?;
    let words = |name| {
        let words = quotation.get(name).and_then(Value::as_str);
        words.unwrap_or_default().to_owned()
    };
    let (label, note) = bodies(item);
    let time = |name: &str| Timestamp::parse(item.get(name)?.as_str()?);
    let given = item.get("id").and_then(Value::as_str);
    let own = given.and_then(w3c::own_id);
    Some(ForeignAnnotation {
        id: given.map(ToOwned::to_owned),
        own_id: own.map(|(_, id)| id.to_owned()),
        kind: kind(item, own.map(|(kind, _)| kind), otherwise),
        quote: words("exact"),
        prefix: words("prefix"),
        suffix: words("suffix"),
        label,
        note,
        created: time("created"),
        modified: time("modified").or_else(|| time("updated")),
        ..ForeignAnnotation::default()
    })
}

/// What an annotation is for, by opcit's own word, or by its motivation.
fn kind(item: &Value, own: Option<&str>, otherwise: &AnnotationKind) -> AnnotationKind {
    let highlight = || AnnotationKind::Highlight(category(item));
    match own {
        Some("bookmark") => return AnnotationKind::Bookmark,
        Some("highlight") => return highlight(),
        Some("note") => return AnnotationKind::Note,
        _ => {}
    }
    let motivations = item.get("motivation").map(list).unwrap_or_default();
    let mut motivations = motivations
        .iter()
        .filter_map(|motivation| motivation.as_str());
    match motivations.next() {
        Some("highlighting") => highlight(),
        Some("commenting") => AnnotationKind::Note,
        Some("bookmarking") => AnnotationKind::Bookmark,
        _ if otherwise.is_highlight() => highlight(),
        _ => otherwise.clone(),
    }
}

/// Why a passage is highlighted: by a tag of opcit's, or by the colour.
fn category(item: &Value) -> HighlightKind {
    let bodies = item.get("body").map(list).unwrap_or_default();
    let tags = bodies.iter().filter_map(|body| {
        let is_tag = body.get("purpose").and_then(Value::as_str) == Some("tagging");
        body.get("value").filter(|_| is_tag)?.as_str()
    });
    let mut known = tags.filter_map(|tag| {
        let kind = HighlightKind::from_name(tag);
        HighlightKind::ALL.contains(&kind).then_some(kind)
    });
    let colour = || bodies.iter().find_map(|body| body.get("color")?.as_str());
    known
        .next()
        .unwrap_or_else(|| HighlightKind::from_colour(colour().unwrap_or_default()))
}

/// The paper that an annotation says it is about.
pub(super) fn about(item: &Value) -> About {
    let targets = item.get("target").map(list).unwrap_or_default();
    let sources = targets
        .into_iter()
        .map(|target| match target.get("source") {
            Some(source) => source.get("id").unwrap_or(source),
            None => target,
        });
    let iris: Vec<&str> = sources.filter_map(Value::as_str).collect();
    match iris.iter().find_map(|iri| Origin::from_iri(iri)) {
        Some(origin) => About::Paper(origin),
        None => iris.first().map_or(About::Unsaid, |iri| {
            About::Elsewhere(clean(iri).into_owned())
        }),
    }
}

/// One value or several.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    }
}

/// The selectors of a target, and those that refine them.
fn selectors(target: &Value) -> Vec<&Value> {
    let selectors = target.get("selector").map(list).unwrap_or_default();
    let refining = selectors
        .iter()
        .filter_map(|selector| selector.get("refinedBy"));
    let refining: Vec<_> = refining.flat_map(list).collect();
    [selectors, refining].concat()
}

/// The label and the note.
fn bodies(item: &Value) -> (String, String) {
    let (mut label, mut notes) = (String::new(), Vec::new());
    let bodies = item.get("body").map(list).unwrap_or_default();
    for body in bodies.into_iter().chain(item.get("text")) {
        let purpose = body.get("purpose").and_then(Value::as_str);
        let value = body.as_str().or_else(|| body.get("value")?.as_str());
        match (purpose, value) {
            (Some("describing"), Some(value)) if label.is_empty() => {
                label = clean(value).into_owned();
            }
            (Some("tagging"), _) | (_, None | Some("")) => {}
            (_, Some(value)) => notes.extend(value.lines().map(|line| clean(line).into_owned())),
        }
    }
    (label, notes.join("\n"))
}
