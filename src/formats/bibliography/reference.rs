//! How a work is set in full, in three forms; and how it is called in short.

use std::collections::HashMap;

use crate::paper::{Date, Details, Name, SourceKind, Style};

/// The form of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceForm {
    /// As in a list of references: `Smith, Jane. 2019. *On Notes*. Oxford: OUP.`
    AuthorDate,
    /// As in a note: `Jane Smith, *On Notes* (Oxford: OUP, 2019)`.
    Note,
    /// In a row, without emphasis and quotation marks.
    Plain,
}

/// A stretch of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRun {
    /// Its words, with the blanks around them.
    pub text: String,
    /// How they are set.
    pub style: Option<Style>,
    /// Where they lead to; empty if nowhere.
    pub address: String,
}

/// The reference of a work in this form.
#[must_use]
pub fn reference(work: &Details, form: ReferenceForm) -> Vec<ReferenceRun> {
    let mut line = ReferenceLine::default();
    match form {
        ReferenceForm::AuthorDate => listed(work, &mut line),
        ReferenceForm::Note => return note_parts(work).concat(),
        ReferenceForm::Plain => plain(work, &mut line),
    }
    line.pieces
}

/// A reference as in a note in three parts: up to when it appeared, its pages, and its address. What
/// is cited of the work stands in place of the second.
#[must_use]
pub fn note_parts(work: &Details) -> [Vec<ReferenceRun>; 3] {
    let [mut line, mut pages, mut address] = <[ReferenceLine; 3]>::default();
    noted(work, &mut line);
    if !work.pages.is_empty() {
        match work.kind {
            SourceKind::Chapter | SourceKind::ConferencePaper => {
                pages.push(&format!(", {}", work.pages));
            }
            SourceKind::Article => {
                let is_numbered = !(work.volume.is_empty() && work.issue.is_empty());
                let sign = if is_numbered { ":" } else { "," };
                pages.push(&format!("{sign} {}", work.pages));
            }
            _ => {}
        }
    }
    let at = address_of(work);
    if !at.is_empty() {
        address.push(", ");
        address.add(&at, None, at.clone());
    }
    [line.pieces, pages.pieces, address.pieces]
}

/// The same as text.
#[must_use]
pub fn reference_text(work: &Details, form: ReferenceForm) -> String {
    let pieces = reference(work, form).into_iter();
    pieces.map(|piece| piece.text).collect()
}

/// What a work is called after its authors, or what stands for them: "Smith and Jones".
#[must_use]
pub fn people_in_short(work: &Details) -> String {
    let names = work.makers();
    match names {
        [] if !work.short_title.is_empty() => work.short_title.clone(),
        [] if !work.title.is_empty() => title_in_short(work),
        [] => work.key.clone(),
        [one] if work.has_others => format!("{} et al.", one.family()),
        [one] => one.family().to_owned(),
        [one, other] if !work.has_others => format!("{} and {}", one.family(), other.family()),
        [first, ..] => format!("{} et al.", first.family()),
    }
}

/// The year of a work, or what is said instead: "forthcoming", "n.d.".
#[must_use]
pub fn year_in_short(work: &Details) -> String {
    match work.date {
        Some(date) => {
            let letter = date.letter.map(String::from).unwrap_or_default();
            format!("{}{letter}{}", date.year, work.year_letters)
        }
        None if !work.date_said.is_empty() => work.date_said.clone(),
        None => "n.d.".to_owned(),
    }
}

/// The title up to its colon.
#[must_use]
pub fn title_in_short(work: &Details) -> String {
    let title = if work.short_title.is_empty() {
        work.title.as_str()
    } else {
        work.short_title.as_str()
    };
    let end = title.find([':', '?', '—']).unwrap_or(title.len());
    let short = title.get(..end).unwrap_or(title).trim();
    if short.is_empty() { title } else { short }.to_owned()
}

/// Whether a title stands in quotation marks, being a part of something.
pub(in crate::formats) fn is_part(work: &Details) -> bool {
    match work.kind {
        SourceKind::Article
        | SourceKind::Newspaper
        | SourceKind::Chapter
        | SourceKind::ConferencePaper
        | SourceKind::WebPage
        | SourceKind::Thesis
        | SourceKind::Interview => true,
        SourceKind::Unknown => !work.container.is_empty() || !work.url.is_empty(),
        _ => false,
    }
}

/// A reference under way.
#[derive(Default)]
struct ReferenceLine {
    pieces: Vec<ReferenceRun>,
}

impl ReferenceLine {
    fn push(&mut self, text: &str) {
        self.add(text, None, String::new());
    }

    fn add(&mut self, text: &str, style: Option<Style>, address: String) {
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.style == style && last.address.is_empty() && address.is_empty() => {
                last.text.push_str(text);
            }
            _ => self.pieces.push(ReferenceRun {
                text: text.to_owned(),
                style,
                address,
            }),
        }
    }

    fn last(&self) -> Option<char> {
        self.pieces.last()?.text.chars().next_back()
    }

    /// Ends a sentence, unless its words do, and parts it from the next.
    fn stop(&mut self) {
        match self.last() {
            None | Some(' ') => {}
            Some('.' | '?' | '!') => self.push(" "),
            Some('”') if self.ends_quoted_sentence() => self.push(" "),
            Some(_) => self.push(". "),
        }
    }

    fn ends_quoted_sentence(&self) -> bool {
        let text = self.pieces.last().map_or("", |piece| piece.text.as_str());
        text.trim_end_matches('”').ends_with(['.', '?', '!'])
    }

    /// A sentence of its own, if there are words for it.
    fn sentence(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(text);
            self.stop();
        }
    }

    /// The title: in quotation marks with a sign before the last, if it has none, or in italics.
    fn title(&mut self, work: &Details, sign: &str) {
        let title = work.title.as_str();
        if title.is_empty() {
            return;
        }
        if is_part(work) {
            let ends = title.ends_with(['?', '!', '.', ',']);
            let inner = within_quotation(title);
            let sign = if ends { "" } else { sign };
            self.push(&format!("“{inner}{sign}”"));
        } else {
            self.add(title, Some(Style::Emphasis), String::new());
        }
    }

    fn emphasis(&mut self, text: &str) {
        self.add(text, Some(Style::Emphasis), String::new());
    }

    /// Where it is on the web.
    fn address(&mut self, work: &Details) {
        let address = address_of(work);
        if !address.is_empty() {
            self.add(&address, None, address.clone());
            self.push(".");
        }
    }

    fn trim(&mut self) {
        if let Some(last) = self.pieces.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self.pieces.retain(|piece| !piece.text.is_empty());
    }
}

fn address_of(work: &Details) -> String {
    if work.doi.is_empty() {
        work.url.clone()
    } else {
        format!("https://doi.org/{}", work.doi)
    }
}

/// A title within quotation marks has single ones of its own. A straight mark without another one is
/// none: 12" are inches.
pub(in crate::formats) fn within_quotation(title: &str) -> String {
    let (mut pairs, mut open) = (HashMap::new(), Vec::new());
    let mut last = ' ';
    for (at, char) in title.char_indices() {
        let begins = last.is_whitespace() || "([-–—‘“".contains(last);
        match char {
            '"' if begins => open.push(at),
            '"' => {
                if let Some(opened) = open.pop() {
                    pairs.extend([(opened, '‘'), (at, '’')]);
                }
            }
            _ => {}
        }
        last = char;
    }
    let inner = title.char_indices().map(|(at, char)| match char {
        '“' => '‘',
        '”' => '’',
        '"' => pairs.get(&at).copied().unwrap_or(char),
        char => char,
    });
    inner.collect()
}

/// "Smith, Jane, Peter Brown, and Ludwig van Beethoven".
fn names_listed(names: &[Name], has_others: bool) -> String {
    let each = names.iter().enumerate().map(|(at, name)| match at {
        0 => name.inverted(),
        _ => name.natural(),
    });
    joined(&each.collect::<Vec<_>>(), has_others, true)
}

/// "Jane Smith, Peter Brown, and Ludwig van Beethoven".
fn names_natural(names: &[Name], has_others: bool) -> String {
    joined(
        &names.iter().map(Name::natural).collect::<Vec<_>>(),
        has_others,
        false,
    )
}

fn joined(names: &[String], has_others: bool, is_inverted: bool) -> String {
    const MAX_NAMED_AUTHORS: usize = 10;
    let shown = names.get(..MAX_NAMED_AUTHORS).unwrap_or(names);
    let has_others = has_others || names.len() > MAX_NAMED_AUTHORS;
    match shown {
        [] => String::new(),
        _ if has_others => format!("{}, et al.", shown.join(", ")),
        [one] => one.clone(),
        [one, other] if is_inverted => format!("{one}, and {other}"),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// `Smith, Jane. 2019. “Title.” *Journal* 12 (3): 1–9. https://…`
fn listed(work: &Details, line: &mut ReferenceLine) {
    let names = names_listed(work.makers(), work.has_others);
    let is_edited = work.is_edited();
    if is_edited {
        let word = if work.editors.len() > 1 {
            "eds."
        } else {
            "ed."
        };
        line.sentence(&format!("{names}, {word}"));
    } else {
        line.sentence(&names);
    }
    if names.is_empty() {
        line.title(work, ".");
        line.stop();
        line.sentence(&year_in_short(work));
    } else {
        line.sentence(&year_in_short(work));
        line.title(work, ".");
        line.stop();
    }
    within(work, line, is_edited);
    if !work.number.is_empty() && work.kind != SourceKind::Judgment {
        line.sentence(&numbered(&work.number));
    }
    if !work.edition.is_empty() {
        line.sentence(&edition(&work.edition));
    }
    if !work.translators.is_empty() {
        line.sentence(&format!(
            "Translated by {}",
            names_natural(&work.translators, false)
        ));
    }
    line.sentence(&work.series);
    line.sentence(&house(work));
    if let Some(accessed) = work
        .accessed
        .filter(|_| work.doi.is_empty() && work.date.is_none())
    {
        line.sentence(&format!("Accessed {accessed}"));
    }
    line.address(work);
    line.trim();
    if !line.pieces.is_empty() && !matches!(line.last(), Some('.' | '?' | '!' | '”')) {
        line.push(".");
    }
}

/// The journal or the book that it is a part of.
fn within(work: &Details, line: &mut ReferenceLine, is_edited: bool) {
    match work.kind {
        SourceKind::Judgment => {
            let parts = [work.number.clone(), reporter(work), work.court.clone()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            line.sentence(&parts.join(", "));
        }
        SourceKind::Chapter | SourceKind::ConferencePaper if !work.container.is_empty() => {
            line.push("In ");
            line.emphasis(&work.container);
            if !work.volume.is_empty() {
                line.push(&format!(", vol. {}", work.volume));
            }
            if !work.editors.is_empty() && !is_edited {
                line.push(&format!(
                    ", edited by {}",
                    names_natural(&work.editors, false)
                ));
            }
            if !work.pages.is_empty() {
                line.push(&format!(", {}", work.pages));
            }
            line.stop();
        }
        _ if !work.container.is_empty() => {
            line.emphasis(&work.container);
            let volume = volume(work, " (", ")");
            if !volume.is_empty() {
                line.push(&format!(" {volume}"));
            }
            if let Some(day) = day(work) {
                line.push(&format!(", {day}"));
            }
            if !work.pages.is_empty() {
                let sign = if volume.is_empty() { "," } else { ":" };
                line.push(&format!("{sign} {}", work.pages));
            }
            line.stop();
        }
        _ => {
            if let Some(day) = day(work) {
                line.sentence(&day);
            }
            if !work.volume.is_empty() {
                line.sentence(&format!("Vol. {}", work.volume));
            }
        }
    }
}

/// `Jane Smith, “Title,” *Journal* 12, no. 3 (2019)`: pages or what is cited of it follow.
fn noted(work: &Details, line: &mut ReferenceLine) {
    let names = names_natural(work.makers(), work.has_others);
    let is_edited = work.is_edited();
    if !names.is_empty() {
        line.push(&names);
        if is_edited {
            line.push(if work.editors.len() > 1 {
                ", eds."
            } else {
                ", ed."
            });
        }
        line.push(", ");
    }
    let is_alone = work.container.is_empty();
    line.title(work, if is_alone { "" } else { "," });
    let is_in_journal = matches!(work.kind, SourceKind::Article | SourceKind::Newspaper);
    let house = if is_in_journal && !is_alone {
        String::new()
    } else {
        house(work)
    };
    let mut imprint = vec![house, date_in_note(work)];
    match work.kind {
        SourceKind::Chapter | SourceKind::ConferencePaper if !work.container.is_empty() => {
            line.push(" in ");
            line.emphasis(&work.container);
            if !work.editors.is_empty() && !is_edited {
                line.push(&format!(", ed. {}", names_natural(&work.editors, false)));
            }
        }
        SourceKind::Judgment => {
            let parts = [work.number.clone(), reporter(work)];
            for part in parts.iter().filter(|part| !part.is_empty()) {
                line.push(&format!(", {part}"));
            }
            imprint.insert(0, work.court.clone());
        }
        _ if !work.container.is_empty() => {
            line.push(" ");
            line.emphasis(&work.container);
            let volume = volume(work, ", no. ", "");
            if !volume.is_empty() {
                line.push(&format!(" {volume}"));
            }
        }
        _ if !work.number.is_empty() => line.push(&format!(", {}", numbered(&work.number))),
        _ => {}
    }
    if !work.translators.is_empty() {
        line.push(&format!(
            ", trans. {}",
            names_natural(&work.translators, false)
        ));
    }
    if !work.edition.is_empty() {
        line.push(&format!(", {}", edition(&work.edition)));
    }
    let is_of_book = is_alone || work.kind.is_in_book();
    if is_of_book && work.kind != SourceKind::Judgment && !work.volume.is_empty() {
        line.push(&format!(", vol. {}", work.volume));
    }
    imprint.retain(|part| !part.is_empty());
    if !imprint.is_empty() {
        line.push(&format!(" ({})", imprint.join(", ")));
    }
}

/// `Smith, Jane; Brown, Peter. 2019. Title. Journal 12(3). 1–9. Publisher. https://…`
fn plain(work: &Details, line: &mut ReferenceLine) {
    let mut names: Vec<String> = work.makers().iter().map(Name::inverted).collect();
    if work.has_others {
        names.push("et al.".to_owned());
    }
    line.sentence(&names.join("; "));
    line.sentence(&year_in_short(work));
    line.sentence(&work.title);
    let container = [work.container.as_str(), &volume(work, "(", ")")].join(" ");
    line.sentence(container.trim());
    line.sentence(&work.pages);
    line.sentence(&house(work));
    line.address(work);
    line.trim();
}

/// "12 (3)", "12, no. 3"; an issue alone as its number.
fn volume(work: &Details, opens: &str, closes: &str) -> String {
    match (work.volume.is_empty(), work.issue.is_empty()) {
        (false, false) => format!("{}{opens}{}{closes}", work.volume, work.issue),
        (false, true) => work.volume.clone(),
        (true, false) => format!("no. {}", work.issue),
        (true, true) => String::new(),
    }
}

fn reporter(work: &Details) -> String {
    let parts = [&work.volume, &work.reporter, &work.pages];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

fn numbered(number: &str) -> String {
    if number.starts_with(|char: char| char.is_ascii_digit()) {
        format!("no. {number}")
    } else {
        number.to_owned()
    }
}

/// "2" is "2nd ed.".
fn edition(edition: &str) -> String {
    let Ok(number) = edition.trim().parse::<u32>() else {
        return if edition.contains("ed") || edition.contains("Aufl") {
            edition.to_owned()
        } else {
            format!("{edition} ed.")
        };
    };
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} ed.")
}

/// "Oxford: OUP".
fn house(work: &Details) -> String {
    match (work.place.is_empty(), work.publisher.is_empty()) {
        (false, false) => format!("{}: {}", work.place, work.publisher),
        (true, _) => work.publisher.clone(),
        (false, true) => work.place.clone(),
    }
}

/// "May 5", for what appears on a day.
fn day(work: &Details) -> Option<String> {
    let date = work.date?;
    let is_daily = matches!(work.kind, SourceKind::Newspaper | SourceKind::WebPage);
    let year = date.year.to_string();
    let said = Date {
        letter: None,
        ..date
    }
    .to_string();
    let said = said.strip_suffix(&year)?.trim().to_owned();
    (is_daily && !said.is_empty()).then_some(said)
}

/// Without the letter that tells a year from others, which notes do not need.
fn date_in_note(work: &Details) -> String {
    let bare = |date: Date| Date {
        letter: None,
        ..date
    };
    match work.date.map(bare) {
        Some(date) if day(work).is_some() => date.to_string(),
        Some(date) => date.year.to_string(),
        None => year_in_short(work),
    }
}

#[cfg(test)]
mod tests;
