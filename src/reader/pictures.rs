//! Pictures that are shown over the text: what is asked for, and what comes of it.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

use super::link::Openable;
use crate::picture::Drawing;
use crate::shelf::Origin;
use crate::terminal::picture::{PictureProtocol, PictureView, TerminalPicture};

/// What there is a picture of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureSource {
    /// A page of the paper's file, from 1.
    Sheet(u32),
    /// An image in a file beside the paper's.
    File(PathBuf),
    /// An image inside of the paper's file, by the name of its part there.
    Packed(String),
}

/// An image that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundImage {
    /// As the paper has it.
    pub(crate) address: String,
    /// What another program can open, or why that cannot be.
    pub(crate) openable: Result<Openable, String>,
    /// What there is a picture of.
    pub(crate) source: Option<PictureSource>,
}

/// Draws what belongs to the paper that comes from there, the longer side of a page so many pixels;
/// or says why it cannot.
pub(super) type DrawPicture =
    dyn Fn(&Origin, &PictureSource, u32) -> Result<Drawing, String> + Send + Sync;

/// A view that somebody wants to have of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WantedPicture {
    pub(crate) source: PictureSource,
    /// The cells that there are for it.
    pub(crate) area: Size,
    /// The step of zooming.
    pub(crate) zoom: usize,
    /// What of it is in the middle, in 65536ths.
    pub(crate) centre: (u32, u32),
    pub(crate) by: PictureProtocol,
}

/// A view that is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureRequest {
    pub(crate) wanted: WantedPicture,
    /// The picture, if it has been drawn before.
    pub(crate) drawing: Option<SharedDrawing>,
    /// Whether the terminal is asked meanwhile if it shows sixels.
    pub(crate) asks_for_sixels: bool,
}

/// What was drawn for a view that was wanted, or why nothing was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureNews {
    pub(crate) wanted: WantedPicture,
    pub(crate) drawn: Result<DrawnPicture, String>,
}

/// A picture, and a view of it as the terminal shows it.
#[derive(Debug, Clone)]
pub(crate) struct DrawnPicture {
    pub(crate) drawing: SharedDrawing,
    pub(crate) view: PictureView,
    pub(crate) picture: Arc<TerminalPicture>,
}

/// Whether it is the same one, not only one that looks so.
impl PartialEq for DrawnPicture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.picture, &other.picture)
    }
}

impl Eq for DrawnPicture {}

/// What was drawn, in one place for all who have it.
#[derive(Debug, Clone)]
pub(crate) struct SharedDrawing(Arc<Drawing>);

impl SharedDrawing {
    pub(crate) fn new(drawing: Drawing) -> Self {
        SharedDrawing(Arc::new(drawing))
    }

    pub(crate) fn get(&self) -> &Drawing {
        &self.0
    }
}

/// Whether it is the same one, not only one that looks so.
impl PartialEq for SharedDrawing {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for SharedDrawing {}
