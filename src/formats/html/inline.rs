//! Styles and links within running text.

use super::names::{has_class, is_raised};
use super::walk::HtmlContext;
use crate::formats::markup::{NodeId, Tree};
use crate::formats::running::InlineEffect;
use crate::paper::Style;

/// What the element does to the text in it.
pub(super) fn inline(context: &HtmlContext<'_>, node: NodeId) -> Vec<InlineEffect> {
    let tree = context.tree;
    let style = |style| vec![InlineEffect::Style(style)];
    match tree.name(node) {
        "em" | "i" | "cite" | "var" | "dfn" if !is_upright(tree, node) => style(Style::Emphasis),
        "strong" | "b" => style(Style::Strong),
        "s" | "strike" | "del" => style(Style::Struck),
        "code" | "tt" | "kbd" | "samp" if !is_in_code(tree, node) => style(Style::Code),
        "sup" => style(Style::Raised),
        "sub" => style(Style::Lowered),
        "a" => link(context, node)
            .into_iter()
            .map(InlineEffect::Link)
            .collect(),
        "span" | "font" | "small" | "big" => styles(tree, node),
        _ => Vec::new(),
    }
}

fn is_in_code(tree: &Tree, node: NodeId) -> bool {
    tree.ancestors(node)
        .any(|around| tree.name(around) == "pre")
}

fn is_upright(tree: &Tree, node: NodeId) -> bool {
    // A whole note may be a `cite` of this class.
    has_class(tree, node, &["ltx_cite", "footnote"])
        || css(tree, node).contains("font-style:normal")
}

/// The element's own style sheet, without spaces.
fn css(tree: &Tree, node: NodeId) -> String {
    let style = tree.attribute(node, "style").unwrap_or_default();
    let style: String = style.split_ascii_whitespace().collect();
    style.to_ascii_lowercase()
}

fn styles(tree: &Tree, node: NodeId) -> Vec<InlineEffect> {
    let css = css(tree, node);
    let is = |value: &str, classes: &[&str]| css.contains(value) || has_class(tree, node, classes);
    let mut styles = Vec::new();
    if is(
        "font-style:italic",
        &["italic", "italics", "ltx_font_italic", "ltx_emph"],
    ) {
        styles.push(Style::Emphasis);
    }
    if is("font-weight:bold", &["bold", "ltx_font_bold"]) || css.contains("font-weight:7") {
        styles.push(Style::Strong);
    }
    if is(
        "font-variant:small-caps",
        &[
            "smallcaps",
            "small-caps",
            "smcap",
            "sc",
            "ltx_font_smallcaps",
        ],
    ) {
        styles.push(Style::SmallCaps);
    }
    if is("text-decoration:line-through", &["strikethrough"]) {
        styles.push(Style::Struck);
    }
    if is_raised(tree, node) {
        styles.push(Style::Raised);
    }
    if is("vertical-align:sub", &["sub", "subscript"])
        && !css.contains("vertical-align:super")
        && !is_raised(tree, node)
    {
        styles.push(Style::Lowered);
    }
    styles.into_iter().map(InlineEffect::Style).collect()
}

/// Where the link leads: an element of the text, or an address elsewhere.
fn link(context: &HtmlContext<'_>, node: NodeId) -> Option<String> {
    if let Some(target) = context.links.target(node) {
        return context.links.name(target).map(|name| format!("#{name}"));
    }
    let address = context.tree.attribute(node, "href")?.trim();
    let is_empty = address.is_empty() || address.starts_with('#');
    let lower: String = address
        .chars()
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    if is_empty || lower.starts_with("javascript:") || lower.starts_with("data:") {
        return None;
    }
    Some(absolute(context.base, address))
}

/// The address, made whole by the one of the page that it is on, if that is known.
pub(super) fn absolute(base: &str, address: &str) -> String {
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    let Some((scheme, rest)) = base.split_once("://") else {
        return address.to_owned();
    };
    if has_scheme || address.is_empty() {
        return address.to_owned();
    }
    if let Some(rest) = address.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if address.starts_with('/') {
        return format!("{scheme}://{host}{address}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut rest = address;
    loop {
        if let Some(next) = rest.strip_prefix("./") {
            rest = next;
        } else if let Some(next) = rest.strip_prefix("../") {
            rest = next;
            parts.pop();
        } else {
            break;
        }
    }
    parts.push(rest);
    format!("{scheme}://{host}/{}", parts.join("/"))
}
