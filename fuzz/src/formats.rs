pub use opcit::formats::*;
