//! Copies the description of the memory to the folder where the linker script of cortex-m-rt looks for it.

fn main() {
    println!("cargo::rerun-if-changed=memory.x");
    println!("cargo::rustc-link-search={}", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    println!("cargo::rustc-link-arg=-Tlink.x");
}
