//! Parsing code line by line, by the grammars that Sublime Text has.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{CodePart, CodeRole};
use crate::paper::{Block, BlockId, Kind, Paper};

/// Bytes of a block that are parsed at most. What comes after shows as all code did before.
const MAX_BYTES: usize = 16 << 10;

/// Bytes of the longest line that is parsed. A grammar may read a line over and over.
const MAX_LINE_BYTES: usize = 500;

/// How many blocks are kept parsed.
const MAX_BLOCKS: usize = 512;

/// The grammars, read when the first code in a language that has a name is drawn.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Which scopes mean which role: the innermost scope that is named here decides.
static ROLES: LazyLock<Vec<(Scope, Option<CodeRole>)>> = LazyLock::new(|| {
    let roles = [
        // Code within a string is code.
        ("source", None),
        ("meta.interpolation", None),
        ("comment", Some(CodeRole::Comment)),
        ("string", Some(CodeRole::String)),
        ("constant.character", Some(CodeRole::String)),
        ("constant.numeric", Some(CodeRole::Number)),
        ("constant.language", Some(CodeRole::Keyword)),
        ("keyword.operator", None),
        ("keyword", Some(CodeRole::Keyword)),
        ("storage", Some(CodeRole::Keyword)),
        ("entity.name", Some(CodeRole::Name)),
        ("entity.other.attribute-name", Some(CodeRole::Name)),
        ("support.function", Some(CodeRole::Name)),
        ("support.type", Some(CodeRole::Name)),
        ("support.class", Some(CodeRole::Name)),
        ("variable.function", Some(CodeRole::Name)),
    ];
    let roles = roles.into_iter();
    roles
        .filter_map(|(scope, role)| Some((Scope::new(scope).ok()?, role)))
        .collect()
});

/// The parts of the code that has been drawn.
#[derive(Debug, Default)]
pub(crate) struct CodeRoles {
    blocks: RefCell<HashMap<BlockId, ParsedCode>>,
}

/// Code as far as it has been parsed.
#[derive(Debug, Default)]
struct ParsedCode {
    /// In their order.
    parts: Vec<CodePart>,
    /// Bytes that have been parsed, all of them whole lines.
    end: usize,
    /// What goes on from there; none where nothing does.
    next: Option<(ParseState, ScopeStack)>,
}

impl CodeRoles {
    /// The parts that have a role in some bytes of a block, as far as it has been parsed.
    pub(crate) fn parts_in(&self, id: BlockId, bytes: &Range<usize>) -> Vec<CodePart> {
        let blocks = self.blocks.borrow();
        let parts = blocks.get(&id).map_or(&[][..], |parsed| &parsed.parts);
        let before = parts.partition_point(|part| part.bytes.end <= bytes.start);
        let rest = parts.get(before..).unwrap_or_default().iter();
        let here = rest.take_while(|part| part.bytes.start < bytes.end);
        here.cloned().collect()
    }

    /// Whether there is something to parse of a block before an offset.
    pub(crate) fn is_behind(&self, paper: &Paper, id: BlockId, to: usize) -> bool {
        let mut blocks = self.blocks.borrow_mut();
        let parsed = parsed_of(&mut blocks, paper, id);
        parsed.is_some_and(|(parsed, text)| parsed.is_behind(text, to))
    }

    /// Parses a block up to an offset, as many lines at most. It is linear in what had not been parsed.
    pub(crate) fn parse(&self, paper: &Paper, id: BlockId, to: usize, lines: usize) {
        let mut blocks = self.blocks.borrow_mut();
        if let Some((parsed, text)) = parsed_of(&mut blocks, paper, id) {
            parsed.go_on(text, to, lines);
        }
    }
}

/// What is known of a block, and its text; none if it is no code that says in which language.
fn parsed_of<'a, 'b>(
    blocks: &'a mut HashMap<BlockId, ParsedCode>,
    paper: &'b Paper,
    id: BlockId,
) -> Option<(&'a mut ParsedCode, &'b str)> {
    let (block, language) = code(paper, id)?;
    if blocks.len() >= MAX_BLOCKS && !blocks.contains_key(&id) {
        blocks.clear();
    }
    let parsed = blocks.entry(id).or_insert_with(|| {
        if is_rest(paper, id) {
            // What it begins within is not known.
            ParsedCode::default()
        } else {
            ParsedCode::new(language)
        }
    });
    Some((parsed, &block.text))
}

impl ParsedCode {
    fn new(language: &str) -> Self {
        let state = syntax_of(language).map(ParseState::new);
        ParsedCode {
            next: state.map(|state| (state, ScopeStack::new())),
            ..ParsedCode::default()
        }
    }

    fn is_behind(&self, text: &str, to: usize) -> bool {
        self.next.is_some() && self.end < to.min(text.len())
    }

    /// Parses the lines up to an offset, as many at most.
    fn go_on(&mut self, text: &str, to: usize, lines: usize) {
        for _ in 0..lines {
            let next = self.next.take_if(|_| self.end < to.min(text.len()));
            let Some((mut state, mut scopes)) = next else {
                return;
            };
            let rest = text.get(self.end..).unwrap_or_default();
            let line = rest.split_inclusive('\n').next().unwrap_or_default();
            if line.len() > MAX_LINE_BYTES || self.end + line.len() > MAX_BYTES {
                return;
            }
            if self.parse(line, &mut state, &mut scopes).is_none() {
                return;
            }
            self.end += line.len();
            self.next = Some((state, scopes));
        }
    }

    /// Parses a line. None where the grammar fails.
    fn parse(&mut self, line: &str, state: &mut ParseState, scopes: &mut ScopeStack) -> Option<()> {
        let (mut at, end) = (0, line.trim_end_matches('\n').len());
        for (offset, change) in state.parse_line(line, &SYNTAXES).ok()? {
            self.add(at..offset.min(end), scopes);
            at = offset;
            scopes.apply(&change).ok()?;
        }
        self.add(at..end, scopes);
        Some(())
    }

    /// Adds a part of the line that is being parsed.
    fn add(&mut self, of_line: Range<usize>, scopes: &ScopeStack) {
        let bytes = self.end + of_line.start..self.end + of_line.end;
        let Some(role) = role_of(scopes).filter(|_| !bytes.is_empty()) else {
            return;
        };
        match self.parts.last_mut() {
            Some(last) if last.role == role && last.bytes.end == bytes.start => {
                last.bytes.end = bytes.end;
            }
            _ => self.parts.push(CodePart { bytes, role }),
        }
    }
}

/// A block of code that says in which language, but for formulas.
fn code(paper: &Paper, id: BlockId) -> Option<(&Block, &str)> {
    let block = paper.block(id).filter(|block| !block.is_formula())?;
    match &block.kind {
        Kind::Code { language } if !language.is_empty() => Some((block, language)),
        _ => None,
    }
}

/// Whether a block is the rest of code that was too long for one.
fn is_rest(paper: &Paper, id: BlockId) -> bool {
    let before =
        id.0.checked_sub(1)
            .and_then(|before| code(paper, BlockId(before)));
    let is_tight = paper.block(id).is_some_and(|block| block.tight);
    let language = code(paper, id).map(|(_, language)| language);
    is_tight && before.is_some_and(|(_, before)| Some(before) == language)
}

/// The grammar of a language, as it is named on a block: `rust`, `{.python .numberLines}`, `c++`.
fn syntax_of(language: &str) -> Option<&'static SyntaxReference> {
    let mut words = language.split(|c: char| c.is_whitespace() || "{}.,:;".contains(c));
    let name = words.find(|word| !word.is_empty())?.to_ascii_lowercase();
    let name = match name.as_str() {
        "golang" => "go",
        "jsonc" | "json5" => "json",
        "python3" | "ipython" | "ipython3" => "py",
        "shell" | "zsh" => "sh",
        "csharp" => "cs",
        "elisp" | "emacs-lisp" | "scheme" => "lisp",
        "text" | "txt" | "plain" | "plaintext" => return None,
        name => name,
    };
    SYNTAXES.find_syntax_by_token(name)
}

fn role_of(scopes: &ScopeStack) -> Option<CodeRole> {
    let named = scopes.scopes.iter().rev().find_map(|scope| {
        let mut roles = ROLES.iter();
        roles.find(|(prefix, _)| prefix.is_prefix_of(*scope))
    });
    named?.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    fn all_parts(paper: &Paper, id: BlockId) -> Vec<CodePart> {
        let roles = CodeRoles::default();
        let end = paper.blocks[id.0].text.len();
        roles.parse(paper, id, end, usize::MAX);
        assert!(!roles.is_behind(paper, id, end));
        roles.parts_in(id, &(0..end))
    }

    /// The parts of the last block of a paper, each as its role and words.
    fn parts(markdown: &str) -> Vec<(CodeRole, String)> {
        let paper = parse(markdown).paper;
        let id = BlockId(paper.blocks.len() - 1);
        let text = &paper.blocks[id.0].text;
        let parts = all_parts(&paper, id);
        let words = |part: CodePart| {
            (
                part.role,
                text.get(part.bytes).unwrap_or_default().to_owned(),
            )
        };
        parts.into_iter().map(words).collect()
    }

    #[test]
    fn code_in_a_known_language_is_parted_into_what_it_is() {
        let found = parts("```rust\n// Why.\nfn main() { let x = 12; f(\"a\\n\"); }\n```");
        let expected = [
            (CodeRole::Comment, "// Why."),
            (CodeRole::Keyword, "fn"),
            (CodeRole::Name, "main"),
            (CodeRole::Keyword, "let"),
            (CodeRole::Number, "12"),
            (CodeRole::Name, "f"),
            (CodeRole::String, "\"a\\n\""),
        ];
        let expected = expected.map(|(role, words)| (role, words.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_language_is_known_by_the_names_that_people_give_it() {
        for name in [
            "rust",
            "Rust",
            "{.python .numberLines}",
            "py",
            "python3",
            "js",
            "javascript",
            "c++",
            "cpp",
            "C",
            "java",
            "bash",
            "sh",
            "shell",
            "json",
            "yaml",
            "html",
            "css",
            "sql",
            "haskell",
            "r",
            "latex",
            "go",
            "ruby",
            "lua",
        ] {
            assert!(syntax_of(name).is_some(), "{name}");
        }
        for name in ["", "text", "no such language", "{}"] {
            assert!(syntax_of(name).is_none(), "{name}");
        }
        assert_eq!(parts("```\nfn main() { 1 }\n```"), []);
        assert_eq!(parts("fn main() { 1 }"), []);
    }

    #[test]
    fn no_more_is_parsed_than_is_drawn_and_nothing_beyond_a_bound() {
        let line = "let x = 1; // So.\n";
        let paper = parse(&format!("```rust\n{}```", line.repeat(2000))).paper;
        let (id, roles) = (BlockId(paper.blocks.len() - 1), CodeRoles::default());
        let end_of = |lines: usize| lines * line.len();
        let parts_before = |end: usize| roles.parts_in(id, &(end - line.len()..end)).len();
        let parsed = || roles.blocks.borrow().get(&id).map_or(0, |it| it.end);
        assert!(roles.is_behind(&paper, id, end_of(4)));
        roles.parse(&paper, id, end_of(4), 3);
        assert!(roles.is_behind(&paper, id, end_of(4)));
        roles.parse(&paper, id, end_of(4), 3);
        assert!(!roles.is_behind(&paper, id, end_of(4)));
        assert_eq!((parsed(), parts_before(end_of(4))), (end_of(4), 3));
        roles.parse(&paper, id, end_of(2000), usize::MAX);
        assert!(!roles.is_behind(&paper, id, end_of(2000)));
        assert_eq!(
            (parts_before(end_of(900)), parts_before(end_of(2000))),
            (3, 0)
        );
        assert!(parsed() <= MAX_BYTES);
        // A long line ends it as well, since what follows may be within what that begins.
        let long = format!(
            "```rust\nlet x = 1;\nlet y = \"{}\";\nlet z = 1;\n```",
            "a".repeat(MAX_LINE_BYTES)
        );
        assert_eq!(parts(&long).len(), 2);
    }

    #[test]
    fn the_rest_of_code_that_was_too_long_for_a_block_is_not_guessed_at() {
        let paper = parse(&format!("```rust\n{}```", "let x = \"a\";\n".repeat(9000))).paper;
        let rest = BlockId(paper.blocks.len() - 1);
        assert!(is_rest(&paper, rest));
        assert_eq!(all_parts(&paper, rest), []);
    }

    #[test]
    fn whatever_is_called_code_is_parted_in_order_within_its_text() {
        let text = "let \"a\n*/ /* <b c='é'>\n# ' $x {{ \\\n日本 = [1,\n\t\u{301}\"\"\" end\n";
        for syntax in SYNTAXES.syntaxes() {
            let paper = parse(&format!("````{}\n{text}````", syntax.name)).paper;
            let id = BlockId(paper.blocks.len() - 1);
            let own = &paper.blocks[id.0].text;
            let mut end = 0;
            for part in all_parts(&paper, id) {
                assert!(
                    part.bytes.start >= end && !part.bytes.is_empty(),
                    "{}",
                    syntax.name
                );
                assert!(own.get(part.bytes.clone()).is_some(), "{}", syntax.name);
                end = part.bytes.end;
            }
        }
    }
}
