//! Line ends by TeX's own parameters, held against TeX's own: `ref/tex-breaks.txt`, made once by `ref/tex-breaks.py`.

use std::collections::BTreeMap;
use std::path::Path;

use recto::typeset::hyphen::Joint;
use recto::typeset::paragraph::{Breaker, Measure, Params, Place, Stops, Sums};
use recto::unit::Abs;

/// What the file says of widths, in thousandths of 10 pt.
#[derive(Default)]
struct Type {
    widths: BTreeMap<char, i64>,
    space: [i64; 3],
    hyphen: i64,
    indent: i64,
}

/// Thousandths of 10 pt in scaled points, rounded as the script does.
fn length(thousandths: i64) -> i64 {
    thousandths * 65_536 * 10 / 1000
}

impl Type {
    fn read(line: &str) -> Option<(&str, Vec<i64>)> {
        let (name, rest) = line.split_once(' ')?;
        let numbers = rest.split(' ').map_while(|word| word.parse().ok());
        Some((name, numbers.collect()))
    }

    /// A paragraph's stops, each with the number of pieces before it.
    fn stops(&self, text: &str, params: &Params) -> (Stops, Vec<usize>) {
        let [width, stretch, shrink] = self.space.map(length);
        let space = Sums {
            width,
            stretch,
            shrink,
            ..Sums::default()
        };
        let (mut stops, mut counts, mut pieces) = (Stops::new(), Vec::new(), 0);
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                stops.space(space, Abs::ZERO, Abs::ZERO, 0.0, Place::default());
                counts.push(pieces);
            }
            for (part, piece) in word.split('·').enumerate() {
                if part > 0 {
                    let hyphen = Abs::from_raw(length(self.hyphen));
                    let cost = params.joint(Joint::Syllable);
                    stops.joint(Joint::Syllable, hyphen, Abs::ZERO, cost, Place::default());
                    counts.push(pieces);
                }
                let letters = piece.chars();
                let widths = letters.map(|c| length(self.widths.get(&c).copied().unwrap_or(500)));
                stops.push(Sums {
                    width: widths.sum(),
                    ..Sums::default()
                });
                pieces += 1;
            }
        }
        stops.end(Abs::ZERO, Abs::ZERO, Place::default());
        counts.push(pieces);
        (stops, counts)
    }

    /// Where lines end: at first with little tolerance and then, where TeX would not be content, with more. The hyphens are
    /// discretionaries of the author's, which TeX takes in either pass.
    fn ends(&self, text: &str, measure: i64) -> Vec<usize> {
        let measure = Measure {
            first: Abs::from_raw(self.indent * 65_536),
            ..Measure::of(Abs::from_raw(measure * 65_536))
        };
        let mut ends = Vec::new();
        for tolerance in [100, 200] {
            let params = Params::tex(tolerance);
            let (stops, counts) = self.stops(text, &params);
            let breaks = Breaker::default().break_lines(&stops, &measure, &params);
            let lines = &breaks.settings[breaks.best].lines;
            ends = lines
                .iter()
                .map(|line| counts[line.stop as usize])
                .collect();
            if !breaks.in_need {
                break;
            }
        }
        ends
    }
}

#[test]
fn paragraphs_break_where_tex_breaks_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/ref/tex-breaks.txt");
    let data = std::fs::read_to_string(file).expect("the file is part of this repository");
    let mut of = Type::default();
    let (mut text, mut compared, mut paragraphs) = ("", 0, 0);
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        match Type::read(line) {
            Some(("width", numbers)) => {
                let letters = line.splitn(3, ' ').nth(2).unwrap_or_default();
                let letters = letters.chars().map(|c| (c, numbers[0]));
                of.widths.extend(letters);
            }
            Some(("space", numbers)) => of.space.copy_from_slice(&numbers),
            Some(("hyphen", numbers)) => of.hyphen = numbers[0],
            Some(("indent", numbers)) => of.indent = numbers[0],
            Some(("=", numbers)) => {
                let theirs: Vec<usize> = numbers[1..].iter().map(|end| *end as usize).collect();
                assert_eq!(
                    of.ends(text, numbers[0]),
                    theirs,
                    "{text}\nat {} pt",
                    numbers[0]
                );
                compared += 1;
            }
            _ if !line.is_empty() => {
                text = line;
                paragraphs += 1;
            }
            _ => {}
        }
    }
    assert!(
        paragraphs >= 30 && compared >= 60,
        "{paragraphs} paragraphs, {compared} measures"
    );
}
