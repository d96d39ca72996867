//! Chunks of R Markdown and Quarto: ```` ```{r label, fig.cap="…"} ````, and options in lines that
//! begin with `#|`. Of the options only a caption is shown.

use super::MarkdownReader;
use super::references::chunk_label;

/// A chunk that is being read.
#[derive(Debug, Default)]
pub(super) struct MarkdownChunk {
    caption: Option<String>,
    /// Whether nothing but options has come of it.
    is_at_head: bool,
}

/// A caption's key at the head of a chunk, and in its options.
const KEYS: [&str; 4] = ["fig.cap", "fig-cap", "tbl-cap", "tab.cap"];

impl MarkdownReader<'_> {
    /// Takes in that code begins at the offset.
    pub(super) fn begin_chunk(&mut self, at: usize) {
        let line = self.typed.get(at..).and_then(|rest| rest.lines().next());
        let line = line.unwrap_or_default().trim();
        let is_chunk = line.ends_with('}')
            && line
                .trim_start_matches(['`', '~', ' '])
                .strip_prefix('{')
                .is_some_and(|inner| inner.starts_with(|char: char| char.is_ascii_alphabetic()));
        if !is_chunk {
            self.chunk = None;
            return;
        }
        if let Some(label) = chunk_label(line) {
            self.builder.anchor(label);
            self.builder.anchor(&format!("fig:{label}"));
        }
        self.chunk = Some(MarkdownChunk {
            caption: caption(line),
            is_at_head: true,
        });
    }

    /// Takes in lines of code, but for the options at a chunk's head.
    pub(super) fn push_code_lines(&mut self, code: &str) {
        let mut rest = code;
        while self.chunk.as_ref().is_some_and(|chunk| chunk.is_at_head)
            && let Some(line) = rest.split_inclusive('\n').next()
            && self.is_option(line)
        {
            rest = rest.get(line.len()..).unwrap_or_default();
        }
        self.builder.push_verbatim(rest);
    }

    /// Whether the line of code is an option of its chunk.
    fn is_option(&mut self, line: &str) -> bool {
        let Some(chunk) = self.chunk.as_mut().filter(|chunk| chunk.is_at_head) else {
            return false;
        };
        let Some(option) = line.trim_start().strip_prefix("#|") else {
            chunk.is_at_head = false;
            return false;
        };
        let (key, value) = option.split_once(':').unwrap_or_default();
        let value = value.trim();
        if KEYS.contains(&key.trim()) && !value.is_empty() {
            let value = value.trim_matches(|char| char == '"' || char == '\'');
            chunk.caption = Some(value.to_owned());
        }
        true
    }

    /// Ends the code, and shows what was said of it.
    pub(super) fn end_code(&mut self) {
        self.end_block();
        let caption = self.chunk.take().and_then(|chunk| chunk.caption);
        if let Some(caption) = caption {
            self.builder.begin_paragraph();
            self.read_inline(&caption);
            self.end_block();
        }
    }
}

/// The caption at the head of a chunk, if it is a text and no name of one.
fn caption(line: &str) -> Option<String> {
    let at = KEYS
        .iter()
        .find_map(|key| Some(line.find(key)? + key.len()))?;
    let value = line.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| "\"'".contains(*char))?;
    let inner = value.get(1..)?;
    let mut end = 0;
    loop {
        end += inner.get(end..)?.find(quote)?;
        if !inner.get(..end)?.ends_with('\\') {
            break;
        }
        end += 1;
    }
    let caption = inner.get(..end)?.replace(r"\\", "\\");
    let is_text = !caption.trim().is_empty() && !caption.starts_with("(ref:");
    is_text.then_some(caption)
}

/// The language in what stands behind a fence: its first word, or in Pandoc's attributes, as
/// `{#a .js}`, the first class, and in R Markdown's, as `{r, echo=FALSE}`, their first word.
pub(super) fn language(info: &str) -> &str {
    let info = info.trim();
    let Some(attributes) = info.strip_prefix('{') else {
        return info.split_whitespace().next().unwrap_or_default();
    };
    let words = || attributes.split([' ', '\t', ',', '}']);
    let class = words().find_map(|word| word.strip_prefix('.'));
    let first = words().next().filter(|word| !word.starts_with(['#', '=']));
    class.or(first).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn a_caption_follows_its_chunk_and_options_are_left_out() {
        check(
            "```{r fig-a, echo=FALSE, fig.cap=\"The *caption*\"}\n#| width: 3\nx <- 1\n#| y\n```\n\nText",
            "code(r): x <- 1⏎#| y
             The *caption*
             Text",
        );
        check(
            "```{python}\n#| label: fig-b\n#| fig-cap: \"Said\"\nx\n```",
            "code(python): x
             Said",
        );
    }

    #[test]
    fn other_code_keeps_its_lines() {
        check("```r\n#| a\n```", "code(r): #| a");
        check("```{.r}\n#| a\n```", "code(r): #| a");
    }
}
