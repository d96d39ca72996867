//! Pictures drawn beside the loop.

use std::io;
use std::sync::Arc;

use crate::picture::PAGE_PIXELS;
use crate::reader::action::Action;
use crate::reader::open::OpenDocument;
use crate::reader::pictures::{
    DrawPicture, DrawnPicture, PictureNews, PictureRequest, PictureSource, SharedDrawing,
};
use crate::reader::session::Message;
use crate::shelf::Origin;
use crate::terminal::events::EventSource;
use crate::terminal::picture::{PictureView, TerminalPicture};
use crate::terminal::tty;

/// Has a view of a picture drawn.
pub(super) fn draw(
    draw: &Arc<DrawPicture>,
    request: PictureRequest,
    shown: &OpenDocument,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let (id, origin) = (shown.id, shown.document.origin().clone());
    let draw = Arc::clone(draw);
    events.spawn("picture", move || {
        let drawn = drawn(&*draw, &request, &origin);
        let wanted = request.wanted;
        let news = PictureNews { wanted, drawn };
        Some(Message::To(id, Action::TakePicture(Box::new(news))))
    })
}

/// # Errors
/// Why there is no picture.
fn drawn(
    draw: &DrawPicture,
    request: &PictureRequest,
    origin: &Origin,
) -> Result<DrawnPicture, String> {
    let wanted = &request.wanted;
    let view = PictureView {
        area: wanted.area,
        cell: tty::cell_pixels(),
        zoom: wanted.zoom,
        centre: wanted.centre,
    };
    let before = request.drawing.clone();
    let drawing = match before.filter(|drawing| is_enough(drawing, &wanted.source, &view)) {
        Some(drawing) => drawing,
        None => SharedDrawing::new(draw(origin, &wanted.source, view.longest())?),
    };
    let picture = TerminalPicture::new(&drawing.get().raster, &view, wanted.by);
    let picture = picture.ok_or("it is too large for this screen")?;
    Ok(DrawnPicture {
        drawing,
        view,
        picture: Arc::new(picture),
    })
}

/// Whether a picture has as many pixels as a view of it needs. An image has as many as it has.
fn is_enough(drawing: &SharedDrawing, source: &PictureSource, view: &PictureView) -> bool {
    let raster = &drawing.get().raster;
    let has = raster.width().max(raster.height());
    match source {
        PictureSource::Sheet(_) => has >= view.longest().min(*PAGE_PIXELS.end()),
        PictureSource::File(_) | PictureSource::Packed(_) => true,
    }
}
