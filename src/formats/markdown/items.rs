//! What an item is, by the sign that was hidden from the parser.

use std::sync::Arc;

use super::MarkdownReader;
use super::mask::MaskedKind;
use crate::paper::Bullet;

/// A list that is open, of which labels may have been hidden from the parser.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MarkdownList {
    has_labels: bool,
    /// The number of the next item, if another kind of list has gone before it in what the parser
    /// takes for one list.
    next: Option<u64>,
}

/// What the parser takes for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParsedItem {
    Listed,
    Definition,
    /// What would define something, were there something to define.
    Text,
}

impl MarkdownReader<'_> {
    /// Opens the item that the parser has found at the offset.
    pub(super) fn open_item(&mut self, at: usize) {
        let hidden = self.hidden_from(at);
        let sign = hidden.filter(|hidden| {
            let before = self.markdown.get(at..hidden.range.start);
            before.is_some_and(|before| before.trim().is_empty())
        });
        let item = match sign.map(|sign| &sign.what) {
            Some(MaskedKind::Definition) => {
                if self.builder.open_definition() {
                    ParsedItem::Definition
                } else {
                    ParsedItem::Text
                }
            }
            Some(MaskedKind::Label(label)) => {
                self.builder.open_item();
                if let Some(list) = self.lists.last_mut() {
                    *list = MarkdownList {
                        has_labels: true,
                        next: None,
                    };
                }
                let number = label.trim_end_matches(['.', ')']).parse();
                let bullet = match number {
                    Ok(number) => Bullet::Number(number),
                    Err(_) => Bullet::Label(Arc::from(label.as_ref())),
                };
                self.builder.set_item_bullet(bullet);
                ParsedItem::Listed
            }
            _ => {
                self.builder.open_item();
                self.number_item(at);
                ParsedItem::Listed
            }
        };
        self.items.push(item);
    }

    /// Gives an item with a number that, which stands in one list with labels for the parser.
    fn number_item(&mut self, at: usize) {
        let Some(list) = self.lists.last_mut().filter(|list| list.has_labels) else {
            return;
        };
        let rest = self.markdown.get(at..).unwrap_or_default().trim_start();
        let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
        let typed = rest.get(..figures).and_then(|figures| figures.parse().ok());
        if let Some(number) = list.next.or(typed) {
            list.next = Some(number.saturating_add(1));
            self.builder.set_item_bullet(Bullet::Number(number));
        }
    }

    /// Closes the item that was opened last.
    pub(super) fn close_item(&mut self) {
        match self.items.pop() {
            Some(ParsedItem::Definition) => self.builder.close_definition(),
            Some(ParsedItem::Text) => self.end_block(),
            Some(ParsedItem::Listed) | None => self.builder.close_item(),
        }
    }
}
