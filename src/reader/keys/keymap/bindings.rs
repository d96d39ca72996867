//! What keys do: a value, made of the table, a preset and what the reader has bound.

use std::sync::{Arc, LazyLock};

use super::custom::{self, BindingRefusal, Custom};
use super::preset::Preset;
use super::sequence::KeySequence;
use super::{Context, SELECTS_AGAIN, TABLE, command};
use crate::reader::action::Action;
use crate::reader::keys::key::Key;
use crate::reader::open::annotations::AnnotationAction;
use crate::reader::open::selecting::Select;
use crate::reader::own_command::OwnCommand;

/// What keys do, in every context.
#[derive(Debug)]
pub(crate) struct Keymap {
    groups: Vec<BindingGroup>,
}

/// A heading of the help, and the bindings under it.
#[derive(Debug)]
pub(crate) struct BindingGroup {
    pub(crate) title: &'static str,
    pub(crate) bindings: Vec<Arc<Binding>>,
}

/// What some keys do in one context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) context: Context,
    pub(crate) sequences: Vec<KeySequence>,
    /// Their names, separated by spaces; empty if no key does it.
    pub(crate) keys: String,
    pub(crate) action: Action,
    /// What the keys do, in the words of the help.
    pub(crate) words: String,
    /// What the footer calls it; empty where it does not say it.
    pub(crate) hint: &'static str,
    /// How long a narrow footer keeps the hint: those of the lowest rank go first, and of one rank
    /// those that stand first.
    pub(crate) rank: u8,
}

/// What keys that were pressed one after the other mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyLookup {
    Action(Action),
    /// A longer sequence begins so.
    Prefix,
    Nothing,
}

static DEFAULT: LazyLock<Arc<Keymap>> =
    LazyLock::new(|| Arc::new(Keymap::new(Preset::Default, &[], &[]).0));

impl Keymap {
    /// The keys as they are before the reader binds any; made once.
    pub(crate) fn standard() -> Arc<Keymap> {
        Arc::clone(&DEFAULT)
    }

    /// The keys of a preset and what runs programs of the reader's own, changed as the reader
    /// wishes, and which wishes are refused, by their place in the list.
    pub(crate) fn new(
        preset: Preset,
        customs: &[Custom],
        commands: &[Arc<OwnCommand>],
    ) -> (Keymap, Vec<(usize, BindingRefusal)>) {
        let mut bindings: Vec<Binding> = TABLE
            .iter()
            .flat_map(|group| group.bindings)
            .map(Binding::new)
            .collect();
        let places = [Context::Reading, Context::Selecting].into_iter();
        bindings.extend(places.flat_map(|context| {
            let own = commands.iter();
            own.map(move |command| Binding::running(context, command))
        }));
        for custom in preset.customs() {
            // A test holds that no preset is refused.
            let _ = custom::apply(&mut bindings, &custom, &[]);
        }
        let mut refusals = Vec::new();
        let mut own = Vec::new();
        for (index, custom) in customs.iter().enumerate() {
            match custom::apply(&mut bindings, custom, &own) {
                Ok(()) => own.push(custom.clone()),
                Err(refusal) => refusals.push((index, refusal)),
            }
        }
        bindings.iter_mut().for_each(Binding::name_keys);
        let mut bindings = bindings.into_iter();
        let groups = TABLE.iter().map(|group| BindingGroup {
            title: group.title,
            bindings: bindings
                .by_ref()
                .take(group.bindings.len())
                .map(Arc::new)
                .collect(),
        });
        let mut groups: Vec<BindingGroup> = groups.collect();
        let own: Vec<Arc<Binding>> = bindings.map(Arc::new).collect();
        if !own.is_empty() {
            groups.push(BindingGroup {
                title: "Your own commands",
                bindings: own,
            });
        }
        let mut keymap = Keymap { groups };
        if !keymap.selects_again_as_vim() {
            keymap.forget_way_of_vim();
        }
        (keymap, refusals)
    }

    /// Takes what is not so from the words of the help.
    fn forget_way_of_vim(&mut self) {
        let bindings = self.groups.iter_mut().flat_map(|group| &mut group.bindings);
        for binding in bindings {
            if binding.action == Action::Select(Select::Again) {
                let binding = Arc::make_mut(binding);
                binding.words = binding.short_words().to_owned();
            }
        }
    }

    pub(crate) fn groups(&self) -> &[BindingGroup] {
        &self.groups
    }

    /// The bindings of a context, in the table's order.
    pub(crate) fn bindings(&self, context: Context) -> impl Iterator<Item = &Arc<Binding>> {
        let all = self.groups.iter().flat_map(|group| &group.bindings);
        all.filter(move |binding| binding.context == context)
    }

    /// What a key does by itself.
    pub(crate) fn action(&self, context: Context, key: Key) -> Action {
        match self.find(context, &[key]) {
            KeyLookup::Action(action) => action,
            KeyLookup::Prefix | KeyLookup::Nothing => Action::Unbound,
        }
    }

    /// What keys mean that were pressed one after the other. Digits count, and where text is
    /// entered characters are text.
    pub(crate) fn find(&self, context: Context, keys: &[Key]) -> KeyLookup {
        let mut is_prefix = false;
        for binding in self
            .bindings(context)
            .chain(self.bindings(Context::Anywhere))
        {
            for sequence in &binding.sequences {
                if sequence.keys() == keys {
                    return KeyLookup::Action(binding.action.clone());
                }
                is_prefix |= sequence.keys().starts_with(keys);
            }
        }
        match keys {
            _ if is_prefix => KeyLookup::Prefix,
            [Key::Ctrl('i')] => self.forward_or_tab(context),
            &[key] => unbound(context, key).map_or(KeyLookup::Nothing, KeyLookup::Action),
            _ => KeyLookup::Nothing,
        }
    }

    /// What Ctrl-i does where it is bound to nothing and the terminal tells it from Tab: it goes
    /// forward, as in vim, and is Tab where nothing goes forward.
    fn forward_or_tab(&self, context: Context) -> KeyLookup {
        let mut bindings = self.bindings(context);
        if bindings.any(|binding| binding.action == Action::Forward) {
            KeyLookup::Action(Action::Forward)
        } else {
            match self.find(context, &[Key::Named("Tab")]) {
                // What follows would be looked for behind Ctrl-i, where nothing is.
                KeyLookup::Prefix => KeyLookup::Nothing,
                found => found,
            }
        }
    }

    /// What may follow the keys: the rest of each sequence that begins so, and what it does.
    pub(crate) fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(String, &Binding)> {
        let all = self
            .bindings(context)
            .chain(self.bindings(Context::Anywhere));
        let of_binding = |binding: &'_ Arc<Binding>| {
            let rests = binding.sequences.iter();
            let rests = rests.filter_map(|sequence| sequence.keys().strip_prefix(keys));
            let names = rests.map(|rest| rest.iter().map(ToString::to_string).collect::<String>());
            names.collect::<Vec<_>>()
        };
        all.flat_map(|binding| {
            let names = of_binding(binding).into_iter();
            names.map(|name| (name, &**binding))
        })
        .collect()
    }

    /// Whether `gv` selects again what was selected last, as it does in vim: where `g` and `v` are
    /// keys of their own, the table's.
    pub(crate) fn selects_again_as_vim(&self) -> bool {
        let key = |name| self.key_of(Context::Reading, name);
        format!("{}{}", key("beginning"), key("select-sentence")) == SELECTS_AGAIN
    }

    /// The text with each command in braces replaced by the first key that does it: while reading, or
    /// where the context before a stroke is.
    pub(crate) fn expand(&self, text: &str) -> String {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            expanded.push_str(before);
            let named = after.split_once('}');
            let key = named.and_then(|(name, after)| Some((self.key_named(name)?, after)));
            let Some((key, after)) = key else {
                expanded.push('{');
                rest = after;
                continue;
            };
            expanded.push_str(&key);
            rest = after;
        }
        expanded + rest
    }

    /// The key of a command that is named in a text, if there is such a command.
    fn key_named(&self, name: &str) -> Option<String> {
        let (context, command) = match name.split_once('/') {
            None => (Context::Reading, name),
            Some((context, command)) => {
                let mut all = Context::ALL.into_iter();
                (all.find(|one| one.0 == context)?.1, command)
            }
        };
        command::action(command).map(|_| self.key_of(context, command))
    }

    /// The first key that does what the command does; without one, how else it is reached.
    pub(crate) fn key_of(&self, context: Context, name: &str) -> String {
        let action = command::action(name);
        let mut bindings = self
            .bindings(context)
            .filter(|it| Some(&it.action) == action);
        let key = bindings.find_map(|binding| binding.first_key());
        key.map_or_else(|| format!(":{name}"), str::to_owned)
    }

    /// The keys as Markdown, for the manual.
    fn as_markdown(&self) -> String {
        let mut text = String::new();
        for group in &self.groups {
            let title = group.title;
            text.push_str(&format!(
                "**{title}**\n\n| keys | what they do |\n|---|---|\n"
            ));
            for binding in &group.bindings {
                let keys: Vec<_> = binding
                    .keys
                    .split(' ')
                    .map(|key| format!("`{key}`"))
                    .collect();
                text.push_str(&format!("| {} | {} |\n", keys.join(" "), binding.words));
            }
            text.push('\n');
        }
        text
    }
}

/// What a key means that is bound to nothing.
fn unbound(context: Context, key: Key) -> Option<Action> {
    match (context, key) {
        (Context::Reading | Context::Selecting | Context::Note, Key::Char(letter)) => {
            let digit = letter.to_digit(10).map(Action::Digit);
            let is_letter = context == Context::Note && letter.is_ascii_lowercase();
            digit.or(is_letter.then_some(Action::Letter(letter)))
        }
        (context, Key::Char(letter)) if context.takes_text() => Some(Action::Type(letter)),
        (Context::Letter, Key::Char(letter)) => {
            Some(Action::Annotation(AnnotationAction::Letter(letter)))
        }
        _ => None,
    }
}

impl Binding {
    fn new(entry: &super::ContextBindings) -> Self {
        let sequences = entry.keys.split(' ').filter_map(|name| name.parse().ok());
        Binding {
            context: entry.context,
            sequences: sequences.collect(),
            keys: String::new(),
            action: entry.action.clone(),
            words: entry.words.to_owned(),
            hint: entry.hint,
            rank: entry.rank,
        }
    }

    /// What runs a program of the reader's own, without a key yet.
    fn running(context: Context, command: &Arc<OwnCommand>) -> Self {
        Binding {
            context,
            sequences: Vec::new(),
            keys: String::new(),
            action: Action::Run(Arc::clone(command)),
            words: format!("run {}", command.name),
            hint: "",
            rank: 0,
        }
    }

    /// Writes the keys' names out, also where the words name the first of them.
    fn name_keys(&mut self) {
        let names: Vec<String> = self.sequences.iter().map(ToString::to_string).collect();
        self.keys = names.join(" ");
        self.words = match names.first() {
            Some(first) => self.words.replace("{key}", first),
            // What a count does with a key is nothing without the key.
            None if self.words.contains("{key}") => {
                let words = self.words.split([';', ',']).next().unwrap_or_default();
                words.to_owned()
            }
            None => self.words.clone(),
        };
    }

    /// What the keys do, without what a number before them does.
    pub(crate) fn short_words(&self) -> &str {
        self.words.split(';').next().unwrap_or_default()
    }

    /// Whether one of the keys is called so.
    pub(crate) fn has_key(&self, name: &str) -> bool {
        !name.is_empty() && self.keys.split(' ').any(|key| key == name)
    }

    /// The first of the keys' names, if any key does it.
    pub(crate) fn first_key(&self) -> Option<&str> {
        self.keys.split(' ').next().filter(|name| !name.is_empty())
    }
}

/// The table of keys as Markdown, for the manual.
#[must_use]
pub fn keys_as_markdown() -> String {
    Keymap::standard().as_markdown()
}

/// A heading, and the keys under it with what they do.
#[derive(Debug)]
pub struct KeyGroup {
    /// What the group is called in the help.
    pub title: String,
    /// Names of keys, separated by spaces, and what the keys do.
    pub keys: Vec<(String, String)>,
}

/// The keys as they are before the reader binds any, for the manual page.
#[must_use]
pub fn key_groups() -> Vec<KeyGroup> {
    let group = |group: &BindingGroup| KeyGroup {
        title: group.title.to_owned(),
        keys: group
            .bindings
            .iter()
            .map(|binding| (binding.keys.clone(), binding.words.clone()))
            .collect(),
    };
    Keymap::standard().groups.iter().map(group).collect()
}

#[cfg(test)]
mod tests;
