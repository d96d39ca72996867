//! Formulas, and what else is hidden from the parser.

use crate::formats::outline::{check, check_problems};

#[test]
fn formulas_are_kept_word_for_word() {
    check(
        r"If $\left\{ a*b*c \right\}$ and \(x_1 \\ y\), *so*",
        r"If ⟪$\left\{ a*b*c \right\}$⟫ and ⟪\(x_1 \\ y\)⟫, *so*",
    );
    check(
        "| a | b |\n|-|-|\n| $|x|$ | c |",
        "table[Left, Left]: a⇥b⏎⟪$|x|$⟫⇥c",
    );
    check("> a $b\n> *c*$ d", "> a ⟪$b *c*$⟫ d");
    check(
        "# On $a_1$ {#x}\n\n[l $m$](n)",
        "# On ⟪$a_1$⟫\n<l ⟪$m$⟫ -> n>",
    );
}

#[test]
fn a_formula_on_lines_of_its_own_is_a_block() {
    check(
        "We have\n$$\n\\frac{a}{b} \\\\\n= *c*\n$$\nthen.",
        r"We have
         code(math): $$⏎\frac{a}{b} \\⏎= *c*⏎$$
         then.",
    );
    check("> $$\n> - a\n> $$", "> code(math): $$⏎- a⏎$$");
    check(
        "- $$a$$ {#eq:a}\n- b $$c$$ d",
        "• code(math): $$a$$\n~• b ⟪$$c$$⟫ d",
    );
    check("\\[\na = b\n\\]", r"code(math): \[⏎a = b⏎\]");
    check(
        "a[^1]\n\n[^1]: $$b$$\n",
        "a[1]
         # Notes
         (1) code(math): $$b$$",
    );
}

#[test]
fn code_and_html_keep_their_dollars() {
    check("`$a$` <b title='$c$'>d</b>", "`$a$` **d**");
    check("    $a$\n    $b$", "code(): $a$⏎$b$");
    check("<div>$a$ $*b*$\n</div>", "$a$ $*b*$");
}

#[test]
fn prices_are_no_formulas() {
    check(
        "$5[^1] or *US$6* and $7[^1]\n\n[^1]: a",
        "$5[1] or *US$6* and $7[1]
         # Notes
         (1) a",
    );
}

#[test]
fn a_fence_that_ends_in_a_tab_ends_its_code() {
    check("```\na\n```\t\n\n# B", "code(): a\n# B");
}

#[test]
fn a_fence_may_have_backticks_in_its_attributes() {
    check(
        "```{#l .js caption=\"Like `a`\"}\nb\n```\n\nc",
        "code(js): b\nc",
    );
    check("```{r, fig.cap=\"`a`\"}\nb\n```", "code(r): b\n`a`");
}

#[test]
fn a_note_goes_on_in_a_line_that_looks_like_a_list() {
    check(
        "A.[^1]\n\n[^1]: Letter of 4 July\n1776. Then *more*\n- and more.\n\nB.",
        "A.[1]
         B.
         # Notes
         (1) Letter of 4 July 1776. Then *more* - and more.",
    );
    check("In the year\n1835. A", "In the year 1835. A");
}

#[test]
fn brackets_that_are_no_note_keep_their_text() {
    check(
        r#"gsub("<[^>]*>") [^aeiou]+ "[^b]" [^a-z] [^]"#,
        r#"gsub("<[^>]*>") [^aeiou]+ "[^b]" [^a-z] [^]"#,
    );
    check_problems("a[^b]", "1: note [^b] is cited but never defined");
}
