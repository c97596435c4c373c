//! Runs the programs in examples/ as a user does.

use std::path::PathBuf;
use std::process::{Command, Output};

/// An example's program. `cargo test` builds the examples before it runs the tests, next to the folder
/// that these are in.
pub fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().and_then(|deps| deps.parent()).unwrap();
    let program = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "no {}: `cargo build --example {name}` first", program.display());
    program
}

/// A command that runs an example, by an emulator and its options if `RUNNER` names some.
pub fn command(name: &str) -> Command {
    let runner = std::env::var("RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let Some(emulator) = words.next() else { return Command::new(program(name)) };
    let mut command = Command::new(emulator);
    command.args(words).arg(program(name));
    command
}

/// Exit status, standard output, standard error.
pub fn run(name: &str, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command(name).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}
