//! Why the system refused something, in words for who reads papers.

use std::fmt;
use std::io::{self, ErrorKind};

/// An error of the system as it is told: without its number, and in the nouns of the manual.
#[derive(Debug, Clone, Copy)]
pub struct SystemReason<'a>(pub &'a io::Error);

impl fmt::Display for SystemReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a part of opcit has to say is in words already.
        if self.0.get_ref().is_some() {
            return write!(f, "{}", self.0);
        }
        f.write_str(match self.0.kind() {
            ErrorKind::NotFound => "there is no such file or folder",
            ErrorKind::PermissionDenied => "permission denied",
            ErrorKind::AlreadyExists => "there is such a file already",
            ErrorKind::NotADirectory => "what should be a folder is a file",
            ErrorKind::IsADirectory => "it is a folder",
            ErrorKind::ReadOnlyFilesystem => "the disk cannot be written to",
            ErrorKind::StorageFull => "the disk is full",
            ErrorKind::QuotaExceeded => "your share of the disk is full",
            ErrorKind::InvalidData => "it is no text in UTF-8",
            ErrorKind::FileTooLarge => "the file would be too large",
            _ => {
                let words = self.0.to_string();
                let number = words.find(" (os error ");
                let words = words.get(..number.unwrap_or(words.len()));
                return f.write_str(words.unwrap_or_default());
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: &io::Error, expected: &str) {
        assert_eq!(SystemReason(error).to_string(), expected);
    }

    #[test]
    fn an_error_of_the_system_is_told_without_its_number() {
        let (no_such_file, broken_disk, full_disk) = (2, 5, 28);
        let system = io::Error::from_raw_os_error;
        check(&system(no_such_file), "there is no such file or folder");
        check(&system(full_disk), "the disk is full");
        check(&ErrorKind::StorageFull.into(), "the disk is full");
        let other = SystemReason(&system(broken_disk)).to_string();
        assert!(!other.is_empty() && !other.contains("os error"), "{other}");
    }

    #[test]
    fn what_a_part_of_opcit_says_stays() {
        let error = io::Error::new(ErrorKind::NotFound, "reading the paper broke off");
        check(&error, "reading the paper broke off");
    }
}
