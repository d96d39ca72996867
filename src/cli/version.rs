//! What this program is: its version, its commit and its features.

/// The version, and on further lines the commit and the features.
pub(super) const LONG: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    env!("OPCIT_COMMIT_LINE"),
    "\nfeatures: ",
    env!("OPCIT_FEATURES"),
);
