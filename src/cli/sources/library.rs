//! The sources of all papers of the library, those that are one work joined.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::{SourcesArguments, SourcesFormat};
use crate::catalogue::{CitedSources, FoundWorks, WantedWork, WorksQuery};
use crate::cli::bookmarks::{told, told_unread};
use crate::cli::{input, output};
use crate::export::bibtex::{self, BibFlavour};
use crate::export::{csl, json, ris, text};
use crate::search::{Mode, Query};
use crate::shelf::{Library, Origin};
use crate::sources::{SharedWorks, WorkGatherer};

impl SourcesArguments {
    /// Writes the works that all papers cite.
    pub(super) fn run_all(
        &self,
        library: &Library,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        self.refuse_markdown()?;
        let citing = self.citing.as_deref().map(wanted).transpose()?;
        let is_shared = self.shared;
        let catalogue = input::catalogue(library, reading);
        self.write_found(&catalogue.works(library, &WorksQuery { is_shared, citing }))
    }

    /// Writes the works that the paper and others of the library cite.
    pub(super) fn run_shared(
        &self,
        library: &Library,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        self.refuse_markdown()?;
        let document = input::open(self.paper.clone(), reading)?;
        let cited = CitedSources::new(document.paper(), document.sources_for_export());
        let catalogue = input::catalogue(library, reading);
        self.write_found(&catalogue.works_shared_with(library, document.origin(), &cited))
    }

    /// Writes the works that the paper and another one both cite.
    pub(super) fn run_shared_with(
        &self,
        other: PathBuf,
        reading: input::ReadingRules,
    ) -> Result<ExitCode> {
        self.refuse_markdown()?;
        let (mut gathered, mut read) = (WorkGatherer::default(), Vec::new());
        for argument in [self.paper.clone(), Some(other)] {
            let document = input::open(argument, reading)?;
            let cited = CitedSources::new(document.paper(), document.sources_for_export());
            cited.take_into(&mut gathered, &mut read, document.origin().clone());
        }
        let mut works = gathered.finish();
        works.retain(|work| work.papers().len() > 1);
        self.write(&works, &read)?;
        Ok(self.told_none(&works).unwrap_or(ExitCode::SUCCESS))
    }

    /// The code to exit with if works of one kind were asked for and there are none, which is said on
    /// standard error: whoever looks at an empty screen wants to know that this is the answer.
    fn told_none(&self, works: &SharedWorks) -> Option<ExitCode> {
        let said = match (&self.citing, &self.shared_with) {
            (Some(work), _) if self.shared => {
                format!("no work that several of your papers cite is “{work}”")
            }
            (Some(work), _) => format!("none of your papers cites “{work}”"),
            (None, Some(_)) => "no work is cited by both papers".to_owned(),
            (None, None) if !self.shared => return None,
            (None, None) if self.all => {
                "no work is cited by more than one of your papers".to_owned()
            }
            (None, None) => "no other of your papers cites what this one does".to_owned(),
        };
        works.all().is_empty().then(|| {
            output::complain(&said);
            ExitCode::FAILURE
        })
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

    fn write_found(&self, found: &FoundWorks) -> Result<ExitCode> {
        let mut code = told(&found.notices);
        if let Some(failure) = told_unread(found.unread) {
            code = failure;
        }
        self.write(&found.works, &found.papers)?;
        Ok(self.told_none(&found.works).unwrap_or(code))
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

/// The work that is meant; words in which there is nothing to look for are refused.
fn wanted(words: &str) -> Result<WantedWork> {
    if let Err(error) = Query::parse(words, Mode::Plain) {
        bail!("cannot look for “{words}”: {error}");
    }
    Ok(WantedWork::new(words))
}
