//! Pooled text: every distinct string once in one long string, named by offset and length.

use std::collections::BTreeMap;

/// A column of text.
#[derive(Debug, Default)]
pub struct Pool {
    /// All distinct strings, one behind another.
    pub text: String,
    /// Where string number n ends. It begins where its predecessor ends.
    pub ends: Vec<usize>,
    numbers: BTreeMap<String, usize>,
}

impl Pool {
    /// The number of a string, which is added if it is new.
    pub fn number(&mut self, text: &str) -> usize {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.numbers.insert(text.to_owned(), self.ends.len() - 1);
        self.ends.len() - 1
    }
}
