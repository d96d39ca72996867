//! The themes that opcit has.
//!
//! But for the first, which is the terminal's own sixteen colours, they name colours of the 256,
//! which look the same on every terminal that has them.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const ITALIC: Style = Style::new().add_modifier(Modifier::ITALIC);
const UNDERLINED: Style = Style::new().add_modifier(Modifier::UNDERLINED);
const REVERSED: Style = Style::new().add_modifier(Modifier::REVERSED);

/// What stands out. The plain blue can hardly be read on black, nor can yellow, cyan, green or
/// any other light colour on white.
const ACCENT: Color = Color::LightBlue;

/// The terminal's own colours. Matches are black on yellow, since yellow letters cannot be read on
/// white.
pub(super) const TERMINAL: Theme = Theme {
    styles: [
        PLAIN,
        BOLD,
        BOLD.fg(ACCENT),
        BOLD,
        PLAIN.fg(Color::Magenta),
        ITALIC,
        BOLD.fg(ACCENT),
        UNDERLINED.fg(ACCENT),
        UNDERLINED.underline_color(Color::DarkGray),
        PLAIN.add_modifier(Modifier::DIM),
        REVERSED,
        PLAIN.fg(Color::Black).bg(Color::Yellow),
        PLAIN.fg(ACCENT),
        BOLD.fg(Color::Magenta),
        BOLD.fg(ACCENT),
        BOLD,
        BOLD.fg(Color::Red),
        PLAIN.fg(Color::Black).bg(Color::Cyan),
        PLAIN.fg(Color::Black).bg(Color::Green),
        PLAIN.fg(Color::Black).bg(Color::LightYellow),
        PLAIN.fg(Color::Black).bg(Color::Gray),
        PLAIN.fg(Color::Black).bg(Color::LightRed),
        PLAIN.fg(Color::Reset),
        PLAIN.fg(Color::Red),
        PLAIN.fg(ACCENT),
        PLAIN.fg(Color::Red),
        PLAIN.fg(Color::Magenta),
    ],
};

/// The colours of a theme, by their numbers among the 256.
struct Palette {
    text: u8,
    ground: u8,
    accent: u8,
    code: u8,
    dim: u8,
    found: u8,
    on_found: u8,
    bookmark: u8,
    warning: u8,
    code_string: u8,
    code_number: u8,
    code_name: u8,
}

pub(super) const DARK: Theme = Theme::from_palette(&Palette {
    text: 252,
    ground: 234,
    accent: 117,
    code: 180,
    dim: 246,
    found: 221,
    on_found: 16,
    bookmark: 176,
    warning: 210,
    code_string: 150,
    code_number: 216,
    code_name: 223,
});

pub(super) const LIGHT: Theme = Theme::from_palette(&Palette {
    text: 235,
    ground: 255,
    accent: 25,
    code: 94,
    dim: 241,
    found: 222,
    on_found: 16,
    bookmark: 90,
    warning: 124,
    code_string: 22,
    code_number: 88,
    code_name: 54,
});

/// For eyes that need much contrast: at least 7:1 everywhere.
pub(super) const CONTRAST: Theme = Theme::from_palette(&Palette {
    text: 231,
    ground: 16,
    accent: 51,
    code: 229,
    dim: 252,
    found: 226,
    on_found: 16,
    bookmark: 219,
    warning: 217,
    code_string: 157,
    code_number: 223,
    code_name: 225,
});

/// Black on a light colour, which can be read on any screen.
const fn on_ground(ground: u8) -> Style {
    PLAIN.fg(Color::Indexed(16)).bg(Color::Indexed(ground))
}

impl Theme {
    const fn from_palette(palette: &Palette) -> Theme {
        let accent = Color::Indexed(palette.accent);
        Theme {
            styles: [
                PLAIN
                    .fg(Color::Indexed(palette.text))
                    .bg(Color::Indexed(palette.ground)),
                BOLD,
                BOLD.fg(accent),
                BOLD,
                PLAIN.fg(Color::Indexed(palette.code)),
                ITALIC,
                BOLD.fg(accent),
                UNDERLINED.fg(accent),
                UNDERLINED.underline_color(Color::Indexed(palette.dim)),
                PLAIN.fg(Color::Indexed(palette.dim)),
                REVERSED,
                PLAIN
                    .fg(Color::Indexed(palette.on_found))
                    .bg(Color::Indexed(palette.found)),
                PLAIN.fg(accent),
                BOLD.fg(Color::Indexed(palette.bookmark)),
                BOLD.fg(accent),
                BOLD,
                BOLD.fg(Color::Indexed(palette.warning)),
                on_ground(117),
                on_ground(150),
                on_ground(229),
                on_ground(252),
                on_ground(217),
                PLAIN.fg(Color::Indexed(palette.dim)),
                PLAIN.fg(Color::Indexed(palette.code_string)),
                PLAIN.fg(accent),
                PLAIN.fg(Color::Indexed(palette.code_number)),
                PLAIN.fg(Color::Indexed(palette.code_name)),
            ],
        }
    }
}
