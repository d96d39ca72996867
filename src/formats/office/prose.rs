//! From the paragraphs of word processors to blocks: each paragraph says for itself whether it is
//! an item, quoted or code, and what runs look like, and here that becomes lists, quotations and
//! stretches of text.

use super::list_levels::ListLevels;
use super::looks::{OpenLook, RunStyles};
use crate::paper::{Bullet, PaperBuilder};

/// The body or a note, as far as it has been read.
#[derive(Debug, Default)]
pub(in crate::formats) struct Prose {
    pub(in crate::formats) lists: ListLevels,
    is_in_quote: bool,
    is_in_code: bool,
    /// Empty paragraphs of the code, which show only if more of it comes.
    blank_lines: usize,
    look: OpenLook,
    /// The link that is open in the builder.
    link: Option<String>,
    /// What the runs lead to, from the outside in; the innermost counts.
    pub(in crate::formats) links: Vec<String>,
    /// The paragraph that is being read, so long as it has no text.
    pending: Option<Paragraph>,
    /// How far the text of the last item is moved in, in twentieths of a point.
    pub(in crate::formats) item_indent: Option<i32>,
    goes_on: bool,
    /// Whether the paragraph that is being read is a heading, where nothing is strong.
    pub(in crate::formats) is_heading: bool,
    /// A mark at the start of a note, which repeats the one in the text.
    pub(in crate::formats) mark: Option<Mark>,
}

/// What add-ons of Google Docs lay over each citation, so that they find it again.
const CITATION_ADD_ONS: [&str; 3] = [
    "zotero.org/google-docs/",
    "paperpile.com/c/",
    "paperpile.com/b/",
];

/// Whether an address is none of the author's: what leads nowhere in the paper or the web.
fn is_machinery(address: &str) -> bool {
    let bare = address
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let bare = bare.trim_start_matches("www.");
    CITATION_ADD_ONS
        .iter()
        .any(|add_on| bare.starts_with(add_on))
}

/// What a note begins with before its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) enum Mark {
    /// The space after the note's number.
    Space,
    /// A mark of the author's own.
    Own(String),
}

/// What a paragraph is, before its text is known.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) enum Paragraph {
    Plain,
    /// Stands in a table's cell, with the label of the item that it is.
    Cell {
        label: String,
    },
    /// Goes on with the innermost item.
    Continued,
    Heading {
        level: u8,
        label: String,
    },
    Item {
        list: u32,
        level: u32,
        bullet: Bullet,
    },
    Quote,
    Code,
}

/// A paragraph that is moved in so far, in twentieths of a point, is a quotation.
const QUOTE_INDENT: i32 = 400;

impl Paragraph {
    /// What becomes of the paragraph in a table's cell, which holds no blocks.
    pub(in crate::formats) fn in_cell(self) -> Paragraph {
        let label = match self {
            Paragraph::Heading { label, .. } => label,
            Paragraph::Item { bullet, .. } => match bullet {
                Bullet::Number(number) => format!("{number}."),
                Bullet::Label(label) => label.to_string(),
                _ => String::new(),
            },
            _ => String::new(),
        };
        Paragraph::Cell { label }
    }
}

impl Prose {
    /// Says what the paragraph is that is read next. Nothing is begun before it has text.
    pub(in crate::formats) fn begin_paragraph(&mut self, paragraph: Paragraph) {
        self.is_heading = matches!(paragraph, Paragraph::Heading { .. });
        self.pending = Some(paragraph);
    }

    /// Adds text of the paragraph.
    pub(in crate::formats) fn push(
        &mut self,
        builder: &mut PaperBuilder,
        text: &str,
        look: RunStyles,
    ) {
        let text = self.without_mark(text);
        let is_blank = self.pending.is_some() && text.trim().is_empty();
        if text.is_empty() || (is_blank && self.pending != Some(Paragraph::Code)) {
            return;
        }
        self.begin(builder);
        if self.is_in_code {
            return builder.push_verbatim(text);
        }
        self.follow_link(builder);
        self.look.change(builder, look);
        builder.push_text(text);
    }

    /// Adds a picture, for which its description stands.
    pub(in crate::formats) fn picture(
        &mut self,
        builder: &mut PaperBuilder,
        address: &str,
        description: &str,
    ) {
        self.begin(builder);
        self.follow_link(builder);
        self.look.close(builder);
        builder.open_image(address);
        builder.push_text(description.trim());
        builder.close();
        // Text that flows around a picture follows it without a space.
        builder.push_text(" ");
    }

    /// Sets a line across the page in the place of a paragraph that has no text.
    pub(in crate::formats) fn rule(&mut self, builder: &mut PaperBuilder) {
        if self.pending.take().is_some() {
            self.leave(builder, &Paragraph::Plain);
            builder.rule();
        }
    }

    /// Ends the line.
    pub(in crate::formats) fn line_break(&mut self, builder: &mut PaperBuilder) {
        if self.pending.is_some() {
            return;
        }
        if self.is_in_code {
            builder.push_verbatim("\n");
        } else {
            builder.line_break();
        }
    }

    /// Begins the paragraph, as something other than plain text comes now.
    pub(in crate::formats) fn begin(&mut self, builder: &mut PaperBuilder) {
        let Some(paragraph) = self.pending.take() else {
            return;
        };
        self.leave(builder, &paragraph);
        match paragraph {
            Paragraph::Plain | Paragraph::Continued => builder.begin_paragraph(),
            Paragraph::Cell { label } => {
                builder.begin_paragraph();
                push_label(builder, &label);
            }
            Paragraph::Heading { level, label } => {
                builder.begin_heading(level, None);
                push_label(builder, &label);
            }
            Paragraph::Item {
                list,
                level,
                bullet,
            } => {
                self.lists.open_item(builder, list, level, bullet);
                builder.begin_paragraph();
            }
            Paragraph::Quote => {
                if !self.is_in_quote {
                    builder.open_quote();
                    self.is_in_quote = true;
                }
                builder.begin_paragraph();
            }
            Paragraph::Code if self.is_in_code => {
                let lines = std::mem::take(&mut self.blank_lines) + 1;
                builder.push_verbatim(&"\n".repeat(lines));
            }
            Paragraph::Code => {
                builder.begin_code("");
                self.is_in_code = true;
            }
        }
    }

    /// Ends the paragraph.
    pub(in crate::formats) fn end_paragraph(&mut self, builder: &mut PaperBuilder) {
        self.close_runs(builder);
        match self.pending.take() {
            None if !self.is_in_code => builder.end_block(),
            Some(Paragraph::Code) if self.is_in_code => self.blank_lines += 1,
            _ => {}
        }
        self.is_heading = false;
    }

    /// Closes whatever is open.
    pub(in crate::formats) fn end(&mut self, builder: &mut PaperBuilder) {
        self.end_paragraph(builder);
        self.leave(builder, &Paragraph::Plain);
    }

    /// Closes the lists, since what comes next is in none.
    pub(in crate::formats) fn close_lists(&mut self, builder: &mut PaperBuilder) {
        self.lists.close(builder);
    }

    /// Leaves the paragraph open, since the next one goes on with it.
    pub(in crate::formats) fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// A paragraph that its indent may make a part of an item, or a quotation: how far it is moved
    /// in, and how far its first line stands out, in twentieths of a point.
    pub(in crate::formats) fn indented(&self, left: i32, hanging: i32) -> Paragraph {
        let item = self.item_indent.filter(|item| *item > 0);
        if self.lists.is_open() && item.is_some_and(|item| left >= item) {
            return Paragraph::Continued;
        }
        // A list of references hangs, and is no quotation.
        if left - hanging.max(0) >= QUOTE_INDENT {
            Paragraph::Quote
        } else {
            Paragraph::Plain
        }
    }

    /// A paragraph of a list that shows no label.
    pub(in crate::formats) fn unlabelled(&self) -> Paragraph {
        if self.lists.is_open() {
            Paragraph::Continued
        } else {
            Paragraph::Plain
        }
    }

    /// Whether the paragraph that comes now goes on with the one before.
    pub(in crate::formats) fn is_going_on(&mut self) -> bool {
        std::mem::take(&mut self.goes_on)
    }

    /// Closes what no table stands in.
    pub(in crate::formats) fn begin_table(&mut self, builder: &mut PaperBuilder) {
        self.end(builder);
        self.goes_on = false;
    }

    /// Closes what is open around runs.
    fn close_runs(&mut self, builder: &mut PaperBuilder) {
        self.look.close(builder);
        if self.link.take().is_some() {
            builder.close();
        }
    }

    /// Closes what the paragraph is no part of.
    fn leave(&mut self, builder: &mut PaperBuilder, next: &Paragraph) {
        if self.is_in_code && *next != Paragraph::Code {
            self.is_in_code = false;
            self.blank_lines = 0;
            builder.end_block();
        }
        if self.is_in_quote && *next != Paragraph::Quote {
            self.is_in_quote = false;
            builder.close_quote();
        }
        if !matches!(next, Paragraph::Item { .. } | Paragraph::Continued) {
            self.lists.close(builder);
        }
    }

    /// Opens or closes a link, as the next text needs it.
    fn follow_link(&mut self, builder: &mut PaperBuilder) {
        let wanted = self.links.last().filter(|it| !is_machinery(it));
        if self.link.as_ref() == wanted {
            return;
        }
        let wanted = wanted.cloned();
        self.close_runs(builder);
        if let Some(address) = &wanted {
            builder.open_link(address);
        }
        self.link = wanted;
    }

    /// The text without the mark that a note begins with.
    fn without_mark<'t>(&mut self, text: &'t str) -> &'t str {
        match self.mark.take() {
            None => text,
            Some(Mark::Space) => {
                let rest = text.trim_start();
                if rest.is_empty() {
                    self.mark = Some(Mark::Space);
                }
                rest
            }
            Some(Mark::Own(mark)) => match text.trim_start().strip_prefix(mark.as_str()) {
                Some(rest) => rest.trim_start(),
                None if text.trim().is_empty() => {
                    self.mark = Some(Mark::Own(mark));
                    text
                }
                None => text,
            },
        }
    }
}

fn push_label(builder: &mut PaperBuilder, label: &str) {
    if !label.is_empty() {
        builder.push_text(label);
        builder.push_text(" ");
    }
}
