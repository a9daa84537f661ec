//! A book for each printer: built by the real program, read by another (`tests/press/judge.py`).
//!
//! It has a plate that runs off its page, a photograph, a drawing with a gradient, coloured code, links and notes: whatever
//! could carry a colour, a link or something that shows through to a press. Boxes are by hand: points from the profile's
//! inches and millimetres.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::support::press::{facts_of, verdict_of};
use super::support::programs::judge_file;
use super::support::run::recto;

/// What a printer's file is like.
struct Wanted {
    profile: &'static str,
    /// What else the edition says.
    said: &'static [&'static str],
    trim: &'static str,
    /// Width and height of the paper.
    media: [f64; 2],
    /// From the paper's lower left to the trim's: of right pages, and of left pages.
    trims: [[f64; 2]; 2],
    /// The trim's width and height.
    size: [f64; 2],
    /// What the judge is told to want.
    options: &'static [&'static str],
    claim: &'static str,
}

const PRINTERS: [Wanted; 6] = [
    Wanted {
        profile: "kdp-paperback",
        said: &["bleed=true"],
        trim: "6x9in",
        // 6.125 by 9.25 in: no bleed at the spine.
        media: [441.0, 666.0],
        trims: [[0.0, 9.0], [9.0, 9.0]],
        size: [432.0, 648.0],
        options: &["--grey", "--opaque", "--whole"],
        claim: "no claim",
    },
    Wanted {
        profile: "kdp-hardcover",
        said: &["bleed=true"],
        trim: "6x9in",
        media: [441.0, 666.0],
        trims: [[0.0, 9.0], [9.0, 9.0]],
        size: [432.0, 648.0],
        options: &["--grey", "--opaque", "--whole"],
        claim: "no claim",
    },
    Wanted {
        profile: "ingramspark",
        said: &["bleed=true"],
        trim: "6x9in",
        media: [441.0, 666.0],
        trims: [[0.0, 9.0], [9.0, 9.0]],
        size: [432.0, 648.0],
        options: &["--grey", "--opaque"],
        claim: "PDF/X-1a:2001",
    },
    Wanted {
        profile: "lulu",
        said: &["bleed=true"],
        trim: "6x9in",
        // 6.25 by 9.25 in.
        media: [450.0, 666.0],
        trims: [[9.0, 9.0], [9.0, 9.0]],
        size: [432.0, 648.0],
        options: &["--grey", "--opaque"],
        claim: "no claim",
    },
    Wanted {
        profile: "bod",
        said: &["bleed=true"],
        trim: "12x19cm",
        // 13 by 20 cm.
        media: [368.504, 566.929],
        trims: [[14.173, 14.173], [14.173, 14.173]],
        size: [340.157, 538.583],
        options: &["--opaque"],
        claim: "no claim",
    },
    Wanted {
        profile: "generic-x4",
        said: &["bleed=true", "marks=[crop, bars]"],
        trim: "6x9in",
        // 3 mm of bleed and 10 mm for marks on each side: 26 mm are 73.701 pt.
        media: [505.701, 721.701],
        trims: [[36.85, 36.85], [36.85, 36.85]],
        size: [432.0, 648.0],
        options: &[],
        claim: "PDF/X-4",
    },
];

/// Makes the book's sources.
fn book(folder: &Path) {
    let mut photo = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(60, 90, |x, y| {
        image::Rgb([(x * 4) as u8, (y * 2) as u8, 90])
    })
    .write_to(&mut photo, image::ImageFormat::Png)
    .expect("writing into memory does not fail");
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><linearGradient id="a"><stop
        stop-color="#c00"/><stop offset="1" stop-color="#00c"/></linearGradient><rect width="40" height="20"
        fill="url(#a)"/><circle cx="20" cy="10" r="6" fill="#fff" opacity=".5"/></svg>"##;
    let words = "Words of a book for the press, set in black on white, and more of them than one line holds. ";
    let mut text = String::from(
        "# Of Colours\n\n![A plate](photo.png){.bleed}\n\n![A drawing](drawing.svg)\n\n\
         A [link](https://example.org/) and a note.[^1]\n\n[^1]: The note.\n\n\
         ```rust\nfn main() { println!(\"coloured\"); }\n```\n\n",
    );
    text.push_str(&format!("{}\n\n", words.repeat(8)).repeat(60));
    for (name, data) in [
        ("photo.png", photo.into_inner()),
        ("drawing.svg", svg.as_bytes().to_vec()),
        ("one.md", text.into_bytes()),
        (
            "book.yaml",
            b"title: Of Colours\nauthors: [Ada Lind]\nlanguage: en-GB\ntheme: novel\nchapters: [one.md]\n".to_vec(),
        ),
    ] {
        fs::write(folder.join(name), data).expect("there is room for a file");
    }
}

/// Builds the book for a printer.
fn built(folder: &Path, wanted: &Wanted) -> PathBuf {
    let out = folder.join(wanted.profile);
    let mut command = recto(folder, &["build", ".", "--to", "pdf", "-o"]);
    command.arg(&out);
    for said in [
        format!("profile={}", wanted.profile),
        format!("trim={}", wanted.trim),
    ] {
        command.args(["--set", &said]);
    }
    for said in wanted.said {
        command.args(["--set", said]);
    }
    let output = command
        .output()
        .expect("the program was built for this test");
    let made = fs::read_dir(&out).into_iter().flatten().flatten();
    let file = made
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    file.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn near(found: &Value, wanted: [f64; 4]) -> bool {
    let sides = found.as_array().map(Vec::as_slice).unwrap_or_default();
    let sides: Vec<f64> = sides.iter().filter_map(Value::as_f64).collect();
    let same = |(found, wanted): (&f64, f64)| (found - wanted).abs() < 0.01;
    sides.len() == 4 && sides.iter().zip(wanted).all(same)
}

#[test]
fn each_printer_gets_what_it_takes() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    book(folder.path());
    for wanted in &PRINTERS {
        let file = built(folder.path(), wanted);
        let Some((content, said)) = verdict_of(&file, wanted.options) else {
            return;
        };
        assert!(content && said.contains(wanted.claim), "{said}");
        let Some(facts) = facts_of(&file) else { return };
        let pages = facts["pages"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        assert!(
            pages.len() >= 24 && pages.len().is_multiple_of(2),
            "{}",
            pages.len()
        );
        let [width, height] = wanted.media;
        for (page, [x, y]) in pages.iter().zip(wanted.trims.iter().cycle()) {
            let [w, h] = wanted.size;
            let fits = near(&page["MediaBox"], [0.0, 0.0, width, height])
                && near(&page["TrimBox"], [*x, *y, x + w, y + h]);
            assert!(fits, "{}: {page}", wanted.profile);
        }

        // The last page with text: ink on black alone.
        let last = format!("-dFirstPage={0} -dLastPage={0}", pages.len() / 2);
        let mut arguments = vec!["-q", "-o", "-", "-sDEVICE=inkcov"];
        arguments.extend(last.split(' '));
        arguments.push("{}");
        let Some((read, said)) = judge_file(&file, "gs", &arguments) else {
            return;
        };
        let inks: Vec<f64> = said
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        // Bars and crop marks are of all inks.
        let marked = wanted.profile == "generic-x4";
        let black = inks.len() == 4 && inks[3] > 0.0 && (marked || inks[..3] == [0.0; 3]);
        assert!(read && black, "{}: {said}", wanted.profile);
    }
}
