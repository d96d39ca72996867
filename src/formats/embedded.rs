//! The paper that opcit carries.

/// The Markdown of Gaziza Shakhanova, "Russia-China Cooperation amidst the war in Ukraine"; see
/// `assets/README.md` for where it comes from and under which licence.
#[must_use]
pub fn embedded() -> &'static str {
    include_str!("../../assets/paper.md")
}
