//! The only I/O of the build: reads the registry, writes the tables.

#[path = "generator/mod.rs"]
mod generator;

use generator::error::{BuildError, FileKind};
use generator::error_kind::ErrorKind;
use generator::filter::Filter;
use generator::shared::hash::Words;
use generator::{Columns, File, Generated, Input, generate};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The embedded registry, in the folder of the crate. The build script may run in another folder.
const EMBEDDED: &str = "registry/service-names-port-numbers.xml";

/// The file of names and ports in everyday use, and the word that selects it as the overlay.
const FAMILIAR: &str = "registry/familiar.services";
const FAMILIAR_WORD: &str = "familiar";

/// The absolute path of another registry.
const REGISTRY_VARIABLE: &str = "IANA_PORTS_REGISTRY";

/// The absolute path of a file whose rows come before the registry's.
const OVERLAY_VARIABLE: &str = "IANA_PORTS_OVERLAY";

/// The absolute path of another file of names and ports in everyday use.
const FAMILIAR_VARIABLE: &str = "IANA_PORTS_FAMILIAR";

/// The transports and ports to compile in.
const FILTER_VARIABLE: &str = "IANA_PORTS_FILTER";

/// The most unknown elements that a warning names.
const MAX_UNKNOWN: usize = 20;

fn main() {
    for source in ["build.rs", "generator", "src/shared"] {
        println!("cargo::rerun-if-changed={source}");
    }
    for variable in [REGISTRY_VARIABLE, OVERLAY_VARIABLE, FAMILIAR_VARIABLE, FILTER_VARIABLE] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    println!("cargo::rustc-check-cfg=cfg(const_str_split, embedded_registry)");
    if rustc_minor().is_none_or(|minor| minor >= 86) {
        println!("cargo::rustc-cfg=const_str_split");
    }
    if let Err(error) = run() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
        std::process::exit(1);
    }
}

fn run() -> Result<(), BuildError> {
    let (registry, kind) = match path(REGISTRY_VARIABLE)? {
        Some(path) => (path, FileKind::Named),
        None => (home().join(EMBEDDED), FileKind::Embedded),
    };
    if kind == FileKind::Embedded {
        println!("cargo::rustc-cfg=embedded_registry");
    }
    let familiar = path(FAMILIAR_VARIABLE)?.unwrap_or_else(|| home().join(FAMILIAR));
    let overlay = match value(OVERLAY_VARIABLE) {
        Some(word) if word == FAMILIAR_WORD => Some(familiar.clone()),
        _ => path(OVERLAY_VARIABLE)?,
    };
    let (registry_name, overlay_name) =
        (registry.display().to_string(), overlay.as_ref().map(|p| p.display().to_string()));
    let registry = read(&registry, REGISTRY_VARIABLE)?;
    let familiar_name = familiar.display().to_string();
    let familiar = read(&familiar, FAMILIAR_VARIABLE)?;
    let overlay = overlay.map(|path| read(&path, OVERLAY_VARIABLE)).transpose()?;
    let is_on = |feature| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let columns = Columns {
        descriptions: is_on("DESCRIPTIONS"),
        metadata: is_on("METADATA"),
        contacts: is_on("CONTACTS"),
        familiar: is_on("FAMILIAR"),
    };
    let overlay = overlay_name.as_deref().zip(overlay.as_deref());
    let Generated { source, unknown_elements, warnings } = generate(Input {
        registry: File { name: &registry_name, kind, content: &registry },
        overlay: overlay.map(|(name, content)| File { name, kind: FileKind::Overlay, content }),
        familiar: Some(File { name: &familiar_name, kind: FileKind::Services, content: &familiar }),
        columns,
        filter: &filter()?,
        words: words(),
    })?;
    for warning in warnings {
        println!("cargo::warning={warning}");
    }
    for (file, elements) in unknown_elements {
        let (named, more) = elements.split_at(elements.len().min(MAX_UNKNOWN));
        if !named.is_empty() {
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            println!("cargo::warning={file}: passed over unknown elements: {}{more}", named.join(", "));
        }
    }
    let unwritable = |file: &str, why: String| BuildError::of_file(file, ErrorKind::Unwritable(why));
    let folder = env::var_os("OUT_DIR").ok_or_else(|| unwritable("tables.rs", "no OUT_DIR".to_owned()))?;
    let file = Path::new(&folder).join("tables.rs");
    fs::write(&file, source).map_err(|error| unwritable(&file.display().to_string(), error.to_string()))
}

/// The folder of the crate.
fn home() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from)
}

/// The value of a variable. An empty variable counts as unset, because some systems cannot unset one.
fn value(variable: &str) -> Option<OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}

/// The path in a variable, if it is set.
fn path(variable: &'static str) -> Result<Option<PathBuf>, BuildError> {
    match value(variable).map(PathBuf::from) {
        Some(path) if path.is_relative() => {
            Err(BuildError::of_file(&path.display().to_string(), ErrorKind::RelativePath(variable)))
        }
        path => Ok(path),
    }
}

fn read(path: &Path, variable: &'static str) -> Result<Vec<u8>, BuildError> {
    println!("cargo::rerun-if-changed={}", path.display());
    generator::read_file(path).map_err(|error| {
        let kind = ErrorKind::Unreadable { found: error.to_string(), variable };
        BuildError::of_file(&path.display().to_string(), kind)
    })
}

fn filter() -> Result<Filter, BuildError> {
    let Some(filter) = value(FILTER_VARIABLE) else { return Ok(Filter::default()) };
    Filter::parse(&filter.to_string_lossy()).map_err(|kind| BuildError::of_file(FILTER_VARIABLE, kind))
}

/// The words of the target.
fn words() -> Words {
    let width = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").ok().and_then(|width| width.parse().ok());
    width.map_or(Words::NATIVE, Words::of)
}

/// 85 for Rust 1.85; `None` if it is unknown, which counts as new.
fn rustc_minor() -> Option<u32> {
    let version = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?.stdout;
    String::from_utf8(version).ok()?.split('.').nth(1)?.parse().ok()
}
