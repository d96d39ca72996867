//! The settings at the top of the file.

use std::path::PathBuf;

use toml::de::DeValue;

use crate::export::ReferenceFormat;
use crate::formats::CitationStyle;

use super::command_table::check_places;
use super::{Config, one_of};
use crate::reader::kinds::KindNames;
use crate::reader::own_command::{FILE_PLACE, LINE_PLACE};
use crate::reader::settings::{FigureChoice, MEASURES, Placement};
use crate::reader::speech::SpokenNotes;
use crate::reader::theme::ThemeChoice;
use crate::terminal::picture::PictureChoice;

/// The most rows that a screen may repeat of the one before.
const MAX_SCROLL_OFF_ROWS: usize = 20;

/// A setting.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// As it is written in the file.
    pub(super) default: &'static str,
    /// What it is, in sentences.
    pub(super) about: &'static str,
    /// Takes a value, or says what it must be.
    pub(super) set: fn(&mut Config, &DeValue<'_>) -> Result<(), String>,
}

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "measure",
        default: "68",
        about: "How wide the text may be, in columns, from 20 to 160. Keys change it for one paper.",
        set: |config, value| {
            config.settings.measure = number(value, *MEASURES.start(), *MEASURES.end())?;
            Ok(())
        },
    },
    Setting {
        name: "justify",
        default: "false",
        about: "Whether lines end at the right edge of the column, with words hyphenated where the paper's language is known. A key changes it.",
        set: |config, value| {
            config.settings.is_justified = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "spread",
        default: "false",
        about: "Whether the text stands in two columns, as the pages of an open book, where the screen is wide enough. A key changes it.",
        set: |config, value| {
            config.settings.is_spread = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "notes",
        default: "\"auto\"",
        about: "Where notes show without being asked for: \"auto\" (in the margin where there is room), \"popup\" (nowhere), \"foot\" or \"margin\".",
        set: |config, value| {
            let placement = value.as_str().and_then(Placement::named);
            config.settings.placement = placement.ok_or_else(|| one_of(&Placement::NAMES))?;
            Ok(())
        },
    },
    Setting {
        name: "outline",
        default: "true",
        about: "Whether the outline stands beside the text where there is room.",
        set: |config, value| {
            config.settings.outline_pane = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "mouse",
        default: "true",
        about: "Whether opcit hears the mouse. Without it, the terminal selects text.",
        set: |config, value| {
            config.settings.mouse = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "window-title",
        default: "true",
        about: "Whether the window has the paper's title for its own while opcit runs.",
        set: |config, value| {
            config.settings.window_title = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "scroll-off",
        default: "2",
        about: "How many rows of a screen the next one repeats, from 0 to 20.",
        set: |config, value| {
            config.settings.scroll_off = number(value, 0, MAX_SCROLL_OFF_ROWS)?;
            Ok(())
        },
    },
    Setting {
        name: "linear",
        default: "false",
        about: "Whether opcit reads in plain lines, a paragraph at a time, for a screen reader or a braille display; as with --linear.",
        set: |config, value| {
            config.linear = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "theme",
        default: "\"terminal\"",
        about: "The colours: \"terminal\" (its own sixteen), \"dark\", \"light\", \"contrast\" or \"auto\": dark or light as the terminal is, also when that changes.",
        set: |config, value| {
            let themes = value.as_str().and_then(ThemeChoice::named);
            config.themes = themes.ok_or_else(|| one_of(&ThemeChoice::names()))?;
            Ok(())
        },
    },
    Setting {
        name: "pictures",
        default: "\"auto\"",
        about: "By what pages and images are shown: \"auto\" (as the terminal is known to, or says that it can, else by half blocks), \"kitty\", \"iterm2\", \"sixel\", \"halfblocks\" (halves of cells in two colours) or \"none\".",
        set: |config, value| {
            let named = |name: &str| PictureChoice::ALL.into_iter().find(|known| known.0 == name);
            let choice = value.as_str().and_then(named);
            let names = PictureChoice::ALL.map(|known| known.0);
            config.pictures = choice.ok_or_else(|| one_of(&names))?.1;
            Ok(())
        },
    },
    Setting {
        name: "figures",
        default: "\"auto\"",
        about: "Whether images stand in the text: \"auto\" (where the terminal shows pictures otherwise than by half blocks), \"always\" (by these, too) or \"never\".",
        set: |config, value| {
            let named = |name: &str| FigureChoice::ALL.into_iter().find(|known| known.0 == name);
            let choice = value.as_str().and_then(named);
            let names = FigureChoice::ALL.map(|known| known.0);
            config.settings.figures = choice.ok_or_else(|| one_of(&names))?.1;
            Ok(())
        },
    },
    Setting {
        name: "watch",
        default: "true",
        about: "Whether a paper is read again when its file is written anew. A key does it by hand.",
        set: |config, value| {
            config.watches = flag(value)?;
            Ok(())
        },
    },
    Setting {
        name: "start",
        default: "\"front-page\"",
        about: "What `opcit` without a name opens once something was read: \"front-page\", the papers that were read, or \"continue\", the last one.",
        set: |config, value| {
            config.continues = match value.as_str() {
                Some("front-page") => false,
                Some("continue") => true,
                _ => return Err(one_of(&["front-page", "continue"])),
            };
            Ok(())
        },
    },
    Setting {
        name: "opener",
        default: "[]",
        about: "The program that opens an address, which is added to its arguments, as in [\"firefox\", \"--new-tab\"]. [] is the system's own.",
        set: |config, value| {
            config.opener = command(value)?;
            Ok(())
        },
    },
    Setting {
        name: "copy-command",
        default: "[]",
        about: "The program that takes what is copied, on its standard input, as in [\"wl-copy\"]. [] is the terminal's clipboard.",
        set: |config, value| {
            config.copy_command = command(value)?;
            Ok(())
        },
    },
    Setting {
        name: "speak",
        default: "[]",
        about: "The program that reads aloud: {text} among its arguments stands for the words, else it reads them, as in [\"espeak-ng\", \"-v\", \"en\", \"--stdin\"]. [] is the first that is there of espeak-ng, espeak, say and spd-say.",
        set: |config, value| {
            let words = command(value)?;
            check_places(&words)?;
            if words
                .iter()
                .any(|word| word == FILE_PLACE || word.contains(LINE_PLACE))
            {
                return Err(format!(
                    "without {FILE_PLACE} and {LINE_PLACE}: it is given words"
                ));
            }
            config.speech.program = words;
            Ok(())
        },
    },
    Setting {
        name: "speak-notes",
        default: "\"announced\"",
        about: "What is spoken of a note behind the sentence that calls it: \"silent\" (nothing), \"announced\" (its number) or \"spoken\" (its words, and what its short citations stand for).",
        set: |config, value| {
            let named = |name: &str| SpokenNotes::ALL.into_iter().find(|known| known.0 == name);
            let notes = value.as_str().and_then(named);
            let names = SpokenNotes::ALL.map(|known| known.0);
            config.speech.notes = notes.ok_or_else(|| one_of(&names))?.1;
            Ok(())
        },
    },
    Setting {
        name: "bibliography",
        default: "[]",
        about: "Your own bibliographies, in which citations and sources are looked up, as in [\"~/zotero.bib\"].",
        set: |config, value| {
            let paths = command(value).map_err(|_| "a list of files, each in quotation marks")?;
            config.bibliographies = paths.into_iter().map(PathBuf::from).collect();
            Ok(())
        },
    },
    Setting {
        name: "citations",
        default: "\"auto\"",
        about: "How citations by key are set: \"auto\" (as the paper's style says, else by author and year), \"author-date\" or \"notes\".",
        set: |config, value| {
            config.citations = match value.as_str() {
                Some("auto") => CitationStyle::Auto,
                Some("author-date") => CitationStyle::AuthorDate,
                Some("notes") => CitationStyle::Notes,
                _ => return Err(one_of(&["auto", "author-date", "notes"])),
            };
            Ok(())
        },
    },
    Setting {
        name: "references",
        default: "\"bibtex\"",
        about: "What the reference of a source is copied in: \"text\", \"bibtex\", \"biblatex\", \"csl-json\" or \"ris\". A key changes it for one reading.",
        set: |config, value| {
            let format = value.as_str().and_then(ReferenceFormat::named);
            config.settings.references =
                format.ok_or_else(|| one_of(&ReferenceFormat::names().collect::<Vec<_>>()))?;
            Ok(())
        },
    },
    Setting {
        name: "kinds",
        default: "[\"claim\", \"evidence\", \"question\", \"quote\", \"disagree\"]",
        about: "What you call the five kinds of highlights. Files and exports keep the names that are here.",
        set: |config, value| {
            let names = command(value).map_err(|_| "five names, each in quotation marks")?;
            config.kinds = KindNames::new(names)?;
            Ok(())
        },
    },
];

fn number<N>(value: &DeValue<'_>, least: N, most: N) -> Result<N, String>
where
    N: Copy + std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let number = value.as_integer().filter(|number| number.radix() == 10);
    let number = number.and_then(|number| number.as_str().parse().ok());
    let is_allowed = |number: &N| *number >= least && *number <= most;
    let expected = || format!("a number from {least} to {most}");
    number.filter(is_allowed).ok_or_else(expected)
}

pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "true or false".to_owned())
}

/// A program and its arguments. No shell is asked, so that nothing in an address acts on one.
pub(super) fn command(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let expected = || "a list of a program and its arguments, each in quotation marks".to_owned();
    let words = value.as_array().ok_or_else(expected)?.iter();
    words
        .map(|word| {
            word.get_ref()
                .as_str()
                .map(str::to_owned)
                .ok_or_else(expected)
        })
        .collect()
}
