//! The parts of an article that have headings, captions and labels.

use super::notes;
use super::walk::{JatsWalker, has_caption_title};
use crate::formats::markup::{NodeId, Walk};
use crate::formats::running::InlineEffect;
use crate::paper::Style;

impl<'a> JatsWalker<'a> {
    /// Enters parts that have headings; tells whether the element is one or its heading.
    pub(super) fn enter_part(&mut self, node: NodeId, walk: &mut Walk<'a>) -> bool {
        let tree = self.tree;
        let parent = tree.parent(node);
        let parent_name = parent.map_or("", |parent| tree.name(parent));
        match tree.name(node) {
            "sec" | "app" => {
                self.text.end_block();
                self.depth = self.depth.saturating_add(1);
            }
            "abstract" | "trans-abstract" if tree.child(node, "title").is_none() => {
                self.heading("Abstract", node);
                self.depth = self.depth.saturating_add(1);
            }
            "abstract" | "trans-abstract" | "ack" | "fn-group" | "glossary" | "notes"
            | "app-group" | "bio" => {
                self.text.end_block();
                self.depth = self.depth.saturating_add(1);
            }
            "sub-article" | "response" => self.enter_sub_article(node),
            "title" => self.enter_title(node, parent_name),
            "label" => self.enter_label(node, parent_name, walk),
            _ => return false,
        }
        true
    }

    fn enter_sub_article(&mut self, node: NodeId) {
        let tree = self.tree;
        let title = tree
            .find(node, "front-stub")
            .or_else(|| tree.child(node, "front"));
        let title = title.and_then(|front| tree.find(front, "article-title"));
        if let Some(title) = title {
            self.heading(&tree.line_of_text(title), node);
        }
        self.depth = self.depth.saturating_add(1);
    }

    fn enter_title(&mut self, node: NodeId, parent: &str) {
        self.text.end_block();
        let level = match parent {
            "sec" | "app" | "abstract" | "trans-abstract" | "ack" | "fn-group" | "glossary"
            | "notes" | "app-group" | "bio" => self.depth,
            "ref-list" => self.depth + 1,
            _ => {
                if parent == "caption" {
                    self.begin_caption(node);
                }
                self.text.open(node, [InlineEffect::Style(Style::Strong)]);
                return;
            }
        };
        if !self.grids.is_empty() || self.tree.line_of_text(node).is_empty() {
            return;
        }
        let parent = self.tree.parent(node);
        let id = parent.and_then(|parent| self.tree.attribute(parent, "id"));
        self.text.builder.begin_heading(level.clamp(1, 6), id);
        let number = parent.and_then(|parent| self.tree.child(parent, "label"));
        if let Some(number) = number
            .map(|label| self.tree.line_of_text(label))
            .filter(|number| !number.is_empty())
        {
            self.text.push(&format!("{number} "));
        }
    }

    /// A caption begins with the label of what it belongs to.
    fn begin_caption(&mut self, node: NodeId) {
        let tree = self.tree;
        let around = tree.parent(node).and_then(|caption| tree.parent(caption));
        let said = around
            .and_then(|around| tree.child(around, "label"))
            .map(|label| tree.line_of_text(label));
        self.text.builder.begin_paragraph();
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            let stop = if said.ends_with(['.', ':']) {
                " "
            } else {
                ". "
            };
            self.styled(Style::Strong, &format!("{said}{stop}"));
        }
    }

    fn enter_label(&mut self, node: NodeId, parent: &str, walk: &mut Walk<'a>) {
        let tree = self.tree;
        let said = tree.line_of_text(node);
        let around = tree.parent(node);
        let has = |name: &str| around.is_some_and(|around| tree.child(around, name).is_some());
        match parent {
            // Told with the title, the caption, the item.
            "sec" | "app" if has("title") => {}
            "fig" | "table-wrap" | "supplementary-material" | "media"
                if around.is_some_and(|around| has_caption_title(tree, around)) => {}
            "list-item" | "ref" => {}
            "fn" if around.is_some_and(|around| self.notes.is_part(around)) => {}
            // The title, that it marks, has no marker.
            "fn" if !notes::is_shown(tree, node) => {}
            "fig" | "table-wrap" | "supplementary-material" | "media" | "boxed-text" => {
                self.text.end_block();
                self.text.builder.begin_paragraph();
                self.styled(Style::Strong, &said);
                self.text.builder.end_block();
            }
            _ => self.text.push(&format!("{said} ")),
        }
        walk.pass_over(node);
    }
}
