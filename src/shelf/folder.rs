//! Where the reader's things are kept: the one file that knows the home folder.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

/// What names another folder than the usual one.
pub const FOLDER_VARIABLE: &str = "OPCIT_DATA_DIR";

/// The folder to keep bookmarks in: the one given, else the one that `OPCIT_DATA_DIR` names, else
/// the system's folder for such data. None if there is no home folder. Makes no folder.
#[must_use]
pub fn folder(given: Option<PathBuf>) -> Option<PathBuf> {
    chosen(
        given,
        env::var_os(FOLDER_VARIABLE).map(PathBuf::from),
        usual,
    )
}

/// What names another configuration file than the usual one.
pub const CONFIG_VARIABLE: &str = "OPCIT_CONFIG";

/// The configuration file: the one given, else the one that `OPCIT_CONFIG` names, else
/// `config.toml` in the system's folder for such files. It need not exist.
#[must_use]
pub fn config_file(given: Option<PathBuf>) -> Option<PathBuf> {
    chosen(
        given,
        env::var_os(CONFIG_VARIABLE).map(PathBuf::from),
        || {
            let project = ProjectDirs::from("", "", "opcit")?;
            Some(project.config_dir().join("config.toml"))
        },
    )
}

/// What names another folder for the cache than the usual one.
pub const CACHE_VARIABLE: &str = "OPCIT_CACHE_DIR";

/// The folder for what can be made anew: the one that `OPCIT_CACHE_DIR` names, else the system's
/// folder for such files. None if there is no home folder. Makes no folder.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    chosen(None, env::var_os(CACHE_VARIABLE).map(PathBuf::from), || {
        let project = ProjectDirs::from("", "", "opcit")?;
        Some(project.cache_dir().to_owned())
    })
}

/// A path as others may see it: with `~` in place of the home folder, whose name is the user's.
#[must_use]
pub fn with_short_home(path: &Path) -> String {
    let home = BaseDirs::new();
    let inner = home
        .as_ref()
        .and_then(|home| path.strip_prefix(home.home_dir()).ok());
    match inner {
        Some(inner) => format!("~/{}", inner.display()),
        None => path.display().to_string(),
    }
}

/// The path that is meant by one with `~` in place of the home folder.
#[must_use]
pub fn from_short_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(inner), Some(home)) => home.home_dir().join(inner),
        _ => path.to_owned(),
    }
}

/// Whether files can be made in a folder.
///
/// # Errors
///
/// Why they cannot.
pub fn is_writable(folder: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder).map(drop)
}

/// Where something may be written that can be written nowhere else.
pub(super) fn of_last_resort() -> Vec<PathBuf> {
    let mut folders = vec![env::temp_dir()];
    folders.extend(env::current_dir());
    folders
}

fn chosen(
    given: Option<PathBuf>,
    named: Option<PathBuf>,
    usual: impl Fn() -> Option<PathBuf>,
) -> Option<PathBuf> {
    let is_some_path = |path: &PathBuf| !path.as_os_str().is_empty();
    let folder = given.or(named.filter(is_some_path)).or_else(usual)?;
    // The program may be told to work elsewhere later on; the folder stays.
    Some(std::path::absolute(&folder).unwrap_or(folder))
}

fn usual() -> Option<PathBuf> {
    let project = ProjectDirs::from("", "", "opcit")?;
    Some(project.data_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: Option<&str>, named: Option<&str>, home: Option<&str>, folder: Option<&str>) {
        let found = chosen(given.map(PathBuf::from), named.map(PathBuf::from), || {
            home.map(PathBuf::from)
        });
        assert_eq!(found, folder.map(PathBuf::from));
    }

    #[test]
    fn a_given_folder_goes_before_a_named_one_and_that_before_the_usual_one() {
        check(
            Some("/given"),
            Some("/named"),
            Some("/home"),
            Some("/given"),
        );
        check(None, Some("/named"), Some("/home"), Some("/named"));
        check(None, None, Some("/home"), Some("/home"));
    }

    #[test]
    fn an_empty_name_is_no_name_and_no_home_is_no_folder() {
        check(None, Some(""), Some("/home"), Some("/home"));
        check(None, Some(""), None, None);
    }
}
