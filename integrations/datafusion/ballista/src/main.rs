//! The processes of a Ballista cluster that register the functions, and a command that runs all of them on one machine.

mod client;
mod cluster;
mod demonstration;
mod executor;
mod functions;
mod scheduler;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::io;
use std::net::SocketAddrV4;
use std::path::PathBuf;

/// Looks up service names on a Ballista cluster.
///
/// If there is no command, it starts a scheduler and two executors on this machine, and runs a query on a folder of
/// Parquet files. It compares the answer with that of a single process, and stops the processes.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    process: Option<Process>,
    #[command(flatten)]
    demonstration: Demonstration,
}

#[derive(Debug, Args)]
struct Demonstration {
    /// The number of flows in the folder
    #[arg(long, default_value_t = 1_000_000)]
    flows: usize,
    /// The query, by default flows and bytes by service
    #[arg(long, default_value = client::BY_SERVICE, hide_default_value = true)]
    sql: String,
}

#[derive(Debug, Subcommand)]
enum Process {
    Scheduler(Scheduler),
    Executor(Executor),
    Client(Client),
}

/// Run a scheduler, which accepts queries and assigns their tasks to executors
#[derive(Debug, Args)]
struct Scheduler {
    /// The address on which to listen
    #[arg(long, default_value = "127.0.0.1:50050")]
    address: SocketAddrV4,
    /// The number of executors that must join before `http://ADDRESS/readyz` answers 200
    #[arg(long, default_value_t = 1)]
    executors: usize,
    #[command(flatten)]
    life: Life,
}

/// Run an executor, which runs tasks
#[derive(Debug, Args)]
struct Executor {
    /// Where the scheduler listens
    #[arg(long, default_value = "127.0.0.1:50050")]
    scheduler: SocketAddrV4,
    /// The address on which to serve results
    #[arg(long, default_value = "127.0.0.1:50051")]
    address: SocketAddrV4,
    /// The port, on the same host, on which to receive tasks
    #[arg(long, default_value_t = 50052)]
    tasks_port: u16,
    /// Write the results of tasks to this folder, which must be empty
    #[arg(long)]
    results: PathBuf,
    #[command(flatten)]
    life: Life,
}

/// Run a query in SQL, and print the answer
#[derive(Debug, Args)]
struct Client {
    /// Where the scheduler listens
    #[arg(long, default_value = "127.0.0.1:50050")]
    scheduler: SocketAddrV4,
    /// The folder of Parquet files for the table `flows`, which all processes must see under this path
    folder: PathBuf,
    /// The query to run, by default flows and bytes by service
    #[arg(default_value = client::BY_SERVICE, hide_default_value = true)]
    sql: String,
}

#[derive(Debug, Args)]
struct Life {
    /// End when standard input ends, and so with the process that holds its other end
    #[arg(long)]
    until_input_ends: bool,
}

impl Life {
    /// Starts a thread that ends the process at that time.
    fn limit(&self) {
        if self.until_input_ends {
            // The thread is detached, because the service may end first.
            std::thread::spawn(|| {
                _ = io::copy(&mut io::stdin(), &mut io::sink());
                std::process::exit(0)
            });
        }
    }
}

async fn run(process: Process) -> Result<()> {
    match process {
        Process::Scheduler(scheduler) => {
            scheduler.life.limit();
            scheduler::serve(&scheduler).await
        }
        Process::Executor(executor) => {
            executor.life.limit();
            executor::serve(&executor).await
        }
        Process::Client(client) => client::ask(&client).await,
    }
}

fn main() -> Result<()> {
    let Arguments { process, demonstration } = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(32 << 20) // plans are walked by recursion; Ballista's own binaries take as much
        .build()?;
    match process {
        Some(process) => runtime.block_on(run(process)),
        None => demonstration::show(&runtime, demonstration.flows, &demonstration.sql),
    }
}
