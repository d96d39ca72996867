//! JATS: articles of journals, as PubMed Central and SciELO have them.

mod front;
mod notes;
mod parts;
mod reference;
mod tables;
#[cfg(test)]
mod tests;
mod walk;

use crate::formats::html::charset;
use crate::formats::markup::{NodeId, Tree, xml};
use encoding_rs::Encoding;

use crate::paper::{PaperBuilder, Parsed, ProblemKind, SourceLocation};
use notes::JatsNotes;
use walk::JatsWalker;

/// Reads an article, as far as it is XML.
pub(crate) fn read(bytes: &[u8], encoding: Option<&'static Encoding>) -> Parsed {
    let (text, lost) = charset::decode(bytes, encoding);
    let mut tree = Tree::new();
    let result = xml::parse_into(&mut tree, Tree::ROOT, &text);
    let mut builder = PaperBuilder::new();
    if let Some(lost) = lost {
        builder.problem(lost);
    }
    if let Err(broken) = result {
        builder.set_location(SourceLocation::Line(broken.line));
        builder.problem("the XML is broken here; what comes after this place may be missing");
    }
    if tree.is_full() {
        builder.problem(ProblemKind::TooMuchMarkup);
    }
    tell(&tree, &mut builder);
    builder.finish()
}

fn tell(tree: &Tree, builder: &mut PaperBuilder) {
    let Some(article) = tree
        .find(Tree::ROOT, "article")
        .or_else(|| tree.find(Tree::ROOT, "book"))
    else {
        return;
    };
    front::read(tree, article, builder.metadata_mut());
    let notes = JatsNotes::find(tree);
    let mut walker = JatsWalker::new(tree, &notes, builder);
    for part in parts(tree, article) {
        walker.tell(part);
    }
    walker.tell_notes();
}

/// The parts of an article that are text, in the order in which they are read.
fn parts(tree: &Tree, article: NodeId) -> Vec<NodeId> {
    let mut parts = Vec::new();
    let mut later = Vec::new();
    for child in tree.children(article) {
        match tree.name(child) {
            "front" => {
                parts.extend(notes::of_title(tree, child));
                parts.extend(abstracts(tree, child));
            }
            "body" | "back" => parts.push(child),
            "floats-group" | "floats-wrap" | "sub-article" | "response" => later.push(child),
            _ => {}
        }
    }
    parts.append(&mut later);
    parts
}

fn abstracts(tree: &Tree, front: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    tree.descendants(front).filter(|node| {
        let kind = tree.attribute(*node, "abstract-type").unwrap_or_default();
        let is_other = matches!(kind, "toc" | "graphical" | "teaser" | "web-summary");
        let is_blank = || tree.line_of_text(*node).is_empty();
        matches!(tree.name(*node), "abstract" | "trans-abstract") && !is_other && !is_blank()
    })
}
