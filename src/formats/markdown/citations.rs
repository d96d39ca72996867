//! Citations by key, as they are set: in author and year, or as notes; and the list of what they
//! cite.

use std::ops::Range;
use std::rc::Rc;

use super::MarkdownReader;
use super::brackets::Opens;
use super::citing::{CitationPlace, CitedWork, Citing, UnreadFile};
use super::keys::{CitedKey, KeyCitation, key_at, locator};
use super::mask::{Hidden, Masked, MaskedKind, cited_keys, lines_of};
use super::note_order::NoteOrder;
use crate::formats::bibliography::listed::{anchor_of, push_piece, push_reference};
use crate::formats::bibliography::reference::{
    is_part, note_parts, title_in_short, within_quotation,
};
use crate::formats::lines::LineCounter;
use crate::paper::{Details, ProblemKind, SourceLocation, Style, clean};

impl<'a> MarkdownReader<'a> {
    /// Takes in what the paper cites, and says which keys stand for nothing.
    pub(super) fn begin_citing(
        &mut self,
        mut citing: Citing<'a>,
        masked: &Masked<'a>,
        nocite: &str,
    ) {
        for UnreadFile { name, is_found } in &citing.unread {
            let why = if *is_found {
                "it has no entry in BibTeX, BibLaTeX, CSL-JSON or CSL-YAML"
            } else {
                "it cannot be read from there; one in JSON or YAML must lie in the paper’s folder or below it; --bibliography reads any"
            };
            let words = format!("the bibliography {} is not read: {why}", clean(name));
            self.builder.problem(words);
        }
        for words in citing.left_out() {
            self.builder
                .problem(format!("in the bibliography, {words}"));
        }
        self.tell_unknown_keys(&citing, &masked.unknown_keys);
        let hidden = masked.hidden.iter();
        let shapes = hidden.filter(|hidden| matches!(hidden.what, MaskedKind::Shape(_)));
        let shapes = shapes.flat_map(|shape| self.keys_in(shape, &citing));
        let in_text = masked.keys.iter().map(|key| (*key).to_owned());
        let mut keys: Vec<String> = in_text.chain(shapes).collect();
        if nocite.contains("@*") {
            keys.extend(citing.own_keys().map(str::to_owned));
        } else {
            keys.extend(known_keys(nocite, &citing));
        }
        citing.take(keys.iter().map(String::as_str));
        if citing.is_notes {
            let first = self.cited_in_order(&citing, masked);
            citing.set_first(first.into_iter());
        }
        self.citing = Rc::new(citing);
    }

    /// The keys that a citation or a shape cites, as far as a bibliography has them.
    fn keys_in(&self, hidden: &Hidden, citing: &Citing<'_>) -> Vec<String> {
        match hidden.what {
            MaskedKind::Citation => {
                let typed = self.typed_citation(hidden);
                let items = citation_of(&typed).map(|citation| citation.items);
                let keys = items.into_iter().flatten().map(|item| item.key);
                keys.filter(|key| citing.has(key))
                    .map(str::to_owned)
                    .collect()
            }
            MaskedKind::Shape(shape) if shape.has_text() => {
                let keys = cited_keys(self.typed_of(hidden), citing).into_iter();
                keys.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where works are cited, and when that is read.
    fn cited_in_order(
        &self,
        citing: &Citing<'_>,
        masked: &'a Masked<'a>,
    ) -> Vec<(String, (usize, usize), CitationPlace)> {
        let order = NoteOrder::new(self.markdown);
        let mut all = Vec::new();
        for hidden in &masked.hidden {
            let at = hidden.range.start;
            let place = match hidden.what {
                MaskedKind::Citation => CitationPlace::At(at),
                MaskedKind::Shape(_) => CitationPlace::InShape,
                _ => continue,
            };
            let keys = self.keys_in(hidden, citing);
            all.extend(keys.into_iter().map(|key| (key, order.rank(at), place)));
        }
        all
    }

    /// Each key once, where it stands first; without any bibliography, one word for all.
    pub(super) fn tell_unknown_keys(&mut self, citing: &Citing<'_>, unknown: &[(&str, usize)]) {
        let firsts: Vec<&(&str, usize)> = unknown
            .iter()
            .filter(|(key, _)| citing.is_untold(key))
            .collect();
        if citing.is_empty() {
            let Some((key, at)) = firsts.first() else {
                return;
            };
            let others = match firsts.len() - 1 {
                0 => String::new(),
                count => format!(" and {count} more"),
            };
            let words = format!(
                "@{}{others} cannot be looked up: there is no bibliography; name one in the metadata or by --bibliography",
                clean(key)
            );
            let location = self.ahead(&mut self.lines.clone(), *at);
            let kind = ProblemKind::KeysUnknown(words);
            return self.builder.problem_at(location, kind);
        }
        let mut lines = self.lines.clone();
        for (key, at) in firsts {
            let location = self.ahead(&mut lines, *at);
            let words = format!("@{} is cited, but no bibliography has it", clean(key));
            let kind = ProblemKind::KeysUnknown(words);
            self.builder.problem_at(location, kind);
        }
    }

    /// The place of what is told before it is read, by lines that are counted for that alone.
    fn ahead(&self, lines: &mut LineCounter<'a>, at: usize) -> SourceLocation {
        let line = self.line.unwrap_or_else(|| lines.at(self.base + at));
        SourceLocation::Line(line)
    }

    /// Sets a citation by key.
    pub(super) fn key_citation(&mut self, hidden: &'a Hidden) {
        let typed = self.typed_citation(hidden);
        let Some(citation) = citation_of(&typed) else {
            return self.builder.push_spaced(&typed);
        };
        if self.citing.is_notes {
            self.citation_in_notes(&citation, &hidden.range);
        } else {
            self.citation_in_text(&citation);
        }
    }

    /// A citation as it was typed, on one line.
    fn typed_citation(&self, hidden: &Hidden) -> String {
        let typed: Vec<&str> = lines_of(self.typed_of(hidden)).map(str::trim).collect();
        typed.join(" ")
    }

    /// "(see Smith 2019, 33; Doe 1999)", "Smith (2019, 33)", "@unknown (33; Doe 1999)".
    fn citation_in_text(&mut self, citation: &KeyCitation<'_>) {
        let is_bare = citation.is_in_text;
        let is_alone = citation.items.len() == 1;
        if !is_bare {
            self.builder.push_spaced("(");
        }
        // Whether a bracket opens in which nothing stands as yet.
        let mut is_just_opened = false;
        for (index, item) in citation.items.iter().enumerate() {
            if index > 0 && !is_just_opened {
                self.builder.push_spaced("; ");
            }
            is_just_opened = false;
            self.prefix(item);
            let is_named = is_bare && index == 0;
            let Some(work) = self.citing.work(item.key) else {
                let opens = is_named && !is_alone;
                is_just_opened = opens && item.suffix.trim_start_matches([' ', ',']).is_empty();
                self.unknown_key(item, if opens { " (" } else { "" });
                continue;
            };
            self.open_citation(&work.details);
            if is_named {
                self.people(&work);
                self.builder.push_spaced(" (");
            } else if !item.hides_author {
                self.people(&work);
                self.builder.push_spaced(" ");
            }
            self.builder.push_spaced(&work.year);
            let is_open = self.suffix(item, is_named);
            if is_named && is_alone {
                self.builder.push_spaced(")");
            }
            if is_open {
                self.close();
            }
        }
        if !is_bare || !is_alone {
            self.builder.push_spaced(")");
        }
    }

    /// Sets what says where in a work. Words that say something else stay outside of its link,
    /// unless the link goes on behind them. Tells whether it is still open.
    fn suffix(&mut self, item: &CitedKey<'_>, goes_on: bool) -> bool {
        let (words, is_place) = locator(item.suffix);
        if words.is_empty() {
            return true;
        }
        if is_place {
            self.push_sign(",");
            self.builder.push_spaced(" ");
        } else {
            if !goes_on {
                self.close();
            }
            let touches = words.starts_with(['.', ':', ')']);
            self.builder.push_spaced(match (touches, goes_on) {
                (true, _) => "",
                (false, true) => ", ",
                (false, false) => " ",
            });
        }
        self.read_inline(&words);
        is_place || goes_on
    }

    /// Adds a comma or a point; it stands within quotation marks, where a question mark is enough.
    fn push_sign(&mut self, sign: &str) {
        let Some(title) = self.builder.open_text().strip_suffix('”') else {
            return self.builder.push_spaced(sign);
        };
        if !title.ends_with(['.', '?', '!']) {
            self.builder.take_back("”".len());
            self.builder.push_spaced(&format!("{sign}”"));
        }
    }

    fn prefix(&mut self, item: &CitedKey<'_>) {
        if !item.prefix.is_empty() {
            self.read_inline(item.prefix);
            self.builder.push_spaced(" ");
        }
    }

    /// A key that stands for nothing, as it was typed, with what opens behind it.
    fn unknown_key(&mut self, item: &CitedKey<'_>, opens: &str) {
        self.builder.push_spaced(&format!("@{}{opens}", item.key));
        let suffix = match opens {
            "" => item.suffix.trim_start(),
            _ => item.suffix.trim_start_matches([' ', ',']),
        };
        // Words that stood in brackets behind the key may have no blank before them.
        let is_apart =
            suffix.len() < item.suffix.len() || suffix.starts_with(char::is_alphanumeric);
        if is_apart && opens.is_empty() {
            self.builder.push_spaced(" ");
        }
        self.read_inline(suffix);
    }

    fn open_citation(&mut self, work: &Details) {
        self.builder
            .open_link(&format!("#{}", anchor_of(&work.key)));
    }

    /// The people of a work, or its title as it is set.
    fn people(&mut self, work: &CitedWork) {
        let details = &work.details;
        if !details.makers().is_empty() || details.title.is_empty() {
            return self.builder.push_spaced(&work.people);
        }
        self.title(details, &work.people);
    }

    fn title(&mut self, work: &Details, words: &str) {
        if is_part(work) {
            let inner = within_quotation(words);
            self.builder.push_spaced(&format!("“{inner}”"));
        } else {
            self.builder.open_style(Style::Emphasis);
            self.builder.push_spaced(words);
            self.close();
        }
    }

    /// A note with the reference, in full where it is the first; in a note the reference alone.
    fn citation_in_notes(&mut self, citation: &KeyCitation<'_>, range: &Range<usize>) {
        let at = range.start;
        let is_in_note = self.builder.is_in_note()
            || self
                .brackets
                .iter()
                .any(|bracket| bracket.opens != Opens::Text);
        let place = match self.depth {
            0 => CitationPlace::At(at),
            _ => CitationPlace::InShape,
        };
        // A reference begins with the names that would stand before it.
        if is_in_note {
            // Behind words of the note it stands in brackets, as Pandoc has it.
            let before = self.builder.open_text().trim_end();
            let is_apart = !citation.is_in_text && !before.is_empty() && !before.ends_with('(');
            self.builder.push_spaced(if is_apart { "(" } else { "" });
            self.references_in_note(citation, place);
            return self.builder.push_spaced(if is_apart { ")" } else { "" });
        }
        if let Some(first) = citation.items.first().filter(|_| citation.is_in_text) {
            match self.citing.work(first.key) {
                Some(work) => self.people(&work),
                None => self.builder.push_spaced(&format!("@{}", first.key)),
            }
        }
        if self.builder.open_text().ends_with(' ') {
            self.builder.take_back(" ".len());
        }
        if let Some(sign) = self.sign_behind(range.end) {
            let before = self
                .builder
                .open_text()
                .trim_end_matches(['”', '’', '"', '\'']);
            let ends = before.ends_with(['.', '?', '!']);
            // "et al. [@smith]." has one point.
            if sign != "." || !ends {
                self.builder.push_spaced(sign);
            }
            self.moved_sign = Some(range.end);
        }
        let mark = self.builder.mark_before(0);
        let prefix = capitalised(citation.items.first().map_or("", |first| first.prefix));
        let mut citation = citation.clone();
        if let Some(first) = citation.items.first_mut() {
            first.prefix = &prefix;
        }
        self.references_in_note(&citation, place);
        if !self.builder.open_text().ends_with(['.', '?', '!']) {
            self.push_sign(".");
        }
        self.locate(at);
        self.scripts.retain(|sign| sign.mark.is_before(&mark));
        self.builder.make_note_since(&mark, 0);
    }

    /// The point or comma behind a citation, which stands before the marker, as printers set it.
    fn sign_behind(&self, end: usize) -> Option<&'a str> {
        let next = self.hidden_from(end);
        let is_plain = next.is_none_or(|next| next.range.start > end);
        let behind = self.typed.get(end..).filter(|_| is_plain)?;
        let sign = behind.get(..1).filter(|sign| ".,;:!?".contains(sign))?;
        let rest = behind.get(1..)?;
        let is_alone = rest.is_empty()
            || rest.starts_with(|char: char| char.is_whitespace() || ")”\"*_".contains(char));
        is_alone.then_some(sign)
    }

    fn references_in_note(&mut self, citation: &KeyCitation<'_>, place: CitationPlace) {
        for (index, item) in citation.items.iter().enumerate() {
            if index > 0 {
                self.builder.push_spaced("; ");
            }
            self.prefix(item);
            let Some(work) = self.citing.work(item.key) else {
                self.unknown_key(item, "");
                continue;
            };
            self.open_citation(&work.details);
            let (words, is_place) = locator(item.suffix);
            let mut address = Vec::new();
            if self.citing.is_first(item.key, place) {
                let [reference, pages, at] = note_parts(&work.details);
                let pages = if is_place { Vec::new() } else { pages };
                for piece in reference.iter().chain(&pages) {
                    push_piece(&mut self.builder, piece);
                }
                // Behind words that end the sentence it would stand in the next.
                if is_place || !words.starts_with(['.', ':', ')']) {
                    address = at;
                }
            } else {
                if !item.hides_author && !work.details.makers().is_empty() {
                    self.builder.push_spaced(&format!("{}, ", work.people));
                }
                self.title(&work.details, &title_in_short(&work.details));
            }
            if self.suffix(item, false) {
                self.close();
            }
            for piece in address {
                push_piece(&mut self.builder, &piece);
            }
        }
    }

    /// Adds the list of the works that are cited, if it is not there yet.
    pub(super) fn list_references(&mut self, has_heading: bool) {
        let works = self.citing.take_waiting();
        if works.is_empty() {
            return;
        }
        self.end_block();
        if !has_heading && !self.builder.ends_with_heading() {
            let title = self.citing.title.clone();
            self.builder.begin_heading(1, None);
            self.builder
                .push_text(title.as_deref().unwrap_or("References"));
            self.builder.end_block();
        }
        for work in works {
            push_reference(&mut self.builder, &work.details);
        }
    }
}

/// Words with a capital where they begin, behind signs of emphasis.
fn capitalised(words: &str) -> String {
    let bare = words.trim_start_matches(['*', '_']);
    let signs = words.len() - bare.len();
    let mut chars = bare.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let signs = words.get(..signs).unwrap_or_default();
    format!("{signs}{first}{}", chars.as_str())
}

/// The citation that a text is.
fn citation_of(typed: &str) -> Option<KeyCitation<'_>> {
    let read = KeyCitation::bracketed(typed, &|_| false)
        .or_else(|| KeyCitation::in_text(typed, &|_| false));
    read.map(|(citation, _)| citation)
}

/// The keys in a list of them that a bibliography has.
fn known_keys(text: &str, citing: &Citing<'_>) -> Vec<String> {
    let keys = text.match_indices('@').filter_map(|(at, _)| {
        let (key, _, _) = key_at(text.get(at..)?)?;
        citing.has(key).then(|| key.to_owned())
    });
    keys.collect()
}
