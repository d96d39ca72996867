//! What is said of a block: what it is, and its words with the notes announced where they stand.

use std::ops::Range;

use crate::layout::QuotationMarks;
use crate::layout::typography::typeset;
use crate::paper::{Block, BlockId, Bullet, Kind, Nest, NoteId, Paper, Style, Table};

/// What is said of a block, a line each; nothing of one that has nothing to say.
pub(super) fn block(paper: &Paper, id: BlockId) -> Vec<String> {
    let Some(block) = paper.block(id) else {
        return Vec::new();
    };
    let words = words(block, 0..block.text.len());
    match &block.kind {
        Kind::Rule => return vec!["A line across the page.".to_owned()],
        Kind::Backlinks => return Vec::new(),
        _ if words.trim().is_empty() => return Vec::new(),
        Kind::Code { .. } | Kind::Table(_) => return shaped(block, self::words),
        Kind::Heading(level) => {
            let section = paper.section_of(id).map_or(0, |section| section.0 + 1);
            return vec![format!("Section {section}, level {level}: {words}")];
        }
        Kind::Title => return vec![format!("Title: {words}")],
        Kind::Imprint => return vec![words],
        Kind::Caption => return vec![format!("Caption: {words}")],
        Kind::Term => return vec![format!("Term: {words}")],
        Kind::Paragraph => {}
    }
    match begins(block) {
        Some(begins) => vec![format!("{begins}: {words}")],
        None => vec![format!("{}.", place(paper, id)), words],
    }
}

/// Where a block is: `Paragraph 2 of section 3`, `Note 14`.
pub(super) fn place(paper: &Paper, id: BlockId) -> String {
    // Whatever section its words are kept behind, a note is in none.
    if let Some(note) = paper.note_at(id).and_then(|note| paper.note(note)) {
        return format!("Note {}", note.number);
    }
    let number = paper.block(id).map_or(0, |block| block.paragraph);
    let section = paper.section_of(id).map_or(0, |section| section.0 + 1);
    match number {
        0 => format!("Section {section}"),
        number => format!("Paragraph {number} of section {section}"),
    }
}

/// The words of a part of a block, with the notes that are called in it.
pub(super) fn words(block: &Block, part: Range<usize>) -> String {
    let marks = block.markers.iter().map(|marker| {
        let gap = match block.text.get(..marker.offset) {
            Some(before) if before.is_empty() || before.ends_with(char::is_whitespace) => "",
            _ => " ",
        };
        (marker.offset, format!("{gap}(note {})", marker.number))
    });
    let is_inside = |(offset, _): &(usize, String)| part.start <= *offset && *offset <= part.end;
    let said = marks.filter(is_inside);
    let mut words = String::new();
    let mut at = part.start;
    let push = |words: &mut String, range: Range<usize>| {
        let text = block.text.get(range).unwrap_or_default();
        words.push_str(&text.replace(['\n', '\t'], " "));
    };
    for (offset, mark) in said {
        push(&mut words, at..offset);
        words.push_str(&mark);
        at = offset;
    }
    push(&mut words, at..part.end);
    let is_code = matches!(block.kind, Kind::Code { .. });
    if is_code || block.spans.iter().any(|span| span.style == Style::Code) {
        words
    } else {
        // Which marks a language has is not heard.
        typeset(&words, QuotationMarks::default())
    }
}

/// The notes that a block calls, in its order.
pub(super) fn notes(block: &Block) -> Vec<NoteId> {
    block.markers.iter().map(|marker| marker.note).collect()
}

/// What a paragraph within something begins with; none for running text.
fn begins(block: &Block) -> Option<String> {
    let is_item = |nest: &&Nest| matches!(nest, Nest::Item { .. });
    let depth = block.nesting.iter().filter(is_item).count();
    let level = match depth {
        0 | 1 => String::new(),
        depth => format!(" of level {depth}"),
    };
    Some(match block.nesting.last()? {
        Nest::Quote { begins: true } => "Quotation".to_owned(),
        Nest::Quote { begins: false } => "The quotation goes on".to_owned(),
        Nest::Item { bullet } => match bullet {
            Some(Bullet::Dot) => format!("Item{level}"),
            Some(Bullet::Number(number)) => format!("Item {number}{level}"),
            Some(Bullet::Label(label)) => format!("Item {label}{level}"),
            Some(Bullet::Task(true)) => format!("Task done{level}"),
            Some(Bullet::Task(false)) => format!("Task to do{level}"),
            None => format!("The item{level} goes on"),
        },
        Nest::Definition { begins: true } => "Definition".to_owned(),
        Nest::Definition { begins: false } => "The definition goes on".to_owned(),
        Nest::Note {
            number: Some(number),
        } => format!("Note {number}"),
        Nest::Note { number: None } => "The note goes on".to_owned(),
    })
}

/// What is said of a table or code, a line each; nothing of other blocks. `words` gives those of a
/// part of the block.
pub(in crate::reader) fn shaped(
    block: &Block,
    words: fn(&Block, Range<usize>) -> String,
) -> Vec<String> {
    match &block.kind {
        Kind::Code { language } => code(block, language),
        Kind::Table(shape) => table(block, shape, words),
        _ => Vec::new(),
    }
}

fn code(block: &Block, language: &str) -> Vec<String> {
    let text = block.text.as_str();
    let (what, text) = match language {
        _ if block.is_formula() => ("Formula in TeX".to_owned(), without_dollars(text)),
        "" => ("Code".to_owned(), text),
        language => (format!("Code in {language}"), text),
    };
    let end = if block.is_formula() {
        "formula"
    } else {
        "code"
    };
    let lines: Vec<&str> = text.lines().collect();
    let count = counted(lines.len(), "line", "lines");
    let lines = lines.into_iter().map(str::to_owned);
    std::iter::once(format!("{what}, {count}:"))
        .chain(lines)
        .chain([format!("End of the {end}.")])
        .collect()
}

/// A formula without the signs around it, which say only that it is one.
fn without_dollars(formula: &str) -> &str {
    let bare = formula.trim().strip_prefix("$$");
    let bare = bare.and_then(|rest| rest.strip_suffix("$$"));
    bare.map_or(formula, str::trim)
}

/// Each row with the head of its column before each cell.
fn table(block: &Block, shape: &Table, words: fn(&Block, Range<usize>) -> String) -> Vec<String> {
    let cell = |range: &Range<usize>| words(block, range.clone()).trim().to_owned();
    let mut rows = shape.rows.iter();
    let heads: Vec<String> = match &shape.heads {
        Some(heads) => heads.to_vec(),
        None => rows.next().into_iter().flatten().map(cell).collect(),
    };
    let columns = counted(shape.alignments.len(), "column", "columns");
    let count = counted(rows.len(), "row", "rows");
    let mut said = vec![format!("Table, {count} and {columns}.")];
    for (index, row) in rows.enumerate() {
        let cells = row.iter().enumerate().map(|(column, range)| {
            let head = heads.get(column).map_or("", String::as_str);
            let text = match cell(range) {
                text if text.is_empty() => "empty".to_owned(),
                text => text,
            };
            match head {
                "" => text,
                head => format!("{head}: {text}"),
            }
        });
        let cells: Vec<String> = cells.collect();
        said.push(format!("Row {}. {}", index + 1, cells.join("; ")));
    }
    said
}

/// `1 note`, `3 notes`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {several}"),
    }
}
