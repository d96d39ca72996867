//! The configuration file as it is when nothing is set.

use textwrap::{Options, WordSplitter};

use super::setting::SETTINGS;
use crate::reader::keys::keymap::{Context, Keymap, Preset, command_name};
use crate::reader::theme::{Theme, ThemeRole, style_text};

/// Columns that a comment may have.
const COMMENT_COLUMNS: usize = 78;

const HEAD: &str = "\
The configuration of opcit. Each setting stands at its default, commented out: \
take the # away in front of those that you change. Every line may be left out.";

const COLOURS: &str = "\
What looks otherwise than in the theme. A style is a colour, \"on\" and the colour behind it, \"under\" and the colour of the line under it, and \
attributes: bold, dim, italic, underlined, reversed, struck. A colour is a name (black, red, green, \
yellow, blue, magenta, cyan, grey, white, dark-grey, light-red and so on, default), a number from \
0 to 255, or \"#rrggbb\".";

const KEYS: &str = "\
Keys. A preset is where they begin: \"default\", \"less\" or \"vim\".";

const CONTEXTS: &str = "\
In each context, a key has the name of a command, or \"none\". Keys that follow each other are \
written together, as \"gg\", and those with a name in angle brackets, as \"<Space>n\". A key that \
is bound does no more what it did; a key that no terminal sends, and the last one that leads out, \
cannot be bound.";

const COMMANDS: &str = "\
Commands of your own: programs that keys run, once they are bound to the command's name above, or \
that : runs by that name. \"run\" is the program and its arguments; no shell is asked. An argument \
{text} is what it is given, which is else on its standard input; \"--\" before it keeps a program \
from reading a text that begins with - as an option. {file} is the paper's file and \
{line}, also within an argument, the line of it that the paragraph is on. \"input\" says what it is \
given: \"selection\" (else the paragraph), \"paragraph\", \"note\", \"source\" or \"nothing\". With \
\"show\" = false nothing that it writes is shown.";

const COMMANDS_EXAMPLE: &str = "\
#[commands.dictionary]
#run = [\"dict\", \"--\", \"{text}\"]
#input = \"selection\"
#show = true
";

/// Every setting with its default, and what it is.
pub(super) fn file() -> String {
    let mut text = String::new();
    comment(&mut text, HEAD);
    for setting in SETTINGS {
        text.push('\n');
        comment(&mut text, setting.about);
        text.push_str(&format!("#{} = {}\n", setting.name, setting.default));
    }
    text.push('\n');
    comment(&mut text, COLOURS);
    text.push_str("[colours]\n");
    let theme = Theme::default();
    for (name, role, about) in ThemeRole::ALL {
        let style = style_text(theme.style(role));
        text.push_str(&format!("#{name} = \"{style}\"  # {about}\n"));
    }
    text.push('\n');
    keys(&mut text);
    text.push('\n');
    comment(&mut text, COMMANDS);
    text.push_str(COMMANDS_EXAMPLE);
    text
}

fn keys(text: &mut String) {
    comment(text, KEYS);
    let (preset, _) = Preset::ALL[0];
    text.push_str(&format!("[keys]\n#preset = \"{preset}\"\n\n"));
    comment(text, CONTEXTS);
    let keymap = Keymap::standard();
    for (index, (name, context)) in Context::ALL.into_iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        text.push_str(&format!("{gap}[keys.{name}]\n"));
        for binding in keymap.bindings(context) {
            let command = command_name(&binding.action).unwrap_or_default();
            for sequence in &binding.sequences {
                let keys = sequence
                    .to_string()
                    .replace('\\', "\\\\")
                    .replace('"', "\\\"");
                text.push_str(&format!("#\"{keys}\" = \"{command}\"\n"));
            }
        }
    }
}

fn comment(text: &mut String, about: &str) {
    // What is in quotation marks is not to be broken at its hyphens.
    let options = Options::new(COMMENT_COLUMNS).word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(about, options) {
        text.push_str(&format!("# {line}\n"));
    }
}
