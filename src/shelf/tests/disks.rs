//! A disk that fails, or whose program dies, at a step that the test chooses.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

use crate::shelf::disk::{Disk, LocalDisk, Lock, Stamp};

/// What happens at the chosen step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// The step fails; the next ones do not.
    Fail(io::ErrorKind),
    /// The step fails, and so does the next one.
    FailTwice(io::ErrorKind),
    /// The step fails, and so does each after it.
    FailFromThere(io::ErrorKind),
    /// The program is gone before the step: what it does afterwards does not happen. A write gets
    /// half its bytes onto the disk.
    Die,
}

#[derive(Debug, Default)]
pub(super) struct FailingDisk {
    script: Mutex<Script>,
}

#[derive(Debug, Default)]
struct Script {
    fate: Option<(usize, Fate)>,
    steps: Vec<Step>,
}

/// A step as it was taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Read,
    MakeFolder,
    Lock,
    Create(PathBuf),
    Write(PathBuf),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    SyncFolder(PathBuf),
    Remove,
}

impl FailingDisk {
    /// From the next step on, that step being number 0.
    pub(super) fn plan(&self, number: usize, fate: Fate) {
        let mut script = self.script.lock().unwrap();
        script.steps.clear();
        script.fate = Some((number, fate));
    }

    pub(super) fn mend(&self) {
        self.script.lock().unwrap().fate = None;
    }

    /// The steps taken or tried since the last call.
    pub(super) fn take_steps(&self) -> Vec<Step> {
        std::mem::take(&mut self.script.lock().unwrap().steps)
    }

    /// Takes down the step; an error if it is to fail.
    fn step(&self, step: Step) -> io::Result<()> {
        let mut script = self.script.lock().unwrap();
        let number = script.steps.len();
        script.steps.push(step);
        match script.fate {
            Some((chosen, Fate::Fail(kind))) if number == chosen => Err(kind.into()),
            Some((chosen, Fate::FailTwice(kind))) if [chosen, chosen + 1].contains(&number) => {
                Err(kind.into())
            }
            Some((chosen, Fate::FailFromThere(kind))) if number >= chosen => Err(kind.into()),
            Some((chosen, Fate::Die)) if number >= chosen => Err(io::Error::other("dead")),
            _ => Ok(()),
        }
    }

    fn is_dying_now(&self) -> bool {
        let script = self.script.lock().unwrap();
        let last = script.steps.len() - 1;
        script.fate == Some((last, Fate::Die))
    }

    fn may_die(&self) -> bool {
        let script = self.script.lock().unwrap();
        script.fate.is_some_and(|(_, fate)| fate == Fate::Die)
    }
}

impl Disk for FailingDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step(Step::Read)?;
        LocalDisk::new().read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        self.step(Step::Read)?;
        LocalDisk::new().stamp(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step(Step::Read)?;
        LocalDisk::new().list(folder)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.step(Step::Read)?;
        LocalDisk::new().read_link(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(Step::MakeFolder)?;
        LocalDisk::new().make_folder(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        self.step(Step::Lock)?;
        LocalDisk::new().lock(path)
    }

    fn create(&self, folder: &Path, name: (&str, &str)) -> io::Result<NamedTempFile> {
        self.step(Step::Create(folder.to_owned()))?;
        let mut file = LocalDisk::new().create(folder, name)?;
        // The dead tidy nothing up.
        file.disable_cleanup(self.may_die());
        Ok(file)
    }

    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
        let taken = self.step(Step::Write(file.path().to_owned()));
        if self.is_dying_now() {
            LocalDisk::new().write(file, &bytes[..bytes.len() / 2])?;
        }
        taken?;
        LocalDisk::new().write(file, bytes)
    }

    fn sync(&self, file: &NamedTempFile) -> io::Result<()> {
        self.step(Step::Sync(file.path().to_owned()))?;
        LocalDisk::new().sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Rename(from.to_owned(), to.to_owned()))?;
        LocalDisk::new().rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(Step::SyncFolder(folder.to_owned()))?;
        LocalDisk::new().sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Step::Remove)?;
        LocalDisk::new().remove(path)
    }
}
