//! How runs of text are set in a word processor: each by a set of styles, which nest nowhere.

use crate::paper::{PaperBuilder, Style};

/// The styles of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) struct RunStyles {
    pub(in crate::formats) strong: bool,
    pub(in crate::formats) emphasis: bool,
    pub(in crate::formats) struck: bool,
    pub(in crate::formats) small_caps: bool,
    pub(in crate::formats) code: bool,
    pub(in crate::formats) height: Height,
}

/// Where a run stands beside its line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) enum Height {
    #[default]
    Level,
    Raised,
    Lowered,
}

impl RunStyles {
    fn styles(self) -> impl Iterator<Item = Style> {
        [
            (self.strong, Style::Strong),
            (self.emphasis, Style::Emphasis),
            (self.struck, Style::Struck),
            (self.small_caps, Style::SmallCaps),
            (self.code, Style::Code),
            (self.height == Height::Raised, Style::Raised),
            (self.height == Height::Lowered, Style::Lowered),
        ]
        .into_iter()
        .filter_map(|(is_set, style)| is_set.then_some(style))
    }
}

/// The styles that are open in a builder, so that runs alike make one stretch.
#[derive(Debug, Default)]
pub(in crate::formats) struct OpenLook {
    open: Vec<Style>,
}

impl OpenLook {
    /// Opens and closes what it takes for the next text to look so.
    pub(in crate::formats) fn change(&mut self, builder: &mut PaperBuilder, look: RunStyles) {
        let is_wanted = |style: &Style| look.styles().any(|wanted| wanted == *style);
        let kept = self
            .open
            .iter()
            .take_while(|style| is_wanted(style))
            .count();
        for _ in self.open.drain(kept..) {
            builder.close();
        }
        for style in look.styles() {
            if !self.open.contains(&style) {
                builder.open_style(style);
                self.open.push(style);
            }
        }
    }

    /// Closes all.
    pub(in crate::formats) fn close(&mut self, builder: &mut PaperBuilder) {
        self.change(builder, RunStyles::default());
    }
}
