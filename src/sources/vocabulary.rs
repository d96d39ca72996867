//! The words that citations are made of besides names and titles, in English, German and French.
//!
//! All words here are folded: lower case, without accents and apostrophes. Where a phrase may be
//! abbreviated, the points are read over.

use super::words::Words;

/// In which direction a cross-reference says that its note lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Before,
    After,
    Unsaid,
}

/// How many such phrases are read over in a row.
const MOST_SIGNALS: usize = 6;

/// A particle of a surname, as in "von Hayek".
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "von"
            | "van"
            | "vom"
            | "zu"
            | "zum"
            | "zur"
            | "der"
            | "den"
            | "dem"
            | "de"
            | "del"
            | "della"
            | "delle"
            | "dei"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "du"
            | "des"
            | "la"
            | "le"
            | "les"
            | "ter"
            | "ten"
            | "te"
            | "el"
            | "al"
            | "bin"
            | "ibn"
            | "ben"
            | "abu"
            | "af"
            | "av"
            | "y"
            | "lo"
            | "st"
            | "saint"
            | "mac"
            | "ap"
    )
}

/// A capitalised word that begins sentences and titles but no author's name.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "this" | "that" | "these" | "those" | "such" | "some" | "many" | "most" | "all" | "any" | "both" | "each" | "every" | "several" | "other" | "another" | "in" | "on" | "at" | "by" | "for" | "from" | "of" | "to" | "with" | "within" | "without" | "since" | "until" | "till" | "during" | "before" | "after" | "about" | "around" | "between" | "among" | "against" | "under" | "over" | "through" | "throughout" | "despite" | "although" | "though" | "while" | "whereas" | "when" | "where" | "why" | "how" | "what" | "who" | "which" | "whose" | "if" | "as" | "because" | "but" | "however" | "moreover" | "furthermore" | "thus" | "therefore" | "hence" | "here" | "there" | "then" | "now" | "today" | "yet" | "still" | "also" | "already" | "only" | "even" | "just" | "later" | "earlier" | "early" | "late" | "mid" | "no" | "not" | "see" | "cf" | "compare" | "according" | "following" | "per" | "he" | "she" | "it" | "they" | "we" | "i" | "his" | "her" | "its" | "their" | "our" | "my" | "and" | "or" | "so" | "more" | "is" | "was" | "are" | "were" | "has" | "had" | "have" | "note" | "notes" | "footnote" | "chapter" | "section" | "part" | "page" | "pages" | "figure" | "table" | "appendix" | "annex" | "figures" | "data" | "emphasis" | "spring" | "summer" | "autumn" | "fall" | "winter" | "year" | "years" | "author" | "authors" | "ibid" | "ibidem" | "ebd" | "ebenda" | "idem" | "eadem" | "ders" | "dies" | "id" | "edited" | "translated" | "trans" | "reviewed" | "review" | "p" | "pp"
            // German
            | "im" | "am" | "um" | "auf" | "aus" | "bei" | "mit" | "nach" | "seit" | "uber" | "unter" | "vor" | "wahrend" | "zwischen" | "durch" | "gegen" | "ohne" | "bis" | "ab" | "als" | "wenn" | "dass" | "weil" | "obwohl" | "doch" | "aber" | "und" | "oder" | "auch" | "noch" | "schon" | "erst" | "nur" | "hier" | "dort" | "dazu" | "hierzu" | "dabei" | "damit" | "ein" | "eine" | "einer" | "einem" | "einen" | "dieser" | "diese" | "dieses" | "er" | "sie" | "es" | "wir" | "man" | "anfang" | "ende" | "mitte" | "fruhjahr" | "sommer" | "herbst" | "jahr" | "jahre" | "kapitel" | "abschnitt" | "seite" | "tabelle" | "abbildung" | "stand" | "siehe" | "vgl" | "vergleiche" | "laut" | "die" | "das" | "der" | "dem" | "den" | "des"
            // French
            | "un" | "une" | "au" | "aux" | "en" | "dans" | "sur" | "sous" | "par" | "pour" | "avec" | "sans" | "chez" | "depuis" | "pendant" | "apres" | "avant" | "entre" | "selon" | "dapres" | "ce" | "cet" | "cette" | "ces" | "il" | "elle" | "ils" | "elles" | "nous" | "mais" | "ou" | "donc" | "ni" | "car" | "si" | "quand" | "comme" | "aussi" | "ainsi" | "toutefois" | "cependant" | "deja" | "encore" | "vers" | "debut" | "fin" | "printemps" | "ete" | "automne" | "hiver" | "annee" | "chapitre" | "partie" | "voir" | "les" | "le" | "la" | "et" | "lors"
    )
}

/// A word after which the beginning of a document's name can be left off: "Joint Statement" for
/// "Joint Statement of the Russian Federation and …".
pub(super) fn ends_a_phrase(word: &str) -> bool {
    matches!(
        word,
        "of" | "on"
            | "between"
            | "for"
            | "in"
            | "to"
            | "from"
            | "by"
            | "concerning"
            | "regarding"
            | "following"
            | "with"
            | "at"
            | "against"
            | "adopted"
            | "signed"
            | "v"
            | "vs"
            | "c"
            | "contre"
            | "gegen"
            | "uber"
            | "zwischen"
            | "von"
            | "vom"
            | "zur"
            | "zum"
            | "zu"
            | "des"
            | "der"
            | "fur"
            | "im"
            | "betreffend"
            | "du"
            | "de"
            | "sur"
            | "entre"
            | "pour"
            | "relatif"
            | "relative"
            | "relatifs"
            | "portant"
            | "dans"
    )
}

/// A word by which an organisation or a document is known not to be a person.
pub(super) fn is_organisation(word: &str) -> bool {
    matches!(
        word,
        "ministry"
            | "ministries"
            | "minister"
            | "committee"
            | "commission"
            | "council"
            | "institute"
            | "institution"
            | "university"
            | "college"
            | "school"
            | "agency"
            | "authority"
            | "office"
            | "bureau"
            | "department"
            | "government"
            | "parliament"
            | "senate"
            | "congress"
            | "court"
            | "bank"
            | "fund"
            | "organization"
            | "organisation"
            | "association"
            | "foundation"
            | "society"
            | "union"
            | "league"
            | "federation"
            | "party"
            | "group"
            | "network"
            | "centre"
            | "center"
            | "forum"
            | "board"
            | "service"
            | "services"
            | "press"
            | "news"
            | "times"
            | "post"
            | "journal"
            | "review"
            | "nations"
            | "international"
            | "national"
            | "european"
            | "bundesministerium"
            | "ministerium"
            | "amt"
            | "bundesamt"
            | "gericht"
            | "kommission"
            | "rat"
            | "verein"
            | "verband"
            | "stiftung"
            | "institut"
            | "universitat"
            | "bundestag"
            | "bundesregierung"
            | "zeitung"
            | "verlag"
            | "ministere"
            | "comite"
            | "conseil"
            | "cour"
            | "assemblee"
            | "agence"
            | "universite"
            | "societe"
            | "banque"
            | "editions"
    ) || is_document(word)
}

/// A word for a kind of document.
pub(super) fn is_document(word: &str) -> bool {
    matches!(
        word,
        "statement"
            | "statements"
            | "communique"
            | "declaration"
            | "declarations"
            | "agreement"
            | "treaty"
            | "decree"
            | "law"
            | "act"
            | "report"
            | "resolution"
            | "directive"
            | "regulation"
            | "convention"
            | "charter"
            | "protocol"
            | "joint"
            | "case"
            | "memorandum"
            | "constitution"
            | "erklarung"
            | "erklarungen"
            | "gesetz"
            | "vertrag"
            | "abkommen"
            | "bericht"
            | "gemeinsame"
            | "verordnung"
            | "richtlinie"
            | "beschluss"
            | "traite"
            | "accord"
            | "loi"
            | "decret"
            | "rapport"
            | "arret"
            | "communes"
            | "commune"
    )
}

/// "and" between names.
pub(super) fn is_and(words: &Words<'_>, at: usize) -> bool {
    matches!(words.folded(at), "and" | "und" | "et" | "y" | "sowie") || words.is_mark(at, '&')
}

/// Reads over "et al.", "u. a.", "et coll.".
pub(super) fn et_al(words: &Words<'_>, at: usize) -> Option<usize> {
    [
        "et al",
        "et alii",
        "et coll",
        "u a",
        "and others",
        "und andere",
        "et autres",
    ]
    .iter()
    .find_map(|phrase| phrase_at(words, at, phrase))
}

/// Reads over a phrase and the points of its abbreviations.
pub(super) fn phrase_at(words: &Words<'_>, at: usize, phrase: &str) -> Option<usize> {
    let mut next = at;
    for wanted in phrase.split(' ') {
        if words.folded(next) != wanted {
            return None;
        }
        next += 1;
        next += usize::from(words.is_mark(next, '.'));
    }
    Some(next)
}

fn one_of(words: &Words<'_>, at: usize, phrases: &[&str]) -> Option<usize> {
    phrases
        .iter()
        .find_map(|phrase| phrase_at(words, at, phrase))
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
    if words.is_small(at) && words.folded(at) == "s" && !words.is_number(at + 2) {
        // "s. Müller"; but "s. o." is a phrase of its own.
        let is_above = matches!(words.folded(at + 2), "o" | "u");
        return (words.is_mark(at + 1, '.') && !is_above).then_some(at + 2);
    }
    if words.folded(at) == "s" && matches!(words.folded(at + 2), "auch" | "dazu" | "hierzu") {
        return words.is_mark(at + 1, '.').then_some(at + 3);
    }
    one_of(
        words,
        at,
        &[
            "see",
            "also",
            "cf",
            "compare",
            "e g",
            "eg",
            "i e",
            "for example",
            "for instance",
            "for a discussion",
            "for details",
            "for an overview",
            "but",
            "contra",
            "accord",
            "generally",
            "especially",
            "esp",
            "particularly",
            "further",
            "similarly",
            "likewise",
            "again",
            "and",
            "quoted in",
            "quoted by",
            "quoted from",
            "quoted after",
            "cited in",
            "cited by",
            "cited after",
            "as quoted in",
            "as cited in",
            "quoting",
            "citing",
            "reprinted in",
            "according to",
            "vgl",
            "vergleiche",
            "siehe",
            "auch",
            "dazu",
            "hierzu",
            "so",
            "so auch",
            "ferner",
            "etwa",
            "z b",
            "bspw",
            "zum beispiel",
            "beispielsweise",
            "ahnlich",
            "anders",
            "ebenso",
            "insb",
            "insbesondere",
            "grundlegend",
            "ausfuhrlich",
            "naher",
            "zit nach",
            "zitiert nach",
            "zit bei",
            "zitiert bei",
            "zit in",
            "und",
            "laut",
            "voir",
            "aussi",
            "egalement",
            "notamment",
            "par exemple",
            "p ex",
            "comparer",
            "cite par",
            "cite dans",
            "cite in",
            "citee par",
            "cite dapres",
            "dapres",
            "selon",
            "et",
            "sur ce point",
            "a ce sujet",
            "contre",
        ],
    )
}

/// Reads over "ibid." and its like: the source right before.
pub(super) fn ibid(words: &Words<'_>, at: usize) -> Option<usize> {
    one_of(words, at, &["ibid", "ibidem", "ebd", "ebenda", "ebda"]).or_else(|| {
        let points = words.folded(at) == "ib" && words.is_mark(at + 1, '.');
        points.then_some(at + 2)
    })
}

/// Reads over "id.", "idem", "ders.": the same author, or, with no more than a page, the same
/// source.
pub(super) fn idem(words: &Words<'_>, at: usize) -> Option<usize> {
    match words.folded(at) {
        "id" | "ders" | "dies" => words.is_mark(at + 1, '.').then_some(at + 2),
        "idem" | "eadem" | "derselbe" | "dieselbe" | "dieselben" => Some(at + 1),
        _ => None,
    }
}

/// Reads over "op. cit." and its like: the work of this author that was cited before.
pub(super) fn op_cit(words: &Words<'_>, at: usize) -> Option<usize> {
    match words.folded(at) {
        "op" | "opus" | "loc" | "art" | "ob" | "ouvr" | "ouvrage" | "article" | "o" | "these"
        | "rapport" | "texte" => one_of(
            words,
            at,
            &[
                "op cit",
                "opus cit",
                "opus citatum",
                "loc cit",
                "art cit",
                "ob cit",
                "ouvr cit",
                "ouvr cite",
                "ouvrage cite",
                "article cite",
                "art cite",
                "art prec",
                "op cite",
                "these citee",
                "rapport cite",
                "texte cite",
                "ouvrage precite",
                "article precite",
                "art precite",
                "these precitee",
                "rapport precite",
            ],
        ),
        "a" => phrase_at(words, at, "a a o").or_else(|| phrase_at(words, at, "a a 0")),
        "opcit" | "aao" | "precite" | "precitee" | "precites" => {
            Some(at + 1 + usize::from(words.is_mark(at + 1, '.')))
        }
        "prec" | "cit" => words.is_mark(at + 1, '.').then_some(at + 2),
        "am" => one_of(words, at, &["am angegebenen ort", "am angefuhrten ort"]),
        "cited" | "quoted" | "already" => one_of(
            words,
            at,
            &[
                "cited above",
                "quoted above",
                "already cited",
                "cited supra",
                "cited earlier",
            ],
        ),
        "deja" => phrase_at(words, at, "deja cite"),
        "cite" | "citee" => one_of(
            words,
            at,
            &[
                "cite supra",
                "cite ci-dessus",
                "citee supra",
                "citee ci-dessus",
            ],
        ),
        "supra" => Some(at + 1),
        "wie" => phrase_at(words, at, "wie oben"),
        _ => None,
    }
}

/// Whether the phrase that begins here can stand alone for the source right before.
pub(super) fn stands_alone(words: &Words<'_>, at: usize) -> bool {
    [
        "a a o",
        "loc cit",
        "am angegebenen ort",
        "am angefuhrten ort",
    ]
    .iter()
    .any(|phrase| phrase_at(words, at, phrase).is_some())
        || words.folded(at) == "aao"
}

/// Reads a reference to notes of this paper: "note 5 above", "supra n. 5", "s. o. Anm. 5",
/// "below, notes 31 and 32". Gives their numbers and the place after.
pub(super) fn note_reference(words: &Words<'_>, at: usize) -> Option<(Vec<u32>, Direction, usize)> {
    let (before, next) = direction(words, at);
    let next = next + usize::from(words.is_one_of_marks(next, &[',', '.']));
    let next = match words.folded(next) {
        "in" | "at" | "wie" | "a" | "la" | "oben" => next + 1,
        _ => next,
    };
    let plural = match words.folded(next) {
        "note" | "n" | "fn" | "fussnote" | "fussn" | "footnote" | "anm" | "anmerkung"
        | "endnote" => false,
        "notes" | "nn" | "fns" | "fussnoten" | "footnotes" | "anmerkungen" | "endnotes" => true,
        _ => return None,
    };
    let next = next + 1;
    let next = next + usize::from(words.is_mark(next, '.'));
    let mut numbers = vec![words.folded(next).parse().ok()?];
    let mut next = next + 1;
    if words.is_one_of_marks(next, &['-', '–', '/']) && words.is_number(next + 1) {
        return None;
    }
    loop {
        let joined = is_and(words, next) || (plural && words.is_mark(next, ','));
        match words.folded(next + 1).parse() {
            Ok(number) if joined => numbers.push(number),
            _ => break,
        }
        next += 2;
    }
    let after = next + usize::from(words.is_mark(next, ','));
    let (behind, after) = direction(words, after);
    match (before, behind) {
        (Direction::Unsaid, Direction::Unsaid) => Some((numbers, Direction::Unsaid, next)),
        (said, Direction::Unsaid) => Some((numbers, said, next)),
        (Direction::Unsaid, said) => Some((numbers, said, after)),
        // Saying both is no direction at all.
        (one, other) => (one == other).then_some((numbers, one, after)),
    }
}

/// Reads over a word that says where a note lies; gives the place itself if there is none.
fn direction(words: &Words<'_>, at: usize) -> (Direction, usize) {
    let before = [
        "supra",
        "above",
        "oben",
        "s o",
        "o",
        "cite supra",
        "citee supra",
        "ci-dessus",
        "vorstehend",
        "cited above",
        "cited supra",
        "precite",
        "precitee",
        "plus haut",
    ];
    let after = [
        "infra",
        "below",
        "unten",
        "s u",
        "u",
        "ci-dessous",
        "plus bas",
    ];
    if let Some(next) = one_of(words, at, &before) {
        (Direction::Before, next)
    } else if let Some(next) = one_of(words, at, &after) {
        (Direction::After, next)
    } else {
        (Direction::Unsaid, at)
    }
}

/// A word or abbreviation before the number of a page or of another part of a work.
pub(super) fn is_locator(words: &Words<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "p" | "pp"
            | "page"
            | "pages"
            | "s"
            | "seite"
            | "seiten"
            | "f"
            | "ff"
            | "fol"
            | "at"
            | "para"
            | "paras"
            | "paragraph"
            | "paragraphs"
            | "ch"
            | "chap"
            | "chs"
            | "chapter"
            | "chapters"
            | "chapitre"
            | "kap"
            | "kapitel"
            | "sec"
            | "section"
            | "sect"
            | "abschnitt"
            | "abs"
            | "vol"
            | "vols"
            | "bd"
            | "bde"
            | "band"
            | "t"
            | "tome"
            | "fig"
            | "figure"
            | "table"
            | "tab"
            | "abb"
            | "n"
            | "note"
            | "fn"
            | "anm"
            | "rn"
            | "rdn"
            | "rz"
            | "randnr"
            | "col"
            | "sp"
            | "spalte"
            | "here"
            | "hier"
            | "ici"
            | "passim"
            | "et"
            | "seq"
            | "sq"
            | "sqq"
            | "bes"
            | "esp"
            | "especially"
            | "insbes"
            | "suiv"
            | "no"
            | "nr"
            | "art"
            | "line"
            | "lines"
            | "l"
            | "appendix"
            | "annex"
            | "part"
            | "book"
            | "teil"
    )
}

/// Whether a remark by the author who cites begins here: "(emphasis added)", „Herv. i. O.“.
pub(super) fn is_remark(words: &Words<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "emphasis"
            | "italics"
            | "my"
            | "own"
            | "translation"
            | "translated"
            | "herv"
            | "hervorhebung"
            | "hervorhebungen"
            | "eigene"
            | "ubersetzung"
            | "ubers"
            | "traduction"
            | "trad"
            | "notre"
            | "nous"
            | "souligne"
            | "citations"
            | "footnotes"
            | "footnote"
            | "original"
            | "italiques"
    ) || phrase_at(words, at, "cest moi").is_some()
        || phrase_at(words, at, "meine ubersetzung").is_some()
}
