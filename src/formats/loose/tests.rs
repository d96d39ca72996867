use std::collections::HashSet;

use super::{Mended, mend};
use crate::formats::embedded;
use crate::formats::markdown::parse;
use crate::paper::{Kind, MendingKind, Paper};

/// The text of which the embedded paper was made, as a converter left it.
const SEED: &str = include_str!("../../../tests/data/source.txt");

fn mended(source: &str) -> Mended {
    mend(source, &|_, _| true).expect("the notes of the text prove it")
}

#[track_caller]
fn check(source: &str, markdown: &str) {
    assert_eq!(mended(source).markdown.trim_end(), markdown.trim_end());
}

#[track_caller]
fn check_untouched(source: &str) {
    assert_eq!(mend(source, &|_, _| true), None);
}

fn notes(paper: &Paper) -> Vec<String> {
    let texts = paper.notes.iter().map(|note| {
        let blocks = &paper.blocks[note.blocks.clone()];
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        texts.join("\n")
    });
    texts.collect()
}

fn paragraphs(paper: &Paper) -> Vec<&str> {
    let blocks = paper.blocks.iter().filter(|block| {
        block.kind == Kind::Paragraph && block.is_authors() && paper.body_bytes() > block.start
    });
    blocks.map(|block| block.text.as_str()).collect()
}

#[test]
fn the_text_that_the_embedded_paper_was_made_of_opens_as_that_paper() {
    let paper = parse(&mended(SEED).markdown).paper;
    let truth = parse(embedded()).paper;
    assert_eq!(paper.title, truth.title);
    assert_eq!(paper.metadata.authors, truth.metadata.authors);
    assert_eq!(paper.metadata.date, truth.metadata.date);
    assert_eq!(paper.metadata.keywords, truth.metadata.keywords);
    let headed: Vec<&str> = paper
        .sections
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    let wanted: Vec<&str> = truth
        .sections
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    // The heading of the last page was added by hand.
    assert_eq!(headed[..6], wanted[..6]);
    let cited: Vec<usize> = paper.notes.iter().map(|note| note.cited_in.len()).collect();
    assert_eq!(cited, vec![1; 43]);
    // The hyphen in the address of note 38 and the lost piece of a word on the last page are
    // known from outside the text alone.
    let unlike = |(had, wanted): (&String, &String)| (had != wanted).then(|| had.clone());
    let (had, wanted) = (notes(&paper), notes(&truth));
    let unlike: Vec<String> = had.iter().zip(&wanted).filter_map(unlike).collect();
    assert_eq!(unlike.len(), 1);
    assert!(
        unlike[0].contains("69bd23e-a9a794743d3185dc4"),
        "{unlike:?}"
    );
    let had: HashSet<&str> = paragraphs(&paper).into_iter().collect();
    let lost: Vec<&str> = paragraphs(&truth)
        .into_iter()
        .filter(|text| !had.contains(text))
        .collect();
    assert_eq!(lost.len(), 1, "{lost:#?}");
    assert!(lost[0].contains("author(s) only"));
    assert_eq!(had.len(), paragraphs(&truth).len());
}

#[test]
fn every_mending_of_the_text_is_listed() {
    let mended = mended(SEED);
    let count = |kind| {
        mended
            .mendings
            .iter()
            .filter(|one| one.kind == kind)
            .count()
    };
    assert_eq!(count(MendingKind::NoteTied), 43);
    assert_eq!(count(MendingKind::ParagraphJoined), 7);
    assert_eq!(count(MendingKind::NoteJoined), 2);
    assert_eq!(count(MendingKind::AddressJoined), 1);
    assert_eq!(count(MendingKind::FurnitureRemoved), 6);
    assert_eq!(count(MendingKind::HeadingFound), 6);
    assert_eq!(mended.markdown.lines().count(), mended.origins.len());
}

#[test]
fn a_mending_that_is_refused_is_not_made() {
    let all = |_, _| true;
    let one = |kind, line| (kind, line) != (MendingKind::ParagraphJoined, 56);
    let (all, less) = (
        mend(SEED, &all).expect("notes"),
        mend(SEED, &one).expect("notes"),
    );
    assert_eq!(all.mendings.len(), less.mendings.len() + 1);
    assert!(less.markdown.contains("Treaty Organisation\n\n(CSTO)"));
}

#[test]
fn brackets_superscripts_and_bare_numbers_are_markers_where_they_count_up() {
    let notes = "\n\n[^1]: Ada.\n\n[^2]: Bo.\n\n[^3]: Cy.\n";
    let body = "One.[^1] Two,[^2] and three.[^3]";
    let wanted = format!("{body}{notes}");
    check(
        "One.[1] Two,[2] and three.[3]\n\n[1] Ada.\n[2] Bo.\n[3] Cy.\n",
        &wanted,
    );
    check(
        "One.¹ Two,² and three.³\n\n1. Ada.\n2. Bo.\n3. Cy.\n",
        &wanted,
    );
    check("One.1 Two,2 and three.3\n\n1 Ada.\n2 Bo.\n3 Cy.\n", &wanted);
    check(
        "One.^[1] Two,^[2] and three.^[3]\n\n- [1] Ada.\n- [2] Bo.\n- [3] Cy.\n",
        &wanted,
    );
}

#[test]
fn footnotes_at_the_foot_of_each_page_are_taken_from_between_the_pages() {
    let source = "One.¹ And this sentence of the first page goes on for so long that it must run over\n\n\
                  1 Ada.\n2 Bo, at\nlength.\n\x0cto the second.² Three.³\n\n3 Cy.\n";
    let source = source
        .replace("goes on", "goes² on")
        .replace("second.²", "second.");
    let mended = mended(&source);
    assert!(
        mended.markdown.contains("[^2]: Bo, at\n    length."),
        "{}",
        mended.markdown
    );
    assert!(
        mended.markdown.contains("it must run over\nto the second."),
        "{}",
        mended.markdown
    );
}

/// Two pages as pdftotext leaves them: raised numbers on lines of their own above their notes, and
/// headings and pages with numbers, too.
const RAISED_ABOVE: &str = "\
1    Ships

Many ships were lost,1 and more
were built in that year.2

   1
     Ada, On Ships, 12.

Of the second edition.
   2
     Bo, On Yards, 3.

                 1
\x0c
2    Harbours

Few harbours were deep,3 and none
were safe.

   3
     Cy, On Storms, 7.

                 2
";

#[test]
fn numbers_on_lines_of_their_own_are_notes_at_the_foot_of_the_page_of_their_marker() {
    let paper = parse(&mended(RAISED_ABOVE).markdown).paper;
    assert_eq!(
        notes(&paper),
        [
            "Ada, On Ships, 12.\nOf the second edition.",
            "Bo, On Yards, 3.",
            "Cy, On Storms, 7."
        ]
    );
    let cited: Vec<usize> = paper.notes.iter().map(|note| note.cited_in.len()).collect();
    assert_eq!(cited, [1, 1, 1]);
}

#[test]
fn numbers_on_lines_of_their_own_in_another_order_prove_nothing() {
    let source = RAISED_ABOVE.replace("   1\n     Ada", "   2\n     Ada");
    check_untouched(&source.replace("   2\n     Bo", "   1\n     Bo"));
}

#[test]
fn a_number_with_two_candidates_is_tied_to_neither() {
    // The exponent may be note 2, and so may the sign after "two".
    let source = "One¹ of 5 m² and two² and three³ and four⁴ and five⁵ and six⁶ and seven⁷ and \
                  eight⁸ and nine⁹ and ten¹⁰.\n\n";
    let notes: String = (1..=10).map(|n| format!("{n}. Note {n} a.\n")).collect();
    let mended = mended(&format!("{source}{notes}"));
    assert!(
        mended
            .markdown
            .starts_with("One[^1] of 5 m² and two² and three[^3]")
    );
}

#[test]
fn what_does_not_count_up_is_left_as_it_is() {
    check_untouched("A paper.[^1]\n\n[^1]: With a note.\n");
    check_untouched("First.\n\n1. A list.\n2. Of two.\n3. Or three.\n");
    check_untouched("See [3] and [1] and [2].\n\n[2] Bo.\n[1] Ada.\n[3] Cy.\n");
    check_untouched("One.1 Three.3\n\n1 Ada.\n2 Bo.\n3 Cy.\n");
    check_untouched(
        "[1]: https://a.example\n[2]: https://b.example\n[3]: https://c.example\n\nA [1] b [2] c [3].\n",
    );
}

#[test]
fn running_heads_and_page_numbers_are_taken_out() {
    let page = |n: u32, text: &str| format!("\x0cThe Journal of Notes\n\n{text}\n\n{n}\n");
    let source = [
        page(
            7,
            "The first page has a sentence that is long enough to be cut in two by its end and\n\nso",
        ),
        page(8, "goes on.¹ More.²"),
        page(9, "And the end.³\n\n1 Ada.\n2 Bo.\n3 Cy."),
    ];
    let markdown = mended(&source.concat()).markdown;
    assert!(!markdown.contains("Journal"), "{markdown}");
    assert!(!markdown.contains("\n8\n"), "{markdown}");
}

#[test]
fn a_word_cut_at_a_lines_end_is_made_whole_where_the_text_has_it_elsewhere() {
    let notes = "\n\n[1] A.\n[2] B.\n[3] C.\n";
    let source =
        format!("The inter-\nnational order[1] is international,[2] well-\nknown[3].{notes}");
    let markdown = mended(&source).markdown;
    assert!(
        markdown.starts_with("The international order"),
        "{markdown}"
    );
    assert!(markdown.contains("well-known"), "{markdown}");
}

#[test]
fn code_is_left_alone() {
    let source = "One.[1] Two.[2] Three.[3]\n\n```\na[1] = b[2]\n\n[1] x\n```\n\n[1] Ada.\n[2] Bo.\n[3] Cy.\n";
    assert!(
        mended(source)
            .markdown
            .contains("```\na[1] = b[2]\n\n[1] x\n```")
    );
}

#[test]
fn markers_that_touch_or_stand_before_a_colon_are_markers() {
    let source = "A sentence that cites two.[1][2] Another one cites these[3]: first and second.\n\n\
        One more, with a link [4][ref] and a note.[4]\n\n\
        [1] Note one.\n\n[2] Note two.\n\n[3] Note three.\n\n[4] Note four.\n\n\
        [ref]: https://example.org/\n";
    let paper = parse(&mended(source).markdown).paper;
    let cited: Vec<usize> = paper.notes.iter().map(|note| note.cited_in.len()).collect();
    assert_eq!(cited, [1; 4]);
}

/// Three wrapped lines, and what proves that a text with them is loose.
const WRAPPED: &str = "\
A text that was wrapped where the margin of the page stood, as plain
books are, goes on in lines that are all about as long as this one is
until it ends somewhere within a line.
";
const CALLS: &str = "One.[1] Two,[2] and three.[3]\n";
const NOTES: &str = "[1] Ada.\n\n[2] Bo.\n\n[3] Cy.\n";

#[test]
fn verse_is_kept_line_for_line() {
    let verse = "    A horse he met upon his way\n      Trotting along the road,\n    Strayed from the camp![3]\n";
    let calls = CALLS.replace("[3]", "");
    let source = format!("{WRAPPED}\n{calls}\n{verse}\n    IV.\n\n{WRAPPED}\n{NOTES}");
    let markdown = mended(&source).markdown;
    let kept = "| A horse he met upon his way\n|   Trotting along the road,\n| Strayed from the camp\\![^3]\n\n| IV.\n";
    assert!(markdown.contains(kept), "{markdown}");
}

#[test]
fn a_quotation_that_is_wrapped_is_no_verse_and_nor_is_what_stands_in_the_middle() {
    let quotation = "    a quotation that is moved in, and that goes on up to the margin\n    before it ends.\n";
    let middle = "                      On Notes\n              and on what is above them\n";
    let source = format!("{middle}\n{WRAPPED}\n{quotation}\n{middle}\n{CALLS}\n{WRAPPED}\n{NOTES}");
    let markdown = mended(&source).markdown;
    assert!(!markdown.contains('|'), "{markdown}");
}

#[test]
fn chapters_that_are_counted_are_headings_but_not_in_the_table_of_contents() {
    let source = format!(
        "CHAPTER I.\n\nCHAPTER II.\n\nCHAPTER I.\n\nOf Notes.\n\n{WRAPPED}\n{CALLS}\nCHAPTER II.\n\nOf More.\n\nThe end.\n\n{NOTES}"
    );
    let paper = parse(&mended(&source).markdown).paper;
    let titles = paper.sections.iter().map(|one| one.title.as_str());
    let titles: Vec<&str> = titles.filter(|title| title.contains("CHAPTER")).collect();
    assert_eq!(titles, ["CHAPTER I.", "CHAPTER II."]);
}

#[test]
fn project_gutenberg_names_title_and_author() {
    let source = format!(
        "The Project Gutenberg EBook of Notes, by A. Author\n\nTitle: Notes\n       And More\n\nAuthor: A. Author\n\n*** START OF THIS PROJECT GUTENBERG EBOOK NOTES ***\n\n{WRAPPED}\n{CALLS}\n{NOTES}"
    );
    let metadata = parse(&mended(&source).markdown).paper.metadata;
    assert_eq!(metadata.title, "Notes And More");
    assert_eq!(metadata.authors, ["A. Author"]);
}

#[test]
fn the_title_page_of_a_plain_text_by_pandoc_is_read() {
    check(
        "Of Things\nAda Author; Bo Writer\n4 May 2026\n\nHere is a sentence that is as long as a \
        text begins with.[1] Then[2].\n\n[3]Another of these things:\n\n- one\n- two\n\n[1] One.\n\n[2] \
        Two.\n\n[3] Three.",
        "---\ntitle: \"Of Things\"\ndate: \"4 May 2026\"\nauthor: [\"Ada Author\", \"Bo Writer\"]\n---\n\nHere \
        is a sentence that is as long as a text begins with.[^1] Then[^2].\n\n[^3]Another of these \
        things:\n\n- one\n- two\n\n[^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.",
    );
}
