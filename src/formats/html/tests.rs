//! Pages of many makers, and what is read of them.

use crate::paper::{Block, Bullet, Kind, Nest, Parsed};

fn read(bytes: &[u8]) -> Parsed {
    super::read(bytes, None)
}

/// The author's blocks, one on a line: markers as `[1]`, and before a note its number.
fn lines(page: &str) -> String {
    let paper = read(page.as_bytes()).paper;
    let mut lines = Vec::new();
    for block in &paper.blocks {
        let number = block.nesting.iter().find_map(|nest| match nest {
            Nest::Note { number } => {
                Some(number.map_or("…".to_owned(), |number| number.to_string()))
            }
            _ => None,
        });
        let is_own = matches!(block.kind, Kind::Title | Kind::Imprint | Kind::Backlinks);
        let is_notes_heading = matches!(block.kind, Kind::Heading(_)) && !block.location.is_known();
        if is_own || is_notes_heading {
            continue;
        }
        let level = match block.kind {
            Kind::Heading(level) => "#".repeat(usize::from(level)) + " ",
            Kind::Rule => "---".to_owned(),
            _ => String::new(),
        };
        let number = number.map_or(String::new(), |number| number + ": ");
        lines.push(format!("{number}{level}{}", marked(block)));
    }
    lines.join("\n")
}

fn marked(block: &Block) -> String {
    let mut text = block.text.replace('\n', "⏎").replace('\t', "|");
    if block.text.len() == text.len() {
        for marker in block.markers.iter().rev() {
            text.insert_str(marker.offset, &format!("[{}]", marker.number));
        }
    }
    text
}

#[track_caller]
fn check(page: &str, expected: &str) {
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(lines(page), expected.join("\n"));
}

#[test]
fn notes_of_pandoc_lose_their_list_and_their_way_back() {
    check(
        r##"<p>One.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p>
        <section class="footnotes" role="doc-endnotes"><hr><ol>
        <li id="fn1"><p>First.</p><p>More.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
        </ol></section>"##,
        "One.[1]
         1: First.
         …: More.",
    );
}

#[test]
fn notes_of_word_lose_their_label() {
    check(
        r##"<div class=WordSection1><p class=MsoNormal>One.<a style='mso-footnote-id:ftn1' href="#_ftn1"
        name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if
        !supportFootnotes]>[1]<![endif]></span></span></a> Two.<a href="#_ftn2" name="_ftnref2">[2]</a></p></div>
        <div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
        <div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span
        class=MsoFootnoteReference>[1]</span></a> First.</p></div>
        <div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2">[2]</a>
        Second.</p><p class=MsoFootnoteText>More.</p></div></div>"##,
        "One.[1] Two.[2]
         1: First.
         2: Second.
         …: More.",
    );
}

#[test]
fn notes_of_latexml_stand_in_the_text() {
    check(
        r##"<article class="ltx_document"><p class="ltx_p">One<span id="footnote1" class="ltx_note ltx_role_footnote"><sup
        class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup
        class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>First.</span></span></span>.</p></article>"##,
        "One[1].
         1: First.",
    );
}

#[test]
fn a_note_of_wikipedia_may_be_cited_more_than_once() {
    check(
        r##"<div class="mw-parser-output"><p>One.<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup>
        Two.<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup><sup id="cite_ref-a_1-1"
        class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><h2>References</h2><ol class="references">
        <li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a>
        <a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text">First.</span></li>
        <li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span> <span
        class="reference-text">2019 was second.</span></li></ol></div>"##,
        "One.[1] Two.[2][1]
         1: First.
         2: 2019 was second.",
    );
}

#[test]
fn notes_of_substack_github_and_hugo_are_notes() {
    check(
        r##"<article><p>One.<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1"
        class="footnote-anchor">1</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1"
        class="footnote-number">1</a><div class="footnote-content"><p>First.</p><p>More.</p></div></div></article>"##,
        "One.[1]
         1: First.
         …: More.",
    );
    check(
        r##"<p>One.<sup><a href="#user-content-fn-a" id="user-content-fnref-a" data-footnote-ref>1</a></sup></p>
        <section data-footnotes class="footnotes"><h2 class="sr-only">Footnotes</h2><ol><li id="user-content-fn-a"><p>First.
        <a href="#user-content-fnref-a" data-footnote-backref class="data-footnote-backref">↩</a></p></li></ol></section>"##,
        "One.[1]
         1: First.",
    );
    check(
        r##"<p>One.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p><div
        class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>First.&#160;<a href="#fnref:1"
        class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div>"##,
        "One.[1]
         1: First.",
    );
}

#[test]
fn side_notes_are_notes_where_they_stand() {
    check(
        r##"<article><p>One.<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1"
        class="margin-toggle"/><span class="sidenote">First.</span> Two.<label for="mn-1" class="margin-toggle">&#8853;</label>
        <input type="checkbox" id="mn-1" class="margin-toggle"/><span class="marginnote">Second.</span></p></article>"##,
        "One.[1] Two.[2]
         1: First.
         2: Second.",
    );
}

#[test]
fn notes_without_classes_are_known_by_their_links_back() {
    // Project Gutenberg's, after the paragraph that they belong to.
    check(
        r##"<p>One.<a name="FNanchor_1_1" id="FNanchor_1_1"></a><a href="#Footnote_1_1">[1]</a></p>
        <p><a name="Footnote_1_1" id="Footnote_1_1"></a><a href="#FNanchor_1_1"><span class="label">[1]</span></a> First.</p>
        <p>Two.</p><p>Three.<a name="FNanchor_2_2" id="FNanchor_2_2"></a><a href="#Footnote_2_2">[2]</a></p>
        <p><a name="Footnote_2_2" id="Footnote_2_2"></a><a href="#FNanchor_2_2">[2]</a> Second.</p><p>Four.</p>"##,
        "One.[1]
         Two.
         Three.[2]
         Four.
         1: First.
         2: Second.",
    );
    // The same, where each page numbers its notes anew.
    check(
        r##"<p>One.<a name="FNanchor_40:2_58" id="FNanchor_40:2_58"></a><a href="#Footnote_40:2_58" class="fnanchor">[40:2]</a></p>
        <div class="footnote"><p><a name="Footnote_40:2_58" id="Footnote_40:2_58"></a><a href="#FNanchor_40:2_58"><span class="label">[40:2]</span></a> First.</p></div>"##,
        "One.[1]
         1: First.",
    );
    // Texinfo's, under headings that are only the label.
    check(
        r##"<p>One.<a id="DOCF1" href="#FOOT1"><sup>1</sup></a></p><div class="footnotes-segment"><hr>
        <h4 class="footnotes-heading">Footnotes</h4><h5><a id="FOOT1" href="#DOCF1">(1)</a></h5><p>First.</p></div>"##,
        "One.[1]
         1: First.",
    );
}

#[test]
fn a_note_goes_on_to_the_next() {
    check(
        r##"<p>One.<sup><a href="#a">1</a></sup> Two.<sup><a href="#b">2</a></sup></p><h2>Notes</h2>
        <p id="a">1. First.</p><p>More.</p><p id="b">2. Second.</p><p>More.</p>"##,
        "One.[1] Two.[2]
         1: First.
         …: More.
         2: Second.
         …: More.",
    );
}

#[test]
fn links_that_only_lead_down_stay_links() {
    let contents = r##"<ul><li><a href="#s1">1</a> <a href="#s1">One</a></li></ul><p>See <a href="#s1">1</a>, and
        Smith (<a href="#smith">2010</a>).</p><h2 id="s1">1 One</h2><p>Text.</p><p id="smith">Smith. A Book.</p>"##;
    let paper = read(contents.as_bytes()).paper;
    assert!(paper.notes.is_empty());
    let links: usize = paper.blocks.iter().map(|block| block.links.len()).sum();
    assert_eq!(links, 4);
}

#[test]
fn chapters_that_number_their_notes_alike_get_numbers_of_their_own() {
    check(
        r##"<p>One.<sup><a href="#a1">1</a></sup></p><p id="a1">1 First.</p><p>Two.<sup><a href="#b1">1</a></sup></p>
        <p id="b1">1 Second.</p>"##,
        "One.[1]
         Two.[2]
         1: First.
         2: Second.",
    );
}

#[test]
fn a_heading_of_notes_that_are_elsewhere_goes_and_any_other_empty_one_stays() {
    check(
        r##"<h1>First</h1><p>One.<sup><a href="#a1">1</a></sup></p><p id="a1">1 A note.</p>
        <h1>End</h1><p>Two.</p><h1>Notes</h1><h1>Appendix</h1><h1>Notes on method</h1><p>Three.</p>"##,
        "# First
         One.[1]
         # End
         Two.
         # Appendix
         # Notes on method
         Three.
         1: A note.",
    );
}

#[test]
fn the_furniture_of_a_page_is_left_out() {
    check(
        r##"<body><nav><a href="/">Home</a></nav><div class="share-buttons">Share this</div><main><h1>Of Things</h1>
        <p>Text of some length, so that the rest is little.</p><aside>Read also</aside></main><footer>© Someone</footer></body>"##,
        "Text of some length, so that the rest is little.",
    );
    let paper = read(b"<main><h1>Of Things</h1><p>Text.</p></main>").paper;
    assert_eq!(paper.title, "Of Things");
}

#[test]
fn tables_keep_their_columns_where_cells_reach_over_several() {
    check(
        r##"<table><tr><th>a</th><th colspan="2">b</th></tr><tr><td rowspan="2">c</td><td>d</td><td>e</td></tr>
        <tr><td>f</td><td>g</td></tr></table>"##,
        "a|b|⏎c|d|e⏎|f|g",
    );
}

#[test]
fn styles_go_on_over_the_ends_of_blocks() {
    let paper = read(b"<p>a <i>b <b>c</b></i> d</p><div><i><p>e</p><p>f</p></i></div>").paper;
    let spans: Vec<usize> = paper
        .blocks
        .iter()
        .filter(|block| block.kind == Kind::Paragraph)
        .map(|block| block.spans.len())
        .collect();
    assert_eq!(spans, [2, 1, 1]);
}

#[test]
fn two_line_ends_part_paragraphs() {
    check("<div>One.<br><br>Two.<br>Three.</div>", "One.\nTwo.⏎Three.");
}

#[test]
fn formulas_are_read_as_they_look_or_in_their_tex() {
    check(
        r##"<p>So <math><mi>x</mi><mo>=</mo><msup><mn>10</mn><mn>6</mn></msup></math> and <math
        alttext="\frac{a}{b}"><mfrac><mi>a</mi><mi>b</mi></mfrac></math>, <math><mfrac><mi>c</mi><mi>d</mi></mfrac></math>.</p>"##,
        r"So x = 10⁶ and $\frac{a}{b}$, c/d.",
    );
}

#[test]
fn pages_of_any_shape_are_read() {
    for page in [
        "",
        "<",
        "<a href=#a id=a>1</a>",
        "<table><td><table><td>x",
        "<li><dd><dt>x",
        "<p id=x><a href=#x>1</a>",
    ] {
        let _ = read(page.as_bytes());
    }
    let deep = "<div>".repeat(200_000) + "deep";
    assert!(lines(&deep).contains("deep"));
    let many = "<sup><a href=#n>1</a></sup><p id=n>1 x".repeat(20_000);
    let _ = read(many.as_bytes());
}

#[test]
fn a_table_with_a_caption_is_a_table() {
    check(
        "<table><caption>Of letters</caption><tr><th>a<th>b<tr><td>c<td>d</table>",
        "Of letters
         a|b⏎c|d",
    );
}

#[test]
fn items_have_the_letters_that_their_list_asks_for() {
    let labels = |page: &str| {
        let paper = read(page.as_bytes()).paper;
        let nests = paper.blocks.iter().filter_map(|block| block.nesting.last());
        let bullets = nests.filter_map(|nest| match nest {
            Nest::Item {
                bullet: Some(Bullet::Label(label)),
            } => Some(label.to_string()),
            Nest::Item {
                bullet: Some(Bullet::Number(number)),
            } => Some(number.to_string()),
            _ => None,
        });
        bullets.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(labels("<ol type=a start=3><li>x<li>y</ol>"), "c. d.");
    assert_eq!(
        labels("<ol style='list-style-type: upper-roman'><li>x<li value=9>y<li>z</ol>"),
        "I. IX. X."
    );
    assert_eq!(labels("<ol type=1><li>x<li value=4>y<li>z</ol>"), "1 4 5");
}

#[test]
fn a_note_of_wikipedia_may_be_named_after_its_source() {
    check(
        r##"<p>One.<sup class=reference><a href="#cite_note-Smith_2020-1">[1]</a></sup></p><ol><li id="cite_note-Smith_2020-1">
        <span><a href="#elsewhere">^</a></span> <span>Smith 2020.</span></li></ol>"##,
        "One.[1]
         1: Smith 2020.",
    );
}

#[test]
fn notes_that_are_spans_of_paragraphs_are_one_each() {
    check(
        r##"<p>One.<a class="ref fn" id="xref_fn1" href="#fn1"><sup>1</sup></a> Two.<a class="ref fn" id="xref_fn2" href="#fn2"><sup>2</sup></a></p>
        <div class="fn-group"><h2>Notes</h2><span class="NLM_fn" id="fn0"><p>Thanks.</p></span><span
        class="NLM_fn" id="fn1"><p><a href="#xref_fn1"><sup>1</sup></a> First.</p></span><span
        class="NLM_fn" id="fn2"><p><a href="#xref_fn2"><sup>2</sup></a> Second.</p></span></div>"##,
        "One.[1] Two.[2]
         ## Notes
         Thanks.
         1: First.
         2: Second.",
    );
}

#[test]
fn notes_that_a_plugin_has_put_behind_their_numbers_are_notes() {
    check(
        r##"<p>One.<sup class="modern-footnotes-footnote " data-mfn="1"><a href="javascript:void(0)" aria-describedby="mfn-content-1">1</a></sup><span
        id="mfn-content-1" role="tooltip" class="modern-footnotes-footnote__note">First.</span> Two.<button
        class="footnote-count"><i>2</i></button> <cite class="footnote footnote-2"><span
        class="footnote-text"><span class="aside-footnote-count">2</span> Second, <i>id.</i></span>
        <button class="footnote-aside-show">Close</button></cite> And <cite class="footnote">no
        call</cite>.</p>"##,
        "One.[1] Two.[2] And no call.
         1: First.
         2: Second, id.",
    );
}

#[test]
fn a_label_behind_an_empty_link_and_the_stop_after_one_are_no_words_of_a_note() {
    check(
        r##"<p>One.<a href="#_ftn2" name="_ftnref2"><span>[1]</span></a> Two.<a href="#_ftn3"
        name="_ftnref3"><span>[2]</span></a></p>
        <p><a href="#_ftnref2" name="_ftn2"></a><span>[1]</span>Roe, note 3.</p>
        <p><a href="#_ftnref3" name="_ftn3"></a><span>[2]</span>. <i>Id.</i> at 4.</p>"##,
        "One.[1] Two.[2]
         1: Roe, note 3.
         2: Id. at 4.",
    );
}

#[test]
fn a_note_that_is_a_cite_is_upright() {
    let page = r#"<p>One.<button class="footnote-count">1</button><cite class="footnote">See <i>Id.</i>
        at 4.</cite></p>"#;
    let paper = read(page.as_bytes()).paper;
    let spans: Vec<&str> = paper
        .notes
        .iter()
        .flat_map(|note| paper.blocks.get(note.blocks.clone()).unwrap_or_default())
        .flat_map(|block| {
            block
                .spans
                .iter()
                .filter_map(|span| block.text.get(span.range.clone()))
        })
        .collect();
    assert_eq!(spans, ["Id."]);
}

#[test]
fn links_to_notes_without_names_lead_to_paragraphs_with_their_numbers_if_all_are_there() {
    let page = |last: &str| {
        format!(
            r##"<p>[1] is not this.</p><p>One.<a href="#_ftn1">[1]</a> Two.<a href="#_ftn2">[2]</a></p>
            <p><em> </em>[1]. First.</p><p>More.</p><p>{last} Second.</p>"##
        )
    };
    check(
        &page("[2]."),
        "[1] is not this.
         One.[1] Two.[2]
         1: First.
         …: More.
         2: Second.",
    );
    assert!(!lines(&page("[3].")).contains("1: First."));
}

#[test]
fn a_comment_does_not_part_the_words_around_it() {
    check(
        "<p>One <!-- react -->word<!-- --> and another.</p><p>Two.</p>",
        "One word and another.
         Two.",
    );
}

#[test]
fn the_name_of_a_site_is_not_the_title_of_its_pages() {
    let title = |page: &str| read(page.as_bytes()).paper.metadata.title;
    let head = "<title>On Notes | The Margin</title><meta property='og:title' content='On Notes'><meta property='og:site_name' content='The Margin'>";
    let text = "<p>A text about notes.</p>";
    let page =
        format!("<head>{head}</head><body><h1>The Margin</h1><h2>On Notes</h2>{text}</body>");
    assert_eq!(title(&page), "On Notes");
    let untitled = format!("<head>{head}</head><body><h1>The Margin</h1>{text}</body>");
    assert_eq!(title(&untitled), "On Notes");
    let front = "<head><title>The Margin</title><meta property='og:title' content='The Margin'></head><body><h1>The Margin</h1><p>Welcome.</p></body>";
    assert_eq!(title(front), "The Margin");
}

#[test]
fn a_text_is_shown_whatever_its_element_is_called() {
    let paragraph = "<p>A paragraph of some length, as a text has them, with a comma or two.</p>";
    let links = "<ul>".to_owned()
        + &"<li><a href='/x'>Somewhere else on the site</a></li>".repeat(300)
        + "</ul>";
    let page = format!(
        "<body><div>{links}</div><div class='sticky-sidebar-relative'>{}</div></body>",
        paragraph.repeat(30)
    );
    let paper = read(page.as_bytes()).paper;
    let texts = paper
        .blocks
        .iter()
        .filter(|block| block.text.contains("A paragraph"));
    assert_eq!(texts.count(), 30);
}

#[test]
fn the_name_of_a_note_may_begin_with_that_of_its_chapter() {
    check(
        "<p>One.<span><a href='#ch2note01'>1</a></span> See <a href='#ch2table01'>1</a>.</p><p>Two.<a href='#ch2note02'>2</a></p>
        <p id=ch2table01>1. A table.</p><hr><p id=ch2note01>1. First.</p><p id=ch2note02>2. Second.</p>",
        "One.[1] See 1.
         Two.[2]
         1. A table.
         1: First.
         2: Second.",
    );
}

#[test]
fn a_caption_that_only_speech_passes_over_is_shown_and_said_once() {
    let page = "<p>a<figure><img src=b.png alt='A lamp.'><figcaption aria-hidden=true>A \
        lamp.<a href='#fn1' id=fnref1><sup>1</sup></a></figcaption></figure>\
        <section role=doc-endnotes><ol><li id=fn1>One.<a href='#fnref1'>↩</a></ol></section>";
    assert_eq!(lines(page), "a\n[image]\nA lamp.[1]\n1: One.");
}

#[test]
fn the_title_page_of_older_pandocs_is_read() {
    let paper = read(
        b"<meta name=author content='Ada Author; Bo Writer'><div id=header><h1 class=title>T</h1>\
        <h1 class=subtitle>S</h1><h2 class=author>Ada Author</h2><h2 class=author>Bo Writer</h2>\
        <h3 class=date>May 2026</h3></div><p>a</p>",
    )
    .paper;
    assert_eq!(paper.metadata.subtitle, "S");
    assert_eq!(paper.metadata.authors, ["Ada Author", "Bo Writer"]);
    assert_eq!(paper.metadata.date, "May 2026");
    assert!(
        !paper
            .blocks
            .iter()
            .any(|block| matches!(block.kind, Kind::Heading(_)))
    );
}
