//! How long it takes: `cargo bench --bench time`, or of it `cargo bench --bench time -- resize`.

#[path = "work/operations.rs"]
mod operations;
#[path = "work/papers.rs"]
mod papers;

use std::fmt;

use divan::Bencher;

use operations::{OPERATIONS, Operation};
use papers::{SAMPLES, Sample};

fn main() {
    divan::main();
}

/// A piece of work on a paper.
struct Case {
    operation: &'static Operation,
    sample: Sample,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.operation.name, self.sample)
    }
}

fn cases() -> impl Iterator<Item = Case> {
    OPERATIONS
        .iter()
        .flat_map(|operation| SAMPLES.map(|sample| Case { operation, sample }))
}

/// One function, since what to measure is a table.
#[divan::bench(args = cases(), min_time = 0.2, max_time = 2)]
fn work(bencher: Bencher, case: &Case) {
    let work = (case.operation.prepare)(&case.sample.markdown());
    bencher.bench_local(work);
}
