//! Conversions, measured by numbers from elsewhere.

use super::*;
use crate::picture::Meaning;
use crate::profile::{Intent, Profile};

fn spec(color: ColorSpace) -> FileSpec {
    FileSpec {
        color,
        ..Profile::screen().file
    }
}

fn run(spec: &FileSpec, origin: &Origin, samples: &[u8]) -> Option<Vec<u8>> {
    let converter = Conversion::new(spec).converter(origin)?;
    let mut out = Vec::new();
    converter.run(samples, &mut out);
    assert_eq!(
        out.len() / converter.channels(),
        samples.len() / origin.channels()
    );
    Some(out)
}

#[test]
fn grey_stays_and_srgb_stays_on_a_screen() {
    for color in [ColorSpace::Rgb, ColorSpace::Grey, ColorSpace::Cmyk] {
        assert!(run(&spec(color), &Origin::Grey, &[0, 99]).is_none());
    }
    assert!(run(&spec(ColorSpace::Rgb), &Origin::Srgb, &[1, 2, 3]).is_none());
    let same = Meaning::of(ColorProfile::new_srgb()).unwrap();
    assert!(same.is_srgb());
}

#[test]
fn profiles_are_honoured() {
    let adobe = Meaning::of(ColorProfile::new_adobe_rgb()).unwrap();
    assert!(!adobe.is_srgb());
    let origin = Origin::Profiled(Arc::new(adobe));
    // Adobe RGB's (100, 150, 100) in sRGB, by the primaries' matrices and a gamma of 2.2.
    let shown = run(&spec(ColorSpace::Rgb), &origin, &[100, 150, 100]).unwrap();
    for (shown, wanted) in shown.iter().zip([66, 151, 97]) {
        assert!(shown.abs_diff(wanted) <= 2, "{shown} for {wanted}");
    }
    let grey = Meaning::of(ColorProfile::new_gray_with_gamma(1.0)).unwrap();
    let origin = Origin::Profiled(Arc::new(grey));
    // Half the light is 188 of 255 with sRGB's curve.
    for color in [ColorSpace::Rgb, ColorSpace::Grey, ColorSpace::Cmyk] {
        let shown = run(&spec(color), &origin, &[0, 128, 255]).unwrap();
        assert!(shown[1].abs_diff(188) <= 1, "{shown:?}");
        assert_eq!((shown[0], shown[2]), (0, 255));
    }
}

#[test]
fn inks_of_no_profile_are_shown_as_a_press_would_print_them() {
    let samples = [
        0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255,
    ];
    let shown = run(&spec(ColorSpace::Rgb), &Origin::Inks, &samples).unwrap();
    let [paper, cyan, magenta, yellow, black] = shown.chunks_exact(3).collect::<Vec<_>>()[..]
    else {
        panic!("{shown:?}");
    };
    assert_eq!(paper, [255; 3]);
    // Printed cyan is no (0, 255, 255): about (0, 174, 239) in SWOP; and so on.
    for (shown, wanted) in [
        (cyan, [0u8, 174, 239]),
        (magenta, [236, 0, 140]),
        (yellow, [255, 242, 0]),
        (black, [35, 31, 32]),
    ] {
        for (shown, wanted) in shown.iter().zip(wanted) {
            assert!(shown.abs_diff(wanted) <= 25, "{shown} for {wanted}");
        }
    }
    let grey = run(&spec(ColorSpace::Grey), &Origin::Inks, &samples).unwrap();
    assert_eq!(grey[0], 255);
    assert!(grey[4] < 45 && grey[3] > 220, "{grey:?}");
}

#[test]
fn inks_stay_but_for_the_limit() {
    let limited = FileSpec {
        ink_limit: Some(240),
        ..spec(ColorSpace::Cmyk)
    };
    let samples = [10, 20, 30, 40, 255, 255, 255, 255];
    let inks = run(&limited, &Origin::Inks, &samples).unwrap();
    assert_eq!(&inks[..4], &samples[..4]);
    assert!(inks[4..].iter().map(|&ink| u32::from(ink)).sum::<u32>() <= 612);
    assert_eq!(inks[7], 255);
}

#[test]
fn an_unusable_profile_of_a_press_still_gives_inks() {
    let broken = FileSpec {
        intent: Some(Intent {
            condition: String::new(),
            info: String::new(),
            profile: Some(b"no profile".as_slice().into()),
        }),
        ..spec(ColorSpace::Cmyk)
    };
    let inks = run(&broken, &Origin::Srgb, &[255, 255, 255, 255, 0, 0]).unwrap();
    assert_eq!(inks, [0, 0, 0, 0, 0, 255, 255, 0]);
    assert!(Meaning::read(b"no profile", 3).is_none());
}
