//! What the parser says of a source, event by event, to the builder.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment as Align, BrokenLink, Event, Parser, Tag, TagEnd};

use super::mask::{Hidden, MaskedKind};
use super::pieces::{self, SourcePiece};
use super::{MarkdownList, MarkdownReader, html};
use crate::paper::{Alignment, Bullet, Style};

impl MarkdownReader<'_> {
    /// Reads a piece; returns whether it was read as it is within the whole, as far as that shows
    /// where it ends.
    pub(super) fn read(&mut self, piece: &SourcePiece<'_>) -> bool {
        let hidden = self.hidden;
        let Range { start, end } = piece.range();
        let names = Arc::clone(&self.names);
        let leads = |link: BrokenLink<'_>| {
            if is_span(hidden, start + link.span.end) {
                None
            } else {
                names.link(&link.reference)
            }
        };
        let parser = Parser::new_with_broken_link_callback(piece.text(), self.options, Some(leads));
        let is_apart = parser.reference_definitions().iter().next().is_none();
        if !is_apart {
            self.keep_definitions(&parser);
        }
        let mut has_ended = !piece.has_end();
        let mut found_bytes = 0;
        for (event, range) in parser.into_offset_iter() {
            let range = start + range.start..start + range.end;
            if range.start >= end && piece.has_end() {
                has_ended = matches!(event, Event::Start(Tag::Heading { .. }));
                break;
            }
            found_bytes += pieces::found_bytes(&event);
            self.event(event, &range);
        }
        if !self.is_inline {
            self.end_block();
        }
        is_apart && has_ended && found_bytes < pieces::MIN_PIECE_BYTES
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.begin_heading(level as u8, range),
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            _ if self.is_in_attributes(range) => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                let kept = self.before_attributes(&text, range);
                let left_out = text.len() - kept.len();
                let length = range.len().saturating_sub(left_out);
                self.text_behind_guard(kept, range.start, length);
            }
            Event::Html(html) => self.html(self.as_typed(&html, range)),
            Event::SoftBreak if self.is_in_formula(range.start) => {}
            inline => self.inline_event(&inline, range.start),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Paragraph if self.is_inline => {}
            Tag::Paragraph => {
                self.locate_block(at);
                self.builder.begin_paragraph();
            }
            Tag::CodeBlock(kind) => {
                self.locate_block(at);
                self.begin_chunk(at);
                let language = self.language(&kind, at);
                self.builder.begin_code(language);
            }
            Tag::HtmlBlock => self.begin_html(at),
            Tag::Table(alignments) => {
                self.locate_block(at);
                self.builder.begin_table(&aligned(&alignments));
            }
            Tag::TableHead | Tag::TableRow => self.builder.begin_row(),
            Tag::TableCell => self.builder.begin_cell(),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.enclosing += 1;
                self.builder.open_quote();
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(MarkdownList::default());
                self.builder.open_list(first, false);
            }
            Tag::Item => {
                self.end_block();
                self.enclosing += 1;
                self.open_item(at);
            }
            Tag::FootnoteDefinition(label) => {
                self.locate_block(at);
                self.enclosing += 1;
                self.builder.begin_note(&label);
            }
            Tag::Emphasis => self.open_style(Style::Emphasis, at),
            Tag::Strong => self.open_style(Style::Strong, at),
            Tag::Strikethrough => self.open_style(self.tilde_style(range), at),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url, range),
            Tag::Image { dest_url, .. } => {
                self.ensure_block(at);
                self.builder.open_image(&dest_url);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.is_inline => {}
            TagEnd::Paragraph => self.end_block(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.builder.end_row(),
            TagEnd::TableCell => {
                // No bracket reaches out of a cell.
                self.brackets.clear();
                self.scripts.clear();
                self.builder.end_cell();
            }
            TagEnd::Item => {
                self.end_bearer(range.start);
                self.leave();
                self.close_item();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.leave();
                self.builder.close_quote();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
                self.builder.close_list();
            }
            TagEnd::FootnoteDefinition => {
                self.end_bearer(range.start);
                self.leave();
                self.builder.end_note();
            }
            TagEnd::Link => self.end_link(range.end),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => {
                self.close();
            }
            _ => {}
        }
    }

    fn inline_event(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Rule => {
                self.locate_block(at);
                self.builder.rule();
            }
            Event::TaskListMarker(is_done) => {
                self.builder.set_item_bullet(Bullet::Task(*is_done));
            }
            // After `<br>` the line has ended already; and no line begins a block.
            Event::SoftBreak if self.builder.open_text().ends_with([' ', '\n']) => {}
            Event::SoftBreak if !self.builder.has_open_block() => {}
            Event::SoftBreak => self.builder.push_spaced(" "),
            Event::HardBreak => self.line_break(at),
            Event::InlineHtml(tag) if html::is_line_break(tag) => self.line_break(at),
            Event::InlineHtml(tag) => self.tag(tag, at),
            Event::FootnoteReference(label) => {
                self.ensure_block(at);
                self.cite(label, at);
            }
            Event::Code(code) => {
                self.ensure_block(at);
                self.builder.push_code(code);
                self.place_hidden(at);
            }
            _ => {}
        }
    }
}

/// Whether attributes come at the offset.
fn is_span(hidden: &[Hidden], at: usize) -> bool {
    let found = hidden.binary_search_by_key(&at, |hidden| hidden.range.start);
    let hidden = found.ok().and_then(|index| hidden.get(index));
    hidden.is_some_and(|hidden| hidden.what == MaskedKind::Attributes)
}

fn aligned(alignments: &[Align]) -> Vec<Alignment> {
    let alignments = alignments.iter().map(|alignment| match alignment {
        Align::None | Align::Left => Alignment::Left,
        Align::Center => Alignment::Centre,
        Align::Right => Alignment::Right,
    });
    alignments.collect()
}
