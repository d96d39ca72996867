//! Styles as they are written in the configuration file: `light-blue bold`, `black on #ffd75f`.

use ratatui::style::{Color, Modifier, Style};

use crate::search::nearest;

/// Why a text is no style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StyleError {
    #[error("“{word}” is no colour and no attribute{}", .nearest.map(|name| format!("; “{name}” is meant, perhaps")).unwrap_or_default())]
    UnknownWord {
        word: String,
        nearest: Option<&'static str>,
    },
    #[error("a colour is missing behind “{0}”")]
    NoColour(&'static str),
}

#[rustfmt::skip]
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black), ("red", Color::Red), ("green", Color::Green),
    ("yellow", Color::Yellow), ("blue", Color::Blue), ("magenta", Color::Magenta),
    ("cyan", Color::Cyan), ("grey", Color::Gray), ("dark-grey", Color::DarkGray),
    ("light-red", Color::LightRed), ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow), ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta), ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

const ATTRIBUTES: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("struck", Modifier::CROSSED_OUT),
];

/// A style by its words: a colour, `on` and the colour behind it, `under` and that of the line, and
/// attributes. A colour is one of the
/// sixteen by its name, one of the 256 by its number, or `#rrggbb`.
pub(crate) fn parse_style(text: &str) -> Result<Style, StyleError> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, attribute)) = ATTRIBUTES.iter().find(|named| named.0 == word) {
            style = style.add_modifier(*attribute);
        } else if word == "on" {
            style = style.bg(colour(words.next().ok_or(StyleError::NoColour("on"))?)?);
        } else if word == "under" {
            let line = words.next().ok_or(StyleError::NoColour("under"))?;
            style = style.underline_color(colour(line)?);
        } else {
            style = style.fg(colour(word)?);
        }
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, StyleError> {
    let named = COLOURS
        .iter()
        .find(|named| named.0 == word)
        .map(|named| named.1);
    let numbered = || word.parse().ok().map(Color::Indexed);
    named
        .or_else(numbered)
        .or_else(|| rgb(word))
        .ok_or_else(|| {
            let names = COLOURS.iter().map(|named| named.0);
            let names = names.chain(ATTRIBUTES.iter().map(|named| named.0));
            StyleError::UnknownWord {
                word: word.to_owned(),
                nearest: nearest(word, names),
            }
        })
}

fn rgb(word: &str) -> Option<Color> {
    let digits = word.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

/// The words that a style is written with; empty for one that changes nothing.
pub(crate) fn style_text(style: Style) -> String {
    let mut words = Vec::new();
    words.extend(style.fg.map(colour_text));
    words.extend(style.bg.map(|ground| format!("on {}", colour_text(ground))));
    words.extend(
        style
            .underline_color
            .map(|line| format!("under {}", colour_text(line))),
    );
    let attributes = ATTRIBUTES
        .iter()
        .filter(|named| style.add_modifier.contains(named.1));
    words.extend(attributes.map(|named| named.0.to_owned()));
    words.join(" ")
}

fn colour_text(colour: Color) -> String {
    match (COLOURS.iter().find(|named| named.1 == colour), colour) {
        (Some((name, _)), _) => (*name).to_owned(),
        (None, Color::Indexed(number)) => number.to_string(),
        (None, Color::Rgb(red, green, blue)) => format!("#{red:02x}{green:02x}{blue:02x}"),
        (None, _) => "default".to_owned(),
    }
}
