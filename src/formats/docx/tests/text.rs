//! Paragraphs, runs, lists, tables, fields and equations.

use super::{Docx, p, r, runs, styled};

const STYLES: &str = r#"
    <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>
      <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Inhalt"><w:name w:val="TOC Heading"/><w:basedOn w:val="berschrift1"/>
      <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="SourceCode"><w:name w:val="Source Code"/></w:style>
    <w:style w:type="paragraph" w:styleId="Schief"><w:name w:val="Schief"/><w:rPr><w:i/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Betont"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/></w:style>"#;

#[track_caller]
fn check(body: &str, expected: &str) {
    Docx::new(body).with_styles(STYLES).check(expected);
}

#[test]
fn headings_are_known_by_their_styles_and_by_those_that_these_are_based_on() {
    check(
        &[
            styled("berschrift1", "One"),
            styled("Kapitel", "Two"),
            styled("Titre2", "Three"),
            p(r#"<w:outlineLvl w:val="2"/>"#, "Four"),
            p(
                r#"<w:pStyle w:val="Kapitel"/><w:outlineLvl w:val="9"/>"#,
                "Five",
            ),
        ]
        .concat(),
        "# One
         # Two
         ## Three
         ### Four
         **Five**",
    );
}

#[test]
fn a_table_of_contents_is_left_out_and_a_heading_ends_it() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let instruction = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>".to_owned();
    let begin = [
        field("begin"),
        instruction,
        field("separate"),
        r("", "One 1"),
    ];
    check(
        &[
            styled("Inhalt", "Contents"),
            runs(&begin),
            runs(&[r("", "Two 2"), field("end")]),
            styled("berschrift1", "One"),
        ]
        .concat(),
        "# One",
    );
    let unended = [runs(&begin), styled("berschrift1", "One"), p("", "text")].concat();
    check(
        &unended,
        "# One
         text",
    );
}

#[test]
fn the_title_page_is_metadata() {
    let docx = Docx::new(
        &[
            styled("Titel", "On"),
            styled("Titel", "Notes"),
            p("", "Text."),
        ]
        .concat(),
    )
    .with_styles(STYLES)
    .part(
        "docProps/core.xml",
        "<cp:coreProperties><dc:title>Old</dc:title><dc:creator>A. One; B. Two</dc:creator>
             <cp:keywords>a, b</cp:keywords><dc:language>de-AT</dc:language></cp:coreProperties>",
    );
    let metadata = docx.parsed().paper.metadata;
    assert_eq!(metadata.title, "On Notes");
    assert_eq!(metadata.authors, ["A. One", "B. Two"]);
    assert_eq!(metadata.keywords, ["a", "b"]);
    assert_eq!(metadata.language, "de-AT");
    docx.check("Text.");
}

#[test]
fn a_title_that_only_the_properties_name_is_not_shown_twice() {
    let docx = Docx::new(&[p("", "ON NOTES"), p("", "Text.")].concat()).part(
        "docProps/core.xml",
        "<cp:coreProperties><dc:title>On Notes</dc:title><dc:creator>Windows User</dc:creator></cp:coreProperties>",
    );
    assert_eq!(docx.parsed().paper.title, "On Notes");
    assert!(docx.parsed().paper.metadata.authors.is_empty());
    docx.check("Text.");
}

#[test]
fn runs_that_look_alike_make_one_stretch() {
    check(
        &runs(&[
            r("", "a "),
            r("<w:i/>", "b "),
            r("<w:i/>", "c"),
            r(r#"<w:b w:val="0"/>"#, " d "),
            r("<w:b/><w:strike/>", "e"),
            r(r#"<w:vertAlign w:val="superscript"/>"#, "th"),
            r("<w:smallCaps/>", " Sc"),
            r(r#"<w:rStyle w:val="VerbatimChar"/>"#, " x"),
        ]),
        "a *b c* d **~~e**~~^{ᵗʰ}ᴀ{ Sc}` x`",
    );
}

#[test]
fn emphasis_within_emphasis_is_none_as_in_print() {
    check(
        &[
            runs(&[r(r#"<w:rStyle w:val="Betont"/>"#, "x"), r("", " y")]),
            format!(
                r#"<w:p><w:pPr><w:pStyle w:val="Schief"/></w:pPr>{}{}</w:p>"#,
                r("", "a "),
                r(r#"<w:rStyle w:val="Betont"/>"#, "b")
            ),
            format!(
                r#"<w:p><w:pPr><w:pStyle w:val="Zitat"/></w:pPr>{}{}</w:p>"#,
                r("", "c "),
                r(r#"<w:i w:val="0"/>"#, "d")
            ),
        ]
        .concat(),
        "*x* y
         *a *b
         > c *d*",
    );
}

#[test]
fn quotes_and_code_are_known_by_style_or_indent() {
    check(
        &[
            styled("SourceCode", "let x;"),
            styled("SourceCode", "  y"),
            p(r#"<w:ind w:left="720"/>"#, "quoted"),
            p(r#"<w:ind w:left="720" w:hanging="720"/>"#, "a reference"),
        ]
        .concat(),
        "code(): let x;⏎  y
         > quoted
         a reference",
    );
}

const LISTS: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="1">
      <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>
      <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;

fn item(list: u32, level: u32, text: &str) -> String {
    let number =
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    p(&number, text)
}

#[test]
fn lists_have_the_numbers_that_word_shows() {
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(2, 0, "dot"),
        p("", "between"),
        item(1, 0, "d"),
        p(r#"<w:ind w:left="720"/>"#, "more of d"),
    ];
    Docx::new(&body.concat())
        .part("word/numbering.xml", LISTS)
        .check(
            "1. a
             ~· (a) b
             ~· (b) c
             • dot
             between
             2. d
             ~· more of d",
        );
}

#[test]
fn a_heading_has_its_number_before_it() {
    let number = r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#;
    Docx::new(&p(
        &format!(r#"<w:pStyle w:val="Heading2"/>{number}"#),
        "Aims",
    ))
    .part("word/numbering.xml", LISTS)
    .check("## (a) Aims");
}

#[test]
fn cells_that_span_leave_the_others_in_their_columns() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text))
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell(r#"<w:gridSpan w:val="2"/>"#, "wide"), cell("", "c")]),
        row(&[
            cell(r#"<w:vMerge w:val="restart"/>"#, "tall"),
            cell("", "e"),
            cell("", "f"),
        ]),
        row(&[cell("<w:vMerge/>", ""), cell("", "h"), cell("", "i")]),
    ];
    check(
        &format!("<w:tbl>{}</w:tbl>{}", table.concat(), p("", "after")),
        "table[Left, Left, Left]: wide⇥⇥c⏎tall⇥e⇥f⏎⇥h⇥i
         after",
    );
}

#[test]
fn a_table_of_one_cell_is_a_frame() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>",
        p("", "a"),
        p("", "b")
    );
    check(
        &table,
        "a
         b",
    );
}

#[test]
fn links_lead_to_addresses_and_to_bookmarks() {
    let body = [
        format!(
            r#"<w:p><w:hyperlink r:id="rId1" w:anchor="part">{}</w:hyperlink>{}</w:p>"#,
            r("", "far"),
            r("", " away")
        ),
        format!(
            r#"<w:p><w:fldSimple w:instr=" REF here \h ">{}</w:fldSimple></w:p>"#,
            r("", "near")
        ),
        format!(
            r#"<w:p>{}<w:bookmarkStart w:id="1" w:name="here"/>{}</w:p>"#,
            r("", "It is "),
            r("", "here.")
        ),
    ];
    Docx::new(&body.concat())
        .part(
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/></Relationships>"#,
        )
        .check(
            "<far -> https://example.org/#part> away
             <near -> 3:6>
             It is here.",
        );
}

#[test]
fn links_by_which_an_add_on_finds_its_citations_lead_nowhere() {
    let body = format!(
        r#"<w:p>{}<w:hyperlink r:id="rId1">{}</w:hyperlink></w:p>"#,
        r("", "So "),
        r("", "Doe 2020.")
    );
    Docx::new(&body)
        .part(
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://www.zotero.org/google-docs/?KsSGU1" TargetMode="External"/></Relationships>"#,
        )
        .check("So Doe 2020.");
}

#[test]
fn the_shown_text_of_a_citation_is_kept_and_its_record_is_not() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = runs(&[
        r("", "So "),
        field("begin"),
        r#"<w:r><w:instrText> ADDIN ZOTERO_ITEM CSL_CITATION {"id":1} </w:instrText></w:r>"#
            .to_owned(),
        field("separate"),
        r("", "(Doe 2020)"),
        field("end"),
        r("", "."),
    ]);
    check(&body, "So (Doe 2020).");
}

#[test]
fn equations_are_read_in_a_line() {
    let power =
        "<m:sSup><m:e><m:r><m:t>a</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>";
    check(
        &format!(
            "<w:p>{}<m:oMath>{power}</m:oMath>{}</w:p>",
            r("", "where "),
            r("", " is")
        ),
        "where a^2 is",
    );
}

#[test]
fn a_picture_is_its_description_and_a_text_box_comes_once() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("", "boxed"));
    let body = format!(
        r#"<w:p>{}<w:r><w:drawing><wp:docPr descr="A map"/></w:drawing></w:r>
           <w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>
           <mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>"#,
        r("", "See "),
        r("", " there.")
    );
    check(
        &body,
        "See *<[image: A map]* -> > there.
         boxed",
    );
}

#[test]
fn the_labels_of_a_diagram_are_its_description() {
    let content = |text| {
        format!(
            "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>",
            p("", text)
        )
    };
    let labels = ["Japan", "7", "Spain", "5 %"].map(content).concat();
    let body = format!(
        "<w:p>{}<w:r><w:drawing>{labels}</w:drawing></w:r></w:p>",
        r("", "See ")
    );
    check(&body, "See *<[image: Japan · 7 · Spain · 5 %]* -> > ");
}

#[test]
fn a_class_of_a_page_that_was_pasted_in_makes_no_heading() {
    let style = |attributes: &str| {
        let spacing = r#"<w:pPr><w:spacing w:beforeAutospacing="1"/></w:pPr>"#;
        let name = r#"<w:name w:val="nadpis2"/>"#;
        format!(
            r#"<w:styles><w:style w:type="paragraph" w:styleId="a"{attributes}>{name}{spacing}</w:style></w:styles>"#
        )
    };
    let sections = |attributes| {
        let docx = Docx::new(&p(r#"<w:pStyle w:val="a"/>"#, "One"))
            .part("word/styles.xml", &style(attributes));
        let paper = docx.parsed().paper;
        paper
            .sections
            .iter()
            .filter(|section| section.level > 0)
            .count()
    };
    assert_eq!(sections(r#" w:customStyle="1""#), 0);
    assert_eq!(sections(""), 1);
}

#[test]
fn signs_breaks_and_hyphens_are_what_they_show() {
    check(
        r#"<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:br/><w:sym w:font="Symbol" w:char="F061"/><w:softHyphen/><w:br w:type="page"/></w:r></w:p>"#,
        "a\u{2011}b c⏎α",
    );
}

#[test]
fn pages_are_known_where_word_has_noted_each() {
    let body = r#"<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"#;
    let pages = |pages: u32| {
        let docx = Docx::new(body).part(
            "docProps/app.xml",
            &format!("<Properties><Pages>{pages}</Pages></Properties>"),
        );
        docx.parsed().paper.pages.len()
    };
    assert_eq!(pages(2), 2);
    assert_eq!(pages(3), 0);
}
