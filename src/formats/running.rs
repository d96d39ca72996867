//! Running text whose styles go on over the ends of blocks, as those of markup may.

use crate::paper::{PaperBuilder, Style};

/// The soft hyphen, the word joiner, and the space without width that is one too.
const IDLE_SIGNS: [char; 3] = ['\u{ad}', '\u{2060}', '\u{feff}'];

/// What an element does to the text in it.
#[derive(Debug, Clone)]
pub(crate) enum InlineEffect {
    Style(Style),
    Link(String),
}

/// The builder, with the styles and links that are open, which each block begins anew.
///
/// What opens a style closes it by the key that it gives, such as the element.
#[derive(Debug)]
pub(crate) struct Running<'a, K> {
    pub(crate) builder: &'a mut PaperBuilder,
    open: Vec<(K, InlineEffect)>,
    /// How many of them the open block has.
    begun: usize,
}

/// What was open when a note came in between.
#[derive(Debug)]
pub(crate) struct InterruptedText<K> {
    open: Vec<(K, InlineEffect)>,
    begun: usize,
}

impl<'a, K: Copy + PartialEq> Running<'a, K> {
    pub(crate) fn new(builder: &'a mut PaperBuilder) -> Self {
        Self {
            builder,
            open: Vec::new(),
            begun: 0,
        }
    }

    /// Opens styles and links that last until they are closed.
    pub(crate) fn open(&mut self, key: K, inline: impl IntoIterator<Item = InlineEffect>) {
        let inline = inline.into_iter().map(|inline| (key, inline));
        self.open.extend(inline);
    }

    /// Closes what was opened with the key.
    pub(crate) fn close(&mut self, key: K) {
        while self.open.last().is_some_and(|(open, _)| *open == key) {
            self.open.pop();
            if self.begun > self.open.len() {
                self.begun = self.open.len();
                self.builder.close();
            }
        }
    }

    /// Begins the styles that are open in what text goes to now.
    pub(crate) fn begin_text(&mut self) {
        if !self.builder.has_open_block() {
            self.begun = 0;
        }
        while let Some((_, inline)) = self.open.get(self.begun) {
            self.begun += 1;
            match inline {
                InlineEffect::Style(style) => self.builder.open_style(*style),
                InlineEffect::Link(address) => self.builder.open_link(address),
            }
        }
    }

    /// Adds text, without the signs that only say where a line may or may not end.
    pub(crate) fn push(&mut self, text: &str) {
        self.begin_text();
        if text.contains(IDLE_SIGNS) {
            self.builder.push_text(&text.replace(IDLE_SIGNS, ""));
        } else {
            self.builder.push_text(text);
        }
    }

    /// Adds a formula in TeX, with the signs around it.
    pub(crate) fn push_formula(&mut self, formula: &str) {
        self.begin_text();
        self.builder.push_formula(formula);
    }

    pub(crate) fn cite(&mut self, label: &str) {
        self.begin_text();
        self.builder.cite(label);
    }

    /// Ends the block, or what is like one in a cell.
    pub(crate) fn end_block(&mut self) {
        self.builder.end_block();
        if !self.builder.has_open_block() {
            self.begun = 0;
        }
    }

    /// Ends a cell of a table.
    pub(crate) fn end_cell(&mut self) {
        self.builder.end_cell();
        self.begun = 0;
    }

    /// Says that the builder has closed what was open, as at the start of a cell.
    pub(crate) fn restart(&mut self) {
        self.begun = 0;
    }

    /// Puts what is open aside for a note.
    pub(crate) fn interrupt(&mut self) -> InterruptedText<K> {
        InterruptedText {
            open: std::mem::take(&mut self.open),
            begun: std::mem::take(&mut self.begun),
        }
    }

    /// Goes on with what was open before the note.
    pub(crate) fn resume(&mut self, interrupted: InterruptedText<K>) {
        self.open = interrupted.open;
        self.begun = interrupted.begun;
    }
}
