//! Environments: quotations, tables, code and formulas.

use super::coloured;
use super::lists::LatexList;
use super::reader::{Close, LatexReader};
use crate::formats::running::InlineEffect;
use crate::paper::{Alignment, Style};

/// A table that is open. It begins with its first cell, since its caption may come before that.
#[derive(Debug, Default)]
pub(super) struct LatexTable {
    alignments: Vec<Alignment>,
    has_begun: bool,
    is_in_cell: bool,
    is_in_row: bool,
    /// Captions that come after the first cell, as they are typed.
    captions: Vec<String>,
}

impl LatexTable {
    pub(super) fn is_in_cell(&self) -> bool {
        self.is_in_cell
    }
}

/// The environment's kind, as far as it matters.
pub(super) fn is_math(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "equation"
            | "align"
            | "gather"
            | "multline"
            | "eqnarray"
            | "displaymath"
            | "math"
            | "flalign"
            | "alignat"
            | "dmath"
            | "subequations*"
    )
}

fn is_verbatim(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "verbatim" | "lstlisting" | "minted" | "Verbatim" | "alltt" | "Highlighting" | "code"
    )
}

fn is_table(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "tabular"
            | "tabularx"
            | "longtable"
            | "tabulary"
            | "supertabular"
            | "xtabular"
            | "tabu"
            | "tblr"
    )
}

fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "comment"
            | "tikzpicture"
            | "pgfpicture"
            | "CCSXML"
            | "filecontents"
            | "filecontents*"
            | "picture"
    )
}

impl LatexReader<'_> {
    pub(super) fn begin(&mut self) {
        let name = self.input.argument();
        let name = name.trim().to_owned();
        if is_math(&name) {
            let formula = self.input.until(&format!("\\end{{{name}}}"));
            self.formula(&formula, true);
            return;
        }
        if is_left_out(&name) {
            self.input.until(&format!("\\end{{{name}}}"));
            return;
        }
        if is_verbatim(&name) {
            self.verbatim(&name);
            return;
        }
        let key = self.new_key();
        let close = self.enter_environment(&name, key);
        self.scopes
            .push((key, Close::Environment(name, Box::new(close))));
    }

    fn enter_environment(&mut self, name: &str, key: usize) -> Close {
        match name {
            "document" => {
                self.is_preamble = false;
                Close::Group
            }
            "abstract" => {
                self.text.end_block();
                self.text.builder.begin_heading(1, None);
                self.text.push("Abstract");
                self.text.end_block();
                Close::Block
            }
            "itemize" | "enumerate" | "description" | "compactitem" | "compactenum"
            | "inparaenum" | "easylist" => {
                self.enter_list(name.ends_with("enumerate") || name.ends_with("enum"))
            }
            "thebibliography" => {
                self.input.argument();
                self.text.end_block();
                self.text.builder.begin_heading(1, None);
                self.text.push("References");
                self.text.end_block();
                self.text.builder.open_list(None, true);
                self.lists.push(LatexList::default());
                Close::List(None)
            }
            "quote" | "quotation" | "verse" | "displayquote" | "displaycquote" | "epigraph" => {
                self.text.end_block();
                self.text.builder.open_quote();
                Close::Quote
            }
            name if is_table(name) => {
                self.enter_table(name);
                Close::Table
            }
            "tabbing" | "center" | "flushleft" | "flushright" | "titlepage" => {
                self.text.end_block();
                Close::Block
            }
            "minipage" | "figure" | "figure*" | "table" | "table*" | "wrapfigure" | "subfigure"
            | "sidewaystable" | "sidewaysfigure" | "multicols" | "adjustbox" | "threeparttable" => {
                self.input.optional();
                if matches!(name, "minipage" | "subfigure" | "multicols" | "adjustbox") {
                    self.input.argument();
                } else if name == "wrapfigure" {
                    self.input.argument();
                    self.input.argument();
                }
                self.text.end_block();
                Close::Block
            }
            "em" | "it" => {
                self.text.open(key, [InlineEffect::Style(Style::Emphasis)]);
                Close::Group
            }
            _ => self.enter_other(name),
        }
    }

    /// Theorems and the like begin with their name; of others only the text is known.
    fn enter_other(&mut self, name: &str) -> Close {
        let said = self.theorems.get(name.trim_end_matches('*')).cloned();
        let known = match name.trim_end_matches('*') {
            "theorem" => "Theorem",
            "lemma" => "Lemma",
            "proposition" => "Proposition",
            "corollary" => "Corollary",
            "definition" => "Definition",
            "remark" => "Remark",
            "example" => "Example",
            "proof" => "Proof",
            _ => "",
        };
        let said = said.unwrap_or_else(|| known.to_owned());
        let optional = self.input.optional();
        if !said.is_empty() {
            self.text.end_block();
            self.text.builder.begin_paragraph();
            self.text.builder.open_style(Style::Strong);
            self.text.builder.push_text(&said);
            if let Some(optional) = optional {
                let words = super::words(&optional, &self.macros);
                self.text.builder.push_text(&format!(" ({words})"));
            }
            self.text.builder.push_text(".");
            self.text.builder.close();
            self.text.builder.push_text(" ");
            return Close::Block;
        }
        Close::Group
    }

    fn verbatim(&mut self, name: &str) {
        let optional = self.input.optional();
        let mut language = optional
            .as_deref()
            .and_then(|said| said.split("language=").nth(1))
            .map(|rest| {
                rest.split([',', ']'])
                    .next()
                    .unwrap_or_default()
                    .trim_matches(['{', '}', ' '])
                    .to_ascii_lowercase()
            });
        if name == "minted" {
            language = Some(self.input.argument());
        }
        let code = self.input.until(&format!("\\end{{{name}}}"));
        self.text.end_block();
        self.text.builder.begin_code(&language.unwrap_or_default());
        let code = code.strip_prefix('\n').unwrap_or(&code);
        let code = code.trim_end_matches([' ', '\t']);
        if coloured::is_coloured(name, &optional.unwrap_or_default()) {
            self.text.builder.push_verbatim(&coloured::bare(code));
        } else {
            self.text.builder.push_verbatim(code);
        }
        self.text.end_block();
    }

    // Tables.

    fn enter_table(&mut self, name: &str) {
        self.input.optional();
        if matches!(name, "tabularx" | "tabular*" | "tabulary" | "tabularx*") {
            self.input.argument();
        }
        self.input.optional();
        let columns = self.input.argument();
        self.text.end_block();
        self.tables.push(LatexTable {
            alignments: alignments(&columns),
            ..LatexTable::default()
        });
    }

    /// Takes a caption: before the first cell it is a paragraph, later one after the table.
    pub(super) fn caption(&mut self) {
        self.input.optional();
        self.end_block();
        if let Some(table) = self.tables.last_mut().filter(|table| table.has_begun) {
            let caption = self.input.argument();
            table.captions.push(caption);
            return;
        }
        let tables = std::mem::take(&mut self.tables);
        if self.lists.is_empty() {
            self.text.builder.begin_paragraph();
            self.text.restart();
        }
        self.open_argument(Close::Caption(tables));
    }

    /// Begins the cell that text goes to, if a table is open and none has begun.
    pub(super) fn begin_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        if !table.has_begun {
            table.has_begun = true;
            self.text.builder.begin_table(&table.alignments);
            self.text.restart();
        }
        if !table.is_in_row {
            table.is_in_row = true;
            self.text.builder.begin_row();
        }
        if !table.is_in_cell {
            table.is_in_cell = true;
            self.text.builder.begin_cell();
            self.text.restart();
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.begin_cell();
        if let Some(table) = self.tables.last_mut() {
            table.is_in_cell = false;
            self.text.end_cell();
            self.text.restart();
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            if table.is_in_cell {
                self.text.end_cell();
            }
            if table.is_in_row {
                self.text.builder.end_row();
            }
            (table.is_in_row, table.is_in_cell) = (false, false);
            self.text.restart();
        }
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        let Some(table) = self.tables.pop() else {
            return;
        };
        if table.has_begun {
            self.text.builder.end_table();
            self.text.restart();
        }
        for caption in table.captions.iter().rev() {
            self.input.expand(&format!("\\caption{{{caption}}}"));
        }
    }
}

/// The alignments in a specification such as `|l|c|p{3cm}|`.
fn alignments(columns: &str) -> Vec<Alignment> {
    let mut alignments = Vec::new();
    let mut depth = 0_usize;
    for char in columns.chars().take(4096) {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            'l' | 'p' | 'm' | 'b' | 'X' | 'L' | 'S' => alignments.push(Alignment::Left),
            'c' | 'C' => alignments.push(Alignment::Centre),
            'r' | 'R' => alignments.push(Alignment::Right),
            _ => {}
        }
    }
    alignments
}
