//! Which line of the source an offset lies on.

use memchr::memchr2_iter;

/// Counts lines as the source is read from its start to its end.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    source: &'a str,
    offset: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Lines {
            source,
            offset: 0,
            line: 1,
        }
    }

    /// The line, from 1, that holds the byte at `offset`; offsets must not decrease.
    pub(super) fn at(&mut self, offset: usize) -> u32 {
        let bytes = self.source.as_bytes();
        let passed = bytes.get(self.offset..offset).unwrap_or_default();
        for end in memchr2_iter(b'\n', b'\r', passed) {
            let is_return = passed.get(end) == Some(&b'\r');
            // The return of a return and line feed is not a line end of its own.
            let is_half = is_return && bytes.get(self.offset + end + 1) == Some(&b'\n');
            self.line = self.line.saturating_add(u32::from(!is_half));
        }
        self.offset = self.offset.max(offset);
        self.line
    }
}
