//! `--` is an en dash, `---` an em dash, `...` an ellipsis. Longer runs are the author's own affair.

use super::line::{Segment, rewrite};

pub(super) fn refine(segments: &mut [Segment]) {
    if !segments.iter().any(|segment| {
        segment.is_text && (segment.text.contains("--") || segment.text.contains(".."))
    }) {
        return;
    }
    rewrite(segments, |line, at, _, out| {
        let c = line[at];
        if c != '-' && c != '.' {
            return 0;
        }
        let run = line[at..].iter().take_while(|other| **other == c).count();
        match (c, run) {
            ('-', 2) => out.push('–'),
            ('-', 3) => out.push('—'),
            ('.', 3) => out.push('…'),
            // A full stop and an ellipsis: the sentence ended before words were left out.
            ('.', 4) => out.push_str(".…"),
            _ => out.extend(&line[at..at + run]),
        }
        run
    });
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::refined;

    #[test]
    fn runs_of_hyphens_and_dots() {
        for (typed, set) in [
            ("a -- b", "a – b"),
            ("a---b", "a—b"),
            ("a----b", "a----b"),
            ("so...", "so…"),
            ("so....", "so.…"),
            ("a-b", "a-b"),
            ("e.g.", "e.g."),
        ] {
            assert_eq!(refined(typed, "en"), set);
        }
    }
}
