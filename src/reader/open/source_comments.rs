//! What is said beneath a note: what its short citations stand for and why, and what rests on it.

use crate::layout::{self, Layout, Line, Part as Set, Run, ruler};
use crate::paper::{
    Block, Composed, Nest, NoteId, Paper, Passage, Position, Style, Target, place_names,
    quotes_within,
};
use crate::sources::{
    Details, LookedFor, NoteSegment, Resolution, Short, Source, SourceId, Sources, Use,
};

use super::own_notes::OwnNote;
use crate::reader::elsewhere::CitedElsewhere;
use crate::reader::link;

/// The most characters of a short citation that are repeated.
const MAX_QUOTED_CHARS: usize = 40;
/// So much of a kind is named: short citations and sources of one note, sources that one citation
/// may stand for, addresses of a source, places that rest on it. Of the others only the number is
/// told.
const MAX_NAMED: usize = 50;
/// Columns between a sign and what stands beside it.
const GAP: u16 = 2;

/// A paragraph beneath a note.
#[derive(Debug)]
pub(crate) struct SourceComment {
    /// What stands to the left of its first line; empty where it is set among the words.
    sign: String,
    /// Where the sign leads: the source that the comment is about.
    source: Option<SourceId>,
    block: Block,
    /// Whether it is set as what is said beside the text.
    is_quiet: bool,
}

/// How much room there is for a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Density {
    /// In a box of its own.
    Box,
    /// In the margin or at the foot, where notes crowd.
    Beside,
    /// Read aloud, where a sign has no sound.
    Spoken,
}

/// How surely a citation leads to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SourceLead {
    Surely,
    Perhaps,
}

impl SourceLead {
    /// What is before the source.
    fn sign(self, room: Density) -> &'static str {
        match (self, room) {
            (SourceLead::Surely, Density::Spoken) => "This is source",
            (SourceLead::Perhaps, Density::Spoken) => "This may be source",
            (SourceLead::Surely, _) => "→",
            (SourceLead::Perhaps, _) => "?",
        }
    }
}

/// Where something in a comment leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CommentLink {
    Source(SourceId),
    Target(Target),
}

/// What the short citations of a note stand for.
pub(crate) fn answers(
    paper: &Paper,
    sources: &Sources,
    note: NoteId,
    room: Density,
) -> Vec<SourceComment> {
    let parts = sources.of_note(note);
    let mut shorts = parts.iter().filter_map(|part| match part {
        NoteSegment::Short(short) => Some(short),
        _ => None,
    });
    let mut comments = Vec::new();
    for short in shorts.by_ref().take(MAX_NAMED) {
        let quote = match parts.len() {
            1 => String::new(),
            _ => quote(paper, short.passage),
        };
        comments.extend(of_short(paper, sources, short, &quote, room));
    }
    comments.extend(more(shorts.count(), "short citations"));
    set_apart(comments, room)
}

/// What a mention in the running text stands for.
pub(crate) fn of_mention(
    paper: &Paper,
    sources: &Sources,
    elsewhere: Option<&CitedElsewhere>,
    mention: usize,
) -> Vec<SourceComment> {
    let Some(mention) = sources.mentions().get(mention) else {
        return Vec::new();
    };
    let mut comments = Vec::new();
    if mention.is_linked() {
        for id in mention.sources.iter().take(MAX_NAMED) {
            comments.extend(whole(paper, sources, *id));
            comments.extend(cited_elsewhere(elsewhere, *id, ""));
        }
    } else {
        comments = cited(
            paper,
            sources,
            &mention.sources,
            SourceLead::Surely,
            Density::Box,
        );
        comments.push(reason("", &mention.why.to_string()));
    }
    set_apart(comments, Density::Box)
}

/// A note of the reader's own.
pub(crate) fn of_own_note(note: &OwnNote) -> Vec<SourceComment> {
    let comments = note.marked_blocks().map(|block| SourceComment {
        sign: String::new(),
        source: None,
        block,
        is_quiet: false,
    });
    comments.collect()
}

/// What the reader's own bibliography has of the sources that a note gives in full, which other
/// papers of theirs cite them, and what rests on them, apart from the note itself.
pub(crate) fn uses(
    paper: &Paper,
    sources: &Sources,
    elsewhere: Option<&CitedElsewhere>,
    note: NoteId,
) -> Vec<SourceComment> {
    let given = sources.given_in(note);
    let mut given_on = given.iter();
    let mut comments = Vec::new();
    for &id in given_on.by_ref().take(MAX_NAMED) {
        let source = sources.get(id).filter(|_| given.len() > 1);
        let name = source.map_or("", |source| source.name.as_str());
        comments.extend(had(sources, id, name));
        comments.extend(cited_elsewhere(elsewhere, id, name));
        comments.extend(
            used_by(paper, sources.used_by(id)).map(|line| SourceComment {
                sign: format!("↑ {name}").trim_end().to_owned(),
                source: None,
                block: block(line),
                is_quiet: false,
            }),
        );
    }
    comments.extend(more(given_on.len(), "sources"));
    set_apart(comments, Density::Box)
}

impl SourceComment {
    /// The source that its sign leads to.
    pub(crate) fn source(&self) -> Option<SourceId> {
        self.source
    }

    pub(crate) fn block(&self) -> &Block {
        &self.block
    }

    /// Where the link leads that is set as [`Set::Link`] with this index.
    pub(crate) fn lead(&self, index: usize) -> Option<CommentLink> {
        if index == self.sign_link() {
            return self.source.map(CommentLink::Source);
        }
        let link = self.block.links.get(index)?;
        Some(CommentLink::Target(link.target.clone()))
    }

    /// The index of the sign as a link: the one after those of the text, or among the words the
    /// first.
    pub(crate) fn sign_link(&self) -> usize {
        match self.source {
            Some(_) if self.sign.is_empty() => 0,
            _ => self.block.links.len(),
        }
    }

    /// Sets the comment on lines of at most so many columns, to the right of its sign; below it
    /// where there is no room for that.
    pub(crate) fn lay_out(&self, columns: u16) -> Layout {
        if self.sign.is_empty() {
            let mut layout = layout::lay_out(&self.block, columns);
            let runs = layout.lines.iter_mut().flat_map(|line| &mut line.runs);
            for run in runs.filter(|_| self.is_quiet) {
                run.role = Set::Furniture.into();
            }
            return layout;
        }
        let width = ruler::columns(&self.sign) + GAP;
        let shift = if width <= columns / 3 { width } else { 0 };
        let mut layout = layout::lay_out(&self.block, columns - shift);
        let text = layout.lines.get(layout.lead);
        let indent = text
            .and_then(|line| line.runs.first())
            .map_or(0, |run| run.column);
        if shift == 0 {
            layout.lines.insert(layout.lead, Line::default());
        }
        for run in layout.lines.iter_mut().flat_map(|line| &mut line.runs) {
            run.column = run.column.saturating_add(shift);
        }
        if let Some(first) = layout.lines.get_mut(layout.lead) {
            first.runs.insert(0, self.sign_run(indent));
        }
        layout
    }

    fn sign_run(&self, column: u16) -> Run {
        Run {
            column,
            columns: ruler::columns(&self.sign),
            text: self.sign.clone(),
            source: 0..0,
            role: match self.source {
                Some(_) => Set::Link(self.sign_link()).into(),
                None => Set::Furniture.into(),
            },
        }
    }
}

fn of_short(
    paper: &Paper,
    sources: &Sources,
    short: &Short,
    quote: &str,
    room: Density,
) -> Vec<SourceComment> {
    let cited = |ids: &[SourceId], lead| cited(paper, sources, ids, lead, room);
    match &short.outcome {
        // The answer comes first: where there is little room, it is what is wanted.
        Resolution::Resolved { sources, why } if quote.is_empty() => {
            let mut comments = cited(sources, SourceLead::Surely);
            comments.push(reason("", &why.to_string()));
            comments
        }
        Resolution::Resolved { sources, why } => {
            let mut comments = vec![reason(quote, &format!("{why}:"))];
            comments.extend(cited(sources, SourceLead::Surely));
            comments
        }
        Resolution::Ambiguous {
            candidates,
            looked_for,
        } => {
            let these = match candidates.len() {
                1 => "may be this",
                _ => "could be any of these",
            };
            let why = format!("{these} (looking for {looked_for}):");
            let mut comments = vec![reason(quote, &why)];
            comments.extend(cited(candidates, SourceLead::Perhaps));
            comments
        }
        Resolution::Unresolved { looked_for, .. } => {
            let mut comment = reason(quote, &words_for_unresolved(looked_for));
            comment.is_quiet = true;
            vec![comment]
        }
    }
}

/// A reader can do nothing about it, and the note often says enough: the command `check` is for
/// whoever can.
fn words_for_unresolved(looked_for: &LookedFor) -> String {
    match looked_for {
        LookedFor::Name { name, date } if !name.is_empty() => {
            let date = date.map(|date| format!(", {date}")).unwrap_or_default();
            format!("unresolved: found no earlier source by {name}{date}")
        }
        _ => "unresolved".to_owned(),
    }
}

/// `“Smith, op. cit.”: same author, year 2024`, the quote only if there is one.
fn reason(quote: &str, why: &str) -> SourceComment {
    let mut line = Composed::default();
    if !quote.is_empty() {
        line.push(&format!("“{}”: ", quotes_within(quote)));
    }
    line.push_styled(why, Style::Emphasis);
    SourceComment {
        sign: String::new(),
        source: None,
        block: block(line),
        is_quiet: false,
    }
}

fn cited(
    paper: &Paper,
    sources: &Sources,
    ids: &[SourceId],
    lead: SourceLead,
    room: Density,
) -> Vec<SourceComment> {
    let of_source = |&id: &SourceId| {
        let source = sources.get(id)?;
        let sign = format!("{} {}", lead.sign(room), source.name);
        let mut line = Composed::default();
        let sign = match room {
            Density::Box => sign,
            Density::Beside | Density::Spoken => {
                line.push_link(&sign, Target::Place(source.passage.start));
                line.push(" ");
                String::new()
            }
        };
        push_in_brief(&mut line, paper, source, room);
        Some(SourceComment {
            sign,
            source: Some(id),
            block: block(line),
            is_quiet: false,
        })
    };
    let mut ids = ids.iter();
    let mut comments: Vec<SourceComment> =
        ids.by_ref().take(MAX_NAMED).filter_map(of_source).collect();
    comments.extend(more(ids.len(), "sources"));
    comments
}

/// A source that a citation leads to: the whole of it, what a bibliography has of it besides, and
/// what else rests on it.
fn whole(paper: &Paper, sources: &Sources, id: SourceId) -> Vec<SourceComment> {
    let Some(source) = sources.get(id) else {
        return Vec::new();
    };
    let mut line = Composed::default();
    line.push_passage(paper, source.passage);
    let mut comments = vec![SourceComment {
        sign: format!("→ {}", source.name),
        source: Some(id),
        block: block(line),
        is_quiet: false,
    }];
    let work = &source.details;
    comments.extend(kept_of(work));
    let own = sources.own_entry(id);
    if own.is_some_and(|own| *own.work != **work) {
        comments.extend(had(sources, id, ""));
    }
    comments.extend(
        used_by(paper, sources.used_by(id)).map(|line| SourceComment {
            sign: "↑".to_owned(),
            source: None,
            block: block(line),
            is_quiet: false,
        }),
    );
    if !work.key.is_empty() {
        comments.push(reason("", &format!("cited as @{}", work.key)));
    }
    comments
}

/// What the reader's own bibliography has of a source, and by what that is known. Several sources
/// are told apart by their names.
fn had(sources: &Sources, id: SourceId, name: &str) -> Vec<SourceComment> {
    let Some(own) = sources.own_entry(id) else {
        return Vec::new();
    };
    let name = if name.is_empty() {
        String::new()
    } else {
        format!("{name}: ")
    };
    let key = &own.work.key;
    let mut comments = vec![reason(
        "",
        &format!("{name}in your bibliography as @{key} ({})", own.by),
    )];
    comments.extend(kept_of(&own.work));
    comments
}

/// In how many other papers of the reader's a source is cited. Several sources are told apart by
/// their names.
fn cited_elsewhere(
    elsewhere: Option<&CitedElsewhere>,
    id: SourceId,
    name: &str,
) -> Option<SourceComment> {
    let papers = elsewhere.map_or(0, |elsewhere| elsewhere.papers(id));
    if papers == 0 {
        return None;
    }
    let own = format!("{papers} of your papers");
    Some(match name {
        "" => reason("", &format!("also in {own}")),
        name => reason("", &format!("{name}: also in {own}")),
    })
}

/// What a bibliography keeps of a work besides what a reference says: what it is about, what was
/// noted, and its files.
fn kept_of(work: &Details) -> Vec<SourceComment> {
    let mut comments = Vec::new();
    comments.extend(kept("Abstract: ", &work.abstract_text));
    comments.extend(kept("Note: ", &work.annotation));
    if !work.files.is_empty() {
        comments.extend(kept("File: ", &work.files.join(", ")));
    }
    comments
}

/// What a bibliography keeps of a work, if it does.
fn kept(what: &str, words: &str) -> Option<SourceComment> {
    let mut line = Composed::default();
    line.push_styled(what, Style::Emphasis);
    line.push(words);
    (!words.is_empty()).then(|| SourceComment {
        sign: String::new(),
        source: None,
        block: block(line),
        is_quiet: false,
    })
}

/// Says how many more there are that are not shown.
fn more(count: usize, what: &str) -> Option<SourceComment> {
    (count > 0).then(|| reason("", &format!("and {count} more {what}")))
}

/// The source as it stands if it is short, else its beginning, its date and its links.
fn push_in_brief(line: &mut Composed, paper: &Paper, source: &Source, room: Density) {
    let (whole, part) = match room {
        Density::Box => (160, 96),
        Density::Beside | Density::Spoken => (90, 56),
    };
    if source.text.chars().count() <= whole {
        return line.push_passage(paper, source.passage);
    }
    let beginning = beginning(paper, source.passage, part.max(into_title(source)));
    line.push_passage(paper, beginning);
    line.push(" …");
    if let Some(date) = source.dates.first()
        && !paper.words(beginning).contains(&date.year.to_string())
    {
        line.push(&format!(" ({date})"));
    }
    let mut links = source.links.iter();
    for address in links.by_ref().take(MAX_NAMED) {
        let shown = match room {
            Density::Box => address,
            Density::Beside | Density::Spoken => link::host(address).unwrap_or(address),
        };
        line.push(" ");
        line.push_link(shown, Target::Address(address.clone()));
    }
    if let more @ 1.. = links.len() {
        line.push(&format!(" and {more} more"));
    }
}

/// How many first characters of a source reach some words into its title, which the authors alone
/// would not tell.
fn into_title(source: &Source) -> usize {
    const WORDS_OF_TITLE: usize = 30;
    const MAX_REFERENCE_CHARS: usize = 150;
    let before = source.text.split_once(source.title.as_str());
    let before = before.map_or(0, |(before, _)| before.chars().count());
    (before + WORDS_OF_TITLE).min(MAX_REFERENCE_CHARS)
}

/// The whole words among so many first characters, as far as they stand in one block and before
/// any link.
fn beginning(paper: &Paper, passage: Passage, characters: usize) -> Passage {
    let Position { block: id, offset } = passage.start;
    let Some(block) = paper.block(id) else {
        return passage;
    };
    let text = block.text.get(offset..).unwrap_or_default();
    let link = block.links.iter().find(|link| link.range.start >= offset);
    let most = text
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(at, _)| at)
        .min(link.map_or(text.len(), |link| link.range.start - offset));
    let cut = text.get(..most).unwrap_or_default();
    let words = match cut.rfind(' ') {
        Some(space) if most < text.len() => space,
        _ => most,
    };
    let kept = cut
        .get(..words)
        .unwrap_or_default()
        .trim_end_matches([' ', ',', '.', ';', ':']);
    Passage {
        start: passage.start,
        end: Position {
            block: id,
            offset: offset + kept.len(),
        },
    }
}

/// `used by notes 20, 21 · § Discussion, ¶ 3`, each a link; none if nothing rests on the source
/// but the note that gives it.
fn used_by(paper: &Paper, uses: &[Use]) -> Option<Composed> {
    let mut notes: Vec<(NoteId, Position)> = Vec::new();
    let mut passages: Vec<Position> = Vec::new();
    for used in uses {
        match used {
            Use::Given(_) => {}
            Use::Short(note, passage) => notes.push((*note, passage.start)),
            Use::Mention(passage) => passages.push(passage.start),
        }
    }
    notes.dedup_by_key(|(note, _)| *note);
    passages.dedup_by_key(|place| place.block);
    if notes.is_empty() && passages.is_empty() {
        return None;
    }
    let number = |note: NoteId| {
        let number = paper.note(note).map(|note| note.number.to_string());
        number.unwrap_or_default()
    };
    let named = notes.iter().map(|&(note, place)| (number(note), place));
    let mut line = Composed::default();
    line.push("used by ");
    if !notes.is_empty() {
        line.push(if notes.len() == 1 { "note " } else { "notes " });
        let more = notes.len().saturating_sub(MAX_NAMED);
        push_places(&mut line, named.take(MAX_NAMED), more, ", ");
    }
    if !passages.is_empty() {
        line.push(if notes.is_empty() { "" } else { " · " });
        let (named, more) = place_names(paper, &passages, MAX_NAMED);
        push_places(&mut line, named.into_iter(), more, " · ");
    }
    Some(line)
}

/// Names places, each a link, and says how many more there are.
fn push_places(
    line: &mut Composed,
    named: impl Iterator<Item = (String, Position)>,
    more: usize,
    gap: &str,
) {
    for (index, (name, place)) in named.enumerate() {
        if index > 0 {
            line.push(gap);
        }
        line.push_link(&name, Target::Place(place));
    }
    if more > 0 {
        line.push(&format!(" and {more} more"));
    }
}

/// The words of a passage, cut where they are long.
fn quote(paper: &Paper, passage: Passage) -> String {
    let words = paper.words(passage);
    match words.char_indices().nth(MAX_QUOTED_CHARS) {
        Some((cut, _)) => format!("{}…", words.get(..cut).unwrap_or_default().trim_end()),
        None => words.trim_end_matches('.').to_owned(),
    }
}

fn block(line: Composed) -> Block {
    line.into_block(vec![Nest::Note { number: None }])
}

/// Only the first of some comments is parted from what stands above it, and only where there is
/// room for a blank line.
fn set_apart(mut comments: Vec<SourceComment>, room: Density) -> Vec<SourceComment> {
    for (index, comment) in comments.iter_mut().enumerate() {
        comment.block.tight = index > 0 || room != Density::Box;
    }
    comments
}

#[cfg(test)]
mod tests;
