//! The rules as the manual shows them.

use super::judge::{millions, size, titles};
use super::{Ask, BUILTIN, Force, Rule, Shop, builtin};

/// Addresses of so many characters are shown in full: longer ones do not fit on a printed line.
const LONGEST: usize = 40;

/// Markdown: each built-in shop with its rules, how firm and sure each is, and where the shop says it.
pub fn listing() -> String {
    let shops = BUILTIN.iter().filter_map(|(name, _)| builtin(name));
    shops.map(|shop| of_shop(&shop)).collect()
}

fn of_shop(shop: &Shop) -> String {
    let mut title: Vec<char> = shop.title.chars().collect();
    if let Some(first) = title.first_mut() {
        *first = first.to_ascii_uppercase();
    }
    let mut sources: Vec<&str> = Vec::new();
    let mut text = format!(
        "\n## {} {{#shop-{}}}\n\n`{}`, as of {}.\n\n| Rule | Asks for | Level | Said in |\n|---|---|---|--:|\n",
        title.into_iter().collect::<String>(),
        shop.name,
        shop.name,
        shop.verified_on
    );
    for rule in &shop.rules {
        // Places of one page are one source.
        let page = rule.source.split('#').next().unwrap_or_default();
        let source = match sources.iter().position(|known| *known == page) {
            Some(known) => known,
            None => {
                sources.push(page);
                sources.len() - 1
            }
        };
        text.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            rule.ask.name(),
            asks(&rule.ask),
            level(rule),
            source + 1
        ));
    }
    text.push('\n');
    for (number, source) in sources.iter().enumerate() {
        let full = source.trim_start_matches("https://");
        let site = match full.len() {
            0..=LONGEST => full,
            _ => full.split('/').next().unwrap_or(full),
        };
        text.push_str(&format!("{}. [{site}]({source})\n", number + 1));
    }
    text
}

fn level(rule: &Rule) -> &'static str {
    match (rule.force, rule.sure) {
        (Force::Must, true) => "error",
        (Force::Advice, true) => "warning",
        (_, false) => "warning, unsure",
    }
}

fn asks(ask: &Ask) -> String {
    match ask {
        Ask::Cover => "a cover inside the file".to_owned(),
        Ask::CoverLeast(0 | 1, long) => {
            format!("a cover of {long} pixels at least, on its longer side")
        }
        Ask::CoverLeast(short, long) => format!("a cover of {short} × {long} pixels at least"),
        Ask::CoverMost(most) => format!("a cover of {most} pixels a side at most"),
        Ask::CoverRatio(ratio) => format!(
            "a cover about {:.2} times as high as wide",
            f64::from(*ratio) / 1000.0
        ),
        Ask::CoverBytes(most) => format!("a cover of {} at most", size(*most)),
        Ask::CoverKinds(kinds) => format!("covers as {}", titles(kinds)),
        Ask::CoverPage => "the cover alone in its document".to_owned(),
        Ask::PicturePixels(most) => {
            format!("pictures of {} million pixels at most", millions(*most))
        }
        Ask::PictureBytes(most) => format!("pictures of {} at most", size(*most)),
        Ask::PictureKinds(kinds) => format!("pictures as {}", titles(kinds)),
        Ask::PictureColors => "pictures in RGB, not in four inks".to_owned(),
        Ask::PictureGround => "pictures that nothing shows through".to_owned(),
        Ask::PictureSides => "widths of pictures in percent".to_owned(),
        Ask::Contents => "contents".to_owned(),
        Ask::ContentsDepth(most) => format!("contents of {most} levels at most"),
        Ask::PageList => "the pages of the printed book, if there is one".to_owned(),
        Ask::NoteLinks => "the link back at the start of a note".to_owned(),
        Ask::BodyText => "body text without size, leading and colour of its own".to_owned(),
        Ask::FileBytes(most) => format!("a file of {} at most", size(*most)),
        Ask::Unprotected => "a file without protection".to_owned(),
        Ask::EpubCheck => "no errors from EPUBCheck".to_owned(),
        Ask::Claims(claims) => {
            let claims: Vec<String> = claims
                .iter()
                .map(|claim| format!("`{}`", claim.replace('|', "` or `")))
                .collect();
            format!("in the metadata: {}", claims.join(", "))
        }
    }
}
