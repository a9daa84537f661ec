//! Faces from files: the book's own fonts, and the machine's.

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Sources, Span, Spanned, World};

use skrifa::FontRef;
use skrifa::raw::TableProvider;

use super::face::{Face, FaceOrigin, Names};

/// How deep a fonts folder is looked through: families in folders, with one level of formats below.
const DEPTH: usize = 3;
/// More faces than this in one file are no collection but damage.
const COLLECTION: u32 = 256;

/// Takes in all fonts of a folder of the book's, by their names in byte order.
pub(super) fn folder(
    world: &dyn World,
    folder: &Spanned<String>,
    sources: &Sources,
    sink: &Sink,
    faces: &mut Vec<Face>,
) {
    let root = folder.value.trim_end_matches('/');
    let mut stack = vec![(root.to_owned(), 0)];
    while let Some((path, depth)) = stack.pop() {
        let names = match world.list(Path::new(&path)) {
            Ok(names) => names,
            Err(error) => {
                let message = format!("the fonts folder `{path}` cannot be read: {error}");
                sink.push(
                    Diagnostic::new(Code::UnreadableFont, folder.at, message)
                        .hint("mend the path or the folder's permissions"),
                );
                continue;
            }
        };
        // Folders go onto the stack backwards, so that they come off it in order.
        for name in names.iter().rev() {
            if let Some(below) = name.strip_suffix('/')
                && depth < DEPTH
                && !below.starts_with('.')
            {
                stack.push((join(&path, below), depth + 1));
            }
        }
        for name in names.iter().filter(|name| !name.ends_with('/')) {
            file(world, folder, &join(&path, name), sources, sink, faces);
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() || folder == "." {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

fn file(
    world: &dyn World,
    folder: &Spanned<String>,
    path: &str,
    sources: &Sources,
    sink: &Sink,
    faces: &mut Vec<Face>,
) {
    let ending = path
        .rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let refuse = |message: String, hint: &str| {
        // Where nobody named the folder, the file itself is the place.
        let itself = || Span::new(sources.add(path, "").id, 0, 0);
        let at = folder.at.unwrap_or_else(itself);
        sink.push(Diagnostic::new(Code::UnreadableFont, at, message).hint(hint));
    };
    match ending.as_str() {
        "ttf" | "otf" | "ttc" | "otc" => {}
        "woff" | "woff2" => {
            return refuse(
                format!("`{path}` is a web font, which recto does not unpack"),
                "put the `.otf` or `.ttf` into the folder",
            );
        }
        // Licences, read-me files.
        _ => return,
    }
    let bytes = match world.read(Path::new(path)) {
        Ok(bytes) => Arc::new(bytes.to_vec()),
        Err(error) => {
            return refuse(
                format!("`{path}` cannot be read: {error}"),
                "mend the file's permissions",
            );
        }
    };
    let before = faces.len();
    for index in 0..count(&bytes) {
        let origin = FaceOrigin::Book(path.to_owned());
        let face = Face::shared(bytes.clone(), index, origin);
        faces.extend(face.into_iter().flat_map(Face::places));
    }
    if faces.len() == before {
        refuse(
            format!("`{path}` is no font that can be used"),
            "replace the file; it may be cut short, or no OpenType font at all",
        );
    }
}

/// How many faces a file says it holds.
fn count(bytes: &[u8]) -> u32 {
    match (bytes.get(..4), bytes.get(8..12)) {
        (Some(b"ttcf"), Some(&[a, b, c, d])) => u32::from_be_bytes([a, b, c, d]).min(COLLECTION),
        _ => 1,
    }
}

/// Takes in the machine's fonts, by file, so that the order is not that of its disk.
pub(super) fn system(faces: &mut Vec<Face>) {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    let mut found: Vec<_> = database
        .faces()
        .filter_map(|info| match &info.source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => {
                let names = Names {
                    family: info.families.first()?.0.clone(),
                    style: format!("{:?}", info.style),
                    weight: info.weight.0,
                    italic: info.style != fontdb::Style::Normal,
                    name: info.post_script_name.clone(),
                };
                let is_variable = database.with_face_data(info.id, |data, index| {
                    let font = FontRef::from_index(data, index);
                    font.is_ok_and(|font| font.fvar().is_ok())
                });
                Some((path.clone(), info.index, names, is_variable == Some(true)))
            }
            fontdb::Source::Binary(_) => None,
        })
        .collect();
    found.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    for (path, index, names, is_variable) in found {
        let face = Face::system(names, path, index);
        // Its axes cost a look into the file, which most are never asked for.
        if is_variable {
            faces.extend(face.places());
        } else {
            faces.push(face);
        }
    }
}
