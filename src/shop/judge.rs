//! The wares against the rules.
//!
//! In: [`Wares`], a [`Shop`], where the book names it. Out: a diagnostic per breach. Of several rules of one kind (a limit
//! that is kept at the door, and a lower one that is advised) the first that a thing breaks is told.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Span;

use super::{Ask, Kind, Picture, Rule, Shop, Wares};

/// By how much of itself a cover's shape may miss what is advised. Kobo advises 3:4, and says that covers in its shop are
/// 800 by 1224 on the average, which is 15 % off.
const SHAPE: f64 = 0.15;

/// What a rule found wrong.
struct Breach {
    code: Code,
    at: Option<Span>,
    message: String,
    hints: Vec<String>,
}

impl Breach {
    fn new(code: Code, at: Option<Span>, message: String, hint: &str) -> Breach {
        Breach {
            code,
            at,
            message,
            hints: vec![hint.to_owned()],
        }
    }
}

/// Holds the wares against a shop's rules. `at` is where the book names the shop: what concerns the book as a whole is
/// told there.
pub fn judge(wares: &Wares, shop: &Shop, at: Option<Span>) -> Vec<Diagnostic> {
    let mut told: BTreeSet<(&str, Option<usize>)> = BTreeSet::new();
    let mut found = Vec::new();
    for rule in &shop.rules {
        for (thing, breach) in breaches(wares, rule, &shop.title, at) {
            if thing.is_some() && thing == wanted_large(wares, rule, shop) {
                continue;
            }
            if told.insert((rule.ask.name(), thing)) {
                found.push(finding(shop, rule, breach));
            }
        }
    }
    found
}

/// The cover, where a rule limits pictures to less than the shop itself asks of a cover: it cannot mean both.
fn wanted_large(wares: &Wares, rule: &Rule, shop: &Shop) -> Option<usize> {
    let Ask::PicturePixels(most) = rule.ask else {
        return None;
    };
    let wants_more = |rule: &Rule| match rule.ask {
        Ask::CoverLeast(short, long) => u64::from(short) * u64::from(long) > most,
        _ => false,
    };
    let cover = wares.cover.as_ref()?.picture;
    shop.rules.iter().any(wants_more).then_some(cover)
}

/// What a book hears that names no shops: of each picture, which of these shops would not take it, as a note.
pub fn refused_somewhere(wares: &Wares, shops: &[Shop]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for shop in shops {
        for rule in shop.rules.iter().filter(|rule| rule.always) {
            for (thing, breach) in breaches(wares, rule, &shop.title, None) {
                if thing.is_some() && told.insert(thing) {
                    let mut note = finding(shop, rule, breach);
                    note.severity = note.code.level().min(Severity::Warning);
                    found.push(note);
                }
            }
        }
    }
    found
}

fn finding(shop: &Shop, rule: &Rule, breach: Breach) -> Diagnostic {
    let mut found = Diagnostic::new(breach.code, breach.at, breach.message);
    found.severity = rule.severity();
    found.hints = breach.hints;
    let since = match shop.verified_on.as_str() {
        "" => String::new(),
        date => format!(", as of {date}"),
    };
    let doubt = if rule.sure {
        ""
    } else {
        ", not known for sure"
    };
    found.hint(format!(
        "the rule is `{}` of the shop `{}`{since}{doubt}",
        rule.ask.name(),
        shop.name
    ))
}

/// What breaks a rule; of a picture, with its number.
fn breaches(
    wares: &Wares,
    rule: &Rule,
    shop: &str,
    at: Option<Span>,
) -> Vec<(Option<usize>, Breach)> {
    let pictures = wares.pictures.iter().enumerate();
    let of_pictures = |wrong: &dyn Fn(&Picture) -> Option<Breach>| {
        pictures
            .filter_map(|(number, picture)| Some((Some(number), wrong(picture)?)))
            .collect()
    };
    match &rule.ask {
        Ask::PicturePixels(_)
        | Ask::PictureBytes(_)
        | Ask::PictureKinds(_)
        | Ask::PictureColors
        | Ask::PictureGround
        | Ask::PictureSides => of_pictures(&|picture| of_picture(picture, &rule.ask, shop)),
        Ask::Cover
        | Ask::CoverLeast(..)
        | Ask::CoverMost(_)
        | Ask::CoverRatio(_)
        | Ask::CoverBytes(_)
        | Ask::CoverKinds(_)
        | Ask::CoverPage => of_cover(wares, &rule.ask, shop, at)
            .map(|breach| (None, breach))
            .into_iter()
            .collect(),
        Ask::Contents
        | Ask::ContentsDepth(_)
        | Ask::PageList
        | Ask::NoteLinks
        | Ask::BodyText
        | Ask::FileBytes(_)
        | Ask::Unprotected
        | Ask::EpubCheck
        | Ask::Claims(_) => of_book(wares, &rule.ask, shop, at)
            .map(|breach| (None, breach))
            .into_iter()
            .collect(),
    }
}

fn of_picture(picture: &Picture, ask: &Ask, shop: &str) -> Option<Breach> {
    let name = &picture.name;
    let breach = |code, message, hint: &str| Some(Breach::new(code, picture.at, message, hint));
    match ask {
        Ask::PicturePixels(most) if picture.pixels() > *most => breach(
            Code::LargeImage,
            format!(
                "`{name}` has {} million pixels, more than the {} million that {shop} takes",
                millions(picture.pixels()),
                millions(*most)
            ),
            &format!(
                "export it smaller, or let it be made smaller with `images: {{max-pixels: {}mp}}`",
                millions(*most)
            ),
        ),
        Ask::PictureBytes(most) if picture.bytes > *most => breach(
            Code::LargeImage,
            format!(
                "`{name}` has {}, more than the {} that {shop} takes",
                size(picture.bytes),
                size(*most)
            ),
            "export it smaller, or let it be made smaller with `images: {max-bytes: …}`",
        ),
        Ask::PictureKinds(kinds) if !kinds.contains(&picture.kind) => breach(
            Code::ShopImage,
            format!(
                "`{name}` is a {} file, and {shop} takes {}",
                picture.kind.title(),
                titles(kinds)
            ),
            "export it as JPEG or PNG",
        ),
        Ask::PictureColors if picture.inks => breach(
            Code::InksOnScreen,
            format!("`{name}` is in four inks, and {shop} takes RGB"),
            "export it in RGB, or let it be converted with `images: {colors: rgb}`",
        ),
        Ask::PictureGround if picture.see_through => breach(
            Code::SeeThroughImage,
            format!(
                "`{name}` lets the page show through: on {shop}, whatever stands behind it shows"
            ),
            "give it a ground, or let it be laid on one with `images: {background: white}`",
        ),
        Ask::PictureSides => {
            let (at, length) = picture.fixed.as_ref()?;
            Some(Breach::new(
                Code::FixedWidth,
                at.or(picture.at),
                format!(
                    "`{name}` is shown at {length}, whatever the screen: {shop} asks for percentages"
                ),
                "write `width=` in percent",
            ))
        }
        _ => None,
    }
}

fn of_cover(wares: &Wares, ask: &Ask, shop: &str, at: Option<Span>) -> Option<Breach> {
    let cover = wares
        .cover
        .and_then(|cover| Some((cover, wares.pictures.get(cover.picture)?)));
    let Some((cover, picture)) = cover else {
        return (*ask == Ask::Cover).then(|| {
            let message = format!("the book has no cover, and {shop} wants one inside the file");
            Breach::new(Code::MissingCover, at, message, "name it with `cover:`")
        });
    };
    let name = &picture.name;
    let (width, height) = picture.size;
    // A drawing is as large as it is shown.
    let drawn = picture.kind == Kind::Svg;
    let breach =
        |message, hint: &str| Some(Breach::new(Code::CoverImage, picture.at, message, hint));
    match ask {
        Ask::CoverLeast(short, long)
            if !drawn && (width.min(height) < *short || width.max(height) < *long) =>
        {
            let least = match short {
                0 | 1 => format!("{long} on the longer side"),
                short => format!("{short} × {long}"),
            };
            breach(
                format!(
                    "the cover `{name}` has {width} × {height} pixels; {shop} asks for {least} at least"
                ),
                "export it larger from its source: enlarging adds pixels but no detail",
            )
        }
        Ask::CoverMost(most) if !drawn && width.max(height) > *most => breach(
            format!(
                "the cover `{name}` has {width} × {height} pixels; {shop} takes {most} a side at most"
            ),
            "export it smaller",
        ),
        Ask::CoverRatio(wanted) => {
            let shape = f64::from(height) / f64::from(width.max(1));
            let wanted = f64::from(*wanted) / 1000.0;
            let miss = (shape / wanted - 1.0).abs();
            if miss <= SHAPE {
                return None;
            }
            breach(
                format!(
                    "the cover `{name}` is {shape:.2} times as high as wide; {shop} advises {wanted:.2}"
                ),
                "design it in that shape: shops lay others on bars",
            )
        }
        Ask::CoverBytes(most) if picture.bytes > *most => breach(
            format!(
                "the cover `{name}` has {}; {shop} asks for {} at most",
                size(picture.bytes),
                size(*most)
            ),
            "export it smaller, or with more compression",
        ),
        Ask::CoverKinds(kinds) if !kinds.contains(&picture.kind) => breach(
            format!(
                "the cover `{name}` is a {} file; {shop} takes {}",
                picture.kind.title(),
                titles(kinds)
            ),
            "export it as JPEG",
        ),
        Ask::CoverPage if !cover.own_page => breach(
            format!("the cover `{name}` shares its document; {shop} wants it alone in one"),
            "put it into an XHTML file of its own",
        ),
        _ => None,
    }
}

fn of_book(wares: &Wares, ask: &Ask, shop: &str, at: Option<Span>) -> Option<Breach> {
    let breach = |code, message, hint: &str| Some(Breach::new(code, at, message, hint));
    match ask {
        Ask::Contents if wares.contents.entries == 0 => breach(
            Code::ShopContents,
            format!("the book has no contents that {shop} could show"),
            "give its chapters headings",
        ),
        Ask::ContentsDepth(most) if wares.contents.depth > *most => breach(
            Code::ShopContents,
            format!(
                "the contents go {} levels deep, and {shop} shows {most}",
                wares.contents.depth
            ),
            "do without the lowest headings, or say `allow: [shop-contents]` under `check:`",
        ),
        Ask::PageList if wares.page_list == Some(false) => breach(
            Code::ShopPages,
            format!("the pages of the printed book are not listed, and {shop} shows them"),
            "build the EPUB and the PDF in one run, or name the PDF's edition with `page-list`",
        ),
        Ask::NoteLinks if wares.note_links == Some(false) => breach(
            Code::ShopNotes,
            format!("a note does not begin with the link back to its call, as {shop} asks"),
            "put the link back at the start of the note",
        ),
        Ask::BodyText if !wares.forced.is_empty() => {
            let properties: Vec<&str> = wares.forced.iter().map(String::as_str).collect();
            breach(
                Code::ShopText,
                format!(
                    "body text has a {} of its own; {shop} wants it left to the reader",
                    properties.join(" and a ")
                ),
                "leave it out of the role `body`",
            )
        }
        Ask::FileBytes(most) if wares.bytes.is_some_and(|bytes| bytes > *most) => breach(
            Code::ShopFile,
            format!(
                "the file has {}; {shop} takes {} at most",
                size(wares.bytes.unwrap_or_default()),
                size(*most)
            ),
            "let large pictures be made smaller with `images: {max-pixels: 4mp}`",
        ),
        Ask::Unprotected if wares.protected => breach(
            Code::ShopFile,
            format!("the file is protected; {shop} takes files without protection only"),
            "give the shop the file without it",
        ),
        Ask::EpubCheck if wares.epubcheck.is_some_and(|errors| errors > 0) => breach(
            Code::ShopFile,
            format!("EPUBCheck finds errors in the file, and {shop} takes none that has any"),
            "mend what EPUBCheck reports",
        ),
        Ask::Claims(wanted) => {
            let has = wares.claims.as_ref()?;
            let missing: Vec<String> = wanted
                .iter()
                .filter(|claim| !claim.split('|').any(|one| has.contains(one)))
                .map(|claim| format!("`{}`", claim.replace('|', "` or `")))
                .collect();
            if missing.is_empty() {
                return None;
            }
            breach(
                Code::ShopClaims,
                format!(
                    "the metadata lacks {}, which {shop} asks for",
                    missing.join(", ")
                ),
                "say under `accessibility:` who certified it, or why it is exempt",
            )
        }
        _ => None,
    }
}

/// `JPEG, PNG and GIF`.
pub(super) fn titles(kinds: &[Kind]) -> String {
    let titles: Vec<&str> = kinds.iter().map(|kind| kind.title()).collect();
    match titles.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        titles => titles.concat(),
    }
}

/// `12.3 MB`, `2 GB`, `800 kB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        1_000_000_000.. => format!("{} GB", tenths(bytes, 1_000_000_000)),
        1_000_000.. => format!("{} MB", tenths(bytes, 1_000_000)),
        _ => format!("{} kB", bytes.div_ceil(1000)),
    }
}

/// Millions with a decimal, if there is one.
pub(super) fn millions(number: u64) -> String {
    tenths(number, 1_000_000)
}

/// Rounded up, so that what is more than a limit never looks like it.
fn tenths(number: u64, unit: u64) -> String {
    let tenths = (u128::from(number) * 10).div_ceil(u128::from(unit.max(1)));
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part}"),
    }
}
