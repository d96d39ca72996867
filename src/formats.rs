//! Reading files into papers: an importer for each format, all over the same
//! [`PaperBuilder`](crate::paper::PaperBuilder).

#[allow(dead_code, reason = "importers of archives come next")]
pub(crate) mod archive;
mod decode;
#[allow(dead_code, reason = "read by the program once it tells formats apart")]
pub(crate) mod docx;
mod embedded;
#[cfg(test)]
pub(crate) mod generated;
mod lines;
pub mod loose;
pub mod markdown;
#[cfg(feature = "pdf")]
mod mend;
#[allow(dead_code, reason = "read by the program once it tells formats apart")]
pub(crate) mod odt;
mod office;
#[cfg(test)]
mod outline;
#[cfg(feature = "pdf")]
pub mod pdf;
#[allow(dead_code, reason = "read by the program once it tells formats apart")]
pub(crate) mod rtf;

pub use decode::{Decoded, NotText, decode};
pub use embedded::embedded;
