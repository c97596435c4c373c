//! Code that the library shares with its build script: the library must read what the build writes.
//!
//! The generator compiles this folder too, so a file here refers to the others by `super::`, and to nothing else in the
//! crate. Some functions serve one side only: the build packs a value, and the library unpacks it. A constant assertion
//! next to such a pair checks that the two agree.

/// `Option::map` for constant expressions.
macro_rules! map {
    ($option:expr, |$some:pat_param| $value:expr) => {
        match $option {
            Some($some) => Some($value),
            None => None,
        }
    };
}

/// Implements `Display` for a value by its name, or by code that writes its parts, for which `pad` must be in scope. Width,
/// alignment and precision work as for a `str`.
macro_rules! display {
    ($type:ty, |$self:ident| $name:expr) => {
        impl core::fmt::Display for $type {
            fn fmt(&$self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad($name)
            }
        }
    };
    ($type:ty, |$self:ident, $f:ident| $write:expr) => {
        impl core::fmt::Display for $type {
            fn fmt(&$self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                pad(f, &|$f| $write)
            }
        }
    };
}

/// Implements `Error` for a type that displays what was found and what was expected.
macro_rules! error {
    ($type:ty, |$self:ident, $f:ident| $write:expr) => {
        impl core::fmt::Display for $type {
            fn fmt(&$self, $f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $write
            }
        }

        impl core::error::Error for $type {}
    };
}

/// Implements `From`.
macro_rules! from {
    ($to:ty, |$value:ident: $from:ty| $made:expr) => {
        impl From<$from> for $to {
            fn from($value: $from) -> Self {
                $made
            }
        }
    };
}

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
