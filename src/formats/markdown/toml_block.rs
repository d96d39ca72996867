//! The front matter of Hugo: TOML between `+++` and `+++`.

use super::metadata::MetadataFields;
use crate::paper::Metadata;

/// A block is at most so many bytes long; what is longer is Markdown.
const MAX_BLOCK_BYTES: usize = 64 * 1024;

/// Reads the block, if the source begins with one, and says where what follows it begins, and
/// what its abstract is.
///
/// Of TOML it takes what front matter has: keys, texts, dates, and lists of them. Tables and all
/// else are passed over.
pub(super) fn take_off(source: &str) -> Option<(Metadata, usize, String)> {
    let first = source.split_inclusive('\n').next()?;
    if first.trim_end() != "+++" {
        return None;
    }
    let near = source.get(..source.floor_char_boundary(MAX_BLOCK_BYTES))?;
    let mut at = first.len();
    let mut fields = MetadataFields::default();
    let mut abstract_text = String::new();
    let mut is_top = true;
    while let Some(line) = near.get(at..)?.split_inclusive('\n').next() {
        if line.trim_end() == "+++" {
            return Some((fields.finish(), at + line.len(), abstract_text));
        }
        is_top &= !line.trim_start().starts_with('[');
        let value_at = line.find('=').map(|equals| at + equals + 1);
        let key = line.split('=').next().unwrap_or_default();
        let key = key.trim().trim_matches('"').to_lowercase();
        let Some(value_at) = value_at.filter(|_| is_name(&key)) else {
            at += line.len();
            continue;
        };
        let rest = near.get(value_at..)?;
        let (texts, is_list, bytes) = value(rest);
        for text in texts.iter().filter(|_| is_top) {
            match key.as_str() {
                "abstract" => abstract_text.push_str(text),
                key => fields.set(key, text, is_list),
            }
        }
        let end = value_at + bytes;
        at = near
            .get(end..)?
            .find('\n')
            .map_or(near.len(), |line_end| end + line_end + 1);
    }
    None
}

fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|char| char.is_alphanumeric() || "-_".contains(char))
}

/// The texts of a value, whether it is a list, and its bytes.
fn value(text: &str) -> (Vec<String>, bool, usize) {
    let inner = text.trim_start_matches([' ', '\t']);
    let mut at = text.len() - inner.len();
    let is_list = inner.starts_with('[');
    let mut texts = Vec::new();
    if !is_list {
        let (one, bytes) = scalar(inner);
        texts.extend(one);
        return (texts, false, at + bytes);
    }
    at += 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let inner = rest.trim_start_matches([' ', '\t', '\n', ',']);
        at += rest.len() - inner.len();
        if inner.is_empty() || inner.starts_with(']') {
            return (texts, true, at + usize::from(!inner.is_empty()));
        }
        let (one, bytes) = scalar(inner);
        texts.extend(one);
        if bytes == 0 {
            return (texts, true, at);
        }
        at += bytes;
    }
}

/// A text or a bare word, and its bytes.
fn scalar(text: &str) -> (Option<String>, usize) {
    for quote in ["\"\"\"", "'''"] {
        if let Some(inner) = text.strip_prefix(quote) {
            let end = inner.find(quote).unwrap_or(inner.len());
            let one = inner.get(..end).unwrap_or_default();
            return (
                Some(one.to_owned()),
                (end + 2 * quote.len()).min(text.len()),
            );
        }
    }
    if let Some(inner) = text.strip_prefix('\'') {
        let end = inner.find(['\'', '\n']).unwrap_or(inner.len());
        let one = inner.get(..end).unwrap_or_default();
        return (Some(one.to_owned()), (end + 2).min(text.len()));
    }
    if let Some(inner) = text.strip_prefix('"') {
        let mut one = String::new();
        let mut chars = inner.char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '"' | '\n' => return (Some(one), at + 2),
                '\\' => match chars.next() {
                    Some((_, 'n' | 't')) => one.push(' '),
                    Some((_, other)) => one.push(other),
                    None => {}
                },
                _ => one.push(char),
            }
        }
        return (Some(one), text.len());
    }
    let end = text.find([',', ']', '\n', '#']).unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default().trim();
    // Of a moment the day is enough.
    let word = word
        .split_once('T')
        .map_or(word, |(day, _)| match day.len() {
            10 => day,
            _ => word,
        });
    ((!word.is_empty()).then(|| word.to_owned()), end)
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::formats::outline::check;

    #[test]
    fn texts_lists_and_dates_are_read() {
        let source = "+++\ntitle = \"A \\\"b\\\"\" # c\nauthors = [\n  \"D\",\n  'E',\n]\ndate = 2018-10-15T15:42:51Z\n[params]\ntitle = \"no\"\n+++\n\nText";
        let metadata = parse(source).paper.metadata;
        assert_eq!(metadata.title, "A \"b\"");
        assert_eq!(metadata.authors, ["D", "E"]);
        assert_eq!(metadata.date, "2018-10-15");
        check(source, "Text");
    }

    #[test]
    fn without_its_end_it_is_text() {
        check("+++\ntitle = \"A\"\n\nText", "+++ title = \"A\"\nText");
        for broken in [
            "+++\na = [\n",
            "+++\na = \"",
            "+++\na = '''\n",
            "+++\na = [,",
        ] {
            assert_eq!(parse(broken).paper.title, "");
        }
    }
}
