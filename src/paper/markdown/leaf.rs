//! Blocks that hold text: how one begins, what it takes in, and what becomes of it at its end.

use std::ops::Range;

use super::Reader;
use crate::paper::clean::{Space, clean};
use crate::paper::draft::Anchor;
use crate::paper::rich::Rich;
use crate::paper::tables::{self, TableShape};
use crate::paper::{Bullet, Kind, Nest, Problem, bare_links, html, split};

/// The block that inline text now goes to.
pub(super) struct Leaf {
    kind: LeafKind,
    nesting: Vec<Nest>,
    tight: bool,
    line: u32,
}

pub(super) enum LeafKind {
    /// A paragraph; in a tight list the source has none around the text.
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
    },
    Code {
        language: String,
    },
    Table(TableShape),
    Html(String),
}

impl Reader<'_> {
    pub(super) fn begin_html(&mut self, at: usize) {
        self.finish_leaf();
        // Whether anything of it is shown, and so shows a bullet, is known at its end.
        let line = self.line(at);
        self.leaf = Some(Leaf {
            kind: LeafKind::Html(String::new()),
            nesting: Vec::new(),
            tight: false,
            line,
        });
    }

    pub(super) fn html(&mut self, html: &str) {
        if let Some(Leaf {
            kind: LeafKind::Html(whole),
            ..
        }) = &mut self.leaf
        {
            whole.push_str(html);
        }
    }

    pub(super) fn rule(&mut self, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let nesting = self.flow().begin_block();
        self.push_part(Rich::default(), Kind::Rule, nesting, false, line);
    }

    /// Begins a block, and ends the one before.
    pub(super) fn begin_leaf(&mut self, kind: LeafKind, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let nesting = self.flow().begin_block();
        self.leaf = Some(Leaf {
            kind,
            nesting,
            tight: false,
            line,
        });
    }

    /// Begins a paragraph if no block is open: the text of a tight list's item has none.
    pub(super) fn ensure_leaf(&mut self, at: usize) {
        if self.leaf.is_none() {
            let tight = self.flow().is_tight();
            self.begin_leaf(LeafKind::Paragraph, at);
            if let Some(leaf) = &mut self.leaf {
                leaf.tight = tight;
            }
        }
    }

    /// Ends the block, and gives an item or a note that has none an empty one.
    pub(super) fn finish_item(&mut self, at: usize) {
        self.finish_leaf();
        if self.flow().is_bare() {
            let line = self.line(at);
            let tight = self.flow().is_tight();
            let nesting = self.flow().begin_block();
            self.push_part(Rich::default(), Kind::Paragraph, nesting, tight, line);
        }
    }

    pub(super) fn begin_heading(&mut self, level: u8, range: &Range<usize>) {
        self.attributes = self.attributes(range);
        let id = self.attributes.and_then(|attributes| attributes.id);
        let id = id.map(|id| clean(id).into_owned());
        self.begin_leaf(LeafKind::Heading { level, id }, range.start);
    }

    pub(super) fn finish_heading(&mut self) {
        if let Some(attributes) = self.attributes.take() {
            self.take_closing_row(attributes);
        }
        self.finish_leaf();
    }

    pub(super) fn finish_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else {
            return;
        };
        match leaf.kind {
            LeafKind::Paragraph => {
                let rich = self.inline.take();
                self.push_text(rich, &Kind::Paragraph, leaf.nesting, leaf.tight, leaf.line);
            }
            LeafKind::Heading { level, id } => {
                let rich = self.inline.take();
                self.add_anchor(id);
                self.push_text(rich, &Kind::Heading(level), leaf.nesting, false, leaf.line);
            }
            LeafKind::Code { language } => {
                let mut rich = self.inline.take_untrimmed();
                if rich.text.ends_with('\n') {
                    rich.text.pop();
                }
                let kind = Kind::Code { language };
                self.push_text(rich, &kind, leaf.nesting, false, leaf.line);
            }
            LeafKind::Table(shape) => self.finish_table(shape, leaf.nesting, leaf.line),
            LeafKind::Html(html) => self.finish_html(&html, leaf.line),
        }
    }

    fn finish_html(&mut self, html: &str, line: u32) {
        let text = html::text_of(html);
        if text.is_empty() {
            return;
        }
        self.inline.push(&text, Space::Kept);
        let rich = self.inline.take();
        let nesting = self.flow().begin_block();
        self.push_text(rich, &Kind::Paragraph, nesting, false, line);
    }

    /// Adds a table, in parts if it is too long for one block; one that cannot be parted between
    /// its rows is shown as text.
    fn finish_table(&mut self, shape: TableShape, nesting: Vec<Nest>, line: u32) {
        let mut rich = self.inline.take_untrimmed();
        // A line end parts two rows, so the last has none.
        if rich.text.ends_with('\n') {
            rich.text.pop();
        }
        bare_links::link(&mut rich);
        let parts = match tables::parts(rich, shape.finish()) {
            Ok(parts) => parts,
            Err(mut rich) => {
                rich.text = rich.text.replace('\t', "|");
                rich.trim();
                self.draft.problems.push(Problem {
                    line,
                    message: "this table has a row of more than 64 KiB, and is shown as text"
                        .to_owned(),
                });
                return self.push_text(rich, &Kind::Paragraph, nesting, false, line);
            }
        };
        let mut nesting = nesting;
        for (nth, (rich, table)) in parts.into_iter().enumerate() {
            let rest = split::continued(&nesting);
            let nesting = std::mem::replace(&mut nesting, rest);
            self.push_part(rich, Kind::Table(table), nesting, nth > 0, line);
        }
    }

    fn add_anchor(&mut self, id: Option<String>) {
        if self.flows.is_empty() {
            self.draft.anchors.push(Anchor {
                block: self.draft.body.len(),
                id,
                is_section: self.body.is_top(),
            });
        }
    }

    /// Adds a text, in parts if it is too long for one block.
    fn push_text(
        &mut self,
        mut rich: Rich,
        kind: &Kind,
        nesting: Vec<Nest>,
        tight: bool,
        line: u32,
    ) {
        if !matches!(kind, Kind::Code { .. }) {
            bare_links::link(&mut rich);
        }
        if split::fits(&rich) {
            self.push_part(rich, kind.clone(), nesting, tight, line);
            return;
        }
        let rest_of_nesting = split::continued(&nesting);
        let mut parts = split::parts(rich).into_iter();
        let first = parts.next().unwrap_or_default();
        self.push_part(first, kind.clone(), nesting, tight, line);
        for part in parts {
            let kind = split::continued_kind(kind);
            self.push_part(part, kind, rest_of_nesting.clone(), true, line);
        }
    }

    fn push_part(&mut self, rich: Rich, kind: Kind, nesting: Vec<Nest>, tight: bool, line: u32) {
        let mut block = rich.into_block(kind, nesting, line);
        block.tight = tight;
        match self.flow().note {
            Some(note) => self.draft.notes.push_block(note, block),
            None => self.draft.body.push(block),
        }
    }

    fn table(&mut self) -> Option<&mut TableShape> {
        match &mut self.leaf {
            Some(Leaf {
                kind: LeafKind::Table(shape),
                ..
            }) => Some(shape),
            _ => None,
        }
    }

    pub(super) fn is_in_table(&mut self) -> bool {
        self.table().is_some()
    }

    pub(super) fn is_in_html(&self) -> bool {
        let kind = self.leaf.as_ref().map(|leaf| &leaf.kind);
        matches!(kind, Some(LeafKind::Html(_)))
    }

    pub(super) fn is_in_code(&self) -> bool {
        let kind = self.leaf.as_ref().map(|leaf| &leaf.kind);
        matches!(kind, Some(LeafKind::Code { .. }))
    }

    pub(super) fn start_row(&mut self) {
        if let Some(shape) = self.table() {
            shape.open_row();
        }
    }

    pub(super) fn start_cell(&mut self) {
        if self.table().is_some_and(|shape| shape.is_in_row()) {
            self.inline.push_cell_end();
        }
        let at = self.inline.len();
        if let Some(shape) = self.table() {
            shape.open_cell(at);
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.inline.drop_brackets();
        let at = self.inline.len();
        if let Some(shape) = self.table() {
            shape.close_cell(at);
        }
    }

    pub(super) fn task(&mut self, is_done: bool) {
        match &mut self.leaf {
            Some(leaf) => {
                let bullet = leaf.nesting.last_mut();
                if let Some(Nest::Item {
                    bullet: Some(bullet),
                }) = bullet
                {
                    *bullet = Bullet::Task(is_done);
                }
            }
            None => self.flow().set_task(is_done),
        }
    }

    /// Adds a part of the source as code, which begins on this line.
    pub(super) fn keep_source(&mut self, source: &str, language: &str, line: u32) {
        self.inline.push(source.trim_matches('\n'), Space::Kept);
        let rich = self.inline.take_untrimmed();
        let language = language.to_owned();
        self.push_text(rich, &Kind::Code { language }, Vec::new(), false, line);
    }
}
