//! Authors that a file names and that are nobody's name: what a system calls its user, and what
//! programs write where they know none.

/// In lower case. Systems name their first user so in the language that they are set up in, and
/// makers of computers after themselves.
const ACCOUNTS: [&str; 58] = [
    "acer",
    "admin",
    "admin_user",
    "administrador",
    "administrateur",
    "administrator",
    "amministratore",
    "apache poi",
    "asus",
    "author",
    "autor",
    "auteur",
    "benutzer",
    "compaq",
    "customer",
    "dell",
    "default",
    "default user",
    "docx4j",
    "equipo",
    "gebruiker",
    "guest",
    "home",
    "hp",
    "hp inc.",
    "ibm",
    "lenovo",
    "lenovo user",
    "microsoft",
    "microsoft office",
    "microsoft office user",
    "microsoft user",
    "none",
    "null",
    "office",
    "office user",
    "owner",
    "packard bell",
    "pc",
    "preferred customer",
    "python-docx",
    "root",
    "samsung",
    "sony",
    "student",
    "terminal server users",
    "toshiba",
    "undefined",
    "unbekannt",
    "unknown",
    "unknown author",
    "user",
    "user name",
    "username",
    "usuario",
    "utente",
    "utilisateur",
    "windows user",
];

/// The same in other scripts and spellings, and with a number, as in `User1` or `Administrator 2`.
const ACCOUNTS_ELSEWHERE: [&str; 12] = [
    "käyttäjä",
    "usuário",
    "użytkownik",
    "администратор",
    "пользователь",
    "пк",
    "χρήστης",
    "用户",
    "使用者",
    "ユーザー",
    "未知",
    "사용자",
];

/// Whether a name is an account that any computer has, or stands for one that is not known.
pub(super) fn is_account(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let bare = lower.trim_end_matches(|char: char| {
        char.is_ascii_digit() || char.is_whitespace() || matches!(char, '-' | '_' | '.')
    });
    let is_known = |name: &str| ACCOUNTS.contains(&name) || ACCOUNTS_ELSEWHERE.contains(&name);
    !lower.chars().any(char::is_alphanumeric) || is_known(&lower) || is_known(bare)
}

/// Whether a name is one that somebody logs in with, such as `jdoe` or `v-doe2`: a single word of
/// Latin letters without a capital. Word processors take that for the author of a file by
/// themselves; on the web somebody may be called so.
pub(super) fn is_login(name: &str) -> bool {
    let name = name.trim();
    let is_word = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'\\'));
    is_word && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_told_from_names() {
        for name in [
            "user",
            "User",
            "USER2",
            "Administrator",
            "Microsoft Office User",
            "Benutzer",
            "HP",
            "Пользователь",
            "Unknown",
            ". .",
            "-",
        ] {
            assert!(is_account(name), "{name}");
        }
        for name in [
            "Ada Author",
            "Plato",
            "Adele Userman",
            "Root, Elihu",
            "Guest, Ann",
            "吳麗招",
        ] {
            assert!(!is_account(name), "{name}");
        }
    }

    #[test]
    fn logins_are_told_from_names() {
        for name in ["jdoe", "v-doe", "doe2", r"corp\jdoe", "j.doe"] {
            assert!(is_login(name), "{name}");
        }
        for name in ["bell hooks", "Plato", "JDoe", "élodie", "吳麗招"] {
            assert!(!is_login(name), "{name}");
        }
    }
}
