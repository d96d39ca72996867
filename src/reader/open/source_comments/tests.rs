use super::*;
use crate::formats::embedded;
use crate::formats::markdown::parse;

/// What the lines of a comment show, one under another.
fn text(layout: &Layout) -> Vec<String> {
    let shown = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect();
    layout.lines.iter().map(shown).collect()
}

#[test]
fn no_line_is_wider_than_asked_and_no_sign_is_lost() {
    let paper = parse(embedded()).paper;
    let sources = Sources::read(&paper);
    let mut signs = 0;
    for room in [Density::Box, Density::Beside] {
        for note in (0..paper.notes.len()).map(NoteId) {
            let mut comments = answers(&paper, &sources, note, room);
            comments.extend(uses(&paper, &sources, None, note));
            for comment in comments {
                for columns in 0..100 {
                    let layout = comment.lay_out(columns);
                    let widest = layout.lines.iter().map(Line::columns).max();
                    // A sign is never broken, so that it can be wider than a tiny line.
                    let most = columns.max(ruler::columns(&comment.sign) + 4).max(2);
                    assert!(widest <= Some(most), "{columns}: {:?}", text(&layout));
                    assert!(text(&layout).concat().contains(&comment.sign));
                    signs += usize::from(!comment.sign.is_empty());
                }
            }
        }
    }
    assert!(signs > 1000);
}

#[test]
fn of_a_note_that_cites_more_than_anyone_reads_the_first_are_answered() {
    let many = "Smith, op. cit.; ".repeat(4_000);
    let given: String = (0..4_000)
        .map(|year| format!("Doe, J. ({year}) *Title {year}*. Press; "))
        .collect();
    let paper = parse(&format!("a[^1] b[^2]\n\n[^1]: {many}\n\n[^2]: {given}\n")).paper;
    let sources = Sources::read(&paper);
    let comments = answers(&paper, &sources, NoteId(0), Density::Box);
    assert_eq!(comments.len(), MAX_NAMED + 1);
    let told = &comments.last().unwrap().block.text;
    assert_eq!(told, "and 3950 more short citations");
    assert!(uses(&paper, &sources, None, NoteId(1)).len() <= MAX_NAMED + 1);
}

#[test]
fn every_source_beneath_a_note_leads_to_itself_and_its_links_outside() {
    let paper = parse(embedded()).paper;
    let sources = Sources::read(&paper);
    for room in [Density::Box, Density::Beside] {
        for note in (0..paper.notes.len()).map(NoteId) {
            let comments = answers(&paper, &sources, note, room);
            let led: Vec<SourceId> = comments.iter().filter_map(SourceComment::source).collect();
            assert_eq!(led, sources.refers_to(note));
            for comment in comments {
                let Some(id) = comment.source() else { continue };
                assert_eq!(
                    comment.lead(comment.sign_link()),
                    Some(CommentLink::Source(id))
                );
                let leads = (0..=comment.block.links.len()).filter_map(|link| comment.lead(link));
                let addresses: Vec<_> = leads
                    .filter_map(|lead| match lead {
                        CommentLink::Target(Target::Address(address)) => Some(address),
                        _ => None,
                    })
                    .collect();
                assert_eq!(addresses, sources.get(id).unwrap().links);
            }
        }
    }
}
