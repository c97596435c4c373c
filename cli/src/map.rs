//! `iana-ports map`: all ports of one transport, one pixel each, in rows of 256, with port 0 at the top left.

use crate::Outcome;
use crate::error::Error;
use crate::output_file::write;
use crate::selection::runs;
use iana_ports::{PortRange, PortStatus, Proto, REGISTRY_UPDATED, Row, port_status};
use std::fmt::Write as _;
use std::path::Path;

/// The number of pixels in a row, and the number of rows.
const SIDE: u32 = 256;

/// The kinds of ports, each with its legend and its color.
pub const KINDS: [(&str, [u8; 3]); 5] = [
    ("assigned", [0x2f, 0x6f, 0xb0]),
    ("reserved", [0xe0, 0xa0, 0x30]),
    ("unassigned", [0xe8, 0xec, 0xf0]),
    ("dynamic", [0x9a, 0xa5, 0xb1]),
    ("unauthorized use", [0xc0, 0x30, 0x40]),
];

/// Draws the picture.
pub fn run(proto: Proto, file: &Path) -> Result<Outcome, Error> {
    if file != Path::new("-") && file.extension().is_none_or(|extension| extension != "svg") {
        return Err(Error::NoPicture(file.to_owned()));
    }
    write(Some(file), |out| out.write_all(svg(&pixels(proto), proto).as_bytes()))?;
    Ok(Outcome::Everything)
}

/// For each port, the index of its kind.
pub fn pixels(proto: Proto) -> Vec<u8> {
    let kind = |port| {
        let status = port_status(port, proto);
        let records = status.record().into_iter().flat_map(|record| record.same_port_records());
        let mut rows = records.map(Row::from).chain(status.block().map(Row::from));
        match status {
            _ if rows.any(|row| is_unauthorized(row, port)) => 4,
            PortStatus::Assigned(_) => 0,
            PortStatus::Reserved(_) => 1,
            PortStatus::Unassigned(_) => 2,
            PortStatus::Dynamic => 3,
        }
    };
    (0..=u16::MAX).map(kind).collect()
}

/// True if the registry reports an unauthorized use of the port. For a range, its note names the ports.
fn is_unauthorized(row: Row, port: u16) -> bool {
    let Some(note) = row.unauthorized_use() else { return false };
    let mut named = note.split(|c: char| !c.is_ascii_digit() && c != '-').filter_map(|word| word.parse().ok());
    row.ports().is_some_and(PortRange::is_single) || named.any(|ports: PortRange| ports.contains(port))
}

/// The ports of a row whose unauthorized use the registry reports, if there are any.
pub fn unauthorized_ports(row: Row) -> Option<String> {
    let ports: Vec<u16> = row.ports()?.into_iter().filter(|port| is_unauthorized(row, *port)).collect();
    let runs: Vec<String> = runs(&ports).map(|run| run.to_string()).collect();
    Some(runs.join(", ")).filter(|ports| !ports.is_empty())
}

/// SVG: a path for each kind, with a stroke for each run of ports in a row.
fn svg(pixels: &[u8], proto: Proto) -> String {
    let mut paths: [String; KINDS.len()] = Default::default();
    let mut counts = [0; KINDS.len()];
    for (row, pixels) in pixels.chunks(SIDE as usize).enumerate() {
        let mut column = 0;
        for run in pixels.chunk_by(|a, b| a == b) {
            let kind = usize::from(run[0]);
            // Writing to a string cannot fail.
            let _ = write!(paths[kind], "M{column} {row}h{}", run.len());
            counts[kind] += run.len();
            column += run.len();
        }
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-32 -18 296 306\" font-family=\"sans-serif\" \
         font-size=\"8\">\n<title>Ports on {proto}, IANA registry of {REGISTRY_UPDATED}</title>\n\
         <rect x=\"-32\" y=\"-18\" width=\"296\" height=\"306\" fill=\"#fff\"/>\n\
         <text y=\"-6\">Ports on {proto}, IANA registry of {REGISTRY_UPDATED}</text>\n"
    );
    for row in (0..SIDE).step_by(32) {
        let _ = writeln!(svg, "<text x=\"-3\" y=\"{}\" text-anchor=\"end\">{}</text>", row + 6, row * SIDE);
    }
    for (kind, (legend, [red, green, blue])) in KINDS.into_iter().enumerate() {
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        let (x, y) = (kind % 3 * 86, 264 + kind / 3 * 12);
        let _ = writeln!(
            svg,
            "<path stroke=\"{colour}\" transform=\"translate(0 .5)\" shape-rendering=\"crispEdges\" d=\"{}\"/>\n\
             <rect x=\"{x}\" y=\"{y}\" width=\"8\" height=\"8\" fill=\"{colour}\"/>\n\
             <text x=\"{}\" y=\"{}\">{legend}: {}</text>",
            paths[kind],
            x + 11,
            y + 7,
            counts[kind]
        );
    }
    svg + "</svg>\n"
}
