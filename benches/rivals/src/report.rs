//! Prints the results as Markdown and as a chart.

use crate::heap::Start;
use crate::tasks::Task;
use std::fmt::Write;
use std::process::Command;

/// The most that the time of a candidate divided by that of a rival may be, for a task.
const RATIOS: [(&str, &str, &str, f64); 17] = [
    ("ports, uniform", "iana-ports, record", "direct table, record", 1.5),
    ("ports, uniform", "iana-ports, record", "FxHashMap", 0.3),
    ("ports, hot, a third misses", "iana-ports, record", "FxHashMap", 0.3),
    ("ports, half misses", "iana-ports, name", "FxHashMap", 0.55),
    ("ports, hits", "iana-ports, name", "FxHashMap", 1.5),
    ("by IP number, uniform", "iana-ports, record", "FxHashMap", 0.4),
    ("by IP number, half misses", "iana-ports, name", "FxHashMap", 0.6),
    ("by IP number, hits", "iana-ports, name", "FxHashMap", 1.5),
    ("flows", "iana-ports, record", "FxHashMap", 0.5),
    ("flows, collected", "iana-ports, record", "FxHashMap", 0.5),
    ("flow names", "iana-ports, name", "FxHashMap", 0.7),
    ("flow names, collected", "iana-ports, name", "FxHashMap", 0.7),
    ("everyday names", "iana-ports", "FxHashMap", 2.5),
    ("port of a name", "iana-ports, any case", "FxHashMap, lower case", 1.3),
    ("port of a name, collected", "iana-ports, any case", "FxHashMap, lower case", 1.3),
    ("names, a tenth misses", "iana-ports, any case", "FxHashMap, lower case", 1.0),
    ("names, a tenth misses", "iana-ports, any case", "phf::Map of literals, lower case", 0.4),
];

/// The kinds of tasks that were run in two shapes of loop.
const IN_TWO_SHAPES: [&str; 6] =
    ["flows", "flow names", "record, then name", "everyday names", "port of a name", "lists of eight ports"];

pub fn markdown(tasks: &[Task], starts: &[Start]) -> String {
    let mut out = format!(
        "# iana-ports and its alternatives\n\n\
         Measured on {}, {}, with\n\n    cargo run --release --manifest-path benches/rivals/Cargo.toml\n\n\
         All candidates answer the same queries in turn, for several rounds. The best round of each counts.\n\n\
         - *record* is the handle of the record for the port, *name* its name, *status* says whether the port is \
         assigned.\n\
         - *uniform*: any port on TCP or UDP. *half misses*: every other port has no record, in random order. *hot*: \
         two thirds\n  are the six ports with the most traffic, and one third are Dynamic Ports. *hits*: every port has a \
         record.\n\
         - *a tenth misses*: one name in ten is not registered. *any case*: names as a user types them. The others get \
         lower case,\n  and the time for the conversion does not count.\n\
         - *kept*: an answer goes into a register. *collected*: answers go into a vector.\n\
         - *cold cache*: before each batch of a few lookups, the tables are pushed out of the processor's caches.\n\
         - *direct table*: a number for each port and transport. No table can be faster.\n\n\
         ![Nanoseconds per lookup](rivals.svg)\n",
        run("date", &["-I"]),
        cpu()
    );
    for kind in ["ports", "names"] {
        let tasks: Vec<&Task> = tasks.iter().filter(|task| task.title.starts_with(kind)).collect();
        write!(out, "\n## Nanoseconds per lookup: {kind}\n\n| |").unwrap();
        for task in &tasks {
            write!(out, " {} |", task.title.trim_start_matches(kind).trim_start_matches(", ")).unwrap();
        }
        writeln!(out, "\n|{}", " --- |".repeat(tasks.len() + 1)).unwrap();
        rows(&mut out, "", &tasks);
    }
    out += "\nndb-tcp-service knows only TCP. iana-services and glibc read /etc/services, which has fewer rows, for every \
            answer.\n\n## Nanoseconds per lookup: other tasks\n\n| | kept | collected |\n| --- | --- | --- |\n";
    for kind in IN_TWO_SHAPES {
        let tasks: Vec<&Task> = tasks.iter().filter(|task| task.title.starts_with(kind)).collect();
        rows(&mut out, &format!("{kind}: "), &tasks);
    }
    out += "\n## Before the first lookup\n\n| | microseconds | bytes of heap |\n| --- | --- | --- |\n";
    for Start { name, time, bytes } in starts {
        writeln!(out, "| {name} | {} | {bytes} |", time.as_micros()).unwrap();
    }
    out
}

/// The ratios, one a line.
pub fn ratios(tasks: &[Task]) -> String {
    let line = |(title, ours, theirs, most): &(&str, &str, &str, f64)| {
        let task = tasks.iter().find(|task| task.title == *title).expect("the task was run");
        let ratio = task.time(ours) / task.time(theirs);
        format!("{title}: {ours} / {theirs} = {ratio:.2}, at most {most}\n")
    };
    RATIOS.iter().map(line).collect()
}

/// A row for each candidate of tasks that have the same ones.
fn rows(out: &mut String, before: &str, tasks: &[&Task]) {
    for (name, _) in &tasks[0].results {
        let times = tasks.iter().map(|task| format!(" {} |", short(task.time(name))));
        writeln!(out, "| {before}{name} |{}", times.collect::<String>()).unwrap();
    }
}

fn short(nanoseconds: f64) -> String {
    if nanoseconds < 100.0 { format!("{nanoseconds:.1}") } else { format!("{nanoseconds:.0}") }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("the program runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{}, {}", model.map_or("an unknown processor", |(_, name)| name), run("rustc", &["--version"]))
}

/// Bars on a logarithmic scale, from 0.1 ns to 1 ms.
pub fn chart(tasks: &[&Task]) -> String {
    const LEFT: f64 = 240.0;
    const DECADE: f64 = 80.0;
    const ROW: f64 = 18.0;
    let x = |nanoseconds: f64| LEFT + DECADE * (nanoseconds.log10() + 1.0);
    let rows: usize = tasks.iter().map(|task| task.results.len() + 2).sum();
    let (width, height) = (x(1e6) + 60.0, ROW * rows as f64 + 30.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (decade, label) in (-1..=6).zip(["0.1 ns", "1 ns", "10 ns", "100 ns", "1 us", "10 us", "100 us", "1 ms"]) {
        let at = x(10_f64.powi(decade));
        let foot = height - 8.0;
        writeln!(
            out,
            "<line x1=\"{at}\" y1=\"10\" x2=\"{at}\" y2=\"{}\" stroke=\"#ddd\"/>\
             <text x=\"{at}\" y=\"{foot}\" text-anchor=\"middle\" fill=\"#666\">{label}</text>",
            height - 22.0
        )
        .unwrap();
    }
    let mut y = 0.0;
    for task in tasks {
        y += ROW;
        writeln!(out, "<text x=\"8\" y=\"{y}\" font-weight=\"bold\">{}</text>", task.title).unwrap();
        for (name, time) in &task.results {
            y += ROW;
            let fill = if name.starts_with("iana-ports") { "#1b6ca8" } else { "#b9c4cc" };
            let (end, text) = (x(*time), y - 4.0);
            writeln!(
                out,
                "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{name}</text>\
                 <rect x=\"{LEFT}\" y=\"{}\" width=\"{}\" height=\"12\" fill=\"{fill}\"/>\
                 <text x=\"{}\" y=\"{text}\">{}</text>",
                LEFT - 6.0,
                y - 14.0,
                end - LEFT,
                end + 4.0,
                short(*time)
            )
            .unwrap();
        }
        y += ROW;
    }
    out + "</svg>\n"
}
