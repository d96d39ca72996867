//! What the reader has set to their liking.

use super::action::Notice;
use crate::export::ReferenceFormat;
use crate::shelf;

/// How wide the text's column may be made, in columns.
pub(crate) const MEASURES: std::ops::RangeInclusive<u16> = 20..=160;
const MEASURE_STEP: u16 = 4;

/// What the reader has set to their liking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The widest that the text's column may be, in columns.
    pub(crate) measure: u16,
    pub(crate) outline_pane: bool,
    /// Whether lines end at the right edge of the column.
    pub(crate) is_justified: bool,
    /// Whether the text stands in two columns where the screen is wide enough.
    pub(crate) is_spread: bool,
    pub(crate) mouse: bool,
    /// Whether the window has the paper's title for its own.
    pub(crate) window_title: bool,
    pub(crate) placement: Placement,
    /// Where images stand in the text.
    pub(crate) figures: FigureChoice,
    /// How many rows of a screen the next one repeats.
    pub(crate) scroll_off: usize,
    /// What the references of sources are copied in.
    pub(crate) references: ReferenceFormat,
}

/// Whether images stand in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum FigureChoice {
    /// Where the terminal shows pictures in more than halves of cells.
    #[default]
    Auto,
    /// Where it shows any.
    Always,
    Never,
}

impl FigureChoice {
    /// Each, with what it is called.
    pub(crate) const ALL: [(&'static str, FigureChoice); 3] = [
        ("auto", FigureChoice::Auto),
        ("always", FigureChoice::Always),
        ("never", FigureChoice::Never),
    ];
}

/// Where notes are shown without having been asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Placement {
    /// In the margin where it fits, else nowhere.
    #[default]
    Auto,
    /// Nowhere: notes open as popups only.
    Popup,
    /// At the foot of the page.
    Foot,
    /// In the margin, with a narrower text if need be.
    Margin,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            measure: 68,
            outline_pane: true,
            is_justified: false,
            is_spread: false,
            mouse: true,
            window_title: true,
            placement: Placement::default(),
            figures: FigureChoice::default(),
            scroll_off: 2,
            references: ReferenceFormat::default(),
        }
    }
}

impl Settings {
    /// The same but for what is kept about a paper.
    pub(crate) fn for_paper(self, kept: &shelf::ReadingSettings) -> Self {
        let mut settings = self;
        if let Some(columns) = kept.columns {
            settings.measure = columns.clamp(*MEASURES.start(), *MEASURES.end());
        }
        let named = kept.notes.as_deref().and_then(Placement::named);
        settings.placement = named.unwrap_or(self.placement);
        settings.is_justified = kept.justified.unwrap_or(self.is_justified);
        settings.is_spread = kept.spread.unwrap_or(self.is_spread);
        settings
    }

    /// What of it is kept about a paper: what is otherwise than in one that has nothing of its own.
    pub(crate) fn to_keep(self, default: Settings) -> shelf::ReadingSettings {
        let name = self.placement.name().to_owned();
        shelf::ReadingSettings {
            columns: (self.measure != default.measure).then_some(self.measure),
            notes: (self.placement != default.placement).then_some(name),
            justified: (self.is_justified != default.is_justified).then_some(self.is_justified),
            spread: (self.is_spread != default.is_spread).then_some(self.is_spread),
            ..shelf::ReadingSettings::default()
        }
    }

    /// The same with what can be kept about a paper as it is in others.
    pub(crate) fn with_paper_of(self, other: Settings) -> Self {
        Settings {
            measure: other.measure,
            placement: other.placement,
            is_justified: other.is_justified,
            is_spread: other.is_spread,
            ..self
        }
    }

    pub(crate) fn widen(&mut self, steps: u32) {
        self.set_measure(self.measure.saturating_add(columns_of(steps)));
    }

    pub(crate) fn narrow(&mut self, steps: u32) {
        self.set_measure(self.measure.saturating_sub(columns_of(steps)));
    }

    /// Sets the text in the next of the ways: ragged or justified, and, where two columns have room,
    /// in one or two. Elsewhere two remain what is wanted, for a wider screen.
    pub(crate) fn change_page_style(&mut self, has_room_for_two: bool) -> Notice {
        if has_room_for_two && self.is_justified {
            self.is_spread = !self.is_spread;
        }
        self.is_justified = !self.is_justified;
        let columns = match (has_room_for_two, self.is_spread) {
            (false, _) => "",
            (true, false) => "one column, ",
            (true, true) => "two columns, ",
        };
        let edge = if self.is_justified {
            "justified"
        } else {
            "with a ragged right edge"
        };
        let narrow = if self.is_spread && !has_room_for_two {
            " (no room for two columns here)"
        } else {
            ""
        };
        Notice::plain(format!("the text: {columns}{edge}{narrow}"))
    }

    fn set_measure(&mut self, columns: u16) {
        self.measure = columns.clamp(*MEASURES.start(), *MEASURES.end());
    }
}

fn columns_of(steps: u32) -> u16 {
    u16::try_from(steps)
        .unwrap_or(u16::MAX)
        .saturating_mul(MEASURE_STEP)
}

impl Placement {
    const ALL: [Placement; 4] = [
        Placement::Auto,
        Placement::Popup,
        Placement::Foot,
        Placement::Margin,
    ];

    /// What each is called in files.
    pub(crate) const NAMES: [&'static str; 4] = ["auto", "popup", "foot", "margin"];

    /// The word that it is kept under.
    fn name(self) -> &'static str {
        match self {
            Placement::Auto => "auto",
            Placement::Popup => "popup",
            Placement::Foot => "foot",
            Placement::Margin => "margin",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|placement| placement.name() == name)
    }

    /// The next one round.
    pub(crate) fn next(self) -> Self {
        match self {
            Placement::Auto => Placement::Popup,
            Placement::Popup => Placement::Foot,
            Placement::Foot => Placement::Margin,
            Placement::Margin => Placement::Auto,
        }
    }

    /// Whether notes are shown unasked where there is room for them, whatever the width.
    pub(crate) fn shows_unasked(self) -> bool {
        matches!(self, Placement::Foot | Placement::Margin)
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Placement::Auto => "auto: notes in the margin where there is room, else on {note}",
            Placement::Popup => "popup: notes on {note} only",
            Placement::Foot => "foot: notes below the text",
            Placement::Margin => "margin: notes beside the text",
        }
    }
}
