//! The README with the table of keys that the program goes by.

use opcit::reader;

/// The lines between which the README has the table.
pub(crate) const START: &str = "<!-- keys: `cargo run --example keys` writes them anew -->\n";
pub(crate) const END: &str = "<!-- end of keys -->\n";

/// The README with the table as it should be; none if it has no place for one.
pub(crate) fn renewed(readme: &str) -> Option<String> {
    let (before, rest) = readme.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    let keys = reader::keys_as_markdown();
    Some(format!("{before}{START}\n{keys}{END}{after}"))
}
