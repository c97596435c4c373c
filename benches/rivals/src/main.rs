//! Measures iana-ports and its alternatives, and prints a report and the ratios that matter. With `--write`, it also
//! writes the report to docs/rivals.md and docs/rivals.svg.

mod contenders;
mod heap;
mod measure;
mod report;
mod tasks;

/// Source that people write by hand or with a macro, made by build.rs.
mod literals {
    include!(concat!(env!("OUT_DIR"), "/literals.rs"));
}

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;

fn main() -> std::io::Result<()> {
    let tables = contenders::Tables::new();
    let tasks = tasks::all(&tables);
    let text = report::markdown(&tasks, &tables.starts);
    let charted = |task: &&tasks::Task| matches!(task.title, "ports, half misses" | "names, a tenth misses");
    let chart = report::chart(&tasks.iter().filter(charted).collect::<Vec<_>>());
    if std::env::args().any(|argument| argument == "--write") {
        let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
        std::fs::write(format!("{docs}/rivals.md"), &text)?;
        std::fs::write(format!("{docs}/rivals.svg"), chart)?;
    }
    print!("{text}\n{}", report::ratios(&tasks));
    Ok(())
}
