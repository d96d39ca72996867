//! Blocks: the pieces that a paper is a list of.

use std::ops::Range;
use std::sync::Arc;

use super::{NoteId, NoteNumber, Position, SourceLocation};

/// A heading, a paragraph or the like: plain text, and what lies over it.
///
/// `text` holds no markers and no marks of emphasis, and no character that acts on a terminal.
/// A `\n` in it is a line end that the author set. Every offset below is in bytes of `text`, on a
/// character's boundary, and never beyond its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its plain text, without markers and signs of emphasis.
    pub text: String,
    /// What encloses the block, from the outside in; at most [`Block::MAX_DEPTH`].
    pub nesting: Vec<Nest>,
    /// Emphasis and the like, by start; they may nest, but none in another of its style.
    pub spans: Vec<Span>,
    /// By start; they do not overlap.
    pub links: Vec<Link>,
    /// By offset.
    pub markers: Vec<Marker>,
    /// Whether the block follows the one before without a blank line, as in a tight list.
    pub tight: bool,
    /// The block's number in its section, from 1, as in "¶ 2"; 0 for what is not counted:
    /// headings, rules, and what opcit sets itself.
    pub paragraph: u32,
    /// Bytes of plain text in the blocks before, each counting one more for its end.
    pub start: usize,
    /// Where in the source the block begins; unknown for what opcit sets itself.
    pub location: SourceLocation,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The paper's title, on the title page.
    Title,
    /// A line that opcit sets from the metadata, on the title page and at the paper's end.
    Imprint,
    /// From 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// Text whose lines and spaces stand as they are.
    Code {
        /// The first word after the fence; may be empty.
        language: Box<str>,
    },
    /// Cells in rows and columns.
    Table(Box<Table>),
    /// What is said of the table before.
    Caption,
    /// What the definitions after it define.
    Term,
    /// A line across the page; its text is empty.
    Rule,
    /// Where the note above it is cited, each place a link; set by opcit.
    Backlinks,
}

/// The shape of a table. Its text holds the cells, a tab between two and a line end after a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// Of a table that goes on from the block before, its heads in plain text, to be shown again.
    pub heads: Option<Arc<[String]>>,
    /// Row by row, the first being the heads, unless the table goes on; each cell a range of the
    /// block's text. A row has as many cells as there are alignments.
    pub rows: Vec<Vec<Range<usize>>>,
}

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Text begins at the left edge.
    Left,
    /// Text is in the middle.
    Centre,
    /// Text ends at the right edge.
    Right,
}

/// Something that encloses a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nest {
    /// A quotation; only its first block begins it.
    Quote {
        /// Whether it is the first block of the quotation.
        begins: bool,
    },
    /// A list item; only its first block has the bullet.
    Item {
        /// Of the first block of the item, what it begins with.
        bullet: Option<Bullet>,
    },
    /// A definition of the term before; only its first block begins it.
    Definition {
        /// Whether it is the first block of the definition.
        begins: bool,
    },
    /// A note; only its first block has the number.
    Note {
        /// Of the first block of the note, its number.
        number: Option<NoteNumber>,
    },
}

/// What stands before a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bullet {
    /// A bullet.
    Dot,
    /// A number of an ordered list.
    Number(u64),
    /// A label of another kind, such as `(a)`, as it is written.
    Label(Arc<str>),
    /// A task, done or not.
    Task(bool),
}

/// A stretch of text that is set differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// How they are set.
    pub style: Style,
}

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Italics, as a rule.
    Emphasis,
    /// Bold, as a rule.
    Strong,
    /// Struck through.
    Struck,
    /// Code, as typed.
    Code,
    /// Above the line, as in 10⁶. The text itself has the signs for it, or a mark such as `^`.
    Raised,
    /// Below the line, as in CO₂; likewise.
    Lowered,
    /// Small capitals, of which a terminal has none: set as the letters that they are.
    SmallCaps,
    /// A formula in TeX as it was typed, with the signs around it.
    Formula,
}

/// A stretch of text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// Where it leads.
    pub target: Target,
    /// Whether it stands for an image, which its words describe.
    pub is_image: bool,
}

impl Link {
    /// Words that lead somewhere.
    #[must_use]
    pub fn new(range: Range<usize>, target: Target) -> Self {
        Self {
            range,
            target,
            is_image: false,
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An address outside the paper, as the author wrote it, with what must not reach a terminal
    /// made visible.
    Address(Arc<str>),
    /// A place in the paper.
    Place(Position),
}

/// The mark of a note in the text. It has no length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Bytes into the block's text; the marker itself has no length.
    pub offset: usize,
    /// The note that it calls.
    pub note: NoteId,
    /// The note's number, as it is shown.
    pub number: NoteNumber,
    /// Where in the source it is.
    pub location: SourceLocation,
}

impl Style {
    /// Each, in order.
    pub const ALL: [Style; 8] = [
        Style::Emphasis,
        Style::Strong,
        Style::Struck,
        Style::Code,
        Style::Raised,
        Style::Lowered,
        Style::SmallCaps,
        Style::Formula,
    ];
}

impl Block {
    /// How many enclosing quotes, items and notes are kept; deeper ones are set like this one.
    pub const MAX_DEPTH: usize = 16;

    /// The word for the block in JSON: its kind, with paragraphs told apart by what they stand in.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match (&self.kind, self.nesting.last()) {
            (Kind::Paragraph, Some(Nest::Item { bullet: Some(_) })) => "item",
            (Kind::Paragraph, Some(Nest::Quote { .. })) => "quote",
            (Kind::Paragraph, Some(Nest::Definition { begins: true })) => "definition",
            (Kind::Paragraph, _) => "paragraph",
            (Kind::Caption, _) => "caption",
            (Kind::Term, _) => "term",
            (Kind::Title, _) => "title",
            (Kind::Imprint, _) => "imprint",
            (Kind::Heading(_), _) => "heading",
            (Kind::Code { .. }, _) => "code",
            (Kind::Table(_), _) => "table",
            (Kind::Rule, _) => "rule",
            (Kind::Backlinks, _) => "backlinks",
        }
    }

    /// Whether it is the heading of a section.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// Whether the words are the author's, not set by opcit.
    #[must_use]
    pub fn is_authors(&self) -> bool {
        !matches!(self.kind, Kind::Title | Kind::Imprint | Kind::Backlinks)
    }
}
