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

#[test]
fn what_is_known_of_rows_moves_with_them() {
    let printer = RowPrinter::default();
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    paint_rows(&mut buffer, area, &prose(0, 24));
    let mut prints = printer.of(&buffer);
    for region in [
        ScrollRegion::Up { rows: 2..20, by: 3 },
        ScrollRegion::Down { rows: 0..24, by: 5 },
        ScrollRegion::Up { rows: 7..9, by: 2 },
    ] {
        region.apply(&mut buffer);
        region.apply_to_prints(&mut prints, printer.of_blank(80));
        assert_eq!(prints, printer.of(&buffer), "{region:?}");
    }
}
