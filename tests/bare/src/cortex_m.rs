//! A Cortex-M that writes to the debugger's console.

use core::fmt;
use cortex_m_semihosting::{debug, hio};

#[cortex_m_rt::entry]
fn main() -> ! {
    match crate::check::check(&mut Out) {
        Ok(true) => debug::exit(debug::EXIT_SUCCESS),
        _ => debug::exit(debug::EXIT_FAILURE),
    }
    loop {}
}

pub struct Out;

impl fmt::Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        hio::hstdout().and_then(|mut out| out.write_all(text.as_bytes())).map_err(|()| fmt::Error)
    }
}

pub fn fail() -> ! {
    debug::exit(debug::EXIT_FAILURE);
    loop {}
}
