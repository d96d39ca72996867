//! What leads elsewhere: notes, links, references to sources and to numbered parts.

use super::reader::{Close, Reader};
use crate::formats::running::Inline;

impl Reader<'_> {
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
                for (index, label) in said.split(',').map(str::trim).enumerate() {
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
            "url" | "nolinkurl" | "path" => {
                let address = self
                    .input
                    .argument()
                    .replace("\\_", "_")
                    .replace("\\%", "%")
                    .replace("\\#", "#")
                    .replace("\\&", "&");
                self.link(address.trim(), address.trim());
            }
            "href" => {
                self.input.optional();
                let address = self
                    .input
                    .argument()
                    .replace("\\_", "_")
                    .replace("\\%", "%")
                    .replace("\\#", "#")
                    .replace("\\&", "&");
                self.begin_cell();
                let key = self.open_argument(Close::Group);
                self.text.open(key, [Inline::Link(address)]);
            }
            "hyperref" => {
                let label = self.input.optional().unwrap_or_default();
                let key = self.open_argument(Close::Group);
                self.text.open(key, [Inline::Link(format!("#{label}"))]);
            }
            "hyperlink" => {
                let label = self.input.argument();
                let key = self.open_argument(Close::Group);
                self.text.open(key, [Inline::Link(format!("#{label}"))]);
            }
            "hypertarget" => {
                let label = self.input.argument();
                self.text.builder.anchor(&label);
                self.open_argument(Close::Group);
            }
            "includegraphics" => {
                self.image();
            }
            _ => return false,
        }
        true
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
            self.sources(&before, &keys, &after, "");
            self.text.end_block();
            self.text.builder.end_note();
            self.text.resume(interrupted);
        } else {
            self.sources(&before, &keys, &after, "[");
        }
    }

    fn sources(&mut self, before: &str, keys: &str, after: &str, bracket: &str) {
        self.push(bracket);
        if !before.trim().is_empty() {
            let words = super::words(before, &self.macros);
            self.push(&format!("{words} "));
        }
        for (index, key) in keys.split(',').map(str::trim).enumerate() {
            if index > 0 {
                self.push(", ");
            }
            match self.labels.sources.get(key).cloned() {
                Some(name) => self.link(&format!("#source-{key}"), &name),
                None => self.push(key),
            }
        }
        if !after.trim().is_empty() {
            let words = super::words(after, &self.macros);
            self.push(&format!(", {words}"));
        }
        if !bracket.is_empty() {
            self.push("]");
        }
    }
}
