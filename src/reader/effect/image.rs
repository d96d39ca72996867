//! Images beside a paper, and inside of its file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::formats::packed_image;
use crate::picture::image_size;
use crate::reader::action::Action;
use crate::reader::link::{self, Openable};
use crate::reader::open::OpenDocument;
use crate::reader::open::figures::{self, Figure, FigureNews, MeasuredFigures};
use crate::reader::pictures::{FoundImage, PictureSource};
use crate::reader::session::Message;
use crate::shelf::Origin;
use crate::terminal::events::EventSource;
use crate::terminal::tty;

/// The most bytes of a paper's file that are looked through, as many as a paper may have.
const MAX_FILE_BYTES: u64 = 256 << 20;

/// Looks for an image beside the loop, and has it shown, or the reader asked whether to open it.
pub(super) fn find(
    address: String,
    shown: &OpenDocument,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let (id, document) = (shown.id, Arc::clone(&shown.document));
    events.spawn("image", move || {
        let openable = found(&address, document.folder());
        let source = match &openable {
            Ok(openable) => Some(PictureSource::File(PathBuf::from(&openable.address))),
            Err(_) => {
                let file = paper_file(document.origin());
                packed_image::name(&file, &address).map(PictureSource::Packed)
            }
        };
        let found = Box::new(FoundImage {
            address,
            openable,
            source,
        });
        Some(Message::To(id, Action::TakeImage(found)))
    })
}

/// Looks beside the loop how large the images are that can stand in the text.
pub(super) fn measure(shown: &OpenDocument, events: &impl EventSource<Message>) -> io::Result<()> {
    let (id, document) = (shown.id, Arc::clone(&shown.document));
    events.spawn("images", move || {
        let images = figures::candidates(document.paper());
        let mut file = None;
        let figures = images.into_iter().filter_map(|(block, address)| {
            let (source, head) = match found(&address, document.folder()) {
                Ok(openable) => {
                    let path = PathBuf::from(openable.address);
                    let head = head_of(&path)?;
                    (PictureSource::File(path), head)
                }
                Err(_) => {
                    let file = file.get_or_insert_with(|| paper_file(document.origin()));
                    let name = packed_image::name(file, &address)?;
                    let head = packed_image::head(file, &name, image_size::HEAD_BYTES)?;
                    (PictureSource::Packed(name), head)
                }
            };
            let (width, height) = image_size::read(&head)?;
            Some(Figure {
                block,
                source,
                width,
                height,
            })
        });
        let measured = MeasuredFigures {
            figures: figures.collect(),
            cell: tty::cell_pixels(),
        };
        let news = Box::new(FigureNews { document, measured });
        Some(Message::To(id, Action::TakeFigures(news)))
    })
}

/// The bytes of the paper's own file; none if it has none.
fn paper_file(origin: &Origin) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Origin::File(path) = origin
        && let Ok(file) = File::open(path)
        // What cannot be read has no images.
        && file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).is_err()
    {
        bytes.clear();
    }
    bytes
}

/// The first bytes of a file.
fn head_of(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    let most = u64::try_from(image_size::HEAD_BYTES).ok()?;
    File::open(path)
        .ok()?
        .take(most)
        .read_to_end(&mut head)
        .ok()?;
    Some(head)
}

/// The image that an address names, which must be in the paper's folder or beneath it; or why it is
/// not opened, in words for the reader.
fn found(address: &str, folder: Option<&Path>) -> Result<Openable, String> {
    let folder = folder.ok_or("the folder of the image is not known")?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let found = folder.canonicalize().and_then(|folder| {
        Ok((
            folder.join(&*link::decoded(address)).canonicalize()?,
            folder,
        ))
    });
    let (path, folder) = found.map_err(|_| "there is no such image in the folder of the paper")?;
    if !path.starts_with(&folder) || !path.is_file() {
        return Err("it is no image in the folder of the paper".into());
    }
    let address = path
        .to_str()
        .ok_or("the name of the image is not in UTF-8")?;
    Ok(Openable {
        address: address.to_owned(),
        leads: "opens the image, which is in the folder of the paper".into(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_image_is_opened_where_it_is_in_the_folder_of_the_paper() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("papers");
        fs::create_dir(&folder).unwrap();
        for file in ["outside.png", "papers/a fig.PNG"] {
            fs::write(outer.path().join(file), "").unwrap();
        }
        let find = |address| found(address, Some(&folder));
        let image = find("./a%20fig.PNG").unwrap();
        assert!(image.address.ends_with("papers/a fig.PNG"), "{image:?}");
        for bad in ["../outside.png", "other.png"] {
            assert!(find(bad).is_err(), "{bad}");
        }
        assert!(found("a.png", None).is_err());
    }
}
