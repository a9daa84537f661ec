//! Page labels: what a reader shows as the page's number is what is printed on it.

use lopdf::{Dictionary, Object, dictionary};

use crate::pdf::syntax::name;
use crate::typeset::pages::{Label, PageList};

/// The labels' tree: an entry where the counting starts anew; `None` without pages.
pub fn write(list: &PageList) -> Option<Dictionary> {
    let mut ranges = Vec::new();
    let mut expected = None;
    for (index, page) in list.pages.iter().enumerate() {
        if expected != Some(page.label) {
            let (style, number) = match page.label {
                Label::Roman(number) => ("r", number),
                Label::Arabic(number) => ("D", number),
            };
            ranges.push(Object::Integer(index as i64));
            ranges.push(Object::Dictionary(dictionary! {
                "S" => name(style),
                // Numbers start at one (ISO 32000-1, 12.4.2).
                "St" => i64::from(number.max(1)),
            }));
        }
        expected = Some(match page.label {
            Label::Roman(number) => Label::Roman(number.saturating_add(1)),
            Label::Arabic(number) => Label::Arabic(number.saturating_add(1)),
        });
    }
    (!ranges.is_empty()).then(|| dictionary! { "Nums" => ranges })
}
