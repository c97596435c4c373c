//! All processes together on this machine, and what they say beside what one says.

use crate::client;
use crate::cluster::Cluster;
use crate::functions;
use anyhow::{Result, ensure};
use datafusion::prelude::{SessionConfig, SessionContext};
use sql::flows;
use std::fs;
use std::path::Path;
use tokio::runtime::Runtime;

/// Partitions of the folder.
const HOURS: usize = 8;
/// Lines of the answer that are printed: the head of the table and ten services.
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
    println!("the cluster and a single process say the same in {} lines", together.lines().count());
    for executor in &cluster.executors {
        let results = files(&executor.results)?;
        ensure!(results > 0, "the executor on {} did nothing", executor.address);
        println!("the executor on {} wrote {results} files of results", executor.address);
    }
    drop(cluster);
    println!("all of them are stopped");
    Ok(())
}

/// The lines of an answer: those that the query does not order come in any order.
fn sorted(answer: &str) -> Vec<&str> {
    let mut lines: Vec<_> = answer.lines().collect();
    lines.sort_unstable();
    lines
}

/// A folder for each hour, and in it a file of flows.
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

/// How many files a folder has, at any depth.
fn files(folder: &Path) -> Result<usize> {
    let mut found = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        found += if entry.file_type()?.is_dir() { files(&entry.path())? } else { 1 };
    }
    Ok(found)
}
