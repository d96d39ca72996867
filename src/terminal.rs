//! What is true of every terminal program, whatever it shows: how bytes become keys, what a
//! terminal understands, and which characters it can be sent.

pub(crate) mod capabilities;
pub(crate) mod charset;
pub(crate) mod input;
pub(crate) mod queue;
