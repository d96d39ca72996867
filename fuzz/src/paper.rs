pub use opcit::paper::*;

#[path = "../../src/paper/laws.rs"]
pub mod laws;
