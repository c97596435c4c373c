//! The scheduler. It plans queries, so it has to register the functions.

use crate::{Scheduler, functions};
use anyhow::Result;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::start_server;
use std::sync::Arc;

pub async fn serve(scheduler: &Scheduler) -> Result<()> {
    let config = SchedulerConfig {
        bind_host: scheduler.address.ip().to_string(),
        bind_port: scheduler.address.port(),
        external_host: scheduler.address.ip().to_string(),
        min_ready_executors: scheduler.executors,
        task_distribution: TaskDistributionPolicy::RoundRobin,
        override_session_builder: Some(Arc::new(functions::state)),
        ..Default::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    Ok(start_server(cluster, scheduler.address.into(), Arc::new(config)).await?)
}
