//! What the fonts of a document look like: bold, italic and so on, by their names and flags.
//!
//! The interpreter names the font of a letter only for some kinds of fonts. For the others it is
//! asked to draw every letter of each font beforehand, and the letters are recognised again.

use std::collections::{HashMap, HashSet};

use hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun};
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::Resources;
use hayro_interpret::hayro_syntax::xref::XRef;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret,
};

use super::page::Face;

/// Forms within forms are followed so deep.
const MAX_FORM_DEPTH: u32 = 4;
/// A document has at most so many fonts that are looked at.
const MAX_FONTS: usize = 4096;

/// The faces of a document's fonts.
#[derive(Default)]
pub(super) struct Fonts {
    by_glyph: HashMap<GlyphIdentifier, Face>,
    by_program: HashMap<u128, Face>,
    seen: HashSet<(u32, i32)>,
}

impl Fonts {
    /// Looks at the fonts that a page may use.
    pub(super) fn learn<'a>(
        &mut self,
        resources: &Resources<'a>,
        cache: &InterpreterCache<'a>,
        xref: &'a XRef,
        settings: &InterpreterSettings,
    ) {
        let mut forms = vec![(resources.clone(), 0)];
        while let Some((resources, depth)) = forms.pop() {
            for name in resources.fonts.keys() {
                self.learn_font(&name, &resources, cache, xref, settings);
            }
            if depth == MAX_FORM_DEPTH {
                continue;
            }
            for name in resources.x_objects.keys() {
                if !is_new(&mut self.seen, &resources.x_objects, &name) {
                    continue;
                }
                let form = resources.x_objects.get::<Stream<'_>>(&*name);
                let inner = form.and_then(|form| form.dict().get::<Dict<'_>>(b"Resources"));
                if let Some(inner) = inner {
                    forms.push((Resources::new(inner), depth + 1));
                }
            }
        }
    }

    fn learn_font<'a>(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'a>,
        cache: &InterpreterCache<'a>,
        xref: &'a XRef,
        settings: &InterpreterSettings,
    ) {
        if self.seen.len() > MAX_FONTS || !is_new(&mut self.seen, &resources.fonts, name) {
            return;
        }
        let Some(font) = resources.fonts.get::<Dict<'a>>(&**name) else {
            return;
        };
        let kind = font.get::<Name<'_>>(b"Subtype");
        let kind = kind.as_ref().map_or("", |kind| kind.as_str());
        if !matches!(kind, "Type1" | "MMType1" | "TrueType") {
            return;
        }
        let face = face_of_dict(&font);
        if face == Face::default() {
            return;
        }
        let page = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(Affine::IDENTITY, page, cache, xref, settings.clone());
        let program = every_letter(name);
        let mut collector = Collector(Vec::new());
        let letters = TypedIter::new(&program);
        interpret(letters, resources, &mut context, &mut collector);
        for glyph in collector.0 {
            self.by_glyph.insert(glyph, face);
        }
    }

    /// The face of the letters of a run, all of one font.
    pub(super) fn face(&mut self, glyph: &Glyph<'_>) -> Face {
        let Glyph::Outline(outline) = glyph else {
            return Face::default();
        };
        if let Some(face) = self.by_glyph.get(&outline.identifier()) {
            return *face;
        }
        let Some(data) = outline.font_data() else {
            return Face::default();
        };
        *self.by_program.entry(data.cache_key).or_insert_with(|| {
            let mut face = face_of_name(data.postscript_name.as_deref().unwrap_or(""));
            face.is_italic |= data.is_italic;
            face.is_mono |= data.is_monospace;
            face.is_bold |= data.weight.is_some_and(|weight| weight >= 600);
            face
        })
    }
}

/// Whether an entry of a dictionary, as an object of the document, is met for the first time.
/// What is no object of its own counts as new.
fn is_new(seen: &mut HashSet<(u32, i32)>, dict: &Dict<'_>, name: &Name<'_>) -> bool {
    dict.get_ref(&**name)
        .is_none_or(|id| seen.insert((id.obj_number, id.gen_number)))
}

/// A page that shows every letter of a font of one byte a letter.
fn every_letter(name: &Name<'_>) -> Vec<u8> {
    let mut program = b"BT /".to_vec();
    for byte in name.as_ref() as &[u8] {
        program.extend(format!("#{byte:02X}").bytes());
    }
    program.extend(b" 10 Tf <");
    for code in 0..=255u8 {
        program.extend(format!("{code:02X}").bytes());
    }
    program.extend(b"> Tj ET");
    program
}

fn face_of_dict(font: &Dict<'_>) -> Face {
    const FIXED_PITCH: u32 = 1;
    const ITALIC: u32 = 1 << 6;
    const FORCE_BOLD: u32 = 1 << 18;
    let name = font.get::<Name<'_>>(b"BaseFont");
    let mut face = face_of_name(name.as_ref().map_or("", |name| name.as_str()));
    if let Some(descriptor) = font.get::<Dict<'_>>(b"FontDescriptor") {
        let flags = descriptor.get::<u32>(b"Flags").unwrap_or(0);
        face.is_mono |= flags & FIXED_PITCH != 0;
        face.is_italic |= flags & ITALIC != 0;
        face.is_bold |= flags & FORCE_BOLD != 0;
        face.is_bold |= descriptor.get::<u32>(b"FontWeight").unwrap_or(0) >= 600;
    }
    face
}

/// What the name of a font says, such as `ABCDEF+CMBX10` or `TimesNewRomanPS-BoldItalicMT`.
pub(super) fn face_of_name(name: &str) -> Face {
    let name = match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 => rest,
        _ => name,
    };
    let lower = name.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    let starts = |parts: &[&str]| parts.iter().any(|part| lower.starts_with(part));
    // The fonts of TeX: CMBX10, SFTI1000, EUFB10, and their OpenType namesakes.
    let tex_bold = starts(&[
        "cmb", "cmssbx", "sfbx", "sfsx", "sfrb", "ecbx", "ecsx", "ptmb", "phvb", "utmb",
    ]);
    let tex_italic = starts(&[
        "cmti", "cmsl", "cmbxti", "cmbxsl", "cmssi", "cmu10", "sfti", "sfsl", "sfbi", "sfsi",
        "ecti", "ecsl", "ptmri", "phvro", "cmitt",
    ]);
    let symbol = starts(&[
        "cmmi", "cmsy", "cmex", "msam", "msbm", "cmbsy", "cmmib", "rsfs", "eufm",
    ]) || has(&["math", "symbol"]);
    Face {
        is_bold: tex_bold
            || (has(&["bold", "black", "heavy"]) && !has(&["semibold", "demibold"]))
            || has(&["semibold", "demibold", "-demi", "-medi"])
            || lower.ends_with("-bd"),
        is_italic: !symbol
            && (tex_italic
                || has(&["italic", "oblique", "slanted", "kursiv"])
                || lower.ends_with("-it")
                || lower.ends_with("ital")),
        is_mono: starts(&["cmtt", "sftt", "ectt", "cmsltt", "pcr"])
            || has(&["mono", "courier", "typewriter", "consol"]),
        is_small_caps: starts(&["cmcsc", "sfcc", "eccc"])
            || has(&["smallcap", "caps10"])
            || lower.ends_with("-sc"),
        is_symbol: symbol,
    }
}

/// Notes which letters are drawn.
struct Collector(Vec<GlyphIdentifier>);

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if let Glyph::Outline(outline) = &**glyph {
                self.0.push(outline.identifier());
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::face_of_name;

    #[test]
    fn a_name_tells_bold_and_italic() {
        let bold = |name| face_of_name(name).is_bold;
        let italic = |name| face_of_name(name).is_italic;
        assert!(
            bold("ABCDEF+CMBX10") && bold("LiberationSerif-Bold") && bold("NimbusRomNo9L-Medi")
        );
        assert!(italic("ABCDEF+CMTI10") && italic("TimesNewRomanPS-BoldItalicMT"));
        assert!(italic("NimbusRomNo9L-ReguItal"));
        assert!(!bold("ABCDEF+CMR10") && !italic("ABCDEF+CMR10"));
        assert!(!italic("ABCDEF+CMMI10") && face_of_name("CMMI10").is_symbol);
        assert!(face_of_name("LMMono10-Regular").is_mono);
    }
}
