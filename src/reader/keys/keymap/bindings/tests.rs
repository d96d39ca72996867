use Context::{Anywhere, Bookmarks, List, Note, Reading};

use super::*;
use crate::reader::action::{Direction, Motion};

const PRESETS: [Preset; 3] = [Preset::Default, Preset::Less, Preset::Vim];

fn custom(context: Context, keys: &str, command: &str) -> Custom {
    Custom {
        context,
        keys: keys.to_owned(),
        command: command.to_owned(),
    }
}

/// The keymap with these bindings, none of which is refused.
#[track_caller]
fn with(preset: Preset, customs: &[Custom]) -> Keymap {
    let (keymap, refusals) = Keymap::new(preset, customs, &[]);
    assert_eq!(refusals, []);
    keymap
}

fn refused(customs: &[Custom]) -> Vec<String> {
    let (_, refusals) = Keymap::new(Preset::Default, customs, &[]);
    refusals
        .iter()
        .map(|(_, refusal)| refusal.to_string())
        .collect()
}

#[track_caller]
fn means(keymap: &Keymap, context: Context, keys: &str) -> KeyLookup {
    let sequence: KeySequence = keys.parse().unwrap();
    keymap.find(context, sequence.keys())
}

fn contexts() -> impl Iterator<Item = Context> {
    let all = Context::ALL.into_iter().map(|(_, context)| context);
    all.filter(|context| *context != Anywhere)
}

#[test]
fn no_key_has_two_meanings_in_one_context() {
    for preset in PRESETS {
        let keymap = with(preset, &[]);
        for context in contexts() {
            let bindings = keymap.bindings(context).chain(keymap.bindings(Anywhere));
            let sequences: Vec<_> = bindings.flat_map(|binding| &binding.sequences).collect();
            for (index, sequence) in sequences.iter().enumerate() {
                for other in sequences.iter().skip(index + 1) {
                    let is_apart = sequence != other
                        && !sequence.is_prefix_of(other)
                        && !other.is_prefix_of(sequence);
                    assert!(is_apart, "{preset:?} {context:?}: {sequence} and {other}");
                }
            }
        }
    }
}

#[test]
fn every_name_in_the_table_is_a_key_that_a_terminal_sends() {
    for entry in TABLE.iter().flat_map(|group| group.bindings) {
        for name in entry.keys.split(' ') {
            // A plain terminal sends these as Tab, Enter and Backspace.
            assert!(!["Ctrl-i", "Ctrl-m", "Ctrl-h"].contains(&name), "{name}");
            assert!(name.parse::<KeySequence>().is_ok(), "{name}");
        }
    }
}

#[test]
fn every_context_says_in_the_footer_how_to_leave_it() {
    for preset in PRESETS {
        let keymap = with(preset, &[]);
        for context in contexts() {
            let leaves = |binding: &Binding| {
                let leads_out = match binding.action {
                    Action::Quit | Action::Close => true,
                    Action::Note => context == Note,
                    _ => false,
                };
                leads_out && !binding.hint.is_empty() && binding.first_key().is_some()
            };
            let mut bindings = keymap.bindings(context);
            assert!(bindings.any(|it| leaves(it)), "{preset:?} {context:?}");
        }
    }
}

#[test]
fn a_preset_binds_all_that_it_names() {
    for preset in PRESETS {
        let keymap = with(preset, &[]);
        let customs: Vec<_> = preset.customs().collect();
        for custom in &customs {
            let found = means(&keymap, custom.context, &custom.keys);
            let expected = match command::action(&custom.command) {
                Some(action) => KeyLookup::Action(action.clone()),
                None => KeyLookup::Nothing,
            };
            assert_eq!(found, expected, "{preset:?}: {custom:?}");
        }
        let (_, refusals) = Keymap::new(Preset::Default, &customs, &[]);
        assert_eq!(refusals, [], "{preset:?}");
    }
}

#[test]
fn what_the_reader_binds_a_key_to_it_does_in_that_context() {
    let keymap = with(Preset::Default, &[custom(Reading, "x", "note")]);
    assert_eq!(
        means(&keymap, Reading, "x"),
        KeyLookup::Action(Action::Note)
    );
    assert_eq!(
        means(&keymap, Reading, "f"),
        KeyLookup::Action(Action::Note)
    );
    assert_eq!(means(&keymap, Bookmarks, "x"), KeyLookup::Nothing);
    let binding = keymap
        .bindings(Reading)
        .find(|it| it.action == Action::Note);
    assert_eq!(binding.unwrap().keys, "x f");
    assert_eq!(
        binding.unwrap().words,
        "open the nearest note; 14x opens note 14"
    );
}

#[test]
fn a_key_that_is_bound_anew_does_no_more_what_it_did() {
    let keymap = with(Preset::Default, &[custom(Reading, "f", "screen-down")]);
    let down = Action::Move(Motion::Screen(Direction::Next));
    assert_eq!(means(&keymap, Reading, "f"), KeyLookup::Action(down));
    let note = keymap
        .bindings(Reading)
        .find(|it| it.action == Action::Note);
    assert_eq!(note.unwrap().keys, "");
    assert_eq!(note.unwrap().words, "open the nearest note");
    let keymap = with(Preset::Default, &[custom(Reading, "f", "none")]);
    assert_eq!(means(&keymap, Reading, "f"), KeyLookup::Nothing);
}

#[test]
fn a_sequence_is_heard_key_by_key_and_its_first_key_does_nothing_else() {
    let customs = [
        custom(Reading, "gg", "beginning"),
        custom(Reading, "gt", "outline"),
    ];
    let keymap = with(Preset::Default, &customs);
    assert_eq!(means(&keymap, Reading, "g"), KeyLookup::Prefix);
    let beginning = Action::Move(Motion::End(Direction::Previous));
    assert_eq!(means(&keymap, Reading, "gg"), KeyLookup::Action(beginning));
    assert_eq!(means(&keymap, Reading, "gx"), KeyLookup::Nothing);
    let can_follow = keymap.continuations(Reading, &[Key::Char('g')]);
    let names: Vec<&str> = can_follow.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["g", "t"]);
}

#[test]
fn what_cannot_be_bound_is_refused_with_the_reason() {
    for (context, keys, command, why) in [
        (Reading, "Ctrl-i", "back", "terminals send “Ctrl-i” as Tab"),
        (
            Reading,
            "Ctrl-m",
            "back",
            "terminals send “Ctrl-m” as Enter",
        ),
        (Reading, "Ctrl-;", "back", "no terminal sends “Ctrl-;”"),
        (
            Reading,
            "C-k",
            "back",
            "no key is called “C-k”; “Ctrl-k” is meant, perhaps",
        ),
        (Reading, "PagDown", "back", "no key is called “PagDown”"),
        (Reading, "5", "back", "“5” begins a count"),
        (List, "x", "close", "“x” is typed as text there"),
        (Anywhere, "x", "help", "“x” is typed as text there"),
        (
            Reading,
            "x",
            "outlin",
            "there is no command “outlin”; “outline” is meant, perhaps",
        ),
        (
            Reading,
            "x",
            "confirm",
            "the command “confirm” means nothing there",
        ),
    ] {
        assert_eq!(refused(&[custom(context, keys, command)]), [why]);
    }
}

#[test]
fn two_keys_of_the_readers_own_that_exclude_each_other_are_a_conflict() {
    let first = custom(Reading, "gg", "beginning");
    for keys in ["gg", "g", "ggx"] {
        let both = [first.clone(), custom(Reading, keys, "outline")];
        let why = format!("“{keys}” cannot be bound beside “gg”, which is bound above");
        assert_eq!(refused(&both), [why]);
    }
}

#[test]
fn the_last_key_that_leads_out_stays() {
    let customs = [
        custom(Reading, "q", "none"),
        custom(Reading, "Ctrl-c", "none"),
    ];
    assert_eq!(
        refused(&customs),
        ["without “Ctrl-c” no key would lead out of there"]
    );
    let (keymap, _) = Keymap::new(Preset::Default, &customs, &[]);
    assert_eq!(
        means(&keymap, Reading, "Ctrl-c"),
        KeyLookup::Action(Action::Quit)
    );
}

#[test]
fn a_text_names_the_keys_that_commands_have() {
    let keymap = with(Preset::Vim, &[custom(Reading, "x", "redo")]);
    let text = "{undo} undo · {redo} redo · {next-section} · {nothing} {";
    assert_eq!(keymap.expand(text), "u undo · x redo · ]] · {nothing} {");
}
