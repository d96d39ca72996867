//! Reading files into papers: an importer for each format, all over the same
//! [`PaperBuilder`](crate::paper::PaperBuilder).

#[allow(dead_code, reason = "importers of archives come next")]
pub(crate) mod archive;
mod decode;
mod embedded;
#[cfg(test)]
pub(crate) mod generated;
mod lines;
pub mod loose;
pub mod markdown;
#[cfg(feature = "pdf")]
mod mend;
#[cfg(test)]
mod outline;
#[cfg(feature = "pdf")]
pub mod pdf;

pub use decode::{Decoded, NotText, decode};
pub use embedded::embedded;
