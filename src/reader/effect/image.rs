//! Images beside a paper, which another program shows.

use std::io;
use std::path::Path;

use crate::reader::action::Action;
use crate::reader::link::{self, Openable};
use crate::reader::open::OpenDocument;
use crate::reader::session::Message;
use crate::terminal::events::EventSource;

/// Looks for an image beside the loop, and has the reader asked whether to open it.
pub(super) fn find(
    address: String,
    shown: &OpenDocument,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let (id, folder) = (shown.id, shown.document.folder().map(Path::to_owned));
    events.spawn("image", move || {
        let openable = found(&address, folder.as_deref());
        Some(Message::To(id, Action::AskToOpen { address, openable }))
    })
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
