//! The tables as numbers and text, before they become source.

use super::pool::Pool;
use crate::generator::bounds::at_most;
use crate::generator::error_kind::ErrorKind;
use crate::generator::numbers::{Numbers, sorted};
use crate::generator::shared::date::Date;
use crate::generator::shared::packing::pack_pair;

/// All tables: numbers and texts with their names.
#[derive(Default)]
pub struct Tables {
    pub updated: Option<Date>,
    pub experts: String,
    /// The digests of the registry and of the overlay, in hexadecimal digits.
    pub digests: [Option<String>; 2],
    pub constants: Vec<(&'static str, u64)>,
    pub arrays: Vec<Array>,
    pub texts: Vec<(&'static str, String)>,
}

/// A table of numbers.
pub struct Array {
    pub name: &'static str,
    /// Numbers to a row, if the table has rows.
    pub row: Option<usize>,
    /// A column of its kind may have larger numbers in another registry, and its reader knows the type: so a number has
    /// at least this many bytes.
    pub least: u32,
    pub values: Vec<usize>,
}

impl Array {
    /// The bytes of a number: as few as the largest needs, but at least `least`.
    pub fn width(&self) -> u32 {
        let largest = self.values.iter().max().copied().unwrap_or_default();
        (usize::BITS - largest.leading_zeros()).div_ceil(8).next_power_of_two().max(self.least)
    }
}

/// A list of numbers, and the keys under which it is stored.
pub type Keyed = (Vec<usize>, Vec<usize>);

impl Tables {
    pub fn constant(&mut self, name: &'static str, value: usize) {
        self.constants.push((name, value as u64));
    }

    /// Adds a table of numbers.
    pub fn array(&mut self, name: &'static str, least: u32, values: Vec<usize>) {
        self.arrays.push(Array { name, row: None, least, values });
    }

    /// Adds a column: a table with the number of each row. The iterator is behind a pointer, or every user's build
    /// would compile the standard library's loops again for each column.
    pub fn column(&mut self, name: &'static str, least: u32, values: &mut dyn Iterator<Item = usize>) {
        self.array(name, least, values.collect());
    }

    /// Adds a table of rows, which may be empty.
    pub fn rows<const N: usize>(&mut self, name: &'static str, least: u32, rows: &mut dyn Iterator<Item = [usize; N]>) {
        let mut values = Vec::new();
        for row in rows {
            values.extend_from_slice(&row);
        }
        self.arrays.push(Array { name, row: Some(N), least, values });
    }

    /// Adds a column in which few rows have a value: a table of row and value, by row.
    pub fn sparse(&mut self, name: &'static str, least: u32, rows: usize, value: &dyn Fn(usize) -> Option<usize>) {
        self.rows(name, least, &mut (0..rows).filter_map(|row| Some([row, value(row)?])));
    }

    /// Adds lists of numbers, one after another, and a table that says for each key where its list starts and ends.
    /// Equal lists are stored once, in the order of their least keys. A list comes once with all its keys, to save
    /// memory.
    pub fn lists(&mut self, [keys, numbers]: [&'static str; 2], lists: &[Keyed]) -> Result<(), ErrorKind> {
        let least = |list: usize| lists[list].0.iter().min();
        let order = sorted(lists.len(), &|a, b| least(a).cmp(&least(b)));
        let lists: Vec<&Keyed> = order.into_iter().map(|list| &lists[list]).collect();
        let stored = Numbers::as_met(lists.len(), &|a, b| lists[a].1.cmp(&lists[b].1));
        let (mut starts, mut all) = (Vec::new(), Vec::new());
        for &list in &stored.firsts {
            starts.push(all.len());
            all.extend_from_slice(&lists[list].1);
        }
        at_most("numbers in lists", all.len(), u16::MAX.into())?;
        let mut keyed = Vec::new();
        for ((keys, list), &number) in lists.iter().zip(&stored.of) {
            for &key in keys {
                keyed.push([key, starts[number], starts[number] + list.len()]);
            }
        }
        keyed.sort_unstable();
        self.rows(keys, 2, &mut keyed.into_iter());
        self.array(numbers, 2, all);
        Ok(())
    }

    /// Adds a pool, how many bits a length takes, and the table that says where each string is in the pool.
    pub fn text(&mut self, [text, length_bits, table]: [&'static str; 3], strings: &[&str]) -> Result<(), ErrorKind> {
        let pool = self.pool([text, length_bits], strings, 0)?;
        let places = pool.offsets.iter().zip(strings);
        let mut places = places.map(|(&offset, string)| pack_pair(offset, string.len(), pool.length_bits));
        self.column(table, 4, &mut places);
        Ok(())
    }

    /// Adds a pool with a margin at both ends, and how many bits a length takes.
    pub fn pool(
        &mut self,
        [text, length_bits]: [&'static str; 2],
        strings: &[&str],
        margin: usize,
    ) -> Result<Pool, ErrorKind> {
        let mut pool = Pool::of(strings, margin)?;
        self.constant(length_bits, pool.length_bits as usize);
        self.texts.push((text, std::mem::take(&mut pool.text)));
        Ok(pool)
    }
}
