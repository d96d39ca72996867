//! Reads the sources and holds them to what ARCHITECTURE.md says must never be.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed, and says so"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room uses those before it, never those after it.
const ROOMS: [&str; 13] = [
    "picture",
    "paper",
    "formats",
    "layout",
    "sources",
    "search",
    "shelf",
    "document",
    "catalogue",
    "export",
    "terminal",
    "reader",
    "cli",
];

/// The crates that know a screen; only the rooms from `terminal` on may.
const SCREEN_CRATES: [&str; 2] = ["ratatui", "crossterm"];

/// Where the home directory is known.
const HOME: [&str; 1] = ["src/shelf/folder.rs"];

/// Where colours are named; how a terminal is told; what shows pictures, which have their own; and the
/// tests that compare what it shows.
const COLOURS: [&str; 10] = [
    "src/reader/theme.rs",
    "src/reader/theme/embedded.rs",
    "src/reader/theme/style_text.rs",
    "src/reader/theme/tests.rs",
    "src/terminal/picture/half_blocks.rs",
    "src/terminal/screen/adapt.rs",
    "src/terminal/screen/encoder.rs",
    "src/terminal/screen/row.rs",
    "src/terminal/screen/tests.rs",
    "src/terminal/screen/tests/prints.rs",
];

/// Where keys are named: the table; what a key is; the text that is typed; and how the bytes of
/// keys are read.
const KEYS: [&str; 6] = [
    "src/reader/keys/keymap.rs",
    "src/reader/keys/key.rs",
    "src/reader/overlays/prompt.rs",
    "src/terminal/input.rs",
    "src/terminal/input/csi.rs",
    "src/terminal/input/tests.rs",
];

/// The methods by which ratatui's `Stylize` names a colour without `Color`, each also with `on_`.
const COLOUR_METHODS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "dark_gray",
    "light_red",
    "light_green",
    "light_yellow",
    "light_blue",
    "light_magenta",
    "light_cyan",
    "white",
];

const MOST_LINES: usize = 600;

/// What the names of files hold that are built for tests alone.
const TEST_FILES: [&str; 4] = ["tests", "testing", "laws", "generated"];

#[test]
fn the_sources_keep_the_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rust_files(&root.join("src"));
    assert!(
        files.len() > ROOMS.len(),
        "the sources are not where they were"
    );
    let faults: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(root).expect("a file of the project");
            let path = path.to_str().expect("a name in UTF-8").replace('\\', "/");
            faults(&path, &fs::read_to_string(file).expect("a source file"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_map_in_the_library_names_the_rooms_in_their_order() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let library = fs::read_to_string(library).expect("the library");
    let named: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("//! - [`")?.split('`').next())
        .collect();
    assert_eq!(named, ROOMS);
}

/// Where letters and signs in words are no keys, or those of the table itself: the letters that
/// follow a key, the `e` of `:e`, the sign of a pattern, what is typed at a prompt without a screen,
/// and the configuration's own signs.
const KEYS_IN_WORDS: [&str; 7] = [
    "src/reader/keys/",
    "src/reader/overlays/object.rs",
    "src/reader/overlays/mark.rs",
    "src/reader/overlays/goto",
    "src/reader/draw/search.rs",
    "src/reader/linear",
    "src/reader/config/commented.rs",
];

#[test]
fn no_words_for_the_reader_name_a_key_but_by_its_command() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for file in rust_files(&root.join("src/reader")) {
        let path = file
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let is_exempt = |part: &&str| path.starts_with(*part);
        let is_test = TEST_FILES.iter().any(|name| path.contains(name));
        if is_test || KEYS_IN_WORDS.iter().any(is_exempt) {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        let has_word = |words: &str| {
            let mut words = words.split(|c: char| !c.is_alphabetic());
            words.any(|word| word.len() > 2)
        };
        for words in literals(source).filter(|words| words.contains(' ') && has_word(words)) {
            let keys = words.split_whitespace().filter(|word| is_key(word));
            faults.extend(keys.map(|key| format!("{path}: “{key}” in {words}")));
        }
    }
    assert_eq!(faults, [""; 0]);
    assert!(is_key("(B)") && is_key("Ctrl-r") && is_key("t;") && !is_key("{outline}"));
    let names: Vec<&str> = literals("say(\"g goes\"); // \"no\"").collect();
    assert_eq!(names, ["\"g goes\""]);
}

/// The literals between double quotation marks in a source.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    let (mut rest, mut before) = (source, String::new());
    std::iter::from_fn(move || {
        while let Some(character) = rest.chars().next() {
            let length = skipped(rest, &before);
            let (one, after) = rest.split_at(length.max(character.len_utf8()));
            before.clear();
            before.push_str(if length == 0 { one } else { " " });
            rest = after;
            if length > 0 && one.starts_with('"') {
                return Some(one);
            }
        }
        None
    })
}

/// Whether a word is one that names a key. The article is none.
fn is_key(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| "\"\\()“”,;.".contains(c));
    let is_letter = bare.len() == 1
        && !["a", "A"].contains(&bare)
        && bare.chars().all(|c| c.is_ascii_graphic());
    let has_modifier = ["Ctrl-", "Alt-", "Shift-"]
        .iter()
        .any(|it| bare.starts_with(it));
    let is_named = ["Enter", "Esc", "Tab", "Space", "Backspace"].contains(&bare);
    (is_letter && !bare.chars().all(|c| c.is_ascii_digit())) || has_modifier || is_named
}

#[test]
fn a_type_has_a_name_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files(&root.join("src")) {
        let path = file.strip_prefix(root).expect("a file of the project");
        let path = path.to_string_lossy().replace('\\', "/");
        if TEST_FILES.iter().any(|name| path.contains(name)) {
            continue;
        }
        for name in type_names(&code(&fs::read_to_string(&file).expect("a source file"))) {
            homes.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    let shared: Vec<(&str, &[String])> = homes
        .iter()
        .filter(|(_, homes)| homes.len() > 1)
        .map(|(name, homes)| (name.as_str(), homes.as_slice()))
        .collect();
    assert!(shared.is_empty(), "named alike: {shared:#?}");
}

/// The types that are declared in the code.
fn type_names(code: &str) -> Vec<&str> {
    ["struct", "enum", "trait", "union"]
        .iter()
        .flat_map(|keyword| words(code, keyword))
        .filter(|(_, after)| after.starts_with(' '))
        .map(|(_, after)| word_at_start(after.trim_start()))
        .filter(|name| name.starts_with(char::is_uppercase))
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What is wrong with a source file, a line each.
fn faults(path: &str, source: &str) -> Vec<String> {
    let code = code(source);
    let mut faults = room_faults(path, &code);
    if !HOME.contains(&path) && uses_crate(&code, "directories") {
        faults.push(format!("names the home directory, which {} does", HOME[0]));
    }
    if !COLOURS.contains(&path) && names_colour(&code) {
        faults.push(format!("names a colour, which {} does", COLOURS[0]));
    }
    if !KEYS.contains(&path) && has_word(&code, "KeyCode") {
        faults.push(format!("names a key, which {} does", KEYS[0]));
    }
    if path.starts_with("src/reader/") && !may_ask_the_disk(path) && asks_the_disk(&code) {
        faults.push("asks the disk, which only effects and the watching of files do".to_owned());
    }
    if path.ends_with("/mod.rs") {
        faults.push("should be called as its folder, beside it".to_owned());
    }
    let lines = source.lines().count();
    if lines > MOST_LINES {
        faults.push(format!(
            "has {lines} lines, more than {MOST_LINES}: it has two subjects"
        ));
    }
    faults
        .iter()
        .map(|fault| format!("{path} {fault}"))
        .collect()
}

/// What a file uses that its room must not know. The program itself and the map of the library
/// stand above all rooms.
fn room_faults(path: &str, code: &str) -> Vec<String> {
    let Some(inner) = path
        .strip_prefix("src/")
        .and_then(|path| path.strip_suffix(".rs"))
    else {
        return vec!["is no source file".to_owned()];
    };
    let modules: Vec<&str> = inner.split('/').collect();
    if ["lib", "main", "bin"].contains(&modules[0]) {
        return Vec::new();
    }
    let Some(room) = rank(modules[0]) else {
        return vec!["stands in no room that is listed".to_owned()];
    };
    let mut faults: Vec<String> = used_at_the_top(code, modules.len())
        .into_iter()
        .filter(|used| rank(used).is_some_and(|used| used > room))
        .map(|used| format!("uses `{used}`, which stands above `{}`", modules[0]))
        .collect();
    if modules[0] == "terminal" {
        let lower = used_at_the_top(code, modules.len()).into_iter();
        let lower = lower.filter(|used| rank(used).is_some_and(|used| used < room));
        let lower = lower.filter(|used| *used != "picture");
        faults.extend(lower.map(|used| format!("uses `{used}`, but a terminal knows no paper")));
    }
    if Some(room) < rank("terminal") {
        let screen = SCREEN_CRATES.iter().filter(|name| uses_crate(code, name));
        faults.extend(
            screen.map(|name| format!("uses {name}, which only `terminal` and `reader` know")),
        );
    }
    faults
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|name| *name == room)
}

/// The modules at the top of the crate that a file names, if it stands `depth` modules deep.
fn used_at_the_top(code: &str, depth: usize) -> Vec<&str> {
    let top = "super::".repeat(depth);
    ["crate::", "opcit::", &top]
        .iter()
        .flat_map(|prefix| {
            code.match_indices(prefix)
                .map(|(at, prefix)| at + prefix.len())
        })
        .flat_map(|at| first_names(code[at..].trim_start_matches("super::")))
        .collect()
}

/// The first name of a path, or of each path in a group of them.
fn first_names(paths: &str) -> Vec<&str> {
    let Some(group) = paths.strip_prefix('{') else {
        return vec![word_at_start(paths)];
    };
    let mut names = Vec::new();
    let mut depth = 1;
    let mut start = 0;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && character == ',') {
            names.push(word_at_start(group[start..at].trim_start()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn word_at_start(text: &str) -> &str {
    text.split(|c| !is_word(c)).next().unwrap_or_default()
}

fn uses_crate(code: &str, name: &str) -> bool {
    words(code, name).any(|(before, after)| after.starts_with("::") || before.ends_with("use "))
}

fn names_colour(code: &str) -> bool {
    words(code, "Color").any(|(_, after)| after.starts_with("::"))
        || COLOUR_METHODS.iter().any(|colour| {
            let background = format!("on_{colour}");
            [colour, background.as_str()].iter().any(|name| {
                words(code, name)
                    .any(|(before, after)| before.ends_with('.') && after.starts_with("()"))
            })
        })
}

fn may_ask_the_disk(path: &str) -> bool {
    let is_test = path.contains("/tests") || path.ends_with("testing.rs");
    is_test || path.starts_with("src/reader/effect") || path == "src/reader/watching.rs"
}

fn asks_the_disk(code: &str) -> bool {
    let calls = [
        "canonicalize",
        "exists",
        "is_dir",
        "is_file",
        "is_symlink",
        "metadata",
        "read_dir",
        "read_link",
        "symlink_metadata",
        "try_exists",
    ];
    let is_of_path = |call: &str| words(code, call).any(|(before, _)| before.ends_with("Path::"));
    let asks = |call: &&str| is_called(code, call) || is_of_path(call);
    uses_crate(code, "fs") || calls.iter().any(asks)
}

fn is_called(code: &str, method: &str) -> bool {
    words(code, method).any(|(before, after)| before.ends_with('.') && after.starts_with("()"))
}

fn has_word(code: &str, word: &str) -> bool {
    words(code, word).next().is_some()
}

/// What stands before and after each place where the word stands alone.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    code.match_indices(word)
        .map(move |(at, _)| (&code[..at], &code[at + word.len()..]))
        .filter(|(before, after)| !before.ends_with(is_word) && !after.starts_with(is_word))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The source without its comments and without what stands in quotation marks.
fn code(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        let length = skipped(rest, &code);
        if length == 0 {
            code.push(character);
            rest = &rest[character.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[length..];
        }
    }
    code
}

/// How many bytes at the start of `rest` are a comment or a literal.
fn skipped(rest: &str, before: &str) -> usize {
    let through = |from: usize, end: &str| {
        let inner = rest.get(from..).unwrap_or_default();
        inner
            .find(end)
            .map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return through(2, "*/");
    }
    if rest.starts_with('r') && !before.ends_with(|c| is_word(c) && c != 'b') {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        if rest[1 + hashes..].starts_with('"') {
            return through(hashes + 2, &format!("\"{}", "#".repeat(hashes)));
        }
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    // A lifetime has no second quotation mark after one character.
    if rest.starts_with('\'') && (rest[1..].starts_with('\\') || rest.chars().nth(2) == Some('\''))
    {
        return quoted(rest, '\'');
    }
    0
}

/// The length of a literal between two quotation marks, those included.
fn quoted(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == mark && !is_escaped {
            return at + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    rest.len()
}

mod the_rules {
    use super::*;

    #[track_caller]
    fn check(path: &str, source: &str, fault: &str) {
        let faults = faults(path, source).join("\n");
        assert!(faults.contains(fault), "{fault:?} is not in {faults:?}");
    }

    #[track_caller]
    fn check_clean(path: &str, source: &str) {
        assert_eq!(faults(path, source), [""; 0]);
    }

    #[test]
    fn a_room_may_not_use_those_above_it() {
        for source in [
            "use crate::layout::Line;",
            "use crate::{layout};",
            "use crate::{paper::{Block, Span}, layout::Line};",
            "fn f() -> crate::layout::Line {}",
            "use opcit::layout;",
        ] {
            check(
                "src/paper/block.rs",
                source,
                "uses `layout`, which stands above `paper`",
            );
        }
        check("src/paper.rs", "use super::layout;", "uses `layout`");
        check(
            "src/paper/block.rs",
            "use super::super::layout;",
            "uses `layout`",
        );
        check("src/reader/draw.rs", "use crate::cli;", "uses `cli`");
    }

    #[test]
    fn a_room_may_use_itself_and_those_below_it() {
        check_clean(
            "src/layout/wrap.rs",
            "use crate::{paper::Block, layout::Line};",
        );
        check_clean(
            "src/reader/search.rs",
            "use super::search; use crate::search;",
        );
        check_clean("src/main.rs", "use opcit::{cli, paper};");
        check_clean("src/lib.rs", "pub mod cli;");
    }

    #[test]
    fn every_file_stands_in_a_room() {
        check("src/helpers.rs", "", "stands in no room");
        check("src/helpers/text.rs", "", "stands in no room");
    }

    #[test]
    fn only_the_reader_knows_a_screen() {
        check("src/layout.rs", "use ratatui::text::Line;", "uses ratatui");
        check(
            "src/export.rs",
            "fn f() { crossterm::execute!() }",
            "uses crossterm",
        );
        check(
            "src/export.rs",
            "use crossterm as screen;",
            "uses crossterm",
        );
        check_clean("src/reader/draw.rs", "use ratatui::text::Line;");
        check_clean("src/cli.rs", "use crossterm::tty::IsTty;");
    }

    #[test]
    fn only_one_file_knows_the_home_directory() {
        check(
            "src/shelf.rs",
            "use directories::ProjectDirs;",
            "home directory",
        );
        check(
            "src/cli.rs",
            "directories::BaseDirs::new()",
            "home directory",
        );
        check_clean("src/shelf/folder.rs", "use directories::ProjectDirs;");
        check_clean("src/shelf.rs", "let directories = 2;");
    }

    #[test]
    fn only_the_theme_names_colours() {
        check(
            "src/reader/draw.rs",
            "style.fg(Color::Red)",
            "names a colour",
        );
        check("src/reader/draw.rs", "span.red()", "names a colour");
        check(
            "src/reader/draw.rs",
            "span.on_light_blue()",
            "names a colour",
        );
        check_clean("src/reader/theme.rs", "style.fg(Color::Red)");
        check_clean(
            "src/reader/draw.rs",
            "theme.marker().bold(); red(); MyColor::X; covered()",
        );
    }

    #[test]
    fn only_the_keymap_names_keys() {
        check("src/reader/state.rs", "KeyCode::Char('j')", "names a key");
        check_clean("src/reader/keys/keymap.rs", "KeyCode::Char('j')");
        check_clean("src/reader/state.rs", "MyKeyCode");
    }

    #[test]
    fn only_effects_of_the_reader_ask_the_disk() {
        check("src/reader/link.rs", "path.is_file()", "asks the disk");
        check("src/reader/draw.rs", "std::fs::read(path)", "asks the disk");
        check_clean("src/reader/effect/image.rs", "path.canonicalize()");
        check_clean("src/reader/link.rs", "is_file(); offset::x()");
    }

    #[test]
    fn a_module_is_called_as_its_folder() {
        check("src/reader/mod.rs", "", "called as its folder");
    }

    #[test]
    fn a_file_of_more_than_600_lines_has_two_subjects() {
        check("src/paper.rs", &"\n".repeat(601), "601 lines");
        check_clean("src/paper.rs", &"\n".repeat(600));
    }

    #[test]
    fn every_declaration_of_a_type_is_seen() {
        let source =
            "pub struct A;\npub(crate) enum B<T> { C }\ntrait D {}\n// struct E;\nstructure F";
        assert_eq!(type_names(&code(source)), ["A", "B", "D"]);
    }

    #[test]
    fn comments_and_texts_are_not_code() {
        for source in [
            "// use crate::layout::Line;\n",
            "/* use crate::layout::Line; */",
            r#"let s = "use crate::layout; \" crate::layout";"#,
            r##"let s = r#"" crate::layout "#;"##,
            "let c = '\"'; // crate::layout",
            "fn f<'a>(x: &'a str) {} // crate::layout",
        ] {
            check_clean("src/paper.rs", source);
        }
        check(
            "src/paper.rs",
            "let c = '\"'; use crate::layout;",
            "uses `layout`",
        );
        check(
            "src/paper.rs",
            "fn f<'a>(c: &'a str) { crate::layout::x('b') }",
            "uses `layout`",
        );
        check(
            "src/paper.rs",
            r##"let s = r#"""#; crate::layout::x()"##,
            "uses `layout`",
        );
    }
}
