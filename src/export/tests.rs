//! What a paper's own bibliography has of its sources goes out, and is read back as it was.

use super::reference::ReferenceFormat;
use crate::formats::{Bibliography, Format, ReadOptions, read};
use crate::sources::{Details, SourceId, Sources};

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
