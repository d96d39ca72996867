//! Blocks: how one begins, what encloses it, and what becomes of it at its end.

use super::PaperBuilder;
use super::tables::TableDraft;
use crate::paper::clean::clean;
use crate::paper::draft::HeadingDraft;
use crate::paper::rich::Rich;
use crate::paper::{Block, Bullet, Kind, Nest, SourceLocation, bare_links, split};

/// The block that running text now goes to.
#[derive(Debug)]
pub(super) struct OpenBlock {
    pub(super) kind: OpenKind,
    pub(super) nesting: Vec<Nest>,
    tight: bool,
    pub(super) location: SourceLocation,
}

#[derive(Debug)]
pub(super) enum OpenKind {
    Paragraph,
    Heading { level: u8, id: Option<String> },
    Code { language: String },
    Caption,
    Table(TableDraft),
}

/// What a block is but for its text.
#[derive(Debug)]
pub(super) struct BlockShape {
    pub(super) kind: Kind,
    pub(super) nesting: Vec<Nest>,
    pub(super) tight: bool,
    pub(super) location: SourceLocation,
}

impl PaperBuilder {
    /// Begins a paragraph, and ends the block before.
    pub fn begin_paragraph(&mut self) {
        let tight = self.flow.is_in_tight_list();
        self.begin_block(OpenKind::Paragraph, tight);
    }

    /// Begins a heading of this level, which is put between 1 and 6. The id is what `#id` in a
    /// link names; without one the heading's words are.
    pub fn begin_heading(&mut self, level: u8, id: Option<&str>) {
        let id = id.map(|id| clean(id).into_owned());
        let level = level.clamp(1, 6);
        self.begin_block(OpenKind::Heading { level, id }, false);
    }

    /// Begins the caption of the table before; without one it is a paragraph.
    pub(crate) fn begin_caption(&mut self) {
        self.begin_block(OpenKind::Caption, true);
    }

    /// Begins code, whose language may be empty. Its text comes by
    /// [`push_verbatim`](Self::push_verbatim).
    pub fn begin_code(&mut self, language: &str) {
        let language = clean(language).into_owned();
        self.begin_block(OpenKind::Code { language }, false);
    }

    /// Begins code in the place of a paragraph that has begun and has no text yet; else ends the
    /// block before.
    pub(crate) fn begin_code_instead(&mut self, language: &str) {
        let is_empty = self.inline.text().is_empty();
        match &mut self.block {
            Some(block) if is_empty && matches!(block.kind, OpenKind::Paragraph) => {
                let language = clean(language).into_owned();
                block.kind = OpenKind::Code { language };
            }
            _ => self.begin_code(language),
        }
    }

    /// Whether the open block is a paragraph, or text begins one.
    pub(crate) fn is_in_paragraph(&self) -> bool {
        let kind = self.block.as_ref().map(|block| &block.kind);
        matches!(kind, None | Some(OpenKind::Paragraph))
    }

    /// Ends whichever block is open, but for a table. A paragraph without any text is none. In a
    /// table's cell, which holds no blocks, only the words before and after are kept apart.
    pub fn end_block(&mut self) {
        if self.is_in_table() {
            self.part_cell();
        } else {
            self.finish_block();
        }
    }

    /// A line across the page.
    pub fn rule(&mut self) {
        if self.is_in_cell() {
            return self.part_cell();
        }
        self.finish_block();
        self.take_waiting();
        let setting = BlockShape {
            kind: Kind::Rule,
            nesting: self.flow.begin_block(),
            tight: false,
            location: self.location,
        };
        let rich = self.inline.take();
        self.add_block(rich, setting);
    }

    /// Opens a quotation: what follows is quoted, until it is closed.
    pub fn open_quote(&mut self) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.open_quote();
        }
    }

    /// Closes the innermost quotation, and what is open in it.
    pub fn close_quote(&mut self) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.close_quote();
        }
    }

    /// Opens a list, whose items are numbered from `first` on or have bullets. In a tight list no
    /// blank line parts paragraphs.
    pub fn open_list(&mut self, first: Option<u64>, tight: bool) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.open_list(first, tight);
        }
    }

    /// Closes the innermost list.
    pub fn close_list(&mut self) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.close_list();
        }
    }

    /// Opens an item of the innermost list.
    pub fn open_item(&mut self) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.open_item();
        }
    }

    /// Gives the item that was opened last another bullet, so long as it has at most one block.
    pub fn set_item_bullet(&mut self, bullet: Bullet) {
        let bullet = match bullet {
            Bullet::Label(label) => Bullet::Label(clean(&label).into()),
            bullet => bullet,
        };
        match &mut self.block {
            Some(block) => {
                if let Some(Nest::Item {
                    bullet: Some(shown),
                }) = block.nesting.last_mut()
                {
                    *shown = bullet;
                }
            }
            None => self.flow.set_bullet(bullet),
        }
    }

    /// Closes the innermost item, and what is open in it; one without a block gets an empty one,
    /// so that its bullet shows.
    pub fn close_item(&mut self) {
        if !self.is_in_cell() {
            self.finish_bearer();
            self.flow.close_item();
        }
    }

    /// Opens a definition of the paragraph before, which is made a term; returns whether there is
    /// something that it can define.
    pub(crate) fn open_definition(&mut self) -> bool {
        if self.is_in_cell() {
            return false;
        }
        self.finish_block();
        let depth = self.flow.depth();
        let Some(last) = self.last_block() else {
            return false;
        };
        let is_beside = last.nesting.len() == depth;
        let is_defined = match (&last.kind, last.nesting.get(depth)) {
            (_, Some(Nest::Definition { .. })) => true,
            (Kind::Term, None) => is_beside,
            (Kind::Paragraph, None) if is_beside && !last.text.is_empty() => {
                last.kind = Kind::Term;
                true
            }
            _ => false,
        };
        if is_defined {
            self.flow.open_definition();
        }
        is_defined
    }

    /// Closes the innermost definition, and what is open in it.
    pub(crate) fn close_definition(&mut self) {
        if !self.is_in_cell() {
            self.finish_block();
            self.flow.close_definition();
        }
    }

    /// The block that was added last where blocks go now.
    pub(super) fn last_block(&mut self) -> Option<&mut Block> {
        match self.flow.note {
            Some(note) => self.draft.notes.last_block(note),
            None => self.draft.body.last_mut(),
        }
    }

    /// Whether running text goes to a block that has begun already.
    #[must_use]
    pub fn has_open_block(&self) -> bool {
        self.block.is_some()
    }

    /// Whether what is being read belongs to a note.
    pub(crate) fn is_in_note(&self) -> bool {
        self.flow.note.is_some()
    }

    /// Whether nothing stands behind the last heading of the body.
    pub(crate) fn ends_with_heading(&self) -> bool {
        let last = self.draft.body.last();
        let is_heading = last.is_some_and(Block::is_heading);
        is_heading && self.block.is_none()
    }

    /// Whether the item or note that is open has no block yet, and no block is open.
    pub(crate) fn is_bare(&self) -> bool {
        self.block.is_none() && self.flow.is_bare()
    }

    fn begin_block(&mut self, kind: OpenKind, tight: bool) {
        if self.is_in_cell() {
            return self.part_cell();
        }
        self.open_block(kind, tight);
    }

    /// Begins a block, and ends the one before.
    pub(super) fn open_block(&mut self, kind: OpenKind, tight: bool) {
        self.finish_block();
        self.take_waiting();
        let nesting = self.flow.begin_block();
        let begins_definition = matches!(nesting.last(), Some(Nest::Definition { begins: true }));
        self.block = Some(OpenBlock {
            kind,
            nesting,
            tight: tight || begins_definition,
            location: self.location,
        });
    }

    /// Begins a paragraph if no block is open; text needs no paragraph of its own in an item.
    pub(super) fn ensure_block(&mut self) {
        if self.block.is_none() {
            let tight = self.flow.is_tight();
            self.open_block(OpenKind::Paragraph, tight);
        }
    }

    /// Ends the block, and gives an item or a note that has none an empty one.
    pub(super) fn finish_bearer(&mut self) {
        self.finish_block();
        if self.flow.is_bare() {
            self.take_waiting();
            let tight = self.flow.is_tight();
            let setting = BlockShape {
                kind: Kind::Paragraph,
                nesting: self.flow.begin_block(),
                tight,
                location: self.location,
            };
            let rich = self.inline.take();
            self.add_block(rich, setting);
        }
    }

    pub(super) fn finish_block(&mut self) {
        self.close_cell();
        let Some(OpenBlock {
            kind,
            nesting,
            tight,
            location,
        }) = self.block.take()
        else {
            return;
        };
        let setting = |kind, nesting| BlockShape {
            kind,
            nesting,
            tight,
            location,
        };
        match kind {
            OpenKind::Paragraph => {
                let rich = self.inline.take();
                self.add_paragraph(rich, nesting, tight, location);
            }
            OpenKind::Heading { level, id } => {
                let rich = self.inline.take();
                self.add_heading(id);
                self.add_text(rich, setting(Kind::Heading(level), nesting));
            }
            OpenKind::Code { language } => {
                let mut rich = self.inline.take_untrimmed();
                rich.drop_last_line_end();
                let language = language.into_boxed_str();
                self.add_text(rich, setting(Kind::Code { language }, nesting));
            }
            OpenKind::Caption => {
                let rich = self.inline.take();
                let depth = nesting.len();
                let follows_table = self.last_block().is_some_and(|last| {
                    matches!(last.kind, Kind::Table(_)) && last.nesting.len() == depth
                });
                if rich.is_blank() {
                    return self.waiting.extend(rich.landmarks);
                }
                if follows_table {
                    self.add_text(rich, setting(Kind::Caption, nesting));
                } else {
                    self.add_paragraph(rich, nesting, tight, location);
                }
            }
            OpenKind::Table(table) => self.finish_table(table, nesting, location),
        }
    }

    /// Adds a paragraph, unless there is nothing to see of it.
    pub(super) fn add_paragraph(
        &mut self,
        rich: Rich,
        nesting: Vec<Nest>,
        tight: bool,
        location: SourceLocation,
    ) {
        let is_seen = !rich.is_blank() || nesting.iter().any(shows_sign);
        if !is_seen && !self.keeps_empty_paragraphs {
            return self.waiting.extend(rich.landmarks);
        }
        let setting = BlockShape {
            kind: Kind::Paragraph,
            nesting,
            tight,
            location,
        };
        self.add_text(rich, setting);
    }

    /// Notes the heading that comes next, if it is one of the body.
    fn add_heading(&mut self, id: Option<String>) {
        if self.interrupted.is_empty() {
            self.draft.headings.push(HeadingDraft {
                block: self.draft.body.len(),
                id,
                is_section: self.flow.is_top(),
            });
        }
    }

    /// Adds a text, in parts if it is too long for one block.
    pub(super) fn add_text(&mut self, mut rich: Rich, setting: BlockShape) {
        let is_code = matches!(setting.kind, Kind::Code { .. });
        if !is_code {
            bare_links::link(&mut rich);
        }
        if split::fits(&rich) {
            return self.add_block(rich, setting);
        }
        let mut setting = setting;
        for part in split::parts(rich, is_code) {
            let rest = BlockShape {
                kind: split::continued_kind(&setting.kind),
                nesting: split::continued(&setting.nesting),
                tight: true,
                location: setting.location,
            };
            self.add_block(part, std::mem::replace(&mut setting, rest));
        }
    }

    /// Adds a block that is short enough.
    pub(super) fn add_block(&mut self, rich: Rich, setting: BlockShape) {
        self.add_block_to(self.flow.note, rich, setting);
    }

    /// Adds a block to the draft of a note, or to the body.
    pub(super) fn add_block_to(
        &mut self,
        note: Option<usize>,
        mut rich: Rich,
        setting: BlockShape,
    ) {
        self.place_landmarks(note, std::mem::take(&mut rich.landmarks));
        let mut block = rich.into_block(setting.kind, setting.nesting, setting.location);
        block.tight = setting.tight;
        match note {
            Some(note) => self.draft.notes.push_block(note, block),
            None => self.draft.body.push(block),
        }
    }
}

/// Whether a bullet or a number stands before the block.
fn shows_sign(nest: &Nest) -> bool {
    matches!(
        nest,
        Nest::Item { bullet: Some(_) } | Nest::Note { number: Some(_) }
    )
}
