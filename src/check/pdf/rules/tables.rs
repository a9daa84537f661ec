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
        for (what, hint) in parts(structure, element) {
            tell(Code::TableTags, what, hint);
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

/// What is wrong with the order and the number of a table's parts.
fn parts(structure: &Structure, table: &Element) -> Vec<(&'static str, &'static str)> {
    let roles: Vec<&str> = kids(table)
        .map(|kid| structure.elements[kid].role.as_str())
        .collect();
    let count = |role: &str| roles.iter().filter(|own| **own == role).count();
    let (heads, bodies, feet) = (count("THead"), count("TBody"), count("TFoot"));
    let last = roles.len().saturating_sub(1);
    let mut inner = roles.iter().enumerate();
    let is_within = inner.any(|(at, role)| *role == "Caption" && at != 0 && at != last);
    let all = [
        (
            heads > 1 || feet > 1,
            "has more than one head or foot",
            "tag one `THead` and one `TFoot` at most",
        ),
        (
            heads + feet > 0 && bodies == 0,
            "has a head or a foot, and no body",
            "tag its other rows as `TBody`",
        ),
        (
            count("Caption") > 1 || is_within,
            "has more than one caption, or one between its rows",
            "let one caption stand first or last",
        ),
    ];
    all.into_iter()
        .filter(|(holds, ..)| *holds)
        .map(|(_, what, hint)| (what, hint))
        .collect()
}

/// Header cells that do not say what they are the headers of, in tables whose cells do not say it either (7.5).
pub(super) fn unscoped(structure: &Structure) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, element) in structure.elements.iter().enumerate() {
        if element.role != "Table" {
            continue;
        }
        let cells: Vec<usize> = rows(structure, index).into_iter().flatten().collect();
        let role = |cell: &usize| structure.elements[*cell].role.as_str();
        let mut plain = cells.iter().filter(|cell| role(cell) == "TD");
        let all_told = plain.all(|cell| structure.elements[*cell].has_headers);
        if !all_told {
            let heads = cells.iter().filter(|cell| role(cell) == "TH");
            found.extend(heads.filter(|cell| !structure.elements[**cell].has_scope));
        }
    }
    found
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
