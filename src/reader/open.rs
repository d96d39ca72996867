//! An open document: the paper, what is shown of it, what is searched for in it, and what the
//! reader keeps about it.

pub(crate) mod annotations;
pub(crate) mod code_roles;
pub(crate) mod decorations;
mod facts;
pub(crate) mod figures;
pub(crate) mod finder;
pub(crate) mod history;
pub(crate) mod layout_cache;
mod markers;
pub(crate) mod mentions;
mod navigation;
pub(crate) mod note_view;
pub(crate) mod own_notes;
pub(crate) mod quotation;
mod refusals;
mod reload;
mod rereading;
pub(crate) mod selecting;
mod shelf_state;
pub(crate) mod sidenotes;
pub(crate) mod source_comments;
mod trail;
pub(crate) mod view;

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Instant;

use super::action::{Focus, PaperRequest, RereadPaper};
use super::draw::geometry::Geometry;
use super::elsewhere::{CitedElsewhere, ElsewhereNews};
use super::link;
use super::open::annotations::Annotations;
use super::open::finder::Finder;
use super::open::layout_cache::LayoutCache;
use super::open::view::View;
use super::overlays::note::popup::{self, NotePopup, PopupContent};
use super::watching::PaperFile;
use crate::catalogue::OtherCiting;
use crate::document::Document;
use crate::layout::{PageForm, QuotationMarks};
use crate::paper::{
    BlockId, Passage, Position, RefusedMendings, Section, SectionId, SourceLocation, Target, clean,
};
use crate::search::{NamedPlace, PlaceKind};
use crate::shelf::{Annotation, Origin};
use crate::sources::{Source, SourceId, Sources};
use code_roles::CodeRoles;
use facts::PaperFacts;
use figures::{FigureNews, Figures};
use rereading::Rereading;
use shelf_state::ShelfState;
use source_comments::{Density, SourceComment};

pub(crate) use refusals::Refusals;
use trail::Trail;

/// More than stands on some screens.
const ROOM_AHEAD_BYTES: usize = 4 * 1024;

/// Which of the papers that are open: in the order in which they were opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DocumentId(u32);

impl DocumentId {
    /// The one after it.
    pub(crate) fn next(self) -> Self {
        DocumentId(self.0.saturating_add(1))
    }
}

/// A paper that is open, and where the reader is in it.
#[derive(Debug)]
pub(crate) struct OpenDocument {
    pub(crate) id: DocumentId,
    pub(crate) document: Arc<Document>,
    pub(crate) facts: PaperFacts,
    pub(crate) view: View,
    pub(crate) finder: Finder,
    pub(crate) shelf: ShelfState,
    pub(crate) trail: Trail,
    pub(crate) notes: NoteLayouts,
    pub(crate) figures: Figures,
    pub(crate) code: CodeRoles,
    pub(crate) lists: ListMemory,
    pub(crate) rereading: Rereading,
}

/// The notes, laid out at the widths that they are shown at.
#[derive(Debug)]
pub(crate) struct NoteLayouts {
    /// At the width of the margin or of the foot of the page.
    pub(crate) beside: LayoutCache,
    pub(crate) popup: LayoutCache,
}

/// How the reader left the lists, to open them in the same way.
#[derive(Debug, Default)]
pub(crate) struct ListMemory {
    pub(crate) annotation_order: AnnotationOrder,
    pub(crate) source_order: SourceOrder,
    /// The use of a source that was gone to last.
    pub(crate) last_use: Option<LastUse>,
}

/// In which order sources are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum SourceOrder {
    #[default]
    MostUsed,
    FirstUse,
    Year,
    Author,
}

/// How the list of what is kept is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnnotationOrder {
    #[default]
    Place,
    NewestFirst,
    Label,
    Kind,
}

/// A use of a source that was gone to from the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastUse {
    pub(crate) source: SourceId,
    /// The row in the list of uses.
    pub(crate) row: usize,
}

/// What can be highlighted for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlashTarget {
    /// The line that a jump led to.
    Line(Position),
    /// The marker that a note was opened from.
    Target(BlockId, Focus),
    /// The sentence that a move led to.
    Passage(Passage),
}

impl OpenDocument {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        OpenDocument {
            id: DocumentId::default(),
            facts: PaperFacts::new(document.paper()),
            view: View::new(Arc::clone(&document)),
            finder: Finder::new(Arc::clone(&document)),
            shelf: ShelfState::default(),
            trail: Trail::default(),
            notes: NoteLayouts {
                beside: LayoutCache::new(Arc::clone(&document), 1),
                popup: LayoutCache::new(Arc::clone(&document), 1),
            },
            figures: Figures::default(),
            code: CodeRoles::default(),
            lists: ListMemory::default(),
            rereading: Rereading::default(),
            document,
        }
    }

    /// The same, as the one of this number.
    pub(crate) fn with_id(self, id: DocumentId) -> Self {
        OpenDocument { id, ..self }
    }

    pub(crate) fn set_file(&mut self, file: Option<PaperFile>) {
        self.facts.file = file;
    }

    /// The file that it was read from; none if that is not known.
    pub(crate) fn file(&self) -> Option<&PaperFile> {
        self.facts.file.as_ref()
    }

    /// What the paper is called: its title, else its file's name.
    pub(crate) fn name(&self) -> String {
        let title = &self.document.paper().title;
        match self.document.origin() {
            Origin::File(path) if title.is_empty() => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                clean(&name).into_owned()
            }
            _ if title.is_empty() => "a paper without a title".to_owned(),
            _ => title.clone(),
        }
    }

    /// The marks that its quotations are set in.
    pub(crate) fn quotation_marks(&self) -> QuotationMarks {
        QuotationMarks::for_paper(self.document.paper())
    }

    /// The paper's sources; none until they have been read.
    pub(crate) fn sources(&self) -> Option<&Sources> {
        self.facts.sources.as_deref()
    }

    pub(crate) fn take_sources(&mut self, sources: Arc<Sources>) {
        self.view.take_sources(Arc::clone(&sources));
        self.facts.sources = Some(sources);
    }

    /// Takes note that its sources are looked up in other papers now, if there are any and they are to
    /// be. Returns whether they are.
    pub(crate) fn begin_look_up(&mut self) -> bool {
        let mut sources = self.facts.sources.iter();
        sources.any(|it| !it.all().is_empty()) && self.facts.elsewhere.begin_look_up()
    }

    /// What is known of other papers that cite its sources.
    pub(crate) fn elsewhere(&self) -> Option<&CitedElsewhere> {
        self.facts.elsewhere.known()
    }

    /// Where other papers cite a source, as far as that is known.
    pub(crate) fn citings_elsewhere(&self, source: SourceId) -> &[OtherCiting] {
        self.elsewhere()
            .map_or(&[], |elsewhere| elsewhere.citings(source))
    }

    /// Takes what was found of its sources in other papers, if it is still of this reading.
    pub(crate) fn take_elsewhere(&mut self, ElsewhereNews(news): &ElsewhereNews) {
        if news.is_of(&self.document) {
            self.facts.elsewhere.take(news);
        }
    }

    /// The blocks with a row on the screen.
    pub(crate) fn blocks_on_screen(&self) -> Vec<BlockId> {
        let page = self.view.page();
        let mut blocks: Vec<BlockId> = page.iter().map(|row| row.row.block).collect();
        blocks.dedup();
        blocks
    }

    /// Takes what was found of its images, if it is still of this reading.
    pub(crate) fn take_figures(&mut self, news: FigureNews) {
        if Arc::ptr_eq(&news.document, &self.document) {
            self.figures.take_measured(news.measured);
        }
    }

    /// Takes what is kept about the paper as it is now.
    pub(crate) fn take_annotations(&mut self, annotations: Annotations) {
        let marks = annotations.own.marks();
        self.notes.beside.set_marks(marks);
        self.notes.popup.set_marks(marks);
        self.view.take_annotations(annotations.clone());
        self.finder.take_own(|query| annotations.own.find(query));
        self.shelf.take(annotations);
    }

    /// Whether the reader is where the paper opened, and nothing has led there.
    pub(crate) fn is_as_opened(&self) -> bool {
        !self.trail.has_jumped && self.view.is_as_opened()
    }

    /// Whether no more than its beginning is shown, while the rest is read.
    pub(crate) fn is_beginning(&self) -> bool {
        self.document.paper().is_beginning
    }

    /// Whether a way of some screens forward stays in the beginning that is shown.
    pub(crate) fn has_room_ahead(&self) -> bool {
        let paper = self.document.paper();
        let below = self.view.position_below();
        below.is_some_and(|below| paper.bytes_before(below) + ROOM_AHEAD_BYTES < paper.body_bytes())
    }

    /// Whether it is known what is kept about the paper.
    pub(crate) fn is_shelf_open(&self) -> bool {
        self.shelf.is_open
    }

    /// Takes the paper as it was read again. The places in it are others, so what was searched for
    /// and gone to is forgotten.
    pub(crate) fn take_reading(&mut self, reading: RereadPaper) {
        *self = self.reread(reading);
    }

    /// The paper as it was read again, with all that does not depend on places in its text.
    fn reread(&mut self, reading: RereadPaper) -> OpenDocument {
        let rereading = if self.is_beginning() {
            // It is the first reading of all of it.
            Rereading::default()
        } else {
            self.rereading.for_another_reading(&reading)
        };
        let mut open = OpenDocument::new(reading.document).with_id(self.id);
        open.facts.file = self.facts.file.take();
        if let Some(sources) = open.document.known_sources() {
            let sources = Arc::clone(sources);
            open.take_sources(sources);
        }
        open.trail.furthest = self.trail.furthest;
        if self.is_beginning() {
            // Of the whole it is less.
            let bytes = |open: &OpenDocument| open.document.paper().body_bytes().max(1) as f64;
            open.trail.furthest *= (bytes(self) / bytes(&open)).min(1.0);
        }
        open.shelf = self.shelf.for_another_reading();
        open.lists.annotation_order = self.lists.annotation_order;
        open.lists.source_order = self.lists.source_order;
        open.rereading = rereading;
        open
    }

    /// Refuses what was refused at the last opening. Returns whether any of it is mended.
    pub(crate) fn refuse_as_before(&mut self, refused: &RefusedMendings) -> bool {
        let mendings = self.document.mendings();
        self.rereading.refusals.refuse_all(refused, mendings) && self.document.folder().is_some()
    }

    /// Where in the source the text at the screen's top is from.
    pub(crate) fn location_at_top(&self) -> SourceLocation {
        let block = self.document.paper().block(self.view.anchor().block);
        block.map_or(SourceLocation::Unknown, |block| block.location)
    }

    /// The start of the last block that begins in the source at a location or before it.
    pub(crate) fn position_at(&self, location: SourceLocation) -> Position {
        let blocks = self.document.paper().blocks.iter().enumerate();
        let before = blocks.filter(|(_, block)| block.location <= location);
        let last = before.max_by_key(|&(id, block)| (block.location, Reverse(id)));
        Position::start_of(BlockId(last.map_or(0, |(id, _)| id)))
    }

    /// The section that is being read: the one of the paragraph that keys act on.
    pub(crate) fn section(&self) -> Option<SectionId> {
        self.document.paper().section_of(self.view.current_block())
    }

    /// How deep a section is in the outline: 0 for the highest level of the paper's headings.
    pub(crate) fn depth_of(&self, section: &Section) -> u16 {
        self.facts.depth_of(section)
    }

    /// How much of the body has been read at a position, from 0 to 1. The notes do not count.
    pub(crate) fn progress(&self, position: Option<Position>) -> f64 {
        let body = self.document.paper().body_bytes();
        let read = position.map_or(body, |position| {
            self.document.paper().bytes_before(position)
        });
        if body == 0 {
            1.0
        } else {
            read.min(body) as f64 / body as f64
        }
    }

    /// How far into the body the reader has come, at the furthest, from 0 to 1.
    pub(crate) fn furthest(&self) -> f64 {
        self.trail.furthest
    }

    /// Where the reader is back at.
    pub(crate) fn welcome(&self, is_known: bool) -> String {
        let percent = (self.progress(self.view.position_below()) * 100.0).floor();
        let about = if is_known { "" } else { "about " };
        let section = self
            .section()
            .and_then(|id| self.document.paper().section(id));
        match section.filter(|section| !section.title.is_empty()) {
            Some(section) => format!(
                "back at {about}{percent:.0}% · {{beginning}} for the beginning · § {}",
                section.name()
            ),
            None => format!("back at {about}{percent:.0}% · {{beginning}} for the beginning"),
        }
    }

    /// Remembers how far the reader has come: down to the screen's end where it goes on from what has
    /// been seen, or from the screen before. Who only jumps to a place has not read up to there, nor
    /// has who looks at a note among the others at the end.
    pub(crate) fn mark_as_seen(&mut self) {
        let is_visible = |position: &Position| self.view.is_visible(*position);
        self.trail.looked_at = self.trail.looked_at.filter(is_visible);
        let top = self.view.anchor();
        let reach = self.progress(self.view.position_below());
        let start = self.progress(Some(top));
        let before = self.trail.screen.replace((top, reach));
        let goes_on = before.is_some_and(|(last, reach)| last < top && start <= reach);
        let is_among_notes = self.document.paper().is_among_notes(top);
        if self.trail.looked_at.is_none()
            && !is_among_notes
            && (goes_on || start <= self.trail.furthest)
        {
            self.trail.furthest = self.trail.furthest.max(reach);
        }
    }

    /// Takes note that the reader was led to a position, and has not read on to it.
    pub(crate) fn look_at(&mut self, position: Position) {
        let is_note = self.document.paper().is_among_notes(position);
        self.trail.looked_at = is_note.then_some(position);
    }

    /// Fits the notes to the widths that they are shown at.
    pub(crate) fn fit_notes(&mut self, geometry: &Geometry) {
        let columns = popup::text_columns(geometry.text, geometry.desk);
        let quotation_marks = self.quotation_marks();
        let form = |columns: u16| PageForm {
            sets_formulas: true,
            quotation_marks,
            ..PageForm::from(columns)
        };
        self.notes.popup.set_form(form(columns));
        self.notes.beside.set_form(form(geometry.notes_columns()));
    }

    /// What is highlighted for a moment.
    pub(crate) fn flash(&self) -> Option<FlashTarget> {
        self.trail.flash()
    }

    /// The sentence that a move has just led to.
    pub(crate) fn lit_passage(&self) -> Option<Passage> {
        match self.flash() {
            Some(FlashTarget::Passage(passage)) => Some(passage),
            _ => None,
        }
    }

    pub(crate) fn start_flash(&mut self, target: FlashTarget, now: Instant) {
        self.trail.start_flash(target, now);
    }

    pub(crate) fn end_flash(&mut self) {
        self.trail.end_flash();
    }

    /// Ends the highlight when its time has passed.
    pub(crate) fn expire(&mut self, now: Instant) {
        self.trail.expire(now);
        self.rereading.expire(now);
    }

    /// When the highlight ends; none if there is none.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let deadlines = [self.trail.deadline(), self.rereading.deadline()];
        deadlines.into_iter().flatten().min()
    }

    /// What is kept where the reader is: what is chosen of it, else the highlights and notes at the
    /// cursor, the innermost first.
    pub(crate) fn kept_at_cursor(&self) -> Vec<&Annotation> {
        let in_note = self.view.place_in_note().map(|(_, position)| position);
        if let (None, Some((_, Focus::Kept(key)))) = (in_note, self.view.chosen()) {
            return self.shelf.annotations.by_key(key).into_iter().collect();
        }
        let here = in_note.unwrap_or_else(|| self.view.cursor());
        self.shelf.annotations.passages_at(here).collect()
    }

    /// The bookmarks whose text is still there, as places that have names.
    pub(crate) fn bookmarked_places(&self) -> Vec<NamedPlace> {
        self.shelf.bookmarked_places()
    }

    /// The sources as places that are gone to by name, to where the notes give them.
    pub(crate) fn named_sources(&self) -> Vec<NamedPlace> {
        let all = self.sources().map(Sources::all).unwrap_or_default();
        let place = |source: &Source| NamedPlace {
            what: PlaceKind::Source,
            name: source.name.clone(),
            position: source.passage.start,
        };
        all.iter().map(place).collect()
    }

    /// What is shown beneath an open note, and all that is shown of one of the reader's own.
    pub(crate) fn comments(&self, step: PopupContent) -> Vec<SourceComment> {
        if let PopupContent::Own(key) = step {
            let note = self.shelf.annotations.own.on(key);
            return note.map(source_comments::of_own_note).unwrap_or_default();
        }
        let Some(sources) = self.sources() else {
            return Vec::new();
        };
        match step {
            PopupContent::Note(note) | PopupContent::Source(note, _) => {
                let mut comments =
                    source_comments::answers(self.document.paper(), sources, note, Density::Box);
                let (paper, elsewhere) = (self.document.paper(), self.elsewhere());
                comments.extend(source_comments::uses(paper, sources, elsewhere, note));
                comments
            }
            PopupContent::Own(_) => Vec::new(),
            PopupContent::Mention(mention) => {
                let (paper, elsewhere) = (self.document.paper(), self.elsewhere());
                source_comments::of_mention(paper, sources, elsewhere, mention)
            }
        }
    }

    /// What an open note leads on to: the sources beneath it, then the notes that it cites.
    pub(crate) fn steps_on(&self, step: PopupContent) -> Vec<PopupContent> {
        let comments = self.comments(step);
        let beneath = comments.iter().filter_map(SourceComment::source);
        let mut steps: Vec<PopupContent> = beneath.filter_map(|id| self.step_of(id)).collect();
        let cited = step
            .note()
            .map(|note| self.document.paper().notes_cited_in(note));
        steps.extend(cited.into_iter().flatten().map(PopupContent::Note));
        steps
    }

    /// What opens a source: the note that gives it.
    pub(crate) fn step_of(&self, source: SourceId) -> Option<PopupContent> {
        let note = self.sources()?.get(source)?.note?;
        Some(PopupContent::Source(note, source))
    }

    /// What opens the source with a name, such as 8b.
    pub(crate) fn source_named(&self, name: &str) -> Option<PopupContent> {
        let mut all = self.sources()?.all().iter();
        let source = all.position(|source| source.name == name)?;
        self.step_of(SourceId(source))
    }

    /// Where an open note leads on to next: what is chosen of it, else the first of the sources
    /// beneath it.
    pub(crate) fn chosen_step(&self, popup: &NotePopup) -> Option<PopupContent> {
        let steps = self.steps_on(popup.step());
        match popup.chosen() {
            Some(chosen) => steps.get(chosen).copied(),
            None => steps
                .first()
                .copied()
                .filter(|step| matches!(step, PopupContent::Source(..))),
        }
    }

    /// Where the first links of an open note lead to, and those of the sources beneath it; up to
    /// so many.
    pub(crate) fn links_of(&self, popup: &NotePopup, most: usize) -> Vec<Target> {
        let note = popup
            .note()
            .and_then(|note| self.document.paper().note(note));
        let blocks = note.and_then(|note| self.document.paper().blocks.get(note.blocks.clone()));
        let comments = self.comments(popup.step());
        let is_own = matches!(popup.step(), PopupContent::Own(_));
        let beneath = comments
            .iter()
            .filter(|comment| is_own || comment.source().is_some());
        let blocks = blocks.into_iter().flatten();
        link::targets(blocks.chain(beneath.map(SourceComment::block)), most)
    }

    /// The other paper that a link leads to.
    pub(crate) fn other_paper(&self, address: &str) -> Option<PaperRequest> {
        link::other_paper(address, self.document.folder())
    }
}
