//! The program beneath what is open over the text: the open document, how it is shown, and what
//! there is to say about it.

use std::sync::Arc;
use std::time::Instant;

use ratatui::layout::{Rect, Size};

use super::action::{Action, Effect, Notice, Tone, WrittenReferences};
use super::config::Config;
use super::draw::geometry::Geometry;
use super::keys::key::Key;
use super::keys::keymap::Keymap;
use super::kinds::KindNames;
use super::open::annotations::{ReadingState, SavedSession};
use super::open::quotation;
use super::open::selecting::Select;
use super::open::sidenotes::{self, Sidenotes};
use super::open::view::{ColumnRows, SavedView};
use super::open::{FlashTarget, OpenDocument};
use super::overlays::library_search::LeftSearch;
use super::overlays::note::popup::{NotePopup, PopupContent};
use super::papers::Parked;
use super::pictures::PictureNews;
use super::settings::{FigureChoice, Placement, Settings};
use super::speech::SpokenNotes;
use super::theme::{Theme, ThemeChoice};
use super::tour::Tour;
use crate::document::Document;
use crate::export::quoted;
use crate::layout::{Hyphenation, LineEnds, PageForm};
use crate::paper::Position;
use crate::shelf;
use crate::sources::SourceId;
use crate::terminal::ground::Ground;
use crate::terminal::picture::{PictureMeans, PictureProtocol};

/// An image leaves this part of the text's rows to words.
const FIGURE_MARGIN: u16 = 4;

/// The open documents, and how the one is shown that is on the screen.
#[derive(Debug)]
pub(crate) struct App {
    /// The paper that is shown.
    pub(crate) open: OpenDocument,
    pub(crate) parked: Parked,
    /// What has come for the shown paper while another one was shown.
    pub(super) waiting: Vec<Action>,
    pub(crate) settings: Settings,
    /// The settings of a paper that has none of its own.
    pub(crate) default_settings: Settings,
    pub(crate) keymap: Arc<Keymap>,
    pub(crate) theme: Theme,
    /// The themes that it is one of, for whatever ground the terminal has.
    themes: ThemeChoice,
    pub(crate) kinds: KindNames,
    /// By what the terminal shows pictures.
    pub(crate) pictures: PictureMeans,
    /// What is spoken of notes when a paper is read aloud.
    pub(crate) spoken_notes: SpokenNotes,
    pub(crate) size: Size,
    /// The keys that were pressed, if more are to follow them.
    pub(crate) awaited_after: Vec<Key>,
    /// How the search of all papers was left.
    pub(crate) left_search: LeftSearch,
    /// When the action came that is being applied.
    pub(crate) now: Instant,
    /// What the footer says until the next key.
    pub(crate) notice: Option<Notice>,
    /// The guided tour, if the reader takes it.
    pub(crate) tour: Option<Tour>,
    /// What the action asks of the world outside.
    effect: Option<Effect>,
}

impl App {
    pub(crate) fn new(document: Arc<Document>, size: Size) -> Self {
        let mut app = App {
            open: OpenDocument::new(document),
            parked: Parked::default(),
            waiting: Vec::new(),
            settings: Settings::default(),
            default_settings: Settings::default(),
            keymap: Keymap::standard(),
            theme: Theme::default(),
            themes: ThemeChoice::default(),
            kinds: KindNames::default(),
            pictures: PictureMeans::default(),
            spoken_notes: SpokenNotes::default(),
            size,
            awaited_after: Vec::new(),
            left_search: LeftSearch::default(),
            now: Instant::now(),
            notice: None,
            tour: None,
            effect: None,
        };
        app.count_problems();
        app
    }

    /// Makes it as the reader wants it.
    pub(crate) fn configure(&mut self, config: &Config) {
        self.settings = config.settings;
        self.default_settings = config.settings;
        self.keymap = Arc::clone(&config.keymap);
        self.theme = config.themes.on(None).clone();
        self.themes = config.themes.clone();
        self.kinds = config.kinds.clone();
        self.spoken_notes = config.speech.notes;
        self.fit();
        let problems = match config.problems {
            0 => return,
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        };
        let told = format!("the configuration has {problems}; `opcit config` lists them");
        self.notify(Notice::warning(told));
    }

    /// Says something in the footer, until the next key.
    pub(crate) fn notify(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// The words of a notice, with the keys and the kinds of highlights as the reader has them.
    pub(crate) fn words_of(&self, notice: &Notice) -> String {
        self.kinds.expand(&self.keymap.expand(&notice.text))
    }

    /// Asks for something that touches the world outside. An action asks for one thing at most.
    pub(crate) fn request(&mut self, effect: Effect) {
        self.effect = Some(effect);
    }

    /// Whether something has been asked for.
    pub(crate) fn has_request(&self) -> bool {
        self.effect.is_some()
    }

    /// What was asked for.
    pub(crate) fn take_request(&mut self) -> Option<Effect> {
        self.effect.take()
    }

    /// Shows what may follow the keys that were pressed.
    pub(crate) fn await_more(&mut self, keys: Vec<Key>) {
        let pressed: String = keys.iter().map(ToString::to_string).collect();
        self.notice = Some(Notice::plain(format!("{pressed}…")));
        self.awaited_after = keys;
    }

    pub(crate) fn resize(&mut self, size: Size) {
        self.size = size;
        // What it says of the screen may no longer be true.
        let notice = self.notice.take();
        self.notice = notice.filter(|notice| notice.tone == Tone::Warning);
    }

    /// Goes to a place and lights it. Where it is out of sight, back leads to where the reader was.
    pub(crate) fn jump(&mut self, position: Position) {
        self.open.jump(position, self.now);
    }

    /// Goes to a match, as a jump does.
    pub(crate) fn land(&mut self, found: Position) {
        self.open.land(found, self.now);
    }

    /// Goes to a place where the reader was.
    pub(crate) fn return_to(&mut self, place: SavedView) {
        self.open.return_to(place, self.now);
    }

    /// Lights something for a moment.
    pub(crate) fn flash(&mut self, target: FlashTarget) {
        self.open.start_flash(target, self.now);
    }

    pub(crate) fn copy(&mut self, text: Option<String>, what: &str) {
        match text {
            Some(text) => {
                let what = what.to_owned();
                self.request(Effect::Copy { text, what });
            }
            None => self.notify(Notice::plain("nothing to copy here")),
        }
    }

    /// Changes what is selected.
    pub(crate) fn select(&mut self, select: Select, times: Option<u32>) {
        self.notice = self.open.select(select, times, self.now);
    }

    /// Copies what is selected, else the current paragraph.
    pub(crate) fn copy_from_page(&mut self) {
        if let Some(selection) = self.open.view.selection() {
            let paper = self.open.document.paper();
            let text = quotation::of_passage(paper, selection.passage);
            return self.copy(text, "the selection");
        }
        let text = quotation::of_block(self.open.document.paper(), self.open.view.current_block());
        self.copy(text, "the paragraph with its source");
    }

    /// Copies what is selected, else the highlight at the cursor, else the current paragraph, as a
    /// quotation.
    pub(crate) fn copy_quotation(&mut self) {
        let open = &self.open;
        let paper = open.document.paper();
        let selected = open.view.selection().map(|selection| selection.passage);
        let kept = || open.kept_at_cursor().first()?.found.passage();
        let passage = selected.or_else(kept);
        let passage = passage.unwrap_or_else(|| paper.whole(open.view.current_block()));
        let text = quoted(paper, open.sources(), passage);
        let what = match open.sources() {
            Some(_) => "the quotation",
            None => "the quotation (what its note cites is still being read)",
        };
        self.copy(text, what);
    }

    /// Copies the references of sources, in the format set last. They are written beside the loop,
    /// as their fields may have to be read out of every note first.
    pub(crate) fn copy_references(&mut self, of: Vec<SourceId>) {
        let format = self.settings.references;
        self.notify(Notice::plain(format!("copying as {}…", format.words())));
        self.request(Effect::WriteReferences { of, format });
    }

    /// Copies so many references that have been written in a format.
    pub(crate) fn take_references(&mut self, written: WrittenReferences) {
        let WrittenReferences {
            text,
            count,
            format,
        } = written;
        let count = match count {
            1 => "the reference".to_owned(),
            count => format!("{count} references"),
        };
        let what = format!(
            "{count} as {} ({{note/reference-format}} changes it)",
            format.words()
        );
        self.copy((!text.is_empty()).then_some(text), &what);
    }

    /// Has references copied in the next of the formats.
    pub(crate) fn change_reference_format(&mut self) {
        self.settings.references = self.settings.references.next();
        let words = self.settings.references.words();
        self.notify(Notice::plain(format!("references are copied as {words}")));
    }

    /// Shows notes in the next of the places where they can be.
    pub(crate) fn change_placement(&mut self) {
        self.settings.placement = self.settings.placement.next();
        let geometry = self.geometry();
        let words = self.settings.placement.words();
        let fits = geometry.foot_rows > 0 || !geometry.margin.is_empty();
        let why = if self.has_notes() {
            "no room here"
        } else {
            "this paper has none"
        };
        let is_margin = self.settings.placement == Placement::Margin;
        self.notify(if is_margin && geometry.foot_rows > 0 {
            Notice::plain("margin: notes below each of two columns, which leave no room beside")
        } else if self.settings.placement.shows_unasked() && !fits {
            Notice::plain(format!("{words} ({why})"))
        } else {
            Notice::plain(words)
        });
    }

    /// Makes the text's column wider or narrower, and says how wide it may be now.
    pub(crate) fn change_measure(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        let (measure, room) = (self.settings.measure, self.geometry().text.width);
        let shown = if room < measure {
            format!(" (room for {room} here)")
        } else {
            String::new()
        };
        self.notify(Notice::plain(format!(
            "text width: {measure} columns{shown}"
        )));
    }

    /// Sets the text in the next of the ways in which it can be.
    pub(crate) fn change_page_style(&mut self) {
        let spread = Settings {
            is_spread: true,
            ..self.settings
        };
        let has_room = self.geometry_with(&spread).is_spread();
        let notice = self.settings.change_page_style(has_room);
        self.notify(notice);
    }

    pub(crate) fn toggle_outline_pane(&mut self) {
        let with_outline = Settings {
            outline_pane: true,
            ..self.settings
        };
        if !self.has_outline() {
            self.notify(Notice::plain(
                "this paper has too few sections for an outline beside it",
            ));
        } else if self.geometry_with(&with_outline).outline.is_empty() {
            let words = "no room for the outline beside the text; {outline} opens it";
            self.notify(Notice::plain(words));
        } else {
            self.settings.outline_pane ^= true;
        }
    }

    pub(crate) fn toggle_mouse(&mut self) {
        self.settings.mouse ^= true;
        self.notify(Notice::plain(if self.settings.mouse {
            "mouse on"
        } else {
            "mouse off: select text with the terminal"
        }));
        self.request(Effect::Mouse(self.settings.mouse));
    }

    /// Shows the theme for a ground that the terminal has, which is the same for all where the reader
    /// has chosen one.
    pub(crate) fn take_ground(&mut self, ground: Ground) {
        self.theme = self.themes.on(Some(ground)).clone();
    }

    /// Has the terminal asked for its ground if that decides the theme.
    pub(crate) fn ask_ground(&mut self) {
        if self.themes.follow_ground() {
            self.request(Effect::AskGround);
        }
    }

    /// Says how much is wrong with the paper's source. What was mended in it, the title page
    /// counts.
    fn count_problems(&mut self) {
        match self.open.document.problems().len() {
            0 => {}
            1 => self.notify(Notice::plain("1 problem · {problems} lists it")),
            count => self.notify(Notice::plain(format!(
                "{count} problems · {{problems}} lists them"
            ))),
        }
    }

    /// Where the reader is, and how the paper is shown, to be kept for the next opening.
    pub(crate) fn here(&self) -> ReadingState {
        ReadingState {
            position: self.open.view.anchor(),
            current: Some(self.open.view.current_block()),
            read: self.open.furthest(),
            settings: shelf::ReadingSettings {
                refused: self.open.rereading.refusals.refused().clone(),
                ..self.settings.to_keep(self.default_settings)
            },
        }
    }

    /// Brings back how the text is set, and the place if the reader has neither gone elsewhere meanwhile nor,
    /// as `is_bare` says, opened anything over it.
    pub(crate) fn come_back(&mut self, session: SavedSession, is_bare: bool) {
        self.open.take_annotations(session.annotations);
        if self.settings == self.settings.with_paper_of(self.default_settings) {
            self.settings = self.settings.for_paper(&session.settings);
            self.fit();
        }
        // What was refused before is not mended now.
        let refused = &session.settings.refused;
        let is_first_reading = self.open.rereading.refusals.is_first_reading();
        if is_first_reading && self.open.refuse_as_before(refused) {
            self.request(Effect::ReadAgain(refused.clone()));
        }
        let is_untouched = is_bare && is_first_reading && self.open.is_as_opened();
        if let Some((position, is_known)) = session.place
            && is_untouched
        {
            let is_elsewhere = position != Position::default();
            if is_elsewhere {
                self.open.view.restore(position);
                self.fit();
            }
            if let Some(block) = session.current {
                self.open.view.move_cursor(Position::start_of(block));
            }
            // Who asked for a part is taken there.
            if is_elsewhere && self.open.shelf.wanted_part.is_none() {
                self.notify(Notice::plain(self.open.welcome(is_known)));
            }
        }
        let wanted = self.open.shelf.wanted_part.take();
        self.go_to_part(wanted.as_deref());
    }

    pub(crate) fn geometry(&self) -> Geometry {
        self.geometry_with(&self.settings)
    }

    fn geometry_with(&self, settings: &Settings) -> Geometry {
        Geometry::new(
            self.size,
            settings,
            self.has_outline(),
            self.has_notes(),
            self.tour.is_some(),
        )
    }

    /// Whether the paper has sections to choose from.
    fn has_outline(&self) -> bool {
        self.open.document.paper().sections.len() > 1
    }

    /// Whether there is any note, of the author's or of the reader's.
    fn has_notes(&self) -> bool {
        let has_own = !self.open.shelf.annotations.own.is_empty();
        has_own || !self.open.document.paper().notes.is_empty()
    }

    /// Where a row of the page stands, by its place among them.
    pub(crate) fn place_of_row(&self, row: usize) -> Option<Rect> {
        let in_first = self.open.view.page().in_first();
        self.geometry().rows_of_page(in_first).nth(row)
    }

    /// The notes that are shown beside the text or at its foot without having been asked for, and
    /// the open one if it is shown there.
    pub(crate) fn beside(&self, open: Option<&NotePopup>) -> Sidenotes {
        let geometry = self.geometry();
        if geometry.margin.is_empty() && geometry.foot_rows == 0 {
            return Sidenotes::default();
        }
        let page = self.open.view.page();
        let read = match open {
            Some(popup) => {
                let own = popup.own_note().map(PopupContent::Own);
                own.or(popup.note().map(PopupContent::Note))
            }
            None => self.open.note_at_cursor().map(PopupContent::Note),
        };
        let notes = sidenotes::PageNotes {
            read,
            open: open.and_then(NotePopup::bare_note),
            ..self.notes_beside()
        };
        sidenotes::compose(notes, page.columns(), &geometry)
    }

    fn notes_beside(&self) -> sidenotes::PageNotes<'_> {
        sidenotes::PageNotes {
            paper: self.open.document.paper(),
            sources: self.open.sources(),
            elsewhere: self.open.elsewhere(),
            own: &self.open.shelf.annotations.own,
            flow: &self.open.notes.beside,
            read: None,
            open: None,
        }
    }

    /// By what images are shown in the text; none where they are not.
    fn figures_by(&self) -> Option<PictureProtocol> {
        let by = self.pictures.by?;
        let shows = match self.settings.figures {
            FigureChoice::Auto => by != PictureProtocol::HalfBlocks,
            FigureChoice::Always => true,
            FigureChoice::Never => false,
        };
        shows.then_some(by)
    }

    /// Makes room in the text for images, where they are shown there.
    fn fit_figures(&mut self, geometry: &Geometry) {
        let size = match self.figures_by() {
            Some(_) => geometry.text.as_size(),
            None => Size::default(),
        };
        // Some words are to be seen beside it, and all of it whatever stands at the foot.
        let rows = size.height.saturating_sub(size.height / FIGURE_MARGIN);
        let above_foot = size.height.saturating_sub(geometry.foot_rows + 1);
        let rows = rows.min(above_foot);
        let rows = self.open.figures.fit(size.width, rows);
        self.open.view.set_figures(&rows);
    }

    /// Asks for the next thing that is to be known of the images in the text, if there is one.
    pub(crate) fn request_figures(&mut self) {
        let may_be_shown = self.figures_by().is_some()
            || self.settings.figures == FigureChoice::Auto && self.pictures.may_have_sixels;
        if self.has_request() || !may_be_shown {
            return;
        }
        if self
            .open
            .figures
            .begin_measuring(self.open.document.paper())
        {
            return self.request(Effect::MeasureFigures {
                asks_for_sixels: self.pictures.may_have_sixels,
            });
        }
        let shown = self.open.blocks_on_screen();
        let request = self.figures_by();
        let request = request.and_then(|by| self.open.figures.request(&shown, by));
        if let Some(request) = request {
            self.request(Effect::DrawPicture(request));
        }
    }

    /// Takes what was drawn for the text.
    pub(crate) fn take_picture(&mut self, news: &PictureNews) {
        let shown = self.open.blocks_on_screen();
        self.open.figures.take(news, &shown);
    }

    /// Fits the text to its place on the screen, as everything that changes that may have done.
    pub(crate) fn fit(&mut self) {
        let geometry = self.geometry();
        self.open.fit_notes(&geometry);
        self.open.view.set_overlap(self.settings.scroll_off);
        // At the paper's end the foot may take its rows too, so the text can be scrolled further.
        let form = PageForm {
            columns: geometry.text.width,
            wide_columns: geometry.wide_text.width,
            sets_formulas: true,
            quotation_marks: self.open.quotation_marks(),
            line_ends: if self.settings.is_justified {
                LineEnds::Justified(Hyphenation::for_paper(self.open.document.paper()))
            } else {
                LineEnds::Ragged
            },
        };
        let (rows, above_foot) = (
            geometry.column_rows(0),
            geometry.column_rows(geometry.foot_rows),
        );
        self.open.view.resize(form, rows, above_foot);
        self.fit_figures(&geometry);
        loop {
            if geometry.foot_rows > 0 {
                self.fit_foot(&geometry, rows);
            }
            if !self.open.view.keep_promise() {
                break;
            }
        }
        self.open.mark_as_seen();
    }

    /// Shows a place that is out of sight for as long as the screen has this size: at the size before,
    /// the text is again where the reader put it.
    pub(crate) fn keep_in_sight(&mut self, position: Position) {
        if self.open.view.is_visible(position) {
            return;
        }
        let put = self.open.view.lend(position);
        self.fit();
        self.open.view.put_at_other_sizes(put);
    }

    /// Leaves the rows to the notes at the foot that they take.
    fn fit_foot(&mut self, geometry: &Geometry, rows: ColumnRows) {
        let above = |app: &App| {
            let page = app.open.view.page();
            sidenotes::rows_above_foot(app.notes_beside(), page.columns(), geometry)
        };
        self.open.view.set_rows(rows);
        let first = above(self).first;
        self.open.view.set_rows(ColumnRows { first, ..rows });
        if geometry.is_spread() {
            // It begins with what the foot of the first one leaves over.
            let second = above(self).second;
            self.open.view.set_rows(ColumnRows { first, second });
        }
    }
}
