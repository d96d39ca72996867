pub use opcit::formats::*;

#[path = "../../src/formats/bibliography/laws.rs"]
pub mod bibliography_laws;
