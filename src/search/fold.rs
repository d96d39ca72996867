//! Folding: text without the differences that a reader does not type, and the way back.
//!
//! Folded text has no diacritics, ligatures, curly quotes or long dashes, one space for every run
//! of spaces and line ends, and nothing that is not to be seen; composed and decomposed letters
//! are the same. Case is kept: whether it counts is the query's business.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

/// Folded text, and where its offsets part from those of its source. A line of it is a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Fold {
    text: String,
    /// In order, without overlap. Between two of them both texts run on byte for byte.
    changes: Vec<Change>,
    /// Bytes of the source that are folded.
    source_end: usize,
}

/// Characters of the source that are found as a whole, and what they fold to.
#[derive(Debug, Clone)]
struct Change {
    folded: Range<usize>,
    source: Range<usize>,
}

/// Finds the way back to the source. It goes forward only, so that many matches are quick.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    changes: &'a [Change],
    /// How many changes start at the last byte that was located or before.
    passed: usize,
}

/// A stretch of folded text that stands for whole characters of the source.
#[derive(Debug, Clone)]
pub(super) struct Located {
    pub(super) source: Range<usize>,
    /// Where the folded text goes on after those characters.
    pub(super) folded_end: usize,
}

/// The folded text alone.
pub(super) fn folded(source: &str) -> String {
    let mut fold = Fold::default();
    fold.push_str(source);
    fold.text
}

impl Fold {
    /// The folded text. No line end of a source is in it, only those between blocks.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A fold of nothing yet, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Folds the next part of the source, in time that grows with its length.
    pub(super) fn push_str(&mut self, source: &str) {
        let mut rest = source;
        loop {
            let plain_bytes = plain_bytes(rest, self.text.ends_with(' '));
            let (plain, special) = rest.split_at(plain_bytes);
            self.text.push_str(plain);
            self.source_end += plain.len();
            let mut chars = special.chars();
            let Some(char) = chars.next() else { break };
            self.push(char);
            rest = chars.as_str();
        }
    }

    /// Ends a block, which takes one byte in the source too.
    pub(super) fn end_block(&mut self) {
        self.text.push('\n');
        self.source_end += 1;
    }

    /// Leaves out so many bytes of the source.
    pub(super) fn skip(&mut self, bytes: usize) {
        let start = self.source_end;
        self.source_end += bytes;
        self.change(self.text.len(), start..self.source_end);
    }

    /// The way back to the source from a place in the folded text on.
    pub(super) fn locator(&self, from: usize) -> Locator<'_> {
        Locator {
            changes: &self.changes,
            passed: self.changes.partition_point(|it| it.folded.start < from),
        }
    }

    fn push(&mut self, char: char) {
        let source = self.source_end..self.source_end + char.len_utf8();
        self.source_end = source.end;
        if is_invisible(char) {
            let source = self.with_hidden(source);
            self.change(self.text.len(), source);
        } else if is_diacritic(char) || (char.is_whitespace() && self.text.ends_with(' ')) {
            self.absorb(source);
        } else if let Some((last, whole)) = composed(&self.text, char) {
            self.absorb(source);
            self.replace_last(last, whole);
        } else {
            let start = self.text.len();
            expand(char, &mut self.text);
            let expansion = self.text.get(start..).unwrap_or_default();
            // A lone character of the same length leaves the offsets as they are.
            if expansion.len() != source.len() || expansion.chars().nth(1).is_some() {
                self.change(start, source);
            }
        }
    }

    fn change(&mut self, folded_start: usize, source: Range<usize>) {
        self.changes.push(Change {
            folded: folded_start..self.text.len(),
            source,
        });
    }

    /// Makes a part of the source, with what cannot be seen before it, belong to the character
    /// before that.
    fn absorb(&mut self, source: Range<usize>) {
        let source = self.with_hidden(source);
        if let Some(last) = self.changes.last_mut()
            && last.source.end == source.start
        {
            last.source.end = source.end;
            return;
        }
        // No change ends here, so the character before is as long in the source as it is folded.
        let bytes = self.text.chars().next_back().map_or(0, char::len_utf8);
        self.change(self.text.len() - bytes, source.start - bytes..source.end);
    }

    /// A part of the source with what cannot be seen before it, of which no change is left.
    fn with_hidden(&mut self, source: Range<usize>) -> Range<usize> {
        let is_before =
            |last: &mut Change| last.folded.is_empty() && last.source.end == source.start;
        match self.changes.pop_if(is_before) {
            Some(hidden) => hidden.source.start..source.end,
            None => source,
        }
    }

    /// Replaces the last character, which a change ends with.
    fn replace_last(&mut self, last: char, whole: char) {
        self.text.truncate(self.text.len() - last.len_utf8());
        self.text.push(whole);
        if let Some(change) = self.changes.last_mut() {
            change.folded.end = self.text.len();
        }
    }
}

impl Locator<'_> {
    /// The characters of the source that a stretch of folded text was made of: all of a character
    /// even if the stretch holds only a part of what it folds to. The stretch is not empty, and
    /// starts where the one before ended or later.
    pub(super) fn locate(&mut self, folded: &Range<usize>) -> Located {
        let first = self.whole(folded.start);
        let last = self.whole(folded.end.saturating_sub(1));
        Located {
            source: first.source.start..last.source.end,
            folded_end: last.folded_end,
        }
    }

    /// The change that this byte of the folded text belongs to; else the byte itself.
    fn whole(&mut self, byte: usize) -> Located {
        while let Some(next) = self.changes.get(self.passed)
            && next.folded.start <= byte
        {
            self.passed += 1;
        }
        let before = self.passed.checked_sub(1);
        let before = before.and_then(|nth| self.changes.get(nth));
        match before {
            Some(change) if byte < change.folded.end => Located {
                source: change.source.clone(),
                folded_end: change.folded.end,
            },
            _ => {
                let (folded, source) = before.map_or((0, 0), |it| (it.folded.end, it.source.end));
                let start = source + (byte - folded);
                Located {
                    source: start..start + 1,
                    folded_end: byte + 1,
                }
            }
        }
    }
}

/// How many bytes at the head of the text fold to themselves, as most of an English text does:
/// ASCII, with single spaces.
fn plain_bytes(text: &str, mut after_space: bool) -> usize {
    let is_special = |byte: u8| {
        let is_space = byte == b' ';
        let doubled = is_space && after_space;
        after_space = is_space;
        doubled || !(b' '..=b'~').contains(&byte)
    };
    text.bytes().position(is_special).unwrap_or(text.len())
}

/// Appends what a visible character folds to: its compatibility decomposition (NFKD), of which
/// each part goes by the table, without diacritics, and composed again as far as that goes.
fn expand(char: char, folded: &mut String) {
    if let Some(known) = tabled(char) {
        folded.push_str(known);
        return;
    }
    let start = folded.len();
    decompose_compatible(char, |part| match tabled(part) {
        Some(known) => folded.push_str(known),
        None if is_diacritic(part) => {}
        None => push_composed(folded, start, part),
    });
    // A spacing accent decomposes to a space with a diacritic, but is no space to a reader.
    if folded
        .get(start..)
        .is_none_or(|it| it.is_empty() || it.starts_with(' '))
    {
        folded.truncate(start);
        folded.push(char);
    }
}

/// Appends a character, or makes one of it and the last, if that stands at `start` or after.
fn push_composed(folded: &mut String, start: usize, part: char) {
    match composed(folded.get(start..).unwrap_or_default(), part) {
        Some((last, whole)) => {
            folded.truncate(folded.len() - last.len_utf8());
            folded.push(whole);
        }
        None => folded.push(part),
    }
}

/// The last character of a text, and what it becomes with this one, if the two make one letter.
fn composed(text: &str, char: char) -> Option<(char, char)> {
    let last = text.chars().next_back()?;
    Some((last, compose(last, char)?))
}

/// What a character folds to where NFKD does not say so.
fn tabled(char: char) -> Option<&'static str> {
    Some(match char {
        char if char.is_whitespace() => " ",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | 'ʼ' | 'ʹ' => "'",
        '‐'..='―' | '−' | '⸺' | '⸻' | '﹘' | '﹣' | '－' => "-",
        '⁄' | '∕' => "/",
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "TH",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Soft hyphens, joiners, directional marks, variation selectors and what else has no glyph.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Marks above and below a letter, which readers leave out when they type: by their canonical
/// combining class the points of Hebrew and Arabic (10 to 36) and the accents (200 and up). Marks
/// that make another sign (the bar of ≠, the voicing of kana, the vowels of India) have other
/// classes and stay.
fn is_diacritic(char: char) -> bool {
    char >= '\u{300}' && matches!(canonical_combining_class(char), 10..=36 | 200..)
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
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
        assert_eq!(fold.text(), expected);
        let start = expected.find(stretch).unwrap();
        let located = fold.locator(start).locate(&(start..start + stretch.len()));
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
        assert_eq!(fold.text(), "ein Spass \n\n fur\n");
        let source = "ein\nSpaß \nTitel\n\u{301} für\n";
        for (stretch, found) in [(6..9, "aß"), (4..9, "Spaß"), (13..15, "fü")] {
            assert_eq!(&source[fold.locator(0).locate(&stretch).source], found);
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
            let text = whole.text();
            let bounds: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            let (one, other) = (*ends.0.get(&bounds), *ends.1.get(&bounds));
            let stretch = one.min(other)..one.max(other);
            if stretch.is_empty() {
                return Ok(());
            }
            let located = whole.locator(stretch.start).locate(&stretch);
            let passage = source.get(located.source.clone());
            prop_assert!(passage.is_some(), "{:?} is not whole characters", located.source);
            let again = folded(passage.unwrap());
            prop_assert!(again.contains(&text[stretch.clone()]), "{again:?} lacks {:?}", &text[stretch]);
            prop_assert!(located.folded_end >= stretch.end);
            prop_assert!(text.is_char_boundary(located.folded_end));
        }

        #[test]
        fn neighbouring_stretches_stand_for_passages_that_do_not_overlap(source in texts()) {
            let whole = fold(&source);
            let text = whole.text();
            let mut locator = whole.locator(0);
            let (mut at, mut end) = (0, 0);
            while let Some(char) = text[at..].chars().next() {
                let located = locator.locate(&(at..at + char.len_utf8()));
                prop_assert!(located.source.start >= end && !located.source.is_empty());
                end = located.source.end;
                at = located.folded_end;
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
}
