//! What becomes of a place when the text around it is changed in this way or that.

use super::*;
use crate::formats::markdown::parse;

fn text(source: &str) -> AnchorText {
    AnchorText::new(&parse(source).paper)
}

/// Sets a bookmark where `words` begin, changes the text, and says what is found.
#[track_caller]
fn check(before: &str, words: &str, after: &str, found: &str) {
    let (old, new) = (text(before), text(after));
    let place = old.words().find(words).expect("words of the text");
    let anchor = Anchor::at(&old, old.position_of(place));
    let result = find(&anchor, &new);
    let shown = match result.passage() {
        Some(passage) => {
            let (start, end) = (new.place_of(passage.start), new.place_of(passage.end));
            format!("{}: {}", result.name(), new.slice(start, end))
        }
        None => result.name().to_owned(),
    };
    assert_eq!(shown, found);
}

const PAPER: &str = "# Method\n\nWe asked forty readers what they keep.\n\n\
    Nobody keeps a line number for long.\n\n# Findings\n\n\
    Most of them keep the words and forget the page.";

#[test]
fn the_same_text_gives_the_same_place() {
    check(
        PAPER,
        "Nobody",
        PAPER,
        "exact: Nobody keeps a line number for long.",
    );
}

#[test]
fn words_that_were_moved_are_found_where_they_are() {
    check(
        PAPER,
        "Nobody",
        "# Findings\n\nNobody keeps a line number for long.\n\n# Method\n\nNothing else is left.",
        "moved: Nobody keeps a line number for long.",
    );
}

#[test]
fn words_with_a_mistake_mended_are_found() {
    check(
        PAPER,
        "Nobody",
        &PAPER.replace("line number", "page number"),
        "moved: Nobody keeps a page number for long.",
    );
}

#[test]
fn words_in_an_untouched_part_of_a_changed_paper_are_exact() {
    let after = format!("{PAPER}\n\nA postscript.");
    check(
        PAPER,
        "We asked",
        &after,
        "exact: We asked forty readers what they keep.",
    );
}

/// A paragraph whose words are more than an anchor keeps.
const LONG: &str = "Since the border levy was announced its distributive effects are contested, \
    and in the talks that led to it the least developed countries were not heard. \
    What was said of it since has changed that, and nothing speaks for changing it now.";

/// The paragraph between others.
fn paper_of(paragraph: &str) -> String {
    format!(
        "# Method\n\nWe asked forty readers.\n\n{paragraph}\n\nSo much for that.\n\n\
         # Findings\n\nMost of them keep the words."
    )
}

#[test]
fn words_of_which_much_has_changed_are_unsure_where_they_stood() {
    let one = "effects on income are hotly contested";
    let once = LONG.replace("distributive effects are contested", one);
    let found = "moved: Since the border levy was announced its effects on income are hotly \
        contested, and in the talks that led to it the least developed countries were not heard. What";
    check(&paper_of(LONG), "Since", &paper_of(&once), found);
    let other = "the poorest countries were hardly heard";
    let twice = once.replace("the least developed countries were not heard", other);
    let found = "unsure: Since the border levy was announced its effects on income are hotly \
        contested, and in the talks that led to it the poorest countries were hardly heard. What";
    check(&paper_of(LONG), "Since", &paper_of(&twice), found);
}

#[test]
fn words_of_which_much_has_changed_are_not_looked_for_elsewhere() {
    let changed = "Since this levy was first announced its effects on income are hotly contested, \
        while in the talks that led to it poorer countries were hardly heard. Nothing.";
    let elsewhere = format!("{}\n\n{changed}", paper_of("Quite another matter."));
    let elsewhere = elsewhere.replace("So much", "As much");
    check(&paper_of(LONG), "Since", &elsewhere, "lost");
    let twins = paper_of(&format!("{changed}\n\n{changed}"));
    check(&paper_of(LONG), "Since", &twins, "lost");
}

#[test]
fn a_paragraph_that_has_changed_after_the_words_kept_is_not_exact() {
    let after = paper_of(&LONG.replace("nothing speaks", "much speaks"));
    let (old, new) = (text(&paper_of(LONG)), text(&after));
    let place = old.words().find("Since").unwrap();
    let anchor = Anchor::at(&old, old.position_of(place));
    assert_eq!(find(&anchor, &new).name(), "moved");
    let unchanged = text(&format!("{}\n\nA postscript.", paper_of(LONG)));
    assert_eq!(find(&anchor, &unchanged).name(), "exact");
    // An anchor of an older opcit knows nothing of the rest.
    let older = Anchor {
        to_the_end: None,
        ..anchor
    };
    assert_eq!(find(&older, &new).name(), "exact");
}

#[test]
fn words_that_were_taken_out_are_lost() {
    let after = PAPER.replace("Nobody keeps a line number for long.", "");
    check(PAPER, "Nobody", &after, "lost");
}

#[test]
fn a_twin_is_not_taken_for_the_words_that_went() {
    let before =
        "Article one.\n\nThe parties shall meet.\n\nArticle two.\n\nThe parties shall meet.";
    let after = "Article two.\n\nThe parties shall meet.";
    check(
        before,
        "The parties",
        after,
        "unsure: The parties shall meet.",
    );
}

#[test]
fn a_near_twin_is_not_taken_for_the_words_that_went() {
    let before = "Intro.\n\nThe result of test 12 was negative.\n\n\
        Some other words stand between.\n\nThe result of test 13 was negative.\n\nOutro.";
    let after = "Intro.\n\nSome other words stand between.\n\n\
        The result of test 13 was negative.\n\nOutro.";
    check(
        before,
        "The result of test 12",
        after,
        "unsure: The result of test 13 was negative.",
    );
}

#[test]
fn a_copy_elsewhere_is_not_taken_for_the_words_that_stayed() {
    let after = format!("Nobody keeps a line number for long.\n\nSo they say.\n\n{PAPER}");
    let new = text(&after);
    let old = text(PAPER);
    let place = old.words().find("Nobody").expect("words of the text");
    let found = find(&Anchor::at(&old, old.position_of(place)), &new);
    let passage = found.passage().expect("it is there");
    assert_eq!(
        Some(new.place_of(passage.start)),
        new.words().rfind("Nobody")
    );
    assert_eq!(found.name(), "exact");
}

#[test]
fn sentences_that_repeat_themselves_are_not_believed_without_their_surroundings() {
    let meet = "The parties shall meet once a year.";
    let before = format!("{meet} {meet} {meet}\n\nA word between.\n\n{meet} {meet}");
    // The first is written anew, and the others come to stand together.
    let after = format!("Another article altogether.\n\n{meet} {meet}\n\n{meet}\n\nAn end.");
    let found = format!("unsure: {meet} {meet} {meet}");
    check(&before, "The parties", &after, &found);
}

#[test]
fn a_short_heading_is_only_found_beside_what_stood_beside_it() {
    let before = "# Results\n\nWe found what we had expected all along.\n\n# Thanks\n\nTo all.";
    check(
        before,
        "Results",
        &before.replace("# Thanks", "# Many Thanks"),
        "exact: Results",
    );
    let gone = "# Thanks\n\nTo all. Results will be sent to those who ask for them.";
    check(before, "Results", gone, "unsure: Results");
}

#[test]
fn words_put_together_from_two_blocks_are_only_believed_to_the_letter() {
    let before = "# further remarks\n\nremains of the day and of the evening after it.\n\nThe end.";
    let gone = "They export further\n\nremains of the day and of the evening after it.\n\nThe end.";
    check(before, "further remarks", gone, "unsure: further remains");
    let paragraph =
        "# One\n\nA sentence that will be parted. And what comes after it, on its own.\n\nEnd.";
    let parted = paragraph.replace("parted. And", "parted.\n\nAnd");
    let found = "exact: A sentence that will be parted. And what comes after it, on its own.";
    let after = format!("{parted}\n\nA postscript.");
    check(paragraph, "A sentence", &after, found);
}

#[test]
fn repeated_sentences_that_come_to_touch_are_not_those_that_went() {
    let meet = "The parties shall meet once a year.";
    let before = format!("An opening.\n\n{meet} {meet} {meet}\n\nA close.\n\n{meet} {meet}");
    let after = format!("An opening.\n\n{meet}\n\n{meet} {meet}\n\nA new close.");
    let found = format!("unsure: {meet} {meet} {meet}");
    check(&before, "The parties", &after, &found);
}

#[test]
fn sentences_that_repeat_themselves_are_not_put_together_from_several_blocks() {
    let meet = "The parties shall meet once a year.";
    let before = format!("An opening.\n\n{meet} {meet} {meet}\n\n{meet}\n\nA word between.");
    // The three are written anew, and the others copied until they look like them.
    let after = format!("Another opening.\n\n{meet}\n\n{meet}\n\n{meet}\n\nA new word.");
    let found = format!("unsure: {meet} {meet} {meet}");
    check(&before, "The parties", &after, &found);
}

#[test]
fn words_that_were_written_anew_are_found_from_the_start_of_one() {
    let before = "Of the result nothing is known as yet.\n\n# further remarks\n\nOf these there are none, and there were none before.";
    let after = before.replace("further", "partner");
    check(before, "further", &after, "moved: partner remarks");
}

#[test]
fn an_anchor_of_another_program_is_never_sure_of_itself() {
    let anchor = Anchor {
        quote: "Nobody keeps a line number for long.".to_owned(),
        ..Anchor::default()
    };
    assert_eq!(find(&anchor, &text(PAPER)).name(), "unsure");
}

#[test]
fn an_anchor_of_absurd_size_is_looked_for_in_bounds() {
    let anchor = Anchor {
        quote: "word ".repeat(100_000),
        prefix: "before ".repeat(100_000),
        suffix: "after ".repeat(100_000),
        start: usize::MAX,
        text: text(PAPER).hash().to_owned(),
        ..Anchor::default()
    };
    assert_eq!(find(&anchor, &text(PAPER)), Found::Lost);
}

/// Paragraphs that are like each other but for a letter.
fn alike(changed: &[(usize, &str)]) -> String {
    let paragraph = |number: usize| {
        let change = changed.iter().find(|(changed, _)| *changed == number);
        match change {
            Some((_, words)) => format!("{words}\n\n"),
            None => format!("Paragraph number {number} here.\n\n"),
        }
    };
    (1..=9).map(paragraph).collect()
}

#[test]
fn unchanged_words_between_unchanged_neighbours_are_exact_however_alike_the_rest_is() {
    let old = AnchorText::new(&parse(&alike(&[])).paper);
    let new = AnchorText::new(&parse(&alike(&[(4, "Something else stands here now.")])).paper);
    let at = |number: usize, text: &AnchorText| {
        text.words().find(&format!("number {number}")).unwrap() - 10
    };
    for number in [1, 2, 6, 7, 8, 9] {
        let anchor = Anchor::at(&old, old.position_of(at(number, &old)));
        let found = find(&anchor, &new);
        assert_eq!(found.name(), "exact", "{number}");
        let start = found.passage().unwrap().start;
        assert_eq!(new.place_of(start), at(number, &new), "{number}");
    }
}

#[test]
fn words_that_stood_twice_are_not_exact_where_one_is_left() {
    let source = "One and the same.\n\nBetween them.\n\nOne and the same.\n\nThe end.";
    let old = AnchorText::new(&parse(source).paper);
    let new = AnchorText::new(&parse("Between them.\n\nOne and the same.\n\nThe end.").paper);
    let anchor = Anchor::at(&old, old.position_of(0));
    assert_ne!(find(&anchor, &new).name(), "exact");
}

/// A paper of so many paragraphs, all much alike.
fn long(paragraphs: usize) -> AnchorText {
    let paragraphs = (0..paragraphs).map(|number| format!("{}\n\n", words(number)));
    text(&paragraphs.collect::<String>())
}

fn words(number: usize) -> String {
    format!("Paragraph number {number} of this paper has some words of its own.")
}

/// Looks for every paragraph of a paper of so many, by its words alone, and returns what that took.
fn steps_to_find_all(paragraphs: usize) -> usize {
    let text = long(paragraphs);
    let effort = Effort::new();
    for number in 0..paragraphs {
        let quote = words(number);
        let bare = Anchor {
            quote,
            ..Anchor::default()
        };
        let found = find_within(&bare, &text, &effort);
        let start = text.place_of(found.passage().unwrap().start);
        assert!(text.words().get(start..).unwrap().starts_with(&bare.quote));
    }
    Effort::MAX_STEPS - effort.left.get()
}

#[test]
fn many_bookmarks_take_no_more_for_each_in_a_longer_paper() {
    let (few, many) = (steps_to_find_all(1_000), steps_to_find_all(8_000));
    assert!(many < few * 8 * 2, "{few} steps, then {many}");
    assert!(many < 8_000 * 1_000, "{many} steps");
}

#[test]
fn words_that_there_is_no_time_to_look_for_are_unsure_not_lost() {
    let text = long(100);
    let anchor = Anchor {
        quote: words(50),
        ..Anchor::default()
    };
    assert_eq!(
        find_within(&anchor, &text, &Effort::with(10)).name(),
        "unsure"
    );
    assert_eq!(find(&anchor, &text).name(), "unsure");
}

#[test]
fn of_many_alike_the_one_in_its_old_surroundings_is_found_among_many_bookmarks() {
    let same = "The same words again.\n\n";
    let source = |before: &str| {
        format!(
            "{before}{}Here is the middle.\n\n{}",
            same.repeat(40),
            same.repeat(40)
        )
    };
    let (old, new) = (text(&source("")), text(&source("New words.\n\n")));
    let place = old.words().find("Here").unwrap() - "The same words again. ".len();
    let anchor = Anchor::at(&old, old.position_of(place));
    let effort = Effort::new();
    let all: Vec<Found> = (0..40)
        .map(|_| find_within(&anchor, &new, &effort))
        .collect();
    assert!(all.iter().all(|found| *found == find(&anchor, &new)));
}
