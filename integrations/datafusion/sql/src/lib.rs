//! The flows that the tests, the example and the cluster ask about, and the examples of the README, which are tests.
#![cfg_attr(doctest, doc = include_str!("../../README.md"))]

pub mod flows;
