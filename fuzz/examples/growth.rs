//! Looks for papers that take more time than their length warrants:
//!
//! ```sh
//! cargo run --release --example growth
//! ```
//!
//! Tokens of Markdown and of citations are repeated, alone and in pairs, up to one length and to
//! four times that. Work in proportion takes four times as long; what takes more than eight times
//! is listed, with its stage. A listed paper may be noise on a busy machine. What is sure is its
//! count of instructions:
//!
//! ```sh
//! valgrind --tool=callgrind target/release/examples/growth STAGE LENGTH BEFORE REPEATED AFTER
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;

use opcit_fuzz::export::{Excerpt, markdown::write_excerpt};
use opcit_fuzz::formats::markdown::parse;
use opcit_fuzz::layout::lay_out;
use opcit_fuzz::paper::Parsed;
use opcit_fuzz::search::{Mode, Query, find};
use opcit_fuzz::sources::{Sources, check::check};

/// What Markdown and citations are made of.
const TOKENS: [&str; 56] = [
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "^[",
    "[^1]",
    "[^a]: ",
    "[a]: b\n",
    "<",
    "<a ",
    "</a>",
    "<!--",
    "-->",
    "<?",
    "&amp;",
    "&",
    "\\",
    "# ",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "|",
    "|-",
    "a|b\n-|-\n",
    "---\n",
    "===\n",
    "```\n",
    "http://a",
    "www.a.",
    "a@b.",
    "word ",
    "e\u{301}",
    "\u{200d}",
    "\"",
    "--",
    "中",
    "{#a}",
    "Smith (2019) ",
    "; ",
    "Ibid. ",
    "see note 1 above ",
    "op. cit. ",
    "2019, ",
    "A. ",
];

/// Bytes of the shorter paper.
const LENGTH: usize = 8 << 10;

/// How much longer the other one is.
const TIMES: usize = 4;

/// How much more time the longer one may take, for each time that it is longer.
const ALLOWED: u64 = 2;

/// What takes less is not looked at, in nanoseconds: it is mostly noise.
const LEAST: u64 = 8_000_000;

/// How often each is tried; the quickest counts.
const TRIES: usize = 2;

type Stage = (&'static str, fn(&Parsed));

const STAGES: [Stage; 4] = [
    ("layout", |parsed| {
        for block in &parsed.paper.blocks {
            black_box(lay_out(block, 80));
        }
    }),
    ("sources", |parsed| {
        let sources = Sources::read(&parsed.paper);
        black_box(check(&parsed.paper, &parsed.problems, &sources));
    }),
    ("search", |parsed| {
        let query = Query::parse("a", Mode::Plain).expect("a letter");
        black_box(find(&parsed.paper, query));
    }),
    ("export", |parsed| {
        let mut written = Vec::new();
        let whole = Excerpt::whole(&parsed.paper);
        write_excerpt(&whole, &mut written).expect("memory does not fail");
        black_box(written);
    }),
];

/// A token, or two, between others.
#[derive(Clone, Copy)]
struct Pattern<'a> {
    before: &'a str,
    repeated: [&'a str; 2],
    after: [&'a str; 2],
}

impl Pattern<'_> {
    /// A paper of about so many bytes, in which notes can be cited.
    fn paper(&self, bytes: usize) -> String {
        let repeated = self.repeated.concat();
        let after = self.after[0];
        let half = if after.is_empty() { bytes } else { bytes / 2 };
        let times = |text: &str, bytes: usize| text.repeat(bytes / text.len().max(1));
        let body = times(&repeated, half) + &times(after, bytes - half);
        format!("{}{body}{}", self.before, self.after[1])
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [stage, length, before, repeated, after] = arguments.as_slice() {
        let pattern = Pattern {
            before,
            repeated: [repeated, ""],
            after: [after, ""],
        };
        let length = length.parse().expect("a length in bytes");
        println!("{} ms", work(stage, &pattern.paper(length)) / 1_000_000);
        return;
    }
    let mut tried = 0;
    for pattern in patterns() {
        tried += 1;
        try_pattern(&pattern);
    }
    println!("{tried} patterns");
}

/// Each token repeated; each pair alternating, one row after the other, and one row between two.
fn patterns() -> impl Iterator<Item = Pattern<'static>> {
    let pairs = TOKENS
        .iter()
        .flat_map(|one| TOKENS.iter().map(move |other| [*one, *other]));
    pairs.flat_map(|[one, other]| {
        let alone = Pattern {
            before: "",
            repeated: [one, other],
            after: ["", ""],
        };
        let rows = Pattern {
            repeated: [one, ""],
            after: [other, ""],
            ..alone
        };
        let headed = Pattern {
            before: other,
            repeated: [one, ""],
            ..alone
        };
        let closed = Pattern {
            after: ["", other],
            repeated: [one, ""],
            ..alone
        };
        [alone, rows, headed, closed]
    })
}

fn try_pattern(pattern: &Pattern) {
    let long = measure(&pattern.paper(LENGTH * TIMES));
    if long.values().all(|time| *time <= LEAST) {
        return;
    }
    let short = measure(&pattern.paper(LENGTH));
    for (stage, time) in long {
        let before = short.get(stage).copied().unwrap_or_default();
        let before = before.max(LEAST / (ALLOWED * TIMES as u64));
        if time > LEAST && time / before > ALLOWED * TIMES as u64 {
            let Pattern {
                before: head,
                repeated,
                after,
            } = pattern;
            println!(
                "{stage}: {} times as long, {} ms: {head:?} {:?} {:?} {:?}",
                time / before,
                time / 1_000_000,
                repeated.concat(),
                after[0],
                after[1],
            );
        }
    }
}

/// The least time that each stage has taken, in nanoseconds.
fn measure(source: &str) -> BTreeMap<&'static str, u64> {
    let mut least = BTreeMap::new();
    for _ in 0..TRIES {
        for stage in ["parse"].into_iter().chain(STAGES.map(|(name, _)| name)) {
            let time = work(stage, source);
            let known = least.entry(stage).or_insert(time);
            *known = time.min(*known);
        }
    }
    least
}

/// How long a stage works on a paper, in nanoseconds of this thread.
fn work(stage: &str, source: &str) -> u64 {
    let start = spent();
    let parsed = parse(source);
    let Some((_, run)) = STAGES.iter().find(|(name, _)| *name == stage) else {
        black_box(&parsed);
        return spent() - start;
    };
    let start = spent();
    run(&parsed);
    spent() - start
}

/// What this thread has had of the processor, in nanoseconds.
fn spent() -> u64 {
    let spent = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = spent.split(' ').next();
    first
        .and_then(|first| first.parse().ok())
        .unwrap_or_default()
}
