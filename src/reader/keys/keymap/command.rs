//! What actions are called in the configuration file.

use crate::reader::action::Direction::{Next, Previous};
use crate::reader::action::{Action, Motion, ScreenHeight};
use crate::reader::open::annotations::{AnnotationAction, Purpose};
use crate::reader::open::selecting::Select;
use crate::reader::open::view::{Object, Unit};
use crate::reader::overlays::prompt::PromptEdit;
use crate::shelf::Replay;

/// Every action that a key can be bound to, by its name.
#[rustfmt::skip]
static COMMANDS: &[(&str, Action)] = &[
    ("line-down", Action::Move(Motion::Line(Next))),
    ("line-up", Action::Move(Motion::Line(Previous))),
    ("screen-down", Action::Move(Motion::Screen(Next))),
    ("screen-up", Action::Move(Motion::Screen(Previous))),
    ("half-screen-down", Action::Move(Motion::HalfScreen(Next))),
    ("half-screen-up", Action::Move(Motion::HalfScreen(Previous))),
    ("line-to-top", Action::Raise(ScreenHeight::Top)),
    ("line-to-middle", Action::Raise(ScreenHeight::Middle)),
    ("line-to-bottom", Action::Raise(ScreenHeight::Bottom)),
    ("screen-top", Action::GoToHeight(ScreenHeight::Top)),
    ("screen-middle", Action::GoToHeight(ScreenHeight::Middle)),
    ("screen-bottom", Action::GoToHeight(ScreenHeight::Bottom)),
    ("next-sentence", Action::Move(Motion::Sentence(Next))),
    ("previous-sentence", Action::Move(Motion::Sentence(Previous))),
    ("select-sentence", Action::Select(Select::Object(Object::Sentence))),
    ("select-paragraph", Action::Select(Select::Object(Object::Paragraph))),
    ("select-again", Action::Select(Select::Again)),
    ("select-object", Action::AskObject),
    ("selection-next-character", Action::Select(Select::Move(Unit::Character, Next))),
    ("selection-previous-character", Action::Select(Select::Move(Unit::Character, Previous))),
    ("selection-next-word", Action::Select(Select::Move(Unit::Word, Next))),
    ("selection-previous-word", Action::Select(Select::Move(Unit::Word, Previous))),
    ("selection-next-sentence", Action::Select(Select::Move(Unit::Sentence, Next))),
    ("selection-previous-sentence", Action::Select(Select::Move(Unit::Sentence, Previous))),
    ("selection-next-paragraph", Action::Select(Select::Move(Unit::Paragraph, Next))),
    ("selection-previous-paragraph", Action::Select(Select::Move(Unit::Paragraph, Previous))),
    ("selection-line-down", Action::Select(Select::Lines(Next))),
    ("selection-line-up", Action::Select(Select::Lines(Previous))),
    ("selection-other-end", Action::Select(Select::OtherEnd)),
    ("highlight", Action::Highlight),
    ("next-highlight-kind", Action::NextKind),
    ("remove-highlight", Action::RemoveHighlight),
    ("next-paragraph", Action::Move(Motion::Paragraph(Next))),
    ("previous-paragraph", Action::Move(Motion::Paragraph(Previous))),
    ("next-section", Action::Move(Motion::Section(Next))),
    ("previous-section", Action::Move(Motion::Section(Previous))),
    ("beginning", Action::Move(Motion::End(Previous))),
    ("end", Action::Move(Motion::End(Next))),
    ("percent", Action::Percent),
    ("select-next", Action::Choose(Next)),
    ("select-previous", Action::Choose(Previous)),
    ("follow", Action::Follow),
    ("back", Action::Back),
    ("forward", Action::Forward),
    ("paper-before", Action::PaperBefore),
    ("papers", Action::Library),
    ("search-papers", Action::LibrarySearch),
    ("reload", Action::Reload),
    ("outline", Action::Outline),
    ("outline-pane", Action::OutlinePane),
    ("note", Action::Note),
    ("notes", Action::Notes),
    ("next-note", Action::StepNote(Next)),
    ("previous-note", Action::StepNote(Previous)),
    ("into-note", Action::IntoNote),
    ("out-of-note", Action::OutOfNote),
    ("note-placement", Action::Placement),
    ("sources", Action::Sources),
    ("uses", Action::Uses),
    ("refuse", Action::Refuse),
    ("sort", Action::Sort),
    ("search", Action::Search),
    ("next-match", Action::StepMatch(Next)),
    ("previous-match", Action::StepMatch(Previous)),
    ("matches", Action::Matches),
    ("regex", Action::Regex),
    ("earlier-search", Action::Recall(Previous)),
    ("later-search", Action::Recall(Next)),
    ("go-to", Action::Goto),
    ("bookmark", Action::Annotation(AnnotationAction::Toggle)),
    ("bookmarks", Action::Annotation(AnnotationAction::List)),
    ("next-bookmark", Action::Annotation(AnnotationAction::Step(Next))),
    ("previous-bookmark", Action::Annotation(AnnotationAction::Step(Previous))),
    ("undo", Action::Annotation(AnnotationAction::Replay(Replay::Undo))),
    ("redo", Action::Annotation(AnnotationAction::Replay(Replay::Redo))),
    ("set-mark", Action::Annotation(AnnotationAction::Ask(Purpose::SetMark))),
    ("go-to-mark", Action::Annotation(AnnotationAction::Ask(Purpose::GoToMark))),
    ("rename", Action::Annotation(AnnotationAction::Rename)),
    ("annotate", Action::Annotation(AnnotationAction::Annotate)),
    ("delete", Action::Annotation(AnnotationAction::Remove)),
    ("move", Action::Annotation(AnnotationAction::Move)),
    ("sort-bookmarks", Action::Annotation(AnnotationAction::Sort)),
    ("filter", Action::Annotation(AnnotationAction::Filter)),
    ("new-line", Action::Annotation(AnnotationAction::NewLine)),
    ("save", Action::Annotation(AnnotationAction::Enter)),
    ("discard", Action::Discard),
    ("whole", Action::Whole),
    ("picture", Action::Picture),
    ("zoom-in", Action::Zoom(Next)),
    ("zoom-out", Action::Zoom(Previous)),
    ("scroll-right", Action::Sideways(Next)),
    ("scroll-left", Action::Sideways(Previous)),
    ("scroll-right-end", Action::SidewaysEnd(Next)),
    ("scroll-left-end", Action::SidewaysEnd(Previous)),
    ("open-link", Action::OpenLink),
    ("confirm", Action::Confirm),
    ("complete", Action::Complete),
    ("copy", Action::Copy),
    ("copy-quotation", Action::CopyQuotation),
    ("copy-reference", Action::CopyReference),
    ("edit-file", Action::EditFile),
    ("cited-elsewhere", Action::CitedElsewhere),
    ("reference-format", Action::NextReferenceFormat),
    ("wider", Action::Wider),
    ("page-style", Action::NextPageStyle),
    ("read-aloud", Action::ReadAloud),
    ("narrower", Action::Narrower),
    ("problems", Action::Problems),
    ("mouse", Action::Mouse),
    ("close", Action::Close),
    ("help", Action::Help),
    ("suspend", Action::Suspend),
    ("quit", Action::Quit),
    ("cursor-left", Action::Edit(PromptEdit::Left)),
    ("cursor-right", Action::Edit(PromptEdit::Right)),
    ("cursor-start", Action::Edit(PromptEdit::Start)),
    ("cursor-end", Action::Edit(PromptEdit::End)),
    ("erase-before", Action::Edit(PromptEdit::EraseBefore)),
    ("erase-after", Action::Edit(PromptEdit::EraseAfter)),
    ("erase-word", Action::Edit(PromptEdit::EraseWord)),
    ("erase-all", Action::Edit(PromptEdit::EraseAll)),
];

/// The action that is called so.
pub(super) fn action(name: &str) -> Option<&'static Action> {
    let mut commands = COMMANDS.iter();
    commands
        .find(|command| command.0 == name)
        .map(|command| &command.1)
}

/// What an action is called, if a key can be bound to it.
pub(crate) fn name(action: &Action) -> Option<&'static str> {
    let mut commands = COMMANDS.iter();
    commands
        .find(|command| command.1 == *action)
        .map(|command| command.0)
}

/// Whether an action of opcit's own is called so.
pub(crate) fn is_command(name: &str) -> bool {
    action(name).is_some()
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.0)
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use super::*;

    #[test]
    fn every_action_of_the_table_has_one_name_and_every_name_an_action_of_the_table() {
        let bindings = || TABLE.iter().flat_map(|group| group.bindings);
        for binding in bindings() {
            let found = name(&binding.action).map(action);
            assert_eq!(found, Some(Some(&binding.action)), "{:?}", binding.action);
        }
        for (name, action) in COMMANDS {
            assert!(
                bindings().any(|binding| binding.action == *action),
                "{name}"
            );
            let same = names().filter(|other| other == name);
            assert_eq!(same.count(), 1, "{name}");
        }
    }
}
