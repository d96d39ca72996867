//! Pictures on a terminal: how many of its cells they take, and what shows them there.

mod half_blocks;
mod iterm2;
mod kitty;
mod palette;
mod sixel;
mod view;

use std::env;
use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use self::half_blocks::HalfBlocks;
pub(crate) use self::view::{MOST_ZOOM, PictureView};
use super::capabilities::TerminalCapabilities;
use crate::picture::Raster;

/// What a terminal shows pictures by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureProtocol {
    /// What kitty brought, and Ghostty and others have.
    Kitty,
    /// Files, as iTerm2 takes them, and WezTerm and mintty.
    Iterm2,
    /// Bands of six rows, which terminals have since the VT340.
    Sixel,
    /// Cells that are parted in an upper and a lower half of two colours.
    HalfBlocks,
}

/// By what a reader wants pictures to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PictureChoice {
    /// By what the terminal is known to have, or says that it has; else by half blocks.
    #[default]
    Auto,
    By(PictureProtocol),
    Nothing,
}

/// By what pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PictureMeans {
    /// None if the terminal cannot, or is not to.
    pub(crate) by: Option<PictureProtocol>,
    /// Whether the terminal may show sixels, and is to be asked.
    pub(crate) may_have_sixels: bool,
}

impl PictureChoice {
    /// Each, with what it is called.
    pub(crate) const ALL: [(&'static str, PictureChoice); 6] = [
        ("auto", PictureChoice::Auto),
        ("kitty", PictureChoice::By(PictureProtocol::Kitty)),
        ("iterm2", PictureChoice::By(PictureProtocol::Iterm2)),
        ("sixel", PictureChoice::By(PictureProtocol::Sixel)),
        ("halfblocks", PictureChoice::By(PictureProtocol::HalfBlocks)),
        ("none", PictureChoice::Nothing),
    ];

    /// What that is on the terminal that the program runs in, which understands so much.
    pub(crate) fn means(self, capabilities: TerminalCapabilities) -> PictureMeans {
        self.means_by(capabilities, |name| env::var(name).unwrap_or_default())
    }

    /// The same, going by these variables of the environment.
    fn means_by(
        self,
        capabilities: TerminalCapabilities,
        variable: impl Fn(&str) -> String,
    ) -> PictureMeans {
        let can_halve = capabilities.has_256_colours && capabilities.charset.is_utf8();
        let half_blocks = can_halve.then_some(PictureProtocol::HalfBlocks);
        let (by, may_have_sixels) = match self {
            PictureChoice::Nothing => (None, false),
            _ if !capabilities.has_colours => (None, false),
            PictureChoice::By(PictureProtocol::HalfBlocks) => (half_blocks, false),
            PictureChoice::By(protocol) => (Some(protocol), false),
            PictureChoice::Auto => match known(&variable) {
                Some(protocol) => (Some(protocol), false),
                None => (half_blocks, capabilities.has_window),
            },
        };
        PictureMeans {
            by,
            may_have_sixels,
        }
    }
}

/// What a terminal is known to show pictures by.
fn known(variable: &impl Fn(&str) -> String) -> Option<PictureProtocol> {
    let (term, program) = (variable("TERM"), variable("TERM_PROGRAM"));
    // What runs within another passes on no more than that says itself.
    let is_within = !variable("TMUX").is_empty() || !variable("STY").is_empty();
    if is_within || term.starts_with("tmux") || term.starts_with("screen") {
        return None;
    }
    let is_kitty = matches!(term.as_str(), "xterm-kitty" | "xterm-ghostty")
        || matches!(program.as_str(), "kitty" | "ghostty")
        || !variable("KITTY_WINDOW_ID").is_empty();
    let is_iterm2 = matches!(program.as_str(), "iTerm.app" | "WezTerm" | "mintty")
        || variable("LC_TERMINAL") == "iTerm2";
    match (is_kitty, is_iterm2) {
        (true, _) => Some(PictureProtocol::Kitty),
        (false, true) => Some(PictureProtocol::Iterm2),
        (false, false) => None,
    }
}

impl PictureMeans {
    /// What that is, in words.
    pub(crate) fn words(self) -> &'static str {
        match self.by {
            Some(PictureProtocol::Kitty) => "by kitty's graphics protocol",
            Some(PictureProtocol::Iterm2) => "as iTerm2 takes them",
            Some(PictureProtocol::Sixel) => "in sixels",
            Some(PictureProtocol::HalfBlocks) if self.may_have_sixels => {
                "in halves of cells, or in sixels if the terminal says that it has them"
            }
            Some(PictureProtocol::HalfBlocks) => "in halves of cells",
            None => "not shown",
        }
    }

    /// The terminal has said whether it shows sixels.
    pub(crate) fn take_sixels(&mut self, has_sixels: bool) {
        if std::mem::take(&mut self.may_have_sixels) && has_sixels {
            self.by = Some(PictureProtocol::Sixel);
        }
    }
}

/// A picture, or a part of it, as a terminal shows it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TerminalPicture {
    /// The cells that it takes.
    size: Size,
    form: PictureForm,
}

#[derive(Debug, PartialEq, Eq)]
enum PictureForm {
    Cells(HalfBlocks),
    Bytes(PictureBytes),
}

/// What a terminal is sent of a picture that is not made of cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PictureBytes {
    /// Has it keep the pixels, for as often as they are shown.
    pub(super) kept: Vec<u8>,
    /// Shows them from the cursor on.
    pub(super) shown: Vec<u8>,
    /// Has it show them no more; empty where only clearing the screen does that.
    pub(super) hidden: Vec<u8>,
    /// Has it forget the pixels that it keeps.
    pub(super) forgotten: Vec<u8>,
}

impl TerminalPicture {
    /// What a view has of a picture; none if that is too large.
    pub(crate) fn new(raster: &Raster, view: &PictureView, by: PictureProtocol) -> Option<Self> {
        let part = view.part(raster);
        let (size, cell) = (part.size, view.cell);
        let pixels = |cell| part.scaled(raster, cell);
        let shown = |shown: io::Result<Vec<u8>>| {
            let shown = shown.ok()?;
            let bytes = PictureBytes {
                shown,
                ..PictureBytes::default()
            };
            Some(PictureForm::Bytes(bytes))
        };
        let form = match by {
            PictureProtocol::HalfBlocks => {
                PictureForm::Cells(HalfBlocks::new(&pixels(half_blocks::PIXELS)?))
            }
            PictureProtocol::Kitty => {
                let kitty = kitty::encode(&pixels(cell)?, size, kitty::new_id()).ok()?;
                PictureForm::Bytes(PictureBytes {
                    kept: kitty.pixels,
                    shown: kitty.place,
                    hidden: kitty.hide,
                    forgotten: kitty.forget,
                })
            }
            PictureProtocol::Iterm2 => shown(iterm2::encode(&pixels(cell)?, size))?,
            PictureProtocol::Sixel => shown(sixel::encode(&pixels(cell)?))?,
        };
        Some(TerminalPicture { size, form })
    }

    /// Shows it in the middle of an area, as far as it fits. Where it is not made of cells, these
    /// stay empty, and the one is told from where on it is to be sent.
    pub(crate) fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        self.draw_from(0, area, buffer)
    }

    /// The same without so many of its rows, which are above the area. What is not made of cells is
    /// shown as a whole only.
    pub(crate) fn draw_from(
        &self,
        rows_above: u16,
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let place = self.place(area);
        match &self.form {
            PictureForm::Cells(cells) => {
                cells.draw(rows_above.into(), place, buffer);
                None
            }
            PictureForm::Bytes(_) => {
                let is_whole = place.as_size() == self.size && rows_above == 0;
                is_whole.then(|| place.as_position())
            }
        }
    }

    /// The cells in the middle of an area that it takes.
    fn place(&self, area: Rect) -> Rect {
        let (width, height) = (
            self.size.width.min(area.width),
            self.size.height.min(area.height),
        );
        Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + (area.height - height) / 2,
            width,
            height,
        }
    }

    /// The cells that it takes.
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// What the terminal is sent of it; none if it is made of cells.
    pub(super) fn bytes(&self) -> Option<&PictureBytes> {
        match &self.form {
            PictureForm::Cells(_) => None,
            PictureForm::Bytes(bytes) => Some(bytes),
        }
    }

    /// A picture of so many cells, of which this is sent.
    #[cfg(test)]
    pub(super) fn of_bytes(size: Size, bytes: PictureBytes) -> Self {
        let form = PictureForm::Bytes(bytes);
        TerminalPicture { size, form }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(choice: &str, variables: &[(&str, &str)]) -> PictureMeans {
        let mut known = PictureChoice::ALL.iter();
        let choice = known.find(|(name, _)| *name == choice).unwrap().1;
        choice.means_by(TerminalCapabilities::default(), |name| {
            let mut set = variables.iter();
            let value = set.find(|(known, _)| *known == name);
            value.map_or("", |(_, value)| value).to_owned()
        })
    }

    #[test]
    fn a_terminal_is_known_by_what_it_says_of_itself() {
        use PictureProtocol::{HalfBlocks, Iterm2, Kitty};
        for (variables, by) in [
            (&[("TERM", "xterm-kitty")][..], Kitty),
            (&[("TERM", "xterm-ghostty")], Kitty),
            (
                &[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")],
                Kitty,
            ),
            (&[("TERM_PROGRAM", "iTerm.app")], Iterm2),
            (&[("TERM_PROGRAM", "WezTerm")], Iterm2),
            (&[("LC_TERMINAL", "iTerm2")], Iterm2),
            (&[("TERM", "foot")], HalfBlocks),
            (&[("KITTY_WINDOW_ID", "1"), ("TMUX", "/tmp/x")], HalfBlocks),
            (
                &[("TERM_PROGRAM", "WezTerm"), ("TERM", "screen.xterm")],
                HalfBlocks,
            ),
        ] {
            let means = means("auto", variables);
            assert_eq!(means.by, Some(by), "{variables:?}");
            assert_eq!(means.may_have_sixels, by == HalfBlocks, "{variables:?}");
        }
    }

    #[test]
    fn sixels_come_with_an_answer_and_only_where_the_terminal_was_to_be_asked() {
        let mut asked = means("auto", &[]);
        asked.take_sixels(true);
        assert_eq!(asked.by, Some(PictureProtocol::Sixel));
        let mut without = means("auto", &[]);
        without.take_sixels(false);
        let halves = Some(PictureProtocol::HalfBlocks);
        assert!(without.by == halves && !without.may_have_sixels);
        for choice in ["kitty", "halfblocks", "none"] {
            let mut set = means(choice, &[]);
            let before = set;
            set.take_sixels(true);
            assert_eq!(set, before, "{choice}");
        }
    }

    #[test]
    fn a_wish_is_heard_and_no_colours_are_no_pictures() {
        let kitty = [("TERM", "xterm-kitty")];
        assert_eq!(means("sixel", &kitty).by, Some(PictureProtocol::Sixel));
        assert_eq!(means("none", &kitty).by, None);
        let halves = Some(PictureProtocol::HalfBlocks);
        assert_eq!(means("halfblocks", &kitty).by, halves);
        let colourless = TerminalCapabilities {
            has_colours: false,
            ..TerminalCapabilities::default()
        };
        for (name, choice) in PictureChoice::ALL {
            let means = choice.means_by(colourless, |_| String::new());
            assert_eq!(means, PictureMeans::default(), "{name}");
        }
    }
}
