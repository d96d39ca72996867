#![allow(clippy::string_slice)]

use super::*;
use proptest::{prelude::*, sample::Index};

fn fold(source: &str) -> Fold {
    let mut fold = Fold::default();
    fold.push_str(source);
    fold
}

/// Checks what a text folds to, and what of it the folded stretch stands for.
#[track_caller]
fn check(source: &str, expected: &str, stretch: &str, found: &str) {
    let fold = fold(source);
    assert_eq!(fold.flat().text(), expected);
    let start = expected.find(stretch).unwrap();
    let located = fold
        .flat()
        .locator(start)
        .locate(&(start..start + stretch.len()));
    assert_eq!(&source[located.source], found);
}

#[test]
fn plain_english_stands_as_it_is() {
    let source = "The affordance, as Gibson has it (1979): \"what it offers\".";
    check(source, source, "Gibson has", "Gibson has");
    assert_eq!(folded(""), "");
}

#[test]
fn letters_of_other_scripts_stand_as_they_are() {
    let source = "Слово и дело, 人工智能 合作 🇺🇸 한국어";
    check(source, source, "дело, 人工", "дело, 人工");
}

#[test]
fn blocks_are_lines_and_what_is_left_out_keeps_its_room() {
    let mut fold = Fold::default();
    for (text, is_searched) in [
        ("ein\nSpaß ", true),
        ("Titel", false),
        ("\u{301} für", true),
    ] {
        if is_searched {
            fold.push_str(text);
        } else {
            fold.skip(text.len());
        }
        fold.end_block();
    }
    assert_eq!(fold.flat().text(), "ein Spass \n\n fur\n");
    let source = "ein\nSpaß \nTitel\n\u{301} für\n";
    for (stretch, found) in [(6..9, "aß"), (4..9, "Spaß"), (13..15, "fü")] {
        assert_eq!(
            &source[fold.flat().locator(0).locate(&stretch).source],
            found
        );
    }
}

#[test]
fn sharp_s_is_two_letters_and_found_whole_by_either() {
    check(
        "Straße heißt",
        "Strasse heisst",
        "strasse".get(1..5).unwrap(),
        "traß",
    );
    check("Straße", "Strasse", "se", "ße");
    check("STRAẞE", "STRASSE", "RAS", "RAẞ");
}

#[test]
fn letters_with_strokes_and_joined_letters_are_plain_ones() {
    check("Æsop, œuvre, Łódź", "AEsop, oeuvre, Lodz", "oeuv", "œuv");
    check("Æsop", "AEsop", "Es", "Æs");
    check("Søren Đoković", "Soren Dokovic", "Dokovic", "Đoković");
    check("Guðmundur Þór", "Gudmundur THor", "Hor", "Þór");
}

#[test]
fn what_cannot_be_seen_parts_no_letters_that_would_be_one() {
    let jamo = "a\u{1100}\u{200d}\u{1161}";
    check(jamo, "a가", "가", "\u{1100}\u{200d}\u{1161}");
    assert_eq!(folded(&folded(jamo)), folded(jamo));
    check("か\u{ad}\u{3099}", "が", "が", "か\u{ad}\u{3099}");
    check("e\u{ad}\u{301}", "e", "e", "e\u{ad}\u{301}");
}

#[test]
fn turkish_i_is_found_with_and_without_its_dot() {
    check("İstanbul", "Istanbul", "Istan", "İstan");
    check("I\u{307}stanbul", "Istanbul", "I", "I\u{307}");
    check("ılık", "ilik", "lik", "lık");
}

#[test]
fn ligatures_come_apart_and_are_found_whole() {
    check("the ﬁrst eﬀect", "the first effect", "irst", "ﬁrst");
    check("eﬃcient", "efficient", "fi", "ﬃ");
}

#[test]
fn an_accent_is_left_out_however_it_is_written() {
    check("café noir", "cafe noir", "fe n", "fé n");
    check("cafe\u{301} noir", "cafe noir", "cafe", "cafe\u{301}");
    check("cafe\u{301} noir", "cafe noir", " noir", " noir");
    check("Việt Vie\u{323}\u{302}t", "Viet Viet", "Viet V", "Việt V");
    check("Ἀθῆναι", "Αθηναι", "θην", "θῆν");
    check("\u{301}e", "e", "e", "e");
}

#[test]
fn marks_that_make_another_letter_stay() {
    check("がかか\u{3099}", "がかが", "かが", "かか\u{3099}");
    check("a ≠ b =\u{338} c", "a ≠ b ≠ c", "≠ c", "=\u{338} c");
    check("हिन्दी", "हिन्दी", "न्दी", "न्दी");
}

#[test]
fn korean_syllables_are_whole_however_they_are_written() {
    check(
        "한국 \u{1112}\u{1161}\u{11AB}국",
        "한국 한국",
        " 한",
        " \u{1112}\u{1161}\u{11AB}",
    );
}

#[test]
fn final_sigma_is_a_sigma() {
    check("ὁ λόγος", "ο λογοσ", "λογοσ", "λόγος");
}

#[test]
fn curly_quotes_and_long_dashes_are_straight_and_short() {
    check(
        "“so” – ‘it’ — «is»",
        "\"so\" - 'it' - \"is\"",
        "'it' -",
        "‘it’ —",
    );
    check("don’t", "don't", "n't", "n’t");
    check(
        "non\u{2011}human −1",
        "non-human -1",
        "-human -",
        "\u{2011}human −",
    );
}

#[test]
fn an_ellipsis_is_three_dots_and_found_whole_by_one() {
    check("wait… what", "wait... what", "..", "…");
    check("wait… what", "wait... what", ". w", "… w");
}

#[test]
fn all_spaces_and_line_ends_are_one_space() {
    check(
        "p.\u{A0}12\u{2009}f.",
        "p. 12 f.",
        ". 12 f",
        ".\u{A0}12\u{2009}f",
    );
    check(
        "one  two\n  three",
        "one two three",
        "one two t",
        "one  two\n  t",
    );
    check("a \n\t b", "a b", " ", " \n\t ");
    check("\n\nb", " b", "b", "b");
    check("cell\t\tcell", "cell cell", "l c", "l\t\tc");
    check("全\u{3000}角，ＡＢＣ", "全 角,ABC", "角,A", "角，Ａ");
}

#[test]
fn what_cannot_be_seen_is_passed_over_but_not_taken_along() {
    check(
        "af\u{AD}for\u{AD}dance",
        "affordance",
        "afford",
        "af\u{AD}for\u{AD}d",
    );
    check("af\u{AD}for\u{AD}dance", "affordance", "for", "for");
    check("a\u{200B}b\u{FEFF}", "ab", "b", "b");
    check("a\u{AD}é", "ae", "e", "é");
    check("e\u{AD}\u{301}x", "ex", "e", "e\u{AD}\u{301}");
}

#[test]
fn emoji_are_found_without_their_joiners_and_selectors() {
    check("love ❤\u{FE0F}!", "love ❤!", "❤!", "❤\u{FE0F}!");
    check("👩\u{200D}🚀 up", "👩🚀 up", "👩🚀", "👩\u{200D}🚀");
}

#[test]
fn an_accent_that_stands_alone_is_no_space() {
    check("a¨b", "a¨b", "¨", "¨");
    check("a´b", "a'b", "'", "´");
}

#[test]
fn figures_and_signs_are_what_they_stand_for() {
    check("x² ½ ™ № 3", "x2 1/2 TM No 3", "/2", "½");
}

/// Text of the kind that folding has to do with.
fn texts() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        "[a-eA-E ]{1,6}",
        "[ßæİıſςΣŉﬁﬃéàẞÆ…½ﷺ²]",
        "[\u{301}\u{323}\u{3099}\u{338}\u{AD}\u{200B}\u{200D}\u{FE0F}]",
        "[ \n\t\u{A0}\u{2009}\u{3000}]{1,3}",
        "[“”‘’–—−\"'-]",
        "[がか한국가각人工👩🚀🇺🇸абй]",
        "[\u{1100}\u{1161}\u{11A8}]",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(fragment, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_stretch_of_folded_text_stands_for_whole_characters_that_hold_it(
        source in texts(), ends: (Index, Index),
    ) {
        let whole = fold(&source);
        let text = whole.flat().text();
        let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let (one, other) = (*ends.0.get(&bounds), *ends.1.get(&bounds));
        let stretch = one.min(other)..one.max(other);
        if stretch.is_empty() {
            return Ok(());
        }
        let located = whole.flat().locator(stretch.start).locate(&stretch);
        let passage = source.get(located.source.clone());
        prop_assert!(passage.is_some(), "{:?} is not whole characters", located.source);
        let again = folded(passage.unwrap());
        prop_assert!(again.contains(&text[stretch.clone()]), "{again:?} lacks {:?}", &text[stretch]);
        prop_assert!(located.flat_end >= stretch.end);
        prop_assert!(text.is_char_boundary(located.flat_end));
    }

    #[test]
    fn neighbouring_stretches_stand_for_passages_that_do_not_overlap(source in texts()) {
        let whole = fold(&source);
        let text = whole.flat().text();
        let mut locator = whole.flat().locator(0);
        let (mut at, mut end) = (0, 0);
        while let Some(char) = text[at..].chars().next() {
            let located = locator.locate(&(at..at + char.len_utf8()));
            prop_assert!(located.source.start >= end && !located.source.is_empty());
            end = located.source.end;
            at = located.flat_end;
        }
        prop_assert!(end <= source.len());
    }

    #[test]
    fn folding_what_is_folded_changes_nothing(source in texts()) {
        let once = folded(&source);
        prop_assert_eq!(folded(&once), once);
    }

    #[test]
    fn a_run_of_spaces_folds_to_one(source in texts()) {
        prop_assert!(!folded(&source).contains("  "));
    }
}

#[test]
fn dashes_are_found_however_many_hyphens_they_were_typed_as() {
    check(
        "He wrote -- and",
        "He wrote - and",
        "wrote - and",
        "wrote -- and",
    );
    check("then---no", "then-no", "n-n", "n---n");
    check("then—no", "then-no", "n-n", "n—n");
    check("a–-b", "a-b", "-", "–-");
}

#[test]
fn a_fixed_space_inside_of_guillemets_is_no_part_of_the_words() {
    let source = "le «\u{a0}mot\u{202f}» dit";
    check(source, "le \"mot\" dit", "\"mot\"", "«\u{a0}mot\u{202f}»");
    check(source, "le \"mot\" dit", "t\" d", "t\u{202f}» d");
    check("a »b« c", "a \"b\" c", " \"b\" ", " »b« ");
}
