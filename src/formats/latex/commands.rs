//! What commands do: which have arguments to pass over, which set a style.

use crate::paper::Style;

/// How many arguments in braces a command has that are no text. Square brackets before them are
/// passed over too.
pub(in crate::formats) fn skipped_arguments(name: &str) -> Option<usize> {
    Some(match name {
        "vspace"
        | "hspace"
        | "bibliographystyle"
        | "bibliography"
        | "input"
        | "include"
        | "subfile"
        | "addbibresource"
        | "RequirePackage"
        | "pagestyle"
        | "thispagestyle"
        | "pagenumbering"
        | "hypersetup"
        | "index"
        | "color"
        | "pagecolor"
        | "usetikzlibrary"
        | "graphicspath"
        | "newcounter"
        | "stepcounter"
        | "refstepcounter"
        | "label*"
        | "nocite"
        | "phantom"
        | "hphantom"
        | "vphantom"
        | "todo"
        | "selectlanguage"
        | "urlstyle"
        | "captionsetup"
        | "geometry"
        | "sisetup"
        | "lstset"
        | "cline"
        | "cmidrule"
        | "setstretch"
        | "linespread"
        | "theoremstyle"
        | "institute"
        | "affiliation"
        | "email"
        | "address"
        | "date*"
        | "bibinput"
        | "printbibliography*"
        | "newlength"
        | "glsresetall"
        | "makeglossary"
        | "newtheorem*"
        | "DeclareGraphicsExtensions"
        | "hyphenation"
        | "comment"
        | "ccsdesc"
        | "acmConference"
        | "keywords"
        | "thanksref"
        | "orcidlink"
        | "orcid"
        | "vspace*"
        | "hspace*"
        | "nocite*"
        | "markright"
        | "setmainfont"
        | "setsansfont"
        | "setmonofont"
        | "setmathfont"
        | "newfontfamily"
        | "vskip*"
        | "ensuremathskip"
        | "setotherlanguage"
        | "setotherlanguages"
        | "KOMAoptions"
        | "excludecomment"
        | "includecomment"
        | "allowdisplaybreaks*"
        | "inst" => 1,
        "setcounter"
        | "rule"
        | "addtocounter"
        | "setlength"
        | "addtolength"
        | "markboth"
        | "fontsize"
        | "definecolor*"
        | "DeclareMathOperator"
        | "DeclareMathOperator*"
        | "titleformat"
        | "newglossaryentry"
        | "counterwithin"
        | "numberwithin"
        | "settowidth"
        | "newacronym*"
        | "hyphenpenalty*"
        | "PassOptionsToPackage"
        | "fancyhead*" => 2,
        "addcontentsline"
        | "definecolor"
        | "titlespacing"
        | "titlespacing*"
        | "newacronym"
        | "IfFileExists"
        | "newenvironment"
        | "renewenvironment"
        | "DeclareDocumentCommand"
        | "NewDocumentCommand"
        | "RenewDocumentCommand" => 3,
        _ => return None,
    })
}

/// How many arguments come before the one that is text.
pub(super) fn arguments_before_text(name: &str) -> Option<usize> {
    Some(match name {
        "textcolor" | "colorbox" | "parbox" | "raisebox" | "scalebox" | "rotatebox"
        | "hyperref*" | "foreignlanguage" | "selectlanguage*" | "adjustbox" | "hyperlink"
        | "hypertarget" | "texorpdfstring*" | "resizebox*1" | "makebox*" | "href*" | "textlang"
        | "gloss" => 1,
        "multicolumn" | "multirow" | "resizebox" | "fcolorbox" => 2,
        _ => return None,
    })
}

/// The style that a command sets its argument in.
pub(in crate::formats) fn style(name: &str) -> Option<Style> {
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" => Style::Emphasis,
        "textbf" | "alert" => Style::Strong,
        "texttt" | "code" => Style::Code,
        "textsc" => Style::SmallCaps,
        "textsuperscript" | "textsu" => Style::Raised,
        "textsubscript" => Style::Lowered,
        "sout" | "st" | "xout" => Style::Struck,
        _ => return None,
    })
}

/// The style that a command sets the rest of its group in.
pub(super) fn switch(name: &str) -> Option<Style> {
    Some(match name {
        "em" | "it" | "itshape" | "sl" | "slshape" => Style::Emphasis,
        "bf" | "bfseries" => Style::Strong,
        "tt" | "ttfamily" => Style::Code,
        "sc" | "scshape" => Style::SmallCaps,
        _ => return None,
    })
}

/// How deep a heading stands: a part 0, a chapter 1, and so on.
pub(super) fn heading(name: &str) -> Option<u8> {
    Some(match name.trim_end_matches('*') {
        "part" => 0,
        "chapter" | "addchap" => 1,
        "section" | "addsec" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        "subparagraph" => 6,
        _ => return None,
    })
}

/// Whether the command refers to sources.
pub(super) fn is_citation(name: &str) -> bool {
    let name = name.trim_end_matches('*').to_ascii_lowercase();
    matches!(
        name.as_str(),
        "cite"
            | "citep"
            | "citet"
            | "citealt"
            | "citealp"
            | "citeauthor"
            | "citeyear"
            | "citeyearpar"
            | "citetitle"
            | "parencite"
            | "textcite"
            | "autocite"
            | "fullcite"
            | "smartcite"
            | "citenum"
            | "supercite"
            | "citefield"
            | "citeurl"
            | "shortcite"
            | "citeasnoun"
            | "footcite"
            | "footcitetext"
            | "footfullcite"
            | "autocites"
            | "parencites"
            | "cites"
            | "textcites"
    )
}

/// Whether the command is known here, so that an author's definition of it is passed over. Such
/// definitions change the look of a thing, not what it is.
pub(super) fn is_known(name: &str) -> bool {
    heading(name).is_some()
        || is_citation(name)
        || style(name).is_some()
        || matches!(
            name,
            "footnote"
                | "endnote"
                | "thanks"
                | "footnotemark"
                | "footnotetext"
                | "item"
                | "label"
                | "ref"
                | "caption"
                | "title"
                | "author"
                | "date"
                | "url"
                | "href"
                | "begin"
                | "end"
                | "maketitle"
                | "thefootnote"
                | "theendnote"
                | "par"
        )
}
