//! Reading papers and folders beside the loop.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::paper::{RefusedMendings, clean};
use crate::reader::action::{Action, FolderListing, Notice, OpenedPaper, PaperRequest};
use crate::reader::link;
use crate::reader::session::Message;
use crate::reader::watching::PaperFile;
use crate::shelf::{Origin, from_short_home};
use crate::terminal::events::EventSource;

/// The most names of a folder that are listed. Who types more of a name in a larger one is not
/// helped.
const MAX_NAMES: usize = 5_000;

/// Reads what comes from a place without some mendings, or says why it cannot.
pub(in crate::reader) type ReadPaper =
    dyn Fn(&Origin, &RefusedMendings) -> Result<Document, String> + Send + Sync;

/// Has another paper read.
pub(super) fn open(
    read: &Arc<ReadPaper>,
    request: PaperRequest,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let read = Arc::clone(read);
    events.spawn("opening", move || {
        Some(Message::Action(opened(&*read, request)))
    })
}

/// Has files read, one after the other, to be open behind the paper that is shown.
pub(super) fn open_behind(
    read: &Arc<ReadPaper>,
    paths: Vec<PathBuf>,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let (read, tell) = (Arc::clone(read), events.sender());
    events.spawn("opening", move || {
        for path in paths {
            let request = PaperRequest {
                is_shown: false,
                ..PaperRequest::new(path)
            };
            tell(Message::Action(opened(&*read, request)));
        }
        None
    })
}

/// Reads a paper, and says what is to be done with it, or why it cannot be read.
fn opened(read: &ReadPaper, request: PaperRequest) -> Action {
    match read_paper(read, request) {
        Ok(paper) => Action::TakePaper(Box::new(paper)),
        Err(why) => Action::RefusePaper(Notice::warning(why)),
    }
}

/// Reads a paper from where it comes from, or from the first of the other places that has a file.
///
/// # Errors
/// Why it cannot be read.
pub(in crate::reader) fn read_paper(
    read: &ReadPaper,
    request: PaperRequest,
) -> Result<OpenedPaper, String> {
    let paths = request.path().into_iter().map(Path::to_owned);
    let paths: Vec<PathBuf> = paths.chain(request.also.iter().cloned()).collect();
    let there = paths.iter().find(|path| path.exists()).or(paths.first());
    let path = there.map(|path| from_short_home(path));
    let file = path.as_ref().and_then(|path| PaperFile::at(path));
    let origin = path.map_or(request.origin, Origin::File);
    if origin == Origin::Elsewhere {
        return Err("no file is known that has it now".to_owned());
    }
    let document = read(&origin, &RefusedMendings::default())?;
    Ok(OpenedPaper {
        document: Arc::new(document),
        file,
        part: request.part,
        found: request.found,
        is_shown: request.is_shown,
    })
}

/// Has the papers and folders in a folder listed, for whoever types a path.
pub(super) fn list(folder: String, events: &impl EventSource<Message>) -> io::Result<()> {
    events.spawn("folder", move || {
        let names = names_in(&folder);
        let listing = FolderListing { folder, names };
        Some(Message::Action(Action::TakeFolder(Box::new(listing))))
    })
}

/// The names of folders, each with a slash at its end, and of papers; none that would not be shown
/// as it is.
pub(in crate::reader) fn names_in(folder: &str) -> Vec<String> {
    let path = match folder {
        "" => PathBuf::from("."),
        folder => from_short_home(Path::new(folder)),
    };
    let entries = fs::read_dir(path).into_iter().flatten();
    let name = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let is_clean = clean(&name) == name;
        // Where a link leads counts, too.
        let is_folder = fs::metadata(entry.path()).is_ok_and(|it| it.is_dir());
        match is_folder {
            _ if !is_clean => None,
            true => Some(format!("{name}/")),
            false => link::is_paper(&name).then_some(name),
        }
    };
    let mut names: Vec<String> = entries.flatten().filter_map(name).take(MAX_NAMES).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    names
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::paper::Parsed;

    #[test]
    fn the_time_of_a_paper_s_file_is_the_one_before_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paper.md");
        fs::write(&path, "One").unwrap();
        let before = PaperFile::at(&path);
        let saved = path.clone();
        let read: Box<ReadPaper> = Box::new(move |_, _| {
            let file = fs::File::options().write(true).open(&saved).unwrap();
            let later = SystemTime::now() + Duration::from_secs(60);
            file.set_modified(later).unwrap();
            Ok(Document::new(Parsed::default(), Origin::Elsewhere))
        });
        let paper = read_paper(&*read, PaperRequest::new(path.clone())).unwrap();
        assert_eq!(paper.file, before);
        assert_ne!(paper.file, PaperFile::at(&path));
    }

    #[test]
    fn a_folder_lists_its_folders_and_papers_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "A.pdf", "c.png", ".hidden.md", "x\u{1b}.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("Letters")).unwrap();
        let names = names_in(folder.path().to_str().unwrap());
        assert_eq!(names, [".hidden.md", "A.pdf", "b.md", "Letters/"]);
        assert!(names_in("/no/such/folder").is_empty());
    }
}
