//! What was hidden in running text and is no formula: what it means is done here.

use super::MarkdownReader;
use super::brackets::Opens;
use super::curly::Curly;
use super::mask::{Hidden, MaskedKind};
use super::references::Named;
use crate::paper::{Style, TextMark, slug};

impl<'a> MarkdownReader<'a> {
    /// Does what the hidden sign means, at its place in the text.
    pub(super) fn put_sign_back(&mut self, hidden: &'a Hidden) {
        let at = hidden.range.start;
        match &hidden.what {
            MaskedKind::Instead(markdown) => self.read_inline(markdown),
            MaskedKind::Attributes => self.anchor_of(hidden),
            MaskedKind::OpenStyle(style) => self.builder.open_style(*style),
            MaskedKind::CloseStyle => self.close(),
            MaskedKind::OpenNote => {
                self.builder.push_spaced("^[");
                self.push_bracket(Opens::Note, "^[".len());
            }
            MaskedKind::CloseNote => self.close_bracket(at),
            MaskedKind::WikiLink { embeds } => self.wiki_link(hidden, *embeds),
            MaskedKind::Reference(name) => self.reference(hidden, name),
            MaskedKind::Example => self.example(hidden),
            MaskedKind::Marker => {
                let label = self.typed_of(hidden).trim_matches(['[', '^', ']']);
                self.cite(label, at);
            }
            MaskedKind::Citation => self.key_citation(hidden),
            MaskedKind::Nothing => self.anchor_of_label(hidden),
            MaskedKind::Label(_) | MaskedKind::Definition | MaskedKind::Shape(_) => {}
            MaskedKind::Text | MaskedKind::Formula | MaskedKind::Display => {}
        }
    }

    /// Sets the anchor that attributes name.
    fn anchor_of(&mut self, hidden: &Hidden) {
        if let Some((curly, _)) = Curly::parse(self.typed_of(hidden))
            && let Some(id) = curly.id
        {
            self.builder.anchor(id);
        }
    }

    /// Sets the anchor that `\label{…}` names.
    fn anchor_of_label(&mut self, hidden: &Hidden) {
        let label = self.typed_of(hidden).strip_prefix(r"\label{");
        if let Some(label) = label.and_then(|label| label.strip_suffix('}')) {
            self.builder.anchor(label);
        }
    }

    /// The attributes that come at the offset, if some do.
    pub(super) fn attributes_at(&self, at: usize) -> Option<Curly<'a>> {
        let hidden = self.hidden_from(at)?;
        let is_here = hidden.range.start == at && hidden.what == MaskedKind::Attributes;
        let (curly, _) = Curly::parse(self.typed_of(hidden)).filter(|_| is_here)?;
        Some(curly)
    }

    /// Sets the text since the bracket as its attributes say. The bracket is taken out.
    pub(super) fn set_span(&mut self, open: &TextMark, curly: &Curly<'_>) {
        let style = if curly.has("smallcaps") {
            Some(Style::SmallCaps)
        } else if curly.has("underline") || curly.has("ul") || curly.has("mark") {
            Some(Style::Emphasis)
        } else {
            None
        };
        self.scripts.retain(|sign| sign.mark.is_before(open));
        self.builder.set_since(open, "[".len(), style);
    }

    /// A link to a page of a wiki, of which the words are shown; one to a heading leads there.
    fn wiki_link(&mut self, hidden: &Hidden, embeds: bool) {
        let inner = self.typed_of(hidden).trim_matches(['[', ']']);
        let (target, words) = match inner.split_once('|') {
            Some((target, words)) => (target.trim_end_matches('\\'), words),
            None => (inner, inner),
        };
        let is_size = words
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'x');
        let words = if embeds && is_size { target } else { words };
        let words = words.trim_start_matches('#').trim();
        if embeds {
            if self.builder.open_text().ends_with('!') {
                self.builder.take_back("!".len());
            }
            self.builder.open_image(target);
            self.builder.push_spaced(words);
            return self.close();
        }
        let heading = target.strip_prefix('#').map(slug);
        let heading = heading.filter(|heading| self.names.has_heading(heading));
        match heading {
            Some(heading) => {
                self.builder.open_link(&format!("#{heading}"));
                self.builder.push_spaced(words);
                self.close();
            }
            None => self.builder.push_spaced(words.trim_start_matches('^')),
        }
    }

    /// A link to what has the name: with its number or its title, if the paper has it.
    fn reference(&mut self, hidden: &Hidden, name: &str) {
        let typed = self.typed_of(hidden);
        let Some(named) = self.names.named(name) else {
            // Of what is in another file the name is told, as in LaTeX.
            let is_command = typed.starts_with('\\');
            return self
                .builder
                .push_spaced(if is_command { name } else { typed });
        };
        let words = match named {
            Named::Heading(title) => title.clone(),
            Named::Number(word, number) if typed.trim_start_matches('[').starts_with('@') => {
                format!("{word} {number}")
            }
            Named::Number(_, number) => number.to_string(),
        };
        self.builder.open_link(&format!("#{name}"));
        self.builder.push_spaced(&words);
        self.close();
    }

    /// The number of an example.
    fn example(&mut self, hidden: &Hidden) {
        let typed = self.typed_of(hidden);
        let name = typed.strip_prefix('@').unwrap_or(typed);
        match self.examples.get(name) {
            Some(number) => self.builder.push_spaced(&number.to_string()),
            None => self.builder.push_spaced(typed),
        }
    }
}
