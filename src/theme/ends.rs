//! What page ends weigh: the `ends` of a theme's page.
//!
//! Where a page should end is a matter of weights: is a page that is one line short worse than a widow? All weights are
//! in hyphens: one is what a hyphen at a line's end costs, and an ordinary line costs about a tenth of that. So what is said of
//! pages and what the line breaker knows of lines add up.

use crate::diag::Sink;
use crate::yaml::{self, Key, Node};

use super::schema;

macro_rules! weights {
    ($($(#[doc = $doc:literal])* $field:ident $name:literal $strict:literal $relaxed:literal)*) => {
        /// What page ends weigh, in hyphens.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct PageEnds {
            $($(#[doc = $doc])* pub $field: f64,)*
        }

        impl PageEnds {
            /// For books of prose: every page is full, facing pages end level, and no line stands alone, whatever else it costs.
            pub const STRICT: PageEnds = PageEnds { $($field: $strict,)* };

            /// For handbooks and reports, of headings, lists and code: a page may end where it is best for its parts.
            pub const RELAXED: PageEnds = PageEnds { $($field: $relaxed,)* };

            /// The names of all weights.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// A weight by its name.
            pub fn weight(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

weights! {
    /// The last line of a paragraph alone at the top of a page: in strict books as bad as fifteen empty lines.
    widow "widow" 700_000.0 400.0
    /// The first line of a paragraph alone at the foot of a page: less seen than a widow.
    orphan "orphan" 580_000.0 350.0
    /// A heading without its text, or a page end in what must stay together.
    stranded "stranded" 12_000_000.0 100_000.0
    /// A line left empty at the foot of a page; the second and later ones weigh more each.
    short "short" 23_000.0 3.0
    /// Facing pages that end at different heights. 0: they need not end level.
    uneven "uneven" 10_000.0 0.0
    /// Facing pages that both end one line above the others.
    spread "spread" 2.0 2.0
    /// A last page of one line; two, three or four weigh less.
    last_page "last-page" 46_000.0 50.0
    /// A note that begins on another page than its call.
    note_away "note-away" 2_300_000.0 20_000.0
    /// A note that goes on overleaf.
    note_split "note-split" 2_300.0 30.0
    /// A list parted behind its first item or before its last.
    list "list" 11_000.0 6.0
    /// A page end between a colon and the list, the code or the quotation that it announces.
    colon "colon" 46_000.0 12.0
    /// A line of code alone on a page.
    code "code" 700_000.0 400.0
    /// Two lines of code alone on a page, or a block of at most six parted.
    code_pair "code-pair" 680_000.0 25.0
    /// A page end within a line of code that was turned over.
    code_line "code-line" 11_000.0 10.0
    /// A stanza parted, no line of which stands alone: less than a widow, more than a few lines left empty.
    stanza "stanza" 58_000.0 33.0
    /// A page end beside the sign of a break between scenes, which would be lost on the reader: half of a widow.
    scene_break "scene-break" 350_000.0 200.0
    /// A page end at a break that is an empty line elsewhere, where a sign is shown instead: less than a line left empty.
    empty_line "empty-line" 11_000.0 6.0
    /// A word divided between facing pages.
    hyphen "hyphen" 0.5 0.5
    /// A word divided between a right-hand page and the next leaf.
    hyphen_at_turn "hyphen-at-turn" 1.0 1.0
    /// A paragraph that goes on overleaf with two lines of which the second is but a word.
    runt "runt" 2.0 2.0
    /// A line added to the space around a heading, a table or a box; two on one page weigh four times that.
    stretch "stretch" 2.0 1.0
    /// A line more or fewer between a chapter's title and its text; two weigh four times that.
    opening "opening" 8_000.0 400.0
    /// A line added between text and notes; two weigh four times that.
    above_notes "above-notes" 2.0 1.0
    /// A figure or a table that does not stand in the place that its `float` names first; in the third, twice as much.
    float_moved "float-moved" 2.0 1.0
    /// A figure or a table that stands on the page after its call.
    float_next "float-next" 11_000.0 10.0
    /// The same for each page more.
    float_later "float-later" 92_000.0 40.0
    /// A page of figures and tables alone.
    float_page "float-page" 11_000.0 10.0
    /// The same behind a chapter's last text, where they do not fill it.
    float_end "float-end" 140_000.0 60.0
    /// A paragraph set in more or fewer lines than is best for it, beside what its lines cost then.
    looseness "looseness" 1.0 2.0
}

/// Nothing weighs more: as much as a thousand pages of faults in a strict book.
const HEAVIEST: f64 = 1e10;

impl PageEnds {
    /// Takes in `ends: strict`, `ends: relaxed` or a mapping of weights, with `like` for the preset that they change.
    pub(super) fn lay(&mut self, key: &Key, node: &Node, sink: &Sink) {
        let presets = [("strict", PageEnds::STRICT), ("relaxed", PageEnds::RELAXED)];
        if node.entries().is_empty() {
            match schema::choice(node, &presets) {
                Ok(preset) => *self = preset,
                Err(wanted) => sink.push(schema::invalid(key, node, &wanted)),
            }
            return;
        }
        for (key, node) in node.entries() {
            if key.name == "like" {
                match schema::choice(node, &presets) {
                    Ok(preset) => *self = preset,
                    Err(wanted) => sink.push(schema::invalid(key, node, &wanted)),
                }
            }
        }
        for (key, node) in node.entries() {
            let Some(weight) = self.weight(&key.name) else {
                if key.name != "like" {
                    let known = ["like"].into_iter().chain(PageEnds::NAMES.iter().copied());
                    sink.push(yaml::unknown_key(key, Some("ends"), known));
                }
                continue;
            };
            match node.number().filter(|n| (0.0..=HEAVIEST).contains(n)) {
                Some(number) => *weight = number,
                None => sink.push(schema::invalid(
                    key,
                    node,
                    "a number of hyphens from 0 on is wanted",
                )),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(text: &str) -> (PageEnds, usize) {
        let sources = crate::source::Sources::new();
        let sink = Sink::new();
        let node = yaml::read(&sources.add("x", text), &sink).unwrap();
        let mut ends = PageEnds::STRICT;
        let (key, node) = &node.entries()[0];
        ends.lay(key, node, &sink);
        (ends, sink.finish(&sources).len())
    }

    #[test]
    fn a_preset_or_its_changes() {
        assert_eq!(lay("ends: relaxed"), (PageEnds::RELAXED, 0));
        let (ends, found) = lay("ends: {widow: 7, like: relaxed, hyphen: 0}");
        let wanted = PageEnds {
            widow: 7.0,
            hyphen: 0.0,
            ..PageEnds::RELAXED
        };
        assert_eq!((ends, found), (wanted, 0));
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        for bad in [
            "ends: loose",
            "ends: {widdow: 1}",
            "ends: {widow: -1}",
            "ends: {like: 3}",
        ] {
            assert_eq!(lay(bad), (PageEnds::STRICT, 1), "{bad}");
        }
    }
}
