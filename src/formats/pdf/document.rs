//! Lines and notes to a paper.

use std::collections::HashMap;

use super::contents::ContentsTable;
use super::front::{self, FirstPage};
use super::furniture::Furniture;
use super::inline::PdfInline;
use super::line::PdfLine;
use super::links::OutlineEntry;
use super::masthead;
use super::mended;
use super::notes::{PdfNotes, TiedNote};
use super::page::Page;
use super::script::BuildScript;
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
        let found = mend::paragraphs(&flow_lines, &edges);
        let flowing: Vec<&PdfLine> = flow
            .iter()
            .filter_map(|line| self.lines.get(*line))
            .collect();
        let mut paragraphs = ContentsTable::find(&flowing).part(found);
        masthead::make_plain(&mut paragraphs, &flow_lines, self.furniture);
        self.follow_outline(&mut paragraphs, &flow_lines);
        let front = front::read(&paragraphs, &flow_lines, self.title, |line| {
            self.has_calls(&flow, line)
        });
        front.fill(script);
        mended::furniture(script, self.furniture);
        mended::notes(script, self.lines, &self.notes.notes);
        let mut writer = PdfWriter {
            document: self,
            words: &words,
            labels: &labels,
            page: None,
        };
        writer.body(script, &paragraphs, &flow, &front);
        writer.notes(script, &loose);
    }

    /// Makes headings of what the document's own outline names.
    fn follow_outline(&self, paragraphs: &mut [MendedParagraph], lines: &[mend::PageLine]) {
        let mut levels: HashMap<(usize, String), u8> = HashMap::new();
        for entry in self.outline {
            if let Some(place) = &entry.place {
                levels.insert(
                    (place.page, front::letters(&entry.title)),
                    entry.level.min(6),
                );
            }
        }
        for paragraph in paragraphs.iter_mut().filter(|_| !levels.is_empty()) {
            let own = lines.get(paragraph.lines.clone()).unwrap_or(&[]);
            let Some(first) = own.first().filter(|_| own.len() <= 4) else {
                continue;
            };
            let text: String = own.iter().map(|line| front::letters(&line.text)).collect();
            // The outline may leave the number of a section out.
            let plain = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let level = [text.as_str(), plain]
                .into_iter()
                .find_map(|text| levels.get(&(first.page, text.to_owned())));
            if let Some(level) = level {
                paragraph.kind = MendedKind::Heading(*level);
            }
        }
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

struct PdfWriter<'a, 'd> {
    document: &'a PdfFindings<'d>,
    words: &'a DocumentWords,
    labels: &'a [String],
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
            let is_plain = matches!(paragraph.kind, MendedKind::Heading(_));
            if is_plain {
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
            open = self.enclose(script, &paragraph.kind, open);
            match paragraph.kind {
                MendedKind::Heading(level) => script.begin_heading(level),
                _ => script.begin_paragraph(),
            }
            self.text(script, lines, skip, is_plain);
            script.end_block();
            if matches!(paragraph.kind, MendedKind::Item(_)) {
                script.close_item();
            }
        }
        leave(script, open);
    }

    /// Opens and closes lists and quotations, so that a paragraph of this kind can be written.
    fn enclose(&self, script: &mut BuildScript, kind: &MendedKind, open: ListState) -> ListState {
        let wanted = match kind {
            MendedKind::Item(label) => label.number.map_or(ListState::Bullets, ListState::Numbers),
            MendedKind::Quote => ListState::Quote,
            MendedKind::Text | MendedKind::Heading(_) => ListState::Nothing,
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
                ListState::Nothing => {}
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
            inline.line(line, page, skip, |piece| {
                self.document
                    .notes
                    .calls
                    .get(&(*index, piece))
                    .map(Vec::as_slice)
            });
        }
        let name = |note: usize| {
            self.document
                .notes
                .notes
                .get(note)
                .map(|note| note.name.as_str())
        };
        inline.write(script, name, self.labels);
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
            for paragraph in mend::paragraphs(&lines, &edges) {
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
        let mut inline = PdfInline::new(self.words, false);
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
        ListState::Nothing => {}
    }
}
