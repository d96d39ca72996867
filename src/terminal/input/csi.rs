//! What sequences mean that begin with ESC and `[`, or with ESC and `O`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::InputEvent;
use crate::terminal::attributes;

/// What a terminal adds to a button's number, a column or a row in the old way to tell them.
const OLD_MOUSE_OFFSET: u8 = 32;

/// What a sequence means, by its parameters and its last byte; none if that is nothing that is
/// used here.
pub(super) fn event(parameters: &[u8], last: u8) -> Option<InputEvent> {
    let parameters = str::from_utf8(parameters).ok()?;
    // The window has the keys, or the colours are of a dark scheme or a light one. A scheme may be
    // the desktop's and not the terminal's, so it is asked for its ground all the same.
    if let ("", b'I') | ("?997;1" | "?997;2", b'n') = (parameters, last) {
        return Some(InputEvent::GroundMayDiffer);
    }
    if last == b'c' {
        return attributes::has_sixels(parameters).map(InputEvent::Sixels);
    }
    if let Some(mouse) = parameters.strip_prefix('<') {
        return match last {
            b'M' | b'm' => mouse_event(&Fields::parse(mouse)?, 0, last == b'm'),
            _ => None,
        };
    }
    let fields = Fields::parse(parameters)?;
    if last == b'M' {
        return mouse_event(&fields, u32::from(OLD_MOUSE_OFFSET), false);
    }
    key(&fields, last).map(InputEvent::Key)
}

/// The key that sends ESC, `O` and this byte.
pub(super) fn ss3_key(last: u8) -> Option<KeyEvent> {
    let code = match last {
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => cursor_key(last)?,
    };
    Some(KeyEvent::new(code, KeyModifiers::NONE))
}

/// The event that ESC, `[`, `M` and these three bytes tell of.
pub(super) fn old_mouse(button: u8, column: u8, row: u8) -> Option<InputEvent> {
    let number = |byte: u8| Some(u32::from(byte.checked_sub(OLD_MOUSE_OFFSET)?));
    mouse(number(button)?, number(column)?, number(row)?, false)
}

/// The numbers between semicolons; each may have parts after colons.
struct Fields<'a>(Vec<&'a str>);

impl<'a> Fields<'a> {
    /// None if there are other signs than figures among them.
    fn parse(text: &'a str) -> Option<Self> {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, ';' | ':');
        text.chars()
            .all(is_number)
            .then(|| Fields(text.split(';').collect()))
    }

    /// A number, counted from 0; `absent` where there is none.
    fn number(&self, index: usize, absent: u32) -> Option<u32> {
        match self.part(index, 0) {
            "" => Some(absent),
            number => number.parse().ok(),
        }
    }

    /// The letter that a key stands for with what is held down, where the key's own is told with
    /// others: the one with Shift, and with Ctrl that of a Latin keyboard.
    fn letter(&self, modifiers: KeyModifiers) -> Option<u32> {
        let alternate = |part| self.part(0, part).parse().ok();
        if modifiers.contains(KeyModifiers::SHIFT) {
            return alternate(1);
        }
        let is_latin = self.part(0, 0).parse().is_ok_and(|own: u32| own < 128);
        if modifiers.contains(KeyModifiers::CONTROL) && !is_latin {
            alternate(2)
        } else {
            None
        }
    }

    fn part(&self, index: usize, part: usize) -> &'a str {
        let field = self.0.get(index).copied().unwrap_or_default();
        field.split(':').nth(part).unwrap_or_default()
    }
}

fn key(fields: &Fields<'_>, last: u8) -> Option<KeyEvent> {
    const RELEASED: &str = "3";
    if fields.part(1, 1) == RELEASED {
        return None;
    }
    let modifiers = modifiers(fields.number(1, 1)?);
    let first = fields.number(0, 1)?;
    let code = match last {
        b'Z' => KeyCode::BackTab,
        b'u' => return key_of_code(fields.letter(modifiers).unwrap_or(first), modifiers),
        b'~' => match first {
            27 => return key_of_code(fields.number(2, 0)?, modifiers),
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            _ => KeyCode::F(function_key(first)?),
        },
        // R is the last of an answer as well.
        b'P' | b'Q' | b'S' => KeyCode::F(last - b'P' + 1),
        _ => cursor_key(last)?,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The function key that is called by this number: those of the VT220, with its gaps.
fn function_key(number: u32) -> Option<u8> {
    let key = match number {
        11..=15 => number - 10,
        17..=21 => number - 11,
        23 | 24 => number - 12,
        _ => return None,
    };
    u8::try_from(key).ok()
}

/// The key that consoles call by ESC, `[`, `[` and this byte.
pub(super) fn console_key(last: u8) -> Option<KeyEvent> {
    matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1).into())
}

fn cursor_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

/// The key of a character's number, as terminals name keys that an earlier program wanted to be
/// told apart.
fn key_of_code(code: u32, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match char::from_u32(code)? {
        '\r' => KeyCode::Enter,
        '\t' if shift => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        '\u{8}' | '\u{7f}' => KeyCode::Backspace,
        letter if letter.is_control() => return None,
        // Where keys such as CapsLock are numbered.
        key @ '\u{e000}'..='\u{f8ff}' => keypad_key(key)?,
        letter if shift => {
            let mut upper = letter.to_uppercase();
            let one = upper.next().filter(|_| upper.next().is_none());
            KeyCode::Char(one.unwrap_or(letter))
        }
        letter => KeyCode::Char(letter),
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The key of the keypad that the kitty keyboard protocol gives this number, by what it types or
/// does: <https://sw.kovidgoyal.net/kitty/keyboard-protocol/#functional-key-definitions>.
fn keypad_key(key: char) -> Option<KeyCode> {
    const DIGITS_AND_SIGNS: &str = "0123456789./*-+";
    let number = u32::from(key).checked_sub(57399)?;
    Some(match number {
        15 => KeyCode::Enter,
        16 => KeyCode::Char('='),
        17 => KeyCode::Char(','),
        18 => KeyCode::Left,
        19 => KeyCode::Right,
        20 => KeyCode::Up,
        21 => KeyCode::Down,
        22 => KeyCode::PageUp,
        23 => KeyCode::PageDown,
        24 => KeyCode::Home,
        25 => KeyCode::End,
        26 => KeyCode::Insert,
        27 => KeyCode::Delete,
        _ => KeyCode::Char(DIGITS_AND_SIGNS.chars().nth(number.try_into().ok()?)?),
    })
}

/// What is held down, as a number of bits plus one.
fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let held = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    let held = held.into_iter().filter(|(bit, _)| bits & bit != 0);
    held.map(|(_, modifier)| modifier).collect()
}

fn mouse_event(fields: &Fields<'_>, offset: u32, is_release: bool) -> Option<InputEvent> {
    let number = |index: usize| fields.0.get(index)?.parse::<u32>().ok();
    let button = number(0)?.checked_sub(offset)?;
    mouse(button, number(1)?, number(2)?, is_release)
}

/// A button's number holds what is held down, and whether the mouse moved, as bits. Columns and
/// rows count from 1.
fn mouse(button: u32, column: u32, row: u32, is_release: bool) -> Option<InputEvent> {
    let is_drag = button & 32 != 0;
    let number = button & 0b11 | (button & 0b1100_0000) >> 4;
    let pressed = match number {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (pressed, number) {
        (Some(pressed), _) if is_release => MouseEventKind::Up(pressed),
        (Some(pressed), _) if is_drag => MouseEventKind::Drag(pressed),
        (Some(pressed), _) => MouseEventKind::Down(pressed),
        (None, 3) if is_drag => MouseEventKind::Moved,
        // The old way does not say which button.
        (None, 3) => MouseEventKind::Up(MouseButton::Left),
        _ if is_release || is_drag => return None,
        (None, 4) => MouseEventKind::ScrollUp,
        (None, 5) => MouseEventKind::ScrollDown,
        (None, 6) => MouseEventKind::ScrollLeft,
        (None, 7) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let held = [
        (4, KeyModifiers::SHIFT),
        (8, KeyModifiers::ALT),
        (16, KeyModifiers::CONTROL),
    ];
    let held = held.into_iter().filter(|(bit, _)| button & bit != 0);
    let from_zero = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
    Some(InputEvent::Mouse(MouseEvent {
        kind,
        column: from_zero(column)?,
        row: from_zero(row)?,
        modifiers: held.map(|(_, modifier)| modifier).collect(),
    }))
}
