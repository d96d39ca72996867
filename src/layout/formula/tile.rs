//! Rectangles of text that a formula is put together from.

use crate::layout::ruler;

/// What a fraction's line is made of, and the signs that look like it.
const STROKES: [char; 3] = ['─', '−', '-'];

/// Rows of text of one width, one of which is the line that signs stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::layout) struct Tile {
    /// Each of as many columns as the others.
    pub(in crate::layout) rows: Vec<String>,
    /// Index of the row that what stands beside it is level with.
    baseline: usize,
    pub(in crate::layout) columns: usize,
}

impl Tile {
    /// One row.
    pub(super) fn text(text: &str) -> Tile {
        Tile {
            rows: vec![text.to_owned()],
            baseline: 0,
            columns: usize::from(ruler::columns(text)),
        }
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// The same, level at another of its rows.
    pub(super) fn level_at(self, baseline: usize) -> Tile {
        Tile { baseline, ..self }
    }

    /// Side by side, level with one another.
    pub(super) fn beside(tiles: &[Tile]) -> Tile {
        let above = tiles.iter().map(|tile| tile.baseline).max().unwrap_or(0);
        let below = tiles.iter().map(|tile| tile.height() - tile.baseline);
        let height = above + below.max().unwrap_or(1);
        let mut rows = vec![String::new(); height];
        for tile in tiles {
            let first = above - tile.baseline;
            for (index, row) in rows.iter_mut().enumerate() {
                let own = index.checked_sub(first).and_then(|at| tile.rows.get(at));
                match own {
                    Some(own) => row.push_str(own),
                    None => row.extend(std::iter::repeat_n(' ', tile.columns)),
                }
            }
        }
        Tile {
            rows,
            baseline: above,
            columns: tiles.iter().map(|tile| tile.columns).sum(),
        }
    }

    /// Whether a stroke at its right edge would be read together with one at the left of another
    /// beside it: a fraction's line with a minus, or with the next fraction's line.
    pub(super) fn runs_into(&self, other: &Tile) -> bool {
        self.rows.iter().enumerate().any(|(index, row)| {
            let beside = (index + other.baseline).checked_sub(self.baseline);
            let beside = beside.and_then(|at| other.rows.get(at));
            row.ends_with(STROKES) && beside.is_some_and(|beside| beside.starts_with(STROKES))
        })
    }

    /// One over the other in the middle; level at the row that the given tile is level at.
    pub(super) fn stacked(tiles: Vec<Tile>, level: usize) -> Tile {
        let columns = tiles.iter().map(|tile| tile.columns).max().unwrap_or(0);
        let above = tiles.iter().take(level).map(Tile::height).sum::<usize>();
        let baseline = above + tiles.get(level).map_or(0, |tile| tile.baseline);
        let mut rows = Vec::new();
        for tile in tiles {
            let before = (columns - tile.columns) / 2;
            let tile = tile.padded(before, columns);
            rows.extend(tile.rows);
        }
        Tile {
            rows,
            baseline,
            columns,
        }
    }

    /// The same, so many columns wide, with so many blank ones before it.
    pub(super) fn padded(self, before: usize, columns: usize) -> Tile {
        let after = columns.saturating_sub(before + self.columns);
        let pad = |row: &String| format!("{}{row}{}", " ".repeat(before), " ".repeat(after));
        Tile {
            rows: self.rows.iter().map(pad).collect(),
            columns: self.columns + before + after,
            ..self
        }
    }

    /// With blank rows above and below, up to so many rows before and after the level one.
    pub(super) fn spread(self, above: usize, below: usize) -> Tile {
        let blank = " ".repeat(self.columns);
        let before = above.saturating_sub(self.baseline);
        let after = below.saturating_sub(self.height() - self.baseline - 1);
        let mut rows = vec![blank.clone(); before];
        rows.extend(self.rows);
        rows.extend(vec![blank; after]);
        Tile {
            rows,
            baseline: self.baseline + before,
            columns: self.columns,
        }
    }

    /// How many rows are above the level one, and how many below.
    pub(super) fn reach(&self) -> (usize, usize) {
        (self.baseline, self.height() - self.baseline - 1)
    }

    /// What is raised and lowered behind it. Of a tile of one row they stand above and below that
    /// row, of a higher one beside its first and its last.
    pub(super) fn with_scripts(self, above: Option<&Tile>, below: Option<&Tile>) -> Tile {
        let is_row = self.height() == 1;
        let (up, down) = self.reach();
        let mut column: Vec<Tile> = Vec::new();
        let mut level = 0;
        let left = |tile: &Tile, columns: usize| tile.clone().padded(0, columns);
        let columns = [above, below]
            .into_iter()
            .flatten()
            .map(|tile| tile.columns);
        let columns = columns.max().unwrap_or(0);
        let blank = |rows: usize| Tile {
            rows: vec![" ".repeat(columns); rows],
            baseline: 0,
            columns,
        };
        if let Some(above) = above {
            level += above.height();
            column.push(left(above, columns));
        }
        // Rows of the base that neither takes.
        let overlap = usize::from(!is_row);
        let taken = overlap * (usize::from(above.is_some()) + usize::from(below.is_some()));
        let between = (up + down + 1).saturating_sub(taken);
        let at = if above.is_some() { level - overlap } else { 0 };
        if between > 0 {
            column.push(blank(between));
        }
        if let Some(below) = below {
            column.push(left(below, columns));
        }
        let rows: Vec<String> = column.into_iter().flat_map(|tile| tile.rows).collect();
        let scripts = Tile {
            rows,
            baseline: at + up,
            columns,
        };
        Tile::beside(&[self, scripts])
    }

    /// Between brackets as high as it is; none if there are none so high.
    pub(super) fn fenced(self, open: &str, close: &str) -> Option<Tile> {
        let (height, baseline) = (self.height(), self.baseline);
        let side = |sign: &str| Some(fence(sign, height)?.level_at(baseline));
        Some(Tile::beside(&[side(open)?, self.clone(), side(close)?]))
    }
}

/// A bracket of so many rows; nothing if there is none that is so high.
fn fence(sign: &str, height: usize) -> Option<Tile> {
    if sign.is_empty() {
        return Some(Tile::text("").spread(0, height - 1));
    }
    if height == 1 {
        return Some(Tile::text(sign));
    }
    // What stands at the top, between, in the middle and at the bottom.
    let [top, between, middle, bottom] = match sign {
        "(" => ["⎛", "⎜", "⎜", "⎝"],
        ")" => ["⎞", "⎟", "⎟", "⎠"],
        "[" => ["⎡", "⎢", "⎢", "⎣"],
        "]" => ["⎤", "⎥", "⎥", "⎦"],
        "{" if height == 2 => ["⎰", "", "", "⎱"],
        "}" if height == 2 => ["⎱", "", "", "⎰"],
        "{" => ["⎧", "⎪", "⎨", "⎩"],
        "}" => ["⎫", "⎪", "⎬", "⎭"],
        "|" => ["│", "│", "│", "│"],
        "‖" => ["║", "║", "║", "║"],
        "⌊" => ["⎢", "⎢", "⎢", "⎣"],
        "⌋" => ["⎥", "⎥", "⎥", "⎦"],
        "⌈" => ["⎡", "⎢", "⎢", "⎢"],
        "⌉" => ["⎤", "⎥", "⎥", "⎥"],
        _ => return None,
    };
    let row = |index: usize| match index {
        0 => top,
        _ if index + 1 == height => bottom,
        _ if index == (height - 1) / 2 => middle,
        _ => between,
    };
    Some(Tile {
        rows: (0..height).map(|index| row(index).to_owned()).collect(),
        baseline: 0,
        columns: 1,
    })
}
