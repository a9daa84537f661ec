//! Pictures made smaller.
//!
//! In: a [`Raster`], a smaller size. Out: the picture in it. Light is added up as light: samples leave sRGB's curve first
//! and return to it afterwards, else fine lines and stars turn dark; and each pixel counts by its opacity, else the colours
//! of what cannot be seen leak into the edges. The filter is Lanczos's of three lobes, as wide as the scale asks for. Rows
//! are made narrower one by one and kept only as long as the filter reaches them, so that a large picture is in memory once.
//!
//! Filters are whole numbers, made with a sine of our own: the last bit of a library's differs from machine to machine.

use std::collections::VecDeque;
use std::sync::OnceLock;

use super::Raster;

/// Lobes of the filter on each side.
const LOBES: f64 = 3.0;

/// What the weights of a pixel add up to. 65 535 times this, with the filter's overshoot, is far from the end of 64 bits.
const ONE: i64 = 1 << 20;

/// Light of full strength.
const FULL: i64 = 65_535;

/// The picture in a smaller size; as it is if that is none. No side becomes less than a pixel.
pub fn scaled(raster: Raster, width: usize, height: usize) -> Raster {
    let (width, height) = (width.clamp(1, raster.width), height.clamp(1, raster.height));
    if (width, height) == (raster.width, raster.height) {
        return raster;
    }
    let channels = raster.channels;
    let (across, down) = (taps(raster.width, width), taps(raster.height, height));
    let mut rows: VecDeque<Vec<i64>> = VecDeque::new();
    // The number of the first row that is kept, and of the next one to be made.
    let (mut first, mut next) = (0, 0);
    let mut light = Vec::with_capacity(raster.width * channels);
    let mut samples = Vec::with_capacity(width * height * channels);
    let mut sums = vec![0i64; width * channels];
    for tap in &down {
        while first < tap.start {
            rows.pop_front();
            first += 1;
        }
        while next < tap.start + tap.weights.len() {
            let stride = raster.width * channels;
            lit(
                &raster.samples[next * stride..][..stride],
                channels,
                &mut light,
            );
            // Rows that no filter reaches are not made.
            if next >= first {
                rows.push_back(narrowed(&light, &across, channels));
            }
            next += 1;
        }
        sums.fill(0);
        for (weight, row) in tap.weights.iter().zip(&rows) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
        for pixel in sums.chunks_exact(channels) {
            unlit(pixel, &mut samples);
        }
    }
    Raster {
        width,
        height,
        channels,
        samples,
    }
}

/// What a pixel is made of: so many pixels of the source from one on, each with its weight.
struct Tap {
    start: usize,
    weights: Vec<i64>,
}

/// For each pixel of the narrower row. A filter that reaches over the edge is cut there.
fn taps(from: usize, to: usize) -> Vec<Tap> {
    let scale = from as f64 / to as f64;
    let reach = LOBES * scale;
    (0..to)
        .map(|at| {
            let center = (at as f64 + 0.5) * scale - 0.5;
            let start = (center - reach).ceil().max(0.0) as usize;
            let end = ((center + reach).floor() as usize).min(from - 1);
            let exact: Vec<f64> = (start..=end)
                .map(|place| lanczos((place as f64 - center) / scale))
                .collect();
            let sum: f64 = exact.iter().sum();
            let mut weights: Vec<i64> = exact
                .iter()
                .map(|weight| (weight / sum * ONE as f64).round() as i64)
                .collect();
            // What rounding left over goes to the heaviest, so that an even field stays even.
            let rest = ONE - weights.iter().sum::<i64>();
            if let Some(most) = weights.iter_mut().max() {
                *most += rest;
            }
            Tap { start, weights }
        })
        .collect()
}

fn lanczos(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let t = x * std::f64::consts::PI;
    LOBES * sine(x) * sine(x / LOBES) / (t * t)
}

/// The sine of so many half turns, by its series: multiplications and additions are the same everywhere.
fn sine(half_turns: f64) -> f64 {
    let whole = half_turns.round();
    let rest = (half_turns - whole) * std::f64::consts::PI;
    let square = rest * rest;
    let (mut term, mut sum) = (rest, rest);
    // Of at most a quarter turn the tenth term is below 1e-16.
    for number in 1..=10 {
        let two = f64::from(2 * number);
        term *= -square / (two * (two + 1.0));
        sum += term;
    }
    if whole as i64 % 2 == 0 { sum } else { -sum }
}

/// A row as light, each pixel by its opacity; the opacity itself as it is.
fn lit(samples: &[u8], channels: usize, light: &mut Vec<i64>) {
    let table = &tables().light;
    light.clear();
    for pixel in samples.chunks_exact(channels) {
        match pixel {
            [colors @ .., opacity] if matches!(channels, 2 | 4) => {
                let opacity = i64::from(*opacity);
                light.extend(colors.iter().map(|color| {
                    let full = i64::from(table[usize::from(*color)]);
                    (full * opacity + 127) / 255
                }));
                light.push(opacity * 257);
            }
            colors => light.extend(
                colors
                    .iter()
                    .map(|color| i64::from(table[usize::from(*color)])),
            ),
        }
    }
}

/// A row of light made narrower.
fn narrowed(light: &[i64], taps: &[Tap], channels: usize) -> Vec<i64> {
    let mut row = Vec::with_capacity(taps.len() * channels);
    for tap in taps {
        let pixels = light[tap.start * channels..].chunks_exact(channels);
        let mut sums = [0i64; 4];
        for (weight, pixel) in tap.weights.iter().zip(pixels) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += weight * value;
            }
        }
        row.extend(sums[..channels].iter().map(|sum| halved(*sum)));
    }
    row
}

/// A sum of weighted values, to values again.
fn halved(sum: i64) -> i64 {
    (sum + ONE / 2).div_euclid(ONE)
}

/// A pixel's sums, as samples.
fn unlit(sums: &[i64], samples: &mut Vec<u8>) {
    let table = &tables().samples;
    let sample = |light: i64| table[light.clamp(0, FULL) as usize];
    match sums {
        [colors @ .., opacity] if matches!(sums.len(), 2 | 4) => {
            let opacity = halved(*opacity).clamp(0, FULL);
            samples.extend(colors.iter().map(|color| {
                match opacity {
                    // Nothing is seen of it.
                    0 => 0,
                    opacity => sample(halved(*color) * FULL / opacity),
                }
            }));
            samples.push(((opacity + 128) / 257) as u8);
        }
        colors => samples.extend(colors.iter().map(|color| sample(halved(*color)))),
    }
}

/// sRGB's curve, both ways.
struct Tables {
    /// The light of each sample.
    light: [u16; 256],
    /// The sample of each light: the nearest.
    samples: Vec<u8>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut light = [0u16; 256];
        for (sample, light) in light.iter_mut().enumerate() {
            *light = (curve(sample) * FULL as f64).round() as u16;
        }
        let mut samples = Vec::with_capacity(FULL as usize + 1);
        let mut sample = 0usize;
        for value in 0..=FULL {
            while sample < 255
                && i64::from(light[sample + 1]) - value < value - i64::from(light[sample])
            {
                sample += 1;
            }
            samples.push(sample as u8);
        }
        Tables { light, samples }
    })
}

/// The light of a sample, of 1 (IEC 61966-2-1).
pub(super) fn curve(sample: usize) -> f64 {
    let value = sample as f64 / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        // No table entry comes so near to a half that machines could round it differently; a test looks.
        ((value + 0.055) / 1.055).powf(2.4)
    }
}
