//! build.rs itself: what a user sees whose registry cannot be used.

use std::path::Path;
use std::process::Command;

/// Builds the crate from the registry at this path and gives what cargo says, which must be an error.
fn refusal(registry: &str) -> String {
    let build = Command::new(env!("CARGO"))
        .args(["build", "--lib", "--offline", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script"))
        .env("IANA_PORTS_REGISTRY", registry)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(!build.status.success(), "{registry} was built from");
    let said = String::from_utf8_lossy(&build.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn a_registry_that_is_not_there() {
    let said = refusal("/no/such/registry.xml");
    let expected = "/no/such/registry.xml: cannot be read (No such file or directory (os error 2)); expected a file in \
                    the form of IANA's service-names-port-numbers.xml; put the file there, or correct IANA_PORTS_REGISTRY if it is set";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_relative_path() {
    let said = refusal("registry/other.xml");
    let expected = "registry/other.xml: IANA_PORTS_REGISTRY is a relative path, and a build script runs in a folder \
                    of cargo's choosing; expected an absolute path; in .cargo/config.toml, `relative = true` makes it one";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_file_that_is_no_registry() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let said = refusal(readme);
    assert!(
        said.contains(&format!("{readme}:1:1: not well-formed XML: text outside the root element;")),
        "{said}"
    );
}
