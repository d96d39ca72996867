//! What notes are called: numbers, signs, letters.

use crate::paper::NoteNumber;

/// Numbers of notes have at most so many figures.
const MAX_FIGURES: usize = 4;

/// What a note is called on the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Label {
    Number(u32),
    /// Signs or a letter, which hold for one page.
    Sign(String),
    /// A number in Roman numerals or in letters, in a document whose notes are counted so.
    Numeral {
        number: u32,
        text: String,
    },
}

impl Label {
    pub(super) fn number(&self) -> Option<u32> {
        match self {
            Label::Number(number) | Label::Numeral { number, .. } => Some(*number),
            Label::Sign(_) => None,
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Label::Number(number) => number.to_string(),
            Label::Sign(sign) => sign.clone(),
            Label::Numeral { text, .. } => text.clone(),
        }
    }

    pub(super) fn is_numeral(&self) -> bool {
        matches!(self, Label::Numeral { .. })
    }
}

/// Whether a letter is a sign that calls notes, alone or doubled.
pub(super) fn is_sign(letter: char) -> bool {
    NoteNumber::sign_like(letter).is_some()
}

/// A raised figure as the plain one; other letters as they are.
pub(super) fn plain_figure(letter: char) -> char {
    match letter {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '\u{2070}' => '0',
        '\u{2074}'..='\u{2079}' => {
            let value = u32::from(letter) - 0x2070;
            char::from_digit(value, 10).unwrap_or(letter)
        }
        letter => letter,
    }
}

/// What a raised text may call: the readings, each a list of notes. `12` is one note, `3,4` two,
/// `3–5` three, and `2021` either one or the notes 20 and 21.
pub(super) fn readings(text: &str) -> Vec<Vec<Label>> {
    let text: String = text.trim().chars().map(plain_figure).collect();
    // `(3)(4)` are two, and `||` is how some fonts write a sign.
    let text = text.replace(")(", ",").replace("][", ",");
    let text = text.replace("||", "‖");
    let text = text.trim_matches(['(', ')', '[', ']']);
    let text = text
        .trim_end_matches(['.', ',', ';', ')'])
        .trim_start_matches(',');
    if text.is_empty() {
        return Vec::new();
    }
    if text.chars().all(|letter| letter.is_ascii_digit()) {
        let mut readings: Vec<Vec<Label>> =
            number(text).into_iter().map(|label| vec![label]).collect();
        readings.extend(consecutive(text));
        return readings;
    }
    if let Some(sign) = sign(text) {
        return vec![vec![sign]];
    }
    if let Some(signs) = signs(text) {
        return vec![signs];
    }
    several(text).into_iter().collect()
}

fn number(figures: &str) -> Option<Label> {
    if figures.starts_with('0') || figures.len() > MAX_FIGURES {
        return None;
    }
    figures.parse().ok().map(Label::Number)
}

fn sign(text: &str) -> Option<Label> {
    let is_letter = text.len() == 1 && text.bytes().all(|letter| letter.is_ascii_lowercase());
    if is_letter {
        return Some(Label::Sign(text.to_owned()));
    }
    let name: String = text
        .chars()
        .map(NoteNumber::sign_like)
        .collect::<Option<_>>()?;
    NoteNumber::sign(&name).map(|_| Label::Sign(name))
}

/// Different signs set together, such as `†‡`.
fn signs(text: &str) -> Option<Vec<Label>> {
    let letters: Vec<char> = text.chars().collect();
    let runs = letters.chunk_by(|one, next| one == next);
    let signs: Option<Vec<Label>> = runs
        .map(|run| {
            let is_sign = run.first().is_some_and(|first| is_sign(*first));
            let name: String = run.iter().collect();
            sign(&name).filter(|_| is_sign)
        })
        .collect();
    signs.filter(|signs| signs.len() > 1)
}

/// The numbers of a reading; nothing of one that has signs.
pub(super) fn numbers(reading: &[Label]) -> Option<Vec<u32>> {
    reading.iter().map(Label::number).collect()
}

/// Of readings the numbers of the one that goes on after a number, as 20 and 21 of `2021` do after
/// 19, or else of the first; none if that has signs.
pub(super) fn numbers_after(last: u32, readings: &[Vec<Label>]) -> Vec<u32> {
    let all = readings.iter().map(|reading| numbers(reading));
    let all: Vec<Vec<u32>> = all.map(Option::unwrap_or_default).collect();
    let going_on = all
        .iter()
        .find(|numbers| numbers.first() == Some(&(last + 1)));
    going_on.or(all.first()).cloned().unwrap_or_default()
}

/// Figures read as numbers that follow each other, such as 9, 10 and 11 in `91011`.
fn consecutive(figures: &str) -> Option<Vec<Label>> {
    // Higher ones are no notes' numbers.
    const MAX_FIRST: u32 = 99_999;
    (1..=figures.len() / 2).find_map(|length| {
        let first: u32 = figures
            .get(..length)?
            .parse()
            .ok()
            .filter(|first| (1..=MAX_FIRST).contains(first))?;
        let mut text = first.to_string();
        let mut labels = vec![Label::Number(first)];
        while text.len() < figures.len() {
            let next = first + u32::try_from(labels.len()).ok()?;
            text.push_str(&next.to_string());
            labels.push(Label::Number(next));
        }
        (text == figures).then_some(labels)
    })
}

/// Numbers or signs with commas, spaces or dashes between them.
fn several(text: &str) -> Option<Vec<Label>> {
    let mut labels = Vec::new();
    for part in text.split([',', ' ', ';']).filter(|part| !part.is_empty()) {
        match part.split_once(['–', '-', '—']) {
            Some((from, to)) => {
                let (from, to) = (number(from)?.number()?, number(to)?.number()?);
                if to <= from || to - from > 20 {
                    return None;
                }
                labels.extend((from..=to).map(Label::Number));
            }
            None if part.bytes().all(|byte| byte.is_ascii_digit()) => labels.push(number(part)?),
            None => labels.push(sign(part)?),
        }
    }
    (labels.len() > 1).then_some(labels)
}

/// A label at the beginning of a text that is not raised, and how many letters it takes: `12. `,
/// `12) `, `[12] `, `12 ` or, glued to what follows, `12See`.
pub(super) fn leading(text: &str) -> Option<(Label, usize, Tail)> {
    let mut taken = 0;
    let mut rest = text;
    let bracket = rest.strip_prefix(['[', '(']);
    if let Some(inner) = bracket {
        taken += 1;
        rest = inner;
    }
    let figures: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let label = if figures.is_empty() {
        let first: String = rest.chars().take_while(|letter| is_sign(*letter)).collect();
        taken += first.chars().count();
        rest = rest.get(first.len()..)?;
        sign(&first)?
    } else {
        taken += figures.len();
        rest = rest.get(figures.len()..)?;
        number(&figures)?
    };
    let mut letters = rest.chars();
    let tail = match letters.next() {
        Some(')' | ']') => Tail::Bracket,
        Some('.') if bracket.is_none() => Tail::Stop,
        Some(' ') if bracket.is_none() => Tail::Space,
        Some(letter) if bracket.is_none() && !letter.is_ascii_digit() && letter != ',' => {
            Tail::Glued
        }
        None if bracket.is_none() => Tail::Space,
        _ => return None,
    };
    taken += usize::from(matches!(tail, Tail::Bracket | Tail::Stop));
    if tail == Tail::Stop && letters.next().is_some_and(|letter| letter.is_ascii_digit()) {
        return None;
    }
    Some((label, taken, tail))
}

/// What comes after a label that is not raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Bracket,
    Stop,
    Space,
    Glued,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<Vec<u32>> {
        let number = |label: &Label| label.number().unwrap_or(0);
        readings(text)
            .iter()
            .map(|labels| labels.iter().map(number).collect())
            .collect()
    }

    #[test]
    fn a_raised_text_calls_one_note_or_several() {
        assert_eq!(numbers("12"), [vec![12], vec![1, 2]]);
        assert_eq!(numbers("2021"), [vec![2021], vec![20, 21]]);
        assert_eq!(numbers("91011"), [vec![9, 10, 11]]);
        assert_eq!(numbers("3,4"), [[3, 4]]);
        assert_eq!(numbers("3–5"), [[3, 4, 5]]);
        assert_eq!(numbers("¹⁴"), [vec![14]]);
        assert_eq!(numbers("(3)(4)"), [[3, 4]]);
        assert!(readings("th").is_empty());
        assert_eq!(readings("∗"), [[Label::Sign("*".to_owned())]]);
    }

    #[test]
    fn signs_set_together_are_several() {
        let sign = |sign: &str| Label::Sign(sign.to_owned());
        assert_eq!(readings("†‡"), [[sign("†"), sign("‡")]]);
        assert_eq!(readings("∗∗††"), [[sign("**"), sign("††")]]);
        assert_eq!(readings("||"), [[sign("‖")]]);
        assert_eq!(readings("**"), [[sign("**")]]);
        assert!(readings("*a").is_empty());
    }

    #[test]
    fn figures_that_go_beyond_any_note_are_read_without_counting_on() {
        for figures in [
            "42949672944294967295",
            "429496729542949672964294967297",
            "4294967295",
        ] {
            assert_eq!(consecutive(figures), None, "{figures}");
            let _ = readings(figures);
        }
        assert!(consecutive("91011").is_some());
    }

    #[test]
    fn a_label_at_the_head_of_a_note_may_be_plain() {
        assert_eq!(leading("12. See"), Some((Label::Number(12), 3, Tail::Stop)));
        assert_eq!(leading("12 See"), Some((Label::Number(12), 2, Tail::Space)));
        assert_eq!(
            leading("100Three"),
            Some((Label::Number(100), 3, Tail::Glued))
        );
        assert_eq!(
            leading("[3] See"),
            Some((Label::Number(3), 3, Tail::Bracket))
        );
        assert_eq!(leading("1.5 million"), None);
        assert_eq!(leading("See"), None);
    }
}
