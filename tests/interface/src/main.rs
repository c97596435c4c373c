//! Lists the public interface in a file of JSON from rustdoc, which is its argument.

use public_api::Builder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: interface FILE")?;
    let interface = Builder::from_rustdoc_json(path).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    print!("{interface}");
    Ok(())
}
