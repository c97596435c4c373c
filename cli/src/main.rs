//! The command `iana-ports`.

fn main() -> std::process::ExitCode {
    iana_ports_cli::main()
}
