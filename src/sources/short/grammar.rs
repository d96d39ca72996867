//! The grammar of short citations, and all of it: a line for each form, with an example that a
//! test reads by that very line.
//!
//! A part of a note is a short citation if it reads as one of these lines from its first word,
//! leading words such as "see also" aside. What it begins with is read first; then what it says
//! besides, in whatever order and with commas between; then the pages. The first line that fits
//! is taken. A form is a claim, not a verdict: "Moscow 2019" reads as a name and a year too, and
//! is one only if a source says so.

use super::FormKind;

/// What a short citation begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortHead {
    /// "Ibid."
    Ibid,
    /// "Id.", "idem", "see also his": the same author, or the same source.
    Idem,
    /// "Ders.", which never means the same source.
    OwnIdem,
    /// Nothing of these: what it says begins at once.
    Nothing,
    /// Persons, an organisation, or a document by its own name.
    Names,
    /// A title or the name of a case, set off.
    Title,
    /// A court before the name of its judgment.
    Court,
    /// The number of a law or the volume of a report: "Directive 93/13".
    Number,
    /// Such a number with a place in the report: "347 U.S. at 490".
    NumberAt,
    /// The name of a case and its report, without a year: "*Brown*, 347 U.S. 483".
    Report,
}

/// What it may say besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortElement {
    Date,
    Title,
    OpCit,
    Ibid,
    Note,
    /// By what talk it is known, in place of a title.
    Talk,
}

use ShortElement::{Date, Ibid, Note, OpCit, Talk, Title};

/// Whether it ends in pages or another place in the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    Must,
    May,
}

/// When it can be nothing but a citation, found or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    Always,
    Never,
    /// If the year stands in brackets, or no comma stands before it.
    ByYear,
    /// If pages follow the title behind a comma.
    ByPages,
}

/// A line of the grammar.
#[derive(Debug)]
pub(super) struct GrammarRule {
    pub(super) form: FormKind,
    pub(super) head: ShortHead,
    /// All of this it says.
    pub(super) says: &'static [ShortElement],
    /// And of this whatever it likes.
    pub(super) also: &'static [ShortElement],
    pub(super) pages: Pages,
    pub(super) sure: Sure,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by people, and by the tests")
    )]
    pub(super) example: &'static str,
}

const fn line(
    form: FormKind,
    head: ShortHead,
    says: &'static [ShortElement],
    also: &'static [ShortElement],
    (pages, sure): (Pages, Sure),
    example: &'static str,
) -> GrammarRule {
    GrammarRule {
        form,
        head,
        says,
        also,
        pages,
        sure,
        example,
    }
}

const MAY: (Pages, Sure) = (Pages::May, Sure::Always);
const UNSURE: (Pages, Sure) = (Pages::Must, Sure::Never);

/// The lines, the first that fits before the others.
#[rustfmt::skip]
pub(super) static LINES: [GrammarRule; 30] = [
    //   stands for           begins with     says      and may say                  pages, sure  example
    line(FormKind::Ibid,      ShortHead::Ibid,     &[],      &[],                         MAY, "Ibid., p. 4."),
    line(FormKind::Note,      ShortHead::Idem,     &[Note],  &[Date, Title, OpCit, Ibid], MAY, "Idem (n 5) 12."),
    line(FormKind::Ibid,      ShortHead::Idem,     &[Ibid],  &[],                    MAY, "Idem, ibidem, p. 7."),
    line(FormKind::Idem,      ShortHead::Idem,     &[Date],  &[Title, OpCit, Ibid],       MAY, "Idem 2019, p. 4."),
    line(FormKind::Idem,      ShortHead::Idem,     &[OpCit], &[Title, Ibid],              MAY, "Id., op. cit., p. 4."),
    line(FormKind::Ibid,      ShortHead::Idem,     &[],      &[],                         MAY, "Id. at 12."),
    line(FormKind::Note,      ShortHead::OwnIdem,  &[Note],  &[Date, Title, OpCit, Ibid], MAY, "Ders. (Fn. 5), S. 12."),
    line(FormKind::Idem,      ShortHead::OwnIdem,  &[Date],  &[Title, OpCit, Ibid],       MAY, "Ders. (2019), S. 4."),
    line(FormKind::Idem,      ShortHead::OwnIdem,  &[OpCit], &[Title, Ibid],              MAY, "Ders., a.a.O., S. 4."),
    line(FormKind::Idem,      ShortHead::OwnIdem,  &[],      &[],                         MAY, "Ders., S. 4."),
    line(FormKind::Note,      ShortHead::Nothing,  &[Note],  &[Date, OpCit],              MAY, "See note 5 above."),
    line(FormKind::OpCit,     ShortHead::Nothing,  &[OpCit], &[Date],                     MAY, "Op. cit., p. 3."),
    line(FormKind::Note,      ShortHead::NumberAt, &[Note],  &[Date, Title, OpCit],       MAY, "*Brown*, 347 U.S. at 490, supra note 4."),
    line(FormKind::Designation, ShortHead::NumberAt, &[],    &[OpCit],                    MAY, "*Brown*, 347 U.S. at 490."),
    line(FormKind::Designation, ShortHead::Report, &[],      &[],                         (Pages::May, Sure::Never), "*Brown*, 347 U.S. 483."),
    line(FormKind::Note,      ShortHead::Number,   &[Note],  &[Date, Title, OpCit],       MAY, "Directive 93/13 (n 26) art 3."),
    line(FormKind::Designation, ShortHead::Number, &[OpCit], &[],                         MAY, "Directive 93/13, cited above, art. 3."),
    line(FormKind::Designation, ShortHead::Number, &[],      &[],                         (Pages::May, Sure::Never), "BVerfGE 7, 198 (208)."),
    line(FormKind::Note,      ShortHead::Names,    &[Note],  &[Date, Title, OpCit, Ibid], MAY, "Smith, supra note 5, at 12."),
    line(FormKind::NameIbid,  ShortHead::Names,    &[Ibid],  &[Date, Title, OpCit],       MAY, "Smith, ibid., p. 45."),
    line(FormKind::OpCit,     ShortHead::Names,    &[OpCit], &[Date, Title],              MAY, "Smith, *Title*, op. cit., p. 4."),
    line(FormKind::NameYear,  ShortHead::Names,    &[Date],  &[Title],                    (Pages::May, Sure::ByYear), "Smith & Jones (2019: 4)."),
    line(FormKind::Title,     ShortHead::Names,    &[Title], &[],                         (Pages::May, Sure::ByPages), "Smith, “Short Title,” 45."),
    line(FormKind::NameYear,  ShortHead::Names,    &[Talk, Date], &[],                    (Pages::May, Sure::Never), "Smith, interview with author, 3 May 2019."),
    line(FormKind::Title,     ShortHead::Names,    &[Talk],  &[],                         (Pages::May, Sure::Never), "Smith, telephone interview."),
    line(FormKind::NamePage,  ShortHead::Names,    &[],      &[],                         UNSURE, "Smith, p. 45."),
    line(FormKind::Note,      ShortHead::Title,    &[Note],  &[Date, OpCit, Ibid],        MAY, "*Smith v Jones* (n 5) 12."),
    line(FormKind::OpCit,     ShortHead::Title,    &[OpCit], &[Date],                     MAY, "*Emma*, op. cit., p. 77."),
    line(FormKind::Title,     ShortHead::Title,    &[],      &[],                         UNSURE, "*Emma*, p. 77."),
    line(FormKind::Title,     ShortHead::Court,    &[],      &[OpCit],                    (Pages::May, Sure::Never), "CE, Ass., *Barel*, précité."),
];

/// The line for what a citation begins with, says and ends in.
pub(super) fn line_for(
    head: ShortHead,
    says: &[ShortElement],
    has_pages: bool,
) -> Option<&'static GrammarRule> {
    LINES.iter().find(|line| {
        let is_said = line.says.iter().all(|item| says.contains(item));
        let is_all = says
            .iter()
            .all(|item| line.says.contains(item) || line.also.contains(item));
        line.head == head && is_said && is_all && (has_pages || line.pages == Pages::May)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::pages::is_rest;
    use super::super::super::words::Words;
    use super::super::read_line;
    use super::*;

    /// The example without its asterisks, and where they set words in italics.
    fn plain(example: &str) -> (String, Vec<std::ops::Range<usize>>) {
        let mut text = String::new();
        let mut italics = Vec::new();
        for (at, piece) in example.split('*').enumerate() {
            let start = text.len();
            text.push_str(piece);
            if at % 2 == 1 {
                italics.push(start..text.len());
            }
        }
        (text, italics)
    }

    #[test]
    fn every_line_reads_its_example_from_the_first_word_to_the_last() {
        for line in &LINES {
            let (text, italics) = plain(line.example);
            let words = Words::read(&text, &italics, &[]);
            let (form, read) = read_line(&words, 0, words.len()).expect(line.example);
            assert!(std::ptr::eq(read, line), "{}: {read:?}", line.example);
            assert!(
                is_rest(&words, form.words.end, words.len()),
                "{}",
                line.example
            );
        }
    }
}
