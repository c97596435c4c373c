//! The tables as numbers and text, before they become source.

use super::bounds::at_most;
use super::error_kind::ErrorKind;
use super::pool::Pool;
use super::shared::date::Date;
use super::shared::packing::pack_pair;
use std::collections::BTreeMap;

/// All tables.
#[derive(Debug, Default)]
pub struct Tables {
    /// The date of the data.
    pub updated: Option<Date>,
    /// The digests of the registry and of the overlay, in hexadecimal digits.
    pub digests: [Option<String>; 2],
    /// Name and value.
    pub constants: Vec<(&'static str, u64)>,
    /// All tables of numbers.
    pub arrays: Vec<Array>,
    /// Name and text.
    pub texts: Vec<(&'static str, String)>,
}

/// A table of numbers.
#[derive(Debug)]
pub struct Array {
    pub name: &'static str,
    /// Numbers to a row, if the table has rows.
    pub row: Option<usize>,
    /// The least width of a number in bytes, so that its reader knows the type.
    pub least: u32,
    pub values: Vec<u64>,
}

impl Array {
    /// The width of a number in bytes: as few as the largest number needs, but at least `least`.
    pub fn width(&self) -> u32 {
        let largest = self.values.iter().max().copied().unwrap_or_default();
        (u64::BITS - largest.leading_zeros()).div_ceil(8).next_power_of_two().max(self.least)
    }
}

impl Tables {
    /// Adds a single number.
    pub fn constant(&mut self, name: &'static str, value: usize) {
        self.constants.push((name, value as u64));
    }

    /// Adds a table of numbers of `least` bytes or more.
    pub fn array(&mut self, name: &'static str, least: u32, values: impl IntoIterator<Item = usize>) {
        let values = values.into_iter().map(|value| value as u64).collect();
        self.arrays.push(Array { name, row: None, least, values });
    }

    /// Adds a table of rows, which may be empty.
    pub fn rows(&mut self, name: &'static str, least: u32, row: usize, rows: impl IntoIterator<Item = Vec<usize>>) {
        let values = rows.into_iter().flatten().map(|value| value as u64).collect();
        self.arrays.push(Array { name, row: Some(row), least, values });
    }

    /// Adds a column in which few rows have a value: a table of row and value, by row.
    pub fn sparse(&mut self, name: &'static str, least: u32, values: impl IntoIterator<Item = Option<usize>>) {
        let values = values.into_iter().enumerate();
        self.rows(name, least, 2, values.filter_map(|(row, value)| Some(vec![row, value?])));
    }

    /// Adds lists of numbers, one after another, and a table that says for each key where its list starts and ends. Equal
    /// lists are stored once. Each list comes with all its keys, because one copy of the list for each key would take too
    /// much memory.
    pub fn lists(
        &mut self,
        [keys, numbers]: [&'static str; 2],
        lists: impl IntoIterator<Item = (Vec<usize>, Vec<usize>)>,
    ) -> Result<(), ErrorKind> {
        let (mut starts, mut all) = (BTreeMap::new(), Vec::new());
        let mut rows = BTreeMap::new();
        for (keys, list) in lists {
            let len = list.len();
            let start = *starts.entry(list).or_insert_with_key(|list| {
                all.extend(list);
                all.len() - len
            });
            rows.extend(keys.into_iter().map(|key| (key, vec![key, start, start + len])));
        }
        at_most("numbers in lists", all.len(), u16::MAX.into())?;
        self.rows(keys, 2, 3, rows.into_values());
        self.array(numbers, 2, all);
        Ok(())
    }

    /// Adds a pool, how many bits a length takes, and the table that says where each string is in the pool.
    pub fn text<'s>(
        &mut self,
        [text, length_bits, table]: [&'static str; 3],
        strings: impl Iterator<Item = &'s str> + Clone,
    ) -> Result<(), ErrorKind> {
        let pool = Pool::of(strings.clone(), 0)?;
        self.pooled([text, length_bits, table], pool, strings);
        Ok(())
    }

    /// The same for an existing pool.
    pub fn pooled<'s>(
        &mut self,
        [text, length_bits, table]: [&'static str; 3],
        pool: Pool,
        strings: impl Iterator<Item = &'s str>,
    ) {
        let pool = self.add(pool, [text, length_bits]);
        let bits = pool.length_bits;
        self.array(table, 4, strings.map(|string| pack_pair(pool.offset(string), string.len(), bits)));
    }

    /// Adds a pool with a margin at both ends, and how many bits a length takes.
    pub fn pool<'s>(
        &mut self,
        [text, length_bits]: [&'static str; 2],
        strings: impl Iterator<Item = &'s str>,
        margin: usize,
    ) -> Result<Pool, ErrorKind> {
        Ok(self.add(Pool::of(strings, margin)?, [text, length_bits]))
    }

    /// Adds the text of a pool.
    fn add(&mut self, mut pool: Pool, [text, length_bits]: [&'static str; 2]) -> Pool {
        self.constant(length_bits, pool.length_bits as usize);
        self.texts.push((text, std::mem::take(&mut pool.text)));
        pool
    }
}
