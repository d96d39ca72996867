//! XML into a tree. Nothing is fetched, and no entity is expanded but those of HTML.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Element, NodeId, Tree};

/// Elements deeper than this are left out; what is in them belongs to the deepest one kept.
const MAX_DEPTH: usize = 256;

/// An element keeps so many attributes.
const MAX_ATTRIBUTES: usize = 64;

/// What is wrong with XML: where it stops being any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Line of the source, from 1.
    pub(crate) line: u32,
}

/// Reads XML into an element of the tree, as far as it is any.
pub(crate) fn parse_into(tree: &mut Tree, root: NodeId, text: &str) -> Result<(), Broken> {
    let mut reading = XmlParse {
        tree,
        open: vec![root],
        names: Vec::new(),
        dropped: 0,
        line: 1,
        counted: 0,
        text,
    };
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        let event = reader.read_event();
        reading.count_lines(reader.buffer_position());
        match event {
            Ok(Event::Eof) => break,
            Ok(event) if !reading.take(&event) => return Err(reading.broken()),
            Ok(_) => {}
            Err(_) => return Err(reading.broken()),
        }
        if reading.tree.is_full() {
            break;
        }
    }
    if reading.names.is_empty() || reading.tree.is_full() {
        Ok(())
    } else {
        Err(reading.broken())
    }
}

struct XmlParse<'a> {
    tree: &'a mut Tree,
    open: Vec<NodeId>,
    /// The names of the open elements, with prefixes.
    names: Vec<Box<str>>,
    /// How many of the open elements are too deep to be kept.
    dropped: usize,
    line: u32,
    /// Bytes of the source whose lines are counted.
    counted: usize,
    text: &'a str,
}

impl XmlParse<'_> {
    fn broken(&self) -> Broken {
        Broken { line: self.line }
    }

    fn count_lines(&mut self, position: u64) {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let read = self.text.as_bytes().get(self.counted..position);
        if let Some(read) = read {
            let lines = memchr::memchr_iter(b'\n', read).count();
            self.line = self
                .line
                .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            self.counted = position;
        }
    }

    fn innermost(&self) -> NodeId {
        self.open.last().copied().unwrap_or(Tree::ROOT)
    }

    /// Takes an event; tells whether it may come here.
    fn take(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(start) => {
                self.names.push(start.name().as_ref().into());
                if self.open.len() >= MAX_DEPTH {
                    self.dropped += 1;
                } else {
                    let node = self.add(start);
                    self.open.push(node);
                }
            }
            Event::Empty(start) => {
                self.add(start);
            }
            Event::End(end) => {
                if self.names.pop().as_deref() != Some(end.name().as_ref()) {
                    return false;
                }
                if self.dropped > 0 {
                    self.dropped -= 1;
                } else {
                    self.open.pop();
                }
            }
            Event::Text(text) => self.add_text(&text.xml10_content()),
            Event::CData(text) => self.add_text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.add_reference(reference),
            _ => {}
        }
        true
    }

    fn add(&mut self, start: &BytesStart<'_>) -> NodeId {
        let attributes = start.html_attributes();
        let attributes = attributes.flatten().take(MAX_ATTRIBUTES).map(|attribute| {
            let value = quick_xml::escape::unescape_with(&attribute.value, resolve_html5_entity);
            let value = value.unwrap_or_default();
            let value: String = value
                .chars()
                .map(|char| {
                    if char.is_ascii_whitespace() {
                        ' '
                    } else {
                        char
                    }
                })
                .collect();
            (Box::from(attribute.key.as_ref()), value.into_boxed_str())
        });
        let element = Element {
            name: Box::from(start.local_name().as_ref()),
            attributes: attributes.collect(),
        };
        let node = self.tree.create(element, self.line);
        self.tree.append(self.innermost(), node);
        node
    }

    fn add_text(&mut self, text: &str) {
        let parent = self.innermost();
        self.tree.append_text(parent, text, self.line);
    }

    /// A reference that stands for nothing known is shown as it is.
    fn add_reference(&mut self, reference: &BytesRef<'_>) {
        let name = reference.xml10_content();
        match reference.resolve_char_ref() {
            Ok(Some(char)) => self.add_text(char.encode_utf8(&mut [0; 4])),
            Ok(None) => match resolve_html5_entity(&name) {
                Some(text) => self.add_text(text),
                None => self.add_text(&format!("&{name};")),
            },
            Err(_) => self.add_text("\u{fffd}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Broken, parse_into};
    use crate::formats::markup::Tree;

    fn parse(text: &str) -> (Tree, Result<(), Broken>) {
        let mut tree = Tree::new();
        let result = parse_into(&mut tree, Tree::ROOT, text);
        (tree, result)
    }

    #[test]
    fn elements_lose_their_prefixes_and_attributes_keep_them() {
        let (tree, result) =
            parse("<a:b xlink:href='x&amp;y'>\n<c/>t &lt; &eacute;&#x41;<![CDATA[<]]></a:b>");
        assert_eq!(result, Ok(()));
        let b = tree.find(Tree::ROOT, "b").unwrap();
        assert_eq!(tree.attribute(b, "xlink:href"), Some("x&y"));
        assert_eq!(tree.text_in(b), "\nt < éA<");
        assert_eq!(tree.line(tree.find(b, "c").unwrap()), 2);
    }

    #[test]
    fn what_is_no_xml_is_told_with_its_line_and_read_so_far() {
        let (tree, result) = parse("<a>\n<b>x</a>");
        assert_eq!(result, Err(Broken { line: 2 }));
        assert_eq!(tree.text_in(Tree::ROOT), "\nx");
        assert!(parse("<a").1.is_err());
        assert!(parse("<a>").1.is_err());
    }

    #[test]
    fn entities_that_a_document_declares_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;'><!ENTITY z SYSTEM 'file:///etc/passwd'>]><a>&y;&z;</a>";
        let (tree, result) = parse(bomb);
        assert_eq!(result, Ok(()));
        assert_eq!(tree.text_in(Tree::ROOT), "&y;&z;");
    }

    #[test]
    fn deep_elements_are_read_flat() {
        let (tree, result) = parse(&format!(
            "{}deep{}",
            "<a>".repeat(100_000),
            "</a>".repeat(100_000)
        ));
        assert_eq!(result, Ok(()));
        assert_eq!(tree.text_in(Tree::ROOT), "deep");
        assert!(tree.len() < 300);
    }
}
