use proptest::prelude::*;

use super::*;

/// Checks where a text is cut, `|` standing between two sentences.
#[track_caller]
fn check(expected: &str) {
    let text = expected.replace('|', "");
    let found: Vec<&str> = sentences(&text)
        .into_iter()
        .map(|sentence| text.get(sentence).unwrap())
        .collect();
    let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_stop_before_a_capital_ends_a_sentence() {
    check("One came. |Two went! |Three stayed?");
    check("It ended in 1999. |Then came 2000. |15 people saw it.");
    check("No stop at the end");
}

#[test]
fn a_sentence_goes_on_before_a_small_letter_or_a_comma() {
    check("“What for?” he asked. |She knew.");
    check("They met at Jones & Co., a shop. |It closed.");
    check("He said … nothing at all. |Then he left.");
}

#[test]
fn abbreviations_of_notes_end_no_sentence() {
    for text in [
        "Smith, op. cit., p. 4, and Jones, loc. cit.",
        "See Smith, op. cit. p. 4.",
        "Gabuev, op. cit. note 3.",
        "Under Art. 5 of the Treaty and Sec. III of the Act.",
        "See vol. 2, no. 4, pp. 12–14, and fig. A.",
        "Cf. Gabuev 2019, n. 19.",
        "See e.g. Smith 2010 and i.e. Jones.",
        "As Smith et al. (2010) say.",
        "See Smith, ed. 2, p. xii.",
        "Quoted from App. B of the report.",
        "Brown v. Board of Education was decided.",
        "Dr. Smith met Prof. A. Jones and Gen. Lee.",
        "On 5 Sept. 2019 it began, ca. 1900 it ended.",
        "Vgl. Schmidt, S. 4, Bd. 3, Nr. 5, Abs. 2, z. B. hier.",
        "Am 5. Mai und im 19. Jahrhundert.",
        "Die 3. Auflage von 2010.",
    ] {
        check(text);
    }
}

#[test]
fn an_abbreviation_can_end_a_sentence_as_well() {
    check("It is in Smith, op. cit. |The author says so.");
    check("They sell pens, ink etc. |This is known.");
    check("He lived in the U.S. |The law there differs.");
    check("We know modern art. |Germany has more.");
    check("Is it so? |No. |Yes.");
    check("Ibid. |See also Jones.");
}

#[test]
fn initials_are_parts_of_names() {
    check("J. A. Smith and J.-P. Sartre met V. I. Lenin. |They spoke.");
    check("The U.S. Army and the U.N. Charter.");
    check("He chose plan B. |The others did not.");
}

#[test]
fn quotes_brackets_and_marks_belong_to_the_sentence_that_they_close() {
    check("“It is so.” |He left.");
    check("He said: ‘It is so.’ |She left.");
    check("(It is so.) |She left.");
    check("It is so.¹² |She left.*");
    check("Er sagte: „So ist es.“ |Dann ging er.");
    check("« C’est vrai. » |Il part.");
    check("Er kam. |»So«, sagte er.");
}

#[test]
fn what_is_left_out_of_a_quotation_ends_nothing() {
    check("They agreed [...] The matter rests.");
    check("They waited... |Nobody came.");
}

#[test]
fn numbers_addresses_and_labels_are_not_cut() {
    check("Version 3.14 is at https://example.org/a.b?c=D now. |It works.");
    check("1. Introduction to the matter. |It is short.");
    check("(a) First this. |(b) Then that.");
}

#[test]
fn cells_of_a_table_and_sentences_without_spaces_are_cut() {
    check("One cell\t|Another cell\t|A third. |With two.");
    check("第一句。|第二句！|第三句");
}

#[test]
fn a_blank_belongs_to_the_sentence_before() {
    assert_eq!(sentence_at("One.  Two.", 5), Some(0..4));
    assert_eq!(sentence_at("One.  Two.", 6), Some(6..10));
    assert_eq!(sentence_at("  One.", 0), Some(2..6));
    assert_eq!(sentence_at("  ", 0), None);
}

proptest! {
    #[test]
    fn sentences_hold_all_that_is_not_blank(text in "([A-Za-z]{1,4}[.!?…]{0,2}[ \t\n”)\\]]{0,2}|\\PC){0,40}") {
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert!(end <= sentence.start && sentence.start < sentence.end);
            prop_assert!(text.get(end..sentence.start).unwrap().trim().is_empty());
            end = sentence.end;
        }
        prop_assert!(text.get(end..).unwrap().trim().is_empty());
    }
}
