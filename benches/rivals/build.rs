//! Writes the source that people write by hand or with a macro: phf maps of literals, and a `match`.

use iana_ports::{Proto, lookup_port, services};
use std::fmt::Write;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let (mut ports, mut names, mut arms) = (phf_codegen::Map::new(), phf_codegen::Map::new(), String::new());
    for proto in Proto::ALL {
        for port in 0..=u16::MAX {
            if let Some(record) = lookup_port(port, proto) {
                let key = u32::from(port) | (proto as u32) << 16;
                ports.entry(key, format!("{:?}", record.name()));
                writeln!(arms, "{key} => {:?},", record.name()).unwrap();
            }
        }
    }
    let folded: Vec<String> = services().map(|service| service.name().to_ascii_lowercase()).collect();
    for (number, name) in folded.iter().enumerate() {
        names.entry(name.as_str(), format!("{number}"));
    }
    let source = format!(
        "pub static PORTS: phf::Map<u32, &str> = {};\n\
         pub static NAMES: phf::Map<&str, u16> = {};\n\
         pub fn name_by_match(key: u32) -> Option<&'static str> {{ Some(match key {{ {arms} _ => return None }}) }}\n",
        ports.build(),
        names.build()
    );
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(format!("{out}/literals.rs"), source).unwrap();
}
