//! HTML: pages of every maker, with their notes.

mod about;
mod article;
pub(crate) mod charset;
pub(crate) mod front;
pub(crate) mod grid;
mod inline;
pub(crate) mod label;
pub(crate) mod links;
pub(crate) mod names;
pub(crate) mod notes;
pub(crate) mod paragraphs;
pub(crate) mod parse;
mod sidenotes;
mod tables;
#[cfg(test)]
mod tests;
mod unlinked;
mod unveil;
pub(crate) mod walk;

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::formats::markup::{DocumentOrder, Tree};
use crate::paper::{PaperBuilder, Parsed, ProblemKind};
use article::TextAmounts;
use links::Links;
use notes::HtmlNotes;
use walk::{HtmlContext, HtmlWalker};

/// Reads a page.
pub(crate) fn read(bytes: &[u8], encoding: Option<&'static Encoding>) -> Parsed {
    let (text, lost) = charset::decode(bytes, encoding);
    read_text(&text, lost, None)
}

/// Reads a page that was saved from the given address.
pub(crate) fn read_text(text: &str, lost: Option<String>, address: Option<&str>) -> Parsed {
    let mut tree = parse::parse(text);
    unveil::unveil(&mut tree);
    let mut builder = PaperBuilder::new();
    if let Some(lost) = lost {
        builder.problem(lost);
    }
    tell(&tree, address, &mut builder);
    if tree.is_full() {
        builder.problem(ProblemKind::TooMuchMarkup);
    }
    builder.finish()
}

fn tell(tree: &Tree, address: Option<&str>, builder: &mut PaperBuilder) {
    let addresses = addresses(tree, address);
    let order = DocumentOrder::new(tree);
    let links = Links::within(tree, &addresses);
    let notes = HtmlNotes::find(tree, &order, &links);
    let amounts = TextAmounts::new(tree, &order);
    let root = article::root(tree, &amounts);
    let mut hidden = article::furniture(tree, &amounts, root, &notes);
    let root = article::narrowed(tree, &amounts, root, &hidden);
    let metadata = builder.metadata_mut();
    about::read(tree, root, metadata, &mut hidden);
    let repeated = front::repeated(tree, root, &hidden, metadata);
    hidden.extend(repeated);
    let context = HtmlContext {
        tree,
        links: &links,
        notes: &notes,
        hidden: &hidden,
        pages: &HashMap::new(),
        headings: &HashMap::new(),
        base: addresses.first().map_or("", String::as_str),
        paragraphs: None,
        lines_before: 0,
    };
    let mut walker = HtmlWalker::new(&context, builder);
    walker.tell(root);
    walker.tell_notes();
}

/// The addresses by which the page may call itself.
fn addresses(tree: &Tree, saved_from: Option<&str>) -> Vec<String> {
    let mut addresses: Vec<String> = saved_from.map(str::to_owned).into_iter().collect();
    for node in tree.descendants(Tree::ROOT) {
        let is = |key, value| tree.attribute(node, key) == Some(value);
        let said = match tree.name(node) {
            "base" => tree.attribute(node, "href"),
            "link" if is("rel", "canonical") => tree.attribute(node, "href"),
            "meta" if is("property", "og:url") => tree.attribute(node, "content"),
            "body" => break,
            _ => None,
        };
        addresses.extend(said.map(str::to_owned));
    }
    addresses
}
