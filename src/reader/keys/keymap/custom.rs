//! Keys that the reader binds, and why some cannot be.

use std::fmt::Display;

use super::bindings::Binding;
use super::sequence::KeySequence;
use super::{Context, command};
use crate::reader::action::Action;
use crate::reader::keys::key::{Key, UnknownKey};
use crate::search::nearest;

/// What stands for a command where a key is to do nothing.
const NOTHING: &str = "none";

/// A wish that keys do something in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Custom {
    pub(crate) context: Context,
    /// The keys by their names, as in `gg` or `<Space>n`.
    pub(crate) keys: String,
    /// The command by its name, or `none`.
    pub(crate) command: String,
}

/// Why keys cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BindingRefusal {
    #[error("no key is called “{keys}”{}", perhaps_meant(.meant))]
    UnknownKey { keys: String, meant: Option<Key> },
    #[error("terminals send “{key}” as {instead}")]
    SentAsAnother { key: String, instead: &'static str },
    #[error("no terminal sends “{0}”")]
    NeverSent(String),
    #[error("“{0}” is typed as text there")]
    IsText(String),
    #[error("“{0}” begins a count")]
    IsCount(String),
    #[error("there is no command “{name}”{}", perhaps_meant(.nearest))]
    UnknownCommand {
        name: String,
        nearest: Option<&'static str>,
    },
    #[error("the command “{0}” means nothing there")]
    NotThere(String),
    #[error("“{keys}” cannot be bound beside “{other}”, which is bound above")]
    Conflict { keys: String, other: String },
    #[error("without “{0}” no key would lead out of there")]
    NoWayOut(String),
}

fn perhaps_meant(nearest: &Option<impl Display>) -> String {
    let nearest = nearest.as_ref();
    nearest.map_or_else(String::new, |name| format!("; “{name}” is meant, perhaps"))
}

/// Binds keys as wished. What they did before, and what began with them, they do no more; but
/// `own`, which the reader has bound already, stays.
pub(super) fn apply(
    bindings: &mut [Binding],
    custom: &Custom,
    own: &[Custom],
) -> Result<(), BindingRefusal> {
    let sequence = checked_keys(custom)?;
    let to = match custom.command.as_str() {
        NOTHING => None,
        name => Some(index_of(bindings, custom.context, name)?),
    };
    for other in own
        .iter()
        .filter(|other| are_together(other.context, custom.context))
    {
        let is_in_conflict = other
            .keys
            .parse()
            .is_ok_and(|other: KeySequence| excludes(&sequence, &other));
        if is_in_conflict {
            let (keys, other) = (custom.keys.clone(), other.keys.clone());
            return Err(BindingRefusal::Conflict { keys, other });
        }
    }
    let before: Vec<Vec<KeySequence>> = bindings.iter().map(|it| it.sequences.clone()).collect();
    for binding in bindings
        .iter_mut()
        .filter(|it| are_together(it.context, custom.context))
    {
        binding
            .sequences
            .retain(|other| !excludes(&sequence, other));
    }
    if let Some(binding) = to.and_then(|index| bindings.get_mut(index)) {
        binding.sequences.insert(0, sequence);
    }
    let has_way_out = Context::ALL
        .iter()
        .all(|(_, context)| leads_out(bindings, *context));
    if !has_way_out {
        for (binding, sequences) in bindings.iter_mut().zip(before) {
            binding.sequences = sequences;
        }
        return Err(BindingRefusal::NoWayOut(custom.keys.clone()));
    }
    Ok(())
}

/// Whether keys of one context are heard in the other.
fn are_together(a: Context, b: Context) -> bool {
    a == b || a == Context::Anywhere || b == Context::Anywhere
}

/// Whether two sequences cannot both be bound: nobody waits for the rest of the longer one.
fn excludes(a: &KeySequence, b: &KeySequence) -> bool {
    a == b || a.is_prefix_of(b) || b.is_prefix_of(a)
}

fn checked_keys(custom: &Custom) -> Result<KeySequence, BindingRefusal> {
    let name = &custom.keys;
    let sequence: KeySequence = name.parse().map_err(|UnknownKey { meant, .. }| {
        let keys = name.clone();
        BindingRefusal::UnknownKey { keys, meant }
    })?;
    for key in sequence.keys() {
        if let Key::Ctrl(letter) = key {
            let instead = match letter {
                'i' => Some("Tab"),
                'm' => Some("Enter"),
                'h' => Some("Backspace"),
                '[' => Some("Esc"),
                '6' => Some("Ctrl-^"),
                _ => None,
            };
            let key = key.to_string();
            if let Some(instead) = instead {
                return Err(BindingRefusal::SentAsAnother { key, instead });
            }
            if !letter.is_ascii_lowercase() && *letter != '^' {
                return Err(BindingRefusal::NeverSent(key));
            }
        }
    }
    if let Some(Key::Char(first)) = sequence.keys().first() {
        let takes_any = custom.context.takes_text()
            || matches!(custom.context, Context::Letter | Context::Anywhere);
        if takes_any {
            return Err(BindingRefusal::IsText(name.clone()));
        }
        let counts = matches!(
            custom.context,
            Context::Reading | Context::Selecting | Context::Note
        );
        if counts && first.is_ascii_digit() {
            return Err(BindingRefusal::IsCount(name.clone()));
        }
    }
    Ok(sequence)
}

/// The binding of a command in a context.
fn index_of(bindings: &[Binding], context: Context, name: &str) -> Result<usize, BindingRefusal> {
    let own = bindings.iter().position(|it| {
        let runs = matches!(&it.action, Action::Run(command) if command.name == name);
        it.context == context && runs
    });
    if let Some(index) = own {
        return Ok(index);
    }
    let Some(action) = command::action(name) else {
        return Err(BindingRefusal::UnknownCommand {
            name: name.to_owned(),
            nearest: nearest(name, command::names()),
        });
    };
    let index = bindings
        .iter()
        .position(|it| it.context == context && it.action == *action);
    index.ok_or_else(|| BindingRefusal::NotThere(name.to_owned()))
}

/// Whether a key leads out of a context.
fn leads_out(bindings: &[Binding], context: Context) -> bool {
    let mut leading = bindings.iter().filter(|binding| {
        let leads_out = matches!(binding.action, Action::Close | Action::Quit);
        binding.context == context && leads_out && !binding.sequences.is_empty()
    });
    context == Context::Anywhere
        || match context {
            // There Esc takes back what is chosen, and leads not out of the program.
            Context::Reading => leading.any(|binding| binding.action == Action::Quit),
            _ => leading.next().is_some(),
        }
}
