//! A terminal that turns dark or light.

use super::super::action::Effect;
use super::super::config::Config;
use super::super::testing::TestReader;
use super::super::theme::Theme;
use super::SMALL;
use crate::terminal::events::Event;
use crate::terminal::ground::Ground;

fn configured(config: &str) -> TestReader {
    let mut desk = TestReader::open(SMALL, 80, 24);
    let (config, problems) = Config::parse(config);
    assert_eq!(problems, []);
    desk.state.app.configure(&config);
    desk
}

fn told(mut desk: TestReader, event: Event<super::super::session::Message>) -> TestReader {
    desk.send(event);
    desk
}

#[test]
fn a_terminal_that_may_have_changed_is_asked_only_where_that_matters() {
    let desk = told(configured("theme = \"auto\""), Event::GroundMayDiffer);
    assert_eq!(desk.effects, [Effect::AskGround]);
    for theme in ["terminal", "dark", "light", "contrast"] {
        let desk = configured(&format!("theme = \"{theme}\""));
        let before = desk.state.app.theme.clone();
        let desk = told(desk, Event::GroundMayDiffer);
        let desk = told(desk, Event::Ground(Ground::Light));
        assert_eq!(desk.effects, [], "{theme}");
        assert_eq!(desk.state.app.theme, before, "{theme}");
    }
}

#[test]
fn a_change_of_the_ground_takes_nothing_from_what_the_reader_does() {
    let turn = |desk| {
        let desk = told(desk, Event::GroundMayDiffer);
        let desk = told(desk, Event::Ground(Ground::Light));
        assert_eq!(desk.state.app.theme, Theme::EMBEDDED[2].1);
        told(desk, Event::Ground(Ground::Dark))
    };
    // A number, the first of two keys, a note, a pattern and a list.
    for (before, after) in [("2", "f"), ("g", "v"), ("f", "j"), ("/", "a"), ("n", "j")] {
        let open = || configured("theme = \"auto\"").press(before);
        let turned = turn(open());
        assert_eq!(turned.state.app.theme, Theme::EMBEDDED[1].1);
        assert_eq!(turned.rows(), open().rows(), "{before}");
        let expected = open().press(after).rows();
        assert_eq!(turned.press(after).rows(), expected, "{before} {after}");
    }
}
