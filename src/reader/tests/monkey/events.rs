//! What the monkey does: keys, clicks, pastes, resizes, and what comes from the world meanwhile.

use std::fmt;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;

use super::player::Player;
use crate::paper::dice::Dice;
use crate::reader::keys::key::Key;
use crate::reader::keys::keymap::{Context, KeySequence, Keymap};
use crate::shelf::Replay;

/// Something that happens to the reader program.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    Key(Key),
    Paste(String),
    Mouse(MouseEvent),
    Resize(Size),
    /// So much time passes that nothing stays lit.
    Wait,
    /// Nothing happens for a moment, and work goes on.
    Work,
    /// The sources have been read.
    Sources,
    /// What is kept has been read.
    Shelf,
    /// A late answer from outside: something was copied or opened, or could not be.
    Told(&'static str),
    /// Another opcit changes what is kept.
    Other(Meddling),
    /// What another has changed is seen.
    Glance,
    /// The way out: this key until only the page is left; then `q`.
    WayOut(Key),
}

/// What another opcit does, at one of the paper's blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meddling {
    Toggle(usize),
    Mark(char, usize),
    Replay(Replay),
    /// Removes the bookmark at this place among them.
    Remove(usize),
    Rename(usize),
    Annotate(usize),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Key(key) => write!(f, "{key}"),
            Event::Resize(size) => write!(f, "[{}x{}]", size.width, size.height),
            Event::Mouse(mouse) => {
                write!(f, "[{:?} at {},{}]", mouse.kind, mouse.column, mouse.row)
            }
            Event::WayOut(key) => write!(f, "[{key} until the page, q]"),
            other => write!(f, "[{other:?}]"),
        }
    }
}

/// What may be pasted, or typed where text is taken: what is found and what is not, expressions,
/// and what no terminal should be told.
const TEXTS: [&str; 27] = [
    "the",
    "e",
    "a",
    "Line 5",
    "note",
    "中",
    "e\u{301}",
    "\u{301}",
    "👩‍👩‍👧",
    "(",
    "[a-",
    ".*",
    "(a|b|c)*$",
    "n14",
    "42%",
    "quit",
    "mouse",
    "boolmark",
    "¶3",
    "8b",
    "1",
    "9999999999999999999999",
    "\n\r\t \n",
    "",
    "\u{1b}]52;c;YWI=\u{7}\u{1b}[2J\u{9b}31m",
    "\u{202e}\u{200b}\u{feff}\0",
    "q\u{1b}q\u{1b}q",
];

/// Signs that a keyboard may send, meant for nothing.
const SIGNS: [char; 20] = [
    'ß',
    'é',
    'я',
    '字',
    '👍',
    '\u{301}',
    '\u{200d}',
    '\u{0}',
    '\u{7f}',
    '\u{a0}',
    'Ω',
    '’',
    '½',
    '9',
    'z',
    'A',
    '\'',
    '"',
    '\\',
    '\u{10ffff}',
];

const LETTERS: [char; 12] = ['e', 't', 'a', 'n', ' ', '1', '(', '.', 'o', 'i', 'q', 'z'];

/// Sizes that screens have, and that they should not have.
const SIZES: [(u16, u16); 18] = [
    (80, 24),
    (80, 24),
    (120, 40),
    (40, 15),
    (160, 50),
    (170, 40),
    (200, 50),
    (240, 60),
    (190, 12),
    (0, 0),
    (1, 1),
    (0, 24),
    (80, 0),
    (2, 3),
    (30, 8),
    (112, 9),
    (500, 2),
    (3, 200),
];

impl Event {
    /// What happens next, drawn by lot: mostly what makes sense where the reader is.
    pub(super) fn any(player: &Player, dice: &mut Dice) -> Self {
        let context = player.state().context();
        match dice.below(100) {
            0..55 => Event::Key(key_of(player, context, dice)),
            55..62 => Event::Key(typed(context, dice)),
            62..66 => Event::Key(odd_key(dice)),
            66..69 => Event::Paste(text(dice)),
            69..80 => Event::Mouse(mouse(player, dice)),
            80..87 => Event::Resize(size(dice)),
            87..89 => Event::Wait,
            89..92 => Event::Work,
            92 if player.waits_for_sources() => Event::Sources,
            93 if player.waits_for_shelf() => Event::Shelf,
            92 | 93 => Event::Told(dice.one_of(&["copied", "it could not be opened: no browser"])),
            94..96 => Event::Other(meddling(dice)),
            96..98 => Event::Glance,
            _ => {
                let key = dice.one_of(&["Esc", "Esc", "Ctrl-c"]);
                Event::WayOut(key.parse().unwrap())
            }
        }
    }
}

/// A key that does something in the context, or begins to, or goes on with what was begun.
fn key_of(player: &Player, context: Context, dice: &mut Dice) -> Key {
    let keymap = Keymap::standard();
    let begun = &player.state().app.awaited_after;
    if !begun.is_empty() && dice.below(4) > 0 {
        let names = keymap.continuations(context, begun);
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        return dice.one_of(&names).parse().unwrap();
    }
    let bindings: Vec<_> = keymap
        .bindings(context)
        .chain(keymap.bindings(Context::Anywhere))
        .collect();
    let names: Vec<&str> = dice.one_of(&bindings).keys.split(' ').collect();
    let sequence: KeySequence = dice.one_of(&names).parse().unwrap();
    sequence.keys()[0]
}

/// A letter where text is typed, a figure where figures count.
fn typed(context: Context, dice: &mut Dice) -> Key {
    if context.takes_text() {
        Key::Char(dice.one_of(&LETTERS))
    } else {
        Key::Char(dice.one_of(&['0', '1', '1', '2', '3', '4', '8', 'a', 'b']))
    }
}

fn odd_key(dice: &mut Dice) -> Key {
    let letter = b'a' + u8::try_from(dice.below(26)).unwrap();
    match dice.below(3) {
        0 => Key::Char(dice.one_of(&SIGNS)),
        1 => Key::Char(char::from(letter)),
        _ => Key::Ctrl(char::from(letter)),
    }
}

fn text(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => TEXTS.concat().repeat(1 + dice.below(40)),
        _ => dice.one_of(&TEXTS).to_owned(),
    }
}

/// A click on something, or anywhere; the wheel; or what means nothing.
fn mouse(player: &Player, dice: &mut Dice) -> MouseEvent {
    let kind = match dice.below(11) {
        0..5 => MouseEventKind::Down(MouseButton::Left),
        5 => MouseEventKind::ScrollDown,
        6 => MouseEventKind::ScrollUp,
        7..10 => MouseEventKind::Drag(MouseButton::Left),
        _ => dice.one_of(&[
            MouseEventKind::Down(MouseButton::Right),
            MouseEventKind::Up(MouseButton::Left),
            MouseEventKind::Up(MouseButton::Left),
            MouseEventKind::ScrollLeft,
            MouseEventKind::Moved,
        ]),
    };
    let areas: Vec<_> = player.clicks().areas().collect();
    let (column, row) = match (dice.below(3), areas.is_empty()) {
        (0, _) | (_, true) => anywhere(player.state().size(), dice),
        _ => {
            let area = dice.one_of(&areas);
            (area.x + area.width / 2, area.y)
        }
    };
    let modifiers = KeyModifiers::NONE;
    MouseEvent {
        kind,
        column,
        row,
        modifiers,
    }
}

/// A cell of the screen, or one a bit outside.
fn anywhere(size: Size, dice: &mut Dice) -> (u16, u16) {
    let mut along = |side: u16| u16::try_from(dice.below(usize::from(side) + 3)).unwrap();
    let (column, row) = (along(size.width), along(size.height));
    match dice.below(20) {
        0 => (u16::MAX, row),
        1 => (column, u16::MAX),
        _ => (column, row),
    }
}

pub(super) fn size(dice: &mut Dice) -> Size {
    let mut below = |most: usize| u16::try_from(dice.below(most)).unwrap();
    let (width, height) = match below(40) {
        0 => (below(501), below(201)),
        1..15 => (below(130), below(45)),
        15..22 => (below(24), below(16)),
        _ => dice.one_of(&SIZES),
    };
    Size::new(width, height)
}

fn meddling(dice: &mut Dice) -> Meddling {
    let at = dice.below(200);
    match dice.below(10) {
        0..4 => Meddling::Toggle(at),
        4 => Meddling::Mark(dice.one_of(&['a', 'b', 'q']), at),
        5 => Meddling::Replay(Replay::Undo),
        9 => Meddling::Replay(Replay::Redo),
        6 => Meddling::Remove(at),
        7 => Meddling::Rename(at),
        _ => Meddling::Annotate(at),
    }
}
