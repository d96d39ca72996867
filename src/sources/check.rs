//! What somebody who writes a paper wants to know about its notes before others read it.

mod finding;
mod order;
mod repeated;
mod said;

use std::cell::LazyCell;

use crate::paper::{Block, BlockId, NoteId, Paper, Problem, SourceLocation, Target};

use super::address::{is_cut, says_address};
use super::short::names_nobody;
use super::{LookedFor, NoteSegment, Resolution, Short, Source, SourceId, Sources, Unfound};
pub use finding::{CitationFault, Finding, FindingKind};
use order::out_of_order;
use repeated::{cited_in_two_ways, given_twice, may_be_one};
use said::SaidWords;

/// All that there is to put right, by line. `problems` is what reading the paper found.
#[must_use]
pub fn check(paper: &Paper, problems: &[Problem], sources: &Sources) -> Vec<Finding> {
    let mut findings: Vec<Finding> = problems.iter().map(unread).collect();
    findings.extend(out_of_order(paper));
    findings.extend(given_twice(paper, sources));
    findings.extend(cited_in_two_ways(paper, sources));
    let said = LazyCell::new(|| SaidWords::new(paper, sources));
    for (note, _) in paper.notes.iter().enumerate() {
        let parts = sources.of_note(NoteId(note)).iter();
        let may_hold = |name: &str, words: &str| said.may_hold(name, words);
        findings.extend(
            parts.filter_map(|part| not_resolved(paper, sources, NoteId(note), part, may_hold)),
        );
    }
    findings.extend(paper.blocks.iter().filter_map(broken_address));
    findings.sort_by_cached_key(|finding| (finding.location, finding.message()));
    findings.dedup();
    findings
}

fn unread(problem: &Problem) -> Finding {
    Finding {
        location: problem.location,
        kind: FindingKind::Problem(problem.kind.clone()),
    }
}

fn not_resolved(
    paper: &Paper,
    sources: &Sources,
    note: NoteId,
    part: &NoteSegment,
    may_hold: impl Fn(&str, &str) -> bool,
) -> Option<Finding> {
    let NoteSegment::Short(short) = part else {
        return None;
    };
    if points_at_notes(paper, short) {
        return None;
    }
    let fault = match &short.outcome {
        Resolution::Resolved { .. } => return None,
        Resolution::Ambiguous {
            candidates,
            looked_for,
        } if are_one_for_all_one_knows(sources, candidates) => {
            CitationFault::Unread(looked_for.clone())
        }
        Resolution::Ambiguous { candidates, .. } => {
            let names = candidates.iter().filter_map(|id| sources.get(*id));
            let mut names: Vec<String> = names.map(|source| source.name.clone()).collect();
            match (names.pop(), names.is_empty()) {
                (Some(name), true) => CitationFault::Doubtful(name),
                (name, _) => CitationFault::Ambiguous(names.into_iter().chain(name).collect()),
            }
        }
        Resolution::Unresolved {
            because: Unfound::Follows,
            ..
        } => return None,
        Resolution::Unresolved {
            looked_for,
            because,
        } => {
            let looked_for = looked_for.clone();
            if is_unread(&looked_for, *because, &paper.words(short.passage), may_hold) {
                CitationFault::Unread(looked_for)
            } else {
                CitationFault::Unresolved(looked_for)
            }
        }
    };
    Some(Finding {
        location: location_of(paper, short.passage.start.block),
        kind: FindingKind::Citation {
            note: label(paper, note),
            words: shown(paper, short),
            fault,
        },
    })
}

/// "See supra note 21.", whatever that note holds: it sends the reader there, and says no source. A note
/// that there is not is another matter.
fn points_at_notes(paper: &Paper, short: &Short) -> bool {
    let looked_for = match &short.outcome {
        Resolution::Ambiguous { looked_for, .. } => looked_for,
        Resolution::Unresolved {
            looked_for,
            because: Unfound::Unread | Unfound::Follows,
        } => looked_for,
        _ => return false,
    };
    matches!(looked_for, LookedFor::Notes { .. }) && names_nobody(&paper.words(short.passage))
}

/// Whether what a citation could mean is one work that is given more than once, or parts of one law, which
/// have no title of their own: the author need not say which.
fn are_one_for_all_one_knows(sources: &Sources, candidates: &[SourceId]) -> bool {
    let given: Vec<&Source> = candidates
        .iter()
        .filter_map(|id| sources.get(*id))
        .collect();
    let has_title = |source: &&Source| !source.title.is_empty();
    let are_one = |pair: &[&Source]| matches!(pair, [one, other] if may_be_one(one, other));
    given.len() > 1 && (!given.iter().any(has_title) || given.windows(2).all(are_one))
}

/// Whether the source may be there all the same: nothing of that name was read, or the words of the
/// citation stand where another source or a remark was read.
fn is_unread(
    looked_for: &LookedFor,
    because: Unfound,
    words: &str,
    may_hold: impl Fn(&str, &str) -> bool,
) -> bool {
    match (because, looked_for) {
        (Unfound::Unread, _) => true,
        (Unfound::Differs, LookedFor::Name { name, .. }) => {
            is_whole(words) || may_hold(name, words)
        }
        (Unfound::Differs, LookedFor::SameAuthor { .. }) => may_be_page(words),
        _ => false,
    }
}

/// "Roe, Night Walks (1932), 75": a name, a title and its year in brackets are all that some give of a book.
fn is_whole(words: &str) -> bool {
    const LONG_LETTERS: usize = 4;
    let behind = words.split_once(", ").unwrap_or_default().1;
    let (title, year) = behind.split_once('(').unwrap_or_default();
    let year = year.split(')').next().unwrap_or_default();
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let is_long = |word: &&str| word.chars().count() >= LONG_LETTERS;
    is_year && title.split_whitespace().filter(is_long).count() > 1
}

/// "id. 1563": by the same author in that year, or on that page.
fn may_be_page(words: &str) -> bool {
    let number = words.trim_start_matches(['i', 'I']).strip_prefix("d. ");
    let number = number.map(|number| number.trim_end_matches('.'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The words of a short citation; at most about forty characters.
fn shown(paper: &Paper, short: &Short) -> String {
    const MAX_QUOTED_CHARS: usize = 40;
    let (start, end) = (short.passage.start, short.passage.end);
    let Some(block) = paper.block(start.block) else {
        return String::new();
    };
    let end = if end.block == start.block {
        end.offset
    } else {
        block.text.len()
    };
    let text = block.text.get(start.offset..end).unwrap_or_default();
    let text = text.trim_end_matches('.');
    if text.chars().count() <= MAX_QUOTED_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_QUOTED_CHARS).chain(['…']).collect()
}

/// An address that a line's end has broken.
fn broken_address(block: &Block) -> Option<Finding> {
    let broken = block.links.iter().find_map(|link| {
        let Target::Address(address) = &link.target else {
            return None;
        };
        let shown = block.text.get(link.range.clone())?;
        let after = block.text.get(link.range.end..)?;
        (says_address(shown) && is_cut(address, after)).then_some(shown)
    })?;
    Some(Finding {
        location: block.location,
        kind: FindingKind::AddressBroken {
            address: broken.to_owned(),
        },
    })
}

/// What a note is called: as in the source where that is a word, which nothing else is called by, else
/// as its marker shows it, by which a reader finds it.
fn label(paper: &Paper, note: NoteId) -> String {
    let note = paper.note(note);
    note.map_or(String::new(), |note| {
        if note.label.chars().any(char::is_alphabetic) {
            note.label.clone()
        } else {
            note.number.to_string()
        }
    })
}

fn location_of(paper: &Paper, block: BlockId) -> SourceLocation {
    let block = paper.block(block);
    block.map_or(SourceLocation::Unknown, |block| block.location)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    /// Checks a paper; each finding as its line and message must contain the words expected.
    fn check(markdown: &str, expected: &[&str]) {
        let parsed = parse(markdown);
        let sources = Sources::read(&parsed.paper);
        let findings = super::check(&parsed.paper, &parsed.problems, &sources);
        let found: Vec<String> = findings
            .iter()
            .map(|finding| {
                format!(
                    "{}: {}",
                    finding.location.line().unwrap(),
                    finding.message()
                )
            })
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}\nexpected {expected}");
        }
    }

    const SMITH: &str = "John Smith (2019) The first book. Oxford: Oxford University Press.";

    #[test]
    fn a_paper_in_order_has_nothing_to_put_right() {
        check(
            &format!("One[^1] two[^2] one[^1].\n\n[^1]: {SMITH}\n\n[^2]: Smith (2019).\n"),
            &[],
        );
    }

    #[test]
    fn notes_missing_and_never_cited_are_found_where_they_are() {
        check(
            &format!("One[^1] two[^3].\n\n[^1]: {SMITH}\n\n[^2]: A comment.\n"),
            &[
                "1: note [^3] is cited but never defined: write it",
                "5: note [^2] is never cited: cite it",
            ],
        );
    }

    #[test]
    fn notes_out_of_order_are_found_where_they_are_cited() {
        check(
            "Two[^2].\n\nOne[^1] two[^2].\n\n[^1]: A comment.\n\n[^2]: Another.\n",
            &["3: note 1 is first cited after note 2"],
        );
        check(
            "Three[^3], one[^1], two[^2].\n\n[^1]: A comment.\n\n[^2]: Another.\n\n[^3]: More.\n",
            &["1: note 3 is first cited before note 1: number the notes in the order of the text"],
        );
    }

    #[test]
    fn the_same_source_under_two_labels_is_found() {
        check(
            &format!("One[^1] two[^2].\n\n[^1]: {SMITH}\n\n[^2]: {SMITH}\n"),
            &["5: note 2 says what note 1 says"],
        );
    }

    #[test]
    fn a_part_of_a_law_may_be_cited_twice() {
        for law in ["U.S. CONST. amend. XIV, § 1.", "18 U.S.C. § 3501."] {
            check(
                &format!("One[^1] two[^2].\n\n[^1]: {law}\n\n[^2]: {law}\n"),
                &[],
            );
        }
    }

    #[test]
    fn a_short_citation_given_twice_is_nothing_to_put_right() {
        check(
            &format!(
                "1[^1] 2[^2] 3[^3].\n\n[^1]: {SMITH}\n\n[^2]: Smith (2019).\n\n[^3]: Smith (2019).\n"
            ),
            &[],
        );
    }

    #[test]
    fn short_citations_unresolved_and_ambiguous_are_found() {
        check(
            &format!(
                "1[^1] 2[^2] 3[^3] 4[^4].\n\n[^1]: {SMITH}\n\n[^2]: Jones, op. cit.\n\n[^3]: Jane Smith (2020) Another. London: Verso.\n\n[^4]: Smith, op. cit., p. 4.\n"
            ),
            &[
                "5: note 2: opcit cannot tell what “Jones, op. cit” stands for (looked for one source before: Jones)",
                "9: note 4: “Smith, op. cit., p. 4” could be 3, 1: say which",
            ],
        );
    }

    #[test]
    fn a_name_that_is_a_pronoun_elsewhere_and_a_roman_page_leave_nothing_to_put_right() {
        let given =
            "Nous Faber, ‘De nieuwe markten’, Kunstblad, https://example.org/nl/de_nieuwe_markten";
        check(
            &format!(
                "1[^1] 2[^2] 3[^3].\n\n[^1]: {given}\n\n[^2]: Faber, ‘De nieuwe markten’.\n\n[^3]: ‘De nieuwe markten’, x, 20, 59.\n"
            ),
            &[],
        );
    }

    #[test]
    fn a_note_that_points_at_another_is_nothing_to_put_right() {
        let two = "John Smith (2019) The first book. Oxford: OUP; Jane Doe (2018) *A title*. London: Verso.";
        check(
            &format!(
                "1[^1] 2[^2] 3[^3] 4[^4].\n\n[^1]: {two}\n\n[^2]: See *supra* note 1.\n\n[^3]: See note 1 above, and notes 1 and 2.\n\n[^4]: See *supra* note 9.\n"
            ),
            &["9: note 4: “supra note 9” cannot be resolved"],
        );
        let both = "John Smith (2019) The first book. Oxford: OUP; John Smith (2018) *A title*. London: Verso.";
        check(
            &format!("1[^1] 2[^2].\n\n[^1]: {both}\n\n[^2]: Smith, *supra* note 1.\n"),
            &["5: note 2: “Smith, supra note 1” could be 1b, 1a: say which"],
        );
    }

    #[test]
    fn one_source_in_two_ways_is_found_by_its_address_or_its_title() {
        check(
            "1[^1] 2[^2] 3[^3] 4[^4].\n\n\
             [^1]: John Smith (2019) The first book. https://example.org/a/ (last accessed 1 May 2020).\n\n\
             [^2]: J. Smith, “The First Book”, 2019. https://example.org/a (accessed 3 May 2020).\n\n\
             [^3]: Jane Doe (2018) *A title*. London: Verso.\n\n\
             [^4]: Jane Doe (2018) *A title*. Verso Books.\n",
            &[
                "5: source 2 is source 1 in other words",
                "9: source 4 is source 3 in other words",
            ],
        );
    }

    #[test]
    fn an_address_that_several_works_share_tells_none_of_them() {
        check(
            "1[^1] 2[^2] 3[^3] 4[^4].\n\n\
             [^1]: Jane Smith, “On the Uses of Notes”, *Post*, 3 May 2001, available at link #1, https://example.org/notes/.\n\n\
             [^2]: John Doe, “A Second Article”, *Times*, 4 May 2002, available at link #2, https://example.org/notes/.\n\n\
             [^3]: Jane Smith, “On the Uses of Notes”, *Herald*, 5 June 2003, available at link #3, https://example.org/notes/.\n\n\
             [^4]: See link #4, https://example.org/notes/.\n",
            &[],
        );
    }

    #[test]
    fn what_a_blank_has_left_of_addresses_makes_no_two_works_one() {
        check(
            "1[^1] 2[^2].\n\n\
             [^1]: ‘Regulation on Notes’, https://law.example.org/docs/ legal-content/en/1 (accessed 8 June 2023).\n\n\
             [^2]: ‘Regulation on Notes and Sources’, https://law.example.org/docs/ legal-content/en/2 (accessed 8 June 2023).\n",
            &[
                "3: the address https://law.example.org/docs/",
                "5: the address https://law.example.org/docs/",
            ],
        );
    }

    #[test]
    fn a_source_of_the_list_of_references_is_no_other_way_of_citing_it() {
        check(
            "1[^1] 2[^2].\n\n\
             [^1]: Jane Doe, *A title of some words* (London: Verso, 2018), p. 4.\n\n\
             [^2]: Jane Doe (2018) *A title of some words*. Verso Books.\n\n\
             # Bibliography\n\n\
             Adams, Ann (2001) *Another title*. London: Verso.\n\n\
             Doe, Jane (2018) *A title of some words*. London: Verso.\n\n\
             Smith, John (2019) *The first book*. Oxford: Oxford University Press.\n",
            &["5: source 2 is source 1 in other words"],
        );
    }

    #[test]
    fn what_only_looks_like_one_title_is_no_work_given_twice() {
        check(
            "1[^1] 2[^2] 3[^3] 4[^4] 5[^5] 6[^6].\n\n\
             [^1]: A.B.A. Comm. on Ethics & Pro. Resp., Formal Op. 477R (2017).\n\n\
             [^2]: A.B.A. Comm. on Ethics & Pro. Resp., Formal Op. 478 (2017).\n\n\
             [^3]: ICC, Prosecutor v. Roe et al., No. ICC-01/09-01/11, Appeals Chamber, Judgment on the appeal, 25 October 2013.\n\n\
             [^4]: ICC, Prosecutor v. Roe et al., No. ICC-01/09-01/11, Appeals Chamber, Joint Separate Opinion of Judges, 25 October 2013.\n\n\
             [^5]: Cueto Haro, Lucas, y Jorge Claramunt, eds. Transparencia y datos. Valencia: Tirant, 2024.\n\n\
             [^6]: Cueto Haro, Lucas, y Pere Castell, eds. Tratado sobre notas. Madrid: Aranzadi, 2024.\n",
            &[],
        );
        check(
            "1[^1] 2[^2].\n\n\
             [^1]: A.B.A. Comm. on Ethics & Pro. Resp., Formal Op. 512 (2024).\n\n\
             [^2]: A.B.A. Comm. on Ethics & Pro. Resp., Formal Op. 512, at 7–8 (2024) (on fees).\n",
            &["5: source 2 is source 1 in other words"],
        );
    }

    #[test]
    fn a_paper_in_two_languages_may_say_its_notes_twice() {
        check(
            "1[^1] 2[^2] 1[^1.2] 2[^2.2].\n\n\
             [^1]: John Smith, *The First Book*, London: Verso 2019, S. 4 ff.\n\n\
             [^2]: Jane Doe, *A Title of Some Words*, London: Verso 2018.\n\n\
             [^1.2]: John Smith, *The First Book*, London: Verso 2019, 4 et seq.\n\n\
             [^2.2]: Jane Doe, *A Title of Some Words*, London: Verso 2018.\n",
            &[],
        );
    }

    #[test]
    fn nobody_is_blamed_for_what_may_be_one_work_or_is_whole() {
        check(
            "1[^1] 2[^2] 3[^3].\n\n\
             [^1]: Henri Roe, *L’orfèvrerie française* (Paris: Laurens, 1908).\n\n\
             [^2]: Roe, Henri, *L’orfèvrerie française*, 3 vols. (Paris: Laurens, 1912).\n\n\
             [^3]: Roe, *L’orfèvrerie française*, 3:101–2.\n",
            &["7: note 3: opcit cannot tell what"],
        );
        check(
            "1[^1] 2[^2].\n\n\
             [^1]: Antoine Roe, *Nachtflug* (Frankfurt: Fischer, 1939).\n\n\
             [^2]: Antoine Roe, Night Flight (1932), 75.\n",
            &["5: note 2: opcit cannot tell what"],
        );
    }

    #[test]
    fn a_page_that_looks_like_a_year_blames_nobody() {
        check(
            "1[^1] 2[^2].\n\n\
             [^1]: Emily Roe, *The Vanishing Notes*, 37 FORDHAM L. REV. 1541, 1551 (2009).\n\n\
             [^2]: Roe, *supra* note 1, at 1559; *see also id.* 1563.\n",
            &["5: note 2: opcit cannot tell what"],
        );
    }

    #[test]
    fn addresses_broken_by_a_line_end_are_found() {
        check(
            "1[^1] 2[^2] 3[^3].\n\n\
             [^1]: A. Author (2020) A title. https://example.org/some/pu- tin-i-si (accessed 3 May 2020).\n\n\
             [^2]: B. Author (2021) B title. https://example.org/some/path another/part.html\n\n\
             [^3]: C. Author (2022) C title. https://example.org/whole (accessed 3 May 2020).\n",
            &[
                "3: the address https://example.org/some/pu-",
                "5: the address https://example.org/some/path",
            ],
        );
    }
}
