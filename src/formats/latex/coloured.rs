//! Code that a program has coloured: what is left of it without the commands for colours.

use super::signs;

/// Whether the environment has commands among its code, by its name and what is said in brackets.
pub(super) fn is_coloured(name: &str, options: &str) -> bool {
    name == "Highlighting" || options.contains(r"commandchars=\\\{\}")
}

/// The code without its commands: Pandoc's, such as `\KeywordTok{def}`, and those of Pygments,
/// such as `\PY{k}{def}`.
pub(super) fn bare(code: &str) -> String {
    let mut bare = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        bare.push_str(before);
        // A bare brace is a group's.
        let Some(command) = after.strip_prefix('\\') else {
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        let end = command.find(|char: char| !char.is_ascii_alphabetic());
        let (name, behind) = command
            .split_at_checked(end.unwrap_or(command.len()))
            .unwrap_or((command, ""));
        if name.is_empty() {
            // A sign that would be a command's is escaped.
            let sign = behind.chars().next();
            bare.extend(sign);
            rest = behind
                .get(sign.map_or(0, char::len_utf8)..)
                .unwrap_or_default();
            continue;
        }
        rest = behind.strip_prefix("{}").unwrap_or(behind);
        if name == "PY" {
            // The first argument is the kind of token.
            rest = behind.split_once('}').map_or(behind, |(_, rest)| rest);
        } else if let Some(sign) = pygments_sign(name).or_else(|| signs::sign(name)) {
            bare.push_str(sign);
        }
    }
    bare.push_str(rest);
    bare
}

/// The sign that a command of Pygments stands for.
fn pygments_sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "PYZbs" => "\\",
        "PYZus" => "_",
        "PYZob" => "{",
        "PYZcb" => "}",
        "PYZca" => "^",
        "PYZam" => "&",
        "PYZlt" => "<",
        "PYZgt" => ">",
        "PYZsh" => "#",
        "PYZpc" => "%",
        "PYZdl" => "$",
        "PYZhy" => "-",
        "PYZsq" => "'",
        "PYZdq" => "\"",
        "PYZti" => "~",
        "PYZlb" => "[",
        "PYZrb" => "]",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_left_out_and_escaped_signs_are_what_they_stand_for() {
        assert_eq!(
            bare(
                r"\KeywordTok{fn}\NormalTok{ a() }\OperatorTok{\{{-}} \DecValTok{1}\textbackslash{}n\_\OperatorTok{\}}"
            ),
            r"fn a() {- 1\n_}",
        );
        assert_eq!(
            bare(r"\PY{k}{def} \PY{n+nf}{a\PYZus{}b}\PY{p}{(}\PY{p}{)}\PY{p}{:}"),
            "def a_b():",
        );
    }
}
