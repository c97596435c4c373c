//! The tests of every answer, without those of public types and of facts about the embedded registry. They are the tests
//! of the package `answers`, which builds more quickly than the library's own.

use answers as oracle;

mod exhaustive;
#[cfg(feature = "familiar")]
mod familiar;
mod invariants;
mod platform;
mod random;
mod search;
