//! Work on several processors at once.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, ScopedJoinHandle};

/// Does something with each thing, on all processors, and hands on what comes of it in the order of
/// the things, as soon as those before it are done, until `take` says that it is enough. Each
/// processor has bytes to put things into.
pub(crate) fn on_all_processors<I: Sync, T: Send>(
    things: &[I],
    work: impl Fn(&I, &mut Vec<u8>) -> T + Sync,
    mut take: impl FnMut(usize, T) -> bool,
) {
    let (next, is_enough) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, done) = mpsc::channel();
    let work_through = |sender: Sender<(usize, T)>| {
        let mut bytes = Vec::new();
        while !is_enough.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(index) else {
                return;
            };
            if sender.send((index, work(thing, &mut bytes))).is_err() {
                return;
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let threads = (0..threads.min(things.len())).filter(|_| {
            let (sender, work_through) = (sender.clone(), &work_through);
            let thread = thread::Builder::new().spawn_scoped(scope, move || work_through(sender));
            thread.is_ok()
        });
        if threads.count() == 0 {
            // None is to be had: then here.
            work_through(sender.clone());
        }
        drop(sender);
        let (mut waiting, mut taken) = (BTreeMap::new(), 0);
        for (index, result) in done {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&taken) {
                if !take(taken, result) {
                    is_enough.store(true, Ordering::Relaxed);
                    return;
                }
                taken += 1;
            }
        }
    });
}

/// The same with so few things here, on this one, that threads would take longer to begin.
pub(crate) fn here_or_on_all_processors<I: Sync, T: Send>(
    few: usize,
    things: &[I],
    work: impl Fn(&I, &mut Vec<u8>) -> T + Sync,
    mut take: impl FnMut(usize, T) -> bool,
) {
    if things.len() > few {
        return on_all_processors(things, work, take);
    }
    let mut bytes = Vec::new();
    for (index, thing) in things.iter().enumerate() {
        if !take(index, work(thing, &mut bytes)) {
            return;
        }
    }
}

/// What `beside` makes, on another thread if one is to be had, with what `here` makes meanwhile.
pub(crate) fn side_by_side<A: Send, B>(
    beside: impl Fn() -> A + Sync,
    here: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, &beside);
        let here = here();
        let made = match thread.map(ScopedJoinHandle::join) {
            Ok(made) => made.unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => beside(),
        };
        (made, here)
    })
}
