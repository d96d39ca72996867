mod cursor;
mod pictures;
mod prints;
mod window;

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};

use super::*;

const SIZE: Size = Size::new(80, 24);

/// A screen whose output a terminal emulator reads.
struct EmulatedScreen {
    screen: Screen<Vec<u8>>,
    emulator: vt100::Parser,
}

impl EmulatedScreen {
    fn new(size: Size) -> Self {
        let side = |length| NonZeroU16::new(length).unwrap();
        Self {
            screen: Screen::new(Vec::new()).with_capabilities(TerminalCapabilities {
                has_rgb_colours: true,
                ..TerminalCapabilities::default()
            }),
            emulator: vt100::Parser::new(side(size.height), side(size.width), 0),
        }
    }

    /// Draws the frame, and returns what it took.
    fn draw(&mut self, size: Size, paint: impl FnOnce(&mut Buffer, Rect)) -> Vec<u8> {
        self.screen.draw(size, paint).unwrap();
        let bytes = mem::take(&mut self.screen.output);
        self.emulator.process(&bytes);
        bytes
    }

    /// Draws the rows of text, and returns how many bytes that took.
    fn show(&mut self, rows: &[String]) -> usize {
        let bytes = self.draw(SIZE, |buffer, area| paint_rows(buffer, area, rows));
        let shown: Vec<_> = self.emulator.screen().rows(0, SIZE.width).collect();
        for (row, shown) in shown.iter().enumerate() {
            let painted = rows.get(row).map_or("", String::as_str);
            assert_eq!(shown.trim_end(), painted.trim_end());
        }
        bytes.len()
    }

    /// Asserts that the emulator shows what the screen believes.
    fn assert_shows_what_was_painted(&self) {
        let buffer = &self.screen.shown;
        let screen = self.emulator.screen();
        for row in buffer.area.rows() {
            let (y, mut column) = (row.y, 0);
            while column < row.right() {
                let painted = buffer.cell((column, row.y)).unwrap();
                let shown = screen.cell(row.y, column).unwrap();
                let text = match shown.contents() {
                    "" => " ",
                    text => text,
                };
                assert_eq!(text, painted.symbol(), "text at {column}, {y}");
                assert_eq!(
                    colour(shown.bgcolor()),
                    painted.bg,
                    "background at {column}, {y}"
                );
                let has = |modifier| painted.modifier.contains(modifier);
                assert_eq!(
                    shown.inverse(),
                    has(Modifier::REVERSED),
                    "reversal at {column}, {y}"
                );
                let is_underlined = has(Modifier::UNDERLINED);
                assert_eq!(shown.underline(), is_underlined, "line at {column}, {y}");
                if text != " " {
                    assert_eq!(
                        colour(shown.fgcolor()),
                        painted.fg,
                        "colour at {column}, {y}"
                    );
                    assert_eq!(shown.bold(), has(Modifier::BOLD), "bold at {column}, {y}");
                    assert_eq!(shown.dim(), has(Modifier::DIM), "dim at {column}, {y}");
                    assert_eq!(
                        shown.italic(),
                        has(Modifier::ITALIC),
                        "italic at {column}, {y}"
                    );
                }
                column += painted.cell_width();
            }
        }
    }
}

fn colour(shown: vt100::Color) -> Color {
    match shown {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(3) => Color::Yellow,
        vt100::Color::Idx(4) => Color::Blue,
        vt100::Color::Idx(14) => Color::LightCyan,
        vt100::Color::Idx(99) => Color::Indexed(99),
        vt100::Color::Rgb(1, 2, 3) => Color::Rgb(1, 2, 3),
        other => panic!("a colour that nobody painted: {other:?}"),
    }
}

fn paint_rows(buffer: &mut Buffer, area: Rect, rows: &[String]) {
    for (y, row) in area.rows().zip(rows) {
        buffer.set_stringn(0, y.y, row, area.width.into(), Style::new());
    }
}

/// Lines of prose of about 68 columns, all different, as from a page with a margin.
fn prose(first: usize, rows: usize) -> Vec<String> {
    let words = [
        "treaty",
        "on",
        "weapon",
        "of",
        "state",
        "autonomous",
        "the",
        "law",
        "and",
        "Geneva",
        "drones",
        "position",
        "a",
    ];
    (first..first + rows)
        .map(|line| {
            let mut text = format!("      {line} ");
            let mut seed = line * 7919 + 13;
            while text.len() < 60 {
                text.push_str(words[seed / 7 % words.len()]);
                text.push(' ');
                seed = seed * 31 % 65_537 + line;
            }
            text
        })
        .collect()
}

fn with_footer(mut rows: Vec<String>, footer: &str) -> Vec<String> {
    rows.push(footer.to_owned());
    rows
}

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let mut screen = EmulatedScreen::new(SIZE);
    assert!(screen.show(&prose(0, 24)) > 0);
    assert_eq!(screen.show(&prose(0, 24)), 0);
}

#[test]
fn a_line_further_or_back_takes_fewer_than_300_bytes() {
    let mut screen = EmulatedScreen::new(SIZE);
    let page = |line| with_footer(prose(line, 23), &format!("Introduction, {line} %"));
    screen.show(&page(10));
    for line in [11, 12, 11, 10, 9] {
        let bytes = screen.show(&page(line));
        assert!(bytes < 300, "{bytes} bytes to line {line}");
    }
}

#[test]
fn half_a_page_further_is_scrolled_too() {
    let mut screen = EmulatedScreen::new(SIZE);
    let whole = screen.show(&prose(0, 23));
    let half = screen.show(&prose(11, 23));
    assert!(half < whole * 6 / 10, "{half} of {whole} bytes");
}

#[test]
fn text_is_scrolled_beside_an_outline_that_stays() {
    let beside = |line| {
        let text = prose(line, 24).into_iter().enumerate();
        text.map(|(row, text)| {
            if row < 8 {
                format!("{row}. Part{text}")
            } else {
                format!("       {text}")
            }
        })
        .collect::<Vec<_>>()
    };
    let mut screen = EmulatedScreen::new(SIZE);
    let whole = screen.show(&beside(0));
    let further = screen.show(&beside(1));
    assert!(further < whole / 2, "{further} of {whole} bytes");
}

#[test]
fn another_page_takes_about_as_many_bytes_as_its_text() {
    let mut screen = EmulatedScreen::new(SIZE);
    let whole = screen.show(&prose(0, 24));
    let other = screen.show(&prose(1000, 24));
    assert!(other < whole * 11 / 10, "{other} against {whole} bytes");
}

#[test]
fn a_page_between_a_header_and_a_footer_is_scrolled_between_them() {
    let framed = |line| {
        let mut rows = vec!["Introduction".to_owned()];
        rows.extend(prose(line, 22));
        with_footer(rows, "q quit")
    };
    let mut screen = EmulatedScreen::new(SIZE);
    screen.show(&framed(5));
    let bytes = screen.draw(SIZE, |buffer, area| paint_rows(buffer, area, &framed(7)));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\x1b[2;23r\x1b[2S\x1b[r"), "{text:?}");
}

#[test]
fn a_row_that_comes_in_is_not_in_the_colour_of_the_last_cell() {
    let mut screen = EmulatedScreen::new(SIZE);
    let footer = Style::new()
        .bg(Color::Blue)
        .add_modifier(Modifier::REVERSED);
    for line in 0..4 {
        screen.draw(SIZE, |buffer, area| {
            paint_rows(buffer, area, &prose(line, 20));
            buffer.set_string(0, 23, " ".repeat(80), footer);
        });
        screen.assert_shows_what_was_painted();
    }
}

#[test]
fn every_frame_is_one_complete_update() {
    let mut screen = EmulatedScreen::new(SIZE);
    for line in [0, 1, 9, 500] {
        let bytes = screen.draw(SIZE, |buffer, area| {
            paint_rows(buffer, area, &prose(line, 24));
        });
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"));
        assert_eq!(text.matches("\x1b[?2026").count(), 2);
    }
}

#[test]
fn a_frame_is_one_write() {
    #[derive(Default)]
    struct Counter(usize);
    impl Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += 1;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut screen = Screen::new(Counter::default());
    for (frame, line) in [0, 1, 30].into_iter().enumerate() {
        let paint = |buffer: &mut Buffer, area| paint_rows(buffer, area, &prose(line, 24));
        screen.draw(SIZE, paint).unwrap();
        assert_eq!(screen.output.0, frame + 1);
    }
}

#[test]
fn after_an_invalidation_the_screen_is_cleared_and_sent_whole() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.show(&prose(0, 24));
    screen
        .emulator
        .process(b"\x1b[2;2Hsomebody was here\x1b[44m");
    screen.screen.invalidate();
    screen.show(&prose(0, 24));
    screen.assert_shows_what_was_painted();
}

#[test]
fn a_frame_that_could_not_be_written_is_sent_whole_the_next_time() {
    struct Full(Vec<u8>, bool);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut screen = Screen::new(Full(Vec::new(), true));
    let paint = |buffer: &mut Buffer, area| paint_rows(buffer, area, &prose(0, 24));
    assert!(screen.draw(SIZE, paint).is_err());
    screen.output.1 = false;
    screen.draw(SIZE, paint).unwrap();
    let text = String::from_utf8(screen.output.0).unwrap();
    assert!(text.contains("\x1b[2J") && text.contains("22 "));
}

#[test]
fn a_screen_of_no_size_is_painted_and_writes_nothing() {
    for size in [Size::new(0, 0), Size::new(0, 5), Size::new(5, 0)] {
        let mut screen = Screen::new(Vec::new());
        let area = screen.draw(size, |_, area| area).unwrap();
        assert!(area.is_empty());
        assert!(screen.output.is_empty());
    }
}

#[test]
fn an_absurd_size_is_painted_in_part() {
    let mut screen = Screen::new(Vec::new());
    let size = Size::new(u16::MAX, u16::MAX);
    let area = screen.draw(size, |_, area| area).unwrap();
    assert_eq!(area, Rect::new(0, 0, 1000, 500));
}

#[test]
fn what_is_painted_over_half_a_wide_character_is_shown_whole() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.draw(SIZE, |buffer, _| {
        buffer.set_string(0, 0, "核武器核武器", Style::new());
        buffer.set_string(3, 0, "│ab│", Style::new());
    });
    screen.assert_shows_what_was_painted();
    let row = screen.emulator.screen().rows(0, 80).next().unwrap();
    assert_eq!(row.trim_end(), "核 │ab│ 武器");
}

#[test]
fn a_wide_character_that_the_edge_cuts_off_leaves_the_next_row_alone() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.draw(SIZE, |buffer, _| {
        buffer.cell_mut((79, 0)).unwrap().set_symbol("核");
        buffer.set_string(0, 1, "next", Style::new());
    });
    screen.assert_shows_what_was_painted();
    let rows: Vec<_> = screen.emulator.screen().rows(0, 80).take(2).collect();
    assert_eq!(rows, ["", "next"]);
}

#[test]
fn after_what_terminals_differ_on_the_next_cell_is_found_by_its_place() {
    for (grapheme, columns) in [("😀", 2), ("❤\u{fe0f}", 2), ("🇨🇳", 2), ("👩\u{200d}🚀", 2)]
    {
        let mut screen = EmulatedScreen::new(SIZE);
        let bytes = screen.draw(SIZE, |buffer, _| {
            buffer.set_string(4, 1, format!("a{grapheme}b"), Style::new());
        });
        let text = String::from_utf8(bytes).unwrap();
        // Blanks first, for where it is shown in one column.
        let expected = format!("a  \x1b[2;6H{grapheme}\x1b[2;{}Hb", 6 + columns);
        assert!(text.contains(&expected), "{text:?}");
    }
}

#[test]
fn letters_with_accents_and_ideographs_take_no_jumps() {
    let mut screen = EmulatedScreen::new(SIZE);
    let text = "e\u{301}té 核武器 “x”—¹⁴";
    let bytes = screen.draw(SIZE, |buffer, _| {
        buffer.set_string(0, 0, text, Style::new());
    });
    assert!(String::from_utf8(bytes).unwrap().contains(text));
    screen.assert_shows_what_was_painted();
}

#[test]
fn blanks_are_erased_and_looks_are_said_at_once() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.draw(SIZE, |buffer, _| {
        buffer.set_string(0, 0, "x".repeat(80), Style::new());
        buffer.set_string(0, 1, "x".repeat(80), Style::new());
    });
    let heading = Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD);
    let bytes = screen.draw(SIZE, |buffer, _| {
        buffer.set_string(0, 0, "ab", heading);
        buffer.set_string(0, 1, "cd", Style::new());
        buffer.set_string(78, 1, "ef", Style::new());
    });
    let text = String::from_utf8(bytes).unwrap();
    let frame = "\x1b[1;1H\x1b[1;33mab\x1b[K\x1b[2;1H\x1b[0mcd\x1b[76X\x1b[76Cef";
    assert_eq!(text, format!("\x1b[?2026h{frame}\x1b[?2026l"));
    screen.assert_shows_what_was_painted();
}

#[test]
fn an_old_terminal_is_sent_neither_colours_nor_what_it_does_not_know() {
    let old = TerminalCapabilities {
        has_colours: false,
        has_italics: false,
        can_scroll_and_erase: false,
        has_synchronized_output: false,
        has_window: false,
        ..TerminalCapabilities::default()
    };
    let mut screen = Screen::new(Vec::new()).with_capabilities(old);
    for line in [0, 1] {
        let paint = |buffer: &mut Buffer, area| {
            paint_rows(buffer, area, &prose(line, 24));
            let style = Style::new()
                .fg(Color::Yellow)
                .add_modifier(Modifier::ITALIC);
            buffer.set_string(20, 0, "emphasis", style);
            buffer.set_string(78, 1, "ab", style);
        };
        screen.draw(SIZE, paint).unwrap();
    }
    let text = String::from_utf8(screen.output).unwrap();
    let words: Vec<&str> = text.split('\x1b').skip(1).collect();
    let is_known = |word: &&str| {
        let end = word.find(|c: char| !matches!(c, '[' | '0'..='9' | ';'));
        let rest = word.split_at(end.unwrap()).1;
        rest.starts_with(['H', 'C', 'K'])
            || ["[0m", "[4m", "[2J"]
                .iter()
                .any(|known| word.starts_with(known))
    };
    let unknown: Vec<_> = words.iter().filter(|word| !is_known(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_resize_sends_the_frame_whole() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.show(&prose(0, 24));
    let small = Size::new(20, 5);
    let (rows, columns) = (NonZeroU16::new(5).unwrap(), NonZeroU16::new(20).unwrap());
    screen.emulator.screen_mut().set_size(rows, columns);
    screen.draw(small, |buffer, area| paint_rows(buffer, area, &prose(3, 5)));
    screen.assert_shows_what_was_painted();
}

/// What a frame is made of: which line stands where, and what is laid over it.
#[derive(Debug, Clone)]
struct Scene {
    first_line: usize,
    top: u16,
    outline: bool,
    popup: Option<(u16, u16)>,
    invalidated: bool,
}

const SMALL: Size = Size::new(24, 10);

fn scenes() -> impl Strategy<Value = Vec<Scene>> {
    let scene = (
        0..12_usize,
        0..4_u16,
        any::<bool>(),
        proptest::option::of((0..24_u16, 0..10_u16)),
        proptest::bool::weighted(0.05),
    );
    let scene = scene.prop_map(|(first_line, top, outline, popup, invalidated)| Scene {
        first_line,
        top,
        outline,
        popup,
        invalidated,
    });
    proptest::collection::vec(scene, 1..12)
}

/// Looks of each kind. The emulator knows no letters that are both bold and dim.
fn styles() -> impl Strategy<Value = Style> {
    let looks = [
        (Color::Reset, Color::Reset, Modifier::empty()),
        (Color::Reset, Color::Reset, Modifier::empty()),
        (Color::Reset, Color::Reset, Modifier::empty()),
        (Color::Reset, Color::Blue, Modifier::empty()),
        (Color::Yellow, Color::Reset, Modifier::BOLD),
        (Color::LightCyan, Color::Blue, Modifier::UNDERLINED),
        (Color::Indexed(99), Color::Reset, Modifier::DIM),
        (Color::Rgb(1, 2, 3), Color::Reset, Modifier::ITALIC),
        (Color::Reset, Color::Reset, Modifier::REVERSED),
        (
            Color::Reset,
            Color::Reset,
            Modifier::BOLD | Modifier::ITALIC,
        ),
        (
            Color::Yellow,
            Color::Reset,
            Modifier::DIM | Modifier::REVERSED,
        ),
        (
            Color::Reset,
            Color::Reset,
            Modifier::UNDERLINED | Modifier::CROSSED_OUT,
        ),
    ];
    proptest::sample::select(looks.to_vec()).prop_map(|(letters, behind, modifiers)| {
        Style::new().fg(letters).bg(behind).add_modifier(modifiers)
    })
}

/// Lines of narrow and wide characters, combining marks, blanks, and styles that show on blanks.
fn lines() -> impl Strategy<Value = Vec<Vec<(&'static str, Style)>>> {
    let piece = prop_oneof![
        Just("a"),
        Just("bc"),
        Just(" "),
        Just("            "),
        Just("核"),
        Just("😀"),
        Just("e\u{301}"),
        Just("❤\u{fe0f}"),
        Just("│"),
    ];
    let run = (piece, styles());
    proptest::collection::vec(proptest::collection::vec(run, 0..16), 20)
}

fn paint_scene(
    buffer: &mut Buffer,
    area: Rect,
    scene: &Scene,
    lines: &[Vec<(&'static str, Style)>],
) {
    for (row, line) in (scene.top..area.height).zip(lines.iter().skip(scene.first_line)) {
        let mut x = if scene.outline { 5 } else { 0 };
        for &(text, style) in line {
            let room = usize::from(area.width.saturating_sub(x));
            x = buffer.set_stringn(x, row, text, room, style).0;
        }
        if scene.outline {
            buffer.set_string(0, row, format!("s{row}"), Style::new());
        }
    }
    if let Some((x, y)) = scene.popup {
        let room = usize::from(area.width.saturating_sub(x));
        for y in y..area.height.min(y + 3) {
            buffer.set_stringn(x, y, "│pop│", room, Style::new());
        }
    }
}

proptest! {
    #[test]
    fn the_terminal_shows_what_was_painted_whatever_came_before(
        scenes in scenes(),
        lines in lines(),
    ) {
        let mut screen = EmulatedScreen::new(SMALL);
        for scene in &scenes {
            if scene.invalidated {
                screen.screen.invalidate();
            }
            screen.draw(SMALL, |buffer, area| paint_scene(buffer, area, scene, &lines));
            screen.assert_shows_what_was_painted();
        }
    }

    #[test]
    fn a_scrolled_region_that_is_found_makes_the_frames_more_alike(
        before in 0..30_usize,
        after in 0..30_usize,
    ) {
        let area = Rect::new(0, 0, 80, 24);
        let (mut shown, mut next) = (Buffer::empty(area), Buffer::empty(area));
        paint_rows(&mut shown, area, &prose(before, 24));
        paint_rows(&mut next, area, &prose(after, 24));
        let unlike = |shown: &Buffer| shown.diff_iter(&next).count();
        let changed = unlike(&shown);
        let printer = RowPrinter::default();
        let (shown_rows, next_rows) = (printer.of(&shown), printer.of(&next));
        let region = ScrollRegion::between((&shown, &shown_rows), (&next, &next_rows));
        prop_assert_eq!(region.is_some(), before != after && before.abs_diff(after) < 24);
        if let Some(region) = region {
            region.apply(&mut shown);
            prop_assert!(unlike(&shown) < changed);
        }
    }
}
