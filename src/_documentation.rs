//! Longer texts: what an answer means, what is compiled in, and recipes.

#[doc = include_str!("../docs/answers.md")]
pub mod answers {}

#[doc = include_str!("../docs/building.md")]
pub mod building {}

#[doc = include_str!("../docs/recipes.md")]
pub mod recipes {}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
