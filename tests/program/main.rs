//! The program as it is run: in a terminal, by signals, on papers of any shape. All of it is one test
//! program, so that while some wait for a terminal others have the processors.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, and says so"
)]

#[path = "../../src/paper/dice.rs"]
mod dice;
mod following;
mod hostile;
mod long_papers;
#[path = "../pdf/long_pdf.rs"]
mod long_pdf;
mod monkey;
mod other_papers;
mod own_programs;
mod pty;
mod reading;
mod reading_aloud;
mod sequences;
mod shapes;
mod shelf_process;
mod shelf_terminal;
mod shell;
mod terminal;
mod terminal_charset;
mod terminal_ground;
mod terminal_kinds;
mod terminal_pictures;
mod terminal_saving;
mod terminal_slow;
mod watching;
