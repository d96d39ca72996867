//! What a page says about itself: title, authors, date, language.

use std::collections::HashSet;

use super::names::has_class;
use crate::formats::markup::{NodeId, Tree};
use crate::formats::user_names::is_account;
use crate::paper::Metadata;

/// So many headings of the second level are looked at for the title.
const MAX_SECOND_HEADINGS: usize = 50;

/// A heading of the second level is the title if it has so many bytes, and so much of what the page
/// is said to be called, in hundredths.
const MIN_SAID_BYTES: usize = 8;
const SAID_PERCENT: usize = 60;

/// Fills the metadata in; what is said there and shown on the title page is hidden in the text.
pub(super) fn read(
    tree: &Tree,
    root: NodeId,
    metadata: &mut Metadata,
    hidden: &mut HashSet<NodeId>,
) {
    let head = HtmlHead::new(tree);
    let (title, heading) = title(tree, root, &head);
    metadata.title = title;
    hidden.extend(heading);
    metadata.authors = head.all(&[
        "citation_author",
        "dc.creator",
        "dcterms.creator",
        "author",
        "article:author",
        "parsely-author",
    ]);
    metadata.authors.retain(|name| !is_account(name));
    metadata.date = head
        .first(&[
            "citation_publication_date",
            "citation_date",
            "citation_online_date",
            "dc.date",
            "dcterms.date",
            "dc.date.issued",
            "date",
            "article:published_time",
            "dcterms.issued",
        ])
        .map(date)
        .unwrap_or_default();
    metadata.publisher = head
        .first(&[
            "citation_journal_title",
            "dc.publisher",
            "citation_publisher",
            "publisher",
        ])
        .unwrap_or_default();
    metadata.journal = head.first(&["citation_journal_title"]).unwrap_or_default();
    metadata.doi = head.first(&["citation_doi"]).unwrap_or_default();
    metadata.subtitle = head.first(&["subtitle"]).unwrap_or_default();
    metadata.keywords = head.keywords();
    metadata.licence = head
        .first(&["dc.rights", "dcterms.license", "rights"])
        .unwrap_or_default();
    let html = tree.find(Tree::ROOT, "html");
    let language = html.and_then(|html| {
        tree.attribute(html, "lang")
            .or_else(|| tree.attribute(html, "xml:lang"))
    });
    metadata.language = language
        .map(str::to_owned)
        .or_else(|| head.first(&["citation_language", "dc.language", "dcterms.language"]))
        .unwrap_or_default();
    read_title_block(tree, root, metadata, hidden);
}

/// What the head of the page says, in order.
struct HtmlHead {
    pairs: Vec<(String, String)>,
    title: String,
}

impl HtmlHead {
    fn new(tree: &Tree) -> Self {
        let mut pairs = Vec::new();
        let mut title = None;
        for node in tree.descendants(Tree::ROOT) {
            match tree.name(node) {
                "meta" => {
                    let key = ["name", "property", "itemprop"]
                        .iter()
                        .find_map(|key| tree.attribute(node, key));
                    if let (Some(key), Some(value)) = (key, tree.attribute(node, "content")) {
                        pairs.push((key.trim().to_ascii_lowercase(), one_line(value)));
                    }
                }
                "title"
                    if title.is_none()
                        && !tree
                            .ancestors(node)
                            .any(|around| tree.name(around) == "svg") =>
                {
                    title = Some(tree.line_of_text(node));
                }
                _ => {}
            }
        }
        let title = title.unwrap_or_default();
        Self { pairs, title }
    }

    /// The value of the first of the keys that has one.
    fn first(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| {
            let mut values = self.values(key);
            values.next().map(str::to_owned)
        })
    }

    fn values<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s str> {
        let pairs = self
            .pairs
            .iter()
            .filter(move |(name, value)| name == key && !value.is_empty());
        pairs.map(|(_, value)| value.as_str())
    }

    /// All values of the first key that has one; addresses are no names.
    fn all(&self, keys: &[&str]) -> Vec<String> {
        let lists = keys.iter().map(|key| {
            let values = self.values(key).filter(|value| !value.contains("://"));
            let values = values.flat_map(|value| value.split(';')).map(str::trim);
            let mut seen = HashSet::new();
            values
                .filter(|value| !value.is_empty() && seen.insert(*value))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        let mut lists = lists.filter(|list| !list.is_empty());
        lists.next().unwrap_or_default()
    }

    fn keywords(&self) -> Vec<String> {
        let said = self.all(&["citation_keywords", "keywords", "dc.subject"]);
        let words = said.iter().flat_map(|words| words.split([',', ';']));
        words
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day, of a moment such as `2026-05-01T10:00:00Z`.
fn date(said: String) -> String {
    match said.split_once('T') {
        Some((day, time)) if time.starts_with(|char: char| char.is_ascii_digit()) => day.to_owned(),
        _ => said,
    }
}

/// The title, and the heading that has it.
fn title(tree: &Tree, root: NodeId, head: &HtmlHead) -> (String, Option<NodeId>) {
    let said = [
        "citation_title",
        "dc.title",
        "dcterms.title",
        "og:title",
        "twitter:title",
    ];
    let said: Vec<String> = said
        .iter()
        .flat_map(|key| head.values(key))
        .map(str::to_owned)
        .chain((!head.title.is_empty()).then(|| head.title.clone()))
        .collect();
    let headings: Vec<NodeId> = tree
        .descendants(Tree::ROOT)
        .filter(|node| tree.name(*node) == "h1")
        .take(200)
        .collect();
    let text = |node: &NodeId| title_text(tree, *node);
    let is_marked = |node: &&NodeId| {
        has_class(
            tree,
            **node,
            &[
                "title",
                "ltx_title_document",
                "entry-title",
                "post-title",
                "article-title",
            ],
        )
    };
    // The name of the site, which blogs have in a heading above that of the text.
    let site = head.first(&["og:site_name"]).unwrap_or_default();
    let is_site = |node: &NodeId| {
        let heading = text(node);
        let own = said.first().is_some_and(|title| !is_same(title, &heading));
        own && (is_same(&site, &heading) && is_same(&heading, &site)
            || is_at_end(&head.title, &heading))
    };
    let headings: Vec<NodeId> = headings.into_iter().filter(|node| !is_site(node)).collect();
    let is_said = |node: &&NodeId| said.iter().any(|title| is_same(title, &text(node)));
    let heading = headings
        .iter()
        .find(is_marked)
        .or_else(|| headings.iter().find(is_said))
        .copied()
        // Below the name of the site the title is a heading of the second level.
        .or_else(|| {
            let second = tree
                .descendants(root)
                .filter(|node| tree.name(*node) == "h2");
            let title = said.first()?;
            second.take(MAX_SECOND_HEADINGS).find(|node| {
                let heading = text(node);
                heading.len() >= MIN_SAID_BYTES
                    && heading.len() * 100 >= title.len() * SAID_PERCENT
                    && is_same(title, &heading)
            })
        });
    let only = match headings.as_slice() {
        [one] if said.is_empty() || is_first(tree, root, *one) => Some(*one),
        _ => None,
    };
    match heading.or(only) {
        Some(heading) if !text(&heading).is_empty() => (text(&heading), Some(heading)),
        _ => (
            said.first()
                .map(|title| without_site(title, &site))
                .unwrap_or_default(),
            None,
        ),
    }
}

/// Whether a page's title ends with the heading, behind something else and a sign that parts them.
fn is_at_end(title: &str, heading: &str) -> bool {
    let before = title.strip_suffix(heading).map(str::trim_end);
    before.is_some_and(|before| {
        !heading.is_empty() && before.ends_with(['|', '-', '–', '—', '·', '»', '«', '/', ':'])
    })
}

/// The words of a heading, without the markers of notes in it.
fn title_text(tree: &Tree, heading: NodeId) -> String {
    let mut text = String::new();
    let mut walk = tree.walk(heading);
    while let Some(step) = walk.next() {
        let crate::formats::markup::WalkEvent::Enter(node) = step else {
            continue;
        };
        if has_class(tree, node, &["ltx_note", "footnote-ref", "mw-editsection"])
            || tree.name(node) == "sup"
        {
            walk.pass_over(node);
        } else if tree.name(node) == "br" {
            text.push(' ');
        } else {
            text.push_str(tree.text(node).unwrap_or_default());
        }
    }
    one_line(&text)
}

fn is_same(said: &str, heading: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|char| char.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (said, heading) = (plain(said), plain(heading));
    !heading.is_empty()
        && (said == heading
            || heading.len() >= 4 && said.starts_with(&heading)
            || heading.len() >= 8 && said.ends_with(&heading))
}

/// Whether no paragraph of the text comes before the heading.
fn is_first(tree: &Tree, root: NodeId, heading: NodeId) -> bool {
    let before = tree.descendants(root).take_while(|node| *node != heading);
    let mut paragraphs = before.filter(|node| matches!(tree.name(*node), "p" | "h2" | "h3"));
    paragraphs.next().is_none()
}

/// The title without the site's name after it.
fn without_site(title: &str, site: &str) -> String {
    let bare = title.strip_suffix(site).filter(|_| !site.is_empty());
    let bare = bare.map(|bare| bare.trim_end_matches([' ', '-', '–', '—', '|', '·', ':']));
    bare.filter(|bare| !bare.is_empty())
        .unwrap_or(title)
        .to_owned()
}

/// Whether the element is the title page that Pandoc writes, in HTML 5 or in HTML 4.
fn is_title_block(tree: &Tree, node: NodeId) -> bool {
    match tree.attribute(node, "id") {
        Some("title-block-header") => true,
        Some("header") => tree
            .child(node, "h1")
            .is_some_and(|title| has_class(tree, title, &["title"])),
        _ => false,
    }
}

/// Takes the lines of a title block, as Pandoc writes it, into the metadata.
fn read_title_block(
    tree: &Tree,
    root: NodeId,
    metadata: &mut Metadata,
    hidden: &mut HashSet<NodeId>,
) {
    let Some(header) = tree
        .descendants(root)
        .find(|node| is_title_block(tree, *node))
    else {
        return;
    };
    let mut authors = Vec::new();
    for node in tree.children(header) {
        let text = tree.line_of_text(node);
        let field = match tree.attribute(node, "class").unwrap_or_default() {
            "author" => {
                authors.push(text);
                hidden.insert(node);
                continue;
            }
            "subtitle" => &mut metadata.subtitle,
            "date" => &mut metadata.date,
            _ => continue,
        };
        *field = text;
        hidden.insert(node);
    }
    if !authors.is_empty() {
        metadata.authors = authors;
    }
}
