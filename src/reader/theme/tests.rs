use super::*;

/// The colours of the sixteen that can be read on the ground of a dark theme and of a light one.
const READABLE: [Option<Color>; 5] = [
    None,
    Some(Color::Reset),
    Some(Color::LightBlue),
    Some(Color::Magenta),
    Some(Color::Red),
];

/// Every style that a theme gives.
fn styles(theme: &Theme) -> Vec<Style> {
    let parts = [
        Part::Body,
        Part::Bullet,
        Part::Title,
        Part::Imprint,
        Part::Furniture,
        Part::Heading(1),
        Part::Heading(2),
        Part::Heading(3),
        Part::Code,
        Part::Quote,
        Part::Marker(0),
        Part::Link(0),
    ];
    let runs = parts.map(|part| {
        theme.run(Role {
            part,
            emphasis: true,
            strong: true,
            struck: true,
        })
    });
    let others = [
        theme.found(),
        theme.current_match(),
        theme.current_match_in_lit_row(),
    ];
    let roles = ThemeRole::ALL.map(|(_, role, _)| theme.style(role));
    runs.into_iter().chain(others).chain(roles).collect()
}

#[test]
fn whatever_stands_on_the_terminals_own_ground_can_be_read_light_or_dark() {
    for style in styles(&Theme::default()) {
        let has_own_ground = style.bg.is_none_or(|ground| ground == Color::Reset);
        assert!(!has_own_ground || READABLE.contains(&style.fg), "{style:?}");
    }
}

/// The red, green and blue of a colour of the 256, each of 255 at most.
fn rgb_of(colour: Color) -> [u8; 3] {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match colour {
        Color::Indexed(number @ 16..=231) => {
            let number = usize::from(number) - 16;
            [number / 36, number / 6 % 6, number % 6].map(|level| LEVELS[level])
        }
        Color::Indexed(number @ 232..) => [8 + 10 * (number - 232); 3],
        other => panic!("{other:?} looks different on each terminal"),
    }
}

/// The contrast of two colours, from 1 to 21, as WCAG 2.2 has it.
fn contrast(one: Color, other: Color) -> f64 {
    let luminance = |colour| {
        let linear = rgb_of(colour).map(|level| {
            let level = f64::from(level) / 255.0;
            if level <= 0.04045 {
                level / 12.92
            } else {
                ((level + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_role_of_an_embedded_theme_can_be_read_on_its_ground() {
    for (name, theme) in &Theme::EMBEDDED[1..] {
        let least = if *name == "contrast" { 7.0 } else { 4.5 };
        let text = theme.style(ThemeRole::Text);
        for style in styles(theme) {
            let (fg, bg) = (style.fg.or(text.fg), style.bg.or(text.bg));
            let contrast = contrast(fg.unwrap(), bg.unwrap());
            assert!(contrast >= least, "{name}: {contrast:.2}:1 in {style:?}");
            // What a terminal makes of it is not known.
            assert!(
                !style.add_modifier.contains(Modifier::DIM),
                "{name}: {style:?}"
            );
        }
    }
}

#[test]
fn the_roles_stand_in_their_order() {
    for (index, (name, role, _)) in ThemeRole::ALL.into_iter().enumerate() {
        assert_eq!(role as usize, index, "{name}");
    }
}

#[test]
fn a_style_is_read_as_it_is_written() {
    for text in [
        "",
        "light-blue bold",
        "black on yellow",
        "on default reversed",
        "252 on 234",
        "#ff8700 italic underlined",
        "under dark-grey underlined",
    ] {
        assert_eq!(style_text(parse_style(text).unwrap()), text);
    }
    for (text, why) in [
        (
            "blu",
            "“blu” is no colour and no attribute; “blue” is meant, perhaps",
        ),
        ("#ff87", "“#ff87” is no colour and no attribute"),
        ("256", "“256” is no colour and no attribute"),
        ("red on", "a colour is missing behind “on”"),
    ] {
        assert_eq!(parse_style(text).unwrap_err().to_string(), why);
    }
}

#[test]
fn a_theme_with_a_ground_leaves_no_cell_without_it() {
    let (_, theme) = &Theme::EMBEDDED[1];
    let text = theme.style(ThemeRole::Text);
    let mut frame = Buffer::empty(ratatui::layout::Rect::new(0, 0, 3, 1));
    frame.set_string(0, 0, "a", theme.dim());
    theme.fill_ground(&mut frame);
    assert!(frame.content.iter().all(|cell| Some(cell.bg) == text.bg));
    assert_eq!(Some(frame.content[0].fg), theme.dim().fg);
    assert_eq!(Some(frame.content[1].fg), text.fg);
}

#[test]
fn without_colours_the_parts_of_code_look_as_all_of_it_does() {
    let roles = [
        CodeRole::Comment,
        CodeRole::String,
        CodeRole::Keyword,
        CodeRole::Number,
        CodeRole::Name,
    ];
    for (name, theme) in &Theme::EMBEDDED {
        let code = theme.run(Part::Code.into());
        for role in roles {
            let look = code.patch(theme.code(role));
            let without = |style: Style| Style { fg: None, ..style };
            assert_eq!(without(look), without(code), "{name}: {role:?}");
        }
    }
}
