//! Reading files into papers: an importer for each format, all over the same
//! [`PaperBuilder`](crate::paper::PaperBuilder).

mod decode;
mod embedded;
#[cfg(test)]
pub(crate) mod generated;
mod lines;
pub mod loose;
pub mod markdown;
#[cfg(test)]
mod outline;

pub use decode::{Decoded, NotText, decode};
pub use embedded::embedded;
