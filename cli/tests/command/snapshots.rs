//! Compares the output of commands with tests/snapshots. To replace the snapshots, set `TRYCMD=overwrite`.

#[test]
fn commands_print_the_snapshots() {
    if !crate::is_embedded() {
        return;
    }
    trycmd::TestCases::new().env("COLUMNS", "100").case("tests/snapshots/*.trycmd").run();
}
