#![no_main]

libfuzzer_sys::fuzz_target!(|input: &str| iana_ports_fuzz::properties::services(input));
