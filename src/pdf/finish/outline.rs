//! The outline: bookmarks in bookmarks, the top level shown.

use lopdf::ObjectId;

use crate::pdf::syntax::{write_int, write_ref, write_text};
use crate::typeset::pages::PageList;

use super::Draft;
use super::dests::Targets;

#[derive(Clone, Debug, Default, PartialEq)]
struct Node {
    /// Places in the list of entries; `None` for the outline's root.
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    kids: i64,
}

/// Ties entries of these depths together; the last node is the root.
fn nodes(depths: &[u8]) -> Vec<Node> {
    let root = depths.len();
    let mut nodes = vec![Node::default(); root + 1];
    // The entries above the current one, outermost first.
    let mut above: Vec<(u8, usize)> = Vec::new();
    for (index, &depth) in depths.iter().enumerate() {
        while above.last().is_some_and(|&(outer, _)| outer >= depth) {
            above.pop();
        }
        let parent = above.last().map(|&(_, parent)| parent);
        let holder = parent.unwrap_or(root);
        nodes[index].parent = parent;
        nodes[index].previous = nodes[holder].last;
        if let Some(previous) = nodes[holder].last {
            nodes[previous].next = Some(index);
        }
        nodes[holder].first.get_or_insert(index);
        nodes[holder].last = Some(index);
        nodes[holder].kids += 1;
        above.push((depth, index));
    }
    nodes
}

/// Writes the outline; `None` without entries.
pub fn write(draft: &mut Draft, list: &PageList, targets: &Targets<'_>) -> Option<ObjectId> {
    if list.outline.is_empty() {
        return None;
    }
    let depths: Vec<u8> = list.outline.iter().map(|entry| entry.depth).collect();
    let nodes = nodes(&depths);
    let ids: Vec<ObjectId> = nodes.iter().map(|_| draft.id()).collect();
    let root = *ids.last()?;
    for (index, node) in nodes.iter().enumerate() {
        let out = draft.packed.begin(ids[index]);
        out.extend_from_slice(b"<<");
        match list.outline.get(index) {
            None => out.extend_from_slice(b"/Type/Outlines"),
            Some(entry) => {
                out.extend_from_slice(b"/Title");
                write_text(out, &entry.title);
                out.extend_from_slice(b"/Parent ");
                write_ref(out, node.parent.map_or(root, |parent| ids[parent]).0);
                if (entry.dest.0 as usize) < list.dests.len() {
                    targets.lead(out, entry.dest);
                }
            }
        }
        for (key, other) in [
            ("/Prev ", node.previous),
            ("/Next ", node.next),
            ("/First ", node.first),
            ("/Last ", node.last),
        ] {
            if let Some(other) = other {
                out.extend_from_slice(key.as_bytes());
                write_ref(out, ids[other].0);
            }
        }
        if node.kids > 0 {
            // Negative: closed, with so many inside. The root is open.
            let closed = index < list.outline.len();
            out.extend_from_slice(b"/Count ");
            write_int(out, if closed { -node.kids } else { node.kids });
        }
        out.extend_from_slice(b">>");
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths_become_a_tree() {
        // A depth may jump down by more than one: the entry hangs under the last one above it.
        let tree = nodes(&[0, 1, 3, 1, 0]);
        let parents: Vec<_> = tree.iter().map(|node| node.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(1), Some(0), None, None]);
        assert_eq!(
            (tree[0].first, tree[0].last, tree[0].kids),
            (Some(1), Some(3), 2)
        );
        assert_eq!(
            (tree[5].first, tree[5].last, tree[5].kids),
            (Some(0), Some(4), 2)
        );
        assert_eq!((tree[1].next, tree[3].previous), (Some(3), Some(1)));
    }

    #[test]
    fn an_outline_may_begin_deep() {
        assert_eq!(nodes(&[2, 0])[2].kids, 2);
    }
}
