use super::*;

#[test]
fn rows_that_differ_in_anything_that_is_seen_have_other_prints() {
    let printer = RowPrinter::default();
    let plain = Style::new();
    let looks = [
        ("ab", plain),
        ("ba", plain),
        ("a", plain),
        ("", plain),
        ("", plain.bg(Color::Blue)),
        ("ab", plain.fg(Color::Red)),
        ("ab", plain.bg(Color::Red)),
        ("ab", plain.fg(Color::Indexed(99))),
        ("ab", plain.fg(Color::Rgb(0, 0, 1))),
        ("ab", plain.underline_color(Color::Red)),
        ("ab", plain.add_modifier(Modifier::BOLD)),
        ("a\u{301}b", plain),
        ("日", plain),
        ("👩‍👩‍👧", plain),
        ("👩‍👩‍👦", plain),
    ];
    let prints = looks.map(|(text, style)| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.set_string(0, 0, text, style);
        if text.is_empty() {
            buffer.set_style(Rect::new(1, 0, 1, 1), style);
        }
        printer.of(&buffer)
    });
    for (index, one) in prints.iter().enumerate() {
        let others = prints.iter().skip(index + 1);
        assert!(others.into_iter().all(|other| other != one), "{index}");
    }
}
