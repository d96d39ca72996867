//! Papers to measure with: the one that opcit carries, once and over and over.

use std::fmt;

use opcit::formats;

/// A paper of a certain length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    name: &'static str,
    copies: usize,
}

pub(crate) const SAMPLES: [Sample; 3] = [
    Sample::new("35 KB", 1),
    Sample::new("3 MB", 86),
    Sample::new("30 MB", 860),
];

impl Sample {
    const fn new(name: &'static str, copies: usize) -> Self {
        Sample { name, copies }
    }

    /// The paper as Markdown. In each copy the notes have labels and the sections titles of their
    /// own.
    pub(crate) fn markdown(self) -> String {
        let own = formats::embedded();
        if self.copies == 1 {
            return own.to_owned();
        }
        // Behind the metadata block, which is two lines of dashes with something in between.
        let body = own.splitn(3, "---\n").last().unwrap_or(own);
        let copies = (1..=self.copies).map(|copy| {
            body.replace("[^", &format!("[^{copy}-"))
                .replace("\n# ", &format!("\n# {copy}. "))
        });
        copies.collect()
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
