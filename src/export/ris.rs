//! The sources of a paper as RIS, which nearly every program for references reads. What is not
//! certain is left out; of a source that was read from the paper's words the whole
//! citation stands in `N1`.

use std::io::{self, Write};

use super::reference::{KeyedWork, works_of};
use crate::sources::{Date, Details, SourceKind, Sources};

/// Writes a record for each source, in reading order.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    write_works(&works_of(sources), out)
}

/// Writes a record for each work.
pub(super) fn write_works(works: &[KeyedWork<'_>], out: &mut dyn Write) -> io::Result<()> {
    works.iter().try_for_each(|work| write_work(work, out))
}

fn write_work(work: &KeyedWork<'_>, out: &mut dyn Write) -> io::Result<()> {
    let details: &Details = work.details;
    let mut line = |tag: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            Ok(())
        } else {
            write!(out, "{tag}  - {value}\r\n")
        }
    };
    line("TY", kind(details.kind))?;
    line("ID", &work.key)?;
    for (tag, names) in [
        ("AU", &details.authors),
        ("ED", &details.editors),
        ("A4", &details.translators),
    ] {
        for name in names {
            line(tag, &name.inverted())?;
        }
    }
    line("TI", &details.title)?;
    line("ST", &details.short_title)?;
    line(
        "T2",
        match details.kind {
            SourceKind::Judgment => &details.reporter,
            _ => &details.container,
        },
    )?;
    line("T3", &details.series)?;
    line("M3", &details.genre)?;
    line("VL", &details.volume)?;
    line(
        "IS",
        if details.issue.is_empty() {
            &details.number
        } else {
            &details.issue
        },
    )?;
    let (first, last) = details
        .pages
        .split_once('–')
        .unwrap_or((&details.pages, ""));
    line("SP", first)?;
    line("EP", &in_full(first, last))?;
    line("ET", &details.edition)?;
    line("PB", &details.publisher)?;
    line("CY", &details.place)?;
    if let Some(date) = details.date {
        line("PY", &date.year.to_string())?;
        line("DA", &date.month.map(|_| day(date)).unwrap_or_default())?;
    } else {
        line("PY", &details.date_said)?;
    }
    line("UR", &details.url)?;
    line("Y2", &details.accessed.map(day).unwrap_or_default())?;
    line("DO", &details.doi)?;
    line("SN", &details.isbn)?;
    line("SN", &details.issn)?;
    line("LA", &details.language)?;
    line("AB", &details.abstract_text)?;
    line("N1", work.note())?;
    line("N1", &details.annotation)?;
    write!(out, "ER  - \r\n\r\n")
}

/// "2019/05/04/"; what is not known of it is empty.
fn day(date: Date) -> String {
    let number = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    format!(
        "{:04}/{}/{}/",
        date.year,
        number(date.month),
        number(date.day)
    )
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Article => "JOUR",
        SourceKind::Newspaper => "NEWS",
        SourceKind::Book => "BOOK",
        SourceKind::Chapter => "CHAP",
        SourceKind::ConferencePaper => "CONF",
        SourceKind::Report => "RPRT",
        SourceKind::Thesis => "THES",
        SourceKind::WebPage => "ELEC",
        SourceKind::Judgment => "CASE",
        SourceKind::Law | SourceKind::Treaty => "STAT",
        SourceKind::Dataset => "DATA",
        SourceKind::Software => "COMP",
        _ => "GEN",
    }
}

/// The last page of a range, with the figures that it shares with the first: 192 of "181–92".
fn in_full(first: &str, last: &str) -> String {
    let is_number = |page: &str| !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit());
    let shared = first.len().saturating_sub(last.len());
    let head = first.get(..shared).unwrap_or_default();
    let whole = format!("{head}{last}");
    if is_number(first) && is_number(last) && whole.as_str() > first {
        whole
    } else {
        last.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    #[test]
    fn every_line_has_a_tag_and_every_record_an_end() {
        let note = "John Smith, *The First Book* (Oxford: Oxford University Press, 2019), 45.";
        let paper = parse(&format!("Word[^1].\n\n[^1]: {note}\n")).paper;
        let mut out = Vec::new();
        write_sources(&Sources::read(&paper), &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        let wanted = "TY  - BOOK\r\nID  - smith2019first\r\nAU  - Smith, John\r\n\
                      TI  - The First Book\r\nPB  - Oxford University Press\r\nCY  - Oxford\r\n\
                      PY  - 2019\r\nN1  - John Smith, The First Book (Oxford: Oxford University \
                      Press, 2019), 45.\r\nER  - \r\n\r\n";
        assert_eq!(written, wanted);
    }

    #[test]
    fn the_last_page_is_given_in_full() {
        let pages = [
            ("181", "92", "192"),
            ("1362", "402", "1402"),
            ("98", "104", "104"),
            ("98", "2", "2"),
            ("xi", "v", "v"),
            ("7", "", ""),
        ];
        for (first, last, whole) in pages {
            assert_eq!(in_full(first, last), whole);
        }
    }
}
