pub use opcit::shelf::*;

#[path = "../../src/shelf/laws.rs"]
pub mod laws;
