//! What a generator of sites puts in: Liquid's `{% … %}`, Hugo's and Quarto's `{{< … >}}`,
//! Kramdown's `{: … }`. Of them only a caption is shown.

use super::blocks::BlockScanner;
use super::context::InnerLine;
use crate::formats::markdown::shape::Shape;

/// A shortcode is at most so many bytes long; what is longer is text.
const MAX_SHORTCODE_BYTES: usize = 4096;

/// What opens a shortcode, and what closes it.
const SIGNS: [(&str, &str); 5] = [
    ("{%", "%}"),
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{::", "/}"),
];

/// Bytes of the shortcode that the text begins with, and what is shown of it.
pub(in crate::formats::markdown) fn shortcode(text: &str) -> Option<(usize, Option<&str>)> {
    let (opens, closes) = SIGNS
        .into_iter()
        .find(|(opens, _)| text.starts_with(opens))?;
    let near = text.get(..text.floor_char_boundary(MAX_SHORTCODE_BYTES))?;
    let end = near.find("\n\n").unwrap_or(near.len());
    let inner = near.get(opens.len()..end)?;
    let end = inner.find(closes)?;
    let inner = inner.get(..end)?;
    Some((opens.len() + end + closes.len(), caption(inner)))
}

/// The caption among the words of a shortcode, else the description of its image.
fn caption(inner: &str) -> Option<&str> {
    let keyed = ["caption", "cap", "alt"]
        .into_iter()
        .find_map(|key| value(inner, key));
    let is_figure = inner
        .get(.."figure".len())
        .is_some_and(|word| word.eq_ignore_ascii_case("figure"));
    // A template's function, whose first argument is the caption.
    let first = || inner.split('"').nth(1).filter(|text| text.contains(' '));
    keyed.or_else(|| first().filter(|_| is_figure))
}

/// The value of a key, in quotes.
fn value<'a>(inner: &'a str, key: &str) -> Option<&'a str> {
    for (at, _) in inner.match_indices(key) {
        let is_word = inner
            .get(..at)
            .is_some_and(|before| before.ends_with([' ', '\t', '\n']));
        let rest = inner.get(at + key.len()..)?.trim_start();
        let Some(rest) = rest.strip_prefix(['=', ':']).filter(|_| is_word) else {
            continue;
        };
        let rest = rest.trim_start();
        for quote in ['"', '\''] {
            if let Some(quoted) = rest.strip_prefix(quote) {
                let end = quoted.find(quote)?;
                return quoted.get(..end).filter(|text| !text.trim().is_empty());
            }
        }
    }
    None
}

impl<'a> BlockScanner<'a, '_> {
    /// The shortcode, or the attributes, that are all of the line, or of several.
    pub(super) fn braces_block(&mut self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        let content = line.content;
        if content.starts_with("{:") && !content.starts_with("{::") && content.ends_with('}') {
            let is_attributes = content.matches('{').count() == 1;
            return is_attributes.then(|| (Shape::Nothing, line.content_end()));
        }
        if let Some(code) = self.highlight(line) {
            return Some(code);
        }
        let rest = self.source.get(line.start()..)?;
        let (bytes, caption) = shortcode(rest)?;
        let end = line.start() + bytes;
        let behind = self.source.get(end..self.line_end(end))?;
        let has_quotes = rest.get(..bytes)?.contains("\n>");
        if has_quotes || !behind.trim().is_empty() {
            return None;
        }
        // Blanks behind it belong to no block.
        let end = end + behind.trim_end_matches('\n').len();
        Some(match caption {
            Some(_) => (Shape::Shortcode, end),
            None => (Shape::Nothing, end),
        })
    }

    /// Code between `{% highlight … %}` and its end, or what nobody is to see between
    /// `{% comment %}` and its end.
    fn highlight(&mut self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        let inner = line.content.strip_prefix("{%")?.strip_suffix("%}")?;
        let word = inner.trim_matches(['-', ' ']).split(' ').next()?;
        let (shape, end_word) = match word {
            "highlight" => (Shape::Code, "endhighlight"),
            "comment" => (Shape::Nothing, "endcomment"),
            _ => return None,
        };
        if self.no_highlight_end_before > line.at {
            return None;
        }
        let mut at = line.end;
        while let Some(next) = InnerLine::at(self.source, at) {
            if next.content.starts_with("{%") && next.content.contains(end_word) {
                return Some((shape, next.content_end()));
            }
            at = next.end;
            if at - line.at > MAX_SHORTCODE_BYTES * 16 {
                break;
            }
        }
        self.no_highlight_end_before = at;
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn of_a_shortcode_the_caption_is_shown() {
        check(
            "{{< figure src=\"a.png\"\n  caption=\"A *map*\" >}}\n\nText {{< br >}} more {% foo %}.",
            "A *map*
             Text more .",
        );
        check("{% include a.html caption='B' %}", "B");
        check("a\n{: .note #x}\n\nb *c*{: .d}", "a\nb *c*");
    }

    #[test]
    fn highlighted_code_is_code() {
        check(
            "a\n\n{% highlight rust %}\nlet *a*;\n\nb\n{% endhighlight %}\n\nc",
            "a
             code(rust): let *a*;⏎⏎b
             c",
        );
    }

    #[test]
    fn braces_that_never_close_are_text() {
        check("{% a\n\n{{ b", "{% a\n{{ b");
    }
}
