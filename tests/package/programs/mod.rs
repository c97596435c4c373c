//! Builds small programs that depend on the crate, with the release profile, as a user would. This code writes their
//! manifests, because a package leaves out any folder that contains one.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

const MANIFEST: &str = r#"
[[bin]]
name = {name}
path = {main}

[features]
with = ["dep:iana-ports"]
search = ["with"]
descriptions = ["with", "iana-ports/descriptions"]
metadata = ["with", "iana-ports/metadata"]
contacts = ["with", "iana-ports/contacts"]
familiar = ["with", "iana-ports/familiar"]
serde = ["with", "iana-ports/serde", "dep:serde"]
json = ["serde", "dep:serde_json"]
full = ["descriptions", "metadata", "contacts", "familiar", "json"]

[dependencies]
iana-ports = { path = {crate}, default-features = false, optional = true }
serde = { version = "1", default-features = false, optional = true }
serde_json = { version = "1", optional = true }

[workspace]
"#;

/// A program whose source is `NAME.rs` in this folder.
pub struct Program {
    pub name: &'static str,
    /// The features: `with`, which adds the crate, `search`, and features of the crate.
    pub features: &'static [&'static str],
    /// The lines of `[profile.release]`.
    pub profile: &'static str,
    /// The environment variables of the build.
    pub variables: Vec<(&'static str, String)>,
}

impl Program {
    /// Builds the program and returns its path. The dependencies are already downloaded, so the build needs no network.
    pub fn build(&self) -> PathBuf {
        self.build_with_tables().0
    }

    /// Like `build`, but also returns the source of the tables in the program.
    pub fn build_with_tables(&self) -> (PathBuf, String) {
        // Several tests may build the same program at the same time.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let profile = if self.profile.contains("lto") { "lto" } else { "plain" };
        let variables = if self.variables.is_empty() { "" } else { "set" };
        let variant = [&[self.name], self.features, &[profile, variables]].concat().join("-");
        let programs = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
        let (package, target) = (programs.join(&variant), programs.join("target"));
        std::fs::create_dir_all(&package).unwrap();
        let quoted = |path: &Path| format!("{:?}", path.to_str().unwrap());
        let mut manifest = MANIFEST
            .replace("{name}", &format!("{variant:?}"))
            .replace("{main}", &quoted(&home.join("tests/package/programs").join(self.name).with_extension("rs")))
            .replace("{crate}", &quoted(home));
        write!(manifest, "[package]\nname = {variant:?}\nedition = \"2024\"\n").unwrap();
        write!(manifest, "[profile.release]\n{}", self.profile).unwrap();
        std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
        std::fs::copy(home.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();

        let build = Command::new(env!("CARGO"))
            .args(["build", "--release", "--offline", "--message-format", "json"])
            .args(["--features", &self.features.join(","), "--target-dir"])
            .arg(&target) // the same for all, so that dependencies are built once
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env_remove("RUSTFLAGS")
            .current_dir(&package)
            .output()
            .unwrap();
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        let messages = String::from_utf8(build.stdout).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut messages = messages.filter(|message| message["package_id"].to_string().contains("iana-ports"));
        let folder = messages.find_map(|message| Some(message["out_dir"].as_str()?.to_owned()));
        let read = |folder: String| std::fs::read_to_string(Path::new(&folder).join("tables.rs")).unwrap();
        (target.join("release").join(variant), folder.map(read).unwrap_or_default())
    }
}
