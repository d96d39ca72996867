//! Papers that want to act on the terminal, each with its attacks in every place where a paper has
//! text.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

/// A paper, as a file.
pub(crate) struct Paper {
    pub(crate) name: &'static str,
    pub(crate) file_name: OsString,
    pub(crate) bytes: Vec<u8>,
}

/// Sequences that terminals obey, whole, cut off, and in both writings.
const SEQUENCES: [&str; 26] = [
    "\u{1b}[31mred",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[?1049l",
    "\u{1b}[6n",
    "\u{1b}[21t",
    "\u{1b}[>4;2m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]2;title\u{1b}\\",
    "\u{1b}]8;;http:evil\u{1b}\\here\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{1b}]4;1;rgb:ff/00/00\u{7}",
    "\u{1b}]11;?\u{7}",
    "\u{1b}]1337;File=:AA==\u{7}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}_Gi=1\u{1b}\\",
    "\u{1b}^privacy\u{1b}\\",
    "\u{1b}c",
    "\u{1b}#8",
    "\u{1b}(0",
    "\u{1b}",
    "\u{1b}]0;open",
    "\u{9b}31m",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}\u{8d}",
    "\r\u{8}\u{8}over",
];

/// The same in entities, which are only what they stand for after parsing.
const ENTITIES: &str = "&#27;[31m &#x1b;]0;t&#7; &#155;31m &#x9d;0;t&#x9c; &#0; &#8; &#127; &#133; \
     &#8238; &#x2066; &rlm; &lrm; &ZeroWidthSpace; &NoBreak; &shy; &Tab;. &#xfeff; &#xE0041; &NewLine;.";

/// Parts that are harmless until what stands between them is taken out.
const SPLIT: &str = "\u{1b}*[31m* &**#27;**[2J \u{1b}[^1][31m \u{1b}**]0;t**\u{7} \u{1b}`]0;t`\u{7} \
     \u{1b}<b>[31m</b> &#27;<!-- -->[2J \u{1b}\\[31m \u{1b}~~[~~31m \u{1b}^[in]\u{9b}";

const DIRECTIONS: &str = "a\u{202e}b\u{202d}c\u{202a}d\u{202b}e\u{202c}f \u{2066}g\u{2067}h\u{2068}i\u{2069} \
     \u{61c}\u{200e}\u{200f}j \u{206a}\u{206f} אבג \u{202e}txt.exe";

const HIDDEN: &str = "a\u{200b}b\u{2060}c\u{feff}d\u{ad}e\u{180e}f\u{fff9}g\u{fffa}h\u{fffb} \
     \u{2028}i\u{2029}j\u{200d}\u{200d}k \u{200c} l\u{200d} \u{e0041}\u{e007f}m\u{e0100}n\u{fe0f} \u{2064}\u{115f}\u{3164}\u{2800}";

/// The papers.
pub(crate) fn papers() -> Vec<Paper> {
    let controls = (0..=0x9f).filter_map(char::from_u32);
    let controls = controls.filter(|char| char.is_control() && *char != '\n');
    let controls: String = controls
        .map(|control| format!("be{control}fore "))
        .collect();
    let marks = format!(
        "a{}z e{}\u{489}\u{20dd} 👩{}🚀 🏴{} ท{}",
        "\u{301}".repeat(200),
        "\u{35f}".repeat(200),
        "\u{200d}👩".repeat(40),
        "\u{e0067}".repeat(40),
        "\u{e49}".repeat(40),
    );
    let spread = |attacks: &[&str]| attacks.join(" and ");
    let (first, second) = SEQUENCES.split_at(13);
    let paper = |name: &'static str, file_name: &[u8], attack: &str| Paper {
        name,
        file_name: OsString::from_vec(file_name.to_vec()),
        bytes: everywhere(attack).into_bytes(),
    };
    let mut bomb = paper(
        "marks",
        format!("a{}.md", "\u{301}".repeat(60)).as_bytes(),
        &marks,
    );
    bomb.bytes
        .extend(format!("\n\nA{}\n", "\u{301}".repeat(10_000)).bytes());
    vec![
        paper("controls", b"controls.md", &controls),
        paper("sequences", b"\x1b]0;file\x07\x1b[31m.md", &spread(first)),
        paper("more sequences", b"new\nline\r\x9b31m.md", &spread(second)),
        paper(
            "entities",
            "\u{202e}dm.\u{200b}entities.md".as_bytes(),
            ENTITIES,
        ),
        paper("split", b"-$(split)`;'\".md", SPLIT),
        paper("directions", b"\xff\xfe\x90.md", DIRECTIONS),
        paper("hidden", "hidden\u{feff}\u{e0041}.md".as_bytes(), HIDDEN),
        bomb,
        bad_bytes(),
        utf16(),
    ]
}

/// What a test waits for, since every paper has it.
pub(crate) const FIRST_WORDS: &str = "Opening words";

/// A paper with the attack in every place that has text.
fn everywhere(x: &str) -> String {
    let escaped: String = x
        .chars()
        .filter(|char| !matches!(char, '"' | '\\'))
        .map(|char| {
            if char.is_control() || char.is_ascii_punctuation() {
                format!("\\U{:08x}", u32::from(char))
            } else {
                char.to_string()
            }
        })
        .collect();
    let y = format!("\"{escaped}\"");
    let cell = x.replace('|', "");
    let target = x.replace(['<', '>', '\r', '\u{2028}', '\u{2029}'], "");
    let filler = "Plain words of no interest that fill the page with text. ".repeat(6);
    format!(
        "---\ntitle: \"{FIRST_WORDS} {escaped}\"\nsubtitle: {y}\nauthor: [{y}, {y}]\ndate: {y}\npublisher: {y}\n\
         keywords: [{y}]\nlang: {y}\nlicence: {y}\nchanges: {y}\n---\n\n\
         First.[^1] {x} *{x}* **{x}** ~~{x}~~ `{x}`\n\n\
         # Heading {x}\n\n{filler}\n\n\
         Lonely [{x}](<http://a.org/{target}>)\n\n\
         Several ![{x}](<http://b.org/{target}> \"{x}\") <http://c.org/{target}> http://d.org/{target}\n\n\
         One^[{x}] two[^lab{x}] three[^none{x}] four[^2] five[^3] [{x}][ref] Smith (2019).\n\n\
         > {x}\n\n- {x}\n- [ ] {x}\n\n1. {x}\n\n\
         ~~~lang{x}\n{x}\n~~~\n\n    {x}\n\n\
         | Cellar {cell} | b |\n|---|:-:|\n| {cell} | {cell} |\n\n\
         <div title=\"{x}\">{x}</div>\n\n<!-- {x} --> {x} <b {x}>\n\n\
         ## Sub {x} {{#id{x}}}\n\n{filler}\n\nSetext {x}\n===\n\n{filler}\n\n\
         [A link](#id{x}) and [another](<#{target}>).\n\n\
         Line one {x}\\\nline two {x}  \nline three.\n\n\
         [ref]: <http://e.org/{target}> \"{x}\"\n\n\
         [^1]: Smith, J. (2019) *A Title {x}*. London: Press {x}. <http://n.org/{target}>\n\n\
         [^lab{x}]: Labelled {x}[^1]\n\n    {x}\n\n\
         [^2]: Smith 2019, p. 4 {x}; Doe, op. cit. {x}\n\n[^3]: Ibid. {x}\n\n\
         [^4]: never cited {x}\n\n[^1]: again {x}\n"
    )
}

/// Bytes that are no characters, and C1 controls as bare bytes; a metadata block that breaks.
fn bad_bytes() -> Paper {
    let bad: [&[u8]; 8] = [
        b"\x9b31m",
        b"\x9d0;t\x9c",
        b"\x90q\x9c",
        b"\xc0\x9b",
        b"\xe0\x80\x9b",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x82",
    ];
    let attack = bad.join(&b" and "[..]);
    let text = everywhere("SLOT").replace("title: \"", "title: [\u{1b}]0;t\u{7}, \u{9b} \"");
    let pieces: Vec<&[u8]> = text.split("SLOT").map(str::as_bytes).collect();
    Paper {
        name: "bad bytes",
        file_name: "bad bytes.md".into(),
        bytes: pieces.join(&attack[..]),
    }
}

fn utf16() -> Paper {
    let attack = "\u{1b}]0;t\u{7}\u{9b}31m\u{202e}\u{200b}\u{feff}\u{fffe}";
    let mut units: Vec<u16> = vec![0xfeff];
    units.extend(everywhere(attack).encode_utf16());
    // Halves of characters.
    units.extend([0xd800, 0x1b, 0xdc00, 0x9b]);
    Paper {
        name: "UTF-16",
        file_name: "utf16.md".into(),
        bytes: units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
    }
}
