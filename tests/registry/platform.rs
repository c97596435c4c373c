//! Prints and checks which machine the tests run on, as the program itself sees it.

use std::io::Write;

#[test]
fn is_the_one_that_was_built_for() {
    let order = if u16::from_ne_bytes([0, 1]) == 1 { "big" } else { "little" };
    let width = usize::BITS;
    let found = format!("{order}-endian, {width}-bit pointers");
    // Past the test runner, which keeps what passing tests print.
    writeln!(std::io::stderr(), "{found}").unwrap();
    assert_eq!(order == "big", cfg!(target_endian = "big"));
    assert_eq!(width == 64, cfg!(target_pointer_width = "64"));
    if let Ok(expected) = std::env::var("PLATFORM") {
        assert_eq!(found, expected);
    }
}
