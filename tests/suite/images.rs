//! Images of every kind: what the PDF holds of them and how it looks, by poppler's eyes; and what their author hears.

pub mod files;

use std::path::Path;
use std::process::Command;

use recto::pdf;
use recto::profile::{ColorSpace, FileSpec, Profile};
use recto::typeset::frame::{Artifact, ImageId, Item, Owner};
use recto::typeset::pages::{ImageFile, ImageKind, Label};
use recto::unit::{Abs, Point, Size};

use super::support::pages::Maker;
use super::support::run::recto;
use super::support::tools;
use files::{LIGHT, Look, SIZE, SQUARES, kinds};

fn kind(name: &str) -> ImageKind {
    match name.rsplit('.').next() {
        Some("png") => ImageKind::Png,
        Some("jpg") => ImageKind::Jpeg,
        Some("gif") => ImageKind::Gif,
        _ => ImageKind::WebP,
    }
}

/// Where images stand, and how wide a square is there, in points.
const PLACE: f64 = 30.0;
const SQUARE: f64 = 20.0;

/// A page for each kind.
fn pages() -> Maker {
    let mut maker = Maker::new(&["fonts/eb-garamond/EBGaramond-Regular.ttf"]);
    for (number, (name, data, look)) in kinds().into_iter().enumerate() {
        maker.list.images.push(ImageFile {
            data: data.into(),
            kind: kind(&name),
            size: SIZE,
        });
        let (long, short) = (Abs::pt(4.0 * SQUARE), Abs::pt(SQUARE));
        let size = match look {
            Look::Down | Look::Up => Size::new(short, long),
            _ => Size::new(long, short),
        };
        maker.push(
            Point::new(Abs::pt(PLACE), Abs::pt(PLACE)),
            Item::Image {
                image: ImageId(number as u32),
                size,
                owner: Owner::Artifact(Artifact::Layout),
            },
        );
        maker.end_page(Label::Arabic(number as u32 + 1));
    }
    maker
}

/// What poppler makes of each page: its size and its pixels, one a point.
fn drawn(file: &Path) -> Vec<(usize, Vec<u8>)> {
    let output = Command::new("pdftoppm")
        .args(["-r", "72"])
        .arg(file)
        .output()
        .expect("poppler was found on the path");
    let mut rest = &output.stdout[..];
    let mut pages = Vec::new();
    while rest.starts_with(b"P6") {
        let mut fields = rest.splitn(4, |b| b.is_ascii_whitespace());
        let _ = fields.next();
        let mut number = || -> usize {
            let field = fields.next().expect("a header has three numbers");
            str::from_utf8(field)
                .ok()
                .and_then(|f| f.parse().ok())
                .expect("a number")
        };
        let (width, height) = (number(), number());
        let body = fields.next().expect("pixels follow");
        let body = &body[body.iter().position(|b| *b == b'\n').expect("a line end") + 1..];
        pages.push((width, body[..width * height * 3].to_vec()));
        rest = &body[width * height * 3..];
    }
    pages
}

/// The colours at the squares' middles.
fn seen((width, pixels): &(usize, Vec<u8>), down: bool) -> [[u8; 3]; 4] {
    std::array::from_fn(|number| {
        let along = PLACE + SQUARE * (number as f64 + 0.5);
        let across = PLACE + SQUARE / 2.0;
        let (x, y) = if down {
            (across, along)
        } else {
            (along, across)
        };
        let at = (y as usize * width + x as usize) * 3;
        [pixels[at], pixels[at + 1], pixels[at + 2]]
    })
}

fn expected(look: Look, space: ColorSpace, name: &str) -> [[u8; 3]; 4] {
    let grey = |light: [u8; 4]| light.map(|light| [light; 3]);
    let half = |color: [u8; 3]| color.map(|part| ((u32::from(part) * 128 + 255 * 127) / 255) as u8);
    let mut colors = match look {
        Look::Grey if name == "bilevel.png" => grey([0, 0, 255, 0]),
        Look::Grey => grey(LIGHT),
        Look::HalfGrey => grey(LIGHT).map(half),
        Look::Half => SQUARES.map(half),
        // Half the light is 188 of 255.
        Look::Linear => [SQUARES[0], SQUARES[1], SQUARES[2], [188; 3]],
        // About what web offset on coated paper shows: SWOP's red and violet, paper, half black.
        Look::Inks => [[237, 28, 36], [46, 49, 146], [255; 3], [147, 149, 152]],
        Look::Plain | Look::Mirrored | Look::Down | Look::Up => SQUARES,
    };
    if matches!(look, Look::Mirrored | Look::Up) {
        colors.reverse();
    }
    if space == ColorSpace::Grey {
        // Transparency is mixed first, and the light taken of the mixture.
        let light = |[r, g, b]: [u8; 3]| {
            let of = |part: u8| (f64::from(part) / 255.0).powf(2.2);
            let sum: f64 = 0.2126 * of(r) + 0.7152 * of(g) + 0.0722 * of(b);
            (sum.powf(1.0 / 2.2) * 255.0).round() as u8
        };
        colors = colors.map(|color| [light(color); 3]);
    }
    colors
}

/// Writes all kinds for a device and looks at them; what `pdfimages -list` says of each page.
fn shown(spec: FileSpec, tolerance: u8, inks: u8) -> Option<Vec<Vec<String>>> {
    let profile = Profile {
        file: spec,
        ..Profile::screen()
    };
    let space = profile.file.color;
    let bytes = pdf::write(&pages().list, &profile).expect("there is no font that could fail");
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let file = folder.path().join("kinds.pdf");
    std::fs::write(&file, bytes).expect("there is room for a file");
    let list = tools::poppler("images", "pdfimages", &["-list"], &file)?;
    let pages = drawn(&file);
    let kinds = kinds();
    assert_eq!(pages.len(), kinds.len());
    for ((name, _, look), page) in kinds.iter().zip(&pages) {
        let down = matches!(look, Look::Down | Look::Up);
        let seen = seen(page, down);
        let tolerance = if *look == Look::Inks { inks } else { tolerance };
        for (seen, wanted) in seen.iter().zip(expected(*look, space, name)) {
            let near = seen
                .iter()
                .zip(wanted)
                .all(|(a, b)| a.abs_diff(b) <= tolerance);
            assert!(near, "{space:?} {name}: {seen:?}, not {wanted:?}");
        }
    }
    let mut rows = vec![Vec::new(); kinds.len()];
    for line in list.lines().skip(2) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let page: usize = fields[0].parse().expect("a page's number");
        // Type, colours, components, bits, coding.
        let row = [fields[2], fields[5], fields[6], fields[7], fields[8]];
        rows[page - 1].push(row.join(" "));
    }
    Some(rows)
}

fn row<'a>(rows: &'a [Vec<String>], name: &str) -> &'a [String] {
    let kinds = kinds();
    let at = kinds.iter().position(|(known, ..)| known == name);
    &rows[at.expect("there is such a kind")]
}

#[test]
fn a_screen_shows_all_kinds_as_they_are_meant() {
    let Some(rows) = shown(Profile::screen().file, 6, 40) else {
        return;
    };
    for (name, wanted) in [
        // Bytes that may stay stay: coding, depth, palette, profile.
        ("rgb.jpg", &["image rgb 3 8 jpeg"][..]),
        ("progressive.jpg", &["image rgb 3 8 jpeg"]),
        ("grey.jpg", &["image gray 1 8 jpeg"]),
        ("profile.jpg", &["image icc 3 8 jpeg"]),
        ("profile.png", &["image icc 3 8 image"]),
        ("indexed.png", &["image index 1 8 image"]),
        ("bilevel.png", &["image gray 1 1 image"]),
        ("rgb-16.png", &["image rgb 3 16 image"]),
        ("grey-16.png", &["image gray 1 16 image"]),
        ("rgba.png", &["image rgb 3 8 image", "smask gray 1 8 image"]),
        (
            "grey-alpha.png",
            &["image gray 1 8 image", "smask gray 1 8 image"],
        ),
        (
            "rgba-16.png",
            &["image rgb 3 16 image", "smask gray 1 16 image"],
        ),
        ("interlaced.png", &["image rgb 3 8 image"]),
        (
            "alpha.webp",
            &["image rgb 3 8 image", "smask gray 1 8 image"],
        ),
        // Inks are for presses.
        ("cmyk.jpg", &["image rgb 3 8 jpeg"]),
        ("ycck.jpg", &["image rgb 3 8 jpeg"]),
    ] {
        assert_eq!(row(&rows, name), wanted, "{name}");
    }
}

#[test]
fn a_job_in_black_has_nothing_but_greys() {
    let spec = FileSpec {
        color: ColorSpace::Grey,
        transparency: false,
        interactive: false,
        ..Profile::screen().file
    };
    let Some(rows) = shown(spec, 6, 40) else {
        return;
    };
    for (row, (name, ..)) in rows.iter().zip(kinds()) {
        let [one] = &row[..] else {
            panic!("{name}: {row:?}");
        };
        let fine = ["image gray 1 8", "image gray 1 1", "image index 1 8"];
        assert!(
            fine.iter().any(|fine| one.starts_with(fine)),
            "{name}: {one}"
        );
    }
    assert_eq!(row(&rows, "grey.jpg"), ["image gray 1 8 jpeg"]);
    assert_eq!(row(&rows, "rgb.jpg"), ["image gray 1 8 jpeg"]);
}

#[test]
fn a_job_in_four_inks_has_inks_and_greys() {
    let spec = FileSpec {
        color: ColorSpace::Cmyk,
        transparency: false,
        interactive: false,
        ..Profile::screen().file
    };
    // What a reader makes of inks is its own affair; that white is paper and hues are right is seen all the same.
    let Some(rows) = shown(spec, 130, 130) else {
        return;
    };
    for (row, (name, _, look)) in rows.iter().zip(kinds()) {
        let wanted = match (name.as_str(), look) {
            ("bilevel.png", _) => "image gray 1 1",
            ("indexed.png" | "profile-indexed.png", _) => "image index 1 8",
            (_, Look::Grey | Look::HalfGrey) => "image gray 1 8",
            _ => "image cmyk 4 8",
        };
        assert!(
            matches!(&row[..], [one] if one.starts_with(wanted)),
            "{name}: {row:?}"
        );
    }
    // Inks are the author's own, byte for byte.
    let (_, cmyk, _) = kinds()
        .into_iter()
        .find(|(name, ..)| name == "cmyk.jpg")
        .expect("a kind");
    let mut maker = Maker::new(&["fonts/eb-garamond/EBGaramond-Regular.ttf"]);
    maker.list.images.push(ImageFile {
        data: cmyk.clone().into(),
        kind: ImageKind::Jpeg,
        size: SIZE,
    });
    maker.push(
        Point::ZERO,
        Item::Image {
            image: ImageId(0),
            size: Size::new(Abs::pt(80.0), Abs::pt(20.0)),
            owner: Owner::Artifact(Artifact::Layout),
        },
    );
    maker.end_page(Label::Arabic(1));
    let mut profile = Profile::screen();
    profile.file.color = ColorSpace::Cmyk;
    let bytes = pdf::write(&maker.list, &profile).expect("there is no font that could fail");
    assert!(bytes.windows(cmyk.len()).any(|part| part == cmyk));
    // With less ink allowed than its violet has, it is made anew.
    profile.file.ink_limit = Some(180);
    let bytes = pdf::write(&maker.list, &profile).expect("there is no font that could fail");
    assert!(!bytes.windows(cmyk.len()).any(|part| part == cmyk));
}

/// A book with all kinds in both outputs, and one image twice under two names.
#[test]
fn a_book_of_all_kinds_passes_all_judges() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let mut text = String::from("# Kinds\n\n");
    let mut kinds = kinds();
    let (_, same, look) = kinds[0].clone();
    kinds.push(("again.png".to_owned(), same, look));
    for (name, data, _) in &kinds {
        std::fs::write(path(name), data).expect("there is room");
        text.push_str(&format!("![Squares as {name}]({name}){{width=1cm}}\n\n"));
    }
    std::fs::write(path("one.md"), text).expect("there is room");
    let yaml = "title: Kinds\nlanguage: en\nchapters: [one.md]\n";
    std::fs::write(path("book.yaml"), yaml).expect("there is room");
    let output = recto(folder.path(), &["build", "-v"])
        .output()
        .expect("it was built");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    for wanted in [
        "one.md:43:1: note[animated-image]: of the animation `moving.gif` only the first picture is shown",
        "one.md:37:1: note[converted-image]: the four inks of `cmyk.jpg` become the colours that they show",
        "one.md:37:1: warning[inks-on-screen]: `cmyk.jpg` is in four inks, which many reading systems show wrong (export it in RGB, or let it be converted with `images: {colors: rgb}`)",
        "note[turned-image]: `turned-6.jpg` is not stored upright, and not every reading system turns it (export it upright, or let it be turned with `images: {upright: true}`)",
    ] {
        assert!(said.contains(wanted), "{wanted}\nis not in\n{said}");
    }
    assert!(!said.contains("turned-1.jpg"), "{said}");
    let (epub, pdf) = (path("out/kinds.epub"), path("out/kinds.pdf"));
    let bytes = std::fs::read(&epub).expect("it was made");
    let holds = |name: &str| {
        bytes
            .windows(name.len())
            .any(|part| part == name.as_bytes())
    };
    assert!(holds("images/again.png") && !holds("images/rgb.png"));
    let test = "a_book_of_all_kinds_passes_all_judges";
    if let Some(verdict) = tools::epubcheck(test, &[epub]) {
        assert!(verdict.passed, "{}", verdict.said);
    }
    if let Some(verdict) = tools::verapdf(test, "ua1,2a", std::slice::from_ref(&pdf)) {
        assert!(verdict.passed, "{}", verdict.said);
    }
    if let Some(list) = tools::poppler(test, "pdfimages", &["-list"], &pdf) {
        // Objects: every file but the one that is there twice.
        let objects: std::collections::BTreeSet<&str> = list
            .lines()
            .skip(2)
            .filter(|line| line.split_whitespace().nth(2) == Some("image"))
            .filter_map(|line| line.split_whitespace().nth(10))
            .collect();
        assert_eq!(objects.len(), kinds.len() - 1, "{list}");
    }
}
