//! The source of a LaTeX file as tokens, with what macros stand for put in their place.

use std::rc::Rc;

/// So many macros are expanded in a file, and so many bytes come of them.
const MAX_EXPANSIONS: usize = 50_000;
const MAX_EXPANDED_BYTES: usize = 8 << 20;

/// So many files are entered, however often each, and so many bytes come of them.
const MAX_FILES: usize = 2000;
const MAX_FILE_BYTES: usize = 64 << 20;

/// Macros within macros, and files within files, are expanded so deep.
const MAX_FRAMES: usize = 64;

/// An argument in square brackets is at most so long.
const MAX_OPTIONAL_BYTES: usize = 4096;

/// A piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LatexToken {
    /// `\name`, with its star.
    Command(String),
    /// `\%`, `\'`.
    Symbol(char),
    OpenBrace,
    CloseBrace,
    /// `$`, or `$$`.
    Math {
        is_display: bool,
    },
    /// `&`.
    Cell,
    /// A run of white space.
    Space,
    /// One or more blank lines.
    Paragraph,
    /// Ordinary characters, with the quotes and dashes that TeX makes of signs.
    Text(String),
}

#[derive(Debug)]
struct Frame {
    text: Rc<str>,
    at: usize,
}

/// The source, read from its start.
#[derive(Debug)]
pub(super) struct Input {
    frames: Vec<Frame>,
    expansions: usize,
    expanded_bytes: usize,
    files: usize,
    file_bytes: usize,
    line: u32,
    /// Bytes of the source whose lines are counted.
    counted: usize,
}

impl Input {
    pub(super) fn new(text: &str) -> Self {
        Self {
            frames: vec![Frame {
                text: Rc::from(text),
                at: 0,
            }],
            expansions: 0,
            expanded_bytes: 0,
            files: 0,
            file_bytes: 0,
            line: 1,
            counted: 0,
        }
    }

    /// The line of the source, from 1.
    pub(super) fn line(&mut self) -> u32 {
        if let Some(Frame { text, at }) = self.frames.first() {
            let read = text.as_bytes().get(self.counted..*at).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', read).count();
            self.line = self
                .line
                .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            self.counted = *at;
        }
        self.line
    }

    /// Reads this text before the rest; tells whether it may.
    pub(super) fn expand(&mut self, text: &str) -> bool {
        self.drop_read();
        self.expansions += 1;
        self.expanded_bytes = self.expanded_bytes.saturating_add(text.len());
        let may = self.frames.len() < MAX_FRAMES
            && self.expansions <= MAX_EXPANSIONS
            && self.expanded_bytes <= MAX_EXPANDED_BYTES;
        if may {
            self.frames.push(Frame {
                text: Rc::from(text),
                at: 0,
            });
        }
        may
    }

    /// Reads a file's text before the rest; tells whether it may.
    pub(super) fn enter_file(&mut self, text: Rc<str>) -> bool {
        self.drop_read();
        self.files += 1;
        self.file_bytes = self.file_bytes.saturating_add(text.len());
        let may = self.frames.len() < MAX_FRAMES
            && self.files <= MAX_FILES
            && self.file_bytes <= MAX_FILE_BYTES;
        if may {
            self.frames.push(Frame { text, at: 0 });
        }
        may
    }

    /// The name of a file: in braces, or up to a blank.
    pub(super) fn file_name(&mut self) -> String {
        if self.is_next('{') {
            self.argument()
        } else {
            self.take_while(|char| !char.is_whitespace() && char != '\\')
        }
    }

    /// Drops what is read to its end, except the source itself.
    fn drop_read(&mut self) {
        while self.frames.len() > 1
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.at >= frame.text.len())
        {
            self.frames.pop();
        }
    }

    fn rest(&mut self) -> &str {
        self.drop_read();
        let frame = self.frames.last();
        frame
            .and_then(|frame| frame.text.get(frame.at..))
            .unwrap_or_default()
    }

    fn peek(&mut self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, bytes: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.at += bytes;
        }
    }

    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let end = rest.find(|char| !is_wanted(char)).unwrap_or(rest.len());
        let taken = rest.get(..end).unwrap_or_default().to_owned();
        self.skip(end);
        taken
    }

    /// Passes over white space and comments, but not over a blank line.
    fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some('%') => self.skip_comment(),
                Some(char) if char.is_whitespace() => {
                    let rest = self.rest();
                    let blank = rest.len() - rest.trim_start().len();
                    let lines = rest.get(..blank).unwrap_or_default().matches('\n').count();
                    if lines > 1 {
                        return;
                    }
                    self.skip(blank);
                }
                _ => return,
            }
        }
    }

    /// A comment ends with its line, and takes the blanks at the start of the next with it.
    fn skip_comment(&mut self) {
        let rest = self.rest();
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let tail = rest.get(end..).unwrap_or_default();
        let blanks = tail.len() - tail.trim_start_matches([' ', '\t']).len();
        self.skip(end + blanks);
    }

    pub(super) fn next(&mut self) -> Option<LatexToken> {
        loop {
            let first = self.peek()?;
            return Some(match first {
                '%' => {
                    self.skip_comment();
                    continue;
                }
                '\\' => self.command(),
                '{' => self.single(LatexToken::OpenBrace),
                '}' => self.single(LatexToken::CloseBrace),
                '$' => {
                    let is_display = self.rest().starts_with("$$");
                    self.skip(if is_display { 2 } else { 1 });
                    LatexToken::Math { is_display }
                }
                '&' => self.single(LatexToken::Cell),
                '~' => self.single(LatexToken::Text("\u{a0}".to_owned())),
                char if char.is_whitespace() => {
                    let blank = self.take_while(char::is_whitespace);
                    if blank.matches('\n').count() > 1 {
                        LatexToken::Paragraph
                    } else {
                        LatexToken::Space
                    }
                }
                _ => self.text(),
            });
        }
    }

    fn single(&mut self, token: LatexToken) -> LatexToken {
        self.skip(1);
        token
    }

    fn command(&mut self) -> LatexToken {
        self.skip(1);
        let mut name = self.take_while(|char| char.is_ascii_alphabetic() || char == '@');
        if name.is_empty() {
            let Some(sign) = self.peek() else {
                return LatexToken::Symbol(' ');
            };
            self.skip(sign.len_utf8());
            return LatexToken::Symbol(sign);
        }
        if self.rest().starts_with('*') {
            self.skip(1);
            name.push('*');
        }
        // White space after a name only ends it; a blank line is more.
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        let lines = rest.get(..blank).unwrap_or_default().matches('\n').count();
        if lines < 2 {
            self.skip(blank);
        }
        LatexToken::Command(name)
    }

    /// Characters up to the next with a meaning. Signs that make quotes and dashes are read here.
    fn text(&mut self) -> LatexToken {
        const SIGNS: [(&str, &str); 8] = [
            ("---", "—"),
            ("--", "–"),
            ("``", "“"),
            ("''", "”"),
            ("?`", "¿"),
            ("!`", "¡"),
            ("`", "‘"),
            ("'", "’"),
        ];
        for (sign, text) in SIGNS {
            if self.rest().starts_with(sign) {
                self.skip(sign.len());
                return LatexToken::Text(text.to_owned());
            }
        }
        let is_plain = |char: char| {
            !char.is_whitespace()
                && !matches!(
                    char,
                    '\\' | '{' | '}' | '$' | '&' | '~' | '%' | '`' | '\'' | '-' | '?' | '!'
                )
        };
        let mut text = self.take_while(is_plain);
        if text.is_empty()
            && let Some(char) = self.peek()
        {
            self.skip(char.len_utf8());
            text.push(char);
        }
        LatexToken::Text(text)
    }

    /// Whether an argument in braces comes next; enters it if so.
    pub(super) fn enter_argument(&mut self) -> bool {
        self.skip_blanks();
        let is_braced = self.rest().starts_with('{');
        self.skip(usize::from(is_braced));
        is_braced
    }

    /// Whether this sign comes next.
    pub(super) fn is_next(&mut self, sign: char) -> bool {
        self.skip_blanks();
        self.rest().starts_with(sign)
    }

    /// The next argument as it is typed: what is in braces, a command, or a character.
    pub(super) fn argument(&mut self) -> String {
        self.skip_blanks();
        match self.peek() {
            Some('{') => {
                self.skip(1);
                self.braced()
            }
            Some('\\') => match self.command() {
                LatexToken::Command(name) => format!("\\{name} "),
                LatexToken::Symbol(sign) => format!("\\{sign}"),
                _ => String::new(),
            },
            Some('}') | None => String::new(),
            Some(char) => {
                self.skip(char.len_utf8());
                char.to_string()
            }
        }
    }

    /// What is typed up to the brace that closes the one before.
    pub(super) fn braced(&mut self) -> String {
        let rest = self.rest();
        let mut depth = 1_usize;
        let mut end = rest.len();
        let mut after = rest.len();
        let mut is_escaped = false;
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        (end, after) = (at, at + 1);
                        break;
                    }
                }
                _ => {}
            }
        }
        let inner = rest.get(..end).unwrap_or_default().to_owned();
        self.skip(after);
        inner
    }

    /// The next argument in square brackets, if there is one.
    pub(super) fn optional(&mut self) -> Option<String> {
        if !self.is_next('[') {
            return None;
        }
        let rest = self.rest();
        let mut depth = 0_usize;
        for (at, byte) in rest.bytes().enumerate().skip(1).take(MAX_OPTIONAL_BYTES) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => return None,
                b'}' => depth -= 1,
                b']' if depth == 0 => {
                    let inner = rest.get(1..at)?.to_owned();
                    self.skip(at + 1);
                    return Some(inner);
                }
                _ => {}
            }
        }
        None
    }

    /// Passes over options that are no text: `[2]`, `[width=3cm]`.
    pub(super) fn measures(&mut self) {
        let rest = self.rest();
        let inner = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .map(|(inner, _)| inner);
        let is_measure = |inner: &str| {
            let is_number = inner.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
                && !inner.contains(char::is_whitespace);
            is_number || (inner.contains('=') && !inner.contains(['\\', '\n']))
        };
        let bytes = inner.filter(|inner| is_measure(inner)).map(str::len);
        if let Some(bytes) = bytes {
            self.skip(bytes + "[]".len());
        }
    }

    /// What is typed up to the end mark, which is passed over; all the rest if there is none.
    pub(super) fn until(&mut self, end: &str) -> String {
        let rest = self.rest();
        let found = memchr::memmem::find(rest.as_bytes(), end.as_bytes());
        let at = found.unwrap_or(rest.len());
        let inner = rest.get(..at).unwrap_or_default().to_owned();
        self.skip(at + found.map_or(0, |_| end.len()));
        inner
    }

    /// The formula up to the sign that closes it, which is passed over. None if a blank line or the
    /// end comes first: then the sign before opened none.
    pub(super) fn formula(&mut self, sign: &str) -> Option<String> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut at = 0;
        let mut is_line_blank = false;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' if is_line_blank => return None,
                b'$' if bytes.get(at..)?.starts_with(sign.as_bytes()) => {
                    let inner = rest.get(..at)?.to_owned();
                    self.skip(at + sign.len());
                    return Some(inner);
                }
                _ => {}
            }
            is_line_blank = *byte == b'\n' || is_line_blank && byte.is_ascii_whitespace();
            at += 1;
        }
        None
    }

    /// The next character as it is, for `\verb|…|`.
    pub(super) fn delimiter(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.skip(char.len_utf8());
        Some(char)
    }

    /// Whether `{}` comes next.
    pub(super) fn is_empty_group(&mut self) -> bool {
        self.rest().starts_with("{}")
    }
}
