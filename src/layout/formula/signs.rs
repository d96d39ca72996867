//! TeX's commands that stand for a sign, and its alphabets.

use super::tree::MathClass;

const fn large(has_bounds: bool) -> MathClass {
    MathClass::Large { has_bounds }
}

/// Signs of each class: the command, a blank, and the sign, with a line for each class.
#[rustfmt::skip]
const SIGNS: &[(MathClass, &str)] = &[
    (MathClass::Letter, "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ wp ℘ aleph ℵ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ triangle △ Box □ square □ blacksquare ■ diamond ⋄ prime ′ dagger † ddagger ‡ ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ vdots ⋮ ddots ⋱ imath ı jmath ȷ degree ° sharp ♯ flat ♭ checkmark ✓ complement ∁ S § P ¶ $ $ % % & & # # _ _"),
    (MathClass::Binary, "pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet • cup ∪ cap ∩ sqcup ⊔ sqcap ⊓ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ uplus ⊎ amalg ⨿ wr ≀ rtimes ⋊ ltimes ⋉ triangleleft ◁ triangleright ▷"),
    (MathClass::Relation, "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝ ll ≪ gg ≫ prec ≺ succ ≻ preceq ⪯ succeq ⪰ leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ asymp ≍ doteq ≐ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ sqsubseteq ⊑ perp ⊥ parallel ∥ mid ∣ nmid ∤ vdash ⊢ models ⊨ vDash ⊨ Vdash ⊩ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ impliedby ⇐ longrightarrow ⟶ longleftarrow ⟵ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ leadsto ⇝ rightsquigarrow ⇝ triangleq ≜ coloneqq ≔ lt < gt > colon : bowtie ⋈ smile ⌣ twoheadrightarrow ↠ rightharpoonup ⇀ rightleftharpoons ⇌"),
    (large(true), "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigsqcup ⨆ biguplus ⨄"),
    (large(false), "int ∫ iint ∬ iiint ∭ oint ∮"),
    (MathClass::Function { has_bounds: false }, "sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin arccos arccos arctan arctan sinh sinh cosh cosh tanh tanh coth coth log log ln ln lg lg exp exp dim dim ker ker deg deg arg arg hom hom"),
    (MathClass::Function { has_bounds: true }, "lim lim max max min min sup sup inf inf det det gcd gcd Pr Pr"),
    (MathClass::Open, "{ { lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lbrack [ lvert | lVert ‖"),
    (MathClass::Close, "} } rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rbrack ] rvert | rVert ‖"),
    (MathClass::Bar, "| ‖ Vert ‖ vert |"),
];

/// The sign that a command stands for, and its class.
pub(super) fn sign(command: &str) -> Option<(&'static str, MathClass)> {
    SIGNS.iter().find_map(|(class, signs)| {
        let mut words = signs.split(' ');
        while let (Some(name), Some(sign)) = (words.next(), words.next()) {
            if name == command {
                return Some((sign, *class));
            }
        }
        None
    })
}

/// The sign that a character stands for as it is typed, and its class; none if it is no part of
/// formulas.
pub(super) fn typed(char: char) -> Option<(char, MathClass)> {
    Some(match char {
        '-' => ('−', MathClass::Binary),
        '*' => ('∗', MathClass::Binary),
        '+' => ('+', MathClass::Binary),
        '=' | '<' | '>' | ':' => (char, MathClass::Relation),
        '(' | '[' => (char, MathClass::Open),
        ')' | ']' => (char, MathClass::Close),
        ',' | ';' | '.' => (char, MathClass::Comma),
        '|' => (char, MathClass::Bar),
        '/' | '!' | '?' => (char, MathClass::Letter),
        _ if char.is_alphabetic() => (char, MathClass::Letter),
        '∞' | '∂' | '∇' | '…' | '°' | '′' => (char, MathClass::Letter),
        '±' | '×' | '·' | '−' | '∪' | '∩' => (char, MathClass::Binary),
        '≤' | '≥' | '≠' | '≈' | '≡' | '∈' | '∉' | '→' | '⇒' | '↔' | '⇔' | '∼' | '⊂' | '⊆' => {
            (char, MathClass::Relation)
        }
        _ => return None,
    })
}

/// The sign that stands negated for another.
pub(super) fn negated(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "=" => "≠",
        "∈" => "∉",
        "≡" => "≢",
        "∼" => "≁",
        "≈" => "≉",
        "⊂" => "⊄",
        "⊆" => "⊈",
        "∃" => "∄",
        "∣" => "∤",
        "<" => "≮",
        ">" => "≯",
        "≤" => "≰",
        "≥" => "≱",
        "∥" => "∦",
        "⊢" => "⊬",
        _ => return None,
    })
}

/// The mark that a command sets on a letter.
pub(super) fn accent(command: &str) -> Option<char> {
    Some(match command {
        "hat" | "widehat" => '\u{302}',
        "bar" => '\u{304}',
        "overline" => '\u{305}',
        "tilde" | "widetilde" => '\u{303}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "mathring" => '\u{30a}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "vec" => '\u{20d7}',
        "underline" => '\u{332}',
        _ => return None,
    })
}

/// An alphabet of Unicode's: where its capitals, small letters, digits, and Greek capitals and small
/// letters begin; and what stands elsewhere.
#[derive(Debug)]
pub(super) struct MathAlphabet {
    capitals: u32,
    small: u32,
    digits: Option<u32>,
    greek: Option<(u32, u32)>,
    elsewhere: &'static [(char, char)],
}

/// The alphabet that a command sets letters in.
pub(super) fn alphabet(command: &str) -> Option<&'static MathAlphabet> {
    Some(match command {
        "mathbf" | "textbf" => &MathAlphabet {
            capitals: 0x1d400,
            small: 0x1d41a,
            digits: Some(0x1d7ce),
            greek: Some((0x1d6a8, 0x1d6c2)),
            elsewhere: &[],
        },
        "boldsymbol" | "bm" | "pmb" => &MathAlphabet {
            capitals: 0x1d468,
            small: 0x1d482,
            digits: Some(0x1d7ce),
            greek: Some((0x1d71c, 0x1d736)),
            elsewhere: &[],
        },
        "mathcal" | "mathscr" => &MathAlphabet {
            capitals: 0x1d49c,
            small: 0x1d4b6,
            digits: None,
            greek: None,
            elsewhere: &[
                ('B', 'ℬ'),
                ('E', 'ℰ'),
                ('F', 'ℱ'),
                ('H', 'ℋ'),
                ('I', 'ℐ'),
                ('L', 'ℒ'),
                ('M', 'ℳ'),
                ('R', 'ℛ'),
                ('e', 'ℯ'),
                ('g', 'ℊ'),
                ('o', 'ℴ'),
            ],
        },
        "mathfrak" => &MathAlphabet {
            capitals: 0x1d504,
            small: 0x1d51e,
            digits: None,
            greek: None,
            elsewhere: &[('C', 'ℭ'), ('H', 'ℌ'), ('I', 'ℑ'), ('R', 'ℜ'), ('Z', 'ℨ')],
        },
        "mathbb" | "Bbb" => &MathAlphabet {
            capitals: 0x1d538,
            small: 0x1d552,
            digits: Some(0x1d7d8),
            greek: None,
            elsewhere: &[
                ('C', 'ℂ'),
                ('H', 'ℍ'),
                ('N', 'ℕ'),
                ('P', 'ℙ'),
                ('Q', 'ℚ'),
                ('R', 'ℝ'),
                ('Z', 'ℤ'),
            ],
        },
        "mathsf" => &MathAlphabet {
            capitals: 0x1d5a0,
            small: 0x1d5ba,
            digits: Some(0x1d7e2),
            greek: None,
            elsewhere: &[],
        },
        "mathtt" => &MathAlphabet {
            capitals: 0x1d670,
            small: 0x1d68a,
            digits: Some(0x1d7f6),
            greek: None,
            elsewhere: &[],
        },
        _ => return None,
    })
}

impl MathAlphabet {
    /// The letter as it is in this alphabet; none if it has none.
    pub(super) fn letter(&self, letter: char) -> Option<char> {
        let mut elsewhere = self.elsewhere.iter();
        if let Some((_, own)) = elsewhere.find(|(plain, _)| *plain == letter) {
            return Some(*own);
        }
        let code = u32::from(letter);
        let own = match letter {
            'A'..='Z' => self.capitals + code - u32::from('A'),
            'a'..='z' => self.small + code - u32::from('a'),
            '0'..='9' => self.digits? + code - u32::from('0'),
            'Α'..='Ω' => self.greek?.0 + code - u32::from('Α'),
            'α'..='ω' => self.greek?.1 + code - u32::from('α'),
            _ => return None,
        };
        char::from_u32(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_table_has_a_sign() {
        for (_, signs) in SIGNS {
            assert_eq!(signs.split(' ').count() % 2, 0, "{signs}");
        }
        assert_eq!(sign("alpha"), Some(("α", MathClass::Letter)));
        assert_eq!(sign("notin"), Some(("∉", MathClass::Relation)));
        assert_eq!(sign("nothing"), None);
    }

    #[test]
    fn letters_of_alphabets_are_where_unicode_has_them() {
        let letter = |command, plain| alphabet(command).and_then(|own| own.letter(plain));
        assert_eq!(letter("mathbb", 'R'), Some('ℝ'));
        assert_eq!(letter("mathbb", 'E'), Some('𝔼'));
        assert_eq!(letter("mathcal", 'L'), Some('ℒ'));
        assert_eq!(letter("mathbf", 'x'), Some('𝐱'));
        assert_eq!(letter("bm", 'β'), Some('𝜷'));
        assert_eq!(letter("mathcal", '1'), None);
    }
}
