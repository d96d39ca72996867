//! Every correction that stands between the source text and the embedded paper.
//!
//! The list is in the paper's order and is the numbered list of
//! `assets/README.md`: a test holds the two together.

/// One correction: what it mends, and the passages that it changes.
pub(crate) struct Correction {
    /// The sentence under which `assets/README.md` lists it.
    pub what: &'static str,
    /// Each passage as the source has it, and as the paper has it.
    pub edits: Vec<(String, String)>,
}

/// The corrections, in the order in which the README numbers them.
pub(crate) fn corrections() -> Vec<Correction> {
    let mut all = title_page();
    all.extend(body());
    all.extend(last_page());
    all.extend(notes());
    all
}

fn title_page() -> Vec<Correction> {
    vec![
        correct(
            "The title, broken over four lines and set between `**`, is one line, the `title`: the cuts are “war in | Ukraine:”, “Ukraine: | From” and “in Eurasia | to AI”.",
            &[
                (
                    "**Russia-China Cooperation amidst the war in\nUkraine:\nFrom Joint",
                    "---\ntitle: \"Russia-China Cooperation amidst the war in Ukraine: From Joint",
                ),
                (
                    "Security in Eurasia\nto AI Collaboration**",
                    "Security in Eurasia to AI Collaboration\"",
                ),
            ],
        ),
        correct(
            "The line “by Gaziza Shakhanova” is the `author`, without “by”.",
            &[("\n\nby Gaziza", "\nauthor:\n  - Gaziza")],
        ),
        correct(
            "The logo “**Funded by | the European Union**” on the title page is removed.",
            &[("\n\n\n\n**Funded by\nthe European Union**", "")],
        ),
        correct(
            "The line “May 2026” is the `date`.",
            &[("\n\nMay 2026", "\ndate: May 2026")],
        ),
        correct(
            "The logo “EUROHub4SINO | European Hub | for Contemporary China” on the title page is removed; the `publisher` is named as the funding statement names it, “European Hub for Contemporary China (EuroHub4Sino)”. The line “Keywords” is the key `keywords`.",
            &[(
                "\n\nEUROHub4SINO\n\nEuropean Hub\nfor Contemporary China\n\nKeywords",
                "\npublisher: European Hub for Contemporary China (EuroHub4Sino)\nkeywords:",
            )],
        ),
        correct(
            "The keywords “China” and “Russia” are items of a list.",
            &[("\n\nChina\n\nRussia", "\n  - China\n  - Russia")],
        ),
        correct(
            "The keyword “Sino-Russian | military | cooperation”, broken over three lines and set between `*`, is one item.",
            &[(
                "\n\n*Sino-Russian\nmilitary\ncooperation*",
                "\n  - Sino-Russian military cooperation",
            )],
        ),
        correct(
            "The keyword “Sino-Russian | collaboration in AI”, broken over two lines and set between `*`, is one item.",
            &[(
                "\n\n*Sino-Russian\ncollaboration in AI*",
                "\n  - Sino-Russian collaboration in AI",
            )],
        ),
        correct(
            "The keyword “Eurasian security” is an item. After it the metadata gain `lang`, `licence` and `changes`, which are ours, and end.",
            &[(
                "\n\nEurasian security",
                concat!(
                    "\n  - Eurasian security",
                    "\nlang: en-GB",
                    "\nlicence: \"CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)\"",
                    "\nchanges: Converted from PDF to Markdown; the corrections are listed in opcit's source code, in assets/README.md.",
                    "\n---",
                ),
            )],
        ),
    ]
}

fn body() -> Vec<Correction> {
    vec![
        correct(
            "The headings get their mark, `#`: “KEY TAKEAWAYS”, “Introduction”, “Russia-China shared management of post-Soviet security”, “Evolution of China's perceptions in Russia: from arrogance to singularisation”, “Unpacking some of the Sino-Russian agreements in AI” and “Discussion and recommendations:”.",
            &[
                ("\nKEY TAKEAWAYS\n", "\n# KEY TAKEAWAYS\n"),
                ("\nIntroduction\n", "\n# Introduction\n"),
                (
                    "\nRussia-China shared management of post-Soviet security\n",
                    "\n# Russia-China shared management of post-Soviet security\n",
                ),
                (
                    "\nEvolution of China's perceptions in Russia: from arrogance to singularisation\n",
                    "\n# Evolution of China's perceptions in Russia: from arrogance to singularisation\n",
                ),
                (
                    "\nUnpacking some of the Sino-Russian agreements in AI\n",
                    "\n# Unpacking some of the Sino-Russian agreements in AI\n",
                ),
                (
                    "\nDiscussion and recommendations:\n",
                    "\n# Discussion and recommendations:\n",
                ),
            ],
        ),
        correct(
            "The flag 🇺🇸, which the converter made of a bullet's picture, is removed from each of the six key takeaways: “Although China”, “There is an”, “After 2022,”, “Partly as”, “Russia’s overreliance” and “The EU”.",
            &[
                ("\n- 🇺🇸 Although China", "\n- Although China"),
                ("\n- 🇺🇸 There is an", "\n- There is an"),
                ("\n- 🇺🇸 After 2022,", "\n- After 2022,"),
                ("\n- 🇺🇸 Partly as", "\n- Partly as"),
                ("\n- 🇺🇸 Russia’s overreliance", "\n- Russia’s overreliance"),
                ("\n- 🇺🇸 The EU", "\n- The EU"),
            ],
        ),
        correct(
            "The markers `^[1]` to `^[43]` are `[^1]` to `[^43]`.",
            &numbered(1..=43, |n| (format!("^[{n}]"), format!("[^{n}]"))),
        ),
        correct(
            "A paragraph cut by a page break is joined: “Collective Security Treaty Organisation | (CSTO). These agreements”.",
            &[("Organisation\n\n(CSTO).", "Organisation (CSTO).")],
        ),
        correct(
            "A paragraph cut by a page break is joined: “Commonwealth of Independent States | (CIS). During one”.",
            &[("States\n\n(CIS).", "States (CIS).")],
        ),
        correct(
            "A paragraph cut by a page break is joined: “They began | to reassess China's role”.",
            &[("They began\n\nto reassess", "They began to reassess")],
        ),
        correct(
            "The backslash before a dollar sign is removed in four places: `$25 billion`, `$400 billion`, `$200 million` and `$500 million`.",
            &[
                ("\\$25 billion", "$25 billion"),
                ("\\$400 billion", "$400 billion"),
                ("\\$200 million", "$200 million"),
                ("\\$500 million", "$500 million"),
            ],
        ),
        correct(
            "A paragraph cut by a page break is joined: “peace and security in the | whole Eurasia”.",
            &[("in the\n\nwhole Eurasia", "in the whole Eurasia")],
        ),
        correct(
            "A paragraph cut by a page break is joined: “laws that it adopted (in | 2024 Russia adopted 7 laws)”.",
            &[("(in\n\n2024 Russia", "(in 2024 Russia")],
        ),
        correct(
            "A paragraph cut by a page break is joined: “fall into technological | dependence on China”.",
            &[(
                "technological\n\ndependence on",
                "technological dependence on",
            )],
        ),
        correct(
            "A paragraph cut by a page break is joined: “a major shift from the | arrogant and patronising attitude”.",
            &[("from the\n\narrogant and", "from the arrogant and")],
        ),
    ]
}

fn last_page() -> Vec<Correction> {
    vec![
        correct(
            "The logo “EUROHub4SINO | European Hub | for Contemporary China” on the last page is removed. In its place stands a heading, which is ours: “Licence, links and funding”.",
            &[(
                "\n\nEUROHub4SINO\n\nEuropean Hub\nfor Contemporary China\n\nThis is an",
                "\n\n# Licence, links and funding\n\nThis is an",
            )],
        ),
        correct(
            "The logo “Funded by | the European Union” on the last page is removed. The sentence “Funded by the European Union.” stays.",
            &[(
                "\n\n\n\nFunded by\nthe European Union\n\nThe project",
                "\n\nThe project",
            )],
        ),
        correct(
            "A lost piece of a word is put back: “those of the authors) only” is “those of the author(s) only”, as the funding statement of the European Union reads.",
            &[("of the authors) only", "of the author(s) only")],
        ),
    ]
}

fn notes() -> Vec<Correction> {
    vec![
        correct(
            "The notes, which begin `- [1]` to `- [8]` and `[9]` to `[43]`, begin `[^1]:` to `[^43]:`, with a blank line between any two.",
            &note_openings(),
        ),
        correct(
            "Note 8, cut by a page break, is joined: “Resistance against Japanese | Aggression, and the Founding”.",
            &[("Japanese\n\nAggression,", "Japanese Aggression,")],
        ),
        correct(
            "The address in note 24, cut by a page break in “2026/pu->” and “tin-i-si”, is joined and is one link: the hyphen was the line end's, and `>` closes the link after its last word, “kosmos”.",
            &[
                ("/2026/pu->\n\ntin-i-si-", "/2026/putin-i-si-"),
                ("-i-kosmos (last", "-i-kosmos> (last"),
            ],
        ),
        correct(
            "The hyphen that a line end put into the address in note 38 is removed: “69bd23e-a9a794743d3185dc4” is “69bd23ea9a794743d3185dc4”, the 24 hexadecimal digits that number an article at rbc.ru.",
            &[("/69bd23e-a9a794743d3185dc4>", "/69bd23ea9a794743d3185dc4>")],
        ),
    ]
}

/// The notes of the page on which the converter made a list of them begin with
/// a bullet and follow one another without a blank line.
fn note_openings() -> Vec<(String, String)> {
    let mut openings = numbered(1..=1, |n| (format!("\n\n- [{n}] "), opening(n)));
    openings.extend(numbered(2..=8, |n| (format!("\n- [{n}] "), opening(n))));
    openings.extend(numbered(9..=43, |n| (format!("\n\n[{n}] "), opening(n))));
    openings
}

fn opening(note: usize) -> String {
    format!("\n\n[^{note}]: ")
}

fn numbered(
    notes: std::ops::RangeInclusive<usize>,
    edit: impl Fn(usize) -> (String, String),
) -> Vec<(String, String)> {
    notes.map(edit).collect()
}

fn correct<T: AsRef<str>>(what: &'static str, edits: &[(T, T)]) -> Correction {
    let edits = edits
        .iter()
        .map(|(from, to)| (from.as_ref().to_owned(), to.as_ref().to_owned()))
        .collect();
    Correction { what, edits }
}
