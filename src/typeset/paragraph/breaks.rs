//! Where lines end: total fit, after Knuth and Plass, "Breaking Paragraphs into Lines" (1981).
//!
//! In: the [`Stops`] of a paragraph, a [`Measure`], [`Params`]. Out: [`Breaks`]: the cheapest way to set it in each number
//! of lines near the best. One pass from the first stop to the last keeps, for each stop, the cheapest way to get there
//! with so many lines, the last line of such a class and so many hyphens in a row ([`Node`]). A node is dropped where
//! another of the same number of lines can do all it can for less. Where a paragraph cannot be set so (a word wider than
//! the measure), a second pass lets lines be as loose as they must and single words stick out.

use std::ops::Range;

use super::Measure;
use super::demerits::{Judgement, Mode, Params};
use super::fit::{Fit, fill};
use super::stops::{Stop, StopKind, Stops, Sums};

/// The ways to set a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breaks {
    /// In growing numbers of lines, from one fewer than the best to two more, as far as that is possible; only the best
    /// where lines are not justified.
    pub settings: Vec<Broken>,
    /// Which of them is the cheapest.
    pub best: usize,
    /// There was no way without a line that is too loose or too long.
    pub in_need: bool,
}

/// One way to set a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Broken {
    /// What it costs.
    pub demerits: f64,
    /// Its lines.
    pub lines: Vec<Fitted>,
    /// Its last line is but a short word, and the best setting's is not.
    pub runt: bool,
}

/// A line between two stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The stop at its end.
    pub stop: u32,
    /// How it fills the measure.
    pub fit: Fit,
    /// It has spaces that give.
    pub spaces: bool,
}

/// A way to get to a stop.
#[derive(Clone, Copy, Debug)]
struct Node {
    demerits: f64,
    /// The node before, by its place in the list of all.
    from: u32,
    stop: u32,
    line: u32,
    class: u8,
    hyphens: u8,
}

/// A line that is tried.
struct Line<'a> {
    from: &'a Stop,
    to: &'a Stop,
    /// The place of `to` among the stops.
    at: usize,
    /// There is no stop between: it cannot be made shorter.
    single: bool,
    /// In the second pass.
    desperate: bool,
}

/// Breaks paragraphs; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Breaker {
    nodes: Vec<Node>,
    /// The nodes of each stop: from here to the next stop's; the paragraph's start is the first.
    heads: Vec<u32>,
    pool: Vec<Node>,
}

/// Ways with so many lines fewer or more than the cheapest, halfway, are followed: one more than settings are asked for.
const FEWER: u32 = 2;
const MORE: u32 = 3;

/// What a word costs that sticks out: more than any paragraph without.
const OVERFULL: f64 = 1e12;

impl Breaker {
    /// Finds the ways to set a paragraph: none for a paragraph without stops.
    pub fn break_lines(&mut self, stops: &Stops, measure: &Measure, params: &Params) -> Breaks {
        let in_need = !self.run(stops, measure, params, false);
        if in_need && !self.run(stops, measure, params, true) {
            return Breaks::default();
        }
        Breaks {
            in_need,
            ..self.collect(stops, measure, params)
        }
    }

    /// One pass; whether the last stop was reached.
    fn run(&mut self, stops: &Stops, measure: &Measure, params: &Params, desperate: bool) -> bool {
        let list = &stops.list;
        self.nodes.clear();
        self.heads.clear();
        let start = Stop {
            before: Sums::default(),
            after: Sums::default(),
            end: 0,
            start: stops.start,
            cost: 0.0,
            kind: StopKind::Space,
            place: super::stops::Place::default(),
        };
        self.nodes.push(Node {
            demerits: 0.0,
            from: u32::MAX,
            stop: u32::MAX,
            line: 0,
            class: 1,
            hyphens: 0,
        });
        self.heads.extend([0, 1]);
        let widest = measure.widest();
        // The first stop from which a line can still reach the one at hand; 0 is the paragraph's start.
        let mut open = 0;
        for (at, to) in list.iter().enumerate() {
            self.pool.clear();
            if !desperate {
                open = self.close(open, at, list, &start, widest);
            }
            for origin in open..=at {
                let (first, last) = (self.heads[origin] as usize, self.heads[origin + 1] as usize);
                if first == last {
                    continue;
                }
                let from = if origin == 0 {
                    &start
                } else {
                    &list[origin - 1]
                };
                let line = Line {
                    from,
                    to,
                    at,
                    single: origin == at,
                    desperate,
                };
                // Later starts only make looser lines.
                if self.extend(first..last, &line, measure, params) {
                    break;
                }
            }
            // Then, what is too long by one stop has been tried once: it may be a word that sticks out.
            if desperate {
                open = self.close(open, at, list, &start, widest);
            }
            if to.kind == StopKind::End {
                open = at + 1;
            }
            self.settle(params);
        }
        let count = list.len();
        count > 0 && self.heads[count] < self.heads[count + 1]
    }

    /// The first stop, from `open` on, from which a line can still reach the stop at hand. What was once too long stays
    /// so.
    fn close(&self, mut open: usize, at: usize, list: &[Stop], start: &Stop, widest: i64) -> usize {
        while open < at {
            let from = if open == 0 { start } else { &list[open - 1] };
            let line = list[at].before - from.after;
            // What hangs out may bring it back by a little.
            let least = line.width - line.shrink - line.flex - widest / 32;
            let empty = self.heads[open] == self.heads[open + 1];
            if least <= widest && !empty {
                break;
            }
            open += 1;
        }
        open
    }

    /// Adds to the pool the ways that go on from some nodes by a line; whether that line is too short to be worth a
    /// further try.
    fn extend(
        &mut self,
        origin: Range<usize>,
        line: &Line<'_>,
        measure: &Measure,
        params: &Params,
    ) -> bool {
        let (from, to) = (line.from, line.to);
        let content = to.before - from.after;
        let width = content.width + from.start + to.end;
        let ends = to.kind == StopKind::End;
        let (hyphenated, from_hyphen) = (to.kind.hyphenated(), from.kind.hyphenated());
        let mut judged = Judgement::default();
        let mut cost = 0.0;
        let mut fitted_for = i64::MIN;
        let mut fits = false;
        let mut short = true;
        for index in origin {
            let node = self.nodes[index];
            let room = measure.room(node.line);
            if room != fitted_for {
                fitted_for = room;
                let fit = fill(content, width, room, ends, params.mode);
                judged = params.judge(&fit, content, room - width, ends);
                cost = judged.cost + to.cost;
                fits = true;
                if fit.excess > 0 {
                    fits = line.desperate && line.single;
                    cost += OVERFULL * (1.0 + fit.excess as f64 / room.max(1) as f64);
                } else if judged.too_loose && !line.desperate && !ends {
                    fits = false;
                }
                short &= !fits && fit.excess == 0;
                if ends && node.line > 0 {
                    cost += params.last_line(content.width, from_hyphen);
                }
            }
            let hyphens = if hyphenated { node.hyphens + 1 } else { 0 };
            if !fits || (hyphens > params.ladder && !line.desperate) {
                continue;
            }
            let (class, step) = params.follow(node.class, judged.class, node.line == 0);
            let mut demerits = node.demerits + cost + step;
            if hyphens > 1 {
                demerits += params.double_hyphen;
            }
            let new = Node {
                demerits,
                from: index as u32,
                stop: line.at as u32,
                line: node.line + 1,
                class,
                hyphens: hyphens.min(params.ladder),
            };
            let key = |n: &Node| (n.line, n.class, n.hyphens);
            match self.pool.iter_mut().find(|old| key(old) == key(&new)) {
                Some(old) if new.demerits < old.demerits => *old = new,
                Some(_) => {}
                None => self.pool.push(new),
            }
        }
        short
    }

    /// Makes the pool's ways nodes, but for those that another can do without, and for those whose number of lines is
    /// so far from the cheapest way's that no setting asked for will be one of theirs.
    fn settle(&mut self, params: &Params) {
        let cheapest = self
            .pool
            .iter()
            .min_by(|a, b| a.demerits.total_cmp(&b.demerits));
        let near = cheapest.map_or(0..=0, |node| {
            let (fewer, more) = (params.looseness.min(0), params.looseness.max(0));
            let (fewer, more) = (fewer.unsigned_abs().into(), more.unsigned_abs().into());
            node.line.saturating_sub(FEWER.max(fewer))..=node.line + MORE.max(more)
        });
        for new in &self.pool {
            // Whatever follows, the other can follow too: at most at the price of a contrast or two.
            let beaten = self.pool.iter().any(|other| {
                other.line == new.line
                    && other.hyphens <= new.hyphens
                    && other.demerits + params.most_apart() < new.demerits
            });
            if !beaten && near.contains(&new.line) {
                self.nodes.push(*new);
            }
        }
        self.heads.push(self.nodes.len() as u32);
    }

    fn collect(&self, stops: &Stops, measure: &Measure, params: &Params) -> Breaks {
        let count = self.heads.len();
        let last = &self.nodes[self.heads[count - 2] as usize..self.heads[count - 1] as usize];
        let cheapest = |line: u32| {
            last.iter()
                .filter(|node| node.line == line)
                .min_by(|a, b| a.demerits.total_cmp(&b.demerits))
        };
        let best = match params.mode {
            Mode::Balanced(_) => last.iter().map(|node| node.line).min(),
            _ => last
                .iter()
                .min_by(|a, b| a.demerits.total_cmp(&b.demerits))
                .map(|node| node.line),
        };
        let Some(best) = best.map(|best| loosened(best, last, params.looseness)) else {
            return Breaks::default();
        };
        let mut breaks = Breaks::default();
        // Where one edge is free, another number of lines shows: a page is not filled by it.
        let near = match params.mode {
            Mode::Justified => best.saturating_sub(1)..=best + 2,
            Mode::Ragged(_) | Mode::Balanced(_) => best..=best,
        };
        let mut limit = params.loosest_choice;
        let shortest = cheapest(best).map_or(0, |node| self.last_width(node, stops));
        for line in near {
            let Some(node) = cheapest(line) else {
                continue;
            };
            let width = self.last_width(node, stops);
            let setting = Broken {
                runt: line > 1 && params.is_runt(width) && width < shortest,
                ..self.trace(node, stops, measure, params)
            };
            let ratios = setting.lines.iter().map(|line| line.fit.ratio);
            let worst = ratios.fold(0.0, f64::max);
            if line == best {
                breaks.best = breaks.settings.len();
                limit = limit.max(worst);
            }
            if line <= best || worst <= limit {
                breaks.settings.push(setting);
            }
        }
        breaks
    }

    /// How wide the words of the line are that leads to a node.
    fn last_width(&self, node: &Node, stops: &Stops) -> i64 {
        let before = self.nodes.get(node.from as usize);
        let from = before.and_then(|before| stops.list.get(before.stop as usize));
        let to = stops.get(node.stop).before.width;
        to - from.map_or(0, |from| from.after.width)
    }

    /// The lines that lead to a node.
    fn trace(&self, last: &Node, stops: &Stops, measure: &Measure, params: &Params) -> Broken {
        let mut lines = Vec::with_capacity(last.line as usize);
        let mut node = last;
        while let Some(before) = self.nodes.get(node.from as usize) {
            let to = stops.get(node.stop);
            let (from, start) = match stops.list.get(before.stop as usize) {
                Some(from) => (from.after, from.start),
                None => (Sums::default(), stops.start),
            };
            let content = to.before - from;
            let width = content.width + start + to.end;
            let ends = to.kind == StopKind::End;
            lines.push(Fitted {
                stop: node.stop,
                fit: fill(content, width, measure.room(before.line), ends, params.mode),
                spaces: content.stretch > 0,
            });
            node = before;
        }
        lines.reverse();
        Broken {
            demerits: last.demerits,
            lines,
            runt: false,
        }
    }
}

/// The number of lines that an author wished for, or the nearest to it that can be had.
fn loosened(best: u32, last: &[Node], looseness: i8) -> u32 {
    let wanted = best.saturating_add_signed(looseness.into());
    let between = best.min(wanted)..=best.max(wanted);
    let counts = last.iter().map(|node| node.line);
    counts
        .filter(|line| between.contains(line))
        .min_by_key(|line| line.abs_diff(wanted))
        .unwrap_or(best)
}

impl StopKind {
    /// A line that ends so ends in a hyphen.
    pub fn hyphenated(self) -> bool {
        matches!(self, StopKind::Joint(joint) if joint.ends_in_hyphen())
    }
}

#[cfg(test)]
#[path = "breaks_tests.rs"]
mod tests;
