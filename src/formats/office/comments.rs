//! What is said of a comment, which is no part of the text.

/// The text of a comment is cut to so many characters.
const MAX_COMMENT_CHARS: usize = 200;

/// That a comment is left out, with who made it, if that is known, and how it begins.
pub(in crate::formats) fn left_out(author: &str, text: &str) -> String {
    let mut text: String = text.trim().chars().take(MAX_COMMENT_CHARS + 1).collect();
    if text.chars().count() > MAX_COMMENT_CHARS {
        text.pop();
        text.push('…');
    }
    match author.trim() {
        "" => format!("a comment is left out: {text}"),
        author => format!("a comment by {author} is left out: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_told_by_its_author_and_its_beginning() {
        assert_eq!(left_out(" ", " Why? "), "a comment is left out: Why?");
        let long = "ä".repeat(MAX_COMMENT_CHARS + 1);
        let said = left_out("Ada", &long);
        let shown = "ä".repeat(MAX_COMMENT_CHARS);
        assert_eq!(said, format!("a comment by Ada is left out: {shown}…"));
    }
}
