//! TeX in Markdown: commands that shape pages and have no text, environments, and the commands in
//! running text that mean what Markdown has signs for.

use super::blocks::BlockScanner;
use super::context::InnerLine;
use crate::formats::latex::{skipped_arguments, style};
use crate::formats::markdown::shape::Shape;
use crate::paper::Style;

/// An environment is at most so many bytes long; what is longer is text.
const MAX_ENVIRONMENT_BYTES: usize = 64 * 1024;

/// The arguments of a command are at most so many bytes long.
const MAX_ARGUMENTS_BYTES: usize = 2000;

/// Commands without arguments that shape the page, and have no text.
const SILENT: [&str; 55] = [
    "newpage",
    "clearpage",
    "cleardoublepage",
    "pagebreak",
    "nopagebreak",
    "linebreak",
    "newline",
    "break",
    "tableofcontents",
    "listoffigures",
    "listoftables",
    "frontmatter",
    "mainmatter",
    "backmatter",
    "appendix",
    "noindent",
    "indent",
    "bigskip",
    "medskip",
    "smallskip",
    "hfill",
    "vfill",
    "hfil",
    "vfil",
    "par",
    "centering",
    "raggedright",
    "raggedleft",
    "singlespacing",
    "onehalfspacing",
    "doublespacing",
    "FloatBarrier",
    "protect",
    "maketitle",
    "printbibliography",
    "printindex",
    "makeindex",
    "phantomsection",
    "begingroup",
    "endgroup",
    "bgroup",
    "egroup",
    "tiny",
    "scriptsize",
    "footnotesize",
    "small",
    "normalsize",
    "large",
    "Large",
    "LARGE",
    "huge",
    "Huge",
    "sloppy",
    "fussy",
    "selectfont",
];

/// What a command in running text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TexCommand<'a> {
    /// Nothing is shown of it.
    Silent,
    /// Its argument is set in a style, or is a note.
    Styled(Style),
    Note,
    /// It leads to what has this name.
    Reference(&'a str),
    /// A character.
    Sign(&'static str),
    /// The first letters of a word, which a command of the author's own sets large.
    Initial(&'a str),
    /// It leads to an address on the web; words may stand for that.
    Link {
        words: Option<&'a str>,
        address: &'a str,
    },
}

impl<'a> BlockScanner<'a, '_> {
    /// The TeX that begins with the line, if it makes a block of its own.
    pub(super) fn tex_block(&mut self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        if let Some(name) = line.content.strip_prefix(r"\begin{") {
            let (name, _) = name.split_once('}')?;
            let end = self.environment_end(line, name)?;
            return Some((Shape::Tex, end));
        }
        is_silent(line.content).then(|| (Shape::Nothing, line.content_end()))
    }

    /// Where the environment ends that begins with the line: with the end of a line.
    fn environment_end(&mut self, line: &InnerLine<'a>, name: &str) -> Option<usize> {
        let is_sound = name.len() < 40 && !name.contains(['\n', '\\', '{']);
        if !is_sound || self.no_environment_end_before > line.at {
            return None;
        }
        let (begins, ends) = (format!(r"\begin{{{name}}}"), format!(r"\end{{{name}}}"));
        let mut depth = 0_usize;
        let mut next = Some(*line);
        while let Some(line_now) = next {
            depth += line_now.content.matches(&begins).count();
            let closed = line_now.content.matches(&ends).count();
            if closed >= depth && line_now.quotes == line.quotes {
                let is_last = line_now.content.ends_with(&ends);
                return is_last.then(|| line_now.content_end());
            }
            depth -= closed.min(depth);
            if line_now.end - line.at > MAX_ENVIRONMENT_BYTES {
                break;
            }
            next = InnerLine::at(self.source, line_now.end);
        }
        // Nothing is looked for twice.
        self.no_environment_end_before = next.map_or(self.source.len(), |line| line.at);
        None
    }
}

/// Whether the line consists of commands without any text.
fn is_silent(content: &str) -> bool {
    let mut rest = content;
    while !rest.is_empty() {
        match command(rest) {
            Some((TexCommand::Silent, bytes)) => {
                rest = rest.get(bytes..).unwrap_or_default().trim_start();
            }
            _ => return false,
        }
    }
    true
}

/// The command that the text begins with, if it means something here, and its bytes with its
/// arguments; of one whose argument is text, those before that.
pub(super) fn command(text: &str) -> Option<(TexCommand<'_>, usize)> {
    let inner = text.strip_prefix('\\')?;
    let end = inner.find(|char: char| !char.is_ascii_alphabetic());
    let name = inner.get(..end.unwrap_or(inner.len()))?;
    let at = 1 + name.len();
    let rest = text.get(at..)?;
    if rest.is_empty() && name.is_empty() {
        return None;
    }
    if let Some(id) = rest.strip_prefix("@ref(").filter(|_| name.is_empty()) {
        let (id, _) = id.split_once(')')?;
        let is_name = is_name(id);
        return is_name.then(|| (TexCommand::Reference(id), at + "@ref()".len() + id.len()));
    }
    match name {
        "ref" | "autoref" | "cref" | "Cref" | "eqref" | "vref" | "nameref" => {
            let id = rest.strip_prefix('{')?.split_once('}')?.0;
            return is_name(id).then(|| (TexCommand::Reference(id), at + id.len() + "{}".len()));
        }
        "footnote" | "endnote" => return braced(rest).map(|_| (TexCommand::Note, at + 1)),
        "url" | "href" => return link(name, rest).map(|(link, bytes)| (link, at + bytes)),
        "label" => return arguments(rest, 1).map(|bytes| (TexCommand::Silent, at + bytes)),
        _ => {}
    }
    if let Some(style) = style(name).filter(|style| *style != Style::Code) {
        return braced(rest).map(|_| (TexCommand::Styled(style), at + 1));
    }
    if let Some(count) = skipped_arguments(name) {
        return arguments(rest, count).map(|bytes| (TexCommand::Silent, at + bytes));
    }
    if SILENT.contains(&name) {
        return Some((TexCommand::Silent, at + empty_braces(rest)));
    }
    let sign = match name {
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "ldots" | "dots" => "…",
        "S" => "§",
        _ => {
            return initial(rest)
                .map(|(letters, bytes)| (TexCommand::Initial(letters), at + bytes));
        }
    };
    Some((TexCommand::Sign(sign), at + empty_braces(rest)))
}

/// The letters in the braces that begin the text, if the rest of their word comes right behind.
fn initial(rest: &str) -> Option<(&str, usize)> {
    let bytes = braced(rest)?;
    let letters = rest.get(1..bytes - 1)?;
    let is_initial = (1..=3).contains(&letters.chars().count())
        && letters.chars().all(char::is_alphabetic)
        && letters.starts_with(char::is_uppercase)
        && rest.get(bytes..)?.starts_with(char::is_lowercase);
    is_initial.then_some((letters, bytes))
}

/// The link of `\url{…}` or `\href{…}{…}`, and the bytes of its arguments.
fn link<'a>(name: &str, rest: &'a str) -> Option<(TexCommand<'a>, usize)> {
    let argument = |text: &'a str| {
        let bytes = braced(text)?;
        Some((text.get(1..bytes - 1)?, bytes))
    };
    let (address, mut bytes) = argument(rest)?;
    let is_address = address.contains(':') && !address.contains(['<', '>', '{', '}', ' ', '\n']);
    let words = match name {
        "href" => {
            let (words, more) = argument(rest.get(bytes..)?)?;
            bytes += more;
            Some(words)
        }
        _ => None,
    };
    is_address.then_some((TexCommand::Link { words, address }, bytes))
}

/// A link in Markdown. TeX may need a backslash before signs of the address.
pub(super) fn markdown_link(words: Option<&str>, address: &str) -> String {
    let mut bare = address.to_owned();
    for sign in ["\\_", "\\%", "\\#", "\\&", "\\~"] {
        bare = bare.replace(sign, sign.trim_start_matches('\\'));
    }
    match words {
        Some(words) => format!("[{words}](<{bare}>)"),
        None => format!("<{bare}>"),
    }
}

fn is_name(id: &str) -> bool {
    let is_sound = |char: char| char.is_alphanumeric() || "-_:./".contains(char);
    !id.is_empty() && id.len() < 200 && id.chars().all(is_sound)
}

fn empty_braces(rest: &str) -> usize {
    if rest.starts_with("{}") { 2 } else { 0 }
}

/// Bytes of the arguments that the text begins with: a star, those in square brackets, and so
/// many in braces.
fn arguments(text: &str, count: usize) -> Option<usize> {
    let mut rest = text.strip_prefix('*').unwrap_or(text);
    for _ in 0..count {
        while let Some(optional) = rest.strip_prefix('[') {
            let end = optional.find([']', '\n'])?;
            rest = optional.get(end..)?.strip_prefix(']')?;
        }
        let bytes = braced(rest)?;
        rest = rest.get(bytes..)?;
    }
    Some(text.len() - rest.len())
}

/// Bytes of what stands in braces at the head of the text, with them.
pub(super) fn braced(text: &str) -> Option<usize> {
    let near = text.get(..text.floor_char_boundary(MAX_ARGUMENTS_BYTES))?;
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in near.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn commands_that_shape_the_page_are_left_out() {
        check("a\n\n\\newpage\n\nb", "a\nb");
        check("a\n\\vspace{1cm} \\noindent\nb", "a\nb");
        check("\\noindent Text\\index{a!b} more", "Text more");
    }

    #[test]
    fn an_environment_is_shown_as_typed() {
        check(
            "a\n\n\\begin{tabular}{ll}\na & b \\\\\n\n*c* & d\n\\end{tabular}\n\ne",
            "a
             code(latex): \\begin{tabular}{ll}⏎a & b \\\\⏎⏎*c* & d⏎\\end{tabular}
             e",
        );
        check("\\begin{a}\n\nb", "\\begin{a}\nb");
    }

    #[test]
    fn addresses_are_links() {
        check(
            "A^[\\url{https://a.org/b\\_c}] \\href{https://d.org}{the *d*} \\url{x y}.",
            "A[1] <the *d* -> https://d.org> \\url{x y}.
             # Notes
             (1) <https://a.org/b_c -> https://a.org/b_c>",
        );
    }

    #[test]
    fn commands_of_style_and_notes_are_read() {
        check(
            "A \\textit{b **c**} \\textsc{d}\\footnote{e \\textbf{f}}.",
            "A *b **c*** ᴀ{d}[1].
             # Notes
             (1) e **f**",
        );
    }

    #[test]
    fn unknown_commands_are_text() {
        check("a \\foo{b} \\textit c", "a \\foo{b} \\textit c");
    }
}
