//! What an item of a list begins with.

/// Signs that begin items.
const BULLETS: [char; 14] = [
    '•', '‣', '▪', '▫', '◦', '●', '○', '■', '□', '–', '∙', '·', '➢', '✓',
];

/// Those of them that nothing else begins with.
const ROUND_BULLETS: [char; 5] = ['•', '‣', '▪', '●', '■'];

/// The label of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLabel {
    /// Its number; nothing for a bullet.
    pub(crate) number: Option<u64>,
    /// The characters of the line that are the label, without the space after it.
    pub(crate) characters: usize,
}

/// The label at the beginning of a line, if there is one: a bullet, `3.`, `3)` or `(3)`.
pub(crate) fn item_label(text: &str) -> Option<ItemLabel> {
    let first = text.chars().next()?;
    if BULLETS.contains(&first) {
        let rest = text.chars().nth(1);
        // The gap after a bullet in the margin may be narrower than a space.
        let is_label = match rest {
            Some(' ') => true,
            Some(letter) => ROUND_BULLETS.contains(&first) && letter.is_alphabetic(),
            None => false,
        };
        return is_label.then_some(ItemLabel {
            number: None,
            characters: 1,
        });
    }
    let word = text.split(' ').next()?;
    text.get(word.len() + 1..).filter(|rest| !rest.is_empty())?;
    let figures = word.strip_prefix('(').unwrap_or(word);
    let figures = figures.strip_suffix(['.', ')'])?;
    if figures.len() > 3 || figures.is_empty() || !figures.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    Some(ItemLabel {
        number: figures.parse().ok(),
        characters: word.chars().count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_begins_with_a_bullet_or_a_number() {
        let label = |text| item_label(text).map(|label| (label.number, label.characters));
        assert_eq!(label("• one"), Some((None, 1)));
        assert_eq!(label("•one"), Some((None, 1)));
        assert_eq!(label("–one"), None);
        assert_eq!(label("12. one"), Some((Some(12), 3)));
        assert_eq!(label("(3) one"), Some((Some(3), 3)));
        assert_eq!(label("2024 was"), None);
        assert_eq!(label("1.5 million"), None);
        assert_eq!(label("3."), None);
    }
}
