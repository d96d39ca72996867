//! The words that citations are made of besides names and titles. They are data, in
//! `languages.txt`, by language: a new language is a section there, and its tests; its months stand
//! with those of the others in `paper/date.rs`.
//!
//! Every word of a text is looked up once, when it is read; what kinds it is of is kept with it.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::paper::MONTHS;

/// What a word may be in a citation; one word may be of many kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// Between names: "and".
    And,
    /// The same author.
    Idem,
    /// The same, if a point follows.
    IdemPoint,
    /// Such a word that never means the same source.
    OwnIdem,
    /// Before a title: "see also his *Second Title*".
    His,
    /// As "op. cit.", if a point follows.
    OpCitPoint,
    /// Of a surname, as in "von Hayek".
    Particle,
    /// Begins sentences and titles with a capital, but no author's name.
    NoName,
    /// After it the beginning of a document's name can stand alone: "Joint Statement of …".
    PhraseEnd,
    /// By it a name is known not to be a person's.
    Organisation,
    /// A kind of document.
    Document,
    /// Before the number of a page or of another part of a work.
    Locator,
    /// Begins a remark by the author who cites: "(emphasis added)".
    Remark,
    /// A word for one note.
    Note,
    /// A word for several notes.
    Notes,
    /// An abbreviation for either.
    NoteOrNotes,
    /// "at note 5".
    BeforeNote,
    /// Says that the text is meant by which a note stands: "text accompanying note 5".
    BesideNote,
    /// All that a note cites: "sources cited supra note 27".
    AllCited,
    /// Says whose note it is: "note 5 of the agreement".
    AfterNote,
    /// May follow "ibid." within the same italics.
    GoesOn,
    /// A month, by any of the twelve lines.
    Month,
    /// "28 de junio".
    DateOf,
    /// Before the day on which a page was read.
    Accessed,
    /// After the names of editors.
    Editors,
    /// "cited as", after "hereinafter".
    Called,
    /// Before what a source is called from there on.
    Hereinafter,
    /// Does not count at the head of a title.
    Article,
    /// The definite article, which may begin a document's name.
    TitleArticle,
    /// Begins a sentence about what was just cited.
    Speaks,
    /// Leads up to a citation, but goes on with a sentence as well.
    Joins,
    /// What follows can be nothing but a citation: "quoted in".
    Quoting,
    /// Before what the source itself cites: "(citing Smith)".
    Citing,
    /// Before what a source says: "(noting that …)".
    Explaining,
    /// After it "s." is „siehe“.
    SeeAfterS,
    /// After it "v." is « voir ».
    SeeAfterV,
    /// "la note 5".
    BeforeNoteWord,
    /// « l’arrêt *Barel* ».
    BeforeJudgment,
    /// What a letter or an interview begins with.
    Record,
    /// Begins a citation after a semicolon though it is small.
    AfterSemicolon,
    /// "Author's interview".
    WhoseRecord,
    /// "personal communication".
    Talk,
    /// Joins the names of helpers to an author's: "Jane Roe, with John Doe".
    JoinsNames,
    /// What somebody else writes at the head or the end of a book.
    BookPart,
    /// Behind "infra": "Part III".
    PaperPart,
    /// Before the names of translators.
    TranslatedBy,
    /// Into which language: „trad. *it.*“.
    OfLanguage,
    /// Of a publisher's name.
    Publisher,
    /// The same, or a well-known house.
    Press,
    /// A town where books are published, or the word of its name that tells it.
    Town,
    /// Before the book that a chapter stands in.
    In,
    /// Before the names of editors.
    EditedBy,
    /// Before a number of any kind: "No. 23-mc-1". "n" is that of a note as well.
    Number,
    /// Behind a name: "Jr."
    NameSuffix,
    /// Leads up to a citation, but with a capital may begin a title as well: "See *Further Details*".
    SeeOrTitle,
    /// Before the number of a volume.
    Volume,
    /// Before the number of an issue.
    Issue,
    /// Behind the number of an edition.
    Edition,
    Thesis,
    Report,
    /// In the heading of a list of references.
    ReferenceList,
    /// Before a number that belongs to what stands before.
    NumberFollows,
    /// Between a document and its date.
    Adopted,
    /// Before the date of a document.
    DatedBy,
    /// Between that and the year.
    YearFollows,
    /// Says whose document it is.
    Whose,
    /// A kind of law that has a year behind its name.
    Act,
    /// A kind of document that is cited by number.
    Instrument,
    /// Between such a number and what the law is about.
    NamesLaw,
    /// What a treaty calls itself.
    Treaty,
    /// The last word of a law's short name: "Software Directive".
    Law,
    /// The abbreviation of a court, in capitals.
    Court,
    /// The abbreviation of a court that nothing else is.
    CourtInFull,
    /// A court if a day follows.
    CourtWithDay,
    /// A court whose judgments are cited by the year and a number: "2014 SCC 53".
    NeutralCourt,
    /// What a court gives: "Judgment and Sentence".
    Ruling,
    /// A collection of judgments that is cited by volume and page.
    Collection,
    /// In the name of a court before the year of a report: "(2d Cir. 1995)".
    CourtOfReport,
    /// What a paper is called that is filed in a case.
    Filing,
    /// In the name of a state's code: "Cal. Penal Code".
    CodeOfState,
    /// An abbreviation in the name of a party: "Acme Co. Ltd.".
    OfParty,
}

/// Phrases, of one word or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phrase {
    /// The source right before.
    Ibid,
    /// The work of this author that was cited before.
    OpCit,
    /// Those of them that, without a name, mean the source right before.
    Alone,
    /// What leads up to a citation.
    See,
    /// Further authors, not named.
    Others,
    /// The note lies before.
    Above,
    /// The note lies after.
    Below,
    /// A collection of judgments whose volume stands before its name.
    Reporter,
    /// The same of laws and proceedings.
    Register,
}

/// The kinds that a word is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u128);

impl Classes {
    pub(super) fn has(self, class: Class) -> bool {
        self.0 & bit(class as u8) != 0
    }

    /// Whether a phrase of this kind may begin with the word.
    pub(super) fn begins(self, phrase: Phrase) -> bool {
        self.0 & bit(FIRST_PHRASE + phrase as u8) != 0
    }
}

/// Bits from here on are for the first words of phrases.
const FIRST_PHRASE: u8 = 112;

const _: () = assert!(CLASSES.len() < FIRST_PHRASE as usize);
const _: () = assert!(FIRST_PHRASE as usize + PHRASES.len() <= u128::BITS as usize);

fn bit(at: u8) -> u128 {
    1_u128.checked_shl(u32::from(at)).unwrap_or_default()
}

/// How the lines of the file name the kinds.
const CLASSES: [(&str, Class); 81] = [
    ("and", Class::And),
    ("idem", Class::Idem),
    ("idem with point", Class::IdemPoint),
    ("own idem", Class::OwnIdem),
    ("his", Class::His),
    ("op cit with point", Class::OpCitPoint),
    ("particle", Class::Particle),
    ("begins no name", Class::NoName),
    ("phrase end", Class::PhraseEnd),
    ("organisation", Class::Organisation),
    ("document", Class::Document),
    ("locator", Class::Locator),
    ("remark", Class::Remark),
    ("note", Class::Note),
    ("notes", Class::Notes),
    ("note or notes", Class::NoteOrNotes),
    ("before note", Class::BeforeNote),
    ("beside note", Class::BesideNote),
    ("all cited", Class::AllCited),
    ("after note", Class::AfterNote),
    ("goes on", Class::GoesOn),
    ("month", Class::Month),
    ("date of", Class::DateOf),
    ("accessed", Class::Accessed),
    ("editors", Class::Editors),
    ("called", Class::Called),
    ("hereinafter", Class::Hereinafter),
    ("article", Class::Article),
    ("title article", Class::TitleArticle),
    ("it speaks", Class::Speaks),
    ("joins", Class::Joins),
    ("quoting", Class::Quoting),
    ("citing", Class::Citing),
    ("explaining", Class::Explaining),
    ("see after s", Class::SeeAfterS),
    ("see after v", Class::SeeAfterV),
    ("before note word", Class::BeforeNoteWord),
    ("before judgment", Class::BeforeJudgment),
    ("is record", Class::Record),
    ("after semicolon", Class::AfterSemicolon),
    ("whose record", Class::WhoseRecord),
    ("talk", Class::Talk),
    ("joins names", Class::JoinsNames),
    ("part of a book", Class::BookPart),
    ("part of the paper", Class::PaperPart),
    ("translated by", Class::TranslatedBy),
    ("of language", Class::OfLanguage),
    ("publisher", Class::Publisher),
    ("press", Class::Press),
    ("town", Class::Town),
    ("in", Class::In),
    ("edited by", Class::EditedBy),
    ("number", Class::Number),
    ("name suffix", Class::NameSuffix),
    ("see or title", Class::SeeOrTitle),
    ("volume", Class::Volume),
    ("issue", Class::Issue),
    ("edition", Class::Edition),
    ("thesis", Class::Thesis),
    ("report", Class::Report),
    ("reference list", Class::ReferenceList),
    ("number follows", Class::NumberFollows),
    ("adopted", Class::Adopted),
    ("dated by", Class::DatedBy),
    ("year follows", Class::YearFollows),
    ("whose", Class::Whose),
    ("act", Class::Act),
    ("instrument", Class::Instrument),
    ("names a law", Class::NamesLaw),
    ("treaty", Class::Treaty),
    ("law", Class::Law),
    ("court", Class::Court),
    ("court in full", Class::CourtInFull),
    ("judgment with day", Class::CourtWithDay),
    ("court that numbers", Class::NeutralCourt),
    ("ruling", Class::Ruling),
    ("collection", Class::Collection),
    ("court of a report", Class::CourtOfReport),
    ("filed in a case", Class::Filing),
    ("code of a state", Class::CodeOfState),
    ("of a party", Class::OfParty),
];

const PHRASES: [(&str, Phrase); 9] = [
    ("ibid", Phrase::Ibid),
    ("op cit", Phrase::OpCit),
    ("alone", Phrase::Alone),
    ("see", Phrase::See),
    ("others", Phrase::Others),
    ("above", Phrase::Above),
    ("below", Phrase::Below),
    ("reporter", Phrase::Reporter),
    ("register", Phrase::Register),
];

/// All words of all languages.
#[derive(Debug, Default)]
struct Languages {
    // Every word of a text is looked up, and the lists are ours: nobody can make them collide.
    words: HashMap<&'static str, WordUses, FixedState>,
}

/// What is known of a word.
#[derive(Debug, Default)]
struct WordUses {
    classes: Classes,
    /// 1 to 12; 0 for none.
    month: u8,
    /// The phrases that begin with it, the longest first.
    phrases: Vec<(Phrase, Vec<&'static str>)>,
}

static LANGUAGES: LazyLock<Languages> =
    LazyLock::new(|| Languages::read(include_str!("languages.txt")));

/// The kinds that a folded word is of.
pub(super) fn classes(word: &str) -> Classes {
    let entry = LANGUAGES.words.get(word);
    entry.map(|entry| entry.classes).unwrap_or_default()
}

/// The month that a folded word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    let entry = LANGUAGES.words.get(word)?;
    (entry.month > 0).then_some(entry.month)
}

/// The phrases of a kind that begin with a folded word, the longest first, word by word.
pub(super) fn phrases(word: &str, kind: Phrase) -> impl Iterator<Item = &'static [&'static str]> {
    let entry = LANGUAGES.words.get(word);
    let phrases = entry.map(|entry| entry.phrases.as_slice());
    let phrases = phrases.unwrap_or_default().iter();
    phrases.filter_map(move |(of, words)| (*of == kind).then_some(words.as_slice()))
}

impl Languages {
    fn read(file: &'static str) -> Languages {
        let mut languages = Languages::default();
        let mut key = "";
        let body = file.split_once("\n== ").map_or("", |(_, body)| body);
        for line in body.lines().skip(1).filter(|line| !line.starts_with("==")) {
            let items = match line.split_once(':') {
                Some((name, items)) if !line.starts_with(' ') => {
                    key = name;
                    items
                }
                _ => line,
            };
            let items = items.split(',').map(str::trim);
            for item in items.filter(|item| !item.is_empty()) {
                languages.add(key, item);
            }
        }
        for (names, month) in MONTHS.iter().zip(1..) {
            for name in *names {
                let entry = languages.words.entry(name).or_default();
                entry.month = month;
                entry.classes.0 |= bit(Class::Month as u8);
            }
        }
        for entry in languages.words.values_mut() {
            let length = |phrase: &(Phrase, Vec<&str>)| std::cmp::Reverse(phrase.1.len());
            entry.phrases.sort_by_key(length);
        }
        languages
    }

    fn add(&mut self, key: &str, item: &'static str) {
        if let Some((_, kind)) = PHRASES.iter().find(|(name, _)| *name == key) {
            let words: Vec<&str> = item.split(' ').collect();
            let Some(first) = words.first() else {
                return;
            };
            let entry = self.words.entry(first).or_default();
            entry.classes.0 |= bit(FIRST_PHRASE + *kind as u8);
            entry.phrases.push((*kind, words));
            return;
        }
        let entry = self.words.entry(item).or_default();
        if let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == key) {
            entry.classes.0 |= bit(*class as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_of_a_known_kind_and_folded() {
        let file = include_str!("languages.txt");
        let lines = file.lines().skip_while(|line| !line.starts_with("=="));
        for line in lines.filter(|line| !line.starts_with("==") && !line.is_empty()) {
            let items = match line.split_once(':') {
                Some((key, items)) => {
                    let is_known = CLASSES.iter().any(|(name, _)| *name == key)
                        || PHRASES.iter().any(|(name, _)| *name == key);
                    assert!(is_known, "{key}");
                    items
                }
                None => line,
            };
            for word in items.split([',', ' ']).filter(|word| !word.is_empty()) {
                let mut folded = String::new();
                crate::sources::fold::fold_into(&mut folded, word);
                assert_eq!(folded, word);
            }
        }
    }

    #[test]
    fn no_phrase_is_broken_over_lines() {
        // A line that goes on ends in a comma, or what stands on either side would be read as two.
        let file = include_str!("languages.txt");
        let lines: Vec<&str> = file
            .lines()
            .skip_while(|line| !line.starts_with("=="))
            .collect();
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            let goes_on = next.starts_with(' ') && !next.trim().is_empty();
            assert!(!goes_on || line.ends_with(','), "{line}");
            assert!(goes_on || !line.ends_with(','), "{line}");
        }
    }

    #[test]
    fn a_word_is_of_all_the_kinds_that_any_language_gives_it() {
        assert!(classes("von").has(Class::Particle) && classes("von").has(Class::DatedBy));
        assert!(classes("siehe").begins(Phrase::See));
        assert_eq!(month("pazdziernika"), Some(10));
    }
}
