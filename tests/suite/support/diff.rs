//! Two texts, side by side.

use std::fmt::Write as _;

/// Lines that are the same around a difference.
const CONTEXT: usize = 2;
/// Beyond this many lines on either side, the differing stretch is shown whole: finding what they share costs
/// their product.
const LIMIT: usize = 2000;

/// A line with what became of it: ` ` in both, `-` only expected, `+` only found.
type Marked<'a> = (char, &'a str);

/// What differs, line by line, with a little of what does not.
pub fn lines(expected: &str, found: &str) -> String {
    let (a, b): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut marked: Vec<Marked> = a[..head].iter().map(|line| (' ', *line)).collect();
    marked.extend(middle(&a[head..a.len() - tail], &b[head..b.len() - tail]));
    marked.extend(a[a.len() - tail..].iter().map(|line| (' ', *line)));
    show(&marked)
}

fn middle<'a>(a: &[&'a str], b: &[&'a str]) -> Vec<Marked<'a>> {
    if a.len() > LIMIT || b.len() > LIMIT {
        let gone = a.iter().map(|line| ('-', *line));
        return gone.chain(b.iter().map(|line| ('+', *line))).collect();
    }
    // common[i][j]: how many lines a[i..] and b[j..] share in order.
    let width = b.len() + 1;
    let mut common = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            out.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]
        {
            out.push(('-', a[i]));
            i += 1;
        } else {
            out.push(('+', b[j]));
            j += 1;
        }
    }
    out
}

fn show(marked: &[Marked]) -> String {
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT + 1).min(marked.len());
        marked[from..to].iter().any(|(mark, _)| *mark != ' ')
    };
    let (mut out, mut skipped) = (String::new(), false);
    for (at, (mark, line)) in marked.iter().enumerate() {
        if near(at) {
            let _ = writeln!(out, "  {mark} {line}");
            skipped = false;
        } else if !skipped {
            out.push_str("  …\n");
            skipped = true;
        }
    }
    out
}

#[test]
fn a_diff_shows_what_changed_and_little_else() {
    let a = "1\n2\n3\n4\n5\n6\n7\n";
    let b = "1\n2\n3\n4\nfive\n6\n7\n";
    assert_eq!(
        lines(a, b),
        "  …\n    3\n    4\n  - 5\n  + five\n    6\n    7\n"
    );
}
