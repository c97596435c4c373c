//! Lists of ids, and how sorted tables are searched.

/// Either one id, or ids from a table; never both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    one: Option<u16>,
    several: &'static [u16],
}

impl Ids {
    pub(crate) const fn one(id: u16) -> Self {
        Self { one: Some(id), several: &[] }
    }

    pub(crate) const fn several(ids: &'static [u16]) -> Self {
        Self { one: None, several: ids }
    }

    /// [`clone`](Clone::clone), for constant expressions.
    pub(crate) const fn copy(&self) -> Self {
        Self { one: self.one, several: self.several }
    }

    /// [`next`](Iterator::next), for constant expressions.
    #[inline]
    pub(crate) const fn pop(&mut self) -> Option<u16> {
        if let Some(id) = self.one.take() {
            return Some(id);
        }
        let [first, rest @ ..] = self.several else { return None };
        self.several = rest;
        Some(*first)
    }
}

impl Iterator for Ids {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        self.pop()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.one.is_some()) + self.several.len();
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Ids {
    #[inline]
    fn next_back(&mut self) -> Option<u16> {
        if let Some(id) = self.one.take() {
            return Some(id);
        }
        let [rest @ .., last] = self.several else { return None };
        self.several = rest;
        Some(*last)
    }
}

/// The row that begins with this key, in a table that is sorted by its keys. Only the number of steps branches.
#[inline(never)]
pub(crate) const fn find<const N: usize>(rows: &[[u16; N]], key: usize) -> Option<[u16; N]> {
    let (mut below, mut left) = (0, rows.len());
    while left > 0 {
        let half = left.div_ceil(2);
        let last = below + half - 1;
        if last >= rows.len() {
            break;
        }
        // Borrows from the upper half if the row is before the key. Of a comparison, the compiler would make a branch.
        below += half & ((rows[last][0] as u32).wrapping_sub(key as u32) >> 16) as usize;
        left -= half;
    }
    if below < rows.len() && rows[below][0] as usize == key { Some(rows[below]) } else { None }
}

/// The list of a key: `keys` has key, start and end, sorted by key. Empty if the key is not there.
#[inline(never)]
pub(crate) const fn list(key: usize, keys: &[[u16; 3]], ids: &'static [u16]) -> &'static [u16] {
    let Some([_, start, end]) = find(keys, key) else { return &[] };
    if let Some((to_end, _)) = ids.split_at_checked(end as usize) {
        if let Some((_, list)) = to_end.split_at_checked(start as usize) {
            return list;
        }
    }
    &[]
}

/// The value of a row in a sparse column, which is a table of row and value, sorted by row.
pub(crate) const fn sparse(column: &[[u16; 2]], row: usize) -> Option<u16> {
    map!(find(column, row), |[_, value]| value)
}
