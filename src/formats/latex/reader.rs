//! Reads the tokens of a LaTeX file, one after another, and tells the builder what they mean.

use std::collections::HashMap;

use super::commands::{self, arguments_before_text, skipped_arguments};
use super::environments::LatexTable;
use super::files::Files;
use super::head::LatexPreamble;
use super::input::{Input, LatexToken};
use super::labels::LatexLabels;
use super::lists::LatexList;
use super::macros::{Macro, Macros};
use super::notes::NoteCounters;
use super::references::LatexCitations;
use super::signs;
use crate::formats::running::{InlineEffect, InterruptedText, Running};
use crate::paper::{PaperBuilder, SourceLocation, Style};

/// Groups and environments within each other are followed so deep.
const MAX_SCOPES: usize = 1000;

/// What is open, and what closes it.
#[derive(Debug)]
pub(super) enum Close {
    Group,
    /// A heading, a caption, a box.
    Block,
    Quote,
    /// With what the list's labels were before, if it changed them.
    List(Option<(&'static str, Option<Macro>)>),
    Table,
    /// A caption within tables that have not begun.
    Caption(Vec<LatexTable>),
    /// Text that ends it.
    Text(&'static str),
    Note(Box<Aside>),
    Environment(String, Box<Close>),
}

/// What a note comes in between.
#[derive(Debug)]
pub(super) struct Aside {
    open: InterruptedText<usize>,
    lists: Vec<LatexList>,
    tables: Vec<LatexTable>,
}

/// Reads a file.
#[derive(Debug)]
pub(super) struct LatexReader<'a> {
    pub(super) input: Input,
    pub(super) text: Running<'a, usize>,
    pub(super) labels: &'a LatexLabels,
    pub(super) macros: Macros,
    /// What is open, from the outside in, with the key of its styles.
    pub(super) scopes: Vec<(usize, Close)>,
    pub(super) lists: Vec<LatexList>,
    pub(super) tables: Vec<LatexTable>,
    /// The names of the author's theorems.
    pub(super) theorems: HashMap<String, String>,
    pub(super) is_preamble: bool,
    keys: usize,
    pub(super) notes: NoteCounters,
    head: LatexPreamble,
    quotes: usize,
    has_skipped_file: bool,
    files: Option<&'a Files<'a>>,
    pub(super) cited: LatexCitations,
}

impl<'a> LatexReader<'a> {
    pub(super) fn new(
        text: &str,
        labels: &'a LatexLabels,
        macros: Macros,
        builder: &'a mut PaperBuilder,
    ) -> Self {
        Self {
            input: Input::new(text),
            text: Running::new(builder),
            labels,
            macros,
            scopes: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            theorems: HashMap::new(),
            is_preamble: labels.has_body,
            keys: 0,
            notes: NoteCounters::new(labels.has_footnotes),
            head: LatexPreamble::default(),
            quotes: 0,
            has_skipped_file: false,
            files: None,
            cited: LatexCitations::default(),
        }
    }

    pub(super) fn with_files(self, files: &'a Files<'a>) -> Self {
        Self {
            files: Some(files),
            ..self
        }
    }

    pub(super) fn read(&mut self) {
        for words in self.labels.bibliography.left_out() {
            let words = format!("in the bibliography, {words}");
            self.text.builder.problem(words);
        }
        while let Some(token) = self.input.next() {
            if self.is_preamble {
                self.take_in_preamble(&token);
            } else {
                self.take(token);
            }
        }
        while self.scopes.pop().is_some_and(|(key, close)| {
            self.close(key, close);
            true
        }) {}
        self.text.end_block();
    }

    pub(super) fn new_key(&mut self) -> usize {
        self.keys += 1;
        self.keys
    }

    /// Before the document begins only definitions and its head count.
    fn take_in_preamble(&mut self, token: &LatexToken) {
        let LatexToken::Command(name) = token else {
            return;
        };
        match name.as_str() {
            "begin" => self.begin(),
            "input" | "include" => self.enter_file(),
            _ => {
                self.define_or_say(name);
            }
        }
    }

    /// Takes definitions and what belongs to the head; tells whether the command is one.
    fn define_or_say(&mut self, name: &str) -> bool {
        match name.trim_end_matches('*') {
            "def"
            | "gdef"
            | "edef"
            | "xdef"
            | "newcommand"
            | "renewcommand"
            | "providecommand"
            | "DeclareRobustCommand" => {
                self.macros.define(
                    name.trim_end_matches('*'),
                    &mut self.input,
                    commands::is_known,
                );
            }
            "newtheorem" => {
                let kind = self.input.argument();
                self.input.optional();
                let said = self.input.argument();
                self.input.optional();
                self.theorems.insert(kind, said);
            }
            "title" | "subtitle" | "author" | "date" | "keywords" | "IEEEauthorblockN" => {
                self.input.optional();
                let said = self.input.argument();
                self.head
                    .take(name, &said, &self.macros, self.text.builder.metadata_mut());
            }
            "let" => {
                self.input.argument();
            }
            "documentclass" | "usepackage" | "setdefaultlanguage" | "setmainlanguage" => {
                let options = self.input.optional().unwrap_or_default();
                let said = self.input.argument();
                let metadata = self.text.builder.metadata_mut();
                LatexPreamble::take_language(name, &options, &said, metadata);
            }
            _ => return false,
        }
        true
    }

    fn take(&mut self, token: LatexToken) {
        match token {
            LatexToken::Command(name) => self.command(&name),
            LatexToken::Symbol(sign) => self.symbol(sign),
            LatexToken::OpenBrace => {
                self.open(Close::Group);
            }
            LatexToken::CloseBrace => self.close_brace(),
            LatexToken::Math { is_display } => {
                let sign = if is_display { "$$" } else { "$" };
                match self.input.formula(sign) {
                    Some(formula) => self.formula(&formula, is_display),
                    None => self.push(sign),
                }
            }
            LatexToken::Cell if self.tables.is_empty() => self.push("&"),
            LatexToken::Cell => self.end_cell(),
            LatexToken::Space => {
                if self.text.builder.has_open_block()
                    && (self.tables.is_empty() || self.is_in_cell())
                {
                    self.text.builder.push_text(" ");
                }
            }
            LatexToken::Paragraph => self.end_block(),
            LatexToken::Text(text) => self.push(&text),
        }
    }

    fn is_in_cell(&self) -> bool {
        self.tables.last().is_some_and(LatexTable::is_in_cell)
    }

    pub(super) fn end_block(&mut self) {
        self.text.end_block();
    }

    pub(super) fn push(&mut self, text: &str) {
        self.begin_text();
        self.text.push(text);
    }

    pub(super) fn begin_text(&mut self) {
        self.begin_cell();
        if !self.text.builder.has_open_block() {
            let line = self.input.line();
            self.text.builder.set_location(SourceLocation::Line(line));
            if self.lists.is_empty() {
                self.text.builder.begin_paragraph();
                self.text.restart();
            }
        }
        self.text.begin_text();
    }

    /// Maths stays as it is typed.
    pub(super) fn formula(&mut self, formula: &str, is_display: bool) {
        let sign = if is_display { "$$" } else { "$" };
        let formula = formula.trim();
        if !formula.is_empty() {
            self.begin_text();
            self.text.push_formula(&format!("{sign}{formula}{sign}"));
        }
    }

    // Groups.

    pub(super) fn open(&mut self, close: Close) -> usize {
        let key = self.new_key();
        if self.scopes.len() < MAX_SCOPES {
            self.scopes.push((key, close));
        }
        key
    }

    fn close_brace(&mut self) {
        if matches!(self.scopes.last(), Some((_, Close::Environment(..))) | None) {
            return;
        }
        if let Some((key, close)) = self.scopes.pop() {
            self.close(key, close);
        }
    }

    fn close(&mut self, key: usize, close: Close) {
        match close {
            Close::Group => {}
            Close::Block => self.end_block(),
            Close::Quote => {
                self.end_block();
                self.text.builder.close_quote();
            }
            Close::List(labels) => self.leave_list(labels),
            Close::Caption(tables) => {
                self.end_block();
                self.tables = tables;
            }
            Close::Table => self.end_table(),
            Close::Text(text) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.push(text);
            }
            Close::Note(aside) => {
                self.text.end_block();
                self.text.builder.end_note();
                self.text.resume(aside.open);
                (self.lists, self.tables) = (aside.lists, aside.tables);
                return;
            }
            Close::Environment(_, inner) => self.close(key, *inner),
        }
        self.text.close(key);
    }

    /// Puts what is open aside for a note.
    pub(super) fn put_aside(&mut self) -> Close {
        Close::Note(Box::new(Aside {
            open: self.text.interrupt(),
            lists: std::mem::take(&mut self.lists),
            tables: std::mem::take(&mut self.tables),
        }))
    }

    fn end(&mut self) {
        let name = self.input.argument();
        let name = name.trim();
        let is_it = |scope: &(usize, Close)| matches!(&scope.1, Close::Environment(open, _) if open == name);
        let Some(at) = self.scopes.iter().rposition(is_it) else {
            return;
        };
        while self.scopes.len() > at {
            if let Some((key, close)) = self.scopes.pop() {
                self.close(key, close);
            }
        }
    }

    /// Reads the next argument as text, and closes it so.
    pub(super) fn open_argument(&mut self, close: Close) -> usize {
        if !self.input.enter_argument() {
            let argument = self.input.argument();
            self.input.expand(&format!("{argument}}}"));
        }
        self.open(close)
    }

    // Commands.

    fn symbol(&mut self, sign: char) {
        match sign {
            '\\' => self.line_end(),
            '(' => {
                let formula = self.input.until("\\)");
                self.formula(&formula, false);
            }
            '[' => {
                let formula = self.input.until("\\]");
                self.formula(&formula, true);
            }
            '%' | '&' | '$' | '#' | '_' | '{' | '}' => self.push(sign.encode_utf8(&mut [0; 4])),
            ' ' | '\n' | '\t' => self.push(" "),
            ',' | ';' | ':' => self.push("\u{a0}"),
            '-' | '/' | '!' | '@' | ')' | ']' => {}
            _ => self.accent(sign.encode_utf8(&mut [0; 4])),
        }
    }

    fn accent(&mut self, accent: &str) {
        if let Some(mark) = signs::mark(accent) {
            let letters = self.input.argument();
            let marked = signs::marked(&letters, mark);
            self.push(&marked);
        }
    }

    fn line_end(&mut self) {
        if self.input.is_next('*') {
            self.input.delimiter();
        }
        self.input.optional();
        if !self.tables.is_empty() {
            self.end_row();
        } else if self.text.builder.has_open_block() {
            self.text.begin_text();
            self.text.builder.line_break();
        }
    }

    fn command(&mut self, name: &str) {
        if self.macros.expand(name, &mut self.input) {
            return;
        }
        if let Some(sign) = signs::sign(name) {
            if name != "relax" {
                self.push(sign);
            }
            self.skip_empty_group();
            return;
        }
        if name.len() == 1 && signs::mark(name).is_some() {
            return self.accent(name);
        }
        if let Some(style) = commands::style(name) {
            self.begin_cell();
            let key = self.open_argument(Close::Group);
            self.text.open(key, [InlineEffect::Style(style)]);
        } else if let Some(style) = commands::switch(name) {
            if let Some((key, _)) = self.scopes.last() {
                let key = *key;
                self.text.open(key, [InlineEffect::Style(style)]);
            }
        } else if let Some(depth) = commands::heading(name) {
            self.heading(depth);
        } else if commands::is_citation(name) {
            self.citation(name);
        } else if !self.define_or_say(name) && !self.note(name) && !self.refer(name) {
            self.other(name);
        }
    }

    /// `\LaTeX{}`: the braces only end the name.
    fn skip_empty_group(&mut self) {
        if self.input.is_empty_group() {
            self.input.argument();
        }
    }

    fn heading(&mut self, depth: u8) {
        self.input.optional();
        self.end_block();
        let base = if self.labels.has_chapters { 1 } else { 2 };
        let level = (depth + 1).saturating_sub(base).max(1);
        let line = self.input.line();
        self.text.builder.set_location(SourceLocation::Line(line));
        self.text.builder.begin_heading(level, None);
        self.text.restart();
        self.open_argument(Close::Block);
    }

    fn other(&mut self, name: &str) {
        match name {
            "begin" => self.begin(),
            "end" => self.end(),
            "item" => self.item(),
            "bibitem" => self.bibitem(),
            "par" => self.end_block(),
            "newline" | "linebreak" => self.line_end(),
            "tabularnewline" | "cr" => self.end_row(),
            "maketitle" => self.tell_thanks(),
            "caption" | "caption*" | "captionof" => {
                if name == "captionof" {
                    self.input.argument();
                }
                self.caption();
            }
            "enquote" | "enquote*" | "say" | "textquote" | "mkbibquote" => {
                let is_inner = self.quotes % 2 == 1;
                self.push(if is_inner { "‘" } else { "“" });
                self.quotes += 1;
                self.open_argument(Close::Text(if is_inner { "’" } else { "”" }));
            }
            "blockquote" => {
                self.input.optional();
                self.end_block();
                self.text.builder.open_quote();
                self.open_argument(Close::Quote);
            }
            "verb" | "verb*" | "lstinline" | "mintinline" => self.verb(name),
            "texorpdfstring" => {
                let said = self.input.argument();
                self.input.argument();
                self.input.expand(&said);
            }
            "ensuremath" => {
                let formula = self.input.argument();
                self.formula(&formula, false);
            }
            "iffalse" => {
                self.input.until("\\fi");
            }
            "rule" => self.rule(),
            "setcounter" => self.set_counter(),
            "endfirsthead" => {
                self.input.until("\\endhead");
                self.end_row();
            }
            "input" | "include" | "subfile" => self.enter_file(),
            "bibliography" | "printbibliography" => self.tell_bibliography(name),
            "abstract" => {
                self.end_block();
                self.text.builder.begin_heading(1, None);
                self.text.push("Abstract");
                self.text.end_block();
                self.open_argument(Close::Block);
            }
            _ => self.unknown(name),
        }
    }

    /// Of what is not known, the text in its arguments is shown.
    fn unknown(&mut self, name: &str) {
        if let Some(count) = skipped_arguments(name) {
            self.input.optional();
            for _ in 0..count {
                self.input.argument();
                self.input.optional();
            }
        } else if let Some(count) = arguments_before_text(name) {
            self.input.optional();
            for _ in 0..count {
                self.input.argument();
            }
            self.begin_cell();
            self.open_argument(Close::Group);
        } else {
            self.input.measures();
        }
    }

    /// A line: across the page if it stands alone.
    fn rule(&mut self) {
        self.input.optional();
        self.input.argument();
        self.input.argument();
        if !self.text.builder.has_open_block() && self.tables.is_empty() {
            self.text.builder.rule();
        }
    }

    fn enter_file(&mut self) {
        let file = self.input.file_name();
        let text = self.files.and_then(|files| files.text(&file, ".tex"));
        if text.is_some_and(|text| self.input.enter_file(text)) {
            return;
        }
        if !self.has_skipped_file && !self.is_preamble {
            self.has_skipped_file = true;
            let line = self.input.line();
            self.text.builder.set_location(SourceLocation::Line(line));
            self.text.builder.problem(format!(
                "the file {file}, which belongs here, could not be read"
            ));
        }
    }

    fn verb(&mut self, name: &str) {
        if name.ends_with("inline") {
            self.input.optional();
        }
        if name == "mintinline" {
            self.input.argument();
        }
        let code = if self.input.is_next('{') {
            self.input.argument()
        } else {
            match self.input.delimiter() {
                Some(end) => self.input.until(end.encode_utf8(&mut [0; 4])),
                None => return,
            }
        };
        self.begin_text();
        self.text.builder.push_code(&code);
    }

    /// Notes to the title and to authors have no place in the text: they come first.
    fn tell_thanks(&mut self) {
        for said in std::mem::take(&mut self.head.thanks) {
            let words = super::words(&said, &self.macros);
            self.end_block();
            self.text.builder.begin_paragraph();
            self.text.builder.open_style(Style::Emphasis);
            self.text.builder.push_text(&words);
            self.text.builder.close();
            self.end_block();
        }
    }
}
