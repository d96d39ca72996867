//! Blocks of HTML in a paper: told as a page would be, if they are whole.

use std::collections::{HashMap, HashSet};

use super::html::tag_names;
use crate::formats::html::links::Links;
use crate::formats::html::notes::HtmlNotes;
use crate::formats::html::parse;
use crate::formats::html::walk::{HtmlContext, HtmlWalker};
use crate::formats::markup::{DocumentOrder, Tree};
use crate::paper::PaperBuilder;

/// Elements that shape what is in them; only where all of these end is the block whole.
const SHAPING: [&str; 15] = [
    "table",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "p",
];

/// Parts of a table, which say nothing without it.
const PARTS: [&str; 5] = ["tr", "td", "th", "thead", "tbody"];

/// Whether the block holds whole elements, so that it can be read apart from what is around it.
/// Markdown ends such a block at a blank line, which may come within a table.
pub(super) fn is_whole(html: &str) -> bool {
    let mut open: HashMap<&str, i32> = HashMap::new();
    let mut has_shape = false;
    for (name, is_end) in tag_names(html) {
        let name = name.to_ascii_lowercase();
        let open_tables = open.get("table").copied().unwrap_or_default();
        if PARTS.contains(&name.as_str()) && open_tables <= 0 {
            return false;
        }
        if let Some(shape) = SHAPING.iter().find(|shape| **shape == name) {
            has_shape = true;
            let count = open.entry(*shape).or_default();
            *count += if is_end { -1 } else { 1 };
            if *count < 0 {
                return false;
            }
        }
        has_shape |= name == "img" || name == "hr";
    }
    // What is left open of paragraphs ends with the block.
    has_shape && open.iter().all(|(name, count)| *count == 0 || *name == "p")
}

/// Tells a whole block, the first line of which is known.
pub(super) fn tell(html: &str, line: u32, builder: &mut PaperBuilder) {
    let tree = parse::parse(html);
    let order = DocumentOrder::new(&tree);
    let links = Links::within(&tree, &[]);
    let mut notes = HtmlNotes::find(&tree, &order, &links);
    // The paper has its own note of that number.
    for note in &mut notes.list {
        note.label = format!("html-{line}-{}", note.label);
    }
    let context = HtmlContext {
        tree: &tree,
        links: &links,
        notes: &notes,
        hidden: &HashSet::new(),
        pages: &HashMap::new(),
        headings: &HashMap::new(),
        base: "",
        paragraphs: None,
        lines_before: line.saturating_sub(1),
    };
    builder.keep_empty_paragraphs(false);
    let mut walker = HtmlWalker::new(&context, builder);
    walker.tell(Tree::ROOT);
    walker.tell_notes();
    builder.keep_empty_paragraphs(true);
}
