pub use opcit::sources::*;

#[path = "../../src/sources/laws.rs"]
pub mod laws;
