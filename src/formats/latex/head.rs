//! Title, authors and date, and notes about them.

use super::macros::Macros;
use super::words;
use crate::formats::babel;
use crate::paper::Metadata;

/// What the head of a document says.
#[derive(Debug, Default)]
pub(super) struct LatexPreamble {
    /// Notes to the title and to authors.
    pub(super) thanks: Vec<String>,
}

impl LatexPreamble {
    /// Takes what a command such as `\title` says.
    pub(super) fn take(
        &mut self,
        command: &str,
        said: &str,
        macros: &Macros,
        metadata: &mut Metadata,
    ) {
        let said = self.without_thanks(said);
        match command {
            "title" => metadata.title = words(&said, macros),
            "subtitle" => metadata.subtitle = words(&said, macros),
            "date" => metadata.date = words(&said, macros),
            "author" | "IEEEauthorblockN" => metadata.authors.extend(authors(&said, macros)),
            "keywords" | "keyword" | "IEEEkeywords" => {
                let said = words(&said, macros);
                let keywords = said.split([',', ';']).map(|word| word.trim().to_owned());
                metadata
                    .keywords
                    .extend(keywords.filter(|word| !word.is_empty()));
            }
            _ => {}
        }
    }

    /// Takes the language that a class, Babel or Polyglossia sets, which outdoes that before it.
    pub(super) fn take_language(command: &str, options: &str, said: &str, metadata: &mut Metadata) {
        let tag = match (command, said.trim()) {
            ("documentclass", _) | ("usepackage", "babel") => babel::tag_in_options(options),
            ("usepackage", _) => None,
            // "[variant=british]{english}"
            (_, language) => {
                let variant = options.split_once("variant=").map(|(_, variant)| variant);
                let variant = variant.and_then(|it| it.split(',').next());
                variant.and_then(babel::tag_of).or(babel::tag_of(language))
            }
        };
        if let Some(tag) = tag {
            tag.clone_into(&mut metadata.language);
        }
    }

    /// The text without its `\thanks`, which are kept.
    fn without_thanks(&mut self, said: &str) -> String {
        let mut rest = said;
        let mut kept = String::with_capacity(said.len());
        loop {
            let found = [
                "\\thanks{",
                "\\footnote{",
                "\\tnoteref{",
                "\\fnref{",
                "\\corref{",
            ]
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, *mark)))
            .min();
            let Some((at, mark)) = found else {
                kept.push_str(rest);
                return kept;
            };
            kept.push_str(rest.get(..at).unwrap_or_default());
            let inner = rest.get(at + mark.len()..).unwrap_or_default();
            let end = closing(inner).unwrap_or(inner.len());
            if mark == "\\thanks{" || mark == "\\footnote{" {
                self.thanks
                    .push(inner.get(..end).unwrap_or_default().to_owned());
            }
            rest = inner.get(end + 1..).unwrap_or_default();
        }
    }
}

/// Where the brace closes that was opened before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The names, without what follows them on lines of their own.
fn authors(said: &str, macros: &Macros) -> Vec<String> {
    let said = said
        .replace("\\And ", "\\and ")
        .replace("\\AND ", "\\and ")
        .replace("\\And\n", "\\and\n");
    let people = said.split("\\and");
    let names = people.map(|person| {
        let first = person.trim().split("\\\\").next().unwrap_or_default();
        // Signs of institutes.
        let first = first.split('$').step_by(2).collect::<Vec<_>>().concat();
        words(&first, macros)
    });
    names
        .map(|name| name.trim_matches([',', ' ']).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}
