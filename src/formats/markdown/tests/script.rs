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
        "a<sup>5[^1]</sup> b<sup>é[^1]c</sup>\n\n[^1]: f",
        "a^{⁵[1]} b^{^(é[1]c)}
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
