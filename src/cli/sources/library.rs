//! The sources of all papers of the library, those that are one work joined.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::{SourcesArguments, SourcesFormat};
use crate::catalogue::{Catalogue, CitedSources, FoundWorks};
use crate::cli::bookmarks::{told, told_unread};
use crate::cli::{input, output};
use crate::export::bibtex::{self, BibFlavour};
use crate::export::{csl, json, ris, text};
use crate::formats::bibliography::doi::bare_doi;
use crate::search::{Mode, Query, plain};
use crate::shelf::{Library, Listed, Origin};
use crate::sources::{SharedWork, SharedWorks, WorkGatherer, bare_address};

impl SourcesArguments {
    /// Writes the works that all papers cite.
    pub(super) fn run_all(
        &self,
        library: &Library,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        self.refuse_markdown()?;
        let (papers, notices) = library.papers();
        let mut code = told(&notices);
        let catalogue = input::catalogue(library, reading);
        // Where no field has the DOI, the words of a citation may.
        let doi = bare_doi(self.citing.as_deref().unwrap_or_default());
        let found = (!doi.is_empty()).then(|| catalogue.works_with_doi(&papers, &doi));
        let found = found
            .flatten()
            .filter(|found| !found.works.all().is_empty());
        let FoundWorks {
            mut works,
            papers: read,
            unread,
        } = found.unwrap_or_else(|| all_works(&catalogue, &papers));
        if let Some(failure) = told_unread(unread) {
            code = failure;
        }
        if self.shared {
            works.retain(|work| work.papers().len() > 1);
        }
        if let Some(citing) = &self.citing {
            let is_meant = meant(citing)?;
            works.retain(is_meant);
        }
        self.write(&works, &read)?;
        catalogue.forget_others(&papers, &notices);
        Ok(code)
    }

    /// Writes the works that the paper and another one both cite.
    pub(super) fn run_shared(
        &self,
        other: PathBuf,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        self.refuse_markdown()?;
        let (mut gathered, mut read) = (WorkGatherer::default(), Vec::new());
        for argument in [self.paper.clone(), Some(other)] {
            let document = input::open(argument, reading)?;
            let cited = CitedSources::new(document.paper(), document.sources_for_export());
            take(document.origin().clone(), cited, &mut gathered, &mut read);
        }
        let mut works = gathered.finish();
        works.retain(|work| work.papers().len() > 1);
        self.write(&works, &read)?;
        Ok(ExitCode::SUCCESS)
    }

    fn refuse_markdown(&self) -> Result<()> {
        if self.format == SourcesFormat::Markdown {
            bail!(
                "the sources of several papers are not written as Markdown; use text, json, \
                 csl-json, bibtex, biblatex or ris"
            );
        }
        Ok(())
    }

    fn write(&self, works: &SharedWorks, read: &[(String, Origin)]) -> Result<()> {
        let named = |place: fn(&Origin) -> String| {
            let papers = read.iter();
            papers
                .map(|(title, origin)| (title.clone(), place(origin)))
                .collect::<Vec<_>>()
        };
        let all = works.as_sources();
        output::print(|out| match self.format {
            SourcesFormat::Text | SourcesFormat::Markdown => {
                text::write_works(works, &named(input::name_of), out)
            }
            SourcesFormat::Json => json::write_works(works, &named(Origin::iri), out),
            SourcesFormat::Bibtex => bibtex::write_sources(&all, BibFlavour::BibTex, out),
            SourcesFormat::Biblatex => bibtex::write_sources(&all, BibFlavour::BibLatex, out),
            SourcesFormat::CslJson => csl::write_sources(&all, out),
            SourcesFormat::Ris => ris::write_sources(&all, out),
        })?;
        Ok(())
    }
}

/// The works that all papers cite.
fn all_works(catalogue: &Catalogue, papers: &[Listed]) -> FoundWorks {
    let (mut gathered, mut found) = (WorkGatherer::default(), FoundWorks::default());
    let show = |origin: &Origin, cited| (origin.clone(), cited);
    catalogue.cited_each(papers, show, |_, result| {
        match result {
            Some((origin, cited)) => take(origin, cited, &mut gathered, &mut found.papers),
            None => found.unread += 1,
        }
        true
    });
    found.works = gathered.finish();
    found
}

/// Takes in what a paper cites.
fn take(
    origin: Origin,
    cited: CitedSources,
    works: &mut WorkGatherer,
    read: &mut Vec<(String, Origin)>,
) {
    cited.gather(read.len(), works);
    read.push((cited.title, origin));
}

/// What tells the works that are meant: a DOI or an address that is theirs, else words of their
/// citations.
fn meant(words: &str) -> Result<impl Fn(&SharedWork) -> bool> {
    let bare = |address: &str| {
        let bare = bare_address(address);
        bare.strip_prefix("doi.org/").unwrap_or(&bare).to_owned()
    };
    if let Err(error) = Query::parse(words, Mode::Plain) {
        bail!("cannot look for “{words}”: {error}");
    }
    let (wanted, folded) = (bare(words), plain(words));
    let doi = bare_doi(words).to_lowercase();
    Ok(move |work: &SharedWork| {
        let details = &work.source.details;
        // "10.1234/abc" is not "10.1234/abc.5".
        if !doi.is_empty() && !details.doi.is_empty() {
            let field = details.doi.to_lowercase();
            return field == doi
                || doi.starts_with(&field) && plain(&work.source.text).contains(&folded);
        }
        let text = plain(&work.source.text);
        let has_all = folded.split_whitespace().all(|word| text.contains(word));
        let is_wanted = |address: &str| !address.is_empty() && bare(address) == wanted;
        is_wanted(&details.doi) || is_wanted(&details.url) || has_all
    })
}
