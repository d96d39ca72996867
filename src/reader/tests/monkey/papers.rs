//! What the monkey reads: the paper that opcit carries, random ones, and some of odd shapes.

use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::document::Document;
use crate::formats;
use crate::paper::dice::Dice;
use crate::sources;
use crate::{layout, reader::tests::SMALL};

/// A paper, and the sources that are read from it beside the reader.
#[derive(Clone)]
pub(crate) struct Book {
    pub(crate) name: &'static str,
    pub(crate) document: Arc<Document>,
}

impl Book {
    pub(super) fn new(name: &'static str, markdown: &str) -> Self {
        let document = Arc::new(formats::markdown::parse(markdown).paper.into());
        Book { name, document }
    }

    /// The paper that opcit carries.
    pub(crate) fn own() -> Self {
        static OWN: OnceLock<Book> = OnceLock::new();
        OWN.get_or_init(|| Book::new("own", formats::embedded()))
            .clone()
    }

    /// A paper drawn by lot.
    pub(super) fn any(dice: &mut Dice) -> Self {
        match dice.below(10) {
            0..4 => Book::own(),
            4 => Book::new("fragments", &several(dice, formats::generated::markdown())),
            5 | 6 => Book::new("words", &several(dice, layout::generated::markdown())),
            7 => Book::new("citations", &several(dice, sources::generated::markdown())),
            _ => Book::named(dice.one_of(&ODD).0),
        }
    }

    /// One of the odd papers.
    pub(crate) fn named(name: &str) -> Self {
        static READ: OnceLock<Vec<Book>> = OnceLock::new();
        let read = || ODD.iter().map(|(name, make)| Book::new(name, &make()));
        let all = READ.get_or_init(|| read().collect());
        all.iter().find(|book| book.name == name).unwrap().clone()
    }
}

type Make = fn() -> String;

/// Papers that make trouble, each by its name.
const ODD: [(&str, Make); 8] = [
    ("empty", String::new),
    ("small", || SMALL.to_owned()),
    ("long", long),
    ("long note", long_note),
    ("wide", wide),
    ("ring", ring),
    ("crowd", crowd),
    ("table", table),
];

/// Some papers one after the other.
fn several(dice: &mut Dice, papers: impl Strategy<Value = String>) -> String {
    let mut seed = [0; 32];
    seed.fill_with(|| u8::try_from(dice.below(256)).unwrap());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut paper = || papers.new_tree(&mut runner).unwrap().current();
    (0..1 + dice.below(5)).map(|_| paper() + "\n\n").collect()
}

/// So long that scrolling and searching go on while keys are pressed.
fn long() -> String {
    (0..6000).fold(String::new(), |mut text, line| {
        let heading = if line % 500 == 0 { "# " } else { "" };
        write!(text, "{heading}Line {line} of many.\n\n").unwrap();
        text
    })
}

/// A note that no box holds, with links and another note's marker in it.
fn long_note() -> String {
    let mut text =
        "# One\n\nA word.[^1] Another.[^2]\n\n[^2]: Short.\n\n[^1]: Long.\n\n".to_owned();
    for line in 0..60 {
        let more = match line % 7 {
            0 => " See <https://example.org/a-long-address/that-goes-on>.",
            3 => " As in the other.[^2]",
            _ => " It goes on for a while, so that it takes several lines in any box.",
        };
        write!(text, "    Part {line}.{more}\n\n").unwrap();
    }
    text
}

/// Letters of two columns, of none, and of several characters.
fn wide() -> String {
    let line = "中俄联合声明👩‍👩‍👧🇺🇸ｶﾞe\u{301}가각";
    let mut text = format!("---\ntitle: {line}\nauthor: {line}\n---\n\n# {line}\n\n");
    for number in 1..12 {
        let sentence = line.repeat(number);
        write!(text, "{sentence}[^{number}] {sentence}\n\n## {line} {number}\n\n[^{number}]: {line} https://例え.jp/{line}\n\n").unwrap();
    }
    text
}

/// Notes that cite one another.
fn ring() -> String {
    (1..40).fold("# Ring\n\n".to_owned(), |mut text, note| {
        let next = note % 39 + 1;
        write!(text, "Word[^{note}] [here](#ring).\n\n[^{note}]: See [^{next}] and [^{note}], [so](https://example.org/{note}) and [so](#ring).\n\n").unwrap();
        text
    })
}

/// More notes than any margin holds, all of one line.
fn crowd() -> String {
    let mut text = String::new();
    for note in 1..60 {
        write!(text, "a[^{note}]").unwrap();
    }
    for note in 1..60 {
        write!(
            text,
            "\n\n[^{note}]: J. Smith (20{note:02}) *Book*; ibid., p. 4."
        )
        .unwrap();
    }
    text
}

/// A table in a list in a quote, wider than any screen.
fn table() -> String {
    let row = |cell: &str| format!("> 1. - |{}\n", format!("{cell}|").repeat(40));
    let deep = "> ".repeat(20) + "deep\n\n";
    let rows = row("word *so*[^1]").repeat(12);
    let mut text = "Text.[^1]\n\n".to_owned() + &row("Head") + &row("---").replace("1. -", "    ");
    text += &rows.replace("1. -", "    ");
    text + "\n\n" + &deep + "    code\n\n# \n\n# Empty\n\n[^1]: Note.\n"
}
