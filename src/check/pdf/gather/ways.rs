//! The ways through a file: named destinations, the outline, links and other notes on pages, and what runs by itself
//! (ISO 32000-1, 12.3 to 12.6).

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Annotation, Entry, Target};
use super::super::fault::{Faults, Several};
use super::super::syntax::{Dict, File, Object, text_string};
use super::pages::{Leaf, named, rect};
use super::trees;
use crate::diag::Code;

/// Entries of an outline, at most: more than pages of any book.
const ENTRIES: usize = 200_000;

/// Elements in elements that are looked into for their page, at most.
const WITHIN: usize = 64;

/// Notes on pages, at most.
const NOTES: usize = 1_000_000;

/// Actions one behind the other, at most.
const CHAIN: usize = 32;

/// Finds what leads where.
pub(crate) struct Ways<'f> {
    file: &'f File<'f>,
    pages: &'f BTreeMap<u32, usize>,
    /// Named destinations, as they stand there.
    named: BTreeMap<Vec<u8>, &'f Object>,
    /// Notes that may still be kept: pages may share their lists, and a hostile file's do.
    room: usize,
    /// Programs found on the way.
    pub(crate) actions: Vec<String>,
}

impl<'f> Ways<'f> {
    pub(crate) fn new(file: &'f File<'f>, pages: &'f BTreeMap<u32, usize>) -> Ways<'f> {
        let mut named = BTreeMap::new();
        let root = file.root();
        let names = root.and_then(|root| file.dict(root, "Names"));
        if let Some(tree) = names.and_then(|names| file.dict(names, "Dests")) {
            let (entries, _) = trees::entries(file, tree, "Names");
            for (name, value) in entries {
                named.extend(
                    name.bytes()
                        .map(|name| (name.to_vec(), file.resolve(value))),
                );
            }
        }
        if let Some(old) = root.and_then(|root| file.dict(root, "Dests")) {
            named.extend(
                old.0
                    .iter()
                    .map(|(name, value)| (name.clone(), file.resolve(value))),
            );
        }
        let mut ways = Ways {
            file,
            pages,
            named,
            room: NOTES,
            actions: Vec::new(),
        };
        ways.programs(root, names);
        ways
    }

    /// All named destinations.
    pub(crate) fn destinations(&self) -> BTreeMap<String, Target> {
        let all = self.named.iter();
        all.map(|(name, value)| (text_string(name), self.explicit(value)))
            .collect()
    }

    /// What the file runs of itself.
    fn programs(&mut self, root: Option<&'f Dict>, names: Option<&'f Dict>) {
        let Some(root) = root else {
            return;
        };
        let scripts = names.and_then(|names| self.file.dict(names, "JavaScript"));
        if let Some(tree) = scripts
            && !trees::entries(self.file, tree, "Names").0.is_empty()
        {
            self.actions
                .push("JavaScript that runs when the file is opened".to_owned());
        }
        if let Some(action) = self.file.dict(root, "OpenAction") {
            self.action(action, "when the file is opened");
        }
        self.events(root, "of the file");
    }

    /// Actions that events start.
    fn events(&mut self, dict: &'f Dict, place: &str) {
        if let Some(events) = self.file.dict(dict, "AA") {
            for value in events.0.values() {
                if let Some(action) = self.file.resolve(value).dict() {
                    self.action(action, place);
                }
            }
        }
    }

    /// Where an explicit or named destination leads (12.3.2).
    fn destination(&self, value: &'f Object) -> Target {
        let value = self.file.resolve(value);
        let name = match value {
            Object::String(name) | Object::Name(name) => name,
            other => return self.explicit(other),
        };
        match self.named.get(name) {
            Some(value) => self.explicit(value),
            None => Target::Nowhere(format!(
                "there is no destination `{}`",
                short(&text_string(name))
            )),
        }
    }

    fn explicit(&self, value: &'f Object) -> Target {
        let list = value.dict().map_or(value, |dict| {
            let own = self.file.get(dict, "D");
            if own.is_null() {
                self.file.get(dict, "SD")
            } else {
                own
            }
        });
        let Some([first, rest @ ..]) = list.array() else {
            return Target::Nowhere("it names no page".to_owned());
        };
        let page = match first {
            Object::Reference(to) => self
                .pages
                .get(&to.number)
                .copied()
                .or_else(|| self.begins(first)),
            other => {
                let page = other.integer().and_then(|page| usize::try_from(page).ok());
                page.filter(|page| *page < self.pages.len())
            }
        };
        let Some(page) = page else {
            return Target::Nowhere("its page is not in the file".to_owned());
        };
        let number = |at: usize| {
            rest.get(at)
                .and_then(|value| self.file.resolve(value).number())
        };
        let top = match rest.first().and_then(Object::name).as_deref() {
            Some("XYZ") => number(2),
            Some("FitH" | "FitBH") => number(1),
            _ => None,
        };
        Target::Page { page, top }
    }

    /// The page on which an element of the tree of tags begins, which destinations in PDF 2.0 name.
    fn begins(&self, value: &'f Object) -> Option<usize> {
        let mut element = self
            .file
            .resolve(value)
            .dict()
            .filter(|element| element.has("S"))?;
        for _ in 0..WITHIN {
            if let Some(page) = element.raw("Pg").reference() {
                return self.pages.get(&page.number).copied();
            }
            let kids = self.file.get(element, "K");
            let first = kids.array().and_then(<[Object]>::first).unwrap_or(kids);
            element = self.file.resolve(first).dict()?;
        }
        None
    }

    /// Where an action leads (12.6); programs are noted with their place.
    fn action(&mut self, action: &'f Dict, place: &str) -> Option<Target> {
        let mut first = None;
        let mut next = Some(action);
        for _ in 0..CHAIN {
            let Some(action) = next else {
                break;
            };
            let kind = self.file.name(action, "S").unwrap_or_default();
            let target = match kind.as_str() {
                // Of both ways to say it, either will do: viewers take the one that they know.
                "GoTo" => Some(match self.destination(action.raw("D")) {
                    Target::Nowhere(_) if action.has("SD") => {
                        self.explicit(self.file.get(action, "SD"))
                    }
                    found => found,
                }),
                "URI" => Some(match self.file.text(action, "URI") {
                    Some(address) if !address.trim().is_empty() => Target::Web(address),
                    _ => Target::Nowhere("it names no address".to_owned()),
                }),
                "GoToR" | "GoToE" => Some(Target::File(self.path(action.raw("F")))),
                "Named" => Some(Target::Viewer),
                "Launch" | "JavaScript" | "ImportData" | "SubmitForm" | "RichMediaExecute" => {
                    // Enough to tell of.
                    if self.actions.len() < 1000 {
                        self.actions.push(format!("`{kind}` {place}"));
                    }
                    Some(Target::Viewer)
                }
                _ => Some(Target::Viewer),
            };
            first = first.or(target);
            let behind = self.file.get(action, "Next");
            let behind = behind
                .array()
                .and_then(<[Object]>::first)
                .map_or(behind, |value| self.file.resolve(value));
            next = behind.dict();
        }
        first
    }

    /// The name of another file.
    fn path(&self, value: &Object) -> String {
        let value = self.file.resolve(value);
        let found = value.text().or_else(|| {
            let dict = value.dict()?;
            self.file
                .text(dict, "UF")
                .or_else(|| self.file.text(dict, "F"))
        });
        found.unwrap_or_default()
    }

    /// Where an entry or a note leads.
    fn target(&mut self, dict: &'f Dict, place: &str) -> Option<Target> {
        if dict.has("Dest") {
            return Some(self.destination(dict.raw("Dest")));
        }
        let action = self.file.dict(dict, "A")?;
        self.action(action, place)
    }

    /// The outline, flat.
    pub(crate) fn outline(&mut self, faults: &mut Faults) -> Vec<Entry> {
        let root = self
            .file
            .root()
            .and_then(|root| self.file.dict(root, "Outlines"));
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let (mut round, mut broken) = (Several::default(), Several::default());
        let mut stack: Vec<(&'f Object, usize)> = root
            .map(|root| (root.raw("First"), 0))
            .into_iter()
            .collect();
        while let Some((value, depth)) = stack.pop() {
            if value.is_null() {
                continue;
            }
            let (own, item) = self.file.follow(value);
            let Some(item) = item.dict() else {
                broken.add(|| named(own));
                continue;
            };
            // An entry that is no object of its own leads on to none.
            if own.is_none_or(|own| !seen.insert(own)) || found.len() == ENTRIES {
                round.add(|| named(own));
                continue;
            }
            let title = self.file.text(item, "Title");
            if title.is_none() {
                broken.add(|| format!("{}, which has no title,", named(own)));
            }
            let title = title.unwrap_or_default();
            let target = self.target(item, &format!("in the outline at `{}`", short(&title)));
            found.push(Entry {
                title,
                depth,
                target,
            });
            stack.push((item.raw("Next"), depth));
            stack.push((item.raw("First"), depth + 1));
        }
        let all = [
            (&round, "the outline goes round: it comes again to"),
            (&broken, "the outline breaks off at"),
        ];
        for (which, what) in all {
            if let Some(which) = which.told() {
                faults.tell(
                    Code::BrokenOutline,
                    format!("{what} {which}"),
                    "make the file anew",
                );
            }
        }
        found
    }

    /// The notes on a page.
    pub(crate) fn annotations(&mut self, leaf: &Leaf<'f>, label: &str) -> Vec<Annotation> {
        self.events(leaf.dict, &format!("of page {label}"));
        let mut found = Vec::new();
        let list = self.file.list(leaf.dict, "Annots");
        let list = &list[..list.len().min(self.room)];
        self.room -= list.len();
        for value in list {
            let (own, value) = self.file.follow(value);
            let Some(dict) = value.dict() else {
                continue;
            };
            let place = format!("on page {label}");
            self.events(dict, &place);
            let flags = self.file.get(dict, "F").integer().unwrap_or_default();
            found.push(Annotation {
                object: own.map_or(0, |own| own.number),
                kind: self.file.name(dict, "Subtype").unwrap_or_default(),
                rect: rect(self.file, self.file.get(dict, "Rect")),
                contents: self.file.text(dict, "Contents"),
                field: field(self.file, dict),
                target: self.target(dict, &place),
                // Hidden (12.5.3).
                is_hidden: flags & 2 != 0,
                parent: self.file.get(dict, "StructParent").integer(),
            });
        }
        found
    }
}

/// What the field of a form is called (12.7.3), itself or one above it.
fn field(file: &File<'_>, dict: &Dict) -> Option<String> {
    let mut above = Some(dict);
    for _ in 0..CHAIN {
        let own = above?;
        if let Some(name) = file.text(own, "TU") {
            return Some(name);
        }
        above = file.dict(own, "Parent");
    }
    None
}

/// As much of a name as a message needs.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
