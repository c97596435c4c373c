//! Nothing but the examples of the README, which are tests.
#![cfg_attr(doctest, doc = include_str!("../../README.md"))]
