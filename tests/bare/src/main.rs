//! Checks the lookups without std, on machines without an operating system and in WebAssembly.

#![no_std]
#![no_main]

mod check;
#[cfg(target_arch = "arm")]
mod cortex_m;
#[cfg(target_arch = "x86_64")]
mod linux;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(target_arch = "arm")]
use cortex_m as machine;
#[cfg(target_arch = "x86_64")]
use linux as machine;
#[cfg(target_arch = "wasm32")]
use wasm as machine;

use core::fmt::Write;
use core::panic::PanicInfo;

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    let _ = writeln!(machine::Out, "{info}");
    machine::fail()
}
