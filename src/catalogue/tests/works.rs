//! Which papers cite the works of a paper, from the table, held to what gathering all of them says.

use std::fs::{self, File};
use std::time::UNIX_EPOCH;

use super::cited::{ROE, SMITH};
use super::{Room, keep_place};
use crate::catalogue::works::TABLE;
use crate::catalogue::{CitedSources, OtherCiting, SOURCES, file_name};
use crate::shelf::Origin;
use crate::sources::{PaperCitation, Sources, WorkGatherer};

const SMITH_WITH_DOI: &str = "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), \
                              https://doi.org/10.1234/abc.5.";
/// By its words it is Smith's, by its DOI Roe's: it is neither, for certain.
const BETWEEN: &str = "J. Smith, *The Notes of Others* (Oxford: OUP, 2019), \
                       https://doi.org/10.1234/roe.7.";
const ROE_WITH_DOI: &str = "Al Roe, *Gardens in the North* (Berlin: Holm, 1990), \
                            https://doi.org/10.1234/roe.7.";
const ONLY_DOI: &str = "Smith, *The Notes of Others*, 2020, doi:10.1234/abc.5.";
const DOE: &str = "Jo Doe, *Rivers of the South* (Rome: Fiume, 2001), 4.";

impl Room {
    /// Puts papers into the library, each with what it cites, besides the two that it has.
    fn add_citing(&self, papers: &[(&str, &[&str])]) {
        for (title, citations) in papers {
            let name = format!("{title}.md");
            self.write_citing(&name, title, citations);
            let (paper, origin) = self.paper(&name);
            keep_place(self.library().open_new(&paper, &origin));
        }
    }

    /// Has what all papers cite taken into the catalogue.
    fn take_in_all(&self) {
        let (papers, _) = self.library().papers();
        self.catalogue("")
            .cited_each(&papers, |_, _| (), |_, _| true);
    }

    /// What each other paper that cites a source of a paper calls it, by the table.
    fn others(&self, name: &str) -> Vec<Vec<(String, String)>> {
        let citing = |it: &OtherCiting| (it.paper.clone(), it.name.clone());
        let all = self.other_citings(name);
        let named = all.iter().map(|it| it.iter().map(citing).collect());
        named.collect()
    }

    fn other_citings(&self, name: &str) -> Vec<Vec<OtherCiting>> {
        let (papers, _) = self.library().papers();
        let (paper, origin) = self.paper(name);
        let cited = || CitedSources::new(&paper, &Sources::read(&paper));
        self.catalogue("").other_citings(&papers, &origin, cited)
    }

    /// The same by gathering the sources of all papers.
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
            shared += others.iter().filter(|others| !others.is_empty()).count();
        }
        assert!(shared > 5, "{seed}: {shared}");
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
        let (papers, _) = room.library().papers();
        let found = room
            .catalogue("")
            .works_with_doi(&papers, "10.1234/ABC.5")
            .unwrap();
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
