//! The README's pictures: frames that the reader itself draws, as SVG.

#[path = "animation.rs"]
mod animation;

use std::fmt::Write;
use std::iter;
use std::sync::Arc;

use opcit::{formats, reader};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use ratatui::text::Span;

use animation::Scene;

/// A picture's file, its screen in columns and rows, and the keys that lead there.
const PICTURES: [(&str, (u16, u16), &str); 1] = [("docs/margin.svg", (144, 36), "] ]")];

/// The picture that moves, and its screen.
const ANIMATION: (&str, (u16, u16)) = ("docs/tour.svg", (84, 26));

/// The keys that are typed in it one after the other, for how many seconds what they do is shown, and
/// what is said of it.
const SCENES: [(&str, u16, &str); 10] = [
    ("] ]", 3, "opcit paper.pdf"),
    ("f", 4, "f opens the note at hand, beside its marker"),
    ("f", 1, "f closes it again"),
    (
        "1 4 f",
        5,
        "14f opens note 14, and says what “op cit.” stands for",
    ),
    ("Enter", 4, "Enter goes on to that source"),
    ("Ctrl-o", 2, "Ctrl-o comes back"),
    ("Esc v", 3, "v selects the sentence"),
    ("Enter", 3, "Enter highlights it"),
    ("/ s a n c t i o n s", 4, "/ finds as you type"),
    ("Enter S", 5, "S lists the sources, and what rests on each"),
];

/// A cell's width and height, and the space around the screen, in the picture's units.
const CELL: (u16, u16) = (10, 20);
const MARGIN: u16 = 16;
/// How far below a row's top the letters stand.
const BASELINE: u16 = 15;

const TEXT: &str = "#d6d9e0";
const PAGE: &str = "#1d2027";
/// The terminal's own colours but for its black and white, which depend on its theme.
const PALETTE: [(Color, &str); 14] = [
    (Color::Red, "#e0787f"),
    (Color::Green, "#9fc08c"),
    (Color::Yellow, "#e3c27d"),
    (Color::Blue, "#7fadea"),
    (Color::Magenta, "#c49be0"),
    (Color::Cyan, "#74c3cf"),
    (Color::Gray, "#b3b8c2"),
    (Color::DarkGray, "#707683"),
    (Color::LightRed, "#f09aa0"),
    (Color::LightGreen, "#b9d8a7"),
    (Color::LightYellow, "#f2d89f"),
    (Color::LightBlue, "#a3c6f5"),
    (Color::LightMagenta, "#d9b9ee"),
    (Color::LightCyan, "#9adbe4"),
];

/// The pictures: a path in the project, and what the file there holds.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, String)> {
    let document = Arc::new(formats::markdown::parse(formats::embedded()).paper.into());
    let frame = move |size: (u16, u16), keys: &str| {
        let frame = reader::frame(Arc::clone(&document), Size::from(size), keys);
        frame.expect("keys that there are")
    };
    let (path, size) = ANIMATION;
    let mut typed = String::new();
    let scenes: Vec<Scene> = SCENES
        .into_iter()
        .map(|(keys, seconds, caption)| {
            typed.push_str(keys);
            typed.push(' ');
            Scene {
                frame: frame(size, &typed),
                seconds,
                caption: caption.to_owned(),
            }
        })
        .collect();
    let moving = iter::once((path, animation::svg(&scenes)));
    let still = PICTURES.into_iter();
    moving.chain(still.map(move |(path, size, keys)| (path, svg(&frame(size, keys)))))
}

/// Cells of a row that stand side by side and look the same.
struct Run<'a> {
    look: &'a Cell,
    text: String,
    column: u16,
    columns: u16,
}

fn svg(frame: &Buffer) -> String {
    let width = frame.area.width * CELL.0 + 2 * MARGIN;
    let height = frame.area.height * CELL.1 + 2 * MARGIN;
    let mut svg = head(width, height);
    for (row, y) in rows(frame) {
        if !row.is_empty() {
            let _ = write!(svg, "<g transform=\"translate(0 {y})\">\n{row}</g>\n");
        }
    }
    svg + "</svg>\n"
}

/// What a picture of this size begins with.
fn head(width: u16, height: u16) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="16.6" fill="{TEXT}">
<rect width="{width}" height="{height}" rx="10" fill="{PAGE}"/>
"#
    )
}

/// The rows of a frame, each drawn as if it were the topmost, and how far below that it stands.
fn rows(frame: &Buffer) -> impl Iterator<Item = (String, u16)> {
    let columns = usize::from(frame.area.width).max(1);
    let rows = frame.content.chunks(columns);
    rows.zip((MARGIN..).step_by(CELL.1.into()))
        .map(|(cells, y)| {
            let mut row = String::new();
            for run in runs(cells) {
                draw(&run, &mut row).expect("a string takes everything");
            }
            (row, y)
        })
}

fn runs(cells: &[Cell]) -> impl Iterator<Item = Run<'_>> {
    let mut cells = (0..).zip(cells).peekable();
    iter::from_fn(move || {
        let (column, look) = *cells.peek()?;
        let mut run = Run {
            look,
            text: String::new(),
            column,
            columns: 0,
        };
        while let Some((_, cell)) = cells.next_if(|(_, cell)| cell.style() == look.style()) {
            run.text.push_str(cell.symbol());
            run.columns += 1;
            // A wide letter takes the cells after it along.
            for _ in 1..Span::raw(cell.symbol()).width() {
                run.columns += u16::from(cells.next().is_some());
            }
        }
        Some(run)
    })
}

/// Draws a run into a row whose top is at 0.
fn draw(run: &Run, svg: &mut String) -> std::fmt::Result {
    let (mut letters, mut ground) = (colour(run.look.fg, TEXT), colour(run.look.bg, PAGE));
    let is = |modifier| run.look.modifier.contains(modifier);
    if is(Modifier::REVERSED) {
        (letters, ground) = (ground, letters);
    }
    let (x, length) = (MARGIN + run.column * CELL.0, run.columns * CELL.0);
    if ground != PAGE {
        let height = CELL.1;
        writeln!(
            svg,
            r#"<rect x="{x}" width="{length}" height="{height}" fill="{ground}"/>"#
        )?;
    }
    if run.text.trim().is_empty() {
        return Ok(());
    }
    write!(
        svg,
        r#"<text xml:space="preserve" x="{x}" y="{BASELINE}" textLength="{length}""#
    )?;
    for (is_so, attribute) in [
        (letters != TEXT, format!(r#" fill="{letters}""#).as_str()),
        (is(Modifier::BOLD), r#" font-weight="bold""#),
        (is(Modifier::ITALIC), r#" font-style="italic""#),
        (is(Modifier::UNDERLINED), r#" text-decoration="underline""#),
        (
            is(Modifier::CROSSED_OUT),
            r#" text-decoration="line-through""#,
        ),
        (is(Modifier::DIM), r#" opacity="0.62""#),
    ] {
        svg.push_str(if is_so { attribute } else { "" });
    }
    writeln!(svg, ">{}</text>", escaped(&run.text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn colour(colour: Color, otherwise: &'static str) -> &'static str {
    let named = PALETTE.into_iter().find(|(named, _)| *named == colour);
    named.map_or(otherwise, |(_, colour)| colour)
}
