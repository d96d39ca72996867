//! The files that a LaTeX file takes in from its folder: chapters and bibliographies.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::formats::ReadBeside;
use crate::formats::html::charset;

/// So many files are read, with so many bytes in all.
const MAX_FILES: usize = 500;
const MAX_BYTES: usize = 32 << 20;

/// What lies beside a file.
pub(super) struct Files<'a> {
    read: &'a ReadBeside<'a>,
    texts: RefCell<HashMap<String, Option<Rc<str>>>>,
    bytes: Cell<usize>,
}

impl fmt::Debug for Files<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl<'a> Files<'a> {
    pub(super) fn new(read: &'a ReadBeside<'a>) -> Self {
        Self {
            read,
            texts: RefCell::default(),
            bytes: Cell::default(),
        }
    }

    /// The text of a file, of which the ending may be left out.
    pub(super) fn text(&self, name: &str, ending: &str) -> Option<Rc<str>> {
        let name = name.trim().trim_matches('"');
        if name.is_empty() {
            return None;
        }
        let whole = format!("{name}{ending}");
        let with_ending = (!name.ends_with(ending)).then(|| self.read(&whole));
        with_ending.flatten().or_else(|| self.read(name))
    }

    fn read(&self, name: &str) -> Option<Rc<str>> {
        if let Some(text) = self.texts.borrow().get(name) {
            return text.clone();
        }
        if self.texts.borrow().len() >= MAX_FILES {
            return None;
        }
        let bytes = (self.read)(name);
        let left = MAX_BYTES.saturating_sub(self.bytes.get());
        let text = bytes.filter(|bytes| bytes.len() <= left).map(|bytes| {
            self.bytes.set(self.bytes.get() + bytes.len());
            let (text, _) = charset::decode(&bytes, None);
            Rc::from(own_text(&text))
        });
        self.texts
            .borrow_mut()
            .insert(name.to_owned(), text.clone());
        text
    }
}

/// The part that belongs into another file, of one that also stands for itself.
fn own_text(text: &str) -> &str {
    let Some((_, rest)) = text.split_once("\\begin{document}") else {
        return text;
    };
    rest.split_once("\\end{document}")
        .map_or(rest, |(inner, _)| inner)
}
