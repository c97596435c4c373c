//! The client. It parses the SQL, so it has to register the functions.

use crate::Client;
use anyhow::{Context, Result};
use ballista::prelude::SessionContextExt;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::SessionContext;
use std::path::Path;

/// The default query: flows and bytes by service, in a fixed order.
pub const BY_SERVICE: &str = "\
SELECT service_name(port, protocol) AS service, count(*) AS flows, sum(bytes) AS bytes
FROM flows
GROUP BY service
ORDER BY bytes DESC, service";

pub async fn ask(client: &Client) -> Result<()> {
    // To register them in the state would not help, because Ballista replaces the functions of the state with its own.
    let mut context = SessionContext::remote(&format!("df://{}", client.scheduler)).await?;
    iana_ports_datafusion::register(&mut context)?;
    print!("{}", answer(&context, &client.folder, &client.sql).await?);
    Ok(())
}

/// Runs a query on a folder of Parquet files. Returns the answer as a text table that ends with a line break.
pub async fn answer(context: &SessionContext, folder: &Path, sql: &str) -> Result<String> {
    let folder = folder.to_str().context("the folder's name is not UTF-8")?;
    let location = folder.replace('\'', "''");
    context.sql(&format!("CREATE EXTERNAL TABLE flows STORED AS PARQUET LOCATION '{location}/'")).await?;
    let batches = context.sql(sql).await?.collect().await?;
    Ok(format!("{}\n", pretty_format_batches(&batches)?))
}
