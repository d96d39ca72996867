//! Which notes a piece may cite that other pieces may define.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use memchr::{memchr, memmem};

/// Labels that are longer are odd ones.
const MAX_LABEL_BYTES: usize = 300;

/// The parser takes no label of more than a thousand characters.
const MAX_ODD_LABEL_BYTES: usize = 4 * 1024;

/// What may be a label of a note, wherever it stands.
#[derive(Debug, Clone, Copy)]
struct FoundLabel<'a> {
    label: &'a str,
    /// The piece that it stands in.
    piece: usize,
}

/// In which pieces labels of notes may be defined.
#[derive(Debug)]
enum Definers {
    One(usize),
    Several,
}

/// The labels of notes in a source that is cut into pieces.
#[derive(Debug)]
pub(super) struct NoteLabels<'a> {
    /// In the order of the source.
    found: Vec<FoundLabel<'a>>,
    definers: LabelMap<'a, Definers>,
}

/// A paper may have very many labels, and each is looked up several times.
type LabelMap<'a, T> = HashMap<Cow<'a, str>, T, RandomState>;

impl<'a> NoteLabels<'a> {
    /// Looks for the labels in pieces that start at these bytes; none where two pieces seem to
    /// define the same note, or a label is not what labels are.
    pub(super) fn new(markdown: &'a str, starts: &[usize]) -> Option<Self> {
        let mut found = Vec::new();
        let mut definers: LabelMap<'a, Definers> = LabelMap::default();
        // The pieces in which lines begin with the label and a colon.
        let mut defined: LabelMap<'a, usize> = LabelMap::default();
        let mut colons = memmem::find_iter(markdown.as_bytes(), b"]:").peekable();
        let mut piece = 0;
        for at in memmem::find_iter(markdown.as_bytes(), b"[^") {
            while starts.get(piece + 1).is_some_and(|start| *start <= at) {
                piece += 1;
            }
            let rest = markdown.get(at + "[^".len()..).unwrap_or_default();
            while colons.next_if(|colon| *colon < at).is_some() {}
            let Some(label) = label(rest) else {
                let near = colons
                    .peek()
                    .filter(|colon| **colon - at <= MAX_ODD_LABEL_BYTES);
                let odd = near.and_then(|colon| markdown.get(at..*colon));
                if odd.is_some_and(|label| !label.contains('\n')) {
                    return None;
                }
                continue;
            };
            found.push(FoundLabel { label, piece });
            let behind = rest.get(label.len()..).unwrap_or_default();
            if !behind.starts_with("]:") {
                continue;
            }
            let before = begins_line(markdown, at).then(|| defined.insert(folded(label), piece));
            if before.flatten().is_some_and(|other| other != piece) {
                return None;
            }
            definers
                .entry(folded(label))
                .and_modify(|definers| match definers {
                    Definers::One(other) if *other == piece => {}
                    _ => *definers = Definers::Several,
                })
                .or_insert(Definers::One(piece));
        }
        Some(NoteLabels { found, definers })
    }

    /// The labels that the piece may cite and that others may define, each once.
    pub(super) fn cited_from(&self, piece: usize) -> BTreeSet<&'a str> {
        let from = self.found.partition_point(|found| found.piece < piece);
        let found = self.found.get(from..).unwrap_or_default().iter();
        let here = found.take_while(|found| found.piece == piece);
        let cited = here.filter(|found| {
            // Letters beyond ASCII may be the same for the parser and not here.
            match self.definers.get(&folded(found.label)) {
                _ if !found.label.is_ascii() => true,
                Some(Definers::One(definer)) => *definer != piece,
                Some(Definers::Several) => true,
                None => false,
            }
        });
        cited.map(|found| found.label).collect()
    }
}

/// The label that the text begins with, if it is written in the one way that there is.
fn label(text: &str) -> Option<&str> {
    let near = text.get(..text.floor_char_boundary(MAX_LABEL_BYTES))?;
    let label = near.get(..memchr(b']', near.as_bytes())?)?;
    let is_odd = |char: char| char.is_whitespace() || matches!(char, '\\' | '[');
    (!label.is_empty() && !label.contains(is_odd)).then_some(label)
}

/// Whether nothing stands before the offset on its line but what encloses blocks.
fn begins_line(markdown: &str, at: usize) -> bool {
    let before = markdown.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().rev().take_while(|byte| **byte != b'\n');
    let mut line = line.copied();
    line.all(|byte| byte.is_ascii_digit() || b" \t>-+*.)".contains(&byte))
}

/// A label as labels are compared. The parser folds letters beyond ASCII, some of which (`ß`, `ſ`,
/// `ﬁ`) are then in ASCII, as they are in capitals.
fn folded(label: &str) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match label {
        _ if label.bytes().all(is_folded) => Cow::Borrowed(label),
        _ if label.is_ascii() => Cow::Owned(label.to_lowercase()),
        _ => Cow::Owned(label.to_lowercase().to_uppercase().to_lowercase()),
    }
}
