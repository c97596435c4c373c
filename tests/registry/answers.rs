//! The tests of all answers, without the tests of public types and of facts about the embedded registry. The package
//! `answers`, which builds faster than the library's own tests, contains only these.

use answers as oracle;

mod exhaustive;
#[cfg(feature = "familiar")]
mod familiar;
mod invariants;
mod platform;
mod random;
mod search;
