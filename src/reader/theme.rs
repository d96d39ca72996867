//! How everything looks: the only file that names a colour.
//!
//! The colours are the terminal's own unless another theme is chosen, so that they fit the reader's
//! screen. No state is told by colour alone: under `NO_COLOR` there is none.

mod embedded;
mod style_text;

pub(crate) use style_text::{parse_style, style_text};

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use super::open::code_roles::CodeRole;
use super::open::decorations::HighlightLook;
use crate::layout::{Part, Role};
use crate::terminal::ground::Ground;

/// What something on the screen is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThemeRole {
    /// The text, and the ground of the whole screen.
    Text,
    Title,
    Heading,
    Subheading,
    Code,
    Quote,
    Marker,
    Link,
    Mention,
    Dim,
    Selected,
    Found,
    Gutter,
    Bookmark,
    Current,
    Key,
    Warning,
    Claim,
    Evidence,
    Question,
    Quotation,
    Disagree,
    CodeComment,
    CodeString,
    CodeKeyword,
    CodeNumber,
    CodeName,
}

/// A style for each role.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Theme {
    styles: [Style; ThemeRole::ALL.len()],
}

/// What the reader has chosen: a theme for each ground that the terminal may have.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ThemeChoice {
    unknown: Theme,
    dark: Theme,
    light: Theme,
}

impl ThemeRole {
    /// Each, in their order, with its name in the configuration file and what it is.
    pub(crate) const ALL: [(&'static str, ThemeRole, &'static str); 27] = [
        (
            "text",
            ThemeRole::Text,
            "the text, and the ground of the screen",
        ),
        (
            "title",
            ThemeRole::Title,
            "titles of the paper, of lists and of boxes",
        ),
        ("heading", ThemeRole::Heading, "headings of the first level"),
        (
            "subheading",
            ThemeRole::Subheading,
            "headings of the second level; those below are in italics as well",
        ),
        ("code", ThemeRole::Code, "code"),
        ("quote", ThemeRole::Quote, "quotations in blocks"),
        ("marker", ThemeRole::Marker, "markers of notes"),
        ("link", ThemeRole::Link, "links"),
        ("mention", ThemeRole::Mention, "words that lead to a source"),
        (
            "dim",
            ThemeRole::Dim,
            "what is there to help, not to be read",
        ),
        (
            "selected",
            ThemeRole::Selected,
            "the selected marker, link or row",
        ),
        ("found", ThemeRole::Found, "what was searched for"),
        (
            "gutter",
            ThemeRole::Gutter,
            "the bar beside the current paragraph",
        ),
        (
            "bookmark",
            ThemeRole::Bookmark,
            "bookmarks, and marks of your own notes",
        ),
        (
            "current",
            ThemeRole::Current,
            "where you are, in the outline and above the text",
        ),
        ("key", ThemeRole::Key, "names of keys"),
        ("warning", ThemeRole::Warning, "warnings"),
        ("claim", ThemeRole::Claim, "highlighted claims"),
        ("evidence", ThemeRole::Evidence, "highlighted evidence"),
        ("question", ThemeRole::Question, "highlighted questions"),
        (
            "quotation",
            ThemeRole::Quotation,
            "what is highlighted to be quoted",
        ),
        (
            "disagree",
            ThemeRole::Disagree,
            "what is highlighted in disagreement",
        ),
        ("code-comment", ThemeRole::CodeComment, "comments in code"),
        ("code-string", ThemeRole::CodeString, "strings in code"),
        (
            "code-keyword",
            ThemeRole::CodeKeyword,
            "keywords of its language in code",
        ),
        ("code-number", ThemeRole::CodeNumber, "numbers in code"),
        (
            "code-name",
            ThemeRole::CodeName,
            "what is declared or called in code",
        ),
    ];
}

/// What tells a match without colours.
const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);

impl Default for Theme {
    /// The terminal's own colours.
    fn default() -> Self {
        embedded::TERMINAL
    }
}

impl ThemeChoice {
    /// The name of the choice that leaves it to the terminal's ground.
    const AUTO: &str = "auto";

    /// The names of all that can be chosen.
    pub(crate) fn names() -> Vec<&'static str> {
        let embedded = Theme::EMBEDDED.iter().map(|named| named.0);
        embedded.chain([Self::AUTO]).collect()
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        if name == Self::AUTO {
            return Some(ThemeChoice {
                unknown: embedded::TERMINAL,
                dark: embedded::DARK,
                light: embedded::LIGHT,
            });
        }
        let (_, theme) = Theme::EMBEDDED.into_iter().find(|named| named.0 == name)?;
        Some(ThemeChoice {
            unknown: theme.clone(),
            dark: theme.clone(),
            light: theme,
        })
    }

    /// Whether the terminal's ground makes a difference.
    pub(crate) fn follow_ground(&self) -> bool {
        self.dark != self.light
    }

    /// The theme for a ground, or for one that is not known, which fits any.
    pub(crate) fn on(&self, ground: Option<Ground>) -> &Theme {
        match ground {
            None => &self.unknown,
            Some(Ground::Dark) => &self.dark,
            Some(Ground::Light) => &self.light,
        }
    }

    /// Has a role look so whatever the ground is.
    pub(crate) fn set_style(&mut self, role: ThemeRole, style: Style) {
        for theme in [&mut self.unknown, &mut self.dark, &mut self.light] {
            theme.set_style(role, style);
        }
    }
}

impl Theme {
    /// Those that opcit has, by name.
    pub(crate) const EMBEDDED: [(&'static str, Theme); 4] = [
        ("terminal", embedded::TERMINAL),
        ("dark", embedded::DARK),
        ("light", embedded::LIGHT),
        ("contrast", embedded::CONTRAST),
    ];

    pub(crate) fn style(&self, role: ThemeRole) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    fn set_style(&mut self, role: ThemeRole, style: Style) {
        if let Some(own) = self.styles.get_mut(role as usize) {
            *own = style;
        }
    }

    /// Puts the ground under a frame, and its colour where none is said.
    pub(crate) fn fill_ground(&self, frame: &mut Buffer) {
        let text = self.style(ThemeRole::Text);
        let (fg, bg) = (text.fg.unwrap_or_default(), text.bg.unwrap_or_default());
        if fg == Color::Reset && bg == Color::Reset {
            return;
        }
        for cell in &mut frame.content {
            if cell.fg == Color::Reset {
                cell.fg = fg;
            }
            if cell.bg == Color::Reset {
                cell.bg = bg;
            }
        }
    }

    /// How a run of the text looks.
    pub(crate) fn run(&self, role: Role) -> Style {
        let mut style = match role.part {
            Part::Body | Part::Bullet => Style::new(),
            Part::Title => self.title(),
            Part::Imprint | Part::Furniture => self.dim(),
            Part::Heading(1) => self.style(ThemeRole::Heading),
            Part::Heading(2) => self.style(ThemeRole::Subheading),
            Part::Heading(_) => self
                .style(ThemeRole::Subheading)
                .add_modifier(Modifier::ITALIC),
            Part::Code | Part::Formula => self.style(ThemeRole::Code),
            Part::Quote => self.style(ThemeRole::Quote),
            Part::Marker(_) => self.style(ThemeRole::Marker),
            Part::OwnMark(_) => self.bookmark(),
            Part::Link(_) => self.style(ThemeRole::Link),
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

    /// A mention in the text that leads to its sources: less than a link, which is coloured as
    /// well.
    pub(crate) fn mention(&self) -> Style {
        self.style(ThemeRole::Mention)
    }

    /// What is there to help, not to be read.
    pub(crate) fn dim(&self) -> Style {
        self.style(ThemeRole::Dim)
    }

    /// The chosen marker or link, the selected row of a list, the line that a jump led to.
    pub(crate) fn lit(&self) -> Style {
        self.style(ThemeRole::Selected)
    }

    /// What the reader has highlighted. The kinds are told apart without colours too.
    pub(crate) fn highlight(&self, look: HighlightLook) -> Style {
        let (role, modifier) = match look {
            HighlightLook::Claim => (ThemeRole::Claim, Modifier::UNDERLINED),
            HighlightLook::Evidence => (ThemeRole::Evidence, Modifier::BOLD),
            HighlightLook::Question => (ThemeRole::Question, Modifier::ITALIC),
            HighlightLook::Quote => (
                ThemeRole::Quotation,
                Modifier::ITALIC.union(Modifier::UNDERLINED),
            ),
            HighlightLook::Disagree => (
                ThemeRole::Disagree,
                Modifier::BOLD.union(Modifier::UNDERLINED),
            ),
            HighlightLook::Note | HighlightLook::Other => {
                return Style::new().add_modifier(Modifier::UNDERLINED);
            }
        };
        self.style(role).add_modifier(modifier)
    }

    /// A part of code whose language is known. Colours alone tell these apart, and nothing rests on
    /// them.
    pub(crate) fn code(&self, role: CodeRole) -> Style {
        self.style(match role {
            CodeRole::Comment => ThemeRole::CodeComment,
            CodeRole::String => ThemeRole::CodeString,
            CodeRole::Keyword => ThemeRole::CodeKeyword,
            CodeRole::Number => ThemeRole::CodeNumber,
            CodeRole::Name => ThemeRole::CodeName,
        })
    }

    /// What was searched for, where it stands in the text.
    pub(crate) fn found(&self) -> Style {
        self.style(ThemeRole::Found).add_modifier(FOUND)
    }

    /// The match that the reader is at.
    pub(crate) fn current_match(&self) -> Style {
        self.current_match_in_lit_row()
            .add_modifier(Modifier::REVERSED)
    }

    pub(crate) fn current_match_in_lit_row(&self) -> Style {
        let text = self.style(ThemeRole::Text);
        Style::new()
            .fg(text.fg.unwrap_or_default())
            .bg(text.bg.unwrap_or_default())
            .add_modifier(FOUND)
            .remove_modifier(Modifier::REVERSED)
    }

    /// The bar beside the current paragraph, and other signs in the gutter.
    pub(crate) fn sign(&self) -> Style {
        self.style(ThemeRole::Gutter)
    }

    /// A bookmark, wherever it shows.
    pub(crate) fn bookmark(&self) -> Style {
        self.style(ThemeRole::Bookmark)
    }

    /// The title of a section, a list or a box.
    pub(crate) fn title(&self) -> Style {
        self.style(ThemeRole::Title)
    }

    /// The row of the outline that stands for what is being read.
    pub(crate) fn current(&self) -> Style {
        self.style(ThemeRole::Current)
    }

    /// A key, where the footer or the help names one.
    pub(crate) fn key(&self) -> Style {
        self.style(ThemeRole::Key)
    }

    pub(crate) fn warning(&self) -> Style {
        self.style(ThemeRole::Warning)
    }
}

#[cfg(test)]
mod tests;
