//! What holds for every paper that is written as Markdown.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use crate::export::{Excerpt, markdown::write_excerpt};
use crate::formats::markdown::parse;
use crate::paper::{Block, BlockId, Link, Paper, Position, SourceLocation, Span, Target};

/// Holds a paper to what is promised of its Markdown: that it reads back as the same paper. Of
/// three styles within one another nothing is promised.
pub fn hold(paper: &Paper) {
    if paper.blocks.iter().any(has_deep_styles) {
        return;
    }
    let written = markdown(paper);
    let read = parse(&written).paper;
    assert_eq!(substance(&read), substance(paper), "written as\n{written}");
}

fn has_deep_styles(block: &Block) -> bool {
    let mut open: Vec<&Span> = Vec::new();
    block.spans.iter().any(|span| {
        open.retain(|around| around.range.end > span.range.start);
        open.push(span);
        open.len() > 2
    })
}

/// The whole paper as Markdown.
pub fn markdown(paper: &Paper) -> String {
    let mut out = Vec::new();
    write_excerpt(&Excerpt::whole(paper), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The paper without what writing may change: lines of the source, blank ones in lists, where in a
/// link its markers stand, where in a section a link leads, that a link is an image, and links to
/// what no heading is above.
fn substance(paper: &Paper) -> Paper {
    let mut paper = paper.clone();
    let headed: Vec<_> = paper
        .sections
        .iter()
        .filter(|section| section.level > 0)
        .map(|section| section.blocks.clone())
        .collect();
    for block in &mut paper.blocks {
        block.links.retain(|link| match &link.target {
            Target::Place(place) => headed.iter().any(|blocks| blocks.contains(&place.block.0)),
            Target::Address(_) => true,
        });
    }
    let links: Vec<Vec<Link>> = paper
        .blocks
        .iter()
        .map(|block| block.links.clone())
        .collect();
    let sections = paper.sections.clone();
    let section_start = |place: Position| {
        let mut around = sections.iter();
        let section = around.find(|section| section.blocks.contains(&place.block.0));
        section.map_or(place, |section| {
            Position::start_of(BlockId(section.blocks.start))
        })
    };
    let after_link = |place: &mut Position| {
        let mut links = links.get(place.block.0).into_iter().flatten();
        let around =
            links.find(|link| link.range.start < place.offset && place.offset < link.range.end);
        place.offset = around.map_or(place.offset, |link| link.range.end);
    };
    for (index, block) in paper.blocks.iter_mut().enumerate() {
        block.location = SourceLocation::Unknown;
        block.tight = false;
        for marker in &mut block.markers {
            let mut place = Position {
                block: BlockId(index),
                offset: marker.offset,
            };
            after_link(&mut place);
            marker.offset = place.offset;
            marker.location = SourceLocation::Unknown;
        }
        for link in &mut block.links {
            link.is_image = false;
            if let Target::Place(place) = &mut link.target {
                *place = section_start(*place);
            }
        }
    }
    for note in &mut paper.notes {
        note.location = SourceLocation::Unknown;
        note.cited_in.iter_mut().for_each(after_link);
    }
    paper
}
