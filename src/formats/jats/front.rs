//! What an article says of itself.

use crate::formats::markup::{NodeId, Tree, WalkEvent};
use crate::paper::Metadata;

/// Fills the metadata in.
pub(super) fn read(tree: &Tree, article: NodeId, metadata: &mut Metadata) {
    let language = tree.attribute(article, "xml:lang").unwrap_or_default();
    metadata.language = language.to_owned();
    let Some(front) = tree.child(article, "front") else {
        return;
    };
    let first = |name: &str| {
        tree.find(front, name)
            .map(|node| words(tree, node))
            .unwrap_or_default()
    };
    let meta = tree.find(front, "article-meta").unwrap_or(front);
    let group = tree.find(meta, "title-group").unwrap_or(meta);
    let title = tree.find(group, "article-title");
    metadata.title = title.map(|title| words(tree, title)).unwrap_or_default();
    metadata.subtitle = tree
        .child(group, "subtitle")
        .map(|node| words(tree, node))
        .unwrap_or_default();
    metadata.authors = authors(tree, meta);
    metadata.date = date(tree, meta);
    metadata.journal = first("journal-title");
    metadata.publisher = [metadata.journal.clone(), first("publisher-name")]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let mut ids = tree.descendants(meta).filter(|node| {
        tree.name(*node) == "article-id" && tree.attribute(*node, "pub-id-type") == Some("doi")
    });
    metadata.doi = ids.next().map(|node| words(tree, node)).unwrap_or_default();
    let keywords = tree
        .descendants(meta)
        .filter(|node| tree.name(*node) == "kwd");
    let is_own = |node: &NodeId| {
        !tree
            .ancestors(*node)
            .any(|around| tree.attribute(around, "kwd-group-type") == Some("research-organism"))
    };
    metadata.keywords = keywords
        .filter(is_own)
        .map(|node| words(tree, node))
        .filter(|word| !word.is_empty())
        .collect();
    metadata.licence = [
        first("license-p"),
        first("license"),
        first("copyright-statement"),
    ]
    .into_iter()
    .find(|text| !text.is_empty())
    .unwrap_or_default();
}

/// The words of an element, without the marks of notes.
fn words(tree: &Tree, node: NodeId) -> String {
    let mut text = String::new();
    let mut walk = tree.walk(node);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        match tree.name(node) {
            "xref" | "fn" => walk.pass_over(node),
            "break" => text.push(' '),
            _ => text.push_str(tree.text(node).unwrap_or_default()),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn authors(tree: &Tree, meta: NodeId) -> Vec<String> {
    let people = tree
        .descendants(meta)
        .filter(|node| tree.name(*node) == "contrib");
    let people: Vec<NodeId> = people
        .filter(|node| {
            // People named within a group of authors are not named again.
            !tree
                .ancestors(*node)
                .any(|around| tree.name(around) == "collab")
        })
        .collect();
    let is_author =
        |node: &&NodeId| matches!(tree.attribute(**node, "contrib-type"), Some("author"));
    let marked: Vec<NodeId> = people.iter().filter(is_author).copied().collect();
    let is_unmarked = people
        .iter()
        .all(|node| tree.attribute(*node, "contrib-type").is_none());
    let people = if is_unmarked { people } else { marked };
    people
        .into_iter()
        .filter_map(|person| name(tree, person))
        .collect()
}

/// The name of a person or a group.
pub(super) fn name(tree: &Tree, person: NodeId) -> Option<String> {
    let found = tree
        .descendants(person)
        .find(|node| matches!(tree.name(*node), "name" | "string-name" | "collab"))?;
    let part = |name: &str| {
        tree.find(found, name)
            .map(|node| words(tree, node))
            .filter(|text| !text.is_empty())
    };
    let name = match (part("given-names"), part("surname")) {
        (Some(given), Some(surname)) => format!("{given} {surname}"),
        (_, Some(surname)) => surname,
        _ if tree.name(found) == "collab" => {
            let texts = tree
                .children(found)
                .take_while(|child| tree.name(*child) != "contrib-group");
            let text: String = texts.map(|child| tree.text_in(child)).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => words(tree, found),
    };
    let name = part("suffix").map_or(name.clone(), |suffix| format!("{name} {suffix}"));
    (!name.is_empty()).then_some(name)
}

/// The day of publication, as far as it is said.
fn date(tree: &Tree, meta: NodeId) -> String {
    let dates: Vec<NodeId> = tree
        .descendants(meta)
        .filter(|node| tree.name(*node) == "pub-date")
        .collect();
    let kinds = ["epub", "pub", "ppub", "epub-ppub", "collection"];
    let kind = |node: NodeId| {
        tree.attribute(node, "pub-type")
            .or_else(|| tree.attribute(node, "date-type"))
    };
    let best = kinds
        .iter()
        .find_map(|wanted| dates.iter().find(|date| kind(**date) == Some(wanted)));
    let Some(date) = best.or(dates.first()) else {
        return String::new();
    };
    let part = |name: &str| {
        tree.child(*date, name)
            .map(|node| tree.line_of_text(node))
            .filter(|text| !text.is_empty())
    };
    match (part("year"), part("month"), part("day")) {
        (Some(year), Some(month), Some(day)) if is_number(&month) && is_number(&day) => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        (Some(year), Some(month), _) if is_number(&month) => format!("{year}-{month:0>2}"),
        (Some(year), ..) => year,
        _ => tree
            .child(*date, "string-date")
            .map(|node| tree.line_of_text(node))
            .unwrap_or_default(),
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
