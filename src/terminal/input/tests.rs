use crossterm::event::{MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::*;

/// Events in words, so that they can be compared and read.
fn words(events: &[InputEvent]) -> String {
    let words: Vec<String> = events.iter().map(word).collect();
    words.join(" ")
}

fn word(event: &InputEvent) -> String {
    match event {
        InputEvent::Key(key) => {
            let mut word = String::new();
            for (modifier, name) in [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "A-")] {
                if key.modifiers.contains(modifier) {
                    word.push_str(name);
                }
            }
            match key.code {
                KeyCode::Char(letter) => word.push(letter),
                other => word.push_str(&format!("{other:?}")),
            }
            word
        }
        InputEvent::Mouse(mouse) => format!("{:?}@{},{}", mouse.kind, mouse.column, mouse.row),
        InputEvent::Paste(text) => format!("paste({text})"),
        InputEvent::Ground(ground) => format!("{ground:?}"),
        InputEvent::Sixels(has) => format!("sixels={has}"),
        InputEvent::GroundMayDiffer => "ground?".to_owned(),
    }
}

/// The events of pieces, between which some time passes, but not too much.
fn events(pieces: &[&[u8]]) -> Vec<InputEvent> {
    let mut parser = InputParser::default();
    let mut events = Vec::new();
    for piece in pieces {
        events.extend(parser.parse(piece));
    }
    events.extend(parser.expire());
    events
}

/// Asserts what bytes mean, whole, in two pieces wherever they are cut, and one by one.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &str) {
    let bytes = bytes.as_ref();
    assert_eq!(words(&events(&[bytes])), expected, "whole");
    for at in 0..=bytes.len() {
        let (start, end) = bytes.split_at(at);
        assert_eq!(words(&events(&[start, end])), expected, "cut at {at}");
    }
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(words(&events(&single)), expected, "byte by byte");
}

#[test]
fn what_the_terminal_says_that_it_has_is_no_key_whenever_it_comes() {
    check("a\x1b[?62;4;22cb", "a sixels=true b");
    check("\x1b[?1;2c", "sixels=false");
    check("a\x1b[>41;370;0cb", "a b");
}

#[test]
fn a_key_whose_bytes_come_apart_is_that_key() {
    check("\x1b[B\x1b[B\x1b[B", "Down Down Down");
    check("\x1b[6~", "PageDown");
    check("\x1bOA", "Up");
    check("\x1b[Z", "BackTab");
    check("\x1b[1;5C", "C-Right");
    check("\x1b[1;3D", "A-Left");
    check("\x1bj", "A-j");
    check("é字👍", "é 字 👍");
}

#[test]
fn function_keys_are_known_by_all_their_names() {
    check("\x1bOP\x1bOQ\x1bOR\x1bOS", "F(1) F(2) F(3) F(4)");
    check("\x1b[11~\x1b[15~\x1b[17~\x1b[21~", "F(1) F(5) F(6) F(10)");
    check("\x1b[23~\x1b[24~\x1b[16~\x1b[99~", "F(11) F(12)");
    check("\x1b[[A\x1b[[E\x1b[[F", "F(1) F(5)");
    check("\x1b[1;5P", "C-F(1)");
}

#[test]
fn keys_of_the_kitty_protocol_are_what_they_type_or_do() {
    check("\x1b[27u", "Esc");
    check("\x1b[105;5u\x1b[9u", "C-i Tab");
    check("\x1b[57399u\x1b[57408;129u\x1b[57413u", "0 9 +");
    check("\x1b[57414u\x1b[57417u\x1b[57422u", "Enter Left PageDown");
    check("\x1b[1089::99;5u\x1b[1089u", "C-c с");
    check("\x1b[45:95;6u\x1b[106:74;2u", "C-_ J");
    check("\x1b[57358u\x1b[57427u", "");
}

#[test]
fn a_paste_is_a_paste_wherever_it_is_cut() {
    check("\x1b[200~q\x1b[201~j", "paste(q) j");
    check("\x1b[200~\x1b[201~", "paste()");
    check("\x1b[200~a\rb\r\nc\x1b[201~", "paste(a\nb\nc)");
    check("\x1b[200~a\x1bq\x1b[20\x1b[201~", "paste(a\x1bq\x1b[20)");
    check("\x1b[200~\x03\x04q\x1b\x1b[201~", "paste(\x03\x04q\x1b)");
    check(b"\x1b[200~\xff\xc3\x1b[201~", "paste(\u{fffd}\u{fffd})");
    check("\x1b[201~j", "j");
}

#[test]
fn escape_before_a_sequence_is_a_key_of_its_own() {
    check("\x1b\x1b[B", "Esc Down");
    check("\x1b\x1b[200~q\x1b[201~", "Esc paste(q)");
    check("\x1b\x1b[<0;3;3M", "Esc Down(Left)@2,2");
    check("\x1b\x1b", "Esc Esc");
    check("\x1b", "Esc");
}

#[test]
fn half_a_letter_takes_nothing_with_it() {
    check(b"\xc3\x1b[200~q\x1b[201~", "paste(q)");
    check(b"\xe5\xadj", "j");
    check(b"\xc3\xc3\xa9", "é");
    check(b"\xff\xfe\x80j", "j");
    check(b"\xed\xa0\x80\xf4\xbf\xbf\xbfj", "j");
}

#[test]
fn an_escape_that_nothing_follows_in_time_is_the_key() {
    let mut parser = InputParser::default();
    assert!(parser.parse(b"\x1b").is_empty());
    assert_eq!(parser.timeout(), Some(ESCAPE_TIMEOUT));
    assert_eq!(
        parser.expire().map(|event| word(&event)),
        Some("Esc".into())
    );
    assert_eq!(parser.timeout(), None);
    assert_eq!(words(&parser.parse(b"[B")), "[ B");
}

#[test]
fn the_beginning_of_a_sequence_that_nothing_follows_in_time_is_dropped() {
    for begun in [
        "\x1b[", "\x1b[1;", "\x1bO", "\x1b[M ", "\x1b]11;", "\x1bP", "\u{e9}",
    ] {
        let begun = match begun {
            "\u{e9}" => b"\xc3",
            other => other.as_bytes(),
        };
        let mut parser = InputParser::default();
        assert!(parser.parse(begun).is_empty(), "{begun:?}");
        assert_eq!(parser.timeout(), Some(SEQUENCE_TIMEOUT), "{begun:?}");
        assert!(parser.expire().is_none(), "{begun:?}");
        assert_eq!(words(&parser.parse(b"j")), "j", "{begun:?}");
    }
}

#[test]
fn a_paste_waits_for_its_end_as_long_as_it_takes() {
    let mut parser = InputParser::default();
    assert!(parser.parse(b"\x1b[200~q\x1b").is_empty());
    assert_eq!(parser.timeout(), None);
    assert!(parser.expire().is_none());
    assert_eq!(words(&parser.parse(b"[201~")), "paste(q)");
}

#[test]
fn what_a_keyboard_sends_by_the_byte_has_its_old_names() {
    check(
        "jJ \r\t\x7f\x08\n\x03\x00\x1c",
        "j J   Enter Tab Backspace C-h C-j C-c C-  C-4",
    );
    check("\x1b\r\x1b\x7f\x1bé", "A-Enter A-Backspace A-é");
}

#[test]
fn keys_as_an_earlier_program_has_asked_for_them_are_keys() {
    check("\x1b[97;5u\x1b[13u\x1b[27u", "C-a Enter Esc");
    check("\x1b[27;5;99~\x1b[97;2u", "C-c A");
    check("\x1b[97;1:3u\x1b[57358u", "");
}

#[test]
fn every_way_to_send_the_key_for_help_is_that_key() {
    check("\x1bOP\x1b[11~\x1b[[A", "F(1) F(1) F(1)");
}

#[test]
fn ctrl_j_is_not_enter_and_alt_goes_with_arrows() {
    check("\n\r", "C-j Enter");
    check("\x1b[1;3D\x1b[1;3C", "A-Left A-Right");
}

#[test]
fn the_mouse_is_told_in_three_ways() {
    let left = MouseEventKind::Down(MouseButton::Left);
    check("\x1b[<0;10;5M", &format!("{left:?}@9,4"));
    check("\x1b[<64;1;1M\x1b[<65;1;1M", "ScrollUp@0,0 ScrollDown@0,0");
    check("\x1b[<0;1;1m\x1b[<35;2;2M", "Up(Left)@0,0 Moved@1,1");
    check("\x1b[M *%", &format!("{left:?}@9,4"));
    check("\x1b[32;10;5M", &format!("{left:?}@9,4"));
}

#[test]
fn a_mouse_that_is_nowhere_is_not_heard() {
    check(
        "\x1b[<0;0;5M\x1b[<0;5M\x1b[<0;99999999;3M\x1b[M !\x20j",
        "j",
    );
}

#[test]
fn what_means_nothing_is_swallowed_whole() {
    for swallowed in [
        "\x1b[O",
        "\x1b[1;5I",
        "\x1b[?997n",
        "\x1b[?997;3n",
        "\x1b[?996n",
        "\x1b[25~",
        "\x1bOT",
        "\x1bO5T",
        "\x1b[[F",
        "\x1b[5$",
        "\x1b[5^",
        "\x1b[12;40R",
        "\x1b[>41;370;0c",
        "\x1b[?2026;2$y",
        "\x1b[0n",
        "\x1b[8;24;80t",
        "\x1b[ q",
        "\x1b]10;rgb:ffff/0000/ffff\x1b\\",
        "\x1b]4;1;rgb:ffff/0000/ffff\x07",
        "\x1b]11;rgb:ffff/ffff/ffff\x18",
        "\x1bP>|xterm(370)\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1bP1+r544e=78\x1b\\",
        "\x1bP!|00000000\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b]11;rgb\x18",
    ] {
        check(format!("j{swallowed}k"), "j k");
    }
    check(b"j\x9b31mk\x9d11;rgb\x9ck\x8fTk", "j k k k");
    let long = format!("\x1b[{}mj", "1;".repeat(5000));
    assert_eq!(words(&events(&[long.as_bytes()])), "j");
}

#[test]
fn an_answer_about_the_ground_is_heard_and_never_typed() {
    check("j\x1b]11;rgb:ffff/ffff/ffff\x1b\\k", "j Light k");
    check("j\x1b]11;rgb:0000/0000/0000\x07k", "j Dark k");
    check(b"j\x9d11;rgb:00/00/00\x9ck", "j Dark k");
    let long = format!("\x1b]11;rgb:{}\x07j", "f".repeat(100));
    check(long, "j");
}

#[test]
fn what_may_have_changed_the_ground_is_no_key() {
    check("j\x1b[?997;1nk\x1b[?997;2n", "j ground? k ground?");
    check("j\x1b[I\x1b[Ok\x1b[I", "j ground? k ground?");
}

#[test]
fn keys_after_what_looked_like_an_answer_are_keys() {
    check("\x1b]j", "j");
    check("\x1bPj\x1b_j", "j j");
    check("\x1b]1\rj", "Enter j");
    check("\x1b]11;rgb\x1b[B", "Down");
}

#[test]
fn an_answer_without_an_end_does_not_swallow_keys_for_ever() {
    let endless = format!("\x1b]4;{}", "x".repeat(5000));
    let events = events(&[endless.as_bytes()]);
    assert!((1..1000).contains(&events.len()));
}

#[test]
fn a_paste_without_an_end_takes_no_room_without_end() {
    let mut parser = InputParser::default();
    parser.parse(b"\x1b[200~");
    for _ in 0..3 {
        parser.parse(&[b'x'; MAX_PASTE_BYTES]);
    }
    let pasted = parser.parse(PASTE_END);
    assert!(matches!(&pasted[..], [InputEvent::Paste(text)] if text.len() == MAX_PASTE_BYTES));
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "\x1b",
        "\x1b[",
        "\x1b[B",
        "\x1bO",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b]11;",
        "rgb:0/0/0",
        "\x1b[?997;1n",
        "\x1b[I",
        "\x1b\\",
        "\x1bP",
        "\x1b[<0;1;1M",
        "\x1b[M",
        "q",
        "é",
        "字",
        "\x1b[[",
        "5$",
        "\x07",
        "\x18",
    ]);
    prop_oneof![
        3 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ]
}

proptest! {
    #[test]
    fn however_bytes_are_split_the_events_are_the_same(
        pieces in prop::collection::vec(piece(), 0..12),
        cuts in prop::collection::vec(0..60_usize, 0..8),
    ) {
        let bytes = pieces.concat();
        let whole = words(&events(&[&bytes]));
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain([bytes.len()]);
        let split: Vec<&[u8]> = starts.zip(ends).map(|(start, end)| &bytes[start..end]).collect();
        prop_assert_eq!(words(&events(&split)), whole);
    }
}
