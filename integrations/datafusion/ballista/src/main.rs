//! A Ballista cluster that knows the functions: each of its processes, and all of them together on one machine.

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

/// Names flows on a Ballista cluster.
///
/// If no command is given, it starts a scheduler and two executors on this machine, and has a client ask them about a folder of
/// Parquet files. It compares the answer with that of a single process, and stops them.
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
    /// How many flows the folder has
    #[arg(long, default_value_t = 1_000_000)]
    flows: usize,
    /// The query of the client, by default the flows and bytes by service
    #[arg(long, default_value = client::BY_SERVICE, hide_default_value = true)]
    sql: String,
}

#[derive(Debug, Subcommand)]
enum Process {
    Scheduler(Scheduler),
    Executor(Executor),
    Client(Client),
}

/// Takes queries and gives their tasks to executors
#[derive(Debug, Args)]
struct Scheduler {
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:50050")]
    address: SocketAddrV4,
    /// How many executors have to be there until `http://ADDRESS/readyz` answers 200
    #[arg(long, default_value_t = 1)]
    executors: usize,
    #[command(flatten)]
    life: Life,
}

/// Runs tasks
#[derive(Debug, Args)]
struct Executor {
    /// Where the scheduler listens
    #[arg(long, default_value = "127.0.0.1:50050")]
    scheduler: SocketAddrV4,
    /// Where it hands out results
    #[arg(long, default_value = "127.0.0.1:50051")]
    address: SocketAddrV4,
    /// The port, on the same host, where it is given tasks
    #[arg(long, default_value_t = 50052)]
    tasks_port: u16,
    /// An empty folder for the results of tasks
    #[arg(long)]
    results: PathBuf,
    #[command(flatten)]
    life: Life,
}

/// Asks in SQL, and prints the answer
#[derive(Debug, Args)]
struct Client {
    /// Where the scheduler listens
    #[arg(long, default_value = "127.0.0.1:50050")]
    scheduler: SocketAddrV4,
    /// A folder of Parquet files, the table `flows`. All processes have to see it by this name
    folder: PathBuf,
    /// The query, by default the flows and bytes by service
    #[arg(default_value = client::BY_SERVICE, hide_default_value = true)]
    sql: String,
}

#[derive(Debug, Args)]
struct Life {
    /// End with the standard input, and so with the process that holds its other end
    #[arg(long)]
    until_input_ends: bool,
}

impl Life {
    /// Sees to it that the process ends then.
    fn limit(&self) {
        if self.until_input_ends {
            // A thread of its own, for which nothing waits when the service ends by itself.
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
