//! What pictures are described by, without what programs add to it.

/// What Word writes behind a description that it has made itself, in the languages of its menus.
const MADE_BY_WORD: [&str; 17] = [
    "AI-generated content may be incorrect.",
    "Description automatically generated",
    "Description automatically generated with low confidence",
    "Description automatically generated with medium confidence",
    "Automatisch generierte Beschreibung",
    "Automatisch gegenereerde beschrijving",
    "Description générée automatiquement",
    "Descripción generada automáticamente",
    "Descrizione generata automaticamente",
    "Descrição gerada automaticamente",
    "Opis wygenerowany automatycznie",
    "Automatiskt genererad beskrivning",
    "Automatisk genereret beskrivelse",
    "Automatisk generert beskrivelse",
    "Popis se vygeneroval automaticky",
    "Автоматически созданное описание",
    "描述已自动生成",
];

/// What a picture is described by; nothing where that is no description.
pub(in crate::formats) fn description(written: &str) -> Option<&str> {
    let mut text = written.trim();
    while let Some(rest) = MADE_BY_WORD.iter().find_map(|end| text.strip_suffix(end)) {
        text = rest.trim_end();
    }
    (!text.is_empty() && !is_from_clipboard(text)).then_some(text)
}

/// Whether it is the name of a picture that was copied out of a PDF, such as `page3image1048`.
fn is_from_clipboard(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix("page")
        .and_then(|rest| rest.split_once("image"))
        .is_some_and(|(page, image)| number(page) && number(image))
}

/// So many boxes in one drawing are the labels of a diagram.
const LABELS_OF_DIAGRAM: usize = 4;

/// A label of a diagram has at most so many characters.
const MAX_LABEL_CHARS: usize = 60;

/// The words of a diagram, where the boxes of a drawing are its labels: each is short, and there are
/// several. None of them is a paragraph.
pub(in crate::formats) fn diagram(boxes: &[String]) -> Option<String> {
    let is_label = |text: &String| text.trim().chars().count() <= MAX_LABEL_CHARS;
    if boxes.len() < LABELS_OF_DIAGRAM || !boxes.iter().all(is_label) {
        return None;
    }
    let labels = boxes.iter().map(|text| text.trim());
    let labels: Vec<&str> = labels.filter(|text| !text.is_empty()).collect();
    Some(labels.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_without_what_programs_add() {
        let check = |written, expected| assert_eq!(description(written), expected);
        check("A map", Some("A map"));
        check(
            "A map\n\nDescription automatically generated",
            Some("A map"),
        );
        check(
            "Eine Karte  Automatisch generierte Beschreibung",
            Some("Eine Karte"),
        );
        check("page278image55894768", None);
        check("page 2, image 5", Some("page 2, image 5"));
        check(" ", None);
    }

    #[test]
    fn several_short_boxes_are_the_labels_of_a_diagram() {
        let boxes = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let labels = boxes(&["Japan", " 7 ", "", "Spain"]);
        assert_eq!(diagram(&labels).as_deref(), Some("Japan · 7 · Spain"));
        assert_eq!(diagram(&boxes(&["a", "b", "c"])), None);
        let long = "word ".repeat(20);
        assert_eq!(diagram(&boxes(&["a", "b", "c", &long])), None);
    }
}
