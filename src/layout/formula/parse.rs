//! Reads a formula in TeX. What is not known for certain makes the whole of it unknown.

mod environment;

use std::ops::Range;

use super::signs;
use super::tree::{MathClass, MathNode};

/// How deep braces may be nested.
const MAX_DEPTH: usize = 24;

/// The longest formula that is set, in bytes.
const MAX_BYTES: usize = 4096;

/// Words in a row that mean how wide a blank is, in columns.
const GAPS: &[(&str, usize)] = &[
    (",", 1),
    (":", 1),
    (";", 1),
    (" ", 1),
    ("thinspace", 1),
    ("medspace", 1),
    ("thickspace", 1),
    ("enspace", 1),
    ("quad", 2),
    ("qquad", 4),
    ("!", 0),
];

/// Commands that say how something is set that is set in one way here.
const IDLE: &[&str] = &[
    "displaystyle",
    "textstyle",
    "scriptstyle",
    "scriptscriptstyle",
    "limits",
    "nolimits",
    "nonumber",
    "notag",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "bigm",
    "Bigl",
    "Bigr",
    "Bigm",
    "biggl",
    "biggr",
    "Biggl",
    "Biggr",
    "allowbreak",
    "nobreak",
    "centering",
];

/// Reads the parts of a formula without the signs around it, each with its bytes; none if any is
/// not known.
pub(super) fn parse(tex: &str) -> Option<Vec<(MathNode, Range<usize>)>> {
    if tex.len() > MAX_BYTES {
        return None;
    }
    let mut parser = MathParser {
        tex,
        at: 0,
        depth: 0,
    };
    let nodes = parser.list(Ends::Formula)?;
    (parser.at == tex.len() && !nodes.is_empty()).then_some(nodes)
}

/// What ends a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Formula,
    Brace,
    Bracket,
    /// `\right`.
    Fence,
    /// `&`, `\\` or `\end`.
    Cell,
}

#[derive(Debug, Clone)]
struct MathParser<'a> {
    tex: &'a str,
    at: usize,
    depth: usize,
}

type PlacedNodes = Vec<(MathNode, Range<usize>)>;

impl<'a> MathParser<'a> {
    fn rest(&self) -> &'a str {
        self.tex.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over a text if it is next.
    fn take(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The name of the command that is next, without its backslash, passed over.
    fn command(&mut self) -> Option<&'a str> {
        let rest = self.rest().strip_prefix('\\')?;
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let bytes = match letters {
            0 => rest.chars().next()?.len_utf8(),
            letters => letters,
        };
        self.at += 1 + bytes;
        rest.get(..bytes)
    }

    /// Whether what is next ends such a list; it is left there.
    fn is_at_end(&self, ends: Ends) -> bool {
        let rest = self.rest();
        match ends {
            Ends::Formula => rest.is_empty(),
            Ends::Brace => rest.starts_with('}'),
            Ends::Bracket => rest.starts_with(']'),
            Ends::Fence => {
                let after = rest.strip_prefix("\\right");
                after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphabetic()))
            }
            Ends::Cell => {
                rest.starts_with('&') || rest.starts_with("\\\\") || rest.starts_with("\\end{")
            }
        }
    }

    fn list(&mut self, ends: Ends) -> Option<PlacedNodes> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let mut nodes: PlacedNodes = Vec::new();
        loop {
            self.skip_blanks();
            if self.is_at_end(ends) {
                break;
            }
            let start = self.at;
            match self.peek()? {
                '^' | '_' | '\'' => self.script(&mut nodes)?,
                '{' => self.braced(&mut nodes)?,
                _ => {
                    if let Some(node) = self.node()? {
                        nodes.push((node, start..self.at));
                    }
                }
            }
        }
        self.depth -= 1;
        tell_bars(&mut nodes);
        Some(nodes)
    }

    fn nodes(&mut self, ends: Ends) -> Option<Vec<MathNode>> {
        let placed = self.list(ends)?;
        Some(placed.into_iter().map(|(node, _)| node).collect())
    }

    /// What is next, if it shows anything.
    fn node(&mut self) -> Option<Option<MathNode>> {
        let next = self.peek()?;
        Some(Some(match next {
            '\\' => return self.commanded(),
            '~' => {
                self.at += 1;
                MathNode::Gap(1)
            }
            '0'..='9' => self.number(),
            _ => {
                let (sign, class) = signs::typed(next)?;
                self.at += next.len_utf8();
                MathNode::sign(sign, class)
            }
        }))
    }

    /// What stands between braces. TeX shows neither them nor brackets in their place, so that it
    /// is told as if they were not there, unless something is raised or lowered behind it.
    fn braced(&mut self, nodes: &mut PlacedNodes) -> Option<()> {
        let start = self.at;
        self.take("{").then_some(())?;
        let mut inner = self.list(Ends::Brace)?;
        self.take("}").then_some(())?;
        self.skip_blanks();
        if !matches!(self.peek(), Some('^' | '_' | '\'')) {
            nodes.append(&mut inner);
            return Some(());
        }
        let base = inner.into_iter().map(|(node, _)| node).collect();
        // What is raised or lowered is added to it next.
        let script = MathNode::Script {
            base,
            below: Vec::new(),
            above: Vec::new(),
        };
        nodes.push((script, start..self.at));
        Some(())
    }

    /// Digits, with points and commas between them, also in braces, as in `10{,}000`.
    fn number(&mut self) -> MathNode {
        const BETWEEN: [&str; 4] = [".", ",", "{,}", "{.}"];
        let mut number = String::new();
        loop {
            let rest = self.rest();
            let parts = BETWEEN.iter().find_map(|sign| {
                let after = rest.strip_prefix(sign)?;
                let is_within = !number.is_empty() && after.starts_with(is_digit);
                is_within.then_some(*sign)
            });
            match (self.peek().filter(char::is_ascii_digit), parts) {
                (Some(digit), _) => {
                    number.push(digit);
                    self.at += 1;
                }
                (None, Some(sign)) => {
                    number.push_str(sign.trim_matches(['{', '}']));
                    self.at += sign.len();
                }
                (None, None) => return MathNode::sign(number, MathClass::Number),
            }
        }
    }

    /// Sets what is raised or lowered on the part before it.
    fn script(&mut self, nodes: &mut PlacedNodes) -> Option<()> {
        let (base, mut below, mut above, start) = match nodes.pop() {
            Some((MathNode::Gap(_), _)) => return None,
            Some((MathNode::Script { base, below, above }, bytes)) => {
                (base, below, above, bytes.start)
            }
            Some((node, bytes)) => (vec![node], Vec::new(), Vec::new(), bytes.start),
            None => (Vec::new(), Vec::new(), Vec::new(), self.at),
        };
        match self.peek()? {
            '\'' => {
                let is_raised = above.iter().any(|node| *node != prime());
                if is_raised {
                    return None;
                }
                self.at += 1;
                above.push(prime());
            }
            '^' => {
                self.at += 1;
                if above.iter().any(|node| *node != prime()) {
                    return None;
                }
                above.append(&mut self.argument()?);
            }
            _ => {
                self.at += 1;
                if !below.is_empty() {
                    return None;
                }
                below = self.argument()?;
            }
        }
        let node = MathNode::Script { base, below, above };
        nodes.push((node, start..self.at));
        Some(())
    }

    /// What a command or a script takes: what stands in braces, or one sign.
    fn argument(&mut self) -> Option<Vec<MathNode>> {
        self.skip_blanks();
        match self.peek()? {
            '{' => {
                self.at += 1;
                let nodes = self.nodes(Ends::Brace)?;
                self.take("}").then_some(nodes)
            }
            digit @ '0'..='9' => {
                self.at += 1;
                Some(vec![MathNode::sign(digit, MathClass::Number)])
            }
            '^' | '_' | '\'' | '}' | '&' => None,
            _ if self.depth >= MAX_DEPTH => None,
            _ => {
                self.depth += 1;
                let node = self.node()??;
                self.depth -= 1;
                Some(vec![node])
            }
        }
    }

    /// What stands in braces, as it is typed.
    fn typed_argument(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        let rest = self.rest().strip_prefix('{')?;
        let (text, _) = rest.split_once('}')?;
        if text.contains('{') {
            return None;
        }
        self.at += text.len() + 2;
        Some(text)
    }

    /// What a command is, if it shows anything.
    fn commanded(&mut self) -> Option<Option<MathNode>> {
        let name = self.command()?;
        if let Some((_, columns)) = GAPS.iter().find(|(gap, _)| *gap == name) {
            return Some((*columns > 0).then_some(MathNode::Gap(*columns)));
        }
        if IDLE.contains(&name) {
            return Some(None);
        }
        if let Some((sign, class)) = signs::sign(name) {
            return Some(Some(MathNode::sign(sign, class)));
        }
        if let Some(mark) = signs::accent(name) {
            return self.accented(mark).map(Some);
        }
        // Words in bold have blanks that signs have not.
        let has_blank = |word: &str| word.contains(char::is_whitespace);
        if name == "textbf" && self.clone().typed_argument().is_none_or(has_blank) {
            return None;
        }
        if let Some(alphabet) = signs::alphabet(name) {
            return self.in_alphabet(alphabet).map(Some);
        }
        Some(Some(match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => MathNode::Fraction {
                above: self.argument()?,
                below: self.argument()?,
            },
            "binom" | "dbinom" | "tbinom" => MathNode::Binomial {
                above: self.argument()?,
                below: self.argument()?,
            },
            "sqrt" => self.root()?,
            "text" | "textrm" | "textnormal" | "mathrm" | "mathit" | "textit" | "textup"
            | "mbox" | "rm" | "operatorname" => self.word(name)?,
            "left" => self.fenced()?,
            "not" => self.negated()?,
            "pmod" => {
                let mut inner = vec![MathNode::sign("mod", MathClass::Word), MathNode::Gap(1)];
                inner.append(&mut self.argument()?);
                let (open, close) = (" (".to_owned(), ")".to_owned());
                MathNode::Fenced { open, inner, close }
            }
            "bmod" => MathNode::sign("mod", MathClass::Binary),
            "label" => {
                self.typed_argument()?;
                return Some(None);
            }
            "begin" => self.environment()?,
            _ => return None,
        }))
    }

    /// A letter with a mark on it.
    fn accented(&mut self, mark: char) -> Option<MathNode> {
        let nodes = self.argument()?;
        let [MathNode::Sign { text, class }] = nodes.as_slice() else {
            return None;
        };
        let is_letter = matches!(class, MathClass::Letter) && text.chars().count() == 1;
        let is_letter = is_letter && text.chars().all(char::is_alphabetic);
        is_letter.then(|| MathNode::sign(format!("{text}{mark}"), MathClass::Letter))
    }

    /// Letters in an alphabet of Unicode's.
    fn in_alphabet(&mut self, alphabet: &signs::MathAlphabet) -> Option<MathNode> {
        let nodes = self.argument()?;
        let mut text = String::new();
        for node in &nodes {
            let MathNode::Sign {
                text: letters,
                class: MathClass::Letter | MathClass::Number,
            } = node
            else {
                return None;
            };
            for letter in letters.chars() {
                text.push(alphabet.letter(letter)?);
            }
        }
        let class = match text.chars().count() {
            0 => return None,
            1 => MathClass::Letter,
            _ => MathClass::Word,
        };
        Some(MathNode::sign(text, class))
    }

    fn root(&mut self) -> Option<MathNode> {
        self.skip_blanks();
        let mut sign = '√';
        if self.take("[") {
            let degree = self.nodes(Ends::Bracket)?;
            self.take("]").then_some(())?;
            sign = match degree.as_slice() {
                [MathNode::Sign { text, .. }] if text == "2" => '√',
                [MathNode::Sign { text, .. }] if text == "3" => '∛',
                [MathNode::Sign { text, .. }] if text == "4" => '∜',
                _ => return None,
            };
        }
        let inner = self.argument()?;
        (!inner.is_empty()).then_some(MathNode::Root { sign, inner })
    }

    /// Words between the signs.
    fn word(&mut self, command: &str) -> Option<MathNode> {
        let has_bounds = self.take("*");
        let text = self.typed_argument()?;
        let text = text.replace("\\,", " ").replace("\\ ", " ");
        let is_plain = |c: char| c.is_alphanumeric() || " -.,;:'()/+".contains(c);
        if !text.chars().all(is_plain) || text.is_empty() {
            return None;
        }
        let class = match command {
            "operatorname" => MathClass::Function { has_bounds },
            _ if text.chars().count() == 1 && text.chars().all(char::is_alphabetic) => {
                MathClass::Letter
            }
            _ => MathClass::Word,
        };
        Some(MathNode::sign(text, class))
    }

    fn fenced(&mut self) -> Option<MathNode> {
        let open = self.fence()?;
        let inner = self.nodes(Ends::Fence)?;
        self.command()?;
        let close = self.fence()?;
        Some(MathNode::Fenced { open, inner, close })
    }

    /// A bracket, or nothing where a point stands for none.
    fn fence(&mut self) -> Option<String> {
        self.skip_blanks();
        if self.take(".") {
            return Some(String::new());
        }
        let (sign, class) = match self.peek()? {
            '\\' => {
                let name = self.command()?;
                let (sign, class) = signs::sign(name)?;
                (sign.to_owned(), class)
            }
            next => {
                let (sign, class) = signs::typed(next)?;
                self.at += next.len_utf8();
                match sign {
                    '<' => ("⟨".to_owned(), MathClass::Open),
                    '>' => ("⟩".to_owned(), MathClass::Close),
                    sign => (sign.to_string(), class),
                }
            }
        };
        let is_fence = matches!(class, MathClass::Open | MathClass::Close | MathClass::Bar)
            || matches!(sign.as_str(), "⟨" | "⟩");
        is_fence.then_some(sign)
    }

    fn negated(&mut self) -> Option<MathNode> {
        let nodes = self.argument()?;
        let [MathNode::Sign { text, class }] = nodes.as_slice() else {
            return None;
        };
        Some(MathNode::sign(signs::negated(text)?, *class))
    }
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit()
}

fn prime() -> MathNode {
    MathNode::sign("′", MathClass::Letter)
}

/// Says of an even number of bars which open and which close; an odd one parts, as in `P(A|B)`.
fn tell_bars(nodes: &mut PlacedNodes) {
    let is_bar = |node: &MathNode| node.class() == Some(MathClass::Bar);
    let bars = nodes.iter().filter(|(node, _)| is_bar(node)).count();
    if bars % 2 == 1 {
        return;
    }
    let mut opens = true;
    for (node, _) in nodes.iter_mut().filter(|(node, _)| is_bar(node)) {
        set_class(
            node,
            if opens {
                MathClass::Open
            } else {
                MathClass::Close
            },
        );
        opens = !opens;
    }
}

fn set_class(node: &mut MathNode, to: MathClass) {
    match node {
        MathNode::Sign { class, .. } => *class = to,
        MathNode::Script { base, .. } => {
            if let [MathNode::Sign { class, .. }] = base.as_mut_slice() {
                *class = to;
            }
        }
        _ => {}
    }
}
