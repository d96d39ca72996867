//! Highlights and notes on passages: on the disk, undone, merged, and found again.

use std::fs;

use super::*;
use crate::paper::Passage;

const BEFORE: &str = include_str!("../../../tests/data/shelf/before-highlights.jsonl");
const NOBODY: &str = "Nobody keeps a line number";

/// The passage from the first words to the end of the last.
fn over(shelf: &Shelf, first: &str, last: &str) -> Passage {
    let words = shelf.text().words();
    let start = words.find(first).expect("words of the text");
    let end = start
        + words
            .get(start..)
            .and_then(|rest| rest.find(last))
            .expect("words after those")
        + last.len();
    shelf.text().passage(start, end)
}

/// Each highlight and note: what it is, how it was found, on which words, and what it says.
fn passages(shelf: &Shelf) -> Vec<String> {
    let all = shelf.annotations().iter();
    let passages = all.filter(|annotation| {
        matches!(
            annotation.kind,
            AnnotationKind::Highlight(_) | AnnotationKind::Note
        )
    });
    let line = |annotation: &Arc<Annotation>| {
        let kind = match &annotation.kind {
            AnnotationKind::Highlight(kind) => kind.to_string(),
            kind => kind.name().to_owned(),
        };
        let words = annotation.found.passage().map_or("", |passage| {
            let text = shelf.text();
            text.slice(text.place_of(passage.start), text.place_of(passage.end))
        });
        let (found, note) = (annotation.found.name(), &annotation.note);
        format!("{kind}, {found}: {words} [{note}]")
    };
    passages.map(line).collect()
}

/// Highlights a passage of a paper; how it is found in another.
#[track_caller]
fn check(paper: &str, first: &str, last: &str, edited: &str, found: &str) {
    let open = |source: &str| {
        let opened = Library::new(None).open(&self::paper(source), &Origin::Elsewhere);
        self::opened(opened)
    };
    let mut shelf = open(paper);
    let passage = over(&shelf, first, last);
    // Without a folder nothing is saved, but all is kept in memory.
    shelf.highlight(passage, HighlightKind::Claim).unwrap_err();
    assert!(passages(&shelf)[0].starts_with("claim, exact: "));
    let edited = self::paper(edited);
    shelf.show(
        &edited,
        &Arc::new(AnchorText::new(&edited)),
        &Origin::Elsewhere,
    );
    assert_eq!(passages(&shelf), [found]);
}

#[test]
fn a_highlight_and_a_note_are_on_the_disk_and_can_be_changed_undone_and_redone() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let passage = over(&shelf, NOBODY, NOBODY);
    let id = shelf.highlight(passage, HighlightKind::Question).unwrap();
    let highlighted = "question, exact: Nobody keeps a line number []";
    assert_eq!(passages(&desk.shelf()), [highlighted]);
    shelf.recolour(&id, HighlightKind::Disagree).unwrap();
    shelf.annotate(&id, "some do").unwrap();
    let changed = "disagree, exact: Nobody keeps a line number [some do]";
    assert_eq!(passages(&desk.shelf()), [changed]);
    shelf.undo().unwrap();
    shelf.undo().unwrap();
    assert_eq!(passages(&desk.shelf()), [highlighted]);
    let undone = shelf.undo().unwrap().unwrap().to_string();
    assert_eq!(undone, "undone: highlight “Nobody keeps a…”");
    assert_eq!(passages(&desk.shelf()), [""; 0]);
    for _ in 0..3 {
        shelf.redo().unwrap();
    }
    assert_eq!(passages(&desk.shelf()), [changed]);
    let passage = over(&shelf, "forty readers", "they keep");
    shelf.note_on(passage, "how\nchosen?").unwrap();
    shelf.remove(&[id]).unwrap();
    let noted = "note, exact: forty readers what they keep [how\nchosen?]";
    assert_eq!(passages(&desk.shelf()), [noted]);
}

#[test]
fn a_passage_without_words_is_not_highlighted() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let nothing = shelf.highlight(Passage::default(), HighlightKind::Claim);
    assert!(matches!(nothing, Err(Failure::NoWords)));
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_passage_may_run_over_blocks_and_be_long() {
    let long = "A sentence of many words. ".repeat(20);
    let whole = format!("It begins here. {long}\n\nIt goes on. {long}And it ends there.");
    let source = format!("Before.\n\n{whole}\n\nAfter.");
    let words = whole.replace(" \n\n", " ");
    let edited = source.replace("Before.", "Long before.\n\nBefore.");
    let found = format!("claim, exact: {words} []");
    check(&source, "It begins", "ends there.", &edited, &found);
    let edited = source.replace("It goes on.", "So it went on.");
    let found = found
        .replace("It goes on.", "So it went on.")
        .replace("exact", "moved");
    check(&source, "It begins", "ends there.", &edited, &found);
}

#[test]
fn of_a_long_passage_whose_end_is_gone_the_beginning_is_shown_and_said_to_be_partial() {
    let first = "This is where the argument of the whole section begins, and it is a long one, \
                 as it has to name its premises before it can say what follows from them at all";
    let rest = "which nobody would have thought possible a few years ago, when the question had \
                not even been put by anyone who worked on these matters in a serious way.";
    let source = format!("Before.\n\n{first}, {rest}\n\nAfter.");
    let edited = source.replace(rest, "and so on.");
    let found = "claim, partial: This is where the argument of the whole section begins, and it \
                 is a long one, as it has to name its premises before it can say what follows from them at all,";
    check(
        &source,
        "This is",
        "serious way.",
        &edited,
        &format!("{found} []"),
    );
    let gone = "Before.\n\nAfter.";
    check(&source, "This is", "serious way.", gone, "claim, lost:  []");
}

#[test]
fn a_passage_beside_which_its_own_words_were_typed_once_more_is_unsure() {
    let around =
        |words: &str| format!("The treaty of {words} was signed in the spring of that year.");
    let check = |first: &str, last: &str, edited: &str, found: &str| {
        check(
            &around("great power trade"),
            first,
            last,
            &around(edited),
            found,
        );
    };
    // Which of the two is the one that was highlighted, nobody can tell.
    check(
        "of great power",
        "power",
        "great power power trade",
        "claim, unsure: of great power []",
    );
    check(
        "power trade",
        "signed",
        "great power power trade",
        "claim, unsure: power trade was signed []",
    );
    check(
        "of great power",
        "power",
        "great power great power trade",
        "claim, unsure: of great power []",
    );
    // Nor which of two has been taken out.
    let twice = around("great power power trade");
    let once = around("great power trade");
    self::check(
        &twice,
        "of great power",
        "power",
        &once,
        "claim, unsure: of great power []",
    );
    // Nor where it ends, if other words were typed into it before the last ones.
    let paper = "It remains sovereign with analysis paper to sovereign to bilateral treaty to in \
                 bilateral however trade partner with structural the bilateral however.";
    let typed = "It remains sovereign with analysis paper to sovereign to bilateral treaty to in \
                 however trade with however trade partner with the bilateral however.";
    self::check(
        paper,
        "sovereign to",
        "however trade",
        typed,
        "claim, unsure: sovereign to bilateral treaty to in however trade []",
    );
    // Another word is no such riddle.
    check(
        "of great power",
        "power",
        "great power and trade",
        "claim, moved: of great power []",
    );
}

#[test]
fn a_short_passage_with_another_last_word_is_unsure() {
    let source = "So it began in the spring. The committee decided that nothing should be kept for \
                  long. Nobody had expected anything else.";
    let edited = source.replace("for long.", "for ever.");
    let found = "claim, unsure: The committee decided that nothing should be kept for ever. []";
    check(source, "The committee", "for long.", &edited, found);
    let edited = source.replace("that nothing", "then that nothing");
    let found = "claim, moved: The committee decided then that nothing should be kept for long. []";
    check(source, "The committee", "for long.", &edited, found);
}

#[test]
fn a_passage_that_ends_in_a_paragraph_with_its_like_is_unsure_when_one_of_them_is_gone() {
    let source = "So it began in the spring of that year.\n\nThe end is near.\n\n\
                  The end is near, they said.\n\nNobody had expected anything else.";
    let edited = source.replace("The end is near.\n\n", "");
    let found = "claim, unsure: in the spring of that year. The end []";
    check(source, "in the spring", "The end", &edited, found);
    let other = source.replace("The end is near, they said.", "An end is near, they said.");
    let edited = other.replace("expected", "foreseen");
    let found = "claim, exact: in the spring of that year. The end []";
    check(&other, "in the spring", "The end", &edited, found);
}

#[test]
fn the_words_of_a_long_passage_are_kept_even_when_it_is_lost() {
    let long = "A sentence of many words, or so it seemed to us then. ".repeat(9);
    let source = format!("Before.\n\n{long}\n\nAfter.");
    let desk = Desk::new();
    let open = |source: &str| desk.library().open(&paper(source), &Origin::Embedded);
    let mut shelf = opened(open(&source));
    let passage = over(&shelf, "A sentence", long.trim_end());
    shelf.highlight(passage, HighlightKind::Quote).unwrap();
    let shelf = opened(open("Something else."));
    let lost = &shelf.annotations()[0];
    assert_eq!(lost.found, Found::Lost);
    assert_eq!(lost.quotation(shelf.text()), long.trim_end());
}

#[test]
fn a_file_from_before_highlights_is_read_and_every_record_stays_as_it_was() {
    let desk = Desk::new();
    fs::write(desk.file(), BEFORE).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(shelf.take_notices(), []);
    assert_eq!(labels(&shelf), ["We asked forty readers what they keep."]);
    let names: Vec<_> = shelf.marks().iter().map(|mark| mark.found.name()).collect();
    assert_eq!(names, ["exact"]);
    assert_eq!(shelf.settings().columns, Some(60));
    assert!(shelf.place().is_some());
    let passage = over(&shelf, NOBODY, NOBODY);
    shelf.highlight(passage, HighlightKind::Evidence).unwrap();
    let file = fs::read_to_string(desk.file()).unwrap();
    for line in BEFORE.lines() {
        assert!(file.contains(line), "{line} is not in {file}");
    }
    // The last change comes first, and those of the old file after it.
    shelf.undo().unwrap();
    shelf.undo().unwrap();
    assert_eq!(shelf.bookmarks()[1].note, "gone");
}

#[test]
fn an_opcit_that_knows_no_highlights_finds_no_record_of_them_that_it_would_change() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let passage = over(&shelf, NOBODY, NOBODY);
    let id = shelf.highlight(passage, HighlightKind::Evidence).unwrap();
    shelf.remove(&[id]).unwrap();
    let file = fs::read_to_string(desk.file()).unwrap();
    // These are all the kinds that it takes for its own.
    let known = ["bookmark", "change", "mark"];
    for kind in known {
        assert!(!file.contains(&format!(r#""kind":"{kind}""#)), "{file}");
    }
}

#[test]
fn a_category_that_only_a_later_version_knows_stays_through_a_change() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let passage = over(&shelf, NOBODY, NOBODY);
    let id = shelf.highlight(passage, HighlightKind::Evidence).unwrap();
    let file = fs::read_to_string(desk.file()).unwrap();
    fs::write(desk.file(), file.replace("\"evidence\"", "\"method\"")).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(
        passages(&shelf),
        ["method, exact: Nobody keeps a line number []"]
    );
    shelf.annotate(&id, "mine").unwrap();
    assert_eq!(
        passages(&desk.shelf()),
        ["method, exact: Nobody keeps a line number [mine]"]
    );
}

#[test]
fn two_programs_that_highlight_at_once_keep_both() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.shelf(), desk.shelf());
    let passage = over(&one, NOBODY, NOBODY);
    one.highlight(passage, HighlightKind::Claim).unwrap();
    let passage = over(&other, "Some keep", "at all");
    other.highlight(passage, HighlightKind::Quote).unwrap();
    assert_eq!(passages(&desk.shelf()).len(), 2);
    assert!(one.refresh());
    assert_eq!(passages(&one), passages(&other));
}

#[test]
fn a_passage_that_ends_a_word_into_a_block_is_unsure_where_another_begins_with_that_word() {
    let one = "Nobody asked.\n\nborder market question institution";
    let other = "the result of that was negative\n\nEvidence of it is elsewhere.";
    let source = format!("{one}\n\n{other}");
    let found = "claim, unsure: market question institution the []";
    let edited = format!("{one}\n\nthe power over much more than trade\n\n{other}");
    check(&source, "market", "the", &edited, found);
    let edited = format!("Before.\n\n{source}");
    check(
        &source,
        "market",
        "the",
        &edited,
        &found.replace("unsure", "exact"),
    );
    let long = "A sentence of many words. ".repeat(20);
    let edited = edited.replace("question", &long);
    check(
        &source.replace("question", &long),
        "market",
        "institution the",
        &edited.replace(
            "the result",
            "the power over much more than trade\n\nthe result",
        ),
        &format!("claim, unsure: market {long}institution the []"),
    );
}

#[test]
fn a_passage_that_ends_in_a_block_that_repeats_itself_is_unsure_where_that_was_parted() {
    let year = "the parties shall meet once a year";
    let before = "Nobody asked whether it was so.\n\nborder evidence for";
    let source = format!("{before}\n\n{year} {year}");
    let edited = format!("{before}\n\n{year}\n\n{year}\n\n{year}");
    let found = "claim, unsure: evidence for the parties []";
    check(&source, "evidence", "the parties", &edited, found);
}

#[test]
fn of_words_that_stand_there_several_times_none_may_be_gone_beside_a_passage() {
    let source = "# On treaties\n\nThere, as he said more than once, it was a treaty treaty treaty on trade as such such such, he said.";
    let found = "claim, exact: treaty on trade as such []";
    let check = |edited: &str, found: &str| {
        check(source, "treaty on", "as such", edited, found);
    };
    check(&source.replace("There", "Then"), found);
    let unsure = found.replace("exact", "unsure");
    check(&source.replace("treaty treaty ", "treaty "), &unsure);
    check(&source.replace("such such,", "such,"), &unsure);
}

#[test]
fn a_passage_that_was_parted_is_unsure_where_another_block_begins_as_the_rest_of_it() {
    let one = "Nobody asked, and there they were: border market question institution";
    let other = "the result of that was negative, he said.";
    let source = format!("Before.\n\n{one} {other}\n\nEvidence of it is elsewhere.");
    let found = "claim, exact: market question institution the []";
    let parted = source.replace("institution the", "institution\n\nthe");
    check(&source, "market", "the", &parted, found);
    let edited = parted.replace("\n\nthe", "\n\nthe power over much more than trade\n\nthe");
    let unsure = found.replace("exact", "unsure");
    check(&source, "market", "the", &edited, &unsure);
}

#[test]
fn a_passage_of_sentences_that_repeat_themselves_all_around_is_unsure_where_they_are_parted() {
    let source = "the parties shall meet once a year the parties shall meet once a year";
    let edited = "meet once a year\n\nthe parties shall meet once a year the parties shall";
    let found = "claim, unsure: shall meet once a year the parties []";
    check(source, "shall", "the parties", edited, found);
}

#[test]
fn a_passage_that_ends_with_a_block_that_repeats_itself_is_unsure_where_that_was_parted() {
    let year = "the parties shall meet once a year";
    let before = "Nobody asked whether it was so.\n\nremains of evidence, paper, scholar";
    let source = format!("{before}\n\n{year} {year}");
    let edited = format!("{before}\n\n{year}\n\n{year}");
    let last = format!("{year} {year}");
    let found = format!("claim, unsure: remains of evidence, paper, scholar {last} []");
    let more = format!("{edited}\n\nMore.");
    check(&source, "remains", &last, &more, &found);
}
