//! Which cells of a table head which others, where that does not follow from their scopes (PDF/UA-1, 7.5).
//!
//! In: the structure. Out: of tables whose heads cover several rows or columns, each cell with those that head it:
//! its columns' from the top, then its row's from the start.

use std::collections::BTreeMap;

use crate::typeset::structure::{Element, ElementId, Kid, Structure, Tag};

/// No table that people read has more columns; what claims to is left to its scopes.
const MOST_COLUMNS: usize = 500;
/// Nor has a cell more heads one above the other.
const MOST_HEADS: usize = 20;

/// By cell: those that head it. Heads themselves are all in it, with those above them.
pub fn headers(structure: &Structure) -> BTreeMap<u32, Vec<u32>> {
    let mut found = BTreeMap::new();
    for element in &structure.elements {
        if element.tag == Tag::Table {
            table(structure, element, &mut found);
        }
    }
    found
}

/// The elements in an element.
fn within<'a>(structure: &'a Structure, element: &'a Element) -> impl Iterator<Item = u32> + 'a {
    let kids = element.kids.iter().filter_map(|kid| match kid {
        Kid::Element(ElementId(id)) => Some(*id),
        Kid::Slot(_) => None,
    });
    kids.filter(|id| (*id as usize) < structure.elements.len())
}

fn table(structure: &Structure, table: &Element, found: &mut BTreeMap<u32, Vec<u32>>) {
    let at = |id: u32| &structure.elements[id as usize];
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for part in within(structure, table) {
        match at(part).tag {
            Tag::TableRow => rows.push(within(structure, at(part)).collect()),
            Tag::TableHead | Tag::TableBody => {
                let inner = within(structure, at(part)).filter(|id| at(*id).tag == Tag::TableRow);
                rows.extend(inner.map(|row| within(structure, at(row)).collect::<Vec<u32>>()));
            }
            _ => {}
        }
    }
    let is_odd = |id: &u32| matches!(at(*id).tag, Tag::TableHeader { columns, rows, .. } if columns > 1 || rows > 1);
    if !rows.iter().flatten().any(is_odd) {
        return;
    }
    let mut cells = BTreeMap::new();
    // By column: until which row a cell from above covers it; what heads it.
    let mut covered: Vec<usize> = Vec::new();
    let mut tops: Vec<Vec<u32>> = Vec::new();
    // What heads rows further down: until which row, and which cell.
    let mut sides: Vec<(usize, u32)> = Vec::new();
    for (row, ids) in rows.iter().enumerate() {
        sides.retain(|(until, _)| *until > row);
        let mut column = 0;
        // A head covers columns for those below it, not for those beside it.
        let mut heads = Vec::new();
        for id in ids {
            let (columns, deep, header) = match at(*id).tag {
                Tag::TableCell { columns, rows } => (columns, rows, None),
                Tag::TableHeader { row, columns, rows } => (columns, rows, Some(row)),
                _ => continue,
            };
            while covered.get(column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let end = column + (columns.max(1) as usize).min(MOST_COLUMNS);
            if end > MOST_COLUMNS {
                return;
            }
            if covered.len() < end {
                covered.resize(end, 0);
                tops.resize(end, Vec::new());
            }
            let until = row.saturating_add(deep.max(1) as usize);
            covered[column..end].fill(until);
            let mut above: Vec<u32> = Vec::new();
            for head in tops[column..end].iter().flatten() {
                if !above.contains(head) {
                    above.push(*head);
                }
            }
            if header != Some(false) {
                above.extend(sides.iter().map(|(_, head)| *head));
            }
            if above.len() > MOST_HEADS * (end - column) {
                return;
            }
            cells.insert(*id, above);
            match header {
                Some(false) => heads.push((column..end, *id)),
                Some(true) => sides.push((until, *id)),
                None => {}
            }
            column = end;
        }
        for (columns, id) in heads {
            tops[columns].iter_mut().for_each(|top| top.push(id));
        }
    }
    found.extend(cells);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell: `H` heads its columns, `R` its row; then how many columns and rows it covers.
    fn table(rows: &[&[(char, u32, u32)]]) -> Vec<Vec<u32>> {
        let mut structure = Structure::new(Tag::Table);
        let mut cells = Vec::new();
        for row in rows {
            let line = structure.open(ElementId(0), Element::new(Tag::TableRow));
            for &(kind, columns, rows) in *row {
                let tag = match kind {
                    'c' => Tag::TableCell { columns, rows },
                    kind => Tag::TableHeader {
                        row: kind == 'R',
                        columns,
                        rows,
                    },
                };
                cells.push(structure.open(line, Element::new(tag)));
            }
        }
        let number = |id: &u32| cells.iter().position(|cell| cell.0 == *id).unwrap() as u32;
        let found = headers(&structure);
        let of = |cell: &ElementId| found.get(&cell.0);
        cells
            .iter()
            .filter_map(of)
            .map(|heads| heads.iter().map(number).collect())
            .collect()
    }

    #[test]
    fn heads_over_several_columns_and_rows_are_named() {
        let found = table(&[
            &[('H', 1, 2), ('H', 2, 1)],
            &[('H', 1, 1), ('H', 1, 1)],
            &[('R', 1, 2), ('c', 1, 1), ('c', 1, 1)],
            &[('c', 2, 1)],
        ]);
        let wanted: [&[u32]; 8] = [
            &[],
            &[],
            &[1],
            &[1],
            &[0],
            &[1, 2, 4],
            &[1, 3, 4],
            &[1, 2, 3, 4],
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn plain_tables_are_left_to_their_scopes() {
        assert!(table(&[&[('H', 1, 1), ('H', 1, 1)], &[('R', 1, 1), ('c', 1, 1)]]).is_empty());
        // Wider than any: nothing is said, and nothing is reserved.
        assert!(table(&[&[('H', u32::MAX, u32::MAX)], &[('c', 1, 1)]]).is_empty());
    }
}
