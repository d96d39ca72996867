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
    /// Words, the first that is no option, that say what is done with the script.
    verbs: &'static [&'static str],
    /// The letters of options behind which more scripts may stand anywhere; so they may behind long
    /// ones if there are any.
    script_options: &'static str,
}

const SHELLS: [&str; 17] = [
    "sh", "bash", "dash", "zsh", "fish", "ksh", "mksh", "ash", "csh", "tcsh", "rbash", "rksh",
    "oksh", "yash", "nu", "elvish", "xonsh",
];

const RUNNERS: [ScriptRunner; 11] = [
    ScriptRunner {
        names: &SHELLS,
        with_value: "oOdD",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["python", "pypy"],
        with_value: "WX",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["perl", "raku"],
        with_value: "I",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["ruby", "lua", "php", "osascript"],
        with_value: "IrECWlds",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["node"],
        with_value: "rC",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["deno", "bun"],
        with_value: "rC",
        verbs: &[
            "eval", "run", "exec", "test", "bench", "serve", "repl", "task", "x",
        ],
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["awk", "gawk", "mawk"],
        with_value: "vFil",
        script_options: "feEil",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["sed"],
        // Not everywhere is it the next word that `-i` has.
        with_value: "il",
        script_options: "fe",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["env", "sudo", "doas", "nice", "stdbuf", "timeout"],
        is_launcher: true,
        with_value: "uCSnskgpioe",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["nohup", "setsid", "time", "busybox", "command", "exec"],
        is_launcher: true,
        with_value: "of",
        ..ScriptRunner::NONE
    },
    ScriptRunner {
        names: &["xargs", "parallel"],
        is_launcher: true,
        with_value: "IdaELnPsj",
        ..ScriptRunner::NONE
    },
];

/// Programs that hand whatever they are given to a shell.
const GIVE_ALL: [&str; 6] = ["cmd", "powershell", "pwsh", "ssh", "watch", "eval"];

/// Programs that hand to a shell, or run, what stands behind `-c`.
const GIVE_COMMAND: [&str; 10] = [
    "su", "runuser", "sg", "script", "flock", "expect", "vi", "vim", "nvim", "psql",
];

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
            return unknown_runs_a_text(rest, &name);
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
            return behind_an_option(rest, &name, |option| runner.may_run_behind(option));
        }
        words = rest.get(script..).unwrap_or_default();
    }
}

/// The same of a program that is not known to run others: it may take a command, or start one that is
/// known, which does.
fn unknown_runs_a_text(words: &[String], name: &str) -> Option<String> {
    let is_command = |option: &str| {
        option == "--command" || letters(option).is_some_and(|letters| letters.ends_with('c'))
    };
    if GIVE_COMMAND.contains(&name) {
        return behind_an_option(words, name, is_command);
    }
    let runner_of = |word: &String| {
        let name = name_of(word);
        RUNNERS.iter().find(|runner| runner.names.contains(&&*name))
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let runner = runner_of(word)?;
        let runs = |option: &str| is_command(option) || runner.may_run_behind(option);
        behind_an_option(words.get(at + 1..)?, word, runs)
    })
}

impl ScriptRunner {
    const NONE: ScriptRunner = ScriptRunner {
        names: &[],
        is_launcher: false,
        with_value: "",
        verbs: &[],
        script_options: "",
    };

    /// Whether what stands behind an option may be run as well.
    fn may_run_behind(&self, option: &str) -> bool {
        match letters(option) {
            Some(letters) => {
                letters.contains(['c', 'e'])
                    || letters.ends_with(|last| self.script_options.contains(last))
            }
            None if matches!(option, "--eval" | "--print" | "--command") => true,
            None => !self.script_options.is_empty() && option.starts_with("--") && option.len() > 2,
        }
    }

    /// Which of the words behind its name is what it runs: the first that is no option nor the value
    /// of one; one past the last if there is none.
    fn script(&self, words: &[String]) -> usize {
        let (mut is_value, mut has_verb) = (false, false);
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
                None if !has_verb && self.verbs.contains(&word.as_str()) => has_verb = true,
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

/// Why not the first place that stands directly behind such an option.
fn behind_an_option(
    words: &[String],
    name: &str,
    is_such: impl Fn(&str) -> bool,
) -> Option<String> {
    let pairs = words.iter().zip(words.iter().skip(1));
    let mut places = pairs.filter(|(_, word)| is_place(word));
    let (option, place) = places.find(|(before, _)| is_such(before))?;
    Some(format!(
        "without {place} behind “{option}”, where “{name}” would run it"
    ))
}

/// The letters of a word that has options of one letter each.
fn letters(option: &str) -> Option<&str> {
    let letters = option.strip_prefix('-')?;
    letters.chars().all(char::is_alphabetic).then_some(letters)
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
            "tcsh -c {text}",
            "nu -c {text}",
            "docker run x python3 -c {text}",
            "setpriv --reuid 1 node -e {text}",
            "unshare tcsh -c {text}",
            "psql -c {text}",
            "deno -q eval {text}",
            "deno repl --eval {text}",
            "pwsh -Command show {text}",
            "su -c {text}",
            "su ada --command {text}",
            "script -qc {text} typescript",
            "vim -c {text} {file}",
            "kitty --hold bash -lc {text}",
            "deno eval {text}",
            "deno run {file}",
            "bun exec {text}",
            "deno {file}",
            "awk -f {file} notes.txt",
            "awk -f prog.awk -f {file}",
            "gawk -f prog.awk --source {text}",
            "sed {text}",
            "sed -i x {text}",
            "sed s/a/b/ -e {text}",
            "sed -e s/a/b/ --expression {text} notes.txt",
            "sed --file {file}",
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
            "grep -c {text} notes.txt",
            "deno eval console.log(Deno.args) {text}",
            "deno run -A translate.ts {text}",
            "bun translate.ts {text}",
            "node run {text}",
            "awk -f prog.awk {file}",
            "awk -F: -f prog.awk -v text=1 {text}",
            "sed -f marks.sed {file}",
            "sed -nf marks.sed {file}",
            "sed -E s/a/b/ {file}",
            "sed s/a/b/ -- {file}",
            "sed -e s/a/b/ {file}",
        ] {
            assert!(!is_refused(words), "{words}");
        }
    }
}
