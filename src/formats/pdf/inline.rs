//! Running text out of the lines of a paragraph: styles, links, markers, hyphens.

use super::line::{BaselineShift, PdfLine};
use super::page::{LinkTarget, Page};
use super::places::LinkedPlaces;
use super::run::GlyphRun;
use super::script::{self, BuildScript};
use super::zones::NoteBeginning;
use crate::formats::mend::{self, DocumentWords, Join};
use crate::paper::MendingKind;

/// What leads back from a note, and the sign that has it drawn plainly.
const BACK_LINKS: [char; 3] = ['↩', '↵', '\u{FE0E}'];

/// How a piece of text is set.
#[derive(Debug, Clone, Default, PartialEq)]
struct PieceLook {
    is_bold: bool,
    is_italic: bool,
    is_code: bool,
    is_raised: bool,
    is_lowered: bool,
    address: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum InlinePart {
    Text(String, PieceLook),
    /// A note, by its index.
    Call(usize),
    /// A page begins, by its index.
    Page(usize),
}

/// Running text while its lines come in.
pub(super) struct PdfInline<'a> {
    words: &'a DocumentWords,
    /// Whether weight and slope mean nothing, as in headings.
    is_plain: bool,
    /// Where links within the document lead.
    places: Option<&'a LinkedPlaces>,
    parts: Vec<InlinePart>,
    /// Whether a line has been taken in, to which the next is joined.
    has_line: bool,
    /// The last word so far, which may have begun some lines before, as addresses do.
    last_word: String,
    /// Where the link leads that the last word is in.
    last_address: Option<String>,
    /// Words that were made whole: the page, the halves, the whole.
    words_joined: Vec<(usize, String, String)>,
}

impl<'a> PdfInline<'a> {
    pub(super) fn new(words: &'a DocumentWords, is_plain: bool) -> Self {
        PdfInline {
            words,
            is_plain,
            places: None,
            parts: Vec::new(),
            has_line: false,
            last_word: String::new(),
            last_address: None,
            words_joined: Vec::new(),
        }
    }

    /// The same, with links within the document.
    pub(super) fn leading_to(self, places: &'a LinkedPlaces) -> Self {
        PdfInline {
            places: Some(places),
            ..self
        }
    }

    /// A page begins here.
    pub(super) fn page(&mut self, page: usize) {
        self.parts.push(InlinePart::Page(page));
    }

    /// Takes in a line without its first `skip` characters; `calls` says which notes a piece calls.
    pub(super) fn line<'c>(
        &mut self,
        line: &PdfLine,
        page: Option<&Page>,
        skip: usize,
        calls: impl Fn(usize) -> Option<&'c [usize]>,
    ) {
        self.take(line, page, 0, skip, calls);
    }

    /// Takes in the first line of a note without its label.
    pub(super) fn note_start(
        &mut self,
        line: &PdfLine,
        page: Option<&Page>,
        start: &NoteBeginning,
    ) {
        self.take(line, page, start.pieces, start.letters, |_| None);
    }

    fn take<'c>(
        &mut self,
        line: &PdfLine,
        page: Option<&Page>,
        pieces: usize,
        skip: usize,
        calls: impl Fn(usize) -> Option<&'c [usize]>,
    ) {
        let mut skip = skip;
        let mut is_first = self.has_line;
        for (index, piece) in line.pieces.iter().enumerate().skip(pieces) {
            if let Some(notes) = calls(index) {
                self.last_word.clear();
                self.parts
                    .extend(notes.iter().map(|note| InlinePart::Call(*note)));
                continue;
            }
            let letters = piece.run.letters.iter().skip(skip);
            let letters: String = letters
                .map(|glyph| glyph.letter)
                .filter(|letter| !BACK_LINKS.contains(letter))
                .collect();
            skip = skip.saturating_sub(piece.run.letters.len());
            if letters.is_empty() {
                continue;
            }
            let look = self.look(&piece.run, piece.shift, page);
            if is_first {
                self.join_line(&word_from(line, index), &look, line.page);
                is_first = false;
            } else if piece.after_space && !self.is_within_address(line, index, &look) {
                self.push(" ", &PieceLook::default());
            }
            self.push(&letters, &look);
            self.has_line = true;
        }
    }

    /// Whether the gap before a piece is none, for the address that the link leads to has none.
    fn is_within_address(&self, line: &PdfLine, index: usize, look: &PieceLook) -> bool {
        let join = self.linked(&word_from(line, index), look);
        join == Some(Join::Close)
    }

    /// How a word of a link goes on from the last one, if the link's own address tells.
    fn linked(&self, word: &str, look: &PieceLook) -> Option<Join> {
        let address = look.address.as_ref()?;
        if self.last_address.as_ref() != Some(address) {
            return None;
        }
        mend::join_as_in(address, &self.last_word, word)
    }

    /// Joins a line that begins with a word to the one before.
    fn join_line(&mut self, word: &str, look: &PieceLook, page: usize) {
        let join = self.linked(word, look);
        match join.unwrap_or_else(|| self.words.join(&self.last_word, word)) {
            Join::Space => self.push(" ", &PieceLook::default()),
            Join::Close => self.drop_last(|letter| letter == '\u{AD}'),
            Join::Dehyphenate => {
                let stem = self.last_word.trim_end_matches(is_hyphen);
                let halves = format!("{} {word}", self.last_word);
                self.words_joined
                    .push((page, halves, format!("{stem}{word}")));
                self.drop_last(is_hyphen);
            }
        }
    }

    fn drop_last(&mut self, is_dropped: impl Fn(char) -> bool) {
        let texts = self.parts.iter_mut().rev().find_map(|part| match part {
            InlinePart::Text(text, _) => Some(text),
            InlinePart::Call(_) | InlinePart::Page(_) => None,
        });
        if let Some(text) = texts
            && text.ends_with(is_dropped)
        {
            text.pop();
            self.last_word.pop();
        }
    }

    fn look(&self, run: &GlyphRun, shift: BaselineShift, page: Option<&Page>) -> PieceLook {
        let address = page.and_then(|page| address(page, run, self.places));
        let is_web = address.as_ref().is_some_and(|to| !to.starts_with('#'));
        PieceLook {
            is_bold: run.face.is_bold && !self.is_plain,
            is_italic: run.face.is_italic && !self.is_plain,
            is_code: run.face.is_mono && !is_web,
            is_raised: shift == BaselineShift::Raised,
            is_lowered: shift == BaselineShift::Lowered,
            address,
        }
    }

    fn push(&mut self, text: &str, look: &PieceLook) {
        if text == " " {
            self.last_word.clear();
        } else {
            self.last_word.push_str(text);
            self.last_address.clone_from(&look.address);
        }
        if let Some(InlinePart::Text(last, last_look)) = self.parts.last_mut()
            && last_look == look
        {
            last.push_str(text);
            return;
        }
        self.parts
            .push(InlinePart::Text(text.to_owned(), look.clone()));
    }

    /// Writes the text; `name` is what a note is called, `labels` are those of the pages.
    pub(super) fn write<'n>(
        mut self,
        script: &mut BuildScript,
        name: impl Fn(usize) -> Option<&'n str>,
        labels: &[String],
    ) {
        self.close_spaces();
        for (page, halves, whole) in self.words_joined {
            script.mend(MendingKind::WordJoined, page, halves, whole);
        }
        for part in self.parts {
            match part {
                InlinePart::Text(text, look) => write_text(script, &text, &look),
                InlinePart::Call(note) => {
                    if let Some(name) = name(note) {
                        script.cite(name);
                    }
                }
                InlinePart::Page(page) => {
                    if let Some(label) = labels.get(page) {
                        script.sheet(label, page);
                    }
                }
            }
        }
    }

    /// A space between two texts that are set alike is set as they are.
    fn close_spaces(&mut self) {
        let mut parts: Vec<InlinePart> = Vec::new();
        let mut rest = std::mem::take(&mut self.parts).into_iter().peekable();
        while let Some(part) = rest.next() {
            if let InlinePart::Text(space, _) = &part
                && space == " "
                && let Some(InlinePart::Text(before, look)) = parts.last_mut()
                && let Some(InlinePart::Text(_, next)) = rest.peek()
                && look == next
                && let Some(InlinePart::Text(after, _)) = rest.next()
            {
                before.push(' ');
                before.push_str(&after);
                continue;
            }
            parts.push(part);
        }
        self.parts = parts;
    }
}

/// The word that begins with a piece of a line.
fn word_from(line: &PdfLine, index: usize) -> String {
    let pieces = line.pieces.get(index..).unwrap_or(&[]);
    let (first, rest) = pieces.split_at_checked(1).unwrap_or_default();
    let rest = rest.iter().take_while(|piece| !piece.after_space);
    let letters = first
        .iter()
        .chain(rest)
        .flat_map(|piece| &piece.run.letters);
    letters.map(|glyph| glyph.letter).collect()
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{AD}')
}

fn write_text(script: &mut BuildScript, text: &str, look: &PieceLook) {
    let text: String = text.chars().filter(|letter| *letter != '\u{AD}').collect();
    let styles = [
        (look.is_bold, script::ScriptStyle::Bold),
        (look.is_italic, script::ScriptStyle::Italic),
        (look.is_raised, script::ScriptStyle::Raised),
        (look.is_lowered, script::ScriptStyle::Lowered),
    ];
    let mut open = 0;
    if let Some(address) = &look.address {
        script.open_link(address);
        open += 1;
    }
    for (_, style) in styles.into_iter().filter(|(is_set, _)| *is_set) {
        script.open(style);
        open += 1;
    }
    if look.is_code {
        script.push_code(text);
    } else {
        script.push_text(text);
    }
    for _ in 0..open {
        script.close();
    }
}

/// The address that a link over a run leads to, or its place among those that are known.
fn address(page: &Page, run: &GlyphRun, places: Option<&LinkedPlaces>) -> Option<String> {
    let x = f32::midpoint(run.left, run.right);
    let y = run.baseline - 0.25 * run.size;
    let links = page.links.iter().filter(|link| link.area.contains(x, y));
    links.into_iter().find_map(|link| match &link.target {
        LinkTarget::Address(address) => Some(address.clone()),
        LinkTarget::Place(place) => places?.address(place),
    })
}
