//! "Husserl, Die Krisis, cit., p. 343; trad. it. cit., p. 354": of several that it may be, what has been
//! given with a translation.

use super::super::languages::Class;
use super::super::pages::cites_translation;
use super::super::resolve::Resolved;
use super::super::short::ShortForm;
use super::super::words::Words;
use super::super::{MatchedOn, Resolution, SourceId, resolve};
use super::NotesRead;

impl NotesRead {
    /// Keeps of the candidates the one that names a translation, if the citation cites one.
    pub(super) fn keep_translated(
        &self,
        words: &Words<'_>,
        form: &ShortForm,
        resolved: &mut Resolved,
    ) {
        for (_, outcome) in resolved {
            let Resolution::Ambiguous { candidates, .. } = outcome else {
                continue;
            };
            if !cites_translation(words, form.words.clone()) {
                return;
            }
            let named = |source: &&SourceId| {
                self.get(**source)
                    .is_some_and(|source| names_translation(&source.text))
            };
            let mut named = candidates.iter().filter(named);
            if let (Some(source), None) = (named.next().copied(), named.next()) {
                *outcome = Resolution::Resolved {
                    sources: vec![source],
                    why: resolve::named(&self.index, source, MatchedOn::Title),
                };
            }
        }
    }
}

/// Whether a citation in full names a translation: "(trad. it. di E. Filippini, Milano 1961)".
fn names_translation(text: &str) -> bool {
    let words = Words::read(text, &[], &[]);
    (0..words.len()).any(|at| words.is(at, Class::TranslatedBy) && words.is_mark(at + 1, '.'))
}
