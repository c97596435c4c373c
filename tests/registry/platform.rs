//! Prints and checks the properties of the machine that runs the tests, as the program itself sees them.

use std::io::Write;

#[test]
fn the_machine_is_the_expected_one() {
    let order = if u16::from_ne_bytes([0, 1]) == 1 { "big" } else { "little" };
    let width = usize::BITS;
    let found = format!("{order}-endian, {width}-bit pointers");
    // This bypasses the test runner, which hides the output of passing tests.
    writeln!(std::io::stderr(), "{found}").unwrap();
    assert_eq!(order == "big", cfg!(target_endian = "big"));
    assert_eq!(width == 64, cfg!(target_pointer_width = "64"));
    if let Ok(expected) = std::env::var("PLATFORM") {
        assert_eq!(found, expected);
    }
}
