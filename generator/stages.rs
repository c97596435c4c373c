//! The port index: a cell for every port and transport, in pages; equal pages are stored once.

use super::resolve::TRANSPORTS;
use std::collections::BTreeMap;

/// Cells in a page. From 16 to 128 all are equally fast; smaller pages make for a larger directory,
/// larger ones for fewer that are equal.
pub const PAGE: usize = 32;

/// A two-level table, perhaps without the empty pages at its end: `cells[directory[place / PAGE] + place % PAGE]`, where the place of a port on
/// a transport is `transport << 16 | port`.
#[derive(Debug)]
pub struct Pages {
    /// Where the cells of each page of places start.
    pub directory: Vec<usize>,
    /// The distinct pages, in the order in which the directory first names them.
    pub cells: Vec<usize>,
}

/// Pages a sparse table. A cell that `filled` does not name is 0.
pub fn pages(filled: &BTreeMap<(u16, usize), usize>) -> Pages {
    let mut places = vec![0; TRANSPORTS.len() << 16];
    for (&(port, transport), &cell) in filled {
        places[transport << 16 | usize::from(port)] = cell;
    }
    let mut starts: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut pages = Pages { directory: Vec::new(), cells: Vec::new() };
    for page in places.chunks(PAGE) {
        let start = *starts.entry(page).or_insert(pages.cells.len());
        if start == pages.cells.len() {
            pages.cells.extend(page);
        }
        pages.directory.push(start);
    }
    // What a filter leaves may be but the beginning. To find that out costs a lookup a comparison, so
    // less than half is not worth it.
    let empty = places.chunks(PAGE).rev().take_while(|page| page.iter().all(|&cell| cell == 0)).count();
    let used = pages.directory.len() - empty;
    if used <= pages.directory.len() / 2 {
        pages.directory.truncate(used);
    }
    pages
}
