//! Has the pages of a PDF drawn, and notes what is drawn where.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use super::accents;
use super::fonts::Fonts;
use super::page::{Face, Page, PdfGlyph, Rule};
use super::text_string;

/// A page has at most so many letters; what is drawn beyond them is left out.
const MAX_PAGE_GLYPHS: usize = 200_000;
/// A document has at most so many letters.
const MAX_GLYPHS: usize = 40_000_000;
/// A thread is worth its while for so many pages.
const MIN_THREAD_PAGES: usize = 8;
const MAX_THREADS: usize = 8;
/// As much as the first thread of a process has.
const STACK_BYTES: usize = 8 << 20;
/// A rule is at most so thick, in points.
const MAX_RULE_THICKNESS: f32 = 2.5;
/// A rule is at least so long, in points.
const MIN_RULE_LENGTH: f32 = 18.0;

/// Draws the first pages, so many at most, on as many processors as there are.
pub(super) fn pages(pdf: &Pdf, most: usize) -> Vec<Page> {
    let count = pdf.pages().len().min(most);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors
        .min(count / MIN_THREAD_PAGES)
        .clamp(1, MAX_THREADS);
    let share = count.div_ceil(threads).max(1);
    let parts: Vec<Range<usize>> = (0..threads)
        .map(|thread| thread * share..((thread + 1) * share).min(count))
        .collect();
    thread::scope(|scope| {
        let (first, others) = parts.split_first()?;
        let others: Vec<_> = others
            .iter()
            .map(|part| {
                let thread = thread::Builder::new().stack_size(STACK_BYTES);
                let drawn = thread.spawn_scoped(scope, || draw(pdf, part.clone(), threads));
                drawn.map_err(|_| part)
            })
            .collect();
        let mut pages = draw(pdf, first.clone(), threads);
        for other in others {
            pages.extend(match other {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                // No thread is to be had: then here.
                Err(part) => draw(pdf, part.clone(), threads),
            });
        }
        Some(pages)
    })
    .unwrap_or_default()
}

/// Draws some of the pages; so many parts of the document are drawn.
fn draw(pdf: &Pdf, part: Range<usize>, parts: usize) -> Vec<Page> {
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut state = DocumentState::default();
    let mut glyphs = 0;
    for page in pdf.pages().iter().skip(part.start).take(part.len()) {
        let mut context = Context::new(
            Affine::new(page.initial_transform(true).as_coeffs()),
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            settings.clone(),
        );
        state
            .fonts
            .learn(page.resources(), &cache, pdf.xref(), &settings);
        let mut device = Extractor::new(page, &mut state);
        if glyphs < MAX_GLYPHS / parts.max(1) {
            interpret_page(page, &mut context, &mut device);
        }
        let page = device.finish();
        glyphs += page.glyphs.len();
        pages.push(page);
    }
    pages
}

/// What is learnt of a document while its pages are drawn.
#[derive(Default)]
struct DocumentState {
    fonts: Fonts,
    /// Whether a letter is drawn small and high, by font program and glyph.
    superiors: HashMap<(u128, u32), bool>,
}

struct Extractor<'s> {
    page: Page,
    state: &'s mut DocumentState,
    /// The turn of each glyph, in quarters.
    turns: Vec<u8>,
    is_invisible: Vec<bool>,
    after_space: bool,
    /// What stands in for the letters drawn since, and how many had been drawn before.
    replacements: Vec<Option<(Vec<char>, usize)>>,
}

impl<'s> Extractor<'s> {
    fn new(page: &PdfPage<'_>, state: &'s mut DocumentState) -> Self {
        let (width, height) = page.render_dimensions();
        Extractor {
            page: Page {
                width,
                height,
                ..Page::default()
            },
            state,
            turns: Vec::new(),
            is_invisible: Vec::new(),
            after_space: false,
            replacements: Vec::new(),
        }
    }

    fn finish(mut self) -> Page {
        self.drop_hidden();
        self.drop_turned();
        accents::compose(&mut self.page.glyphs);
        let page = &self.page;
        let (width, height) = (page.width, page.height);
        self.page.glyphs.retain(|glyph| {
            glyph.right > 0.0
                && glyph.left < width
                && glyph.baseline > 0.0
                && glyph.baseline < height + glyph.size
        });
        self.page
    }

    /// Where letters are shown, what is not shown goes; a page that shows a picture of its text
    /// has invisible letters over it, which are the text then.
    fn drop_hidden(&mut self) {
        let hidden = self.is_invisible.iter().filter(|hidden| **hidden).count();
        let shown = self.is_invisible.len() - hidden;
        if hidden == 0 || shown * 2 < hidden {
            return;
        }
        let mut is_hidden = self.is_invisible.iter();
        self.turns.retain({
            let mut is_hidden = self.is_invisible.iter();
            move |_| !is_hidden.next().copied().unwrap_or(false)
        });
        self.page
            .glyphs
            .retain(|_| !is_hidden.next().copied().unwrap_or(false));
    }

    /// Keeps the letters that are turned as most are, and turns the page so that they are upright.
    fn drop_turned(&mut self) {
        let mut counts = [0usize; 4];
        for turn in &self.turns {
            if let Some(count) = counts.get_mut(usize::from(*turn)) {
                *count += 1;
            }
        }
        let upright = counts.first().copied().unwrap_or(0);
        let (turn, most) = counts
            .iter()
            .copied()
            .enumerate()
            .max_by_key(|(_, count)| *count)
            .unwrap_or((0, 0));
        let kept = if most > upright.saturating_mul(2) {
            turn
        } else {
            0
        };
        let all = self.page.glyphs.len();
        let mut turns = self.turns.iter();
        self.page
            .glyphs
            .retain(|_| turns.next().is_none_or(|turn| usize::from(*turn) == kept));
        self.page.turned_letters = all - self.page.glyphs.len();
        if kept % 2 == 1 {
            std::mem::swap(&mut self.page.width, &mut self.page.height);
            self.page.rules.clear();
        }
    }

    fn push(&mut self, drawn: &Drawn<'_>, at: Affine, face: Face, is_invisible: bool) {
        if self.page.glyphs.len() >= MAX_PAGE_GLYPHS {
            return;
        }
        let [a, b, c, d, _, _] = at.as_coeffs();
        let (width, height) = (self.page.width, self.page.height);
        let (turn, along) = turn_of(a, b);
        let origin = at * Point::ZERO;
        #[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
        let (x, y, size, scale) = (
            origin.x as f32,
            origin.y as f32,
            (c.hypot(d) * 1000.0) as f32,
            along as f32,
        );
        let (x, y) = match turn {
            0 => (x, y),
            1 => (y, width - x),
            2 => (width - x, height - y),
            _ => (height - y, x),
        };
        let (advance, size) = measure(drawn, size);
        let advance = advance * scale;
        if !(x.is_finite() && y.is_finite() && size.is_finite() && advance.is_finite())
            || size < 0.5
        {
            return;
        }
        let letters = self.letters(drawn);
        #[expect(clippy::cast_precision_loss, reason = "a few letters")]
        let each = advance / letters.len().max(1) as f32;
        let mut left = x;
        let is_superior = self.is_superior(drawn, &letters);
        for letter in letters {
            if letter.is_whitespace() || letter == '\u{200B}' {
                self.after_space = true;
            } else if !letter.is_control() {
                self.page.glyphs.push(PdfGlyph {
                    letter,
                    left,
                    right: left + each,
                    baseline: y,
                    size,
                    face,
                    after_space: std::mem::take(&mut self.after_space),
                    is_superior,
                });
                self.turns.push(turn);
                self.is_invisible.push(is_invisible);
            }
            left += each;
        }
    }

    /// The letters that a glyph stands for: one, or the parts of a ligature.
    fn letters(&mut self, drawn: &Drawn<'_>) -> Vec<char> {
        let letters = match drawn.as_unicode() {
            Some(BfString::Char(letter)) => vec![letter],
            Some(BfString::String(letters)) => letters.chars().take(8).collect(),
            None => Vec::new(),
        };
        let letters: Vec<char> = letters.into_iter().map(known_symbol).collect();
        let is_unknown = |letter: &char| {
            *letter == '\u{FFFD}' || *letter == '\0' || ('\u{E000}'..='\u{F8FF}').contains(letter)
        };
        if letters.is_empty() || letters.iter().all(is_unknown) {
            self.page.unknown_letters += 1;
            return vec!['\u{FFFD}'];
        }
        letters.into_iter().flat_map(expand_ligature).collect()
    }

    fn is_superior(&mut self, drawn: &Drawn<'_>, letters: &[char]) -> bool {
        let [letter] = letters else { return false };
        if !letter.is_ascii_digit() {
            return false;
        }
        let Drawn::Outline(outline) = drawn else {
            return false;
        };
        let key = (outline.identifier().cache_key(), outline.char_code());
        *self
            .state
            .superiors
            .entry(key)
            .or_insert_with(|| outline.outline().bounding_box().min_y() > 200.0)
    }

    fn add_rule(&mut self, area: Rect) {
        #[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
        let (left, right, top, bottom) = (
            area.x0 as f32,
            area.x1 as f32,
            area.y0 as f32,
            area.y1 as f32,
        );
        let is_thin = bottom - top <= MAX_RULE_THICKNESS;
        if is_thin && right - left >= MIN_RULE_LENGTH && self.page.rules.len() < 4096 {
            let y = f32::midpoint(top, bottom);
            self.page.rules.push(Rule { left, right, y });
        }
    }
}

impl<'a> Device<'a> for Extractor<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let is_invisible = matches!(mode, DrawMode::Invisible);
        let Some(first) = run.glyphs().first() else {
            return;
        };
        let face = self.state.fonts.face(first);
        for glyph in run.glyphs() {
            self.push(
                glyph,
                props.transform * glyph.transform(),
                face,
                is_invisible,
            );
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        if path.elements().len() <= 8 {
            self.add_rule((props.transform * path.clone()).bounding_box());
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.add_rule(props.transform.transform_rect_bbox(*rect));
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.page.has_pictures = true;
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let actual =
            properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let actual = actual.map(|text| {
            let text = text_string::decode(text.as_bytes());
            (text.chars().take(64).collect(), self.page.glyphs.len())
        });
        self.replacements.push(actual);
    }

    fn end_marked_content(&mut self) {
        let Some(Some((letters, from))) = self.replacements.pop() else {
            return;
        };
        replace(&mut self.page.glyphs, from, &letters);
        self.turns.truncate(self.page.glyphs.len());
        self.is_invisible.truncate(self.page.glyphs.len());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Has the glyphs from `from` on say `letters`, as the document wants them read. Only where
/// there are no more letters than glyphs; a soft hyphen is a hyphen that may go.
fn replace(glyphs: &mut Vec<PdfGlyph>, from: usize, letters: &[char]) {
    let count = glyphs.len().saturating_sub(from);
    let letters: Vec<char> = letters
        .iter()
        .copied()
        .filter(|letter| !letter.is_control())
        .collect();
    if letters.is_empty() || letters.len() > count {
        return;
    }
    let end = glyphs.last().map_or(0.0, |last| last.right);
    for (glyph, letter) in glyphs.iter_mut().skip(from).zip(&letters) {
        glyph.letter = *letter;
    }
    glyphs.truncate(from + letters.len());
    if let Some(last) = glyphs.last_mut()
        && letters.len() < count
        && last.left < end
    {
        last.right = end;
    }
}

/// How a letter is turned, in quarters clockwise, and the scale along its line.
fn turn_of(a: f64, b: f64) -> (u8, f64) {
    let along = a.hypot(b);
    let turn = if b.abs() <= a.abs() * 0.1 {
        if a >= 0.0 { 0 } else { 2 }
    } else if a.abs() <= b.abs() * 0.1 {
        if b > 0.0 { 1 } else { 3 }
    } else {
        4
    };
    (turn, along)
}

/// The advance of a glyph in thousandths of its size, and its size.
fn measure(drawn: &Drawn<'_>, size: f32) -> (f32, f32) {
    match drawn {
        Drawn::Outline(outline) => (outline.advance_width().unwrap_or(500.0), size),
        Drawn::Type3(glyph) => (glyph.advance_width().unwrap_or(500.0), size),
    }
}

/// The letter that a sign of the fonts Symbol and Wingdings is, where a document has it in the
/// private part of Unicode.
fn known_symbol(letter: char) -> char {
    match letter {
        '\u{F0B7}' | '\u{F06C}' | '\u{F09F}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F02D}' => '–',
        '\u{F0D8}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F06F}' | '\u{F071}' => '□',
        '\u{F020}' => ' ',
        letter => letter,
    }
}

fn expand_ligature(letter: char) -> Vec<char> {
    let parts = match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        _ => return vec![letter],
    };
    parts.chars().collect()
}
