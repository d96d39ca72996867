//! Code and tables that are wider than the column.

use super::super::action::Effect;
use super::super::testing::TestReader;

/// A paper with a line of code and a table that are wider than any column.
fn paper() -> String {
    let code = format!(
        "```\nlet first = {};\nlet second = 2;\n```\n",
        "1 + ".repeat(30) + "last"
    );
    let heads: Vec<String> = (1..=12).map(|number| format!("Column {number}")).collect();
    let cells: Vec<String> = (1..=12)
        .map(|number| format!("the cell {number}"))
        .collect();
    let table = format!(
        "| {} |\n|{}\n| {} |\n",
        heads.join(" | "),
        "---|".repeat(12),
        cells.join(" | ")
    );
    format!("# Data\n\nSome words.\n\n{code}\nOther words.\n\n{table}")
}

#[test]
fn code_takes_the_room_beside_the_column_before_it_is_broken() {
    let line = "a_word and ".repeat(8);
    let code = format!("Words.\n\n```\n{line}\n```\n");
    let narrow = TestReader::open(&code, 80, 24).wait();
    assert!(narrow.text().contains('↳'), "{}", narrow.text());
    let wide = TestReader::open(&code, 160, 50).wait();
    assert!(wide.text().contains(line.trim()), "{}", wide.text());
    assert!(!wide.text().contains('↳'));
}

#[test]
fn code_stays_in_the_column_where_notes_stand_beside_it() {
    let line = "a_word and ".repeat(8);
    let paper = format!("Words.[^1]\n\n```\n{line}\n```\n\n[^1]: A note.\n");
    let desk = TestReader::open(&paper, 160, 50).wait();
    assert!(desk.text().contains('↳'), "{}", desk.text());
}

#[test]
fn a_key_shows_code_at_its_full_width_and_scrolls_it_sideways() {
    let desk = TestReader::open(&paper(), 80, 15).press("w");
    let line = "│  let first = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 ›│";
    assert!(desk.text().contains(line), "{}", desk.text());
    let desk = TestReader::open(&paper(), 80, 15).press("w $");
    assert!(desk.text().contains("+ last;"), "{}", desk.text());
    let desk = desk.press("0");
    assert!(desk.text().contains("let first"), "{}", desk.text());
    let desk = desk.press("w");
    assert!(desk.text().contains("↳"), "{}", desk.text());
}

#[test]
fn the_heads_of_a_table_stay_in_sight() {
    let rows: String = (1..=40)
        .map(|row| format!("| row {row} | {} |\n", "x".repeat(90)))
        .collect();
    let table = format!("| Name | What |\n|---|---|\n{rows}");
    let desk = TestReader::open(&table, 40, 15).press("w G");
    let rows = desk.rows();
    assert!(rows[1].starts_with("│Name    What"), "{}", desk.text());
    assert!(rows[2].starts_with("│──────  ───"), "{}", desk.text());
    assert!(rows[12].starts_with("│row 40  xxx"), "{}", desk.text());
    assert!(rows[12].contains("x›│"), "{}", desk.text());
    let desk = desk.press("l");
    assert!(desk.rows()[12].starts_with("│‹xxx"), "{}", desk.text());
}

#[test]
fn a_screen_down_leaves_out_no_row_of_a_table() {
    let wide = "x".repeat(90);
    let rows = (1..=40).map(|row| format!("| row {row} | {wide} |\n"));
    let table = format!("| Name | What |\n|---|---|\n{}", rows.collect::<String>());
    let shown = |columns, rows, keys: &str| {
        let desk = TestReader::open(&table, columns, rows).press(keys);
        let rows = desk.rows();
        let names = rows.iter().filter_map(|row| {
            let (_, rest) = row.split_once("row ")?;
            rest.split_whitespace().next()?.parse::<u32>().ok()
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(shown(40, 15, "w"), (1..=10).collect::<Vec<_>>());
    assert_eq!(shown(40, 15, "w Space"), (11..=20).collect::<Vec<_>>());
    // Where there is room for nothing but the heads they scroll with the rest.
    assert_eq!(shown(40, 5, "w"), Vec::<u32>::new());
    assert_eq!(shown(40, 5, "w j j"), [1, 2]);
}

#[test]
fn without_a_table_or_code_there_is_nothing_to_show_whole() {
    let desk = TestReader::open("Only words.\n", 80, 24).press("w");
    assert!(
        desk.text()
            .contains("no table, code or formula on this screen")
    );
}

#[test]
fn formulas_are_set_as_a_terminal_can_and_a_key_shows_them_as_typed() {
    let paper = "\
Einstein has $E = mc^2$ and a sum $\\sum_{i=1}^n x_i \\leq \\unknown{x}$.

$$
x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

The end.
";
    let desk = TestReader::open(paper, 80, 24);
    let text = desk.text();
    assert!(text.contains("Einstein has E = mc² and a sum"), "{text}");
    // What is not known stays whole as it was typed.
    assert!(
        text.contains("$\\sum_{i=1}^n x_i \\leq \\unknown{x}$"),
        "{text}"
    );
    assert!(text.contains("x = ────────────────"), "{text}");
    let typed = desk.press("w").text();
    assert!(typed.contains("$E = mc^2$"), "{typed}");
    let copied = TestReader::open(paper, 80, 24).press("y");
    let [Effect::Copy { text, .. }] = &copied.effects[..] else {
        panic!("nothing copied: {:?}", copied.effects);
    };
    assert!(text.contains("$E = mc^2$"), "{text}");
    let desk = TestReader::open(paper, 80, 24)
        .press("/")
        .types("frac")
        .press("Enter");
    assert!(desk.text().contains("1/1"), "{}", desk.text());
}
