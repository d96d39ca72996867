//! An open note in its box.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::page::draw_runs;
use super::{ClickMap, boxes, decorations};
use crate::layout::ruler;
use crate::layout::typography::typeset;
use crate::paper::BlockId;
use crate::reader::action::{ClickTarget, Focus};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::link;
use crate::reader::open::annotations::KeptKey;
use crate::reader::open::decorations::{Decoration, DecorationRole, of_note_row};
use crate::reader::open::note_view::NotePart;
use crate::reader::open::view::{SelectionEnd, Surface};
use crate::reader::overlays::note::popup::{NotePopup, OpenNote, PopupContent};
use crate::shelf::AnnotationKind;

/// More links than the widest frame has room for.
const MAX_LINKS: usize = 100;

/// The most columns of a mention's words in the title.
const MAX_MENTION_COLUMNS: u16 = 40;

pub(crate) fn draw(app: &App, popup: &NotePopup, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let Some(open) = popup.lay_out(app) else {
        return;
    };
    if open.area.is_empty() {
        return;
    }
    let inside = boxes::open(
        &app.theme,
        open.area,
        &title(app, popup, open.area.width.saturating_sub(6)),
        buffer,
        clicks,
    );
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(2),
        ..inside
    };
    let chosen = app.open.chosen_step(popup);
    let (mut chosen_cells, mut found, mut head) = (None, None, None);
    for (set, row) in open.rows.iter().zip(text.rows()) {
        if let Some(note) = popup.note()
            && let Some(words) = set.text_on(Surface::Box(note), app.open.document.paper())
        {
            clicks.add(row, ClickTarget::OpenNote(note));
            clicks.add_text(row, words, Surface::Box(note));
        }
        let is_lit = |focus| is_chosen(app, chosen, &set.part, focus);
        let lit = draw_runs(
            &app.theme,
            set.line(),
            row,
            buffer,
            clicks,
            is_lit,
            |focus| set.hit(focus),
        );
        chosen_cells = chosen_cells.or(lit.filter(|_| popup.chosen().is_some()));
        if let Some(line) = set.line() {
            let mut lies_over = of_note_row(&app.open, &set.part, line);
            if let NotePart::Block(block) = set.part {
                lies_over.splice(0..0, source_words(app, popup.step(), block));
            }
            let drawn = decorations::draw(&app.theme, &lies_over, line, row, buffer);
            found = found.or(decorations::cells_of_current_match(&drawn));
            head = head_among(app, &drawn, head);
        }
    }
    let place = head.or(chosen_cells).or(found).unwrap_or(text);
    clicks.put_cursor(place.x, place.y);
    if open.area.height >= 3 {
        draw_foot(app, popup, &open, buffer);
    }
}

/// The cell of the end of the selection that keys move, if it is among what was drawn of a row, else
/// the one that was before.
pub(super) fn head_among(
    app: &App,
    drawn: &[(DecorationRole, Rect)],
    before: Option<Rect>,
) -> Option<Rect> {
    let active = app.open.view.selection()?.active;
    let head = decorations::cell_of_head(drawn, active);
    match active {
        SelectionEnd::Start => before.or(head),
        SelectionEnd::End => head.or(before),
    }
}

/// Whether a marker or a link in an open note is of what is chosen there.
pub(super) fn is_chosen(
    app: &App,
    chosen: Option<PopupContent>,
    part: &NotePart,
    focus: Focus,
) -> bool {
    match (part, focus) {
        (NotePart::Comment(comment) | NotePart::Own(_, comment), Focus::Link(link)) => {
            let source = comment.source().filter(|_| link == comment.sign_link());
            source.is_some_and(|source| chosen.is_some_and(|step| step.is_of(source)))
        }
        (NotePart::Block(block), Focus::Marker(marker)) => {
            let block = app.open.document.paper().block(*block);
            let marker = block.and_then(|block| block.markers.get(marker));
            marker.is_some_and(|marker| chosen == Some(PopupContent::Note(marker.note)))
        }
        _ => false,
    }
}

/// The words of the source that the note was opened for.
fn source_words(app: &App, step: PopupContent, block: BlockId) -> Option<Decoration> {
    let PopupContent::Source(_, id) = step else {
        return None;
    };
    let source = app.open.sources().and_then(|sources| sources.get(id))?;
    Some(Decoration {
        bytes: source.passage.bytes_in(block)?,
        role: DecorationRole::Source,
    })
}

/// What led here and what is shown: `21 › 8b`; and the note's label if that is a word.
fn title(app: &App, popup: &NotePopup, room: u16) -> String {
    let steps: Vec<String> = popup.steps().map(|step| name(app, step)).collect();
    let title = steps.join(" › ");
    let label = popup
        .note()
        .filter(|_| matches!(popup.step(), PopupContent::Note(_)))
        .and_then(|note| app.open.document.paper().note(note))
        .filter(|note| note.label != note.number.to_string());
    let title = match label {
        Some(note) => format!("{title} · {}", note.label),
        None => title,
    };
    ruler::shorten(&title, room).into_owned()
}

fn name(app: &App, step: PopupContent) -> String {
    let paper = app.open.document.paper();
    match step {
        PopupContent::Note(note) => paper
            .note(note)
            .map_or_else(String::new, |note| note.number.to_string()),
        PopupContent::Source(_, source) => app
            .open
            .sources()
            .and_then(|sources| sources.get(source))
            .map_or_else(String::new, |source| source.name.clone()),
        PopupContent::Own(key) => own_name(app, key),
        PopupContent::Mention(index) => app
            .open
            .sources()
            .and_then(|sources| sources.mentions().get(index))
            .map_or_else(String::new, |mention| {
                let words = typeset(&paper.words(mention.passage), app.open.quotation_marks());
                ruler::shorten(&words, MAX_MENTION_COLUMNS).into_owned()
            }),
    }
}

/// `ᵃ · claim`, and how sure its place is if that is not certain.
fn own_name(app: &App, key: KeptKey) -> String {
    let annotations = &app.open.shelf.annotations;
    let (Some(note), Some(kept)) = (annotations.own.on(key), annotations.by_key(key)) else {
        return String::new();
    };
    let kind = match &kept.kind {
        AnnotationKind::Highlight(kind) => app.kinds.name(kind),
        kind => kind.name(),
    };
    let certainty = Some(kept.found.name()).filter(|name| *name != "exact");
    let parts = [Some(note.mark.as_str()), Some(kind), certainty];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// On the frame's lower edge: the note's links by number, and whether there is more of it.
fn draw_foot(app: &App, popup: &NotePopup, open: &OpenNote, buffer: &mut Buffer) {
    let area = open.area;
    let edge = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    let key = app.keymap.key_of(Context::Note, "line-down");
    let more = format!(" ▾ more: {key} ");
    let says = match (open.goes_back, open.goes_on) {
        (_, true) => [more.as_str(), " ▾ "],
        (true, false) => [" ▴ end ", " ▴ "],
        (false, false) => ["", ""],
    };
    let fits = |says: &&str| ruler::columns(says) + 2 <= area.width;
    let more = says.into_iter().find(fits).unwrap_or_default();
    let columns = ruler::columns(more);
    let start = edge.right().saturating_sub(columns + 2).max(edge.x);
    buffer.set_stringn(start, edge.y, more, columns.into(), app.theme.title());
    let room = start.saturating_sub(edge.x + 2);
    let links = links(app, popup, room);
    let links = ruler::shorten(&links, room);
    buffer.set_stringn(
        (edge.x + 2).min(edge.right()),
        edge.y,
        links,
        room.into(),
        app.theme.dim(),
    );
}

/// ` o: 1 reuters.com/world  2 kremlin.ru/supplement/5920 `, each cut to its share of the room;
/// nothing for a note without links.
fn links(app: &App, popup: &NotePopup, room: u16) -> String {
    let targets = app.open.links_of(popup, MAX_LINKS);
    let Ok(count @ 1..) = u16::try_from(targets.len()) else {
        return String::new();
    };
    let share = (room / count).saturating_sub(4).max(8);
    let numbered = targets.iter().enumerate().map(|(index, target)| {
        let name = link::name(app.open.document.paper(), target);
        let short = ruler::shorten_inside(link::without_scheme(&name), share);
        format!("{} {short}", index + 1)
    });
    format!(" o: {} ", numbered.collect::<Vec<_>>().join("  "))
}
