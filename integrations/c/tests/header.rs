//! Checks that the header is the one that cbindgen generates from the source.
//!
//! To write the header, run `UPDATE=1 cargo test` in this folder.

use std::path::Path;

#[test]
fn header_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).expect("the configuration can be read");
    let builder = cbindgen::Builder::new().with_src(folder.join("src/lib.rs"));
    let mut header = Vec::new();
    builder.with_config(config).generate().expect("the source can be read").write(&mut header);
    let header = String::from_utf8(header).expect("the source is text");
    // C89 has no comments to the end of a line, and no comma after the last value of an enumeration.
    let header = header.replace(",\n}", "\n}").replace("  // __cplusplus", "").replace(" // __cplusplus", "");
    let path = folder.join("iana_ports.h");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &header).expect("the header can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == header, "iana_ports.h is not what cbindgen writes: run `UPDATE=1 cargo test` in this folder");
}
