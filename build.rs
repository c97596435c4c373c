//! The only I/O of the build: reads the registry, writes the tables.

#[path = "build/mod.rs"]
mod generator;

use generator::error::{BuildError, Problem};
use generator::{Columns, Generated, generate};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const EMBEDDED: &str = "registry/service-names-port-numbers.xml";

/// Names another registry to read instead, as an absolute path.
const REGISTRY_VARIABLE: &str = "IANA_PORTS_REGISTRY";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/hash.rs");
    println!("cargo::rerun-if-env-changed={REGISTRY_VARIABLE}");
    println!("cargo::rustc-check-cfg=cfg(const_str_split)");
    if rustc_minor().is_none_or(|minor| minor >= 86) {
        println!("cargo::rustc-cfg=const_str_split");
    }
    if let Err(error) = run() {
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), BuildError> {
    let path = registry_path()?;
    println!("cargo::rerun-if-changed={}", path.display());
    let file = path.display().to_string();
    let xml = fs::read(&path)
        .map_err(|error| BuildError::of_file(&file, Problem::Unreadable(error.to_string())))?;
    let is_on = |feature| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let columns = Columns {
        descriptions: is_on("DESCRIPTIONS"),
        metadata: is_on("METADATA"),
        contacts: is_on("CONTACTS"),
    };
    let Generated { source, unknown_elements } = generate(&file, &xml, columns)?;
    if !unknown_elements.is_empty() {
        println!("cargo::warning={file}: passed over unknown elements: {}", unknown_elements.join(", "));
    }
    let tables = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("tables.rs");
    fs::write(&tables, source).map_err(|error| {
        BuildError::of_file(&tables.display().to_string(), Problem::Unwritable(error.to_string()))
    })
}

fn registry_path() -> Result<PathBuf, BuildError> {
    let Some(path) = env::var_os(REGISTRY_VARIABLE) else {
        return Ok(PathBuf::from(EMBEDDED));
    };
    let path = PathBuf::from(path);
    if path.is_relative() {
        return Err(BuildError::of_file(&path.display().to_string(), Problem::RelativePath));
    }
    Ok(path)
}

/// 85 for Rust 1.85. Not known counts as new.
fn rustc_minor() -> Option<u32> {
    let version = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?.stdout;
    String::from_utf8(version).ok()?.split('.').nth(1)?.parse().ok()
}
