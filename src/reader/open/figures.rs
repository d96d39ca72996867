//! Images that stand in the text: which there are, how many rows each takes, and what was drawn of
//! them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::document::Document;
use crate::layout;
use crate::paper::{Block, BlockId, Kind, Paper, Target};
use crate::picture::Raster;
use crate::reader::link;
use crate::reader::pictures::{PictureNews, PictureRequest, PictureSource, WantedPicture};
use crate::shelf::TextChanges;
use crate::terminal::picture::{PictureProtocol, PictureView, TerminalPicture};

/// The most images of a paper that stand in its text.
const MAX_FIGURES: usize = 500;

/// The most pictures that are kept as they were drawn, beside those on the screen.
const MAX_KEPT: usize = 8;

/// An image of the paper that can stand in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) block: BlockId,
    pub(crate) source: PictureSource,
    /// In pixels, as the head of its file says.
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What was found of a paper's images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeasuredFigures {
    pub(crate) figures: Vec<Figure>,
    /// The pixels of one of the terminal's cells.
    pub(crate) cell: Size,
}

/// What was found of the images of a reading.
#[derive(Debug, Clone)]
pub(crate) struct FigureNews {
    pub(crate) document: Arc<Document>,
    pub(crate) measured: MeasuredFigures,
}

/// Whether it is of the same reading, not only of the same text.
impl PartialEq for FigureNews {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document) && self.measured == other.measured
    }
}

impl Eq for FigureNews {}

/// How many rows an image takes before the text of each block that has one.
pub(crate) type FigureRows = BTreeMap<BlockId, usize>;

/// The images that stand in the text of a paper.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Whether the images of the paper have been looked for.
    is_looked_for: bool,
    /// What was found of the images; none until they have been looked for.
    measured: Option<MeasuredFigures>,
    /// The columns and rows that they were fitted into.
    fitted: Option<(u16, u16)>,
    /// The cells that each takes there.
    sizes: BTreeMap<BlockId, Size>,
    rows: Arc<FigureRows>,
    drawn: BTreeMap<BlockId, DrawnFigure>,
    awaited: Option<WantedPicture>,
}

impl MeasuredFigures {
    /// Makes the images of a source as wide as they were high if they were drawn so: that it is shown
    /// turned, a file may say behind its head. Says whether any has changed.
    fn turn(&mut self, source: &PictureSource, drawn: &Raster) -> bool {
        let (width, height) = (drawn.width(), drawn.height());
        let mut has_turned = false;
        for figure in self.figures.iter_mut().filter(|it| it.source == *source) {
            if width != height && (figure.height, figure.width) == (width, height) {
                (figure.width, figure.height) = (width, height);
                has_turned = true;
            }
        }
        has_turned
    }
}

/// What was drawn of an image. The image itself is not kept: it may be many times as large.
#[derive(Debug)]
struct DrawnFigure {
    wanted: WantedPicture,
    picture: Arc<TerminalPicture>,
    /// Whether its file has not changed since, as far as that is known.
    is_current: bool,
}

/// The blocks that stand for an image, with its address.
pub(crate) fn candidates(paper: &Paper) -> Vec<(BlockId, String)> {
    let blocks = paper.blocks.iter().enumerate();
    let images = blocks.filter_map(|(at, block)| Some((BlockId(at), image_of(block)?)));
    images.take(MAX_FIGURES).collect()
}

/// The address of the image that a block begins with. One between words is no figure.
fn image_of(block: &Block) -> Option<String> {
    let link = block.links.first()?;
    let begins = link.is_image && link.range.start == 0 && block.kind == Kind::Paragraph;
    match &link.target {
        Target::Address(address) if begins && link::is_image(address) => Some(address.to_string()),
        _ => None,
    }
}

impl Figures {
    /// Whether the images of a paper are to be looked for; they are once.
    pub(crate) fn begin_measuring(&mut self, paper: &Paper) -> bool {
        let was_looked_for = std::mem::replace(&mut self.is_looked_for, true);
        !was_looked_for && !candidates(paper).is_empty()
    }

    /// Takes over what stood in the text before that changed, so that the text does not move while
    /// the images are looked for again.
    pub(crate) fn carry_over(&mut self, before: Figures, changes: &TextChanges) {
        let measured = before.measured.map(|measured| MeasuredFigures {
            figures: carried(measured.figures, changes),
            ..measured
        });
        let drawn = before.drawn.into_iter().filter_map(|(block, drawn)| {
            let drawn = DrawnFigure {
                is_current: false,
                ..drawn
            };
            Some((changes.same_block(block)?, drawn))
        });
        (self.measured, self.drawn) = (measured, drawn.collect());
    }

    /// Takes what was found.
    pub(crate) fn take_measured(&mut self, measured: MeasuredFigures) {
        self.measured = Some(measured);
        self.fitted = None;
    }

    /// Fits the images into so many columns and rows, and says how many rows each takes. None of them
    /// is larger than it is.
    pub(crate) fn fit(&mut self, columns: u16, rows: u16) -> Arc<FigureRows> {
        let Some(measured) = &self.measured else {
            return Arc::clone(&self.rows);
        };
        if self.fitted.replace((columns, rows)) == Some((columns, rows)) {
            return Arc::clone(&self.rows);
        }
        let cell = measured.cell;
        let size = |figure: &Figure| {
            let own = |pixels: u32, cell: u16| {
                let cells = pixels.div_ceil(u32::from(cell).max(1));
                u16::try_from(cells).unwrap_or(u16::MAX)
            };
            let area = Size::new(
                columns.min(own(figure.width, cell.width)),
                rows.min(own(figure.height, cell.height)),
            );
            let view = PictureView {
                area,
                cell,
                zoom: 0,
                centre: PictureView::MIDDLE,
            };
            view.cells(figure.width, figure.height)
        };
        let figures = measured.figures.iter();
        let fits = columns > 0 && rows > 0;
        let sizes: BTreeMap<BlockId, Size> = figures
            .filter(|_| fits)
            .map(|figure| (figure.block, size(figure)))
            .collect();
        if sizes != self.sizes {
            let rows = sizes
                .iter()
                .map(|(block, size)| (*block, size.height.into()));
            self.rows = Arc::new(rows.collect());
            self.sizes = sizes;
        }
        Arc::clone(&self.rows)
    }

    /// What is to be drawn of the images of some blocks, which are on the screen; one at a time.
    pub(crate) fn request(
        &mut self,
        shown: &[BlockId],
        by: PictureProtocol,
    ) -> Option<PictureRequest> {
        let measured = self.measured.as_ref().filter(|_| self.awaited.is_none())?;
        let sizes = &self.sizes;
        let wanted = |figure: &Figure| {
            Some(WantedPicture {
                source: figure.source.clone(),
                area: *sizes.get(&figure.block)?,
                zoom: 0,
                centre: PictureView::MIDDLE,
                by,
            })
        };
        let figures = measured
            .figures
            .iter()
            .filter(|it| shown.contains(&it.block));
        let mut wanted = figures.filter_map(|figure| Some((figure.block, wanted(figure)?)));
        let (_, wanted) = wanted.find(|(block, wanted)| {
            let drawn = self.drawn.get(block);
            drawn.is_none_or(|drawn| !drawn.is_current || drawn.wanted != *wanted)
        })?;
        self.awaited = Some(wanted.clone());
        Some(PictureRequest {
            wanted,
            drawing: None,
            asks_for_sixels: false,
        })
    }

    /// Takes what was drawn, if that was waited for here.
    pub(crate) fn take(&mut self, news: &PictureNews, shown: &[BlockId]) {
        if self.awaited.as_ref() != Some(&news.wanted) {
            return;
        }
        self.awaited = None;
        let Ok(drawn) = &news.drawn else {
            return self.leave_out(&news.wanted.source);
        };
        let Some(measured) = &mut self.measured else {
            return;
        };
        if measured.turn(&news.wanted.source, &drawn.drawing.get().raster) {
            self.fitted = None;
            return;
        }
        if self.drawn.len() > MAX_KEPT {
            self.drawn.retain(|block, _| shown.contains(block));
        }
        let figures = measured.figures.iter();
        for figure in figures.filter(|figure| figure.source == news.wanted.source) {
            if self.sizes.get(&figure.block) == Some(&news.wanted.area) {
                let drawn = DrawnFigure {
                    wanted: news.wanted.clone(),
                    picture: Arc::clone(&drawn.picture),
                    is_current: true,
                };
                self.drawn.insert(figure.block, drawn);
            }
        }
    }

    /// The picture of a block, as large as it stands in the text.
    pub(crate) fn picture(&self, block: BlockId) -> Option<&Arc<TerminalPicture>> {
        let drawn = self.drawn.get(&block)?;
        let fits = self.sizes.get(&block) == Some(&drawn.wanted.area);
        fits.then_some(&drawn.picture)
    }

    /// Leaves out an image that cannot be shown.
    fn leave_out(&mut self, source: &PictureSource) {
        if let Some(measured) = &mut self.measured {
            measured.figures.retain(|figure| figure.source != *source);
            self.fitted = None;
        }
    }
}

/// The same images in a text that has changed.
fn carried(figures: Vec<Figure>, changes: &TextChanges) -> Vec<Figure> {
    let carried = figures.into_iter().filter_map(|figure| {
        let block = changes.same_block(figure.block)?;
        Some(Figure { block, ..figure })
    });
    carried.collect()
}

/// Puts the rows of an image between what parts a block from the one before and its text.
pub(crate) fn make_room(layout: &mut layout::Layout, rows: usize) {
    let at = layout.lead.min(layout.lines.len());
    let blank = std::iter::repeat_n(layout::Line::default(), rows);
    layout.lines.splice(at..at, blank);
    layout.lead += rows;
}
