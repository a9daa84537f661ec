//! Where figures and tables stand that need not stand where they are called.

/// Where a figure or a table may stand: each place with its rank, 1 for the one to be tried first, or 0 where it may not
/// be. At least one is none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FloatPlaces {
    /// In the text, where it is called.
    pub here: u8,
    /// At the head of the page of its call, or of a later one.
    pub top: u8,
    /// At the foot of the page of its call, or of a later one.
    pub bottom: u8,
    /// On a page without text.
    pub page: u8,
}

impl FloatPlaces {
    /// Anywhere.
    pub const AUTO: FloatPlaces = FloatPlaces {
        here: 1,
        top: 2,
        bottom: 3,
        page: 4,
    };
    /// In the text only.
    pub const HERE: FloatPlaces = FloatPlaces {
        here: 1,
        top: 0,
        bottom: 0,
        page: 0,
    };
    /// On a page without text only.
    pub const PAGE: FloatPlaces = FloatPlaces {
        here: 0,
        top: 0,
        bottom: 0,
        page: 1,
    };
    /// What the places are called.
    pub const NAMES: [&'static str; 5] = ["here", "top", "bottom", "page", "auto"];

    /// Reads one or several of the names, the best place first; `None` if there is another word among them, or none at all.
    pub fn read<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<FloatPlaces> {
        let mut places = FloatPlaces {
            here: 0,
            ..FloatPlaces::HERE
        };
        let mut rank = 0;
        for word in words {
            let place = match word {
                "here" => &mut places.here,
                "top" => &mut places.top,
                "bottom" => &mut places.bottom,
                "page" => &mut places.page,
                "auto" => {
                    (places, rank) = (FloatPlaces::AUTO, 4);
                    continue;
                }
                _ => return None,
            };
            if *place == 0 {
                rank += 1;
                *place = rank;
            }
        }
        (rank > 0).then_some(places)
    }

    /// Whether it must not float.
    pub fn only_here(self) -> bool {
        self == FloatPlaces::HERE
    }

    /// Whether it must have a page without text.
    pub fn only_page(self) -> bool {
        self.page > 0 && self.here + self.top + self.bottom == 0
    }
}

impl std::fmt::Display for FloatPlaces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = [self.here, self.top, self.bottom, self.page];
        let mut named: Vec<(u8, &str)> = places.into_iter().zip(FloatPlaces::NAMES).collect();
        named.retain(|(rank, _)| *rank > 0);
        named.sort_unstable();
        let names: Vec<&str> = named.into_iter().map(|(_, name)| name).collect();
        f.write_str(&names.join(" "))
    }
}

/// What pages take of figures and tables that float. The values by default are LaTeX's, but that a page of floats is
/// filled as well as a page may be that has some.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatLimits {
    /// So many at most at the head and the foot of a page with text.
    pub most: u32,
    /// Such a part of the page's depth they take at most.
    pub share: f64,
    /// Such a part they fill at least where they have a page to themselves.
    pub alone: f64,
}

impl Default for FloatLimits {
    fn default() -> FloatLimits {
        FloatLimits {
            most: 3,
            share: 0.7,
            alone: 0.7,
        }
    }
}
