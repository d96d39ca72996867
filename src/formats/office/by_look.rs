//! The title and the headings of a text without styles, told by how its paragraphs are set: a first
//! paragraph that is set as nothing else in it is, and short lines in bold that stand alone.
//!
//! Nothing says that they are headings, so each is a mending, which a reader can see and refuse; and
//! none is looked for where some heading has a style, for then its author knew of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ptr;

use super::xml::XmlElement;
use crate::formats::ReadOptions;
use crate::formats::captions::is_caption;
use crate::paper::{Mending, MendingKind, PaperBuilder, SourceLocation};

/// The size of text of which nothing says a size, in half points.
pub(in crate::formats) const DEFAULT_SIZE: u32 = 20;

/// A title has at most so many characters.
const MAX_TITLE_CHARS: usize = 250;

/// A line of a title page is no longer.
const MAX_LINE_CHARS: usize = 120;

/// So many lines may be set almost as the title is, such as the rest of it and the author: where there
/// are more, as on the cover of a thesis, the first may as well be the name of a school.
const MAX_LINES_LIKE_IT: usize = 2;

/// A heading has at most so many characters.
const MAX_HEADING_CHARS: usize = 120;

/// So many in a row may be headings, such as of a part and of its first chapter. More are a title
/// page, an address or a list.
const MAX_IN_A_ROW: usize = 2;

/// What stands alone so often is a sign or the name of a speaker.
const MAX_REPEATS: usize = 2;

/// Of so many paragraphs with words, one may be a heading.
const PARAGRAPHS_A_HEADING: usize = 3;

/// How a paragraph looks from afar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats) struct ParagraphLook {
    /// That of its smallest letters, in half points.
    pub(in crate::formats) size: u32,
    pub(in crate::formats) is_centred: bool,
    pub(in crate::formats) is_bold: bool,
}

impl ParagraphLook {
    /// Takes in another run of the paragraph.
    pub(in crate::formats) fn take(&mut self, size: u32, is_bold: bool) {
        self.size = self.size.min(size);
        self.is_bold &= is_bold;
    }
}

/// A block of the body that is not blank.
#[derive(Debug)]
pub(in crate::formats) struct SeenBlock {
    /// Nothing of a table and of whatever else is no paragraph.
    pub(in crate::formats) look: Option<ParagraphLook>,
    pub(in crate::formats) text: String,
    /// Whether its style says that it is the title.
    pub(in crate::formats) is_title: bool,
    /// Whether nothing but its look is against its being a title, or a heading.
    pub(in crate::formats) may_be_title: bool,
    pub(in crate::formats) may_be_heading: bool,
}

impl SeenBlock {
    /// Whether it may be the title, if it is the first.
    pub(in crate::formats) fn looks_like_a_title(&self) -> bool {
        let is_set_off = self
            .look
            .is_some_and(|look| look.is_bold || look.is_centred);
        is_set_off && self.may_be_title && reads_like_a_title(&self.text)
    }

    fn is_bold(&self) -> bool {
        self.look.is_some_and(|look| look.is_bold)
    }

    /// How it looks, where it may be a heading.
    fn heading(&self) -> Option<ParagraphLook> {
        self.look
            .filter(|look| look.is_bold && self.may_be_heading && reads_like_a_heading(&self.text))
    }
}

/// What is told by its look: the title, and the levels of headings, by the elements of their
/// paragraphs.
#[derive(Debug, Default)]
pub(in crate::formats) struct FoundByLook<'a> {
    title: Option<&'a XmlElement>,
    headings: HashMap<*const XmlElement, u8>,
}

impl<'a> FoundByLook<'a> {
    /// What is found among blocks that are not blank, each of which is as `seen` says: a title where
    /// none is known, and headings where `wants_headings` says that they are to be looked for.
    pub(in crate::formats) fn new(
        blocks: &[&'a XmlElement],
        wants_title: bool,
        wants_headings: bool,
        seen: impl Fn(&XmlElement) -> SeenBlock,
    ) -> Self {
        let mut found = FoundByLook::default();
        let first = blocks.first().map(|first| seen(first));
        let may_have_title = wants_title && first.is_some_and(|first| first.looks_like_a_title());
        if !may_have_title && !wants_headings {
            return found;
        }
        let seen: Vec<SeenBlock> = blocks.iter().map(|block| seen(block)).collect();
        if may_have_title && begins_with_title(&seen) {
            found.title = blocks.first().copied();
        }
        if wants_headings {
            let headings = headings(&seen, found.title.is_some()).into_iter();
            let headings = headings.filter_map(|(at, level)| {
                let element: &XmlElement = blocks.get(at)?;
                Some((ptr::from_ref(element), level))
            });
            found.headings = headings.collect();
        }
        found
    }

    /// The level of a paragraph that is a heading.
    pub(in crate::formats) fn level(&self, paragraph: &XmlElement) -> Option<u8> {
        self.headings.get(&ptr::from_ref(paragraph)).copied()
    }

    /// Whether the paragraph is the title.
    pub(in crate::formats) fn is_title(&self, paragraph: &XmlElement) -> bool {
        self.title.is_some_and(|title| ptr::eq(title, paragraph))
    }
}

/// Whether the first block is the title: larger than the text and bold or in the middle, while no
/// other is larger or looks the same.
fn begins_with_title(blocks: &[SeenBlock]) -> bool {
    let Some((first, blocks)) = blocks.split_first() else {
        return false;
    };
    let Some(look) = first.look.filter(|_| first.looks_like_a_title()) else {
        return false;
    };
    // How many characters of the text are set smaller than it, and how many are not.
    let (mut smaller, mut others) = (0_usize, 0_usize);
    // How many lines below it are set almost as it is, before the text begins.
    let (mut is_opening, mut like_it) = (true, 0_usize);
    for block in blocks {
        if block.is_title {
            return false;
        }
        let Some(other) = block.look else {
            continue;
        };
        if other.size > look.size || other == look {
            return false;
        }
        let chars = block.text.chars().count();
        is_opening &= chars <= MAX_LINE_CHARS;
        let is_set_off = other.is_bold || other.is_centred;
        if is_opening && is_set_off && other.size * 20 >= look.size * 17 {
            like_it += 1;
        }
        // Half a point less is no other size.
        if other.size + 1 < look.size {
            smaller += chars;
        } else {
            others += chars;
        }
    }
    smaller > others && like_it <= MAX_LINES_LIKE_IT
}

/// The blocks that are headings, with their levels from 1. Whether the first is the title is known.
pub(in crate::formats) fn headings(blocks: &[SeenBlock], has_title: bool) -> Vec<(usize, u8)> {
    let headings = standing_alone(blocks, has_title);
    if headings.len() < 2 || headings.len() * PARAGRAPHS_A_HEADING > blocks.len() {
        return Vec::new();
    }
    let looks: BTreeSet<ParagraphLook> = headings.iter().map(|(_, look)| *look).collect();
    // The largest first.
    let levels: BTreeMap<ParagraphLook, u8> = looks.into_iter().rev().zip(1..=6).collect();
    let leveled = headings.into_iter().map(|(at, look)| {
        let level = levels.get(&look).copied().unwrap_or(6);
        (at, level)
    });
    leveled.collect()
}

/// Where the blocks stand that are headings, with their looks.
fn standing_alone(blocks: &[SeenBlock], has_title: bool) -> Vec<(usize, ParagraphLook)> {
    let candidates: Vec<Option<ParagraphLook>> = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| block.heading().filter(|_| !(has_title && at == 0)))
        .collect();
    let mut repeats: HashMap<&str, usize> = HashMap::new();
    for (block, _) in blocks
        .iter()
        .zip(&candidates)
        .filter(|(_, look)| look.is_some())
    {
        *repeats.entry(block.text.as_str()).or_default() += 1;
    }
    let seen: Vec<(usize, &SeenBlock, Option<ParagraphLook>)> = blocks
        .iter()
        .zip(candidates)
        .enumerate()
        .map(|(at, (block, look))| (at, block, look))
        .collect();
    let rows: Vec<_> = seen
        .chunk_by(|(_, one, _), (_, next, _)| one.is_bold() == next.is_bold())
        .collect();
    // Above the first paragraph there may be a title and its author; below the last one, a signature.
    let within = rows.get(1..rows.len().saturating_sub(1));
    let alone = within
        .unwrap_or_default()
        .iter()
        .filter(|row| row.len() <= MAX_IN_A_ROW && row.iter().all(|(.., look)| look.is_some()));
    let headings = alone
        .flat_map(|row| row.iter())
        .filter_map(|(at, block, look)| {
            let is_rare = repeats
                .get(block.text.as_str())
                .is_none_or(|repeats| *repeats <= MAX_REPEATS);
            look.filter(|_| is_rare).map(|look| (*at, look))
        });
    headings.collect()
}

/// Notes that a paragraph is read as a heading for its look; false where that is refused.
pub(in crate::formats) fn mend(
    builder: &mut PaperBuilder,
    options: &ReadOptions<'_>,
    paragraph: u32,
    text: &str,
) -> bool {
    let (kind, text) = (MendingKind::HeadingFound, text.trim().to_owned());
    let may_mend = (options.may_mend)(kind, paragraph);
    if may_mend {
        builder.add_mending(Mending {
            kind,
            location: SourceLocation::Paragraph(paragraph),
            before: text.clone(),
            after: text,
        });
    }
    may_mend
}

/// Whether these may be the words of a title: no sentence and no line that announces another.
fn reads_like_a_title(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic());
    letters.take(2).count() == 2
        && text.chars().count() <= MAX_TITLE_CHARS
        && !text.ends_with(['.', ',', ';', ':'])
}

/// Whether these may be the words of a heading: no sentence, no caption, and no sign.
fn reads_like_a_heading(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic());
    text.chars().count() <= MAX_HEADING_CHARS
        && letters.take(3).count() == 3
        && text.starts_with(char::is_alphanumeric)
        && !text.ends_with(['.', ',', ';', ':', '?', '!', '…'])
        && !is_caption(text)
}
