//! Rows with PNG's filters, which PDF knows as predictors: what deflates best.

/// Filters rows, of which it remembers the last.
pub struct Rows {
    /// Bytes a row.
    length: usize,
    /// Bytes a pixel.
    pixel: usize,
    above: Vec<u8>,
    tries: [Vec<u8>; 4],
}

impl Rows {
    /// For rows of so many bytes, with so many to a pixel.
    pub fn new(length: usize, pixel: usize) -> Rows {
        Rows {
            length,
            pixel,
            above: vec![0; length],
            tries: std::array::from_fn(|_| Vec::with_capacity(length)),
        }
    }

    /// Adds whole rows to `out`: each by the filter that leaves the smallest numbers, its number before it.
    pub fn filter(&mut self, samples: &[u8], out: &mut Vec<u8>) {
        for line in samples.chunks_exact(self.length.max(1)) {
            for (filter, tried) in self.tries.iter_mut().enumerate() {
                tried.clear();
                tried.extend((0..self.length).map(|at| {
                    let before = at.checked_sub(self.pixel);
                    let left = before.map_or(0, |at| line[at]);
                    let corner = before.map_or(0, |at| self.above[at]);
                    line[at].wrapping_sub(match filter {
                        0 => 0,
                        1 => left,
                        2 => self.above[at],
                        _ => paeth(left, self.above[at], corner),
                    })
                }));
            }
            let weight = |tried: &Vec<u8>| -> u64 {
                tried
                    .iter()
                    .map(|&b| u64::from((b as i8).unsigned_abs()))
                    .sum()
            };
            let best = (0..4).min_by_key(|&f| weight(&self.tries[f])).unwrap_or(0);
            // PNG's fourth filter is Paeth's; its third, the mean, is hardly ever best.
            out.push([0, 1, 2, 4][best]);
            out.extend_from_slice(&self.tries[best]);
            self.above.copy_from_slice(line);
        }
    }
}

/// The one of the three neighbours that is nearest to left + above − corner.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_a, to_b, to_c) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_rows_become_zeros_in_one_strip_or_two() {
        let samples = [9, 9, 9, 9, 9, 9];
        // Sub leaves one number of the first row, Up none of the second.
        let wanted = [1, 9, 0, 0, 2, 0, 0, 0];
        let mut out = Vec::new();
        Rows::new(3, 1).filter(&samples, &mut out);
        assert_eq!(out, wanted);
        out.clear();
        let mut rows = Rows::new(3, 1);
        samples
            .chunks(3)
            .for_each(|strip| rows.filter(strip, &mut out));
        assert_eq!(out, wanted);
    }
}
