//! Reading on two processors: what of a paper can be read apart from the rest is read beside it.

use std::ops::Range;
use std::sync::mpsc;
use std::thread;

use super::segment;
use super::text::JoinedText;
use super::words::Words;
use crate::paper::side_by_side;

/// How many notes are read ahead: the words of all would fill the memory with those of a long paper.
const MOST_AHEAD: usize = 64;

/// A note as words, and the parts that they fall into.
#[derive(Debug)]
pub(super) struct NoteWords<'a> {
    pub(super) text: &'a JoinedText,
    pub(super) words: Words<'a>,
    pub(super) parts: Vec<Range<usize>>,
}

impl<'a> NoteWords<'a> {
    fn read(text: &'a JoinedText) -> Self {
        let words = Words::read(text.text(), &text.emphasis, &text.link_ranges());
        let parts = segment::split(&words);
        NoteWords { text, words, parts }
    }
}

/// Gives the words of each text to `take`, in order. Another thread reads them ahead, as long as
/// there is one to be had.
pub(super) fn for_each_note<'a>(texts: &'a [JoinedText], mut take: impl FnMut(NoteWords<'a>)) {
    thread::scope(|scope| {
        let (sender, read) = mpsc::sync_channel(MOST_AHEAD);
        let ahead = move || {
            for text in texts {
                if sender.send(NoteWords::read(text)).is_err() {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("notes".to_owned());
        let _none_to_be_had = thread.spawn_scoped(scope, ahead).err();
        for text in texts {
            take(read.recv().unwrap_or_else(|_| NoteWords::read(text)));
        }
    });
}

/// What `read` makes of the first half of a range, with what it makes of the second, which another
/// thread reads meanwhile.
pub(super) fn in_halves<T: Send>(
    range: Range<usize>,
    read: impl Fn(Range<usize>) -> Vec<T> + Sync,
) -> Vec<T> {
    let middle = range.start + range.len() / 2;
    let (first, second) = (range.start..middle, middle..range.end);
    let (rest, mut all) = side_by_side(|| read(second.clone()), || read(first));
    all.extend(rest);
    all
}
