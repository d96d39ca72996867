//! Raised and lowered text.

use crate::formats::outline::check;

#[test]
fn what_unicode_has_signs_for_is_set_with_them() {
    check(
        "10<sup>6</sup> CO<sub>2</sub> 1<sup>er</sup>",
        "10^{⁶} CO_{₂} 1^{ᵉʳ}",
    );
    check("10<sup>-12</sup> x<sub>n+1</sub>", "10^{⁻¹²} x_{ₙ₊₁}");
}

#[test]
fn a_run_with_a_letter_that_has_no_sign_is_marked() {
    check("x<sup>é</sup> y<sub>q</sub>", "x^{^é} y_{_q}");
    check(
        "x<sup>n/2</sup> y<sub>max, B</sub>",
        "x^{^(n/2)} y_{_(max, B)}",
    );
}

#[test]
fn a_comma_between_markers_is_level() {
    check(
        "a[^1]<sup>,</sup>[^2] b<sup>[^1],[^2]</sup> c<sup>1,2</sup>\n\n[^1]: d\n\n[^2]: e",
        "a[1],[2] b[1],[2] c^{^(1,2)}
         # Notes
         (1) d
         (2) e",
    );
}

#[test]
fn what_is_raised_within_a_raised_run_is_not_level_with_it() {
    check("e<sup>x<sup>2</sup></sup>", "e^{^(x²)}");
    check("e<sup>x<sub>2</sub></sup>", "e^{^(x_{₂})}");
}

#[test]
fn emphasis_links_and_markers_keep_to_their_letters() {
    check("*x<sup>n</sup>y* a<sup>b*c*d</sup>", "*x^{ⁿ}y* a^{ᵇ*ᶜ*ᵈ}");
    check("<sup>a[5](e)b</sup>", "^{ᵃ<⁵ -> e>ᵇ}");
    check("a<sup>[é](b)f*c*g`d`e</sup>", "a^{^(<é -> b>f*c*g`d`e)}");
    check(
        "a<sup>[^1]5</sup> b<sup>é[^1]c</sup>\n\n[^1]: f",
        "a^{[1]⁵} b^{^(é[1]c)}
         # Notes
         (1) f",
    );
}

#[test]
fn a_tag_without_its_other_half_raises_nothing() {
    check("a<sup>b\n\nc</sup> *d<sub>e* f</sub>", "ab\nc *de* f");
    check("a<sup>b<sub>c</sup>d</sub>", "a^{ᵇᶜ}d");
}

#[test]
fn blanks_at_the_ends_are_not_raised_and_nothing_is_no_run() {
    check("10<sup> 6 </sup>b<sup> </sup>c<sup></sup>d", "10 ^{⁶} b cd");
}

#[test]
fn pandocs_signs_raise_and_lower_what_has_no_blank() {
    check(
        "10^6^ CO~2~ H~2~O 4^e^siècle",
        "10^{⁶} CO_{₂} H_{₂}O 4^{ᵉ}siècle",
    );
    check("a^*n*+1^ ~x~", "a^{*ⁿ*⁺¹} _{ₓ}");
    check("P~a\\ cat~", "P_{_(a\u{a0}cat)}");
    check("2^10 and 3^5, ~5 or ~6", "2^10 and 3^5, ~5 or ~6");
    check("10^6–10^9, ~5–~6 km", "10^6–10^9, ~5–~6 km");
    check(r"a\^b^ `c^d^` ^^e^^ ~~f~~", "a^b^ `c^d^` ^^e^^ ~~f~~");
    check("~x y~", "~~x y~~");
    check("*a^b* c^d", "*a^b* c^d");
}

#[test]
fn notes_are_told_from_raised_text() {
    check(
        "a^[b] c^[d^2^] e[^1]^ f\n\n[^1]: g",
        "a[1] c[2] e[3]^ f
         # Notes
         (1) b
         (2) d^{²}
         (3) g",
    );
}

#[test]
fn a_backslash_before_a_blank_makes_it_fixed() {
    check(r"récit\ ? a\\ b", "récit\u{a0}? a\\ b");
}
