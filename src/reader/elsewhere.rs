//! What is known of the reader's other papers that cite the sources of an open one.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalogue::OtherCiting;
use crate::document::Document;
use crate::sources::SourceId;

/// What is known of where other papers cite the sources of one, and whether they are to be looked up.
#[derive(Debug, Default)]
pub(crate) struct ElsewhereKnowledge {
    look_up: SourceLookUp,
    /// None until they have been looked up.
    known: Option<Arc<CitedElsewhere>>,
}

#[derive(Debug, Default)]
enum SourceLookUp {
    #[default]
    Due,
    UnderWay,
    /// It is under way, and more is in the catalogue than when it began.
    Outdated,
    Done,
}

impl ElsewhereKnowledge {
    /// Takes note that the sources are looked up now, if they are to be. Returns whether they are.
    pub(crate) fn begin_look_up(&mut self) -> bool {
        let is_due = matches!(self.look_up, SourceLookUp::Due);
        if is_due {
            self.look_up = SourceLookUp::UnderWay;
        }
        is_due
    }

    /// Takes note that more is in the catalogue now. What is known stays until it is looked up.
    pub(crate) fn outdate(&mut self) {
        self.look_up = match self.look_up {
            SourceLookUp::Due | SourceLookUp::Done => SourceLookUp::Due,
            SourceLookUp::UnderWay | SourceLookUp::Outdated => SourceLookUp::Outdated,
        };
    }

    pub(crate) fn take(&mut self, news: &Arc<CitedElsewhere>) {
        self.known = Some(Arc::clone(news));
        self.look_up = match self.look_up {
            SourceLookUp::Due | SourceLookUp::Outdated => SourceLookUp::Due,
            SourceLookUp::UnderWay | SourceLookUp::Done => SourceLookUp::Done,
        };
    }

    pub(crate) fn known(&self) -> Option<&CitedElsewhere> {
        self.known.as_deref()
    }
}

/// Where other papers cite the sources of a paper.
#[derive(Debug)]
pub(crate) struct CitedElsewhere {
    /// The paper, as it was read then: in another reading its sources may be others.
    document: Arc<Document>,
    /// How many papers they are, and where, for each source.
    of: Vec<(usize, Vec<OtherCiting>)>,
}

impl CitedElsewhere {
    /// What was found of the sources of a paper, in their order.
    pub(crate) fn new(document: Arc<Document>, of: Vec<Vec<OtherCiting>>) -> Self {
        let counted = |citings: Vec<OtherCiting>| {
            let papers: HashSet<_> = citings.iter().map(|it| it.origin.iri()).collect();
            (papers.len(), citings)
        };
        let of = of.into_iter().map(counted).collect();
        CitedElsewhere { document, of }
    }

    /// Whether it is of this reading of a paper.
    pub(crate) fn is_of(&self, document: &Arc<Document>) -> bool {
        Arc::ptr_eq(&self.document, document)
    }

    /// How many other papers cite a source.
    pub(crate) fn papers(&self, source: SourceId) -> usize {
        self.of.get(source.0).map_or(0, |(papers, _)| *papers)
    }

    /// Where they do, by paper.
    pub(crate) fn citings(&self, source: SourceId) -> &[OtherCiting] {
        let citings = self.of.get(source.0).map(|(_, citings)| citings.as_slice());
        citings.unwrap_or_default()
    }
}

/// The same, to be handed on.
#[derive(Debug, Clone)]
pub(crate) struct ElsewhereNews(pub(crate) Arc<CitedElsewhere>);

/// Whether it is the same news, not only another that says the same.
impl PartialEq for ElsewhereNews {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ElsewhereNews {}
