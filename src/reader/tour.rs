//! The guided tour: steps on the paper that opcit carries, each of which goes on to the next once
//! the reader has done what it asks for.

use super::action::Focus;
use super::app::App;
use super::keys::keymap::{Context, Keymap};
use super::overlays::Overlays;
use crate::paper::{NoteId, SectionId};
use crate::shelf::AnnotationKind;

/// A note of the paper that opcit carries whose short citation leads to another note.
const NOTE_OF_SHORT_CITATION: NoteId = NoteId(13);

/// Where the paper that opcit carries begins to have notes, and where it makes its recommendations, among its sections.
const SECTION_WITH_FIRST_NOTES: SectionId = SectionId(1);
const SECTION_OF_RECOMMENDATIONS: SectionId = SectionId(5);

/// How far the reader has come: how many steps are done.
#[derive(Debug, Default)]
pub(crate) struct Tour(usize);

/// A step of the tour.
struct TourStep {
    /// What it asks for. A command in braces is replaced by its key.
    words: &'static str,
    is_done: fn(&Scene) -> bool,
}

/// What a step looks at.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) overlays: &'a Overlays,
}

impl Scene<'_> {
    fn open_note(&self) -> Option<NoteId> {
        self.overlays.note()?.note()
    }

    fn has_kept(&self, is_it: impl Fn(&AnnotationKind) -> bool) -> bool {
        let kept = self.app.open.shelf.annotations.all();
        kept.iter().any(|annotation| is_it(&annotation.kind))
    }
}

static STEPS: [TourStep; 10] = [
    TourStep {
        words: "{screen-down} goes a screen down and {screen-up} up, {line-down} and {line-up} a \
                line. Go on to the Introduction.",
        is_done: |it| it.app.open.section() == Some(SECTION_WITH_FIRST_NOTES),
    },
    TourStep {
        words: "Raised figures are markers of notes. {select-next} goes to the next one, \
                {select-previous} to the one before. Go to a marker.",
        is_done: |it| matches!(it.app.open.view.chosen(), Some((_, Focus::Marker(_)))),
    },
    TourStep {
        words: "{note} opens the note beside its marker, and the same key closes it again. Open it.",
        is_done: |it| it.open_note().is_some(),
    },
    TourStep {
        words: "A number before the key opens that note from anywhere. Open note 14: type 14{note}",
        is_done: |it| it.open_note() == Some(NOTE_OF_SHORT_CITATION),
    },
    TourStep {
        words: "Beneath “op cit.” stands the source that it stands for. Go on to that with {follow}",
        is_done: |it| {
            it.open_note()
                .is_some_and(|note| note != NOTE_OF_SHORT_CITATION)
        },
    },
    TourStep {
        words: "{back} goes back after every jump. Go back to note 14; if it is closed by then, 14{note} \
                opens it again.",
        is_done: |it| it.open_note() == Some(NOTE_OF_SHORT_CITATION),
    },
    TourStep {
        words: "{close} closes what is open. Then {search} searches text and notes as you type. \
                Find lunar: {search}lunar and {follow}.",
        is_done: |it| it.overlays.is_empty() && it.app.open.finder.is_lit(),
    },
    TourStep {
        words: "{go-to} goes to a section by some of its letters, to n14, to 42%. Go to the \
                recommendations: {go-to}recom and {follow}.",
        is_done: |it| {
            let section = it.app.open.section();
            it.overlays.is_empty() && section == Some(SECTION_OF_RECOMMENDATIONS)
        },
    },
    TourStep {
        words: "{select-sentence} selects a sentence, {select-paragraph} a paragraph; {follow} \
                highlights what is selected. Highlight a sentence.",
        is_done: |it| it.has_kept(|kind| matches!(kind, AnnotationKind::Highlight(_))),
    },
    TourStep {
        words: "{bookmark} sets a bookmark on the paragraph, {bookmarks} lists all that you keep. \
                Set one, then open the list.",
        is_done: |it| {
            let top = it.overlays.top();
            let is_listed = top.is_some_and(|top| top.context() == Context::Bookmarks);
            is_listed && it.has_kept(|kind| *kind == AnnotationKind::Bookmark)
        },
    },
];

/// What is said when all is done.
const END: &str = "That was the tour. {help} shows the keys wherever you are, and {quit} leaves. \
                   What you kept here goes with it.";

impl Tour {
    /// Takes note of what the reader has done.
    pub(super) fn look_at(&mut self, scene: &Scene) {
        if let Some(step) = STEPS.get(self.0)
            && (step.is_done)(scene)
        {
            self.0 += 1;
        }
    }

    /// Goes on to the next step; whether there is one, the end included.
    #[cfg(test)]
    pub(super) fn skip(&mut self) -> bool {
        self.0 += 1;
        self.0 <= STEPS.len()
    }

    /// How far the reader has come, in words.
    pub(super) fn title(&self) -> String {
        if self.0 < STEPS.len() {
            format!("The tour · {} of {}", self.0 + 1, STEPS.len())
        } else {
            "The tour · done".to_owned()
        }
    }

    /// What the reader is asked to do now.
    pub(super) fn words(&self, keymap: &Keymap) -> String {
        keymap.expand(STEPS.get(self.0).map_or(END, |step| step.words))
    }
}
