//! Programs that run others or what they are told to: where among their words a text of the paper's
//! would be run. Only those are known that stand here.

use std::path::Path;

use super::command_table::is_place;

/// A program that runs a script or another program, which stands among its words.
#[derive(Debug)]
struct ScriptRunner {
    names: &'static [&'static str],
    /// Whether it is another program that it runs, with the rest of the words.
    is_launcher: bool,
    /// The letters of options whose value is the next word.
    with_value: &'static str,
}

const RUNNERS: [ScriptRunner; 9] = [
    ScriptRunner {
        names: &["sh", "bash", "dash", "zsh", "fish", "ksh", "mksh", "ash"],
        is_launcher: false,
        with_value: "oOdD",
    },
    ScriptRunner {
        names: &["python", "pypy"],
        is_launcher: false,
        with_value: "WX",
    },
    ScriptRunner {
        names: &["perl", "raku"],
        is_launcher: false,
        with_value: "I",
    },
    ScriptRunner {
        names: &["ruby", "lua", "php", "osascript"],
        is_launcher: false,
        with_value: "IrECWlds",
    },
    ScriptRunner {
        names: &["node", "deno", "bun"],
        is_launcher: false,
        with_value: "rC",
    },
    ScriptRunner {
        names: &["awk", "gawk", "mawk", "sed"],
        is_launcher: false,
        with_value: "vFfEil",
    },
    ScriptRunner {
        names: &["env", "sudo", "doas", "nice", "stdbuf", "timeout"],
        is_launcher: true,
        with_value: "uCSnskgpioe",
    },
    ScriptRunner {
        names: &["nohup", "setsid", "time", "busybox", "command", "exec"],
        is_launcher: true,
        with_value: "of",
    },
    ScriptRunner {
        names: &["xargs", "parallel"],
        is_launcher: true,
        with_value: "IdaELnPsj",
    },
];

/// Programs that hand whatever they are given to a shell.
const GIVE_ALL: [&str; 6] = ["cmd", "powershell", "pwsh", "ssh", "watch", "eval"];

/// Why the words of a command could have what the paper says run, if a program that is known does
/// so with them.
pub(super) fn runs_a_text(words: &[String]) -> Option<String> {
    let mut words = words;
    loop {
        let (program, rest) = words.split_first()?;
        let name = name_of(program);
        if GIVE_ALL.contains(&name.as_str()) {
            return refused(rest.iter().find(|word| is_place(word))?, &name);
        }
        let Some(runner) = RUNNERS.iter().find(|it| it.names.contains(&&*name)) else {
            return behind_an_option(rest, |letters| letters.ends_with('c'));
        };
        let script = runner.script(rest);
        let before = rest.get(..=script).unwrap_or(rest);
        if let Some(place) = before.iter().find(|word| is_place(word)) {
            return refused(place, &name);
        }
        if !runner.is_launcher {
            if before.len() <= script {
                return Some(format!(
                    "with something for “{name}” to run, else it runs what it is given"
                ));
            }
            return behind_an_option(rest, |letters| letters.contains(['c', 'e']));
        }
        words = rest.get(script..).unwrap_or_default();
    }
}

impl ScriptRunner {
    /// Which of the words behind its name is what it runs: the first that is no option nor the value
    /// of one; one past the last if there is none.
    fn script(&self, words: &[String]) -> usize {
        let mut is_value = false;
        for (index, word) in words.iter().enumerate() {
            if word == "--" {
                return index + 1;
            }
            if std::mem::take(&mut is_value) {
                continue;
            }
            match word.strip_prefix(['-', '+']) {
                // Any long option may have its value behind it.
                Some(option) if option.starts_with('-') => is_value = !option.contains('='),
                Some(option) => is_value = option.ends_with(|last| self.with_value.contains(last)),
                None if self.is_launcher && is_launchers_own(word) => {}
                None => return index,
            }
        }
        words.len()
    }
}

/// Whether a word before the program that a launcher runs is none: a variable, or a time.
fn is_launchers_own(word: &str) -> bool {
    word.contains('=') || word.starts_with(|first: char| first.is_ascii_digit())
}

/// The first place that stands directly behind an option of such letters.
fn behind_an_option(words: &[String], is_such: impl Fn(&str) -> bool) -> Option<String> {
    let pairs = words.iter().zip(words.iter().skip(1));
    let mut places = pairs.filter(|(_, word)| is_place(word));
    let (option, place) = places.find(|(before, _)| {
        let letters = before.strip_prefix('-').unwrap_or_default();
        letters.chars().all(char::is_alphabetic) && is_such(letters)
    })?;
    Some(format!(
        "without {place} behind “{option}”, where a shell would run it"
    ))
}

fn refused(place: &str, name: &str) -> Option<String> {
    Some(format!("without {place} where “{name}” would run it"))
}

/// What a program is called, without its folder and its version.
fn name_of(program: &str) -> String {
    let name = Path::new(program).file_name().unwrap_or_default();
    let name = name.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let bare =
        name.trim_end_matches(|last: char| last.is_ascii_digit() || matches!(last, '.' | '-'));
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(words: &str) -> bool {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        runs_a_text(&words).is_some()
    }

    #[test]
    fn what_a_known_program_would_run_is_refused() {
        for words in [
            "sh -c {text}",
            "sh -ce {text}",
            "sh -c -- {text}",
            "bash -c -x {text}",
            "bash -c -o pipefail {text}",
            "/bin/sh {file}",
            "bash --rcfile a {text}",
            "sh -s {text}",
            "sh",
            "python3 -",
            "python3.12 -W ignore {file}",
            "perl -e {text}",
            "perl -e a -e {text}",
            "node --eval {text}",
            "awk {text}",
            "env {text}",
            "env A=b {text}",
            "env -S {text}",
            "env -i sh -c {text}",
            "timeout 5 nice -n 3 bash -c {text}",
            "xargs -n 1 sh -c",
            "xargs {text}",
            "pwsh -Command show {text}",
            "su -c {text}",
        ] {
            assert!(is_refused(words), "{words}");
        }
    }

    #[test]
    fn what_a_script_or_another_program_is_given_is_not() {
        for words in [
            "sh -c trans sh {text}",
            "bash -lc fold bash {text}",
            "bash script.sh -e one {text}",
            "python3 -u translate.py --to de {text}",
            "python3 -W ignore translate.py {file}",
            "python3 -m translate {text}",
            "perl -ne print {file}",
            "env A=b trans -b {text}",
            "env",
            "timeout 5 spd-say -- {text}",
            "xargs -n 1 echo",
            "trans -e google {text}",
            "grep -e {text} notes.txt",
        ] {
            assert!(!is_refused(words), "{words}");
        }
    }
}
