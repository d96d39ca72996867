//! Tells the program its commit and its features.
#![allow(clippy::print_stdout, reason = "that is how cargo is told")]

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=OPCIT_COMMIT");
    let commit = env::var("OPCIT_COMMIT").ok().or_else(commit_of_checkout);
    let line = commit.map_or_else(String::new, |commit| format!(", commit {commit}"));
    println!("cargo::rustc-env=OPCIT_COMMIT_LINE={line}");
    let features = if env::var_os("CARGO_FEATURE_PDF").is_some() {
        "pdf"
    } else {
        "none"
    };
    println!("cargo::rustc-env=OPCIT_FEATURES={features}");
}

/// The commit that is checked out, for programs that are given to others. One that is built to be
/// tested would have to be built again at each commit, and has none.
fn commit_of_checkout() -> Option<String> {
    if env::var("PROFILE").as_deref() != Ok("release") {
        return None;
    }
    let head = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo::rerun-if-changed={head}");
    git(&["rev-parse", "--short=10", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
