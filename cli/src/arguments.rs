//! The command line.

use crate::error::Error;
use crate::help::{CAPTURE, EXIT, EXPORT, LIST, LOOKUP, MAP, SEARCH, USAGE};
use crate::selection::Selection;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use iana_ports::{Date, PortQuery, PortRange, Proto};
use std::path::PathBuf;

/// Looks up, searches and exports the IANA service name and port number registry.
///
/// The registry is compiled in: the command fetches nothing, and reads only the files that you name. A service name
/// says what IANA assigned, not what the packets contain (RFC 6335 section 9).
#[derive(Debug, Parser)]
#[command(name = "iana-ports", version, arg_required_else_help = true, subcommand_precedence_over_arg = true, subcommand_negates_reqs = true, after_help = EXIT, override_usage = USAGE)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub lookup: Lookup,
    #[command(flatten)]
    pub global: Global,
}

/// The command line as completion scripts know it: without queries before the command, which zsh would complete instead
/// of it.
#[derive(Debug, Parser)]
#[command(name = "iana-ports", version)]
pub struct Completed {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct Global {
    /// Print in this format, by default as a table
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Print JSON, short for --format json
    #[arg(long, short = 'j', global = true, conflicts_with = "format")]
    pub json: bool,
    /// Print only these columns of CSV, in this order
    #[arg(long, global = true, value_name = "LIST", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Print CSV without its heading
    #[arg(long, global = true)]
    pub no_header: bool,
    /// Print no remarks, and do not say what was not found
    #[arg(long, short = 'q', global = true)]
    pub quiet: bool,
    /// Use the service names in FILE (services(5) format) in preference to the registry's
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub names: Option<PathBuf>,
    /// Use colors; `auto`, the default, uses them on a terminal, unless the variable `NO_COLOR` is set
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look up ports and service names
    #[command(after_help = LOOKUP)]
    Lookup(Lookup),
    /// Find every row that contains a text, like the search of IANA's own page
    #[command(after_help = SEARCH)]
    Search {
        /// Text that a row must contain in some column
        #[arg(required = true, value_name = "TEXT")]
        texts: Vec<String>,
        /// Show all columns of the registry
        #[arg(long)]
        long: bool,
        #[command(flatten)]
        familiar: Familiar,
    },
    /// List the rows of the registry in its order
    #[command(after_help = LIST)]
    List(List),
    /// Show which registry is compiled in, and count the ports of each transport by status
    #[command(after_help = "Examples:\n  iana-ports status")]
    Status,
    /// Write the registry in a format that other programs read
    #[command(after_help = EXPORT)]
    Export {
        /// Format to write
        #[arg(value_enum, value_name = "KIND")]
        kind: Kind,
        #[command(flatten)]
        selection: Selection,
        #[command(flatten)]
        familiar: Familiar,
        /// Write to FILE instead of standard output
        #[arg(long = "output", short = 'o', value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Draw a picture of all 65,536 ports of a transport
    #[command(after_help = MAP)]
    Map {
        /// Transport protocol: tcp, udp, sctp or dccp
        #[arg(value_name = "TRANSPORT", ignore_case = true, value_parser = transport())]
        transport: Proto,
        /// Picture to write
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Sum up the packets in capture files by port, service or flow
    #[command(after_help = CAPTURE)]
    Capture {
        /// pcap or pcapng files, plain or compressed with gzip; - for standard input
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Group packets by port, service or flow
        #[arg(long, value_enum, default_value_t = By::Port, value_name = "WHAT")]
        by: By,
        /// Count tunnels in UDP as UDP, and other tunnels as packets in no flow, not the packets inside
        #[arg(long)]
        outer: bool,
        #[command(flatten)]
        familiar: Familiar,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Examples:\n  iana-ports completions bash")]
    Completions {
        /// Shell that runs the script
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
    /// Print the manual page for man(1)
    #[command(after_help = "Examples:\n  iana-ports man")]
    Man,
}

/// Reads a transport, and lists all of them for completion.
pub fn transport() -> impl TypedValueParser<Value = Proto> {
    PossibleValuesParser::new(Proto::ALL.map(Proto::as_str)).try_map(|word| word.parse::<Proto>())
}

/// Reads a range, and points to `lookup` for what else it reads.
fn range(text: &str) -> Result<PortRange, String> {
    let is_query = text.parse::<PortQuery>().is_ok();
    let hint = if is_query { format!("; to look it up, use `iana-ports lookup {text}`") } else { String::new() };
    text.parse().map_err(|error| format!("{error}{hint}"))
}

impl Global {
    /// The format to print.
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format.unwrap_or(Format::Table) }
    }

    /// Refuses the options that have no effect on the command.
    pub fn refuse_unused(&self, command: &Command) -> Result<(), Error> {
        let has_neither = matches!(command, Command::Map { .. } | Command::Completions { .. } | Command::Man);
        let has_no_format = has_neither || matches!(command, Command::Export { .. });
        let given = [
            ("--json", self.json),
            ("--format", self.format.is_some()),
            ("--color", self.color.is_some()),
            ("--columns", !self.columns.is_empty()),
            ("--no-header", self.no_header),
        ];
        if let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given && has_no_format) {
            return Err(Error::Unused(option, "lookup, search, list, status and capture"));
        }
        if let Some((option, _)) = given[3..].iter().find(|(_, is_given)| *is_given && self.format() != Format::Csv) {
            return Err(Error::Unused(option, "--format csv"));
        }
        if self.names.is_some() && has_neither {
            return Err(Error::Unused("--names", "lookup, search, list, status, export and capture"));
        }
        Ok(())
    }
}

impl Command {
    /// True if familiar names are wanted.
    pub fn is_familiar(&self) -> bool {
        match self {
            Self::Lookup(Lookup { familiar, .. })
            | Self::Search { familiar, .. }
            | Self::List(List { familiar, .. })
            | Self::Export { familiar, .. }
            | Self::Capture { familiar, .. } => familiar.is_wanted,
            _ => false,
        }
    }
}

/// The queries, and how to show the answers.
#[derive(Args, Clone, Debug)]
pub struct Lookup {
    /// Ports and service names, or lists of them; - to read a list from each line of standard input
    #[arg(value_name = "QUERY", required_unless_present = "file", allow_negative_numbers = true)]
    pub queries: Vec<String>,
    /// Look up the queries in FILE, a list in each line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Show all columns of the registry
    #[arg(long)]
    pub long: bool,
    #[command(flatten)]
    pub familiar: Familiar,
}

impl Lookup {
    /// True if the command line has any of this.
    pub fn is_given(&self) -> bool {
        !self.queries.is_empty() || self.file.is_some() || self.long || self.familiar.is_wanted
    }
}

/// The rows to list, and how to show them.
#[derive(Args, Clone, Debug)]
pub struct List {
    /// Select only these ports, like --ports
    #[arg(value_name = "RANGE", value_delimiter = ',', conflicts_with = "ports", value_parser = range)]
    pub range: Vec<PortRange>,
    #[command(flatten)]
    pub selection: Selection,
    /// Select only rows of this status
    #[arg(long, value_enum, ignore_case = true, value_name = "STATUS")]
    pub status: Option<Status>,
    /// Select only rows that were registered or changed on DATE or later, such as 2026-08 or 2026-08-17
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// List the ports that IANA has not assigned and on which people run nothing that the command knows
    #[arg(long, conflicts_with_all = ["status", "since", "no_aliases"])]
    pub free: bool,
    /// Show all columns of the registry
    #[arg(long)]
    pub long: bool,
    #[command(flatten)]
    pub familiar: Familiar,
}

/// Which names to show.
#[derive(Args, Clone, Copy, Debug)]
pub struct Familiar {
    /// Show the names that people use, such as dns for domain
    #[arg(long = "familiar")]
    pub is_wanted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people
    Table,
    /// Comma-separated values with a heading
    Csv,
    /// An array of objects
    Json,
    /// One object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Status {
    /// Rows with a service name
    Assigned,
    /// Ports that are not available for assignment
    Reserved,
    /// Ports that are available for assignment
    Unassigned,
    /// Ports that IANA never assigns
    Dynamic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Services, with all their ports
    Service,
    /// Ports, with the names of their services
    Port,
    /// Flows: a transport, two addresses and their ports
    Flow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Lines for /etc/services, see services(5)
    Services,
    /// One row for each port and transport that has a name, as CSV
    Ports,
    /// IANA's twelve columns, as in IANA's own file
    Csv,
    /// IANA's twelve columns, one object for each row
    Json,
    /// Definitions for nftables
    Nft,
    /// A web page to search, sort and print, in one file
    Html,
}
