//! What encloses the blocks that are being read: quotes and list items, in the body or in a note.

use crate::paper::{Block, Bullet, Nest, NoteNumber};

/// The body, or one note's definition, as a place that blocks go to.
#[derive(Debug, Default)]
pub(super) struct ContainerStack {
    /// The draft of the note that is being defined; none in the body.
    pub(super) note: Option<usize>,
    containers: Vec<Container>,
    lists: Vec<BuilderList>,
    /// How many containers have a block already, and so no bullet to show.
    begun: usize,
    /// Whether the note has a block already.
    is_begun: bool,
    /// Whether the outermost open list has a block already.
    is_list_begun: bool,
}

/// A list that is open.
#[derive(Debug)]
struct BuilderList {
    /// The number of its next item, if it has numbers.
    next: Option<u64>,
    is_tight: bool,
}

#[derive(Debug)]
enum Container {
    Quote,
    Item(Bullet),
    Definition,
}

impl ContainerStack {
    /// The definition of a note.
    pub(super) fn for_note(note: usize) -> Self {
        ContainerStack {
            note: Some(note),
            ..ContainerStack::default()
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.containers.push(Container::Quote);
    }

    pub(super) fn open_list(&mut self, first: Option<u64>, is_tight: bool) {
        if self.lists.is_empty() {
            self.is_list_begun = false;
        }
        self.lists.push(BuilderList {
            next: first,
            is_tight,
        });
    }

    pub(super) fn close_list(&mut self) {
        self.lists.pop();
    }

    pub(super) fn open_item(&mut self) {
        let bullet = match self.lists.last_mut() {
            Some(BuilderList {
                next: Some(next), ..
            }) => {
                let number = *next;
                *next = next.saturating_add(1);
                Bullet::Number(number)
            }
            _ => Bullet::Dot,
        };
        self.containers.push(Container::Item(bullet));
    }

    /// Gives the innermost item, which has no block yet, another bullet.
    pub(super) fn set_bullet(&mut self, new: Bullet) {
        if let Some(Container::Item(bullet)) = self.containers.last_mut() {
            *bullet = new;
        }
    }

    /// Whether the innermost container, or the note itself, has no block to show its bullet.
    pub(super) fn is_bare(&self) -> bool {
        match self.containers.last() {
            Some(Container::Item(_)) => self.begun < self.containers.len(),
            Some(Container::Quote | Container::Definition) => false,
            None => self.note.is_some() && !self.is_begun,
        }
    }

    /// Closes the innermost quote, and the items in it.
    pub(super) fn close_quote(&mut self) {
        self.close_last(|container| matches!(container, Container::Quote));
    }

    /// Closes the innermost item, and the quotes in it.
    pub(super) fn close_item(&mut self) {
        self.close_last(|container| matches!(container, Container::Item(_)));
    }

    pub(super) fn open_definition(&mut self) {
        self.containers.push(Container::Definition);
    }

    /// Closes the innermost definition, and what is in it.
    pub(super) fn close_definition(&mut self) {
        self.close_last(|container| matches!(container, Container::Definition));
    }

    /// Closes all quotes and items.
    pub(super) fn close_all(&mut self) {
        self.containers.clear();
        self.begun = 0;
    }

    /// Closes the innermost container of a kind, with what is in it, if there is one.
    fn close_last(&mut self, is_kind: impl Fn(&Container) -> bool) {
        if let Some(last) = self.containers.iter().rposition(is_kind) {
            self.containers.truncate(last);
            self.begun = self.begun.min(last);
        }
    }

    /// How many nests enclose the next block.
    pub(super) fn depth(&self) -> usize {
        self.containers.len() + usize::from(self.note.is_some())
    }

    /// Whether the block stands neither in a quote nor in an item nor in a note.
    pub(super) fn is_top(&self) -> bool {
        self.containers.is_empty() && self.note.is_none()
    }

    /// Whether a block that has no paragraph of its own in the source, as in a tight list,
    /// follows an earlier one of its list.
    pub(super) fn is_tight(&self) -> bool {
        !self.lists.is_empty() && self.is_list_begun
    }

    /// Whether the innermost list is tight, and has a block already.
    pub(super) fn is_in_tight_list(&self) -> bool {
        self.is_list_begun && self.lists.last().is_some_and(|list| list.is_tight)
    }

    /// What encloses the next block; the bullets in it are shown with this one.
    pub(super) fn begin_block(&mut self) -> Vec<Nest> {
        let number = (!self.is_begun).then_some(NoteNumber::UNSETTLED);
        let note = self.note.map(|_| Nest::Note { number });
        let depth = self.containers.len() + usize::from(note.is_some());
        let mut nesting = Vec::with_capacity(depth.min(Block::MAX_DEPTH));
        nesting.extend(note);
        let rest = Block::MAX_DEPTH - nesting.len();
        for (index, container) in self.containers.iter().enumerate().take(rest) {
            nesting.push(match container {
                Container::Quote => Nest::Quote {
                    begins: index >= self.begun,
                },
                Container::Definition => Nest::Definition {
                    begins: index >= self.begun,
                },
                Container::Item(bullet) => Nest::Item {
                    bullet: (index >= self.begun).then(|| bullet.clone()),
                },
            });
        }
        self.begun = self.containers.len();
        self.is_begun = true;
        self.is_list_begun = true;
        nesting
    }
}
