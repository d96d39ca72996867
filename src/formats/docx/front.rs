//! What the properties of a DOCX file say about the paper.

use super::package::DocxParts;
use super::styles::DocxStyles;
use crate::formats::office::front::set_property;
use crate::formats::office::xml::XmlElement;
use crate::paper::Metadata;

/// Reads the properties, among them those that pandoc makes of a paper's metadata.
pub(super) fn read_properties(parts: &DocxParts, styles: &DocxStyles, metadata: &mut Metadata) {
    metadata.language.clone_from(&styles.language);
    let core = parts.core.iter().flat_map(XmlElement::elements);
    for property in core.filter(|property| property.name() != "date") {
        set_property(metadata, property.name(), &property.text());
    }
    let custom = parts.custom.iter().flat_map(XmlElement::elements);
    for property in custom {
        let name = property.attribute("name").unwrap_or_default();
        if !matches!(name, "title" | "creator" | "language") {
            set_property(metadata, name, &property.text());
        }
    }
}
