//! Runs the command as a user does.

mod capture;
mod completion;
mod documents;
mod export;
#[cfg(unix)]
mod files;
mod lookup;
mod map;
mod packets;
mod snapshots;

use answers::skip;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The command, in the folder of the repository.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_iana-ports"));
    command.current_dir(repository());
    command
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in the repository").to_owned()
}

/// Exit status, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let outcome = assert_cmd::Command::from_std(command()).args(arguments).assert();
    let Output { status, stdout, stderr } = outcome.get_output().clone();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// True if the command was built from the repository's registry, without a filter or an overlay.
fn is_embedded() -> bool {
    let is_embedded = answers::is_embedded();
    if !is_embedded {
        skip("the expected results are those of the embedded registry");
    }
    is_embedded
}
