//! Frames after each other as one picture that moves, by CSS alone.

use std::collections::HashMap;
use std::fmt::Write;

use ratatui::buffer::Buffer;

use super::{BASELINE, CELL, MARGIN, TEXT};

/// A frame, for how many seconds it stands, and what is written below it.
pub(super) struct Scene {
    pub(super) frame: Buffer,
    pub(super) seconds: u16,
    pub(super) caption: String,
}

/// What is shown where motion is not wanted.
const STILL: usize = 3;

/// The scenes as one picture that goes on from the last to the first.
pub(super) fn svg(scenes: &[Scene]) -> String {
    let area = scenes.first().map(|scene| scene.frame.area);
    let area = area.expect("a scene");
    let (width, height) = (
        area.width * CELL.0 + 2 * MARGIN,
        (area.height + 2) * CELL.1 + 2 * MARGIN,
    );
    let mut svg = super::head(width, height);
    let mut shown = String::new();
    let mut rows: HashMap<String, usize> = HashMap::new();
    let mut rules = String::new();
    let all: u16 = scenes.iter().map(|scene| scene.seconds).sum();
    let percent = |seconds: u16| f64::from(seconds) * 100.0 / f64::from(all);
    let mut start = 0;
    for (index, scene) in scenes.iter().enumerate() {
        let end = start + scene.seconds;
        let (from, until) = (percent(start), percent(end));
        let from = if start == 0 {
            String::new()
        } else {
            format!("0%{{opacity:0}}{from:.2}%{{opacity:1}}")
        };
        writeln!(
            rules,
            "#s{index}{{animation-name:k{index}}}@keyframes k{index}{{{from}{until:.2}%{{opacity:0}}}}"
        )
        .expect("a string takes everything");
        shown += &format!("<g id=\"s{index}\" class=\"s\">\n");
        for (row, y) in super::rows(&scene.frame) {
            if row.is_empty() {
                continue;
            }
            // Each row is written once, however often it is shown.
            let next = rows.len();
            let id = *rows.entry(row).or_insert_with_key(|row| {
                svg += &format!("<defs><g id=\"r{next}\">\n{row}</g></defs>\n");
                next
            });
            shown += &format!("<use href=\"#r{id}\" y=\"{y}\"/>\n");
        }
        shown += &caption(&scene.caption, height);
        shown += "</g>\n";
        start = end;
    }
    svg += &format!(
        "<style>\n.s{{opacity:0;animation-duration:{all}s;animation-timing-function:step-end;animation-iteration-count:infinite}}\n{rules}@media (prefers-reduced-motion:reduce){{.s{{animation:none}}#s{STILL}{{opacity:1}}}}\n</style>\n"
    );
    svg + &shown + "</svg>\n"
}

fn caption(words: &str, height: u16) -> String {
    let (x, y) = (MARGIN, height - MARGIN - CELL.1 + BASELINE);
    let (rule, width) = (height - MARGIN - 2 * CELL.1, CELL.0);
    let words = super::escaped(words);
    format!(
        "<rect x=\"0\" y=\"{rule}\" width=\"100%\" height=\"1\" fill=\"{TEXT}\" opacity=\"0.3\"/>\n\
         <text x=\"{}\" y=\"{y}\" fill=\"{TEXT}\">{words}</text>\n",
        x + width
    )
}
