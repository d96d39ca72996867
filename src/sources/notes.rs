//! Reading all notes of a paper, first to last: each part is a source, a short citation, or a
//! comment.
//!
//! A short citation is resolved when it is read, so that it can only mean what was cited before.
//! What refers to a later note waits until all are read.

use std::collections::HashMap;
use std::ops::Range;

use crate::paper::{NoteId, Paper};

use super::index::{Index, Wanted};
use super::mention::{self, Phrases};
use super::names::Names;
use super::reading::{self, Full};
use super::resolve::{self, MOST_CANDIDATES, Resolved, looked_for};
use super::short::{self, Claim, Form, FormKind};
use super::text::Text;
use super::vocabulary::Direction;
use super::words::Words;
use super::{Outcome, Part, Short, Source, SourceId};

/// What reading the notes has given.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) sources: Vec<Source>,
    pub(super) parts: Vec<Vec<Part>>,
    pub(super) index: Index,
    /// What documents are called for short.
    pub(super) phrases: Phrases,
    /// Which note each number is.
    numbers: HashMap<u32, usize>,
    /// For each note, the one whose marker stands before its first marker.
    before: Vec<Option<usize>>,
    waiting: Vec<Waiting>,
    /// The last short citation of the note that is being read, if it gives a name and a year.
    last: Option<Form>,
}

/// A short citation that refers to a later note, or to one that does.
#[derive(Debug)]
struct Waiting {
    note: usize,
    part: usize,
    form: Form,
}

/// The note that is being read.
struct Open<'a> {
    note: usize,
    text: &'a Text,
    words: &'a Words<'a>,
}

/// Reads all notes of a paper.
pub(super) fn read(paper: &Paper) -> Notes {
    let mut notes = Notes {
        before: notes_before(paper),
        ..Notes::default()
    };
    for (index, note) in paper.notes.iter().enumerate() {
        notes.numbers.insert(note.number, index);
    }
    for (index, note) in paper.notes.iter().enumerate() {
        notes.parts.push(Vec::new());
        let text = Text::of(paper, note.blocks.clone());
        let words = Words::read(&text.text, &text.emphasis, &text.link_ranges());
        let open = Open {
            note: index,
            text: &text,
            words: &words,
        };
        notes.last = None;
        let first = notes.sources.len();
        for part in super::segment::split(&words) {
            notes.read_part(&open, part);
        }
        notes.name_sources(&note.label, first);
    }
    notes.resolve_waiting();
    notes
}

/// For each note, the one whose marker comes before its own first marker in the text.
fn notes_before(paper: &Paper) -> Vec<Option<usize>> {
    let mut markers = Vec::new();
    for (index, note) in paper.notes.iter().enumerate() {
        markers.extend(note.cited_in.iter().map(|position| (*position, index)));
    }
    markers.sort_unstable();
    let mut before = vec![None; paper.notes.len()];
    let mut seen = vec![false; paper.notes.len()];
    let mut last = None;
    for (_, note) in markers {
        if let (Some(before), Some(seen)) = (before.get_mut(note), seen.get_mut(note))
            && !std::mem::replace(seen, true)
        {
            *before = last;
        }
        last = Some(note);
    }
    before
}

impl Notes {
    /// Reads one part of a note as what it is.
    fn read_part(&mut self, open: &Open<'_>, part: Range<usize>) {
        let last = self.last.take();
        let further = last.and_then(|last| short::read_further(open.words, &part, &last));
        let form = short::read(open.words, part.start, part.end).or(further);
        let Some(form) = form else {
            self.read_full(open, part);
            return;
        };
        if short::is_rest(open.words, form.words.end, part.end) {
            self.read_whole(open, part, form);
        } else {
            self.read_led(open, part, form);
        }
    }

    /// A part that is a short citation from its first word to its last, unless it is one in full.
    fn read_whole(&mut self, open: &Open<'_>, part: Range<usize>, form: Form) {
        let Some(resolved) = self.resolve(open, &form, part.end) else {
            self.comment(open, part);
            return;
        };
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        let is_known = resolved.iter().any(|(_, outcome)| !is_unresolved(outcome));
        let is_bare = form.is_sure && form.head.len() == 1;
        let may_be_full = match form.kind {
            FormKind::NamePage | FormKind::Title => {
                !is_known && !is_bare && !self.knows_names(&form)
            }
            FormKind::NameYear => form.may_be_full || !(is_known || is_bare),
            _ => false,
        };
        if may_be_full && !is_found && self.try_full(open, part.clone()) {
            return;
        }
        if is_known || form.is_sure || self.knows_names(&form) {
            self.short(open, &form, resolved);
        } else {
            self.comment(open, part);
        }
    }

    /// Whether somebody of these names has been cited, whatever the year and the title.
    fn knows_names(&self, form: &Form) -> bool {
        let last = form.claims.last();
        last.is_some_and(|claim| {
            let wanted = Wanted {
                names: Some(&claim.names),
                ..Wanted::default()
            };
            !self.index.find(wanted).works.is_empty()
        })
    }

    /// A part that begins like a short citation and goes on.
    fn read_led(&mut self, open: &Open<'_>, part: Range<usize>, form: Form) {
        let is_nameless = matches!(form.kind, FormKind::Note | FormKind::OpCit);
        let is_named = !is_nameless || !form.claims.is_empty();
        let is_marked = matches!(
            form.kind,
            FormKind::Ibid | FormKind::OpCit | FormKind::Note | FormKind::Idem
        );
        let is_led = form.words.start > part.start && !is_of_another(open.words, form.words.end);
        let is_bound = form.direction != Direction::Unsaid || is_led;
        let resolved = self.resolve(open, &form, form.words.end);
        let Some(resolved) = resolved else {
            self.read_full(open, part);
            return;
        };
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        let is_sentence = form.has_pages || goes_on_in_words(open.words, form.words.end);
        let is_short = if is_marked {
            is_named || is_bound
        } else {
            is_found && !form.may_be_full && is_sentence
        };
        if is_short {
            let end = form.words.end;
            self.short(open, &form, resolved);
            self.read_comment(open, end..part.end);
        } else {
            self.read_full(open, part);
        }
    }

    fn read_full(&mut self, open: &Open<'_>, part: Range<usize>) {
        if !self.try_full(open, part.clone()) {
            self.read_comment(open, part);
        }
    }

    fn try_full(&mut self, open: &Open<'_>, part: Range<usize>) -> bool {
        let Some(mut full) = reading::read(open.words, &part, &open.text.links) else {
            return false;
        };
        if full.same_authors {
            self.inherit(open.note, &mut full);
        }
        self.add_source(open, &part, &full);
        true
    }

    /// „Ders., …“: the authors of the one source right before.
    fn inherit(&mut self, note: usize, full: &mut Full) {
        let end = self.parts.get(note).map_or(0, Vec::len);
        if let Some(source) = self.one_right_before(note, end) {
            let work = self.index.work_of(source);
            let names = work.and_then(|work| self.index.names_of(work));
            full.names = names.cloned().unwrap_or_default();
        }
    }

    fn one_right_before(&self, note: usize, part: usize) -> Option<SourceId> {
        match self.right_before(note, part)? {
            Outcome::Resolved { sources, .. } => sources.first().copied(),
            _ => None,
        }
    }

    fn add_source(&mut self, open: &Open<'_>, part: &Range<usize>, full: &Full) {
        let id = SourceId(self.sources.len());
        let words = open.words;
        let text = |range: &Range<usize>| words.slice(range).to_owned();
        let bytes = words.bytes(part);
        self.sources.push(Source {
            name: String::new(),
            note: Some(NoteId(open.note)),
            passage: open.text.passage(&bytes),
            text: words.slice(part).replace(super::words::PARAGRAPH, " "),
            head: text(&full.head),
            authors: authors(words, full),
            dates: full.dates.clone(),
            title: text(&full.title),
            links: full.links.clone(),
            accessed: text(&full.accessed),
        });
        let link = full.links.first().map(|link| &**link);
        self.index.add(id, full, link);
        for names in std::iter::once(&full.names).chain(&full.aliases) {
            if let Some(spoken) = names.spoken() {
                self.phrases.insert(spoken.join(" "));
            }
        }
        self.push(open.note, Part::Full(id));
    }

    /// A comment may hold citations: those that are certain are taken out of it.
    fn read_comment(&mut self, open: &Open<'_>, part: Range<usize>) {
        let mut start = part.start;
        for form in mention::find(open.words, &part, &self.phrases) {
            let resolved = resolve::by_name(&self.index, open.words, &form);
            if resolved.iter().any(|(_, outcome)| is_unresolved(outcome)) {
                continue;
            }
            self.comment(open, start..form.words.start);
            start = form.words.end;
            self.short(open, &form, resolved);
        }
        self.comment(open, start..part.end);
    }

    fn comment(&mut self, open: &Open<'_>, part: Range<usize>) {
        if part.clone().any(|at| open.words.is_word(at)) {
            let passage = open.text.passage(&open.words.bytes(&part));
            self.push(open.note, Part::Comment(passage));
        }
    }

    fn short(&mut self, open: &Open<'_>, form: &Form, resolved: Resolved) {
        self.last = (form.kind == FormKind::NameYear).then(|| form.clone());
        for (range, outcome) in resolved {
            let passage = open.text.passage(&open.words.bytes(&range));
            if self.waits(form, open.note) {
                let part = self.parts.get(open.note).map_or(0, Vec::len);
                self.waiting.push(Waiting {
                    note: open.note,
                    part,
                    form: form.clone(),
                });
            }
            self.push(open.note, Part::Short(Short { passage, outcome }));
        }
    }

    fn get(&self, source: SourceId) -> Option<&Source> {
        self.sources.get(source.0)
    }

    fn push(&mut self, note: usize, part: Part) {
        if let Some(parts) = self.parts.get_mut(note) {
            parts.push(part);
        }
    }

    /// What the form stands for. None if it refers to a note that is a mere comment.
    fn resolve(&self, open: &Open<'_>, form: &Form, end: usize) -> Option<Resolved> {
        let part = self.parts.get(open.note).map_or(0, Vec::len);
        let range = form.words.start..end.max(form.words.start);
        let unresolved = || Outcome::Unresolved {
            looked_for: looked_for(open.words, form, None),
        };
        let outcome = match form.kind {
            FormKind::Ibid => self
                .right_before(open.note, part)
                .unwrap_or_else(unresolved),
            FormKind::Note => self.in_notes(open.note, form)?,
            FormKind::Idem => return Some(self.by_same_author(open, form, part)),
            _ => return Some(resolve::by_name(&self.index, open.words, form)),
        };
        Some(vec![(range, outcome)])
    }

    fn by_same_author(&self, open: &Open<'_>, form: &Form, part: usize) -> Resolved {
        let source = self.one_right_before(open.note, part);
        let work = source.and_then(|source| self.index.work_of(source));
        let names = work.and_then(|work| self.index.names_of(work));
        let mut form = form.clone();
        let title = form.claims.first().map(|claim| claim.title.clone());
        form.claims = names
            .map(|names| Claim {
                names: names.clone(),
                title: title.unwrap_or_default(),
            })
            .into_iter()
            .collect();
        resolve::by_name(&self.index, open.words, &form)
    }

    /// The source right before a part of a note: in the same note, else in the note before. None
    /// if there is no note before.
    fn right_before(&self, note: usize, part: usize) -> Option<Outcome> {
        let parts = self.parts.get(note)?.get(..part)?;
        if let Some(last) = parts.iter().rev().find(|part| !is_comment(part)) {
            return Some(self.one_of(std::slice::from_ref(last)));
        }
        let above = note.checked_sub(1)?;
        let in_text = self.before.get(note).copied().flatten().unwrap_or(above);
        let first = self.one_of(self.parts.get(above)?);
        if in_text == above {
            return Some(first);
        }
        // A note that is cited again stands between: either may be meant.
        let second = self.one_of(self.parts.get(in_text)?);
        Some(either(second, first))
    }

    /// The one source that parts of a note give or stand for.
    fn one_of(&self, parts: &[Part]) -> Outcome {
        let (sources, is_complete) = self.sources_in(parts);
        choose(
            sources,
            is_complete,
            "ibid.: the source right before",
            FormKind::Ibid,
        )
    }

    /// The sources that parts give or stand for, the last first, one for each work; and whether
    /// all are known.
    fn sources_in(&self, parts: &[Part]) -> (Vec<SourceId>, bool) {
        let mut all = Vec::new();
        let mut is_complete = true;
        for part in parts.iter().rev().take(MOST_CANDIDATES) {
            match part {
                Part::Full(source) => all.push(*source),
                Part::Comment(_) => {}
                Part::Short(short) => match &short.outcome {
                    Outcome::Resolved { sources, .. } => all.extend(sources.iter().rev()),
                    Outcome::Ambiguous { candidates, .. } => {
                        is_complete = false;
                        all.extend(candidates);
                    }
                    Outcome::Unresolved { .. } => is_complete = false,
                },
            }
        }
        all.truncate(MOST_CANDIDATES);
        let mut works = std::collections::HashSet::new();
        all.retain(|source| works.insert(self.index.work_of(*source)));
        (all, is_complete)
    }

    /// What a cross-reference stands for. None if it names nobody, and the note exists but gives
    /// no source: then it refers to what the note says.
    fn in_notes(&self, note: usize, form: &Form) -> Option<Outcome> {
        let mut sources = Vec::new();
        for number in &form.notes {
            let target = self.numbers.get(number).copied();
            let Some(target) = target.filter(|target| lies(*target, note, form.direction)) else {
                return Some(unresolved(form));
            };
            let parts = self
                .parts
                .get(target)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let is_nameless = form.claims.iter().all(|claim| claim.names.is_empty());
            if target < note && is_nameless && !parts.is_empty() && parts.iter().all(is_comment) {
                return None;
            }
            match self.in_note(parts, form) {
                Outcome::Resolved { sources: found, .. } => sources.extend(found),
                other => return Some(other),
            }
        }
        Some(Outcome::Resolved {
            sources,
            why: format!("note {}", resolve::numbers(&form.notes)),
        })
    }

    /// The one source of a note that agrees with what the form says besides.
    fn in_note(&self, parts: &[Part], form: &Form) -> Outcome {
        let (sources, is_complete) = self.sources_in(parts);
        let says_names = form.claims.iter().any(|claim| !claim.names.is_empty());
        let fits = |source: &SourceId| {
            form.claims.is_empty()
                || form
                    .claims
                    .iter()
                    .any(|claim| self.agrees(*source, claim, form))
        };
        let fitting: Vec<SourceId> = sources.into_iter().filter(fits).collect();
        choose(fitting, is_complete || says_names, "", FormKind::Note).or_note(form)
    }

    fn agrees(&self, source: SourceId, claim: &Claim, form: &Form) -> bool {
        let Some(work) = self.index.work_of(source) else {
            return false;
        };
        let named = claim.names.is_empty()
            || self.index.fits(work, &claim.names)
            || self
                .get(source)
                .is_some_and(|source| says(source, &claim.names));
        self.index.work(work).is_some_and(|known| {
            let dated = form.dates.iter().all(|(date, _)| known.has_date(date));
            named && dated && known.has_title(&claim.title)
        })
    }

    /// Whether the form must wait until later notes are read.
    fn waits(&self, form: &Form, note: usize) -> bool {
        match form.kind {
            FormKind::Ibid => self
                .waiting
                .last()
                .is_some_and(|last| last.note + 1 >= note),
            FormKind::Note => form.notes.iter().any(|number| {
                let target = self.numbers.get(number).copied();
                target.is_some_and(|target| target > note || self.has_waiting(target))
            }),
            _ => false,
        }
    }

    fn has_waiting(&self, note: usize) -> bool {
        let at = self.waiting.partition_point(|waiting| waiting.note < note);
        self.waiting
            .get(at)
            .is_some_and(|waiting| waiting.note == note)
    }

    /// Resolves what waited: backwards, since it leads on to later notes, then forwards again for
    /// what leads back to those. What is left after that goes in a ring.
    fn resolve_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for waiting in waiting.iter().rev().chain(&waiting) {
            let outcome = match waiting.form.kind {
                FormKind::Ibid => self.right_before(waiting.note, waiting.part),
                _ => self.in_notes(waiting.note, &waiting.form),
            };
            let parts = self.parts.get_mut(waiting.note);
            if let (Some(Part::Short(short)), Some(outcome)) =
                (parts.and_then(|parts| parts.get_mut(waiting.part)), outcome)
                && is_unresolved(&short.outcome)
            {
                short.outcome = outcome;
            }
        }
    }

    /// Names the sources from `first` on after their note's label.
    fn name_sources(&mut self, label: &str, first: usize) {
        let count = self.sources.len() - first;
        for (index, source) in self.sources.iter_mut().skip(first).enumerate() {
            source.name = label.to_owned();
            if count > 1 {
                source.name.push_str(&letters(index));
            }
        }
    }
}

impl Outcome {
    /// The same outcome, said of a cross-reference.
    fn or_note(self, form: &Form) -> Outcome {
        match self {
            Outcome::Unresolved { .. } => unresolved(form),
            Outcome::Ambiguous { candidates, .. } => Outcome::Ambiguous {
                candidates,
                looked_for: format!("one source in note {}", resolve::numbers(&form.notes)),
            },
            resolved @ Outcome::Resolved { .. } => resolved,
        }
    }
}

/// Resolved if there is one source, and nothing besides.
fn choose(sources: Vec<SourceId>, is_complete: bool, why: &str, kind: FormKind) -> Outcome {
    let looked_for = match kind {
        FormKind::Note => String::new(),
        _ => "the one source right before".to_owned(),
    };
    match sources.as_slice() {
        [] => Outcome::Unresolved { looked_for },
        [_] if is_complete => Outcome::Resolved {
            sources,
            why: why.to_owned(),
        },
        _ => Outcome::Ambiguous {
            candidates: sources,
            looked_for,
        },
    }
}

/// What two readings of "right before" agree on.
fn either(first: Outcome, second: Outcome) -> Outcome {
    if sources_of(&first) == sources_of(&second) {
        return first;
    }
    let mut candidates: Vec<SourceId> = sources_of(&first).to_vec();
    let others = sources_of(&second).iter().copied();
    let others: Vec<SourceId> = others.filter(|other| !candidates.contains(other)).collect();
    candidates.extend(others);
    let looked_for = "the one source right before".to_owned();
    if candidates.is_empty() {
        return Outcome::Unresolved { looked_for };
    }
    Outcome::Ambiguous {
        candidates,
        looked_for,
    }
}

fn sources_of(outcome: &Outcome) -> &[SourceId] {
    match outcome {
        Outcome::Resolved { sources, .. } => sources,
        Outcome::Ambiguous { candidates, .. } => candidates,
        Outcome::Unresolved { .. } => &[],
    }
}

fn unresolved(form: &Form) -> Outcome {
    let numbers = resolve::numbers(&form.notes);
    let direction = match form.direction {
        Direction::Before => " above",
        Direction::After => " below",
        Direction::Unsaid => "",
    };
    Outcome::Unresolved {
        looked_for: format!("one source in note {numbers}{direction}"),
    }
}

/// Whether a source says the words of a name anywhere near its beginning.
fn says(source: &Source, names: &Names) -> bool {
    const NEAR: usize = 600;
    let end = source.text.floor_char_boundary(NEAR);
    let words = Words::read(source.text.get(..end).unwrap_or_default(), &[], &[]);
    let all = Names::whole(&words, &(0..words.len()));
    format!(" {} ", all.key()).contains(&format!(" {} ", names.key()))
}

/// Whether a note lies where a cross-reference says.
fn lies(target: usize, note: usize, direction: Direction) -> bool {
    match direction {
        Direction::Before => target < note,
        Direction::After => target > note,
        Direction::Unsaid => target != note,
    }
}

fn is_comment(part: &Part) -> bool {
    matches!(part, Part::Comment(_))
}

fn is_resolved(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Resolved { .. })
}

fn is_unresolved(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unresolved { .. })
}

/// Whether a sentence goes on behind a citation: "Smith (2019) argues", "Smith (2019), who".
fn goes_on_in_words(words: &Words<'_>, at: usize) -> bool {
    let next = at + usize::from(words.is_one_of_marks(at, &[',', '.', ':', '–', '-']));
    let speaks = matches!(
        words.folded(next),
        "this"
            | "that"
            | "these"
            | "those"
            | "he"
            | "she"
            | "they"
            | "it"
            | "his"
            | "her"
            | "their"
            | "however"
            | "but"
            | "dies"
            | "diese"
            | "dieser"
            | "er"
            | "sie"
            | "es"
            | "dagegen"
            | "ce"
            | "cette"
            | "il"
            | "elle"
            | "cela"
            | "ceci"
    );
    words.is_small(next)
        || (speaks && words.is_small(next + 1))
        || words.is_one_of_marks(at, &[')'])
}

/// Whether the words after a note's number say whose note it is: "note 5 of the agreement".
fn is_of_another(words: &Words<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "of" | "in" | "to" | "du" | "de" | "der" | "des" | "zu" | "zum" | "zur"
    )
}

/// The authors one by one; of a document or an organisation the whole head.
fn authors(words: &Words<'_>, full: &Full) -> Vec<String> {
    if full.names.are_persons() {
        let each = full.authors.iter();
        return each.map(|author| words.slice(author).to_owned()).collect();
    }
    let head = words.slice(&full.head);
    if head.is_empty() {
        return Vec::new();
    }
    vec![head.to_owned()]
}

/// a, b, … z, aa, ab, …
fn letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index;
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        letters.push(char::from(b'a' + letter));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}
