//! Lists and their items.

use super::macros::Macro;
use super::reader::{Close, LatexReader};
use crate::formats::list_numbers::ListNumbers;
use crate::formats::office::numerals::Numeral;
use crate::paper::{Bullet, Style};

/// A list that is open.
#[derive(Debug, Default)]
pub(super) struct LatexList {
    has_item: bool,
    /// Of a numbered list, how deep among such it stands, from 0.
    depth: Option<usize>,
    numbers: Option<ListNumbers>,
    /// The number before the first item.
    skipped: u64,
}

/// Of numbered lists within each other: the command that gives the label, the counter, and the
/// label that each has unless a document says otherwise.
const LABELS: [(&str, &str, Numeral, (&str, &str)); 4] = [
    ("labelenumi", "enumi", Numeral::Decimal, ("", ".")),
    ("labelenumii", "enumii", Numeral::LowerLetter, ("(", ")")),
    ("labelenumiii", "enumiii", Numeral::LowerRoman, ("", ".")),
    ("labelenumiv", "enumiv", Numeral::UpperLetter, ("", ".")),
];

/// The commands that write a counter.
const NUMERALS: [(&str, Numeral); 5] = [
    ("\\arabic", Numeral::Decimal),
    ("\\alph", Numeral::LowerLetter),
    ("\\Alph", Numeral::UpperLetter),
    ("\\roman", Numeral::LowerRoman),
    ("\\Roman", Numeral::UpperRoman),
];

impl LatexReader<'_> {
    pub(super) fn enter_list(&mut self, is_numbered: bool) -> Close {
        let options = self.input.optional();
        self.text.end_block();
        self.text.builder.open_list(is_numbered.then_some(1), false);
        let above = self.lists.iter().filter(|list| list.depth.is_some());
        let depth = is_numbered.then_some(above.count());
        let label = depth.and_then(|depth| LABELS.get(depth));
        let before = label.map(|(command, ..)| (*command, self.macros.get(command).cloned()));
        let options = options.unwrap_or_default();
        let start = options.split_once("start=").map_or("", |(_, rest)| rest);
        let digits = start.split(|char: char| !char.is_ascii_digit()).next();
        let start: Option<u64> = digits.and_then(|digits| digits.parse().ok());
        self.lists.push(LatexList {
            depth,
            numbers: label.and_then(|_| told(&options, start.unwrap_or(1))),
            skipped: start.map_or(0, |start| start.saturating_sub(1)),
            ..LatexList::default()
        });
        Close::List(before)
    }

    pub(super) fn leave_list(&mut self, labels: Option<(&'static str, Option<Macro>)>) {
        self.end_block();
        if self.lists.pop().is_some_and(|list| list.has_item) {
            self.text.builder.close_item();
        }
        self.text.builder.close_list();
        if let Some((command, before)) = labels {
            self.macros.restore(command, before);
        }
    }

    /// Opens an item of the innermost list, with its label.
    fn open_item(&mut self) {
        self.text.end_block();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        if list.has_item {
            self.text.builder.close_item();
        }
        list.has_item = true;
        self.text.builder.open_item();
        let Some((command, counter, numeral, around)) =
            list.depth.and_then(|depth| LABELS.get(depth))
        else {
            return;
        };
        let skipped = list.skipped;
        let numbers = list.numbers.get_or_insert_with(|| {
            let said = self.macros.get(command);
            said.and_then(|said| label(&said.body, &format!("{{{counter}}}"), skipped + 1))
                .unwrap_or_else(|| ListNumbers::new(*numeral, *around, skipped + 1))
        });
        self.text.builder.set_item_bullet(numbers.next(None));
    }

    pub(super) fn item(&mut self) {
        let said = self.input.optional();
        if self.tables.last().is_some() {
            return;
        }
        self.open_item();
        if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
            let words = super::words(&said, &self.macros);
            let number = words.trim_matches(['(', ')', '.', ' ']).parse();
            match number {
                Ok(number) => self.text.builder.set_item_bullet(Bullet::Number(number)),
                Err(_) if matches!(words.as_str(), "•" | "–" | "-" | "*" | "—" | "·") => {}
                Err(_) => {
                    self.text.begin_text();
                    self.text.builder.open_style(Style::Strong);
                    self.text.builder.push_text(&words);
                    self.text.builder.close();
                    self.text.builder.push_text(" ");
                }
            }
        }
    }

    pub(super) fn bibitem(&mut self) {
        self.input.optional();
        let key = self.input.argument();
        self.open_item();
        let name = self
            .labels
            .sources
            .get(key.trim())
            .cloned()
            .unwrap_or_default();
        match name.parse() {
            Ok(number) => self.text.builder.set_item_bullet(Bullet::Number(number)),
            Err(_) if !name.is_empty() => self.text.push(&format!("[{name}] ")),
            Err(_) => {}
        }
        self.text.builder.anchor(&format!("source-{}", key.trim()));
    }

    /// Sets a counter: that of a list says which number comes next.
    pub(super) fn set_counter(&mut self) {
        let counter = self.input.argument();
        let number: Option<u64> = self.input.argument().trim().parse().ok();
        let depth = LABELS.iter().position(|(_, name, ..)| *name == counter);
        let list = self
            .lists
            .iter_mut()
            .rev()
            .find(|list| list.depth.is_some() && list.depth == depth);
        if let (Some(list), Some(number)) = (list, number) {
            list.skipped = number;
            if let Some(numbers) = &mut list.numbers {
                numbers.set_next(number.saturating_add(1));
            }
        }
    }
}

/// The labels that a list's options ask for, as `label=(\alph*)`, or `(a)`.
fn told(options: &str, first: u64) -> Option<ListNumbers> {
    if let Some((_, said)) = options.split_once("label=") {
        let said = said.trim_start_matches('{');
        let end = said.find(',').unwrap_or(said.len());
        return label(said.get(..end)?.trim_end_matches('}'), "*", first);
    }
    if options.contains('=') {
        return None;
    }
    let at = options.find(['1', 'a', 'A', 'i', 'I'])?;
    let (before, rest) = options.split_at_checked(at)?;
    let (sign, after) = rest.split_at_checked(1)?;
    let is_sign = |text: &str| !text.contains(char::is_alphanumeric) && text.len() <= 4;
    let numeral = crate::formats::list_numbers::numeral(sign)?;
    (is_sign(before) && is_sign(after)).then(|| ListNumbers::new(numeral, (before, after), first))
}

/// The labels that a piece of LaTeX makes of a counter, named as in `{enumi}`, or `*`.
fn label(said: &str, counter: &str, first: u64) -> Option<ListNumbers> {
    let found = NUMERALS.iter().find_map(|(command, numeral)| {
        let mark = format!("{command}{counter}");
        Some((*numeral, said.split_once(&mark)?))
    });
    let (numeral, (before, after)) = found?;
    let before = before.rsplit(['\\', '{']).next().unwrap_or_default();
    let after = after.split(['\\', '{']).next().unwrap_or_default();
    let after = after.replace('}', "");
    Some(ListNumbers::new(
        numeral,
        (before.trim(), after.trim()),
        first,
    ))
}
