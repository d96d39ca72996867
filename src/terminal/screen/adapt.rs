//! Adapts a frame to what the terminal can show.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::terminal::capabilities::TerminalCapabilities;
use crate::terminal::charset;

/// Leaves of a frame what the terminal can show, and puts the nearest for what it cannot. What
/// nobody sees on a blank is taken off it, so that it does not count as a change.
pub(super) fn adapt(frame: &mut Buffer, capabilities: TerminalCapabilities) {
    for cell in &mut frame.content {
        if !capabilities.has_colours {
            cell.fg = Color::Reset;
            cell.bg = Color::Reset;
        }
        if !(capabilities.has_colours && capabilities.colours_underlines) {
            cell.underline_color = Color::Reset;
        }
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
