//! Running text out of the lines of a paragraph: styles, links, markers, hyphens.

use super::line::{Line, Shift};
use super::page::{LinkTarget, Page};
use super::run::Run;
use super::script::{self, Script};
use super::zones::Start;
use crate::formats::mend::{Join, Words};
use crate::paper::MendingKind;

/// What leads back from a note, and the sign that has it drawn plainly.
const BACK_LINKS: [char; 3] = ['↩', '↵', '\u{FE0E}'];

/// How a piece of text is set.
#[derive(Debug, Clone, Default, PartialEq)]
struct Look {
    is_bold: bool,
    is_italic: bool,
    is_code: bool,
    is_raised: bool,
    is_lowered: bool,
    address: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String, Look),
    /// A note, by its index.
    Call(usize),
    /// A page begins, by its index.
    Page(usize),
}

/// Running text while its lines come in.
pub(super) struct Inline<'a> {
    words: &'a Words,
    /// Whether weight and slope mean nothing, as in headings.
    is_plain: bool,
    parts: Vec<Part>,
    /// The text of the line before, to which the next is joined.
    last_line: Option<String>,
    /// Words that were made whole: the page, the halves, the whole.
    words_joined: Vec<(usize, String, String)>,
}

impl<'a> Inline<'a> {
    pub(super) fn new(words: &'a Words, is_plain: bool) -> Self {
        Inline {
            words,
            is_plain,
            parts: Vec::new(),
            last_line: None,
            words_joined: Vec::new(),
        }
    }

    /// A page begins here.
    pub(super) fn page(&mut self, page: usize) {
        self.parts.push(Part::Page(page));
    }

    /// Takes in a line without its first `skip` characters; `calls` says which notes a piece calls.
    pub(super) fn line<'c>(
        &mut self,
        line: &Line,
        page: Option<&Page>,
        skip: usize,
        calls: impl Fn(usize) -> Option<&'c [usize]>,
    ) {
        self.take(line, page, 0, skip, calls);
    }

    /// Takes in the first line of a note without its label.
    pub(super) fn note_start(&mut self, line: &Line, page: Option<&Page>, start: &Start) {
        self.take(line, page, start.pieces, start.letters, |_| None);
    }

    fn take<'c>(
        &mut self,
        line: &Line,
        page: Option<&Page>,
        pieces: usize,
        skip: usize,
        calls: impl Fn(usize) -> Option<&'c [usize]>,
    ) {
        let mut skip = skip;
        let mut is_first = true;
        let text = line.text();
        for (index, piece) in line.pieces.iter().enumerate().skip(pieces) {
            if let Some(notes) = calls(index) {
                if is_first {
                    self.join_line(&text, line.page);
                    is_first = false;
                }
                self.parts
                    .extend(notes.iter().map(|note| Part::Call(*note)));
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
                self.join_line(&text, line.page);
                is_first = false;
            } else if piece.after_space {
                self.push(" ", &Look::default());
            }
            self.push(&letters, &look);
        }
        self.last_line = Some(text);
    }

    /// Joins the line that comes to the one before.
    fn join_line(&mut self, text: &str, page: usize) {
        let Some(last) = self.last_line.take() else {
            return;
        };
        match self.words.join(&last, text) {
            Join::Space => self.push(" ", &Look::default()),
            Join::Close => self.drop_last(|letter| letter == '\u{AD}'),
            Join::Dehyphenate => {
                let (end, begin) = (
                    last.split_whitespace().next_back(),
                    text.split_whitespace().next(),
                );
                let (end, begin) = (end.unwrap_or_default(), begin.unwrap_or_default());
                let stem = end.trim_end_matches(is_hyphen);
                let halves = format!("{end} {begin}");
                self.words_joined
                    .push((page, halves, format!("{stem}{begin}")));
                self.drop_last(is_hyphen);
            }
        }
    }

    fn drop_last(&mut self, is_dropped: impl Fn(char) -> bool) {
        let texts = self.parts.iter_mut().rev().find_map(|part| match part {
            Part::Text(text, _) => Some(text),
            Part::Call(_) | Part::Page(_) => None,
        });
        if let Some(text) = texts
            && text.ends_with(is_dropped)
        {
            text.pop();
        }
    }

    fn look(&self, run: &Run, shift: Shift, page: Option<&Page>) -> Look {
        let address = page.and_then(|page| address(page, run));
        Look {
            is_bold: run.face.is_bold && !self.is_plain,
            is_italic: run.face.is_italic && !self.is_plain,
            is_code: run.face.is_mono && address.is_none(),
            is_raised: shift == Shift::Raised,
            is_lowered: shift == Shift::Lowered,
            address,
        }
    }

    fn push(&mut self, text: &str, look: &Look) {
        if let Some(Part::Text(last, last_look)) = self.parts.last_mut()
            && last_look == look
        {
            last.push_str(text);
            return;
        }
        self.parts.push(Part::Text(text.to_owned(), look.clone()));
    }

    /// Writes the text; `name` is what a note is called, `labels` are those of the pages.
    pub(super) fn write<'n>(
        mut self,
        script: &mut Script,
        name: impl Fn(usize) -> Option<&'n str>,
        labels: &[String],
    ) {
        self.close_spaces();
        for (page, halves, whole) in self.words_joined {
            script.mend(MendingKind::WordJoined, page, halves, whole);
        }
        for part in self.parts {
            match part {
                Part::Text(text, look) => write_text(script, &text, &look),
                Part::Call(note) => {
                    if let Some(name) = name(note) {
                        script.cite(name);
                    }
                }
                Part::Page(page) => {
                    if let Some(label) = labels.get(page) {
                        script.page_break(label);
                    }
                }
            }
        }
    }

    /// A space between two texts that are set alike is set as they are.
    fn close_spaces(&mut self) {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = std::mem::take(&mut self.parts).into_iter().peekable();
        while let Some(part) = rest.next() {
            if let Part::Text(space, _) = &part
                && space == " "
                && let Some(Part::Text(before, look)) = parts.last_mut()
                && let Some(Part::Text(_, next)) = rest.peek()
                && look == next
                && let Some(Part::Text(after, _)) = rest.next()
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

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{AD}')
}

fn write_text(script: &mut Script, text: &str, look: &Look) {
    let text: String = text.chars().filter(|letter| *letter != '\u{AD}').collect();
    let styles = [
        (look.is_bold, script::Look::Bold),
        (look.is_italic, script::Look::Italic),
        (look.is_raised, script::Look::Raised),
        (look.is_lowered, script::Look::Lowered),
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

/// The address that a link over a run leads to.
fn address(page: &Page, run: &Run) -> Option<String> {
    let x = f32::midpoint(run.left, run.right);
    let y = run.baseline - 0.25 * run.size;
    page.links.iter().find_map(|link| match &link.target {
        LinkTarget::Address(address) if link.area.contains(x, y) => Some(address.clone()),
        _ => None,
    })
}
