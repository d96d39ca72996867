//! What encloses the blocks that are being read: quotes and list items, in the body or in a note.

use super::{Block, Bullet, Nest};

/// The body, or one note's definition, as a place that blocks go to.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The draft of the note that is being defined; none in the body.
    pub(super) note: Option<usize>,
    containers: Vec<Container>,
    /// For each open list the number of its next item, if it has numbers.
    lists: Vec<Option<u64>>,
    /// How many containers have a block already, and so no bullet to show.
    begun: usize,
    /// Whether the note has a block already.
    is_begun: bool,
    /// Whether the outermost open list has a block already.
    is_list_begun: bool,
}

#[derive(Debug)]
enum Container {
    Quote,
    Item(Bullet),
}

impl Flow {
    /// The definition of a note.
    pub(super) fn of_note(note: usize) -> Self {
        Flow {
            note: Some(note),
            ..Flow::default()
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.containers.push(Container::Quote);
    }

    pub(super) fn open_list(&mut self, first: Option<u64>) {
        if self.lists.is_empty() {
            self.is_list_begun = false;
        }
        self.lists.push(first);
    }

    pub(super) fn close_list(&mut self) {
        self.lists.pop();
    }

    pub(super) fn open_item(&mut self) {
        let bullet = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = next.saturating_add(1);
                Bullet::Number(number)
            }
            _ => Bullet::Dot,
        };
        self.containers.push(Container::Item(bullet));
    }

    /// Makes the innermost item, which has no block yet, a task.
    pub(super) fn set_task(&mut self, is_done: bool) {
        if let Some(Container::Item(bullet)) = self.containers.last_mut() {
            *bullet = Bullet::Task(is_done);
        }
    }

    /// Whether the innermost container, or the note itself, has no block to show its bullet.
    pub(super) fn is_bare(&self) -> bool {
        match self.containers.last() {
            Some(Container::Item(_)) => self.begun < self.containers.len(),
            Some(Container::Quote) => false,
            None => self.note.is_some() && !self.is_begun,
        }
    }

    /// Closes the innermost quote or item.
    pub(super) fn close_container(&mut self) {
        self.containers.pop();
        self.begun = self.begun.min(self.containers.len());
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

    /// What encloses the next block; the bullets in it are shown with this one.
    pub(super) fn begin_block(&mut self) -> Vec<Nest> {
        let number = (!self.is_begun).then_some(0);
        let note = self.note.map(|_| Nest::Note { number });
        let depth = self.containers.len() + usize::from(note.is_some());
        let mut nesting = Vec::with_capacity(depth.min(Block::DEEPEST));
        nesting.extend(note);
        let rest = Block::DEEPEST - nesting.len();
        for (index, container) in self.containers.iter().enumerate().take(rest) {
            nesting.push(match container {
                Container::Quote => Nest::Quote {
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
