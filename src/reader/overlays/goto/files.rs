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

/// The path with as much behind it as all names have that begin as it does, in any letter case;
/// none where no name does.
pub(super) fn completed(path: &str, listing: Option<&FolderListing>) -> Option<String> {
    let (folder, typed) = parts(path);
    let names = &listing.filter(|listing| listing.folder == folder)?.names;
    let is_meant = |name: &&String| {
        let is_shown = typed.starts_with('.') || !name.starts_with('.');
        is_shown && name.to_lowercase().starts_with(&typed.to_lowercase())
    };
    let mut meant = names.iter().filter(is_meant);
    let mut common = meant.next()?.as_str();
    for name in meant {
        let same = common.char_indices().zip(name.chars());
        let end = same.take_while(|((_, one), other)| one == other).last();
        let end = end.map_or(0, |((at, letter), _)| at + letter.len_utf8());
        common = common.get(..end).unwrap_or_default();
    }
    // Of names that differ in the case of their letters nothing is taken back that is typed.
    (common.len() >= typed.len()).then(|| format!("{folder}{common}"))
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
