//! What the lines before the text say of the paper: title, author, date, keywords.

use super::Mender;
use super::paragraphs::{LooseKind, LooseParagraph, ParagraphPlace};
use crate::paper::{MendingKind, month_named};

/// A title or a list of authors is no longer than this.
const MAX_TITLE_BYTES: usize = 300;
const MAX_KEYWORD_BYTES: usize = 60;

/// The line that a book starts with comes within so many paragraphs.
const MAX_PARAGRAPHS_BEFORE_START: usize = 60;

/// The words under which keywords follow.
const KEYWORDS: [&str; 8] = [
    "keywords",
    "key words",
    "schlagwörter",
    "schlüsselwörter",
    "mots-clés",
    "mots clés",
    "palabras clave",
    "parole chiave",
];

/// Takes what describes the paper out of the lines before its text.
pub(super) fn take(mender: &mut Mender<'_>, paragraphs: &mut Vec<LooseParagraph>) {
    if take_named(mender, paragraphs) || take_head(mender, paragraphs) {
        return;
    }
    take_keywords(mender, paragraphs);
    let end = front_end(paragraphs);
    let is_bold = |one: &LooseParagraph| one.text().starts_with("**") && one.text().ends_with("**");
    let author = (0..end).find(|at| {
        paragraphs
            .get(*at)
            .is_some_and(|one| author_of(one).is_some())
    });
    let front = paragraphs.get(..end).unwrap_or_default();
    let bold = front
        .iter()
        .position(|one| is_bold(one) && one.bytes() <= MAX_TITLE_BYTES);
    let title = bold.or_else(|| author.and_then(|author| author.checked_sub(1)));
    let date = front.iter().position(|one| is_date(&one.text()));
    let mut taken = Vec::new();
    if let Some((at, one)) = title.and_then(|at| Some((at, paragraphs.get(at)?)))
        && date != Some(at)
    {
        let text = one.text().trim_matches('*').trim().to_owned();
        taken.extend(
            mender
                .set("title", MendingKind::TitleFound, one, text)
                .then_some(at),
        );
    }
    if let Some((at, one)) = author.and_then(|at| Some((at, paragraphs.get(at)?))) {
        let name = author_of(one).unwrap_or_default();
        taken.extend(
            mender
                .set("author", MendingKind::AuthorFound, one, name)
                .then_some(at),
        );
    }
    if let Some((at, one)) = date.and_then(|at| Some((at, paragraphs.get(at)?))) {
        taken.extend(
            mender
                .set("date", MendingKind::DateFound, one, one.text())
                .then_some(at),
        );
    }
    let mut index = 0;
    paragraphs.retain(|_| {
        index += 1;
        !taken.contains(&(index - 1))
    });
}

/// Takes the title and the author that Project Gutenberg names above the line where a book starts.
/// Says whether there is such a line with a title.
fn take_named(mender: &mut Mender<'_>, paragraphs: &[LooseParagraph]) -> bool {
    let is_start = |one: &LooseParagraph| {
        let text = one.text();
        text.starts_with("***") && text.to_uppercase().contains("START OF")
    };
    let mut opening = paragraphs.iter().take(MAX_PARAGRAPHS_BEFORE_START);
    let Some(start) = opening.position(is_start) else {
        return false;
    };
    let named = [
        ("Title: ", "title", MendingKind::TitleFound),
        ("Author: ", "author", MendingKind::AuthorFound),
    ];
    let mut has_title = false;
    for paragraph in paragraphs.iter().take(start) {
        let mut rows = paragraph.rows.iter().peekable();
        while let Some(row) = rows.next() {
            let mut found = named.iter().filter_map(|(head, key, kind)| {
                Some((row.text.strip_prefix(head)?.trim(), *key, *kind))
            });
            let Some((value, key, kind)) = found.next() else {
                continue;
            };
            let mut value = value.to_owned();
            while let Some(more) = rows.next_if(|next| !next.text.contains(": ")) {
                value.push(' ');
                value.push_str(more.text.trim_start_matches(['|', ' ']));
            }
            has_title |= key == "title";
            if mender.may(kind, row.line, &row.text, &value) {
                mender.metadata.push((key, value));
            }
        }
    }
    has_title
}

/// Takes the title, the authors and the date that stand below one another at the very top, as
/// Pandoc writes them.
fn take_head(mender: &mut Mender<'_>, paragraphs: &mut Vec<LooseParagraph>) -> bool {
    let Some(head) = paragraphs.first().filter(|one| one.kind == LooseKind::Text) else {
        return false;
    };
    let rows: Vec<&str> = head.rows.iter().map(|row| row.text.trim()).collect();
    let [title, names, date] = rows.as_slice() else {
        return false;
    };
    let names: Vec<&str> = names.split(';').map(str::trim).collect();
    let is_head = is_date(date)
        && names.iter().all(|name| is_name(name))
        && !title.ends_with(['.', ',', ';'])
        && title.len() <= MAX_TITLE_BYTES;
    if !is_head {
        return false;
    }
    let told = [
        ("title", MendingKind::TitleFound, *title),
        ("date", MendingKind::DateFound, *date),
    ];
    let authors = names
        .into_iter()
        .map(|name| ("author", MendingKind::AuthorFound, name));
    let told: Vec<_> = told.into_iter().chain(authors).collect();
    let text = head.text();
    if !told
        .iter()
        .all(|(_, kind, said)| mender.may(*kind, head.line, &text, said))
    {
        return false;
    }
    let said = told
        .into_iter()
        .map(|(key, _, said)| (key, said.to_owned()));
    mender.metadata.extend(said);
    paragraphs.remove(0);
    true
}

/// Whether these may be a person's names: two to five words, each with a capital or a particle.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let capitals = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    (2..=5).contains(&words.len())
        && capitals >= 2
        && !text.ends_with('.')
        && !text.contains(|char: char| char.is_ascii_digit() || ":,?!".contains(char))
}

/// Where the text begins: with the first list, or with the first paragraph that is a sentence.
fn front_end(paragraphs: &[LooseParagraph]) -> usize {
    let begins = |one: &LooseParagraph| {
        one.kind != LooseKind::Text || one.bytes() > MAX_TITLE_BYTES || {
            let text = one.text();
            text.len() > 80 && text.ends_with(['.', '!', '?'])
        }
    };
    let first = paragraphs.iter().position(begins).unwrap_or(0);
    // The line right before it may be its heading.
    first.saturating_sub(1)
}

/// The name in "by Ada Author".
fn author_of(paragraph: &LooseParagraph) -> Option<String> {
    let text = paragraph.text();
    let (by, name) = text.split_once(' ')?;
    let name = name.trim_matches('*').trim();
    let begins_words = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_name = by.eq_ignore_ascii_case("by")
        && (2..=12).contains(&name.split(' ').count())
        && name.split(' ').filter(|word| begins_words(word)).count() >= 2
        && !name.ends_with('.');
    is_name.then(|| name.to_owned())
}

/// "May 2026", "4 May 2026", "May 4, 2026", "4 mai 2026".
fn is_date(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let is_month = |word: &&str| month_named(word).is_some();
    let is_number = |word: &&str| word.parse::<u32>().is_ok();
    let months = words.iter().filter(|word| is_month(word)).count();
    let numbers = words.iter().filter(|word| is_number(word)).count();
    months == 1 && (1..=2).contains(&numbers) && months + numbers == words.len()
}

fn take_keywords(mender: &mut Mender<'_>, paragraphs: &mut Vec<LooseParagraph>) {
    let heading = paragraphs.iter().position(|one| {
        let text = one.text().to_lowercase();
        one.is_body_text() && KEYWORDS.contains(&text.trim_matches(['*', ':', ' ', '#']))
    });
    let Some(heading) = heading else {
        return;
    };
    let rest = paragraphs.get(heading + 1..).unwrap_or_default();
    let is_keyword = |one: &&LooseParagraph| {
        one.place == ParagraphPlace::Body
            && one.kind == LooseKind::Text
            && one.bytes() <= MAX_KEYWORD_BYTES
            && !one.text().ends_with(['.', ':', '?', '!'])
    };
    let short = rest.iter().take_while(is_keyword).count();
    // The last of the short lines is the heading of the text that follows.
    let count = if rest.len() > short {
        short.saturating_sub(1)
    } else {
        short
    };
    let keywords = rest.iter().take(count).map(|one| {
        let text = one.text();
        text.trim_matches(['*', '_', ' ']).to_owned()
    });
    let keywords: Vec<String> = keywords.collect();
    let Some(first) = paragraphs.get(heading).filter(|_| count > 0).cloned() else {
        return;
    };
    let listed = keywords.join("; ");
    if mender.may(
        MendingKind::KeywordsFound,
        first.line,
        &first.text(),
        &listed,
    ) {
        mender
            .metadata
            .extend(keywords.into_iter().map(|keyword| ("keywords", keyword)));
        paragraphs.drain(heading..=heading + count);
    }
}

impl Mender<'_> {
    /// Takes a paragraph's words as what describes the paper.
    fn set(
        &mut self,
        key: &'static str,
        kind: MendingKind,
        from: &LooseParagraph,
        text: String,
    ) -> bool {
        let is_allowed = self.may(kind, from.line, &from.text(), &text);
        if is_allowed {
            self.metadata.push((key, text));
        }
        is_allowed
    }
}
