//! HTML in a paper.

use super::check;

#[test]
fn a_whole_block_of_html_is_what_it_is_in_a_page() {
    check(
        "<h2>A <i>heading</i></h2>\n\n<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td><a href='http://d.e'>f</a></td></tr></table>\n\n<ul><li>g</li><li>h</li></ul>\n\n<blockquote><p>i</p><p>j</p></blockquote>",
        "## A *heading*
         table[Left, Left]: a⇥b⏎c⇥<f -> http://d.e>
         • g
         ~• h
         > i
         > j",
    );
}

#[test]
fn notes_within_a_block_of_html_are_apart_from_those_of_the_paper() {
    check(
        "a[^1]\n\n<table><tr><td>b<a href=\"#fn1\" id=\"fnref1\"><sup>1</sup></a></td></tr></table>\n<section class=\"footnotes\"><ol><li id=\"fn1\"><p>Two.<a href=\"#fnref1\">↩</a></p></li></ol></section>\n\nc[^1]\n\n[^1]: One.",
        "a[1]
         b[2]
         c[1]
         # Notes
         (1) One.
         (2) Two.",
    );
}

#[test]
fn tags_in_running_text_set_styles_and_links() {
    check(
        "a <em>b</em> <strong>c</strong> <a href=\"http://d.e?f&amp;g\">*h*</a> <a name=i>j</a> <img alt='k l' src=m.png> <a href='n'>o <b>p</a> q [r <a href=s>t](u)</a> <a href=v>w",
        "a *b* **c** *<h* -> http://d.e?f&g> j *<[image: k l]* -> m.png> <o p -> n> q <r t -> u> w",
    );
}

#[test]
fn a_block_that_is_not_whole_is_text() {
    check(
        "<table><tr><td>\n\n*a*\n\n</td><td>b</td></tr></table>",
        "*a*
         b",
    );
}

#[test]
fn markdown_right_below_the_tag_of_a_division_is_markdown() {
    check(
        "<div class=\"a\">\n*a* b[^1]\n</div>\n*c*\n\n<div>\n<p>*d*</p>\n</div>\n\n<table>\n<tr><td>\n<div>\ne\n</div>\n</td><td>f</td></tr>\n</table>\n\n[^1]: One.",
        "*a* b[1]
         *c*
         *d*
         table[Left, Left]: e⇥f
         # Notes
         (1) One.",
    );
}
