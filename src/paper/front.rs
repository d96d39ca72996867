//! What opcit sets itself before and after the author's text: the title page, and a closing line
//! with attribution and licence.

use super::count::count_bytes;
use super::rich::Rich;
use super::{Block, Kind, Mending, Metadata, SourceLocation, bare_links, mending_summary};

/// How fast a reader is taken to read, in words a minute (Brysbaert 2019 found 238 for English
/// non-fiction).
const WORDS_A_MINUTE: usize = 230;

/// The most minutes that are counted as such; a book is measured in hours.
const MAX_MINUTES: f64 = 120.0;

/// How much there is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaperExtent {
    /// Not all of it has been read in.
    Unknown,
    Empty,
    Known {
        minutes: u32,
        notes: usize,
    },
}

impl PaperExtent {
    /// That of a body, and of so many notes beside it.
    pub(super) fn of(body: &[Block], notes: usize) -> Self {
        if body.is_empty() && notes == 0 {
            return PaperExtent::Empty;
        }
        let minutes = minutes(body);
        PaperExtent::Known { minutes, notes }
    }

    /// How many minutes it takes to read, as far as that is known.
    pub(super) fn minutes(self) -> u32 {
        match self {
            PaperExtent::Unknown => 0,
            PaperExtent::Empty => 1,
            PaperExtent::Known { minutes, .. } => minutes,
        }
    }

    fn words(self) -> String {
        match self {
            PaperExtent::Unknown => "reading the rest…".to_owned(),
            PaperExtent::Empty => "This paper is empty.".to_owned(),
            PaperExtent::Known { minutes, notes } => {
                let time = time(minutes);
                match notes {
                    0 => format!("{time} to read"),
                    _ => format!("{time} to read · {}", counted(notes, "note")),
                }
            }
        }
    }
}

/// The title page: title, authors, publisher and date, keywords, how long the body takes to read,
/// and what was mended. The title is left out where the body begins with it.
pub(super) fn title_page(
    metadata: &Metadata,
    first_heading: Option<&str>,
    extent: PaperExtent,
    mendings: &[Mending],
) -> Vec<Block> {
    let mut page = Vec::new();
    if !metadata.title.is_empty() && first_heading != Some(metadata.title.as_str()) {
        page.push(line(Kind::Title, metadata.title.clone(), false));
    }
    push_imprint(&mut page, metadata.subtitle.clone(), true);
    push_imprint(&mut page, metadata.authors.join(", "), false);
    push_imprint(&mut page, publication(metadata, " · "), true);
    if !metadata.keywords.is_empty() {
        let keywords = format!("Keywords: {}", metadata.keywords.join(", "));
        push_imprint(&mut page, keywords, false);
    }
    push_imprint(&mut page, extent.words(), false);
    if !mendings.is_empty() {
        let mended = format!("Mended: {}", mending_summary(mendings));
        push_imprint(&mut page, mended, true);
    }
    page
}

/// Attribution, licence and changes, as CC BY asks for them; nothing without a licence.
pub(super) fn closing(metadata: &Metadata, title: &str) -> Vec<Block> {
    let mut closing = Vec::new();
    if metadata.licence.is_empty() {
        return closing;
    }
    let authors = metadata.authors.join(", ");
    let publication = publication(metadata, ", ");
    let parts = [authors.as_str(), title, &publication, &metadata.licence];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    push_imprint(&mut closing, parts.join(". "), false);
    if !metadata.changes.is_empty() {
        let changes = format!("Changes: {}", metadata.changes);
        push_imprint(&mut closing, changes, true);
    }
    closing
}

fn publication(metadata: &Metadata, between: &str) -> String {
    let parts = [metadata.publisher.as_str(), metadata.date.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// How many minutes it takes to read the body; at least one.
fn minutes(body: &[Block]) -> u32 {
    let words: usize = body.iter().map(|block| words(&block.text)).sum();
    u32::try_from(words.div_ceil(WORDS_A_MINUTE).max(1)).unwrap_or(u32::MAX)
}

/// How many hours a time to read is, roughly, where it is too long to be told in minutes.
pub(crate) fn hours_to_read(minutes: f64) -> Option<f64> {
    (minutes > MAX_MINUTES).then(|| (minutes / 60.0).round())
}

fn time(minutes: u32) -> String {
    match hours_to_read(f64::from(minutes)) {
        Some(hours) => format!("{hours:.0} hours"),
        None => counted(minutes as usize, "minute"),
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// How many words there are, told by the blanks between them.
fn words(text: &str) -> usize {
    let is_blank = |byte: u8| (byte == b' ') | (byte == b'\t') | (byte == b'\n');
    count_bytes(text, b' ', |before, byte| {
        is_blank(before) & !is_blank(byte)
    })
}

fn push_imprint(blocks: &mut Vec<Block>, text: String, tight: bool) {
    if !text.is_empty() {
        let tight = tight && !blocks.is_empty();
        blocks.push(line(Kind::Imprint, text, tight));
    }
}

fn line(kind: Kind, text: String, tight: bool) -> Block {
    let mut rich = Rich::plain(text);
    bare_links::link(&mut rich);
    let mut block = rich.into_block(kind, Vec::new(), SourceLocation::Unknown);
    block.tight = tight;
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_measured_in_hours() {
        let words = |minutes| PaperExtent::Known { minutes, notes: 0 }.words();
        assert_eq!(words(1), "1 minute to read");
        assert_eq!(words(120), "120 minutes to read");
        assert_eq!(words(121), "2 hours to read");
        assert_eq!(words(779), "13 hours to read");
    }
}
