pub use opcit::layout::*;

#[path = "../../src/layout/laws.rs"]
pub mod laws;
