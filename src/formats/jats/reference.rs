//! A list of references: each source as it is printed, or made of its fields.

use super::front;
use crate::formats::markup::{NodeId, Tree};

/// Whether the source is given in fields only, with no words or stops between them.
pub(super) fn has_only_fields(tree: &Tree, citation: NodeId) -> bool {
    let mut texts = tree.children(citation).filter_map(|child| tree.text(child));
    texts.all(|text| text.trim().is_empty())
}

/// A piece of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReferencePiece {
    Plain(String),
    Emphasis(String),
    Link { address: String, words: String },
}

/// The source in the usual order: people, year, title, where it appeared.
pub(super) fn pieces(tree: &Tree, citation: NodeId) -> Vec<ReferencePiece> {
    let field = |names: &[&str]| {
        let found = names.iter().find_map(|name| tree.find(citation, name));
        found
            .map(|node| tree.line_of_text(node))
            .filter(|text| !text.is_empty())
    };
    let mut pieces = Vec::new();
    let mut plain = |text: String| pieces.push(ReferencePiece::Plain(text));
    let people = people(tree, citation);
    let year = field(&["year"]);
    if !people.is_empty() {
        plain(format!("{people} "));
    }
    if let Some(year) = year {
        plain(format!("({year}) "));
    }
    if let Some(title) = field(&["article-title", "chapter-title", "data-title", "part-title"]) {
        let stop = if title.ends_with(['.', '?', '!']) {
            " "
        } else {
            ". "
        };
        plain(format!("{title}{stop}"));
    }
    if let Some(source) = field(&["source", "conf-name", "trans-title"]) {
        pieces.push(ReferencePiece::Emphasis(source));
        pieces.push(ReferencePiece::Plain(" ".to_owned()));
    }
    let place = place(&field);
    if !place.is_empty() {
        pieces.push(ReferencePiece::Plain(format!("{place}. ")));
    }
    if let Some(comment) = field(&["comment"]) {
        pieces.push(ReferencePiece::Plain(format!("{comment} ")));
    }
    pieces.extend(links(tree, citation));
    pieces
}

fn people(tree: &Tree, citation: NodeId) -> String {
    let mut names: Vec<String> = Vec::new();
    for node in tree.descendants(citation) {
        match tree.name(node) {
            "name" | "string-name" => {
                let part = |name: &str| tree.child(node, name).map(|part| tree.line_of_text(part));
                let name = match (part("surname"), part("given-names")) {
                    (Some(surname), Some(given)) => format!("{surname} {given}"),
                    (Some(surname), None) => surname,
                    _ => tree.line_of_text(node),
                };
                names.push(name);
            }
            "collab" => {
                names.extend(front::name(tree, node).or_else(|| Some(tree.line_of_text(node))));
            }
            "etal" => names.push("et al.".to_owned()),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names.join(", ")
}

/// Volume, issue, pages, edition and publisher.
fn place(field: &impl Fn(&[&str]) -> Option<String>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let volume = field(&["volume"]);
    let issue = field(&["issue"]).map(|issue| format!("({issue})"));
    match (volume, issue) {
        (Some(volume), issue) => parts.push(format!("{volume}{}", issue.unwrap_or_default())),
        (None, Some(issue)) => parts.push(issue),
        (None, None) => {}
    }
    match (field(&["fpage"]), field(&["lpage"])) {
        (Some(first), Some(last)) if first != last => parts.push(format!("{first}–{last}")),
        (Some(first), _) => parts.push(first),
        _ => parts.extend(field(&["elocation-id", "page-range"])),
    }
    parts.extend(field(&["edition"]).map(|edition| format!("{edition} ed.")));
    let publisher = [field(&["publisher-loc"]), field(&["publisher-name"])];
    let publisher: Vec<String> = publisher.into_iter().flatten().collect();
    if !publisher.is_empty() {
        parts.push(publisher.join(": "));
    }
    parts.join(", ")
}

fn links(tree: &Tree, citation: NodeId) -> Vec<ReferencePiece> {
    let mut pieces = Vec::new();
    for node in tree.descendants(citation) {
        let text = tree.line_of_text(node);
        let address = match tree.name(node) {
            "pub-id" if tree.attribute(node, "pub-id-type") == Some("doi") => {
                format!("https://doi.org/{text}")
            }
            "ext-link" | "uri" => tree
                .attribute(node, "xlink:href")
                .unwrap_or(&text)
                .to_owned(),
            _ => continue,
        };
        let words = if tree.name(node) == "pub-id" {
            format!("doi:{text}")
        } else {
            text
        };
        pieces.push(ReferencePiece::Link { address, words });
        pieces.push(ReferencePiece::Plain(" ".to_owned()));
    }
    pieces
}
