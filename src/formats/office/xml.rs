//! A part of XML as a tree: elements with their attributes and what they hold.
//!
//! Names are kept without their prefixes. Nothing is fetched, and no entity is expanded but the
//! five of XML and characters by number.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements deeper than this are left out.
const MAX_DEPTH: usize = 256;

/// So many elements and texts a part may have; what comes after them is left out.
const MAX_NODES: usize = 1_000_000;

/// An element keeps so many attributes.
const MAX_ATTRIBUTES: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(in crate::formats) struct XmlElement {
    name: XmlName,
    attributes: Vec<(XmlName, Box<str>)>,
    children: Vec<XmlNode>,
}

/// What an element holds.
#[derive(Debug)]
pub(in crate::formats) enum XmlNode {
    Element(XmlElement),
    Text(Box<str>),
}

/// A name, of which each part has one copy.
#[derive(Debug, Clone)]
struct XmlName(Arc<str>);

impl Default for XmlName {
    fn default() -> Self {
        XmlName("".into())
    }
}

/// What was wrong with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum XmlFault {
    /// It stops being XML.
    Broken,
    TooMany,
    TooDeep,
}

/// In words that follow a part's name.
impl fmt::Display for XmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            XmlFault::Broken => "is broken: it was read as far as possible",
            XmlFault::TooMany => {
                "has more elements than opcit can hold: only its beginning was read"
            }
            XmlFault::TooDeep => "has elements nested too deep, which are left out",
        })
    }
}

impl XmlElement {
    /// The name without its prefix.
    pub(in crate::formats) fn name(&self) -> &str {
        &self.name.0
    }

    /// The value of an attribute, by its name without the prefix.
    pub(in crate::formats) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(own, _)| &*own.0 == name);
        found.map(|(_, value)| &**value)
    }

    /// What the element holds, in order.
    pub(in crate::formats) fn children(&self) -> impl DoubleEndedIterator<Item = &XmlNode> {
        self.children.iter()
    }

    /// The elements that it holds, in order.
    pub(in crate::formats) fn elements(&self) -> impl DoubleEndedIterator<Item = &XmlElement> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// The first element of this name that it holds.
    pub(in crate::formats) fn child(&self, name: &str) -> Option<&XmlElement> {
        self.elements().find(|element| element.name() == name)
    }

    /// All text in it.
    pub(in crate::formats) fn text(&self) -> String {
        let mut text = String::new();
        let mut queue: Vec<&XmlNode> = self.children().rev().collect();
        while let Some(node) = queue.pop() {
            match node {
                XmlNode::Text(inner) => text.push_str(inner),
                XmlNode::Element(element) => queue.extend(element.children().rev()),
            }
        }
        text
    }
}

/// Reads a part as far as it is XML: its outermost element, and what was wrong.
pub(in crate::formats) fn parse(bytes: &[u8]) -> (XmlElement, Option<XmlFault>) {
    let text = decode(bytes);
    let mut tree = XmlTreeBuilder::default();
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => tree.take(event),
            Err(_) => {
                tree.fault.get_or_insert(XmlFault::Broken);
                break;
            }
        }
        if tree.nodes > MAX_NODES {
            tree.fault = Some(XmlFault::TooMany);
            break;
        }
    }
    tree.finish()
}

/// A tree in the making.
#[derive(Debug, Default)]
struct XmlTreeBuilder {
    names: HashMap<Box<str>, XmlName>,
    /// The open elements, from the outside in.
    open: Vec<XmlElement>,
    root: Option<XmlElement>,
    /// How many elements are open that are too deep.
    too_deep: usize,
    nodes: usize,
    fault: Option<XmlFault>,
}

impl XmlTreeBuilder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(start) => self.open(&start),
            Event::Empty(start) => {
                self.open(&start);
                self.close();
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(reference) => self.reference(&reference),
            _ => {}
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
            self.fault = Some(XmlFault::TooDeep);
            return;
        }
        self.nodes += 1;
        let name = self.name(start.local_name().as_ref());
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let name = attribute.key.local_name();
            // Word's marks of when something was written are many, and say nothing here.
            let is_noise =
                name.as_ref().starts_with("rsid") || attribute.key.as_namespace_binding().is_some();
            if is_noise || attributes.len() >= MAX_ATTRIBUTES {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_or_else(|_| attribute.value.as_ref().into(), Into::into);
            attributes.push((self.name(name.as_ref()), value));
        }
        self.open.push(XmlElement {
            name,
            attributes,
            children: Vec::new(),
        });
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => outer.children.push(XmlNode::Element(element)),
            None => {
                self.root.get_or_insert(element);
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.too_deep > 0 || text.is_empty() {
            return;
        }
        if let Some(element) = self.open.last_mut() {
            self.nodes += 1;
            element.children.push(XmlNode::Text(text.into()));
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(char)) = reference.resolve_char_ref() {
            return self.text(char.encode_utf8(&mut [0; 4]));
        }
        match resolve_predefined_entity(reference) {
            Some(text) => self.text(text),
            None => self.text(&format!("&{};", &**reference)),
        }
    }

    fn name(&mut self, name: &str) -> XmlName {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let known = XmlName(name.into());
        self.names.insert(name.into(), known.clone());
        known
    }

    fn finish(mut self) -> (XmlElement, Option<XmlFault>) {
        self.too_deep = 0;
        if !self.open.is_empty() {
            self.fault.get_or_insert(XmlFault::Broken);
        }
        while !self.open.is_empty() {
            self.close();
        }
        (self.root.unwrap_or_default(), self.fault)
    }
}

/// The text of a part, in whatever encoding it says.
fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let encoding = match bytes {
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    text
}

/// The encoding that the declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// The declaration ends within so many bytes.
    const MAX_DECLARATION_BYTES: usize = 200;
    let head = bytes.get(..MAX_DECLARATION_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let head = head.strip_prefix("<?xml")?.split("?>").next()?;
    let (_, after) = head.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next()?;
    let label = after.get(1..)?.split(quote).next()?;
    // A part that could be read so far is not in two bytes a character.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(xml: &[u8], expected_text: &str, expected: Option<XmlFault>) {
        let (root, fault) = parse(xml);
        assert_eq!(root.text(), expected_text);
        assert_eq!(fault, expected);
    }

    #[test]
    fn elements_have_names_without_prefixes_and_attributes() {
        let (root, _) = parse(br#"<w:a xmlns:w="x" w:rsidR="1" w:val="1&amp;2"><w:b/>c&#x64;&lt;<![CDATA[<e>]]></w:a>"#);
        assert_eq!(root.name(), "a");
        assert_eq!(root.attribute("val"), Some("1&2"));
        assert_eq!(root.attribute("rsidR"), None);
        assert!(root.child("b").is_some());
        assert_eq!(root.text(), "cd<<e>");
    }

    #[test]
    fn a_part_may_be_in_two_bytes_a_character_or_in_a_code_page() {
        let utf_16: Vec<u8> = "<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf_16, "é", None);
        check(
            b"<?xml version='1.0' encoding='windows-1251'?><a>\xcf</a>",
            "П",
            None,
        );
        check("\u{feff}<a>é</a>".as_bytes(), "é", None);
    }

    #[test]
    fn what_is_broken_deep_or_long_is_read_so_far() {
        check(b"<a><b>one</b><c>two", "onetwo", Some(XmlFault::Broken));
        check(b"<a>one</b></a>", "one", None);
        check(b"", "", None);
        let deep = format!("{}x{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        check(deep.as_bytes(), "", Some(XmlFault::TooDeep));
        let long = format!("<a>{}", "<b/>".repeat(MAX_NODES + 5));
        check(long.as_bytes(), "", Some(XmlFault::TooMany));
    }

    #[test]
    fn entities_of_the_file_are_not_expanded() {
        let xml = br#"<!DOCTYPE a [<!ENTITY b "bomb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>"#;
        check(xml, "&b;&c;", None);
    }
}
