//! What encloses a block in Markdown: how its lines begin.

use super::escape::push_label;
use crate::formats::markdown::is_label;
use crate::paper::{Block, Bullet, Kind, Nest};

/// The quotes, list items and notes that the last block stood in, from the outside in.
#[derive(Debug, Default)]
pub(super) struct Containers {
    open: Vec<OpenContainer>,
}

/// How the lines of a block begin.
#[derive(Debug)]
pub(super) struct LinePrefixes {
    /// Of a blank line before it.
    pub(super) before: String,
    pub(super) first: String,
    pub(super) further: String,
    /// Whether only a blank line before it tells it from the text or the table before.
    pub(super) needs_blank: bool,
}

#[derive(Debug, Clone)]
enum OpenContainer {
    Quote,
    Item(OpenItem),
    Definition,
    Note,
}

/// An open item, and the list that it is one of.
#[derive(Debug, Clone)]
struct OpenItem {
    bullet: Bullet,
    /// Lists that follow one another are told apart by two kinds of bullet.
    is_second_kind: bool,
    /// Whether blank lines part the list's items, once there are two.
    is_loose: Option<bool>,
}

impl Containers {
    /// Closes what does not enclose the block, and opens what does. A note begins with `label`.
    pub(super) fn enter(&mut self, block: &Block, label: &str) -> LinePrefixes {
        let pairs = self.open.iter().zip(&block.nesting);
        let kept = pairs
            .take_while(|(open, nest)| open.goes_on_as(nest))
            .count();
        let sibling = match self.open.get(kept) {
            Some(OpenContainer::Item(item)) => Some(item.clone()),
            _ => None,
        };
        let needs_blank = match block.nesting.get(kept) {
            None => !goes_on(block),
            // A list in the midst of text begins with 1.
            Some(Nest::Item {
                bullet: Some(Bullet::Number(number)),
            }) => *number != 1 && kept == self.open.len(),
            // A label begins no line of a paragraph.
            Some(Nest::Item {
                bullet: Some(Bullet::Label(_)),
            }) => true,
            Some(_) => false,
        };
        self.open.truncate(kept);
        let before = self.further();
        let mut first = before.clone();
        let mut sibling = sibling;
        let mut new = block.nesting.iter().skip(kept).peekable();
        while let Some(nest) = new.next() {
            let open = OpenContainer::new(nest, sibling.take(), block.tight);
            first.push_str(&open.first(label));
            self.open.push(open);
            let is_text = new.peek().is_none() && block.kind == Kind::Paragraph;
            if is_task(nest) && !is_text {
                // Only text may follow a box on its line.
                first.truncate(first.trim_end().len());
                first.push('\n');
                first.push_str(&self.further());
            }
        }
        LinePrefixes {
            before,
            first,
            further: self.further(),
            needs_blank,
        }
    }

    fn further(&self) -> String {
        self.open.iter().map(OpenContainer::further).collect()
    }
}

impl OpenContainer {
    fn new(nest: &Nest, sibling: Option<OpenItem>, is_tight: bool) -> Self {
        match nest {
            Nest::Quote { .. } => OpenContainer::Quote,
            Nest::Note { .. } => OpenContainer::Note,
            Nest::Definition { .. } => OpenContainer::Definition,
            Nest::Item { bullet } => {
                let bullet = bullet.clone().unwrap_or(Bullet::Dot);
                OpenContainer::Item(match sibling {
                    Some(last) => last.followed_by(bullet, is_tight),
                    None => OpenItem {
                        bullet,
                        is_second_kind: false,
                        is_loose: None,
                    },
                })
            }
        }
    }

    fn goes_on_as(&self, nest: &Nest) -> bool {
        matches!(
            (self, nest),
            (OpenContainer::Quote, Nest::Quote { begins: false })
                | (OpenContainer::Item(_), Nest::Item { bullet: None })
                | (
                    OpenContainer::Definition,
                    Nest::Definition { begins: false }
                )
                | (OpenContainer::Note, Nest::Note { number: None })
        )
    }

    fn first(&self, label: &str) -> String {
        match self {
            OpenContainer::Quote => "> ".to_owned(),
            OpenContainer::Item(item) => item.bullet(),
            OpenContainer::Definition => ":   ".to_owned(),
            OpenContainer::Note => {
                let mut first = String::new();
                push_label(&mut first, label);
                first + ": "
            }
        }
    }

    fn further(&self) -> String {
        match self {
            OpenContainer::Quote => "> ".to_owned(),
            OpenContainer::Item(item) => " ".repeat(item.indent()),
            OpenContainer::Note | OpenContainer::Definition => "    ".to_owned(),
        }
    }
}

/// Whether the block is the rest of the table before it.
fn goes_on(block: &Block) -> bool {
    matches!(&block.kind, Kind::Table(table) if table.heads.is_some())
}

fn is_task(nest: &Nest) -> bool {
    matches!(
        nest,
        Nest::Item {
            bullet: Some(Bullet::Task(_))
        }
    )
}

/// The blanks behind a label: two where one would make it an initial.
fn gap(label: &str) -> &'static str {
    let is_capital = label.starts_with(|char: char| char.is_ascii_uppercase());
    if is_capital && label.ends_with('.') {
        "  "
    } else {
        " "
    }
}

impl OpenItem {
    /// The next item at the same depth: of the same list, if one list can hold both.
    fn followed_by(self, bullet: Bullet, is_tight: bool) -> OpenItem {
        let goes_on = match (&self.bullet, &bullet) {
            (Bullet::Number(last), Bullet::Number(next)) => last.checked_add(1) == Some(*next),
            (Bullet::Number(_), _) | (_, Bullet::Number(_)) => false,
            _ => true,
        };
        let is_loose = !is_tight;
        let is_alike = self.is_loose.is_none_or(|loose| loose == is_loose);
        if goes_on && is_alike {
            return OpenItem {
                bullet,
                is_second_kind: self.is_second_kind,
                is_loose: Some(is_loose),
            };
        }
        OpenItem {
            bullet,
            is_second_kind: !self.is_second_kind,
            is_loose: None,
        }
    }

    fn bullet(&self) -> String {
        let sign = if self.is_second_kind { '+' } else { '-' };
        let delimiter = if self.is_second_kind { ')' } else { '.' };
        match &self.bullet {
            Bullet::Dot => format!("{sign} "),
            Bullet::Number(number) => format!("{number}{delimiter} "),
            Bullet::Label(label) if is_label(label) => format!("{label}{}", gap(label)),
            // Markdown has no such lists: the label begins the text.
            Bullet::Label(label) => format!("{sign} {label} "),
            Bullet::Task(true) => format!("{sign} [x] "),
            Bullet::Task(false) => format!("{sign} [ ] "),
        }
    }

    /// Columns that the item's further lines are indented by.
    fn indent(&self) -> usize {
        match &self.bullet {
            Bullet::Number(number) => number.to_string().len() + ". ".len(),
            Bullet::Label(label) if is_label(label) => label.len() + gap(label).len(),
            Bullet::Dot | Bullet::Label(_) | Bullet::Task(_) => "- ".len(),
        }
    }
}
