//! Files by their path: what `:e` offers.

use std::path::PathBuf;

use crate::reader::action::{FolderListing, PaperRequest};
use crate::reader::overlays::list::{ListRow, RowTarget};
use crate::search::plain;

/// The most files that are offered: typing one more letter is quicker than reading on.
const MAX_ROWS: usize = 200;

/// The path that is typed, if what is typed opens a file.
pub(crate) fn typed_path(text: &str) -> Option<&str> {
    text.strip_prefix("e ").map(str::trim_start)
}

/// The folder in a path that is typed, with the slash at its end, and the rest.
pub(super) fn parts(path: &str) -> (&str, &str) {
    let end = path.rfind('/').map_or(0, |slash| slash + 1);
    path.split_at_checked(end).unwrap_or((path, ""))
}

/// The files that may be meant: those whose names begin as the typed one, then those that have it
/// somewhere; then the typed path itself, which need not be listed. Hidden ones only if a point is
/// typed.
pub(super) fn rows(path: &str, listing: Option<&FolderListing>) -> Vec<ListRow> {
    let (folder, typed) = parts(path);
    let wanted = plain(typed);
    let names = listing.filter(|listing| listing.folder == folder);
    let names = names.into_iter().flat_map(|listing| &listing.names);
    let is_shown = |name: &&String| typed.starts_with('.') || !name.starts_with('.');
    let (mut first, others): (Vec<&String>, Vec<&String>) = names
        .filter(is_shown)
        .filter(|name| plain(name).contains(&wanted))
        .partition(|name| plain(name).starts_with(&wanted));
    first.extend(others);
    first.truncate(MAX_ROWS);
    let is_listed = first.iter().any(|name| *name == typed);
    let row = |name: &String| {
        let path = format!("{folder}{name}");
        match name.strip_suffix('/') {
            Some(_) => row_of_folder(name, path),
            None => row_of_file(name, path),
        }
    };
    let mut rows: Vec<ListRow> = first.into_iter().map(row).collect();
    if !typed.is_empty() && !is_listed {
        rows.push(row_of_file(path, path.to_owned()));
    }
    rows
}

fn row_of_folder(name: &str, path: String) -> ListRow {
    ListRow {
        detail: "folder".to_owned(),
        ..ListRow::new(name, RowTarget::Folder(path))
    }
}

fn row_of_file(name: &str, path: String) -> ListRow {
    let request = PaperRequest::new(PathBuf::from(path));
    ListRow {
        detail: "open".to_owned(),
        ..ListRow::new(name, RowTarget::File(request))
    }
}
