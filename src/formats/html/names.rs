//! What the names of elements, classes and roles mean, as the makers of pages use them.

use crate::formats::markup::{NodeId, Tree};

/// Whether the element begins a line of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | ""
    )
}

/// The level of a heading.
pub(crate) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether the element has the class, in any case.
pub(crate) fn has_class(tree: &Tree, node: NodeId, wanted: &[&str]) -> bool {
    let classes = tree.attribute(node, "class").unwrap_or_default();
    classes
        .split_ascii_whitespace()
        .any(|class| wanted.iter().any(|one| class.eq_ignore_ascii_case(one)))
}

/// Whether the element is said to be one of these, as an EPUB or as a web page says it.
pub(crate) fn has_type(tree: &Tree, node: NodeId, wanted: &[&str]) -> bool {
    let words = |name| tree.attribute(node, name).unwrap_or_default();
    let types = words("epub:type").split_ascii_whitespace();
    let roles = words("role").split_ascii_whitespace();
    types
        .chain(roles.filter_map(|role| role.strip_prefix("doc-")))
        .any(|one| wanted.contains(&one))
}

/// Whether the link is said to lead to a note.
pub(super) fn is_reference(tree: &Tree, link: NodeId) -> bool {
    let classes = [
        "_idEndnoteLink",
        "_idFootnoteLink",
        "duokan-footnote",
        "endnote-ref",
        "endnoteref",
        "fn-ref",
        "fnanchor",
        "fnref",
        "footnote-anchor",
        "footnote-link",
        "footnote-ref",
        "footnote-reference",
        "footnotecall",
        "footnotelink",
        "footnoteref",
        "footref",
        "note-ref",
        "noteref",
        "sdendnoteanc",
        "sdfootnoteanc",
    ];
    has_type(tree, link, &["noteref"])
        || has_class(tree, link, &classes)
        || tree.attribute(link, "data-footnote-ref").is_some()
        || tree.attribute(link, "rel") == Some("footnote")
}

/// Whether the element is said to be a note.
pub(super) fn is_note(tree: &Tree, node: NodeId) -> bool {
    let classes = [
        "_idEndnote",
        "_idFootnote",
        "endnote",
        "footdef",
        "footnote",
        "footnote-definition",
        "footnote-item",
        "footnotebody",
        "sdendnote",
        "sdfootnote",
    ];
    has_type(tree, node, &["endnote", "footnote", "note", "rearnote"])
        || has_class(tree, node, &classes)
}

/// Whether the link is said to lead back from a note.
pub(super) fn is_way_back(tree: &Tree, link: NodeId) -> bool {
    let classes = [
        "_idEndnoteAnchor",
        "_idFootnoteAnchor",
        "data-footnote-backref",
        "fn-backref",
        "footnote-back",
        "footnote-backlink",
        "footnote-backref",
        "footnote-return",
        "footnoteback",
        "reversefootnote",
    ];
    has_type(tree, link, &["backlink"])
        || has_class(tree, link, &classes)
        || tree.attribute(link, "data-footnote-backref").is_some()
        || tree.attribute(link, "rev") == Some("footnote")
}

/// Whether an id is one that makers of pages give to notes, such as `fn1` or `cite_note-2`.
pub(super) fn is_note_id(id: &str) -> bool {
    const HEADS: [&str; 14] = [
        "cite_note",
        "_edn",
        "_ftn",
        "edn",
        "endnote",
        "en",
        "fn",
        "foot",
        "footnote",
        "ftn",
        "note",
        "n",
        "sdfootnote",
        "sdendnote",
    ];
    let id = id.to_ascii_lowercase();
    // Wikipedia puts the source's name between.
    if id.starts_with("cite_note-") {
        return true;
    }
    HEADS.iter().any(|head| {
        let rest = id.strip_prefix(head);
        rest.is_some_and(|rest| {
            rest.trim_start_matches(['-', '_', ':', '.'])
                .starts_with(|char: char| char.is_ascii_digit())
        })
    })
}

/// Whether an id ends as one that makers of pages give to notes, behind the name of a chapter, such as
/// `ch2note05`.
pub(super) fn ends_as_note_id(id: &str) -> bool {
    let name = id.trim_end_matches(|char: char| char.is_ascii_digit());
    let is_numbered = name.len() < id.len();
    let name = name
        .trim_end_matches(['-', '_', ':', '.'])
        .to_ascii_lowercase();
    is_numbered
        && ["note", "fn", "ftn"]
            .iter()
            .any(|tail| name.ends_with(tail))
}

/// Whether the element sets its text above the line.
pub(super) fn is_raised(tree: &Tree, node: NodeId) -> bool {
    tree.name(node) == "sup"
        || has_class(
            tree,
            node,
            &["sup", "super", "superscript", "MsoFootnoteReference"],
        )
        || tree.attribute(node, "style").is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            let value = style.split_once("vertical-align").map(|(_, rest)| rest);
            value.is_some_and(|rest| rest.trim_start_matches([':', ' ']).starts_with("super"))
        })
}
