//! The numbers that a LaTeX file's labels and bibliography get, told by a look at all of it.

use std::collections::HashMap;

use super::files::Files;
use super::input::{Input, LatexToken};
use crate::formats::bibliography::Bibliography;

/// What references show.
#[derive(Debug, Default)]
pub(super) struct LatexLabels {
    /// By label, the number of what it stands in.
    numbers: HashMap<String, String>,
    /// By key, what the bibliography calls the source.
    pub(super) sources: HashMap<String, String>,
    pub(super) bibliography: Bibliography,
    pub(super) has_chapters: bool,
    pub(super) has_footnotes: bool,
    pub(super) has_body: bool,
}

impl LatexLabels {
    pub(super) fn find(text: &str, files: &Files<'_>) -> Self {
        let mut labels = Self {
            has_body: text.contains("\\begin{document}"),
            ..Self::default()
        };
        labels.look_at(text);
        let mut counters = Counters::default();
        let mut sources = 0_usize;
        let mut input = Input::new(text);
        while let Some(token) = input.next() {
            let LatexToken::Command(name) = token else {
                continue;
            };
            match name.as_str() {
                "label" => {
                    let label = input.argument();
                    labels
                        .numbers
                        .entry(label)
                        .or_insert_with(|| counters.now.clone());
                }
                "bibitem" => {
                    sources += 1;
                    let said = input.optional().map(|said| said.replace(['{', '}'], ""));
                    let key = input.argument();
                    let name = said.unwrap_or_else(|| sources.to_string());
                    labels.sources.insert(key.trim().to_owned(), name);
                }
                "input" | "include" | "subfile" => {
                    let name = input.file_name();
                    if let Some(text) = files.text(&name, ".tex") {
                        labels.look_at(&text);
                        input.enter_file(text);
                    }
                }
                "bibliography" | "addbibresource" => {
                    input.optional();
                    for name in input.argument().split(',') {
                        if let Some(text) = files.text(name, ".bib") {
                            // Without entries it has nothing to cite.
                            labels.bibliography.add(".bib", text.as_bytes()).ok();
                        }
                    }
                }
                "begin" => {
                    let environment = input.argument();
                    counters.begin(&environment);
                }
                _ => counters.take(&name, labels.has_chapters),
            }
        }
        labels
    }

    fn look_at(&mut self, text: &str) {
        self.has_chapters |= text.contains("\\chapter");
        self.has_footnotes |= text.contains("\\footnote");
    }

    /// The number of what the label stands in; empty where that has none.
    pub(super) fn number(&self, label: &str) -> Option<&str> {
        self.numbers.get(label).map(String::as_str)
    }
}

/// The counters of a document.
#[derive(Debug, Default)]
struct Counters {
    /// Chapter, section, subsection, subsubsection.
    sections: [usize; 4],
    figures: usize,
    tables: usize,
    equations: usize,
    in_table: bool,
    now: String,
}

impl Counters {
    fn take(&mut self, command: &str, has_chapters: bool) {
        let level = match command {
            "chapter" => 0,
            "section" => 1,
            "subsection" => 2,
            "subsubsection" => 3,
            "caption" => {
                let count = if self.in_table {
                    &mut self.tables
                } else {
                    &mut self.figures
                };
                *count += 1;
                self.now = count.to_string();
                return;
            }
            _ => return,
        };
        if let Some(count) = self.sections.get_mut(level) {
            *count += 1;
        }
        for count in self.sections.iter_mut().skip(level + 1) {
            *count = 0;
        }
        let first = usize::from(!has_chapters);
        let parts = self.sections.iter().take(level + 1).skip(first);
        self.now = parts.map(ToString::to_string).collect::<Vec<_>>().join(".");
    }

    fn begin(&mut self, environment: &str) {
        match environment {
            "table" | "table*" | "longtable" => self.in_table = true,
            "figure" | "figure*" => self.in_table = false,
            "equation" | "align" | "gather" | "multline" | "eqnarray" => {
                self.equations += 1;
                self.now = self.equations.to_string();
            }
            _ => {}
        }
    }
}
