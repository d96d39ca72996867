//! Pieces of articles, and what is read of them.

use crate::paper::{Bullet, Kind, Nest, Parsed};

fn read(bytes: &[u8]) -> Parsed {
    super::read(bytes, None)
}

fn texts(article: &str) -> Vec<String> {
    let paper = read(format!("<article>{article}</article>").as_bytes()).paper;
    let blocks = paper
        .blocks
        .into_iter()
        .filter(|block| block.location.is_known());
    blocks
        .map(|block| block.text)
        .filter(|text| !text.is_empty())
        .collect()
}

#[test]
fn a_note_of_a_table_is_one_note_however_many_cells_refer_to_it() {
    let paper = read(
        br##"<article><body><table-wrap><label>Table 1</label><caption><title>Of things</title></caption><table><tr><th>a
        <xref ref-type="table-fn" rid="t1"><sup>a</sup></xref></th><th>b<xref ref-type="table-fn" rid="t1">a</xref></th></tr>
        </table><table-wrap-foot><fn id="t1"><label>a</label><p>The note.</p></fn></table-wrap-foot></table-wrap></body></article>"##,
    )
    .paper;
    assert_eq!(paper.notes.len(), 1);
    let note = &paper.notes[0];
    assert_eq!(note.cited_in.len(), 2);
    assert_eq!(paper.blocks[note.blocks.start].text, "The note.");
    assert!(
        paper
            .blocks
            .iter()
            .any(|block| block.text == "Table 1. Of things")
    );
}

#[test]
fn the_front_is_the_title_page() {
    let paper = read(
        br##"<article xml:lang="en"><front><journal-meta><journal-title>Notes</journal-title></journal-meta><article-meta>
        <title-group><article-title>Of <italic>Things</italic><xref rid="x">*</xref></article-title></title-group>
        <contrib-group><contrib contrib-type="author"><name><surname>Author</surname><given-names>Ada</given-names></name>
        <xref ref-type="aff" rid="a"><sup>1</sup></xref></contrib></contrib-group><pub-date pub-type="epub"><day>3</day>
        <month>5</month><year>2026</year></pub-date></article-meta></front></article>"##,
    )
    .paper;
    assert_eq!(paper.title, "Of Things");
    assert_eq!(paper.metadata.authors, ["Ada Author"]);
    assert_eq!(
        (
            paper.metadata.date.as_str(),
            paper.metadata.publisher.as_str()
        ),
        ("2026-05-03", "Notes")
    );
}

#[test]
fn references_are_a_list_that_links_lead_to() {
    let paper = read(
        br##"<article><body><p>So [<xref ref-type="bibr" rid="r1">1</xref>].</p></body><back><ref-list><title>References</title>
        <ref id="r1"><label>1</label><element-citation><name><surname>A</surname><given-names>B</given-names></name>
        <year>2010</year><article-title>Things</article-title><source>Notes</source><volume>3</volume><fpage>1</fpage>
        <lpage>9</lpage></element-citation></ref></ref-list></back></article>"##,
    )
    .paper;
    assert!(paper.notes.is_empty());
    let source = paper
        .blocks
        .iter()
        .find(|block| block.text.starts_with("A B"))
        .unwrap();
    assert_eq!(source.text, "A B (2010) Things. Notes 3, 1–9.");
    assert_eq!(
        source.nesting,
        [Nest::Item {
            bullet: Some(Bullet::Number(1))
        }]
    );
    assert_eq!(
        paper
            .blocks
            .iter()
            .map(|block| block.links.len())
            .sum::<usize>(),
        1
    );
}

#[test]
fn sections_figures_and_formulas_are_read() {
    let article = r##"<body><sec><label>1</label><title>One</title><p>Text <inline-formula><tex-math>\begin{document}$a$
        \end{document}</tex-math></inline-formula>.</p><fig><label>Figure 1</label><caption><p>A picture.</p></caption></fig>
        <boxed-text><p>Boxed.</p></boxed-text></sec></body>"##;
    assert_eq!(
        texts(article),
        ["1 One", "Text $a$.", "Figure 1", "A picture.", "Boxed."]
    );
}

#[test]
fn a_broken_article_is_read_as_far_as_it_goes() {
    let parsed = read(b"<article><body><p>One.</p>\n<p>Two.</sec></body></article>");
    assert!(parsed.paper.blocks.iter().any(|block| block.text == "One."));
    assert_eq!(parsed.problems[0].location.line(), Some(2));
    assert!(
        read(b"")
            .paper
            .blocks
            .iter()
            .all(|block| block.kind != Kind::Paragraph)
    );
}

#[test]
fn what_is_marked_at_a_name_stays_where_it_is_and_a_note_to_the_title_comes_first() {
    let article = br##"<article><front><article-meta><title-group><article-title>Of Things</article-title><fn id="t"><label>*</label><p>Paid.</p></fn></title-group>
        <contrib-group><contrib contrib-type="author"><name><surname>Author</surname></name><xref ref-type="fn" rid="c"/></contrib></contrib-group>
        </article-meta></front><body><p>One.<xref ref-type="fn" rid="n">1</xref></p></body>
        <back><fn-group><title>Contributions</title><fn id="c"><p>AA wrote it.</p></fn></fn-group>
        <fn-group><fn id="n"><label>1</label><p>The note.</p></fn></fn-group></back></article>"##;
    let parsed = read(article);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.paper.notes.len(), 1);
    let texts: Vec<&str> = parsed
        .paper
        .blocks
        .iter()
        .filter(|block| block.location.is_known())
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Paid.",
            "One.",
            "Contributions",
            "AA wrote it.",
            "The note."
        ]
    );
}

#[test]
fn a_note_within_a_paragraph_does_not_end_it() {
    let article = "<body><p>One<fn><p>The note.</p></fn>. Two <italic>three<fn><p>Another.</p></fn> \
        four</italic> five.</p></body>";
    assert_eq!(
        texts(article),
        ["One. Two three four five.", "The note.", "Another."]
    );
}
