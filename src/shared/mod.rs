//! Code that the library shares with its build script: the library must read what the build writes.
//!
//! The generator compiles this folder too. So a file here refers to the others by `super::`, and to nothing else in
//! the crate.
//!
//! Some functions serve one side only: the build packs a value, and the library unpacks it. A constant assertion next
//! to such a pair checks that the two agree, each time that either side is compiled.

#[allow(dead_code, reason = "the generator has no use for it, but registry/changes may")]
pub mod column;
pub mod date;
pub mod excerpt;
pub mod flags;
pub mod hash;
pub mod id;
pub mod packing;
pub mod pad;
pub mod port_class;
pub mod port_range;
pub mod port_set;
pub mod proto;
pub mod service_name;
pub mod services_error;
pub mod services_file;
