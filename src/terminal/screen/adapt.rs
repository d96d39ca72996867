//! Adapts a frame to what the terminal can show.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::row::is_in_default_style;
use crate::terminal::capabilities::TerminalCapabilities;
use crate::terminal::charset;

/// Leaves of a frame what the terminal can show, and puts the nearest for what it cannot. What
/// nobody sees on a blank is taken off it, so that it does not count as a change.
pub(super) fn adapt(frame: &mut Buffer, capabilities: TerminalCapabilities) {
    let is_utf8 = capabilities.charset.is_utf8();
    for cell in &mut frame.content {
        // Most cells are letters as any terminal shows them.
        if is_utf8 && is_in_default_style(cell) {
            continue;
        }
        cell.fg = nearest_colour(cell.fg, capabilities);
        cell.bg = nearest_colour(cell.bg, capabilities);
        cell.underline_color = if capabilities.colours_underlines {
            nearest_colour(cell.underline_color, capabilities)
        } else {
            Color::Reset
        };
        if !capabilities.has_italics && cell.modifier.contains(Modifier::ITALIC) {
            cell.modifier.remove(Modifier::ITALIC);
            cell.modifier.insert(Modifier::UNDERLINED);
        }
        if let Some(shown) = capabilities.charset.in_cell(cell.symbol()) {
            // A marker's figure would else be read as a part of the number before it.
            if charset::is_raised(cell.symbol()) {
                cell.modifier.insert(Modifier::UNDERLINED);
            }
            cell.set_char(shown);
        }
        let lines = Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        if cell.symbol() == " " && !cell.modifier.intersects(lines | Modifier::REVERSED) {
            cell.fg = Color::Reset;
            cell.modifier = Modifier::empty();
        }
        if !cell.modifier.contains(Modifier::UNDERLINED) {
            cell.underline_color = Color::Reset;
        }
    }
}

/// The nearest to a colour that the terminal has, or its default.
fn nearest_colour(colour: Color, capabilities: TerminalCapabilities) -> Color {
    let colour = match colour {
        Color::Rgb(red, green, blue) if !capabilities.has_rgb_colours => {
            Color::Indexed(nearest_of_256([red, green, blue]))
        }
        colour => colour,
    };
    let is_of_sixteen = !matches!(colour, Color::Rgb(..) | Color::Indexed(16..));
    if capabilities.has_colours && (is_of_sixteen || capabilities.has_256_colours) {
        colour
    } else {
        Color::Reset
    }
}

/// The levels of red, green and blue in the cube of colours from 16 to 231.
const CUBE_LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The number of the nearest colour of the cube or of the greys from 232 on.
fn nearest_of_256(rgb: [u8; 3]) -> u8 {
    let distance = |other: [u8; 3]| -> u32 {
        let pairs = rgb.into_iter().zip(other);
        pairs
            .map(|(own, other)| u32::from(own.abs_diff(other)).pow(2))
            .sum()
    };
    let steps = 0..6_u8;
    let level = |step: u8| {
        CUBE_LEVELS
            .get(usize::from(step))
            .copied()
            .unwrap_or_default()
    };
    let nearest_step = |own: u8| {
        let nearest = steps.clone().min_by_key(|step| own.abs_diff(level(*step)));
        nearest.unwrap_or_default()
    };
    let [red, green, blue] = rgb.map(nearest_step);
    let in_cube = (
        16 + 36 * red + 6 * green + blue,
        [red, green, blue].map(level),
    );
    let greys = (0..24_u8).map(|step| (232 + step, [8 + 10 * step; 3]));
    let nearest = greys
        .chain([in_cube])
        .min_by_key(|(_, colour)| distance(*colour));
    nearest.map_or(in_cube.0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_the_terminal_lacks_is_replaced_by_the_nearest() {
        let all = TerminalCapabilities {
            has_rgb_colours: true,
            ..TerminalCapabilities::default()
        };
        let some = TerminalCapabilities::default();
        let sixteen = TerminalCapabilities {
            has_256_colours: false,
            ..some
        };
        let none = TerminalCapabilities {
            has_colours: false,
            ..some
        };
        let orange = Color::Rgb(255, 135, 0);
        for (capabilities, colour, shown) in [
            (all, orange, orange),
            (some, orange, Color::Indexed(208)),
            (some, Color::Rgb(250, 250, 251), Color::Indexed(231)),
            (some, Color::Rgb(30, 29, 28), Color::Indexed(234)),
            (sixteen, orange, Color::Reset),
            (sixteen, Color::Indexed(99), Color::Reset),
            (sixteen, Color::Red, Color::Red),
            (none, Color::Red, Color::Reset),
        ] {
            assert_eq!(nearest_colour(colour, capabilities), shown, "{colour:?}");
        }
    }
}
