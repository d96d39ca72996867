//! Markers of notes in the words of a link or an image: CommonMark has no links in links, and the
//! parser takes a marker for one, so that the link around it would be none.

use memchr::{memchr2_iter, memrchr2_iter};

use super::formulas::{Formulas, destination};
use super::{MaskFindings, MaskedKind};
use crate::formats::markdown::brackets::is_label;

/// The words of a link around a marker reach so far before and behind it.
const MAX_WORDS_BYTES: usize = 600;

impl Formulas<'_, '_> {
    /// Hides the marker that begins here if it stands in the words of a link; returns its bytes.
    pub(super) fn linked_marker(
        &mut self,
        source: &str,
        found: &mut MaskFindings<'_>,
    ) -> Option<usize> {
        let inner = self.rest().strip_prefix("[^")?;
        let label = inner.get(..inner.find([']', '[', '\n', ' '])?)?;
        let behind = inner.get(label.len()..)?.strip_prefix(']')?;
        if !is_label(label) || !is_in_link(self.text.get(..self.at)?, behind) {
            return None;
        }
        let bytes = "[^]".len() + label.len();
        self.hide(source, bytes, MaskedKind::Marker, found);
        Some(bytes)
    }
}

/// Whether a bracket is open before the place, and closed behind it where an address follows.
fn is_in_link(before: &str, behind: &str) -> bool {
    let near =
        before.get(before.ceil_char_boundary(before.len().saturating_sub(MAX_WORDS_BYTES))..);
    let near = near.unwrap_or_default().as_bytes();
    let mut depth = 0_usize;
    let opens = memrchr2_iter(b'[', b']', near).any(|at| {
        let closes = near.get(at) == Some(&b']');
        let is_open = !closes && depth == 0;
        depth = if closes {
            depth + 1
        } else {
            depth.saturating_sub(1)
        };
        is_open
    });
    if !opens {
        return false;
    }
    let words = behind.as_bytes();
    let words = words.get(..MAX_WORDS_BYTES).unwrap_or(words);
    let mut depth = 0_usize;
    let end = memchr2_iter(b'[', b']', words).find(|at| {
        let opens = words.get(*at) == Some(&b'[');
        let is_end = !opens && depth == 0;
        depth = if opens {
            depth + 1
        } else {
            depth.saturating_sub(1)
        };
        is_end
    });
    let Some(rest) = end.and_then(|end| behind.get(end..)) else {
        return false;
    };
    destination(rest) > 1
        || rest
            .strip_prefix("][")
            .and_then(|label| label.split_once(']'))
            .is_some_and(|(label, _)| !label.starts_with('^') && !label.contains(['\n', '[']))
}
