//! A paper as the steps that build it, so that one process can read a PDF and another have the
//! paper.

use serde::{Deserialize, Serialize};

use crate::paper::{
    Alignment, Bullet, Mending, MendingKind, PaperBuilder, Parsed, SourceLocation, Style,
};

/// The steps that build a paper, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BuildScript {
    steps: Vec<BuildStep>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum BuildStep {
    Title(String),
    Author(String),
    Date(String),
    /// What follows is on this page, from 1.
    At(u32),
    /// With the page, from 1; 0 for none.
    Problem(u32, String),
    /// A change by the code of its kind, on a page, from 1, with the words before and after it.
    Mending(String, u32, String, String),
    Paragraph,
    Heading(u8),
    EndBlock,
    OpenQuote,
    CloseQuote,
    OpenList(Option<u64>),
    CloseList,
    OpenItem,
    CloseItem,
    /// What stands before the item that is open.
    ItemLabel(String),
    /// A table with so many columns; true for those whose text ends at the right edge.
    Table(Vec<bool>),
    Row,
    Cell,
    EndCell,
    EndTable,
    /// A place that links lead to.
    Anchor(String),
    Text(String),
    Code(String),
    Open(ScriptStyle),
    OpenLink(String),
    Close,
    /// A page by its label, and its number from 1.
    Page(String, u32),
    Cite(String),
    Note(String),
    EndNote,
    /// No more than the beginning of a paper is built.
    BeBeginning,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ScriptStyle {
    Bold,
    Italic,
    Raised,
    Lowered,
}

impl BuildScript {
    /// The paper that the steps build.
    #[must_use]
    pub fn play(self) -> Parsed {
        let mut builder = PaperBuilder::new();
        for step in self.steps {
            take(&mut builder, step);
        }
        builder.finish()
    }

    pub(super) fn title(&mut self, title: &str) {
        self.steps.push(BuildStep::Title(title.to_owned()));
    }

    pub(super) fn author(&mut self, author: &str) {
        self.steps.push(BuildStep::Author(author.to_owned()));
    }

    pub(super) fn date(&mut self, date: &str) {
        self.steps.push(BuildStep::Date(date.to_owned()));
    }

    /// What follows is on this page, from 0.
    pub(super) fn at(&mut self, page: usize) {
        self.steps.push(BuildStep::At(number(page)));
    }

    /// Something that is wrong on a page, from 0, or in the whole.
    pub(super) fn problem(&mut self, page: Option<usize>, message: String) {
        let page = page.map_or(0, number);
        self.steps.push(BuildStep::Problem(page, message));
    }

    /// Something that was put right on a page, from 0.
    pub(super) fn mend(&mut self, kind: MendingKind, page: usize, before: String, after: String) {
        let code = kind.code().to_owned();
        let step = BuildStep::Mending(code, number(page), before, after);
        self.steps.push(step);
    }

    pub(super) fn begin_paragraph(&mut self) {
        self.steps.push(BuildStep::Paragraph);
    }

    pub(super) fn begin_heading(&mut self, level: u8) {
        self.steps.push(BuildStep::Heading(level));
    }

    pub(super) fn end_block(&mut self) {
        self.steps.push(BuildStep::EndBlock);
    }

    pub(super) fn open_quote(&mut self) {
        self.steps.push(BuildStep::OpenQuote);
    }

    pub(super) fn close_quote(&mut self) {
        self.steps.push(BuildStep::CloseQuote);
    }

    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.steps.push(BuildStep::OpenList(first));
    }

    pub(super) fn close_list(&mut self) {
        self.steps.push(BuildStep::CloseList);
    }

    pub(super) fn open_item(&mut self) {
        self.steps.push(BuildStep::OpenItem);
    }

    pub(super) fn close_item(&mut self) {
        self.steps.push(BuildStep::CloseItem);
    }

    /// What stands before the item that was opened last, in place of a bullet.
    pub(super) fn item_label(&mut self, label: &str) {
        self.steps.push(BuildStep::ItemLabel(label.to_owned()));
    }

    /// Begins a table; the first of its rows is the heads.
    pub(super) fn begin_table(&mut self, alignments: &[Alignment]) {
        let is_right = |alignment: &Alignment| *alignment == Alignment::Right;
        let alignments = alignments.iter().map(is_right).collect();
        self.steps.push(BuildStep::Table(alignments));
    }

    pub(super) fn begin_row(&mut self) {
        self.steps.push(BuildStep::Row);
    }

    pub(super) fn begin_cell(&mut self) {
        self.steps.push(BuildStep::Cell);
    }

    pub(super) fn end_cell(&mut self) {
        self.steps.push(BuildStep::EndCell);
    }

    pub(super) fn end_table(&mut self) {
        self.steps.push(BuildStep::EndTable);
    }

    /// Links to `#name` lead here.
    pub(super) fn anchor(&mut self, name: &str) {
        self.steps.push(BuildStep::Anchor(name.to_owned()));
    }

    pub(super) fn push_text(&mut self, text: String) {
        self.steps.push(BuildStep::Text(text));
    }

    pub(super) fn push_code(&mut self, code: String) {
        self.steps.push(BuildStep::Code(code));
    }

    pub(super) fn open(&mut self, look: ScriptStyle) {
        self.steps.push(BuildStep::Open(look));
    }

    pub(super) fn open_link(&mut self, address: &str) {
        self.steps.push(BuildStep::OpenLink(address.to_owned()));
    }

    pub(super) fn close(&mut self) {
        self.steps.push(BuildStep::Close);
    }

    /// A page, from 0, that is called so begins here.
    pub(super) fn sheet(&mut self, label: &str, page: usize) {
        let step = BuildStep::Page(label.to_owned(), number(page));
        self.steps.push(step);
    }

    pub(super) fn cite(&mut self, note: &str) {
        self.steps.push(BuildStep::Cite(note.to_owned()));
    }

    pub(super) fn begin_note(&mut self, name: &str) {
        self.steps.push(BuildStep::Note(name.to_owned()));
    }

    /// More is to be read behind what the steps build.
    pub(super) fn be_beginning(&mut self) {
        self.steps.push(BuildStep::BeBeginning);
    }

    pub(super) fn end_note(&mut self) {
        self.steps.push(BuildStep::EndNote);
    }
}

fn number(page: usize) -> u32 {
    u32::try_from(page + 1).unwrap_or(u32::MAX)
}

fn location(page: u32) -> SourceLocation {
    match page {
        0 => SourceLocation::Unknown,
        page => SourceLocation::Page(page),
    }
}

fn take(builder: &mut PaperBuilder, step: BuildStep) {
    match step {
        BuildStep::Title(title) => builder.metadata_mut().title = title,
        BuildStep::Author(author) => builder.metadata_mut().authors.push(author),
        BuildStep::Date(date) => builder.metadata_mut().date = date,
        BuildStep::At(page) => builder.set_location(location(page)),
        BuildStep::Problem(page, message) => builder.problem_at(location(page), message),
        BuildStep::Mending(code, page, before, after) => {
            if let Some(kind) = MendingKind::from_code(&code) {
                builder.add_mending(Mending {
                    kind,
                    location: location(page),
                    before,
                    after,
                });
            }
        }
        BuildStep::Paragraph => builder.begin_paragraph(),
        BuildStep::Heading(level) => builder.begin_heading(level, None),
        BuildStep::EndBlock => builder.end_block(),
        BuildStep::OpenQuote => builder.open_quote(),
        BuildStep::CloseQuote => builder.close_quote(),
        BuildStep::OpenList(first) => builder.open_list(first, true),
        BuildStep::CloseList => builder.close_list(),
        BuildStep::OpenItem => builder.open_item(),
        BuildStep::CloseItem => builder.close_item(),
        BuildStep::ItemLabel(label) => builder.set_item_bullet(Bullet::Label(label.into())),
        BuildStep::Table(is_right) => {
            let aligned = |is_right| {
                if is_right {
                    Alignment::Right
                } else {
                    Alignment::Left
                }
            };
            let alignments: Vec<Alignment> = is_right.into_iter().map(aligned).collect();
            builder.begin_table(&alignments);
        }
        BuildStep::Row => builder.begin_row(),
        BuildStep::Cell => builder.begin_cell(),
        BuildStep::EndCell => builder.end_cell(),
        BuildStep::EndTable => builder.end_table(),
        BuildStep::Anchor(name) => builder.anchor(&name),
        BuildStep::Text(text) => builder.push_text(&text),
        BuildStep::Code(code) => builder.push_code(&code),
        BuildStep::Open(look) => builder.open_style(match look {
            ScriptStyle::Bold => Style::Strong,
            ScriptStyle::Italic => Style::Emphasis,
            ScriptStyle::Raised => Style::Raised,
            ScriptStyle::Lowered => Style::Lowered,
        }),
        BuildStep::OpenLink(address) => builder.open_link(&address),
        BuildStep::Close => builder.close(),
        BuildStep::Page(label, sheet) => builder.sheet(&label, sheet),
        BuildStep::Cite(note) => builder.cite(&note),
        BuildStep::Note(name) => builder.begin_note(&name),
        BuildStep::EndNote => builder.end_note(),
        BuildStep::BeBeginning => builder.be_beginning(),
    }
}
