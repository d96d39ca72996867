//! What an importer has mended in a text that came broken, so that a reader can judge it.

use std::collections::BTreeSet;

use super::SourceLocation;

/// One change to the text of a source, made so that it reads as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// What was done.
    pub kind: MendingKind,
    /// Where in the source.
    pub location: SourceLocation,
    /// The words concerned, as the source has them; no more of them than show the change.
    pub before: String,
    /// What they are in the paper; empty for what was taken out.
    pub after: String,
}

/// What mending can do to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MendingKind {
    /// A marker and the text of its note were tied to each other.
    NoteTied,
    /// Two pieces of a paragraph, cut by the end of a page, were joined.
    ParagraphJoined,
    /// Two pieces of a note were joined.
    NoteJoined,
    /// A word cut by a hyphen at the end of a line was made whole.
    WordJoined,
    /// An address cut by the end of a line was made whole.
    AddressJoined,
    /// A running head, a page number or a logo was taken out.
    FurnitureRemoved,
    /// What a converter made of the picture of a bullet was taken out.
    BulletRemoved,
    /// A line without a mark was read as a heading.
    HeadingFound,
    /// A line was read as the paper's title.
    TitleFound,
    /// A line was read as naming the author.
    AuthorFound,
    /// A line was read as the paper's date.
    DateFound,
    /// Lines were read as the paper's keywords.
    KeywordsFound,
    /// Text from behind the notes was put before them.
    TextMoved,
}

impl MendingKind {
    /// Each, in the order in which a summary names them.
    pub const ALL: [MendingKind; 13] = [
        Self::NoteTied,
        Self::ParagraphJoined,
        Self::HeadingFound,
        Self::FurnitureRemoved,
        Self::NoteJoined,
        Self::WordJoined,
        Self::AddressJoined,
        Self::BulletRemoved,
        Self::TitleFound,
        Self::AuthorFound,
        Self::DateFound,
        Self::KeywordsFound,
        Self::TextMoved,
    ];

    /// A name that programs can rely on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoteTied => "note-tied",
            Self::ParagraphJoined => "paragraph-joined",
            Self::NoteJoined => "note-joined",
            Self::WordJoined => "word-joined",
            Self::AddressJoined => "address-joined",
            Self::FurnitureRemoved => "furniture-removed",
            Self::BulletRemoved => "bullet-removed",
            Self::HeadingFound => "heading-found",
            Self::TitleFound => "title-found",
            Self::AuthorFound => "author-found",
            Self::DateFound => "date-found",
            Self::KeywordsFound => "keywords-found",
            Self::TextMoved => "text-moved",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What was done, in words, to one thing and to several.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NoteTied => ("note tied", "notes tied"),
            Self::ParagraphJoined => ("paragraph joined", "paragraphs joined"),
            Self::NoteJoined => ("note joined", "notes joined"),
            Self::WordJoined => ("word joined", "words joined"),
            Self::AddressJoined => ("address joined", "addresses joined"),
            Self::FurnitureRemoved => ("page head removed", "page heads removed"),
            Self::BulletRemoved => ("bullet picture removed", "bullet pictures removed"),
            Self::HeadingFound => ("heading found", "headings found"),
            Self::TitleFound => ("title found", "titles found"),
            Self::AuthorFound => ("author found", "authors found"),
            Self::DateFound => ("date found", "dates found"),
            Self::KeywordsFound => ("list of keywords found", "lists of keywords found"),
            Self::TextMoved => (
                "text moved before the notes",
                "texts moved before the notes",
            ),
        }
    }
}

impl Mending {
    /// What was done, in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.kind.words().0
    }

    /// Whether it can be refused alone. A tied note cannot: the whole sequence of notes is the proof
    /// that the text is one to be mended. Nor can what was made of the letters on a page, which are
    /// no text before that.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        let may_stay = !matches!(self.kind, MendingKind::NoteTied | MendingKind::TextMoved);
        may_stay && self.location.ordinal().is_some()
    }
}

/// Mendings that a reader has refused, by their kind and their line, or paragraph, in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefusedMendings(BTreeSet<(MendingKind, u32)>);

impl RefusedMendings {
    /// Refuses a mending.
    pub fn refuse(&mut self, kind: MendingKind, line: u32) {
        self.0.insert((kind, line));
    }

    /// Allows a mending again.
    pub fn allow(&mut self, kind: MendingKind, line: u32) {
        self.0.remove(&(kind, line));
    }

    /// Whether a mending of this kind, at this line, may be made.
    #[must_use]
    pub fn may_mend(&self, kind: MendingKind, line: u32) -> bool {
        !self.0.contains(&(kind, line))
    }

    /// The kinds and lines, in order.
    pub fn entries(&self) -> impl Iterator<Item = (MendingKind, u32)> {
        self.0.iter().copied()
    }
}

impl FromIterator<(MendingKind, u32)> for RefusedMendings {
    fn from_iter<I: IntoIterator<Item = (MendingKind, u32)>>(entries: I) -> Self {
        RefusedMendings(entries.into_iter().collect())
    }
}

/// Of so many kinds a summary gives the number; of the others only their sum.
const MAX_KINDS_NAMED: usize = 4;

/// How much was mended, such as "43 notes tied, 7 paragraphs joined, 2 more"; empty if nothing was.
pub(crate) fn summary(mendings: &[Mending]) -> String {
    let count = |kind| mendings.iter().filter(|one| one.kind == kind).count();
    let kinds = MendingKind::ALL.into_iter().map(|kind| (kind, count(kind)));
    let (named, rest): (Vec<_>, Vec<_>) = kinds
        .filter(|(_, count)| *count > 0)
        .enumerate()
        .partition(|(nth, _)| *nth < MAX_KINDS_NAMED);
    let named = named.into_iter().map(|(_, (kind, count))| {
        let (one, several) = kind.words();
        let words = if count == 1 { one } else { several };
        format!("{count} {words}")
    });
    let rest: usize = rest.into_iter().map(|(_, (_, count))| count).sum();
    let rest = (rest > 0).then(|| format!("{rest} more"));
    named.chain(rest).collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_counts_each_kind() {
        let mending = |kind| Mending {
            kind,
            location: SourceLocation::Line(1),
            before: String::new(),
            after: String::new(),
        };
        let mendings = [
            mending(MendingKind::HeadingFound),
            mending(MendingKind::NoteTied),
            mending(MendingKind::NoteTied),
        ];
        assert_eq!(summary(&mendings), "2 notes tied, 1 heading found");
        let all = MendingKind::ALL.map(mending);
        assert_eq!(
            summary(&all),
            "1 note tied, 1 paragraph joined, 1 heading found, 1 page head removed, 9 more"
        );
        assert_eq!(summary(&[]), "");
    }

    #[test]
    fn every_kind_is_known_by_its_code() {
        for kind in MendingKind::ALL {
            assert_eq!(MendingKind::from_code(kind.code()), Some(kind));
        }
    }
}
