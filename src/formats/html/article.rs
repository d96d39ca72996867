//! Which part of a page is the text, and what in it is only the page's furniture.

use std::collections::HashSet;

use super::names::{has_class, has_type, heading_level, is_block, is_note};
use super::notes::HtmlNotes;
use crate::formats::markup::{DocumentOrder, NodeId, Tree, WalkEvent};

/// An article among several is the text if it has so much of what they hold, in hundredths.
const MAIN_SHARE_PERCENT: usize = 60;

/// Furniture has less than so much of the text, in hundredths.
const FURNITURE_PERCENT: usize = 35;

/// What has less in its paragraphs may be anything, in bytes.
const MIN_TEXT_BYTES: usize = 1500;

/// Of a list of links so much is links, in hundredths.
const LINKS_PERCENT: usize = 60;

/// No more than so much of the text is furniture, in hundredths.
const MAX_HIDDEN_PERCENT: usize = 85;

/// So much of the paragraphs is in the element that holds the text, in hundredths.
const PARAGRAPHS_PERCENT: usize = 85;

/// A page has at least so many pieces of furniture if it has any to speak of.
const MIN_FURNITURE: usize = 3;

/// The id of a piece of furniture has so many words at most.
const MAX_ID_WORDS: usize = 3;

/// Roles of what is not the text.
const ROLES: [&str; 11] = [
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "toolbar",
];

/// Words in classes and ids of what is not the text.
const WORDS: [&str; 52] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "popup",
    "print-footer",
    "printfooter",
    "promo",
    "promoted",
    "recirc",
    "recommended",
    "related",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "sistersitebox",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "toc",
    "toolbar",
    "widget",
];

/// How much text is where.
#[derive(Debug)]
pub(super) struct TextAmounts<'a> {
    order: &'a DocumentOrder,
    /// Before each step of a walk.
    before: Vec<Bytes>,
}

/// Bytes of text.
#[derive(Debug, Clone, Copy, Default)]
struct Bytes {
    all: usize,
    in_links: usize,
    /// In paragraphs and not in links.
    in_paragraphs: usize,
}

impl<'a> TextAmounts<'a> {
    pub(super) fn new(tree: &Tree, order: &'a DocumentOrder) -> Self {
        let mut amounts = Self {
            order,
            before: vec![Bytes::default()],
        };
        let mut sum = Bytes::default();
        let (mut links, mut paragraphs, mut hidden) = (0_usize, 0_usize, 0_usize);
        for step in tree.walk(Tree::ROOT) {
            amounts.before.push(sum);
            let (node, is_entered) = match step {
                WalkEvent::Enter(node) => (node, true),
                WalkEvent::Leave(node) => (node, false),
            };
            let count = match tree.name(node) {
                "a" => Some(&mut links),
                "p" | "blockquote" | "pre" => Some(&mut paragraphs),
                "script" | "style" | "noscript" | "head" | "template" | "svg" => Some(&mut hidden),
                _ => None,
            };
            if let Some(count) = count {
                *count = if is_entered {
                    *count + 1
                } else {
                    count.saturating_sub(1)
                };
            }
            if is_entered
                && hidden == 0
                && let Some(text) = tree.text(node)
            {
                let words = text.split_ascii_whitespace();
                let bytes = words.map(|word| word.len() + 1).sum::<usize>();
                sum.all += bytes;
                if links > 0 {
                    sum.in_links += bytes;
                } else if paragraphs > 0 {
                    sum.in_paragraphs += bytes;
                }
            }
        }
        amounts.before.push(sum);
        amounts
    }

    fn of(&self, node: NodeId) -> Bytes {
        let range = self.order.range(node);
        let at = |step: u32| self.before.get(step as usize).copied().unwrap_or_default();
        let (from, to) = (at(range.start), at(range.end));
        Bytes {
            all: to.all.saturating_sub(from.all),
            in_links: to.in_links.saturating_sub(from.in_links),
            in_paragraphs: to.in_paragraphs.saturating_sub(from.in_paragraphs),
        }
    }
}

/// The element that holds the text.
pub(super) fn root(tree: &Tree, amounts: &TextAmounts<'_>) -> NodeId {
    let body = tree.find(Tree::ROOT, "body").unwrap_or(Tree::ROOT);
    let all = amounts.of(body).all;
    let is_large = |node: &NodeId| amounts.of(*node).all * 100 > all * (100 - MAIN_SHARE_PERCENT);
    let wiki = tree
        .descendants(body)
        .find(|node| has_class(tree, *node, &["mw-parser-output"]));
    if let Some(wiki) = wiki.filter(is_large) {
        return wiki;
    }
    let mut articles = Vec::new();
    let mut mains = Vec::new();
    let mut walk = tree.walk(body);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        let role = tree.attribute(node, "role").unwrap_or_default();
        if tree.name(node) == "main" || role == "main" {
            mains.push(node);
        } else if tree.name(node) == "article" || role == "article" {
            articles.push(node);
            walk.pass_over(node);
        }
    }
    let total: usize = articles
        .iter()
        .map(|article| amounts.of(*article).all)
        .sum();
    let largest = articles
        .iter()
        .max_by_key(|article| amounts.of(**article).all);
    let is_main = |article: &&NodeId| {
        amounts.of(**article).all * 100 >= total * MAIN_SHARE_PERCENT && is_large(article)
    };
    let article = largest.filter(is_main).copied();
    let main = mains.into_iter().find(is_large);
    article.or(main).unwrap_or(body)
}

/// The element within a page with much furniture that has nearly all its paragraphs.
pub(super) fn narrowed(
    tree: &Tree,
    amounts: &TextAmounts<'_>,
    root: NodeId,
    hidden: &HashSet<NodeId>,
) -> NodeId {
    if !matches!(tree.name(root), "body" | "") || hidden.len() < MIN_FURNITURE {
        return root;
    }
    let all = amounts.of(root).in_paragraphs;
    let mut top = root;
    loop {
        let is_main = |child: &NodeId| {
            matches!(
                tree.name(*child),
                "div" | "section" | "td" | "tr" | "tbody" | "table" | "center" | "form"
            ) && !hidden.contains(child)
                && amounts.of(*child).in_paragraphs * 100 >= all * PARAGRAPHS_PERCENT
        };
        match tree.children(top).find(is_main) {
            Some(child) if all > 0 => top = child,
            _ => return top,
        }
    }
}

/// What is not shown of the text.
pub(super) fn furniture(
    tree: &Tree,
    amounts: &TextAmounts<'_>,
    root: NodeId,
    notes: &HtmlNotes,
) -> HashSet<NodeId> {
    let mut hidden = HashSet::new();
    let is_whole_page = matches!(tree.name(root), "body" | "");
    let whole = amounts.of(root);
    let all = whole.all;
    let mut walk = tree.walk(root);
    while let Some(step) = walk.next() {
        let WalkEvent::Enter(node) = step else {
            continue;
        };
        if tree.element(node).is_none() || node == root {
            continue;
        }
        if notes.act(node).is_some() || is_note(tree, node) {
            walk.pass_over(node);
            continue;
        }
        let here = amounts.of(node);
        // What holds most of the paragraphs of a text made of such is none, whatever it is called.
        let is_text = here.in_paragraphs >= MIN_TEXT_BYTES
            && here.in_paragraphs * 2 >= whole.in_paragraphs
            && here.in_paragraphs * 100 >= (all - whole.in_links) * FURNITURE_PERCENT;
        let is_small = here.all * 100 < all * FURNITURE_PERCENT && !is_text;
        if is_furniture(tree, node, is_small)
            || is_small && is_whole_page && is_list_of_links(tree, node, here)
        {
            hidden.insert(node);
            walk.pass_over(node);
        }
    }
    let gone: usize = hidden.iter().map(|node| amounts.of(*node).all).sum();
    if gone * 100 > all * MAX_HIDDEN_PERCENT {
        // What looks like furniture is the text, then.
        hidden.retain(|node| tree.name(*node) == "nav");
    }
    hidden
}

fn is_furniture(tree: &Tree, node: NodeId, is_small: bool) -> bool {
    let name = tree.name(node);
    if name == "nav" || has_type(tree, node, &["toc", "landmarks", "page-list"]) {
        return true;
    }
    if !is_small
        || has_type(
            tree,
            node,
            &["abstract", "bibliography", "endnotes", "footnotes"],
        )
    {
        return false;
    }
    match name {
        "footer" | "aside" | "form" | "dialog" => {
            return !has_class(tree, node, &["sidenote", "marginnote"]);
        }
        "header" => return is_bare_header(tree, node),
        "p" | "a" | "em" | "strong" | "b" | "i" | "sup" | "sub" | "code" | "td" | "tr"
        | "table" | "body" => return false,
        _ if heading_level(name).is_some() || !is_block(name) => return false,
        _ => {}
    }
    let role = tree.attribute(node, "role").unwrap_or_default();
    let id = tree.attribute(node, "id").unwrap_or_default();
    // An id of many words is made of a heading's.
    let is_name = id.split(['-', '_']).count() <= MAX_ID_WORDS;
    ROLES.contains(&role)
        || has_word(tree.attribute(node, "class").unwrap_or_default())
        || is_name && has_word(id)
}

/// Whether a header has neither a heading nor a paragraph worth reading.
fn is_bare_header(tree: &Tree, header: NodeId) -> bool {
    !tree.descendants(header).any(|node| {
        heading_level(tree.name(node)).is_some()
            || tree.name(node) == "p" && tree.text_in(node).len() > 80
            || has_class(tree, node, &["abstract"])
    })
}

/// Whether a class or an id has one of the words, set off by hyphens, underscores or capitals.
fn has_word(names: &str) -> bool {
    names
        .split(|char: char| char.is_whitespace() || matches!(char, '-' | '_'))
        .any(|part| {
            let lower = part.to_ascii_lowercase();
            WORDS.contains(&lower.as_str())
                || camel(part).any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
        })
}

fn camel(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, char)| char.is_ascii_uppercase())
            .map_or(rest.len(), |(at, _)| at);
        let (word, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some(word)
    })
}

/// Whether the element is a menu: several links and hardly a word beside them.
fn is_list_of_links(tree: &Tree, node: NodeId, here: Bytes) -> bool {
    if !matches!(tree.name(node), "ul" | "div" | "section" | "header")
        || here.in_links * 100 < here.all * LINKS_PERCENT
    {
        return false;
    }
    let links = tree
        .descendants(node)
        .filter(|inner| tree.name(*inner) == "a");
    let outward = links.filter(|link| {
        !tree
            .attribute(*link, "href")
            .unwrap_or_default()
            .starts_with('#')
    });
    let count = outward.take(1000).count();
    count >= 4 && here.all < count * 40
}
