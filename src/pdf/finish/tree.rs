//! Name and number trees (ISO 32000-1, 7.9.6 and 7.9.7), of one level or two.

use lopdf::ObjectId;

use crate::pdf::syntax::write_ref;

use super::Draft;

/// How many entries a leaf has: enough to keep the root short, few enough for a reader to search quickly.
const LEAF: usize = 64;

/// Writes a tree; `kind` is `Names` or `Nums`, the entries are keys and values as written, sorted by key.
pub fn write(draft: &mut Draft, kind: &str, entries: &[(Vec<u8>, Vec<u8>)]) -> ObjectId {
    let root = draft.id();
    if entries.len() <= LEAF {
        let out = draft.packed.begin(root);
        out.extend_from_slice(b"<<");
        list(out, kind, entries);
        out.extend_from_slice(b">>");
        return root;
    }
    let mut kids = Vec::new();
    for leaf in entries.chunks(LEAF) {
        let id = draft.id();
        kids.push(id);
        let out = draft.packed.begin(id);
        out.extend_from_slice(b"<</Limits[");
        // A chunk is never empty.
        for (index, (key, _)) in leaf.first().into_iter().chain(leaf.last()).enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(key);
        }
        out.push(b']');
        list(out, kind, leaf);
        out.extend_from_slice(b">>");
    }
    let out = draft.packed.begin(root);
    out.extend_from_slice(b"<</Kids[");
    for (index, kid) in kids.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        write_ref(out, kid.0);
    }
    out.extend_from_slice(b"]>>");
    root
}

fn list(out: &mut Vec<u8>, kind: &str, entries: &[(Vec<u8>, Vec<u8>)]) {
    out.push(b'/');
    out.extend_from_slice(kind.as_bytes());
    out.push(b'[');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(key);
        out.push(b' ');
        out.extend_from_slice(value);
    }
    out.push(b']');
}
