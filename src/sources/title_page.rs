//! What a paper says of itself, as a work that others cite.

use super::date;
use super::details::identifiers;
use super::elements::Elements;
use super::people::{Name, people};
use super::words::Words;
use super::{Date, Details, SourceKind};
use crate::paper::{Paper, Section};

/// The paper as a work, from its title page. What that does not say for certain is empty.
#[must_use]
pub fn work_of(paper: &Paper) -> Details {
    let metadata = &paper.metadata;
    let is_own = !metadata.title.is_empty() || is_under_title(paper);
    let title = match (is_own, metadata.subtitle.is_empty()) {
        (false, _) => String::new(),
        (true, true) => paper.title.clone(),
        (true, false) => format!("{}: {}", paper.title, metadata.subtitle),
    };
    let date = whole_date(&metadata.date);
    Details {
        kind: if metadata.journal.is_empty() {
            SourceKind::Unknown
        } else {
            SourceKind::Article
        },
        authors: metadata.authors.iter().map(|name| parted(name)).collect(),
        title,
        container: metadata.journal.clone(),
        publisher: if metadata.publisher == metadata.journal {
            String::new()
        } else {
            metadata.publisher.clone()
        },
        date,
        // "forthcoming", or a date in a form that is not known
        date_said: match date {
            Some(_) => String::new(),
            None => metadata.date.clone(),
        },
        doi: only_doi(&metadata.doi),
        language: metadata.language.clone(),
        ..Details::default()
    }
}

/// Whether the heading that a paper without a title is called by is one: it stands before all
/// text, and above all other headings. Else it is that of the first section.
fn is_under_title(paper: &Paper) -> bool {
    let mut sections = paper.sections.iter().filter(|it| !it.holds_notes);
    if begins_list(sections.clone()) {
        return false;
    }
    let first = sections.next();
    first.is_some_and(|first| first.level == 1 && first.title == paper.title)
        && sections.all(|section| section.level > 1)
}

/// Whether the first headings are the lines of a list: "Institution: A" above "Degree: B" above
/// "Candidate: C", without text between them. Two may be a title and the first section under it.
fn begins_list<'a>(sections: impl Iterator<Item = &'a Section>) -> bool {
    const MIN_LINES: usize = 3;
    let is_line = |section: &Section| {
        let label = section.title.split_once(": ").map(|(label, _)| label);
        label.is_some_and(|label| !label.contains(char::is_whitespace))
    };
    let mut next = None;
    let lines = sections.take_while(|section| {
        let start = section.blocks.start;
        let goes_on = next.is_none_or(|next| next == start);
        next = Some(start + 1);
        goes_on && is_line(section)
    });
    lines.take(MIN_LINES).count() == MIN_LINES
}

/// A name in parts where it is a person's for certain.
fn parted(name: &str) -> Name {
    let words = Words::read(name, &[], &[]);
    let elements = Elements::read(&words, 0, words.len());
    let are_persons = elements.next == words.len() && elements.are_persons(&words);
    match people(&words, &elements.list, are_persons).as_slice() {
        [person @ Name::Person { given, .. }] if !given.is_empty() => person.clone(),
        _ => Name::Whole(name.to_owned()),
    }
}

/// The DOI that a text is, by itself or behind its resolver; empty if it is none.
fn only_doi(text: &str) -> String {
    let text = text.trim();
    let at = text.find("10.").unwrap_or(text.len());
    let (before, doi) = text.split_at_checked(at).unwrap_or_default();
    let resolver = before.trim().to_lowercase();
    let resolver = resolver
        .split_once("://")
        .map_or(resolver.as_str(), |(_, it)| it);
    let is_resolver = matches!(resolver, "" | "doi:" | "doi.org/" | "dx.doi.org/");
    // In a field of its own it may have signs that end it in a sentence.
    let begins = identifiers::doi(doi).is_some_and(|found| doi.starts_with(&found));
    if is_resolver && begins && !doi.contains(char::is_whitespace) {
        doi.to_owned()
    } else {
        String::new()
    }
}

/// A date that nothing stands beside.
fn whole_date(text: &str) -> Option<Date> {
    let words = Words::read(text, &[], &[]);
    let (date, next) = date::read(&words, 0)?;
    (next == words.len()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    fn work(front: &str) -> Details {
        work_of(&parse(&format!("---\n{front}\n---\n\nText.\n")).paper)
    }

    #[test]
    fn persons_are_parted_and_bodies_stay_whole() {
        let work = work(
            "title: T\nauthor: [Jane van der Berg, 'Smith, John', OECD, 'Institute for War and Peace']",
        );
        let names: Vec<String> = work.authors.iter().map(Name::inverted).collect();
        assert_eq!(
            names,
            [
                "van der Berg, Jane",
                "Smith, John",
                "OECD",
                "Institute for War and Peace"
            ]
        );
    }

    #[test]
    fn a_doi_is_told_with_and_without_its_resolver() {
        for doi in [
            "10.1234/abc",
            "doi:10.1234/abc",
            "https://doi.org/10.1234/abc",
        ] {
            assert_eq!(work(&format!("title: T\ndoi: '{doi}'")).doi, "10.1234/abc");
        }
        let long = "10.1002/(SICI)1097-0258<1:AID-1>3.0.CO;2-F";
        assert_eq!(work(&format!("title: T\ndoi: '{long}'")).doi, long);
        for none in ["see 10.1234/abc", "10.foo bar/baz and more", "10.1234/a b"] {
            assert_eq!(work(&format!("title: T\ndoi: '{none}'")).doi, "", "{none}");
        }
    }

    #[test]
    fn a_heading_is_a_title_only_if_all_stands_under_it() {
        let title = |text: &str| work_of(&parse(text).paper).title;
        let is_title = "# War and Notes\n\n## Method\n\nText.[^1]\n\n[^1]: A note.\n";
        assert_eq!(title(is_title), "War and Notes");
        let with_subtitle = "# War: A Study\n\n## Method\n\nText.\n";
        assert_eq!(title(with_subtitle), "War: A Study");
        for section in [
            "Introduction: Why it matters",
            "Method: How\n\nText.\n\n### Data: What",
        ] {
            let text = format!("# Brexit: The Story\n\n## {section}\n\nText.\n");
            assert_eq!(title(&text), "Brexit: The Story", "{section}");
            let text = format!("# Brexit: The Story\n\nText.\n\n## {section}\n\nText.\n");
            assert_eq!(title(&text), "Brexit: The Story", "{section}");
        }
        for is_section in [
            "# Introduction\n\nText.\n\n# Method\n\nText.\n",
            "## Introduction\n\nText.\n",
            "An abstract.\n\n# Introduction\n\nText.\n",
            "# Institution: A University\n### Degree: A Degree\n### Candidate: Jo Doe\n\n\
             ## Introduction\n\nText.\n",
        ] {
            assert_eq!(title(is_section), "", "{is_section}");
        }
    }

    #[test]
    fn a_date_that_is_not_read_whole_is_kept_as_it_is_said() {
        let day = work("title: T\ndate: 4 May 2024").date.unwrap();
        assert_eq!((day.year, day.month, day.day), (2024, Some(5), Some(4)));
        let work = work("title: T\ndate: 2024 or later");
        assert_eq!(
            (work.date, work.date_said.as_str()),
            (None, "2024 or later")
        );
    }
}
