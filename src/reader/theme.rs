//! How everything looks: the only file that names a colour.
//!
//! The colours are the terminal's own, so that they fit the reader's theme, and no state is told
//! by colour alone: under `NO_COLOR` there is none.

use ratatui::style::{Color, Modifier, Style};

use crate::layout::{Part, Role};

/// What stands out. The plain blue can hardly be read on black, nor can yellow, cyan, green or
/// any other light colour on white.
const ACCENT: Color = Color::LightBlue;

/// How a run of the text looks.
pub(crate) fn run(role: Role) -> Style {
    let mut style = match role.part {
        Part::Body | Part::Bullet => Style::new(),
        Part::Title => Style::new().add_modifier(Modifier::BOLD),
        Part::Imprint | Part::Furniture => dim(),
        Part::Heading(1) => Style::new().fg(ACCENT).add_modifier(Modifier::BOLD),
        Part::Heading(2) => Style::new().add_modifier(Modifier::BOLD),
        Part::Heading(_) => Style::new().add_modifier(Modifier::BOLD | Modifier::ITALIC),
        Part::Code => Style::new().fg(Color::Magenta),
        Part::Quote => Style::new().add_modifier(Modifier::ITALIC),
        Part::Marker(_) => Style::new().fg(ACCENT).add_modifier(Modifier::BOLD),
        Part::Link(_) => Style::new().fg(ACCENT).add_modifier(Modifier::UNDERLINED),
    };
    for (is_set, modifier) in [
        (role.emphasis, Modifier::ITALIC),
        (role.strong, Modifier::BOLD),
        (role.struck, Modifier::CROSSED_OUT),
    ] {
        if is_set {
            style = style.add_modifier(modifier);
        }
    }
    style
}

/// A mention in the text that leads to its sources: less than a link, which is coloured as well.
pub(crate) fn mention() -> Style {
    Style::new()
        .add_modifier(Modifier::UNDERLINED)
        .underline_color(Color::DarkGray)
}

/// What is there to help, not to be read.
pub(crate) fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

/// The chosen marker or link, the lit row of a list, the line that a jump led to.
pub(crate) fn lit() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}

/// What was searched for, where it stands in the text: black on yellow, since yellow letters
/// cannot be read on white.
pub(crate) fn found() -> Style {
    Style::new()
        .fg(Color::Black)
        .bg(Color::Yellow)
        .add_modifier(FOUND)
}

/// What tells it without colours.
const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);

/// The match that the reader is at.
pub(crate) fn current_match() -> Style {
    current_match_in_lit_row().add_modifier(Modifier::REVERSED)
}

pub(crate) fn current_match_in_lit_row() -> Style {
    Style::new()
        .fg(Color::Reset)
        .bg(Color::Reset)
        .add_modifier(FOUND)
        .remove_modifier(Modifier::REVERSED)
}

/// The bar beside the paragraph in hand, and other signs in the gutter.
pub(crate) fn sign() -> Style {
    Style::new().fg(ACCENT)
}

/// A bookmark, wherever it shows.
pub(crate) fn bookmark() -> Style {
    Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD)
}

/// The title of a section, a list or a box.
pub(crate) fn title() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// The row of the outline that stands for what is being read.
pub(crate) fn current() -> Style {
    Style::new().fg(ACCENT).add_modifier(Modifier::BOLD)
}

/// A key, where the footer or the help names one.
pub(crate) fn key() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

pub(crate) fn warning() -> Style {
    Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Role;

    /// The colours that can be read on the ground of a dark theme and of a light one.
    const READABLE: [Option<Color>; 5] = [
        None,
        Some(Color::Reset),
        Some(Color::LightBlue),
        Some(Color::Magenta),
        Some(Color::Red),
    ];

    #[test]
    fn whatever_stands_on_the_terminals_own_ground_can_be_read_light_or_dark() {
        let parts = [
            Part::Body,
            Part::Bullet,
            Part::Title,
            Part::Imprint,
            Part::Furniture,
            Part::Heading(1),
            Part::Heading(2),
            Part::Heading(3),
            Part::Code,
            Part::Quote,
            Part::Marker(0),
            Part::Link(0),
        ];
        let runs = parts.map(|part| {
            run(Role {
                part,
                emphasis: true,
                strong: true,
                struck: true,
            })
        });
        let others = [
            mention(),
            dim(),
            lit(),
            found(),
            current_match(),
            current_match_in_lit_row(),
            sign(),
            bookmark(),
            title(),
            current(),
            key(),
            warning(),
        ];
        for style in runs.into_iter().chain(others) {
            let has_own_ground = style.bg.is_none_or(|ground| ground == Color::Reset);
            assert!(!has_own_ground || READABLE.contains(&style.fg), "{style:?}");
        }
    }
}
