//! Runs all processes together on this machine, and compares their answer with that of a single process.

use crate::client;
use crate::cluster::Cluster;
use crate::functions;
use anyhow::{Result, ensure};
use datafusion::prelude::{SessionConfig, SessionContext};
use sql::flows;
use std::fs;
use std::path::Path;
use tokio::runtime::Runtime;

/// The number of partitions of the folder.
const HOURS: usize = 8;
/// The number of lines of the answer to print: the head of the table and ten services.
const SHOWN: usize = 13;

pub fn show(runtime: &Runtime, flows: usize, sql: &str) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("flows");
    write(&folder, flows)?;
    println!("{flows} flows in {HOURS} partitions");
    let mut cluster = Cluster::start(scratch.path())?;
    println!("a scheduler on {}", cluster.scheduler);
    for executor in &cluster.executors {
        println!("an executor on {}", executor.address);
    }
    let alone = SessionContext::new_with_state(functions::state(SessionConfig::new())?);
    let alone = runtime.block_on(client::answer(&alone, &folder, sql))?;
    let together = cluster.ask(&folder, sql)?;
    for line in together.lines().take(SHOWN) {
        println!("{line}");
    }
    ensure!(
        sorted(&together) == sorted(&alone),
        "they differ: the cluster says\n{together}and a single process says\n{alone}"
    );
    println!("the cluster and a single process agree in {} lines", together.lines().count());
    for executor in &cluster.executors {
        let results = files(&executor.results)?;
        ensure!(results > 0, "the executor on {} did nothing", executor.address);
        println!("the executor on {} wrote {results} files of results", executor.address);
    }
    drop(cluster);
    println!("all processes have stopped");
    Ok(())
}

/// The lines of an answer, sorted, because the query may leave their order open.
fn sorted(answer: &str) -> Vec<&str> {
    let mut lines: Vec<_> = answer.lines().collect();
    lines.sort_unstable();
    lines
}

/// Writes a folder for each hour, with a file of flows in it.
fn write(folder: &Path, count: usize) -> Result<()> {
    let mut flows = flows::flows(count);
    for hour in 0..HOURS {
        let folder = folder.join(format!("hour={hour}"));
        fs::create_dir_all(&folder)?;
        let here = count * (hour + 1) / HOURS - count * hour / HOURS;
        flows::write(&folder.join("flows.parquet"), flows.by_ref().take(here))?;
    }
    Ok(())
}

/// The number of files in a folder, at any depth.
fn files(folder: &Path) -> Result<usize> {
    let mut found = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        found += if entry.file_type()?.is_dir() { files(&entry.path())? } else { 1 };
    }
    Ok(found)
}
