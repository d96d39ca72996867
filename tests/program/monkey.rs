//! A monkey at the real program: bytes of keys, of the mouse, of pastes and of terminals that
//! answer late, whole and broken, and sizes of every kind. The program lives, sends nothing but
//! its own sequences, and Esc and `q` lead out.

use std::env;
use std::thread;
use std::time::Duration;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::dice::Dice;
use super::pty::Pty;
use super::reading::PROGRAM;

/// How many pieces are sent in a run of the tests, unless another number is asked for, and to one
/// program.
const PIECES: usize = 900;
const ROUND: usize = 300;
const SEED: u64 = 20_261_126;

/// What terminals send for keys, and for what opcit has no use for.
const KEYS: [&str; 26] = [
    "\u{1b}[A",
    "\u{1b}[B",
    "\u{1b}[C",
    "\u{1b}[D",
    "\u{1b}OA",
    "\u{1b}OB",
    "\u{1b}[5~",
    "\u{1b}[6~",
    "\u{1b}[H",
    "\u{1b}[F",
    "\u{1b}[3~",
    "\u{1b}[Z",
    "\u{1b}[1;5C",
    "\u{1b}[97;5u",
    "\u{1b}[27;2;13~",
    "\u{1b}OP",
    "\u{1b}[24~",
    "\u{1b}[I",
    "\u{1b}[O",
    "\u{1b}j",
    "\u{1b}]",
    "\u{1b}P",
    "\t",
    "\r",
    "\u{7f}",
    "\u{8}",
];

/// Answers to what another program has asked, whole and cut off.
const ANSWERS: [&str; 9] = [
    "\u{1b}]11;rgb:ffff/0000/ffff\u{1b}\\",
    "\u{1b}]11;rgb:0000/0000/0000\u{7}",
    "\u{1b}]4;1;rgb:",
    "\u{1b}[12;40R",
    "\u{1b}[?62;22c",
    "\u{1b}[0n",
    "\u{1b}[8;24;80t",
    "\u{1b}[1;2",
    "\u{1b}[",
];

/// What may stand between the brackets of a paste.
const PASTES: [&str; 9] = [
    "the",
    "(",
    "b\u{1b}b",
    "\u{1b}]52;c;YWI=\u{7}\u{1b}[2J\u{9b}31m",
    "\u{202e}\u{200b}\u{feff}\0\r\n\t",
    "中俄👩\u{200d}👩\u{200d}👧e\u{301}",
    "",
    "42%",
    "q\u{3}q",
];

const SIZES: [(u16, u16); 10] = [
    (80, 24),
    (0, 0),
    (1, 1),
    (2, 3),
    (40, 15),
    (120, 40),
    (160, 50),
    (7, 60),
    (300, 4),
    (500, 200),
];

/// Bytes that a terminal may send, but for `q` and Ctrl-C, which end the program.
fn piece(dice: &mut Dice) -> Vec<u8> {
    match dice.below(20) {
        0..9 => vec![letter(dice)],
        9 | 10 => vec![dice.one_of(&[0x1b, 6, 0xf, 0x12, 0x13, 0x15, 0x17, 0x1a, 0, 0x1c, 2, 4])],
        11..14 => dice.one_of(&KEYS).into(),
        14 | 15 => mouse(dice),
        16 => format!("\u{1b}[200~{}\u{1b}[201~", dice.one_of(&PASTES)).into_bytes(),
        17 => dice.one_of(&ANSWERS).into(),
        18 => "éß字👍\u{301}’"
            .chars()
            .nth(dice.below(6))
            .unwrap()
            .to_string()
            .into_bytes(),
        // What is no text.
        _ => (0..1 + dice.below(4))
            .map(|_| byte(dice, 0x80, 0x80))
            .collect(),
    }
}

fn letter(dice: &mut Dice) -> u8 {
    match byte(dice, b' ', 95) {
        b'q' => b'f',
        letter => letter,
    }
}

fn byte(dice: &mut Dice, first: u8, count: usize) -> u8 {
    first + u8::try_from(dice.below(count)).unwrap()
}

/// A click, the wheel, a drag or a release, on the screen or far outside.
fn mouse(dice: &mut Dice) -> Vec<u8> {
    let button = dice.one_of(&[0, 0, 0, 2, 32, 35, 64, 65, 66, 128, 255]);
    let most = dice.one_of(&[80, 160, 65_000]);
    let (column, row) = (dice.below(most), dice.below(30));
    let last = dice.one_of(&["M", "M", "m"]);
    match dice.below(12) {
        0 => b"\x1b[M !!".to_vec(),
        1 => format!("\u{1b}[<{button};{column}{last}").into_bytes(),
        2 => format!("\u{1b}[<{button};99999999;{row}{last}").into_bytes(),
        _ => format!("\u{1b}[<{button};{column};{row}{last}").into_bytes(),
    }
}

/// The reader program, and what happens to it.
struct Round {
    pty: Pty,
    dice: Dice,
    _home: TempDir,
}

impl Round {
    fn begin(seed: u64) -> Self {
        let home = TempDir::new().expect("a home");
        let mut command = CommandBuilder::new(PROGRAM);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("OPCIT_DATA_DIR", home.path());
        command.env("TERM", "xterm-256color");
        // No browser is to be opened.
        command.env("SSH_CONNECTION", "monkey");
        command.cwd(home.path());
        let pty = Pty::start(command, 80, 24);
        pty.wait_for_text("Russia-China");
        Round {
            pty,
            dice: Dice::new(seed),
            _home: home,
        }
    }

    /// Sends a piece, at times in two halves, with a moment between them.
    fn send(&mut self) {
        let bytes = piece(&mut self.dice);
        let is_cut = self.dice.once_in(4);
        let (start, end) = if is_cut && bytes.len() > 1 {
            bytes.split_at(1 + self.dice.below(bytes.len() - 1))
        } else {
            (&bytes[..], &[][..])
        };
        for half in [start, end] {
            self.pty.send_bytes(half);
            if is_cut {
                thread::sleep(Duration::from_millis(2));
            }
        }
    }

    fn play(&mut self, pieces: usize) {
        for _ in 0..pieces {
            match self.dice.below(25) {
                0 => {
                    let (columns, rows) = self.dice.one_of(&SIZES);
                    self.pty.resize(columns, rows);
                }
                1 => thread::sleep(Duration::from_millis(20)),
                _ => self.send(),
            }
        }
    }

    /// Esc and `q`, as often as somebody would press them, and no more sequences than opcit's own.
    fn leave(mut self) -> usize {
        assert!(
            !self.pty.has_ended(),
            "the program has ended by itself; it said\n{}",
            self.pty.text()
        );
        self.pty.resize(80, 24);
        for key in ["\u{1b}", "q"].into_iter().cycle().take(60) {
            if self.pty.has_ended() {
                break;
            }
            self.pty.send(key);
            // A key by itself: Esc and a letter at once are another one.
            thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(self.pty.wait_for_end(), 0);
        self.pty.wait_until_given_back();
        let bytes = without_what_was_cut_off(self.pty.close_and_read());
        if let Err(why) = super::sequences::in_terminal(&bytes) {
            panic!("it sends {why}");
        }
        bytes.len()
    }
}

/// What was sent without the sequence or letter that the end has cut off: who quits does not wait
/// for a frame, and the terminal is told to forget what it has begun to read.
fn without_what_was_cut_off(mut bytes: Vec<u8>) -> Vec<u8> {
    const CANCEL: u8 = 0x18;
    let Some(end) = bytes.iter().rposition(|byte| *byte == CANCEL) else {
        return bytes;
    };
    let sent = &bytes[..end];
    let sequence = sent.iter().rposition(|byte| *byte == 0x1b).unwrap_or(end);
    let is_whole = sent[sequence..].iter().skip(2).any(u8::is_ascii_alphabetic);
    let start = match (is_whole, str::from_utf8(sent)) {
        (false, _) => sequence,
        (true, Ok(_)) => end,
        (true, Err(error)) => error.valid_up_to(),
    };
    bytes.drain(start..=end);
    bytes
}

/// A number from the environment.
fn asked(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_a_terminal_sends_the_program_lives_and_is_left_with_esc_and_q() {
    // A piece takes the program as long as a hundred events take a state.
    let asked_for = asked("OPCIT_MONKEY").map(|events| events / 100);
    let pieces = asked_for.and_then(|pieces| usize::try_from(pieces).ok());
    let pieces = pieces.unwrap_or(PIECES).max(1);
    let first = asked("OPCIT_MONKEY_SEED").unwrap_or(SEED);
    let mut written = 0;
    for seed in (first..).take(pieces.div_ceil(ROUND)) {
        println!("OPCIT_MONKEY=1 OPCIT_MONKEY_SEED={seed}");
        let mut round = Round::begin(seed);
        round.play(ROUND);
        written += round.leave();
    }
    println!("{pieces} pieces sent, {written} bytes written");
}
