//! The metadata block at the head of a paper: YAML between `---` and `---` or `...`, or Pandoc's
//! title block.
//!
//! It is taken off before the Markdown is read. Aliases stand for nothing, so that a small block
//! cannot grow; keys that opcit does not know are passed over.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{mmd_block, title_block, toml_block};
use crate::paper::{Kind, Metadata, Problem, ProblemKind, SourceLocation, clean, one_line};

/// A metadata block is at most so many bytes long; what is longer is Markdown.
const MAX_BLOCK_BYTES: usize = 64 * 1024;

/// What stands at the head of a source.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'a> {
    pub(super) metadata: Metadata,
    pub(super) problem: Option<Problem>,
    /// Markdown.
    pub(super) abstract_text: String,
    /// The text of a block that could not be read.
    pub(super) broken: Option<&'a str>,
    /// Where the body begins, in bytes.
    pub(super) body: usize,
    pub(super) bibliography: BibliographyData,
}

/// What the metadata say of the works that are cited.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BibliographyData {
    /// Files of bibliographies.
    pub(super) files: Vec<String>,
    /// The block, if it has works of its own.
    pub(super) references: Option<String>,
    /// The file of the style.
    pub(super) style: Option<String>,
    /// Citations of works that the text does not cite.
    pub(super) nocite: String,
    /// What the list of references is called.
    pub(super) title: Option<String>,
}

impl BibliographyData {
    /// What the lines of a block say that cannot be read as a whole.
    fn from_lines(yaml: &str) -> Self {
        let mut data = Self::default();
        for line in yaml.lines() {
            let Some((key, said)) = line.split_once(':') else {
                continue;
            };
            if matches!(key, "bibliography" | "csl") {
                for said in said.trim_matches([' ', '[', ']']).split(',') {
                    data.take(key, said.trim_matches([' ', '"', '\'']));
                }
            }
        }
        data
    }

    /// Takes a value of the metadata, if its key belongs here.
    fn take(&mut self, key: &str, text: &str) -> bool {
        let said = || Some(one_line(text)).filter(|text| !text.is_empty());
        match key {
            "bibliography" => self.files.extend(said()),
            "csl" | "citation-style" => self.style = said(),
            "nocite" => self.nocite.push_str(&format!("{text} ")),
            "reference-section-title" => self.title = said(),
            _ => return false,
        }
        true
    }
}

/// Reads the metadata block, if the source begins with one.
///
/// A `---` is a rule, and what follows it Markdown, if a blank line comes next, if no line closes
/// the block, or if it holds a text or a list and no keys.
pub(super) fn take_off(source: &str) -> FrontMatter<'_> {
    if let Some((metadata, body, abstract_text)) = toml_block::take_off(source) {
        return FrontMatter {
            metadata,
            body,
            abstract_text,
            ..FrontMatter::default()
        };
    }
    if let Some((metadata, body)) = title_block::take_off(source) {
        return FrontMatter {
            metadata,
            body,
            ..FrontMatter::default()
        };
    }
    if let Some((metadata, body, abstract_text)) = mmd_block::take_off(source) {
        return FrontMatter {
            metadata,
            body,
            abstract_text,
            ..FrontMatter::default()
        };
    }
    // Some leave a line empty before the block.
    let blank = source.len() - source.trim_start_matches('\n').len();
    let behind = source.get(blank..).unwrap_or_default();
    let Some((yaml, body)) = block(behind).filter(|_| blank < 3) else {
        return FrontMatter::default();
    };
    // YAML has no tabs, but authors have, and what they mean is plain.
    let read = read(yaml).or_else(|problem| {
        if yaml.contains('\t') {
            read(&yaml.replace('\t', "    ")).map_err(|_| problem)
        } else {
            Err(problem)
        }
    });
    match read {
        Ok(Some(read)) => FrontMatter {
            metadata: read.fields.finish(),
            body: blank + body,
            abstract_text: read.abstract_text,
            bibliography: BibliographyData {
                references: read.has_references.then(|| yaml.to_owned()),
                ..read.bibliography
            },
            ..FrontMatter::default()
        },
        Ok(None) => FrontMatter::default(),
        Err(problem) => FrontMatter {
            metadata: MetadataFields::from_lines(yaml).finish(),
            problem: Some(problem),
            broken: Some(yaml),
            bibliography: BibliographyData::from_lines(yaml),
            body: blank + body,
            ..FrontMatter::default()
        },
    }
}

/// The text between the two lines of the block, and the offset of what follows it.
fn block(source: &str) -> Option<(&str, usize)> {
    let mut lines = source.split_inclusive('\n');
    let first = lines.next().filter(|line| is_line(line, &["---"]))?;
    let from = first.len();
    let mut at = from;
    for line in lines {
        if is_line(line, &["---", "..."]) {
            return Some((source.get(from..at)?, at + line.len()));
        }
        let is_blank_first = at == from && line.trim().is_empty();
        at += line.len();
        if is_blank_first || at - from > MAX_BLOCK_BYTES {
            return None;
        }
    }
    None
}

fn is_line(line: &str, wanted: &[&str]) -> bool {
    wanted.contains(&line.trim_end())
}

/// Reads the YAML, whose first line is the source's second; nothing if it is not a map.
fn read(yaml: &str) -> Result<Option<MetadataReader>, Problem> {
    let mut reader = MetadataReader::default();
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.map_err(|error| broken(error.marker().line(), error.info()))?;
        if reader.open.is_empty() && is_other_than_map(&event) {
            return Ok(None);
        }
        reader.take(&event);
    }
    Ok(Some(reader))
}

fn is_other_than_map(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Scalar(..) | Event::Alias(_) | Event::SequenceStart(..)
    )
}

fn broken(line: usize, what: &str) -> Problem {
    let is_colon = what.starts_with("mapping values are not allowed");
    let hint = if is_colon {
        "; a text with a colon needs quotes around it"
    } else {
        ""
    };
    let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1);
    let why = format!("{}{hint}", clean(what));
    Problem::new(
        SourceLocation::Line(line),
        ProblemKind::MetadataBroken { why },
    )
}

/// Follows the parser's events down to the values that count.
#[derive(Debug, Default)]
struct MetadataReader {
    fields: MetadataFields,
    abstract_text: String,
    bibliography: BibliographyData,
    has_references: bool,
    /// What is open, from the outside in.
    open: Vec<YamlContainer>,
}

#[derive(Debug)]
enum YamlContainer {
    List,
    /// With the key whose value comes next.
    Map(Option<String>),
}

impl MetadataReader {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::MappingStart(..) => self.open.push(YamlContainer::Map(None)),
            Event::SequenceStart(..) => self.open.push(YamlContainer::List),
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.end_value();
            }
            // An alias is never expanded.
            Event::Alias(_) => self.take_scalar("", ScalarStyle::Plain),
            Event::Scalar(text, style, ..) => self.take_scalar(text, *style),
            _ => {}
        }
    }

    fn take_scalar(&mut self, text: &str, style: ScalarStyle) {
        let is_top = self.open.len() == 1;
        if let Some(YamlContainer::Map(key @ None)) = self.open.last_mut() {
            self.has_references |= is_top && text == "references";
            *key = Some(text.to_lowercase());
            return;
        }
        let is_null = style == ScalarStyle::Plain && matches!(text, "~" | "null" | "Null" | "NULL");
        if !is_null && let Some(key) = self.key() {
            let is_list = self.open.len() > 1;
            if key == "abstract" {
                if self.abstract_text.is_empty() {
                    text.clone_into(&mut self.abstract_text);
                }
                return self.end_value();
            }
            if !self.bibliography.take(&key, text) {
                self.fields.set(&key, text, is_list);
            }
        }
        self.end_value();
    }

    /// The top key that the next value belongs to, if it is the value itself, an entry of its
    /// list, or the name of either.
    fn key(&self) -> Option<String> {
        let is_name = |key: &str| matches!(key, "name" | "text");
        match self.open.as_slice() {
            [YamlContainer::Map(Some(key))]
            | [YamlContainer::Map(Some(key)), YamlContainer::List] => Some(key.clone()),
            [
                YamlContainer::Map(Some(key)),
                YamlContainer::Map(Some(name)),
            ]
            | [
                YamlContainer::Map(Some(key)),
                YamlContainer::List,
                YamlContainer::Map(Some(name)),
            ] if is_name(name) => Some(key.clone()),
            _ => None,
        }
    }

    /// After a value in a map comes a key.
    fn end_value(&mut self) {
        if let Some(YamlContainer::Map(key)) = self.open.last_mut() {
            *key = None;
        }
    }
}

/// The metadata while they are read.
#[derive(Debug, Default)]
pub(super) struct MetadataFields {
    metadata: Metadata,
    /// What says less than a date, in whatever order they stand.
    year: String,
}

impl MetadataFields {
    /// What the lines of a block say that cannot be read as a whole, where a text stands behind the
    /// key: `title: War: a study` means what it says.
    fn from_lines(yaml: &str) -> Self {
        let mut fields = Self::default();
        for line in yaml.lines() {
            let Some((key, said)) = line.split_once(':') else {
                continue;
            };
            let said = said.trim();
            let is_text = !said.starts_with(['[', '{', '|', '>', '&', '*', '!', '-']);
            if is_text && matches!(key, "title" | "subtitle" | "author" | "date" | "lang") {
                let quoted = ['"', '\'']
                    .into_iter()
                    .find_map(|mark| said.strip_prefix(mark)?.strip_suffix(mark));
                fields.set(key, quoted.unwrap_or(said), false);
            }
        }
        fields
    }

    /// Sets the field that the key stands for; the first value counts, but for what is a list.
    pub(super) fn set(&mut self, key: &str, text: &str, is_list: bool) {
        let metadata = &mut self.metadata;
        let text = match key {
            "title" | "subtitle" | "author" | "authors" | "publisher" => plain_of(text),
            _ => one_line(text),
        };
        if text.is_empty() {
            return;
        }
        let field = match key {
            "author" | "authors" => return metadata.authors.push(text),
            "keywords" if is_list => return metadata.keywords.push(text),
            "keywords" => {
                let keywords = text.split(',').map(|word| word.trim().to_owned());
                return metadata
                    .keywords
                    .extend(keywords.filter(|word| !word.is_empty()));
            }
            "title" => &mut metadata.title,
            "subtitle" => &mut metadata.subtitle,
            // R Markdown may compute it.
            "date" if text.starts_with("`r ") => return,
            "date" => &mut metadata.date,
            "year" | "degreedate" if is_year(&text) => &mut self.year,
            "publisher" | "institution" | "institute" => &mut metadata.publisher,
            "journal" => &mut metadata.journal,
            "doi" => &mut metadata.doi,
            "lang" | "language" => &mut metadata.language,
            "licence" | "license" | "rights" => &mut metadata.licence,
            "changes" => &mut metadata.changes,
            _ => return,
        };
        if field.is_empty() {
            *field = text;
        }
    }

    /// The metadata; the year is the date where no date says it better.
    pub(super) fn finish(mut self) -> Metadata {
        let date = &mut self.metadata.date;
        if date.is_empty() || fills_in(date, &self.year) {
            *date = self.year;
        }
        self.metadata
    }
}

/// The words of a text that Pandoc reads as Markdown: "On *Emma*", and lines that begin with a bar.
/// What is more than a line of words stays as it is typed, and so does a formula.
pub(super) fn plain_of(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    let is_line_block = lines.clone().all(|line| line.starts_with('|')) && !text.trim().is_empty();
    let text = if is_line_block {
        one_line(
            &lines
                .map(|line| line.trim_start_matches('|'))
                .collect::<Vec<_>>()
                .join(" "),
        )
    } else {
        one_line(&lines.by_ref().collect::<Vec<_>>().join(" "))
    };
    if !text.contains(['*', '_', '`', '~', '^', '\\', '<', '&']) || text.contains('$') {
        return text;
    }
    let paper = super::parse(&text).paper;
    let written = paper
        .blocks
        .iter()
        .filter(|block| block.kind != Kind::Imprint);
    match written.collect::<Vec<_>>().as_slice() {
        [block]
            if block.kind == Kind::Paragraph
                && paper.notes.is_empty()
                && !block.text.trim().is_empty() =>
        {
            one_line(&block.text)
        }
        _ => text,
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())
}

/// Whether a date is what a template has to be filled in: "MMMM 2022".
fn fills_in(date: &str, year: &str) -> bool {
    if year.is_empty() {
        return false;
    }
    let rest = date.strip_suffix(year).map(str::trim).unwrap_or_default();
    let first = rest.chars().next();
    rest.len() > 1 && rest.chars().all(|char| Some(char) == first)
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::formats::outline::{check, check_problems};
    use crate::paper::Metadata;

    #[track_caller]
    fn metadata(yaml: &str) -> Metadata {
        let parsed = parse(&format!("---\n{yaml}\n---\n"));
        assert_eq!(parsed.problems, []);
        parsed.paper.metadata
    }

    #[test]
    fn every_key_is_read_under_all_its_names() {
        let read = metadata(
            "title: A\nsubtitle: 'B'\nauthor: C\ndate: 2026-05-01\npublisher: D\njournal: J\ndoi: 10.1/x\n\
             keywords: e\nlang: en-GB\nlicence: >\n  F\n  g\nchanges: |\n  h\n  i\nother: {x: [y]}",
        );
        let expected = Metadata {
            title: "A".to_owned(),
            subtitle: "B".to_owned(),
            authors: vec!["C".to_owned()],
            date: "2026-05-01".to_owned(),
            publisher: "D".to_owned(),
            journal: "J".to_owned(),
            doi: "10.1/x".to_owned(),
            keywords: vec!["e".to_owned()],
            language: "en-GB".to_owned(),
            licence: "F g".to_owned(),
            changes: "h i".to_owned(),
        };
        assert_eq!(read, expected);
        let other = metadata("institution: A\nlanguage: de\nrights: B");
        let fields = [other.publisher, other.language, other.licence];
        assert_eq!(fields, ["A", "de", "B"]);
        assert_eq!(metadata("license: A\nTitle: B").title, "B");
    }

    #[test]
    fn a_year_is_a_date_where_none_says_more() {
        for (yaml, date) in [
            ("year: '2022'", "2022"),
            ("date: 'AAAA 2022'\nmonth: 'December'\nyear: '2022'", "2022"),
            ("year: 2022\ndate: 'AAAA 2022'", "2022"),
            ("year: 2022\ndate: 4 May 2022", "4 May 2022"),
            ("year: 2022\ndate: 4 May 2023", "4 May 2023"),
            ("date: 4 May 2023\nyear: 2022", "4 May 2023"),
            ("date: AAAA", "AAAA"),
            ("date: May 2022\nyear: 2022", "May 2022"),
            ("degreedate: 2021", "2021"),
            ("date: \"`r Sys.Date()`\"", ""),
            ("year: two", ""),
        ] {
            assert_eq!(metadata(yaml).date, date, "{yaml}");
        }
    }

    #[test]
    fn a_colon_without_quotes_is_told_how_to_mend() {
        check_problems(
            "---\ndate: 2026\ntitle: A: b\n---",
            "3: the metadata block cannot be read: mapping values are not allowed in this \
             context; a text with a colon needs quotes around it",
        );
    }

    #[test]
    fn authors_may_be_a_text_a_list_or_maps() {
        assert_eq!(metadata("author: A B").authors, ["A B"]);
        assert_eq!(metadata("authors:\n- A\n- B").authors, ["A", "B"]);
        let maps = "author:\n- name: A\n  orcid: 1\n- {role: x, name: B}";
        assert_eq!(metadata(maps).authors, ["A", "B"]);
        assert_eq!(metadata("author: {name: A}").authors, ["A"]);
    }

    #[test]
    fn a_title_and_names_are_the_words_of_their_markdown() {
        for (yaml, title) in [
            ("title: On *Emma* and **others**", "On Emma and others"),
            (
                "title: '__The Epigenomics__: *A Study*'",
                "The Epigenomics: A Study",
            ),
            (
                "title: |\n  | Tracking the\n  | learning",
                "Tracking the learning",
            ),
            ("title: Of `grep` and CO~2~", "Of grep and CO₂"),
            ("title: 'A* and snake_case'", "A* and snake_case"),
            ("title: '# 3 *a*'", "# 3 *a*"),
            ("title: 'Of $\\alpha_1$ and *b*'", "Of $\\alpha_1$ and *b*"),
            ("title: 'AT&amp;T \\* Co'", "AT&T * Co"),
        ] {
            assert_eq!(metadata(yaml).title, title, "{yaml}");
        }
        assert_eq!(
            metadata("author: ['**Jo** Doe', B]").authors,
            ["Jo Doe", "B"]
        );
    }

    #[test]
    fn tabs_in_a_block_are_blanks() {
        let read = metadata("title:\tA\nauthor:\n\t- B\n\t- name:\tC");
        assert_eq!(read.title, "A");
        assert_eq!(read.authors, ["B", "C"]);
    }

    #[test]
    fn a_title_block_of_pandoc_is_read() {
        let source = "% A\n% B; C\n% 2026\n\nText";
        let paper = parse(source).paper;
        assert_eq!(paper.title, "A");
        assert_eq!(paper.metadata.authors, ["B", "C"]);
        check(source, "Text");
    }

    #[test]
    fn keywords_are_parted_by_commas_unless_they_are_a_list() {
        assert_eq!(metadata("keywords: a, b c,").keywords, ["a", "b c"]);
        assert_eq!(metadata("keywords: ['a, b', c]").keywords, ["a, b", "c"]);
    }

    #[test]
    fn nothing_and_aliases_stand_for_nothing() {
        let read = metadata("title: ~\nsubtitle: null\ndate: &a 2026\npublisher: *a\nlang: '~'");
        assert_eq!((read.title.as_str(), read.subtitle.as_str()), ("", ""));
        assert_eq!((read.date.as_str(), read.publisher.as_str()), ("2026", ""));
        assert_eq!(read.language, "~");
    }

    #[test]
    fn metadata_cannot_act_on_a_terminal() {
        assert_eq!(metadata("title: \"a\\eb\\u202E\"").title, "a␛b⟨RLO⟩");
    }

    #[test]
    fn a_broken_block_is_a_problem_and_stays_as_text() {
        let source = "---\ntitle: A\nb: [c\n---\n\n# D";
        check(source, "code(yaml): title: A⏎b: [c\n# D");
        check_problems(
            source,
            "4: the metadata block cannot be read: while parsing a flow sequence, expected ',' or ']'",
        );
    }

    #[test]
    fn a_broken_block_says_what_its_lines_say() {
        let source = "---\ntitle: War: a \u{1b}[1mstudy\nauthor:\n  - name: \"A\ndate: '2026'\nlang: [de\n---\n\nText";
        let metadata = parse(source).paper.metadata;
        assert_eq!(metadata.title, "War: a ␛[1mstudy");
        assert_eq!(
            (metadata.date.as_str(), metadata.language.as_str()),
            ("2026", "")
        );
        assert!(metadata.authors.is_empty());
    }

    #[test]
    fn a_rule_at_the_start_is_a_rule() {
        check("---\n\na: b\n\n---\n\nc", "rule\na: b\nrule\nc");
        check("---\na: b", "rule\na: b");
        check("---\na\n---\n\nb", "rule\n## a\nb");
        let long = format!("---\n{}---\n", "a: b\n".repeat(20_000));
        assert!(parse(&long).paper.blocks.len() > 1);
    }

    #[test]
    fn a_block_may_end_with_dots_or_the_file() {
        check("---\ntitle: A\n...\nb", "b");
        check("---  \ntitle: A\n---", "");
    }

    #[test]
    fn an_empty_line_may_come_before_a_block() {
        assert_eq!(parse("\n---\ntitle: A\n---\n").paper.title, "A");
    }

    #[test]
    fn an_abstract_is_shown_before_the_text() {
        check(
            "---\nabstract: |\n  One *two*.\n\n  Three.\n---\n\n# Four",
            "> **Abstract**
             > One *two*.
             > Three.
             # Four",
        );
    }
}
