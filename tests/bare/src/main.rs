//! Checks the lookups where there is no std and, but for wasm, no operating system to speak of.

#![no_std]
#![no_main]

mod check;
#[cfg(target_arch = "arm")]
#[path = "cortex_m.rs"]
mod machine;
#[cfg(target_arch = "x86_64")]
#[path = "linux.rs"]
mod machine;
#[cfg(target_arch = "wasm32")]
#[path = "wasm.rs"]
mod machine;

use core::fmt::Write;
use core::panic::PanicInfo;

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    let _ = writeln!(machine::Out, "{info}");
    machine::fail()
}
