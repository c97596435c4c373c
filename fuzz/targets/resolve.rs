#![no_main]

#[path = "../../build/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod generator;
#[path = "../../tests/oracle/mod.rs"]
mod oracle;
#[path = "../../tests/properties/mod.rs"]
#[allow(dead_code, reason = "each target has its property")]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &str| properties::resolve(input));
