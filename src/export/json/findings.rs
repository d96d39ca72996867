//! What there is to put right in a paper's notes, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::{LocationJson, location_json, write};
use crate::sources::check::Finding;

/// Writes the findings as an array of `{"line", "code", "message", "certain"}`. Where a source has no
/// lines, `page` or `paragraph` stands in place of `line`, or none of them.
///
/// # Errors
/// Those of `out`.
pub fn write_findings(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let json = findings.iter().map(|finding| FindingJson {
        location: location_json(finding.location),
        code: finding.kind.code(),
        message: finding.message(),
        certain: finding.kind.is_certain(),
    });
    write(&json.collect::<Vec<_>>(), out)
}

#[derive(Serialize)]
struct FindingJson {
    #[serde(flatten)]
    location: LocationJson,
    /// What is wrong; the word stays the same whatever the message becomes.
    code: &'static str,
    message: String,
    /// False if the paper may be right.
    certain: bool,
}
