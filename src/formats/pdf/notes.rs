//! The notes of a document: which lines are theirs, and which marks call them.

mod extent;
mod proof;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::calls::CallSite;
use super::chapter_notes;
use super::display_notes;
use super::endnotes::{self, EndnoteList};
use super::formula_calls;
use super::label::Label;
use super::late_zones;
use super::leftovers;
use super::line::PdfLine;
use super::measures::Measures;
use super::note_links;
use super::page::{Page, PdfDestination};
use super::tie::{self, Call, WaitingNote};
use super::unanswered::Unanswered;
use super::unruled_zones;
use super::unstyled;
use super::zones::{self, NoteBeginning};

/// Below this a mark or a start is only believed if its neighbours in the sequence are.
pub(super) const DOUBTFUL: f32 = 0.45;
/// From so many labels with a stop on, and so many times as many as without, all have one.
const MIN_STOPPED: usize = 10;
const STOPPED_SHARE: usize = 4;

/// A note that is tied to its marker.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TiedNote {
    pub(super) name: String,
    pub(super) start: NoteBeginning,
    /// Its lines, by index.
    pub(super) lines: Vec<usize>,
}

/// What became of the notes of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PdfNotes {
    /// In the order of the text.
    pub(super) notes: Vec<TiedNote>,
    /// Which notes, by index, a piece of a line calls; the pieces of a mark but the first call none.
    pub(super) calls: HashMap<(usize, usize), Vec<usize>>,
    /// Lines that are notes, or parts of them.
    pub(super) taken: HashSet<usize>,
    /// Notes that no marker calls, by line and label.
    pub(super) untied: Vec<(usize, Label)>,
    /// Notes that end within a sentence at the foot of their page, by their last line and label.
    pub(super) cut: Vec<(usize, String)>,
    /// What looks like notes beside.
    pub(super) unanswered: Unanswered,
}

/// Finds the notes, and ties them to those of the marks, which are in the order of the lines.
///
/// Notes that are counted in Roman numerals or letters are a sequence of their own, beside which
/// there may be others in figures.
pub(super) fn find(
    lines: &[PdfLine],
    pages: &[Page],
    measures: Measures,
    marks: Vec<CallSite>,
) -> PdfNotes {
    let is_numeral = |mark: &CallSite| mark.readings.iter().flatten().any(Label::is_numeral);
    let (numerals, figures): (Vec<CallSite>, Vec<CallSite>) =
        marks.into_iter().partition(is_numeral);
    let mut notes = PdfNotes::default();
    if !numerals.is_empty() {
        let finder = NoteFinder::new(lines, pages, measures, numerals);
        notes = finder.find(|start| start.label.is_numeral());
    }
    let finder = NoteFinder::new(lines, pages, measures, figures);
    let taken = notes.taken.clone();
    let is_free = |line: usize| !taken.contains(&line);
    notes.join(finder.find(|start| !start.label.is_numeral() && is_free(start.line)));
    notes
}

impl PdfNotes {
    /// Adds the notes of another sequence; a line that is known to be a note stays what it is.
    fn join(&mut self, other: PdfNotes) {
        let known = self.notes.len();
        let mut names: HashSet<String> = self.notes.iter().map(|it| it.name.clone()).collect();
        for mut note in other.notes {
            let label = note.start.label.name();
            let mut named = (2..).map(|count: u32| format!("{label}.{count}"));
            while !names.insert(note.name.clone()) {
                note.name = named.next().unwrap_or_default();
            }
            note.lines.retain(|line| !self.taken.contains(line));
            self.notes.push(note);
        }
        for (place, calls) in other.calls {
            let calls = calls.into_iter().map(|note| note + known);
            self.calls.entry(place).or_default().extend(calls);
        }
        self.untied.extend(other.untied);
        self.cut.extend(other.cut);
        self.unanswered.join(other.unanswered);
        self.taken.extend(other.taken);
    }
}

struct NoteFinder<'a> {
    lines: &'a [PdfLine],
    pages: &'a [Page],
    measures: Measures,
    marks: Vec<CallSite>,
    zones: Vec<Range<usize>>,
    lists: Vec<EndnoteList>,
    starts: Vec<NoteBeginning>,
    /// Lines of the zones that begin like notes, but not as most of the notes do.
    unstyled: Vec<NoteBeginning>,
    calls: Vec<Call>,
    /// The mark of each call.
    mark_of: Vec<usize>,
}

impl<'a> NoteFinder<'a> {
    fn new(
        lines: &'a [PdfLine],
        pages: &'a [Page],
        measures: Measures,
        mut marks: Vec<CallSite>,
    ) -> Self {
        marks.retain(|mark| {
            let cites = |place: &PdfDestination| {
                place.name.starts_with("cite.") || place.name.starts_with("bib")
            };
            let is_of_formula = mark.places.is_empty() && formula_calls::holds(mark, lines);
            !is_of_formula && !mark.places.iter().any(cites)
        });
        note_links::follow(&mut marks, lines, pages);
        NoteFinder {
            lines,
            pages,
            measures,
            marks,
            zones: Vec::new(),
            lists: Vec::new(),
            starts: Vec::new(),
            unstyled: Vec::new(),
            calls: Vec::new(),
            mark_of: Vec::new(),
        }
    }

    /// The notes of those that begin as `is_own` says.
    fn find(mut self, is_own: impl Fn(&NoteBeginning) -> bool) -> PdfNotes {
        self.find_starts(is_own);
        let of_displays = self.take_displays();
        let mut pairs = self.tie();
        leftovers::add(&mut pairs, &self.calls, &self.starts, self.lines);
        self.add_unstyled(&mut pairs);
        let unanswered = self.unanswered(&pairs);
        let mut notes = self.assign(&pairs);
        notes.join(of_displays);
        notes.unanswered = unanswered.beside(&notes.untied);
        notes
    }

    fn find_starts(&mut self, is_own: impl Fn(&NoteBeginning) -> bool) {
        let mut targets: Vec<usize> = self
            .marks
            .iter()
            .flat_map(|mark| mark.targets.clone())
            .collect();
        targets.sort_unstable();
        targets.dedup();
        let is_small = |line: &usize| {
            let line = self.lines.get(*line);
            line.is_some_and(|line| line.size <= 0.97 * self.measures.body)
        };
        let (small, large): (Vec<usize>, Vec<usize>) =
            targets.iter().partition(|line| is_small(line));
        let at_foot = self.is_near_marks(&large);
        let foot = if at_foot { targets.clone() } else { small };
        self.zones = zones::zones(self.lines, self.pages, self.measures, &foot);
        let zones = std::mem::take(&mut self.zones);
        let zones = unruled_zones::added(zones, self.lines, &self.marks);
        self.zones = late_zones::dropped(zones, self.lines, &self.marks);
        let in_zone: HashSet<usize> = self.zones.iter().cloned().flatten().collect();
        // A mark in a note is the note's label, or of no use.
        self.marks.retain(|mark| !in_zone.contains(&mark.line));
        if let Some(chapters) =
            chapter_notes::lists(self.lines, &self.marks, self.measures, &is_own)
        {
            self.take_chapters(chapters);
        }
        let raised_style = self.raised_style();
        let stopped_style = self.stopped_style();
        for line in self.zones.iter().cloned().flatten() {
            let found = self
                .lines
                .get(line)
                .and_then(|text| zones::start(line, text));
            let is_target = targets.binary_search(&line).is_ok();
            let is_styled = |start: &NoteBeginning| {
                (start.is_raised || !raised_style) && (start.is_stopped() || !stopped_style)
            };
            let found = found.filter(&is_own);
            if found
                .as_ref()
                .is_none_or(|start| is_styled(start) || is_target)
            {
                self.starts.extend(found);
            } else {
                self.unstyled.extend(found);
            }
        }
        if self.lists.is_empty() {
            self.lists = endnotes::lists(
                self.lines,
                &self.zones,
                &self.marks,
                &self.starts,
                &targets,
                self.measures,
                is_own,
            );
        }
        let listed: Vec<NoteBeginning> = self
            .lists
            .iter()
            .flat_map(|list| list.starts.clone())
            .collect();
        self.starts.extend(listed);
        self.starts.sort_by_key(|start| start.line);
        self.drop_affiliations();
    }

    /// Takes out the marks of the notes that stand below tables and figures, and gives these.
    fn take_displays(&mut self) -> PdfNotes {
        let lists = self.lists.iter().map(|list| list.lines.clone());
        let known: Vec<Range<usize>> = self.zones.iter().cloned().chain(lists).collect();
        let small = zones::NOTE_SIZE * self.measures.body;
        let (found, used) = display_notes::find(self.lines, &known, &self.marks, small);
        let used: HashSet<usize> = used.into_iter().collect();
        let mut index = 0..;
        self.marks
            .retain(|_| index.next().is_none_or(|at| !used.contains(&at)));
        found
    }

    /// Takes in the lists of chapters, whose lines are at the foot of no page.
    fn take_chapters(&mut self, chapters: Vec<EndnoteList>) {
        let lists: Vec<Range<usize>> = chapters.iter().map(|list| list.lines.clone()).collect();
        for zone in &mut self.zones {
            let first = lists
                .iter()
                .find(|list| list.start < zone.end && zone.start < list.end);
            if let Some(first) = first {
                zone.end = first.start.max(zone.start);
            }
        }
        self.zones.retain(|zone| !zone.is_empty());
        let is_listed = |line: usize| lists.iter().any(|list| list.contains(&line));
        self.marks.retain(|mark| !is_listed(mark.line));
        self.lists = chapters;
    }

    /// Whether most of these lines are on the page of the mark that leads to them, or the next.
    fn is_near_marks(&self, targets: &[usize]) -> bool {
        let page = |line: usize| self.lines.get(line).map_or(0, |line| line.page);
        let marks = self
            .marks
            .iter()
            .flat_map(|mark| mark.targets.iter().map(|target| (mark.line, *target)));
        let of_these: Vec<(usize, usize)> = marks
            .filter(|(_, target)| targets.binary_search(target).is_ok())
            .collect();
        let near = of_these
            .iter()
            .filter(|(mark, target)| page(*target) <= page(*mark) + 1);
        near.count() * 3 > of_these.len() * 2
    }

    /// Whether the notes at the foot of pages have raised labels.
    fn raised_style(&self) -> bool {
        let firsts = self.zones.iter().flat_map(|zone| {
            let lines = zone.clone();
            lines.filter_map(|line| zones::start(line, self.lines.get(line)?))
        });
        let (raised, plain): (Vec<NoteBeginning>, Vec<NoteBeginning>) =
            firsts.partition(|start| start.is_raised);
        raised.len() * 2 >= plain.len() && !raised.is_empty()
    }

    /// Whether a stop or a bracket is behind nearly all labels at the foot of pages that are not
    /// raised: then a number without one is none, as in `12, / 141 (1991)`.
    fn stopped_style(&self) -> bool {
        let lines = self.zones.iter().cloned().flatten();
        let starts = lines.filter_map(|line| zones::start(line, self.lines.get(line)?));
        let starts = starts.filter(|start| !start.is_raised);
        let (stopped, bare): (Vec<NoteBeginning>, Vec<NoteBeginning>) =
            starts.partition(NoteBeginning::is_stopped);
        stopped.len() >= MIN_STOPPED && stopped.len() >= STOPPED_SHARE * bare.len()
    }

    /// Authors' marks on the title page are answered by lines below them, not by notes.
    fn drop_affiliations(&mut self) {
        let in_zone = |line: usize| {
            let lists = self.lists.iter().map(|list| &list.lines);
            self.zones
                .iter()
                .chain(lists)
                .any(|zone| zone.contains(&line))
        };
        let front = self.lines.iter().enumerate();
        let front = front.take_while(|(_, line)| line.page == 0);
        let starts = front
            .filter(|(index, _)| !in_zone(*index))
            .filter_map(|(index, line)| zones::start(index, line))
            .filter(|start| start.is_raised);
        let starts: Vec<NoteBeginning> = starts.collect();
        // A line of the text may begin with a marker, but then others come before it.
        let is_first =
            |start: &NoteBeginning| start.label.number().is_none_or(|number| number == 1);
        let Some(last) = starts.last().filter(|_| starts.iter().any(is_first)) else {
            return;
        };
        let last = last.line;
        self.marks
            .retain(|mark| mark.line > last || !mark.targets.is_empty());
    }

    /// Ties calls to starts: pairs of (mark, start).
    fn tie(&mut self) -> Vec<(usize, usize)> {
        let listed: HashMap<usize, Option<Range<usize>>> = self
            .lists
            .iter()
            .flat_map(|list| {
                let starts = list.starts.iter();
                starts.map(|start| (start.line, list.calls.clone()))
            })
            .collect();
        let waiting: Vec<WaitingNote> = self
            .starts
            .iter()
            .map(|start| WaitingNote {
                label: start.label.clone(),
                page: self.lines.get(start.line).map_or(0, |line| line.page),
                likeness: start.likeness,
                is_endnote: listed.contains_key(&start.line),
                calls: listed.get(&start.line).cloned().flatten(),
            })
            .collect();
        let start_at: HashMap<usize, usize> = self
            .starts
            .iter()
            .enumerate()
            .map(|(index, start)| (start.line, index))
            .collect();
        let mut at = 0;
        for (index, mark) in self.marks.iter().enumerate() {
            let targets = mark.targets.iter();
            let linked: Vec<usize> = targets
                .filter_map(|line| start_at.get(line).copied())
                .collect();
            let page = self.lines.get(mark.line).map_or(0, |line| line.page);
            let most = mark.readings.iter().map(Vec::len).max().unwrap_or(1);
            let width = u32::try_from(most).unwrap_or(1);
            for reading in &mark.readings {
                for (place, label) in (at..).zip(reading) {
                    let is_last = place + 1 == at + u32::try_from(reading.len()).unwrap_or(1);
                    self.calls.push(Call {
                        label: label.clone(),
                        page,
                        line: mark.line,
                        from: place,
                        to: if is_last { at + width - 1 } else { place },
                        likeness: mark.likeness,
                        linked: linked.iter().copied().find(|start| {
                            let start = self.starts.get(*start);
                            start.is_some_and(|start| start.label == *label)
                        }),
                    });
                    self.mark_of.push(index);
                }
            }
            at += width;
        }
        let pairs = tie::tie(&self.calls, &waiting);
        self.believed(&pairs)
    }

    /// Adds the notes that begin in another way than the others, and their pairs.
    fn add_unstyled(&mut self, pairs: &mut Vec<(usize, usize)>) {
        let found = unstyled::between(pairs, &self.calls, &self.starts, &self.unstyled);
        for (call, start) in found {
            let at = self.starts.partition_point(|other| other.line < start.line);
            for pair in pairs.iter_mut().filter(|pair| pair.1 >= at) {
                pair.1 += 1;
            }
            self.starts.insert(at, start);
            let place = pairs.partition_point(|pair| pair.0 < call);
            pairs.insert(place, (call, at));
        }
    }

    /// What looks like notes and is not tied.
    fn unanswered(&self, pairs: &[(usize, usize)]) -> Unanswered {
        let called = pairs.iter().filter_map(|(call, _)| self.mark_of.get(*call));
        let called: HashSet<usize> = called.copied().collect();
        let begun: HashSet<usize> = pairs.iter().map(|(_, start)| *start).collect();
        let marks = self.marks.iter().enumerate();
        let marks = marks.filter(|(index, _)| !called.contains(index));
        let starts = self.starts.iter().enumerate();
        let starts = starts.filter(|(index, _)| !begun.contains(index));
        let tied = pairs
            .iter()
            .filter_map(|(_, start)| self.starts.get(*start));
        Unanswered::new(
            marks.map(|(_, mark)| mark),
            starts.map(|(_, start)| start),
            &tied.collect::<Vec<_>>(),
            self.lines,
        )
    }

    fn assign(self, pairs: &[(usize, usize)]) -> PdfNotes {
        let mut notes = PdfNotes::default();
        let mut note_at: BTreeMap<usize, usize> = BTreeMap::new();
        let mut names: HashMap<String, usize> = HashMap::new();
        for (call, start) in pairs {
            let (Some(start), Some(mark)) = (self.starts.get(*start), self.mark_of.get(*call))
            else {
                continue;
            };
            let Some(mark) = self.marks.get(*mark) else {
                continue;
            };
            let index = notes.notes.len();
            note_at.insert(start.line, index);
            let count = names.entry(start.label.name()).or_default();
            *count += 1;
            let name = match *count {
                1 => start.label.name(),
                count => format!("{}.{count}", start.label.name()),
            };
            notes.notes.push(TiedNote {
                name,
                start: start.clone(),
                lines: Vec::new(),
            });
            for piece in mark.pieces.clone() {
                let calls = notes.calls.entry((mark.line, piece)).or_default();
                if piece == mark.pieces.start {
                    calls.push(index);
                }
            }
        }
        self.take_lines(&note_at, &mut notes);
        notes.cut = self.cut(&notes);
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::numeral_calls;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::{Measures, find};

    /// How many notes are tied on a first page of three markers and a line that begins so.
    fn tied_above(label: &str) -> usize {
        const FULL: &str = "words of the text that take the whole of the line they are in";
        let mut texts = Vec::new();
        for (y, figure) in [(100.0, "1"), (112.0, "2"), (124.0, "3")] {
            texts.push((60.0, y, 10.0, "some words."));
            texts.push((115.0, y - 4.0, 7.0, figure));
        }
        texts.push((60.0, 132.0, 7.0, label));
        texts.push((66.0, 136.0, 10.0, FULL));
        for (y, note) in [(700.0, "1. Ada"), (709.0, "2. Bo"), (718.0, "3. Cy")] {
            texts.push((60.0, y, 8.0, note));
        }
        let only = page(&texts);
        let lines = lines(runs(&only), 0, 0, 0.16);
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        let marks = calls::all(&lines, std::slice::from_ref(&only));
        find(&lines, &[only], measures, marks).notes.len()
    }

    #[test]
    fn a_line_of_the_first_page_that_begins_with_a_marker_is_no_list_of_affiliations() {
        assert_eq!(tied_above("4"), 3);
        assert_eq!(tied_above("1"), 0);
    }

    #[test]
    fn notes_in_roman_numerals_and_in_figures_are_two_sequences() {
        let mut texts = Vec::new();
        for (y, figure, roman) in [(100.0, "1", "i"), (112.0, "2", "ii"), (124.0, "3", "iii")] {
            texts.push((60.0, y, 10.0, "some words. And"));
            texts.push((140.0, y - 4.0, 7.0, figure));
            texts.push((150.0, y, 10.0, "more."));
            texts.push((175.0, y - 4.0, 7.0, roman));
        }
        let own = ["i Ada", "ii Bo", "iii Cy"];
        for (y, note) in [300.0, 312.0, 324.0].into_iter().zip(own) {
            texts.push((60.0, y, 10.0, note));
        }
        for (y, note) in [(700.0, "1. Ada"), (709.0, "2. Bo"), (718.0, "3. Cy")] {
            texts.push((60.0, y, 8.0, note));
        }
        let only = page(&texts);
        let mut lines = lines(runs(&only), 0, 0, 0.16);
        numeral_calls::find(&mut lines);
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        let marks = calls::all(&lines, std::slice::from_ref(&only));
        let found = find(&lines, &[only], measures, marks);
        let names: Vec<&str> = found.notes.iter().map(|note| note.name.as_str()).collect();
        assert_eq!(names, ["i", "ii", "iii", "1", "2", "3"]);
        assert_eq!(found.calls.len(), 6);
        assert!(found.notes.iter().all(|note| note.lines.len() == 1));
    }
}
