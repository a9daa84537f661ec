//! What authors hear of their images.

use std::path::Path;

use super::files::{SIZE, kinds, png_of};
use crate::support::run::recto;

/// A little book on disk.
struct Desk(tempfile::TempDir);

impl Desk {
    /// With a text and a mapping of editions.
    fn new(text: &str, editions: &str) -> Desk {
        let desk = Desk(tempfile::tempdir().expect("there is room for a temporary folder"));
        let yaml = format!(
            "title: Images\nlanguage: en\nchapters: [one.md]\ngenerate: []\neditions:\n{editions}\n"
        );
        desk.with("book.yaml", yaml.as_bytes())
            .with("one.md", text.as_bytes())
    }

    fn with(self, name: &str, bytes: &[u8]) -> Desk {
        let path: &Path = self.0.path();
        std::fs::write(path.join(name), bytes).expect("a fresh folder can be written");
        self
    }

    /// What is said of images, a line each.
    fn said(&self, command: &str) -> Vec<String> {
        let output = recto(self.0.path(), &[command, "-v"]).output();
        let output = output.expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        said.lines()
            .filter(|line| {
                line.starts_with("one.md:")
                    && line.contains(".png`")
                        | line.contains(".jpg`")
                        | line.contains(".gif`")
                        | line.contains(".webp`")
            })
            .map(str::to_owned)
            .collect()
    }
}

fn named(name: &str) -> Vec<u8> {
    let found = kinds().into_iter().find(|(known, ..)| known == name);
    found.expect("there is such a kind").1
}

/// A PNG of one colour.
fn field(width: u32, height: u32, grey: bool) -> Vec<u8> {
    let (color, channels) = if grey { (0, 1) } else { (2, 3) };
    let row = vec![0x55; 1 + (width * channels) as usize];
    let rows: Vec<u8> = (0..height)
        .flat_map(|_| [&[0][..], &row[1..]].concat())
        .collect();
    png_of((width, height), color, 8, false, &[], &rows)
}

const KDP: &str = "  print: {format: pdf, trim: 6x9in, profile: kdp-paperback}";

#[test]
fn too_few_pixels_for_a_place_are_named_at_the_worst_one() {
    let text = "# Maps\n\n![A map](map.png){width=1in}\n\n![The map again](map.png){width=2in}\n\n\
                ![A fine one](fine.png){width=1in}\n";
    let desk = Desk::new(text, KDP)
        .with("map.png", &field(300, 200, true))
        .with("fine.png", &field(301, 200, true));
    let wanted = "one.md:5:1: warning[low-resolution]: `map.png` has 150 pixels per inch on page 1; Amazon KDP asks for 300 \
                  (use a picture of 600 × 400 pixels, or show it no wider than 25 mm)";
    assert_eq!(desk.said("check"), [wanted]);
    // A screen does not ask for so much, but for something.
    let desk = Desk::new(text, "  screen: {format: pdf, trim: 6x9in}")
        .with("map.png", &field(300, 200, true))
        .with("fine.png", &field(60, 40, true));
    let wanted = "one.md:7:1: warning[low-resolution]: `fine.png` has 60 pixels per inch on page 1; below 72 single pixels are seen \
                  (use a picture of 72 × 48 pixels, or show it no wider than 21 mm)";
    assert_eq!(desk.said("build"), [wanted]);
}

#[test]
fn line_art_needs_more_and_photographs_have_a_most() {
    let bits = png_of((400, 8), 0, 1, false, &[], &[0; 51].repeat(8));
    let text =
        "# Maps\n\n![A plan](plan.png){width=1in}\n\n![A photograph](photo.png){width=1in}\n";
    let desk = Desk::new(text, "  print: {format: pdf, trim: 6x9in, profile: lulu}")
        .with("plan.png", &bits)
        .with("photo.png", &field(900, 300, true));
    assert_eq!(
        desk.said("check"),
        [
            "one.md:3:1: warning[low-resolution]: `plan.png` has 400 pixels per inch on page 1; line art needs 600 \
             (use a picture of 600 × 12 pixels, or show it no wider than 16 mm)",
            "one.md:5:1: note[high-resolution]: `photo.png` has 900 pixels per inch on page 1; Lulu takes 600 at most \
             (600 × 200 pixels are enough)",
        ]
    );
}

#[test]
fn what_a_press_changes_is_said() {
    let text = "# Kinds\n\n![a](rgb.png){width=4mm}\n\n![b](rgba.png){width=4mm}\n\n![c](grey.jpg){width=4mm}\n\n\
                ![d](cmyk.jpg){width=4mm}\n\n![e](moving.gif){width=4mm}\n";
    let desk = |editions: &str| {
        ["rgb.png", "rgba.png", "grey.jpg", "cmyk.jpg", "moving.gif"]
            .into_iter()
            .fold(Desk::new(text, editions), |desk, name| {
                desk.with(name, &named(name))
            })
    };
    assert_eq!(
        desk(KDP).said("check"),
        [
            "one.md:3:1: note[converted-image]: the colours of `rgb.png` become greys",
            "one.md:5:1: note[converted-image]: the colours of `rgba.png` become greys",
            "one.md:5:1: note[flattened-image]: `rgba.png` lets the page show through; it was laid on white",
            "one.md:9:1: note[converted-image]: the four inks of `cmyk.jpg` become greys",
            "one.md:11:1: note[animated-image]: of the animation `moving.gif` only the first picture is shown",
            "one.md:11:1: note[converted-image]: the colours of `moving.gif` become greys",
        ]
    );
    let inks = "  print: {format: pdf, trim: 6x9in, profile: generic-x4}";
    let said = desk(inks).said("check");
    for wanted in [
        "one.md:3:1: note[converted-image]: the colours of `rgb.png` become those of four inks",
        "one.md:9:1: note[kept-inks]: `cmyk.jpg` goes to the press in its own four inks",
    ] {
        assert!(said.iter().any(|line| line == wanted), "{wanted}: {said:?}");
    }
    let screen = desk("  screen: {format: pdf}").said("check");
    assert_eq!(
        screen,
        [
            "one.md:9:1: note[converted-image]: the four inks of `cmyk.jpg` become the colours that they show",
            "one.md:11:1: note[animated-image]: of the animation `moving.gif` only the first picture is shown",
        ]
    );
}

#[test]
fn what_cannot_be_shown_is_named_and_the_book_built() {
    let good = named("rgb.png");
    let mut damaged = named("alpha.webp");
    let middle = damaged.len() / 2;
    damaged[middle..].fill(0xff);
    let mut jpeg = named("rgb.jpg");
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]);
    jpeg[frame.expect("a JPEG has a frame") + 1] = 0xc9;
    let gif = named("still.gif");
    let files: [(&str, Vec<u8>); 9] = [
        ("empty.png", Vec::new()),
        ("cut.png", good[..good.len() - 20].to_vec()),
        ("bomb.png", png_of((31_250, 32_000), 2, 8, false, &[], &[0])),
        ("vast.png", png_of((30_000, 30_000), 2, 8, false, &[], &[0])),
        ("short.png", png_of(SIZE, 2, 8, false, &[], &[0; 99])),
        ("cut.jpg", named("rgb.jpg")[..300].to_vec()),
        ("arithmetic.jpg", jpeg),
        ("damaged.webp", damaged),
        ("cut.gif", gif[..gif.len() - 30].to_vec()),
    ];
    let mut text = String::from("# Kinds\n\n");
    for (name, _) in &files {
        text.push_str(&format!("![It is {name}]({name})\n\n"));
    }
    let desk = files.iter().fold(
        Desk::new(&text, "  book: {format: epub}\n  screen: {format: pdf}"),
        |desk, (name, bytes)| desk.with(name, bytes),
    );
    let said = desk.said("build");
    let whole = [
        "one.md:3:1: error[not-an-image]: `empty.png` is not an image that recto can read (use PNG, JPEG, GIF, WebP or SVG)",
        "one.md:5:1: error[broken-image]: `cut.png` is damaged: it is cut short (export or download it again)",
        "one.md:7:1: error[broken-image]: `bomb.png` says it is 31250 × 32000 pixels, more than any page can show (export it smaller)",
        "one.md:9:1: error[broken-image]: `vast.png` says it is 30000 × 30000 pixels, more than any page can show (export it smaller)",
        "one.md:11:1: error[broken-image]: `short.png` is damaged: its pixels cannot be unpacked (export or download it again)",
        "one.md:13:1: error[broken-image]: `cut.jpg` is damaged: it is cut short (export or download it again)",
        "one.md:15:1: error[not-an-image]: `arithmetic.jpg` is a JPEG with arithmetic coding, which hardly any program shows (export it as a plain JPEG)",
        "one.md:17:1: error[broken-image]: `damaged.webp` is damaged: its pixels cannot be unpacked (export or download it again)",
        "one.md:19:1: error[broken-image]: `cut.gif` is damaged: it is cut short (export or download it again)",
    ];
    assert_eq!(said, whole);
}

/// Large pictures are prepared one after the other, small ones side by side: the bytes are the same on any number of threads.
#[test]
fn large_pictures_repeat_on_any_number_of_threads() {
    let mut desk = Desk::new(
        "# Large\n\n![a](a.png){width=10mm}\n\n![b](rgba.png){width=4mm}\n\n![c](rgb.jpg){width=4mm}\n\n![d](profile.png){width=4mm}\n",
        "  print: {format: pdf, trim: 6x9in, profile: generic-x4}",
    );
    // Above what is prepared in parallel; interlaced, so that it has to be decoded. Seven passes of black rows.
    let side = 5_700u32;
    let passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let rows = passes.map(|(x, y, across, down): (u32, u32, u32, u32)| {
        (side - y).div_ceil(down) * (1 + (side - x).div_ceil(across))
    });
    let rows = vec![0; rows.iter().sum::<u32>() as usize];
    desk = desk.with("a.png", &png_of((side, side), 0, 8, true, &[], &rows));
    let desk = desk
        .with("rgb.jpg", &named("rgb.jpg"))
        .with("rgba.png", &named("rgba.png"))
        .with("profile.png", &named("profile.png"));
    let build = |jobs: &str| {
        let output = recto(desk.0.path(), &["build", "--jobs", jobs, "-o", jobs]).output();
        let output = output.expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        std::fs::read(desk.0.path().join(jobs).join("images.pdf")).expect("it was made")
    };
    assert!(build("1") == build("3"), "the files differ");
}
