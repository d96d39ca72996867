//! What stands to the left of a block: bullets, numbers, the bars of quotes.

use super::{Line, Part, Run, ruler};
use crate::paper::{Block, Bullet, Kind, Nest};

/// The margin of one block.
#[derive(Debug, Default)]
pub(super) struct Margin {
    /// From the outside in.
    signs: Vec<Sign>,
}

/// What one enclosing list item, quote or note puts to the left.
#[derive(Debug)]
struct Sign {
    /// What stands there, flush right but for the space before the text; may be empty.
    text: String,
    part: Part,
    /// Whether it stands on every line or on the first only.
    on_every_line: bool,
    /// Whether it stands on the blank lines before the block too, since it goes on from there.
    on_lead: bool,
    columns: u16,
}

/// Columns of text that indentation leaves, where the whole width has twice as many.
const LEAST_TEXT: u16 = 12;

/// Columns for a list item or a note: a number of two figures and its full stop fits in.
const ITEM: u16 = 4;

impl Margin {
    /// The margin of the block where there are so many columns in all.
    pub(super) fn new(block: &Block, columns: u16) -> Self {
        let mut margin = Margin::default();
        let mut depth = 0_usize;
        for nest in &block.nesting {
            depth += usize::from(matches!(nest, Nest::Item { .. }));
            margin.push(sign(nest, depth), columns);
        }
        if block.kind == Kind::Backlinks {
            margin.push(Sign::new("↑ ", Part::Furniture, 2), columns);
        }
        margin
    }

    /// How many columns it takes.
    pub(super) fn columns(&self) -> u16 {
        self.signs.iter().map(|sign| sign.columns).sum()
    }

    /// Moves the lines to the right and sets the margin before them.
    pub(super) fn apply(&self, lines: &mut [Line]) {
        if self.signs.is_empty() {
            return;
        }
        let columns = self.columns();
        for (index, line) in lines.iter_mut().enumerate() {
            line.indent(columns);
            let runs = self.runs(line.text.start, |sign| index == 0 || sign.on_every_line);
            line.runs.splice(0..0, runs);
        }
    }

    /// The blank lines before the block, with what goes on through them.
    pub(super) fn lead(&self, lines: usize) -> Vec<Line> {
        let runs = self.runs(0, |sign| sign.on_lead);
        let text = 0..0;
        vec![Line { text, runs }; lines]
    }

    /// Adds a sign where there is room. Where there is none, what would stand on the first line
    /// takes the place of the item or note around it, so that no bullet is lost.
    fn push(&mut self, mut sign: Sign, columns: u16) {
        let least = LEAST_TEXT.min(columns.div_ceil(2));
        let room = columns.saturating_sub(least);
        if self.columns().saturating_add(sign.columns) > room {
            sign.narrow();
        }
        if self.columns().saturating_add(sign.columns) > room
            && !sign.text.is_empty()
            && self.signs.last().is_some_and(|last| !last.on_every_line)
        {
            self.signs.pop();
        }
        if self.columns().saturating_add(sign.columns) <= room {
            self.signs.push(sign);
        }
    }

    fn runs(&self, offset: usize, stands: impl Fn(&Sign) -> bool) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut column = 0;
        for sign in &self.signs {
            column += sign.columns;
            let text = sign.text.trim_end();
            if text.is_empty() || !stands(sign) {
                continue;
            }
            runs.push(Run {
                column: column - ruler::columns(&sign.text),
                columns: ruler::columns(text),
                text: text.to_owned(),
                source: offset..offset,
                role: sign.part.into(),
            });
        }
        runs
    }
}

impl Sign {
    fn new(text: impl Into<String>, part: Part, least: u16) -> Self {
        let text = text.into();
        Sign {
            columns: ruler::columns(&text).max(least),
            text,
            part,
            on_every_line: false,
            on_lead: false,
        }
    }

    /// Gives up the space before it.
    fn narrow(&mut self) {
        self.columns = ruler::columns(&self.text).max(2);
    }
}

/// What the nest puts to the left; `depth` counts the list items up to this one.
fn sign(nest: &Nest, depth: usize) -> Sign {
    match nest {
        Nest::Quote { begins } => Sign {
            on_every_line: true,
            on_lead: !begins,
            ..Sign::new("│ ", Part::Furniture, 2)
        },
        Nest::Definition { .. } => Sign::new("", Part::Bullet, ITEM),
        Nest::Item { bullet } => {
            let text = bullet.as_ref().map(|bullet| bullet_text(bullet, depth));
            Sign::new(text.unwrap_or_default(), Part::Bullet, ITEM)
        }
        Nest::Note { number } => {
            let text = number.map(|number| format!("{number}  "));
            Sign::new(text.unwrap_or_default(), Part::Bullet, ITEM)
        }
    }
}

fn bullet_text(bullet: &Bullet, depth: usize) -> String {
    match bullet {
        Bullet::Dot if depth % 2 == 1 => "• ".to_owned(),
        Bullet::Dot => "– ".to_owned(),
        Bullet::Number(number) => format!("{number}. "),
        Bullet::Label(label) => format!("{label} "),
        Bullet::Task(true) => "☑ ".to_owned(),
        Bullet::Task(false) => "☐ ".to_owned(),
    }
}
