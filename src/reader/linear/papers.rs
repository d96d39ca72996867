//! Which papers are open to be read in lines, and where the reader is in each.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::{LineReader, Offered, spoken};
use crate::document::Document;
use crate::paper::{BlockId, Paper, Parsed, Position, RefusedMendings, clean};
use crate::reader::action::{LibraryPaper, OpenedPaper, PaperRequest};
use crate::reader::effect::{self, ReadPaper};
use crate::reader::watching::PaperFile;
use crate::reader::{PapersToOpen, StartPage};
use crate::search::{Match, place_named};
use crate::shelf::{Library, Opened, Origin, Shelf};

/// A paper that is open, and where the reader is in it.
#[derive(Debug)]
pub(super) struct LinePaper {
    pub(super) document: Arc<Document>,
    /// Its file, without links in its path.
    file: Option<PathBuf>,
    /// The block that was read last; none before the first.
    pub(super) at: Option<BlockId>,
    /// Where in it begins what was read last.
    pub(super) read_from: usize,
    /// Where in it that ends.
    pub(super) read_to: usize,
    /// How many of its notes have been read.
    pub(super) notes_read: usize,
    /// Where jumps began.
    pub(super) left: Vec<BlockId>,
    pub(super) matches: Vec<Match>,
    /// Which of the matches was read last, if nothing has been read since.
    pub(super) at_match: Option<usize>,
    place: PlaceKeeper,
}

/// What keeps the reading place of a paper.
#[derive(Debug, Default)]
struct PlaceKeeper {
    /// None where it is not known which of several papers it is, or nothing is open yet.
    shelf: Option<Box<Shelf>>,
    /// The place that was kept last.
    kept: Option<Position>,
    /// Whether the reader has come back to it and has not read on since.
    is_come_back_to: bool,
    /// Why the last place could not be kept.
    failure: Option<String>,
}

impl LinePaper {
    fn new(paper: OpenedPaper, library: &Library) -> Self {
        let document = paper.document;
        let opened = library.open_read(document.paper(), document.text(), document.origin());
        let shelf = match opened {
            Opened::Shelf(shelf) => Some(shelf),
            Opened::Ambiguous(_) => None,
        };
        let place = shelf.as_ref().and_then(|shelf| shelf.place());
        LinePaper {
            file: paper.file.map(|file| file.path),
            place: PlaceKeeper {
                kept: place.map(|place| place.position),
                shelf,
                ..PlaceKeeper::default()
            },
            ..LinePaper::blank(document)
        }
    }

    /// One that nothing is kept about.
    fn blank(document: Arc<Document>) -> Self {
        LinePaper {
            document,
            file: None,
            at: None,
            read_from: 0,
            read_to: 0,
            notes_read: 0,
            left: Vec::new(),
            matches: Vec::new(),
            at_match: None,
            place: PlaceKeeper::default(),
        }
    }

    /// Whether it is no paper at all, but what is there until one is chosen.
    fn is_blank(&self) -> bool {
        self.document.paper().blocks.is_empty()
    }

    /// What is kept of it, where it is known which paper it is.
    pub(super) fn shelf(&mut self) -> Option<&mut Shelf> {
        self.place.shelf.as_deref_mut()
    }

    /// Remembers where a jump begins.
    pub(super) fn leave(&mut self) {
        self.left.extend(self.at);
    }

    /// Goes to a block, the whole of which is read.
    pub(super) fn arrive(&mut self, block: BlockId) {
        let text = self.document.paper().block(block);
        self.at = Some(block);
        self.place.is_come_back_to = false;
        self.read_from = 0;
        self.read_to = text.map_or(0, |block| block.text.len());
        self.notes_read = 0;
        self.at_match = None;
    }

    /// Goes to a sentence of the block.
    pub(super) fn take_sentence(&mut self, range: Range<usize>) {
        self.place.is_come_back_to = false;
        self.read_from = range.start;
        self.read_to = range.end;
        self.at_match = None;
    }

    /// Keeps the place if it is another one. That nobody has gone on from the beginning is not worth
    /// a file.
    fn keep_place(&mut self) {
        let (Some(shelf), Some(block)) = (&mut self.place.shelf, self.at) else {
            return;
        };
        let paper = self.document.paper();
        let here = Position {
            block,
            offset: self.read_from,
        };
        let is_title = paper
            .blocks
            .iter()
            .take(block.0 + 1)
            .all(|block| !block.is_authors());
        let is_kept = self.place.is_come_back_to || self.place.kept == Some(here);
        if is_kept || (self.place.kept.is_none() && is_title) {
            return;
        }
        // Who only looks at a note among the others at the end has not read up to there.
        let read = if paper.is_among_notes(here) {
            0.0
        } else {
            read_share(paper, block, self.read_to)
        };
        self.place.kept = Some(here);
        let kept = shelf.set_place(here, read);
        self.place.failure = kept.err().map(|failure| failure.to_string());
    }
}

/// How much of the body has been read by an offset of one of its blocks, from 0 to 1.
fn read_share(paper: &Paper, block: BlockId, offset: usize) -> f64 {
    let is_read_whole = paper
        .block(block)
        .is_some_and(|block| offset >= block.text.len());
    let end = if is_read_whole {
        Position::start_of(BlockId(block.0 + 1))
    } else {
        Position { block, offset }
    };
    let body = paper.body_bytes().max(1);
    paper.bytes_before(end).min(body) as f64 / body as f64
}

/// The papers that are to be read in lines.
pub struct LinearPapers {
    pub(super) start: StartPage,
    /// The part of the first one that is gone to.
    part: Option<String>,
    /// The paper that is being read.
    pub(super) open: LinePaper,
    /// Those that were left, the one left last at the end.
    parked: Vec<LinePaper>,
    /// Files that were named and have not been read yet.
    unread: VecDeque<PathBuf>,
    library: Library,
    read: Box<ReadPaper>,
}

impl fmt::Debug for LinearPapers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut papers = f.debug_struct("LinearPapers");
        papers.field("open", &self.open);
        papers.finish_non_exhaustive()
    }
}

impl LinearPapers {
    /// Reads the first of the papers in with `load`, and the others when they are wanted. Where the
    /// reader stopped in each is kept in the library.
    ///
    /// # Errors
    /// When the first one cannot be read.
    pub fn open<E: fmt::Display>(
        library: Library,
        papers: PapersToOpen,
        load: impl Fn(&Origin, &RefusedMendings) -> Result<Document, E> + Send + Sync + 'static,
    ) -> Result<Self, E> {
        let open = match &papers.first {
            StartPage::Paper(origin) => {
                let document = load(origin, &RefusedMendings::default())?;
                let paper = OpenedPaper {
                    document: Arc::new(document),
                    file: PaperFile::from_origin(origin),
                    part: None,
                    found: None,
                    is_shown: true,
                };
                LinePaper::new(paper, &library)
            }
            StartPage::Library(_) | StartPage::Folder(_) => {
                let blank = Document::new(Parsed::default(), Origin::Elsewhere);
                LinePaper::blank(Arc::new(blank))
            }
        };
        let read = move |origin: &Origin, refused: &RefusedMendings| {
            load(origin, refused).map_err(|error| error.to_string())
        };
        Ok(LinearPapers {
            start: papers.first,
            part: papers.part,
            open,
            parked: Vec::new(),
            unread: papers.others.into(),
            library,
            read: Box::new(read),
        })
    }

    /// Reads another paper instead of the one that is open, which is left as it is.
    fn show(&mut self, paper: LinePaper) {
        let left = std::mem::replace(&mut self.open, paper);
        if !left.is_blank() {
            self.parked.push(left);
        }
    }
}

impl LineReader<'_> {
    pub(super) fn keep_place(&mut self) {
        self.open().keep_place();
    }

    /// Goes to the part that was asked for, else to where the reader stopped.
    pub(super) fn come_back(&mut self) -> io::Result<()> {
        if let Some(part) = self.papers.part.take() {
            return self.go_to_part(&part);
        }
        let place = self.open().place.shelf.as_ref().and_then(|it| it.place());
        let Some(place) = place.filter(|place| place.position != Position::default()) else {
            return Ok(());
        };
        let about = match place.found.passage() {
            Some(_) => "",
            None => "about ",
        };
        let block = place.position.block;
        let document = self.document();
        let here = format!("{}.", spoken::place(document.paper(), block));
        // Most paragraphs begin with where they are.
        let is_said = spoken::block(document.paper(), block).first() == Some(&here);
        let here = if is_said {
            String::new()
        } else {
            format!(" {here}")
        };
        self.say(&format!("You stopped {about}here.{here}"))?;
        self.open().arrive(block);
        // The place may be within the block.
        self.open().place.is_come_back_to = true;
        self.say_block(block)?;
        self.say_kept(block)
    }

    fn go_to_part(&mut self, part: &str) -> io::Result<()> {
        let shelf = self.open().place.shelf.as_ref();
        let kept = shelf.and_then(|shelf| {
            let mut all = shelf.annotations().iter();
            all.find(|kept| kept.id.as_str() == part)?.position()
        });
        let document = self.document();
        let place = kept.or_else(|| place_named(document.paper(), part));
        let otherwise = format!("there is no heading “{}” in this paper", clean(part));
        self.jump_to(place, &otherwise)
    }

    /// Lists the papers that have been read, of which a number chooses one; `wanted` are words that
    /// they are to have, if it is not empty.
    pub(super) fn list_library(&mut self, wanted: &str) -> io::Result<()> {
        let library = &self.papers.library;
        let papers = match wanted {
            "" => effect::papers(&library.papers().0),
            words => effect::papers_of(&library.papers_named(words)),
        };
        if papers.is_empty() {
            let words = format!(
                "no paper that you have read has the words {}",
                clean(wanted)
            );
            return self.say(&words);
        }
        self.offer_papers(papers)
    }

    /// Lists the papers in a folder, whose path ends with a slash, of which a number chooses one.
    pub(super) fn list_folder(&mut self, folder: &str) -> io::Result<()> {
        let names = effect::names_in(folder).into_iter();
        let papers = names.filter(|name| !name.ends_with('/'));
        let paper = |name: String| LibraryPaper {
            request: PaperRequest::new(PathBuf::from(format!("{folder}{name}"))),
            title: name,
            percent: None,
            below: Vec::new(),
        };
        let papers: Vec<LibraryPaper> = papers.map(paper).collect();
        if papers.is_empty() {
            return self.say(&format!("no paper is in {}", clean(folder)));
        }
        self.offer_papers(papers)
    }

    fn offer_papers(&mut self, papers: Vec<LibraryPaper>) -> io::Result<()> {
        for (index, paper) in papers.iter().enumerate() {
            let mut facts = vec![paper.title.clone()];
            facts.extend(paper.percent.map(|percent| format!("read to {percent}%")));
            facts.extend(paper.below.iter().cloned());
            let words = format!("Paper {}: {}", index + 1, facts.join(". "));
            self.say(&words)?;
        }
        self.offered = Offered::Papers(papers);
        self.say("The number of a paper opens it.")
    }

    /// Opens one of the papers that were listed.
    pub(super) fn choose(&mut self, offered: Vec<LibraryPaper>, number: usize) -> io::Result<()> {
        let chosen = number.checked_sub(1).and_then(|index| offered.get(index));
        match chosen {
            Some(paper) => self.open_paper(paper.request.clone()),
            None => {
                self.offered = Offered::Papers(offered);
                self.say(&format!("there is no paper {number} in the list"))
            }
        }
    }

    /// Opens another paper, or goes to it if it is open.
    pub(super) fn open_paper(&mut self, request: PaperRequest) -> io::Result<()> {
        match effect::read_paper(&*self.papers.read, request) {
            Ok(paper) => self.show(paper),
            Err(why) => self.say(&why),
        }
    }

    fn show(&mut self, paper: OpenedPaper) -> io::Result<()> {
        let is_it =
            |open: &LinePaper| paper.is_that_of(open.document.origin(), open.file.as_deref());
        if is_it(&self.papers.open) {
            return self.say("this paper is open");
        }
        if let Some(index) = self.papers.parked.iter().position(is_it) {
            return self.return_to(index);
        }
        let paper = LinePaper::new(paper, &self.papers.library);
        self.keep_place();
        self.papers.show(paper);
        self.say_title()?;
        self.come_back()
    }

    /// The next of those that were named and have not been read yet, else the paper that was read
    /// before this one.
    pub(super) fn go_to_paper_before(&mut self) -> io::Result<()> {
        if let Some(path) = self.papers.unread.pop_front() {
            return self.open_paper(PaperRequest::new(path));
        }
        match self.papers.parked.len().checked_sub(1) {
            Some(last) => self.return_to(last),
            None => self.say("no other paper is open"),
        }
    }

    fn return_to(&mut self, index: usize) -> io::Result<()> {
        self.keep_place();
        let paper = self.papers.parked.remove(index);
        self.papers.show(paper);
        self.say_name(&self.document())?;
        match self.open().at {
            Some(block) => self.go_to(block),
            None => Ok(()),
        }
    }

    /// Says what could not be kept, now that the reader goes.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.keep_place();
        let all = self.papers.parked.iter().chain([&self.papers.open]);
        let failure = all.filter_map(|paper| paper.place.failure.clone()).next();
        match failure {
            Some(failure) => self.say(&format!("the reading place is not saved: {failure}")),
            None => Ok(()),
        }
    }
}
