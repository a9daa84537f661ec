//! Pictures made here, made anew, and looked at.

use image::ImageFormat;
use jpeg_encoder::{ColorType, Encoder};

use super::encode::{self, Shades};
use super::scale::{curve, scaled};
use super::turn::upright;
use super::*;

fn raster(
    width: usize,
    height: usize,
    channels: usize,
    of: impl Fn(usize, usize) -> [u8; 4],
) -> Raster {
    let samples = (0..height).flat_map(|y| {
        let row: Vec<u8> = (0..width)
            .flat_map(|x| of(x, y)[..channels].to_vec())
            .collect();
        row
    });
    Raster {
        width,
        height,
        channels,
        samples: samples.collect(),
    }
}

fn given(data: &[u8], kind: Kind, size: (u32, u32)) -> Given<'_> {
    Given {
        data,
        kind,
        size,
        orientation: 1,
        inks: false,
        line: false,
        see_through: false,
        animated: false,
    }
}

const NOTHING: Wanted = Wanted {
    pixels: None,
    bytes: None,
    quality: 85,
    ground: None,
    rgb: false,
    upright: false,
};

fn anew(given: &Given<'_>, wanted: &Wanted) -> Fitted {
    match fit(given, wanted) {
        Fit::Anew(fitted) => fitted,
        other => panic!("{other:?}"),
    }
}

fn seen(fitted: &Fitted) -> Raster {
    let (image, _) = open(&fitted.data, fitted.kind.format()).unwrap();
    Raster::of(image)
}

/// Grey noise, the same every time.
fn noise(x: usize, y: usize) -> [u8; 4] {
    let mut state = (x * 7919 + y * 104_729 + 1) as u32;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    [state as u8, (state >> 8) as u8, (state >> 16) as u8, 255]
}

#[test]
fn an_even_field_stays_even_and_light_is_kept() {
    for color in [[0, 0, 0, 255], [255; 4], [17, 130, 251, 255]] {
        let small = scaled(raster(97, 61, 3, |_, _| color), 40, 23);
        assert!(small.samples.chunks(3).all(|pixel| pixel == &color[..3]));
    }
    // Lines of black and white, each a pixel wide, give half the light: 188, where 128 would be dark.
    let lines = raster(300, 300, 1, |x, _| [if x % 2 == 0 { 0 } else { 255 }; 4]);
    let small = scaled(lines, 30, 30);
    let middle = &small.samples[15 * 30 + 5..15 * 30 + 25];
    assert!(
        middle.iter().all(|grey| grey.abs_diff(188) <= 3),
        "{middle:?}"
    );
}

#[test]
fn what_cannot_be_seen_does_not_colour_edges() {
    // Red beside nothing at all, which is green underneath.
    let edge = raster(64, 64, 4, |x, _| {
        if x < 32 {
            [255, 0, 0, 255]
        } else {
            [0, 255, 0, 0]
        }
    });
    let small = scaled(edge, 13, 13);
    for pixel in small.samples.chunks(4).filter(|pixel| pixel[3] > 0) {
        assert!(pixel[0] == 255 && pixel[1] == 0, "{pixel:?}");
    }
    assert_eq!(small.samples[..4], [255, 0, 0, 255]);
}

#[test]
fn a_slope_stays_a_slope() {
    let slope = raster(512, 8, 1, |x, _| [(x / 2) as u8; 4]);
    let small = scaled(slope, 128, 2);
    for (at, pair) in small.samples[..128].windows(2).enumerate() {
        assert!(pair[1] >= pair[0], "{at}: {pair:?}");
    }
    for (at, grey) in small.samples[..128].iter().enumerate().skip(4).take(120) {
        assert!(usize::from(*grey).abs_diff(at * 2 + 1) <= 1, "{at}: {grey}");
    }
}

#[test]
fn no_machine_rounds_the_curve_otherwise() {
    for sample in 0..256 {
        let exact = curve(sample) * 65_535.0;
        assert!((exact.fract() - 0.5).abs() > 1e-6, "{sample}: {exact}");
    }
}

#[test]
fn sizes_of_all_kinds_are_made() {
    for (from, to) in [
        ((1, 1), (1, 1)),
        ((5, 1), (2, 1)),
        ((1, 900), (1, 3)),
        ((33, 17), (32, 16)),
        ((400, 3), (1, 1)),
        // Nothing is enlarged.
        ((4, 4), (9, 2)),
    ] {
        let small = scaled(raster(from.0, from.1, 3, noise), to.0, to.1);
        let wanted = (to.0.min(from.0), to.1.min(from.1));
        assert_eq!((small.width, small.height), wanted);
        assert_eq!(small.samples.len(), wanted.0 * wanted.1 * 3);
    }
}

#[test]
fn pictures_are_turned_as_their_files_say() {
    // As it is seen:  1 2 3
    //                 4 5 6
    let seen = [1, 2, 3, 4, 5, 6];
    let stored: [(u8, usize, [u8; 6]); 8] = [
        (1, 3, [1, 2, 3, 4, 5, 6]),
        (2, 3, [3, 2, 1, 6, 5, 4]),
        (3, 3, [6, 5, 4, 3, 2, 1]),
        (4, 3, [4, 5, 6, 1, 2, 3]),
        (5, 2, [1, 4, 2, 5, 3, 6]),
        (6, 2, [3, 6, 2, 5, 1, 4]),
        (7, 2, [6, 3, 5, 2, 4, 1]),
        (8, 2, [4, 1, 5, 2, 6, 3]),
    ];
    for (orientation, width, samples) in stored {
        let turned = upright(
            Raster {
                width,
                height: 6 / width,
                channels: 1,
                samples: samples.to_vec(),
            },
            orientation,
        );
        assert_eq!(
            (turned.width, &*turned.samples),
            (3, &seen[..]),
            "{orientation}"
        );
    }
}

/// A photograph of 200 × 100 pixels, red on its left and blue on its right, with EXIF of an orientation and of a place.
fn photograph(orientation: u8) -> Vec<u8> {
    let pixels = raster(200, 100, 3, |x, _| {
        if x < 100 {
            [200, 20, 20, 255]
        } else {
            [20, 20, 200, 255]
        }
    });
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"51.4779 N, 0.0015 W");
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, 95);
    encoder.add_exif_metadata(&exif).unwrap();
    encoder
        .encode(&pixels.samples, 200, 100, ColorType::Rgb)
        .unwrap();
    data
}

#[test]
fn a_photograph_becomes_smaller_upright_and_silent() {
    let data = photograph(6);
    assert!(data.windows(7).any(|part| part == b"51.4779"));
    let given = Given {
        orientation: 6,
        ..given(&data, Kind::Jpeg, (200, 100))
    };
    let wanted = Wanted {
        pixels: Some(5_000),
        ..NOTHING
    };
    let fitted = anew(&given, &wanted);
    assert_eq!((fitted.kind, fitted.size), (Kind::Jpeg, (50, 100)));
    assert!(!fitted.data.windows(7).any(|part| part == b"51.4779"));
    let scans = fitted.data.windows(2).filter(|pair| pair == b"\xff\xda");
    assert_eq!(scans.count(), 1, "all colours are in one scan");
    assert_eq!(jpeg::facts(&fitted.data).unwrap().orientation, 0);
    // What was on the left is above.
    let seen = seen(&fitted);
    let (above, below) = (&seen.samples[..3], &seen.samples[seen.samples.len() - 3..]);
    assert!(above[0] > 150 && above[2] < 80, "{above:?}");
    assert!(below[2] > 150 && below[0] < 80, "{below:?}");
    // The same twice, and the same from another thread.
    assert_eq!(anew(&given, &wanted), fitted);
}

#[test]
fn what_nobody_asks_for_is_not_done() {
    let data = photograph(6);
    let mut given = given(&data, Kind::Jpeg, (200, 100));
    given.orientation = 6;
    let enough = Wanted {
        pixels: Some(20_000),
        bytes: Some(data.len() as u64),
        rgb: true,
        ground: Some([255; 3]),
        ..NOTHING
    };
    assert_eq!(fit(&given, &enough), Fit::Fine);
    let turned = anew(
        &given,
        &Wanted {
            upright: true,
            ..NOTHING
        },
    );
    assert_eq!(turned.size, (100, 200));
}

#[test]
fn bytes_are_kept_to_or_it_is_said() {
    let pixels = raster(400, 300, 3, noise);
    let data = encode::jpeg(&pixels, 100, None).unwrap();
    let given = given(&data, Kind::Jpeg, (400, 300));
    let most = |bytes| Wanted {
        bytes: Some(bytes),
        ..NOTHING
    };
    let fitted = anew(&given, &most(30_000));
    assert!(
        fitted.data.len() <= 30_000 && fitted.data.len() > 15_000,
        "{}",
        fitted.data.len()
    );
    assert_eq!(fit(&given, &most(200)), Fit::Refused(Refusal::StillLarge));
}

#[test]
fn drawings_stay_png_and_small() {
    // Rings of four colours, as a palette.
    let rings = raster(300, 300, 3, |x, y| {
        let square = |v: usize| v.abs_diff(150).pow(2);
        let ring = (square(x) + square(y)).isqrt() / 20 % 4;
        [
            [255, 255, 255, 255],
            [30, 30, 30, 255],
            [200, 40, 40, 255],
            [40, 90, 200, 255],
        ][ring]
    });
    let data = encode::png(&rings, Shades::All, None).unwrap();
    assert_eq!(data[24..26], [2, 3], "two bits, a palette");
    let (image, _) = open(&data, ImageFormat::Png).unwrap();
    assert_eq!(Raster::of(image), rings);
    let wanted = Wanted {
        pixels: Some(30_000),
        ..NOTHING
    };
    let fitted = anew(&given(&data, Kind::Png, (300, 300)), &wanted);
    assert_eq!((fitted.kind, fitted.size), (Kind::Png, (173, 173)));
    assert_eq!(fitted.data[25], 3, "it keeps a palette");
    // The middle ring is where it was, in its colour.
    let small = seen(&fitted);
    let at = |x: usize, y: usize| &small.samples[(y * 173 + x) * small.channels..][..3];
    let near = |pixel: &[u8], wanted: [u8; 3]| {
        let mut pairs = pixel.iter().zip(wanted);
        assert!(
            pairs.all(|(a, b)| a.abs_diff(b) <= 12),
            "{pixel:?}, not {wanted:?}"
        );
    };
    near(at(86, 86), [255, 255, 255]);
    near(at(86 + 17, 86), [30, 30, 30]);
    near(at(86, 86 + 29), [200, 40, 40]);
}

#[test]
fn line_art_keeps_few_greys() {
    let lines = raster(400, 400, 1, |x, y| {
        [if (x + y) % 37 < 5 { 0 } else { 255 }; 4]
    });
    let data = encode::png(&lines, Shades::All, None).unwrap();
    assert_eq!(data[24..26], [1, 3], "one bit is enough for two colours");
    let given = Given {
        line: true,
        ..given(&data, Kind::Png, (400, 400))
    };
    let wanted = Wanted {
        pixels: Some(40_000),
        ..NOTHING
    };
    let fitted = anew(&given, &wanted);
    assert_eq!(fitted.data[24..26], [4, 0], "sixteen greys");
    assert!(fitted.data.len() < 20_000);
}

#[test]
fn what_shows_through_is_laid_on_its_ground_if_it_does() {
    let shade = raster(20, 10, 4, |x, _| [200, 0, 0, if x < 10 { 255 } else { 0 }]);
    let data = encode::png(&shade, Shades::All, None).unwrap();
    assert!(shows_through(&data, ImageFormat::Png));
    let seen_through = Given {
        see_through: true,
        ..given(&data, Kind::Png, (20, 10))
    };
    let white = Wanted {
        ground: Some([255; 3]),
        ..NOTHING
    };
    let fitted = anew(&seen_through, &white);
    assert!(!fitted.see_through);
    let seen = seen(&fitted);
    assert_eq!(
        (&seen.samples[..3], &seen.samples[57..60]),
        (&[200, 0, 0][..], &[255; 3][..])
    );
    // One that only says so stays as it is.
    let opaque = raster(20, 10, 4, noise);
    let mut data = Vec::new();
    let image = image::RgbaImage::from_raw(20, 10, opaque.samples.clone()).unwrap();
    image
        .write_to(&mut std::io::Cursor::new(&mut data), ImageFormat::Png)
        .unwrap();
    assert!(!shows_through(&data, ImageFormat::Png));
    let says_so = Given {
        see_through: true,
        ..given(&data, Kind::Png, (20, 10))
    };
    assert_eq!(fit(&says_so, &white), Fit::Fine);
}

#[test]
fn inks_become_the_colours_that_they_show() {
    let inks: Vec<u8> = [0u8, 255, 255, 0].repeat(64 * 64);
    let mut data = Vec::new();
    Encoder::new(&mut data, 95)
        .encode(&inks, 64, 64, ColorType::Cmyk)
        .unwrap();
    let given = Given {
        inks: true,
        ..given(&data, Kind::Jpeg, (64, 64))
    };
    let rgb = Wanted {
        rgb: true,
        ..NOTHING
    };
    let fitted = anew(&given, &rgb);
    let facts = jpeg::facts(&fitted.data).unwrap();
    assert_eq!(facts.components, 3);
    let pixel = &seen(&fitted).samples[..3];
    // Magenta and yellow are a red.
    assert!(
        pixel[0] > 200 && pixel[1] < 80 && pixel[2] < 80,
        "{pixel:?}"
    );
}

#[test]
fn fine_patterns_of_colour_make_no_rings() {
    // Columns of yellow and blue, each a pixel wide: from afar a grey, nowhere yellow or blue.
    let stripes = raster(64, 64, 3, |x, _| {
        if x % 2 == 0 {
            [250, 250, 40, 255]
        } else {
            [40, 40, 250, 255]
        }
    });
    let data = encode::jpeg(&stripes, 85, None).unwrap();
    let (image, _) = open(&data, ImageFormat::Jpeg).unwrap();
    let seen = Raster::of(image);
    let sum = |channel: usize| -> usize {
        let samples = seen.samples.iter().skip(channel).step_by(3);
        samples.map(|sample| usize::from(*sample)).sum()
    };
    let (red, blue) = (sum(0) / 4096, sum(2) / 4096);
    assert!(red.abs_diff(blue) <= 12, "{red} {blue}");
}

#[test]
fn profiles_are_kept() {
    let mut profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let length = (profile.len() as u32).to_be_bytes();
    profile[..4].copy_from_slice(&length);
    let pixels = raster(80, 80, 3, noise);
    let wanted = Wanted {
        pixels: Some(1_600),
        ..NOTHING
    };
    let data = encode::jpeg(&pixels, 90, Some(&profile)).unwrap();
    let fitted = anew(&given(&data, Kind::Jpeg, (80, 80)), &wanted);
    assert_eq!(
        jpeg::facts(&fitted.data).unwrap().profile(),
        Some(profile.clone())
    );
    let data = encode::png(&pixels, Shades::All, Some(&profile)).unwrap();
    let fitted = anew(&given(&data, Kind::Png, (80, 80)), &wanted);
    let (_, kept) = open(&fitted.data, ImageFormat::Png).unwrap();
    assert_eq!(kept, Some(profile));
}

#[test]
fn movement_and_rubbish_stay_as_they_are() {
    let wanted = Wanted {
        pixels: Some(10),
        ..NOTHING
    };
    let data = photograph(1);
    let moving = Given {
        animated: true,
        ..given(&data, Kind::Gif, (200, 100))
    };
    assert_eq!(fit(&moving, &wanted), Fit::Refused(Refusal::Animated));
    for kind in [Kind::Png, Kind::Jpeg, Kind::Gif, Kind::WebP] {
        for data in [&b"no picture"[..], &data[..data.len() / 2], b""] {
            let broken = given(data, kind, (200, 100));
            // A JPEG that is cut short may still show its upper half.
            let result = fit(&broken, &wanted);
            let fine = result == Fit::Refused(Refusal::Unreadable)
                || kind == Kind::Jpeg && matches!(result, Fit::Anew(_));
            assert!(fine, "{kind:?}: {result:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_size_is_kept_to(
        width in 1usize..90,
        height in 1usize..90,
        channels in 1usize..5,
        most in 1u64..4_000,
        orientation in 0u8..10,
    ) {
        let pixels = raster(width, height, channels, noise);
        let data = encode::png(&pixels, Shades::All, None).unwrap();
        let given = Given {
            orientation,
            ..given(&data, Kind::Png, (width as u32, height as u32))
        };
        let wanted = Wanted { pixels: Some(most), ..NOTHING };
        match fit(&given, &wanted) {
            Fit::Fine => assert!((width * height) as u64 <= most),
            Fit::Anew(fitted) => {
                let (w, h) = fitted.size;
                // A line of pixels stays one.
                assert!(u64::from(w) * u64::from(h) <= most || w == 1 || h == 1);
                assert_eq!((seen(&fitted).width, seen(&fitted).height), (w as usize, h as usize));
            }
            Fit::Refused(refusal) => panic!("{refusal:?}"),
        }
    }
}
