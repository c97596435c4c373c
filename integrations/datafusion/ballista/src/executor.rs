//! An executor. It receives only the names of functions, so it has to register the functions.

use crate::{Executor, functions};
use anyhow::{Context, Result};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use datafusion::prelude::SessionConfig;
use std::sync::Arc;

pub async fn serve(executor: &Executor) -> Result<()> {
    let functions = BallistaFunctionRegistry::from(&functions::state(SessionConfig::new())?);
    let results = executor.results.to_str().context("the folder's name is not UTF-8")?;
    let config = ExecutorProcessConfig {
        bind_host: executor.address.ip().to_string(),
        external_host: Some(executor.address.ip().to_string()),
        port: executor.address.port(),
        grpc_port: executor.tasks_port,
        scheduler_host: executor.scheduler.ip().to_string(),
        scheduler_port: executor.scheduler.port(),
        scheduler_connect_timeout_seconds: 30, // the scheduler may be started later
        work_dir: Some(results.to_owned()),
        override_function_registry: Some(Arc::new(functions)),
        ..Default::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
