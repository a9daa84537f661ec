//! Margins: the theme's are raised to what the press asks, the author's are kept.
//!
//! In: the book's own keys, the page, the least margins. Out: a page with margins that are no smaller, but where the book
//! itself says how wide one is; that is reported at its line if it is too little.

use super::{Kit, place};
use crate::diag::{Code, Diagnostic, Sink};
use crate::profile::{Profile, Rule};
use crate::source::Span;
use crate::theme::{PageSpec, Spread};
use crate::typeset::frame::{Artifact, Glyph, Owner};
use crate::typeset::pages::PageList;
use crate::unit::{Abs, Side, Sides};
use crate::yaml::{Fragment, Node};

/// A length that rounding made is as good as the one that was meant, in scaled points.
const ROUNDING: Abs = Abs::pt(0.01);

/// No margin is raised beyond this part of the page: there has to be room for text, whatever a profile's file asks.
const MOST: f64 = 0.4;

/// The most that words can hang out of their column, for optical margins: what stands further out was put there.
const MOST_HANG: Abs = Abs::pt(4.0);

/// How far letters reach above and below their baseline, in parts of their size: capitals and descenders of text faces.
const REACH: (f64, f64) = (0.75, 0.25);

/// Which margins the book itself says, and where.
pub struct Said {
    sides: Sides<Option<Option<Span>>>,
}

impl Said {
    /// Of the book's own keys, the lowest layer first. A canon takes back what was said before it.
    pub fn of(style: &[Fragment]) -> Said {
        let mut sides = Sides::default();
        for Fragment { key, node } in style {
            let margins = match key.name.as_str() {
                "margins" => Some(node),
                "page" => node.get("margins"),
                _ => None,
            };
            let Some(margins) = margins else { continue };
            if margins.get("canon").is_some() {
                sides = Sides::default();
            }
            let said = |name: &str, side: &mut Option<Option<Span>>| {
                if let Some(Node { at, .. }) = margins.get(name) {
                    *side = Some(*at);
                }
            };
            said("inner", &mut sides.inner);
            said("outer", &mut sides.outer);
            said("head", &mut sides.head);
            said("foot", &mut sides.foot);
        }
        Said { sides }
    }

    /// Raises the margins that the book does not say.
    pub fn raise(&self, page: &mut PageSpec, least: Sides<Abs>) {
        let (width, height) = (page.trim.width.scale(MOST), page.trim.height.scale(MOST));
        let (said, margins) = (&self.sides, &mut page.margins);
        let raise = |said: &Option<_>, margin: &mut Abs, least: Abs, most: Abs| {
            if said.is_none() && least > *margin {
                *margin = least.min(most).max(*margin);
            }
        };
        raise(&said.inner, &mut margins.inner, least.inner, width);
        raise(&said.outer, &mut margins.outer, least.outer, width);
        raise(&said.head, &mut margins.head, least.head, height);
        raise(&said.foot, &mut margins.foot, least.foot, height);
    }

    /// Whether that would change anything.
    pub fn would_raise(&self, page: &PageSpec, least: Sides<Abs>) -> bool {
        let mut raised = page.clone();
        self.raise(&mut raised, least);
        raised.margins != page.margins
    }

    /// Says which margins are too small for the press all the same.
    pub fn report(
        &self,
        page: &PageSpec,
        profile: &Profile,
        list: &PageList,
        kit: Kit<'_>,
        sink: &Sink,
    ) {
        let pages = list.pages.len() as u32;
        let asked = profile.least_margins(pages);
        let least = least(profile, list, page);
        let (m, a, l) = (page.margins, asked.value, least.value);
        for (name, said, margin, asked_for, least) in [
            ("inner", self.sides.inner, m.inner, a.inner, l.inner),
            ("outer", self.sides.outer, m.outer, a.outer, l.outer),
            ("head", self.sides.head, m.head, a.head, l.head),
            ("foot", self.sides.foot, m.foot, a.foot, l.foot),
        ] {
            if margin + ROUNDING >= least {
                continue;
            }
            let at = said.flatten().or_else(|| place::of_profile(kit));
            let margin = place::measure(margin);
            let wanted = place::measure(asked_for);
            let printer = &profile.printer;
            let (rule, message) = if least > asked_for {
                let message = format!(
                    "with a {name} margin of {margin} the {} stands nearer to the trim than the {wanted} that {printer} asks for",
                    if name == "head" {
                        "running head"
                    } else {
                        "folio"
                    },
                );
                ("sheet.furniture-inside", message)
            } else if name == "inner" && profile.sheet.inside.len() > 1 {
                let message = format!(
                    "the inner margin is {margin}; {printer} asks for {wanted} in a book of {pages} pages"
                );
                ("sheet.inside", message)
            } else {
                let message = format!("the {name} margin is {margin}; {printer} asks for {wanted}");
                ("sheet.margins", message)
            };
            let found = profile.finding(Code::NarrowMargin, at, rule, asked.sure, message);
            sink.push(self.advise(found, name, least));
        }
    }

    fn advise(&self, found: Diagnostic, name: &str, least: Abs) -> Diagnostic {
        found.hint(format!(
            "write `{name}: {}`, or leave it out: it is then as wide as is asked for",
            in_inches(least)
        ))
    }
}

/// A length for an author to copy, rounded up.
fn in_inches(length: Abs) -> String {
    format!(
        "{}in",
        (length.to_pt() / 72.0 * 1000.0 - 1e-3).ceil() / 1000.0
    )
}

/// The least margins of the book as it was set: with what running heads and folios take where these keep to the
/// margins too.
pub fn least(profile: &Profile, list: &PageList, page: &PageSpec) -> Rule<Sides<Abs>> {
    let mut least = profile.least_margins(list.pages.len() as u32);
    let inside = profile.sheet.furniture_inside;
    if inside.is_none_or(|rule| !rule.value) {
        return least;
    }
    let (mut head, mut foot) = (Abs::ZERO, Abs::ZERO);
    let bottom = page.trim.height - page.margins.foot;
    for sheet in &list.pages {
        place::walk(sheet, |place::Text { at, run, owner, .. }| {
            if !matches!(owner, Owner::Artifact(Artifact::Header | Artifact::Footer)) {
                return;
            }
            let (top, under) = (
                at.y - run.size.scale(REACH.0),
                at.y + run.size.scale(REACH.1),
            );
            if under <= page.margins.head {
                head = head.max(page.margins.head - top);
            } else if top >= bottom {
                foot = foot.max(under - bottom);
            }
        });
    }
    least.value.head += head;
    least.value.foot += foot;
    least
}

/// How far words hang out of their column at either side: quotes, commas and hyphens stand a little outside it, and a
/// press measures from what is printed. In whole points, so that a book set anew does not ask for a hair more.
pub fn hang(list: &PageList, page: &PageSpec) -> Abs {
    let mut most = Abs::ZERO;
    for sheet in &list.pages {
        let spine_left =
            (sheet.side == Side::Recto) != list.info.rtl || page.spread == Spread::Single;
        let (left, right) = match spine_left {
            true => (page.margins.inner, page.margins.outer),
            false => (page.margins.outer, page.margins.inner),
        };
        let right = page.trim.width - right;
        place::walk(sheet, |place::Text { at, run, owner, .. }| {
            if matches!(owner, Owner::Slot(_)) {
                let (mut from, mut to) = (at.x, at.x + run.width());
                // The space that a line was broken at is still there, and not seen.
                if run.text.ends_with(' ') {
                    let space = |glyph: Option<&Glyph>| glyph.map_or(Abs::ZERO, Glyph::advance);
                    match run.rtl {
                        true => from += space(run.glyphs.first()),
                        false => to -= space(run.glyphs.last()),
                    }
                }
                let out = (left - from).max(to - right);
                if out <= MOST_HANG {
                    most = most.max(out);
                }
            }
        });
    }
    Abs::pt((most - ROUNDING).to_pt().ceil().max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::unit::Size;

    fn said(yaml: &str) -> [bool; 4] {
        let sources = Sources::new();
        let node = crate::yaml::read(&sources.add("x", yaml), &Sink::new()).unwrap();
        let style: Vec<Fragment> = node
            .list()
            .unwrap()
            .iter()
            .flat_map(|layer| {
                layer.entries().iter().map(|(key, node)| Fragment {
                    key: key.clone(),
                    node: node.clone(),
                })
            })
            .collect();
        let Sides {
            inner,
            outer,
            head,
            foot,
        } = Said::of(&style).sides;
        [inner, outer, head, foot].map(|side| side.is_some())
    }

    #[test]
    fn what_a_book_says_itself_is_known() {
        assert_eq!(
            said("[{margins: {inner: 3mm}}]"),
            [true, false, false, false]
        );
        assert_eq!(
            said("[{margins: {inner: 3mm}}, {page: {margins: {foot: 1in}}}]"),
            [true, false, false, true]
        );
        assert_eq!(
            said("[{margins: {inner: 3mm, head: 3mm}}, {margins: {canon: 2:3:4:6, foot: 1in}}]"),
            [false, false, false, true]
        );
        assert_eq!(said("[{style: {body: {size: 9pt}}}]"), [false; 4]);
    }

    #[test]
    fn only_what_is_not_said_is_raised_and_nothing_is_lowered() {
        let theme = crate::theme::load(
            None,
            &[],
            &crate::source::MemoryWorld::new(0),
            &Sources::new(),
            &Sink::new(),
        );
        let mut page = theme.page;
        page.trim = Size::new(Abs::inches(6.0), Abs::inches(9.0));
        let all = |inches: f64| {
            let length = Abs::inches(inches);
            Sides {
                inner: length,
                outer: length,
                head: length,
                foot: length,
            }
        };
        page.margins = all(0.5);
        let said = Said {
            sides: Sides {
                inner: Some(None),
                ..Sides::default()
            },
        };
        said.raise(&mut page, all(0.25));
        assert_eq!(page.margins, all(0.5));
        said.raise(&mut page, all(0.75));
        assert_eq!(
            page.margins,
            Sides {
                inner: Abs::inches(0.5),
                ..all(0.75)
            }
        );
        assert!(!said.would_raise(&page, all(0.75)));
        // Text wants room, whatever is asked.
        said.raise(&mut page, all(50.0));
        assert_eq!(page.margins.outer, Abs::inches(6.0).scale(0.4));
    }
}
