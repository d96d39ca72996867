//! What a paper cites, as Markdown.

use std::io::{self, Write};

use super::MarkdownPage;
use crate::export::uses::used_by;
use crate::paper::{Bullet, Composed, Nest, Paper, Style};
use crate::sources::{SourceId, Sources};

/// Writes the sources as a list, each with what rests on it.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(paper: &Paper, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut page = MarkdownPage::new(paper, out);
    for (index, source) in sources.all().iter().enumerate() {
        let mut line = Composed::default();
        line.push_styled(&source.name, Style::Strong);
        line.push(" ");
        line.push_passage(paper, source.passage);
        let uses = used_by(paper, sources.used_by(SourceId(index)));
        if !uses.is_empty() {
            line.push(&format!(" (used by {uses})"));
        }
        let bullet = Some(Bullet::Dot);
        let mut block = line.into_block(vec![Nest::Item { bullet }]);
        block.tight = index > 0;
        page.write(&block, "")?;
    }
    Ok(())
}
