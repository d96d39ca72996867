//! A monkey at the keyboard: whatever is pressed, clicked, pasted and resized in whatever order,
//! the laws hold, and there is a way out.
//!
//! Everything is drawn by lot from a seed, so that a game can be played again. A game that fails
//! is cut down to the few events that it takes.

mod events;
mod papers;
mod player;

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::time::Instant;

use ratatui::layout::Size;

use crate::paper::dice::Dice;
use events::Event;
pub(super) use papers::Book;
use player::Player;

/// How many events are played in a run of the tests, unless another number is asked for.
const EVENTS: usize = 3_000;
/// How many events are played on one paper.
const GAME: usize = 150;
/// The first seed; each game takes the next one.
const SEED: u64 = 20_261_126;
/// How often a game that fails is played again to find out what it takes.
const MAX_TRIES: usize = 600;

/// What there is to play on.
struct Game {
    book: Book,
    size: Size,
    has_disk: bool,
    /// How many events come before the screen is drawn.
    burst: usize,
    /// Whether the text stands in two columns where there is room.
    is_spread: bool,
}

impl Game {
    fn new(dice: &mut Dice) -> Self {
        Game {
            book: Book::any(dice),
            size: events::size(dice),
            has_disk: dice.once_in(2),
            burst: dice.one_of(&[1, 8, 8]),
            is_spread: dice.once_in(3),
        }
    }

    fn player(&self) -> Player {
        let player = Player::open(&self.book, self.size, self.has_disk, self.burst);
        player.with_spread(self.is_spread)
    }

    /// Plays events that are drawn by lot, which are left in `played`; gives what is wrong.
    fn play(&self, dice: &mut Dice, played: &mut Vec<Event>) -> Result<(), String> {
        caught(|| {
            let mut player = self.player();
            for _ in 0..GAME {
                let event = Event::any(&player, dice);
                played.push(event.clone());
                player.play(&event);
            }
        })
    }

    /// Plays given events; gives what is wrong.
    fn play_again(&self, events: &[Event]) -> Result<(), String> {
        caught(|| {
            let mut player = self.player();
            events.iter().for_each(|event| player.play(event));
        })
    }

    /// The game with the screen drawn after every event, if it goes wrong then too: that takes
    /// fewer events.
    fn looked_at_if_that_fails(self, events: &[Event]) -> Self {
        let burst = self.burst;
        let looked_at = Game { burst: 1, ..self };
        match looked_at.play_again(events) {
            Err(_) => looked_at,
            Ok(()) => Game { burst, ..looked_at },
        }
    }

    /// The fewest of the events that still go wrong, as far as leaving some out shows it.
    fn cut_down(&self, mut events: Vec<Event>) -> Vec<Event> {
        let mut tries = 0;
        let mut length = events.len() / 2;
        while length > 0 {
            let mut start = 0;
            while start < events.len() && tries < MAX_TRIES {
                let end = (start + length).min(events.len());
                let fewer = [&events[..start], &events[end..]].concat();
                tries += 1;
                match self.play_again(&fewer) {
                    Ok(()) => start = end,
                    Err(_) => events = fewer,
                }
            }
            length /= 2;
        }
        events
    }
}

impl fmt::Display for Game {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, size, burst) = (self.book.name, self.size, self.burst);
        let disk = if self.has_disk { "with" } else { "without" };
        let columns = if self.is_spread { "two" } else { "one" };
        write!(
            f,
            "on the paper “{name}”, {size}, columns: {columns}, {disk} a disk, drawn after {burst}"
        )
    }
}

thread_local! {
    /// Whether panics of this thread are expected, and not to be told.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic; gives what the panic says, which nobody is told yet.
fn caught(play: impl FnOnce()) -> Result<(), String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                usual(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(play));
    IS_QUIET.set(false);
    result.map_err(|panic| words_of(panic.as_ref()))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}

/// A number from the environment.
fn asked(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_is_pressed_clicked_pasted_and_resized_the_laws_hold() {
    let events = asked("OPCIT_MONKEY").and_then(|events| usize::try_from(events).ok());
    let events = events.unwrap_or(EVENTS);
    let first = asked("OPCIT_MONKEY_SEED").unwrap_or(SEED);
    let (mut tally, start) = (Tally::default(), Instant::now());
    for seed in (first..).take(events.div_ceil(GAME)) {
        let mut dice = Dice::new(seed);
        let game = Game::new(&mut dice);
        let mut played = Vec::new();
        let result = game.play(&mut dice, &mut played);
        tally.count(&game, &played);
        if let Err(why) = result {
            let game = game.looked_at_if_that_fails(&played);
            let fewest = game.cut_down(played);
            let last = game.play_again(&fewest).err();
            let shown: Vec<String> = fewest.iter().map(Event::to_string).collect();
            panic!(
                "{}\n\nOPCIT_MONKEY=1 OPCIT_MONKEY_SEED={seed}: {game}: {}",
                last.unwrap_or(why),
                shown.join("  "),
            );
        }
    }
    println!(
        "{} in {:.1} s",
        tally.words(),
        start.elapsed().as_secs_f64()
    );
}

/// What was played.
#[derive(Default)]
struct Tally {
    events: BTreeMap<&'static str, usize>,
    papers: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn count(&mut self, game: &Game, played: &[Event]) {
        *self.papers.entry(game.book.name).or_default() += 1;
        for event in played {
            *self.events.entry(kind_of(event)).or_default() += 1;
        }
    }

    fn words(&self) -> String {
        let all: usize = self.events.values().sum();
        format!("{all} events: {:?}; papers: {:?}", self.events, self.papers)
    }
}

fn kind_of(event: &Event) -> &'static str {
    match event {
        Event::Key(_) => "keys",
        Event::Paste(_) => "pastes",
        Event::Mouse(_) => "clicks and the wheel",
        Event::Resize(_) => "resizes",
        Event::WayOut(_) => "ways out",
        Event::Other(_) | Event::Glance => "another opcit",
        _ => "time, work and answers",
    }
}
