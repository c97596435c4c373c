//! The port index: a cell for every port and transport, in pages; equal pages are stored once.

use super::resolve::TRANSPORTS;
use std::collections::BTreeMap;

/// Cells in a page. Smaller pages cost a miss in the cache more often, larger ones more bytes.
pub const PAGE: usize = 64;

/// A two-level table: `cells[directory[transport][port / PAGE]][port % PAGE]`.
#[derive(Debug)]
pub struct Pages {
    /// For each transport and each page of its ports the number of the stored page.
    pub directory: Vec<Vec<usize>>,
    /// The distinct pages, in the order in which the directory first names them.
    pub cells: Vec<Vec<usize>>,
}

/// Pages a sparse table. A cell that `filled` does not name is 0.
pub fn pages(filled: &BTreeMap<(u16, usize), usize>) -> Pages {
    let mut flat = vec![vec![0; 1 << 16]; TRANSPORTS.len()];
    for (&(port, transport), &cell) in filled {
        flat[transport][usize::from(port)] = cell;
    }
    let mut numbers: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut cells = Vec::new();
    let mut number = |page| {
        *numbers.entry(page).or_insert_with(|| {
            cells.push(page.to_vec());
            cells.len() - 1
        })
    };
    let directory = flat.iter().map(|cells| cells.chunks(PAGE).map(&mut number).collect()).collect();
    Pages { directory, cells }
}
