//! LaTeX: what papers use of it. The author's macros are expanded, within bounds; other files are
//! read from its folder alone, and formulas stay as they are typed.

mod coloured;
mod commands;
mod environments;
mod files;
mod head;
mod input;
mod labels;
mod lists;
mod macros;
mod notes;
mod reader;
mod references;
mod signs;
#[cfg(test)]
mod tests;

use crate::formats::html::charset;
use encoding_rs::Encoding;

use super::ReadBeside;
use crate::paper::{PaperBuilder, Parsed};
pub(in crate::formats) use commands::{skipped_arguments, style};
use files::Files;
use labels::LatexLabels;
use macros::Macros;
use reader::LatexReader;
pub(in crate::formats) use signs::{mark, marked, sign};

/// Reads a LaTeX file.
pub(crate) fn read(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    beside: &ReadBeside<'_>,
) -> Parsed {
    let (text, lost) = charset::decode(bytes, encoding);
    let mut builder = PaperBuilder::new();
    if let Some(lost) = lost {
        builder.problem(lost);
    }
    let files = Files::new(beside);
    let labels = LatexLabels::find(&text, &files);
    let macros = Macros::default();
    let mut reader = LatexReader::new(&text, &labels, macros, &mut builder).with_files(&files);
    reader.read();
    builder.finish()
}

/// The words of a piece of LaTeX.
fn words(text: &str, macros: &Macros) -> String {
    let mut builder = PaperBuilder::new();
    let labels = LatexLabels::default();
    let mut reader = LatexReader::new(text, &labels, macros.clone(), &mut builder);
    reader.read();
    let blocks = builder.finish().paper.blocks;
    let texts = blocks.iter().filter(|block| block.paragraph > 0);
    let words: Vec<&str> = texts
        .flat_map(|block| block.text.split_whitespace())
        .collect();
    words.join(" ")
}
