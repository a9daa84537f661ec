//! Who books are checked for.

use super::{Print, judge_print};
use crate::diag::{Code, Diagnostic, Severity, Sink, nearest};
use crate::profile::{self, Profile};
use crate::shop::{self, Shop, Wares};
use crate::source::{Sources, Span, Spanned, World};

/// Houses that print, and their profiles.
const HOUSES: &[(&str, &[&str])] = &[
    ("kdp", &["kdp-paperback", "kdp-hardcover"]),
    ("amazon", &["kdp-paperback", "kdp-hardcover"]),
    ("ingram", &["ingramspark"]),
];

/// Shops and printers by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlets {
    /// Who sells EPUBs.
    pub shops: Vec<Shop>,
    /// Who prints: of each house the profiles, of which one has to fit.
    pub houses: Vec<Vec<Profile>>,
}

impl Outlets {
    /// Looks names up: those of shops, of profiles, of houses that have both, or YAML files of the book's own. What is none of these is
    /// told.
    pub fn named(names: &[String], world: &dyn World, sources: &Sources, sink: &Sink) -> Outlets {
        let mut found = Outlets::default();
        for name in names {
            found.add(name, world, sources, sink);
        }
        found
    }

    /// Whether nobody is asked for.
    pub fn is_empty(&self) -> bool {
        self.shops.is_empty() && self.houses.is_empty()
    }

    fn add(&mut self, name: &str, world: &dyn World, sources: &Sources, sink: &Sink) {
        let named = Spanned {
            value: name.to_owned(),
            at: None,
        };
        if name.ends_with(".yaml") || name.ends_with(".yml") {
            // A shop lists its rules, a profile does not.
            let text = world.read(name.as_ref()).unwrap_or_default();
            let is_shop = String::from_utf8_lossy(&text)
                .lines()
                .any(|line| line.starts_with("rules:"));
            match is_shop {
                true => self.shops.extend(shop::load(&named, world, sources, sink)),
                false => {
                    let found = profile::load(&named, world, sources, sink);
                    self.houses.extend(found.map(|found| vec![found]));
                }
            }
            return;
        }
        let shop = shop::builtin(name);
        let mut houses = HOUSES.iter();
        let own = houses.find(|(house, _)| *house == name);
        let names = own.map_or_else(|| vec![name], |(_, names)| names.to_vec());
        let profiles = names.into_iter().filter_map(Profile::builtin);
        let profiles: Vec<Profile> = profiles.filter(Profile::prints).collect();
        if shop.is_none() && profiles.is_empty() {
            let shops = shop::BUILTIN.iter().map(|(name, _)| *name);
            let presses = profile::BUILTIN.iter().map(|(name, _)| *name);
            let houses = HOUSES.iter().map(|(name, _)| *name);
            let known = shops.chain(presses).chain(houses);
            let message = format!("nobody is known by the name `{name}`");
            let found = Diagnostic::new(Code::UnknownShop, None, message);
            sink.push(match nearest(name, known.clone()) {
                Some(near) => found.hint(format!("did you mean `{near}`?")),
                None => {
                    let mut known: Vec<&str> = known.filter(|name| *name != "screen").collect();
                    known.sort_unstable();
                    found.hint(format!("known are {}", known.join(", ")))
                }
            });
            return;
        }
        // Two names of one shop are one.
        let new = shop.filter(|shop| self.shops.iter().all(|known| known.name != shop.name));
        self.shops.extend(new);
        if !profiles.is_empty() {
            self.houses.push(profiles);
        }
    }

    /// What the shops say of an EPUB.
    pub fn judge_wares(&self, wares: &Wares, at: Option<Span>, sink: &Sink) {
        for shop in &self.shops {
            for found in shop::judge(wares, shop, at) {
                sink.push(found);
            }
        }
    }

    /// What the printers say of a PDF. Of a house with several profiles the one is meant that it breaks least.
    pub fn judge_print(&self, print: Print<'_>, sink: &Sink) {
        for house in &self.houses {
            let tried = house.iter().map(|profile| {
                let told = Sink::new();
                judge_print(print, profile, &told);
                let found = told.finish(&Sources::new());
                let errors = found.iter().filter(|one| one.severity == Severity::Error);
                ((errors.count(), found.len()), found)
            });
            let best = tried.min_by_key(|(weight, _)| *weight);
            for found in best.map(|(_, found)| found).unwrap_or_default() {
                sink.push(found);
            }
        }
    }
}
