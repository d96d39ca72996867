//! What keys do on the page, while nothing is open over it.

pub(crate) mod bookmarks;

use std::path::PathBuf;

use super::action::{Action, ClickTarget, Direction, Effect, Focus, Motion, Notice, ScreenHeight};
use super::app::App;
use super::keys::keymap::Context;
use super::link;
use super::open::annotations::ShelfRequest;
use super::open::finder::MatchPlace;
use super::open::source_comments::CommentLink;
use super::overlays::Response;
use super::overlays::goto::Goto;
use super::overlays::library::LibraryList;
use super::overlays::library_search::LibrarySearch;
use super::overlays::links::LinkList;
use super::overlays::list::RowTarget;
use super::overlays::note::popup::{NotePopup, PopupContent};
use super::overlays::notes::NoteList;
use super::overlays::object::ObjectPrompt;
use super::overlays::outline::Outline;
use super::overlays::output::CommandOutput;
use super::overlays::picture::PicturePage;
use super::overlays::problems::ProblemList;
use super::overlays::read_aloud::ReadingAloud;
use super::overlays::search::SearchPrompt;
use super::overlays::sources::SourceList;
use super::overlays::whole::WholeBlock;
use super::own_command;
use crate::paper::{BlockId, Position, SourceLocation, Target};
use crate::search::{paragraph_of_paper, percentage_of_paper};
use crate::shelf::{AnnotationId, HighlightKind};

/// Does what an action means on the page, as often as the count says, or at what it names.
pub(crate) fn handle(app: &mut App, action: &Action, count: Option<u32>) -> Response {
    match action {
        Action::Move(motion) => travel(app, *motion, count),
        Action::Raise(height) => raise(app, *height),
        Action::GoToHeight(height) => go_to_height(app, *height, count),
        Action::Percent => go_to_percentage(app, count),
        Action::Back => app.go_back(),
        Action::Forward => app.go_forward(),
        Action::PaperBefore => app.show_paper_before(),
        Action::Library => return LibraryList::open(app),
        Action::LibrarySearch => return LibrarySearch::open(app),
        Action::Reload => app.reload(true),
        Action::EditFile => edit_file(app),
        Action::StepMatch(direction) => return step_match(app, *direction, count),
        Action::Choose(direction) => choose(app, *direction),
        Action::Close => clear(app),
        Action::Copy => app.copy_from_page(),
        Action::CopyQuotation => app.copy_quotation(),
        Action::Select(select) => app.select(*select, count),
        Action::Press(place) => app.open.press(*place, app.now),
        Action::Drag(position) => app.open.drag(*position),
        Action::DragBeyond(direction) => app.open.drag_beyond(*direction),
        Action::Highlight => highlight(app),
        Action::NextKind => change_kind(app),
        Action::RemoveHighlight => remove_highlight(app),
        Action::AskObject => return Response::open(ObjectPrompt),
        Action::Whole => return WholeBlock::open(app),
        Action::Picture => return PicturePage::open(app),
        Action::ReadAloud => return ReadingAloud::start(app),
        Action::Run(command) => return CommandOutput::run(command, app),
        Action::Placement => app.change_placement(),
        Action::OutlinePane => app.toggle_outline_pane(),
        Action::NextPageStyle => app.change_page_style(),
        Action::Wider => app.change_measure(|it| it.widen(count.unwrap_or(1))),
        Action::Narrower => app.change_measure(|it| it.narrow(count.unwrap_or(1))),
        Action::Follow => return follow(app),
        Action::Click(hit) => return click(app, hit),
        Action::Note => return open_note(app, count),
        Action::OpenLink => return open_link(app),
        Action::Notes => return NoteList::open(app),
        Action::Sources => return SourceList::open(app),
        Action::Outline => return Outline::open(app),
        Action::Problems => return ProblemList::open(app),
        Action::Search => return SearchPrompt::open(app),
        Action::Matches => return SearchPrompt::open_matches(app),
        Action::Goto => return Response::open(Goto::new(app, Context::Reading)),
        Action::Annotation(keeping) => return bookmarks::handle(app, keeping, count),
        _ => return Response::Ignored,
    }
    Response::Consumed
}

/// Where keys are heard on the page.
pub(crate) fn context(app: &App) -> Context {
    match app.open.view.selection() {
        Some(_) => Context::Selecting,
        None => Context::Reading,
    }
}

/// Whether an action would do something on the page now, as far as a look can tell.
pub(crate) fn can_do(app: &App, action: &Action) -> bool {
    let open = &app.open;
    match action {
        Action::Back => open.trail.history.can_go_back(),
        Action::Choose(_) => open.view.has_targets(),
        Action::Follow => open.view.chosen().is_some(),
        Action::Outline => !open.document.paper().sections.is_empty(),
        Action::Note => open.nearest_opening().is_some(),
        Action::StepMatch(_) => open.finder.is_lit(),
        Action::OpenLink => {
            let block = open.document.paper().block(open.view.current_block());
            block.is_some_and(|block| !block.links.is_empty())
        }
        _ => true,
    }
}

fn travel(app: &mut App, motion: Motion, count: Option<u32>) {
    if let (Motion::End(_), Some(number)) = (motion, count) {
        return go_to_paragraph(app, number);
    }
    let times = count.map_or(1, |count| count as usize);
    let before = app.open.view.save();
    if !app.open.travel(motion, times, app.now) {
        app.notify(Notice::plain("this paper has no headings"));
    }
    if motion == Motion::End(Direction::Previous) && app.keymap.selects_again_as_vim() {
        app.open.trail.gestures.note_way_to_start(before, app.now);
    }
}

fn raise(app: &mut App, height: ScreenHeight) {
    if !app.open.view.raise(height) {
        app.notify(Notice::plain("the text scrolls no further that way"));
    }
}

fn go_to_height(app: &mut App, height: ScreenHeight, line: Option<u32>) {
    if !app.open.go_to_height(height, line, app.now) {
        app.notify(Notice::plain("this is the line"));
    }
}

/// To a paragraph by its number in the paper, from 1.
fn go_to_paragraph(app: &mut App, number: u32) {
    match paragraph_of_paper(app.open.document.paper(), number) {
        Some(position) => app.jump(position),
        None => {
            let words = format!("there is no paragraph {number}");
            app.notify(Notice::warning(words));
        }
    }
}

fn go_to_percentage(app: &mut App, percent: Option<u32>) {
    let position =
        percent.and_then(|percent| percentage_of_paper(app.open.document.paper(), percent));
    match position {
        Some(position) => app.jump(position),
        None if percent > Some(100) => app.notify(Notice::warning("a percentage is at most 100")),
        None => app.notify(Notice::plain("50{percent} goes to 50%")),
    }
}

/// Goes to the next match, or the one before, so many times.
fn step_match(app: &mut App, direction: Direction, count: Option<u32>) -> Response {
    let open = &mut app.open;
    if open.finder.pattern().is_none() {
        let words = "nothing to repeat yet; press {search} to search";
        app.notify(Notice::plain(words));
        return Response::Consumed;
    }
    let times = count.map_or(1, |count| count as usize);
    let current = open.finder.current_place();
    let is_at_current = current.is_some_and(|current| open.view.is_visible(current));
    let top = open.view.top();
    let found = match open.view.selection() {
        None => open
            .finder
            .step_among_all(direction, times, top, is_at_current),
        // No end of it can be in a note of the reader's.
        Some(_) => {
            let found = open.finder.step(direction, times, top, is_at_current);
            found.map(MatchPlace::Text)
        }
    };
    match found {
        Some(MatchPlace::Own(found)) => {
            let popup = NotePopup::open_found(found, app);
            popup.map_or(Response::Consumed, Response::open)
        }
        Some(MatchPlace::Text(found)) => {
            app.land(found);
            Response::Consumed
        }
        None => Response::Consumed,
    }
}

fn choose(app: &mut App, direction: Direction) {
    app.open.view.choose_next(direction);
    if app.open.view.chosen().is_none() {
        app.notify(Notice::plain(
            "no notes, links or highlights on this screen",
        ));
    }
}

/// Drops what is chosen, and ends what is highlighted.
fn clear(app: &mut App) {
    if app.open.view.end_selection() {
        return app.open.view.leave_note();
    }
    app.open.view.leave_note();
    app.open.view.choose(None);
    app.open.finder.darken();
    app.open.end_flash();
}

/// Has the paper's file edited, if its lines are text: at the one that the paragraph begins on.
fn edit_file(app: &mut App) {
    let Some(file) = own_command::file(app).map(PathBuf::from) else {
        return app.notify(Notice::plain("this paper has no file"));
    };
    let mut blocks = app.open.document.paper().blocks.iter();
    let is_text = blocks.any(|block| matches!(block.location, SourceLocation::Line(_)));
    if !is_text {
        let words = "the file is not text, which an editor could change";
        return app.notify(Notice::plain(words));
    }
    // What opcit sets itself, such as the title, stands at the beginning.
    let line = own_command::line(app).unwrap_or(1);
    app.request(Effect::EditFile { file, line });
}

/// Highlights what is selected, in the kind that was used last.
pub(crate) fn highlight(app: &mut App) {
    let Some(selection) = app.open.view.selection() else {
        return;
    };
    app.open.view.end_selection();
    app.open.shelf.awaited_kinds = Some(0);
    let kind = app.open.shelf.highlight_kind.clone();
    app.request(Effect::Shelf(ShelfRequest::Highlight(
        selection.passage,
        kind,
    )));
}

/// Makes the highlight at the cursor one of the next kind, which new ones are of as well.
fn change_kind(app: &mut App) {
    if let Some(kinds) = &mut app.open.shelf.awaited_kinds {
        // The disk is slower than the fingers.
        *kinds += 1;
        return;
    }
    let Some((id, kind)) = highlight_at_cursor(app) else {
        return app.notify(Notice::plain(
            "no highlight here; {select-sentence}, then {selecting/highlight}, makes one",
        ));
    };
    let kind = kind.next();
    app.open.shelf.highlight_kind = kind.clone();
    app.request(Effect::Shelf(ShelfRequest::Recolour(id, kind)));
}

/// Goes on with a highlight that has been saved: makes it of the kind that was asked for meanwhile.
pub(crate) fn go_on_with_kinds(app: &mut App, changed: Option<&AnnotationId>) {
    let kinds = app
        .open
        .shelf
        .awaited_kinds
        .take()
        .filter(|&kinds| kinds > 0);
    let kept = changed.and_then(|id| app.open.shelf.annotations.get(id));
    let kept = kept.and_then(|kept| Some((kept.id.clone(), kept.kind.highlight()?.clone())));
    if let (Some(kinds), Some((id, kind))) = (kinds, kept) {
        let kind = (0..kinds).fold(kind, |kind, _| kind.next());
        app.open.shelf.highlight_kind = kind.clone();
        app.request(Effect::Shelf(ShelfRequest::Recolour(id, kind)));
    }
}

/// Removes the highlight or the note at the cursor.
fn remove_highlight(app: &mut App) {
    match app
        .open
        .kept_at_cursor()
        .first()
        .map(|kept| kept.id.clone())
    {
        Some(id) => app.request(Effect::Shelf(ShelfRequest::Remove(id))),
        None => app.notify(Notice::plain(
            "no highlight here; {select-sentence}, then {selecting/highlight}, makes one",
        )),
    }
}

fn highlight_at_cursor(app: &App) -> Option<(AnnotationId, HighlightKind)> {
    let here = app.open.kept_at_cursor();
    let mut highlights = here
        .iter()
        .filter_map(|kept| Some((kept, kept.kind.highlight()?)));
    let found = highlights.next();
    found.map(|(kept, kind)| (kept.id.clone(), kind.clone()))
}

fn follow(app: &mut App) -> Response {
    let words = match app.open.view.chosen() {
        Some((block, focus)) => return follow_target(app, block, focus),
        None if app.open.view.targets().is_empty() => {
            "no notes, links or highlights on this screen"
        }
        None => "{select-next} selects a note or link",
    };
    app.notify(Notice::plain(words));
    Response::Consumed
}

/// Goes where a marker or a link leads: a note opens, a place is gone to, an address is asked
/// about.
fn follow_target(app: &mut App, id: BlockId, focus: Focus) -> Response {
    let Some(block) = app.open.document.paper().block(id) else {
        return Response::Consumed;
    };
    let step = match focus {
        Focus::Marker(index) => block
            .markers
            .get(index)
            .map(|marker| PopupContent::Note(marker.note)),
        Focus::Mention(index) => Some(PopupContent::Mention(index)),
        Focus::Kept(key) => {
            let has_note = app.open.shelf.annotations.own.on(key).is_some();
            if !has_note {
                let words = "{annotate} writes on it, {next-highlight-kind} changes its kind, {remove-highlight} removes it";
                app.notify(Notice::plain(words));
            }
            has_note.then_some(PopupContent::Own(key))
        }
        Focus::Link(index) => {
            let target = block.links.get(index).map(|link| link.target.clone());
            return target.map_or(Response::Consumed, |target| {
                Response::GoTo(RowTarget::Link(target))
            });
        }
    };
    match step {
        Some(step) => Response::open(NotePopup::open(step, Some((id, focus)), app)),
        None => Response::Consumed,
    }
}

fn click(app: &mut App, hit: &ClickTarget) -> Response {
    match hit {
        ClickTarget::Target(block, focus) => return follow_target(app, *block, *focus),
        ClickTarget::Note(note) => return Response::open(NotePopup::open_note(*note, app)),
        ClickTarget::OwnNote(key) => {
            let popup = NotePopup::open_own_note(*key, app);
            return popup.map_or(Response::Consumed, Response::open);
        }
        ClickTarget::Lead(CommentLink::Target(target)) => {
            return Response::GoTo(RowTarget::Link(target.clone()));
        }
        ClickTarget::Lead(CommentLink::Source(source)) => {
            if let Some(step @ PopupContent::Source(note, _)) = app.open.step_of(*source) {
                let mut popup = NotePopup::open_note(note, app);
                popup.go_into_step(step, app);
                return Response::open(popup);
            }
        }
        ClickTarget::Section(index) => {
            let section = app.open.document.paper().sections.get(*index);
            if let Some(start) = section.map(|section| section.blocks.start) {
                app.jump(Position::start_of(BlockId(start)));
            }
        }
        ClickTarget::Paragraph(block) => app.open.view.move_cursor(Position::start_of(*block)),
        ClickTarget::Scrollbar { row, rows } => app.open.scroll_to_share(*row, *rows),
        ClickTarget::Row(_) | ClickTarget::Inside | ClickTarget::OpenNote(_) => {}
    }
    Response::Consumed
}

/// Opens the note with the number, else the nearest one.
fn open_note(app: &mut App, number: Option<u32>) -> Response {
    let Some(number) = number else {
        return match app.open.nearest_opening() {
            Some((step, origin)) => Response::open(NotePopup::open(step, origin, app)),
            None => {
                app.notify(Notice::plain("this paper has no notes"));
                Response::Consumed
            }
        };
    };
    match app.open.document.paper().note_numbered(number) {
        Some(note) => Response::open(NotePopup::open_note(note, app)),
        None => {
            app.notify(Notice::warning(format!("there is no note {number}")));
            Response::Consumed
        }
    }
}

/// Follows a link: the chosen one, the only one of the paragraph, or one from a list of them.
fn open_link(app: &mut App) -> Response {
    if let Some(target) = chosen_link(app) {
        return Response::GoTo(RowTarget::Link(target));
    }
    let block = app
        .open
        .document
        .paper()
        .block(app.open.view.current_block());
    let targets = link::targets(block, usize::MAX);
    let is_link = |&(_, focus): &(BlockId, Focus)| matches!(focus, Focus::Link(_));
    let none = if app.open.view.targets().iter().any(is_link) {
        "no link in this paragraph; {select-next} selects another"
    } else {
        "no link on this screen"
    };
    LinkList::follow_or_open(app, &targets, none)
}

fn chosen_link(app: &App) -> Option<Target> {
    let (block, Focus::Link(index)) = app.open.view.chosen()? else {
        return None;
    };
    let link = app.open.document.paper().block(block)?.links.get(index)?;
    Some(link.target.clone())
}
