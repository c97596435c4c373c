//! The flows for the tests, the example and the cluster. The examples in the README run as tests of this crate.
#![cfg_attr(doctest, doc = include_str!("../../README.md"))]

pub mod flows;
