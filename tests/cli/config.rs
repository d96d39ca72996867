//! The configuration file, as the commands meet it.

use std::fs;

use tempfile::TempDir;

use super::program::{SMALL, opcit, text, written};

#[test]
fn the_default_configuration_is_written_whole_and_is_in_order() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    let path = file.to_str().unwrap();
    assert!(
        written(&["config", "--config", path])
            .ends_with("not there; `opcit config --print` writes one\n")
    );
    fs::write(&file, written(&["config", "--print"])).unwrap();
    assert_eq!(
        written(&["config", "--config", path]),
        format!("{path}: in order\n")
    );
}

#[test]
fn faults_are_told_with_file_and_line_and_code_1() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("own.toml");
    fs::write(&file, "mesure = 80\n\ntheme = \"drak\"\n").unwrap();
    let output = opcit(&["config"])
        .env("OPCIT_CONFIG", &file)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let path = file.to_str().unwrap();
    assert_eq!(
        text(&output.stdout),
        format!(
            "{path}:1: there is no setting “mesure”; “measure” is meant, perhaps\n\
             {path}:3: “theme” must be \"terminal\", \"dark\", \"light\", \"contrast\" or \"auto\"\n"
        )
    );
}

#[test]
fn the_process_that_watches_a_file_reads_nothing_of_the_readers() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, "bibliography = [\"/no/such/file.bib\"]\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = opcit(arguments);
        command.env("OPCIT_CONFIG", &config).output().unwrap()
    };
    assert!(text(&run(&["print", SMALL]).stderr).contains("file.bib"));
    let output = run(&["watch-for-opcit", "0", SMALL]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn the_doctor_says_what_is_wrong_and_names_no_user() {
    let home = TempDir::new().unwrap();
    let config = home.path().join("config.toml");
    fs::write(&config, "mouse = 3\n").unwrap();
    let output = opcit(&["doctor"])
        .env("HOME", home.path())
        .env("OPCIT_CONFIG", &config)
        .env("OPCIT_DATA_DIR", home.path().join("data"))
        .env("TERM", "xterm-256color")
        .output()
        .unwrap();
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(
        report.contains("! ~/config.toml:1: “mouse” must be true or false"),
        "{report}"
    );
    assert!(report.contains("~/data, not there yet"), "{report}");
    assert!(!report.contains(home.path().to_str().unwrap()), "{report}");
    fs::remove_file(&config).unwrap();
    let output = opcit(&["doctor"])
        .env("HOME", home.path())
        .env("OPCIT_CONFIG", &config)
        .env("OPCIT_DATA_DIR", home.path())
        .env("TERM", "dumb")
        .output()
        .unwrap();
    let report = text(&output.stdout);
    assert!(
        report.contains("! by its TERM the terminal cannot show pages"),
        "{report}"
    );
    assert!(report.contains("~/, 0 papers"), "{report}");
}

#[test]
fn every_shell_has_completions_and_each_command_a_manual_page() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = written(&["completions", shell]);
        // The script has the program itself say what a word may become.
        let asks = format!("OPCIT_COMPLETE={shell}");
        let script = script.replace(['"', ' ', '$'], "").replace("env:", "");
        assert!(script.contains(&asks), "{shell}: {script}");
    }
    let page = written(&["man"]);
    for part in [
        ".TH opcit 1",
        ".SH KEYS",
        ".SS \"In an open note",
        ".SH FILES",
        "config.toml",
    ] {
        assert!(page.contains(part), "{part:?} is not in\n{page}");
    }
    assert!(written(&["man", "notes"]).contains("\\-\\-note"));
    let output = opcit(&["man", "nots"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}
