//! What the papers of a library cite is the same with the catalogue and without it.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use flate2::Compression;
use proptest::prelude::*;

use super::{Room, STATE, keep_place, made_of};
use crate::catalogue::CitedSources;
use crate::catalogue::cited::{encode, open, read};
use crate::catalogue::seal::pack;
use crate::formats::markdown::parse;
use crate::paper::{Date, Details, Name, Passage, SourceKind};
use crate::sources::generated::markdown;
use crate::sources::{Source, Sources};

fn unsealed(bytes: &[u8]) -> Option<CitedSources> {
    read(open(bytes)?.1)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cached_sources_are_those_of_the_paper(markdown in markdown()) {
        let paper = parse(&markdown).paper;
        let cited = CitedSources::new(&paper, &Sources::read(&paper));
        prop_assert_eq!(unsealed(&encode(&cited, &made_of(STATE, 1))), Some(cited));
    }

    #[test]
    fn cached_sources_in_which_a_byte_is_wrong_are_not_used(at: usize, wrong in 1..=255_u8) {
        let mut bytes = encode(&everything(), &made_of(STATE, 1));
        let at = at % bytes.len();
        bytes[at] ^= wrong;
        prop_assert!(unsealed(&bytes).is_none());
        bytes.truncate(at);
        prop_assert!(unsealed(&bytes).is_none());
    }
}

/// A source that says something in each of its fields.
fn everything() -> CitedSources {
    let date = |year| Date {
        year,
        letter: Some('b'),
        month: Some(3),
        day: Some(31),
    };
    let text = str::to_owned;
    let details = Details {
        kind: SourceKind::Treaty,
        authors: vec![
            Name::Person {
                family: text("Müller"),
                given: text("A."),
                suffix: text("Jr."),
            },
            Name::Whole(text("UNESCO")),
        ],
        editors: vec![Name::Whole(text("Editor"))],
        translators: vec![Name::Whole(text("Translator"))],
        title: text("Title"),
        container: text("Container"),
        volume: text("Volume"),
        issue: text("Issue"),
        pages: text("1–2"),
        edition: text("2nd"),
        publisher: text("Publisher"),
        place: text("Place"),
        court: text("Court"),
        reporter: text("Reporter"),
        number: text("Number"),
        date: Some(date(2001)),
        accessed: Some(date(2002)),
        url: text("https://example.org/a"),
        doi: text("10.1/a"),
        isbn: text("978"),
        arxiv: text("arxiv"),
        ecli: text("ecli"),
        celex: text("celex"),
        date_said: text("forthcoming"),
        year_letters: text("ab"),
        short_title: text("Short"),
        series: text("Series"),
        issn: "issn".to_owned(),
        genre: "genre".to_owned(),
        note: "note".to_owned(),
        language: text("de"),
        has_others: true,
        key: text("key"),
        tex_fields: [(text("title"), text("{Title}"))].into(),
        abstract_text: text("Abstract"),
        annotation: text("Annotation"),
        files: vec![text("a.pdf")],
    };
    let source = Source {
        name: text("8a"),
        note: parse("A.[^1]\n\n[^1]: B.\n").paper.note_labelled("1"),
        passage: Passage::default(),
        text: text("“Te\\xt”\n\t\"\\"),
        head: text("Head"),
        author_key: text("key of author"),
        authors: vec![text("Müller")],
        dates: vec![date(2003)],
        title: text("Title as it stands"),
        links: vec!["https://example.org/b".into()],
        accessed: text("accessed"),
        details: Arc::new(details),
    };
    CitedSources {
        title: text("Paper"),
        sources: vec![source],
    }
}

#[test]
fn every_field_of_a_source_is_cached() {
    let cited = everything();
    assert_eq!(unsealed(&encode(&cited, &made_of(STATE, 1))), Some(cited));
}

#[test]
fn made_sources_that_act_on_a_terminal_or_have_no_date_that_there_is_are_not_used() {
    let breaks: [fn(&mut CitedSources); 6] = [
        |cited| cited.title.push('\u{1b}'),
        |cited| cited.sources[0].text.push('\u{9b}'),
        |cited| cited.sources[0].links = vec!["https://a\u{7}".into()],
        |cited| {
            let details = Arc::make_mut(&mut cited.sources[0].details);
            details.authors = vec![Name::Whole("a\u{202e}".to_owned())];
        },
        |cited| {
            Arc::make_mut(&mut cited.sources[0].details)
                .doi
                .push('\u{1b}');
        },
        |cited| cited.sources[0].dates[0].month = Some(13),
    ];
    for (index, break_it) in breaks.iter().enumerate() {
        let mut cited = everything();
        break_it(&mut cited);
        let bytes = encode(&cited, &made_of(STATE, 1));
        assert!(open(&bytes).is_some());
        assert!(unsealed(&bytes).is_none(), "{index}");
    }
}

#[test]
fn what_a_string_has_by_number_is_not_used() {
    let read = |title: &str| read(&pack(title.as_bytes(), Compression::fast()));
    assert_eq!(read(r#""a\\u202e""#).unwrap().title, r"a\u202e");
    for title in [
        r#""a\u202e""#,
        r#""a\\\u202e""#,
        r#""a\r""#,
        "a\\",
        "\"\u{202e}\"",
    ] {
        assert!(read(title).is_none(), "{title}");
    }
}

pub(super) const SMITH: &str = "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), 3.";
pub(super) const ROE: &str = "Al Roe, *Gardens in the North* (Berlin: Holm, 1990), 7.";

impl Room {
    pub(super) fn write_citing(&self, name: &str, title: &str, citations: &[&str]) {
        let mut text = format!("# {title}\n\n");
        for number in 1..=citations.len() {
            text.push_str(&format!("Words.[^{number}]\n\n"));
        }
        for (index, citation) in citations.iter().enumerate() {
            text.push_str(&format!("[^{}]: {citation}\n\n", index + 1));
        }
        self.write(name, &text);
    }

    /// The titles of what each paper cites, and how many papers were read for that.
    fn cited(&self) -> (Vec<(String, Vec<String>)>, usize) {
        self.reads.store(0, Ordering::SeqCst);
        let (papers, _) = self.library().papers();
        let mut all = Vec::new();
        let show = |_: &_, cited: CitedSources| {
            let sources = cited.sources.into_iter();
            let titles = sources.map(|source| source.details.title.clone());
            (cited.title, titles.collect())
        };
        self.catalogue("").cited_each(&papers, show, |_, cited| {
            all.extend(cited);
            true
        });
        all.sort();
        (all, self.reads.load(Ordering::SeqCst))
    }

    #[track_caller]
    fn check_cited(&self, expected: &[(&str, &[&str])], reads: usize) {
        let owned = |(title, works): &(&str, &[&str])| {
            let works = works.iter().map(|&work| work.to_owned());
            ((*title).to_owned(), works.collect())
        };
        assert_eq!(self.cited(), (expected.iter().map(owned).collect(), reads));
    }
}

const BOTH: &[&str] = &["The Notes of Others", "Gardens in the North"];

#[test]
fn what_papers_cite_is_read_once_and_again_when_a_paper_has_changed() {
    let room = Room::new();
    room.write_citing("war.md", "On War", &[SMITH, ROE]);
    room.check_cited(&[("On Peace", &[]), ("On War", BOTH)], 2);
    room.check_cited(&[("On Peace", &[]), ("On War", BOTH)], 0);
    room.write_citing("war.md", "On War", &[ROE]);
    room.check_cited(&[("On Peace", &[]), ("On War", &BOTH[1..])], 1);
    room.check_cited(&[("On Peace", &[]), ("On War", &BOTH[1..])], 0);
}

#[test]
fn cached_sources_that_are_deleted_or_broken_are_made_anew() {
    let room = Room::new();
    room.write_citing("war.md", "On War", &[SMITH, ROE]);
    let expected: [(&str, &[&str]); 2] = [("On Peace", &[]), ("On War", BOTH)];
    room.check_cited(&expected, 2);
    fs::remove_file(&room.cached()[0]).unwrap();
    room.check_cited(&expected, 1);
    for path in room.cached() {
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() / 2);
        fs::write(&path, bytes).unwrap();
    }
    room.check_cited(&expected, 2);
    fs::remove_dir_all(room.path("cache")).unwrap();
    room.check_cited(&expected, 2);
    room.check_cited(&expected, 0);
}

#[test]
fn sources_are_taken_in_until_it_is_enough_and_each_once() {
    let room = Room::new();
    let (papers, _) = room.library().papers();
    let reads = || room.reads.load(Ordering::SeqCst);
    let catalogue = room.catalogue("");
    let take_in = |goes_on: &dyn Fn() -> bool| {
        let taken = catalogue.take_in_sources(&papers, goes_on);
        (taken.is_whole, taken.is_news)
    };
    assert_eq!(take_in(&|| reads() < 1), (false, true));
    assert_eq!((reads(), room.cached().len()), (1, 1));
    assert_eq!(take_in(&|| true), (true, true));
    assert_eq!((reads(), room.cached().len()), (2, 2));
    assert_eq!(take_in(&|| true), (true, false));
    assert_eq!(reads(), 2);
}

#[test]
fn a_paper_that_is_away_or_forgotten_cites_nothing() {
    let room = Room::new();
    room.write_citing("war.md", "On War", &[SMITH]);
    room.check_cited(&[("On Peace", &[]), ("On War", &BOTH[..1])], 2);
    fs::remove_file(room.path("war.md")).unwrap();
    room.check_cited(&[("On Peace", &[])], 0);
    let (papers, _) = room.library().papers();
    room.catalogue("").forget_others(&papers[..0], &[]);
    assert!(room.cached().is_empty());
    let (paper, origin) = room.paper("peace.md");
    keep_place(room.library().open_new(&paper, &origin));
    room.check_cited(&[("On Peace", &[])], 1);
}
