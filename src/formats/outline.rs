//! A paper on a few lines, for tests to compare.

use super::markdown::parse;
use crate::paper::{Block, Bullet, Kind, Nest, Parsed, Style, Target};

/// Reads the Markdown and compares the author's blocks, one on a line.
///
/// A line is: `~` if it is tight; what encloses the block; its kind; its text, with `[1]` for a
/// marker, `*`, `**`, `~~` and `` ` `` for spans, `<text -> address>` for a link, `⏎` for a line
/// end and `⇥` for a tab.
#[track_caller]
pub(super) fn check(markdown: &str, expected: &str) {
    let blocks = parse(markdown).paper.blocks;
    let blocks = blocks.iter().filter(|block| block.is_authors());
    let lines: Vec<String> = blocks.map(line).collect();
    assert_eq!(lines.join("\n"), unindented(expected));
}

/// Compares the author's blocks of a paper that was read from another format, one on a line.
#[track_caller]
pub(super) fn check_parsed(parsed: &Parsed, expected: &str) {
    let blocks = parsed.paper.blocks.iter();
    let lines: Vec<String> = blocks
        .filter(|block| block.is_authors())
        .map(line)
        .collect();
    assert_eq!(lines.join("\n"), unindented(expected));
}

/// Reads the Markdown and compares every block.
#[track_caller]
pub(super) fn check_whole(markdown: &str, expected: &str) {
    let blocks = parse(markdown).paper.blocks;
    let lines: Vec<String> = blocks.iter().map(line).collect();
    assert_eq!(lines.join("\n"), unindented(expected));
}

/// Reads the Markdown and compares the problems, one on a line.
#[track_caller]
pub(super) fn check_problems(markdown: &str, expected: &str) {
    assert_eq!(problems(&parse(markdown)), unindented(expected));
}

pub(super) fn problems(parsed: &Parsed) -> String {
    let problems = parsed.problems.iter();
    let lines = problems.map(|problem| {
        format!(
            "{}: {}",
            problem.location.line().unwrap_or(0),
            problem.message()
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn unindented(text: &str) -> String {
    let lines = text.trim().lines().map(str::trim);
    lines.collect::<Vec<_>>().join("\n")
}

fn line(block: &Block) -> String {
    let tight = if block.tight { "~" } else { "" };
    let nesting: String = block.nesting.iter().map(nest).collect();
    let line = format!("{tight}{nesting}{}{}", kind(&block.kind), text(block));
    line.trim().to_owned()
}

fn nest(nest: &Nest) -> String {
    match nest {
        Nest::Quote { .. } => "> ".to_owned(),
        Nest::Definition { begins } => if *begins { ": " } else { "· " }.to_owned(),
        Nest::Item { bullet } => match bullet {
            None => "· ".to_owned(),
            Some(Bullet::Dot) => "• ".to_owned(),
            Some(Bullet::Number(number)) => format!("{number}. "),
            Some(Bullet::Label(label)) => format!("{label} "),
            Some(Bullet::Task(is_done)) => if *is_done { "[x] " } else { "[ ] " }.to_owned(),
        },
        Nest::Note { number } => match number {
            None => "() ".to_owned(),
            Some(number) => format!("({number}) "),
        },
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Title => "title: ".to_owned(),
        Kind::Imprint => "imprint: ".to_owned(),
        Kind::Heading(level) => format!("{} ", "#".repeat(usize::from(*level))),
        Kind::Paragraph => String::new(),
        Kind::Caption => "caption: ".to_owned(),
        Kind::Term => "term: ".to_owned(),
        Kind::Code { language } => format!("code({language}): "),
        Kind::Table(table) => format!("table{:?}: ", table.alignments),
        Kind::Rule => "rule".to_owned(),
        Kind::Backlinks => "back: ".to_owned(),
    }
}

fn text(block: &Block) -> String {
    let mut signs: Vec<(usize, String)> = Vec::new();
    let mut sign = |offset: usize, sign: String| signs.push((offset, sign));
    for span in &block.spans {
        let (opens, closes) = match span.style {
            Style::Emphasis => ("*", "*"),
            Style::Strong => ("**", "**"),
            Style::Struck => ("~~", "~~"),
            Style::Code => ("`", "`"),
            Style::Raised => ("^{", "}"),
            Style::Lowered => ("_{", "}"),
            Style::SmallCaps => ("ᴀ{", "}"),
            Style::Formula => ("⟪", "⟫"),
        };
        sign(span.range.start, opens.to_owned());
        sign(span.range.end, closes.to_owned());
    }
    for link in &block.links {
        let target = match &link.target {
            Target::Address(address) => address.to_string(),
            Target::Place(place) => format!("{}:{}", place.block.0, place.offset),
        };
        sign(link.range.start, "<".to_owned());
        sign(link.range.end, format!(" -> {target}>"));
    }
    for marker in &block.markers {
        sign(marker.offset, format!("[{}]", marker.number));
    }
    signs.sort_by_key(|(offset, _)| *offset);
    let mut text = block.text.clone();
    for (offset, sign) in signs.iter().rev() {
        text.insert_str(*offset, sign);
    }
    text.replace('\n', "⏎").replace('\t', "⇥")
}
