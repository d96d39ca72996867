//! opcit's rooms, each with the laws that its own tests hold it to.
//!
//! The laws are compiled from opcit's sources. There they name other modules as `crate::paper`,
//! which is why the modules here are called as they are.

pub mod export;
pub mod formats;
pub mod layout;
pub mod paper;
pub mod search;
pub mod shelf;
pub mod sources;

use formats::decode;
use formats::markdown::parse;
use paper::Parsed;

/// The paper that bytes are, and its source; none if they are no text.
pub fn read(bytes: &[u8]) -> Option<(Parsed, String)> {
    let source = decode(bytes).ok()?.text.into_owned();
    Some((parse(&source), source))
}

/// A number that any change of the bytes changes: for what a target tries one case of.
pub fn seed(bytes: &[u8]) -> usize {
    let mix = |seed: usize, byte: &u8| seed.wrapping_mul(31).wrapping_add(usize::from(*byte));
    bytes.iter().fold(bytes.len(), mix)
}
