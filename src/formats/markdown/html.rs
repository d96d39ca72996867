//! What a reader sees of HTML in a paper: its text.
//!
//! Tags, comments, scripts and styles are left out. `<br>` and the end of a block are line ends.

use crate::paper::Style;

/// What is kept of a block of HTML.
#[derive(Debug, Default)]
pub(super) struct HtmlText {
    pub(super) text: String,
    /// By offset.
    pub(super) turns: Vec<StyleBoundary>,
}

/// A place in the text at which a style begins or ends.
#[derive(Debug)]
pub(super) struct StyleBoundary {
    pub(super) at: usize,
    pub(super) style: Style,
    pub(super) begins: bool,
}

/// The text of a block of HTML.
pub(super) fn text_of(html: &str) -> HtmlText {
    let mut kept = HtmlText::default();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        push_words(&mut kept.text, before);
        let Some((tag, behind)) = split_tag(after) else {
            push_words(&mut kept.text, "<");
            rest = after;
            continue;
        };
        rest = behind;
        if breaks_line(tag) {
            end_line(&mut kept.text);
        } else if ends_cell(tag) && !kept.text.is_empty() {
            kept.text.push_str(BETWEEN_CELLS);
        } else if let Some(name) = silences(tag) {
            rest = behind_end_of(name, behind);
        } else if let Some((style, begins)) = style_of(tag) {
            let at = kept.text.len();
            kept.turns.push(StyleBoundary { at, style, begins });
        }
    }
    push_words(&mut kept.text, rest);
    kept.text.truncate(kept.text.trim_end().len());
    kept
}

/// The names of the tags, in order, and whether they are end tags. Comments are none, nor is what
/// stands in scripts and styles.
pub(super) fn tag_names(html: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('<')?;
            let Some((tag, behind)) = split_tag(after) else {
                rest = after;
                continue;
            };
            rest = match silences(tag) {
                Some(name) => behind_end_of(name, behind),
                None => behind,
            };
            let name = name_of(tag);
            if !name.is_empty() {
                return Some((name, tag.starts_with('/')));
            }
        }
    })
}

/// The value of an attribute of a tag, with its entities decoded.
pub(super) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    rest = rest.get(name_of(rest).len()..)?;
    loop {
        rest = rest.trim_start();
        let end = rest.find(|char: char| char == '=' || char.is_whitespace())?;
        let (name, behind) = rest.split_at_checked(end)?;
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            rest = behind;
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..)?.split_once(quote)?,
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            let mut decoded = String::new();
            push_words(&mut decoded, value);
            return Some(decoded);
        }
        rest = behind;
    }
}

/// What parts two cells of a table.
const BETWEEN_CELLS: &str = " | ";

/// Whether the tag, as it stands in running text, is a line break.
pub(super) fn is_line_break(tag: &str) -> bool {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    name_of(inner).eq_ignore_ascii_case("br")
}

/// The name of a tag in running text, in small letters; that of an end tag with its slash.
pub(super) fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let slash = if inner.starts_with('/') { "/" } else { "" };
    format!("{slash}{}", name_of(inner).to_ascii_lowercase())
}

/// What a tag in running text does to what follows it: the style that it begins, or ends.
pub(super) fn style_of(tag: &str) -> Option<(Style, bool)> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let name = name_of(inner);
    let style = match name.to_ascii_lowercase().as_str() {
        "sup" => Style::Raised,
        "sub" => Style::Lowered,
        "em" | "i" | "cite" | "dfn" | "u" | "var" => Style::Emphasis,
        "b" | "strong" => Style::Strong,
        "del" | "s" | "strike" => Style::Struck,
        "code" | "kbd" | "samp" | "tt" => Style::Code,
        _ => return None,
    };
    let begins = !inner.starts_with('/');
    (!inner.ends_with('/')).then_some((style, begins))
}

/// Parts what follows a `<` into the tag's inside and what comes after its `>`; nothing if the `<`
/// is only a sign, which it is too where no `>` ends the tag.
fn split_tag(after: &str) -> Option<(&str, &str)> {
    if let Some(comment) = after.strip_prefix("!--") {
        let behind = comment.split_once("-->").map_or("", |(_, behind)| behind);
        return Some(("", behind));
    }
    let starts_tag = after.starts_with(|char: char| char.is_ascii_alphabetic())
        || after.starts_with(['/', '!', '?']);
    if !starts_tag {
        return None;
    }
    let mut quote = None;
    let end = after.find(|char| match quote {
        Some(open) if char == open => {
            quote = None;
            false
        }
        Some(_) => false,
        None if matches!(char, '"' | '\'') => {
            quote = Some(char);
            false
        }
        None => char == '>',
    });
    let (tag, behind) = after.split_at_checked(end?)?;
    Some((tag, behind.get(1..).unwrap_or_default()))
}

/// The name of a tag, without the slash of an end tag.
fn name_of(tag: &str) -> &str {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    name.split(|char: char| !char.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn breaks_line(tag: &str) -> bool {
    const BLOCKS: [&str; 12] = [
        "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "summary",
    ];
    let name = name_of(tag);
    let is_end = tag.starts_with('/');
    let is_block = BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block));
    is_block && (is_end || name.eq_ignore_ascii_case("br"))
}

fn ends_cell(tag: &str) -> bool {
    let name = name_of(tag);
    let is_cell = name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th");
    tag.starts_with('/') && is_cell
}

/// The element whose content nobody reads, if the tag begins one.
fn silences(tag: &str) -> Option<&'static str> {
    let is_start = !tag.starts_with('/');
    let mut silent = ["script", "style"].into_iter();
    let silenced = silent.find(|name| name_of(tag).eq_ignore_ascii_case(name));
    silenced.filter(|_| is_start)
}

/// What comes after the end tag of such an element, in which a `<` need not begin a tag.
fn behind_end_of<'a>(name: &str, html: &'a str) -> &'a str {
    let ends = html.match_indices("</").map(|(end, sign)| end + sign.len());
    let mut tags = ends.filter_map(|end| html.get(end..));
    let tag = tags.find(|tag| name_of(tag).eq_ignore_ascii_case(name));
    let behind = tag.and_then(|tag| tag.split_once('>'));
    behind.map_or("", |(_, behind)| behind)
}

/// Adds words with one space between two, as a browser does.
fn push_words(text: &mut String, raw: &str) {
    for (index, word) in raw.split(char::is_whitespace).enumerate() {
        let is_apart = index > 0 && !text.is_empty();
        if is_apart && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        push_word(text, word);
    }
}

/// Adds a word with its entities decoded.
fn push_word(text: &mut String, word: &str) {
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let length = after.find(';').filter(|length| *length <= MAX_ENTITY_BYTES);
        let entity = length.and_then(|length| after.get(..length));
        match entity.and_then(decoded) {
            Some(decoded) => {
                text.push_str(&decoded);
                rest = after
                    .get(length.unwrap_or_default() + 1..)
                    .unwrap_or_default();
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
}

/// No entity has a longer name, in bytes: `CounterClockwiseContourIntegral`.
const MAX_ENTITY_BYTES: usize = 31;

/// What an entity stands for, by its name or its number. The parser of Markdown knows them all.
fn decoded(entity: &str) -> Option<String> {
    let is_name = entity
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    let typed = format!("&{entity};");
    let mut events = pulldown_cmark::Parser::new(&typed).skip(1);
    match events.next().filter(|_| is_name) {
        Some(pulldown_cmark::Event::Text(text)) => Some(text.into_string()),
        _ => None,
    }
}

fn end_line(text: &mut String) {
    let kept = text.trim_end_matches(' ');
    // Behind a row's last cell there is no other.
    text.truncate(
        kept.strip_suffix(BETWEEN_CELLS.trim_end())
            .unwrap_or(kept)
            .len(),
    );
    if !text.is_empty() {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(text_of(html).text, expected);
    }

    #[test]
    fn tags_are_left_out_and_their_text_is_kept() {
        check(
            "<p class='a>b'>One <b>two</b>,\n  three</p>",
            "One two, three",
        );
    }

    #[test]
    fn blocks_and_breaks_end_a_line() {
        check("<ul><li>a</li><li>b</li></ul>c<br/>d<BR>e", "a\nb\nc\nd\ne");
    }

    #[test]
    fn comments_scripts_and_styles_are_left_out() {
        check(
            "a<!-- b > c --> d<script>e<f</script> g<STYLE>h</Style>",
            "a d g",
        );
        check("a<!-- b", "a");
        check("a<script>b", "a");
    }

    #[test]
    fn signs_that_begin_no_tag_are_text() {
        check(
            "a < b &lt; c &amp;amp; d &nope; & e",
            "a < b < c &amp; d &nope; & e",
        );
    }

    #[test]
    fn text_behind_a_tag_that_nothing_ends_is_kept() {
        check("<div id='a'\nb c", "<div id='a' b c");
        check("<p>a <b", "a <b");
    }

    #[test]
    fn all_entities_are_known() {
        check(
            "A&mdash;B&nbsp;&eacute;&#x26;&#8212;&amp;&ngE;&#38;amp; &AMP",
            "A—B\u{a0}é&—&≧\u{338}&amp; &AMP",
        );
    }

    #[test]
    fn cells_of_a_table_do_not_run_together() {
        check(
            "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td></td><td>d</td></tr></table>e",
            "a | b\nc |  | d\ne",
        );
    }

    #[test]
    fn line_breaks_are_known_in_running_text() {
        assert!(is_line_break("<br>") && is_line_break("<BR />"));
        assert!(!is_line_break("<b>") && !is_line_break("<!-- br -->"));
    }
}
