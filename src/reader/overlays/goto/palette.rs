//! Actions by name: what `:` offers beside places.

use std::sync::Arc;

use crate::reader::action::Action;
use crate::reader::keys::keymap::{Binding, Context, Keymap, command_name};
use crate::search::{nearly_has, plain};

/// Names that are known from elsewhere, and what they mean here.
const ALIASES: [(&str, Action); 11] = [
    ("q", Action::Quit),
    ("q!", Action::Quit),
    ("qa", Action::Quit),
    ("qa!", Action::Quit),
    ("quit", Action::Quit),
    // What is kept is on the disk already.
    ("wq", Action::Quit),
    ("wq!", Action::Quit),
    ("x", Action::Quit),
    ("exit", Action::Quit),
    ("h", Action::Help),
    ("help", Action::Help),
];

/// The actions that may be meant.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    /// Those with just this name: the reader's own, and what other programs call so.
    pub(crate) exact: Vec<Arc<Binding>>,
    /// Those whose key or whole name it is, also the one in the configuration, then those with a word
    /// that begins with each word that was typed; if there are none, those with such a word in the
    /// name that the configuration has for them.
    pub(crate) others: Vec<Arc<Binding>>,
}

/// The actions that a query may mean. `context` is the page or an open note: what can be done
/// there comes first, then what can be done on the page when the note is closed.
pub(crate) fn commands(keymap: &Keymap, query: &str, context: Context) -> Commands {
    let named = query.trim();
    let wanted = plain(named);
    // A digit in a name is an example.
    let is_number = wanted.starts_with(|first: char| first.is_ascii_digit());
    let alias = ALIASES.iter().find(|(name, _)| *name == wanted);
    let is_called =
        |binding: &Binding| binding.has_key(named) || command_name(&binding.action) == Some(named);
    let mut commands = Commands::default();
    for binding in offered(keymap, context) {
        let is_alias = alias.is_some_and(|(_, action)| *action == binding.action);
        if is_alias || is_own_command(binding, named) {
            commands.exact.push(Arc::clone(binding));
        } else if !is_number && begins_words(&binding.words, &wanted) || is_called(binding) {
            commands.others.push(Arc::clone(binding));
        }
    }
    if commands.exact.is_empty() && commands.others.is_empty() && !is_number {
        let is_begun = |binding: &&Arc<Binding>| {
            let name = command_name(&binding.action);
            name.is_some_and(|name| name.starts_with(&*wanted) || begins_words(name, &wanted))
        };
        let begun = offered(keymap, context).filter(is_begun);
        commands.others.extend(begun.map(Arc::clone));
    }
    let is_whole = |binding: &Binding| is_called(binding) || plain(&binding.words) == wanted;
    commands.others.sort_by_key(|binding| !is_whole(binding));
    commands
}

/// Whether it runs the program that the reader has called so.
fn is_own_command(binding: &Binding, named: &str) -> bool {
    matches!(&binding.action, Action::Run(command) if command.name == named)
}

/// The actions whose name has every word that was typed nearly.
pub(crate) fn near_commands(keymap: &Keymap, query: &str, context: Context) -> Vec<Arc<Binding>> {
    let wanted = plain(query);
    let is_near = |binding: &&Arc<Binding>| {
        let name = plain(&binding.words);
        let mut words = wanted.split_whitespace();
        words.all(|word| nearly_has(&name, word))
    };
    offered(keymap, context)
        .filter(is_near)
        .map(Arc::clone)
        .collect()
}

/// Whether each word of what was typed begins a word of the text. What was typed is plain.
pub(crate) fn begins_words(text: &str, typed: &str) -> bool {
    let text = plain(text);
    let begins = |wanted: &str| {
        let mut words = text.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| word.starts_with(wanted))
    };
    typed.split_whitespace().all(begins)
}

fn offered(keymap: &Keymap, context: Context) -> impl Iterator<Item = &Arc<Binding>> {
    let own = keymap
        .bindings(Context::Note)
        .filter(move |_| context == Context::Note);
    let is_own = move |action: &Action| {
        let mut own = keymap.bindings(Context::Note);
        context == Context::Note && own.any(|binding| binding.action == *action)
    };
    let page = keymap
        .bindings(Context::Reading)
        .chain(keymap.bindings(Context::Anywhere));
    let page = page.filter(move |binding| !is_own(&binding.action));
    // Each action once, and not the one that asks for all this.
    let is_another = |binding: &&Arc<Binding>| match binding.action {
        Action::Help => binding.context != Context::Anywhere,
        Action::Goto => false,
        _ => true,
    };
    own.chain(page).filter(is_another)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, exact: &[&str], others: &[&str]) {
        let commands = commands(&Keymap::standard(), query, Context::Reading);
        let keys = |bindings: &[Arc<Binding>]| -> Vec<String> {
            let first = bindings
                .iter()
                .map(|binding| binding.first_key().unwrap().to_owned());
            first.collect()
        };
        assert_eq!(keys(&commands.exact), exact);
        assert_eq!(keys(&commands.others), others);
    }

    #[test]
    fn an_action_is_found_by_words_of_its_name_and_by_its_key() {
        check("last bookm", &[], &["U"]);
        check("MOUSE", &[], &["M"]);
        check("Ctrl-z", &[], &["Ctrl-z"]);
        check("ouse", &[], &[]);
        check("14", &[], &[]);
        check("the outline", &[], &["t", "T"]);
        check("paper-before", &[], &["Ctrl-^"]);
        check("just", &[], &["="]);
        check("read-al", &[], &["~"]);
    }

    #[test]
    fn what_other_programs_call_it_is_known() {
        check("q", &["q"], &[]);
        check("quit", &["q"], &[]);
        check("help", &["?"], &[]);
        for leave in ["q!", "qa", "wq", "exit"] {
            check(leave, &["q"], &[]);
        }
    }

    #[test]
    fn what_writes_and_leaves_in_vim_does_not_do_what_its_key_does_here() {
        check("x", &["q"], &["x"]);
    }

    #[test]
    fn a_mistyped_letter_is_forgiven_in_names() {
        let near = near_commands(&Keymap::standard(), "boolmark", Context::Reading);
        assert_eq!(
            near.first().and_then(|binding| binding.first_key()),
            Some("b")
        );
    }

    #[test]
    fn every_action_is_offered_once() {
        for context in [Context::Reading, Context::Note] {
            let keymap = Keymap::standard();
            let mut words: Vec<_> = offered(&keymap, context)
                .map(|binding| &binding.action)
                .collect();
            let all = words.len();
            while let Some(word) = words.pop() {
                assert!(!words.contains(&word), "{context:?}: {word:?}");
            }
            assert!(all > 30);
        }
    }
}
