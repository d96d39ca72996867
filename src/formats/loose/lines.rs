//! Loose text as lines, each with what lies around it.

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LooseLine<'a> {
    /// From 1.
    pub(super) number: u32,
    /// Without the blanks around it, unless it is code.
    pub(super) text: &'a str,
    /// How many columns the text is moved in.
    pub(super) indent: usize,
    /// How many blank lines come before it.
    pub(super) blank_before: u32,
    /// Whether a page begins with it.
    pub(super) begins_page: bool,
    /// Whether it belongs to a fenced block, in which nothing is mended.
    pub(super) is_code: bool,
}

/// The lines of a text that are not blank.
pub(super) fn split(source: &str) -> Vec<LooseLine<'_>> {
    let mut lines = Vec::new();
    let mut fence = None;
    let mut blank_before = 0;
    let mut begins_page = source.contains('\x0c');
    for (number, raw) in (1..).zip(source.split('\n')) {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        begins_page |= raw.contains('\x0c');
        let text = raw.trim_matches(|char: char| char == '\x0c' || char.is_whitespace());
        let was_code = fence.is_some();
        fence = fence_after(fence, text);
        let is_code = was_code || fence.is_some();
        if text.is_empty() && !is_code {
            blank_before += 1;
            continue;
        }
        lines.push(LooseLine {
            number,
            text: if is_code { raw } else { text },
            indent: indent_of(raw),
            blank_before,
            begins_page,
            is_code,
        });
        blank_before = 0;
        begins_page = false;
    }
    lines
}

/// How many columns the first letter is moved in.
fn indent_of(raw: &str) -> usize {
    let blanks = raw.trim_start_matches('\x0c').chars();
    let blanks = blanks.take_while(|char| char.is_whitespace());
    blanks.fold(0, |column, blank| match blank {
        '\t' => column / 8 * 8 + 8,
        _ => column + 1,
    })
}

/// The sign of the fence that is open after the line.
fn fence_after(open: Option<char>, text: &str) -> Option<char> {
    let sign = ['`', '~']
        .into_iter()
        .find(|sign| text.chars().take_while(|char| char == sign).count() >= 3);
    match (open, sign) {
        (None, sign) => sign,
        (Some(open), Some(sign)) if open == sign && text.chars().all(|char| char == sign) => None,
        (open, _) => open,
    }
}
