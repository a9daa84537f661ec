//! Tables as tags have them (ISO 14289-1, 7.5).

use super::super::document::{Document, Element, Kid, Structure};
use super::super::fault::Faults;
use super::meaning::{named, pages};
use crate::diag::Code;

/// Columns that are counted, at most.
const COLUMNS: usize = 1000;

/// Tells of tables whose cells a listener cannot tell apart.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let Some(structure) = &document.structure else {
        return;
    };
    let pages = pages(structure);
    for (index, element) in structure.elements.iter().enumerate() {
        if element.role != "Table" {
            continue;
        }
        let rows = rows(structure, index);
        let page = pages[index].map_or("", |page| document.label(page));
        let mut tell = |code: Code, what: &str, hint: &str| {
            faults.tell_on(page, code, format!("{} {what}", named(element, page)), hint);
        };
        let cells = |row: &Vec<usize>| {
            row.iter()
                .any(|cell| structure.elements[*cell].role == "TH")
        };
        // A row alone needs no headers.
        if rows.len() > 1 && !rows.iter().any(cells) {
            tell(
                Code::HeaderlessTable,
                "has no header cell",
                "tag its headers as `TH`",
            );
        }
        if !is_even(structure, &rows) {
            tell(
                Code::TableTags,
                "has rows of different lengths",
                "give each row as many cells, or say which span more than one",
            );
        }
        if let Some(odd) = stray(structure, element) {
            tell(
                Code::TableTags,
                &format!("holds `{odd}`, which is no part of a table"),
                "tag it as a cell, or outside the table",
            );
        }
    }
}

/// The cells of each row, whatever group the row is in.
fn rows(structure: &Structure, table: usize) -> Vec<Vec<usize>> {
    let mut rows = Vec::new();
    for part in kids(&structure.elements[table]) {
        let element = &structure.elements[part];
        match element.role.as_str() {
            "TR" => rows.push(cells(structure, element)),
            "THead" | "TBody" | "TFoot" => {
                let inner = kids(element).filter(|row| structure.elements[*row].role == "TR");
                rows.extend(inner.map(|row| cells(structure, &structure.elements[row])));
            }
            _ => {}
        }
    }
    rows
}

fn kids(element: &Element) -> impl Iterator<Item = usize> + '_ {
    element.kids.iter().filter_map(|kid| match kid {
        Kid::Element(kid) => Some(*kid),
        _ => None,
    })
}

fn cells(structure: &Structure, row: &Element) -> Vec<usize> {
    let is_cell = |cell: &usize| matches!(structure.elements[*cell].role.as_str(), "TH" | "TD");
    kids(row).filter(is_cell).collect()
}

/// What a table holds that is no part of one.
fn stray<'s>(structure: &'s Structure, table: &Element) -> Option<&'s str> {
    let found = kids(table).map(|kid| &structure.elements[kid]).find(|kid| {
        let role = kid.role.as_str();
        !role.is_empty()
            && !matches!(
                role,
                "TR" | "THead" | "TBody" | "TFoot" | "Caption" | "Artifact"
            )
    });
    found.map(|element| element.tag.as_str())
}

/// Whether all rows are equally long, spans counted.
fn is_even(structure: &Structure, rows: &[Vec<usize>]) -> bool {
    // For how many rows to come each column is taken by a cell above.
    let mut taken: Vec<u32> = Vec::new();
    let mut width = None;
    for row in rows {
        let mut column = 0;
        for cell in row {
            let [across, down] = structure.elements[*cell].spans;
            while taken.get(column).is_some_and(|left| *left > 0) {
                column += 1;
            }
            for _ in 0..across {
                if column >= COLUMNS {
                    return true;
                }
                if taken.len() <= column {
                    taken.resize(column + 1, 0);
                }
                taken[column] = taken[column].max(down);
                column += 1;
            }
        }
        let own = taken.iter().filter(|left| **left > 0).count();
        if *width.get_or_insert(own) != own {
            return false;
        }
        taken
            .iter_mut()
            .for_each(|left| *left = left.saturating_sub(1));
    }
    true
}
