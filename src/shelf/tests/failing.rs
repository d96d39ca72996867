//! Every step of a save made to fail, and the program killed at every one.

use std::io::ErrorKind;

use super::disks::{FailingDisk, Fate, Step};
use super::*;
use crate::paper::Passage;

const FIRST: &str = "We asked forty readers what they keep.";
const SECOND: &str = "Nobody keeps a line number for long.";
const THIRD: &str = "Some keep nothing at all.";

/// What the disk can say of itself.
const ERRORS: [ErrorKind; 5] = [
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::PermissionDenied,
    ErrorKind::Other,
];

/// A file in some state, whose next save is to be tried.
#[derive(Clone, Copy, Debug)]
enum Before {
    Nothing,
    OneBookmark,
    DamagedLine,
    Leftover,
}

const STATES: [Before; 4] = [
    Before::Nothing,
    Before::OneBookmark,
    Before::DamagedLine,
    Before::Leftover,
];

impl Before {
    fn prepare(self, desk: &Desk) {
        if !matches!(self, Before::Nothing) {
            add(&mut desk.shelf(), FIRST);
        }
        match self {
            Before::DamagedLine => {
                let file = fs::read_to_string(desk.file()).unwrap();
                fs::write(desk.file(), file + "{\"kind\":\"bookm").unwrap();
            }
            Before::Leftover => fs::write(desk.path().join(".opcit-x.tmp"), "half").unwrap(),
            Before::Nothing | Before::OneBookmark => {}
        }
    }

    fn confirmed(self) -> Vec<&'static str> {
        match self {
            Before::Nothing => vec![],
            _ => vec![FIRST],
        }
    }
}

/// What is saved: each is a record of its own kind.
#[derive(Clone, Copy, Debug)]
enum Make {
    Bookmark,
    Highlight,
}

const MAKES: [Make; 2] = [Make::Bookmark, Make::Highlight];

impl Make {
    fn on(self, shelf: &mut Shelf, words: &str) -> Result<AnnotationId, Failure> {
        let start = at(shelf, words);
        match self {
            Make::Bookmark => shelf.add(start),
            Make::Highlight => {
                let end = shelf.text().place_of(start) + words.len();
                let end = shelf.text().position_of(end);
                shelf.highlight(Passage { start, end }, HighlightKind::Quote)
            }
        }
    }
}

/// The labels of bookmarks and highlights; marks have none.
fn labels(shelf: &Shelf) -> Vec<&str> {
    let all = shelf.annotations().iter();
    all.filter(|annotation| !matches!(annotation.kind, AnnotationKind::Mark(_)))
        .map(|annotation| annotation.label.as_str())
        .collect()
}

/// How many steps saving one bookmark takes, from each state.
fn steps(before: Before) -> Vec<Step> {
    let desk = Desk::new();
    before.prepare(&desk);
    let disk = Arc::new(FailingDisk::default());
    let mut shelf = shelf(&desk.library_on(disk.clone()));
    disk.take_steps();
    add(&mut shelf, SECOND);
    disk.take_steps()
}

/// Makes a second annotation on a disk that fails, and holds the shelf to what it says.
fn check_failing(make: Make, before: Before, number: usize, fate: Fate) {
    let desk = Desk::new();
    before.prepare(&desk);
    let disk = Arc::new(FailingDisk::default());
    let mut shelf = shelf(&desk.library_on(disk.clone()));
    disk.plan(number, fate);
    let result = make.on(&mut shelf, SECOND);
    let steps = disk.take_steps();
    let on_disk = desk.shelf();
    let case = format!("{make:?}, {before:?}, step {number}, {fate:?}: {result:?}");
    for confirmed in before.confirmed() {
        assert!(labels(&on_disk).contains(&confirmed), "lost: {case}");
    }
    assert_eq!(
        labels(&on_disk).contains(&SECOND),
        result.is_ok() || is_in_place(&steps, &desk.file()),
        "{case}"
    );
    assert!(labels(&shelf).contains(&SECOND), "not in hand: {case}");
    assert_eq!(shelf.unsaved().is_empty(), result.is_ok(), "silent: {case}");

    disk.mend();
    shelf.retry().unwrap();
    assert_eq!(labels(&desk.shelf()), labels(&shelf), "{case}");
    assert_eq!(shelf.unsaved(), [""; 0], "{case}");
}

/// Whether the new file was put in place, though perhaps not so that it lasts.
fn is_in_place(steps: &[Step], file: &Path) -> bool {
    let mut pairs = steps.iter().zip(steps.iter().skip(1));
    pairs.any(|pair| matches!(pair, (Step::Rename(_, to), Step::SyncFolder(_)) if to == file))
}

#[test]
fn an_error_at_any_step_destroys_nothing_and_is_not_silent() {
    let mut tried = 0;
    for before in STATES {
        for number in 0..steps(before).len() {
            for (make, kind) in MAKES
                .into_iter()
                .flat_map(|make| ERRORS.map(|kind| (make, kind)))
            {
                check_failing(make, before, number, Fate::Fail(kind));
                check_failing(make, before, number, Fate::FailFromThere(kind));
                tried += 2;
            }
        }
    }
    println!("{tried} errors injected: 0 destroyed, 0 silent");
    assert!(tried > 800, "only {tried} points");
}

#[test]
fn a_step_that_a_signal_broke_off_is_taken_again() {
    for before in STATES {
        for number in 0..steps(before).len() {
            let desk = Desk::new();
            before.prepare(&desk);
            let disk = Arc::new(FailingDisk::default());
            let mut shelf = shelf(&desk.library_on(disk.clone()));
            disk.plan(number, Fate::Fail(ErrorKind::Interrupted));
            add(&mut shelf, SECOND);
            assert!(
                labels(&desk.shelf()).contains(&SECOND),
                "{before:?}, step {number}"
            );
        }
    }
}

#[test]
fn a_kill_at_any_step_loses_nothing_that_was_confirmed() {
    let mut tried = 0;
    for before in STATES {
        for number in 0..steps(before).len() {
            let desk = Desk::new();
            before.prepare(&desk);
            let disk = Arc::new(FailingDisk::default());
            let mut killed = shelf(&desk.library_on(disk.clone()));
            disk.plan(number, Fate::Die);
            let result = MAKES[number % 2].on(&mut killed, SECOND);
            drop(killed);
            let case = format!("{before:?}, killed before step {number}: {result:?}");

            let mut next = desk.shelf();
            let notices = next.take_notices();
            let was_damaged = matches!(before, Before::DamagedLine);
            assert!(notices.is_empty() || was_damaged, "{case}: {notices:?}");
            let there = labels(&next);
            assert!(
                before.confirmed().iter().all(|label| there.contains(label)),
                "{case}"
            );
            assert!(result.is_err() || there.contains(&SECOND), "{case}");

            add(&mut next, THIRD);
            assert!(labels(&desk.shelf()).contains(&THIRD), "{case}");
            let names = desk.names();
            assert!(
                !names.iter().any(|name| name.ends_with(".tmp")),
                "{case}: {names:?}"
            );
            tried += 1;
        }
    }
    println!("{tried} kill points: 0 lost, 0 unreadable");
    assert!(tried > 40, "only {tried} points");
}

#[test]
fn a_file_is_written_synced_renamed_and_its_folder_synced_in_that_order() {
    for before in STATES {
        let steps = steps(before);
        let renames = steps
            .iter()
            .enumerate()
            .filter_map(|(index, step)| match step {
                Step::Rename(from, to) => Some((index, from, to)),
                _ => None,
            });
        let mut seen = 0;
        for (index, from, to) in renames {
            let (earlier, later) = steps.split_at(index);
            let [.., Step::Write(written), Step::Sync(synced)] = earlier else {
                panic!("{before:?}: {steps:?}");
            };
            assert_eq!((written, synced), (from, from));
            let folder = to.parent().unwrap().to_owned();
            assert_eq!(later.get(1), Some(&Step::SyncFolder(folder)), "{before:?}");
            seen += 1;
        }
        let expected = if matches!(before, Before::DamagedLine) {
            2
        } else {
            1
        };
        assert_eq!(seen, expected, "{before:?}: {steps:?}");
        let lock = steps.iter().position(|step| *step == Step::Lock);
        let create = steps
            .iter()
            .position(|step| matches!(step, Step::Create(_)));
        assert!(lock.is_some() && lock < create, "{before:?}: {steps:?}");
    }
}

#[test]
fn several_changes_that_could_not_be_saved_are_told_and_saved_together() {
    let desk = Desk::new();
    let disk = Arc::new(FailingDisk::default());
    let mut shelf = shelf(&desk.library_on(disk.clone()));
    disk.plan(0, Fate::FailFromThere(ErrorKind::StorageFull));
    let failure = shelf.add(at(&shelf, FIRST)).unwrap_err().to_string();
    assert!(failure.contains("free some space"), "{failure}");
    shelf.set_place(at(&shelf, SECOND), 0.5).unwrap_err();
    shelf
        .set_mark(MarkLetter::new('a').unwrap(), at(&shelf, THIRD))
        .unwrap_err();
    assert_eq!(
        shelf.unsaved(),
        [
            &format!("the bookmark “{FIRST}”"),
            "the mark a",
            "the reading place"
        ]
    );
    disk.mend();
    shelf.retry().unwrap();
    let again = desk.shelf();
    assert_eq!(labels(&again), [FIRST]);
    assert!(again.place().is_some() && again.marks().len() == 1);
}

#[test]
fn what_could_not_be_saved_is_kept_when_the_text_is_read_again() {
    let desk = Desk::new();
    let disk = Arc::new(FailingDisk::default());
    let mut shelf = shelf(&desk.library_on(disk.clone()));
    disk.plan(0, Fate::FailFromThere(ErrorKind::StorageFull));
    let start = at(&shelf, SECOND);
    shelf.add(start).unwrap_err();
    let changed = paper(&format!("Something new.\n\n{PAPER}"));
    let text = Arc::new(AnchorText::new(&changed));
    shelf.show(&changed, &text, &Origin::Elsewhere);
    assert_eq!(labels(&shelf), [SECOND]);
    assert_eq!(shelf.unsaved().len(), 1);
    disk.mend();
    shelf.retry().unwrap();
    assert_eq!(labels(&desk.shelf()), [SECOND]);
}

#[test]
fn what_cannot_be_saved_is_written_elsewhere_and_can_be_imported() {
    let desk = Desk::new();
    // A folder below a file: denied to everyone, root as well.
    fs::write(desk.path().join("file"), "").unwrap();
    let mut stuck = shelf(&Library::new(Some(desk.path().join("file/folder"))));
    let failure = stuck.add(at(&stuck, FIRST)).unwrap_err().to_string();
    assert!(failure.contains("OPCIT_DATA_DIR"), "{failure}");
    let mark = MarkLetter::new('a').unwrap();
    stuck.set_mark(mark, at(&stuck, SECOND)).unwrap_err();
    let rescued = stuck.rescue().unwrap();
    let mut shelf = desk.shelf();
    let imported = import(&mut shelf, &fs::read_to_string(&rescued).unwrap()).unwrap();
    fs::remove_file(rescued).unwrap();
    assert_eq!((imported.added, labels(&shelf)), (1, vec![FIRST]));
    assert_eq!((imported.marks, shelf.mark(mark).is_some()), (1, true));
    assert_eq!(desk.shelf().marks().len(), 1);
}

#[test]
fn without_a_home_everything_works_but_saving() {
    let mut shelf = shelf(&Library::new(None));
    assert_eq!(shelf.take_notices(), [ShelfNotice::NoFolder]);
    let failure = shelf.add(at(&shelf, FIRST)).unwrap_err();
    assert!(matches!(failure, Failure::NoFolder));
    assert_eq!(labels(&shelf), [FIRST]);
    assert_eq!(shelf.unsaved().len(), 1);
}

#[test]
fn what_cannot_be_forgotten_whole_is_kept_whole() {
    for number in 0.. {
        let desk = Desk::new();
        add(&mut desk.shelf(), FIRST);
        let copy = desk.file().with_extension("sync-conflict.jsonl");
        fs::copy(desk.file(), copy).unwrap();
        let files = |desk: &Desk| {
            let mut names = desk.names();
            names.retain(|name| name.ends_with(".jsonl"));
            names
        };
        let before = files(&desk);
        assert_eq!(before.len(), 2);
        let disk = Arc::new(FailingDisk::default());
        let library = desk.library_on(disk.clone());
        let (papers, _) = library.papers();
        disk.plan(number, Fate::Fail(ErrorKind::PermissionDenied));
        let forgotten = library.forget(&papers[0].paper);
        let is_over = disk.take_steps().len() <= number;
        match forgotten {
            Ok(_) => assert!(files(&desk).is_empty(), "step {number}"),
            Err(_) => assert_eq!(files(&desk), before, "step {number}"),
        }
        if is_over {
            return;
        }
    }
}

#[test]
fn what_could_not_be_moved_back_is_told() {
    let desk = Desk::new();
    add(&mut desk.shelf(), FIRST);
    let copy = desk.file().with_extension("sync-conflict.jsonl");
    fs::copy(desk.file(), copy).unwrap();
    let disk = Arc::new(FailingDisk::default());
    let library = desk.library_on(disk.clone());
    let (papers, _) = library.papers();
    disk.plan(usize::MAX, Fate::Fail(ErrorKind::Other));
    library.forget(&papers[0].paper).unwrap();
    let steps = disk.take_steps();
    let is_move = |step: &Step| matches!(step, Step::Rename(..));
    let last = steps.iter().rposition(is_move).unwrap();
    for entry in fs::read_dir(desk.path().join("forgotten")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (_, name) = name.split_once('-').unwrap();
        fs::rename(&path, desk.path().join(name)).unwrap();
    }
    disk.plan(last, Fate::FailFromThere(ErrorKind::Other));
    let failure = library.forget(&papers[0].paper).unwrap_err();
    assert!(
        failure.to_string().contains("cannot move back"),
        "{failure}"
    );
}

#[test]
fn what_can_be_moved_back_is_though_something_else_cannot() {
    let is_kept = |name: &String| name.ends_with(".jsonl");
    let forget = |chosen: usize| {
        let desk = Desk::new();
        add(&mut desk.shelf(), FIRST);
        for copy in ["copy-a.jsonl", "copy-b.jsonl"] {
            fs::copy(desk.file(), desk.file().with_extension(copy)).unwrap();
        }
        let disk = Arc::new(FailingDisk::default());
        let library = desk.library_on(disk.clone());
        let (papers, _) = library.papers();
        disk.plan(chosen, Fate::FailTwice(ErrorKind::Other));
        let forgotten = library.forget(&papers[0].paper);
        let left = desk.names().into_iter().filter(is_kept).count();
        (forgotten, left, disk.take_steps())
    };
    let (_, left, steps) = forget(usize::MAX - 1);
    assert_eq!(left, 0);
    let is_move = |step: &Step| matches!(step, Step::Rename(..));
    // The move of the paper's own file fails, and then that of the second copy back.
    let (forgotten, left, _) = forget(steps.iter().rposition(is_move).unwrap());
    let failure = forgotten.unwrap_err().to_string();
    assert!(failure.contains("cannot move back"), "{failure}");
    assert_eq!(left, 2);
}
