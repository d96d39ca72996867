pub use opcit::search::*;

#[path = "../../src/search/laws.rs"]
pub mod laws;
