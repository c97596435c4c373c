//! Runs the command as a user does.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The command, in the folder of the repository.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_iana-ports"));
    command.current_dir(repository());
    command
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in the repository").to_owned()
}

/// Exit status, standard output, standard error.
pub fn run(arguments: &[&str]) -> (i32, String, String) {
    let outcome = assert_cmd::Command::from_std(command()).args(arguments).assert();
    let Output { status, stdout, stderr } = outcome.get_output().clone();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Whether the command was built from the registry in the repository, all of it and nothing else.
pub fn is_embedded() -> bool {
    let variables = ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FILTER"];
    let is_embedded = variables.iter().all(|variable| std::env::var_os(variable).is_none());
    if !is_embedded {
        skip("what is expected is of the embedded registry");
    }
    is_embedded
}

/// Says that a test is skipped, past the test runner, which keeps what passing tests print.
pub fn skip(why: &str) {
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written to");
}
