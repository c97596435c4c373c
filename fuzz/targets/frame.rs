#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| iana_ports_fuzz::capture::frame(input));
