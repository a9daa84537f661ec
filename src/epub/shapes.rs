//! Which elements a book has, and in which they stand.
//!
//! In: elements entered and left, as the serializer writes them. Out: [`Shapes`]: each way from a document's root down to an
//! element, by names and classes, once, however often it is gone. It answers whether a selector of CSS has anything to
//! select, so that the style sheet says nothing that no element of the book hears.

/// The ways down to elements.
#[derive(Debug)]
pub(super) struct Shapes {
    /// The first is the document itself. A place stands behind the one it stands in.
    places: Vec<Place>,
    /// The places of the open elements, from the document down, each with that of the last element in it so far.
    open: Vec<(usize, Option<usize>)>,
}

#[derive(Debug)]
struct Place {
    name: &'static str,
    /// As the attribute has it.
    class: Box<str>,
    parent: usize,
    kids: Vec<usize>,
    /// The places of elements that stood right before one of here.
    before: Vec<usize>,
}

/// A selector: compounds from the left, each with how it is joined to the one before.
pub(super) type Selector = Vec<(Join, Compound)>;

/// How an element stands to that of the compound before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// `a b`, and the first compound
    Within,
    /// `a > b`
    Child,
    /// `a + b`
    Next,
    /// `a ~ b`
    Later,
}

/// What is asked of one element. Attributes and pseudo-classes are not asked for: most hold sooner or later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Compound {
    pub name: Option<String>,
    pub classes: Vec<String>,
}

impl Default for Shapes {
    fn default() -> Shapes {
        Shapes {
            places: vec![Place {
                name: "",
                class: Box::default(),
                parent: 0,
                kids: Vec::new(),
                before: Vec::new(),
            }],
            open: vec![(0, None)],
        }
    }
}

impl Shapes {
    /// An element begins.
    pub fn enter(&mut self, name: &'static str, class: &str) {
        let Some(&(parent, last)) = self.open.last() else {
            return;
        };
        let at = self.kid(parent, name, class);
        self.follows(at, last);
        if let Some((_, last)) = self.open.last_mut() {
            *last = Some(at);
        }
        self.open.push((at, None));
    }

    /// The element entered last ends.
    pub fn leave(&mut self) {
        // The document itself stays open.
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// Whether there is an element of this name anywhere.
    pub fn has_element(&self, name: &str) -> bool {
        self.places.iter().any(|place| place.name == name)
    }

    fn kid(&mut self, parent: usize, name: &'static str, class: &str) -> usize {
        let same = |at: &&usize| {
            let place = &self.places[**at];
            place.name == name && *place.class == *class
        };
        if let Some(known) = self.places[parent].kids.iter().find(same) {
            return *known;
        }
        let at = self.places.len();
        self.places.push(Place {
            name,
            class: class.into(),
            parent,
            kids: Vec::new(),
            before: Vec::new(),
        });
        self.places[parent].kids.push(at);
        at
    }

    fn follows(&mut self, at: usize, last: Option<usize>) {
        let before = &mut self.places[at].before;
        before.extend(last.filter(|last| !before.contains(last)));
    }

    /// What another document has comes to it.
    pub fn add(&mut self, other: &Shapes) {
        let mut mine = vec![0; other.places.len()];
        for (at, place) in other.places.iter().enumerate().skip(1) {
            mine[at] = self.kid(mine[place.parent], place.name, &place.class);
        }
        for (at, place) in other.places.iter().enumerate() {
            for last in &place.before {
                self.follows(mine[at], Some(mine[*last]));
            }
        }
    }

    /// Whether a selector has anything to select.
    pub fn has(&self, selector: &[(Join, Compound)]) -> bool {
        (1..self.places.len()).any(|at| self.is(at, selector))
    }

    fn is(&self, at: usize, selector: &[(Join, Compound)]) -> bool {
        let Some(((join, compound), rest)) = selector.split_last() else {
            return true;
        };
        let place = &self.places[at];
        let fits = compound.name.as_deref().is_none_or(|n| n == place.name)
            && compound
                .classes
                .iter()
                .all(|class| place.class.split(' ').any(|own| own == class));
        if !fits {
            return false;
        }
        if rest.is_empty() {
            return true;
        }
        match join {
            Join::Child => self.is(place.parent, rest),
            Join::Within => {
                let mut up = at;
                while up != 0 {
                    up = self.places[up].parent;
                    if self.is(up, rest) {
                        return true;
                    }
                }
                false
            }
            Join::Next => place.before.iter().any(|before| self.is(*before, rest)),
            Join::Later => {
                let mut seen = place.before.clone();
                let mut next = 0;
                while let Some(before) = seen.get(next).copied() {
                    if self.is(before, rest) {
                        return true;
                    }
                    let further = &self.places[before].before;
                    let new: Vec<usize> = further
                        .iter()
                        .filter(|at| !seen.contains(at))
                        .copied()
                        .collect();
                    seen.extend(new);
                    next += 1;
                }
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::css::selector_of;
    use super::*;

    /// `<body><p class="a b"/><p/><ul><li><p/></li></ul></body>`
    fn shapes() -> Shapes {
        let mut shapes = Shapes::default();
        shapes.enter("body", "");
        for class in ["a b", ""] {
            shapes.enter("p", class);
            shapes.leave();
        }
        for name in ["ul", "li", "p"] {
            shapes.enter(name, "");
        }
        for _ in 0..4 {
            shapes.leave();
        }
        shapes
    }

    #[test]
    fn selectors_find_what_is_there() {
        let mut sum = Shapes::default();
        sum.enter("body", "");
        sum.enter("table", "");
        sum.add(&shapes());
        for (selector, found) in [
            ("p", true),
            (".a", true),
            (".a.b", true),
            ("p.b + p", true),
            ("p.b ~ ul", true),
            ("body p", true),
            ("body > ul > li", true),
            ("ul p::before", true),
            ("*", true),
            ("table", true),
            ("p:not(.c)", true),
            (".c", false),
            ("ul.a", false),
            ("body > li", false),
            ("p + p.b", false),
            ("ul ~ p", false),
            ("p.b + ul", false),
            ("table p", false),
        ] {
            let parsed = selector_of(selector).unwrap();
            assert_eq!(sum.has(&parsed), found, "{selector}");
        }
    }
}
