//! What a paper's own bibliography has of its sources goes out, and is read back as it was.

use super::reference::ReferenceFormat;
use crate::formats::{Bibliography, Format, ReadOptions, read};
use crate::sources::{Date, Details, SourceId, SourceKind, Sources};

/// The sources of a paper that cites all that its bibliography has.
fn sources_of(bib: &str) -> Sources {
    let options = ReadOptions {
        from: Some(Format::Markdown),
        beside: &|_| Some(bib.as_bytes().to_vec()),
        ..ReadOptions::default()
    };
    let text = "---\nbibliography: a.bib\nnocite: '@*'\n---\nText.\n";
    let paper = read(text.as_bytes(), &options).unwrap().paper;
    Sources::read(&paper)
}

/// All of them as they are written out.
fn written(sources: &Sources, format: ReferenceFormat) -> String {
    let all: Vec<SourceId> = (0..sources.all().len()).map(SourceId).collect();
    super::references(sources, &all, format)
}

/// The works that a text in this format has.
fn works_in(text: &str, format: ReferenceFormat) -> Vec<Details> {
    let name = match format {
        ReferenceFormat::CslJson => "a.json",
        _ => "a.bib",
    };
    let mut read = Bibliography::default();
    read.add(name, text.as_bytes()).unwrap();
    read.keys().map(|key| read.get(key).unwrap()).collect()
}

/// The formats that opcit reads as well.
const READ_BACK: [ReferenceFormat; 3] = [
    ReferenceFormat::Bibtex,
    ReferenceFormat::Biblatex,
    ReferenceFormat::CslJson,
];

#[test]
fn a_paper_of_a_conference_is_one_in_every_format() {
    let bib = "@inproceedings{k, author = {Doe, Jo}, title = {A paper}, editor = {Roe, Al},
        booktitle = {Proceedings of the Meeting}, year = 2019, pages = {1--9}, publisher = {ACM}}";
    let sources = sources_of(bib);
    let was = &sources.all()[0].details;
    for format in READ_BACK {
        let text = written(&sources, format);
        let is = &works_in(&text, format)[0];
        assert_eq!(is.kind, was.kind, "{text}");
        assert_eq!(is.container, "Proceedings of the Meeting", "{text}");
    }
    for (format, kind) in [
        (ReferenceFormat::Bibtex, "@inproceedings{"),
        (ReferenceFormat::Biblatex, "@inproceedings{"),
        (ReferenceFormat::CslJson, "\"paper-conference\""),
        (ReferenceFormat::Ris, "TY  - CONF\r\n"),
    ] {
        let text = written(&sources, format);
        assert!(text.contains(kind), "{text}");
    }
    assert_eq!(
        sources.all()[0].text,
        "Doe, Jo. 2019. “A paper.” In Proceedings of the Meeting, edited by Al Roe, 1–9. ACM."
    );
}

#[test]
fn a_short_doi_goes_out_as_it_is() {
    let sources = sources_of("@article{k, title = {A paper}, year = 2010, doi = {10/fn9rpc}}");
    assert!(
        sources.all()[0]
            .text
            .ends_with("https://doi.org/10/fn9rpc.")
    );
    for format in READ_BACK {
        let text = written(&sources, format);
        assert_eq!(works_in(&text, format)[0].doi, "10/fn9rpc", "{text}");
    }
    assert!(written(&sources, ReferenceFormat::Ris).contains("DO  - 10/fn9rpc\r\n"));
}

#[test]
fn what_a_bibliography_has_of_a_work_is_read_back_whole() {
    let bib = "
        @article{a, author = {Doe, Jo and others}, title = {Estimating the {FDR} of DNA}, shorttitle = {The {FDR}},
            journaltitle = {Journal of Tests}, volume = 3, number = 4, pages = {1--9}, date = {2010-03-04},
            issn = {1234-5679}, langid = {english}, abstract = {What it is about.}, series = {2},
            annotation = {Read twice.}, note = {R package version 1.0.2}, url = {https://a.org/b},
            urldate = {2020-01-02}, eprint = {2001.01234}, eprinttype = {arxiv}}
        @thesis{b, author = {Roe, Al}, title = {Traces}, type = {phdthesis}, institution = {University}, date = {2011}}
        @mastersthesis{c, author = {Roe, Al}, title = {More traces}, school = {University}, year = 2012}
        @techreport{d, author = {{WHO}}, title = {Health}, type = {Working paper}, institution = {WHO}, year = {in press}}
        @dataset{f, author = {{WHO}}, title = {Cases}, publisher = {Zenodo}, date = {2005}}
        @software{g, author = {Roe, Al}, title = {Counter}, langid = {ngerman}, date = {2006}}
        @collection{e, editor = {Poe, E}, title = {Whole}, series = {Notes in {LaTeX}}, date = {2001}}";
    let sources = sources_of(bib);
    let was: Vec<&Details> = sources.all().iter().map(|it| &*it.details).collect();
    let genres: Vec<&str> = was.iter().map(|it| it.genre.as_str()).collect();
    let set = [
        "",
        "",
        "",
        "PhD thesis",
        "Master’s thesis",
        "Working paper",
        "",
    ];
    assert_eq!(genres, set);
    for format in READ_BACK {
        let text = written(&sources, format);
        let read = works_in(&text, format);
        assert_eq!(read.len(), was.len(), "{text}");
        for (is, was) in read.iter().zip(&was) {
            let mut was = (*was).clone();
            // BibTeX has no day, no data and no programs, CSL nobody beside those who are named.
            if format == ReferenceFormat::CslJson {
                was.has_others = false;
                was.tex_fields.clear();
            }
            if format == ReferenceFormat::Bibtex {
                was.date = was.date.map(|date| Date { day: None, ..date });
                if matches!(was.kind, SourceKind::Dataset | SourceKind::Software) {
                    was.kind = SourceKind::Unknown;
                }
            }
            assert_eq!(*is, was, "{text}");
        }
    }
    let ris = written(&sources, ReferenceFormat::Ris);
    for line in [
        "SN  - 1234-5679",
        "LA  - en",
        "AB  - What it is about.",
        "N1  - R package version 1.0.2",
        "Y2  - 2020/01/02/",
        "M3  - PhD thesis",
        "ST  - The FDR",
        "T3  - Notes in LaTeX",
    ] {
        assert!(ris.contains(&format!("{line}\r\n")), "{line}\n{ris}");
    }
}

#[test]
fn braces_of_a_bibliography_stay_as_they_are_and_none_come_in() {
    let bib = "@book{k, author = {{van Rooij}, Iris}, title = {Seeing What We Know of {DNA} and $\\alpha$},
        series = {{U}.{C}.{L}.{A}.}, year = 2010, url = {https://a.org/Allan et al. - 2008.pdf}}";
    let sources = sources_of(bib);
    for format in [ReferenceFormat::Bibtex, ReferenceFormat::Biblatex] {
        let text = written(&sources, format);
        for line in [
            "author = {{van Rooij}, Iris}",
            "title = {Seeing What We Know of {DNA} and $\\alpha$}",
            "series = {{U}.{C}.{L}.{A}.}",
            "url = {https://a.org/Allan%20et%20al.%20-%202008.pdf}",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}

#[test]
fn only_the_papers_own_words_stand_in_a_note_whole() {
    let sources = sources_of("@book{k, author = {Doe, Jo}, title = {A book}, year = 2010}");
    for format in READ_BACK {
        let text = written(&sources, format);
        assert!(!text.contains("note"), "{text}");
    }
    assert!(!written(&sources, ReferenceFormat::Ris).contains("N1"));
}

#[test]
fn what_the_readers_own_bibliography_has_is_written_as_it_has_it() {
    let note = "Jane Smith, *The First Book of Notes* (Oxford: OUP, 2019), 3.";
    let text = format!("1[^1].\n\n[^1]: {note}\n");
    let paper = crate::formats::markdown::parse(&text).paper;
    let mut sources = Sources::read(&paper);
    let mut own = Bibliography::default();
    let entry = "@book{own1, author = {Smith, Jane Ann}, title = {The first book of notes},
        year = 2019, isbn = {978-0-19-000000-0}}";
    own.add("a.bib", entry.as_bytes()).unwrap();
    sources.look_up(&paper, &own);
    for format in READ_BACK {
        let text = written(&sources, format);
        let mut work = own.get("own1").unwrap();
        if format == ReferenceFormat::CslJson {
            work.tex_fields.clear();
        }
        assert_eq!(works_in(&text, format), [work], "{text}");
    }
}
