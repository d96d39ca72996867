//! EPUB 2 and 3: the chapters of a book, which are pages of HTML, as one text.

mod book;
mod navigation;
mod package;

use std::collections::HashMap;

use crate::formats::Refusal;
use crate::formats::archive::Archive;
use crate::formats::html::notes::HtmlNotes;
use crate::formats::html::paragraphs::ParagraphNumbers;
use crate::formats::html::walk::{HtmlContext, HtmlWalker};
use crate::formats::markup::{DocumentOrder, NodeId, Tree};
use crate::paper::{PaperBuilder, Parsed};
use book::Book;

/// Reads a book.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut archive = Archive::open(bytes).ok_or(Refusal::NoText)?;
    if package::is_locked(&mut archive) {
        return Err(Refusal::Locked);
    }
    let package = package::read(&mut archive);
    let mut builder = PaperBuilder::new();
    *builder.metadata_mut() = package.metadata.clone();
    let book = Book::read(&mut archive, &package, &mut builder);
    if book.is_empty() {
        return Err(Refusal::NoText);
    }
    tell(&book, &mut builder);
    Ok(builder.finish())
}

fn tell(book: &Book, builder: &mut PaperBuilder) {
    let tree = &book.tree;
    let order = DocumentOrder::new(tree);
    let links = book.links();
    let notes = HtmlNotes::find(tree, &order, &links);
    let hidden = book.hidden(builder.metadata_mut(), &notes);
    let headings = book.headings(&builder.metadata_mut().title, &notes, &hidden);
    let pages = book.pages();
    let paragraphs = ParagraphNumbers::new(tree, &order);
    let context = HtmlContext {
        tree,
        links: &links,
        notes: &notes,
        hidden: &hidden,
        pages: &pages,
        headings: &headings,
        base: "",
        paragraphs: Some(&paragraphs),
        lines_before: 0,
    };
    let mut walker = HtmlWalker::new(&context, builder);
    walker.tell(Tree::ROOT);
    walker.tell_notes();
}

/// Headings to set, by the elements that they come before or that become them.
pub(crate) type Headings = HashMap<NodeId, NavigationHeading>;

/// A heading that a text has only in its navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NavigationHeading {
    pub(crate) level: u8,
    /// What to set before the element; none if the element's own words are the heading.
    pub(crate) words: Option<String>,
}
