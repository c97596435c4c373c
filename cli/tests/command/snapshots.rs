//! Compares the output of commands with tests/snapshots. `TRYCMD=overwrite` replaces the snapshots.

#[test]
fn commands_print_what_is_written_down() {
    if !crate::is_embedded() {
        return;
    }
    trycmd::TestCases::new().env("COLUMNS", "100").case("tests/snapshots/*.trycmd").run();
}
