pub use opcit::export::*;

#[path = "../../src/export/laws.rs"]
pub mod laws;
