//! A paper as the steps that build it, so that one process can read a PDF and another have the
//! paper.

use serde::{Deserialize, Serialize};

use crate::paper::{Mending, MendingKind, PaperBuilder, Parsed, SourceLocation, Style};

/// The steps that build a paper, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Script {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Step {
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
    Text(String),
    Code(String),
    Open(Look),
    OpenLink(String),
    Close,
    Page(String),
    Cite(String),
    Note(String),
    EndNote,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Look {
    Bold,
    Italic,
    Raised,
    Lowered,
}

impl Script {
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
        self.steps.push(Step::Title(title.to_owned()));
    }

    pub(super) fn author(&mut self, author: &str) {
        self.steps.push(Step::Author(author.to_owned()));
    }

    pub(super) fn date(&mut self, date: &str) {
        self.steps.push(Step::Date(date.to_owned()));
    }

    /// What follows is on this page, from 0.
    pub(super) fn at(&mut self, page: usize) {
        self.steps.push(Step::At(number(page)));
    }

    /// Something that is wrong on a page, from 0, or in the whole.
    pub(super) fn problem(&mut self, page: Option<usize>, message: String) {
        let page = page.map_or(0, number);
        self.steps.push(Step::Problem(page, message));
    }

    /// Something that was put right on a page, from 0.
    pub(super) fn mend(&mut self, kind: MendingKind, page: usize, before: String, after: String) {
        let code = kind.code().to_owned();
        let step = Step::Mending(code, number(page), before, after);
        self.steps.push(step);
    }

    pub(super) fn begin_paragraph(&mut self) {
        self.steps.push(Step::Paragraph);
    }

    pub(super) fn begin_heading(&mut self, level: u8) {
        self.steps.push(Step::Heading(level));
    }

    pub(super) fn end_block(&mut self) {
        self.steps.push(Step::EndBlock);
    }

    pub(super) fn open_quote(&mut self) {
        self.steps.push(Step::OpenQuote);
    }

    pub(super) fn close_quote(&mut self) {
        self.steps.push(Step::CloseQuote);
    }

    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.steps.push(Step::OpenList(first));
    }

    pub(super) fn close_list(&mut self) {
        self.steps.push(Step::CloseList);
    }

    pub(super) fn open_item(&mut self) {
        self.steps.push(Step::OpenItem);
    }

    pub(super) fn close_item(&mut self) {
        self.steps.push(Step::CloseItem);
    }

    pub(super) fn push_text(&mut self, text: String) {
        self.steps.push(Step::Text(text));
    }

    pub(super) fn push_code(&mut self, code: String) {
        self.steps.push(Step::Code(code));
    }

    pub(super) fn open(&mut self, look: Look) {
        self.steps.push(Step::Open(look));
    }

    pub(super) fn open_link(&mut self, address: &str) {
        self.steps.push(Step::OpenLink(address.to_owned()));
    }

    pub(super) fn close(&mut self) {
        self.steps.push(Step::Close);
    }

    /// A page that is called so begins here.
    pub(super) fn page_break(&mut self, label: &str) {
        self.steps.push(Step::Page(label.to_owned()));
    }

    pub(super) fn cite(&mut self, note: &str) {
        self.steps.push(Step::Cite(note.to_owned()));
    }

    pub(super) fn begin_note(&mut self, name: &str) {
        self.steps.push(Step::Note(name.to_owned()));
    }

    pub(super) fn end_note(&mut self) {
        self.steps.push(Step::EndNote);
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

fn take(builder: &mut PaperBuilder, step: Step) {
    match step {
        Step::Title(title) => builder.metadata_mut().title = title,
        Step::Author(author) => builder.metadata_mut().authors.push(author),
        Step::Date(date) => builder.metadata_mut().date = date,
        Step::At(page) => builder.set_location(location(page)),
        Step::Problem(page, message) => builder.problem_at(location(page), message),
        Step::Mending(code, page, before, after) => {
            if let Some(kind) = MendingKind::from_code(&code) {
                builder.add_mending(Mending {
                    kind,
                    location: location(page),
                    before,
                    after,
                });
            }
        }
        Step::Paragraph => builder.begin_paragraph(),
        Step::Heading(level) => builder.begin_heading(level, None),
        Step::EndBlock => builder.end_block(),
        Step::OpenQuote => builder.open_quote(),
        Step::CloseQuote => builder.close_quote(),
        Step::OpenList(first) => builder.open_list(first, true),
        Step::CloseList => builder.close_list(),
        Step::OpenItem => builder.open_item(),
        Step::CloseItem => builder.close_item(),
        Step::Text(text) => builder.push_text(&text),
        Step::Code(code) => builder.push_code(&code),
        Step::Open(look) => builder.open_style(match look {
            Look::Bold => Style::Strong,
            Look::Italic => Style::Emphasis,
            Look::Raised => Style::Raised,
            Look::Lowered => Style::Lowered,
        }),
        Step::OpenLink(address) => builder.open_link(&address),
        Step::Close => builder.close(),
        Step::Page(label) => builder.page_break(&label),
        Step::Cite(note) => builder.cite(&note),
        Step::Note(name) => builder.begin_note(&name),
        Step::EndNote => builder.end_note(),
    }
}
