//! What leads elsewhere: notes, links, references to sources and to numbered parts.

use std::collections::HashMap;
use std::rc::Rc;

use super::reader::{Close, LatexReader};
use crate::formats::bibliography::Bibliography;
use crate::formats::bibliography::listed::{anchor_of, push_piece, push_reference, sorted_by};
use crate::formats::bibliography::reference::{
    ReferenceForm, people_in_short, reference, year_in_short,
};
use crate::formats::running::InlineEffect;
use crate::paper::Details;

/// The works of a bibliography in a file that are cited, each read once.
#[derive(Debug, Default)]
pub(super) struct LatexCitations {
    by_key: HashMap<String, Option<Rc<Details>>>,
    /// Those that no list has given yet.
    waiting: Vec<Rc<Details>>,
}

impl LatexCitations {
    /// The work with this key, which is cited, if the bibliography has it.
    fn work(&mut self, key: &str, bibliography: &Bibliography) -> Option<Rc<Details>> {
        if let Some(known) = self.by_key.get(key) {
            return known.clone();
        }
        let work = bibliography.get(key).map(Rc::new);
        self.waiting.extend(work.clone());
        self.by_key.insert(key.to_owned(), work.clone());
        work
    }
}

impl LatexReader<'_> {
    /// Takes commands of notes; tells whether it is one.
    pub(super) fn note(&mut self, name: &str) -> bool {
        match name {
            "footnote" | "sidenote" | "marginpar" | "marginnote" | "tablefootnote"
            | "footnote*" => {
                let said = self.input.optional();
                let label = self
                    .notes
                    .footnote(said.filter(|_| name == "footnote").as_deref());
                self.cite(&label);
                self.begin_note(&label);
            }
            "footnotemark" | "tablefootnotemark" => {
                let said = self.input.optional();
                let label = self.notes.mark(said.as_deref());
                self.cite(&label);
            }
            "footnotetext" => {
                let said = self.input.optional();
                let label = self.notes.text(said.as_deref());
                self.begin_note(&label);
            }
            "endnote" | "pagenote" => {
                let said = self.input.optional();
                let label = self.notes.endnote(said.as_deref());
                self.cite(&label);
                self.begin_note(&label);
            }
            "thanks" => {
                let label = self.notes.footnote(None);
                self.cite(&label);
                self.begin_note(&label);
            }
            _ => return false,
        }
        true
    }

    fn cite(&mut self, label: &str) {
        self.begin_text();
        self.text.cite(label);
    }

    fn begin_note(&mut self, label: &str) {
        let is_braced = self.input.enter_argument();
        if !is_braced {
            let argument = self.input.argument();
            self.input.expand(&format!("{argument}}}"));
        }
        self.text.builder.begin_note(label);
        let aside = self.put_aside();
        let key = self.new_key();
        self.scopes.push((key, aside));
    }

    /// Takes links and references; tells whether it is one.
    pub(super) fn refer(&mut self, name: &str) -> bool {
        match name.trim_end_matches('*') {
            "label" => {
                let label = self.input.argument();
                self.text.builder.anchor(&label);
            }
            "ref" | "autoref" | "cref" | "Cref" | "eqref" | "pageref" | "nameref" | "vref"
            | "subref" => {
                let said = self.input.argument();
                self.refer_to(&said);
            }
            "url" | "nolinkurl" | "path" => {
                let address = self.address();
                self.link(address.trim(), address.trim());
            }
            "href" => {
                self.input.optional();
                let address = self.address();
                self.begin_cell();
                let key = self.open_argument(Close::Group);
                self.text.open(key, [InlineEffect::Link(address)]);
            }
            "hyperref" => {
                let label = self.input.optional().unwrap_or_default();
                let key = self.open_argument(Close::Group);
                self.text
                    .open(key, [InlineEffect::Link(format!("#{label}"))]);
            }
            "hyperlink" => {
                let label = self.input.argument();
                let key = self.open_argument(Close::Group);
                self.text
                    .open(key, [InlineEffect::Link(format!("#{label}"))]);
            }
            "hypertarget" => {
                let label = self.input.argument();
                self.text.builder.anchor(&label);
                self.open_argument(Close::Group);
            }
            "includegraphics" => {
                self.image();
            }
            // The packages of publishers have more, such as `\figref`.
            name if name.to_ascii_lowercase().ends_with("ref") => {
                let said = self.input.argument();
                let mut labels = said.split(',').map(str::trim);
                if labels.all(|label| self.labels.number(label).is_some()) {
                    self.refer_to(&said);
                } else {
                    self.input.expand(&said);
                }
            }
            _ => return false,
        }
        true
    }

    /// Refers to labels by their numbers.
    fn refer_to(&mut self, labels: &str) {
        for (index, label) in labels.split(',').map(str::trim).enumerate() {
            if index > 0 {
                self.push(", ");
            }
            let number = self
                .labels
                .number(label)
                .filter(|number| !number.is_empty())
                .unwrap_or(label)
                .to_owned();
            self.link(&format!("#{label}"), &number);
        }
    }

    fn image(&mut self) {
        let said = self.input.optional().unwrap_or_default();
        self.input.optional();
        let file = self.input.argument();
        let described = said.split_once("alt=").map(|(_, rest)| rest);
        let words = match described.map(|rest| rest.strip_prefix('{').unwrap_or(rest)) {
            Some(rest) => {
                let end = rest.find(['}', ',']).unwrap_or(rest.len());
                super::words(rest.get(..end).unwrap_or_default(), &self.macros)
            }
            None => file.rsplit('/').next().unwrap_or_default().to_owned(),
        };
        self.begin_text();
        self.text.builder.open_image(&file);
        self.text.builder.push_text(&words);
        self.text.builder.close();
    }

    /// The address that comes next, as it is without what TeX needs in it.
    fn address(&mut self) -> String {
        let typed = self.input.argument();
        typed
            .replace("\\_", "_")
            .replace("\\%", "%")
            .replace("\\#", "#")
            .replace("\\&", "&")
    }

    fn link(&mut self, address: &str, words: &str) {
        self.begin_text();
        self.text.builder.open_link(address);
        self.text.builder.push_text(words);
        self.text.builder.close();
    }

    /// A reference to sources: by the name that the bibliography gives them, else by their keys.
    pub(super) fn citation(&mut self, name: &str) {
        let first = self.input.optional();
        let second = self.input.optional();
        let (before, after) = match (first, second) {
            (Some(before), Some(after)) => (before, after),
            (Some(after), None) => (String::new(), after),
            _ => (String::new(), String::new()),
        };
        let keys = self.input.argument();
        if name.starts_with("foot") {
            let label = self.notes.footnote(None);
            self.cite(&label);
            self.text.builder.begin_note(&label);
            let interrupted = self.text.interrupt();
            self.sources(name, &before, &keys, &after);
            self.text.end_block();
            self.text.builder.end_note();
            self.text.resume(interrupted);
        } else {
            self.sources(name, &before, &keys, &after);
        }
    }

    fn sources(&mut self, command: &str, before: &str, keys: &str, after: &str) {
        let keys: Vec<&str> = keys.split(',').map(str::trim).collect();
        let is_known = keys.iter().all(|key| self.labels.bibliography.has(key));
        let form = CitationForm::new(command.trim_end_matches('*'), is_known);
        let (open, close) = form.brackets();
        self.push(open);
        if !before.trim().is_empty() {
            let words = super::words(before, &self.macros);
            self.push(&format!("{words} "));
        }
        let after = super::words(after, &self.macros);
        for (index, key) in keys.into_iter().enumerate() {
            if index > 0 {
                self.push(if form == CitationForm::Numbers {
                    ", "
                } else {
                    "; "
                });
            }
            self.source(key, form, &after);
        }
        if !after.is_empty() && form != CitationForm::Text {
            self.push(&format!(", {after}"));
        }
        self.push(close);
    }

    /// A source by its name: of the bibliography in the text, or of one in a file, else its key.
    fn source(&mut self, key: &str, form: CitationForm, after: &str) {
        if let Some(name) = self.labels.sources.get(key).cloned() {
            return self.link(&format!("#source-{key}"), &name);
        }
        let Some(work) = self.cited.work(key, &self.labels.bibliography) else {
            return self.push(key);
        };
        self.begin_text();
        self.text.builder.open_link(&format!("#{}", anchor_of(key)));
        let (people, year) = (people_in_short(&work), year_in_short(&work));
        let name = match form {
            CitationForm::Text if after.is_empty() => format!("{people} ({year})"),
            CitationForm::Text => format!("{people} ({year}, {after})"),
            CitationForm::People => people,
            CitationForm::Year => year,
            CitationForm::Numbers | CitationForm::Bracketed | CitationForm::Bare => {
                format!("{people} {year}")
            }
            CitationForm::Whole => String::new(),
        };
        self.text.builder.push_text(&name);
        if form == CitationForm::Whole {
            for piece in reference(&work, ReferenceForm::Note) {
                push_piece(self.text.builder, &piece);
            }
        }
        self.text.builder.close();
    }

    /// The sources that are cited of a bibliography in a file.
    pub(super) fn tell_bibliography(&mut self, command: &str) {
        self.input.optional();
        if command == "bibliography" {
            self.input.argument();
        }
        let mut works = std::mem::take(&mut self.cited.waiting);
        works.sort_by_cached_key(|work| sorted_by(work));
        if works.is_empty() {
            return;
        }
        self.end_block();
        self.text.builder.begin_heading(1, None);
        self.text.push("References");
        self.text.end_block();
        for work in works {
            push_reference(self.text.builder, &work);
        }
    }
}

/// How a citation names its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CitationForm {
    /// `[1, p. 2]`, as the bibliography in the text has it; or the keys.
    Numbers,
    /// `(Smith 2020, p. 2)`
    Bracketed,
    /// `Smith 2020, p. 2`
    Bare,
    /// `Smith (2020, p. 2)`
    Text,
    People,
    Year,
    Whole,
}

impl CitationForm {
    fn new(command: &str, is_known: bool) -> Self {
        let command = command.to_ascii_lowercase();
        let is_in_note = command.starts_with("foot");
        match command.as_str() {
            _ if !is_known && is_in_note => CitationForm::Bare,
            _ if !is_known => CitationForm::Numbers,
            "fullcite" | "footfullcite" => CitationForm::Whole,
            _ if is_in_note => CitationForm::Bare,
            "citet" | "textcite" | "textcites" | "citeasnoun" | "shortcite" => CitationForm::Text,
            "citealt" | "citealp" => CitationForm::Bare,
            "citeauthor" => CitationForm::People,
            "citeyear" | "citeyearpar" => CitationForm::Year,
            _ => CitationForm::Bracketed,
        }
    }

    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            CitationForm::Numbers => ("[", "]"),
            CitationForm::Bracketed => ("(", ")"),
            _ => ("", ""),
        }
    }
}
