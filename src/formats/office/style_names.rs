//! What the styles of word processors are for, told by their names.

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) enum ParagraphRole {
    #[default]
    Body,
    Title,
    Subtitle,
    Author,
    Date,
    /// From 1 to 6.
    Heading(u8),
    Quote,
    Code,
    /// What a term of a list of definitions means.
    Definition,
    /// A line across the page.
    Rule,
    /// An entry of a table of contents, or the heading above it.
    Contents,
}

/// The word for a heading in the languages of Word and LibreOffice, in lower case. Word leaves
/// letters beyond ASCII out of the identifiers that it makes of names: hence the maimed ones.
const HEADING_WORDS: [&str; 42] = [
    "heading",
    "überschrift",
    "berschrift",
    "titre",
    "título",
    "ttulo",
    "titolo",
    "encabezado",
    "cabeçalho",
    "rubrik",
    "overskrift",
    "kop",
    "otsikko",
    "nagłówek",
    "nagwek",
    "nadpis",
    "naslov",
    "címsor",
    "cmsor",
    "titlu",
    "başlık",
    "balk",
    "заголовок",
    "заглавие",
    "επικεφαλίδα",
    "כותרת",
    "标题",
    "標題",
    "見出し",
    "제목",
    "หัวเรื่อง",
    "đầumục",
    "judul",
    "tajuk",
    "antraštė",
    "virsraksts",
    "pealkiri",
    "fyrirsögn",
    "intestazione",
    "head",
    "h",
    "encapçalament",
];

const TITLES: [&str; 13] = [
    "title",
    "titel",
    "titre",
    "título",
    "titolo",
    "tittel",
    "otsikko",
    "tytuł",
    "название",
    "标题",
    "表題",
    "제목",
    "maintitle",
];

const SUBTITLES: [&str; 6] = [
    "subtitle",
    "untertitel",
    "soustitre",
    "subtítulo",
    "sottotitolo",
    "ondertitel",
];

const QUOTES: [&str; 22] = [
    "quote",
    "quotes",
    "intensequote",
    "blockquote",
    "blockquotes",
    "blockquotation",
    "blocktext",
    "quotation",
    "quotations",
    "longquote",
    "extract",
    "zitat",
    "intensiveszitat",
    "blockzitat",
    "citation",
    "citationintense",
    "citationlongue",
    "cita",
    "citadestacada",
    "citazione",
    "citat",
    "epigraph",
];

const CODE: [&str; 12] = [
    "code",
    "codeblock",
    "sourcecode",
    "htmlpreformatted",
    "htmlvorformatiert",
    "preformatted",
    "preformattedtext",
    "preformattedtextuser",
    "vorformatiertertext",
    "macrotext",
    "verbatim",
    "listing",
];

const CODE_IN_TEXT: [&str; 9] = [
    "code",
    "verbatimchar",
    "htmlcode",
    "sourcetext",
    "sourcecodechar",
    "codechar",
    "inlinecode",
    "teletype",
    "htmltypewriter",
];

const AUTHORS: [&str; 5] = ["author", "authors", "byline", "autor", "auteur"];

/// What the name says that a paragraph is for, whatever language the name is in.
pub(in crate::formats) fn role(name: &str) -> Option<ParagraphRole> {
    let name = normalised(name);
    let name = name.as_str();
    let among = |names: &[&str]| names.contains(&name);
    if let Some(level) = heading_level(name) {
        return Some(ParagraphRole::Heading(level));
    }
    match name {
        _ if among(&TITLES) => Some(ParagraphRole::Title),
        _ if among(&SUBTITLES) => Some(ParagraphRole::Subtitle),
        _ if among(&AUTHORS) => Some(ParagraphRole::Author),
        "date" | "datum" | "fecha" => Some(ParagraphRole::Date),
        _ if among(&QUOTES) => Some(ParagraphRole::Quote),
        _ if among(&CODE) => Some(ParagraphRole::Code),
        "definition" | "definitiondefinition" | "definitiondefinitiontight" | "listcontents" => {
            Some(ParagraphRole::Definition)
        }
        "horizontalline" | "horizontalrule" => Some(ParagraphRole::Rule),
        _ if is_contents(name) => Some(ParagraphRole::Contents),
        "normal" | "standard" | "bodytext" | "textbody" => Some(ParagraphRole::Body),
        _ => None,
    }
}

/// Whether running text in a style of this name is code.
pub(in crate::formats) fn is_code_in_text(name: &str) -> bool {
    CODE_IN_TEXT.contains(&normalised(name).as_str())
}

/// Whether running text in a style of this name is stressed, and whether strongly.
pub(in crate::formats) fn stress(name: &str) -> Option<bool> {
    match normalised(name).as_str() {
        "emphasis" | "hervorhebung" | "accentuation" | "énfasis" | "enfasi" | "subtleemphasis"
        | "booktitle" => Some(false),
        "strong" | "strongemphasis" | "fett" | "starkbetont" | "lev" | "intenseemphasis" => {
            Some(true)
        }
        _ => None,
    }
}

/// The level of a heading of this name, which is normalised; never more than 6.
fn heading_level(name: &str) -> Option<u8> {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.get(word.len()..)?;
    let level: u8 = digits.parse().ok()?;
    let is_heading = HEADING_WORDS.contains(&word) && (1..=10).contains(&level);
    is_heading.then_some(level.min(6))
}

fn is_contents(name: &str) -> bool {
    const WORDS: [&str; 7] = [
        "toc",
        "contents",
        "verzeichnis",
        "tm",
        "tdc",
        "sommario",
        "inhopg",
    ];
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_level = word.len() < name.len();
    (has_level && WORDS.contains(&word))
        || matches!(
            name,
            "tocheading"
                | "contentsheading"
                | "tableoffigures"
                | "inhaltsverzeichnisüberschrift"
                | "entêtedetabledesmatières"
        )
}

/// The name in lower case and without what parts its words. ODF writes a space as `_20_`.
fn normalised(name: &str) -> String {
    let name = name.replace("_20_", " ").to_lowercase();
    name.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{a0}' | '\''))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<ParagraphRole>) {
        assert_eq!(role(name), expected, "{name}");
    }

    #[test]
    fn a_heading_is_one_in_any_language() {
        for name in [
            "heading 1",
            "Heading1",
            "Überschrift 1",
            "berschrift1",
            "Titre 1",
            "Título 1",
            "Заголовок 1",
            "标题 1",
            "見出し 1",
            "Heading_20_1",
        ] {
            check(name, Some(ParagraphRole::Heading(1)));
        }
        check("heading 9", Some(ParagraphRole::Heading(6)));
    }

    #[test]
    fn a_title_is_no_heading_though_the_word_is_the_same() {
        check("Titre", Some(ParagraphRole::Title));
        check("标题", Some(ParagraphRole::Title));
        check("Heading", None);
    }

    #[test]
    fn quotes_code_and_contents_are_known() {
        check("Intense Quote", Some(ParagraphRole::Quote));
        check("HTML Preformatted", Some(ParagraphRole::Code));
        check("toc 2", Some(ParagraphRole::Contents));
        check("Contents 1", Some(ParagraphRole::Contents));
        check("List Paragraph", None);
    }
}
