use super::read;
use crate::formats::ReadOptions;
use crate::formats::outline::check_parsed;
use crate::paper::laws::hold;
use crate::paper::{Kind, Parsed};

fn parsed(rtf: &str) -> Parsed {
    let parsed = read(rtf.as_bytes(), &ReadOptions::default()).expect("a text");
    hold(&parsed, "");
    parsed
}

#[track_caller]
fn check(body: &str, expected: &str) {
    let head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}{\f2\fcharset2 Symbol;}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2\sbasedon1 Mine;}{\s3 Title;}{\s4 toc 1;}{\s5\i Quote;}{\*\cs7 HTML Code;}}";
    check_parsed(&parsed(&format!("{head}{body}}}")), expected);
}

#[test]
fn styles_make_headings_quotes_and_code() {
    check(
        r"\pard\s1\b One\b0\par\pard\plain\s2 Two\par\pard\plain\s4 One 1\par\pard\s5\i quoted \i0 not\par\pard\plain a {\cs7 x}\par",
        "# One
         # Two
         > quoted *not*
         a `x`",
    );
}

#[test]
fn runs_look_as_they_are_set_and_groups_end_what_they_begin() {
    check(
        r"a {\i b {\b c} d}\super 2\nosupersub  e{\strike f}{\v hidden}{\deleted gone}",
        "a *b **c** d*^{²} e~~f~~",
    );
}

#[test]
fn letters_come_in_code_pages_and_in_unicode() {
    check(
        r"caf\'e9 \u8220?x\u8221\'94 {\f1 \'cf\'f0} {\f2 a} {\uc0\u945 b} {\uc2\u946??c} \u-10179?\u-8704?\emdash\~z",
        "café “x” Пр α αb βc 😀—\u{a0}z",
    );
}

#[test]
fn notes_are_groups_with_numbers_or_signs_of_their_own() {
    check(
        r"One.{\super\chftn{\footnote\pard\plain\chftn  First.\par On.}} Two.{\super\chftn{\*\footnote\ftnalt\pard\plain{\super\chftn} End.}} Three{\super *}{\footnote\pard\plain * Thanks.}{\super\chftn}{\footnote \chftn Second.}",
        "One.[1] Two.[3] Three[*][2]
         # Notes
         (*) Thanks.
         (1) First.
         () On.
         (2) Second.
         (3) End.",
    );
}

#[test]
fn notes_without_numbers_are_numbered() {
    check(
        r"One.{\footnote First.} Two.{\footnote Second.}",
        "One.[1] Two.[2]
         # Notes
         (1) First.
         (2) Second.",
    );
}

#[test]
fn lists_have_the_labels_that_are_written_before_them() {
    check(
        r"{\listtext\pard 1.\tab}\ls1\ilvl0 a\par{\listtext (a)\tab}\ilvl1 b\par{\pntext\f2\'b7\tab}\ilvl0\ls2 c\par\pard d",
        "1. a
         ~· (a) b
         • c
         d",
    );
}

#[test]
fn tables_are_rows_of_cells() {
    check(
        r"before\par\trowd\cellx1\cellx2\pard\intbl a\cell b\par c\cell\row\trowd\cellx1\cellx2\pard\intbl\cell d\cell\row\pard after",
        "before
         table[Left, Left]: a⇥b c⏎⇥d
         after",
    );
}

#[test]
fn links_bookmarks_and_pictures_are_kept() {
    check(
        r#"{\*\bkmkstart here}Here.{\*\bkmkend here} {\field{\*\fldinst HYPERLINK "https://example.org/"}{\fldrslt {\ul there}}}{\field{\*\fldinst PAGE}{\fldrslt 3}} {\field{\*\fldinst{REF here \\h}}{\fldrslt back}}{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A map}}}\pngblip 89504e47}}{\nonshppict{\pict 00}}"#,
        "Here. <there -> https://example.org/> <back* -> 1:0><[image: A map]* -> >",
    );
}

#[test]
fn what_the_file_says_of_itself_is_metadata() {
    let parsed = parsed(
        r"{\rtf1{\stylesheet{\s3 Title;}}{\info{\title On \'4eotes}{\author Ada}{\operator Bo}{\keywords a, b}}{\header head}{\*\unknown x}\pard\s3 On Notes, again\par\pard\plain Text.}",
    );
    let metadata = &parsed.paper.metadata;
    assert_eq!(metadata.title, "On Notes, again");
    assert_eq!(metadata.authors, ["Ada"]);
    assert_eq!(metadata.keywords, ["a", "b"]);
    check_parsed(&parsed, "Text.");
}

#[test]
fn text_that_comes_twice_is_read_once() {
    check(r"{\upr{ansi}{\*\ud{unic\u246?de}}}", "unicöde");
}

#[test]
fn changes_and_comments_are_said() {
    let parsed = parsed(
        r"{\rtf1 a{\deleted old}{\*\atnid A}{\*\atnauthor Ada}\chatn{\*\annotation Really?} b}",
    );
    check_parsed(&parsed, "a b");
    let problems: Vec<String> = parsed
        .problems
        .iter()
        .map(crate::paper::Problem::message)
        .collect();
    assert_eq!(
        problems,
        [
            "a comment by Ada is left out: Really?",
            "1 tracked change, shown as accepted, begin here"
        ]
    );
}

#[test]
fn broken_and_deep_files_are_read_as_far_as_they_go() {
    check_parsed(&parsed(r"{\rtf1 a {\b b"), "a **b**");
    check_parsed(&parsed(r"{\rtf1 a}}}} b"), "a b");
    parsed(&format!(r"{{\rtf1 {}x", "{".repeat(100_000)));
    parsed(&format!(r"{{\rtf1 {}x", r"{\footnote ".repeat(5_000)));
    parsed(r"{\rtf1\cell\row\cell\nestcell\row}");
}

#[test]
fn items_that_were_typed_are_items() {
    check(
        r"{\pard\li360\fi-360 1.\tx360\tab One\par}{\pard\li720\fi-360 (b)\tx360\tab Two\par}{\pard\li360\fi-360 Smith, John.\tab Three\par}",
        "1. One
         ~· (b) Two
         Smith, John. Three",
    );
}

#[test]
fn without_styles_the_look_tells_the_title_page_and_code() {
    let parsed = parsed(
        r"{\rtf1{\fonttbl{\f0 \fswiss Helvetica;}{\f1 \fmodern Courier;}}{\pard\qc\f0\b\fs36 On Notes\par}{\pard\qc\f0 Ada\par}{\pard\qc\f0 May 2026\par}{\pard\f0 Text.\par}{\pard\f0\f1 a\line  b\par}}",
    );
    let metadata = &parsed.paper.metadata;
    assert_eq!(
        (metadata.title.as_str(), metadata.date.as_str()),
        ("On Notes", "May 2026")
    );
    assert_eq!(metadata.authors, ["Ada"]);
    check_parsed(&parsed, "Text.\ncode(): a⏎ b");
}

#[test]
fn a_note_may_come_before_the_first_word_of_its_paragraph() {
    check(
        r"One.\par{\super\chftn}{\footnote\pard\plain\chftn  First.\par}Two.\par",
        "One.
         [1]Two.
         # Notes
         (1) First.",
    );
}

#[test]
fn a_blank_paragraph_parts_two_tables() {
    let row = r"{\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row}";
    let paper = parsed(&format!(r"{{\rtf1 {row}{row}\pard\par{row}}}")).paper;
    let tables = paper
        .blocks
        .iter()
        .filter(|block| block.kind_name() == "table");
    let texts: Vec<&str> = tables.map(|table| table.text.as_str()).collect();
    assert_eq!(texts, ["a\tb\na\tb", "a\tb"]);
}

#[test]
fn short_lines_in_bold_are_headings_where_no_style_says_which_are() {
    let text = r"Here is a paragraph of some length that is set as most of the text is.\par ";
    let heading = |words: &str, size: u32| format!(r"\pard{{\b\fs{size} {words}}}\par\pard\fs24 ");
    let more = format!("{}{text}{text}", heading("Another", 24));
    let body = format!("{text}{}{text}{text}{more}", heading("One", 28));
    let parsed = parsed(&format!(r"{{\rtf1\ansi\fs24 {body}}}"));
    let blocks = &parsed.paper.blocks;
    let headings: Vec<String> = blocks
        .iter()
        .filter(|block| block.location.is_known())
        .filter(|block| matches!(block.kind, Kind::Heading(_)))
        .map(|block| format!("{:?} {}", block.kind, block.text))
        .collect();
    assert_eq!(headings, ["Heading(1) One", "Heading(2) Another"]);
    let styled = format!(
        r"{{\rtf1\ansi{{\stylesheet{{\s0 Normal;}}{{\s1\b heading 1;}}}}\pard\s1\b First\b0\par\pard\plain {body}}}"
    );
    let parsed = self::parsed(&styled);
    assert!(
        !parsed
            .paper
            .blocks
            .iter()
            .any(|block| block.kind == Kind::Heading(2))
    );
}
