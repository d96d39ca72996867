//! Lists whose entries hang: their first lines stand out to the left of the others, as in most
//! bibliographies.

use super::PageLine;
use super::edges::Edges;

/// Lines are level if they begin within so many ems.
const LEVEL_EMS: f32 = 0.35;
/// The lines of an entry are set in by so many ems, at least and at most.
const INDENT_EMS: (f32, f32) = (0.7, 4.5);
/// So many entries are a list, of which so many have a second line.
const MIN_ENTRIES: usize = 4;
const MIN_LONG: usize = 2;
/// Of ten lines before an entry so many end one, at least; in running text it is one or two.
const ENDING: usize = 8;
/// Of ten lines before one that is set in so many have room for its first word, at most.
const EARLY: usize = 1;

/// What a line is in a list whose entries hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HangingLine {
    /// It begins an entry.
    Begins,
    /// It goes on with the one before.
    GoesOn,
}

/// What each line is; nothing for those that are in no such list. `ends_early` says whether a line
/// has room for the first word of the next one.
pub(super) fn find(
    lines: &[PageLine],
    edges: &Edges,
    ends_early: impl Fn(&PageLine, &PageLine) -> bool,
) -> Vec<Option<HangingLine>> {
    let mut found = vec![None; lines.len()];
    let mut from = 0;
    while from < lines.len() {
        let stretch = stretch(lines.get(from..).unwrap_or(&[]), edges);
        let own = lines.get(from..from + stretch.len()).unwrap_or(&[]);
        if is_list(own, &stretch, &ends_early) {
            for (slot, kind) in found.iter_mut().skip(from).zip(&stretch) {
                *slot = Some(*kind);
            }
        }
        from += stretch.len().max(1);
    }
    found
}

/// How the first lines stand, as far as all of them are set out or set in by one indent.
fn stretch(lines: &[PageLine], edges: &Edges) -> Vec<HangingLine> {
    let Some(first) = lines.first() else {
        return Vec::new();
    };
    let em = first.size.max(0.1);
    let mut indent: Option<f32> = None;
    let mut kinds = Vec::new();
    for line in lines {
        let own = (line.left - edges.left(line)) / em;
        let is_alike = line.is_as_large_as(first) && line.is_bold == first.is_bold;
        let kind = if own.abs() < LEVEL_EMS {
            HangingLine::Begins
        } else {
            let level = indent.is_none_or(|indent| (own - indent).abs() < LEVEL_EMS);
            if !level || own < INDENT_EMS.0 || own > INDENT_EMS.1 {
                break;
            }
            indent = Some(own);
            HangingLine::GoesOn
        };
        if !is_alike {
            break;
        }
        kinds.push(kind);
    }
    kinds
}

/// Whether lines are entries that hang, and not paragraphs whose first lines are set in: then what is
/// before a line that stands out ends an entry, and what is before one that is set in does not.
fn is_list(
    lines: &[PageLine],
    kinds: &[HangingLine],
    ends_early: impl Fn(&PageLine, &PageLine) -> bool,
) -> bool {
    let pairs = || {
        lines
            .iter()
            .zip(lines.iter().skip(1))
            .zip(kinds.iter().skip(1))
    };
    let before = |kind: HangingLine| pairs().filter(move |(_, own)| **own == kind);
    let entries = before(HangingLine::Begins).count();
    let ended = before(HangingLine::Begins)
        .filter(|((last, next), _)| ends_entry(last) || ends_early(last, next));
    let long = before(HangingLine::GoesOn).count();
    let early = before(HangingLine::GoesOn).filter(|((last, next), _)| ends_early(last, next));
    entries + 1 >= MIN_ENTRIES
        && long >= MIN_LONG
        && ended.count() * 10 >= entries * ENDING
        && early.count() * 10 <= long * EARLY
}

/// Whether a line ends as entries do: with a stop, a number or an address.
fn ends_entry(line: &PageLine) -> bool {
    let last = line.text.rsplit(' ').next().unwrap_or("");
    let is_address = ["://", "www.", "doi:", "10."]
        .iter()
        .any(|it| last.contains(it));
    let ends = |letter: char| letter.is_ascii_digit() || ".?!”\")]’»".contains(letter);
    is_address || last.ends_with(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: f32 = 20.0;

    /// What lines are, each at (left, right, text).
    fn kinds(texts: &[(f32, f32, &str)]) -> String {
        let heights = (0u16..).map(|row| 1.2 * f32::from(row));
        let lines: Vec<PageLine> = heights
            .zip(texts)
            .map(|(baseline, (left, right, text))| PageLine {
                text: (*text).to_owned(),
                left: *left,
                right: *right,
                baseline,
                size: 1.0,
                ..PageLine::default()
            })
            .collect();
        let found = find(&lines, &Edges::new(&lines), |last, _| {
            last.right < FULL - 3.0
        });
        let sign = |kind: &Option<HangingLine>| match kind {
            Some(HangingLine::Begins) => '+',
            Some(HangingLine::GoesOn) => '-',
            None => '?',
        };
        found.iter().map(sign).collect()
    }

    #[test]
    fn entries_begin_where_lines_stand_out() {
        let entries = [
            (0.0, FULL, "Bell, Ada. On Wool and the"),
            (1.5, 9.0, "Trade in It. 1968."),
            (0.0, FULL, "Bell, Ada. On Silk. London, 1969."),
            (0.0, FULL, "Carr, Bo. A Long Title of"),
            (1.5, FULL, "Many Words, and More of"),
            (1.5, 6.0, "Them. 1970."),
            (0.0, 8.0, "Dane, Cy. Poems."),
        ];
        assert_eq!(kinds(&entries), "+-++--+");
        // With too few of them nothing is proved.
        assert_eq!(kinds(&entries[3..]), "????");
    }

    #[test]
    fn paragraphs_whose_first_lines_are_set_in_do_not_hang() {
        let text = [
            (1.5, FULL, "It was a day like all the"),
            (0.0, 9.0, "others before it."),
            (1.5, FULL, "She had come to the town in"),
            (0.0, 9.0, "the night."),
            (1.5, FULL, "Nobody knew her, or so it"),
            (0.0, 5.0, "seemed."),
            (1.5, FULL, "He did not ask, and she did"),
            (0.0, 8.0, "not tell."),
        ];
        assert_eq!(kinds(&text), "????????");
    }
}
