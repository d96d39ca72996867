//! Pieces of LaTeX, and what is read of them.

use crate::formats::outline::check_parsed;
use crate::paper::{Kind, Parsed};

fn read(bytes: &[u8]) -> Parsed {
    super::read(bytes, None, &|_| None)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    check_parsed(&read(source.as_bytes()), expected);
}

/// The text of the first paragraph.
fn first(source: &str) -> String {
    let paper = read(source.as_bytes()).paper;
    let mut blocks = paper.blocks.into_iter();
    let block = blocks.find(|block| block.kind == Kind::Paragraph);
    block.map(|block| block.text).unwrap_or_default()
}

#[test]
fn the_head_is_the_title_page() {
    let paper = read(
        br"\documentclass{article}\newcommand{\x}{Things}
        \title{Of \x: a \emph{Study}\thanks{Paid.}}\author{Ada Author\\ Here \and Bo Writer}\date{May 2026}
        \begin{document}\maketitle Text.\end{document}",
    )
    .paper;
    assert_eq!(paper.title, "Of Things: a Study");
    assert_eq!(paper.metadata.authors, ["Ada Author", "Bo Writer"]);
    assert_eq!(paper.metadata.date, "May 2026");
}

#[test]
fn the_language_is_that_of_the_class_babel_or_polyglossia() {
    for (preamble, language) in [
        (r"\documentclass{article}", ""),
        (
            r"\documentclass[12pt,french]{article}\usepackage{babel}",
            "fr",
        ),
        (
            r"\documentclass[12pt,french]{article}\usepackage[french,ngerman]{babel}\usepackage[english]{cleveref}",
            "de",
        ),
        (
            r"\documentclass{book}\usepackage{polyglossia}\setdefaultlanguage[variant=british]{english}\setotherlanguage{french}",
            "en-GB",
        ),
        (r"\documentclass{book}\setmainlanguage{polish}", "pl"),
    ] {
        let source = format!("{preamble}\\begin{{document}}Text.\\end{{document}}");
        let paper = read(source.as_bytes()).paper;
        assert_eq!(paper.metadata.language, language, "{preamble}");
    }
}

#[test]
fn notes_are_notes_wherever_they_stand() {
    let paper = read(
        br"\section{One\footnote{In a heading.}} Two\footnotemark{} three.\footnotetext{Later, \emph{and}

        long.} \begin{figure}\caption{Four\footnote{In a caption.}}\end{figure} Five\endnote{At the end.}.",
    )
    .paper;
    let notes: Vec<&str> = paper
        .notes
        .iter()
        .filter_map(|note| paper.blocks.get(note.blocks.start))
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "In a heading.",
            "Later, and",
            "In a caption.",
            "At the end."
        ]
    );
    assert!(paper.notes.iter().all(|note| note.cited_in.len() == 1));
}

#[test]
fn signs_are_what_they_stand_for() {
    assert_eq!(
        first(r"``A'' -- `b' --- \'e\c{c}\v{C}\ss{} \& 5\% a~b \dots"),
        "“A” – ‘b’ — éçČß & 5% a\u{a0}b …"
    );
    assert_eq!(first("a % left out\nb"), "a b");
    assert_eq!(first(r"\enquote{a \enquote{b}}"), "“a ‘b’”");
}

#[test]
fn macros_of_the_authors_are_expanded_within_bounds() {
    assert_eq!(
        first(
            r"\newcommand{\eu}{European Union}\newcommand{\by}[2]{#2 by #1} The \eu{} \by{a}{b}."
        ),
        "The European Union b by a."
    );
    // One that stands for itself twice ends.
    let _ = read(br"\def\x{\x\x}\x");
    let _ = read(br"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{xxxxxxxx}\a");
}

#[test]
fn lists_tables_and_quotations_are_read() {
    check(
        r"\begin{enumerate}\item One \item Two\end{enumerate} \begin{quote}Three\end{quote}",
        "1. One
         ~2. Two
         > Three",
    );
    let paper =
        read(br"\begin{tabular}{lr} a & b \\ \hline c & \multicolumn{1}{l}{d} \\ \end{tabular}")
            .paper;
    assert!(
        paper
            .blocks
            .iter()
            .any(|block| matches!(block.kind, Kind::Table(_)) && block.text == "a\tb\nc\td")
    );
}

#[test]
fn formulas_stay_as_they_are_typed() {
    assert_eq!(
        first(r"So $x_i^2 \le 1$ and \[ a = b \]"),
        r"So $x_i^2 \le 1$ and $$a = b$$"
    );
    assert_eq!(
        first(r"In $\{\$1, \$2\}$ it is."),
        r"In $\{\$1, \$2\}$ it is."
    );
    assert_eq!(first("It costs 5$ more.\n\nAnd $x$."), "It costs 5$ more.");
}

#[test]
fn references_show_their_numbers() {
    assert_eq!(
        first(
            r"See \ref{b} and \cite[p.~2]{k}. \section{A}\section{B}\label{b}\begin{thebibliography}{9}\bibitem{k} K.\end{thebibliography}"
        ),
        "See 2 and [1, p. 2].",
    );
}

#[test]
fn any_text_is_read() {
    for source in [
        "",
        "\\",
        "{",
        "}",
        "\\begin",
        "\\begin{",
        "\\end{x}",
        "\\footnote",
        "\\footnote{\\footnote{",
        "$",
        "\\verb",
        "\\item[",
        "&",
        "\\\\",
        "\\def",
        "\\begin{tabular}",
    ] {
        let _ = read(source.as_bytes());
    }
    let _ = read("{".repeat(100_000).as_bytes());
    let _ = read("\\footnote{".repeat(20_000).as_bytes());
    let _ = read("\\begin{quote}".repeat(20_000).as_bytes());
}

#[test]
fn items_have_the_labels_that_the_document_gives_them() {
    check(
        r"\begin{enumerate}\item a \begin{enumerate}\item b \begin{enumerate}\item c\end{enumerate}\end{enumerate}\end{enumerate}",
        "1. a
         ~· (a) b
         ~· · i. c",
    );
    check(
        r"\begin{enumerate}\def\labelenumi{(\roman{enumi})}\setcounter{enumi}{2}\item a\end{enumerate}
        \begin{enumerate}[label=\Alph*), start=2]\item b\end{enumerate}
        \begin{enumerate}[(a)]\item c\end{enumerate}
        \begin{enumerate}\item d\end{enumerate}",
        "(iii) a
         B) b
         (a) c
         1. d",
    );
}

#[test]
fn a_caption_is_a_paragraph_beside_its_table() {
    let table = "table[Left, Right]: a⇥b⏎c⇥d";
    check(
        r"\begin{longtable}[]{@{}lr@{}} \caption{Of letters}\tabularnewline
        \toprule\noalign{} a & b \\ \midrule\noalign{}

        c & d \\ \end{longtable} After.",
        &format!("Of letters\n{table}\nAfter."),
    );
    check(
        r"\begin{longtable}{lr} a & b \\ c & d \\ \caption{Of letters} \end{longtable}",
        &format!("{table}\nOf letters"),
    );
}

#[test]
fn a_list_in_a_note_of_a_table_is_a_list() {
    let paper = read(
        br"\begin{tabular}{ll} a\footnote{See \begin{itemize}\item b \item c\end{itemize}} & d \end{tabular}",
    )
    .paper;
    let items = paper
        .blocks
        .iter()
        .filter(|block| block.kind_name() == "item");
    let items: Vec<&str> = items.map(|block| block.text.as_str()).collect();
    assert_eq!(items, ["b", "c"]);
}

#[test]
fn a_macro_that_measures_what_it_sets_is_only_its_text() {
    assert_eq!(
        first(r"\newcommand\fitted[1]{\sbox\pic{#1}\ifdim\wd\pic>1em x\else y\fi} \fitted{Words}."),
        "Words."
    );
    check(
        r"\begin{center}\rule{0.5\linewidth}{0.5pt}\end{center}",
        "rule",
    );
    assert_eq!(
        first(r"\includegraphics[width=1em, alt={A cat}]{cat.png}"),
        "[image: A cat]"
    );
}

/// The author's blocks of a file with others beside it.
fn beside(source: &str, files: &[(&str, &str)]) -> Vec<String> {
    let read = |name: &str| {
        let found = files.iter().find(|(other, _)| *other == name)?;
        Some(found.1.as_bytes().to_vec())
    };
    let paper = super::read(source.as_bytes(), None, &read).paper;
    let blocks = paper
        .blocks
        .into_iter()
        .filter(|block| block.location.is_known());
    blocks.map(|block| block.text).collect()
}

#[test]
fn chapters_in_other_files_are_read_where_they_belong() {
    let texts = beside(
        r"\begin{document}A. \input{one} See \ref{two}. \include{two.tex}\end{document}",
        &[
            ("one.tex", r"One.\footnote{Note.}"),
            ("two.tex", r"\section{A}\section{Two}\label{two} Text."),
        ],
    );
    assert_eq!(texts, ["A. One. See 2.", "A", "Two", "Text.", "Note."]);
    let texts = beside("A. \\input{a}", &[("a.tex", "B. \\input{a}")]);
    assert!(texts.concat().starts_with("A. B. B."));
}

#[test]
fn a_file_that_cannot_be_read_is_said_to_be_missing() {
    let parsed = read(b"A. \\input{chapters/one} B.");
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(
        parsed.problems[0].message(),
        "the file chapters/one, which belongs here, could not be read"
    );
}

#[test]
fn citations_name_authors_and_years_of_a_bibliography_beside() {
    let files = [(
        "refs.bib",
        "@book{k, author={Smith, Jane}, title={Notes}, year=1999} @book{l, author={Doe, Jo}, year=2000}",
    )];
    let texts = beside(
        r"Shown \cite[p.~2]{k}, by \citet{l}; \parencite[see][]{k,l}.\footcite[3]{k} Not \cite{m}. \bibliography{refs}",
        &files,
    );
    assert_eq!(
        texts,
        [
            "Shown (Smith 1999, p. 2), by Doe (2000); (see Smith 1999; Doe 2000). Not [m].",
            "References",
            "Doe, Jo. 2000.",
            "Smith, Jane. 1999. Notes.",
            "Smith 1999, 3",
        ]
    );
}

#[test]
fn of_unknown_commands_neither_measures_nor_labels_are_shown() {
    check(
        r"\largerpage[2] A\vspacer[height=2cm] b \odd[sic] c.",
        "A b [sic] c.",
    );
    let text = r"\section{One}\label{sec:one} See \sectref{sec:one} and \myref{nothing}.";
    assert_eq!(first(text), "See 1 and nothing.");
}

#[test]
fn code_that_a_program_has_coloured_is_only_code() {
    check(
        r"\documentclass{article}\begin{document}One.
\begin{Shaded}
\begin{Highlighting}[]
\KeywordTok{fn}\NormalTok{ a() }\OperatorTok{\{\}}
\end{Highlighting}
\end{Shaded}
\begin{Verbatim}[commandchars=\\\{\}]
\PY{k}{def} \PY{n+nf}{a\PYZus{}b}
\end{Verbatim}
\begin{Verbatim}
\emph{a}
\end{Verbatim}
\end{document}",
        r"One.
         code(): fn a() {}
         code(): def a_b
         code(): \emph{a}",
    );
}
