//! The lines of a source: their ends, and which one an offset lies on.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

/// The source with `\n` for every line end, which may be a return, or a return and a line feed.
pub(super) fn unified(source: &str) -> Cow<'_, str> {
    if memchr(b'\r', source.as_bytes()).is_none() {
        return Cow::Borrowed(source);
    }
    let mut unified = String::with_capacity(source.len());
    let mut parts = source.split('\r');
    unified.push_str(parts.next().unwrap_or_default());
    for part in parts {
        unified.push('\n');
        unified.push_str(part.strip_prefix('\n').unwrap_or(part));
    }
    Cow::Owned(unified)
}

/// Counts lines as a source is read from its start to its end.
#[derive(Debug, Clone)]
pub(super) struct LineCounter<'a> {
    source: &'a str,
    offset: usize,
    line: u32,
}

impl<'a> LineCounter<'a> {
    /// The lines of a source whose line ends are [`unified`].
    pub(super) fn new(source: &'a str) -> Self {
        LineCounter::starting(source, 0, 1)
    }

    /// The same, of the part from `offset` on, which begins on this line.
    pub(super) fn starting(source: &'a str, offset: usize, line: u32) -> Self {
        LineCounter {
            source,
            offset,
            line,
        }
    }

    /// The line, from 1, that holds the byte at `offset`. An offset before the one asked for last
    /// is taken to lie on its line.
    pub(super) fn at(&mut self, offset: usize) -> u32 {
        let bytes = self.source.as_bytes();
        let passed = bytes.get(self.offset..offset).unwrap_or_default();
        let ends = memchr_iter(b'\n', passed).count();
        self.line = self
            .line
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.offset = self.offset.max(offset);
        self.line
    }
}
