//! Words as glyphs, by the names that the font has for them.

use std::fmt::Write as _;

use recto::diag::Sink;
use recto::font::{FaceId, Fonts};
use recto::model::{Attrs, InlineKind};
use recto::source::{MemoryWorld, Sources};
use recto::theme::{self, Theme};
use recto::typeset::frame::Item;
use recto::yaml::{self, Fragment};

use super::lines::{frames, inline};
use crate::support::case::Case;

/// The theme of novels, whose body has these properties and those that a case's options name.
pub fn body_theme(case: &Case, properties: &str, sources: &Sources, sink: &Sink) -> Theme {
    let mut body = properties.to_owned();
    for option in &case.options {
        if let Some((key, value)) = option.split_once('=')
            && !matches!(key, "lang" | "width" | "class" | "align")
        {
            let _ = writeln!(body, "{key}: {}", value.replace('_', " "));
        }
    }
    let text = format!("style:\n  body:\n    {}", body.replace('\n', "\n    "));
    let file = sources.add("case", text);
    let overlays: Vec<Fragment> = yaml::read(&file, sink)
        .iter()
        .flat_map(|node| node.entries())
        .map(|(key, node)| Fragment {
            key: key.clone(),
            node: node.clone(),
        })
        .collect();
    theme::load(None, &overlays, &MemoryWorld::new(0), sources, sink)
}

/// A piece of text a line, on one line of its own; `lang=`, `width=`, `superior`, `inferior`, `class=`, `smallcaps`. All
/// other options are properties of the body (`family=Source_Sans_3`). Shown are glyphs by name; `[6.7 up 3.6: …]` where
/// the size or the height is not the body's; and what is found.
pub fn glyphs(case: &Case) -> String {
    let (sources, sink) = (Sources::new(), Sink::new());
    let theme = body_theme(case, "align: start\nsize: 10pt\n", &sources, &sink);
    let fonts = Fonts::bundled();
    let mut out = String::new();
    for line in case.input.lines() {
        let text = vec![inline(InlineKind::Text(line.to_owned()))];
        let dressed = match case.option("class") {
            Some(class) => vec![inline(InlineKind::Span {
                attrs: Box::new(Attrs {
                    classes: vec![class.to_owned()],
                    ..Attrs::default()
                }),
                content: text,
            })],
            None if case.has("superior") => vec![inline(InlineKind::Sup(text))],
            None if case.has("inferior") => vec![inline(InlineKind::Sub(text))],
            None if case.has("smallcaps") => vec![inline(InlineKind::SmallCaps(text))],
            None => text,
        };
        for frame in frames(case, &theme, &fonts, &dressed, &sink) {
            let baseline = frame.baseline;
            let mut runs = Vec::new();
            for (at, item) in frame.items.iter() {
                let Item::Glyphs { run, .. } = item else {
                    continue;
                };
                let font = fonts.face(FaceId(run.font.0)).font();
                let names: Vec<String> = run
                    .glyphs
                    .iter()
                    .map(|glyph| {
                        let name =
                            font.and_then(|font| font.glyph_name(u32::from(glyph.id).into()));
                        name.map_or_else(|| glyph.id.to_string(), |name| name.to_string())
                    })
                    .collect();
                let (size, up) = (run.size.to_pt(), (baseline - at.y).to_pt());
                runs.push(if (size, up) == (10.0, 0.0) {
                    names.join(" ")
                } else {
                    format!("[{size:.1} up {up:.1}: {}]", names.join(" "))
                });
            }
            let _ = writeln!(out, "{}", runs.join("  "));
        }
    }
    for found in sink.finish(&sources) {
        let _ = writeln!(out, "{}: {}", found.code.name(), found.message);
    }
    out
}
