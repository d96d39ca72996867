//! What a PDF says of itself beside its pages: links, named places, the outline, the names of
//! pages.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, ObjRef, Object, Rect, String as PdfString,
};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Point, Rect as Shape};

use super::page::{Area, LinkTarget, Page, PdfDestination, PdfLink};
use super::text_string;

/// Trees of names, of the outline and of page labels are followed so deep.
const MAX_TREE_DEPTH: usize = 32;
/// At most so many entries of a tree are read.
const MAX_TREE_ENTRIES: usize = 200_000;
const MAX_PAGE_LINKS: usize = 10_000;

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OutlineEntry {
    pub(super) title: String,
    /// From 1.
    pub(super) level: u8,
    pub(super) place: Option<PdfDestination>,
}

/// Reads links and names into the pages, and gives the outline.
pub(super) fn read(pdf: &Pdf, pages: &mut [Page]) -> Vec<OutlineEntry> {
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else {
        return Vec::new();
    };
    let document = LinkTargets::new(pdf, &catalog);
    for (page, source) in pages.iter_mut().zip(pdf.pages().iter()) {
        page.links = document.links(source);
    }
    for (page, label) in pages.iter_mut().zip(labels(&catalog, pdf.pages().len())) {
        page.label = label;
    }
    document.outline(&catalog)
}

struct LinkTargets<'a> {
    pages: HashMap<(u32, i32), usize>,
    transforms: Vec<Affine>,
    names: HashMap<Vec<u8>, Object<'a>>,
}

impl<'a> LinkTargets<'a> {
    fn new(pdf: &'a Pdf, catalog: &Dict<'a>) -> Self {
        let mut pages = HashMap::new();
        let mut transforms = Vec::new();
        for (index, page) in pdf.pages().iter().enumerate() {
            if let Some(id) = page.raw().obj_id() {
                let id = ObjRef::from(id);
                pages.insert((id.obj_number, id.gen_number), index);
            }
            transforms.push(transform(page));
        }
        LinkTargets {
            pages,
            transforms,
            names: named_places(catalog),
        }
    }

    fn links(&self, page: &PdfPage<'a>) -> Vec<PdfLink> {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else {
            return Vec::new();
        };
        let transform = transform(page);
        annotations
            .iter::<Dict<'_>>()
            .take(MAX_PAGE_LINKS)
            .filter_map(|annotation| self.link(&annotation, transform))
            .collect()
    }

    fn link(&self, annotation: &Dict<'a>, transform: Affine) -> Option<PdfLink> {
        if annotation.get::<Name<'_>>(b"Subtype")?.as_str() != "Link" {
            return None;
        }
        let area = annotation.get::<Rect>(b"Rect")?;
        let area = Shape::new(area.x0, area.y0, area.x1, area.y1).abs();
        let area = transform.transform_rect_bbox(area);
        Some(PdfLink {
            area: Area {
                left: length(area.x0),
                top: length(area.y0),
                right: length(area.x1),
                bottom: length(area.y1),
            },
            target: self.target(annotation)?,
        })
    }

    /// Where a link or an entry of the outline leads.
    fn target(&self, from: &Dict<'a>) -> Option<LinkTarget> {
        if let Some(place) = from.get::<Object<'_>>(b"Dest") {
            return self.place(place).map(LinkTarget::Place);
        }
        let action = from.get::<Dict<'_>>(b"A")?;
        match action.get::<Name<'_>>(b"S")?.as_str() {
            "GoTo" => {
                let place = action.get::<Object<'_>>(b"D")?;
                self.place(place).map(LinkTarget::Place)
            }
            "URI" => {
                let address = action.get::<PdfString<'_>>(b"URI")?;
                let address = text_string::decode(address.as_bytes());
                Some(LinkTarget::Address(address))
            }
            _ => None,
        }
    }

    fn place(&self, place: Object<'a>) -> Option<PdfDestination> {
        let name = match &place {
            Object::String(name) => name.as_bytes().to_vec(),
            Object::Name(name) => name.as_ref().to_vec(),
            _ => Vec::new(),
        };
        let place = if name.is_empty() {
            place
        } else {
            self.names.get(&name)?.clone()
        };
        let place = match place {
            Object::Dict(dict) => dict.get::<Array<'_>>(b"D")?,
            Object::Array(array) => array,
            _ => return None,
        };
        let page = match place.raw_iter().next()? {
            MaybeRef::Ref(id) => *self.pages.get(&(id.obj_number, id.gen_number))?,
            MaybeRef::NotRef(Object::Number(number)) => usize::try_from(number.as_i64()).ok()?,
            MaybeRef::NotRef(_) => return None,
        };
        let (left, top) = self.point(&place, page);
        Some(PdfDestination {
            page,
            left,
            top,
            name: text_string::decode(&name),
        })
    }

    /// The corner that a destination names: of `[page /XYZ left top zoom]` and the like.
    fn point(&self, place: &Array<'a>, page: usize) -> (Option<f32>, Option<f32>) {
        let mut parts = place.raw_iter().skip(1);
        let kind = match parts.next() {
            Some(MaybeRef::NotRef(Object::Name(name))) => name,
            _ => return (None, None),
        };
        let numbers: Vec<Option<f64>> = parts
            .take(4)
            .map(|part| match part {
                MaybeRef::NotRef(Object::Number(number)) => Some(Number::as_f64(&number)),
                _ => None,
            })
            .collect();
        let number = |index: usize| numbers.get(index).copied().flatten();
        let (left, top) = match kind.as_str() {
            "XYZ" => (number(0), number(1)),
            "FitH" | "FitBH" => (None, number(0)),
            "FitR" => (number(0), number(3)),
            _ => (None, None),
        };
        let Some(transform) = self.transforms.get(page) else {
            return (None, None);
        };
        let at = *transform * Point::new(left.unwrap_or(0.0), top.unwrap_or(0.0));
        (left.map(|_| length(at.x)), top.map(|_| length(at.y)))
    }

    fn outline(&self, catalog: &Dict<'a>) -> Vec<OutlineEntry> {
        let mut entries = Vec::new();
        let first = |dict: &Dict<'a>| dict.get::<Dict<'a>>(b"First");
        let root = catalog.get::<Dict<'_>>(b"Outlines");
        let mut open: Vec<Dict<'a>> = root.and_then(|root| first(&root)).into_iter().collect();
        let mut read = 0;
        while let Some(entry) = open.pop() {
            read += 1;
            if read > MAX_TREE_ENTRIES / 10 {
                break;
            }
            let level = u8::try_from(open.len() + 1).unwrap_or(u8::MAX);
            if let Some(title) = entry.get::<PdfString<'_>>(b"Title") {
                let place = match self.target(&entry) {
                    Some(LinkTarget::Place(place)) => Some(place),
                    _ => None,
                };
                let title = text_string::decode(title.as_bytes());
                entries.push(OutlineEntry {
                    title,
                    level,
                    place,
                });
            }
            let inner = first(&entry).filter(|_| open.len() < MAX_TREE_DEPTH);
            // An entry that is the last of its list leaves an empty one, to keep the depth.
            match entry.get::<Dict<'_>>(b"Next") {
                Some(next) => open.push(next),
                None if inner.is_some() => open.push(Dict::empty()),
                None => {}
            }
            open.extend(inner);
        }
        entries
    }
}

/// From the coordinates of a PDF's page to those of the page as it is shown.
fn transform(page: &PdfPage<'_>) -> Affine {
    Affine::new(page.initial_transform(true).as_coeffs())
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
fn length(length: f64) -> f32 {
    length as f32
}

/// The places that have names, from the old dictionary and from the tree.
fn named_places<'a>(catalog: &Dict<'a>) -> HashMap<Vec<u8>, Object<'a>> {
    let mut places = HashMap::new();
    if let Some(old) = catalog.get::<Dict<'_>>(b"Dests") {
        for name in old.keys().take(MAX_TREE_ENTRIES) {
            if let Some(place) = old.get::<Object<'_>>(&*name) {
                places.insert(name.as_ref().to_vec(), place);
            }
        }
    }
    let names = catalog.get::<Dict<'_>>(b"Names");
    let tree = names.and_then(|names| names.get::<Dict<'_>>(b"Dests"));
    for leaf in leaves(tree, b"Names") {
        let mut items = leaf.iter::<Object<'_>>();
        while let (Some(name), Some(place)) = (items.next(), items.next()) {
            if places.len() >= MAX_TREE_ENTRIES {
                return places;
            }
            if let Object::String(name) = name {
                places.insert(name.as_bytes().to_vec(), place);
            }
        }
    }
    places
}

/// The arrays at the leaves of a tree of names or numbers, in order.
fn leaves<'a>(root: Option<Dict<'a>>, key: &[u8]) -> Vec<Array<'a>> {
    let mut leaves = Vec::new();
    let mut open: Vec<(Dict<'a>, usize)> = root.into_iter().map(|root| (root, 0)).collect();
    let mut visited = 0;
    while let Some((node, depth)) = open.pop() {
        visited += 1;
        if visited > MAX_TREE_ENTRIES {
            break;
        }
        leaves.extend(node.get::<Array<'_>>(key));
        if depth < MAX_TREE_DEPTH
            && let Some(kids) = node.get::<Array<'_>>(b"Kids")
        {
            let mut kids: Vec<Dict<'_>> = kids.iter::<Dict<'_>>().take(MAX_TREE_ENTRIES).collect();
            kids.reverse();
            open.extend(kids.into_iter().map(|kid| (kid, depth + 1)));
        }
    }
    leaves
}

/// What the document calls its pages; nothing if it does not say.
fn labels(catalog: &Dict<'_>, pages: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    for leaf in leaves(catalog.get::<Dict<'_>>(b"PageLabels"), b"Nums") {
        let mut items = leaf.iter::<Object<'_>>();
        while let (Some(from), Some(range)) = (items.next(), items.next()) {
            if let (Object::Number(from), Object::Dict(range)) = (from, range)
                && let Ok(from) = usize::try_from(from.as_i64())
            {
                ranges.push((from, range));
            }
        }
    }
    ranges.sort_by_key(|(from, _)| *from);
    if ranges.is_empty() {
        return Vec::new();
    }
    (0..pages)
        .map(|page| {
            let range = ranges.iter().rev().find(|(from, _)| *from <= page);
            range.map_or_else(String::new, |(from, range)| label(range, page - from))
        })
        .collect()
}

fn label(range: &Dict<'_>, index: usize) -> String {
    let first = range.get::<u32>(b"St").unwrap_or(1);
    let number = first.saturating_add(u32::try_from(index).unwrap_or(0));
    let prefix = range.get::<PdfString<'_>>(b"P");
    let prefix = prefix.map_or_else(String::new, |prefix| text_string::decode(prefix.as_bytes()));
    let style = range.get::<Name<'_>>(b"S");
    let number = match style.as_ref().map_or("", |style| style.as_str()) {
        "D" => number.to_string(),
        "r" => roman(number),
        "R" => roman(number).to_uppercase(),
        "a" => letters(number),
        "A" => letters(number).to_uppercase(),
        _ => String::new(),
    };
    prefix + &number
}

/// A number in small roman figures; large ones in arabic figures.
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 5000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    roman
}

/// a to z, then aa to zz and so on.
fn letters(number: u32) -> String {
    let (Some(index), true) = (number.checked_sub(1), number < 26 * 100) else {
        return number.to_string();
    };
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    let times = usize::try_from(index / 26 + 1).unwrap_or(1);
    letter.to_string().repeat(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_before_the_first_have_roman_numbers() {
        let roman: Vec<String> = [1, 4, 9, 14, 40, 1999].map(roman).into();
        assert_eq!(roman, ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]);
        assert_eq!(letters(1), "a");
        assert_eq!(letters(28), "bb");
    }
}
