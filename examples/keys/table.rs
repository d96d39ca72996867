//! The manual's page of keys, with the table that the program goes by.

use opcit::reader;

/// The lines between which the page has the table.
pub(crate) const START: &str = "<!-- keys: `cargo run --example keys` writes them anew -->\n";
pub(crate) const END: &str = "<!-- end of keys -->\n";

/// The page with the table as it should be; none if it has no place for one.
pub(crate) fn renewed(page: &str) -> Option<String> {
    let (before, rest) = page.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    let keys = reader::keys_as_markdown();
    Some(format!("{before}{START}\n{keys}{END}{after}"))
}
