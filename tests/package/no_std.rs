//! Proves `no_std`: a program without std that calls the interface links, and its answers are right.

use crate::oracle;
use crate::programs::Program;
use std::process::Command;

#[test]
fn a_program_without_std_links_and_answers() {
    if !oracle::is_embedded() {
        oracle::skip("the answers are those of the embedded registry");
        return;
    }
    if !oracle::has_cargo() {
        return;
    }
    let program = Program {
        name: "no_std",
        features: &["descriptions", "metadata", "contacts", "serde"],
        // A program without std cannot unwind. Link-time optimization drops the code that core keeps for it.
        profile: "panic = \"abort\"\nlto = true\n",
        variables: vec![("EXPECTED_DATE", oracle::Oracle::load().updated)],
    };
    let program = program.build();
    let run = Command::new(&program).status().unwrap();
    assert!(run.success(), "{}: {run}", program.display());
}
