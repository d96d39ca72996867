//! The words of a field: what is typed for TeX, or with tags of HTML, as plain text.

use super::super::latex::{mark, marked, sign};
use crate::paper::clean;

/// Tags that programs leave in titles and abstracts.
const TAGS: [&str; 17] = [
    "i",
    "b",
    "em",
    "strong",
    "sup",
    "sub",
    "span",
    "sc",
    "p",
    "br",
    "jats:p",
    "jats:title",
    "jats:italic",
    "jats:sup",
    "jats:sub",
    "jats:sec",
    "div",
];

/// The plain text of a field.
pub(super) fn plain(field: &str) -> String {
    let is_typed = field.contains(['\\', '{', '}', '~', '`', '\'', '<', '-', '&']);
    let text = if is_typed {
        TexDecoder::default().decode(field)
    } else {
        field.to_owned()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" ")).into_owned()
}

/// The text of a field that is no prose, such as an address.
pub(super) fn verbatim(field: &str) -> String {
    let field = field.trim();
    let inner = field
        .strip_prefix("\\url{")
        .or_else(|| field.strip_prefix("\\href{"))
        .and_then(|rest| rest.split('}').next())
        .unwrap_or(field);
    // An address may be broken over lines, and then stands indented.
    let inner: String = inner.lines().map(str::trim).collect();
    let mut kept = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(char) = chars.next() {
        let is_escape = char == '\\' && chars.peek().is_some_and(|next| "_%&#$~{}".contains(*next));
        if !is_escape && !matches!(char, '{' | '}') {
            kept.push(char);
        }
    }
    clean(kept.trim()).into_owned()
}

/// Writes plain text from left to right.
#[derive(Default)]
struct TexDecoder {
    out: String,
    /// How many braces are open, and at which of them a quotation ends.
    depth: usize,
    quotes: Vec<usize>,
}

impl TexDecoder {
    fn decode(mut self, field: &str) -> String {
        let mut rest = field;
        while let Some(char) = rest.chars().next() {
            let after = rest.get(char.len_utf8()..).unwrap_or_default();
            rest = match char {
                '\\' => self.command(after),
                '{' => {
                    self.depth += 1;
                    after
                }
                '}' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.quotes.pop_if(|at| *at == self.depth).is_some() {
                        self.out.push('”');
                    }
                    after
                }
                // What a formula means nobody knows who cannot read all of TeX.
                '$' => match after.split_once('$') {
                    Some((formula, rest)) if formula.contains('\\') => {
                        self.out.push('$');
                        self.out.push_str(formula);
                        self.put("$", rest)
                    }
                    _ => self.put("$", after),
                },
                '~' => self.put(" ", after),
                '`' if after.starts_with('`') => self.put("“", after.get(1..).unwrap_or_default()),
                '`' => self.put("‘", after),
                '\'' if after.starts_with('\'') => {
                    self.put("”", after.get(1..).unwrap_or_default())
                }
                '-' if after.starts_with("--") => self.put("—", after.get(2..).unwrap_or_default()),
                '-' if after.starts_with('-') => self.put("–", after.get(1..).unwrap_or_default()),
                '<' => match tag(rest) {
                    Some(bytes) => rest.get(bytes..).unwrap_or_default(),
                    None => self.put("<", after),
                },
                '&' => match entity(rest) {
                    Some((char, bytes)) => self.put(char, rest.get(bytes..).unwrap_or_default()),
                    None => self.put("&", after),
                },
                char => {
                    self.out.push(char);
                    after
                }
            };
        }
        self.out
    }

    fn put<'a>(&mut self, text: &str, rest: &'a str) -> &'a str {
        self.out.push_str(text);
        rest
    }

    /// Takes the command whose name begins the text; gives what comes behind it.
    fn command<'a>(&mut self, text: &'a str) -> &'a str {
        let Some(first) = text.chars().next() else {
            return text;
        };
        let behind = text.trim_start_matches(|char: char| char.is_ascii_alphabetic());
        let name = match text.get(..text.len() - behind.len()) {
            Some(name) if !name.is_empty() => name,
            _ => text.get(..first.len_utf8()).unwrap_or_default(),
        };
        let behind = text.get(name.len()..).unwrap_or_default();
        if let Some(mark) = mark(name) {
            return self.accent(mark, behind);
        }
        if let Some(sign) = sign(name) {
            let behind = behind.strip_prefix("{}").unwrap_or(behind);
            return self.put(sign, behind.trim_start_matches(' '));
        }
        match name {
            "enquote" | "mkbibquote" if behind.trim_start().starts_with('{') => {
                self.quotes.push(self.depth);
                self.put("“", behind)
            }
            "textbraceleft" => self.put("{", behind.strip_prefix("{}").unwrap_or(behind)),
            "textbraceright" => self.put("}", behind.strip_prefix("{}").unwrap_or(behind)),
            "\\" | " " | "," | ":" | ";" | "par" | "newline" => self.put(" ", behind),
            "-" | "/" | "!" => behind,
            _ if first.is_ascii_alphabetic() => behind.trim_start_matches(' '),
            _ => self.put(name, behind),
        }
    }

    /// Sets a mark on the letter that comes next; gives what comes behind that.
    fn accent<'a>(&mut self, mark: char, text: &'a str) -> &'a str {
        let text = text.trim_start_matches(' ');
        let (letters, behind) = match text.strip_prefix('{') {
            Some(inner) => {
                let end = inner.find('}').unwrap_or(inner.len());
                let behind = inner.get(end + 1..).unwrap_or_default();
                (inner.get(..end).unwrap_or_default(), behind)
            }
            None if text.starts_with('\\') => {
                let inner = text.get(1..).unwrap_or_default();
                let behind = inner.trim_start_matches(|char: char| char.is_ascii_alphabetic());
                let letters = text.get(..text.len() - behind.len()).unwrap_or_default();
                (letters, behind.trim_start_matches(' '))
            }
            None => {
                let first = text.chars().next().map_or(0, char::len_utf8);
                text.split_at_checked(first).unwrap_or_default()
            }
        };
        let letters = letters.trim_matches(['{', '}', ' ']);
        self.put(&marked(letters, mark), behind)
    }
}

/// Bytes of the tag that the text begins with.
fn tag(text: &str) -> Option<usize> {
    const MAX_TAG_BYTES: usize = 200;
    let near = text.get(..text.floor_char_boundary(MAX_TAG_BYTES))?;
    let end = near.find('>')?;
    let inner = near.get(1..end)?.trim_start_matches('/');
    let ends = |char: char| char.is_whitespace() || char == '/';
    let name = inner.split(ends).next()?;
    TAGS.contains(&name).then_some(end + 1)
}

/// The character that an entity at the text's head stands for, and its bytes.
fn entity(text: &str) -> Option<(&'static str, usize)> {
    let all = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&#39;", "’"),
    ];
    let found = all.iter().find(|(name, _)| text.starts_with(name))?;
    Some((found.1, found.0.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_becomes_text() {
        for (typed, expected) in [
            ("{On} Notes", "On Notes"),
            (
                r#"M{\"u}nchen, M\"unchen, Garc\'{\i}a, Ant\'onio"#,
                "München, München, García, António",
            ),
            (r"\AA rhus \& \O rsted: 100\,\%", "Århus & Ørsted: 100 %"),
            (
                r"A~B -- C --- ``D'' \emph{E} \textit{F}g",
                "A B – C — “D” E Fg",
            ),
            (
                r"\mkbibquote{In} and \enquote{{Out} again}",
                "“In” and “Out again”",
            ),
            (
                "<i>E. coli</i> &amp; H<sub>2</sub>O, a < b",
                "E. coli & H2O, a < b",
            ),
            ("two\n   lines", "two lines"),
            (r"Erd\H{o}s, \v{S}, \c{c}, {\ss}, \'\i", "Erdős, Š, ç, ß, í"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("\\", ""),
            ("{", ""),
            ("\\'", ""),
        ] {
            assert_eq!(plain(typed), expected, "{typed}");
        }
    }

    #[test]
    fn an_address_stays_as_it_is() {
        assert_eq!(
            verbatim(r"https://a.org/b\_c?d=\%20--e"),
            "https://a.org/b_c?d=%20--e"
        );
        assert_eq!(verbatim(r"\url{https://a.org/~b}"), "https://a.org/~b");
    }

    #[test]
    fn deep_braces_cost_nothing() {
        let deep = format!("{}x{}", "\\emph{".repeat(50_000), "}".repeat(50_000));
        assert_eq!(plain(&deep), "x");
    }
}
