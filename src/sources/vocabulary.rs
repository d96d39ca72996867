//! The words that citations are made of besides names and titles: in English, German and French,
//! and as far as they are short citations in Italian, Spanish and Portuguese.
//!
//! All words here are folded: lower case, without accents and apostrophes. Where a phrase is
//! abbreviated, its points are read over.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::words::{Word, Words};

/// In which direction a cross-reference says that its note lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Before,
    After,
    Unsaid,
}

/// Phrases by their first word, the longest first.
type Phrases = HashMap<&'static str, Vec<Vec<&'static str>>, BuildHasherDefault<Fnv>>;

type WordList = HashSet<&'static str, BuildHasherDefault<Fnv>>;

/// FNV-1a: every word of a head is looked up in several of these lists, which are ours, so that
/// nobody can make their words collide.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Particles of surnames, as in "von Hayek".
static PARTICLES: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "von van vom zu zum zur der den dem de del della delle dei di da do dos das du des la le \
     les ter ten te el al bin ibn ben abu af av y st saint mac ap v",
    )
});

/// Words that begin sentences and titles with a capital, but no author's name.
static FUNCTION_WORDS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "a an the this that these those such some many most all any both each every several other \
     another in on at by for from of to with within without since until till during before \
     after about around between among against under over through throughout despite although \
     though while whereas when where why how what who which whose if as because but however \
     moreover furthermore thus therefore hence here there then now today yet still also \
     already only even just later earlier early late mid no not see cf compare according \
     following per he she it they we i his her its their our my and or so more is was are \
     were has had have note notes footnote chapter section part page pages figure table \
     appendix annex figures data emphasis spring summer autumn fall winter year years author \
     authors ibid ibidem ebd ebenda idem eadem ders dies id edited translated trans reviewed \
     review p pp im am um auf aus bei mit nach seit uber unter vor wahrend zwischen durch \
     gegen ohne bis ab als wenn dass weil obwohl doch aber und oder auch noch schon erst nur \
     hier dort dazu hierzu dabei damit ein eine einer einem einen dieser diese dieses er sie \
     es wir man anfang ende mitte fruhjahr sommer herbst jahr jahre kapitel abschnitt seite \
     tabelle abbildung stand siehe vgl vergleiche laut die das der dem den des un une au aux \
     en dans sur sous par pour avec sans chez depuis pendant apres avant entre selon dapres \
     ce cet cette ces il elle ils elles nous mais ou donc ni car si quand comme aussi ainsi \
     toutefois cependant deja encore vers debut fin printemps ete automne hiver annee \
     chapitre partie voir les le la et lors",
    )
});

/// Words after which the beginning of a document's name can stand alone: "Joint Statement" for
/// "Joint Statement of the Russian Federation and …".
static PHRASE_ENDS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "of on between for in to from by concerning regarding following with at against adopted \
     signed v vs c contre gegen uber zwischen von vom zur zum zu des der fur im betreffend du \
     de sur entre pour relatif relative relatifs portant dans",
    )
});

/// Words by which a name is known not to be a person's.
static ORGANISATIONS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "ministry ministries minister committee commission council institute institution \
     university college school agency authority office bureau department government \
     parliament senate congress court bank fund organization organisation association \
     foundation society union league federation party group network centre center forum board \
     service services press news times post journal review nations international national \
     european bundesministerium ministerium amt bundesamt gericht kommission rat verein \
     verband stiftung institut universitat bundestag bundesregierung zeitung verlag ministere \
     comite conseil cour assemblee agence universite societe banque editions",
    )
});

/// Words for kinds of documents.
static DOCUMENTS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "statement statements communique declaration declarations agreement treaty decree law act \
     report resolution directive regulation convention charter protocol joint case memorandum \
     constitution erklarung erklarungen gesetz vertrag abkommen bericht gemeinsame verordnung \
     richtlinie beschluss traite accord loi decret rapport arret communes commune",
    )
});

/// Words and abbreviations before the number of a page or of another part of a work.
static LOCATORS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "p pp page pages s seite seiten f ff fol at para paras paragraph paragraphs ch chap chs \
     chapter chapters chapitre kap kapitel sec section sect abschnitt abs vol vols bd bde \
     band t tome fig figure table tab abb n note fn anm rn rdn rz randnr col sp spalte here \
     hier ici passim et seq sq sqq bes esp especially insbes suiv no nr art line lines l \
     appendix annex part book teil au aux al pag pags ss sgg segg artt arts punto fj cols \
     fols parr nota notas note lecture",
    )
});

/// Words that begin a remark by the author who cites: "(emphasis added)", „Herv. i. O.“.
static REMARKS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "emphasis italics my own translation translated herv hervorhebung hervorhebungen eigene \
     ubersetzung ubers traduction trad notre nous souligne citations footnotes footnote \
     original italiques",
    )
});

/// Words and abbreviations for a note.
static NOTE_WORDS: LazyLock<WordList> = LazyLock::new(|| {
    words(
        "note noot noten n fn fussnote fussn footnote anm anmerkung endnote notes nn fns fussnoten \
     footnotes anmerkungen endnotes nota notas",
    )
});

/// What leads up to a citation.
static SIGNALS: LazyLock<Phrases> = LazyLock::new(|| {
    phrases(
        "adapted from, based on, taken from, drawn from, source, sources, quelle, quellen, nach, \
     see, also, cf, compare, e g, eg, i e, for example, for instance, for a discussion, \
     for details, for an overview, but, contra, accord, generally, especially, esp, \
     particularly, further, similarly, likewise, again, and, quoted in, quoted by, \
     quoted from, quoted after, cited in, cited by, cited after, quoting, citing, \
     reprinted in, according to, vgl, vergleiche, siehe, auch, dazu, hierzu, so, so auch, \
     ferner, etwa, z b, bspw, zum beispiel, beispielsweise, ahnlich, anders, ebenso, insb, \
     insbesondere, grundlegend, ausfuhrlich, naher, zit nach, zitiert nach, zit bei, \
     zitiert bei, zit in, und, laut, voir, aussi, egalement, notamment, par exemple, p ex, \
     comparer, cite par, cite dans, cite in, citee par, cite dapres, dapres, selon, et, \
     sur ce point, a ce sujet, contre, as, as quoted in, as cited in, comme, on this, \
     on this point, wrongly, rightly, pace, criticising, criticizing, discussing, \
     responding to, following, applying, distinguishing, summarising, summarizing, echoing, \
     schon, so schon, so bereits, bereits, dagegen, kritisch, krit, zustimmend, zust, \
     eingehend, zuletzt, statt vieler, anderer ansicht, a a, zum ganzen, im ergebnis, nur, \
     cfr, vedi, si veda, si vedano, anche, citato in, citato da, secondo, \
     vease, veanse, vid, vide, ver, tambien, citado por, citado en, segun, por todos, die nachweise in, the works cited in, the sources cited in, \
     text to, text accompanying, zie, zie ook, jf, le opere citate, las obras citadas en, les references citees",
    )
});

/// The source right before.
static IBIDS: LazyLock<Phrases> = LazyLock::new(|| phrases("ibid, ibidem, ebd, ebenda, ebda, ivi"));

/// The work of this author that was cited before.
static OP_CITS: LazyLock<Phrases> = LazyLock::new(|| {
    phrases(
        "op cit, opus cit, opus citatum, opcit, loc cit, art cit, ob cit, ouvr cit, ouvr cite, \
     ouvrage cite, article cite, art cite, art prec, op cite, these citee, rapport cite, \
     texte cite, ouvrage precite, article precite, art precite, these precitee, \
     rapport precite, precite, precitee, precites, a a o, a a 0, aao, am angegebenen ort, \
     am angefuhrten ort, cited above, quoted above, already cited, cited supra, \
     cited earlier, deja cite, cite supra, cite ci-dessus, citee supra, citee ci-dessus, \
     supra, a w, t a p, wie oben, op ult cit, opera citata, obra citada, libro citato, saggio citato, \
     citato, citata, citado, citada, ya citado, ya citada, gia citato, gia citata, supracitado",
    )
});

/// Those of them that, without a name, mean the source right before.
static ALONE: LazyLock<Phrases> =
    LazyLock::new(|| phrases("a a o, aao, t a p, loc cit, am angegebenen ort, am angefuhrten ort"));

/// Further authors, not named.
static OTHERS: LazyLock<Phrases> =
    LazyLock::new(|| phrases("et al, et alii, et coll, u a, and others, und andere, et autres"));

/// The note lies before.
static ABOVE: LazyLock<Phrases> = LazyLock::new(|| {
    phrases(
        "supra, above, oben, s o, o, cite supra, citee supra, ci-dessus, vorstehend, cited above, \
     cited supra, precite, precitee, plus haut, prec, sopra, arriba, mas arriba, ante",
    )
});

/// The note lies after.
static BELOW: LazyLock<Phrases> = LazyLock::new(|| {
    phrases("infra, below, unten, s u, u, ci-dessous, plus bas, sotto, mas abajo, post")
});

/// How many phrases that lead up to a citation are read over in a row.
const MOST_SIGNALS: usize = 6;

fn words(list: &'static str) -> WordList {
    list.split_whitespace().collect()
}

fn phrases(list: &'static str) -> Phrases {
    let mut phrases = Phrases::default();
    for phrase in list.split(',') {
        let phrase: Vec<&str> = phrase.split_whitespace().collect();
        if let Some(first) = phrase.first() {
            phrases.entry(*first).or_default().push(phrase);
        }
    }
    for phrases in phrases.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    }
    phrases
}

/// Reads over one of the phrases, the longest that is there, and over its points.
fn one_of(words: &Words<'_>, at: usize, phrases: &Phrases) -> Option<usize> {
    let phrases = phrases.get(words.folded(at))?;
    phrases
        .iter()
        .find_map(|phrase| phrase_at(words, at, phrase))
}

fn phrase_at(words: &Words<'_>, at: usize, phrase: &[&str]) -> Option<usize> {
    let mut next = at;
    for wanted in phrase {
        if words.folded(next) != *wanted {
            return None;
        }
        next += 1;
        next += usize::from(words.is_mark(next, '.'));
    }
    Some(next)
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

pub(super) fn ends_a_phrase(word: &str) -> bool {
    PHRASE_ENDS.contains(word)
}

pub(super) fn is_organisation(word: &str) -> bool {
    ORGANISATIONS.contains(word) || is_document(word)
}

pub(super) fn is_document(word: &str) -> bool {
    DOCUMENTS.contains(word)
}

pub(super) fn is_locator(words: &Words<'_>, at: usize) -> bool {
    LOCATORS.contains(words.folded(at))
}

/// Whether a remark by the author who cites begins here.
pub(super) fn is_remark(words: &Words<'_>, at: usize) -> bool {
    let french = words.folded(at) == "cest" && words.folded(at + 1) == "moi";
    let german = words.folded(at) == "meine" && words.folded(at + 1) == "ubersetzung";
    REMARKS.contains(words.folded(at)) || french || german
}

/// "and" between names.
pub(super) fn is_and(words: &Words<'_>, at: usize) -> bool {
    let is_word = matches!(words.folded(at), "and" | "und" | "et" | "y" | "e" | "sowie");
    (is_word && words.is_small(at)) || words.is_mark(at, '&')
}

/// Reads over "et al.", "u. a.", "et coll.".
pub(super) fn et_al(words: &Words<'_>, at: usize) -> Option<usize> {
    one_of(words, at, &OTHERS)
}

/// Reads over all the words that lead up to a citation: "see also, for example,", "vgl. dazu".
/// Gives the place itself where there are none.
pub(super) fn signals(words: &Words<'_>, at: usize) -> usize {
    let mut next = at;
    for _ in 0..MOST_SIGNALS {
        let Some(after) = signal(words, next) else {
            break;
        };
        next = after + usize::from(words.is_one_of_marks(after, &[',', ':']));
    }
    next
}

/// Reads over one such phrase.
pub(super) fn signal(words: &Words<'_>, at: usize) -> Option<usize> {
    match words.folded(at) {
        "s" if words.is_mark(at + 1, '.') => abbreviated_see(words, at),
        "v" if words.is_mark(at + 1, '.') => abbreviated_voir(words, at),
        // „a. A.“, „Anderer Ansicht“, but not „a. a. O.“.
        "a" if op_cit(words, at).is_some() => None,
        "le" | "la" | "les" | "las" | "alle" => is_note_word(words, at + 1).then_some(at + 1),
        "arret" | "larret" | "affaire" => {
            let named = words.is_set_off(at + 1) || words.is_capital(at + 1);
            named.then_some(at + 1)
        }
        _ => one_of(words, at, &SIGNALS),
    }
}

/// Reads over "v." for « voir » and "vedi", which is also "von" and an initial.
fn abbreviated_voir(words: &Words<'_>, at: usize) -> Option<usize> {
    let next = at + 2;
    let leads = matches!(
        words.folded(next),
        "supra" | "infra" | "aussi" | "anche" | "sopra" | "sotto"
    );
    let leads = leads || is_note_word(words, next) || one_of(words, next, &ABOVE).is_some();
    leads.then_some(next)
}

/// Reads over "s." for „siehe“, which is also „Seite“, an initial, and half of „s. o.“.
fn abbreviated_see(words: &Words<'_>, at: usize) -> Option<usize> {
    let next = at + 2;
    let word = words.folded(next);
    if matches!(word, "auch" | "dazu" | "hierzu" | "oben" | "unten") {
        return Some(next);
    }
    let is_see = words.is_small(at) && !words.is_number(next) && !matches!(word, "o" | "u");
    is_see.then_some(next)
}

/// Reads over "ibid." and its like.
pub(super) fn ibid(words: &Words<'_>, at: usize) -> Option<usize> {
    let points = words.folded(at) == "ib" && words.is_mark(at + 1, '.');
    let next = one_of(words, at, &IBIDS).or(points.then_some(at + 2))?;
    (!is_of_title(words, at, next)).then_some(next)
}

/// Whether the phrase is part of a title that goes on behind it: *Ibid.: A Life*, "Op. Cit.".
pub(super) fn is_of_title(words: &Words<'_>, at: usize, next: usize) -> bool {
    let is = |at: usize, kind: fn(&Word) -> bool| words.get(at).is_some_and(kind);
    if is(at, |word| word.quoted) {
        return true;
    }
    if !is(next.wrapping_sub(1), |word| word.emphasised) {
        return false;
    }
    let mut after = next;
    while words.is_one_of_marks(after, &[',', '.', ':', ';']) && is(after, |word| word.emphasised) {
        after += 1;
    }
    is(after, |word| word.emphasised)
        && words.is_word(after)
        && !is_locator(words, after)
        && !is_note_word(words, after)
        && (!is_and(words, after) || words.is_capital(after + 1))
        && !SAID_AFTER.contains(words.folded(after))
}

/// What may follow such a phrase within the same italics.
static SAID_AFTER: LazyLock<WordList> =
    LazyLock::new(|| words("supra infra op cit ibid id above below see cf passim in note notes"));

/// Reads over "id.", "idem", "ders.": the same author, or, with no more than a page, the same
/// source.
pub(super) fn idem(words: &Words<'_>, at: usize) -> Option<usize> {
    match words.folded(at) {
        "id" | "ders" | "dies" => words.is_mark(at + 1, '.').then_some(at + 2),
        "idem" | "eadem" | "derselbe" | "dieselbe" | "dieselben" => Some(at + 1),
        // "see also his *Second Title*"
        "his" | "her" | "their" => {
            (words.is_small(at) && words.is_set_off(at + 1)).then_some(at + 1)
        }
        _ => None,
    }
}

/// Reads over "op. cit." and its like.
pub(super) fn op_cit(words: &Words<'_>, at: usize) -> Option<usize> {
    let points = matches!(words.folded(at), "prec" | "cit") && words.is_mark(at + 1, '.');
    let next = one_of(words, at, &OP_CITS).or(points.then_some(at + 2))?;
    (!is_of_title(words, at, next)).then_some(next)
}

/// Whether the point stands within "op. cit." or its like.
pub(super) fn is_within_op_cit(words: &Words<'_>, point: usize) -> bool {
    let before = point.checked_sub(1);
    let next = before.and_then(|before| one_of(words, before, &OP_CITS));
    next.is_some_and(|next| next > point + 1)
}

/// Whether the phrase that begins here can stand alone for the source right before.
pub(super) fn stands_alone(words: &Words<'_>, at: usize) -> bool {
    one_of(words, at, &ALONE).is_some()
}

pub(super) fn is_note_word(words: &Words<'_>, at: usize) -> bool {
    NOTE_WORDS.contains(words.folded(at))
}

/// Reads over a word that says where a note lies; gives the place itself if there is none.
pub(super) fn direction(words: &Words<'_>, at: usize) -> (Direction, usize) {
    if let Some(next) = one_of(words, at, &ABOVE) {
        (Direction::Before, next)
    } else if let Some(next) = one_of(words, at, &BELOW) {
        (Direction::After, next)
    } else {
        (Direction::Unsaid, at)
    }
}
