//! Formulas on lines of their own: code in TeX.

use super::{Block, Kind};

/// The language of a block of code that is a formula.
pub(crate) const FORMULA: &str = "math";

impl Block {
    /// Whether it is a formula on lines of its own.
    pub(crate) fn is_formula(&self) -> bool {
        matches!(&self.kind, Kind::Code { language } if **language == *FORMULA)
    }
}

/// Whether the text is a formula between `$$`, which is read back as it is written.
pub(crate) fn is_display_formula(text: &str) -> bool {
    let inner = text
        .strip_prefix("$$")
        .and_then(|rest| rest.strip_suffix("$$"));
    inner.is_some_and(|inner| {
        let starts_bare = |line: &str| !line.starts_with([' ', '\t', '>']) && !line.is_empty();
        let mut further = inner.split('\n').skip(1);
        let is_flush = further.all(|line| starts_bare(line) || line.is_empty());
        let has_blank_line = inner.contains("\n\n");
        let ends_bare = !inner.ends_with('\\');
        is_flush
            && !has_blank_line
            && ends_bare
            && !inner.trim().is_empty()
            && !inner.contains("$$")
    })
}
