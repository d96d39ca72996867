//! What formulas look like, and which stay as they are typed.

use super::linear;
use super::parse::parse;
use super::stacked;
use super::tree::MathNode;

fn nodes(tex: &str) -> Option<Vec<MathNode>> {
    let placed = parse(tex)?;
    Some(placed.into_iter().map(|(node, _)| node).collect())
}

fn line(tex: &str) -> Option<String> {
    linear::line(&nodes(tex)?, false)
}

fn check(tex: &str, expected: &str) {
    assert_eq!(line(tex).as_deref(), Some(expected), "{tex}");
}

fn check_display(tex: &str, expected: &str) {
    let tile = nodes(tex).and_then(|nodes| stacked::tile(&nodes));
    let rows = tile.map(|tile| tile.rows).unwrap_or_default();
    let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
    assert_eq!(rows.join("\n"), expected, "{tex}");
}

fn stays(tex: &str) {
    assert_eq!(line(tex), None, "{tex}");
}

#[test]
fn letters_and_signs_are_unicodes() {
    check(r"\alpha+\beta\leq\gamma", "α + β ≤ γ");
    check(r"x\in\mathbb{R}^n", "x ∈ ℝⁿ");
    check(r"\mathcal{L}(\theta)", "ℒ(θ)");
    check("-x", "−x");
    check("a=-b", "a = −b");
    check("f(-x)", "f(−x)");
    check(r"A \not\subset B", "A ⊄ B");
    check(r"\hat{x}", "x\u{302}");
    check("10{,}000", "10,000");
    check("P(A|B)", "P(A|B)");
    check("|x|", "|x|");
    check(r"\{a, b\}", "{a, b}");
}

#[test]
fn scripts_are_signs_where_all_of_them_exist() {
    check("x^2", "x²");
    check("x_{i+1}^{n-1}", "xᵢ₊₁ⁿ⁻¹");
    check("x_10", "x₁0");
    check("x'", "x′");
    check("f''^2", "f″²".replace('″', "′′").as_str());
    check(r"90^\circ", "90°");
    check(r"e^{-x^2}", "e^(−x²)");
    check("x_{i,j}", "x_(i,j)");
    check("x_q", "x_q");
    check("x_q^2", "x_(q)²");
    check("x_q y", "x_q y");
    check("(a+b)^2", "(a + b)²");
    check("{a+b}^2", "(a + b)²");
    check(r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ");
    check(r"\lim_{x\to 0} f(x)", "lim_(x→0) f(x)");
    check(r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx");
}

#[test]
fn a_fraction_is_bracketed_wherever_it_could_be_read_otherwise() {
    check(r"\frac{a}{b}+c", "a/b + c");
    check(r"\frac{a}{b+c}", "a/(b + c)");
    check(r"\frac{a+b}{c}", "(a + b)/c");
    check(r"\frac{ab}{cd}", "ab/(cd)");
    check(r"\frac{a}{b}c", "(a/b) c");
    check(r"c\frac{a}{b}", "c (a/b)");
    check(r"\frac{a}{b}^2", "(a/b)²");
    check(r"a \cdot \frac{b}{c}", "a · (b/c)");
    check(r"\frac{\frac{a}{b}}{c}", "(a/b)/c");
    check(r"\frac{a}{\frac{b}{c}}", "a/(b/c)");
    check(r"1-\frac{1}{n}", "1 − 1/n");
    check(r"\log\frac{a}{b}", "log (a/b)");
    check(r"\frac{(a+b)}{(c+d)}", "(a + b)/(c + d)");
    check(r"\frac{(a)(b)}{c}", "((a)(b))/c");
    check(r"a^{\frac{1}{2}}", "a^(1/2)");
    check(r"\frac12", "1/2");
    check(r"x = \frac{a}{b}.", "x = a/b.");
    // TeX shows that the function is of all of it; a line could only with brackets of its own.
    stays(r"\exp\frac{a}{b}r(x)");
}

#[test]
fn a_root_is_bracketed_unless_it_is_over_one_sign() {
    check(r"\sqrt{x}", "√x");
    check(r"\sqrt{x+1}", "√(x + 1)");
    check(r"\sqrt{x}y", "√(x)y");
    check(r"\sqrt{x}^2", "(√x)²");
    check(r"\sqrt{x^2}", "√(x²)");
    check(r"\sqrt[3]{x}", "∛x");
    check(r"\sqrt{\text{mean error}}", "√(mean error)");
    check(r"\sqrt{\text{a-b}}", "√(a-b)");
    check(r"\sqrt{(a+b)}c", "√(a + b)c");
    check(r"\sqrt{12}", "√12");
}

#[test]
fn words_and_functions_stand_apart() {
    check(r"\sin x", "sin x");
    check(r"\sin(x)", "sin(x)");
    check(r"2\sin x", "2 sin x");
    check(r"\text{if } x > 0", "if x > 0");
    check(r"\operatorname{Var}(X)", "Var(X)");
    check(r"x_{\text{max}}", "xₘₐₓ");
    check(r"a \bmod b", "a mod b");
    check(r"a \equiv b \pmod{n}", "a ≡ b (mod n)");
}

#[test]
fn what_is_not_known_for_certain_stays_as_typed() {
    for tex in [
        r"\mymacro{x}",
        r"a \over b",
        r"x^a^b",
        r"{a",
        r"a}",
        r"\frac{a}",
        r"\binom{n}{k}",
        r"\begin{pmatrix}a&b\end{pmatrix}",
        r"\left.x\right|_0",
        r"\sqrt[n]{x}",
        r"\hat{xy}",
        r"2{3}",
        r"a % b",
        r"\text{a $b$}",
        r"\overset{a}{=}",
        "",
        "x^",
        r"{\bf AB} C",
        r"\textbf{for all}",
        r"\log{\frac{a}{b}}c",
        r"2{}3",
        r"\begin{aligned} a \\ * b \end{aligned}",
    ] {
        stays(tex);
    }
}

#[test]
fn braces_hide_nothing_that_needs_a_bracket_or_a_blank() {
    check(r"{\sqrt{x}}y", "√(x)y");
    check(r"{x^Q}y", "x^Q y");
    check(r"{{\frac{a}{b}}}c", "(a/b) c");
    check(r"c{\frac{a}{b}}", "c (a/b)");
    check(r"{a+\frac{b}{c}}d", "a + (b/c) d");
    check(r"{{x^a}}^b", "(xᵃ)ᵇ");
    check(r"{\frac{a}{b}}^2", "(a/b)²");
    check(r"{\sqrt{x}}^2", "(√x)²");
    check(r"{\text{mean error}}^2", "(mean error)²");
    check(r"\frac{b{+}c}{d}", "(b + c)/d");
    check(r"\frac{a{,}b}{c}", "(a, b)/c");
    check(r"\frac{10{,}000}{3}", "10,000/3");
    check(
        r"{\displaystyle {\frac {1}{n}}\sum _{i}x_{i}}",
        "(1/n) ∑ᵢ xᵢ",
    );
    check_display(r"{\frac{a}{b}}^2", "⎛ a ⎞²\n⎜───⎟\n⎝ b ⎠");
    check_display(r"{\sqrt{x}}y", "√(x)y");
    check_display(r"{x^2}{\frac{a}{b}}", "    a\nx² ───\n    b");
}

#[test]
fn a_power_without_a_base_is_raised_all_the_same() {
    check("^2", "²");
}

#[test]
fn words_in_bold_are_one_word_or_stay() {
    check(r"\textbf{AB}x", "𝐀𝐁 x");
    check(r"\mathbf{A}x", "𝐀x");
}

#[test]
fn a_displayed_stroke_is_never_joined_to_a_fractions_line() {
    check_display(r"-{\frac{abc}{def}}", "  abc\n− ───\n  def");
    check_display(r"x^{\frac{a}{b}-c}", "  a\n ─── −c\n  b\nx");
    check_display(
        r"\begin{aligned} \frac{a}{b} & \frac{c}{d} \end{aligned}",
        " a   c\n─── ───\n b   d",
    );
}

#[test]
fn a_row_may_end_with_a_star() {
    check_display(
        r"\begin{aligned} a &= b \\* c &= d \end{aligned}",
        "a = b\nc = d",
    );
}

#[test]
fn what_is_deeper_or_larger_than_can_be_read_stays() {
    stays(&r"\sqrt".repeat(800));
    stays(&format!("{}x", r"\sqrt".repeat(800)));
    let rows = format!(
        r"\begin{{matrix}}{}{}\end{{matrix}}",
        "&".repeat(2000),
        r"\\".repeat(900)
    );
    assert!(nodes(&rows).is_some_and(|nodes| stacked::tile(&nodes).is_none()));
}

#[test]
fn a_displayed_fraction_stands_over_its_line() {
    check_display(
        r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
        "    −b ± √(b² − 4ac)\nx = ────────────────\n           2a",
    );
    check_display(
        r"\frac{1}{1+\frac{1}{x}}",
        "    1\n─────────\n      1\n 1 + ───\n      x",
    );
}

#[test]
fn a_sum_has_its_bounds_above_and_below() {
    check_display(r"\sum_{i=1}^n x_i = \int_0^1 f", " n\n ∑  xᵢ = ∫₀¹ f\ni=1");
    check_display(r"\lim_{x \to 0} f(x)", "lim f(x)\nx→0");
}

#[test]
fn brackets_grow_with_what_they_hold() {
    check_display(r"\left(\frac{a}{b}\right)^2", "⎛ a ⎞²\n⎜───⎟\n⎝ b ⎠");
    check_display(
        r"\begin{pmatrix}1 & 0\\ 0 & -1\end{pmatrix}",
        "⎛1  0 ⎞\n⎝0  −1⎠",
    );
    check_display(
        r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        "f(x) = ⎰x  if x > 0\n       ⎱0  otherwise",
    );
}

#[test]
fn equations_are_level_at_their_signs() {
    check_display(
        r"\begin{aligned} a &= b + c \\ abc &= d \end{aligned}",
        "  a = b + c\nabc = d",
    );
}

#[test]
fn what_has_no_signs_is_raised_and_lowered_in_rows_of_its_own() {
    check_display(r"x_{i,j}^Q", " Q\nx\n i,j");
    check_display(r"e^{-\frac{x}{2}}", "    x\n − ───\n    2\ne");
}

#[test]
fn no_formula_is_too_odd_to_be_read() {
    let mut dice = crate::paper::dice::Dice::new(17);
    let words = [
        "\\frac",
        "{",
        "}",
        "^",
        "_",
        "x",
        "12",
        "\\left(",
        "\\right)",
        "\\sqrt",
        "[",
        "]",
        "&",
        "\\\\",
        "\\begin{cases}",
        "\\end{cases}",
        "|",
        "'",
        "-",
        "=",
        " ",
        "\\alpha",
        "\\text{a}",
        "\\hat",
        "é",
        "\\",
        "\\mathbb",
        "\\not",
        "\\binom",
        "\\sum",
    ];
    let wrappings = [
        "{@}",
        "x{@}y",
        "{@}^2",
        r"\frac{@}{b}",
        r"\frac{a}{@}-",
        r"\sqrt{@}z",
        "x^{@}",
        r"\left(@\right)",
        r"\begin{matrix}@&-\\@\end{matrix}",
        r"-{@}{@}",
    ];
    for _ in 0..20_000 {
        let count = dice.below(12) + 1;
        let mut tex: String = (0..count).map(|_| words[dice.below(words.len())]).collect();
        // By chance alone few formulas are deep.
        for _ in 0..dice.below(4) {
            let outer = wrappings[dice.below(wrappings.len())];
            tex = outer.replace('@', &tex);
        }
        if let Some(nodes) = nodes(&tex) {
            let _ = linear::line(&nodes, false);
            if let Some(tile) = stacked::tile(&nodes) {
                let columns = |row: &String| usize::from(crate::layout::ruler::columns(row));
                assert!(
                    tile.rows.iter().all(|row| columns(row) == tile.columns),
                    "{tex}: {tile:?}"
                );
            }
        }
    }
}

#[test]
fn every_formula_of_a_paragraph_of_thousands_is_set() {
    use crate::layout::{PageForm, lay_out_page};
    let markdown = "$x^2 \\leq y$ ".repeat(4000);
    let paper = crate::formats::markdown::parse(&markdown).paper;
    let form = PageForm {
        sets_formulas: true,
        ..PageForm::from(68)
    };
    let mut shown = 0;
    for block in &paper.blocks {
        let layout = lay_out_page(block, form, &[]);
        let runs = layout.lines.iter().flat_map(|line| &line.runs);
        shown += runs.filter(|run| run.text.contains('²')).count();
    }
    assert_eq!(shown, 4000);
}
