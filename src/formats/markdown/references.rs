//! What has a name in a source: headings, which a link may name by their words, and figures,
//! tables and the like, which are numbered.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use pulldown_cmark::CowStr;

use super::curly::Curly;
use crate::paper::slug;

/// The names of a source, looked for when one is asked for.
#[derive(Debug, Default)]
pub(super) struct ReferenceNames<'a> {
    source: &'a str,
    found: OnceLock<NamesFound>,
    /// Addresses of links that are defined in the source that this one stands in.
    definitions: Arc<HashMap<String, String>>,
    /// The names of that source.
    around: Option<Arc<ReferenceNames<'a>>>,
}

#[derive(Debug, Default)]
struct NamesFound {
    /// The id of a heading, by its words.
    headings: HashMap<String, String>,
    named: HashMap<String, Named>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A heading with this title.
    Heading(String),
    /// A figure, a table or the like: the word for it, and its number.
    Number(&'static str, usize),
}

impl<'a> ReferenceNames<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        ReferenceNames {
            source,
            ..ReferenceNames::default()
        }
    }

    /// Those of a source that stands in another.
    pub(super) fn within(
        around: &Arc<ReferenceNames<'a>>,
        definitions: &Arc<HashMap<String, String>>,
    ) -> Self {
        ReferenceNames {
            definitions: Arc::clone(definitions),
            around: Some(Arc::clone(around)),
            ..ReferenceNames::default()
        }
    }

    /// Where a link leads that is not defined in the source: address and title.
    pub(super) fn link<'l>(&self, name: &str) -> Option<(CowStr<'l>, CowStr<'l>)> {
        let is_sound = name.contains(char::is_alphanumeric) && !name.starts_with(['^', '@']);
        if !is_sound || name.contains('*') {
            return None;
        }
        let defined = if self.definitions.is_empty() {
            None
        } else {
            self.definitions.get(&key(name)).cloned()
        };
        let address = defined.or_else(|| {
            let id = self.found().headings.get(&slug(name))?;
            Some(format!("#{id}"))
        });
        address.map(|address| (CowStr::from(address), CowStr::from("")))
    }

    pub(super) fn has_heading(&self, slug: &str) -> bool {
        self.found().headings.contains_key(slug)
    }

    pub(super) fn named(&self, name: &str) -> Option<&Named> {
        self.found().named.get(name)
    }

    fn found(&self) -> &NamesFound {
        match &self.around {
            Some(around) => around.found(),
            None => self.found.get_or_init(|| NamesFound::search(self.source)),
        }
    }
}

/// A link's name as names are compared.
pub(super) fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

impl NamesFound {
    /// Goes through the lines of a source once.
    fn search(source: &str) -> Self {
        let mut found = NamesFound::default();
        let mut counts: HashMap<&'static str, usize> = HashMap::new();
        let mut fence: Option<char> = None;
        let mut before = "";
        for line in source.lines() {
            let content = line.trim();
            let sign = ['`', '~'].into_iter().find(|sign| {
                let row = content.len() - content.trim_start_matches(*sign).len();
                row >= 3
            });
            if let Some(sign) = sign {
                if fence.is_none() {
                    found.chunk(content, &mut counts);
                }
                fence = match fence {
                    None => Some(sign),
                    Some(open) if open == sign => None,
                    open => open,
                };
                continue;
            }
            if fence.is_some() {
                if let Some(label) = content.strip_prefix("#| label:") {
                    found.define(label.trim(), &mut counts);
                }
                continue;
            }
            found.heading(content, before);
            for (at, _) in content.match_indices("{#") {
                let curly = content.get(at..).and_then(Curly::parse);
                if let Some(id) = curly.and_then(|(curly, _)| curly.id) {
                    found.define(id, &mut counts);
                }
            }
            for (at, opens) in content.match_indices(r"\label{") {
                let label = content.get(at + opens.len()..).unwrap_or_default();
                if let Some((label, _)) = label.split_once('}') {
                    found.define(label, &mut counts);
                }
            }
            before = content;
        }
        found
    }

    /// Takes in the line if it is a heading, or underlines one.
    fn heading(&mut self, line: &str, before: &str) {
        let inner = line.trim_start_matches('#');
        let level = line.len() - inner.len();
        let is_underline = line.len() > 2
            && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'));
        let title = match level {
            0 if is_underline && !before.is_empty() => before,
            1..=6 if inner.starts_with([' ', '\t']) => inner.trim(),
            _ => return,
        };
        let (title, id) = match title.rfind('{').and_then(|at| {
            let (curly, bytes) = Curly::parse(title.get(at..)?)?;
            (at + bytes == title.len()).then_some((title.get(..at)?, curly.id))
        }) {
            Some((title, id)) => (title.trim(), id),
            None => (title, None),
        };
        let title = title.trim_end_matches('#').trim().replace(['*', '`'], "");
        if !title.contains(char::is_alphanumeric) {
            return;
        }
        let words = slug(&title);
        let id = id.map_or_else(|| words.clone(), str::to_owned);
        self.named
            .entry(id.clone())
            .or_insert_with(|| Named::Heading(title));
        self.headings.entry(words).or_insert(id);
    }

    /// Takes in the label of a chunk of R Markdown: ```` ```{r label, fig.cap=…} ````.
    fn chunk(&mut self, line: &str, counts: &mut HashMap<&'static str, usize>) {
        if let Some(label) = chunk_label(line)
            && line.contains("fig.cap")
        {
            self.define(&format!("fig:{label}"), counts);
        }
    }

    /// Counts what has the name, if its name tells what it is.
    fn define(&mut self, name: &str, counts: &mut HashMap<&'static str, usize>) {
        let kind = name.split([':', '-']).next().unwrap_or_default();
        let word = match kind {
            "fig" => "Figure",
            "tbl" | "tab" => "Table",
            "eq" => "Equation",
            "lst" => "Listing",
            "thm" => "Theorem",
            "exm" => "Example",
            _ => return,
        };
        if kind.len() == name.len() || self.named.contains_key(name) {
            return;
        }
        let count = counts.entry(word).or_default();
        *count += 1;
        self.named
            .insert(name.to_owned(), Named::Number(word, *count));
    }
}

/// The label of the chunk that begins with the line.
pub(super) fn chunk_label(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(['`', '~', ' ']).strip_prefix('{')?;
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let (language, rest) = inner.split_once([' ', ','])?;
    let label = rest
        .trim_start_matches([' ', ','])
        .split([',', ' '])
        .next()?;
    let is_sound = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    let is_language = language.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_language && !label.is_empty() && label.chars().all(is_sound)).then_some(label)
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn a_heading_is_a_link_by_its_words() {
        check(
            "# One `two`\n\nSee [one two], [it][One two], [x].\n\nThree {#c}\n-----\n\n[Three]",
            "# One `two`
             See <one two -> 1:0>, <it -> 1:0>, [x].
             ## Three
             <Three -> 3:0>",
        );
    }

    #[test]
    fn references_lead_to_what_they_name_with_its_number() {
        check(
            "See @fig-b, @tbl-a, @sec-c and @fig-x.\n\n![A](a.png){#fig-a}\n\n![B](b.png){#fig-b}\n\n| a |\n|---|\n: Cap {#tbl-a}\n\n# Head {#sec-c}\n\nFigure \\@ref(fig-a)",
            "See <Figure 2 -> 3:10>, <Table 1 -> 5:0>, <Head -> 6:0> and @fig-x.
             *<[image: A]* -> a.png>
             *<[image: B]* -> b.png>
             table[Left]: a
             ~caption: Cap
             # Head
             Figure <1 -> 2:10>",
        );
    }

    #[test]
    fn brackets_around_a_reference_belong_to_it() {
        check(
            "As [@fig:a] and (@fig:a) and [@fig:b] show.\n\n![A](a.png){#fig:a}",
            "As <Figure 1 -> 2:10> and (<Figure 1 -> 2:10>) and [@fig:b] show.
             *<[image: A]* -> a.png>",
        );
    }

    #[test]
    fn examples_are_numbered_through_the_paper() {
        check(
            "(@) one\n(@two) two\n\nAs (@two) and (@three) show.\n\n(@) three",
            "(1) one
             ~(2) two
             As (2) and (@three) show.
             (3) three",
        );
    }

    #[test]
    fn links_of_a_wiki_show_their_words() {
        check(
            "# A b\n\n[[Page|words]], [[Page]], [[#A b]], x[[1]], [[1]](u)",
            "# A b
             words, Page, <A b -> 1:0>, x[[1]], <[1] -> u>",
        );
    }
}
