//! The generated tables. Only `lookup` reads them.

#![allow(clippy::unreadable_literal, reason = "generated numbers are not for reading")]

use crate::lookup::ServiceId;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
