//! What a formula is made of.

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MathNode {
    /// A letter, number, word or sign.
    Sign {
        /// What is shown.
        text: String,
        class: MathClass,
    },
    /// What has something raised or lowered behind it, or above and below it.
    Script {
        /// One part, or what stands between braces. Other braces show nothing: what they hold stands
        /// among the parts around them.
        base: Vec<MathNode>,
        below: Vec<MathNode>,
        above: Vec<MathNode>,
    },
    Fraction {
        above: Vec<MathNode>,
        below: Vec<MathNode>,
    },
    /// Like a fraction without its line, in round brackets.
    Binomial {
        above: Vec<MathNode>,
        below: Vec<MathNode>,
    },
    Root {
        /// `√`, `∛` or `∜`.
        sign: char,
        inner: Vec<MathNode>,
    },
    /// What stands between brackets that grow with it; either may be empty.
    Fenced {
        open: String,
        inner: Vec<MathNode>,
        close: String,
    },
    /// Blank columns.
    Gap(usize),
    /// Rows of cells.
    Rows {
        form: RowForm,
        rows: Vec<Vec<Vec<MathNode>>>,
    },
}

/// What a sign is for, which decides how much room it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MathClass {
    Letter,
    Number,
    /// Letters that belong together.
    Word,
    /// A sum, a product, an integral.
    Large {
        /// Whether its bounds stand above and below it in a formula with a line of its own.
        has_bounds: bool,
    },
    /// A function by its name.
    Function {
        /// The same.
        has_bounds: bool,
    },
    /// Between two operands, such as `+`.
    Binary,
    /// Between two sides, such as `=`.
    Relation,
    Open,
    Close,
    Comma,
    /// A bar that opens, closes or parts: the parser says which where that is clear.
    Bar,
}

/// How rows of cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowForm {
    /// Cells in the middle of their columns.
    Matrix,
    /// Cells at the left of their columns.
    Cases,
    /// Cells to the right and to the left by turns, without blanks between, as around `=`.
    Aligned,
}

impl MathNode {
    /// A sign of a class.
    pub(super) fn sign(text: impl Into<String>, class: MathClass) -> Self {
        let text = text.into();
        MathNode::Sign { text, class }
    }

    /// The class of a sign, or of what a script is set on.
    pub(super) fn class(&self) -> Option<MathClass> {
        match self {
            MathNode::Sign { class, .. } => Some(*class),
            MathNode::Script { base, .. } => match base.as_slice() {
                [MathNode::Sign { class, .. }] => Some(*class),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it is a plus or a minus, which bind less than a fraction's line.
    pub(super) fn is_sum_sign(&self) -> bool {
        matches!(self, MathNode::Sign { text, class: MathClass::Binary } if matches!(text.as_str(), "+" | "−" | "±" | "∓"))
    }
}

/// The parts that show something.
pub(super) fn shown(nodes: &[MathNode]) -> impl DoubleEndedIterator<Item = &MathNode> {
    nodes
        .iter()
        .filter(|node| !matches!(node, MathNode::Gap(_)))
}
