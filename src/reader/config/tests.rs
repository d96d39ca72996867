use super::*;
use crate::reader::action::Action;
use crate::reader::keys::key::Key;
use crate::reader::settings::Placement;
use crate::reader::theme::Theme;
use crate::terminal::ground::Ground;

/// The configuration of a file in which nothing is wrong.
#[track_caller]
fn config(text: &str) -> Config {
    let (config, problems) = Config::parse(text);
    assert_eq!(problems, []);
    config
}

#[track_caller]
fn check(text: &str, problems: &[(usize, &str)]) {
    let (_, found) = Config::parse(text);
    let found: Vec<(usize, &str)> = found
        .iter()
        .map(|it| (it.line, it.message.as_str()))
        .collect();
    assert_eq!(found, problems);
}

/// The default file with the # taken away in front of every setting.
fn uncommented() -> String {
    let file = Config::commented();
    let lines = file.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => setting,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_default_file_sets_what_is_so_without_it_commented_out_or_not() {
    let standard = Config::default();
    for text in [Config::commented(), uncommented()] {
        let config = config(&text);
        assert_eq!(config.settings, standard.settings);
        assert_eq!(config.themes, standard.themes);
        assert_eq!(config.opener, standard.opener);
        assert_eq!(config.copy_command, standard.copy_command);
        for (_, context) in Context::ALL {
            for (own, standard) in config
                .keymap
                .bindings(context)
                .zip(standard.keymap.bindings(context))
            {
                let names = |keys: &str| {
                    let mut names: Vec<_> = keys.split(' ').map(str::to_owned).collect();
                    names.sort();
                    names
                };
                assert_eq!(names(&own.keys), names(&standard.keys));
            }
        }
    }
}

#[test]
fn every_setting_is_in_the_default_file() {
    let file = uncommented();
    for setting in SETTINGS {
        assert!(
            file.contains(&format!("\n{} = ", setting.name)),
            "{}",
            setting.name
        );
    }
}

#[test]
fn settings_are_read() {
    let config = config(
        "measure = 80\nnotes = \"foot\"\nmouse = false\noutline = false\nscroll-off = 5\n\
         theme = \"dark\"\nopener = [\"firefox\", \"--new-tab\"]\ncopy-command = [\"wl-copy\"]\n",
    );
    let settings = config.settings;
    assert_eq!(
        (settings.measure, settings.placement),
        (80, Placement::Foot)
    );
    assert_eq!((settings.mouse, settings.outline_pane), (false, false));
    assert_eq!(settings.scroll_off, 5);
    assert_eq!(*config.themes.on(None), Theme::EMBEDDED[1].1);
    assert!(!config.themes.follow_ground());
    assert_eq!(config.opener, ["firefox", "--new-tab"]);
    assert_eq!(config.copy_command, ["wl-copy"]);
}

#[test]
fn a_theme_that_follows_the_terminal_is_dark_or_light_as_its_ground_is() {
    let config = config("theme = \"auto\"\n[colours]\nmarker = \"red bold\"\n");
    assert!(config.themes.follow_ground());
    for (ground, index) in [(None, 0), (Some(Ground::Dark), 1), (Some(Ground::Light), 2)] {
        let (theme, (_, embedded)) = (config.themes.on(ground), &Theme::EMBEDDED[index]);
        assert_eq!(
            theme.style(ThemeRole::Text),
            embedded.style(ThemeRole::Text)
        );
        let marker = parse_style("red bold").unwrap();
        assert_eq!(theme.style(ThemeRole::Marker), marker);
    }
}

#[test]
fn colours_change_the_theme_that_is_chosen_and_keys_the_preset() {
    let config = config(
        "theme = \"light\"\n[colours]\nmarker = \"red bold\"\n\
         [keys]\npreset = \"vim\"\n[keys.reading]\n\"<Space>n\" = \"note\"\nx = \"none\"\n",
    );
    let light = &Theme::EMBEDDED[2].1;
    let theme = config.themes.on(Some(Ground::Dark));
    let marker = theme.style(ThemeRole::Marker);
    assert_eq!(marker, parse_style("red bold").unwrap());
    assert_eq!(theme.style(ThemeRole::Link), light.style(ThemeRole::Link));
    let keymap = &config.keymap;
    let note = keymap
        .bindings(Context::Reading)
        .find(|it| it.action == Action::Note);
    assert_eq!(note.unwrap().keys, "<Space>n f");
    assert_eq!(
        keymap.action(Context::Reading, Key::Char('g')),
        Action::Unbound
    );
}

#[test]
fn each_fault_is_told_with_its_line_and_all_else_holds() {
    let text = "mesure = 80\nnotes = \"margins\"\n\nmouse = 1\n[colours]\nmarker = \"blu\"\n\
                links = \"red\"\n[keys]\npreset = \"emacs\"\n[keys.reading]\n\"Ctrl-i\" = \"back\"\n\
                x = \"outlin\"\n";
    check(
        text,
        &[
            (
                1,
                "there is no setting “mesure”; “measure” is meant, perhaps",
            ),
            (
                2,
                "“notes” must be \"auto\", \"popup\", \"foot\" or \"margin\"",
            ),
            (4, "“mouse” must be true or false"),
            (
                6,
                "“blu” is no colour and no attribute; “blue” is meant, perhaps",
            ),
            (7, "there is no role “links”; “link” is meant, perhaps"),
            (9, "“preset” must be \"default\", \"less\" or \"vim\""),
            (11, "terminals send “Ctrl-i” as Tab"),
            (
                12,
                "there is no command “outlin”; “outline” is meant, perhaps",
            ),
        ],
    );
    let (config, _) = Config::parse("mesure = 80\nscroll-off = 3\n");
    assert_eq!(config.settings.scroll_off, 3);
}

#[test]
fn what_stands_in_the_wrong_table_is_told_where_it_belongs() {
    check("preset = \"vim\"", &[(1, "“preset” stands below [keys]")]);
    check(
        "[keys]\nx = \"bookmark\"",
        &[(
            2,
            "“x” is in no context: keys stand below one, as in [keys.reading]",
        )],
    );
}

#[test]
fn a_command_whose_program_is_written_wrong_is_told_once() {
    let must = "“run” must be a list of a program and its arguments, each in quotation marks";
    check("[commands.count]\nrun = \"wc -w\"", &[(2, must)]);
}

#[test]
fn what_is_no_toml_costs_no_more_than_its_line() {
    let (config, problems) = Config::parse("measure = 80\nnotes = \nscroll-off = 3\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, 2);
    assert_eq!(
        (config.settings.measure, config.settings.scroll_off),
        (80, 3)
    );
}

#[test]
fn numbers_out_of_range_are_refused_with_the_range() {
    check(
        "measure = 19",
        &[(1, "“measure” must be a number from 20 to 160")],
    );
    check(
        "measure = -5",
        &[(1, "“measure” must be a number from 20 to 160")],
    );
    check(
        "scroll-off = 99",
        &[(1, "“scroll-off” must be a number from 0 to 20")],
    );
    check("keys = 3", &[(1, "“keys” is a table: write [keys]")]);
    check(
        "opener = \"firefox\"",
        &[(
            1,
            "“opener” must be a list of a program and its arguments, each in quotation marks",
        )],
    );
}
