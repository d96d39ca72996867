use super::read;
use crate::formats::ReadOptions;
use crate::formats::outline::check_parsed;
use crate::paper::Parsed;
use crate::paper::laws::hold;

/// A flat file with these styles and this text.
fn flat(styles: &str, text: &str) -> Parsed {
    let xml = format!(
        r#"<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f" xmlns:table="b" xmlns:draw="d" xmlns:svg="v" xmlns:xlink="x" xmlns:dc="c" xmlns:meta="m">
           <office:meta><dc:title>On Notes</dc:title><meta:initial-creator>Ada</meta:initial-creator>
             <meta:keyword>a</meta:keyword><meta:keyword>b</meta:keyword></office:meta>
           <office:automatic-styles>{styles}</office:automatic-styles>
           <office:body><office:text>{text}</office:text></office:body></office:document>"#
    );
    let parsed = read(xml.as_bytes(), &ReadOptions::default()).expect("a text");
    hold(&parsed, "");
    parsed
}

#[track_caller]
fn check(styles: &str, text: &str, expected: &str) {
    check_parsed(&flat(styles, text), expected);
}

#[test]
fn headings_paragraphs_and_runs_have_their_styles() {
    check(
        r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
           <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>"#,
        r#"<text:h text:outline-level="2">One</text:h>
           <text:p>a <text:span text:style-name="T1">b<text:s/>c</text:span><text:tab/>d<text:line-break/>e</text:p>
           <text:p text:style-name="P1">quoted</text:p>
           <text:p text:style-name="Preformatted_20_Text">x<text:s text:c="3"/>y</text:p>"#,
        "## One
         a *b c* d⏎e
         > quoted
         code(): x   y",
    );
}

#[test]
fn properties_and_the_paragraphs_of_the_title_page_are_metadata() {
    let parsed = flat(
        "",
        r#"<text:p text:style-name="Title">On Notes, again</text:p><text:p text:style-name="Author">Bo</text:p><text:p>Text.</text:p>"#,
    );
    let metadata = &parsed.paper.metadata;
    assert_eq!(metadata.title, "On Notes, again");
    assert_eq!(metadata.authors, ["Bo"]);
    assert_eq!(metadata.keywords, ["a", "b"]);
    check_parsed(&parsed, "Text.");
}

fn note(id: &str, class: &str, citation: &str, body: &str) -> String {
    format!(
        r#"<text:note text:id="{id}" text:note-class="{class}">{citation}<text:note-body>{body}</text:note-body></text:note>"#
    )
}

#[test]
fn notes_have_the_numbers_and_signs_that_the_file_says() {
    let number = |number: u32| format!("<text:note-citation>{number}</text:note-citation>");
    let own = r#"<text:note-citation text:label="*">*</text:note-citation>"#;
    let text = format!(
        r#"<text:p>T{} a{} b{}, again<text:span text:style-name="T1"><text:note-ref text:ref-name="f5">5</text:note-ref></text:span></text:p>"#,
        note("f1", "footnote", own, "<text:p>Thanks.</text:p>"),
        note(
            "f5",
            "footnote",
            &number(5),
            "<text:p><text:s/>First.</text:p><text:p>On.</text:p>"
        ),
        note("f6", "footnote", &number(6), "<text:p>Second.</text:p>"),
    );
    check(
        r#"<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>"#,
        &text,
        "T[*] a[5] b[6], again[5]
         # Notes
         (*) Thanks.
         (5) First.
         () On.
         (6) Second.",
    );
}

#[test]
fn lists_are_numbered_as_their_styles_say() {
    let style = r#"<text:list-style style:name="L1">
        <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="i" style:num-suffix=")"/></text:list-style>"#;
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let text = format!(
        r#"<text:list text:style-name="L1">{}{}</text:list><text:p>between</text:p>
           <text:list text:style-name="L1" text:continue-numbering="true">{}</text:list>
           <text:list text:style-name="L1">{}</text:list>"#,
        item("<text:p>a</text:p><text:p>more</text:p>"),
        item(&format!(
            "<text:p>b</text:p><text:list>{}</text:list>",
            item("<text:p>deep</text:p>")
        )),
        item("<text:p>c</text:p>"),
        item("<text:p>anew</text:p>"),
    );
    check(
        style,
        &text,
        "1. a
         ~· more
         ~2. b
         ~· i) deep
         between
         3. c
         1. anew",
    );
}

#[test]
fn tables_have_a_cell_for_each_that_is_covered() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let text = format!(
        r#"<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>
           <table:table-row>{}{}</table:table-row></table:table>"#,
        cell("a"),
        cell("b")
    );
    check("", &text, "table[Left, Left]: wide⇥⏎a⇥b");
}

#[test]
fn links_references_and_pictures_are_kept_and_machinery_is_not() {
    let text = r##"<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body></text:table-of-content>
        <text:p><text:bookmark text:name="here"/>See <text:a xlink:href="https://example.org/">there</text:a>,
          <text:bookmark-ref text:ref-name="here">here</text:bookmark-ref>
          <text:reference-mark-start text:name="ZOTERO_ITEM CSL_CITATION {}"/>(Doe)<text:reference-mark-end text:name="Z"/>
          <text:page-number>3</text:page-number><office:annotation><dc:creator>Ada</dc:creator><text:p>Really?</text:p></office:annotation></text:p>
        <text:p><draw:frame><draw:text-box><text:p><draw:frame><draw:image xlink:href="a.png"/><svg:desc>A map</svg:desc></draw:frame>Figure 1</text:p></draw:text-box></draw:frame></text:p>"##;
    let parsed = flat("", text);
    check_parsed(
        &parsed,
        "See <there -> https://example.org/>, <here -> 4:0> (Doe)
         *<[image: A map]* -> a.png> Figure 1",
    );
    let problems: Vec<String> = parsed
        .problems
        .iter()
        .map(crate::paper::Problem::message)
        .collect();
    assert_eq!(problems, ["a comment by Ada is left out: Really?"]);
}

#[test]
fn tracked_changes_are_shown_as_accepted_and_said() {
    let text = "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>new</text:p>";
    let parsed = flat("", text);
    check_parsed(&parsed, "new");
    assert_eq!(
        parsed.problems[0].message(),
        "1 tracked change is shown as accepted"
    );
}

#[test]
fn short_lines_in_bold_that_stand_alone_are_headings_where_no_style_says_which() {
    let styles = r#"<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>
        <style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-weight="bold" fo:font-size="12pt"/></style:style>"#;
    let text = "<text:p>A text of some length follows here.</text:p>".repeat(3);
    let line =
        |style: u8, words: &str| format!(r#"<text:p text:style-name="P{style}">{words}</text:p>"#);
    let body = [
        &text,
        &line(1, "The Law"),
        &line(2, "Its beginning"),
        &text,
        &line(2, "Its end"),
        &text,
    ];
    let headings = |body: &str| {
        let parsed = flat(styles, body);
        let sections = parsed
            .paper
            .sections
            .iter()
            .filter(|section| section.level > 0);
        let titles: Vec<_> = sections
            .map(|section| (section.level, section.title.clone()))
            .collect();
        (titles, parsed.mendings.len())
    };
    let own = |level, title: &str| (level, title.to_owned());
    let body = body.map(String::as_str).concat();
    let (found, mended) = headings(&body);
    assert_eq!(
        found,
        [
            own(1, "The Law"),
            own(2, "Its beginning"),
            own(2, "Its end")
        ]
    );
    assert_eq!(mended, 3);
    let styled = format!(r#"<text:h text:outline-level="1">One</text:h>{body}"#);
    assert_eq!(headings(&styled), (vec![own(1, "One")], 0));
}
