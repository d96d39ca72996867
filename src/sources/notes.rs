//! Reading all notes of a paper, first to last: each part is a source, a short citation, or a
//! comment.
//!
//! A short citation is resolved when it is read, so that it can only mean what was cited before.
//! What refers to a later note waits until all are read.

mod abridged;
mod apart;
mod aside;
mod beginning;
mod behind;
mod book;
mod comment;
mod enter;
mod known;
mod leads;
mod list;
mod named;
mod numbered;
mod order;
mod relative;
mod remark;
mod reports;
mod says;
mod suspect;
mod translated;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::paper::{BlockId, Paper};

use super::ahead::{self, NoteWords};
use super::anchor;
use super::date;
use super::details::Details;
use super::index::WorkIndex;
use super::italic_authors::{sets_authors_in_italics, unset_authors};
use super::languages::Class;
use super::mention::Phrases;
use super::names::Names;
use super::pages::{is_rest, locators};
use super::reading::{self, Full};
use super::record::is_report_alone;
use super::resolve::{self, Resolved};
use super::segment::{begins_prose, begins_second};
use super::short::{self, FormKind, ShortForm, WorkDescription};
use super::text::JoinedText;
use super::vocabulary::NoteDirection;
use super::words::Words;
use super::{NoteSegment, Resolution, Short, Source, SourceId};
use beginning::Beginnings;
use known::PageCitationHabit;
use order::IbidOrder;

/// What reading the notes has given.
#[derive(Debug, Default)]
pub(super) struct NotesRead {
    /// Those of the list of references first.
    pub(super) sources: Vec<Source>,
    pub(super) parts: Vec<Vec<NoteSegment>>,
    pub(super) index: WorkIndex,
    beginnings: Beginnings,
    /// What documents are called for short.
    pub(super) phrases: Phrases,
    /// Which notes a number may be: the one with that label, and the one whose marker shows it.
    numbers: HashMap<u32, Vec<usize>>,
    /// Whether each note's label is a word.
    worded: Vec<bool>,
    /// Whether the fields of each source are read.
    reads_details: bool,
    /// Those of a source of which they are not.
    no_details: Arc<Details>,
    /// What may stand right before each note.
    order: IbidOrder,
    waiting: Vec<PendingCitation>,
    /// The sources of the lists of references, by their entries.
    pub(super) entries: HashMap<BlockId, SourceId>,
    /// Comments that may be citations which could not be read, as notes and parts.
    unread: BTreeSet<(usize, usize)>,
    /// What a citation cites itself, in brackets, as notes and parts.
    asides: BTreeSet<(usize, usize)>,
    habit: PageCitationHabit,
    /// The notes that are mere remarks, each with the names that it may say.
    remarks: HashMap<usize, Vec<String>>,
    /// What short citations call a judgment, with its volume.
    case_names: HashMap<String, SourceId>,
    /// What the text calls the judgment whose report is all that the note being read gives.
    called: Vec<Names>,
    /// The last short citation of the note that is being read, if it gives a name and a year.
    last: Option<ShortForm>,
}

/// A short citation that refers to a later note, or to one that does.
#[derive(Debug)]
struct PendingCitation {
    note: usize,
    part: usize,
    form: ShortForm,
}

/// The note that is being read.
struct OpenNoteText<'a> {
    note: usize,
    text: &'a JoinedText,
    words: &'a Words<'a>,
}

pub(super) use list::lists;

/// Reads all notes of a paper, and its list of references; the fields of each source if they are
/// wanted.
pub(super) fn read(paper: &Paper, reads_details: bool) -> NotesRead {
    let mut notes = NotesRead {
        reads_details,
        order: IbidOrder::new(paper),
        ..NotesRead::default()
    };
    for (index, note) in paper.notes.iter().enumerate() {
        let label: Option<u32> = note.label.parse().ok();
        notes.worded.push(label.is_none());
        for number in label.into_iter().chain(note.number.number()) {
            let meant = notes.numbers.entry(number).or_default();
            if !meant.contains(&index) {
                meant.push(index);
            }
        }
    }
    notes.read_list(paper);
    let has_set_authors = sets_authors_in_italics(paper);
    for group in paper.notes.chunks(NOTES_AT_ONCE) {
        let texts = group
            .iter()
            .map(|note| JoinedText::new(paper, note.blocks.clone()));
        let mut texts: Vec<JoinedText> = texts.collect();
        if has_set_authors {
            texts.iter_mut().for_each(unset_authors);
        }
        let mut read_notes = group.iter();
        ahead::for_each_note(&texts, |read| {
            let note = read_notes.next();
            notes.called = note
                .map(|note| named::case_in_text(paper, note))
                .unwrap_or_default();
            let shown = note.map(|note| note.number.to_string());
            notes.read_note(read, &shown.unwrap_or_default());
        });
    }
    notes.resolve_waiting();
    notes
}

/// How many notes are made ready in one go: each takes some KiB until it is read.
const NOTES_AT_ONCE: usize = 128;

impl NotesRead {
    /// Reads the next note, whose marker shows this.
    fn read_note(&mut self, note: NoteWords<'_>, shown: &str) {
        let open = OpenNoteText {
            note: self.parts.len(),
            text: note.text,
            words: &note.words,
        };
        self.parts.push(Vec::new());
        self.last = None;
        let first = self.sources.len();
        for part in note.parts {
            self.read_around_leads(&open, part);
        }
        self.name_sources(shown, first);
        self.keep_remark(&open);
        self.parts.last_mut().map(Vec::shrink_to_fit);
    }

    /// Reads one part of a note as what it is.
    fn read_part_alone(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        let last = self.last.take();
        let further = last.and_then(|last| short::read_further(open.words, &part, &last));
        let form = short::read(open.words, part.start, part.end).or(further);
        let is_paged = |form: &ShortForm| form.kind == FormKind::NamePage;
        if form.as_ref().is_none_or(is_paged)
            && let Some((form, resolved)) = self
                .in_journal(open, &part)
                .or_else(|| self.called_volume(open, &part))
        {
            self.short(open, &form, resolved);
            return;
        }
        if form.is_none()
            && let Some((form, resolved)) = self
                .known(open, &part)
                .or_else(|| self.abridged(open, &part))
                .or_else(|| self.in_few_words(open, &part))
                .or_else(|| self.bare(open, &part))
                .or_else(|| self.bare_title(open, &part))
                .or_else(|| self.by_beginning(open, &part))
        {
            self.short(open, &form, resolved);
            return;
        }
        let Some(form) = form else {
            self.read_full(open, part);
            return;
        };
        let is_marked = |form: &ShortForm| {
            !matches!(
                form.kind,
                FormKind::NameYear | FormKind::Title | FormKind::NamePage | FormKind::Designation
            )
        };
        // "Hearing Before the H. Comm., 117th Cong. 10 (2022) [hereinafter Roe Statement]"
        let is_own = !is_marked(&form) && reading::is_named_for_later(open.words, &part);
        if is_own || self.is_of_other_number(open, &part, &form) {
            self.read_full(open, part);
        } else if is_rest(open.words, form.words.end, part.end) {
            self.read_whole(open, part, &form);
        } else {
            self.read_led(open, part, &form);
        }
    }

    /// A part that is a short citation from its first word to its last, unless it is one in full.
    fn read_whole(&mut self, open: &OpenNoteText<'_>, part: Range<usize>, form: &ShortForm) {
        let Some(resolved) = self.resolve(open, form, part.end) else {
            self.comment(open, part);
            return;
        };
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        if let Some((form, resolved)) = self.behind_other_words(open, form, &resolved, part.end) {
            self.comment(open, part.start..form.words.start);
            self.short(open, &form, resolved);
            return;
        }
        if !is_found && let Some((entry, resolved)) = self.otherwise(open, &part, form) {
            self.short(open, &entry, resolved);
            return;
        }
        let is_known = resolved.iter().any(|(_, outcome)| !is_unresolved(outcome));
        let is_bare = form.is_sure && form.head.len() == 1;
        let may_be_full = match form.kind {
            FormKind::NamePage | FormKind::Title => {
                let has_year = || part.clone().any(|at| date::year(open.words, at).is_some());
                let is_whole = || reading::unset_title(open.words, &part).is_some();
                !is_known && !is_bare && (!self.knows_names(form) || has_year() || is_whole())
            }
            FormKind::NameYear => form.may_be_full || !(is_known || is_bare),
            FormKind::Designation => form.may_be_full,
            _ => false,
        };
        if may_be_full && !is_found && self.try_full(open, part.clone()) {
            return;
        }
        if is_known || form.is_sure || self.knows_names(form) {
            self.short(open, form, resolved);
        } else {
            self.comment(open, part);
        }
    }

    /// A part that begins like a short citation and goes on.
    fn read_led(&mut self, open: &OpenNoteText<'_>, part: Range<usize>, form: &ShortForm) {
        let is_nameless = matches!(form.kind, FormKind::Note | FormKind::OpCit);
        let is_named = !is_nameless || !form.claims.is_empty();
        let is_marked = matches!(
            form.kind,
            FormKind::Ibid | FormKind::NameIbid | FormKind::OpCit | FormKind::Note | FormKind::Idem
        );
        let is_led = form.words.start > part.start && !is_of_another(open.words, form.words.end);
        let is_bound = form.direction != NoteDirection::Unsaid || is_led;
        let resolved = self.resolve(open, form, form.words.end);
        let Some(resolved) = resolved else {
            self.read_full(open, part);
            return;
        };
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        if let Some((form, resolved)) = self.behind_other_words(open, form, &resolved, part.end) {
            self.comment(open, part.start..form.words.start);
            self.short(open, &form, resolved);
            self.read_comment(open, form.words.end..part.end);
            return;
        }
        let is_open = !is_found || form.kind == FormKind::Designation;
        if is_open && let Some((form, resolved)) = self.otherwise_named(open, &part, form) {
            self.short(open, &form, resolved);
            return;
        }
        // "Cases C-584/10" is no name with a page: what follows one begins anew.
        let end = form.words.end;
        let is_ended = form.kind != FormKind::NamePage
            || open.words.is_one_of_marks(end.wrapping_sub(1), &['.'])
            || open.words.is_one_of_marks(end, &['(', '[']);
        let is_sentence = (form.has_pages && is_ended)
            || goes_on_in_words(open.words, form.words.end)
            || is_found && self.says_ruling(open.words, end..part.end, &resolved)
            // "Roe, *The Gardens*. The book was much read."
            || is_found && form.kind == FormKind::Title && ends_before_prose(open.words, end);
        // "Brown, 347 U.S. at 490 (quoting …)" is never a report in full.
        let is_in_report = form.kind == FormKind::Designation && form.is_sure;
        // "Jane Roe, The Title 18 (4th ed. 2010)" gives its year: it may be another title.
        let year = open.words.closing(end).map(|close| close - 1);
        let is_dated = open.words.is_mark(end, '(')
            && year.is_some_and(|year| date::year(open.words, year).is_some());
        let is_dated = is_dated && matches!(form.kind, FormKind::NamePage | FormKind::Title);
        let is_named_again = is_found
            && form.kind == FormKind::Designation
            && is_name_with_place(open.words, end..part.end);
        let is_short = if is_named_again {
            true
        } else if is_marked {
            (is_named || is_bound) && (form.is_sure || is_found)
        } else {
            (is_found || is_in_report) && !form.may_be_full && is_sentence && !is_dated
        };
        if is_short {
            let rest = form.words.end..part.end;
            self.short(open, form, resolved);
            // "T. Mann, *Dostoevskij*, in *Nobiltà dello spirito*, cit.": the volume too.
            match self.book(open, &rest) {
                Some((volume, resolved)) => {
                    let tail = volume.words.end..rest.end;
                    self.comment(open, rest.start..volume.words.start);
                    self.volume(open, &volume, resolved);
                    self.read_comment(open, tail);
                }
                None => self.read_comment(open, rest),
            }
        } else {
            self.read_full(open, part);
        }
    }

    fn read_full(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        let Some((form, resolved)) = self.book(open, &part) else {
            // "A reply can be found in Jane Roe, *Title* (London: Verso, 2019)."
            let is_led =
                begins_prose(open.words, part.start) && anchor::find(open.words, &part).is_some();
            if is_led || !self.try_full(open, part.clone()) {
                self.read_comment(open, part);
            }
            return;
        };
        let head = part.start..form.words.start;
        let tail = form.words.end..part.end;
        match self.full(open, &part).filter(|_| !head.is_empty()) {
            Some(full) => {
                self.add_source(open, &part, &full, &head);
                self.volume(open, &form, resolved);
            }
            None => {
                self.read_comment(open, head);
                self.short(open, &form, resolved);
            }
        }
        self.read_comment(open, tail);
    }

    fn try_full(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) -> bool {
        let Some(full) = self.full(open, &part) else {
            return false;
        };
        self.add_source(open, &part, &full, &part);
        true
    }

    /// A part read as a citation in full, with its authors.
    fn full(&self, open: &OpenNoteText<'_>, part: &Range<usize>) -> Option<Full> {
        let links = &open.text.links;
        let mut full = if self.is_second(open, part) {
            reading::read_entry(open.words, part, links, true)?
        } else {
            reading::read(open.words, part, links)?
        };
        if full.same_authors {
            self.inherit(open.note, &mut full);
        }
        if !self.called.is_empty() && is_report_alone(open.words, part) {
            full.aliases.extend(self.called.iter().cloned());
        }
        Some(full)
    }

    /// „…, Frankfurt 1994 und Das Recht der Freiheit, Berlin 2013“: whether "and" joins a part to a
    /// source, whose author wrote this, too.
    fn is_second(&self, open: &OpenNoteText<'_>, part: &Range<usize>) -> bool {
        let before = self.parts.get(open.note).and_then(|parts| parts.last());
        let and = part.start.wrapping_sub(1);
        matches!(before, Some(NoteSegment::Full(_))) && begins_second(open.words, and)
    }

    /// „Ders., …“: the authors of the one source right before.
    fn inherit(&self, note: usize, full: &mut Full) {
        let end = self.parts.get(note).map_or(0, Vec::len);
        full.names = self
            .author_right_before(note, end)
            .cloned()
            .unwrap_or_default();
    }

    /// The volume that the citation right before stands in: what "ibid." stands for is that citation.
    fn volume(&mut self, open: &OpenNoteText<'_>, form: &ShortForm, resolved: Resolved) {
        let at = self.parts.get(open.note).map_or(0, Vec::len);
        self.asides.insert((open.note, at));
        self.short(open, form, resolved);
    }

    fn short(&mut self, open: &OpenNoteText<'_>, form: &ShortForm, resolved: Resolved) {
        self.learn(open.note, form, &resolved);
        self.learn_case_name(form, &resolved);
        self.last = (form.kind == FormKind::NameYear).then(|| form.clone());
        for (range, outcome) in resolved {
            let passage = open.text.passage(&open.words.bytes(&range));
            if self.waits(form, open.note) {
                let part = self.parts.get(open.note).map_or(0, Vec::len);
                self.waiting.push(PendingCitation {
                    note: open.note,
                    part,
                    form: form.clone(),
                });
            }
            self.push(open.note, NoteSegment::Short(Short { passage, outcome }));
        }
    }

    fn get(&self, source: SourceId) -> Option<&Source> {
        self.sources.get(source.0)
    }

    fn push(&mut self, note: usize, part: NoteSegment) {
        if let Some(parts) = self.parts.get_mut(note) {
            if parts.is_empty() {
                // Most notes have one part, and a paper may have very many notes.
                parts.reserve_exact(1);
            }
            parts.push(part);
        }
    }

    /// What the form stands for. None if it refers to a note that is a mere comment.
    fn resolve(&self, open: &OpenNoteText<'_>, form: &ShortForm, end: usize) -> Option<Resolved> {
        let mut resolved = self.resolve_form(open, form, end)?;
        self.keep_translated(open.words, form, &mut resolved);
        Some(resolved)
    }

    fn resolve_form(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        end: usize,
    ) -> Option<Resolved> {
        let part = self.parts.get(open.note).map_or(0, Vec::len);
        let range = form.words.start..end.max(form.words.start);
        let outcome = match form.kind {
            FormKind::Ibid => {
                let before = self.past_remark(open.note, part, form);
                let before = before.unwrap_or_else(|| self.stands_before(open.note, part));
                self.within_reach(open, form, before)
            }
            FormKind::NameIbid => return Some(self.named_right_before(open, form, part)),
            FormKind::Note => self.in_notes(open.note, form)?,
            FormKind::Designation => self.designated(open, form),
            _ if form.is_anonymous => self.titled(open, form),
            FormKind::Idem => return Some(self.by_same_author(open, form, part)),
            _ => return Some(self.by_names(open, form, part)),
        };
        Some(vec![(range, outcome)])
    }

    fn by_same_author(&self, open: &OpenNoteText<'_>, form: &ShortForm, part: usize) -> Resolved {
        let names = self.author_right_before(open.note, part);
        let mut form = form.clone();
        let title = form.claims.first().map(|claim| claim.title.clone());
        form.claims = names
            .map(|names| WorkDescription {
                names: names.clone(),
                title: title.unwrap_or_default(),
            })
            .into_iter()
            .collect();
        resolve::by_name(&self.index, open.words, &form)
    }
}

fn is_comment(part: &NoteSegment) -> bool {
    matches!(part, NoteSegment::Comment(_))
}

fn is_resolved(outcome: &Resolution) -> bool {
    matches!(outcome, Resolution::Resolved { .. })
}

fn is_unresolved(outcome: &Resolution) -> bool {
    matches!(outcome, Resolution::Unresolved { .. })
}

/// Whether a sentence goes on behind a citation: "Smith (2019) argues", "Smith (2019), who".
fn goes_on_in_words(words: &Words<'_>, at: usize) -> bool {
    let next = at + usize::from(words.is_one_of_marks(at, &[',', '.', ':', '–', '-']));
    let speaks = words.is(next, Class::Speaks);
    // "ICC, *Al Mahdi*, case no. ICC-01/12"
    let is_number = words.is(next, Class::Instrument) && words.is(next + 1, Class::Number);
    words.is_small(next) && !is_number
        || (speaks && words.is_small(next + 1))
        || words.is_one_of_marks(at, &[')'])
}

/// "Case C-378/08 *Roe and Others*, paras 52 and 53": whether behind the number nothing but the name of the
/// case stands, and a place in it.
fn is_name_with_place(words: &Words<'_>, part: Range<usize>) -> bool {
    let is_name = |at: &usize| words.is_set_off(*at) || matches!(words.folded(*at), "v" | "vs");
    let name = part.clone().take_while(is_name).count();
    let place = part.start + name;
    let next = locators(words, place, part.end);
    name > 0 && words.is_mark(place, ',') && next > place && is_rest(words, next, part.end)
}

/// Whether a sentence ends here that another follows, and no imprint.
fn ends_before_prose(words: &Words<'_>, at: usize) -> bool {
    let next = at + usize::from(words.is_mark(at, '.'));
    words.is_mark(next.wrapping_sub(1), '.') && begins_prose(words, next)
}

/// Whether the words after a note's number say whose note it is: "note 5 of the agreement".
fn is_of_another(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::AfterNote)
}
