//! A passage as it is quoted in one's own writing: the words in quotation marks, where they stand,
//! and what the note cites that they end in, or they themselves by author and year.

use crate::paper::{
    BlockId, NoteId, Paper, Passage, Position, passage_in_full, quotations, quotes_within,
    sentence_at,
};
use crate::sources::{Mention, Name, NoteSegment, Resolution, Source, SourceId, Sources};

use super::{citation, credit};

/// The most characters of an author's name in the short name of a source.
const MAX_NAME_CHARS: usize = 48;

/// What an author cites for the words of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cited {
    /// The note behind them; none where the text itself cites.
    note: Option<NoteId>,
    /// The sources that it gives or stands for, for certain, each once.
    sources: Vec<SourceId>,
    /// Whether the words before it are the source's own.
    is_quoted: bool,
}

/// The passage as a quotation with its reference, and with the sources that it rests on if they
/// are known by now. None if it has no words.
pub(crate) fn quoted(paper: &Paper, sources: Option<&Sources>, passage: Passage) -> Option<String> {
    let words = quotes_within(&words(paper, passage)?);
    let (before, after) = cuts(paper, passage);
    let mut text = format!("“{before}{words}{after}”\n— {}", reference(paper, passage));
    let Some(sources) = sources else {
        return Some(text);
    };
    let mut cited = cited(paper, sources, passage);
    let known: Vec<SourceId> = cited.iter().flat_map(|it| it.sources.clone()).collect();
    cited.extend(cited_in_text(paper, sources, passage, &known));
    let mut named: Vec<SourceId> = Vec::new();
    for cited in cited.iter().filter(|cited| !cited.sources.is_empty()) {
        let note = cited.note.and_then(|note| paper.note(note));
        let number = note.map(|note| format!("n. {}", note.number));
        let verb = if cited.is_quoted {
            "quoted from"
        } else {
            "citing"
        };
        let all = cited.sources.iter().filter_map(|id| sources.get(*id));
        let names: Vec<String> = all.filter_map(short_name).collect();
        text.push_str(&match (names.is_empty(), number) {
            (true, None) => String::new(),
            (true, Some(number)) => format!("; {verb} {number}"),
            (false, None) => format!("; {verb} {}", names.join(", ")),
            (false, Some(number)) => format!("; {verb} {}, see {number}", names.join(", ")),
        });
        named.extend(&cited.sources);
    }
    named.sort_unstable();
    named.dedup();
    for source in named.iter().filter_map(|id| sources.get(*id)) {
        let name = short_name(source).map(|name| format!("{name}: "));
        text.push_str(&format!("\n{}{}", name.unwrap_or_default(), source.text));
    }
    let mut cited = cited.iter().filter(|cited| !cited.sources.is_empty());
    let is_quoted = cited.all(|cited| cited.is_quoted);
    if let Some(citation) = citation::by_key(paper, sources, passage, (&named, is_quoted)) {
        text.push_str(&format!("\n{citation}"));
    }
    Some(text)
}

/// The words as the author typed them, without markers. What is parted by a blank line is another
/// paragraph.
fn words(paper: &Paper, passage: Passage) -> Option<String> {
    let mut words = String::new();
    for id in (passage.start.block.0..=passage.end.block.0).map(BlockId) {
        let block = paper.block(id).filter(|block| block.is_authors());
        let Some((block, bytes)) = block.zip(passage.bytes_in(id)) else {
            continue;
        };
        let part = block.text.get(bytes.start..bytes.end.min(block.text.len()));
        let part = part.unwrap_or_default().trim().replace('\t', " | ");
        if !words.is_empty() && !part.is_empty() {
            words.push_str(if block.tight { "\n" } else { "\n\n" });
        }
        words.push_str(&part);
    }
    (!words.is_empty()).then_some(words)
}

/// What tells that the first and the last sentence are cut.
fn cuts(paper: &Paper, passage: Passage) -> (&'static str, &'static str) {
    let has_words =
        |text: Option<&str>| text.is_some_and(|text| text.chars().any(char::is_alphanumeric));
    let text_of = |id: BlockId| paper.block(id).map_or("", |block| block.text.as_str());
    let Position { block, offset } = passage.start;
    let first = text_of(block);
    let blanks = first
        .get(offset..)
        .map_or(0, |text| text.len() - text.trim_start().len());
    let sentence = sentence_at(first, offset + blanks);
    let is_cut_before =
        sentence.is_some_and(|it| has_words(first.get(it.start..offset.max(it.start))));
    let Position { block, offset } = passage.end;
    let last = text_of(block);
    let within = last.get(..offset).map_or(0, |text| text.trim_end().len());
    let sentence = within.checked_sub(1).and_then(|at| sentence_at(last, at));
    let is_cut_after = sentence.is_some_and(|it| has_words(last.get(within..it.end.max(within))));
    let before = if is_cut_before { "[…] " } else { "" };
    let after = if is_cut_after { " […]" } else { "" };
    (before, after)
}

/// The paper, with section, paragraph and page.
fn reference(paper: &Paper, passage: Passage) -> String {
    let parts = [
        credit(paper),
        passage_in_full(paper, passage).unwrap_or_default(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        "a paper without a title".to_owned()
    } else {
        parts.join(", ")
    }
}

/// What the notes cite whose markers stand at the passage's end: nothing but marks of punctuation
/// parts them from its last word.
fn cited(paper: &Paper, sources: &Sources, passage: Passage) -> Vec<Cited> {
    let id = passage.end.block;
    let Some(block) = paper.block(id) else {
        return Vec::new();
    };
    let start = passage.bytes_in(id).map_or(0, |bytes| bytes.start);
    let own = block
        .text
        .get(start..passage.end.offset)
        .unwrap_or_default();
    let Some(last) = own.rfind(char::is_alphanumeric) else {
        return Vec::new();
    };
    let after = own.get(last..).and_then(|text| text.chars().next());
    let tail = start + last + after.map_or(0, char::len_utf8);
    let is_close = |at: usize| {
        let between = block.text.get(tail..at);
        between.is_some_and(|text| {
            !text
                .chars()
                .any(|char| char.is_alphanumeric() || char.is_whitespace())
        })
    };
    let quotations = quotations(&block.text);
    let markers = block.markers.iter();
    let markers = markers.filter(|marker| marker.offset >= tail && is_close(marker.offset));
    let cited = markers.map(|marker| Cited {
        note: Some(marker.note),
        sources: sources_in(sources, marker.note),
        is_quoted: quotations.iter().any(|quotation| {
            tail <= quotation.end && quotation.end < marker.offset && start < quotation.end
        }),
    });
    cited.collect()
}

/// What the words themselves cite of the list of references, "(Camerer and Thaler 1995)", but for what
/// is known already. They are quoted where a quotation ends right before each mention.
fn cited_in_text(
    paper: &Paper,
    sources: &Sources,
    passage: Passage,
    known: &[SourceId],
) -> Option<Cited> {
    let is_listed = |id: &SourceId| sources.get(*id).is_some_and(|source| source.note.is_none());
    let is_within =
        |it: &&Mention| passage.start <= it.passage.start && it.passage.end <= passage.end;
    let mut found: Vec<SourceId> = Vec::new();
    let mut is_quoted = true;
    for mention in sources.mentions().iter().filter(is_within) {
        let new = mention
            .sources
            .iter()
            .filter(|id| is_listed(id) && !known.contains(id));
        let new: Vec<SourceId> = new.filter(|id| !found.contains(id)).copied().collect();
        is_quoted &= new.is_empty() || follows_quotation(paper, mention.passage.start);
        found.extend(new);
    }
    (!found.is_empty()).then_some(Cited {
        note: None,
        sources: found,
        is_quoted,
    })
}

/// Whether nothing but signs stands between the end of a quotation and a place.
fn follows_quotation(paper: &Paper, place: Position) -> bool {
    let text = paper
        .block(place.block)
        .map_or("", |block| block.text.as_str());
    quotations(text).iter().any(|quotation| {
        let between = text.get(quotation.end..place.offset);
        between.is_some_and(|between| !between.contains(char::is_alphanumeric))
    })
}

/// The sources that a note gives in full or stands for, in its order.
fn sources_in(sources: &Sources, note: NoteId) -> Vec<SourceId> {
    let mut found: Vec<SourceId> = Vec::new();
    for part in sources.of_note(note) {
        let ids = match part {
            NoteSegment::Full(source) => std::slice::from_ref(source),
            NoteSegment::Short(short) => match &short.outcome {
                Resolution::Resolved { sources, .. } => sources.as_slice(),
                Resolution::Ambiguous { .. } | Resolution::Unresolved { .. } => &[],
            },
            NoteSegment::Comment(_) => &[],
        };
        found.extend(ids);
    }
    let mut seen = Vec::new();
    found.retain(|id| {
        !seen.contains(id) && {
            seen.push(*id);
            true
        }
    });
    found
}

/// Author and year, as `Gabuev 2019`; none where either is not certain. What opcit calls the source,
/// says nothing outside of the paper.
fn short_name(source: &Source) -> Option<String> {
    let date = source.details.date.or(source.dates.first().copied())?;
    // Where surnames were not told from given names, whole names are certain.
    let families = source.details.authors.iter().map(Name::family);
    let mut names: Vec<&str> = families.collect();
    if names.is_empty() {
        names = source.authors.iter().map(String::as_str).collect();
    }
    let authors = match names.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, ..] => format!("{one} et al."),
    };
    (authors.chars().count() <= MAX_NAME_CHARS).then(|| format!("{authors} {}", date.year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::formats::{Bibliography, embedded};

    const PAPER: &str = "---\ntitle: On Quoting\nauthor: Jane Doe\ndate: 2024\n---\n\n## Method\n\n\
        The first is long. He said “so ‘it’ is” to her.[^1] Smith says that “all is well”.[^2] \
        One more, op. cit. or not, ends here.[^3]\n\nAnother paragraph. He holds “both say so[^1]”.[^2]\n\n\
        [^1]: Gabuev, Alexander (2019) *The pivot*. Carnegie Press.\n\
        [^2]: Smith, John (2020) *All is well*. Oxford University Press.\n\
        [^3]: Gabuev, op. cit.\n";

    /// The text between `from` and the end of `to`.
    fn passage(paper: &Paper, from: &str, to: &str) -> Passage {
        let place = |words: &str| {
            let blocks = paper.blocks.iter().enumerate();
            let mut found = blocks.filter_map(|(id, block)| {
                let offset = block.text.find(words)?;
                let block = BlockId(id);
                Some(Position { block, offset })
            });
            found.next().unwrap()
        };
        let mut end = place(to);
        end.offset += to.len();
        Passage {
            start: place(from),
            end,
        }
    }

    fn quote(from: &str, to: &str) -> String {
        let paper = parse(PAPER).paper;
        let sources = Sources::read(&paper);
        quoted(&paper, Some(&sources), passage(&paper, from, to)).unwrap()
    }

    #[test]
    fn the_words_stand_in_quotation_marks_and_those_in_them_are_turned() {
        let text = quote("He said", "to her.");
        let (words, _) = text.split_once('\n').unwrap();
        assert_eq!(words, "“He said ‘so “it” is’ to her.”");
    }

    #[test]
    fn where_sentences_are_cut_that_is_said() {
        let words = |from, to| quote(from, to).split_once('\n').unwrap().0.to_owned();
        assert_eq!(words("The first", "long."), "“The first is long.”");
        assert_eq!(words("The first", "long"), "“The first is long”");
        assert_eq!(words("first is", "long."), "“[…] first is long.”");
        assert_eq!(words("The first", "is"), "“The first is […]”");
        let over = words("ends here", "Another");
        assert_eq!(over, "“[…] ends here.");
    }

    #[test]
    fn the_reference_names_paper_section_and_paragraphs() {
        let text = quote("The first", "long.");
        assert_eq!(
            text.lines().nth(1),
            Some("— Jane Doe, “On Quoting”, 2024, § Method, ¶ 1")
        );
        let text = quote("ends here", "paragraph.");
        let reference = text.lines().nth(3).unwrap();
        assert_eq!(reference, "— Jane Doe, “On Quoting”, 2024, § Method, ¶ 1–2");
    }

    #[test]
    fn what_the_note_cites_that_a_passage_ends_in_is_taken_along() {
        let text = quote("Smith says", "well");
        let last: Vec<&str> = text.lines().skip(1).collect();
        assert!(
            last[0].ends_with("; quoted from Smith 2020, see n. 2"),
            "{text}"
        );
        assert_eq!(
            last[1],
            "Smith 2020: Smith, John (2020) All is well. Oxford University Press."
        );
        let text = quote("One more", "here.");
        assert!(
            text.contains("; citing Gabuev 2019, see n. 3\nGabuev 2019: Gabuev, A"),
            "{text}"
        );
        // The note is of what stands before it, not of a part of the sentence.
        assert!(!quote("Smith says", "that").contains("see n."));
        assert!(!quote("The first", "long.").contains("see n."));
    }

    #[test]
    fn what_the_words_cite_by_author_and_year_is_taken_along() {
        let paper = parse(
            "It depends (Smith 2020; Doe 2001). Another sentence. He says “all is well” (Smith 2020).\n\n# References\n\n\
             Smith, John. 2020. *All is well*. Oxford: OUP.\n\n\
             Doe, Jane. 2001. *Rivers of the south*. Rome: Fiume.\n",
        )
        .paper;
        let sources = Sources::read(&paper);
        let quote = |from, to| quoted(&paper, Some(&sources), passage(&paper, from, to)).unwrap();
        let lines = quote("It depends", "2001).");
        let lines: Vec<&str> = lines.lines().skip(1).collect();
        assert!(
            lines[0].ends_with("; citing Smith 2020, Doe 2001"),
            "{lines:?}"
        );
        assert_eq!(
            lines[1..],
            [
                "Smith 2020: Smith, John. 2020. All is well. Oxford: OUP.",
                "Doe 2001: Doe, Jane. 2001. Rivers of the south. Rome: Fiume.",
            ]
        );
        assert!(!quote("Another", "sentence.").contains("citing"));
        let text = quote("He says", "(Smith 2020)");
        assert!(text.contains("; quoted from Smith 2020\n"), "{text}");
    }

    #[test]
    fn a_source_without_author_and_year_is_there_by_its_words_alone() {
        let paper = parse("Agencies give notice.[^1]\n\n[^1]: 5 U.S.C. § 553(c).\n").paper;
        let sources = Sources::read(&paper);
        let text = quoted(
            &paper,
            Some(&sources),
            passage(&paper, "Agencies", "notice."),
        )
        .unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert!(lines[0].ends_with("; citing n. 1"), "{text}");
        assert_eq!(lines[1], "5 U.S.C. § 553(c).");
    }

    /// The last line of a quotation, from these words to those, with this bibliography of the reader's.
    fn last_line(bib: &str, from: &str, to: &str) -> String {
        let paper = parse(PAPER).paper;
        let mut sources = Sources::read(&paper);
        let mut own = Bibliography::default();
        own.add("own.bib", bib.as_bytes()).unwrap();
        sources.look_up(&paper, &own);
        let text = quoted(&paper, Some(&sources), passage(&paper, from, to)).unwrap();
        text.lines().last().unwrap().to_owned()
    }

    const SMITH: &str = "@book{smith, author = {Smith, John}, title = {All is well}, year = 2020}";
    const DOE: &str = "@misc{doe, author = {Doe, Jane}, title = {On Quoting}, year = 2024}";

    #[test]
    fn what_the_readers_own_bibliography_has_is_cited_by_its_key_there() {
        let both = format!("{SMITH}{DOE}");
        assert_eq!(
            last_line(&both, "Smith says", "well"),
            "[@smith; quoted in @doe, {sec. Method, para. 1}]"
        );
        assert_eq!(
            last_line(SMITH, "Smith says", "well"),
            "[@smith, quoted in Jane Doe, “On Quoting”, 2024, sec. Method, para. 1]"
        );
        assert_eq!(
            last_line(&both, "The first", "long."),
            "[@doe, {sec. Method, para. 1}]"
        );
        let both = last_line(DOE, "ends here", "paragraph.");
        assert_eq!(both, "[@doe, {sec. Method, paras. 1-2}]");
        assert!(last_line(DOE, "Smith says", "well").starts_with("[@doe, "));
    }

    #[test]
    fn only_where_all_sources_are_quoted_is_it_said_so() {
        const GABUEV: &str =
            "@book{gabuev, author = {Gabuev, Alexander}, title = {The pivot}, year = 2019}";
        let all = format!("{SMITH}{DOE}{GABUEV}");
        assert_eq!(
            last_line(&all, "He holds", "say so"),
            "[@gabuev; @smith; cited in @doe, {sec. Method, para. 2}]"
        );
    }

    #[test]
    fn a_source_that_the_readers_own_bibliography_has_not_for_certain_has_no_key() {
        let other = "@book{other, author = {Smith, John}, title = {All is not well}, year = 2020}";
        assert!(!last_line(other, "Smith says", "well").contains('@'));
    }

    #[test]
    fn the_source_taken_along_is_right_for_each_short_citation_of_the_carried_paper() {
        let paper = parse(embedded()).paper;
        let sources = Sources::read(&paper);
        let (mut told, mut right) = (Vec::new(), 0);
        for (index, note) in paper.notes.iter().enumerate() {
            let Some(marker) = note.cited_in.first() else {
                continue;
            };
            let start = Position::start_of(marker.block);
            let passage = Passage {
                start,
                end: *marker,
            };
            let refers = sources.refers_to(NoteId(index));
            let cited = cited(&paper, &sources, passage);
            let cited = cited
                .into_iter()
                .find(|cited| cited.note == Some(NoteId(index)));
            let cited = cited.expect("the note at the passage's end").sources;
            let names = |ids: &[SourceId]| -> Vec<String> {
                let names = ids.iter().filter_map(|id| sources.get(*id));
                names.map(|source| source.name.clone()).collect()
            };
            // What the note stands for by a short citation, as the test of sources has it by hand.
            right += refers.iter().filter(|id| cited.contains(id)).count();
            let only_known = |id: &&SourceId| {
                !refers.contains(id) && !sources.given_in(NoteId(index)).contains(id)
            };
            assert_eq!(
                cited.iter().filter(only_known).count(),
                0,
                "{:?}",
                names(&cited)
            );
            let quotation = quoted(&paper, Some(&sources), passage).unwrap();
            for id in &refers {
                let whole = &sources.get(*id).unwrap().text;
                assert!(quotation.contains(whole), "{quotation}");
            }
            if !refers.is_empty() {
                told.push(format!("{}: {}", note.label, names(&refers).join(" ")));
            }
        }
        assert_eq!(right, 17, "{told:?}");
    }
}
