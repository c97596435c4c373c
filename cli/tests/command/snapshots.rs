//! What commands print, as written down in tests/snapshots. `TRYCMD=overwrite` writes it down anew.

#[test]
fn commands_print_what_is_written_down() {
    if !crate::is_embedded() {
        return;
    }
    trycmd::TestCases::new().env("COLUMNS", "100").case("tests/snapshots/*.trycmd").run();
}
