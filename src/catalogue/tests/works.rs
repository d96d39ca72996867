//! Which papers cite the works of a paper, from the table, held to what gathering all of them says.

use std::fs::{self, File};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::cited::{ROE, SMITH};
use super::{Room, keep_place};
use crate::catalogue::table::TABLE;
use crate::catalogue::{
    CitedSources, FoundWorks, OtherCiting, SOURCES, WantedWork, WorksQuery, file_name,
};
use crate::shelf::{Opened, Origin};
use crate::sources::{PaperCitation, SharedWork, Sources, WorkGatherer};

const SMITH_WITH_DOI: &str = "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), \
                              https://doi.org/10.1234/abc.5.";
/// By its words it is Smith's, by its DOI Roe's: it is neither, for certain.
const BETWEEN: &str = "J. Smith, *The Notes of Others* (Oxford: OUP, 2019), \
                       https://doi.org/10.1234/roe.7.";
const ROE_WITH_DOI: &str = "Al Roe, *Gardens in the North* (Berlin: Holm, 1990), \
                            https://doi.org/10.1234/roe.7.";
const ONLY_DOI: &str = "Smith, *The Notes of Others*, 2020, doi:10.1234/abc.5.";
const PAGE: &str =
    "Ann Müller, “On the Ubersee Archive,” 3 May 2021, https://example.org/archive/1.";
const OTHER_PAGE: &str =
    "Ann Müller, “On the Übersee Letters,” 3 May 2022, https://www.example.org/archive/12/.";
const DOE: &str = "Jo Doe, *Rivers of the South* (Rome: Fiume, 2001), 4.";

impl Room {
    /// Puts papers into the library, each with what it cites, besides the two that it has.
    pub(super) fn add_citing(&self, papers: &[(&str, &[&str])]) {
        for (title, citations) in papers {
            let name = format!("{title}.md");
            self.write_citing(&name, title, citations);
            let (paper, origin) = self.paper(&name);
            keep_place(self.library().open_new(&paper, &origin));
        }
    }

    /// Puts a paper into the library without waiting until that lasts.
    fn add_unsaved(&self, number: usize, citations: &[&str]) {
        let title = format!("paper {number}");
        let name = format!("{title}.md");
        self.write_citing(&name, &title, citations);
        let path = self.path(&name);
        let (seconds, file) = (number % 7, format!("data/{number:016x}.jsonl"));
        let modified = format!("\"modified\": \"2026-03-11T10:00:0{seconds}Z\"");
        let records = format!(
            "{{\"kind\": \"shelf\", \"version\": 1}}\n\
             {{\"kind\": \"path\", \"id\": {path:?}, {modified}}}\n\
             {{\"kind\": \"place\", \"id\": \"last\", {modified}, \"progress\": 0.5, \"read\": 0.5, \
             \"anchor\": {{}}}}\n"
        );
        fs::write(self.path(&file), records).unwrap();
    }

    /// Has what all papers cite taken into the catalogue.
    pub(super) fn take_in_all(&self) {
        let (papers, _) = self.library().papers();
        self.catalogue("")
            .cited_each(&papers, |_, _| (), |_, _| true);
    }

    /// What each other paper that cites a source of a paper calls it, by the table.
    pub(super) fn others(&self, name: &str) -> Vec<Vec<(String, String)>> {
        let citing = |it: &OtherCiting| (it.paper.clone(), it.name.clone());
        let all = self.other_citings(name);
        let named = all.iter().map(|it| it.iter().map(citing).collect());
        named.collect()
    }

    fn other_citings(&self, name: &str) -> Vec<Vec<OtherCiting>> {
        let (paper, origin) = self.paper(name);
        let cited = || CitedSources::new(&paper, &Sources::read(&paper));
        self.catalogue("")
            .other_citings(&self.library(), &origin, cited)
    }

    /// The works that are asked for, as a program asks that has not been asked before.
    pub(super) fn works(&self, is_shared: bool, citing: Option<&str>) -> FoundWorks {
        let citing = citing.map(WantedWork::new);
        let query = WorksQuery { is_shared, citing };
        self.catalogue("").works(&self.library(), &query)
    }

    /// As if all files about papers had been written a while ago.
    pub(super) fn settle_shelves(&self) {
        for entry in fs::read_dir(self.path("data")).unwrap() {
            let file = File::options().write(true).open(entry.unwrap().path());
            let before = SystemTime::now() - Duration::from_secs(60);
            file.unwrap().set_modified(before).unwrap();
        }
    }

    /// Holds what is found to what gathering the sources of all papers finds; says how many works
    /// that are.
    #[track_caller]
    fn hold(&self, queries: &[(bool, Option<&str>)]) -> usize {
        let all = self.catalogue("").all_works(&self.library());
        let mut works = 0;
        for &(is_shared, citing) in queries {
            let found = self.works(is_shared, citing);
            works += found.works.all().len();
            let query = WorksQuery {
                is_shared,
                citing: citing.map(WantedWork::new),
            };
            let meant = told(&all, |work| query.is_meant(work));
            assert_eq!(told(&found, |_| true), meant, "{is_shared} {citing:?}");
        }
        works
    }

    /// The works that a paper and others cite.
    pub(super) fn shared(&self, name: &str) -> Told {
        let (paper, origin) = self.paper(name);
        let cited = CitedSources::new(&paper, &Sources::read(&paper));
        let catalogue = self.catalogue("");
        let found = catalogue.works_shared_with(&self.library(), &origin, &cited);
        told(&found, |_| true)
    }

    /// The same by gathering the sources of all papers.
    fn gathered_shared(&self, title: &str) -> Told {
        let found = self.catalogue("").all_works(&self.library());
        let own = found.papers.iter().position(|(of, _)| of == title);
        told(&found, |work| {
            let papers = work.papers();
            papers.len() > 1 && papers.contains(&own.unwrap())
        })
    }

    /// Where others do by gathering the sources of all papers.
    fn gathered_others(&self, name: &str) -> Vec<Vec<(String, String)>> {
        let (papers, _) = self.library().papers();
        let (mut works, mut titles, mut own) = (WorkGatherer::default(), Vec::new(), None);
        let path = Origin::File(self.path(name));
        let show = |origin: &Origin, cited| (origin.clone(), cited);
        self.catalogue("").cited_each(&papers, show, |_, read| {
            let (origin, cited): (_, CitedSources) = read.unwrap();
            if origin == path {
                own = Some((titles.len(), cited.sources.len()));
            }
            cited.gather(titles.len(), &mut works);
            titles.push(cited.title);
            true
        });
        let (own, count) = own.unwrap();
        let mut all = vec![Vec::new(); count];
        for work in works.finish().all() {
            let others = work.citings.iter().filter(|citing| citing.paper != own);
            let others = others.map(|citing| (titles[citing.paper].clone(), citing.name.clone()));
            let others: Vec<_> = others.collect();
            for citing in work.citings.iter().filter(|citing| citing.paper == own) {
                all[citing.source.0].clone_from(&others);
            }
        }
        all
    }
}

/// The citation that stands for a work, and what it is called in which papers; and how many papers are
/// not to be read.
pub(super) type Told = (Vec<(String, Vec<(String, String)>)>, usize);

fn told(found: &FoundWorks, is_told: impl Fn(&SharedWork) -> bool) -> Told {
    let works = found.works.all().iter();
    let works = works.filter(|work| is_told(work)).map(|work| {
        let citings = work.citings.iter();
        let citing = |it: &PaperCitation| (found.papers[it.paper].0.clone(), it.name.clone());
        (work.source.text.clone(), citings.map(citing).collect())
    });
    (works.collect(), found.unread)
}

const QUERIES: [&str; 22] = [
    "10.1234/abc.5",
    "https://doi.org/10.1234/ABC.5",
    "10.1234/abc",
    "10.1234/abc.5.7",
    "10.1234/roe.7",
    "https://example.org/archive/1",
    "example.org/archive/1/",
    "http://www.example.org/archive/12",
    "example.org/archive",
    "archive/1",
    "smith notes",
    "SMITH, jane",
    "othe",
    "e",
    "gardens north holm",
    "gardens south",
    "muller",
    "über",
    "rivers-of",
    "19",
    "“notes",
    "nowhere",
];

#[test]
fn works_that_are_looked_up_are_those_that_gathering_all_finds() {
    let room = Room::new();
    let citations = [
        SMITH,
        SMITH_WITH_DOI,
        ONLY_DOI,
        BETWEEN,
        ROE,
        ROE_WITH_DOI,
        DOE,
        PAGE,
        OTHER_PAGE,
    ];
    for paper in 0..26_usize {
        let has = |at: usize| at == paper % 9 || at == paper * 5 % 9 || at == paper / 3;
        let cited = citations.iter().enumerate();
        let cited: Vec<&str> = cited
            .filter(|(at, _)| has(*at))
            .map(|(_, it)| *it)
            .collect();
        room.add_unsaved(paper, &cited);
    }
    room.settle_shelves();
    let table = || fs::read(room.path("cache").join(TABLE)).unwrap();
    let citing = QUERIES.map(|query| (false, Some(query)));
    let shared = [None, Some("archive"), Some("10.1234/abc.5")].map(|query| (true, query));
    let queries = [&citing[..], &shared[..]].concat();
    let hold_all = || room.hold(&queries);
    assert!(hold_all() > 30);
    let first = table();
    // A few papers are looked into, and the table stays as it is.
    for paper in 0..3 {
        let name = format!("paper {paper}.md");
        room.write_citing(&name, "changed", &[PAGE, ROE, SMITH_WITH_DOI]);
        fs::remove_file(room.path(&format!("paper {}.md", 20 + paper))).unwrap();
    }
    let loose = hold_all();
    assert_eq!(table(), first);
    // When there are more, it is made anew, and nothing else is found then.
    for paper in 3..20 {
        let name = format!("paper {paper}.md");
        room.write_citing(&name, "changed", &[OTHER_PAGE, DOE]);
    }
    assert!(loose > 30 && hold_all() > 30);
    let second = table();
    assert_ne!(second, first);
    room.hold(&shared);
    assert_eq!(table(), second);
}

#[test]
fn a_work_is_found_by_any_form_of_its_doi_and_address_and_by_parts_of_its_words() {
    let room = Room::new();
    room.add_citing(&[
        ("one", &[SMITH_WITH_DOI, PAGE]),
        ("two", &[ROE, OTHER_PAGE]),
        ("three", &[ONLY_DOI, DOE]),
        ("four", &[PAGE]),
    ]);
    let check = |query: &str, expected: &[(&str, &[&str])]| {
        let (works, _) = told(&room.works(false, Some(query)), |_| true);
        let mut found: Vec<(String, Vec<String>)> = works
            .into_iter()
            .map(|(text, citings)| {
                let mut papers: Vec<_> = citings.into_iter().map(|(paper, _)| paper).collect();
                papers.sort();
                (text.chars().take(8).collect(), papers)
            })
            .collect();
        found.sort();
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(text, papers)| {
                let papers = papers.iter().map(|&paper| paper.to_owned());
                ((*text).to_owned(), papers.collect())
            })
            .collect();
        assert_eq!(found, expected, "{query}");
    };
    let smith: (&str, &[&str]) = ("Jane Smi", &["one", "three"]);
    let page: (&str, &[&str]) = ("Ann Müll", &["four", "one"]);
    let other: (&str, &[&str]) = ("Ann Müll", &["two"]);
    for _ in 0..2 {
        check("doi:10.1234/ABC.5", &[smith]);
        check("https://doi.org/10.1234/abc.5", &[smith]);
        check("10.1234/abc", &[]);
        check("10.1234/abc.55", &[]);
        check("http://www.example.org/archive/1/", &[page]);
        check("HTTPS://EXAMPLE.ORG/archive/12", &[other]);
        // It is a part of what stands in the text of one; in that of the other it is not.
        check("https://example.org/archive", &[page]);
        check("muller ubers", &[page, other]);
        check("ardens nort", &[("Al Roe, ", &["two"])]);
        check("smith roe", &[]);
        // The next time the table is there.
        room.settle_shelves();
    }
}

#[test]
fn the_table_is_believed_of_no_paper_that_has_changed_on_the_shelf_or_on_the_disk() {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH]), ("two", &[SMITH]), ("three", &[DOE])]);
    room.settle_shelves();
    let papers = || {
        let (works, unread) = told(&room.works(false, Some("smith notes")), |_| true);
        let citings = works.into_iter().flat_map(|(_, citings)| citings);
        let mut papers: Vec<String> = citings.map(|(paper, _)| paper).collect();
        papers.sort();
        (papers.join(" "), unread)
    };
    assert_eq!(papers(), ("one two".to_owned(), 0));
    // Moved, and known on the shelf where it is now.
    fs::rename(room.path("two.md"), room.path("second.md")).unwrap();
    assert_eq!(papers(), ("one".to_owned(), 1));
    let (paper, origin) = room.paper("second.md");
    let Opened::Shelf(shelf) = room.library().open(&paper, &origin) else {
        panic!("it has the same text");
    };
    keep_place(*shelf);
    assert_eq!(papers(), ("one two".to_owned(), 0));
    // Written anew in its place, as long as before.
    room.write_citing("three.md", "three", &[SMITH]);
    assert_eq!(papers(), ("one three two".to_owned(), 0));
    // What is cached of a paper that is as it was is made again when it is gone or broken.
    let (_, one) = room.paper("one.md");
    let cached = room.path("cache").join(file_name(&one, SOURCES));
    fs::write(&cached, "damaged").unwrap();
    assert_eq!(papers(), ("one three two".to_owned(), 0));
    fs::remove_file(&cached).unwrap();
    assert_eq!(papers(), ("one three two".to_owned(), 0));
    // Taken off the shelf by hand: what is known of it is removed.
    let (listed, _) = room.library().papers();
    let name = listed.iter().find(|it| it.paper.title == "one").unwrap();
    let files = fs::read_dir(room.path("data")).unwrap();
    let mut files = files.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.to_string_lossy().contains(name.paper.id()));
    fs::remove_file(file.unwrap()).unwrap();
    assert_eq!(papers(), ("three two".to_owned(), 0));
    assert!(!cached.exists());
    let table = fs::read(room.path("cache").join(TABLE)).unwrap();
    assert!(!String::from_utf8_lossy(&table).contains("one.md"));
    assert_eq!(papers(), ("three two".to_owned(), 0));
}

#[test]
fn what_is_wrong_with_a_file_about_a_paper_is_told_each_time() {
    let room = Room::new();
    room.add_unsaved(1, &[SMITH]);
    room.add_unsaved(2, &[SMITH]);
    room.settle_shelves();
    let notices = || {
        let told = room.works(false, Some("smith")).notices;
        assert_eq!(told, room.library().papers().1);
        told.len()
    };
    assert_eq!(notices(), 0);
    let file = room.path(&format!("data/{:016x}.jsonl", 1));
    let mut text = fs::read_to_string(&file).unwrap();
    fs::write(room.path(&format!("data/{:016x} (copy).jsonl", 2)), &text).unwrap();
    text.push_str("no record\n");
    fs::write(&file, text).unwrap();
    room.settle_shelves();
    assert_eq!(notices(), 2);
    assert_eq!(notices(), 2);
}

#[test]
fn other_papers_that_cite_a_work_are_those_that_gathering_all_finds() {
    let citations = [
        SMITH,
        SMITH_WITH_DOI,
        ONLY_DOI,
        BETWEEN,
        ROE,
        ROE_WITH_DOI,
        DOE,
    ];
    // Each paper has those citations whose bits its number has.
    for seed in [1_u32, 5, 9, 14] {
        let room = Room::new();
        let (mut titles, mut shared) = (Vec::new(), 0);
        for paper in 0..6 {
            let bits = (seed * 37 + paper * 29) % 127 + 1;
            let has =
                |(at, citation): (usize, &&'static str)| (bits >> at & 1 == 1).then_some(*citation);
            let cited: Vec<&str> = citations.iter().enumerate().filter_map(has).collect();
            let title = format!("paper {paper}");
            room.add_citing(&[(&title, &cited)]);
            titles.push(title);
        }
        room.take_in_all();
        for title in titles {
            let name = format!("{title}.md");
            let others = room.others(&name);
            assert_eq!(others, room.gathered_others(&name), "{seed} {title}");
            assert_eq!(
                room.shared(&name),
                room.gathered_shared(&title),
                "{seed} {title}"
            );
            shared += others.iter().filter(|others| !others.is_empty()).count();
        }
        assert!(shared > 5, "{seed}: {shared}");
    }
}

#[test]
fn works_that_a_paper_shares_are_found_also_of_a_paper_that_the_library_has_not() {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH, DOE]), ("two", &[ROE, SMITH_WITH_DOI])]);
    room.write_citing("new.md", "new", &[PAGE, ROE]);
    let cited = |title: &str, name: &str| (title.to_owned(), name.to_owned());
    for _ in 0..2 {
        let (works, unread) = room.shared("new.md");
        assert_eq!(unread, 0);
        let [(text, citings)] = works.as_slice() else {
            panic!("{works:?}");
        };
        assert!(text.starts_with("Al Roe"));
        assert_eq!(citings, &[cited("new", "2"), cited("two", "1")]);
        room.settle_shelves();
    }
}

#[test]
fn no_paper_is_handed_over_that_cites_none_of_the_works() {
    let room = Room::new();
    room.add_citing(&[
        ("one", &[DOE]),
        ("two", &[PAGE, SMITH]),
        ("three", &[SMITH]),
        ("four", &[ROE]),
    ]);
    let (paper, origin) = room.paper("two.md");
    let cited = CitedSources::new(&paper, &Sources::read(&paper));
    let shared = |room: &Room| {
        let catalogue = room.catalogue("");
        catalogue.works_shared_with(&room.library(), &origin, &cited)
    };
    let found = [
        shared(&room),
        room.works(true, None),
        room.works(false, Some("smith")),
    ];
    for found in found {
        let mut papers: Vec<_> = found.papers.iter().map(|(title, _)| title).collect();
        papers.sort();
        assert_eq!(papers, ["three", "two"]);
        let (works, _) = told(&found, |_| true);
        let mut citings: Vec<_> = works.into_iter().flat_map(|(_, citings)| citings).collect();
        citings.sort();
        let cited = [("three", "1"), ("two", "2")].map(|(title, name)| (title.into(), name.into()));
        assert_eq!(citings, cited);
    }
}

#[test]
fn nothing_is_known_of_papers_whose_sources_are_not_in_the_catalogue() {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH]), ("two", &[DOE, SMITH_WITH_DOI])]);
    assert!(room.others("one.md").is_empty());
    assert!(!room.path("cache").join(TABLE).exists());
    room.take_in_all();
    let others = room.other_citings("one.md");
    let [citing] = others[0].as_slice() else {
        panic!("{others:?}");
    };
    assert_eq!(citing.origin, Origin::File(room.path("two.md")));
    assert_eq!((citing.name.as_str(), citing.is_in_note), ("2", true));
    assert_eq!(citing.words, "The Notes of Others");
    let (paper, _) = room.paper("two.md");
    let block = paper.block(citing.position.block).unwrap();
    let there = block.text.get(citing.position.offset..);
    assert!(there.unwrap().starts_with("Jane Smith"));
}

#[test]
fn a_paper_that_has_changed_or_gone_or_is_forgotten_cites_no_more_what_it_did() {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH]), ("two", &[SMITH]), ("three", &[SMITH])]);
    room.take_in_all();
    let citing = |titles: &[&str]| -> Vec<Vec<(String, String)>> {
        let citing = titles
            .iter()
            .map(|title| ((*title).to_owned(), "1".to_owned()));
        vec![citing.collect()]
    };
    assert_eq!(room.others("one.md"), citing(&["three", "two"]));
    room.write_citing("two.md", "two", &[ROE]);
    // Until it is read again, nothing is known of it.
    assert_eq!(room.others("one.md"), citing(&["three"]));
    room.take_in_all();
    assert_eq!(room.others("one.md"), citing(&["three"]));
    fs::remove_file(room.path("three.md")).unwrap();
    assert_eq!(room.others("one.md"), citing(&[]));

    let (papers, _) = room.library().papers();
    let table = room.path("cache").join(TABLE);
    let left = room.path("cache").join(".opcit-abc");
    File::create(&left)
        .unwrap()
        .set_modified(UNIX_EPOCH)
        .unwrap();
    room.catalogue("").forget_others(&papers, &[]);
    assert!(!left.exists() && table.exists());
    let kept: Vec<_> = papers
        .into_iter()
        .filter(|it| it.paper.title != "two")
        .collect();
    room.catalogue("").forget_others(&kept, &[]);
    assert!(!table.exists());
}

#[test]
fn a_table_that_is_broken_or_deleted_is_made_anew() {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH]), ("two", &[ONLY_DOI, SMITH_WITH_DOI])]);
    room.take_in_all();
    room.settle_shelves();
    let others = room.others("one.md");
    assert_eq!(others[0].len(), 2);
    let table = room.path("cache").join(TABLE);
    let sound = fs::read(&table).unwrap();
    for at in 0..sound.len() {
        let mut broken = sound.clone();
        broken[at] ^= 1;
        fs::write(&table, &broken).unwrap();
        assert_eq!(room.others("one.md"), others);
        assert_eq!(fs::read(&table).unwrap(), sound);
    }
    fs::write(&table, &sound[..20]).unwrap();
    assert_eq!(room.others("one.md"), others);
    fs::remove_file(&table).unwrap();
    assert_eq!(room.others("one.md"), others);
    assert_eq!(fs::read(&table).unwrap(), sound);
}

#[test]
fn works_with_a_doi_are_found_without_looking_into_papers_that_cite_others() {
    let room = Room::new();
    room.add_citing(&[
        ("one", &[SMITH_WITH_DOI]),
        ("two", &[DOE]),
        ("three", &[ROE, ONLY_DOI]),
    ]);
    let found = || {
        let found = room.works(false, Some("10.1234/ABC.5"));
        let [work] = found.works.all() else {
            panic!("{:?}", found.works);
        };
        let citing = |it: &PaperCitation| {
            let (title, origin) = &found.papers[it.paper];
            assert_eq!(*origin, Origin::File(room.path(&format!("{title}.md"))));
            (title.clone(), it.name.clone())
        };
        let mut citings: Vec<_> = work.citings.iter().map(citing).collect();
        citings.sort();
        (citings, found.unread)
    };
    let expected = [("one", "1"), ("three", "2")].map(|(title, name)| (title.into(), name.into()));
    assert_eq!(found(), (expected.to_vec(), 0));
    let (_, two) = room.paper("two.md");
    fs::write(room.path("cache").join(file_name(&two, SOURCES)), "damaged").unwrap();
    assert_eq!(found(), (expected.to_vec(), 0));
    assert_eq!(
        fs::read(room.path("cache").join(file_name(&two, SOURCES))).unwrap(),
        b"damaged"
    );
    fs::remove_file(room.path("two.md")).unwrap();
    assert_eq!(found(), (expected.to_vec(), 1));
}
