//! What may come out of opcit, to the letter: the sequences that it uses itself in a terminal, and
//! text in which nothing acts or hides.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

/// What came out, and in what order of magnitude.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) bytes: usize,
    /// How often each kind of sequence was sent.
    pub(crate) sequences: BTreeMap<String, usize>,
    /// What was put on the clipboard.
    pub(crate) copied: Vec<String>,
}

/// Reads what was sent to a terminal.
///
/// # Errors
/// What should not have been sent, with what stands around it.
pub(crate) fn in_terminal(bytes: &[u8]) -> Result<Output, String> {
    let text = utf8(bytes)?;
    let mut output = Output {
        bytes: bytes.len(),
        ..Output::default()
    };
    let mut plain = Plain::default();
    let mut is_screen = false;
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let at = text.len() - rest.len();
        let sequence = (char == '\u{1b}').then(|| sequence(rest));
        let length = match sequence {
            Some(Some((kind, length))) => {
                plain = Plain::default();
                is_screen = is_screen && kind != "CSI ?1049l" || kind == "CSI ?1049h";
                if let Some(copied) = copied(&rest[..length]) {
                    output.copied.push(copied?);
                }
                *output.sequences.entry(kind).or_default() += 1;
                length
            }
            Some(None) => return Err(around("a foreign sequence", text, at)),
            // Messages of a program that has no screen of its own.
            None if matches!(char, '\r' | '\n') && !is_screen => 1,
            None => plain.take(char).map_err(|why| around(why, text, at))?,
        };
        rest = &rest[length..];
    }
    Ok(output)
}

/// Reads what was written into a pipe or a file: text and line ends.
///
/// # Errors
/// What should not have been written, with what stands around it.
pub(crate) fn in_pipe(bytes: &[u8]) -> Result<(), String> {
    let text = utf8(bytes)?;
    let mut plain = Plain::default();
    for (at, char) in text.char_indices().filter(|(_, char)| *char != '\n') {
        plain.take(char).map_err(|why| around(why, text, at))?;
    }
    Ok(())
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let from = at.saturating_sub(40);
        let shown = String::from_utf8_lossy(&bytes[from..bytes.len().min(at + 40)]).into_owned();
        format!("bytes that are no text, at {at}: {shown:?}")
    })
}

fn around(what: &str, text: &str, at: usize) -> String {
    let from = text.floor_char_boundary(at.saturating_sub(80));
    let until = text.floor_char_boundary(at + 60);
    format!("{what} at {at}: {:?}", &text[from..until])
}

/// Text under way, of which the last letter matters.
#[derive(Debug, Default)]
struct Plain {
    last: Option<char>,
    marks: usize,
}

impl Plain {
    /// Takes a character of text; gives its length.
    fn take(&mut self, char: char) -> Result<usize, &'static str> {
        let is_mark = is_combining_mark(char);
        self.marks = if is_mark { self.marks + 1 } else { 0 };
        match char {
            _ if char.is_control() => return Err("a control character"),
            '\u{200c}' | '\u{200d}' => {
                let joins = self.last.is_some_and(|last| !last.is_whitespace());
                joins.then_some(()).ok_or("a joiner that joins nothing")?;
            }
            '\u{e0020}'..='\u{e007f}' => {}
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => {
                return Err("a hidden character");
            }
            '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
                return Err("a character that hides, or turns the direction of writing");
            }
            '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => {
                return Err("a hidden character");
            }
            _ if self.marks > 10 => return Err("too many marks on one letter"),
            _ => {}
        }
        self.last = Some(char);
        Ok(char.len_utf8())
    }
}

/// The sequence at the text's head, by its kind, and its length; none if opcit uses no such.
fn sequence(text: &str) -> Option<(String, usize)> {
    if let Some(rest) = text.strip_prefix("\u{1b}]52;c;") {
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && !"+/=".contains(char))?;
        let length = text.len() - rest.len() + end;
        rest[end..].starts_with("\u{1b}\\").then_some(())?;
        return Some(("OSC 52".to_owned(), length + 2));
    }
    if let Some(rest) = text.strip_prefix("\u{1b}]2;") {
        let (title, _) = rest.split_once("\u{1b}\\")?;
        in_pipe(title.as_bytes()).ok()?;
        return Some(("OSC 2".to_owned(), 4 + title.len() + 2));
    }
    if let Some(rest) = text.strip_prefix("\u{1b}]8;") {
        let (link, _) = rest.split_once("\u{1b}\\")?;
        let (id, address) = link.split_once(';')?;
        let id = id.strip_prefix("id=").unwrap_or(id);
        let is_address = address.bytes().all(|byte| byte.is_ascii_graphic());
        let is_known = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| address.to_ascii_lowercase().starts_with(scheme));
        let is_end = id.is_empty() && address.is_empty();
        let is_link = !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_hexdigit())
            && is_address
            && is_known;
        let length = 4 + link.len() + 2;
        return (is_end || is_link).then(|| ("OSC 8".to_owned(), length));
    }
    if text.starts_with("\u{1b}%G") {
        return Some(("select UTF-8".to_owned(), 3));
    }
    let rest = text.strip_prefix("\u{1b}[")?;
    let end = rest.find(|char: char| !matches!(char, '0'..='9' | ';' | '?' | '<' | '>'))?;
    let (parameters, last) = (&rest[..end], rest[end..].chars().next()?);
    let kind = kind(parameters, last)?;
    Some((kind, 2 + end + 1))
}

/// The exact list of what opcit uses.
fn kind(parameters: &str, last: char) -> Option<String> {
    let numbers = parameters.split(';').map(str::parse::<u16>);
    let numbers: Option<Vec<u16>> = numbers.map(Result::ok).collect();
    match (numbers.as_deref(), last) {
        (Some([_, _]), 'H') => Some("CSI row;column H".to_owned()),
        (Some([_]), 'C') => Some("CSI columns C".to_owned()),
        (Some([_]), 'X') => Some("CSI columns X".to_owned()),
        (None, 'K') if parameters.is_empty() => Some("CSI K".to_owned()),
        (Some([2]), 'J') => Some("CSI 2J".to_owned()),
        (Some([_, _]), 'r') => Some("CSI top;bottom r".to_owned()),
        (Some([_]), 'S') => Some("CSI rows S".to_owned()),
        (Some([_]), 'T') => Some("CSI rows T".to_owned()),
        (Some(styles), 'm') => is_style(styles).then(|| "CSI … m".to_owned()),
        (Some([22 | 23, 2]), 't') => Some(format!("CSI {parameters}t")),
        (None, 'u') => [">5", "<"]
            .contains(&parameters)
            .then(|| format!("CSI {parameters}u")),
        (None, 'r') if parameters.is_empty() => Some("CSI r".to_owned()),
        (None, 'h' | 'l') => [
            "?1049", "?25", "?7", "?2004", "?1000", "?1002", "?1006", "?2026",
        ]
        .contains(&parameters)
        .then(|| format!("CSI {parameters}{last}")),
        _ => None,
    }
}

/// Whether the numbers are styles of the theme: attributes, and the terminal's own sixteen colours.
fn is_style(numbers: &[u16]) -> bool {
    match numbers {
        [] => true,
        [
            0
            | 1
            | 2
            | 3
            | 4
            | 7
            | 9
            | 22
            | 23
            | 24
            | 27
            | 29
            | 30..=37
            | 39
            | 40..=47
            | 49
            | 90..=97,
            rest @ ..,
        ] => is_style(rest),
        _ => false,
    }
}

/// What the sequence puts on the clipboard, if it is one that does.
fn copied(sequence: &str) -> Option<Result<String, String>> {
    let coded = sequence.strip_prefix("\u{1b}]52;c;")?;
    let coded = coded.strip_suffix("\u{1b}\\")?;
    let Some(text) = decoded(coded).and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Some(Err(format!("no text on the clipboard: {coded}")));
    };
    let is_clean = in_pipe(text.as_bytes()).map(|()| text.clone());
    Some(if text.ends_with('\n') {
        Err(format!(
            "a line end at the end of what was copied: {text:?}"
        ))
    } else {
        is_clean
    })
}

/// The bytes that base64 stands for.
fn decoded(coded: &str) -> Option<Vec<u8>> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for letters in coded.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for letter in letters {
            bits = bits << 6 | u32::try_from(LETTERS.find(char::from(*letter))?).ok()?;
        }
        bits <<= 6 * (4 - letters.len());
        bytes.extend(bits.to_be_bytes()[1..].iter().take(letters.len() - 1));
    }
    Some(bytes)
}

#[test]
fn what_opcit_uses_is_let_through_and_nothing_else() {
    let ours = "\u{1b}[?1049h\u{1b}[2;3Hé e\u{301} 👩\u{200d}🚀\u{1b}[0m\u{1b}[33;1m\u{1b}]52;c;YWI=\u{1b}\\";
    let output = in_terminal(ours.as_bytes()).expect("ours");
    assert_eq!(output.copied, ["ab"]);
    assert_eq!(output.sequences.len(), 4);
    for foreign in [
        "\u{1b}",
        "\u{1b}c",
        "\u{1b}[5m",
        "\u{1b}[38;5;3m",
        "\u{1b}[58;5;8m",
        "\u{1b}[38;5;99m",
        "\u{1b}[6n",
        "\u{1b}[?1047h",
        "\u{1b}[3J",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]8;;http://a.org\u{1b}\\",
        "\u{1b}]52;c;YWIK\u{1b}\\",
        "\u{1b}]52;c;G1tt\u{1b}\\",
        "\u{1b}]52;p;YWI=\u{1b}\\",
        "\u{1b}P0\u{1b}\\",
        "\u{9b}31m",
        "\u{1b}[?1049h\n",
        "\u{7}",
        "\t",
        "a\u{202e}b",
        "a\u{200b}b",
        " \u{200d}",
        "\u{feff}",
    ] {
        assert!(in_terminal(foreign.as_bytes()).is_err(), "{foreign:?}");
    }
    let bomb = format!("a{}", "\u{301}".repeat(11));
    assert!(in_terminal(bomb.as_bytes()).is_err());
    assert!(in_terminal(b"a\x9b31m").is_err());
    assert!(in_pipe(b"one\ntwo\n").is_ok());
    assert!(in_pipe(b"one\ttwo").is_err() && in_pipe(b"one\r\n").is_err());
}
