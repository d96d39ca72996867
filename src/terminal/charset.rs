//! The characters that a terminal can be sent, as far as the locale tells.
//!
//! Many letters in UTF-8 hold bytes from 0x80 to 0x9F, which a terminal that is not in UTF-8 may
//! obey: 0x9B begins a sequence as ESC and `[` do. So UTF-8 goes only to a terminal that is in it
//! or has been told to be. A locale that names another charset, or none (`C`, `POSIX`), is
//! believed: what it cannot show is sent as the nearest that it can.

mod stand_in;

use std::env;
use std::io::{self, Write};

use encoding_rs::{Encoding, UTF_8};

use stand_in::Spelling;

/// Has a terminal read UTF-8 from here on. Terminals that know nothing else skip it.
pub(crate) const SELECT_UTF8: &[u8] = b"\x1b%G";

/// The first byte that no terminal takes for a command, of those that are not in ASCII.
const FIRST_PLAIN_BYTE: u8 = 0xa0;

/// What stands for what cannot be shown.
const UNKNOWN: char = '?';

/// A charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8,
    /// No locale says anything, as in many containers. Most terminals are in UTF-8, and the others
    /// must be told.
    Unsaid,
    /// ASCII, and what else the encoding has.
    Other(Option<&'static Encoding>),
}

impl Charset {
    /// The charset of the terminal that the program runs in.
    pub(crate) fn from_environment() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        let locales = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable);
        let locale = locales.iter().find(|locale| !locale.is_empty());
        Self::from_locale(locale.map_or("", String::as_str), &variable("TERM"))
    }

    fn from_locale(locale: &str, term: &str) -> Self {
        let without_variant = locale.split('@').next().unwrap_or_default();
        match without_variant.split_once('.') {
            Some((_, codeset)) => Self::from_codeset(codeset),
            None if matches!(locale, "C" | "POSIX") => Charset::Other(None),
            // It is older than UTF-8.
            None if term.starts_with("vt") => Charset::Other(None),
            // What `en_US` means differs from one system to the next.
            None => Charset::Unsaid,
        }
    }

    fn from_codeset(codeset: &str) -> Self {
        match Encoding::for_label(codeset.as_bytes()) {
            Some(encoding) if encoding == UTF_8 => Charset::Utf8,
            // Some are only read, never written.
            Some(encoding) if encoding.output_encoding() == encoding => {
                Charset::Other(Some(encoding))
            }
            _ => Charset::Other(None),
        }
    }

    pub(crate) fn is_utf8(self) -> bool {
        !matches!(self, Charset::Other(_))
    }

    /// What is sent for a character; none if it cannot be shown.
    fn bytes_of(self, character: char) -> Option<Vec<u8>> {
        let mut utf8 = [0; 4];
        let utf8 = character.encode_utf8(&mut utf8);
        match self {
            _ if character.is_ascii() => Some(utf8.as_bytes().to_vec()),
            Charset::Utf8 | Charset::Unsaid => Some(utf8.as_bytes().to_vec()),
            // Some charsets have a few of the figures, which would look odd among the others.
            Charset::Other(_) if stand_in::is_raised(character) => None,
            Charset::Other(encoding) => {
                let (bytes, _, has_errors) = encoding?.encode(utf8);
                let is_plain = bytes.iter().all(|byte| *byte >= FIRST_PLAIN_BYTE);
                (is_plain && !has_errors).then(|| bytes.into_owned())
            }
        }
    }

    /// What is shown in a cell of the screen for a symbol: one character, if the symbol itself
    /// cannot be. It is narrower than a symbol of two columns.
    pub(crate) fn in_cell(self, symbol: &str) -> Option<char> {
        let is_shown = |character| self.bytes_of(character).is_some();
        if self.is_utf8() || symbol.chars().all(is_shown) {
            return None;
        }
        let first = symbol.chars().next()?;
        let stand_in = is_shown(first).then_some(first);
        Some(
            stand_in
                .or_else(|| stand_in::single(first))
                .unwrap_or(UNKNOWN),
        )
    }

    /// Text of the screen, whose symbols can all be shown, as bytes for the terminal.
    pub(crate) fn encode(self, text: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        for character in String::from_utf8_lossy(text).chars() {
            match self.bytes_of(character) {
                Some(shown) => bytes.extend(shown),
                None => bytes.push(b'?'),
            }
        }
        bytes
    }
}

/// Whether a raised figure is one of a marker, which must not be read as a part of a number.
pub(crate) fn is_raised(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    characters.next().is_some_and(stand_in::is_raised)
}

/// Writes text in UTF-8 on to a terminal, as what its charset can show.
#[derive(Debug)]
pub(crate) struct TerminalWriter<W> {
    output: W,
    charset: Charset,
    /// The beginning of a character whose rest has not been written yet.
    begun: Vec<u8>,
    spelling: Spelling,
}

impl<W: Write> TerminalWriter<W> {
    pub(crate) fn new(output: W, charset: Charset) -> Self {
        TerminalWriter {
            output,
            charset,
            begun: Vec::new(),
            spelling: Spelling::default(),
        }
    }

    fn write_text(&mut self, text: &str) -> io::Result<()> {
        if self.charset == Charset::Unsaid && !text.is_ascii() {
            self.output.write_all(SELECT_UTF8)?;
            self.charset = Charset::Utf8;
        }
        if self.charset.is_utf8() {
            return self.output.write_all(text.as_bytes());
        }
        for character in text.chars() {
            match self.charset.bytes_of(character) {
                Some(bytes) => {
                    self.spelling = Spelling::default();
                    self.output.write_all(&bytes)?;
                }
                None => {
                    let spelled = self.spelling.spell(character);
                    self.output.write_all(spelled.as_bytes())?;
                }
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for TerminalWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend(bytes);
        let whole = match str::from_utf8(&all) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len(),
        };
        self.begun = all.split_off(whole);
        self.write_text(&String::from_utf8_lossy(&all))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

#[cfg(test)]
mod tests;
