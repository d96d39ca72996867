//! Lines and notes to a paper.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::contents::{self, ContentsEntry, ContentsTable};
use super::front::{self, FirstPage};
use super::furniture::Furniture;
use super::heading_number::HeadingNumber;
use super::inline::PdfInline;
use super::line::PdfLine;
use super::links::OutlineEntry;
use super::masthead;
use super::mended;
use super::named_headings::NamedHeadings;
use super::notes::{PdfNotes, TiedNote};
use super::page::Page;
use super::places::LinkedPlaces;
use super::script::BuildScript;
use super::tables::{self, PdfTable};
use crate::formats::mend::{self, DocumentWords, Edges, MendedKind, MendedParagraph};
use crate::paper::MendingKind;

/// All that was found in a document.
pub(super) struct PdfFindings<'a> {
    pub(super) lines: &'a [PdfLine],
    pub(super) pages: &'a [Page],
    pub(super) furniture: &'a [Furniture],
    pub(super) notes: &'a PdfNotes,
    pub(super) outline: &'a [OutlineEntry],
    /// What the document calls itself; may be empty.
    pub(super) title: &'a str,
}

/// Where a list is while it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListState {
    Nothing,
    Bullets,
    /// With the number of the last item.
    Numbers(u64),
    Quote,
    /// A table of contents, in entries so deep.
    Contents(u8),
}

impl PdfFindings<'_> {
    /// Writes the document, notes last.
    pub(super) fn write(&self, script: &mut BuildScript) {
        let loose: Vec<mend::PageLine> = self.lines.iter().map(loose).collect();
        let mut words = DocumentWords::default();
        for line in &loose {
            words.learn(&line.text);
        }
        let labels = self.page_labels();
        let flow: Vec<usize> = (0..self.lines.len())
            .filter(|line| !self.notes.taken.contains(line))
            .collect();
        let flow_lines: Vec<mend::PageLine> = flow
            .iter()
            .filter_map(|line| loose.get(*line).cloned())
            .collect();
        let edges = Edges::new(&flow_lines);
        let flowing: Vec<&PdfLine> = flow
            .iter()
            .filter_map(|line| self.lines.get(*line))
            .collect();
        let table = ContentsTable::find(&flowing);
        let named = NamedHeadings::new(self.outline, &table, &flowing, &labels);
        let mut known: Vec<Range<usize>> = table.lines().chain(named.lines()).collect();
        known.sort_by_key(|lines| lines.start);
        let tables = tables::find(&flowing, self.pages, edges.body(), &known);
        known.extend(tables.iter().map(|table| table.lines.clone()));
        known.sort_by_key(|lines| lines.start);
        let mut paragraphs = mend::paragraphs(&flow_lines, &edges, &known);
        masthead::make_plain(&mut paragraphs, &flow_lines, self.furniture);
        named.mark(&mut paragraphs, &flowing);
        table.mark(&mut paragraphs);
        let front = front::read(&paragraphs, &flow_lines, self.title, |line| {
            self.has_calls(&flow, line)
        });
        front.fill(script);
        mended::furniture(script, self.furniture);
        mended::notes(script, self.lines, &self.notes.notes);
        let is_written = |index: usize| {
            let start = paragraphs.get(index).map(|paragraph| paragraph.lines.start);
            let is_entry = start.is_some_and(|start| table.entry_at(start).is_some());
            !front.taken.contains(&index) && !is_entry
        };
        let places = LinkedPlaces::new(self.pages, self.lines, &flow, &paragraphs, is_written);
        let written = paragraphs.iter().enumerate();
        let written = written.filter(|(index, _)| !front.taken.contains(index));
        let mut writer = PdfWriter {
            linked: written
                .filter_map(|(_, paragraph)| named.entry_of(paragraph.lines.start))
                .collect(),
            document: self,
            words: &words,
            labels: &labels,
            table: &table,
            tables: &tables,
            places: &places,
            named: &named,
            page: None,
        };
        writer.body(script, &paragraphs, &flow, &front);
        writer.notes(script, &loose);
    }

    fn has_calls(&self, flow: &[usize], line: usize) -> bool {
        let line = flow.get(line).copied().unwrap_or(usize::MAX);
        self.notes.calls.keys().any(|(called, _)| *called == line)
    }

    /// What each page is called: as the document says, or as is printed on it.
    fn page_labels(&self) -> Vec<String> {
        let mut offsets: HashMap<i64, usize> = HashMap::new();
        for (index, furniture) in (0i64..).zip(self.furniture) {
            let folio = furniture
                .folio
                .as_ref()
                .and_then(|folio| folio.parse::<i64>().ok());
            if let Some(folio) = folio {
                *offsets.entry(folio - index).or_default() += 1;
            }
        }
        let offset = offsets
            .into_iter()
            .max_by_key(|(offset, count)| (*count, *offset));
        let offset = offset
            .filter(|(_, count)| *count > 1)
            .map(|(offset, _)| offset);
        (0i64..)
            .zip(self.pages.iter().zip(self.furniture))
            .map(|(index, (page, furniture))| {
                if !page.label.is_empty() {
                    return page.label.clone();
                }
                match (&furniture.folio, offset) {
                    (Some(folio), _) if folio.parse::<i64>().is_err() => folio.clone(),
                    (_, Some(offset)) if index + offset > 0 => (index + offset).to_string(),
                    (Some(folio), _) => folio.clone(),
                    _ => (index + 1).to_string(),
                }
            })
            .collect()
    }
}

/// A line as other formats have it.
fn loose(line: &PdfLine) -> mend::PageLine {
    mend::PageLine {
        text: line.text(),
        page: line.page,
        column: line.region,
        left: line.left,
        right: line.right,
        baseline: line.baseline,
        size: line.size,
        is_bold: line.is_all(|run| run.face.is_bold),
        is_italic: line.is_all(|run| run.face.is_italic),
    }
}

pub(super) struct PdfWriter<'a, 'd> {
    pub(super) document: &'a PdfFindings<'d>,
    pub(super) words: &'a DocumentWords,
    pub(super) labels: &'a [String],
    table: &'a ContentsTable,
    tables: &'a [PdfTable],
    pub(super) places: &'a LinkedPlaces,
    named: &'a NamedHeadings,
    /// The entries of the table of contents whose headings are in the text.
    linked: HashSet<usize>,
    /// The page that was last begun.
    page: Option<usize>,
}

impl PdfWriter<'_, '_> {
    fn body(
        &mut self,
        script: &mut BuildScript,
        paragraphs: &[MendedParagraph],
        flow: &[usize],
        front: &FirstPage,
    ) {
        let mut open = ListState::Nothing;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            if front.taken.contains(&index) {
                continue;
            }
            let lines = flow.get(paragraph.lines.clone()).unwrap_or(&[]);
            let mut tables = self.tables.iter();
            if let Some(table) = tables.find(|table| table.lines == paragraph.lines) {
                leave(script, open);
                open = ListState::Nothing;
                self.begin_pages(script, lines);
                self.place(script, paragraph);
                self.table(script, table, flow);
                continue;
            }
            let is_plain = matches!(paragraph.kind, MendedKind::Heading(_) | MendedKind::Entry);
            if matches!(paragraph.kind, MendedKind::Heading(_)) {
                mended::heading(script, self.document.lines, lines);
            } else {
                let kind = MendingKind::ParagraphJoined;
                mended::joined(script, self.document.lines, lines, kind);
            }
            let skip = match &paragraph.kind {
                MendedKind::Item(label) => label.characters,
                _ => 0,
            };
            self.begin_pages(script, lines);
            if let Some(entry) = self.entry_at(paragraph) {
                open = enclose_entry(script, entry.1.level, open);
                self.entry(script, entry, lines);
                continue;
            }
            open = self.enclose(script, &paragraph.kind, open);
            match paragraph.kind {
                MendedKind::Heading(level) => script.begin_heading(level),
                _ => script.begin_paragraph(),
            }
            if let Some(entry) = self.named.entry_of(paragraph.lines.start) {
                script.anchor(&anchor_of(entry));
            }
            self.place(script, paragraph);
            self.text(script, lines, skip, is_plain);
            script.end_block();
            if matches!(paragraph.kind, MendedKind::Item(_)) {
                script.close_item();
            }
        }
        leave(script, open);
    }

    /// Names a paragraph that links lead to.
    fn place(&self, script: &mut BuildScript, paragraph: &MendedParagraph) {
        if let Some(name) = self.places.name(paragraph.lines.start) {
            script.anchor(&name);
        }
    }

    fn entry_at(&self, paragraph: &MendedParagraph) -> Option<(usize, &ContentsEntry)> {
        let index = self.table.entry_at(paragraph.lines.start)?;
        Some((index, self.table.entries.get(index)?))
    }

    /// Writes an entry of a table of contents, which leads to the heading that it names.
    fn entry(
        &self,
        script: &mut BuildScript,
        (index, entry): (usize, &ContentsEntry),
        lines: &[usize],
    ) {
        let number = HeadingNumber::of(&entry.title).map_or(0, |number| number.bytes);
        let label = entry.title.get(..number).unwrap_or("");
        if !label.is_empty() {
            script.item_label(label);
        }
        script.begin_paragraph();
        let is_link = self.linked.contains(&index);
        if is_link {
            script.open_link(&format!("#{}", anchor_of(index)));
        }
        let mut inline = PdfInline::new(self.words, true);
        for (at, index) in lines.iter().enumerate() {
            let Some(line) = self.document.lines.get(*index) else {
                continue;
            };
            let skip = match at {
                0 => label.chars().filter(|letter| *letter != ' ').count(),
                _ => 0,
            };
            let page = self.document.pages.get(line.page);
            let is_last = at + 1 == lines.len() && !entry.page.is_empty();
            let line = if is_last {
                &contents::without_page(line).0
            } else {
                &contents::without_leaders(line)
            };
            inline.line(line, page, skip, |piece| self.calls(*index, piece));
        }
        inline.write(script, |note| self.note_name(note), self.labels);
        if is_link {
            script.close();
        }
        if !entry.page.is_empty() {
            let leader = if entry.has_leader { " … " } else { " " };
            script.push_text(format!("{leader}{}", entry.page));
        }
        script.end_block();
    }

    /// Opens and closes lists and quotations, so that a paragraph of this kind can be written.
    fn enclose(&self, script: &mut BuildScript, kind: &MendedKind, open: ListState) -> ListState {
        let wanted = match kind {
            MendedKind::Item(label) => label.number.map_or(ListState::Bullets, ListState::Numbers),
            MendedKind::Quote => ListState::Quote,
            MendedKind::Text | MendedKind::Heading(_) | MendedKind::Entry => ListState::Nothing,
        };
        let goes_on = match (open, wanted) {
            (ListState::Numbers(last), ListState::Numbers(next)) => next == last + 1,
            (open, wanted) => open == wanted,
        };
        if !goes_on {
            leave(script, open);
            match wanted {
                ListState::Bullets => script.open_list(None),
                ListState::Numbers(first) => script.open_list(Some(first)),
                ListState::Quote => script.open_quote(),
                ListState::Nothing | ListState::Contents(_) => {}
            }
        }
        if matches!(wanted, ListState::Bullets | ListState::Numbers(_)) {
            script.open_item();
        }
        wanted
    }

    fn begin_pages(&mut self, script: &mut BuildScript, lines: &[usize]) {
        let page = lines
            .first()
            .and_then(|line| self.document.lines.get(*line));
        if let Some(page) = page.map(|line| line.page) {
            self.begin_page(script, page);
        }
    }

    fn begin_page(&mut self, script: &mut BuildScript, page: usize) {
        if self.page == Some(page) {
            return;
        }
        self.page = Some(page);
        script.at(page);
        if let Some(label) = self.labels.get(page) {
            script.sheet(label, page);
        }
    }

    /// Writes lines as running text, `skip` characters of the first one left out.
    fn text(&mut self, script: &mut BuildScript, lines: &[usize], skip: usize, is_plain: bool) {
        let mut inline = PdfInline::new(self.words, is_plain);
        if !is_plain {
            inline = inline.leading_to(self.places);
        }
        for (at, index) in lines.iter().enumerate() {
            let Some(line) = self.document.lines.get(*index) else {
                continue;
            };
            if self.page != Some(line.page) {
                inline.page(line.page);
                self.page = Some(line.page);
            }
            let page = self.document.pages.get(line.page);
            let skip = if at == 0 { skip } else { 0 };
            inline.line(line, page, skip, |piece| self.calls(*index, piece));
        }
        inline.write(script, |note| self.note_name(note), self.labels);
    }

    /// The notes that a piece of a line calls.
    pub(super) fn calls(&self, line: usize, piece: usize) -> Option<&[usize]> {
        let calls = self.document.notes.calls.get(&(line, piece));
        calls.map(Vec::as_slice)
    }

    pub(super) fn note_name(&self, note: usize) -> Option<&str> {
        let note = self.document.notes.notes.get(note);
        note.map(|note| note.name.as_str())
    }

    fn notes(&mut self, script: &mut BuildScript, loose: &[mend::PageLine]) {
        let taken: Vec<mend::PageLine> = self
            .document
            .notes
            .notes
            .iter()
            .flat_map(|note| &note.lines)
            .filter_map(|line| loose.get(*line).cloned())
            .collect();
        let edges = Edges::new(&taken);
        for note in &self.document.notes.notes {
            let lines: Vec<mend::PageLine> = note
                .lines
                .iter()
                .filter_map(|line| loose.get(*line).cloned())
                .collect();
            if let Some(first) = lines.first() {
                script.at(first.page);
                self.page = Some(first.page);
            }
            script.begin_note(&note.name);
            if let Some((label, first)) = lines
                .first()
                .and_then(|first| Some((self.labels.get(first.page)?, first)))
            {
                // Within the note, which is not on the page that the text ends on.
                script.sheet(label, first.page);
            }
            for paragraph in mend::paragraphs(&lines, &edges, &[]) {
                let indexes = note.lines.get(paragraph.lines.clone()).unwrap_or(&[]);
                let kind = MendingKind::NoteJoined;
                mended::joined(script, self.document.lines, indexes, kind);
                script.begin_paragraph();
                self.note_text(script, note, indexes);
                script.end_block();
            }
            script.end_note();
        }
    }

    fn note_text(&mut self, script: &mut BuildScript, note: &TiedNote, lines: &[usize]) {
        let mut inline = PdfInline::new(self.words, false).leading_to(self.places);
        for index in lines {
            let Some(line) = self.document.lines.get(*index) else {
                continue;
            };
            let page = self.document.pages.get(line.page);
            if *index == note.start.line {
                inline.note_start(line, page, &note.start);
            } else {
                inline.line(line, page, 0, |_| None);
            }
        }
        inline.write(script, |_| None, self.labels);
    }
}

fn leave(script: &mut BuildScript, open: ListState) {
    match open {
        ListState::Bullets | ListState::Numbers(_) => script.close_list(),
        ListState::Quote => script.close_quote(),
        ListState::Contents(levels) => {
            for _ in 0..levels {
                script.close_item();
                script.close_list();
            }
        }
        ListState::Nothing => {}
    }
}

/// Opens and closes lists so that an entry of a level can be written.
fn enclose_entry(script: &mut BuildScript, level: u8, open: ListState) -> ListState {
    let mut depth = match open {
        ListState::Contents(depth) => depth,
        open => {
            leave(script, open);
            0
        }
    };
    // An entry is at most one level deeper than the one before it.
    let level = level.clamp(1, depth + 1);
    while depth > level {
        script.close_item();
        script.close_list();
        depth -= 1;
    }
    if depth == level {
        script.close_item();
    } else {
        script.open_list(None);
    }
    script.open_item();
    ListState::Contents(level)
}

/// What the heading is called that an entry of the table of contents names.
fn anchor_of(entry: usize) -> String {
    format!("contents-{}", entry + 1)
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use crate::paper::{Kind, Target};

    const TEXT: &str = "a line of the text that is as long as the lines of the text are";

    #[test]
    fn entries_of_the_table_of_contents_are_a_list_and_lead_to_their_headings() {
        let texts = [
            (60.0, 60.0, 10.0, "I. On Wool ......................... 1"),
            (72.0, 72.0, 10.0, "A. On Sheep ...................... 1"),
            (60.0, 84.0, 10.0, "II. On Silk ........................ 2"),
            (60.0, 96.0, 10.0, "III. On Linen ...................... 3"),
            (60.0, 130.0, 10.0, "I. On Wool"),
            (60.0, 142.0, 10.0, TEXT),
            (60.0, 166.0, 10.0, "A. On Sheep"),
            (60.0, 178.0, 10.0, TEXT),
        ];
        let paper = super::super::paper(&[page(&texts)], &[], "").play().paper;
        let entry = paper
            .blocks
            .iter()
            .position(|block| block.text.contains("Sheep"));
        let entry = &paper.blocks[entry.unwrap()];
        assert_eq!(entry.text, "On Sheep … 1");
        let links: Vec<&Target> = entry.links.iter().map(|link| &link.target).collect();
        let [Target::Place(place)] = links.as_slice() else {
            panic!("{links:?}");
        };
        let heading = &paper.blocks[place.block.0];
        assert!(matches!(heading.kind, Kind::Heading(2)), "{heading:?}");
        assert_eq!(heading.text, "A. On Sheep");
        assert_eq!(entry.nesting.len(), 2);
    }
}
