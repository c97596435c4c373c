//! A scheduler and two executors: processes of this program, on free ports of loopback. They end when the cluster is
//! dropped.

use anyhow::{Result, bail, ensure};
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const EXECUTORS: usize = 2;
/// How long to wait for services, which usually start within seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

pub struct Cluster {
    pub scheduler: SocketAddr,
    pub executors: Vec<Executor>,
    services: Vec<Process>,
}

pub struct Executor {
    pub address: SocketAddr,
    /// The folder with the results of its tasks.
    pub results: PathBuf,
}

impl Cluster {
    /// Starts the services, and waits until the executors have joined the scheduler. Results of tasks go to the folder.
    pub fn start(folder: &Path) -> Result<Self> {
        let addresses = free_addresses(1 + 2 * EXECUTORS)?;
        let scheduler = addresses[0];
        let mut cluster = Self { scheduler, executors: vec![], services: vec![] };
        let words = format!("scheduler --until-input-ends --executors {EXECUTORS} --address {scheduler}");
        cluster.services.push(Process::start(itself(&words)?)?);
        for pair in addresses[1..].chunks_exact(2) {
            let (address, tasks) = (pair[0], pair[1].port());
            let results = folder.join(format!("executor-{}", address.port()));
            fs::create_dir(&results)?;
            let words = format!(
                "executor --until-input-ends --scheduler {scheduler} --address {address} --tasks-port {tasks} --results"
            );
            let mut executor = itself(&words)?;
            executor.arg(&results);
            cluster.services.push(Process::start(executor)?);
            cluster.executors.push(Executor { address, results });
        }
        let ready = format!("http://{scheduler}/readyz");
        let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().proxy(None).build());
        cluster.wait_for("the executors", PATIENCE, || Ok(agent.get(&ready).call().ok()))?;
        // An executor joins the scheduler before it listens for clients that fetch results.
        for address in addresses {
            cluster.wait_for("a listener", PATIENCE, || Ok(TcpStream::connect(address).ok()))?;
        }
        Ok(cluster)
    }

    /// Starts a client, which is another process, and returns its answer to a query on a folder of flows.
    pub fn ask(&mut self, folder: &Path, sql: &str) -> Result<String> {
        let mut answer = tempfile::NamedTempFile::new()?;
        let mut client = itself(&format!("client --scheduler {}", self.scheduler))?;
        client.arg(folder).arg(sql).stdout(answer.reopen()?);
        let mut client = Process::start(client)?;
        let status = self.wait_for("the client", Duration::MAX, || client.0.try_wait())?;
        ensure!(status.success(), "the client ended with {status}");
        Ok(io::read_to_string(&mut answer)?)
    }

    /// Repeats an attempt until it succeeds, as long as all services run.
    fn wait_for<T>(
        &mut self,
        what: &str,
        patience: Duration,
        mut come: impl FnMut() -> io::Result<Option<T>>,
    ) -> Result<T> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some(come) = come()? {
                return Ok(come);
            }
            for service in &mut self.services {
                if let Some(status) = service.0.try_wait()? {
                    bail!("a service ended before {what} came, with {status}");
                }
            }
            sleep(PAUSE);
        }
        bail!("{what} did not come in {} s", patience.as_secs())
    }
}

/// A command that runs this program with other arguments.
fn itself(words: &str) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(words.split(' '));
    Ok(command)
}

/// Free addresses.
fn free_addresses(count: usize) -> Result<Vec<SocketAddr>> {
    // All of them are bound at once, because otherwise the system might return the same port twice.
    let listeners: io::Result<Vec<_>> = (0..count).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).collect();
    Ok(listeners?.iter().map(TcpListener::local_addr).collect::<io::Result<_>>()?)
}

/// A child process that is killed when this value is dropped. Services also end with this process, which holds the
/// other end of their standard input.
struct Process(Child);

impl Process {
    fn start(mut command: Command) -> Result<Self> {
        Ok(Self(command.stdin(Stdio::piped()).spawn()?))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both calls fail only if the child has already ended.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}
