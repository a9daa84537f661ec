//! Which page of one copy is which of another.
//!
//! In: how many words each page of one shares with each of the other. Out: pairs of pages, in order. Of all ways to pair them without
//! crossing, the one is taken in which pairs share the most words; pages without words, and pages whose words are all new, are paired by
//! where they stand between others.

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::Alignment;

/// By numbers of an old page and a new one: how many words they share.
pub type Shared = BTreeMap<(usize, usize), u32>;

/// Pairs pages. `old` and `new` are what each page shows: equal numbers show the same.
pub fn pair(shared: &Shared, old: &[u64], new: &[u64]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut out = Vec::new();
    let (mut here, mut there) = (0, 0);
    let end = (old.len(), new.len());
    for (one, other) in heaviest(shared, new.len()).into_iter().chain([end]) {
        between((old, new), here..one, there..other, &mut out);
        if (one, other) != end {
            out.push((Some(one), Some(other)));
        }
        (here, there) = (one + 1, other + 1);
    }
    out
}

/// Pairs that do not cross and share the most words together.
fn heaviest(shared: &Shared, pages: usize) -> Vec<(usize, usize)> {
    // Of each chain: its words, its last pair, the chain before it.
    let mut chains: Vec<(u64, (usize, usize), Option<usize>)> = Vec::new();
    // A tree of prefixes (Fenwick's): the best chain that ends at a new page up to some number.
    let mut best: Vec<Option<usize>> = vec![None; pages + 1];
    let mut row: Vec<usize> = Vec::new();
    let mut row_of = None;
    for ((old, new), words) in shared {
        if row_of != Some(*old) {
            enter(&mut best, &chains, &row);
            row.clear();
            row_of = Some(*old);
        }
        let before = up_to(&best, &chains, *new);
        let weight = before.map_or(0, |chain| chains[chain].0) + u64::from(*words);
        row.push(chains.len());
        chains.push((weight, (*old, *new), before));
    }
    enter(&mut best, &chains, &row);
    let mut at = up_to(&best, &chains, pages);
    let mut pairs = Vec::new();
    while let Some(chain) = at {
        pairs.push(chains[chain].1);
        at = chains[chain].2;
    }
    pairs.reverse();
    pairs
}

type Chain = (u64, (usize, usize), Option<usize>);

/// Lets chains be gone on from.
fn enter(best: &mut [Option<usize>], chains: &[Chain], row: &[usize]) {
    for chain in row {
        let mut at = chains[*chain].1.1 + 1;
        while let Some(slot) = best.get_mut(at) {
            if slot.is_none_or(|old| chains[old].0 < chains[*chain].0) {
                *slot = Some(*chain);
            }
            at += at & at.wrapping_neg();
        }
    }
}

/// The heaviest chain that ends before a new page.
fn up_to(best: &[Option<usize>], chains: &[Chain], page: usize) -> Option<usize> {
    let mut at = page;
    let mut found: Option<usize> = None;
    while at > 0 {
        if let Some(chain) = best[at]
            && found.is_none_or(|known| chains[known].0 < chains[chain].0)
        {
            found = Some(chain);
        }
        at -= at & at.wrapping_neg();
    }
    found
}

/// Pairs pages that share no words, between two pairs.
fn between(
    (old, new): (&[u64], &[u64]),
    here: Range<usize>,
    there: Range<usize>,
    out: &mut Vec<(Option<usize>, Option<usize>)>,
) {
    if here.is_empty() && there.is_empty() {
        return;
    }
    let alike = Alignment::of(&old[here.clone()], &new[there.clone()]);
    let (mut at, mut to) = (here.start, there.start);
    let mut row = |at: &mut usize, to: &mut usize, one: usize, other: usize| {
        if one - *at == other - *to {
            out.extend(
                (*at..one)
                    .zip(*to..other)
                    .map(|(one, other)| (Some(one), Some(other))),
            );
        } else {
            out.extend((*at..one).map(|one| (Some(one), None)));
            out.extend((*to..other).map(|other| (None, Some(other))));
        }
        (*at, *to) = (one, other);
    };
    for one in here.clone() {
        if let Some(other) = alike.image((one - here.start) as u32) {
            let other = there.start + other as usize;
            row(&mut at, &mut to, one, other);
            row(&mut at, &mut to, one + 1, other + 1);
        }
    }
    row(&mut at, &mut to, here.end, there.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(shared: &[(usize, usize, u32)], old: &[u64], new: &[u64]) -> String {
        let shared = shared
            .iter()
            .map(|(a, b, words)| ((*a, *b), *words))
            .collect();
        let name = |page: Option<usize>| page.map_or(String::from("-"), |page| page.to_string());
        let pairs = pair(&shared, old, new).into_iter();
        let pairs: Vec<_> = pairs
            .map(|(a, b)| format!("{}:{}", name(a), name(b)))
            .collect();
        pairs.join(" ")
    }

    #[test]
    fn an_inserted_page_moves_no_other() {
        let shared = [(0, 0, 90), (1, 2, 100), (2, 3, 100)];
        assert_eq!(
            paired(&shared, &[1, 2, 3], &[1, 9, 2, 3]),
            "0:0 -:1 1:2 2:3"
        );
    }

    #[test]
    fn text_that_flows_on_keeps_its_page() {
        let shared = [(0, 0, 90), (0, 1, 10), (1, 1, 80), (1, 2, 20), (2, 2, 70)];
        assert_eq!(paired(&shared, &[1, 2, 3], &[4, 5, 6]), "0:0 1:1 2:2");
        let shared = [
            (0, 0, 90),
            (0, 1, 10),
            (1, 1, 40),
            (1, 2, 60),
            (2, 2, 30),
            (2, 3, 70),
        ];
        assert_eq!(
            paired(&shared, &[1, 2, 3], &[4, 5, 6, 7]),
            "0:0 -:1 1:2 2:3"
        );
    }

    #[test]
    fn pages_without_words_keep_their_places() {
        let shared = [(0, 0, 9), (3, 3, 9)];
        assert_eq!(
            paired(&shared, &[1, 7, 8, 2], &[1, 7, 9, 2]),
            "0:0 1:1 2:2 3:3"
        );
        assert_eq!(
            paired(&shared, &[1, 7, 8, 2], &[1, 5, 6, 2, 7]),
            "0:0 1:1 2:2 3:3 -:4"
        );
        assert_eq!(paired(&[], &[7, 8], &[8]), "0:- 1:0");
        assert_eq!(paired(&[], &[], &[]), "");
    }
}
