//! Markers of notes in the words of a link or an image: CommonMark has no links in links, and the
//! parser takes a marker for one, so that the link around it would be none.

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
    let mut depth = 0_usize;
    let mut opens = false;
    for byte in near.unwrap_or_default().bytes().rev() {
        match byte {
            b']' => depth += 1,
            b'[' if depth == 0 => {
                opens = true;
                break;
            }
            b'[' => depth -= 1,
            _ => {}
        }
    }
    let mut depth = 0_usize;
    let end = behind.bytes().take(MAX_WORDS_BYTES).position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return true,
            b']' => depth -= 1,
            _ => {}
        }
        false
    });
    let rest = end.and_then(|end| behind.get(end..)).filter(|_| opens);
    rest.is_some_and(|rest| {
        destination(rest) > 1
            || rest
                .strip_prefix("][")
                .and_then(|label| label.split_once(']'))
                .is_some_and(|(label, _)| !label.starts_with('^') && !label.contains(['\n', '[']))
    })
}
